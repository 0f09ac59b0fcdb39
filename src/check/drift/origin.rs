//! The data against the words that they were read from.
//!
//! In: all data of a report. Out: a diagnostic for every value and every date that its own `read:` says
//! otherwise, whether a page shows it or not. Promise: each value is looked at once; what has no `read:`
//! is the editor's own.

use super::groups;
use super::known::Known;
use super::shown::Grid;
use super::words;
use crate::content::Report;
use crate::content::data::{Data, Event, Events, Precision, Series};
use crate::dates;
use crate::diagnostic::{Diagnostic, Severity};
use crate::figures::agree::{agree, shown};
use crate::figures::{self, Amount, Figure, Part, Value, Vocabulary, When, Year};
use crate::lang::{Lang, Localized};

/// Compares all data with what they were read from.
pub fn compare(report: &Report, known: &Known, severity: Severity) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for data in report.data.values() {
        match data {
            Data::Series(series) => diagnostics.extend(values(report, data, series, severity)),
            Data::Events(events) => diagnostics.extend(days(report, events, severity)),
            Data::Groups(data) => {
                diagnostics.extend(groups::compare(report, data, known, severity));
            }
            Data::Table(_) => {}
        }
    }
    diagnostics
}

fn values(report: &Report, data: &Data, series: &Series, severity: Severity) -> Vec<Diagnostic> {
    let none = Localized::default();
    let Some(grid) = Grid::new(data, &none, Lang::Zh, report) else {
        return Vec::new();
    };
    let mut diagnostics = Vec::new();
    for (row, value) in series.values.iter().enumerate() {
        let (Some(read), Some(expected)) = (&value.read, grid.cell(row, 0)) else {
            continue;
        };
        let said = figures::read(read, Lang::Zh, &report.vocabulary);
        let is_said = said.iter().any(|figure| is(value.value, expected, figure));
        // A region of a list counts one, whatever the words.
        let is_listed = said.is_empty() && (value.value - 1.0).abs() < f64::EPSILON;
        if !is_said && !is_listed {
            let says = shown(&expected.value);
            diagnostics.push(words::read_differs(
                &says,
                read,
                grid.place(row, 0),
                severity,
            ));
        }
    }
    diagnostics
}

/// Whether a figure is this value: with its unit, in numbers as they are written, or rounded.
fn is(value: f64, expected: &Figure, figure: &Figure) -> bool {
    let near = |a: f64, b: f64| (a.abs() - b.abs()).abs() <= b.abs() / 100_000.0;
    let compared = |amount: &Amount| amount.compared().map(figures::Number::to_f64);
    match (&expected.value, &figure.value) {
        (Value::Amount(a), Value::Amount(b)) => {
            let rounded = a.unit == b.unit
                && compared(a)
                    .zip(compared(b))
                    .is_some_and(|(a, b)| near(a, b));
            agree(expected, figure) || rounded || near(value, b.number.to_f64())
        }
        (
            _,
            Value::Date(When {
                year: Some(Year::Of(year)),
                ..
            }),
        ) => near(value, f64::from(*year)),
        _ => false,
    }
}

fn days(report: &Report, events: &Events, severity: Severity) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (number, event) in events.events.iter().enumerate() {
        let Some(read) = &event.read else { continue };
        let whens = most_exact(whens(read, &report.vocabulary));
        let begins = whens.iter().any(|when| is_day(*when, event));
        let whole = !event.precision.is_day() && event.date.day() != 1;
        if !whens.is_empty() && (!begins || whole) {
            let says = if whole {
                event.date.to_string()
            } else {
                dates::said(event.date, event.precision, Lang::En)
            };
            let place = events.text.place(events.text.nth("date", number));
            diagnostics.push(words::read_differs(&says, read, place, severity));
        }
    }
    diagnostics
}

/// Those that say the day, or else the month: 2016年 in a title is not when it was issued on 8月10日.
fn most_exact(whens: Vec<When>) -> Vec<When> {
    let exact = |when: &When| {
        (
            when.day.is_some(),
            when.month.is_some() || when.part.is_some(),
        )
    };
    let most = whens.iter().map(exact).max();
    whens
        .into_iter()
        .filter(|when| Some(exact(when)) == most)
        .collect()
}

fn whens(read: &str, words: &Vocabulary) -> Vec<When> {
    let figures = figures::read(read, Lang::Zh, words);
    let when = |figure: Figure| match figure.value {
        Value::Date(when) => Some(when),
        _ => None,
    };
    figures.into_iter().filter_map(when).collect()
}

/// Whether an event begins when the words say, as far as they say it.
fn is_day(when: When, event: &Event) -> bool {
    let is =
        |said: Option<u8>, number: i8| said.is_none_or(|said| i8::try_from(said) == Ok(number));
    let first = match when.part {
        Some(Part::Half(half)) => Some(half * 6 - 5),
        Some(Part::Quarter(quarter)) => Some(quarter * 3 - 2),
        None => when.month,
    };
    let year = match when.year {
        Some(Year::Of(year)) => year == i32::from(event.date.year()),
        _ => true,
    };
    let day = event.precision != Precision::Day || is(when.day, event.date.day());
    year && is(first, event.date.month()) && day
}
