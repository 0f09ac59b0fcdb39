//! Lines from left to right: how values change.
//!
//! Few rules with round numbers; each line has its name and last value at its end, moved apart where
//! they would overlap, and a shape of its own at its points. Where a value is missing, the line is
//! broken. Where names would take too much of the width, a key stands above instead.

use super::axis::{self, Names};
use super::domain::Domain;
use super::ends::Ends;
use super::key;
use super::measure;
use super::palette::Colour;
use super::scene::{Anchor, Mark, Scene, Setting, Sheet, px, px_up};
use super::view::Grid;

/// Round values on the scale, at most.
pub(crate) const TICKS: usize = 4;
pub(super) const SPACE: i32 = 8;
/// With more points than these only some have a mark; of a single line, those whose value is said.
const MARKED: usize = 16;
pub(super) const DOT: i32 = 4;
/// Lines take at least this width: without room for it, their last values are left to the scale.
const LEAST: i32 = 60;

/// From the foot of the lines to the names under it: the lowest number of the scale stands beside it.
const UNDER: i32 = 10;

/// How lines are drawn.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Options {
    pub(crate) log: bool,
    /// The scale of a larger whole, and what its widest value takes; its series are named elsewhere.
    pub(crate) whole: Option<(Domain, i32)>,
}

/// Lays out all series.
pub(crate) fn lay_out(grid: &Grid, options: Options, sheet: &Sheet) -> Scene {
    let values: Vec<f64> = grid.values().collect();
    let domain = match options.whole {
        Some((domain, _)) => domain,
        None => Domain::round(values.into_iter(), options.log, TICKS),
    };
    let mut scene = Scene::new(sheet.width);
    let mut ends = Ends::of(grid, options.whole, sheet);
    let mut top = sheet.line + 4;
    if ends.needs_key {
        let key = key::lay_out(&entries(grid), sheet);
        top += key.height;
        scene.place(key, 0, 0);
    }
    let ticks: Vec<(f64, String)> = domain
        .ticks(TICKS)
        .into_iter()
        .map(|tick| (tick, grid.mark(tick)))
        .collect();
    let scale_width = ticks
        .iter()
        .map(|(_, text)| px_up(measure::width(text, sheet.small, false)))
        .max()
        .unwrap_or_default();
    let left = scale_width + SPACE + DOT;
    if sheet.width - ends.width - SPACE - DOT - left < LEAST {
        ends.leave_out();
    }
    let height = (sheet.width / 5 + 110).max(ends.height());
    let plot = Plot {
        left,
        right: sheet.width - ends.width - SPACE - DOT,
        top,
        bottom: top + height,
        domain,
    };
    let places = plot.across(&axis::positions(grid));
    for number in in_order(grid) {
        draw_line(&mut scene, grid, number, &places, &plot);
    }
    if let [_] = grid.series.as_slice() {
        label_highest(&mut scene, grid, &places, &plot, sheet);
    }
    ends.set(&mut scene, grid, &places, &plot, sheet);
    draw_scale(&mut scene, &ticks, &plot, sheet);
    let names = Names::of(grid, &places, sheet);
    names.set(&mut scene, plot.bottom + UNDER, sheet);
    scene.height = plot.bottom + UNDER + names.lines() * sheet.line + 2;
    scene
}

/// Where the lines are drawn.
pub(super) struct Plot {
    pub(super) left: i32,
    pub(super) right: i32,
    pub(super) top: i32,
    pub(super) bottom: i32,
    domain: Domain,
}

impl Plot {
    fn across(&self, positions: &[f64]) -> Vec<i32> {
        let width = f64::from(self.right - self.left);
        match positions {
            // A single point has nothing before and after it.
            [_] => vec![i32::midpoint(self.left, self.right)],
            _ => positions
                .iter()
                .map(|part| self.left + px(part * width))
                .collect(),
        }
    }

    pub(super) fn y(&self, value: f64) -> i32 {
        self.domain.place(value, self.bottom, self.top)
    }
}

/// Those that are set off come last, so that no other covers them.
fn in_order(grid: &Grid) -> impl Iterator<Item = usize> {
    let strong = |wanted: bool| {
        let series = grid.series.iter().enumerate();
        series
            .filter(move |(_, series)| series.strong == wanted)
            .map(|(number, _)| number)
    };
    strong(false).chain(strong(true))
}

