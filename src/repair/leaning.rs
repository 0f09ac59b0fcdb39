//! Which encoding the characters of a text speak for. In: a text that may have been written in pairs
//! of bytes and read in those of another encoding. Out: whether its characters would be commoner if
//! it had.
//!
//! Where a first byte is dropped, each character from there on is made of the second byte of one and the
//! first of the next. Of Big5 read as GBK a tenth is dropped, so that most of it is read like this.
//!
//! GBK read as Big5 is a row of Chinese characters, and so is Big5 read as GBK; sound text can be read
//! the same way. What tells them apart is how common the characters are, as they stand and as they
//! were, pair by pair: a look into a table for each. Promise: no search, and nothing beyond a line.

use std::sync::OnceLock;

use super::channel::{Channel, Written, channel};
use super::classes;
use super::detect::{self, Suspects};
use super::lattice::Pairs;
use super::model::Model;
use super::table::Unit;

/// Nats by which a stretch of a line has to be more probable as it was, character by character.
const ENOUGH: i32 = 12 * STEPS;
/// Steps a nat in the tables.
const STEPS: i32 = 4;
/// Nats of a Chinese character that is no word, of a mark, and of all else before its rarity.
const NO_WORD: f32 = 16.0;
const MARK: f32 = 5.0;
const OTHER: f32 = 9.0;

/// The suspicions that stand up to a closer look at a line.
pub(super) fn confirmed(model: &Model, line: &[char], suspects: Suspects) -> Suspects {
    let families = [
        (detect::GBK_AS_BIG5, "gbk-big5-dropped"),
        (detect::BIG5_AS_GBK, "big5-gbk-dropped"),
    ];
    let mut confirmed = suspects;
    for (family, name) in families {
        let leans = || channel(name).is_some_and(|channel| leans(model, channel, 0.0, line));
        if suspects & family != 0 && !leans() {
            confirmed &= !family;
        }
    }
    confirmed
}

/// Whether some stretch of a text speaks for the channel, of which `odds` says how likely it is at all.
pub(super) fn leans(model: &Model, channel: &Channel, odds: f32, text: &[char]) -> bool {
    let kana = |c: &&char| matches!(c, '\u{3040}'..='\u{30ff}');
    let letters = text.iter().filter(|c| !c.is_ascii()).count();
    if text.iter().filter(kana).count() * 2 > letters {
        // Japanese. Of Chinese in Big5 a tenth is read as kana.
        return false;
    }
    let table = table(model, channel);
    let enough = (ENOUGH - i32::from(steps(odds))).max(1);
    let mut sum = 0;
    text.iter().any(|&character| {
        let value = table.get(character as usize).copied().unwrap_or(0);
        sum = (sum + i32::from(value)).max(0);
        sum >= enough
    })
}

/// Whether a text as a whole speaks for the channel, character by character.
pub(super) fn favours(model: &Model, channel: &Channel, odds: f32, text: &[char]) -> bool {
    sum(model, channel, text, -STEPS) > -i32::from(steps(odds))
}

/// Whether a text as a whole speaks rather for the channel than against it.
pub(super) fn is_open(model: &Model, channel: &Channel, text: &[char]) -> bool {
    sum(model, channel, text, 0) >= 0
}

/// What the characters of a text say, and so much more for each.
fn sum(model: &Model, channel: &Channel, text: &[char], more: i32) -> i32 {
    let table = table(model, channel);
    let value = |c: &char| i32::from(table.get(*c as usize).copied().unwrap_or(0)) + more;
    text.iter().filter(|c| !c.is_ascii()).map(value).sum()
}

/// For each character of the basic plane, by how much it is rarer than what it was.
fn table(model: &Model, channel: &Channel) -> &'static [i8] {
    static TABLES: [OnceLock<Vec<i8>>; 2] = [const { OnceLock::new() }; 2];
    let at = usize::from(channel.written == Written::Big5);
    TABLES[at].get_or_init(|| {
        let halves = Halves::new(model, channel);
        let value = |character: char| {
            if character < '\u{2e80}' {
                // Letters and signs of all languages say nothing.
                return None;
            }
            let cost = alone(model, character);
            let whole = match channel.pairs()?.as_written(channel.table(), character) {
                Some(was) => cost - alone(model, was),
                // No pair makes it: it stands as it was written.
                None => -NO_WORD,
            };
            let units = channel.table().units(character).iter();
            let shifted = units.map(|unit| cost - halves.cost(*unit));
            Some(shifted.fold(whole, f32::max))
        };
        (0..=u16::MAX)
            .map(|code| {
                char::from_u32(u32::from(code))
                    .and_then(value)
                    .unwrap_or(0.0)
            })
            .map(steps)
            .collect()
    })
}

/// How common the bytes are that text in Big5 consists of: what a pair costs of which each byte belongs
/// to another character.
struct Halves {
    first: Vec<f32>,
    second: Vec<f32>,
}

impl Halves {
    fn new(model: &Model, channel: &Channel) -> Self {
        let mut halves = Self {
            first: vec![0.0; 0x100],
            second: vec![0.0; 0x100],
        };
        let written = channel.pairs().filter(|_| channel.written == Written::Big5);
        for (lead, trail, character) in written.into_iter().flat_map(Pairs::characters) {
            let often = (-alone(model, character)).exp();
            halves.first[usize::from(lead)] += often;
            halves.second[usize::from(trail)] += often;
        }
        let all: f32 = halves.first.iter().sum();
        for often in halves.first.iter_mut().chain(&mut halves.second) {
            *often /= all;
        }
        halves
    }

    /// Infinite where no character has such bytes.
    fn cost(&self, unit: Unit) -> f32 {
        match unit {
            Unit::Pair(second, first) => {
                let often = self.second[usize::from(second)] * self.first[usize::from(first)];
                if often > 0.0 {
                    -often.ln()
                } else {
                    f32::INFINITY
                }
            }
            Unit::Single(_) => f32::INFINITY,
        }
    }
}

/// Nats to steps, as far as they fit.
fn steps(nats: f32) -> i8 {
    let steps = (nats * STEPS as f32).clamp(-127.0, 127.0);
    // Within range: see above.
    #[allow(clippy::cast_possible_truncation)]
    let steps = steps as i8;
    steps
}

/// Cost of a character by itself, whatever its form.
pub(super) fn alone(model: &Model, character: char) -> f32 {
    match character {
        _ if classes::is_han(character) => model
            .step(model.root(), character)
            .and_then(|walk| walk.word)
            .map_or(NO_WORD, |cost| cost.min(NO_WORD)),
        '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}' => MARK,
        '\u{3040}'..='\u{30ff}' => OTHER,
        _ => OTHER + classes::rarity(character),
    }
}
