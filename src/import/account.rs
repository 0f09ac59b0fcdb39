//! Lists of lines as a person writes them, and what became of every line.
//!
//! In: line numbers in order. Out: `2-6, 9`. Promise: [`Account`]s cover every line once, in order.

use serde::{Deserialize, Serialize};

/// What became of a stretch of lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The lines: `2-6`.
    pub lines: String,
    /// The page on which they stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Why they stand on none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<String>,
}

/// Where one line went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Onto the page with this path.
    Page(String),
    /// Nowhere, for this reason.
    LeftOut(String),
}

/// Draws neighbouring lines of the same fate together. The first fate is that of line 1.
#[must_use]
pub fn draw_up(fates: &[Fate]) -> Vec<Account> {
    let mut accounts = Vec::new();
    let mut first = 1;
    for same in fates.chunk_by(|a, b| a == b) {
        let last = first + same.len() - 1;
        let (page, left_out) = match same.first() {
            Some(Fate::Page(page)) => (Some(page.clone()), None),
            Some(Fate::LeftOut(reason)) => (None, Some(reason.clone())),
            None => (None, None),
        };
        accounts.push(Account {
            lines: range(first, last),
            page,
            left_out,
        });
        first = last + 1;
    }
    accounts
}

/// `2-6`, or `2` alone.
#[must_use]
pub fn range(first: usize, last: usize) -> String {
    if first == last {
        first.to_string()
    } else {
        format!("{first}-{last}")
    }
}

/// `2-6, 9` for line numbers in order.
#[must_use]
pub fn ranges(lines: &[usize]) -> String {
    lines
        .chunk_by(|a, b| a + 1 == *b)
        .filter_map(|run| Some(range(*run.first()?, *run.last()?)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The first and last number of each part of `2-6, 9`; what is no number is passed over.
#[must_use]
pub fn parse(ranges: &str) -> Vec<(usize, usize)> {
    let part = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        (first <= last).then_some((first, last))
    };
    ranges.split(',').filter_map(part).collect()
}
