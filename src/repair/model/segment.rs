//! Text falls into tokens. In: a text. Out: the tokens that the model counts: the likeliest words by
//! themselves, each mark, and one for each run of digits or letters. Promise: time grows with the
//! length of the text alone.

use super::super::classes::{self, Kind, LATIN, NUMBER, Token, UNKNOWN};
use super::{Model, UNSEEN};

impl Model<'_> {
    /// Splits a text into the tokens that the model counts: the likeliest words by themselves.
    #[must_use]
    pub fn tokens(&self, text: &str) -> Vec<Token> {
        let characters: Vec<char> = text.chars().collect();
        let mut tokens = Vec::new();
        let mut at = 0;
        while let Some(&character) = characters.get(at) {
            let kind = classes::kind(character);
            let length = characters
                .iter()
                .skip(at)
                .take_while(|&&other| classes::kind(other) == kind)
                .count();
            match kind {
                Kind::Digit => tokens.push(NUMBER),
                Kind::Letter => tokens.push(LATIN),
                Kind::Space => {}
                Kind::Mark => {
                    tokens.extend(
                        characters
                            .iter()
                            .skip(at)
                            .take(length)
                            .map(|&mark| classes::extend(classes::SEED, mark)),
                    );
                }
                Kind::Han => {
                    self.words_of(characters.get(at..at + length).unwrap_or(&[]), &mut tokens);
                }
            }
            at += length;
        }
        tokens
    }

    /// How many characters each word of a run of Chinese characters has, in the likeliest split.
    #[must_use]
    pub fn lengths(&self, run: &[char]) -> Vec<usize> {
        let words = self.split(run).into_iter();
        words.map(|(length, _)| length).collect()
    }

    fn words_of(&self, run: &[char], tokens: &mut Vec<Token>) {
        tokens.extend(self.split(run).into_iter().map(|(_, token)| token));
    }

    /// The likeliest split of a run of Chinese characters into words: the length and token of each.
    fn split(&self, run: &[char]) -> Vec<(usize, Token)> {
        // best[i]: cost of the first i characters, where the last word starts, and its token.
        let mut best = vec![(f32::INFINITY, 0_usize, UNKNOWN); run.len() + 1];
        best[0].0 = 0.0;
        for from in 0..run.len() {
            let before = best[from].0;
            let mut offer = |to: usize, cost: f32, token: Token| {
                if before + cost < best[to].0 {
                    best[to] = (before + cost, from, token);
                }
            };
            offer(
                from + 1,
                UNSEEN + classes::rarity(run[from]) + 6.0,
                classes::extend(classes::SEED, run[from]),
            );
            let mut walk = self.root();
            let mut hash = classes::SEED;
            for (offset, &character) in run[from..].iter().enumerate() {
                let Some(next) = self.step(walk, character) else {
                    break;
                };
                walk = next;
                hash = classes::extend(hash, character);
                if let Some(cost) = walk.word {
                    offer(from + offset + 1, cost, hash);
                }
            }
        }
        let mut words = Vec::new();
        let mut to = run.len();
        while to > 0 {
            let (_, from, token) = best[to];
            words.push((to - from, token));
            to = from;
        }
        words.reverse();
        words
    }
}
