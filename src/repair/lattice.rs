//! Every text that could have become what we hold. In: a stretch of damaged characters. Out: a
//! lattice whose paths are exactly its preimages under the channel.
//!
//! A node is a place between two damaged characters together with the byte that waits there for
//! its second half; an arc is one character of readable text. Each arc uses up at least one
//! damaged character, so the lattice is finite. Promise: time and size grow with the length of
//! the stretch alone, and each arc lies on a path from its start to its end.

use super::channel::{NONE, Table, Unit};

/// One candidate: a character, and the node after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arc {
    pub(crate) character: char,
    /// How many damaged characters are used up after it.
    pub(crate) to: usize,
    /// The byte that waits then.
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
    /// How far the preimages reach: equal to the stretch's length if all of it has one.
    reach: usize,
}

impl Lattice {
    /// All preimages of the longest beginning of `damaged` that has any, starting with `pending`.
    /// A byte that waits at the end may be any.
    pub(crate) fn new(table: &Table, damaged: &[char], pending: u8) -> Self {
        let mut build = Builder {
            table,
            damaged,
            arcs: Vec::new(),
            waiting: Vec::new(),
            last_bytes: Vec::new(),
        };
        let mut pendings: Vec<Vec<u8>> = vec![vec![pending]];
        let mut places = Vec::new();
        let mut reach = 0;
        for place in 0..=damaged.len() {
            let mut nodes = Vec::new();
            pendings.resize(place + LONGEST + 1, Vec::new());
            for next in build.last_bytes.len()..=place + LONGEST {
                let set = damaged.get(next).map_or(u64::MAX, |&c| table.last_bytes(c));
                build.last_bytes.push(set);
            }
            for pending in std::mem::take(&mut pendings[place]) {
                reach = place;
                let first = build.arcs.len();
                build.node(place, pending);
                for arc in &build.arcs[first..] {
                    if !pendings[arc.to].contains(&arc.pending) {
                        pendings[arc.to].push(arc.pending);
                    }
                }
                let last = build.arcs.len();
                nodes.push(Node {
                    pending,
                    first,
                    last,
                });
            }
            places.push(nodes);
            if place > reach + LONGEST {
                break;
            }
        }
        places.truncate(reach + 1);
        let mut lattice = Self {
            places,
            arcs: build.arcs,
            reach,
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

    /// How many damaged characters the preimages account for.
    pub(crate) fn reach(&self) -> usize {
        self.reach
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

type Begun = (usize, u8, u32, u8, u32);

struct Builder<'a> {
    table: &'a Table,
    damaged: &'a [char],
    arcs: Vec<Arc>,
    /// Characters begun: place, what waits, code point so far, bytes to come, least code point.
    waiting: Vec<Begun>,
    /// For each place, which bytes 0x80–0xBF may wait there.
    last_bytes: Vec<u64>,
}

impl Builder<'_> {
    /// Adds the arcs of one node.
    fn node(&mut self, place: usize, pending: u8) {
        let Some(&damaged) = self.damaged.get(place) else {
            return;
        };
        for &unit in self.table.units(damaged) {
            match unit {
                Unit::Single(byte) if self.free(pending, byte) => {
                    self.arc(u32::from(byte), place + 1, NONE);
                }
                Unit::Pair(lead, trail) if pending == lead && trail < 0x80 => {
                    self.arc(u32::from(trail), place + 1, NONE);
                }
                Unit::Pair(lead, trail) => {
                    if pending == lead {
                        self.first_byte(place + 1, NONE, trail);
                    }
                    if self.free(pending, lead) {
                        self.first_byte(place, lead, lead);
                    }
                }
                Unit::Single(_) => {}
            }
        }
        self.rest();
    }

    /// Whether what is pending is dropped, or nothing is, when `byte` comes.
    fn free(&self, pending: u8, byte: u8) -> bool {
        pending == NONE || self.table.pair(pending, byte).is_none()
    }

    fn first_byte(&mut self, place: usize, pending: u8, byte: u8) {
        let (code, left, least) = match byte {
            0xc2..=0xdf => (byte & 0x1f, 1, 0x80),
            0xe0..=0xef => (byte & 0x0f, 2, 0x800),
            0xf0..=0xf4 => (byte & 0x07, 3, 0x1_0000),
            _ => return,
        };
        self.waiting
            .push((place, pending, u32::from(code), left, least));
    }

    /// Goes on with every character that has been started.
    fn rest(&mut self) {
        while let Some(begun) = self.waiting.pop() {
            let (place, pending, ..) = begun;
            if pending == NONE {
                self.byte(begun, place, NONE, 0x80);
                for byte in 0x81..=0xbf {
                    self.byte(begun, place, byte, byte);
                }
                continue;
            }
            // The byte that waits finds its second half, or a byte that it can't go with.
            for &unit in self
                .damaged
                .get(place)
                .map_or(&[][..], |&c| self.table.units(c))
            {
                if let Unit::Pair(lead, trail @ 0x80..=0xbf) = unit
                    && lead == pending
                {
                    self.byte(begun, place + 1, NONE, trail);
                }
            }
            for &trail in self.table.unreadable(pending) {
                self.byte(begun, place, trail, trail);
            }
        }
    }

    /// One more byte of a character that has begun.
    fn byte(&mut self, begun: Begun, place: usize, pending: u8, byte: u8) {
        let (_, _, code, left, least) = begun;
        // A lone 0x80 is dropped, so that nothing waits.
        let pending = if pending == 0x80 { NONE } else { pending };
        let may_wait = pending == NONE
            || self
                .last_bytes
                .get(place)
                .is_some_and(|set| set >> (pending & 0x3f) & 1 == 1)
            || (left > 1 && !self.table.unreadable(pending).is_empty());
        if !may_wait {
            return;
        }
        let code = code << 6 | u32::from(byte & 0x3f);
        if left > 1 {
            self.waiting.push((place, pending, code, left - 1, least));
        } else if code >= least {
            self.arc(code, place, pending);
        }
    }

    fn arc(&mut self, code: u32, to: usize, pending: u8) {
        // What is dropped in any case need not be told apart.
        let dropped = self
            .damaged
            .get(to)
            .map_or(u64::MAX, |&next| self.table.dropped_before(next));
        let pending = if dropped >> (pending & 0x3f) & 1 == 1 {
            NONE
        } else {
            pending
        };
        if let Some(character) = char::from_u32(code) {
            self.arcs.push(Arc {
                character,
                to,
                pending,
            });
        }
    }
}
