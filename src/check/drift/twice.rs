//! The same name twice in one series or table: what is said of it could mean either value.
//!
//! In: the data of a report. Out: a diagnostic at the second place of each such name, with the first.
//! Promise: one name with two units (`36 tonnes` and `36%` of it) is none; linear.

use std::collections::BTreeMap;

use crate::content::Report;
use crate::content::data::Data;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{Lang, Localized};

/// What tells values apart: their name and their unit.
type Name<'a> = (&'a Localized, &'a Localized);

/// Looks at all data of a report.
pub fn labels(report: &Report, severity: Severity) -> Vec<Diagnostic> {
    let all = report.data.values();
    all.flat_map(|data| {
        let said = in_data(data, severity, said);
        if said.is_empty() {
            in_data(data, severity, |text| {
                text.only(Lang::En).unwrap_or_default()
            })
        } else {
            said
        }
    })
    .collect()
}

fn in_data(data: &Data, severity: Severity, said: fn(&Localized) -> &str) -> Vec<Diagnostic> {
    let names: Vec<Name<'_>> = match data {
        Data::Series(series) => {
            let values = series.values.iter();
            values.map(|value| (&value.label, &value.unit)).collect()
        }
        Data::Table(table) => {
            let rows = table.rows.iter();
            rows.map(|row| (&row.label, &table.unit)).collect()
        }
        Data::Events(_) | Data::Groups(_) => Vec::new(),
    };
    let mut first: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (number, (label, unit)) in names.iter().enumerate() {
        let name = said(label);
        let before = *first.entry((name, said(unit))).or_insert(number);
        if before != number && !name.is_empty() {
            pairs.push((name, before, number));
        }
    }
    if pairs.is_empty() {
        return Vec::new();
    }
    let places: Vec<(usize, usize)> = data.text().each("label").collect();
    let place = |number: usize| data.text().place(places.get(number).copied());
    let twice = |(name, before, number)| {
        let message = format!("`{name}` is the name of two values");
        let hint = "give each its own name, or remove the one that is wrong";
        let mut diagnostic = Diagnostic::of(severity, message).hint(hint);
        diagnostic.place = Some(place(number));
        diagnostic.related = Some(Box::new(place(before)));
        diagnostic
    };
    pairs.into_iter().map(twice).collect()
}

/// The words of a text, in Chinese if they are there.
fn said(text: &Localized) -> &str {
    let words = text.zh.as_deref().or(text.en.as_deref());
    words.unwrap_or_default()
}