/// Where others are set off from it, a line steps back.
pub(super) fn colour_of(grid: &Grid, series: usize) -> Colour {
    let any = grid.series.iter().any(|series| series.strong);
    let strong = grid.series.get(series).is_some_and(|series| series.strong);
    match (any, strong) {
        (true, true) => {
            let before = grid
                .series
                .iter()
                .take(series)
                .filter(|series| series.strong);
            Colour::series(before.count())
        }
        (true, false) => Colour::Soft,
        (false, _) => Colour::series(series),
    }
}

fn entries(grid: &Grid) -> Vec<key::Entry> {
    let series = grid.series.iter().enumerate();
    series
        .map(|(number, series)| key::Entry {
            swatch: key::Swatch::Dot {
                colour: colour_of(grid, number),
                shape: number,
            },
            name: series.name.clone(),
            strong: series.strong,
        })
        .collect()
}

/// The known points of a series; those between two gaps belong together.
fn runs(grid: &Grid, series: usize, places: &[i32], plot: &Plot) -> Vec<Vec<(i32, i32)>> {
    let mut runs = vec![Vec::new()];
    for (row, x) in grid.rows.iter().zip(places) {
        match row.values.get(series).copied().flatten() {
            Some(value) => {
                if let Some(run) = runs.last_mut() {
                    run.push((*x, plot.y(value)));
                }
            }
            None => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn draw_line(scene: &mut Scene, grid: &Grid, series: usize, places: &[i32], plot: &Plot) {
    let colour = colour_of(grid, series);
    let every = match grid.series.as_slice() {
        [_] if is_dense(grid) => usize::MAX,
        _ => grid.rows.len().div_ceil(MARKED).max(1),
    };
    let mut number = 0;
    for run in runs(grid, series, places, plot) {
        let alone = run.len() == 1;
        let last = run.len() - 1;
        for (at, (x, y)) in run.iter().enumerate() {
            if alone || at == last || (every != usize::MAX && (number + at).is_multiple_of(every)) {
                scene.marks.push(Mark::Dot {
                    x: *x,
                    y: *y,
                    radius: DOT,
                    colour,
                    shape: series,
                });
            }
        }
        number += run.len();
        if !alone {
            let width = 2;
            scene.marks.push(Mark::Path {
                points: run,
                colour,
                width,
            });
        }
    }
}

fn is_dense(grid: &Grid) -> bool {
    grid.rows.len() > MARKED
}

/// The highest value of a single line is said where it is.
fn label_highest(scene: &mut Scene, grid: &Grid, places: &[i32], plot: &Plot, sheet: &Sheet) {
    let rows = grid.rows.iter().zip(places).enumerate();
    let points =
        rows.filter_map(|(number, (row, x))| Some((row.values.first().copied()??, *x, number)));
    let highest = points.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let Some((value, x, row)) = highest else {
        return;
    };
    let text = grid.mark(value);
    let half = px_up(measure::width(&text, sheet.text, false) / 2.0) + 1;
    let (least, most) = (plot.left - DOT + half, plot.right - half);
    // At the end of the line its value stands anyway.
    let is_last = places.last().is_some_and(|last| *last == x);
    if is_last || least > most {
        return;
    }
    if is_dense(grid) {
        scene.marks.push(Mark::Dot {
            x,
            y: plot.y(value),
            radius: DOT,
            colour: colour_of(grid, 0),
            shape: 0,
        });
    }
    let setting = Setting::name(sheet).anchor(Anchor::Middle).of(row, 0);
    let middle = plot.y(value) - DOT - 2 - sheet.text / 2;
    scene
        .marks
        .extend(setting.set(&[text], None, x.clamp(least, most), middle));
}

fn draw_scale(scene: &mut Scene, ticks: &[(f64, String)], plot: &Plot, sheet: &Sheet) {
    let setting = Setting::small(sheet).anchor(Anchor::End);
    let right = plot.left - SPACE - DOT;
    for (value, text) in ticks {
        let y = plot.y(*value);
        scene
            .marks
            .extend(setting.set(std::slice::from_ref(text), None, right, y));
        let is_base = *value == 0.0 && plot.domain.has_zero();
        let colour = if is_base { Colour::Axis } else { Colour::Rule };
        scene.rule((plot.left - DOT, y), (plot.right + DOT, y), colour);
    }
}
