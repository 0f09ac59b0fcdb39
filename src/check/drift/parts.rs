//! Figures that took each other's part: the year is the count and the count the year, what was reached is
//! what was gained.
//!
//! In: pairs of figures that agree, in the order of the first side. Out: two pairs of which each plays in
//! one language what the other plays in the other. Promise: both must be clear in both languages, so
//! that another order of the words is no swap; linear.

use std::collections::BTreeMap;

use super::order::Swap;
use super::side::{Said, Side};
use crate::figures::{Bound, Value};
use crate::lang::Lang;

/// What a figure is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// So much more.
    Rise,
    /// So much less.
    Fall,
    /// So much of a whole.
    Share,
    /// So much of what was planned.
    Target,
    /// So much each.
    Average,
    /// Where something began.
    From,
    /// Where it came to.
    To,
}

/// Words before a Chinese figure, the longest of those that end at one place first.
const ZH: [(&str, Part); 24] = [
    ("由", Part::From),
    ("从", Part::From),
    ("增长", Part::Rise),
    ("增加", Part::Rise),
    ("上升", Part::Rise),
    ("提高", Part::Rise),
    ("上涨", Part::Rise),
    ("增幅", Part::Rise),
    ("涨幅", Part::Rise),
    ("多出", Part::Rise),
    ("高出", Part::Rise),
    ("下降", Part::Fall),
    ("减少", Part::Fall),
    ("降低", Part::Fall),
    ("下滑", Part::Fall),
    ("回落", Part::Fall),
    ("下跌", Part::Fall),
    ("降幅", Part::Fall),
    ("占比", Part::Share),
    ("比重", Part::Share),
    ("占", Part::Share),
    ("完成", Part::Target),
    ("平均", Part::Average),
    ("均", Part::Average),
];

/// Words before an English figure.
const EN_BEFORE: [(&str, Part); 21] = [
    ("from", Part::From),
    ("up", Part::Rise),
    ("rose", Part::Rise),
    ("rising", Part::Rise),
    ("grew", Part::Rise),
    ("growing", Part::Rise),
    ("increase", Part::Rise),
    ("increased", Part::Rise),
    ("gained", Part::Rise),
    ("down", Part::Fall),
    ("fell", Part::Fall),
    ("falling", Part::Fall),
    ("dropped", Part::Fall),
    ("decreased", Part::Fall),
    ("declined", Part::Fall),
    ("shrank", Part::Fall),
    ("share", Part::Share),
    ("accounted", Part::Share),
    ("accounting", Part::Share),
    ("average", Part::Average),
    ("averaged", Part::Average),
];

/// Words right after an English figure.
const EN_AFTER: [(&str, Part); 13] = [
    ("more", Part::Rise),
    ("higher", Part::Rise),
    ("less", Part::Fall),
    ("lower", Part::Fall),
    ("fewer", Part::Fall),
    ("of the total", Part::Share),
    ("of all", Part::Share),
    ("of the target", Part::Target),
    ("of its target", Part::Target),
    ("of the plan", Part::Target),
    ("of the budget", Part::Target),
    ("of the annual target", Part::Target),
    ("on average", Part::Average),
];

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
        crossed(first, second, *pair, bound) || crossed(first, second, *pair, part)
    });
    let years = years(first, second, pairs);
    parts.chain(years).map(|(a, b)| Swap { a, b })
}

/// Whether two pairs play each its own part in both languages, so that only the words are in another order.
#[must_use]
pub fn are_kept(first: &Side<'_>, second: &Side<'_>, Swap { a, b }: Swap) -> bool {
    let (one, other) = (part(first, a.0), part(first, b.0));
    let told = one.is_some() && other.is_some() && one != other;
    told && one == part(second, a.1) && other == part(second, b.1)
}

type Pair = (usize, usize);

fn said<'a>(side: &'a Side<'_>, at: usize) -> Option<(usize, &'a Said)> {
    side.said.get(at).map(|(block, said)| (*block, *said))
}

fn in_one_sentence(first: &Side<'_>, second: &Side<'_>, (a, b): (Pair, Pair)) -> bool {
    let place = |side, at| said(side, at).map(|(block, said)| (block, said.sentence));
    place(first, a.0) == place(first, b.0) && place(second, a.1) == place(second, b.1)
}

/// Whether each of two pairs is in the second side what the other is in the first.
fn crossed<P: PartialEq>(
    first: &Side<'_>,
    second: &Side<'_>,
    (a, b): (Pair, Pair),
    of: impl Fn(&Side<'_>, usize) -> Option<P>,
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
            (Year, Count | Bare) => 0,
            (Count, Year | Bare) => 1,
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
        Value::Amount(_) => Some(Sort::Count),
        Value::Date(when) if when.is_year() && side.read.page.lang == Lang::En => {
            let before = side
                .blocks
                .get(block)?
                .text
                .get(..said.figure.place.start)?;
            let word = before.split_whitespace().next_back().unwrap_or_default();
            let leads = ["in", "since", "during", "until"];
            let is_year = leads.iter().any(|lead| word.eq_ignore_ascii_case(lead));
            Some(if is_year { Sort::Year } else { Sort::Bare })
        }
        Value::Date(when) if when.year.is_some() => Some(Sort::Year),
        Value::Date(_) | Value::Time(_) => None,
    }
}

fn part(side: &Side<'_>, at: usize) -> Option<Part> {
    let (block, this) = said(side, at)?;
    let text = side.blocks.get(block)?.text.as_str();
    let before = at.checked_sub(1).and_then(|at| said(side, at));
    let start = before
        .filter(|(other, said)| *other == block && said.sentence == this.sentence)
        .map_or(0, |(_, said)| said.figure.place.end);
    let before = text.get(start..this.figure.place.start)?;
    let after = text.get(this.figure.place.end..)?;
    match side.read.page.lang {
        Lang::Zh => in_chinese(before),
        Lang::En => after_english(after).map(|(_, part)| part).or_else(|| {
            // What stands right after the figure before is said of that one.
            let of_other = after_english(before).map_or(0, |(end, _)| end);
            in_english(before.get(of_other.min(before.len())..)?)
        }),
    }
}

/// The last word of the clause that tells: 比上年增长. 增长到 leads to where it came.
fn in_chinese(before: &str) -> Option<Part> {
    let clause = before.rsplit(['，', '。', '；', '、']).next()?;
    if clause.ends_with(['到', '至', '为']) {
        return Some(Part::To);
    }
    let words = ZH.iter().copied();
    let ends = words.filter_map(|(word, part)| Some((clause.rfind(word)? + word.len(), part)));
    let (end, part) = ends.max_by_key(|(end, _)| *end)?;
    let near = clause.get(end..)?.chars().count() <= 8;
    near.then_some(part)
}

fn in_english(before: &str) -> Option<Part> {
    let clause = before.rsplit([',', ';', '.']).next()?.to_lowercase();
    let mut near = clause.split_whitespace().rev().take(4).peekable();
    if near.peek() == Some(&"to") {
        return Some(Part::To);
    }
    let part = |word| EN_BEFORE.iter().find(|(known, _)| *known == word);
    near.find_map(part).map(|(_, part)| *part)
}

/// The words that begin a text and tell what the figure before them is, and where they end.
fn after_english(text: &str) -> Option<(usize, Part)> {
    let words = text.trim_start();
    let lead = text.len() - words.len();
    EN_AFTER.iter().find_map(|(word, part)| {
        let rest = words.strip_prefix(word)?;
        let ends = !rest.starts_with(char::is_alphanumeric);
        ends.then_some((lead + word.len(), *part))
    })
}
