//! Words to be found in a text: units, bounds, phrases.
//!
//! In: words with what they mean. Out: the longest of them that begins, or ends, at a place. Promise: case,
//! width and kinds of spaces make no difference.

use std::collections::BTreeMap;

use super::firsts::Firsts;
use super::words::Chars;

/// Words by their first character, the longest first.
#[derive(Debug, Clone)]
pub(super) struct Lexicon<T> {
    entries: BTreeMap<char, Vec<(Vec<char>, T)>>,
    firsts: Firsts,
}

impl<T> Default for Lexicon<T> {
    fn default() -> Self {
        Self {
            entries: BTreeMap::new(),
            firsts: Firsts::default(),
        }
    }
}

impl<T: Clone> Lexicon<T> {
    pub(super) fn insert(&mut self, word: &str, meaning: T) {
        let word: Vec<char> = word.chars().map(folded).collect();
        let Some(&first) = word.first() else {
            return;
        };
        self.firsts.add(first);
        let same = self.entries.entry(first).or_default();
        same.retain(|(other, _)| *other != word);
        let at = same.partition_point(|(other, _)| other.len() > word.len());
        same.insert(at, (word, meaning));
    }

    pub(super) fn extend(&mut self, words: &[String], meaning: &T) {
        for word in words {
            self.insert(word, meaning.clone());
        }
    }

    /// Whether an entry may begin with this character.
    pub(super) fn may_begin(&self, c: char) -> bool {
        self.firsts.may_hold(folded(c))
    }

    /// The longest entry that begins at this place, and how many characters it takes.
    pub(super) fn longest(&self, text: &Chars, at: usize) -> Option<(usize, &T)> {
        self.find(|step| text.get(at + step).map(|(_, c)| *c))
    }

    /// The longest entry that a text ends with.
    pub(super) fn longest_at_end(&self, text: &Chars) -> Option<(usize, &T)> {
        let ends = |at: &usize| {
            self.longest(text, *at)
                .filter(|(length, _)| at + length == text.len())
        };
        (0..text.len()).find_map(|at| ends(&at))
    }

    /// The longest entry that ends before this place, of entries that are turned round.
    pub(super) fn longest_before(&self, text: &Chars, at: usize) -> Option<(usize, &T)> {
        self.find(|step| {
            at.checked_sub(step + 1)
                .and_then(|at| text.get(at))
                .map(|(_, c)| *c)
        })
    }

    fn find(&self, character: impl Fn(usize) -> Option<char>) -> Option<(usize, &T)> {
        let first = folded(character(0)?);
        if !self.firsts.may_hold(first) {
            return None;
        }
        let entries = self.entries.get(&first)?;
        let fits = |word: &[char]| {
            let all = word
                .iter()
                .enumerate()
                .all(|(step, c)| character(step).map(folded) == Some(*c));
            // `km` is not the beginning of `kmart`.
            let last = word.last().copied().unwrap_or(' ');
            let next = character(word.len()).unwrap_or(' ');
            let cuts = last.is_ascii_alphabetic() && next.is_ascii_alphabetic();
            all && !cuts
        };
        entries
            .iter()
            .find(|(word, _)| fits(word))
            .map(|(word, meaning)| (word.len(), meaning))
    }
}

/// Case, width and kinds of spaces and hyphens make no difference.
fn folded(c: char) -> char {
    match c {
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\n' | '\t' => ' ',
        '‑' | '‐' => '-',
        '％' => '%',
        '＋' => '+',
        c => c.to_ascii_lowercase(),
    }
}
