//! Figures that changed places.
//!
//! In: two sides whose figures are the same. Out: pairs of figures that stand in one order in one
//! language and in the other order in the other, where that can't be a matter of style: in an
//! enumeration, or in different sentences. Promise: linear; only values that stand once are judged.

use std::collections::BTreeMap;

use super::side::{Said, Side};
use crate::figures::agree::key;
use crate::figures::{Unit, Value, Weight};
use crate::lang::Lang;

/// Two pairs that changed places: in the first side `a` before `b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swap {
    /// The pair that comes first in the first side.
    pub a: (usize, usize),
    /// The pair that comes second in the first side.
    pub b: (usize, usize),
}

/// Finds what changed places among pairs that agree.
#[must_use]
pub fn swaps(first: &Side<'_>, second: &Side<'_>, agreed: &[(usize, usize)]) -> Vec<Swap> {
    let (once_first, once_second) = (counts(first), counts(second));
    let unique = |said: &Said| {
        let key = key(&said.figure);
        once_first.get(&key) == Some(&1) && once_second.get(&key) == Some(&1)
    };
    let mut pairs: Vec<(usize, usize)> = agreed.to_vec();
    pairs.sort_unstable();
    let judged = pairs.into_iter().filter(|(a, b)| {
        let said = (first.said.get(*a), second.said.get(*b));
        matches!(said, (Some((_, x)), Some((_, y))) if judged(x) && judged(y) && unique(x))
    });
    let judged: Vec<(usize, usize)> = judged.collect();
    judged
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if b.1 < a.1 => Some(Swap { a: *a, b: *b }),
            _ => None,
        })
        .filter(|swap| is_swap(first, second, *swap))
        .collect()
}

fn judged(said: &Said) -> bool {
    said.figure.weight == Weight::Firm && !said.in_title
}

fn counts(side: &Side<'_>) -> BTreeMap<Value, usize> {
    let mut counts = BTreeMap::new();
    for (_, said) in &side.said {
        *counts.entry(key(&said.figure)).or_insert(0) += 1;
    }
    counts
}

fn is_swap(first: &Side<'_>, second: &Side<'_>, swap: Swap) -> bool {
    let get = |side: &Side<'_>, at: usize| {
        side.said
            .get(at)
            .map(|(block, said)| (*block, (*said).clone()))
    };
    let (Some(a), Some(b)) = (get(first, swap.a.0), get(first, swap.b.0)) else {
        return false;
    };
    let (Some(x), Some(y)) = (get(second, swap.a.1), get(second, swap.b.1)) else {
        return false;
    };
    if a.0 != b.0 || x.0 != y.0 || !same_kind(&a.1, &b.1) {
        return false;
    }
    let other_sentences = a.1.sentence != b.1.sentence && x.1.sentence != y.1.sentence;
    let one_sentence = a.1.sentence == b.1.sentence && x.1.sentence == y.1.sentence;
    let both = |in_order: fn(&Side<'_>, usize, &Said, &Said) -> bool| {
        in_order(first, a.0, &a.1, &b.1) && in_order(second, x.0, &y.1, &x.1)
    };
    other_sentences
        || (one_sentence
            && (both(is_enumeration) || both(is_from_to) || both(is_less) || both(is_more)))
}

/// Whether both are dates, or amounts of the same kind.
fn same_kind(a: &Said, b: &Said) -> bool {
    match (&a.figure.value, &b.figure.value) {
        (Value::Amount(a), Value::Amount(b)) => {
            let things = |unit: &Unit| matches!(unit, Unit::Things | Unit::Place);
            a.unit == b.unit || (things(&a.unit) && things(&b.unit))
        }
        (Value::Date(_), Value::Date(_)) | (Value::Time(_), Value::Time(_)) => true,
        _ => false,
    }
}

