//! Figures that changed years: `last year 300 million, this year 200` for 今年3亿，去年2亿.
//!
//! In: pairs of figures that agree, in the order of the first side. Out: two amounts of which each is said of the
//! year in one language that the other is said of in the other. Promise: linear; an amount has a year only
//! where the sentence has as many of each, one by one or in two rows, or the clause has one of each.

use std::collections::BTreeMap;

use super::order::Swap;
use super::side::{Said, Side};
use crate::figures::{Unit, Value};

/// Finds amounts that took each other's year.
pub fn swaps(first: &Side<'_>, second: &Side<'_>, agreed: &[(usize, usize)]) -> Vec<Swap> {
    let mut pairs = agreed.to_vec();
    pairs.sort_unstable();
    let (here, there) = (years(first), years(second));
    let partners: BTreeMap<usize, usize> = pairs.iter().copied().collect();
    // The year of each amount, in both languages, as the figure of the second side.
    let of = |(a, b): &(usize, usize)| {
        let year = partners.get(here.get(a)?)?;
        Some(((*a, *b), *year, *there.get(b)?))
    };
    let known: Vec<_> = pairs.iter().filter_map(of).collect();
    let crossed = known.windows(2).filter_map(|two| match two {
        [(a, one, x), (b, other, y)] if one != other && one == y && other == x => {
            Some(Swap { a: *a, b: *b })
        }
        _ => None,
    });
    crossed.collect()
}

/// The year that each amount is said of.
fn years(side: &Side<'_>) -> BTreeMap<usize, usize> {
    let mut found = BTreeMap::new();
    let all: Vec<usize> = (0..side.said.len()).collect();
    for sentence in all.chunk_by(|a, b| place(side, *a) == place(side, *b)) {
        let by_clause = sentence.chunk_by(|a, b| !is_cut(side, *a, *b));
        for clause in by_clause {
            found.extend(paired(side, clause));
        }
        // `In 2022, 3 million; in 2023, 2 million`
        if !sentence.iter().any(|at| found.contains_key(at)) {
            found.extend(paired(side, sentence));
        }
    }
    found
}

fn place(side: &Side<'_>, at: usize) -> Option<(usize, usize)> {
    side.said
        .get(at)
        .map(|(block, said)| (*block, said.sentence))
}

/// Whether a clause ends between two figures.
fn is_cut(side: &Side<'_>, a: usize, b: usize) -> bool {
    let (Some((block, x)), Some((_, y))) = (side.said.get(a), side.said.get(b)) else {
        return true;
    };
    let text = side.blocks.get(*block).map(|block| block.text.as_str());
    let gap = text.and_then(|text| text.get(x.figure.place.end..y.figure.place.start));
    gap.is_none_or(|gap| gap.contains(['，', '；', '。', ',', ';']))
}

/// Amounts with years among these figures: as many of each, a year before (or after) every amount, or all of
/// the one before all of the other.
fn paired(side: &Side<'_>, figures: &[usize]) -> Vec<(usize, usize)> {
    let said = |at: &usize| side.said.get(*at).map(|(_, said)| *said);
    let is_year = |at: &usize| said(at).is_some_and(is_year);
    let (dates, amounts): (Vec<usize>, Vec<usize>) = figures
        .iter()
        .filter(|at| is_year(at) || said(at).is_some_and(|said| unit(said).is_some()))
        .partition(|at| is_year(at));
    let first = amounts.first().and_then(said).and_then(unit);
    let is_one_unit = amounts.iter().all(|at| said(at).and_then(unit) == first);
    if dates.is_empty() || dates.len() != amounts.len() || !is_one_unit {
        return Vec::new();
    }
    let order: Vec<bool> = figures
        .iter()
        .filter(|at| is_year(at) || amounts.contains(at))
        .map(is_year)
        .collect();
    let turns = order
        .windows(2)
        .filter(|two| matches!(two, [a, b] if a != b))
        .count();
    if turns + 1 == order.len() || turns == 1 {
        amounts.into_iter().zip(dates).collect()
    } else {
        Vec::new()
    }
}

fn is_year(said: &Said) -> bool {
    matches!(&said.figure.value, Value::Date(when) if when.is_year() && when.year.is_some())
        && !said.in_title
}

/// What an amount measures; a place in an order is said of no year.
fn unit(said: &Said) -> Option<&Unit> {
    match &said.figure.value {
        Value::Amount(amount) if amount.unit != Unit::Place && !said.in_title => Some(&amount.unit),
        _ => None,
    }
}
