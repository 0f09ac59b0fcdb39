//! Lattices of text that was written in pairs of bytes, as GBK and Big5 are. In: a stretch of
//! damaged characters. Out: the lattice of its preimages.
//!
//! Where both encodings can read all pairs, each damaged character is one character of the text.
//! An unreadable byte shifts the pairs: then each damaged character is made of the second byte of
//! one character and the first of the next, up to ASCII or the next unreadable byte.

use super::super::table::{NONE, Table, Unit};
use super::{Arc, Lattice, RARE, STEPS};

impl Lattice {
    /// All preimages of the longest beginning of `damaged` that has any, starting with `pending`,
    /// where unreadable bytes are dropped.
    pub(crate) fn of_pairs(pairs: &Pairs, read: &Table, damaged: &[char], pending: u8) -> Self {
        let builder = Builder {
            written: pairs.written,
            read,
            damaged,
            pairs,
        };
        Self::build(damaged.len(), STEPS, pending, |place, pending, arcs| {
            builder.node(place, pending, arcs);
        })
    }
}

/// What text may be written in, for one reader.
#[derive(Debug)]
pub(crate) struct Pairs {
    written: &'static Table,
    /// The characters whose first byte is dropped when their second one comes, at the latest.
    /// For each second byte the first ones, with what both mean.
    lost: Vec<Vec<(u8, char)>>,
    /// For each first byte, the second ones with what both mean.
    second: Vec<Vec<(u8, char)>>,
    /// For each second byte of the first list and each first one of the second, whether there are
    /// others, less common.
    hides: [Vec<bool>; 2],
    /// For each second byte whose first one is dropped, the bytes that wait before that and are dropped
    /// by it in turn.
    dropped: Vec<Vec<bool>>,
    /// The same of the bytes that are read with it.
    read: Vec<Vec<bool>>,
}

/// Where bytes are missing, only characters that cost no more nats by themselves are thought of;
/// others can't be told from each other.
const COMMON: f32 = 12.0;

impl Pairs {
    pub(crate) fn new(written: &'static Table, read: &Table, cost: impl Fn(char) -> f32) -> Self {
        let split = |all: &mut dyn Iterator<Item = (u8, char)>| {
            let (common, rare): (Vec<_>, Vec<_>) = all.partition(|pair| cost(pair.1) <= COMMON);
            (common, !rare.is_empty())
        };
        let second = (0..=0xff_u8).map(|first| {
            let all = 0x40..=0xfe;
            split(&mut all.filter_map(|second| Some((second, written.pair(first, second)?))))
        });
        let lost = (0..=0xff_u8).map(|second| {
            let all = (0x81..=0xfe).filter(|&first| {
                read.single(first).is_none() && read.pair(first, second).is_none()
            });
            split(&mut all.filter_map(|first| Some((first, written.pair(first, second)?))))
        });
        let (lost, hides_first): (_, Vec<bool>) = lost.unzip();
        let (second, hides_second): (_, Vec<bool>) = second.unzip();
        let lost: Vec<Vec<(u8, char)>> = lost;
        let before = |firsts: &Vec<(u8, char)>, is_read: bool| {
            let is = |first: &(u8, char), byte| read.pair(byte, first.0).is_some() == is_read;
            let any = |byte| firsts.iter().any(|first| is(first, byte));
            (0..=0xff).map(any).collect()
        };
        Self {
            written,
            dropped: lost.iter().map(|firsts| before(firsts, false)).collect(),
            read: lost.iter().map(|firsts| before(firsts, true)).collect(),
            lost,
            second,
            hides: [hides_first, hides_second],
        }
    }

    /// All characters of two bytes, with those.
    pub(crate) fn characters(&self) -> impl Iterator<Item = (u8, u8, char)> + '_ {
        let pairs =
            (0x81..=0xfe_u8).flat_map(|lead| (0x40..=0xfe_u8).map(move |trail| (lead, trail)));
        pairs.filter_map(|(lead, trail)| Some((lead, trail, self.written.pair(lead, trail)?)))
    }

    /// What a damaged character was, if its two bytes were one character.
    pub(crate) fn as_written(&self, read: &Table, damaged: char) -> Option<char> {
        let written = |unit: &Unit| match *unit {
            Unit::Pair(lead, trail) => self.written.pair(lead, trail),
            Unit::Single(_) => None,
        };
        read.units(damaged).iter().find_map(written)
    }
}

struct Builder<'a> {
    written: &'a Table,
    read: &'a Table,
    damaged: &'a [char],
    pairs: &'a Pairs,
}

