//! The most probable preimage. In: a lattice, the word model, the context before. Out: the best
//! text with, for every character, where it starts and how probable it is.
//!
//! A beam over states (place, waiting byte, context of the model). Edges are words: paths of arcs
//! that the map of words knows, and single characters. States that agree in everything that
//! matters from here on are merged; their probabilities are summed, so that running backward over
//! the same states gives posteriors. The best state for each waiting byte is always kept, because
//! what waits decides what can come next.

mod backward;
mod words;

use super::classes::{Open, Token};
use super::lattice::Lattice;
use super::model::{Context, Model, Run};
use words::{How, Step, Word};

/// States kept at each place, besides the best for each waiting byte.
const BEAM: usize = 14;
/// States this much worse (in nats) than the best of their place are dropped.
const MARGIN: f32 = 13.0;
/// One character of the best text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) character: char,
    /// Where it starts, in damaged characters.
    pub(crate) place: usize,
    pub(crate) probability: f64,
    /// The other candidates that start there, best first.
    pub(crate) others: Vec<(char, f64)>,
}

/// What the search came to.
#[derive(Debug)]
pub(crate) struct Best {
    pub(crate) found: Vec<Found>,
    /// For each word: how many characters come before it, and the state there.
    pub(crate) words: Vec<(usize, Entry)>,
    /// Cost in nats of the best text.
    pub(crate) cost: f32,
}

/// Where a search starts: the byte that waits, and what came before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) pending: u8,
    pub(crate) context: Context,
    /// The last character was a digit or a letter.
    pub(crate) inside: Option<Run>,
    /// The brackets that are open.
    pub(crate) open: Open,
}

/// A state that has been kept.
struct State {
    entry: Entry,
    /// Cost of the best way here, and minus the log of the sum over all ways.
    best: f32,
    all: f32,
    /// The incoming edges, best first.
    edges: std::ops::Range<usize>,
}

/// An edge that ends in a kept state.
struct Edge {
    from: usize,
    cost: f32,
    word: usize,
}

/// An edge on its way to a state that does not exist yet.
struct Arrival {
    edge: Edge,
    entry: Entry,
    best: f32,
    all: f32,
}

struct Search<'a> {
    model: &'a Model<'a>,
    lattice: &'a Lattice,
    states: Vec<State>,
    edges: Vec<Edge>,
    words: Vec<Word>,
    /// The characters of the words, each with the place where it starts.
    letters: Vec<(char, usize)>,
    /// Where the words of a node are being read: what leads on, and the characters so far.
    steps: Vec<Step>,
    path: Vec<(char, usize)>,
    arrivals: Vec<Vec<Arrival>>,
    /// For each place, the cost of the best that has arrived there.
    floors: Vec<f32>,
}

/// Searches the whole lattice. `ends` says that the line ends where the lattice does.
pub(crate) fn search(model: &Model, lattice: &Lattice, start: Entry, ends: bool) -> Option<Best> {
    let mut search = Search {
        model,
        lattice,
        states: Vec::new(),
        edges: Vec::new(),
        words: Vec::new(),
        letters: Vec::new(),
        steps: Vec::new(),
        path: Vec::new(),
        arrivals: Vec::new(),
        floors: vec![f32::INFINITY; lattice.reach() + 1],
    };
    search.arrivals.resize_with(lattice.reach() + 1, Vec::new);
    search.states.push(State {
        entry: start,
        best: 0.0,
        all: 0.0,
        edges: 0..0,
    });
    let mut here = 0..1;
    for place in 0..=lattice.reach() {
        if place > 0 {
            here = search.settle(place);
        }
        if place < lattice.reach() {
            search.leave(place, here.clone());
        }
    }
    search.result(here, ends)
}

