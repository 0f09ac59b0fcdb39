//! Figures that changed places.
//!
//! In: two sides whose figures are the same. Out: pairs of figures that stand in one order in one
//! language and in the other order in the other, where that can't be a matter of style: in an
//! enumeration, or in different sentences. Promise: linear; only amounts that stand once are judged, and dates that stand twice in both.

use std::collections::BTreeMap;

use super::blocks::Block;
use super::parts;
use super::side::{Said, Side};
use crate::figures::agree::key;
use crate::figures::links::Link;
use crate::figures::{Unit, Value, Weight, joined};
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
    let (counts_first, counts_second) = (Counts::of(first), Counts::of(second));
    let mut pairs: Vec<(usize, usize)> = agreed.to_vec();
    pairs.sort_unstable();
    let judged: Vec<(usize, usize)> = pairs
        .into_iter()
        .filter(|(a, b)| {
            let (Some((_, x)), Some((_, y))) = (first.said.get(*a), second.said.get(*b)) else {
                return false;
            };
            // 12.16 billion of a row that says yuan at its end: then the number alone must stand once.
            let by_number = key(&x.figure) != key(&y.figure);
            let often = (
                counts_first.of_value(x, by_number),
                counts_second.of_value(y, by_number),
            );
            let is_date = matches!(x.figure.value, Value::Date(_));
            judged(x) && judged(y) && (often == (1, 1) || (often == (2, 2) && is_date))
        })
        .collect();
    let mut found = in_rows(first, second, &judged);
    let parts = parts::swaps(first, second, &judged);
    found.extend(
        parts
            .filter(|swap| !found.contains(swap))
            .collect::<Vec<_>>(),
    );
    let things = parts::things(first, second, agreed);
    let is_new = |swap: &Swap| {
        let known = |pair| found.iter().any(|other| other.a == pair || other.b == pair);
        !known(swap.a) && !known(swap.b)
    };
    let things: Vec<Swap> = things.into_iter().filter(is_new).collect();
    found.extend(things);
    found
}

/// What changed places among figures of one kind.
fn in_rows(first: &Side<'_>, second: &Side<'_>, judged: &[(usize, usize)]) -> Vec<Swap> {
    // What is said of one kind is in an order of its own: other figures between two shares are in no row.
    let mut kinds: BTreeMap<(usize, Kind), Vec<(usize, usize)>> = BTreeMap::new();
    for (a, b) in judged {
        if let (Some((block, x)), Some((_, y))) = (first.said.get(*a), second.said.get(*b)) {
            let kind = kind(x).max(kind(y));
            kinds.entry((*block, kind)).or_default().push((*a, *b));
        }
    }
    kinds
        .values()
        .filter(|row| !is_moved(row))
        .flat_map(|row| row.windows(2))
        .filter_map(|pair| match pair {
            [a, b] if b.1 < a.1 => Some(Swap { a: *a, b: *b }),
            _ => None,
        })
        .filter(|swap| is_swap(first, second, *swap) && !parts::are_kept(first, second, *swap))
        .collect()
}

/// Whether one figure of a row went past two or more others, as a clause that moves takes it along:
/// `127 plants and 46 works in 14 provinces` for `在14个省有127座、46座`.
fn is_moved(row: &[(usize, usize)]) -> bool {
    let places: Vec<usize> = row.iter().map(|(_, b)| *b).collect();
    let mut sorted = places.clone();
    sorted.sort_unstable();
    let differs = |at: &usize| places.get(*at) != sorted.get(*at);
    let first = (0..places.len()).find(differs);
    let last = (0..places.len()).rev().find(differs);
    let (Some(first), Some(last)) = (first, last) else {
        return false;
    };
    let (Some(now), Some(then)) = (places.get(first..=last), sorted.get(first..=last)) else {
        return false;
    };
    let turned = |by: usize| now.iter().cycle().skip(by).take(now.len()).eq(then);
    now.len() > 2 && (turned(1) || turned(now.len() - 1))
}

fn judged(said: &Said) -> bool {
    said.figure.weight >= Weight::Small && !said.in_title
}

/// How often each value stands on a side, with its unit and without.
struct Counts {
    values: BTreeMap<Value, usize>,
    numbers: BTreeMap<Value, usize>,
}

