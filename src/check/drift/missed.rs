//! Which figures without a counterpart are missed.
//!
//! In: a figure of one side that nothing on the other agrees with. Out: whether its absence there means
//! anything. Promise: what may be said in other words (`两个` and `both`, 百分之百 and `all`) never is.

use std::ops::Range;

use super::blocks::Block;
use super::pairs::MOST;
use super::side::{Said, Side};
use crate::figures::agree::agree;
use crate::figures::{Number, Unit, Value, Weight, When};
use crate::lang::Lang;

/// Whether a figure that the other side does not have ought to be there.
#[must_use]
pub fn is_missed(side: &Side<'_>, at: usize, other: &Side<'_>) -> bool {
    let Some((_, said)) = side.said.get(at) else {
        return false;
    };
    (said.figure.weight == Weight::Firm || is_several(side, at, other))
        && !is_said_within(said, other)
        && !is_all(said, other)
        && !is_month_before(said, other)
}

/// Three or more of something, in words, which few say otherwise, as `both` says two; but 三地 may be the three
/// that the other language names, and `three things in three units` are 三样东西 with units of their own.
fn is_several(side: &Side<'_>, at: usize, other: &Side<'_>) -> bool {
    let Some((block, said)) = side.said.get(at) else {
        return false;
    };
    let Value::Amount(amount) = &said.figure.value else {
        return false;
    };
    let counts = said.figure.weight == Weight::Small
        && matches!(amount.unit, Unit::Things | Unit::Of(_))
        && !is_in_row(side, at);
    // From 万 on the scale may be a neighbour's: 一 of 一到十亿 is one just as well.
    let number = amount.number.to_whole();
    let number = number.filter(|number| (3..10_000).contains(number));
    let number = number.and_then(|number| usize::try_from(number).ok());
    // A translation says things at about the same place.
    let share = |at: usize, text: &str| at as f64 / text.len().max(1) as f64;
    let own = side
        .blocks
        .get(*block)
        .map_or("", |block| block.text.as_str());
    let place = share(said.figure.place.start, own);
    let lists = |number| {
        let mut blocks = other.blocks.iter().take(MOST);
        blocks.any(|block| {
            let mut rows = enumerations(&block.text, other.read.page.lang);
            rows.any(|(sentence, length)| {
                let start = share(sentence.start, &block.text) - NEAR;
                let end = share(sentence.end, &block.text) + NEAR;
                length == number && (start..end).contains(&place)
            })
        })
    };
    let is_said = || {
        let mut theirs = other.said.iter().take(5_000);
        theirs.any(|(_, theirs)| agree(&said.figure, &theirs.figure))
    };
    counts && number.is_some_and(|number| !lists(number)) && !is_said()
}

/// How far from its place in one language a thing may stand in the other, as a part of the block.
const NEAR: f64 = 0.1;

/// As many words one of the things in a row may have, but for the first and the last.
const WORDS: usize = 6;

/// How many things each row of a text names (`Beijing, Tianjin and Hebei`, 京、津和冀), and the bytes of its
/// sentence.
fn enumerations(text: &str, lang: Lang) -> impl Iterator<Item = (Range<usize>, usize)> {
    let ends: &[char] = match lang {
        Lang::Zh => &['。', '；', '：', '，'],
        Lang::En => &['.', ';', ':'],
    };
    let sentences = text.split_inclusive(ends).scan(0, |at, sentence| {
        let start = *at;
        *at += sentence.len();
        Some((start..*at, sentence))
    });
    sentences.flat_map(move |(place, sentence)| {
        let lengths = match lang {
            Lang::Zh => vec![sentence.split(['、', '和', '及', '与']).count()],
            Lang::En => in_rows(&sentence.replace(" and ", ", &").replace(" or ", ", &")),
        };
        lengths
            .into_iter()
            .map(move |length| (place.clone(), length))
    })
}

/// The lengths of the rows of an English sentence, the last thing of each after `&`.
fn in_rows(sentence: &str) -> Vec<usize> {
    let (mut rows, mut length) = (Vec::new(), 1);
    let items = sentence.split(',').skip(1);
    for item in items.filter(|item| !item.trim().is_empty()) {
        length += 1;
        if item.trim_start().starts_with('&') {
            rows.push(std::mem::replace(&mut length, 1));
        } else if item.split_whitespace().count() > WORDS {
            length = 1;
        }
    }
    rows
}

/// Whether another figure stands right beside it: 三省一市 sums up names that the other language may list alone.
fn is_in_row(side: &Side<'_>, at: usize) -> bool {
    let place = |at: Option<usize>| {
        let (block, said) = side.said.get(at?)?;
        Some((*block, &said.figure.place))
    };
    let touch = |a: Option<usize>, b: Option<usize>| {
        let both = place(a).zip(place(b));
        both.is_some_and(|((one, a), (other, b))| one == other && a.end == b.start)
    };
    touch(at.checked_sub(1), Some(at)) || touch(Some(at), at.checked_add(1))
}

/// `In 2021 … on 3 May` for 2021年5月3日: a year alone that the other side says with a month.
fn is_said_within(a: &Said, other: &Side<'_>) -> bool {
    let Value::Date(when) = &a.figure.value else {
        return false;
    };
    let same = |(_, said): &(usize, &Said)| match &said.figure.value {
        Value::Date(other) => other.year == when.year,
        // 洪武三年（1370年） and `1370`: years so early are numbers in English.
        Value::Amount(_) => agree(&a.figure, &said.figure),
        Value::Time(_) => false,
    };
    when.is_year() && when.year.is_some() && other.said.iter().take(5_000).any(same)
}

/// 百分之百 for `all of them`.
fn is_all(said: &Said, other: &Side<'_>) -> bool {
    let is_whole = matches!(&said.figure.value, Value::Amount(amount)
        if amount.unit == Unit::Share && amount.compared() == Some(Number::ONE));
    let says_all = |block: &&Block| match other.read.page.lang {
        Lang::Zh => ["全", "都", "均"]
            .iter()
            .any(|word| block.text.contains(word)),
        Lang::En => {
            let mut words = block.text.split(|c: char| !c.is_alphabetic());
            let all = ["all", "every", "full", "fully", "entire", "entirely"];
            words.any(|word| all.iter().any(|all| word.eq_ignore_ascii_case(all)))
        }
    };
    is_whole && other.blocks.iter().take(MOST).any(says_all)
}

/// `more than in May` for 环比 in a text about June.
fn is_month_before(said: &Said, other: &Side<'_>) -> bool {
    let Value::Date(When {
        month: Some(month),
        day: None,
        ..
    }) = &said.figure.value
    else {
        return false;
    };
    let next = month % 12 + 1;
    let is_next = |said: &(usize, &Said)| matches!(&said.1.figure.value, Value::Date(When { month: Some(month), .. }) if *month == next);
    let compares = |block: &&Block| {
        let mut words = ["环比", "上月", "上个月"].iter();
        words.any(|word| block.text.contains(word))
    };
    other.read.page.lang == Lang::Zh
        && other.said.iter().take(5_000).any(is_next)
        && other.blocks.iter().take(MOST).any(compares)
}
