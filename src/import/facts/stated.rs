//! What a text states one by one: amounts, shares, multiples; dates and spans of dates; regions.
//!
//! In: a line and its figures. Out: amounts and dates with the clause they stand in, and lists
//! of regions. Promise: linear; what stands in the title of a document is not stated.

use std::ops::Range;

use jiff::civil::Date;

use super::clause::{clause_without, next_clause};
use super::listed::written;
use crate::content::data::{Precision, Qualifier};
use crate::figures::{Bound, Figure, Part, Unit, Value, Weight, When, Year};
use crate::lang::Localized;
use crate::names::Names;

/// An amount that a clause states.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// What it is said of: the clause without the number.
    pub label: String,
    /// The number in the written unit.
    pub value: f64,
    /// 亿元, %, 项.
    pub unit: Option<String>,
    /// 超过, 近, 约.
    pub qualifier: Option<Qualifier>,
    /// The words of the number.
    pub read: String,
    /// Its column in the line, from 1.
    pub column: usize,
}

/// A date, or a span of dates, that a clause states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// What happened: the clause without the date.
    pub label: String,
    /// The day it began, or the first day of what is said.
    pub date: Date,
    /// How exactly it is said.
    pub precision: Precision,
    /// The day it ended, if it is a span.
    pub until: Option<Date>,
    /// The words of the date.
    pub read: String,
    /// Its column in the line, from 1.
    pub column: usize,
}

/// The amounts of a line that no enumeration has taken: `taken` are its columns, rising.
#[must_use]
pub fn amounts(text: &str, figures: &[Figure], taken: &[Range<usize>]) -> Vec<Amount> {
    let mut found = Vec::new();
    let mut columns = Columns::new(text);
    let mut last: Option<(usize, String)> = None;
    for figure in figures {
        let Value::Amount(amount) = &figure.value else {
            continue;
        };
        let read = text.get(figure.place.clone()).unwrap_or_default();
        // 两家 may be a way of speaking, 十余家 is a statement.
        let is_firm = figure.weight == Weight::Firm
            || (figure.weight == Weight::Small && figure.bound != Bound::Exact);
        let counts = amount.unit != Unit::Place && is_firm;
        let column = columns.of(figure.place.start);
        let before = taken.partition_point(|span| span.start <= column);
        let is_taken = before
            .checked_sub(1)
            .and_then(|last| taken.get(last))
            .is_some_and(|span| span.contains(&column));
        if !counts || is_taken || in_title(text, figure) {
            continue;
        }
        let (value, unit) = written(text, figure, amount);
        // 十三届 is a place in an order.
        if unit.as_deref() == Some("届") {
            continue;
        }
        let gap = last.as_ref().map(|(end, label)| {
            let between = text.get(*end..figure.place.start).unwrap_or_default();
            (*end, between, label)
        });
        let label = match gap {
            // 1.2万至3.5万平方米; 占7.1%、39%和53.9%
            Some((_, between, label)) if is_span(between) || is_list(between) => label.clone(),
            // 有300个村、20家企业: each has its own words.
            Some((end, between, _)) if between.contains('、') => {
                let from = between.rfind('、').map_or(end, |at| end + at);
                clause_without(text, from, figure.place.start, figure.place.end)
            }
            _ => clause_without(text, 0, figure.place.start, figure.place.end),
        };
        last = Some((figure.place.end, label.clone()));
        if label.is_empty() {
            continue;
        }
        found.push(Amount {
            label,
            value,
            unit,
            qualifier: qualifier(figure.bound),
            read: read.to_owned(),
            column,
        });
    }
    found
}

fn qualifier(bound: Bound) -> Option<Qualifier> {
    match bound {
        Bound::Exact => None,
        Bound::Above => Some(Qualifier::Above),
        Bound::Below => Some(Qualifier::Below),
        Bound::About => Some(Qualifier::About),
    }
}

/// The dates of a line. `year` is the document's, for 今年.
#[must_use]
pub fn dates(text: &str, figures: &[Figure], year: Option<i32>) -> Vec<Dated> {
    let mut found = Vec::new();
    let mut columns = Columns::new(text);
    let mut said = None;
    let mut at = 0;
    while let Some(figure) = figures.get(at) {
        at += 1;
        let Some((date, precision)) = resolved(figure, year, said) else {
            continue;
        };
        if in_title(text, figure) {
            continue;
        }
        said = Some(i32::from(date.year()));
        let mut end = figure.place.end;
        let mut until = None;
        if let Some(next) = figures.get(at)
            && is_span(text.get(end..next.place.start).unwrap_or_default())
            && let Some((last, precision)) = resolved(next, year, said)
        {
            until = last_day(last, precision);
            end = next.place.end;
            at += 1;
        }
        let label = match clause_without(text, 0, figure.place.start, end) {
            // `2019年9月，某市开展某行动`
            own if own.is_empty() => next_clause(text, end),
            own => own,
        };
        // A year alone is the time of a statement more often than of an event.
        let is_year = precision == Precision::Year && until.is_none();
        if label.is_empty() || is_year {
            continue;
        }
        found.push(Dated {
            label,
            date,
            precision,
            until,
            read: text
                .get(figure.place.start..end)
                .unwrap_or_default()
                .to_owned(),
            column: columns.of(figure.place.start),
        });
    }
    found
}

