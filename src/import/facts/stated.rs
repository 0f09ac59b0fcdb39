//! What a text states one by one: dates and spans of dates; lists of regions.
//!
//! In: a line and its figures. Out: dates with the clause they stand in, and lists of regions.
//! Promise: linear; what stands in the title of a document is not stated.

use jiff::civil::Date;

use super::clause;
use super::year::{Calendar, year_word};
use crate::content::data::Precision;
use crate::figures::{Figure, Joint, Unit, Value, joint};
use crate::lang::Localized;
use crate::names::Names;

/// A date, or a span of dates, that a clause states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// What happened: the clause without the date.
    pub label: String,
    /// The day it began, or the first day of what is said.
    pub date: Date,
    /// How exactly it is said.
    pub precision: Precision,
    /// The day it ended, if it is a span.
    pub until: Option<Date>,
    /// The words of the date.
    pub read: String,
    /// Its column in the line, from 1.
    pub column: usize,
}

/// The dates of a line.
#[must_use]
pub fn dates(text: &str, figures: &[Figure], calendar: Calendar) -> Vec<Dated> {
    let mut found = Vec::new();
    let mut columns = Columns::new(text);
    let mut calendar = calendar;
    let mut at = 0;
    while let Some(figure) = figures.get(at) {
        at += 1;
        let Some((date, precision)) = calendar.resolved(text, figure) else {
            continue;
        };
        if in_title(text, figure) {
            continue;
        }
        calendar.pass(date);
        let start = year_word(text, figure.place.start);
        let start = start.map_or(figure.place.start, |(_, start)| start);
        let mut end = figure.place.end;
        let mut until = None;
        if let Some(next) = figures.get(at)
            && joint(text.get(end..next.place.start).unwrap_or_default()) == Some(Joint::To)
            && let Some((last, precision)) = calendar.resolved(text, next)
        {
            until = last_day(last, precision);
            end = next.place.end;
            at += 1;
        }
        if is_compared(text, end, figures.get(at)) {
            continue;
        }
        let label = happened(text, start, end);
        // A year alone is the time of a statement more often than of an event.
        let is_year = precision == Precision::Year && until.is_none();
        if label.is_empty() || is_year {
            continue;
        }
        found.push(Dated {
            label,
            date,
            precision,
            until,
            read: text.get(start..end).unwrap_or_default().to_owned(),
            column: columns.of(start),
        });
    }
    found
}

/// `是上半年的三倍`: the date says only what something is so many times of.
fn is_compared(text: &str, end: usize, next: Option<&Figure>) -> bool {
    next.is_some_and(|next| {
        let times = matches!(&next.value, Value::Amount(amount) if amount.unit == Unit::Times);
        times && text.get(end..next.place.start) == Some("的")
    })
}

/// What happened on the date in `start..end`: the clause around it, or the next one.
fn happened(text: &str, start: usize, end: usize) -> String {
    let mut before = clause::before(text, 0, start).trim();
    while let Some(shorter) = TO_DATES.iter().find_map(|word| before.strip_suffix(word)) {
        before = shorter.trim_end();
    }
    let mut after = clause::after(text, end).trim();
    while let Some(shorter) = FROM_DATES.iter().find_map(|word| after.strip_prefix(word)) {
        after = shorter.trim_start();
    }
    let own = clause::trimmed(&format!("{before}{after}"));
    if own.chars().count() > 1 {
        return own;
    }
    // `2019年9月，某市开展某行动`
    let mark = text.get(end..).and_then(|rest| rest.find(['，', ',']));
    let next = mark.map_or("", |mark| clause::next_clause(text, end + mark));
    let next = clause::trimmed(next);
    if next.is_empty() {
        clause::before_colon(text, start)
    } else {
        next
    }
}

/// What leads to a date.
const TO_DATES: [&str; 18] = [
    "公元", "截至", "截止", "预计", "已于", "将于", "并于", "早在", "计划", "于", "自", "在", "从",
    "到", "至", "截", "由", "（",
];

/// What goes on with a date.
const FROM_DATES: [&str; 18] = [
    "年底", "期间", "以来", "中旬", "上旬", "下旬", "上午", "下午", "晚上", "底", "初", "末", "间",
    "起", "止", "晚", "时", "）",
];

/// What says no more than that a policy began to hold.
pub(super) const IN_FORCE: [&str; 8] = [
    "施行",
    "实施",
    "生效",
    "正式施行",
    "正式实施",
    "正式生效",
    "开始施行",
    "开始实施",
];

pub(super) fn is_list(gap: &str) -> bool {
    matches!(
        gap.trim(),
        "、" | "和" | "与" | "及" | "以及" | "零" | "∶" | ":" | "："
    )
}

/// The last day of what is said.
fn last_day(date: Date, precision: Precision) -> Option<Date> {
    match precision {
        Precision::Day => Some(date),
        Precision::Month => Some(date.last_of_month()),
        Precision::Quarter => Date::new(date.year(), date.month() + 2, 1)
            .ok()
            .map(Date::last_of_month),
        Precision::Half => Date::new(date.year(), date.month() + 5, 1)
            .ok()
            .map(Date::last_of_month),
        Precision::Year => Some(date.last_of_year()),
    }
}

/// Three or more regions in a row, with the words that introduce them.
#[must_use]
pub fn regions(text: &str, known: &Names) -> Vec<(String, Vec<Localized>, String)> {
    let mut lists = Vec::new();
    let mut open: Vec<(Localized, usize, usize)> = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if at < from {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        if !c.is_alphabetic() {
            continue;
        }
        let Some((region, length)) = known.place_at_start(rest) else {
            continue;
        };
        let gap = open.last().and_then(|(_, _, end)| text.get(*end..at));
        let goes_on = gap
            .is_some_and(|gap| matches!(gap, "、" | "，" | "和" | "及" | "与" | "以及" | "、以及"));
        if !goes_on {
            finish(text, &mut open, &mut lists);
        }
        from = at + length;
        open.push((region, at, from));
    }
    finish(text, &mut open, &mut lists);
    lists
}

type List = (String, Vec<Localized>, String);

fn finish(text: &str, open: &mut Vec<(Localized, usize, usize)>, lists: &mut Vec<List>) {
    let found = std::mem::take(open);
    let (Some((_, start, _)), Some((_, _, end))) = (found.first(), found.last()) else {
        return;
    };
    if found.len() > 2 {
        let read = text.get(*start..*end).unwrap_or_default().to_owned();
        let label = super::counts::sentence(text, *start, *end);
        lists.push((
            label,
            found.into_iter().map(|(region, _, _)| region).collect(),
            read,
        ));
    }
}

/// Whether a figure stands in 《》.
pub(super) fn in_title(text: &str, figure: &Figure) -> bool {
    let before = text.get(..figure.place.start).unwrap_or_default();
    let near: String = before.chars().rev().take(160).collect();
    let open = near.find('《');
    open.is_some_and(|open| near.find('》').is_none_or(|close| open < close))
}

/// Columns of rising places of a line.
pub(super) struct Columns<'a> {
    text: &'a str,
    byte: usize,
    column: usize,
}

impl<'a> Columns<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            column: 1,
        }
    }

    pub(super) fn of(&mut self, byte: usize) -> usize {
        let between = self.text.get(self.byte..byte).unwrap_or_default();
        self.column += between.chars().count();
        self.byte = self.byte.max(byte);
        self.column
    }
}
