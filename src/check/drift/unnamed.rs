//! Words of charts that an English page would show in Chinese.
//!
//! In: an English page that has been read, and the data of its charts. Out: a warning for the first words of
//! each data set that have no English form, and how many more there are. Promise: what a chart replaces is
//! not asked of the data; regions on a map have their names from the gazetteer; one string for both
//! languages was meant so.

use crate::content::Report;
use crate::content::data::Data;
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::{Lang, Localized, is_han};
use crate::render::charts::{From, Kind, Spec};

use super::side::Read;

/// Looks through the charts of an English page.
pub fn compare(report: &Report, read: &Read<'_>) -> Vec<Diagnostic> {
    let plain: Vec<Spec> = read
        .page
        .meta
        .charts
        .iter()
        .map(|name| Spec::of_data(name.as_str(), None))
        .collect();
    let mut seen = Vec::new();
    let mut diagnostics = Vec::new();
    for spec in read.text.charts.iter().chain(&plain) {
        let own = [
            &spec.title,
            &spec.note,
            &spec.period,
            &spec.unit,
            &spec.source,
        ];
        let here = |_: &str| spec.place.clone();
        diagnostics.extend(first(&own, here));
        let data = match &spec.from {
            From::Named(name) if seen.contains(&name) => continue,
            From::Named(name) => {
                seen.push(name);
                report.data.get(name)
            }
            From::Inline(data) => {
                diagnostics.extend(first(&said(spec, data), here));
                continue;
            }
            From::Csv(_) => None,
        };
        if let Some(data) = data {
            let place = |words: &str| Some(data.text().words_place(words));
            diagnostics.extend(first(&said(spec, data), place));
        }
    }
    diagnostics
}

/// The words of the data that the chart shows.
fn said<'a>(spec: &Spec, data: &'a Data) -> Vec<&'a Localized> {
    let mut all = Vec::new();
    let replaced = [
        (&spec.title, Some(data.title())),
        (&spec.note, Some(data.description())),
        (&spec.period, data.period()),
    ];
    let own = replaced.into_iter().filter(|(by, _)| by.is_empty());
    all.extend(own.filter_map(|(_, text)| text));
    let has_unit = spec.unit.is_empty();
    let is_map = spec.kind == Some(Kind::Map);
    match data {
        Data::Series(series) => {
            all.extend(has_unit.then_some(&series.unit));
            let values = series.values.iter();
            all.extend(values.clone().map(|value| &value.unit));
            all.extend(values.filter(|_| !is_map).map(|value| &value.label));
        }
        Data::Table(table) => {
            all.extend(has_unit.then_some(&table.unit));
            all.extend(&table.series);
            let rows = table.rows.iter().filter(|_| !is_map);
            all.extend(rows.map(|row| &row.label));
        }
        Data::Events(events) => {
            for event in &events.events {
                all.extend([&event.label, &event.issuer, &event.region]);
            }
        }
        Data::Groups(groups) => all.extend(groups.groups.iter().map(|group| &group.label)),
    }
    all
}

/// What is said about the first of these words that are Chinese alone.
fn first(all: &[&Localized], place: impl Fn(&str) -> Option<Place>) -> Option<Diagnostic> {
    let chinese = |text: &&&Localized| {
        text.only(Lang::En).is_none() && text.get(Lang::Zh).chars().any(is_han)
    };
    let mut lacking = all.iter().filter(chinese).map(|text| text.get(Lang::Zh));
    let words = lacking.next()?;
    let more = match lacking.count() {
        0 => String::new(),
        1 => ", and one more name".to_owned(),
        more => format!(", and {more} more names"),
    };
    let message = format!("“{words}”{more} would stand in Chinese in a chart of the English page");
    let hint = "give both languages: { zh: …, en: … }";
    let mut diagnostic = Diagnostic::warning(message).hint(hint);
    diagnostic.place = place(words);
    Some(diagnostic)
}