fn is_list(gap: &str) -> bool {
    matches!(gap.trim(), "、" | "和" | "与" | "及" | "以及")
}

fn is_span(gap: &str) -> bool {
    matches!(
        gap.trim(),
        "至" | "到" | "-" | "—" | "——" | "–" | "~" | "～"
    )
}

/// The day that a date means, and how exactly it is said. A date without a year has the one that was
/// said before it on the line; 今年 is the year of the document.
#[must_use]
pub fn resolved(
    figure: &Figure,
    year: Option<i32>,
    said: Option<i32>,
) -> Option<(Date, Precision)> {
    let Value::Date(when) = &figure.value else {
        return None;
    };
    let year = match when.year {
        Some(Year::Of(year)) => year,
        Some(Year::FromNow(years)) => year? + years,
        Some(Year::Decade(_)) => return None,
        None => said.filter(|_| when.month.is_some())?,
    };
    day(year, *when)
}

fn day(year: i32, when: When) -> Option<(Date, Precision)> {
    let year = i16::try_from(year).ok()?;
    let (month, day, precision) = match (when.month, when.day, when.part) {
        (Some(month), Some(day), _) => (month, day, Precision::Day),
        (Some(month), None, _) => (month, 1, Precision::Month),
        (None, None, Some(Part::Half(half))) => (half * 6 - 5, 1, Precision::Half),
        (None, None, Some(Part::Quarter(quarter))) => (quarter * 3 - 2, 1, Precision::Quarter),
        (None, None, None) => (1, 1, Precision::Year),
        (None, Some(_), _) => return None,
    };
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day)
        .ok()
        .map(|date| (date, precision))
}

/// The last day of what is said.
fn last_day(date: Date, precision: Precision) -> Option<Date> {
    match precision {
        Precision::Day => Some(date),
        Precision::Month => Some(date.last_of_month()),
        Precision::Quarter => Date::new(date.year(), date.month() + 2, 1)
            .ok()
            .map(Date::last_of_month),
        Precision::Half => Date::new(date.year(), date.month() + 5, 1)
            .ok()
            .map(Date::last_of_month),
        Precision::Year => Some(date.last_of_year()),
    }
}

/// Three or more regions in a row, with the words that introduce them.
#[must_use]
pub fn regions(text: &str, known: &Names) -> Vec<(String, Vec<Localized>, String)> {
    let mut lists = Vec::new();
    let mut open: Vec<(Localized, usize, usize)> = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if at < from {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        if !c.is_alphabetic() {
            continue;
        }
        let Some((region, length)) = known.place_at_start(rest) else {
            continue;
        };
        let gap = open.last().and_then(|(_, _, end)| text.get(*end..at));
        let goes_on = gap
            .is_some_and(|gap| matches!(gap, "、" | "，" | "和" | "及" | "与" | "以及" | "、以及"));
        if !goes_on {
            finish(text, &mut open, &mut lists);
        }
        from = at + length;
        open.push((region, at, from));
    }
    finish(text, &mut open, &mut lists);
    lists
}

type List = (String, Vec<Localized>, String);

fn finish(text: &str, open: &mut Vec<(Localized, usize, usize)>, lists: &mut Vec<List>) {
    let found = std::mem::take(open);
    let (Some((_, start, _)), Some((_, _, end))) = (found.first(), found.last()) else {
        return;
    };
    if found.len() > 2 {
        let read = text.get(*start..*end).unwrap_or_default().to_owned();
        let label = super::counts::sentence(text, *start, *end);
        lists.push((
            label,
            found.into_iter().map(|(region, _, _)| region).collect(),
            read,
        ));
    }
}

/// Whether a figure stands in 《》.
pub(super) fn in_title(text: &str, figure: &Figure) -> bool {
    let before = text.get(..figure.place.start).unwrap_or_default();
    let near: String = before.chars().rev().take(160).collect();
    let open = near.find('《');
    open.is_some_and(|open| near.find('》').is_none_or(|close| open < close))
}

/// Columns of rising places of a line.
pub(super) struct Columns<'a> {
    text: &'a str,
    byte: usize,
    column: usize,
}

impl<'a> Columns<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            column: 1,
        }
    }

    pub(super) fn of(&mut self, byte: usize) -> usize {
        let between = self.text.get(self.byte..byte).unwrap_or_default();
        self.column += between.chars().count();
        self.byte = self.byte.max(byte);
        self.column
    }
}
