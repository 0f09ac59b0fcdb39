//! Which year 今年 is.
//!
//! In: pairs of dates of which one is said from where the text stands (今年5月) and one in full
//! (`May 2021`). Out: the pairs that do not fit the others go to those that differ. Promise: one such
//! pair alone is judged only by the day that the page says it was written on.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;

use super::pairs::Match;
use super::side::Side;
use crate::figures::{Value, When, Year};

/// Finds the year that most pairs of a page mean, and moves the others.
pub fn settle(sides: &[(Side<'_>, Side<'_>)], found: &mut [Match], written: [Option<Date>; 2]) {
    let mut votes: Vec<i32> = Vec::new();
    for ((zh, en), matched) in sides.iter().zip(found.iter()) {
        votes.extend(
            matched
                .agreed
                .iter()
                .filter_map(|pair| meant(zh, en, *pair)),
        );
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

/// Of two blocks with one year from now left over in each, whether it is not the same: `this year` for 去年. 上年 may
/// be the year before any.
pub fn other(zh: &Side<'_>, en: &Side<'_>, found: &mut Match) {
    let ([block], [_]) = (zh.blocks.as_slice(), en.blocks.as_slice()) else {
        return;
    };
    let pairs = found.agreed.iter().chain(&found.differing);
    let (a, b): (BTreeSet<usize>, BTreeSet<usize>) = pairs.copied().unzip();
    let (here, there) = (from_now(zh, &a), from_now(en, &b));
    let ([(one, from, place)], [(other, until, _)]) = (here.as_slice(), there.as_slice()) else {
        return;
    };
    let words = block.text.get(place.clone()).unwrap_or_default();
    if from != until && !words.starts_with('上') {
        found.differing.push((*one, *other));
    }
}

/// The years from now without a counterpart, with what they are and where they stand.
fn from_now(side: &Side<'_>, taken: &BTreeSet<usize>) -> Vec<(usize, i32, Range<usize>)> {
    let years = side.said.iter().enumerate();
    years
        .filter(|(at, _)| !taken.contains(at))
        .filter_map(|(at, (_, said))| match said.figure.value {
            Value::Date(When {
                year: Some(Year::FromNow(from)),
                month: None,
                part: None,
                ..
            }) => Some((at, from, said.figure.place.clone())),
            _ => None,
        })
        .collect()
}

/// The day on the page decides where any pair means its year, or where one pair stands alone against it;
/// or else the year that most mean, of which the first.
fn winner(votes: &[i32], written: [Option<Date>; 2]) -> Option<i32> {
    let mut days = written.into_iter().flatten();
    let days: Vec<i32> = days.by_ref().map(|date| i32::from(date.year())).collect();
    if let Some(year) = days.iter().find(|year| votes.contains(year)) {
        return Some(*year);
    }
    if let ([_], Some(year)) = (votes, days.first()) {
        return Some(*year);
    }
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for year in votes {
        *counts.entry(*year).or_insert(0) += 1;
    }
    let most = counts.values().copied().max()?;
    votes
        .iter()
        .copied()
        .find(|year| counts.get(year) == Some(&most))
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