impl Counts {
    fn of(side: &Side<'_>) -> Self {
        let (mut values, mut numbers) = (BTreeMap::new(), BTreeMap::new());
        for (_, said) in &side.said {
            *values.entry(key(&said.figure)).or_insert(0) += 1;
            *numbers.entry(number(said)).or_insert(0) += 1;
        }
        Self { values, numbers }
    }

    fn of_value(&self, said: &Said, by_number: bool) -> usize {
        let count = if by_number {
            self.numbers.get(&number(said))
        } else {
            self.values.get(&key(&said.figure))
        };
        count.copied().unwrap_or(0)
    }
}

/// A value without its unit.
fn number(said: &Said) -> Value {
    match key(&said.figure) {
        Value::Amount(amount) => Value::of(amount.number, Unit::Things),
        other => other,
    }
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
    if x.0 != y.0 {
        return false;
    }
    let one_sentence = a.1.sentence == b.1.sentence && x.1.sentence == y.1.sentence;
    let both = |in_order: fn(&Side<'_>, usize, &Said, &Said) -> bool| {
        in_order(first, a.0, &a.1, &b.1) && in_order(second, x.0, &y.1, &x.1)
    };
    both(is_apart)
        || both(is_part)
        || both(is_span)
        || (one_sentence && (both(is_from_to) || both(is_less) || both(is_more)))
}

/// Whether two figures stand in different sentences, or in an enumeration: one language may end a sentence
/// where the other has a comma.
fn is_apart(side: &Side<'_>, block: usize, a: &Said, b: &Said) -> bool {
    a.sentence != b.sentence || is_enumeration(side, block, a, b)
}

/// Whether two figures are the ends of a span: `8日至17日`, `8 to 17`.
fn is_span(side: &Side<'_>, block: usize, a: &Said, b: &Said) -> bool {
    side.blocks
        .get(block)
        .is_some_and(|block| joined(&block.text, &a.figure.place, &b.figure.place).is_some())
}

/// Dates, times, or amounts of one unit.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Date,
    Time,
    Amount(Unit),
}

fn kind(said: &Said) -> Kind {
    match &said.figure.value {
        Value::Date(_) => Kind::Date,
        Value::Time(_) => Kind::Time,
        Value::Amount(amount) => Kind::Amount(match &amount.unit {
            Unit::Place => Unit::Things,
            other => other.clone(),
        }),
    }
}

/// Whether the second is said to be part of the first: `416家，其中19家`, `416 suppliers, of which 19`.
fn is_part(side: &Side<'_>, block: usize, a: &Said, b: &Said) -> bool {
    let Some((text, between)) = between(side, block, (a, b)) else {
        return false;
    };
    let (words, lang) = (side.read.words, side.read.page.lang);
    let is_said = words.says(Link::Part, lang, between);
    match lang {
        // 2184例中阳性3例, 2184例检测中有3例
        Lang::Zh => is_said || between.starts_with('中'),
        Lang::En => {
            let after = text.get(b.figure.place.end..).unwrap_or_default();
            let lead = text.get(..a.figure.place.start).unwrap_or_default();
            is_said
                || lead.split_whitespace().next_back() == Some("Of")
                || between.trim() == ":"
                || words.opens(Link::Part, lang, after.trim_start()).is_some()
        }
    }
}

/// Whether two figures are where something began and where it came to: `由31%降至14%`, `from 31% to 14%`.
fn is_from_to(side: &Side<'_>, block: usize, a: &Said, b: &Said) -> bool {
    let Some((text, between)) = between(side, block, (a, b)) else {
        return false;
    };
    let (words, lang) = (side.read.words, side.read.page.lang);
    let before = text.get(..a.figure.place.start).unwrap_or_default();
    // 由每吨2.85元调至3.10元, 从上年的12米，经治理后升到约9米
    let near = last(before, lang, (12, 3));
    let near = near.rsplit(['，', '。', '、', '；']).next().unwrap_or(near);
    let is_short = match lang {
        Lang::Zh => between.chars().count() <= 24,
        Lang::En => between.split_whitespace().count() <= 14,
    };
    is_short
        && words.says(Link::From, lang, near)
        && words.says(Link::To, lang, last(between, lang, (3, 3)))
}

/// Whether the first is said to be less than the second: `0.52元，低于全省平均的0.56元`.
fn is_less(side: &Side<'_>, block: usize, a: &Said, b: &Said) -> bool {
    compares(side, block, (a, b), Link::Less)
}

/// Whether the first is said to be more than the second.
fn is_more(side: &Side<'_>, block: usize, a: &Said, b: &Said) -> bool {
    compares(side, block, (a, b), Link::More)
}

