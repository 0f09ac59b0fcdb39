//! The tables behind the channels. In: what single bytes and pairs of bytes are read as. Out: a
//! [`Table`] that answers in both directions, for `damage` and for the search of preimages.
//!
//! Promise: both directions come from the same entries, so that they can't disagree.

mod silent;
mod steps;

use std::sync::OnceLock;

use super::encodings::{LEADS, TRAILS, position};
pub(crate) use silent::{Silent, first_byte};

/// No byte is waiting for its second half.
pub(crate) const NONE: u8 = 0;

/// The bytes behind one character of damaged text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A byte that was read by itself.
    Single(u8),
    /// A lead byte and its trail.
    Pair(u8, u8),
}

impl Unit {
    /// Whether Chinese in UTF-8 has such bytes. Two-byte characters are rare in it, and sound
    /// Chinese looks like them.
    pub(crate) fn is_likely(self) -> bool {
        let within = |byte: u8| (0x80..=0xbf).contains(&byte);
        let begins = |byte: u8| (0xe0..=0xf4).contains(&byte);
        match self {
            Unit::Single(byte) => within(byte),
            Unit::Pair(lead, trail) => {
                (within(lead) && (within(trail) || begins(trail) || trail < 0x80))
                    || (begins(lead) && within(trail))
            }
        }
    }
}

/// An encoding in both directions, folding included.
#[derive(Debug)]
pub(crate) struct Table {
    /// What a pair is read as, `\0` where it can't be read.
    pairs: Vec<char>,
    /// What a byte is read as by itself, if it is.
    singles: Vec<Option<char>>,
    /// Which bytes begin pairs.
    leads: Vec<bool>,
    /// What stands for a byte that can't be read.
    mark: Option<char>,
    /// Damaged character (all are in the basic plane) to its units: a range of `units`.
    first: Vec<u16>,
    units: Vec<Unit>,
    /// For each lead byte, the bytes 0x80–0xBF that it can't be read with.
    unreadable: Vec<u64>,
    /// The bytes 0x80–0xBF that begin pairs, those that are dropped at once, and those of the first
    /// that can't be read with every one of these bytes.
    inner: Inner,
    /// The first bytes of characters in UTF-8 that may be lost themselves.
    lost_firsts: Vec<u8>,
    /// For each byte, which bytes 0x80–0xBF are dropped before it.
    dropped: Vec<u64>,
    /// For each character of the basic plane, whether Chinese in UTF-8 can have become it.
    likely: Vec<bool>,
    /// For each character of the basic plane, where in a character of UTF-8 it leads from where:
    /// see [`Table::follows`].
    follows: OnceLock<Vec<u16>>,
    /// See [`Table::silent`].
    silent: OnceLock<Silent>,
    loses_characters: bool,
}

/// What becomes of the bytes 0x80–0xBF where nothing waits: bit n for 0x80 + n.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Inner {
    /// They wait for a second half.
    pub(crate) leads: u64,
    /// The same, and some second halves of this range can't be read with them.
    pub(crate) open_ended: u64,
    /// They can't be read, whatever comes.
    pub(crate) unread: u64,
    /// They wait, and are lost when one of these comes.
    pub(crate) before_unread: u64,
    /// They wait, and are lost when a character begins whose first byte is lost in turn: some such
    /// byte, or any.
    pub(crate) before_lost: u64,
    pub(crate) before_any_lost: u64,
}

/// Which bytes 0x80–0xBF may wait at some place: bit n for 0x80 + n.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Waits {
    /// To be paired or, where unreadable bytes leave nothing, dropped.
    pub(crate) open: u64,
    /// Lost already: their mark stands before the place.
    pub(crate) lost: u64,
    /// Lost whatever the next character stands for: the same as if nothing waited.
    pub(crate) dropped: u64,
}

/// The bit of a byte 0x80–0xBF.
pub(crate) fn bit(byte: u8) -> u64 {
    1 << (byte & 0x3f)
}

/// The bytes 0x80–0xBF in a set.
pub(crate) fn bytes(mut set: u64) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let next = u8::try_from(set.trailing_zeros()).ok()?;
        set &= set.wrapping_sub(1);
        (next < 64).then_some(0x80 | next)
    })
}

fn set(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.map(bit).fold(0, |set, bit| set | bit)
}

