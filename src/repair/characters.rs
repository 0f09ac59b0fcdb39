//! How common characters are by themselves. In: the word model. Out: a cost for each character, and
//! which characters are thought of where bytes are gone.
//!
//! Reading the words of a lattice is dear, and most of what bytes allow is no text at all: signs of
//! private use, syllabaries of no living language, characters that a reader meets once in a life.
//! These tables tell so in a look. Promise: they narrow what is searched, and say nothing of the
//! result; what is certain is told from all that the bytes allow.

use std::sync::OnceLock;

use super::classes;
use super::model::Model;

/// Steps a nat in the table.
pub(crate) const CHARACTER_STEPS: f32 = 8.0;
/// The characters that `assets/characters.bin` has a cost for, a byte each.
pub(crate) const HAN: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';
/// Chinese characters that no word has.
const NO_WORD: f32 = 17.0;
/// All else, before its rarity.
const OTHER: f32 = 9.0;
/// Where one byte of a character is gone, only those are thought of that cost no more; where more
/// bytes are gone, only these.
const COMMON: [f32; 2] = [12.0, 10.5];
/// Chinese characters of sound text cost less, all but one in a hundred.
const SOUND: f32 = 10.6;

/// What is known of single characters.
#[derive(Debug)]
pub(crate) struct Characters {
    /// For each character of the basic plane, its cost.
    costs: Vec<u8>,
    /// For each first two bytes of three in UTF-8, which last ones (bit n for 0x80 + n) make a common
    /// character; with one byte gone, and with more.
    last: [Vec<u64>; 2],
    /// For each first byte of three, its last six bits, which middle ones make a common character.
    middle: Vec<u64>,
}

impl Characters {
    /// Those of the model in the program, made at the first use (about a millisecond).
    pub(crate) fn embedded() -> Option<&'static Self> {
        static CHARACTERS: OnceLock<Option<Characters>> = OnceLock::new();
        let made = || Model::embedded().map(Characters::new);
        CHARACTERS.get_or_init(made).as_ref()
    }

    fn new(model: &Model) -> Self {
        let steps = |nats: f32| {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let steps = (nats * CHARACTER_STEPS).clamp(0.0, 255.0) as u8;
            steps
        };
        let han = include_bytes!("../../assets/characters.bin");
        let in_words = |character: char| {
            let at = u32::from(character).checked_sub(u32::from(*HAN.start()))?;
            han.get(usize::try_from(at).ok()?).copied()
        };
        let cost = |character| match character {
            '\u{2010}'..='\u{2049}'
            | '\u{3000}'..='\u{303f}'
            | '\u{ff01}'..='\u{ff5e}'
            | '\0'..='\x7f' => model.single(character).alone(),
            _ => match in_words(character) {
                Some(steps) => (f32::from(steps) / CHARACTER_STEPS).min(NO_WORD),
                None => OTHER + classes::rarity(character),
            },
        };
        let costs: Vec<u8> = (0..=u16::MAX)
            .map(|code| char::from_u32(u32::from(code)).map_or(u8::MAX, |c| steps(cost(c))))
            .collect();
        let common = |most: f32| -> Vec<u64> {
            let most = steps(most);
            let bits = |costs: &[u8]| {
                let common = (0_u32..).zip(costs).filter(|(_, cost)| **cost <= most);
                common.fold(0, |bits, (at, _)| bits | 1_u64 << (at & 63))
            };
            costs.chunks(64).map(bits).collect()
        };
        let last = COMMON.map(common);
        let begins = |last: &[u64]| {
            let common = (0_u32..).zip(last).filter(|(_, last)| **last != 0);
            common.fold(0, |bits, (at, _)| bits | 1_u64 << (at & 63))
        };
        Self {
            middle: last[1].chunks(64).map(begins).collect(),
            last,
            costs,
        }
    }

    /// What a character costs by itself, in nats.
    pub(crate) fn cost(&self, character: char) -> f32 {
        let steps = self.costs.get(character as usize).copied();
        f32::from(steps.unwrap_or(u8::MAX)) / CHARACTER_STEPS
    }

    /// Whether a character is one that sound text often has; those that are not Chinese are.
    pub(crate) fn is_common(&self, character: char) -> bool {
        !classes::is_han(character) || self.cost(character) < SOUND
    }

    /// Which last bytes make a common character with the code point that the first ones begin, if
    /// `gone` bytes of it are.
    pub(crate) fn last(&self, code: u32, gone: u8) -> u64 {
        let bits = &self.last[usize::from(gone > 1)];
        let at = usize::try_from(code).ok();
        at.and_then(|at| bits.get(at)).copied().unwrap_or(0)
    }

    /// The same of the middle one of three bytes, where more than one is gone.
    pub(crate) fn middle(&self, code: u32) -> u64 {
        let at = usize::try_from(code).ok();
        at.and_then(|at| self.middle.get(at)).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `MINGWEN_UPDATE=1` writes the table again.
    #[test]
    fn the_table_is_what_the_words_say() {
        let costs = Model::embedded().expect("the model fits").character_costs();
        if std::env::var_os("MINGWEN_UPDATE").is_some() {
            std::fs::write("assets/characters.bin", &costs).expect("the folder is writable");
        }
        let shipped = std::fs::read("assets/characters.bin").expect("the table is there");
        // Logarithms differ from machine to machine, in their last digit.
        let near = |(a, b): (&u8, &u8)| a.abs_diff(*b) <= 1;
        let same = shipped.len() == costs.len() && shipped.iter().zip(&costs).all(near);
        assert!(same, "make it again with MINGWEN_UPDATE=1");
    }
}
