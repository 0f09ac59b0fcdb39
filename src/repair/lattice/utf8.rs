//! The arcs of text that was written in UTF-8. In: a damaged stretch, a place in it and the byte that
//! waits there. Out: every character that may come next.
//!
//! Each character is built byte by byte: what the damaged characters can stand for, and what may have
//! been lost between them. Promise: no character twice from the same bytes, and none that can't be.

use super::super::characters::Characters;
use super::super::table::{NONE, Silent, Table, Unit, Waits, bit, bytes, first_byte};
use super::{Arc, RARE};

/// A character that has begun.
#[derive(Clone, Copy)]
struct Begun {
    place: usize,
    /// The byte that waits, and whether it is lost already.
    pending: u8,
    lost: bool,
    /// The code point so far, the bytes to come, and the least code point of this length.
    code: u32,
    left: u8,
    least: u32,
    /// Bytes of it that are gone, and whether the first is.
    gone: u8,
    open: bool,
}

pub(super) struct Builder<'a> {
    table: &'a Table,
    /// The characters that leave nothing and are thought of all the same.
    silent: &'a Silent,
    damaged: &'a [char],
    /// Whether the text ends behind the last.
    ends: bool,
    pub(super) arcs: Vec<Arc>,
    waiting: Vec<Begun>,
    /// For each place, which bytes may wait there, and which may be lost to those.
    waits: Vec<Waits>,
    lost_to: Vec<u64>,
    /// The damaged character and the place of the node whose arcs are being made.
    from: usize,
    place: usize,
    step: usize,
    /// Where half of the bytes are gone: of all that is possible then, the common is thought of.
    characters: Option<&'static Characters>,
    common: Option<&'static Characters>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        table: &'a Table,
        silent: &'a Silent,
        damaged: &'a [char],
        ends: bool,
        step: usize,
        characters: Option<&'static Characters>,
    ) -> Self {
        Self {
            table,
            silent,
            damaged,
            ends,
            arcs: Vec::new(),
            waiting: Vec::new(),
            waits: Vec::new(),
            lost_to: Vec::new(),
            from: 0,
            place: 0,
            step,
            characters: characters.filter(|_| table.loses_half()),
            common: characters,
        }
    }

    /// Learns what may wait before each damaged character up to this one; behind the last, `end`.
    pub(super) fn wait(&mut self, to: usize, end: Waits) {
        for next in self.waits.len()..=to {
            let damaged = self.damaged.get(next);
            let waits = damaged.map_or(end, |&c| self.table.waits(c));
            self.waits.push(waits);
            let leads = self.table.inner().leads;
            self.lost_to
                .push(self.table.lost_before(waits.open & leads));
        }
    }

    /// Adds the arcs of one node.
    pub(super) fn node(&mut self, place: usize, pending: u8) {
        self.place = place;
        let place = place / self.step;
        let Some(&damaged) = self.damaged.get(place) else {
            if self.ends {
                self.nothing(pending, &self.silent.last);
            }
            return;
        };
        self.from = place;
        let units = self.table.units(damaged);
        for &unit in units {
            match unit {
                Unit::Single(byte) if self.free(pending, byte) => {
                    if byte < 0x80 {
                        self.arc(u32::from(byte), place + 1, NONE, false);
                    } else {
                        self.first_byte(place + 1, NONE, false, byte);
                    }
                }
                Unit::Pair(lead, trail) if pending == lead && trail < 0x80 => {
                    self.arc(u32::from(trail), place + 1, NONE, false);
                }
                Unit::Pair(lead, trail) => {
                    if pending == lead {
                        self.first_byte(place + 1, NONE, false, trail);
                    }
                    if self.free(pending, lead) {
                        self.first_byte(place, lead, false, lead);
                    }
                }
                Unit::Single(_) => {}
            }
        }
        let marked = self.table.mark().is_some();
        for &first in self.table.lost_firsts() {
            let paired = |unit: &Unit| matches!(*unit, Unit::Pair(lead, _) if lead == first);
            if !self.free(pending, first) {
            } else if !marked && !units.iter().any(paired) {
                self.first_byte(place, first, true, first);
            } else if self.table.mark() == Some(damaged) {
                self.first_byte(place + 1, first, true, first);
            }
        }
        self.rest();
        self.nothing(pending, &self.silent.within);
    }

    /// Characters that leave nothing, if their first byte is not read with the one that waits.
    fn nothing(&mut self, pending: u8, silent: &[char]) {
        if self.table.mark().is_some() || !self.may_idle() {
            return;
        }
        for &character in silent {
            if first_byte(character).is_some_and(|first| self.free(pending, first)) {
                self.arcs.push(Arc::new(character, self.place + 1, NONE));
            }
        }
    }

    /// Whether a character that uses up nothing may start here.
    fn may_idle(&self) -> bool {
        !(self.place + 1).is_multiple_of(self.step)
    }

    /// Whether what is pending is lost, or nothing is, when `byte` comes.
    fn free(&self, pending: u8, byte: u8) -> bool {
        match pending {
            NONE => true,
            1..=0x3f => self.table.pair(pending | 0x80, byte).is_none(),
            _ => self.table.mark().is_none() && self.table.pair(pending, byte).is_none(),
        }
    }

    fn first_byte(&mut self, place: usize, pending: u8, lost: bool, byte: u8) {
        let (code, left, least) = match byte {
            0xc2..=0xdf => (byte & 0x1f, 1, 0x80),
            0xe0..=0xef => (byte & 0x0f, 2, 0x800),
            0xf0..=0xf4 => (byte & 0x07, 3, 0x1_0000),
            _ => return,
        };
        self.waiting.push(Begun {
            place,
            pending,
            lost,
            code: u32::from(code),
            left,
            least,
            gone: u8::from(lost),
            open: lost,
        });
    }

    /// Goes on with every character that has been started.
    fn rest(&mut self) {
        while let Some(begun) = self.waiting.pop() {
            let Begun {
                place,
                pending,
                lost,
                ..
            } = begun;
            if pending == NONE {
                self.fresh(begun, u64::MAX);
                continue;
            }
            // The byte that waits finds its second half, or a byte that it can't go with.
            let next = self.damaged.get(place).filter(|_| !lost);
            for &unit in next.map_or(&[][..], |&c| self.table.units(c)) {
                if let Unit::Pair(lead, trail @ 0x80..=0xbf) = unit
                    && lead == pending
                {
                    self.byte(begun, place + 1, NONE, false, trail);
                }
            }
            if lost || self.table.mark().is_none() {
                let gone = if lost { begun.gone } else { begun.gone + 1 };
                let open = begun.open || pending >= 0xc0;
                self.fresh(
                    Begun {
                        gone,
                        open,
                        ..begun
                    },
                    self.table.unreadable(pending),
                );
            }
        }
    }

    /// One more byte, of this set, of a character that has begun, with nothing to pair it with.
    fn fresh(&mut self, begun: Begun, set: u64) {
        let place = begun.place;
        let table = self.table;
        let damaged = self.damaged.get(place).copied();
        let marked = damaged.is_some() && table.mark() == damaged;
        for &unit in damaged.map_or(&[][..], |damaged| table.units(damaged)) {
            if let Unit::Single(byte @ 0x80..=0xbf) = unit
                && set & bit(byte) != 0
            {
                self.byte(begun, place + 1, NONE, false, byte);
            }
        }
        let inner = table.inner();
        // What waits must find what it waits for, or go on to be lost.
        let goes_on = match begun.left {
            0 | 1 => 0,
            2 if table.mark().is_none() => {
                let lost_to = self.lost_to.get(place).copied().unwrap_or(0);
                let unread = place > self.from;
                lost_to | if unread { inner.before_unread } else { 0 }
            }
            _ => inner.open_ended,
        };
        let waits = |place: usize, of: fn(&Waits) -> u64| {
            let waits = self.waits.get(place).map_or(0, of);
            set & inner.leads & (waits | goes_on)
        };
        let (open, lost) = (
            waits(place, |waits| waits.open),
            waits(place + 1, |w| w.lost),
        );
        let mut open = self.thought_of(begun, begun.gone, open).0;
        if begun.left == 1 {
            open |= self.lost_at_last(begun, set & inner.before_lost & !open);
        }
        for byte in bytes(open) {
            self.byte(begun, place, byte, false, byte);
        }
        let gone = Begun {
            gone: begun.gone + 1,
            ..begun
        };
        if marked {
            for byte in bytes(lost) {
                self.byte(gone, place + 1, byte, true, byte);
            }
        }
        // What leaves nothing at all comes from `silent`.
        let leaves = table.mark().is_some() || begun.left > 1 || place > self.from;
        if leaves && (table.mark().is_none() || marked) {
            let to = place + usize::from(marked);
            let (common, rare) = self.thought_of(begun, gone.gone, set & inner.unread);
            for byte in bytes(common) {
                self.byte(gone, to, NONE, false, byte);
            }
            if rare && begun.left == 1 {
                self.arc(u32::from(RARE), to, NONE, false);
            }
        }
    }

    /// Of last bytes that wait for a character that is lost itself, at least its first byte, those that
    /// common characters have.
    fn lost_at_last(&mut self, begun: Begun, set: u64) -> u64 {
        if set == 0 || self.damaged.get(begun.place).is_none() {
            return 0;
        }
        let common = self
            .common
            .map_or(u64::MAX, |common| common.last(begun.code, 1));
        if let Some(rare) = bytes(set & !common).next() {
            self.arc(u32::from(RARE), begun.place, rare, false);
        }
        set & common
    }

    /// Of bytes that may come next in a character of which `gone` bytes are gone then, those that
    /// common characters have, and whether there are others.
    fn thought_of(&self, begun: Begun, gone: u8, set: u64) -> (u64, bool) {
        let Some(characters) = self.characters.filter(|_| gone > 0 && set != 0) else {
            return (set, false);
        };
        let common = match begun.left {
            1 => characters.last(begun.code, gone),
            2 if gone > 1 => characters.middle(begun.code),
            _ => u64::MAX,
        };
        // Where only rare ones begin so, all are thought of.
        let common = if common & set == 0 && !begun.open {
            set
        } else {
            common & set
        };
        (common, common != set)
    }

    /// One more byte of a character that has begun, and where that leads.
    fn byte(&mut self, begun: Begun, place: usize, pending: u8, lost: bool, byte: u8) {
        let code = begun.code << 6 | u32::from(byte & 0x3f);
        if begun.left > 1 {
            self.waiting.push(Begun {
                place,
                pending,
                lost,
                code,
                left: begun.left - 1,
                ..begun
            });
        } else if code >= begun.least {
            self.arc(code, place, pending, lost);
        }
    }

    fn arc(&mut self, code: u32, to: usize, pending: u8, lost: bool) {
        let idle = to == self.from;
        if idle && !self.may_idle() {
            return;
        }
        let waits = self.waits.get(to);
        let before = self.table.inner().before_any_lost;
        let has = |set: u64| set >> (pending & 0x3f) & 1 == 1;
        // What is dropped in any case need not be told apart.
        let pending = match (pending, lost) {
            (NONE, _) => NONE,
            (_, false) if self.table.mark().is_some() => {
                if !waits.is_some_and(|waits| has(waits.open)) {
                    return;
                }
                pending
            }
            _ if has(waits.map_or(u64::MAX, |waits| waits.dropped) & before) => NONE,
            (_, true) => pending & 0x3f,
            _ => match bytes(before & !waits.map_or(u64::MAX, |waits| waits.open)).next() {
                // Lost to what is lost itself, or not at all: they need not be told apart.
                Some(same) if has(before) && !waits.is_some_and(|waits| has(waits.open)) => same,
                _ => pending,
            },
        };
        if idle && pending == NONE {
            return;
        }
        let place = if idle { self.place + 1 } else { to * self.step };
        if let Some(character) = char::from_u32(code) {
            self.arcs.push(Arc::new(character, place, pending));
        }
    }
}
