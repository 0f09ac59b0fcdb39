//! What a document and its reader know beyond the model. In: stretches of proven text, and words of
//! a user's. Out: for a piece of text, whether it is a term, and its cost.
//!
//! The document's part is a model of copying: any few characters in a row that stand proven
//! elsewhere may come again as a whole. No words have to be found for that, and a name that no
//! dictionary has is as good as any. Promise: what a line itself proves says nothing for it, and the
//! table never grows beyond [`MOST`] entries.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::classes::{self, Token};
use super::model::letter;

/// What is copied is between two characters and this many at a time. Where a copy may stop is seen
/// from the text: what always goes on in the same way is part of something longer.
const LONGEST_COPY: usize = 6;
/// What goes on in one way alone, as far as is known, may stop there, but hardly does.
const ONLY: f32 = 0.2;
/// Entries kept: about 100 MB. More text than that has words enough to go by.
const MOST: usize = 2_000_000;
/// How much of a text repeats the text, times how rarely a given length does: the share of the
/// probability that copying gets. From 0.01 to 0.1 it makes no difference worth measuring.
const SHARE: f32 = 0.03;
/// Cost of a word of the user's: about that of the thousand most frequent words.
const GIVEN: f32 = 6.0;

/// The terms of one document.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    table: HashMap<Token, Term, BuildHasherDefault<Plain>>,
    /// The letters that terms begin with: bit n of entry m for letter 64 m + n.
    begins: Vec<u64>,
    /// Proven characters so far.
    characters: f32,
}

#[derive(Debug, Clone, Copy)]
struct Term {
    /// The line that it stands in, if it is only one.
    line: Option<u32>,
    seen: bool,
    /// How many different characters follow it (the first counts for [`ONLY`]), and how often
    /// something else does.
    stops: f32,
    followed: bool,
    /// A word of the user's, or the beginning of one.
    given: Option<bool>,
    /// The letters that it goes on with, as far as their last six bits say.
    goes_on: u64,
}

/// What is known of a piece of text that terms begin with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beginning {
    /// What it costs as a term, if it is one.
    pub(crate) cost: Option<f32>,
    goes_on: u64,
}

impl Beginning {
    /// Whether a longer term may go on with a letter; where this says no, none does.
    pub(crate) fn may_go_on(&self, letter: u16) -> bool {
        self.goes_on >> (letter & 63) & 1 == 1
    }
}

impl Terms {
    /// Nothing but words of the user's.
    pub(crate) fn given<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut terms = Self::default();
        for word in words.into_iter().map(str::trim) {
            let length = word.chars().count();
            let mut token = classes::SEED;
            for (at, character) in (1..).zip(word.chars()) {
                terms.begin(token, character);
                // Whatever is in it is thought of.
                terms.begin(classes::SEED, character);
                token = classes::extend(token, character);
                let term = terms.table.entry(token).or_insert(NEW);
                let whole = at == length && length > 1;
                term.given = Some(term.given == Some(true) || whole);
            }
        }
        terms
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// Learns a stretch of proven text. `ends` says that no Chinese character comes after it; else
    /// one does that is in doubt.
    pub(crate) fn learn(&mut self, proven: &[char], ends: bool, line: u32) {
        self.characters += proven.len() as f32;
        for from in 0..proven.len() {
            self.learn_beginning(&proven[from..], ends, line);
        }
    }

    /// The same for what starts where the stretch does, and not later in it.
    pub(crate) fn learn_beginning(&mut self, proven: &[char], ends: bool, line: u32) {
        if self.table.len() > MOST {
            return;
        }
        let mut token = classes::SEED;
        for &character in proven.iter().take(LONGEST_COPY + 1) {
            let before = token;
            token = classes::extend(token, character);
            let term = self.table.entry(token).or_insert(NEW);
            let new = !term.seen;
            term.line = (new || term.line == Some(line)).then_some(line);
            term.seen = true;
            if new {
                self.begin(before, character);
                if let Some(before) = self.table.get_mut(&before) {
                    before.stops += if before.followed { 1.0 } else { ONLY };
                    before.followed = true;
                }
            }
        }
        if ends
            && proven.len() <= LONGEST_COPY
            && let Some(whole) = self.table.get_mut(&token)
        {
            whole.stops += 1.0;
        }
    }

    /// Notes that a term, or its beginning, goes on with a character; one that is empty begins.
    fn begin(&mut self, before: Token, character: char) {
        let letter = letter(character);
        if before == classes::SEED {
            let place = usize::from(letter >> 6);
            if self.begins.len() <= place {
                self.begins.resize(place + 1, 0);
            }
            self.begins[place] |= 1 << (letter & 63);
        } else if let Some(before) = self.table.get_mut(&before) {
            before.goes_on |= 1 << (letter & 63);
        }
    }

    /// Whether a term may begin with a letter; where this says no, none does.
    pub(crate) fn may_begin(&self, letter: u16) -> bool {
        let begins = self.begins.get(usize::from(letter >> 6)).copied();
        begins.unwrap_or(0) >> (letter & 63) & 1 == 1
    }

    /// What a piece of text is for a line of the document; `None` if no term begins with it.
    pub(crate) fn get(&self, token: Token, line: u32) -> Option<Beginning> {
        let term = self.table.get(&token)?;
        let elsewhere = term.seen && term.line != Some(line);
        if !elsewhere && term.given.is_none() {
            return None;
        }
        let cost = match (term.given, elsewhere) {
            (Some(true), _) => Some(GIVEN),
            (_, true) => Some((self.characters / (SHARE * term.stops)).ln()),
            _ => None,
        };
        Some(Beginning {
            cost: cost.filter(|cost| cost.is_finite()),
            goes_on: term.goes_on,
        })
    }
}

const NEW: Term = Term {
    line: None,
    seen: false,
    stops: 0.0,
    followed: false,
    given: None,
    goes_on: 0,
};

/// Tokens are hashes already.
#[derive(Debug, Default)]
struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_nothing_for_itself() {
        let mut terms = Terms::given(["甯戈投资"]);
        terms.learn(&['甲', '乙', '丙'], true, 1);
        let token = classes::token("乙丙");
        let cost = |terms: &Terms, token, line| terms.get(token, line).map(|term| term.cost);
        assert_eq!(cost(&terms, token, 1), None);
        assert!(cost(&terms, token, 2).is_some_and(|cost| cost.is_some()));
        terms.learn(&['乙', '丙'], true, 3);
        assert!(cost(&terms, token, 1).is_some_and(|cost| cost.is_some()));
        assert_eq!(cost(&terms, classes::token("甯戈"), 1), Some(None));
        assert_eq!(
            cost(&terms, classes::token("甯戈投资"), 1),
            Some(Some(GIVEN))
        );
        assert_eq!(cost(&terms, classes::token("丁"), 1), None);
    }

    #[test]
    fn a_copy_stops_where_the_text_does() {
        let mut terms = Terms::default();
        for line in 0..3 {
            terms.learn(&['甲', '乙', '丙'], false, line);
        }
        let cost = |terms: &Terms, term| terms.get(classes::token(term), 9)?.cost;
        assert!(terms.get(classes::token("甲乙丙"), 9).is_some());
        assert_eq!(cost(&terms, "甲乙丙"), None);
        let once = cost(&terms, "甲乙");
        terms.learn(&['甲', '乙', '丁'], true, 3);
        assert!(cost(&terms, "甲乙") < once);
        assert!(cost(&terms, "乙丁").is_some());
    }
}
