//! Figures that took each other's part: the year is the count and the count the year, what was reached is
//! what was gained.
//!
//! In: pairs of figures that agree, in the order of the first side. Out: two pairs of which each plays in
//! one language what the other plays in the other. Promise: both must be clear in both languages, so
//! that another order of the words is no swap; linear.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::beside;
use super::order::Swap;
use super::side::{Said, Side};
use crate::figures::agree::agree;
use crate::figures::links::Link;
use crate::figures::{Bound, Unit, Value};
use crate::lang::Lang;

/// Finds what took each other's part.
pub fn swaps<'a>(
    first: &'a Side<'_>,
    second: &'a Side<'_>,
    pairs: &'a [(usize, usize)],
) -> impl Iterator<Item = Swap> + 'a {
    let neighbours = pairs.windows(2).filter_map(move |pair| match pair {
        [a, b] if in_one_sentence(first, second, (*a, *b)) => Some((*a, *b)),
        _ => None,
    });
    let parts = neighbours.filter(move |pair| {
        crossed(first, second, *pair, bound)
            || crossed(first, second, *pair, beside::part)
            || changed(first, second, *pair)
    });
    let years = years(first, second, pairs);
    let wholes = wholes(first, second, pairs);
    parts.chain(years).chain(wholes).map(|(a, b)| Swap { a, b })
}

/// Finds what is counted for each other: `597 girls and 555 boys` for 男生597人、女生555人. Here one of
/// something counts too.
pub fn things(first: &Side<'_>, second: &Side<'_>, agreed: &[(usize, usize)]) -> Vec<Swap> {
    let mut pairs = agreed.to_vec();
    pairs.sort_unstable();
    let mut found = Vec::new();
    for (number, a) in pairs.iter().enumerate() {
        let near = pairs.iter().skip(number + 1).take(NEAR);
        let same = near.take_while(|b| in_a_sentence(first, second, (*a, **b)));
        for b in same {
            let free = [a, b].iter().all(|(x, y)| {
                let title = |side, at| said(side, at).is_none_or(|(_, said)| said.in_title);
                !title(first, *x) && !title(second, *y)
            });
            let (one, other) = (said(first, a.0), said(first, b.0));
            let differ = one
                .zip(other)
                .is_some_and(|(a, b)| !agree(&a.1.figure, &b.1.figure));
            if free && differ && crossed(first, second, (*a, *b), beside::thing) {
                found.push(Swap { a: *a, b: *b });
            }
        }
    }
    found
}

/// As many figures of a sentence are compared with each one.
const NEAR: usize = 4;

/// Finds the part that is the whole: `20 of the seven samples` for 20份样品中，7份.
fn wholes(first: &Side<'_>, second: &Side<'_>, pairs: &[Pair]) -> Vec<(Pair, Pair)> {
    let partners: BTreeMap<usize, usize> = pairs.iter().copied().collect();
    let there: BTreeSet<Pair> = parts_of(second).collect();
    let crossed = parts_of(first).filter_map(|(part, whole)| {
        let (a, b) = (
            (part, *partners.get(&part)?),
            (whole, *partners.get(&whole)?),
        );
        there.contains(&(b.1, a.1)).then_some((a.min(b), a.max(b)))
    });
    let mut crossed: Vec<(Pair, Pair)> = crossed.collect();
    // `95 of its 22 lines` is wrong by itself.
    let back: BTreeMap<usize, usize> = pairs.iter().map(|(a, b)| (*b, *a)).collect();
    for (part, whole) in there
        .iter()
        .filter(|(part, whole)| is_more(second, *part, *whole))
    {
        if let (Some(a), Some(b)) = (back.get(part), back.get(whole)) {
            let (a, b) = ((*a, *part), (*b, *whole));
            crossed.push((a.min(b), a.max(b)));
        }
    }
    crossed.sort_unstable();
    crossed.dedup();
    crossed
}

