//! Every text that could have become what we hold. In: a stretch of damaged characters. Out: a
//! lattice whose paths are exactly its preimages under the channel.
//!
//! A node is a place between two damaged characters together with the byte that waits there for
//! its second half; an arc is one character of readable text. Under most channels each arc uses up
//! at least one damaged character. Where a character may leave nothing, or no more than a byte that
//! waits, there are [`STEPS`] places to each damaged character, and such an arc leads to the next of
//! them: so the lattice is finite all the same, without the rare texts that leave less. Promise:
//! time and size grow with the length of the stretch alone, and each arc lies on a path from its
//! start to its end.

mod pairs;

pub(crate) use pairs::Pairs;

use super::table::{NONE, Table, Unit, Waits};

/// Places to a damaged character, where characters may leave nothing.
const STEPS: usize = 3;

/// One candidate: a character, and the node after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arc {
    pub(crate) character: char,
    /// The place after it.
    pub(crate) to: usize,
    /// The byte that waits then; less 0x80 if it is lost and its mark stands there already.
    pub(crate) pending: u8,
}

/// A node: the byte that waits, and its arcs.
#[derive(Debug, Clone, Copy)]
struct Node {
    pending: u8,
    first: usize,
    last: usize,
}

/// The lattice over one stretch.
#[derive(Debug)]
pub(crate) struct Lattice {
    /// Nodes by place.
    places: Vec<Vec<Node>>,
    arcs: Vec<Arc>,
    /// The last place that the preimages reach.
    reach: usize,
    /// Places to a damaged character.
    step: usize,
}

impl Lattice {
    /// All preimages of the longest beginning of `damaged` that has any, starting with `pending`.
    /// A byte that waits at the end may be any, unless the text `ends` there and unreadable bytes
    /// leave marks. Of the characters that leave nothing at all only those in `silent` count.
    pub(crate) fn new(
        table: &Table,
        silent: &[char],
        damaged: &[char],
        pending: u8,
        ends: bool,
    ) -> Self {
        let end = Waits {
            open: if ends && table.mark().is_some() {
                0
            } else {
                u64::MAX
            },
            lost: u64::MAX,
            dropped: u64::MAX,
        };
        let step = if table.loses_characters() { STEPS } else { 1 };
        let mut build = Builder {
            table,
            silent,
            damaged,
            arcs: Vec::new(),
            waiting: Vec::new(),
            waits: Vec::new(),
            from: 0,
            place: 0,
            step,
        };
        Self::build(damaged.len(), step, pending, |place, pending, arcs| {
            for next in build.waits.len()..=place / step + LONGEST {
                let waits = damaged.get(next).map_or(end, |&c| table.waits(c));
                build.waits.push(waits);
            }
            build.node(place, pending);
            arcs.append(&mut build.arcs);
        })
    }

    /// A lattice over so many damaged characters, from the arcs of each node.
    fn build(
        length: usize,
        step: usize,
        pending: u8,
        mut node: impl FnMut(usize, u8, &mut Vec<Arc>),
    ) -> Self {
        let mut arcs: Vec<Arc> = Vec::new();
        let mut pendings: Vec<Vec<u8>> = vec![vec![pending]];
        let mut places = Vec::new();
        let mut reach = 0;
        for place in 0..=length * step {
            let mut nodes = Vec::new();
            pendings.resize(place + (LONGEST + 1) * step, Vec::new());
            for pending in std::mem::take(&mut pendings[place]) {
                reach = place;
                let first = arcs.len();
                node(place, pending, &mut arcs);
                for arc in &arcs[first..] {
                    if !pendings[arc.to].contains(&arc.pending) {
                        pendings[arc.to].push(arc.pending);
                    }
                }
                let last = arcs.len();
                nodes.push(Node {
                    pending,
                    first,
                    last,
                });
            }
            places.push(nodes);
            if place > reach + LONGEST * step {
                break;
            }
        }
        reach -= reach % step;
        places.truncate(reach + 1);
        let mut lattice = Self {
            places,
            arcs,
            reach,
            step,
        };
        lattice.drop_dead_ends();
        lattice
    }

    /// The one path of a text that stays as it is.
    pub(crate) fn clean(text: &[char]) -> Self {
        let place = |at| Node {
            pending: NONE,
            first: at,
            last: (at + 1).min(text.len()),
        };
        Self {
            places: (0..=text.len()).map(|at| vec![place(at)]).collect(),
            arcs: text
                .iter()
                .enumerate()
                .map(|(at, &character)| Arc {
                    character,
                    to: at + 1,
                    pending: NONE,
                })
                .collect(),
            reach: text.len(),
            step: 1,
        }
    }

    /// Takes out the arcs that lead nowhere.
    fn drop_dead_ends(&mut self) {
        let mut alive: Vec<[u64; 4]> = vec![[0; 4]; self.reach + 1];
        let bit = |pending: u8| (usize::from(pending >> 6), 1_u64 << (pending & 63));
        for place in (0..=self.reach).rev() {
            for node in &mut self.places[place] {
                let mut kept = node.first;
                for at in node.first..node.last {
                    let arc = self.arcs[at];
                    let (word, mask) = bit(arc.pending);
                    if arc.to <= self.reach && alive[arc.to][word] & mask != 0 {
                        self.arcs[kept] = arc;
                        kept += 1;
                    }
                }
                node.last = kept;
                if kept > node.first || place == self.reach {
                    let (word, mask) = bit(node.pending);
                    alive[place][word] |= mask;
                }
            }
        }
        for nodes in &mut self.places[..self.reach] {
            nodes.retain(|node| node.last > node.first);
        }
    }

