//! Where in a character of UTF-8 a text may be. In: the place before, and a damaged character. Out: the
//! places after it. Promise: no text in UTF-8 is refused, and the cost is a look-up, so that sound text
//! is passed by without a lattice.

use super::{Table, Unit, basic};

impl Table {
    /// Where in a character of UTF-8 the text may be after one more damaged character: bit n says
    /// that n bytes are still to come. No bit: no text in UTF-8 was read as this. More is let
    /// through than there are texts, never less, at a thousandth of the cost of a lattice.
    pub(crate) fn follows(&self, before: u8, damaged: char) -> u8 {
        let steps = self.steps_of(damaged);
        let after = (0..4)
            .filter(|phase| before >> phase & 1 == 1)
            .fold(0, |after, phase| after | steps >> (4 * phase));
        (after & 15).to_le_bytes()[0]
    }

    /// Whether text in UTF-8 may have become this character, wherever in a character of it.
    pub(crate) fn reads(&self, damaged: char) -> bool {
        self.steps_of(damaged) != 0
    }

    fn steps_of(&self, damaged: char) -> u16 {
        let follows = self.follows.get_or_init(|| self.steps());
        let steps = basic(damaged).and_then(|code| follows.get(usize::from(code)));
        steps.copied().unwrap_or(0)
    }

    fn steps(&self) -> Vec<u16> {
        // What one more byte leads to.
        let byte = |phases: u8, byte: u8| match byte {
            0..=0x7f => phases & 1,
            0x80..=0xbf => phases >> 1,
            0xc2..=0xdf => (phases & 1) << 1,
            0xe0..=0xef => (phases & 1) << 2,
            0xf0..=0xf4 => (phases & 1) << 3,
            _ => 0,
        };
        let steps = |&unit: &Unit| {
            let (first, second) = match unit {
                Unit::Single(byte) => (byte, None),
                Unit::Pair(lead, trail) => (lead, Some(trail)),
            };
            let drops = self.mark.is_none() && self.dropped[usize::from(first)] != 0;
            (0..4).fold(0, |steps, phase| {
                let mut phases: u8 = 1 << phase;
                if drops && !self.lost_firsts.is_empty() {
                    phases = 15;
                } else if drops {
                    phases |= phases >> 1 | phases >> 2 | phases >> 3;
                }
                let after = second.into_iter().fold(byte(phases, first), byte);
                steps | u16::from(after) << (4 * phase)
            })
        };
        let mut follows: Vec<u16> = self
            .first
            .windows(2)
            .map(|two| &self.units[usize::from(two[0])..usize::from(two[1])])
            .map(|units| units.iter().map(steps).fold(0, |all, steps| all | steps))
            .collect();
        if let Some(mark) = self.mark.and_then(basic) {
            follows[usize::from(mark)] = u16::MAX;
        }
        follows
    }
}
