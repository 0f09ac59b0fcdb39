//! Which characters words begin with: a quick no for all others.
//!
//! In: the first characters of words. Out: whether a word may begin with a character. Promise: never no
//! where one does; a look-up takes the same time however many words there are.

/// As many characters are told apart; what lies beyond shares their places.
const PLACES: usize = 1 << 16;

/// A set of first characters.
#[derive(Debug, Clone, Default)]
pub(super) struct Firsts {
    bits: Vec<u64>,
}

impl Firsts {
    /// A word begins with this character.
    pub(super) fn add(&mut self, c: char) {
        self.bits.resize(PLACES / 64, 0);
        let (word, bit) = place(c);
        if let Some(bits) = self.bits.get_mut(word) {
            *bits |= bit;
        }
    }

    /// Whether a word may begin with this character.
    pub(super) fn may_hold(&self, c: char) -> bool {
        let (word, bit) = place(c);
        self.bits.get(word).is_some_and(|bits| bits & bit != 0)
    }
}

fn place(c: char) -> (usize, u64) {
    let place = c as usize % PLACES;
    (place / 64, 1 << (place % 64))
}