    /// The last place that the preimages reach.
    pub(crate) fn reach(&self) -> usize {
        self.reach
    }

    /// How many damaged characters are used up at a place.
    pub(crate) fn used(&self, place: usize) -> usize {
        place / self.step
    }

    /// How many damaged characters the preimages account for.
    pub(crate) fn length(&self) -> usize {
        self.used(self.reach)
    }

    /// The candidates at a node.
    pub(crate) fn arcs(&self, place: usize, pending: u8) -> &[Arc] {
        self.places
            .get(place)
            .and_then(|nodes| nodes.iter().find(|node| node.pending == pending))
            .and_then(|node| self.arcs.get(node.first..node.last))
            .unwrap_or(&[])
    }

    /// For each place, the one character that starts there in every preimage, if there is one.
    pub(crate) fn exact(&self) -> Vec<Option<char>> {
        let mut exact = vec![None; self.reach];
        // How many places on, at most, a character that started earlier ends.
        let mut covered = 0;
        for (place, nodes) in self.places.iter().take(self.reach).enumerate() {
            let mut arcs = nodes
                .iter()
                .flat_map(|node| &self.arcs[node.first..node.last]);
            if covered <= place {
                exact[place] = arcs.clone().next().map(|arc| arc.character);
                if arcs.clone().any(|arc| Some(arc.character) != exact[place]) {
                    exact[place] = None;
                }
            }
            covered = covered.max(arcs.by_ref().map(|arc| arc.to).max().unwrap_or(0));
        }
        exact
    }
}

/// Damaged characters that one character can use up, at most.
const LONGEST: usize = 4;

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
}

struct Builder<'a> {
    table: &'a Table,
    /// The characters that leave nothing and are thought of all the same.
    silent: &'a [char],
    damaged: &'a [char],
    arcs: Vec<Arc>,
    waiting: Vec<Begun>,
    /// For each place, which bytes may wait there.
    waits: Vec<Waits>,
    /// The damaged character and the place of the node whose arcs are being made.
    from: usize,
    place: usize,
    step: usize,
}

impl Builder<'_> {
    /// Adds the arcs of one node.
    fn node(&mut self, place: usize, pending: u8) {
        self.place = place;
        let place = place / self.step;
        let Some(&damaged) = self.damaged.get(place) else {
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
        if pending == NONE && self.may_idle() {
            for &character in self.silent {
                self.arcs.push(Arc {
                    character,
                    to: self.place + 1,
                    pending: NONE,
                });
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
                for byte in 0x80..=0xbf {
                    self.fresh(begun, byte);
                }
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
                for &trail in self.table.unreadable(pending) {
                    self.fresh(begun, trail);
                }
            }
        }
    }

    /// One more byte of a character that has begun, with nothing to pair it with.
    fn fresh(&mut self, begun: Begun, byte: u8) {
        let place = begun.place;
        let damaged = self.damaged.get(place).copied();
        let marked = damaged.is_some() && self.table.mark() == damaged;
        if let Some(read) = self.table.single(byte) {
            if damaged == Some(read) {
                self.byte(begun, place + 1, NONE, false, byte);
            }
        } else if self.table.leads(byte) {
            self.byte(begun, place, byte, false, byte);
            if marked {
                self.byte(begun, place + 1, byte, true, byte);
            }
        } else if self.table.mark().is_none() {
            // What leaves nothing at all comes from `silent`.
            if begun.left > 1 || place > self.from {
                self.byte(begun, place, NONE, false, byte);
            }
        } else if marked {
            self.byte(begun, place + 1, NONE, false, byte);
        }
    }

    /// One more byte of a character that has begun, and where that leads.
    fn byte(&mut self, begun: Begun, place: usize, pending: u8, lost: bool, byte: u8) {
        if pending != NONE {
            let may_wait = self.waits.get(place).is_some_and(|waits| {
                let set = if lost { waits.lost } else { waits.open };
                set >> (pending & 0x3f) & 1 == 1
            });
            let goes_on = begun.left > 1 && !self.table.unreadable(pending).is_empty();
            if !may_wait && !goes_on {
                return;
            }
        }
        let code = begun.code << 6 | u32::from(byte & 0x3f);
        if begun.left > 1 {
            self.waiting.push(Begun {
                place,
                pending,
                lost,
                code,
                left: begun.left - 1,
                least: begun.least,
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
            _ if waits.is_none_or(|waits| has(waits.dropped)) => NONE,
            (_, true) => pending & 0x3f,
            (_, false) => pending,
        };
        if idle && pending == NONE {
            return;
        }
        let place = if idle { self.place + 1 } else { to * self.step };
        if let Some(character) = char::from_u32(code) {
            self.arcs.push(Arc {
                character,
                to: place,
                pending,
            });
        }
    }
}
