//! What the data say in both languages: titles, labels, units.
//!
//! In: the data of a report. Out: a diagnostic for every figure that one language says otherwise, and for
//! units that are not the same. Promise: only what both say is compared.

use super::words;
use crate::content::Report;
use crate::content::data::Data;
use crate::diagnostic::{Diagnostic, Severity};
use crate::figures::agree::{agree, same_sort};
use crate::figures::{self, Figure, Unit, Value, Vocabulary, Weight};
use crate::lang::{Lang, Localized};

/// Compares the languages of all data.
pub fn compare(report: &Report, severity: Severity) -> Vec<Diagnostic> {
    let words = &report.vocabulary;
    let mut diagnostics = Vec::new();
    for data in report.data.values() {
        let mut say = |text: &Localized, (a, b): (Figure, Figure)| {
            let place = |lang| {
                let words = text.only(lang).unwrap_or_default();
                data.text().words_place(words)
            };
            let zh = (&a, place(Lang::Zh));
            let en = (&b, place(Lang::En));
            diagnostics.push(words::labels_differ(zh, en, severity));
        };
        for text in said(data) {
            if let Some(pair) = both(text).and_then(|(zh, en)| differing(zh, en, words)) {
                say(text, pair);
            }
        }
        for unit in units(data) {
            if let Some(pair) = both(unit).and_then(|(zh, en)| other_units(zh, en, words)) {
                say(unit, pair);
            }
        }
    }
    diagnostics
}

fn both(text: &Localized) -> Option<(&str, &str)> {
    text.zh.as_deref().zip(text.en.as_deref())
}

/// Everything that data say in words.
fn said(data: &Data) -> Vec<&Localized> {
    let mut all = vec![data.title(), data.description()];
    all.extend(data.period());
    match data {
        Data::Series(series) => all.extend(series.values.iter().map(|value| &value.label)),
        Data::Events(events) => {
            all.extend(
                events
                    .events
                    .iter()
                    .flat_map(|event| [&event.label, &event.issuer]),
            );
        }
        Data::Table(table) => {
            all.extend(&table.series);
            all.extend(table.rows.iter().map(|row| &row.label));
        }
        Data::Groups(groups) => all.extend(groups.groups.iter().map(|group| &group.label)),
    }
    all
}

fn units(data: &Data) -> Vec<&Localized> {
    match data {
        Data::Series(series) => std::iter::once(&series.unit)
            .chain(series.values.iter().map(|value| &value.unit))
            .collect(),
        Data::Table(table) => vec![&table.unit],
        Data::Events(_) | Data::Groups(_) => Vec::new(),
    }
}

/// The first figures in which two short texts differ: both say one, and not the same.
fn differing(zh: &str, en: &str, words: &Vocabulary) -> Option<(Figure, Figure)> {
    if zh == en {
        return None;
    }
    let mut left = figures::read(zh, Lang::Zh, words);
    let mut right = figures::read(en, Lang::En, words);
    left.retain(|figure| {
        let partner = right.iter().position(|other| agree(figure, other));
        partner.map(|at| right.remove(at)).is_none()
    });
    let firm = |figure: &Figure| figure.weight >= Weight::Small;
    let a = left.into_iter().find(firm)?;
    let b = right.into_iter().find(|b| firm(b) && same_sort(&a, b))?;
    Some((a, b))
}

/// 亿元 and `million yuan`: seven of each are not the same.
fn other_units(zh: &str, en: &str, words: &Vocabulary) -> Option<(Figure, Figure)> {
    // A number that no unit makes a date, a share or an ordinal.
    let a = figures::written(7.0, zh, Lang::Zh, words)?;
    let b = figures::written(7.0, en, Lang::En, words)?;
    let measures = |figure: &Figure| match &figure.value {
        Value::Amount(amount) => {
            matches!(amount.unit, Unit::Of(_)) || amount.multiplier != figures::Number::ONE
        }
        _ => false,
    };
    (measures(&a) && measures(&b) && !agree(&a, &b)).then_some((a, b))
}
