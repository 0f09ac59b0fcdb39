//! The cheapest way to put the blocks of two sections side by side.
//!
//! In: the kind, the length and the numbers of each block. Out: pairs in order, and blocks alone.
//! Promise: time in proportion to the length of the sections.

use std::ops::Range;

use crate::render::markdown::Parsed;
use crate::render::markdown::blocks::{Kind, text};

/// What a block without a counterpart costs; two that cost more together stand apart.
const ALONE: u32 = 60;
/// What numbers cost that differ altogether.
const NUMBERS: u32 = 80;
/// What a number costs that the other language may have put in words.
const NUMBER_IN_WORDS: u32 = 15;
/// What it costs when a paragraph became an item of a list, or the other way round.
const OTHER_KIND: u32 = 40;
/// Letters that say as much as one Chinese character.
const LETTERS: usize = 3;
/// So many pairings of a block are tried at least; in sections as long as this, all of them.
const BAND: usize = 400;

/// What the pairing knows of a block.
pub(super) struct Features {
    kind: Kind,
    /// Its length in letters, a Chinese character counted as [`LETTERS`].
    length: usize,
    /// Its numbers, sorted.
    numbers: Vec<String>,
}

/// The features of some blocks of a page.
pub(super) fn features(parsed: &Parsed<'_>, blocks: &Range<usize>) -> Vec<Features> {
    let blocks = parsed.blocks.get(blocks.clone());
    let features = blocks.unwrap_or_default().iter().map(|block| {
        let text = text(parsed.events.get(block.events.clone()).unwrap_or_default());
        let weigh = |c: char| if c.is_ascii() { 1 } else { LETTERS };
        Features {
            kind: block.kind,
            length: text.chars().filter(|c| !c.is_whitespace()).map(weigh).sum(),
            numbers: numbers(&text),
        }
    });
    features.collect()
}

/// The numbers in a text: `1,101` and `１１０１` are the same.
fn numbers(text: &str) -> Vec<String> {
    let mut numbers = vec![String::new()];
    let mut characters = text.chars().peekable();
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    while let Some(c) = characters.next() {
        let goes_on = numbers.last().is_some_and(|last| !last.is_empty());
        let before_digit = characters.peek().copied().is_some_and(is_digit);
        if let Some(last) = numbers.last_mut().filter(|_| is_digit(c)) {
            let offset = if c.is_ascii() {
                0
            } else {
                '０' as u32 - '0' as u32
            };
            last.extend(char::from_u32(c as u32 - offset));
        } else if c == '.' && goes_on && before_digit {
            if let Some(last) = numbers.last_mut() {
                last.push('.');
            }
        } else if goes_on && !(c == ',' && before_digit) {
            numbers.push(String::new());
        }
    }
    numbers.retain(|number| !number.is_empty());
    numbers.sort();
    numbers
}

/// What it costs to put two blocks side by side; `None` if they can't be.
fn cost(a: &Features, b: &Features) -> Option<u32> {
    let text = [Kind::Paragraph, Kind::Item, Kind::Quote];
    let kind = match a.kind == b.kind {
        true => 0,
        false if text.contains(&a.kind) && text.contains(&b.kind) => OTHER_KIND,
        false => return None,
    };
    let length = 100 * a.length.abs_diff(b.length) / (a.length + b.length).max(1);
    let length = u32::try_from(length).unwrap_or(100);
    let (fewer, more) = (
        a.numbers.len().min(b.numbers.len()),
        a.numbers.len().max(b.numbers.len()),
    );
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX / 400);
    let numbers = if fewer == 0 {
        NUMBER_IN_WORDS * count(more.min(2))
    } else {
        let common = common(&a.numbers, &b.numbers);
        NUMBERS - NUMBERS * count(2 * common) / count(fewer + more)
    };
    Some(kind + length + numbers)
}

/// How many entries two sorted lists have in common.
fn common(a: &[String], b: &[String]) -> usize {
    let (mut at, mut found) = (0, 0);
    for number in a {
        while b.get(at).is_some_and(|other| other < number) {
            at += 1;
        }
        if b.get(at) == Some(number) {
            found += 1;
            at += 1;
        }
    }
    found
}

/// How the cheapest pairing came to a place.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Pair,
    First,
    Second,
}

/// The cheapest pairing of two sections, by dynamic programming in a band around the diagonal, so
/// that long sections take time in proportion to their length.
pub(super) fn pairs(a: &[Features], b: &[Features]) -> Vec<(Option<usize>, Option<usize>)> {
    let (rows, columns) = (a.len(), b.len());
    let width = BAND.max(4 * (columns / rows.max(1) + 1)).min(columns + 1);
    let low = |i: usize| {
        let middle = i * columns / rows.max(1);
        middle.saturating_sub(width / 2).min(columns + 1 - width)
    };
    let mut steps = vec![Step::Second; (rows + 1) * width];
    let mut above: Vec<u32> = Vec::new();
    for i in 0..=rows {
        let mut row = vec![u32::MAX; width];
        for at in 0..width {
            let j = low(i) + at;
            let up = |j: usize| {
                let at = j.checked_sub(low(i - 1))?;
                above.get(at).copied().filter(|&cost| cost < u32::MAX)
            };
            let mut best = if i == 0 && j == 0 { 0 } else { u32::MAX };
            let mut step = Step::Second;
            let pair = (i > 0 && j > 0)
                .then(|| Some(up(j - 1)? + cost(&a[i - 1], &b[j - 1])?))
                .flatten();
            let first = (i > 0).then(|| Some(up(j)? + ALONE)).flatten();
            let left = at.checked_sub(1).and_then(|at| row.get(at).copied());
            let second = left
                .filter(|&cost| cost < u32::MAX)
                .map(|cost| cost + ALONE);
            for (way, cost) in [
                (Step::Pair, pair),
                (Step::First, first),
                (Step::Second, second),
            ] {
                if let Some(cost) = cost.filter(|&cost| cost < best) {
                    (best, step) = (cost, way);
                }
            }
            row[at] = best;
            steps[i * width + at] = step;
        }
        above = row;
    }
    walk_back(rows, columns, |i, j| steps[i * width + (j - low(i))])
}

fn walk_back(
    n: usize,
    m: usize,
    step: impl Fn(usize, usize) -> Step,
) -> Vec<(Option<usize>, Option<usize>)> {
    let (mut i, mut j) = (n, m);
    let mut pairs = Vec::with_capacity(n.max(m));
    while i > 0 || j > 0 {
        match step(i, j) {
            Step::Pair => {
                (i, j) = (i - 1, j - 1);
                pairs.push((Some(i), Some(j)));
            }
            Step::First => {
                i -= 1;
                pairs.push((Some(i), None));
            }
            Step::Second => {
                j -= 1;
                pairs.push((None, Some(j)));
            }
        }
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_alike() {
        assert_eq!(numbers("共１１０１部，1.8%；3,4"), ["1.8", "1101", "34"]);
        assert_eq!(numbers("1,101 of 2."), ["1101", "2"]);
    }
}
