//! Names in a row: `甲、乙和丙`.
//!
//! In: the words up to where a row ends. Out: the names with their places, or their English. Promise:
//! linear; a known name with 和 in it stays whole.

use super::counts::{is_label, without_lead_in};
use crate::figures::{self, Value, vocabulary};
use crate::lang::Lang;
use crate::names::Names;

/// As many characters before the end are read.
const LONGEST: usize = 200;

/// Small numbers, as English writes them.
const SPELLED: [&str; 10] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];

/// The English of a name, of several in a row, and of 甲、乙等五部门; nothing if any of them has none.
pub(super) fn english(zh: &str, names: &Names) -> Option<String> {
    if let Some(name) = names.english(zh) {
        return Some(name.to_owned());
    }
    let (first, rest) = zh.split_once('等').unwrap_or((zh, ""));
    let all = row(first, 0, first.len());
    let all = all.into_iter().map(|(_, name)| names.english(name));
    let mut all: Vec<String> = all
        .map(|name| name.map(str::to_owned))
        .collect::<Option<_>>()?;
    if !rest.is_empty() {
        let others = figures::read(rest, Lang::Zh, vocabulary());
        let Value::Amount(amount) = &others.first()?.value else {
            return None;
        };
        let count = usize::try_from(amount.number.to_whole()?).ok()?;
        let more = count.checked_sub(all.len()).filter(|more| *more > 0)?;
        let spelled = SPELLED.get(more - 1);
        let number = spelled.map_or_else(|| more.to_string(), |word| (*word).to_owned());
        let plural = if more > 1 { "s" } else { "" };
        all.push(format!("{number} other department{plural}"));
    }
    let last = all.pop().filter(|_| !all.is_empty())?;
    Some(format!("{} and {last}", all.join(", ")))
}

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