fn compares(side: &Side<'_>, block: usize, pair: (&Said, &Said), link: Link) -> bool {
    let words = between(side, block, pair);
    words.is_some_and(|(_, gap)| side.read.words.says(link, side.read.page.lang, gap))
}

/// The text of a block, and what stands between two figures of it, if that is not much.
fn between<'a>(
    side: &Side<'a>,
    block: usize,
    (a, b): (&Said, &Said),
) -> Option<(&'a str, &'a str)> {
    let text = side.blocks.get(block)?.text.as_str();
    let gap = text.get(a.figure.place.end..b.figure.place.start)?;
    let most = match side.read.page.lang {
        Lang::Zh => 60,
        Lang::En => 160,
    };
    (gap.chars().count() <= most).then_some((text, gap))
}

/// So many of the last characters of a Chinese text, or of the last words of an English one.
fn last(text: &str, lang: Lang, (characters, words): (usize, usize)) -> &str {
    let text = text.trim_end();
    let at = match lang {
        Lang::Zh => text.char_indices().rev().nth(characters - 1),
        Lang::En => text
            .char_indices()
            .rev()
            .filter(|(_, c)| c.is_whitespace())
            .nth(words - 1),
    };
    text.get(at.map_or(0, |(at, _)| at)..).unwrap_or(text)
}

/// The words without what stands in brackets.
fn without_brackets(words: &str) -> String {
    let mut depth = 0_usize;
    let mut outside = |c: &char| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    };
    words.chars().filter(|c| outside(c)).collect()
}

/// How often marks stand there; one after another, as an edit may leave them, count once.
fn marks(words: &str, of: &[char]) -> usize {
    let mut is_after = false;
    let starts = words.chars().filter(|c| !c.is_whitespace()).filter(|c| {
        let before = std::mem::replace(&mut is_after, of.contains(c));
        is_after && !before
    });
    starts.count()
}

/// Whether a clause begins with a date, and is about it: 2020年，……；2021年，……
fn begins_clause(block: &Block, said: &Said) -> bool {
    let before = block
        .text
        .get(..said.figure.place.start)
        .unwrap_or_default();
    let begins = before
        .trim_end()
        .chars()
        .next_back()
        .is_none_or(|c| "，。；：".contains(c));
    begins && matches!(said.figure.value, Value::Date(_))
}

/// Whether two figures of a sentence stand in an enumeration: `30%，利润增长20%`, `(74), Beijing (73)`.
fn is_enumeration(side: &Side<'_>, block: usize, a: &Said, b: &Said) -> bool {
    let Some(block) = side.blocks.get(block) else {
        return false;
    };
    let gap = block.text.get(a.figure.place.end..b.figure.place.start);
    let Some(gap) = gap else { return false };
    let (words, lang) = (side.read.words, side.read.page.lang);
    match lang {
        // 6.5:41.2:52.3
        _ if !gap.chars().any(char::is_alphanumeric) => true,
        Lang::Zh => {
            let gap = without_brackets(gap);
            if begins_clause(block, a) && begins_clause(block, b) {
                return true;
            }
            // 水稻占六成五，油菜占二成: each is a share of one whole.
            let before = block.text.get(..a.figure.place.start).unwrap_or_default();
            let shares = before.ends_with('占').then(|| gap.strip_suffix('占'));
            let gap = shares.flatten().unwrap_or(&gap);
            let marks = marks(gap, &['，', '、', '；', ',', '。']);
            (marks == 1 || (marks == 0 && words.says(Link::And, lang, gap)))
                && gap.chars().count() <= 40
                && !words.says(Link::Turn, lang, gap)
        }
        Lang::En => {
            let marks = marks(gap, &[',', ';']) + gap.matches(". ").count();
            let word = words.says(Link::And, lang, gap);
            // `44,000 pages and more than 600 volumes`: a bound is no comparison.
            let plain = words.without_end(Link::Bound, lang, gap.trim_end());
            // `18% less than in 2020, and emissions fell by 20%`: what turns before the comma is of the first.
            let tail = plain.rsplit([',', ';']).next().unwrap_or(plain);
            let turned = if marks == 1 && word { tail } else { plain };
            (marks == 1 || (marks <= 2 && word))
                && gap.split_whitespace().count() <= 16
                && !words.says(Link::Turn, lang, turned)
        }
    }
}
