//! Names in a row: `甲、乙和丙`.
//!
//! In: the words up to where a row ends. Out: the names with their places. Promise: linear; a known name
//! with 和 in it stays whole.

use super::counts::{is_label, without_lead_in};
use crate::names::Names;

/// As many characters before the end are read.
const LONGEST: usize = 200;

/// The names in a row that end at `end`, none before `from`; empty if what stands there is no row.
pub(super) fn row(text: &str, from: usize, end: usize) -> Vec<(usize, &str)> {
    let head = text.get(from..end).unwrap_or_default();
    let near = head.char_indices().rev().take(LONGEST);
    let start = near
        .take_while(|(_, c)| !matches!(c, '。' | '；' | '，' | '：' | '（' | '）' | '！' | '？'))
        .last()
        .map_or(end, |(start, _)| from + start);
    let mut names = Vec::new();
    let mut at = start;
    for part in text.get(start..end).unwrap_or_default().split('、') {
        if !part.trim().is_empty() {
            parts(part, at, &mut names);
        }
        at += part.len() + '、'.len_utf8();
    }
    let all = names.iter().all(|(_, name)| is_label(name));
    if all { names } else { Vec::new() }
}

/// Splits at 和 and its like, unless the whole is a name.
fn parts<'a>(part: &'a str, at: usize, names: &mut Vec<(usize, &'a str)>) {
    let trimmed = part.trim();
    let name = without_lead_in(trimmed);
    let at = at + part.len() - part.trim_start().len() + trimmed.len() - name.len();
    let and = ["以及", "和", "与", "及"];
    let split = and.iter().find_map(|word| {
        let place = name.find(word)?;
        Some((
            name.get(..place)?,
            word.len(),
            name.get(place + word.len()..)?,
        ))
    });
    match split {
        Some((first, length, second))
            if Names::built_in().english(name).is_none() && !second.is_empty() =>
        {
            if !first.is_empty() {
                names.push((at, first));
            }
            parts(second, at + first.len() + length, names);
        }
        _ => names.push((at, name)),
    }
}