/// Whether two figures are where something began and where it came to: `由31%降至14%`, `from 31% to 14%`.
fn is_from_to(side: &Side<'_>, block: usize, a: &Said, b: &Said) -> bool {
    let Some(text) = side.blocks.get(block).map(|block| block.text.as_str()) else {
        return false;
    };
    let before = text.get(..a.figure.place.start).unwrap_or_default();
    let between = text.get(a.figure.place.end..b.figure.place.start);
    let Some(between) = between else { return false };
    match side.read.page.lang {
        Lang::Zh => {
            // 由每吨2.85元调至3.10元
            let near: Vec<char> = before.chars().rev().take(8).collect();
            let near = near
                .iter()
                .take_while(|c| !matches!(c, '，' | '。' | '、' | '；'));
            near.into_iter().any(|c| matches!(c, '由' | '从'))
                && between.chars().count() <= 8
                && between.contains(['至', '到', '为'])
        }
        Lang::En => {
            let last = before.split_whitespace().next_back();
            let words: Vec<&str> = between.split_whitespace().collect();
            last.is_some_and(|word| word.eq_ignore_ascii_case("from"))
                && words.len() <= 4
                && words.contains(&"to")
        }
    }
}

/// Whether the first is said to be less than the second: `0.52元，低于全省平均的0.56元`.
fn is_less(side: &Side<'_>, block: usize, a: &Said, b: &Said) -> bool {
    let zh = ["低于", "少于", "小于", "不及", "不如"];
    let en = [
        "less than",
        "lower than",
        "below",
        "fewer than",
        "smaller than",
        "shorter than",
    ];
    compares(side, block, (a, b), &zh, &en)
}

/// Whether the first is said to be more than the second.
fn is_more(side: &Side<'_>, block: usize, a: &Said, b: &Said) -> bool {
    let zh = ["高于", "多于", "大于", "超过", "超出", "长于"];
    let en = [
        "more than",
        "higher than",
        "above",
        "greater than",
        "larger than",
        "longer than",
    ];
    compares(side, block, (a, b), &zh, &en)
}

fn compares(
    side: &Side<'_>,
    block: usize,
    (a, b): (&Said, &Said),
    zh: &[&str],
    en: &[&str],
) -> bool {
    let text = side.blocks.get(block).map(|block| block.text.as_str());
    let between = text.and_then(|text| text.get(a.figure.place.end..b.figure.place.start));
    let Some(between) = between.filter(|gap| gap.chars().count() <= 60) else {
        return false;
    };
    match side.read.page.lang {
        Lang::Zh => zh.iter().any(|word| between.contains(word)),
        Lang::En => {
            let lower = between.to_lowercase();
            en.iter().any(|word| lower.contains(word))
        }
    }
}

/// Whether two figures of a sentence stand in an enumeration: `30%，利润增长20%`, `(74), Beijing (73)`.
fn is_enumeration(side: &Side<'_>, block: usize, a: &Said, b: &Said) -> bool {
    let Some(block) = side.blocks.get(block) else {
        return false;
    };
    let gap = block.text.get(a.figure.place.end..b.figure.place.start);
    let Some(gap) = gap else { return false };
    match side.read.page.lang {
        Lang::Zh => {
            let marks = gap.matches(['，', '、', '；', ',']).count();
            let word = ["和", "及", "与", "而"]
                .iter()
                .any(|word| gap.contains(word));
            let turns = [
                "比", "较", "从", "由", "其中", "占", "即", "相当", "折合", "每",
            ];
            (marks == 1 || (marks == 0 && word))
                && gap.chars().count() <= 40
                && !turns.iter().any(|word| gap.contains(word))
        }
        Lang::En => {
            let lower = format!(
                " {} ",
                gap.to_lowercase().replace([',', ';', '(', ')'], " ")
            );
            let marks = gap.matches([',', ';']).count();
            let word = lower.contains(" and ") || lower.contains(" while ");
            let turns = [
                " from ",
                " than ",
                " compared ",
                " against ",
                " which ",
                " including ",
                " out ",
                " after ",
                " before ",
                " since ",
                " until ",
                " over ",
                " equal ",
                " per ",
            ];
            (marks == 1 || (marks == 0 && word) || (marks == 2 && word))
                && lower.split_whitespace().count() <= 16
                && !turns.iter().any(|word| lower.contains(word))
        }
    }
}
