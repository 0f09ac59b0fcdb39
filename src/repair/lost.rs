//! Beyond repair: text of which nothing is left but a sign that it was there. In: a line. Out:
//! the line as it is, with the places that are lost.
//!
//! `锟斤拷` is U+FFFD twice over, read as GBK; `烫烫烫` and `屯屯屯` are memory that nobody wrote to;
//! U+FFFD and `?` stand for what a program could not read or write. Nothing is ever guessed.
//! Promise: the text stays, and a sound sentence that quotes such a sign is not reported.

use std::ops::Range;

use super::detect;
use super::{Evidence, RepairedLine};

/// This many of a sign in a row, at least.
const RUN: usize = 3;

/// The line with its lost places, if it has any.
pub(crate) fn report(text: &str, line: &[char]) -> Option<RepairedLine> {
    let mut evidence = Vec::new();
    for place in places(line) {
        evidence.resize(line.len(), Evidence::Clean);
        evidence[place].fill(Evidence::Lost);
    }
    (!evidence.is_empty()).then(|| RepairedLine {
        evidence,
        ..RepairedLine::unchanged(text, None)
    })
}

/// Names the lost places of a line of which other parts were restored. Where `锟斤拷` has been U+FFFD
/// among them, the text was gone before.
pub(crate) fn name_beside(repaired: &mut RepairedLine) {
    let text: Vec<char> = repaired.text.chars().collect();
    for place in places(&text) {
        if let Some(evidence) = repaired.evidence.get_mut(place) {
            evidence.fill(Evidence::Lost);
        }
    }
    for (character, evidence) in text.iter().zip(&mut repaired.evidence) {
        if *character == '\u{fffd}' {
            *evidence = Evidence::Lost;
        }
    }
}

/// The lost places of a line that are not quoted.
fn places(line: &[char]) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let length = lost_at(line, at);
        if length > 0 && !detect::quoted(&line[..at], &line[at + length..]) {
            places.push(at..at + length);
        }
        at += length.max(1);
    }
    places
}

/// How many characters from here on are lost.
fn lost_at(line: &[char], at: usize) -> usize {
    let sign = line[at];
    let run = line[at..].iter().take_while(|&&c| c == sign).count();
    match sign {
        '锟' => {
            let cycle = ['锟', '斤', '拷'].into_iter().cycle();
            let same = line[at..]
                .iter()
                .zip(cycle)
                .take_while(|(a, b)| *a == b)
                .count();
            if same >= RUN { same } else { 0 }
        }
        '烫' | '屯' | '\u{fffd}' if run >= RUN => run,
        // A question ends in question marks; no word begins with them.
        '?' if run >= RUN => {
            let goes_on = line.get(at + run).is_some_and(|c| c.is_alphanumeric());
            let alone = line.iter().all(|c| !c.is_alphanumeric()) && run > RUN;
            if goes_on || alone { run } else { 0 }
        }
        _ => 0,
    }
}
