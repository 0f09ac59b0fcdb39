//! Enumerated counts: `甲（111条）、乙（74）、丙（73）`.
//!
//! In: the text of one line. Out: every enumeration of two or more, each item with its label, its
//! value and the words it was read from. Promise: linear in the line; footnote numbers, years and
//! numbered lists are not taken for counts.

use std::ops::Range;

use super::brackets::{Bracket, brackets};
use super::stated::Columns;
use crate::figures::Bound;
use crate::import::chars::is_han;
use crate::import::regions;

/// Two or more counts in one enumeration.
#[derive(Debug, Clone, PartialEq)]
pub struct CountGroup {
    /// The items in order.
    pub items: Vec<Count>,
    /// The measure word, where all that have one have the same.
    pub unit: Option<String>,
    /// The sentence in which they stand.
    pub sentence: String,
}

/// One item.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    /// What is counted for.
    pub label: String,
    /// How many.
    pub value: f64,
    /// Its own measure word.
    pub unit: Option<String>,
    /// On which side of the number the truth lies.
    pub bound: Bound,
    /// The words it was read from: `甲（111条）`.
    pub read: String,
    /// Their column in the line, from 1.
    pub column: usize,
}

impl Count {
    /// The columns that it takes in the line.
    #[must_use]
    pub fn columns(&self) -> Range<usize> {
        self.column..self.column + self.read.chars().count()
    }
}

impl CountGroup {
    /// The columns of all its items.
    #[must_use]
    pub fn columns(&self) -> Range<usize> {
        let first = self.items.first().map_or(0, |item| item.column);
        let last = self.items.last().map_or(0, |item| item.columns().end);
        first..last
    }

    /// Whether no column is in both.
    #[must_use]
    pub fn is_apart_from(&self, other: &Self) -> bool {
        let (own, others) = (self.columns(), other.columns());
        own.end <= others.start || others.end <= own.start
    }
}

/// A label is at most this long; the longest name of a central body has eighteen characters.
const LONGEST_LABEL: usize = 24;

/// Reads a line.
#[must_use]
pub fn read(text: &str) -> Vec<CountGroup> {
    let mut groups = Vec::new();
    let mut open: Vec<Found> = Vec::new();
    for bracket in brackets(text) {
        let after = open.last().map(|last| last.end);
        let next = after.and_then(|end| item(text, end, &bracket, true));
        let next = next.filter(|next| !changes_unit(&open, next));
        if let Some(next) = next {
            open.push(next);
            continue;
        }
        finish(text, &mut open, &mut groups);
        open.extend(item(text, after.unwrap_or(0), &bracket, false));
    }
    finish(text, &mut open, &mut groups);
    groups
}

/// `甲（3家）、乙（5家）；丙（7亿元）`: what is counted is another thing from there on.
fn changes_unit(open: &[Found], next: &Found) -> bool {
    let held = open.iter().find_map(|item| item.count.unit.as_ref());
    matches!((held, &next.count.unit), (Some(held), Some(unit)) if held != unit)
}

struct Found {
    count: Count,
    start: usize,
    end: usize,
}

/// The item that ends in this bracket. The first of an enumeration has lead-in words before its
/// label; any other stands right after a separator.
fn item(text: &str, from: usize, bracket: &Bracket, follows: bool) -> Option<Found> {
    let (label_start, label) = if follows {
        let between = text.get(from..bracket.start)?;
        let label = after_separator(between)?;
        let label = without_lead_in(label);
        (bracket.start - label.len(), label.trim())
    } else {
        first_label(text, from, bracket.start)?
    };
    is_label(label).then(|| Found {
        count: Count {
            label: label.to_owned(),
            value: bracket.value,
            unit: bracket.unit.clone(),
            bound: Bound::Exact,
            read: text
                .get(label_start..bracket.end)
                .unwrap_or_default()
                .trim()
                .to_owned(),
            column: 0,
        },
        start: label_start,
        end: bracket.end,
    })
}

/// What adds up others and is none of them.
const SUMS: [&str; 5] = ["合计", "共计", "总计", "总数", "一共"];

/// Whether these words can be what a count is said of.
pub(super) fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.chars().take(LONGEST_LABEL + 1).count() <= LONGEST_LABEL
        && label.chars().any(|c| is_han(c) || c.is_alphabetic())
        && (is_quoted(label) || !label.contains(['。', '；', '：', '！', '？', '，', '、']))
        && !SUMS
            .iter()
            .any(|word| label.ends_with(word) || label.starts_with(word))
}

fn after_separator(between: &str) -> Option<&str> {
    let marks = ['、', '，', ',', '；', ';', ' '];
    let rest = between.trim_start_matches(marks);
    let marked = rest.len() < between.len();
    // The last item may come after `和` alone.
    for word in ["以及", "和", "及", "与"] {
        if let Some(label) = rest.strip_prefix(word) {
            return Some(label);
        }
    }
    marked.then_some(rest)
}

