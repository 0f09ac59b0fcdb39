//! Characters of which nothing is left. In: a table, and what characters cost. Out: those that are thought
//! of where nothing stands. Promise: a list that does not grow with the text.

use super::{NONE, Table};

/// Characters that leave nothing and are thought of all the same: this many, and none that costs
/// more nats by itself. Others can't be told from none.
const SILENT: usize = 40;
const SILENT_COST: f32 = 9.0;

/// Characters that leave nothing and are thought of all the same.
#[derive(Debug)]
pub(crate) struct Silent {
    /// Anywhere.
    pub(crate) within: Vec<char>,
    /// Where the text ends: those whose last byte still waits there, too.
    pub(crate) last: Vec<char>,
}

impl Silent {
    /// None at all.
    pub(crate) fn none() -> &'static Self {
        static NONE: Silent = Silent {
            within: Vec::new(),
            last: Vec::new(),
        };
        &NONE
    }
}

impl Table {
    /// The most frequent of the characters that leave nothing, given what each costs.
    pub(crate) fn silent(&self, cost: impl Fn(char) -> Option<f32>) -> &Silent {
        self.silent.get_or_init(|| {
            let mut lost: Vec<(f32, char, u8)> = ('\u{2010}'..='\u{ff65}')
                .filter_map(|character| Some((character, self.waits_after(character)?)))
                .filter_map(|(character, waits)| Some((cost(character)?, character, waits)))
                .filter(|&(cost, ..)| cost <= SILENT_COST)
                .collect();
            lost.sort_by(|a, b| a.0.total_cmp(&b.0));
            let most = |may_wait: bool| {
                let silent = lost.iter().filter(|one| may_wait || one.2 == NONE);
                silent.take(SILENT).map(|one| one.1).collect()
            };
            Silent {
                within: most(false),
                last: most(true),
            }
        })
    }

    /// Which bytes that wait are lost to each of the characters that leave nothing where a text ends.
    pub(crate) fn lost_to(&self, silent: &Silent) -> u64 {
        let firsts = silent
            .last
            .iter()
            .filter_map(|&character| first_byte(character));
        let lost = firsts.map(|first| self.dropped.get(usize::from(first)).copied().unwrap_or(0));
        lost.fold(u64::MAX, |all, lost| all & lost)
    }

    /// The byte that waits after a character of which nothing else is left, where none waited before;
    /// `None` if more is left.
    fn waits_after(&self, character: char) -> Option<u8> {
        let mut left = String::new();
        let pending = character
            .encode_utf8(&mut [0; 4])
            .bytes()
            .fold(NONE, |pending, byte| self.feed(pending, byte, &mut left));
        (self.mark.is_none() && left.is_empty()).then_some(pending)
    }
}

/// The first byte of a character in UTF-8.
pub(crate) fn first_byte(character: char) -> Option<u8> {
    character.encode_utf8(&mut [0; 4]).bytes().next()
}
