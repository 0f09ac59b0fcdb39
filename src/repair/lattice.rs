//! Every text that could have become what we hold. In: a stretch of damaged characters. Out: a
//! lattice whose paths are exactly its preimages under the channel.
//!
//! A node is a place between two damaged characters together with the byte that waits there for
//! its second half; an arc is one character of readable text. Under most channels each arc uses up
//! at least one damaged character. Where a character may leave nothing, or no more than a byte that
//! waits, there are [`STEPS`] places to each damaged character, and such an arc leads to the next of
//! them: so the lattice is finite all the same, without the rare texts that leave less. Behind the last
//! one as well: a line's `。` may leave nothing. Promise:
//! time and size grow with the length of the stretch alone, and each arc lies on a path from its
//! start to its end.

mod narrow;
mod pairs;
#[cfg(test)]
mod tests;
mod utf8;

pub(crate) use pairs::Pairs;

use std::ops::Range;

use super::characters::Characters;
use super::model::letter;
use super::table::{NONE, Silent, Table, Waits};
use utf8::Builder;

/// Places to a damaged character, where characters may leave nothing.
const STEPS: usize = 3;

/// Stands for all characters that are not thought of and lead where it does.
const RARE: char = '\u{10ffff}';

/// One candidate: a character, and the node after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arc {
    pub(crate) character: char,
    /// Its letter in the map of words.
    pub(crate) letter: u16,
    /// The place after it.
    pub(crate) to: usize,
    /// The byte that waits then; less 0x80 if it is lost and its mark stands there already.
    pub(crate) pending: u8,
}

impl Arc {
    fn new(character: char, to: usize, pending: u8) -> Self {
        Self {
            character,
            letter: letter(character),
            to,
            pending,
        }
    }
}

/// A node: the byte that waits, and its arcs, in the order of their letters.
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
    /// The last place that the preimages reach, and the first that they may end at.
    reach: usize,
    end: usize,
    /// Places to a damaged character.
    step: usize,
    /// How many damaged characters the preimages account for, and sound ones come after them.
    length: usize,
    following: usize,
    /// Whether about half of the bytes are gone.
    half_gone: bool,
    /// For each place, the one character that starts there in every preimage, if there is one.
    exact: Vec<Option<char>>,
}