/// Whether one number of things is greater than another.
fn is_more(side: &Side<'_>, one: usize, other: usize) -> bool {
    let number = |at: usize| match &said(side, at)?.1.figure.value {
        Value::Amount(amount) if matches!(amount.unit, Unit::Things) => Some(amount.number),
        _ => None,
    };
    let both = number(one).zip(number(other));
    both.is_some_and(|(one, other)| other.is_below(one))
}

/// Neighbours of which one is said to be a part of the other: the part, and the whole.
fn parts_of(side: &Side<'_>) -> impl Iterator<Item = Pair> {
    let pairs = (1..side.said.len()).map(|at| (at - 1, at));
    pairs.filter_map(|(at, next)| {
        let ((block, x), (other, y)) = (said(side, at)?, said(side, next)?);
        let text = &side.blocks.get(block).filter(|_| block == other)?.text;
        let gap = text.get(x.figure.place.end..y.figure.place.start)?;
        let (words, lang) = (side.read.words, side.read.page.lang);
        match lang {
            Lang::Zh if gap.chars().count() <= 12 => {
                let gap = gap.trim_end_matches(['，', '的', '有']);
                let last = gap.char_indices().next_back().map(|(at, _)| at)?;
                words
                    .is(Link::Within, lang, gap.get(last..)?)
                    .then_some((next, at))
            }
            Lang::Zh => None,
            Lang::En => words
                .is(Link::Within, lang, gap.trim())
                .then_some((at, next)),
        }
    })
}

/// Whether two pairs play each its own part in both languages, so that only the words are in another order.
#[must_use]
pub fn are_kept(first: &Side<'_>, second: &Side<'_>, Swap { a, b }: Swap) -> bool {
    let (one, other) = (beside::part(first, a.0), beside::part(first, b.0));
    let told = one.is_some() && other.is_some() && one != other;
    told && one == beside::part(second, a.1) && other == beside::part(second, b.1)
}

type Pair = (usize, usize);

fn said<'a>(side: &'a Side<'_>, at: usize) -> Option<(usize, &'a Said)> {
    side.said.get(at).map(|(block, said)| (*block, *said))
}

fn in_one_sentence(first: &Side<'_>, second: &Side<'_>, (a, b): (Pair, Pair)) -> bool {
    let place = |side, at| said(side, at).map(|(block, said)| (block, said.sentence));
    place(first, a.0) == place(first, b.0) && place(second, a.1) == place(second, b.1)
}

/// Whether two pairs stand in one sentence in one of the languages, and in one block in both.
fn in_a_sentence(first: &Side<'_>, second: &Side<'_>, (a, b): (Pair, Pair)) -> bool {
    let place = |side, at| said(side, at).map(|(block, said)| (block, said.sentence));
    let (x, y) = (
        place(first, a.0).zip(place(first, b.0)),
        place(second, a.1).zip(place(second, b.1)),
    );
    x.zip(y)
        .is_some_and(|((a, b), (c, d))| a.0 == b.0 && c.0 == d.0 && (a.1 == b.1 || c.1 == d.1))
}

/// Whether each of two pairs is in the second side what the other is in the first.
fn crossed<'a, P: PartialEq>(
    first: &'a Side<'a>,
    second: &'a Side<'a>,
    (a, b): (Pair, Pair),
    of: impl Fn(&'a Side<'a>, usize) -> Option<P>,
) -> bool {
    let (a, b) = (
        (of(first, a.0), of(second, a.1)),
        (of(first, b.0), of(second, b.1)),
    );
    let ((Some(a), Some(x)), (Some(b), Some(y))) = (a, b) else {
        return false;
    };
    a != b && a == y && b == x
}

/// Whether of two figures of one unit that which is a change in the first side is none in the second: `three
/// accidents, five fewer` for 事故5起，减少3起.
fn changed<'a>(first: &'a Side<'a>, second: &'a Side<'a>, (a, b): (Pair, Pair)) -> bool {
    let way = |side, at| beside::part(side, at).filter(|part| matches!(*part, "rise" | "fall"));
    let unit = |at| match &said(first, at)?.1.figure.value {
        Value::Amount(amount) => Some(&amount.unit),
        _ => None,
    };
    let here = (way(first, a.0), way(first, b.0));
    let there = (way(second, a.1), way(second, b.1));
    here.0.is_some() != here.1.is_some()
        && here == (there.1, there.0)
        && unit(a.0).is_some_and(|one| unit(b.0) == Some(one))
}

