//! Which year 今年 is.
//!
//! In: pairs of dates of which one is said from where the text stands (今年5月) and one in full
//! (`May 2021`). Out: the pairs that do not fit the others go to those that differ. Promise: one such
//! pair alone is judged only by the day that the page says it was written on.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::pairs::Match;
use super::side::Side;
use crate::figures::{Value, When, Year};

/// Finds the year that most pairs of a page mean, and moves the others.
pub fn settle(sides: &[(Side<'_>, Side<'_>)], found: &mut [Match], written: [Option<Date>; 2]) {
    let mut votes: BTreeMap<i32, usize> = BTreeMap::new();
    for ((zh, en), matched) in sides.iter().zip(found.iter()) {
        for pair in &matched.agreed {
            if let Some(year) = meant(zh, en, *pair) {
                *votes.entry(year).or_insert(0) += 1;
            }
        }
    }
    let Some(this_year) = winner(&votes, written) else {
        return;
    };
    for ((zh, en), matched) in sides.iter().zip(found) {
        let (right, wrong): (Vec<_>, Vec<_>) = std::mem::take(&mut matched.agreed)
            .into_iter()
            .partition(|pair| meant(zh, en, *pair).is_none_or(|year| year == this_year));
        matched.agreed = right;
        matched.differing.extend(wrong);
    }
}

fn winner(votes: &BTreeMap<i32, usize>, written: [Option<Date>; 2]) -> Option<i32> {
    let written = written
        .into_iter()
        .flatten()
        .map(|date| i32::from(date.year()))
        .find(|year| votes.contains_key(year));
    let most = votes.values().copied().max()?;
    let mut best = votes.iter().filter(|(_, count)| **count == most);
    let (year, only) = (best.next()?.0, best.next().is_none());
    written.or((only && most > 1).then_some(*year))
}

/// The year that 今年 is by this pair.
fn meant(zh: &Side<'_>, en: &Side<'_>, (a, b): (usize, usize)) -> Option<i32> {
    let when = |side: &Side<'_>, at: usize| match side.said.get(at)?.1.figure.value {
        Value::Date(When { year, .. }) => year,
        _ => None,
    };
    match (when(zh, a)?, when(en, b)?) {
        (Year::FromNow(years), Year::Of(year)) | (Year::Of(year), Year::FromNow(years)) => {
            Some(year - years)
        }
        _ => None,
    }
}
