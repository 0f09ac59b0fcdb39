//! Counts in brackets: `（111条）`, `(1,101)`, `【一百一十一家】`.
//!
//! In: a line. Out: each bracket that holds a number and nothing but its measure word. Promise: linear;
//! years, pages and the like are no counts.

use crate::figures::{self, Unit, Value};
use crate::import::chars::is_han;
use crate::lang::Lang;

/// Amounts that are more than one measure word.
const AMOUNTS: [&str; 16] = [
    "万",
    "亿",
    "万元",
    "亿元",
    "万亿元",
    "美元",
    "万美元",
    "亿美元",
    "万人",
    "亿人",
    "万户",
    "万家",
    "平方米",
    "平方公里",
    "%",
    "‰",
];

/// Words after a number that say when or where, not how many.
const NO_MEASURES: &str = "年月日号时点分秒岁页期届版卷级度章节款修试";

/// Characters of a noun that is counted: 农村合作医疗.
const LONGEST_NOUN: usize = 6;

/// A bracket that holds a number and perhaps a measure word.
pub(super) struct Bracket {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: f64,
    pub(super) unit: Option<String>,
}

/// Brackets of all kinds that hold counts.
const OPEN: [char; 5] = ['（', '(', '【', '［', '〔'];
const CLOSE: [char; 5] = ['）', ')', '】', '］', '〕'];

/// The counts in brackets of a line.
pub(super) fn brackets(text: &str) -> impl Iterator<Item = Bracket> + '_ {
    text.match_indices(OPEN).filter_map(|(start, open)| {
        let inside = text.get(start + open.len()..)?;
        // A number and a measure word are short: looking no further keeps this linear.
        let (length, close) = inside
            .char_indices()
            .take(20)
            .find(|(_, c)| CLOSE.contains(c))?;
        let (value, unit) = amount(inside.get(..length)?.trim())?;
        Some(Bracket {
            start,
            end: start + open.len() + length + close.len_utf8(),
            value,
            unit,
        })
    })
}

fn amount(text: &str) -> Option<(f64, Option<String>)> {
    if text.chars().next().is_some_and(is_han) {
        return numeral(text);
    }
    let length = text
        .bytes()
        .take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'))
        .count();
    let (number, unit) = text.split_at_checked(length)?;
    if !number.starts_with(|c: char| c.is_ascii_digit()) || !well_grouped(number) {
        return None;
    }
    let value = number.replace(',', "").parse().ok()?;
    let unit = unit.trim();
    if unit.is_empty() {
        return Some((value, None));
    }
    if is_measure(unit) {
        return Some((value, Some(unit.to_owned())));
    }
    numeral(text)
}

/// 一百一十一条, 12个站点: nothing but a number, its measure word and what it counts.
fn numeral(text: &str) -> Option<(f64, Option<String>)> {
    let figures = figures::read(text, Lang::Zh, figures::vocabulary());
    let [figure] = figures.as_slice() else {
        return None;
    };
    let Value::Amount(amount) = &figure.value else {
        return None;
    };
    if figure.place.start > 0 || amount.unit == Unit::Place {
        return None;
    }
    let noun = text.get(figure.place.end..).unwrap_or_default();
    let is_count = noun.is_empty()
        || (figure.unit.is_empty() && is_measure(noun))
        || (!figure.unit.is_empty() && amount.unit == Unit::Things && is_noun(noun));
    let (value, unit) = super::listed::written(text, figure, amount);
    let unit = unit.unwrap_or_default() + noun;
    is_count.then(|| (value, Some(unit).filter(|unit| !unit.is_empty())))
}

fn is_noun(text: &str) -> bool {
    text.chars().all(is_han) && text.chars().count() <= LONGEST_NOUN
}

/// A measure word, or one with its noun: `条`, `盏灯`; there are too many to list.
fn is_measure(unit: &str) -> bool {
    let short = unit.chars().count() <= 2;
    let first = unit.chars().next();
    AMOUNTS.contains(&unit)
        || (short && unit.chars().all(is_han) && first.is_some_and(|c| !NO_MEASURES.contains(c)))
}

/// `1,101` and `12.5`, but not `1,2` or `1.2.3`.
fn well_grouped(number: &str) -> bool {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let mut parts = whole.split(',');
    let first = parts.next().unwrap_or_default();
    let grouped = whole.contains(',');
    !fraction.is_empty()
        && fraction.bytes().all(|b| b.is_ascii_digit())
        && (!grouped || first.len() <= 3)
        && parts.all(|part| part.len() == 3)
}