fn bound(side: &Side<'_>, at: usize) -> Option<Bound> {
    said(side, at).map(|(_, said)| said.figure.bound)
}

/// `Founded in 1850, it has 1,936 beds` for 建于1936年，有床位1,850张: in each block the first year that is
/// a count, and the first count that is a year.
fn years(first: &Side<'_>, second: &Side<'_>, pairs: &[Pair]) -> Vec<(Pair, Pair)> {
    use Sort::{Bare, Count, Year};
    let mut blocks: BTreeMap<usize, [Option<(Pair, Sort)>; 2]> = BTreeMap::new();
    for pair in pairs {
        let (Some(a), Some(b)) = (sort(first, pair.0), sort(second, pair.1)) else {
            continue;
        };
        let place = match (a, b) {
            (Year, Count | Bare) | (Bare, Count) => 0,
            (Count, Year | Bare) | (Bare, Year) => 1,
            _ => continue,
        };
        let block = said(first, pair.0).map_or(0, |(block, _)| block);
        if let Some(place) = blocks.entry(block).or_default().get_mut(place) {
            place.get_or_insert((*pair, b));
        }
    }
    let both = |[year, count]: [Option<(Pair, Sort)>; 2]| {
        let ((a, is), (b, was)) = (year?, count?);
        // Of two bare numbers each may be the year.
        (is != Bare || was != Bare).then_some((a.min(b), a.max(b)))
    };
    blocks.into_values().filter_map(both).collect()
}

/// A year, a number of something, or four digits that may be either: `2021 buses`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Year,
    Count,
    Bare,
}

fn sort(side: &Side<'_>, at: usize) -> Option<Sort> {
    let (block, said) = said(side, at)?;
    match &said.figure.value {
        Value::Amount(_) if may_be_year(side, block, said) => match side.read.page.lang {
            Lang::Zh => Some(Sort::Bare),
            Lang::En => Some(Sort::Year),
        },
        // 1200年 may be as long as `1,200 years`.
        Value::Amount(amount) if amount.unit.is_time() => None,
        Value::Amount(_) => Some(Sort::Count),
        Value::Date(when) if when.is_year() && side.read.page.lang == Lang::En => {
            let before = side
                .blocks
                .get(block)?
                .text
                .get(..said.figure.place.start)?;
            let word = before.split_whitespace().next_back().unwrap_or_default();
            let is_year = side.read.words.says(Link::Year, Lang::En, word);
            Some(if is_year { Sort::Year } else { Sort::Bare })
        }
        Value::Date(when) if when.year.is_some() => Some(Sort::Year),
        Value::Date(_) | Value::Time(_) => None,
    }
}

/// Whether a number stands where a year would: 1101年, `published in 1,101, by`.
fn may_be_year(side: &Side<'_>, block: usize, said: &Said) -> bool {
    let text = side.blocks.get(block).map(|block| block.text.as_str());
    let part = |range: Range<usize>| text.and_then(|text| text.get(range)).unwrap_or_default();
    let place = &said.figure.place;
    match side.read.page.lang {
        Lang::Zh => {
            let digits = part(place.clone()).strip_suffix('年');
            digits.is_some_and(|digits| {
                digits.len() > 2 && digits.chars().all(|c| c.is_ascii_digit())
            })
        }
        Lang::En => {
            let digits = part(place.clone());
            let before = part(0..place.start);
            let word = before.split_whitespace().next_back().unwrap_or_default();
            let after = part(place.end..text.map_or(0, str::len));
            let ends = after.is_empty() || after.starts_with([',', '.', ';', ':']);
            digits.len() > 2
                && digits.chars().all(|c| c.is_ascii_digit() || c == ',')
                && side.read.words.says(Link::Year, Lang::En, word)
                && ends
        }
    }
}
