//! Is it damaged? In: a line. Out: where damage may begin, and the judgement on what was restored.
//!
//! Text that was damaged by a channel consists of characters that only certain byte pairs make,
//! and sound text hardly ever holds four of those in a row: that is the cheap filter that nearly
//! all clean lines stop at. What passes it is searched, and the restored text must then be more
//! probable than the text as it stands. Promise: in doubt, a line stays as it is.

use super::channel::Table;

/// This many suspicious characters in a row are looked at, in a line that has other text.
const RUN: usize = 4;
/// The same if there is nothing else in the line.
const SHORT_RUN: usize = 2;

/// Whether a line holds anything worth a search. Fast: nearly all text gets no further.
pub(crate) fn suspicious(table: &Table, line: &str) -> bool {
    if line.is_ascii() {
        return false;
    }
    let (mut run, mut longest, mut other) = (0, 0, false);
    for character in line.chars() {
        if character.is_ascii() {
            continue;
        }
        if table.likely(character) {
            run += 1;
            longest = longest.max(run);
            if longest >= RUN {
                return true;
            }
        } else {
            run = 0;
            other |= character.is_alphabetic();
        }
    }
    longest >= SHORT_RUN && !other
}

/// What speaks for a stretch having been damaged.
#[derive(Debug)]
pub(crate) struct Case<'a> {
    /// The stretch as it stands.
    pub(crate) damaged: &'a [char],
    /// What is before and after it in the line.
    pub(crate) before: &'a [char],
    pub(crate) after: &'a [char],
    /// By how many nats the restored text is more probable.
    pub(crate) gain: f32,
}

impl Case<'_> {
    /// Whether to restore it.
    pub(crate) fn holds(&self) -> bool {
        let damaged = self.damaged.iter().filter(|c| !c.is_ascii()).count();
        let letters = |text: &[char]| text.iter().any(|c| !c.is_ascii() && c.is_alphabetic());
        if letters(self.before) || letters(self.after) {
            // Sound text around it: someone may be quoting.
            return damaged >= 6 && self.gain > 24.0 && !self.quoted();
        }
        match damaged {
            0 | 1 => false,
            2 | 3 => self.gain > 14.0,
            _ => self.gain > 8.0,
        }
    }

    /// Whether it stands between quotation marks of its own.
    fn quoted(&self) -> bool {
        let opener = self.before.iter().rev().find(|c| !c.is_whitespace());
        let closer = self.after.iter().find(|c| !c.is_whitespace());
        match (opener, closer) {
            (Some(&open), Some(&close)) => QUOTES.contains(&(open, close)),
            _ => false,
        }
    }
}

const QUOTES: &[(char, char)] = &[
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
    ('（', '）'),
    ('(', ')'),
    ('[', ']'),
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('«', '»'),
    ('„', '“'),
    ('<', '>'),
    ('>', '<'),
];