impl Table {
    /// A table from what single bytes (0x80 and above) and pairs are read as.
    pub(crate) fn new(
        single: &dyn Fn(u8) -> Option<char>,
        pair: &dyn Fn(u8, u8) -> Option<char>,
        mark: Option<char>,
    ) -> Self {
        let singles: Vec<Option<char>> = (0..=0xff_u8)
            .map(|byte| match byte {
                0..=0x7f => Some(char::from(byte)),
                _ => single(byte),
            })
            .collect();
        let mut table = Self {
            pairs: vec!['\0'; LEADS.len() * TRAILS.len()],
            leads: vec![false; 0x100],
            mark,
            first: vec![0; 0x1_0001],
            units: Vec::new(),
            unreadable: Vec::new(),
            inner: Inner::default(),
            lost_firsts: Vec::new(),
            dropped: Vec::new(),
            likely: vec![false; 0x1_0000],
            follows: OnceLock::new(),
            silent: OnceLock::new(),
            loses_characters: false,
            singles,
        };
        let mut behind: Vec<(u16, Unit)> = Vec::new();
        for byte in 0..=0xff_u8 {
            if let Some(code) = table.singles[usize::from(byte)].and_then(basic) {
                behind.push((code, Unit::Single(byte)));
            }
        }
        for lead in LEADS {
            for trail in TRAILS {
                if let (Some(read), Some(at)) = (pair(lead, trail), position(lead, trail)) {
                    table.pairs[at] = read;
                    table.leads[usize::from(lead)] = true;
                    behind.extend(basic(read).map(|code| (code, Unit::Pair(lead, trail))));
                }
            }
        }
        table.index_units(&behind);
        table.index_losses();
        // Of the many characters that may have lost a byte before the one that waits, those of
        // Chinese text are thought of.
        if mark.is_none() {
            table
                .lost_firsts
                .retain(|first| matches!(first, 0xe2..=0xe9 | 0xef));
        }
        let readable = |byte: u8| table.single(byte).is_some() || table.leads(byte);
        table.loses_characters =
            mark.is_none() && !table.lost_firsts.is_empty() && !(0x80..=0xbf).all(readable);
        table.inner.before_any_lost = u64::MAX;
        if table.loses_characters {
            for &first in &table.lost_firsts {
                let before = table.dropped[usize::from(first)];
                table.inner.before_lost |= before & table.inner.leads;
                table.inner.before_any_lost &= before;
            }
        }
        table
    }

    fn index_units(&mut self, behind: &[(u16, Unit)]) {
        for &(code, unit) in behind {
            self.first[usize::from(code) + 1] += 1;
            self.likely[usize::from(code)] |= unit.is_likely();
        }
        for code in 0..0x1_0000 {
            self.first[code + 1] += self.first[code];
        }
        let mut next = self.first.clone();
        self.units = vec![Unit::Single(0); behind.len()];
        for &(code, unit) in behind {
            let place = &mut next[usize::from(code)];
            self.units[usize::from(*place)] = unit;
            *place += 1;
        }
    }

    fn index_losses(&mut self) {
        let inner = 0x80..=0xbf_u8;
        for lead in 0..=0xff {
            let lost = |trail: &u8| self.pair(lead, *trail).is_none();
            self.unreadable.push(set(inner.clone().filter(lost)));
        }
        self.lost_firsts = (0xc2..=0xf4)
            .filter(|&first| self.single(first).is_none() && self.unreadable(first) != 0)
            .collect();
        for first in 0..=0xff {
            let lost = |byte: &u8| *byte != first && self.pair(*byte, first).is_none();
            self.dropped.push(set(inner.clone().filter(lost)));
        }
        let unread = |byte: &u8| self.single(*byte).is_none();
        let leads = |byte: &u8| unread(byte) && self.leads(*byte);
        self.inner = Inner {
            leads: set(inner.clone().filter(leads)),
            open_ended: set(inner
                .clone()
                .filter(|byte| leads(byte) && self.unreadable(*byte) != 0)),
            unread: set(inner.filter(|byte| unread(byte) && !self.leads(*byte))),
            ..Inner::default()
        };
        self.inner.before_unread = self.lost_before(self.inner.unread);
    }

    /// What a byte is read as by itself.
    pub(crate) fn single(&self, byte: u8) -> Option<char> {
        self.singles.get(usize::from(byte)).copied().flatten()
    }

    /// Whether a byte begins pairs.
    pub(crate) fn leads(&self, byte: u8) -> bool {
        self.leads.get(usize::from(byte)) == Some(&true)
    }

    /// What stands for a byte that can't be read; nothing if it is dropped.
    pub(crate) fn mark(&self) -> Option<char> {
        self.mark
    }

    /// The bytes 0x80–0xBF that a lead byte can't be read with.
    pub(crate) fn unreadable(&self, lead: u8) -> u64 {
        self.unreadable.get(usize::from(lead)).copied().unwrap_or(0)
    }

