//! The dates of events against the dates beside their titles.
//!
//! In: a page that has been read, and dated events. Out: a diagnostic for every date of a title that is
//! another one. Promise: the date nearest before a title is taken for its own; where only the month or
//! the year of an event is known, any date of the block that says as much will do.

use std::collections::BTreeMap;

use super::side::{Passage, Read, Said};
use super::words;
use crate::content::data::{Event, Events, Precision};
use crate::diagnostic::{Diagnostic, Severity};
use crate::figures::agree::{key, shown};
use crate::figures::labels::{self, Names};
use crate::figures::{Figure, Value, When, Year};

/// Compares the dates.
pub fn compare(read: &Read<'_>, data: &Events, severity: Severity) -> Vec<Diagnostic> {
    let lang = read.page.lang;
    let mut by_title: BTreeMap<&str, usize> = BTreeMap::new();
    let mut names = Names::default();
    for (number, event) in data.events.iter().enumerate() {
        let label = event.label.get(lang).trim_matches(['《', '》']);
        if label.chars().count() > 3 && by_title.insert(label, number).is_none() {
            names.add(label, number);
        }
    }
    let mut diagnostics = Vec::new();
    for passage in read.passages() {
        for (id, title) in labels::places(&passage.block.text, lang, &names) {
            let Some(event) = data.events.get(id) else {
                continue;
            };
            let found = if event.precision.is_day() {
                other_day(&passage, event, title.start)
            } else {
                other_time(&passage, event, title.start)
            };
            let Some((said, when)) = found else { continue };
            let what = format!("{}: {when}", event.label.get(lang));
            let place = data.text.place(data.text.nth("date", id));
            diagnostics.push(words::data_differs(&passage, said, &what, place, severity));
        }
    }
    diagnostics
}

/// The day beside a title, if it is not the event's, and the event's.
fn other_day<'p>(passage: &Passage<'p>, event: &Event, title: usize) -> Option<(&'p Said, String)> {
    let expected = Figure::plain(Value::Date(When {
        year: Some(Year::Of(i32::from(event.date.year()))),
        month: u8::try_from(event.date.month()).ok(),
        day: u8::try_from(event.date.day()).ok(),
        part: None,
    }));
    let free = passage.said.iter().filter(|said| !said.in_title);
    let days: Vec<&Said> = free.filter(|said| is_day(said)).collect();
    // With more than one title in the block, the date nearest before it is its own.
    let before = days
        .iter()
        .rev()
        .find(|said| said.figure.place.start < title);
    let nearest = before.or_else(|| days.first())?;
    let is_other = key(&nearest.figure) != key(&expected)
        && !agree_without_year(nearest, &expected)
        && !passage.excuses(nearest);
    is_other.then(|| (*nearest, shown(&expected.value)))
}

/// The date nearest to a title, if none of the block says the month or the year of the event; and the event's.
fn other_time<'p>(
    passage: &Passage<'p>,
    event: &Event,
    title: usize,
) -> Option<(&'p Said, String)> {
    let month = (event.precision == Precision::Month).then_some(event.date.month());
    let this_year = i32::from(event.date.year());
    // A date that says as much; the month without its year, or 今年, goes with any.
    let rough = |said: &Said| match &said.figure.value {
        Value::Date(when) if !said.in_title => {
            let year = match when.year {
                Some(Year::Of(year)) => Some(year == this_year),
                _ => None,
            };
            match (month, when.month) {
                (Some(wanted), Some(month)) => {
                    Some(i8::try_from(month) == Ok(wanted) && year != Some(false))
                }
                (Some(_), None) => None,
                (None, _) => year,
            }
        }
        _ => None,
    };
    let dates = passage.said.iter();
    let dates: Vec<(&Said, bool)> = dates
        .filter_map(|said| Some((said, rough(said)?)))
        .collect();
    let distance = |said: &Said| said.figure.place.start.abs_diff(title);
    let (nearest, _) = dates.iter().min_by_key(|(said, _)| distance(said))?;
    let is_other = dates.iter().all(|(_, same)| !same) && !passage.excuses(nearest);
    is_other.then(|| {
        let when = crate::dates::said(event.date, event.precision, passage.lang);
        (*nearest, when)
    })
}

/// A date with a day.
fn is_day(said: &Said) -> bool {
    matches!(
        said.figure.value,
        Value::Date(When {
            month: Some(_),
            day: Some(_),
            ..
        })
    )
}

/// `3 November` where the year was said before.
fn agree_without_year(said: &Said, expected: &Figure) -> bool {
    let (Value::Date(date), Value::Date(whole)) = (&said.figure.value, &expected.value) else {
        return false;
    };
    date.without_year() == whole.without_year()
        && match date.year {
            None => {
                said.last.year.is_none()
                    || said.last.year == whole.year
                    || matches!(said.last.year, Some(Year::FromNow(_) | Year::Last))
            }
            Some(Year::FromNow(_) | Year::Last) => true,
            Some(_) => false,
        }
}