impl Builder<'_> {
    fn node(&self, place: usize, pending: u8, arcs: &mut Vec<Arc>) {
        let used = place / STEPS;
        let Some(&damaged) = self.damaged.get(used) else {
            return;
        };
        let mut arc = |character: char, used: usize, pending: u8| {
            let (whole, idle) = (used * STEPS, place + 1);
            // A character that leaves nothing at all is not thought of.
            let stays = whole <= place;
            if !stays || (pending != NONE && !idle.is_multiple_of(STEPS)) {
                let to = if stays { idle } else { whole };
                arcs.push(Arc::new(character, to, pending));
            }
        };
        for &unit in self.read.units(damaged) {
            match unit {
                Unit::Single(byte @ 0..0x80) if self.free(pending, byte) => {
                    arc(char::from(byte), used + 1, NONE);
                }
                Unit::Single(byte) if self.free(pending, byte) => {
                    self.second(byte, used + 1, &mut arc);
                }
                Unit::Pair(lead, trail @ 0..0x80) if lead == pending => {
                    arc(char::from(trail), used + 1, NONE);
                }
                Unit::Pair(lead, trail) if lead == pending => {
                    self.second(trail, used + 1, &mut arc);
                }
                _ => {}
            }
            if let Unit::Pair(lead, trail) = unit
                && self.free(pending, lead)
                && let Some(character) = self.written.pair(lead, trail)
            {
                arc(character, used + 1, NONE);
            }
        }
        // A first byte that is dropped, and a second one that stays or waits.
        for &unit in self.read.units(damaged) {
            let (Unit::Single(second) | Unit::Pair(second, _)) = unit;
            let Some((used, waits)) = self.alone(second, used) else {
                continue;
            };
            for &(first, character) in &self.pairs.lost[usize::from(second)] {
                if self.free(pending, first) {
                    arc(character, used, waits);
                }
            }
            if self.pairs.hides[0][usize::from(second)] {
                arc(RARE, used, waits);
            }
        }
    }

    /// Whether what is pending is dropped, or nothing is, when `byte` comes.
    fn free(&self, pending: u8, byte: u8) -> bool {
        pending == NONE || self.read.pair(pending, byte).is_none()
    }

    /// All characters that begin with a byte of which nothing waits any more: common ones, if one
    /// of those can go on.
    fn second(&self, first: u8, used: usize, arc: &mut impl FnMut(char, usize, u8)) {
        let mut any = None;
        for &(second, character) in &self.pairs.second[usize::from(first)] {
            if let Some((used, pending)) = self.alone(second, used) {
                any = Some((used, pending));
                arc(character, used, pending);
            }
        }
        if let Some((used, pending)) = any {
            if self.pairs.hides[1][usize::from(first)] {
                arc(RARE, used, pending);
            }
            return;
        }
        for second in 0x40..=0xfe {
            if let Some(character) = self.written.pair(first, second)
                && let Some((used, pending)) = self.alone(second, used)
            {
                arc(character, used, pending);
            }
        }
    }

    /// Where a byte with nothing before it leads, if it may stand there.
    fn alone(&self, byte: u8, used: usize) -> Option<(usize, u8)> {
        let damaged = self.damaged.get(used).copied();
        if let Some(read) = self.read.single(byte) {
            return (damaged == Some(read)).then_some((used + 1, NONE));
        }
        let Some(damaged) = damaged else {
            return Some((used, NONE));
        };
        if !self.read.leads(byte) {
            return Some((used, NONE));
        }
        let units = self.read.units(damaged);
        let first = |unit: &Unit| match *unit {
            Unit::Single(byte) | Unit::Pair(byte, _) => byte,
        };
        let paired = units
            .iter()
            .any(|unit| first(unit) == byte && matches!(unit, Unit::Pair(..)));
        let free = |unit: &&Unit| self.free(byte, first(unit));
        let dropped = units.iter().filter(free).count();
        match (paired, dropped) {
            (false, _) if dropped == units.len() => {
                let read = |unit| self.pairs.read[usize::from(first(unit))][usize::from(byte)];
                // Dropped whatever comes: the same as if nothing waited.
                let waits = if units.iter().any(read) { byte } else { NONE };
                Some((used, waits))
            }
            (false, 0) => {
                let drops = |unit| self.pairs.dropped[usize::from(first(unit))][usize::from(byte)];
                units.iter().any(drops).then_some((used, byte))
            }
            _ => Some((used, byte)),
        }
    }
}
