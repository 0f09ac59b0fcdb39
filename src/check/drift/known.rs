//! What is named in both languages, for numbers that are in no chart: regions, bodies, and the labels
//! of all data.
//!
//! In: a report. Out: the same number for the names of one thing. Promise: what a report adds to the
//! names counts as what is built in.

use std::collections::BTreeMap;

use crate::content::Report;
use crate::content::data::Data;
use crate::figures::labels::{Bound, Names};
use crate::lang::{Lang, Localized};

/// The names of a report.
pub struct Known {
    zh: Names,
    en: Names,
}

impl Known {
    /// Gathers the names of a report.
    #[must_use]
    pub fn new(report: &Report) -> Self {
        let mut known = Self {
            zh: Names::default(),
            en: Names::default(),
        };
        let mut most = 0;
        for (number, name) in report.names.iter() {
            most = most.max(number + 1);
            // 京 alone stands in too many other words.
            for zh in name.zh.iter().filter(|zh| zh.chars().nth(1).is_some()) {
                known.zh.add(zh, number);
            }
            for en in &name.en {
                known.en.add(en, number);
            }
        }
        for label in report.data.values().flat_map(labels) {
            if let (Some(zh), Some(en)) = (&label.zh, &label.en) {
                let number = known
                    .zh
                    .get(zh)
                    .or_else(|| known.en.get(en))
                    .unwrap_or(most);
                most = most.max(number + 1);
                known.zh.add(zh, number);
                known.en.add(en, number);
            }
        }
        known
    }

    /// The names in one language.
    #[must_use]
    pub fn of(&self, lang: Lang) -> &Names {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// What the values of data are the values of.
fn labels(data: &Data) -> Vec<&Localized> {
    match data {
        Data::Series(series) => series.values.iter().map(|value| &value.label).collect(),
        Data::Table(table) => table.rows.iter().map(|row| &row.label).collect(),
        Data::Events(_) | Data::Groups(_) => Vec::new(),
    }
}

/// For each name that one figure alone is said of, that figure.
#[must_use]
pub fn once(bounds: &[Bound]) -> BTreeMap<usize, usize> {
    let mut found: BTreeMap<usize, Option<usize>> = BTreeMap::new();
    for bound in bounds {
        found
            .entry(bound.id)
            .and_modify(|figure| *figure = None)
            .or_insert(Some(bound.figure));
    }
    found
        .into_iter()
        .filter_map(|(id, figure)| Some((id, figure?)))
        .collect()
}
