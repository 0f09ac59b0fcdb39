//! Days written as `2017年3月7日`.
//!
//! In: a text. Out: where such a day is written, and the day if the calendar has it. Promise: linear
//! in the text.

use std::ops::Range;

use jiff::civil::Date;

/// A day as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its bytes in the text.
    pub place: Range<usize>,
    /// The day; `None` if there is no such day.
    pub date: Option<Date>,
}

/// Every day that is written in full.
#[must_use]
pub fn find(text: &str) -> Vec<Written> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices('年') {
        let head = text.get(..at).unwrap_or_default();
        let digits = head
            .bytes()
            .rev()
            .take(5)
            .take_while(u8::is_ascii_digit)
            .count();
        // Four digits, no more: `12017年` is no year.
        if digits != 4 {
            continue;
        }
        let start = at - digits;
        let rest = text.get(at + mark.len()..).unwrap_or_default();
        if let Some((month, day, length)) = month_and_day(rest) {
            let year = text.get(start..at).and_then(|year| year.parse().ok());
            found.push(Written {
                place: start..at + mark.len() + length,
                date: year.and_then(|year| Date::new(year, month, day).ok()),
            });
        }
    }
    found
}

fn month_and_day(text: &str) -> Option<(i8, i8, usize)> {
    let (month, length) = small_number(text)?;
    let rest = text.get(length..)?.strip_prefix('月')?;
    let length = length + '月'.len_utf8();
    let (day, more) = small_number(rest)?;
    let mark = rest.get(more..)?.chars().next()?;
    matches!(mark, '日' | '号').then(|| (month, day, length + more + mark.len_utf8()))
}

/// One or two digits.
fn small_number(text: &str) -> Option<(i8, usize)> {
    let length = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&length) {
        return None;
    }
    Some((text.get(..length)?.parse().ok()?, length))
}