/// What comes before the first label and is none of it. `有` and `为` alone stand in names (有限公司,
/// 华为), `是` hardly ever.
const LEAD_INS: [&str; 21] = [
    "其中",
    "包括",
    "分别为",
    "依次为",
    "的为",
    "是",
    "的有",
    "共有",
    "主要有",
    "分别有",
    "还有",
    "如下",
    "例如",
    "比如",
    "来自",
    "集中在",
    "分布在",
    "分布于",
    "集中于",
    "其次",
    "再次",
];

/// The words before the bracket, from the last mark on, without lead-in words.
pub(super) fn first_label(text: &str, from: usize, end: usize) -> Option<(usize, &str)> {
    let before = text.get(from..end)?;
    if let Some(start) = quoted_label(before) {
        let label = before.get(start..)?;
        return Some((from + start, label.trim()));
    }
    let start = before
        .char_indices()
        .rev()
        .take(LONGEST_LABEL * 2)
        .take_while(|(_, c)| !is_boundary(*c))
        .last()
        .map(|(at, _)| from + at)?;
    let words = text.get(start..end)?;
    let words = without_lead_in(words);
    let mut start = end - words.len();
    // `发布最多的广东（111条）`: a region's name at the end is the label.
    if let Some((_, name)) = regions::at_end(words) {
        start = end - name.len();
    }
    text.get(start..end).map(|label| (start, label.trim()))
}

pub(super) fn without_lead_in(words: &str) -> &str {
    let cut = LEAD_INS
        .iter()
        .filter_map(|word| words.rfind(word).map(|at| at + word.len()))
        .max()
        .unwrap_or(0);
    match words.get(cut..) {
        Some(rest) if !rest.trim().is_empty() => rest,
        _ => words,
    }
}

fn is_quoted(label: &str) -> bool {
    (label.starts_with('《') && label.ends_with('》'))
        || (label.starts_with('“') && label.ends_with('”'))
}

/// A label in quotation or title marks, which may hold any mark itself.
fn quoted_label(before: &str) -> Option<usize> {
    let open = match before.chars().next_back()? {
        '》' => '《',
        '”' => '“',
        _ => return None,
    };
    before
        .char_indices()
        .rev()
        .take(LONGEST_LABEL)
        .find(|(_, c)| *c == open)
        .map(|(at, _)| at)
}

fn is_boundary(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '：'
            | '；'
            | '！'
            | '？'
            | '（'
            | '）'
            | ','
            | ':'
            | ';'
            | '('
            | ')'
            | '【'
            | '】'
            | '［'
            | '］'
            | '“'
            | '”'
    )
}

fn finish(text: &str, open: &mut Vec<Found>, groups: &mut Vec<CountGroup>) {
    let mut found = std::mem::take(open);
    let mut columns = Columns::new(text);
    for item in &mut found {
        item.count.column = columns.of(item.start);
    }
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return;
    };
    if found.len() < 2 || is_numbering(&found) || are_years(&found) {
        return;
    }
    let sentence = sentence(text, first.start, last.end);
    let mut units = found.iter().filter_map(|item| item.count.unit.clone());
    let unit = units
        .next()
        .filter(|unit| units.all(|other| other == *unit));
    groups.push(CountGroup {
        items: found.into_iter().map(|item| item.count).collect(),
        unit,
        sentence,
    });
}

/// `甲（1）、乙（2）、丙（3）` are the numbers of footnotes or of a list.
fn is_numbering(found: &[Found]) -> bool {
    found.iter().enumerate().all(|(index, item)| {
        item.count.unit.is_none() && (item.count.value - (index + 1) as f64).abs() < f64::EPSILON
    })
}

fn are_years(found: &[Found]) -> bool {
    found
        .iter()
        .all(|item| item.count.unit.is_none() && (1900.0..2100.0).contains(&item.count.value))
}

/// The sentence around the enumeration, cut to what fits a description.
pub(super) fn sentence(text: &str, start: usize, end: usize) -> String {
    let is_end = |c: char| matches!(c, '。' | '！' | '？' | '；');
    let before = text.get(..start).unwrap_or_default();
    let from = before
        .char_indices()
        .rev()
        .take(80)
        .take_while(|(_, c)| !is_end(*c))
        .last()
        .map_or(start, |(at, _)| at);
    let after = text.get(end..).unwrap_or_default();
    let to = after
        .char_indices()
        .take(80)
        .find(|(_, c)| is_end(*c))
        .map_or_else(
            || {
                after
                    .char_indices()
                    .nth(80)
                    .map_or(text.len(), |(at, _)| end + at)
            },
            |(at, c)| end + at + c.len_utf8(),
        );
    let sentence = text.get(from..to).unwrap_or_default();
    sentence.trim_end_matches('；').trim().to_owned()
}