    /// The bytes 0x80–0xBF that wait, and are lost when one of these comes; a few more.
    pub(crate) fn lost_before(&self, next: u64) -> u64 {
        let lost = |byte| bit(byte) | self.dropped.get(usize::from(byte)).copied().unwrap_or(0);
        bytes(next).map(lost).fold(0, |all, lost| all | lost) & self.inner.open_ended
    }

    /// What becomes of the bytes 0x80–0xBF where nothing waits.
    pub(crate) fn inner(&self) -> Inner {
        self.inner
    }

    /// The first bytes of characters in UTF-8 that may be lost themselves.
    pub(crate) fn lost_firsts(&self) -> &[u8] {
        &self.lost_firsts
    }

    /// Whether a character of UTF-8 may leave nothing: its first byte and those that follow all
    /// unreadable, or the last of them still waiting.
    pub(crate) fn loses_characters(&self) -> bool {
        self.loses_characters
    }

    /// Whether of the bytes 0x80–0xBF about half are dropped, whatever comes.
    pub(crate) fn loses_half(&self) -> bool {
        self.mark.is_none() && self.inner.unread.count_ones() >= 16
    }

    /// Which bytes may wait before a damaged character.
    pub(crate) fn waits(&self, damaged: char) -> Waits {
        let units = self.units(damaged);
        let marks = self.mark.is_some();
        if self.mark == Some(damaged) {
            // What comes next can't be read either, whatever it is.
            let (open, lost) = (0, u64::MAX);
            return Waits {
                open,
                lost,
                dropped: 0,
            };
        }
        if units.is_empty() {
            // The channel can't have made it: the damaged stretch ends here.
            let open = if marks { 0 } else { u64::MAX };
            return Waits {
                open,
                lost: u64::MAX,
                dropped: u64::MAX,
            };
        }
        let mut waits = Waits {
            open: 0,
            lost: 0,
            dropped: u64::MAX,
        };
        for &unit in units {
            let (Unit::Single(first) | Unit::Pair(first, _)) = unit;
            let dropped = self.dropped.get(usize::from(first)).copied().unwrap_or(0);
            waits.lost |= dropped;
            waits.dropped &= dropped;
            if matches!(first, 0x80..=0xbf) {
                waits.open |= bit(first);
            }
        }
        if !marks {
            waits.open |= waits.lost;
        }
        waits
    }

    /// All pairs that can be read, with what they are read as.
    pub(crate) fn all_pairs(&self) -> impl Iterator<Item = (u8, u8, char)> + '_ {
        let pairs = LEADS.flat_map(|lead| TRAILS.map(move |trail| (lead, trail)));
        pairs.filter_map(|(lead, trail)| Some((lead, trail, self.pair(lead, trail)?)))
    }

    /// What a pair is read as.
    pub(crate) fn pair(&self, lead: u8, trail: u8) -> Option<char> {
        let read = self.pairs.get(position(lead, trail)?).copied();
        read.filter(|&read| read != '\0')
    }

    /// Reads one more byte with `pending` before it, and says which byte is pending now.
    pub(crate) fn feed(&self, pending: u8, byte: u8, left: &mut String) -> u8 {
        if pending != NONE {
            if let Some(read) = self.pair(pending, byte) {
                left.push(read);
                return NONE;
            }
            // A pending byte without its second half is lost, and reading resumes here.
            left.extend(self.mark);
        }
        match self.single(byte) {
            Some(read) => left.push(read),
            None if self.leads(byte) => return byte,
            None => left.extend(self.mark),
        }
        NONE
    }

    /// The bytes end here.
    pub(crate) fn flush(&self, pending: u8, left: &mut String) {
        if pending != NONE {
            left.extend(self.mark);
        }
    }

    /// Whether a character may be what is left of Chinese in UTF-8.
    pub(crate) fn likely(&self, damaged: char) -> bool {
        basic(damaged).is_some_and(|code| self.likely.get(usize::from(code)) == Some(&true))
    }

    /// The bytes that a damaged character may stand for; none if the channel can't have made it.
    pub(crate) fn units(&self, damaged: char) -> &[Unit] {
        let Some(code) = basic(damaged).map(usize::from) else {
            return &[];
        };
        match (self.first.get(code), self.first.get(code + 1)) {
            (Some(&from), Some(&to)) => self
                .units
                .get(usize::from(from)..usize::from(to))
                .unwrap_or(&[]),
            _ => &[],
        }
    }
}

fn basic(character: char) -> Option<u16> {
    u16::try_from(u32::from(character)).ok()
}
