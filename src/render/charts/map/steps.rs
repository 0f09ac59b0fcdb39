//! Values by steps: which of up to five shades a value has.

use crate::lang::Lang;
use crate::render::charts::domain::Domain;
use crate::render::charts::format;
use crate::render::charts::key::{Entry, Swatch};
use crate::render::charts::kind::MOST_STEPS;
use crate::render::charts::palette::Colour;
use crate::render::charts::phrase::Phrase;
use crate::render::charts::view::Grid;

/// The limits between the shades, from low to high: a value on a limit is above it.
pub(super) struct Steps {
    limits: Vec<f64>,
}

impl Steps {
    /// Those that were asked for; else round ones at equal distances, or powers of ten where the
    /// largest value is a thousand times the smallest.
    pub(super) fn of(grid: &Grid, asked: &[f64]) -> Self {
        if !asked.is_empty() {
            return Self {
                limits: asked.to_vec(),
            };
        }
        let values: Vec<f64> = grid.values().collect();
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if least >= most {
            return Self { limits: Vec::new() };
        }
        let log = least > 0.0 && most / least >= 1000.0;
        let within = |limit: &f64| *limit > least && *limit <= most;
        let limits = (1..=MOST_STEPS).rev().find_map(|steps| {
            let limits = Domain::spanning(least, most, log).ticks(steps);
            let limits: Vec<f64> = limits.into_iter().filter(within).collect();
            (limits.len() < MOST_STEPS).then_some(limits)
        });
        Self {
            limits: limits.unwrap_or_default(),
        }
    }

    /// The shade of a value, spread over all shades where there are fewer steps.
    pub(super) fn step(&self, value: f64) -> usize {
        let above = self.limits.iter().filter(|limit| value >= **limit).count();
        self.shade(above)
    }

    fn shade(&self, step: usize) -> usize {
        match self.limits.len() {
            0 => 2,
            most => step * (MOST_STEPS - 1) / most,
        }
    }

    /// What the shades mean, without those that no value has at the ends.
    pub(super) fn entries(&self, grid: &Grid) -> Vec<Entry> {
        if self.limits.is_empty() {
            return Vec::new();
        }
        let count = self.limits.len() + 1;
        (0..count)
            .map(|step| {
                let colour = Colour::Step(self.shade(step));
                Entry {
                    swatch: Swatch::Fill { colour, texture: 0 },
                    name: Phrase::new(self.name(step, grid)),
                    strong: false,
                }
            })
            .collect()
    }

    /// `< 50`, `50–99`, `≥ 100`: whole numbers end below the next limit.
    fn name(&self, step: usize, grid: &Grid) -> String {
        let say = |value: f64| grid.mark(value);
        let below = step.checked_sub(1).and_then(|below| self.limits.get(below));
        let whole = grid
            .values()
            .chain(self.limits.iter().copied())
            .all(|value| value.fract() == 0.0);
        match (below, self.limits.get(step)) {
            (None, Some(limit)) => format!("< {}", say(*limit)),
            (Some(limit), None) => format!("≥ {}", say(*limit)),
            (Some(from), Some(to)) if whole && *to - *from < 1e6 && !in_words(*from, grid.lang) => {
                let to = *to - 1.0;
                if *from >= to {
                    return say(*from);
                }
                format!("{}–{}", format::short(*from, grid.lang), say(to))
            }
            (Some(from), Some(to)) => {
                let (from, to) = (format::short(*from, grid.lang), say(*to));
                match grid.lang {
                    Lang::Zh => format!("{from}至不足{to}"),
                    Lang::En => format!("{from} to < {to}"),
                }
            }
            (None, None) => String::new(),
        }
    }
}

/// Whether a number is written with 万: `1万至不足100万`, not 1万–999,999.
fn in_words(value: f64, lang: Lang) -> bool {
    lang == Lang::Zh && value >= 1e4 && format::short(value, lang).ends_with(['万', '亿'])
}
