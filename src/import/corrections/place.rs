//! Where a correction's words stand in a line.
//!
//! In: the characters of a line and a [`Correction`]. Out: the characters that change, or why none
//! does. Promise: words that were copied from a page are found although fixers joined spaces and
//! widened punctuation there; words that already read as they should are left alone.

use std::ops::Range;

use super::Correction;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// These characters become those.
    Change(Range<usize>, Vec<char>),
    /// The line reads like this already, here.
    Already(Range<usize>),
    /// The words stand at these columns, and it is not said which is meant.
    Several(Vec<usize>),
    /// The words are not in the line, or not at the column; they are at these.
    Missing(Vec<usize>),
}

/// Columns that are named in a message, at most.
const NAMED: usize = 8;

pub(super) fn find(line: &[char], correction: &Correction) -> Found {
    let wrong: Vec<char> = correction.wrong.chars().collect();
    let right: Vec<char> = correction.right.chars().collect();
    let mut is_right = exactly(line, &right);
    let is_meant = |range: &Range<usize>| {
        correction
            .column
            .is_none_or(|column| range.start + 1 == column)
    };
    // `公` to `公司` must not make `公司司` of what has become right by itself.
    let inside = |range: &Range<usize>, is_right: &[Range<usize>]| {
        let before = is_right.partition_point(|right| right.end < range.end);
        is_right
            .get(before)
            .is_some_and(|right| right.start <= range.start)
    };
    let everywhere = places(line, &wrong);
    let mut found = everywhere
        .iter()
        .filter(|range| is_meant(range) && !inside(range, &is_right));
    if let Some(first) = found.next() {
        let more: Vec<usize> = found.map(|range| range.start + 1).take(NAMED).collect();
        if more.is_empty() {
            return change(line, first.clone(), &wrong, &right);
        }
        return Found::Several([first.start + 1].into_iter().chain(more).collect());
    }
    if is_right.is_empty() {
        is_right = places(line, &right);
    }
    let mut already = is_right.iter().filter(|range| is_meant(range));
    match (already.next(), already.next()) {
        (Some(range), None) if !right.is_empty() => Found::Already(range.clone()),
        _ => {
            let columns = everywhere.iter().map(|range| range.start + 1);
            Found::Missing(columns.take(NAMED).collect())
        }
    }
}

/// Where words stand in a line, from left to right: to the letter, or else as a page shows them.
fn places(line: &[char], words: &[char]) -> Vec<Range<usize>> {
    let exact = exactly(line, words);
    if !exact.is_empty() {
        return exact;
    }
    let shown: Vec<(usize, char)> = as_shown(line);
    let words: Vec<char> = as_shown(words).into_iter().map(|(_, c)| c).collect();
    if words.is_empty() {
        return Vec::new();
    }
    shown
        .windows(words.len())
        .filter(|window| window.iter().map(|(_, c)| c).eq(&words))
        .filter_map(|window| Some(window.first()?.0..window.last()?.0 + 1))
        .collect()
}

fn exactly(line: &[char], words: &[char]) -> Vec<Range<usize>> {
    if words.is_empty() {
        return Vec::new();
    }
    let windows = line.windows(words.len()).enumerate();
    windows
        .filter(|(_, window)| *window == words)
        .map(|(at, window)| at..at + window.len())
        .collect()
}

/// The characters with their places, as alike as fixers make them.
fn as_shown(characters: &[char]) -> Vec<(usize, char)> {
    characters
        .iter()
        .enumerate()
        .filter(|(_, c)| !is_space(**c))
        .map(|(at, c)| (at, narrow(*c)))
        .collect()
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '。' => '.',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        other => other,
    }
}

/// The change without the characters at both ends that stay as they are.
fn change(line: &[char], range: Range<usize>, wrong: &[char], right: &[char]) -> Found {
    let alike = |(a, b): &(&char, &char)| a == b;
    let first = wrong.iter().zip(right).take_while(alike).count();
    let (wrong_rest, right_rest) = (&wrong[first..], &right[first..]);
    let backward = wrong_rest.iter().rev().zip(right_rest.iter().rev());
    let last = backward.take_while(alike).count();
    let put = right_rest[..right_rest.len() - last].to_vec();
    let old = line.get(range.clone()).unwrap_or_default();
    if old == wrong {
        return Found::Change(range.start + first..range.end - last, put);
    }
    // Found as a page shows it: the line may have spaces that the words have not.
    let places: Vec<usize> = as_shown(old).into_iter().map(|(at, _)| at).collect();
    let seen = |words: &[char]| words.iter().filter(|c| !is_space(**c)).count();
    let before = seen(&wrong[..first]);
    let changed = seen(&wrong_rest[..wrong_rest.len() - last]);
    let after = |count: usize| match count.checked_sub(1).and_then(|at| places.get(at)) {
        Some(at) => range.start + at + 1,
        None => range.start,
    };
    let from = match places.get(before) {
        Some(at) if changed > 0 => range.start + at,
        _ => after(before),
    };
    Found::Change(from..after(before + changed), put)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::corrections::Entry;
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    fn check(line: &str, column: Option<usize>, wrong: &str, right: &str, expect: &str) {
        let line: Vec<char> = line.chars().collect();
        let entry = Entry {
            file: PathBuf::new(),
            begins: (1, 1),
            keys: BTreeMap::new(),
        };
        let correction = Correction {
            line: 1,
            column,
            wrong: wrong.into(),
            right: right.into(),
            note: None,
            entry,
        };
        let shown = match find(&line, &correction) {
            Found::Change(range, put) => {
                let mut line: Vec<char> = line.clone();
                let put = [&['['][..], &put, &[']']].concat();
                line.splice(range, put);
                line.into_iter().collect()
            }
            other => format!("{other:?}"),
        };
        assert_eq!(shown, expect);
    }

    #[test]
    fn only_what_differs_changes() {
        check(
            "推动智能围家建设",
            None,
            "智能围家",
            "智能国家",
            "推动智能[国]家建设",
        );
        check(
            "推动智能家建设",
            None,
            "智能家",
            "智能国家",
            "推动智能[国]家建设",
        );
        check("推动智能的国家", None, "能的国", "能国", "推动智能[]国家");
        check("甲乙甲", Some(3), "甲", "丙", "甲乙[丙]");
    }

    #[test]
    fn words_of_a_page_are_found() {
        check(
            "推进 社会 治里,好",
            None,
            "社会治里，好",
            "社会治理，好",
            "推进 社会 治[理],好",
        );
        check(
            "推进 社会 治,好",
            None,
            "社会治，",
            "社会治理，",
            "推进 社会 治[理],好",
        );
        check("推进,好", None, "推进,", "推进，", "推进[，]好");
    }

    #[test]
    fn never_at_a_place_that_was_not_meant() {
        check("甲乙甲", None, "甲", "丙", "Several([1, 3])");
        check("甲乙甲", Some(2), "甲", "丙", "Missing([1, 3])");
        check("某公司", None, "公", "公司", "Already(1..3)");
        check("某公司与某公", None, "公", "公司", "某公司与某公[司]");
        check("甲乙", None, "丁", "乙", "Already(1..2)");
        check("甲乙乙", None, "丁", "乙", "Missing([])");
        check("甲", None, "　", "", "Missing([])");
    }
}