impl Search<'_> {
    /// Merges what has arrived at a place and keeps the best of it.
    fn settle(&mut self, place: usize) -> std::ops::Range<usize> {
        let mut arrivals = std::mem::take(&mut self.arrivals[place]);
        arrivals.sort_by(|a, b| {
            key(&a.entry)
                .cmp(&key(&b.entry))
                .then(a.best.total_cmp(&b.best))
        });
        let mut merged: Vec<(f32, std::ops::Range<usize>)> = Vec::new();
        let mut first = 0;
        for at in 1..=arrivals.len() {
            let same = arrivals
                .get(at)
                .is_some_and(|next| key(&next.entry) == key(&arrivals[first].entry));
            if !same {
                merged.push((arrivals[first].best, first..at));
                first = at;
            }
        }
        merged.sort_by(|a, b| a.0.total_cmp(&b.0));
        let from = self.states.len();
        let limit = merged.first().map_or(0.0, |best| best.0) + MARGIN;
        let mut seen = Bytes::default();
        let mut kept = 0;
        for (best, range) in merged {
            if best > limit {
                break;
            }
            let entry = arrivals[range.start].entry;
            if !seen.insert(entry.pending) && kept >= BEAM {
                continue;
            }
            kept += 1;
            let first = self.edges.len();
            let mut all = f32::INFINITY;
            for arrival in &mut arrivals[range] {
                all = sum(all, arrival.all);
                self.edges.push(Edge { ..arrival.edge });
            }
            let edges = first..self.edges.len();
            self.states.push(State {
                entry,
                best,
                all,
                edges,
            });
        }
        from..self.states.len()
    }

    /// Sends every word that starts at a place to where it ends.
    fn leave(&mut self, place: usize, here: std::ops::Range<usize>) {
        let mut seen = Bytes::default();
        for at in here.clone() {
            let State {
                ref entry, best, ..
            } = self.states[at];
            let pending = entry.pending;
            if !seen.insert(pending) {
                continue;
            }
            // States come best first.
            let words = self.words_from(place, pending, best);
            for state in at..here.end {
                if self.states[state].entry.pending == pending {
                    for word in words.clone() {
                        self.send(state, word);
                    }
                }
            }
        }
    }

    fn send(&mut self, from: usize, word: usize) {
        let state = &self.states[from];
        let Word {
            first,
            to,
            pending,
            token,
            ref how,
            term,
            last,
            form,
        } = self.words[word];
        // Nothing costs less than nothing.
        if state.best > self.floors[to] + MARGIN {
            return;
        }
        let entry = &state.entry;
        let (mut cost, step, inside, open) = match how {
            &How::Whole(alone) => {
                let (cost, seen) = self.model.cost(&entry.context, token, alone);
                (cost, Some((token, seen)), None, entry.open)
            }
            How::Single(single) => {
                let (cost, step) = self.model.mark(&entry.context, single, entry.inside);
                let (pairing, open) = entry.open.after(self.letters[first].0);
                (cost + pairing, step, single.run, open)
            }
            How::Term => {
                let letters = &self.letters[first..last];
                let open = letters.iter().fold(entry.open, |o, l| o.after(l.0).1);
                (f32::INFINITY, Some((token, true)), None, open)
            }
        };
        cost = term.map_or(cost, |term| term.min(cost)) + form;
        let (best, all) = (state.best + cost, state.all + cost);
        // The margin of the place it goes to, as far as it is known: most edges end here.
        if best > self.floors[to] + MARGIN {
            return;
        }
        self.floors[to] = self.floors[to].min(best);
        let context = step.map_or(entry.context, |(token, seen)| {
            self.model.after(&entry.context, token, seen)
        });
        self.arrivals[to].push(Arrival {
            edge: Edge { from, cost, word },
            entry: Entry {
                pending,
                context,
                inside,
                open,
            },
            best,
            all,
        });
    }
}

/// A set of bytes.
#[derive(Default)]
struct Bytes([u64; 4]);

impl Bytes {
    /// Puts one in; says whether it is new.
    fn insert(&mut self, byte: u8) -> bool {
        let (word, bit) = (usize::from(byte >> 6), 1 << (byte & 63));
        let new = self.0[word] & bit == 0;
        self.0[word] |= bit;
        new
    }
}

/// What makes two states the same from here on.
fn key(entry: &Entry) -> (u8, Token, u64, Option<Run>, Open) {
    (
        entry.pending,
        entry.context.last,
        entry.context.pair,
        entry.inside,
        entry.open,
    )
}

/// Cost of the sum of two probabilities.
fn sum(a: f32, b: f32) -> f32 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if high.is_infinite() || high - low > 16.0 {
        return low;
    }
    low - (low - high).exp().ln_1p()
}