impl Lattice {
    /// All preimages of the longest beginning of `damaged` that has any, starting with `pending`.
    /// A byte that waits at the end may be any, unless the text `ends` there and unreadable bytes
    /// leave marks. Of the characters that leave nothing at all only those in `silent` count, and
    /// where half of all bytes are gone, of others the common ones, if it is said which those are.
    pub(crate) fn new(
        table: &Table,
        silent: &Silent,
        damaged: &[char],
        pending: u8,
        ends: bool,
        characters: Option<&'static Characters>,
    ) -> Self {
        let end = Waits {
            open: if ends && table.mark().is_some() {
                0
            } else {
                u64::MAX
            },
            lost: u64::MAX,
            dropped: if ends {
                table.lost_to(silent)
            } else {
                u64::MAX
            },
        };
        let step = if table.loses_characters() { STEPS } else { 1 };
        let mut build = Builder::new(table, silent, damaged, ends, step, characters);
        let mut lattice = Self::build(damaged.len(), step, pending, |place, pending, arcs| {
            build.wait(place / step + LONGEST, end);
            build.node(place, pending);
            arcs.append(&mut build.arcs);
        });
        lattice.half_gone = table.loses_half();
        lattice
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
        let mut seen: Vec<[u64; 4]> = Vec::new();
        let mut places = Vec::new();
        let mut reach = 0;
        // The nodes of the same damaged character that came before, with their arcs.
        let mut before: Vec<(u8, Range<usize>)> = Vec::new();
        for place in 0..(length + 1) * step {
            let mut nodes = Vec::new();
            if place.is_multiple_of(step) {
                before.clear();
            }
            pendings.resize(place + (LONGEST + 1) * step, Vec::new());
            seen.resize(pendings.len(), [0; 4]);
            for pending in std::mem::take(&mut pendings[place]) {
                reach = place;
                let first = arcs.len();
                match before.iter().find(|before| before.0 == pending) {
                    Some((_, range)) => again(&mut arcs, range.clone(), place, step),
                    None => node(place, pending, &mut arcs),
                }
                before.push((pending, first..arcs.len()));
                for arc in &arcs[first..] {
                    let (word, mask) = bit(arc.pending);
                    if seen[arc.to][word] & mask == 0 {
                        seen[arc.to][word] |= mask;
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
        let end = reach - reach % step;
        if end < length * step {
            reach = end;
        }
        places.truncate(reach + 1);
        let mut lattice = Self {
            places,
            arcs,
            reach,
            end,
            step,
            length: reach / step,
            following: 0,
            half_gone: false,
            exact: Vec::new(),
        };
        lattice.drop_dead_ends();
        lattice.exact = lattice.certain();
        lattice
    }

    /// The one path of a text that stays as it is.
    pub(crate) fn clean(text: &[char]) -> Self {
        let mut lattice = Self {
            places: vec![vec![Node {
                pending: NONE,
                first: 0,
                last: 0,
            }]],
            arcs: Vec::new(),
            reach: 0,
            end: 0,
            step: 1,
            length: 0,
            following: 0,
            half_gone: false,
            exact: Vec::new(),
        };
        lattice.goes_on_with(text);
        lattice.following = 0;
        lattice
    }

    /// Lets sound text follow: what a stretch ends with is told by the words after it, too.
    pub(crate) fn goes_on_with(&mut self, sound: &[char]) {
        let Some(&first) = sound.first() else {
            return;
        };
        let last = self.reach;
        let on = Arc::new(first, last + 1, NONE);
        for node in self.places[self.end..].iter_mut().flatten() {
            let from = self.arcs.len();
            self.arcs.extend_from_within(node.first..node.last);
            self.arcs.push(on);
            self.arcs[from..].sort_by_key(|arc| arc.letter);
            (node.first, node.last) = (from, self.arcs.len());
        }
        for (place, &character) in (last + 1..).zip(&sound[1..]) {
            let first = self.arcs.len();
            self.arcs.push(Arc::new(character, place + 1, NONE));
            self.places.push(vec![Node {
                pending: NONE,
                first,
                last: first + 1,
            }]);
        }
        self.places.push(vec![Node {
            pending: NONE,
            first: 0,
            last: 0,
        }]);
        self.reach += sound.len();
        self.end = self.reach;
        self.following = sound.len();
    }

    /// How many sound characters come after the preimages.
    pub(crate) fn following(&self) -> usize {
        self.following
    }

    /// Whether about half of the bytes are gone, so that much of what is near is wrong, too.
    pub(crate) fn is_half_gone(&self) -> bool {
        self.half_gone
    }

    /// Takes out the arcs that lead nowhere.
    fn drop_dead_ends(&mut self) {
        let mut alive: Vec<[u64; 4]> = vec![[0; 4]; self.reach + 1];
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
                if kept > node.first || place >= self.end {
                    let (word, mask) = bit(node.pending);
                    alive[place][word] |= mask;
                }
            }
        }
        for nodes in &mut self.places[..self.end] {
            nodes.retain(|node| node.last > node.first);
        }
    }

    /// The last place that the preimages reach.
    pub(crate) fn reach(&self) -> usize {
        self.reach
    }

    /// The first place that the preimages may end at.
    pub(crate) fn end(&self) -> usize {
        self.end
    }

    /// How many damaged characters are used up at a place.
    pub(crate) fn used(&self, place: usize) -> usize {
        place / self.step
    }

    /// How many damaged characters the preimages account for.
    pub(crate) fn length(&self) -> usize {
        self.length
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
    pub(crate) fn exact(&self) -> &[Option<char>] {
        &self.exact
    }

    fn certain(&self) -> Vec<Option<char>> {
        let mut exact = vec![None; self.reach];
        // How many places on, at most, a character that started earlier ends.
        let mut covered = 0;
        for (place, nodes) in self.places.iter().take(self.end).enumerate() {
            let mut arcs = nodes
                .iter()
                .flat_map(|node| &self.arcs[node.first..node.last]);
            if covered <= place {
                exact[place] = arcs.clone().next().map(|arc| arc.character);
                let other =
                    |arc: &Arc| arc.character == RARE || Some(arc.character) != exact[place];
                if arcs.clone().any(other) {
                    exact[place] = None;
                }
            }
            covered = covered.max(arcs.by_ref().map(|arc| arc.to).max().unwrap_or(0));
        }
        exact
    }
}

/// Where a byte is in a set of bytes.
fn bit(byte: u8) -> (usize, u64) {
    (usize::from(byte >> 6), 1 << (byte & 63))
}

/// The arcs of a node once more, for the next place to the same damaged character.
fn again(arcs: &mut Vec<Arc>, same: Range<usize>, place: usize, step: usize) {
    let next = place + 1;
    for at in same {
        let arc = arcs[at];
        if arc.to / step != place / step {
            arcs.push(arc);
        } else if !next.is_multiple_of(step) {
            arcs.push(Arc { to: next, ..arc });
        }
    }
}

/// Damaged characters that one character can use up, at most.
const LONGEST: usize = 4;
