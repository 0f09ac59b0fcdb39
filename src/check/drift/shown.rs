//! What a page shows: the data of its charts, as a text would say them.
//!
//! In: a page that has been read. Out: [`Shown`]: each data set once, with the labels, the values and
//! their places, in the language of the page. Promise: data of all origins (a file of `content/data/`, a
//! CSV file beside the page, the chart itself) are the same from here on.

use std::borrow::Cow;
use std::path::Path;

use super::side::Read;
use crate::content::data::{Data, FileText, Qualifier, Value};
use crate::content::load::CONTENT;
use crate::content::{Report, csv};
use crate::diagnostic::Place;
use crate::figures::beside::Question;
use crate::figures::labels::Names;
use crate::figures::{self, Bound, Figure};
use crate::lang::{Lang, Localized};
use crate::render::charts::From;

/// Data on a page.
pub struct Shown<'a> {
    /// The data.
    pub data: Cow<'a, Data>,
    /// What the chart says instead of the unit of the data.
    pub unit: Localized,
}

/// The data that a page shows, each once.
pub fn shown<'a>(report: &'a Report, read: &'a Read<'_>) -> Vec<Shown<'a>> {
    let mut seen = Vec::new();
    let mut shown = Vec::new();
    let named = |name: &str| report.data.get(name).map(Cow::Borrowed);
    for spec in &read.text.charts {
        let data = match &spec.from {
            From::Named(name) if seen.contains(name) => None,
            From::Named(name) => {
                seen.push(name.clone());
                named(name)
            }
            From::Csv(file) => sheet(report, read, file).map(Cow::Owned),
            From::Inline(data) => Some(Cow::Borrowed(&**data)),
        };
        shown.extend(data.map(|data| Shown {
            data,
            unit: spec.unit.clone(),
        }));
    }
    for name in &read.page.meta.charts {
        if !seen.contains(name) {
            seen.push(name.clone());
            shown.extend(named(name).map(|data| Shown {
                data,
                unit: Localized::default(),
            }));
        }
    }
    shown
}

/// A CSV file beside the page; what is wrong with it is said where it is drawn.
fn sheet(report: &Report, read: &Read<'_>, file: &str) -> Option<Data> {
    let folder = &read.page.folder;
    let path = match folder.as_str() {
        "" => file.to_owned(),
        folder => format!("{folder}/{file}"),
    };
    let text = report.sheets.get(&path)?.as_deref()?;
    csv::parse(text, &Path::new(CONTENT).join(&path)).ok()
}

/// Values by name and series, in one language, as a text would say them.
pub struct Grid<'a> {
    /// The labels of the rows.
    pub rows: Vec<&'a str>,
    /// The names of the series; one without a name is empty.
    pub columns: Vec<&'a str>,
    /// The unit, in the words of the language.
    pub units: Vec<&'a str>,
    /// What a text would say, row by row.
    pub cells: Vec<Vec<Option<Figure>>>,
    /// The rows by their names: 广东 is written 广东省, too, and either may stand in the data.
    pub names: Names,
    /// Whether the values are so much in so much time.
    pub is_rate: bool,
    text: &'a FileText,
}

impl<'a> Grid<'a> {
    /// The values of a series or a table; other data have none.
    pub fn new(data: &'a Data, unit: &'a Localized, lang: Lang, report: &Report) -> Option<Self> {
        let words = &report.vocabulary;
        let of_chart = |own: &'a Localized| if unit.is_empty() { own } else { unit };
        match data {
            Data::Series(series) => {
                let shared = of_chart(&series.unit);
                let units: Vec<&str> = series
                    .values
                    .iter()
                    .map(|value| own_unit(value, shared).get(lang))
                    .collect();
                let cells = series.values.iter().zip(&units).map(|(value, unit)| {
                    let mut figure = figures::written(value.value, unit, lang, words);
                    if let Some(figure) = &mut figure {
                        figure.bound = bound(value.qualifier);
                    }
                    vec![figure]
                });
                let rows: Vec<&str> = series.values.iter().map(|v| v.label.get(lang)).collect();
                Some(Self {
                    names: names(&rows, lang, report),
                    is_rate: is_rate(data, lang, report),
                    rows,
                    columns: vec![""],
                    cells: cells.collect(),
                    units,
                    text: &series.text,
                })
            }
            Data::Table(table) => {
                let unit = of_chart(&table.unit).get(lang);
                let cell = |value: &Option<f64>| figures::written((*value)?, unit, lang, words);
                let rows = table.rows.iter();
                let labels: Vec<&str> = rows.clone().map(|row| row.label.get(lang)).collect();
                Some(Self {
                    names: names(&labels, lang, report),
                    is_rate: is_rate(data, lang, report),
                    rows: labels,
                    columns: table.series.iter().map(|name| name.get(lang)).collect(),
                    units: rows.clone().map(|_| unit).collect(),
                    cells: rows
                        .map(|row| row.values.iter().map(cell).collect())
                        .collect(),
                    text: &table.text,
                })
            }
            Data::Events(_) | Data::Groups(_) => None,
        }
    }

    /// What a text would say of a row in a series.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Figure> {
        self.cells.get(row)?.get(column)?.as_ref()
    }

    /// `Guangdong, 2021: 111`
    pub fn said(&self, row: usize, column: usize) -> String {
        let name = self.rows.get(row).copied().unwrap_or_default();
        let series = self.columns.get(column).copied().unwrap_or_default();
        let comma = if series.is_empty() { "" } else { ", " };
        let value = self.cell(row, column);
        let value = value.map(|figure| figures::agree::shown(&figure.value));
        format!("{name}{comma}{series}: {}", value.unwrap_or_default())
    }

    /// Where a value stands in its file.
    pub fn place(&self, row: usize, column: usize) -> Place {
        let label = self.rows.get(row).copied().unwrap_or_default();
        self.text.value_place(row, column, label)
    }

    /// Where some words of the data stand.
    pub fn words_place(&self, words: &str) -> Place {
        self.text.words_place(words)
    }

    /// Where the data begin.
    pub fn start(&self) -> Place {
        self.text.place(Some((1, 1)))
    }
}

fn names(rows: &[&str], lang: Lang, report: &Report) -> Names {
    let mut names = Names::default();
    for (number, label) in rows.iter().enumerate() {
        names.add(label, number);
    }
    for (number, label) in rows.iter().enumerate() {
        for other in report.names.others(label, lang) {
            names.add(other, number);
        }
    }
    names
}

fn own_unit<'a>(value: &'a Value, shared: &'a Localized) -> &'a Localized {
    if value.unit.is_empty() {
        shared
    } else {
        &value.unit
    }
}

fn bound(qualifier: Option<Qualifier>) -> Bound {
    match qualifier {
        None => Bound::Exact,
        Some(Qualifier::Above) => Bound::Above,
        Some(Qualifier::Below) => Bound::Below,
        Some(Qualifier::About) => Bound::About,
    }
}

/// Whether the title or the unit says in how much time.
fn is_rate(data: &Data, lang: Lang, report: &Report) -> bool {
    let unit = match data {
        Data::Series(series) => series.unit.get(lang),
        Data::Table(table) => table.unit.get(lang),
        Data::Events(_) | Data::Groups(_) => "",
    };
    let says = |text: &str| {
        !report
            .vocabulary
            .answers(Question::Rate, lang, text)
            .is_empty()
    };
    says(data.title().get(lang)) || says(unit)
}
