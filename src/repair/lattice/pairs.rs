//! Lattices of text that was written in pairs of bytes, as GBK and Big5 are. In: a stretch of
//! damaged characters. Out: the lattice of its preimages.
//!
//! Where both encodings can read all pairs, each damaged character is one character of the text.
//! An unreadable byte shifts the pairs: then each damaged character is made of the second byte of
//! one character and the first of the next, up to ASCII or the next unreadable byte.

use std::collections::BTreeSet;

use super::super::table::{NONE, Table, Unit};
use super::{Arc, Lattice, RARE, STEPS};

impl Lattice {
    /// All preimages of the longest beginning of `damaged` that has any, starting with `pending`,
    /// where unreadable bytes are dropped.
    pub(crate) fn of_pairs(
        pairs: &Pairs,
        read: &Table,
        damaged: &[char],
        pending: u8,
        ends: bool,
    ) -> Self {
        let mut builder = Builder {
            written: pairs.written,
            read,
            damaged,
            ends,
            from: 0,
            after: Vec::new(),
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
    /// Characters of which nothing is left if their second byte is lost too, the commonest first.
    silent: Vec<(u8, u8, char)>,
    /// Of the first bytes that may be dropped themselves, bit n for the nth: for each byte those that it
    /// is read with, for each second byte those of its characters, and those of `silent`.
    reads: Vec<u128>,
    lost_before: Vec<u128>,
    silent_firsts: u128,
}

/// Where bytes are missing, only characters that cost no more nats by themselves are thought of;
/// others can't be told from each other.
const COMMON: f32 = 13.0;
/// Characters that leave nothing and are thought of all the same: this many, this many more of which the
/// second byte waits and may be lost later, and none that costs more.
const SILENT: usize = 40;
const WAITING: usize = 400;
const SILENT_COST: f32 = 10.0;

impl Pairs {
    /// Given what each character costs, and what those cost of which nothing is left, as far as those
    /// are thought of.
    pub(crate) fn new(
        written: &'static Table,
        read: &Table,
        cost: impl Fn(char) -> f32,
        usual: impl Fn(char) -> Option<f32>,
    ) -> Self {
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
        let silent = silent(written, read, usual);
        let lost_firsts = lost.iter().flatten().map(|lost| lost.0);
        let firsts: BTreeSet<u8> = lost_firsts.chain(silent.iter().map(|one| one.0)).collect();
        let bits = |is: &dyn Fn(u8) -> bool| -> u128 {
            let bits = firsts.iter().map(|&first| u128::from(is(first)));
            bits.fold(0, |all, bit| all << 1 | bit)
        };
        let has = |lost: &Vec<(u8, char)>, first| lost.iter().any(|one| one.0 == first);
        let lost_before = lost.iter().map(|lost| bits(&|first| has(lost, first)));
        let reads = |byte| bits(&|first| read.pair(byte, first).is_some());
        Self {
            written,
            lost_before: lost_before.collect(),
            reads: (0..=0xff).map(reads).collect(),
            silent_firsts: bits(&|first| silent.iter().any(|one| one.0 == first)),
            lost,
            second,
            hides: [hides_first, hides_second],
            silent,
        }
    }

    /// All characters of two bytes, with those.
    pub(crate) fn characters(&self) -> impl Iterator<Item = (u8, u8, char)> + '_ {
        self.written.all_pairs()
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

/// The characters whose first byte is lost where nothing waits, and whose second is not read by itself,
/// given what each costs.
fn silent(
    written: &Table,
    read: &Table,
    cost: impl Fn(char) -> Option<f32>,
) -> Vec<(u8, u8, char)> {
    let mut silent: Vec<(f32, (u8, u8, char))> = written
        .all_pairs()
        .filter(|&(lead, trail, _)| {
            read.single(lead).is_none()
                && read.pair(lead, trail).is_none()
                && read.single(trail).is_none()
        })
        .filter_map(|pair| Some((cost(pair.2)?, pair)))
        .filter(|(cost, _)| *cost <= SILENT_COST)
        .collect();
    silent.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (waiting, gone): (Vec<_>, Vec<_>) = silent.into_iter().partition(|one| read.leads(one.1.1));
    let gone = gone.into_iter().take(SILENT);
    gone.chain(waiting.into_iter().take(WAITING))
        .map(|(_, pair)| pair)
        .collect()
}

struct Builder<'a> {
    written: &'a Table,
    read: &'a Table,
    damaged: &'a [char],
    /// Whether the text ends behind the last.
    ends: bool,
    /// A damaged character, and what bytes do at it and at the next.
    from: usize,
    after: Vec<After>,
    pairs: &'a Pairs,
}

impl Builder<'_> {
    fn node(&mut self, place: usize, pending: u8, arcs: &mut Vec<Arc>) {
        let used = place / STEPS;
        self.prepare(used);
        self.silent(place, pending, arcs);
        let Some(&damaged) = self.damaged.get(used) else {
            return;
        };
        let mut arc = |character: char, used: usize, pending: u8| {
            let (whole, idle) = (used * STEPS, place + 1);
            // What leaves nothing at all comes from `silent`.
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

    /// Characters of which nothing is left, or no more than a byte that is going to be lost.
    fn silent(&self, place: usize, pending: u8, arcs: &mut Vec<Arc>) {
        let used = place / STEPS;
        let next = place + 1;
        let ended = used == self.damaged.len();
        if next.is_multiple_of(STEPS) || (ended && !self.ends) {
            return;
        }
        for &(lead, trail, character) in &self.pairs.silent {
            if self.free(pending, lead)
                && let Some((still, waits)) = self.alone(trail, used)
                && still == used
                && (waits == NONE || self.after[0].is_lost[usize::from(trail)])
            {
                arcs.push(Arc::new(character, next, waits));
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
        let after = self.after.get(used - self.from)?;
        after.leads[usize::from(byte)]
    }
}

/// Where bytes with nothing before them lead, at one damaged character.
struct After {
    /// For each byte, how many damaged characters are used then, and which byte waits; none if it can't
    /// stand there.
    leads: Vec<Option<(usize, u8)>>,
    /// Whether a byte that waits may be lost to what is left of the next character.
    is_lost: Vec<bool>,
}

impl Builder<'_> {
    /// Gets ready for the arcs of a damaged character: what bytes do at it, and at the next.
    fn prepare(&mut self, used: usize) {
        if self.after.is_empty() || self.from != used {
            let next = self.after.pop().filter(|_| self.from + 1 == used);
            self.after = vec![
                next.unwrap_or_else(|| self.after(used)),
                self.after(used + 1),
            ];
            self.from = used;
        }
    }

    fn after(&self, used: usize) -> After {
        let damaged = self.damaged.get(used).copied();
        let units = damaged.map_or(&[][..], |damaged| self.read.units(damaged));
        let first = |unit: &Unit| match *unit {
            Unit::Single(byte) | Unit::Pair(byte, _) => byte,
        };
        let lost_before = units
            .iter()
            .map(|unit| self.pairs.lost_before[usize::from(first(unit))]);
        let lost_before = lost_before.fold(0, |all, firsts| all | firsts);
        let mut after = After {
            leads: Vec::new(),
            is_lost: Vec::new(),
        };
        // Bytes that the same ones are lost to need not be told apart.
        let mut alike: Vec<((bool, u128), u8)> = Vec::new();
        for byte in 0..=0xff_u8 {
            let reads = self.pairs.reads[usize::from(byte)];
            let firsts = lost_before | self.pairs.silent_firsts;
            let frees = units
                .iter()
                .filter(|unit| self.free(byte, first(unit)))
                .count();
            let pairs = |unit: &Unit| matches!(*unit, Unit::Pair(first, _) if first == byte);
            let paired = units.iter().any(pairs);
            let lost = frees == units.len();
            let single = self.read.single(byte);
            let leads = if single.is_some() {
                (damaged == single).then_some((used + 1, NONE))
            } else if !self.read.leads(byte) || (damaged.is_none() && !self.ends) {
                Some((used, NONE))
            } else if paired || (frees > 0 && !lost) {
                Some((used, byte))
            } else if lost && reads & firsts == 0 {
                Some((used, NONE))
            } else if lost || !reads & firsts != 0 {
                let same = (lost, reads & firsts);
                let known = alike.iter().find(|known| known.0 == same);
                let waits = known.map_or(byte, |known| known.1);
                if known.is_none() {
                    alike.push((same, byte));
                }
                Some((used, waits))
            } else {
                None
            };
            after.leads.push(leads);
            let is_lost = frees > 0 || units.is_empty() || !reads & lost_before != 0;
            after.is_lost.push(!paired && is_lost);
        }
        after
    }
}
