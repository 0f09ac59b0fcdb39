//! Circled numerals that lines begin with, in their order. In: the lines of a document as damaged and
//! as restored. Out: the same, each numeral in doubt the next one of its list.
//!
//! A list begins with `①`, after a numeral that is certain with the one that follows it, and anew under
//! each heading with a Chinese numeral (`二、`). Promise: what was chosen so stays in doubt.

use super::Say;
use crate::repair::{Evidence, RepairedLine};

/// The numerals, which follow one another in Unicode.
const FIRST: char = '①';
const LAST: char = '⑳';
/// All characters that differ from them in their last byte alone, or hardly more.
const ENCLOSED: std::ops::RangeInclusive<char> = '\u{2440}'..='\u{24ff}';
/// How probable the next one of a list is called: lists that leave one out or begin anew are few, but
/// nothing in the bytes speaks for it.
const NEXT: f64 = 0.9;

/// Numbers the lines whose numeral is in doubt; `say` gives a line's text as a person has put it.
pub(super) fn settle<L: AsRef<str>>(lines: &[L], repaired: &mut [RepairedLine], say: Say) {
    let mut next = Some(FIRST);
    for (index, (line, repaired)) in lines.iter().zip(repaired).enumerate() {
        if begins_anew(&repaired.text) {
            next = Some(FIRST);
        }
        let at = repaired
            .text
            .chars()
            .take_while(|c| c.is_whitespace())
            .count();
        let Some(numeral) = repaired
            .text
            .chars()
            .nth(at)
            .filter(|c| ENCLOSED.contains(c))
        else {
            continue;
        };
        let said = say(index, repaired);
        let said = said.and_then(|said| said.text.trim_start().chars().next());
        let doubted = repaired.evidence.get(at).is_some_and(|e| !e.is_proven());
        let found = match (said, next) {
            (Some(said), _) => Some(said),
            (None, Some(next)) if doubted => put(line.as_ref(), repaired, at, next).then_some(next),
            (None, None) if doubted => None,
            (None, _) => Some(numeral),
        };
        next = found.and_then(after);
    }
}

/// The numeral after this one.
fn after(numeral: char) -> Option<char> {
    let following = || char::from_u32(u32::from(numeral) + 1);
    (FIRST..LAST).contains(&numeral).then(following).flatten()
}

/// Whether a line is a heading of the kind that stands over lists.
fn begins_anew(text: &str) -> bool {
    let rest = text.trim_start();
    let after = rest.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    after.len() < rest.len() && after.starts_with('、')
}

/// Puts a numeral in a line, if the line then still gives back what it was restored from.
fn put(damaged: &str, line: &mut RepairedLine, at: usize, numeral: char) -> bool {
    let mut text: Vec<char> = line.text.chars().collect();
    let before = std::mem::replace(&mut text[at], numeral);
    let numbered = RepairedLine {
        text: text.into_iter().collect(),
        ..line.clone()
    };
    if numbered.replays() != damaged {
        return false;
    }
    *line = numbered;
    let others = [before, FIRST].into_iter();
    let mut others: Vec<char> = others
        .filter(|c| *c != numeral && (FIRST..=LAST).contains(c))
        .collect();
    others.dedup();
    let each = (1.0 - NEXT) / others.len().max(1) as f64;
    line.evidence[at] = Evidence::Inferred {
        probability: NEXT,
        alternatives: others.into_iter().map(|c| (c, each)).collect(),
    };
    true
}
