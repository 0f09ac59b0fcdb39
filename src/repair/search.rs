//! The most probable preimage. In: a lattice, the word model, the context before. Out: the best
//! text with, for every character, where it starts and how probable it is.
//!
//! A beam over states (place, waiting byte, context of the model). Edges are words: paths of arcs
//! that the map of words knows, and single characters. States that agree in everything that
//! matters from here on are merged; their probabilities are summed, so that running backward over
//! the same states gives posteriors, and the text is read off these. The best state for each waiting
//! byte is always kept, because what waits decides what can come next.

mod backward;
mod likeliest;
mod words;

use std::ops::Range;

use super::classes::{Open, Token};
use super::lattice::Lattice;
use super::model::{Context, Model, Run};
use words::{How, Step, Word};

/// States kept at each place, besides the best for each waiting byte.
const BEAM: usize = 8;
/// States this much worse (in nats) than the best of their place are dropped.
const MARGIN: f32 = 9.0;
/// The same of those that are kept for their waiting byte alone.
const SPARE: f32 = 6.0;

/// How much of a nat counts in the sum over all texts where half of the bytes are gone. What a character
/// is judged by is then often wrong itself, and the sums would be too sure: this makes them about as sure
/// as they are right (temperature scaling: Guo et al. 2017). `mingwen evaluate` shows it for any text.
const HALF_GONE: f32 = 0.75;

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

/// What ends where the lattice does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ends {
    /// Nothing: the text goes on.
    Nothing,
    /// What was damaged; sound text follows.
    Stretch,
    /// The line.
    Line,
}

impl Ends {
    /// What is so if the damaged stretch ends, and the line with it.
    pub(crate) fn of(stretch: bool, line: bool) -> Self {
        match (stretch, line) {
            (true, true) => Self::Line,
            (true, false) => Self::Stretch,
            _ => Self::Nothing,
        }
    }
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
    edges: Range<usize>,
}

/// An edge that ends in a kept state.
#[derive(Clone, Copy)]
struct Edge {
    from: u32,
    word: u32,
    cost: f32,
}

/// An edge on its way to a state that does not exist yet.
struct Arrival {
    edge: Edge,
    best: f32,
    all: f32,
    entry: Entry,
}

/// An arrival as it is sorted: what its state is, roughly, its cost, and which one it is.
type Order = (u64, f32, u32);

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
    /// Lists that have been emptied, to be filled again.
    spare: Vec<Vec<Arrival>>,
    /// What a place is settled with: the arrivals in order, and the states among them.
    order: Vec<Order>,
    merged: Vec<(f32, Range<usize>)>,
    /// For each place, the cost of the best that has arrived there.
    floors: Vec<f32>,
    ends: Ends,
    /// How much of a nat counts in the sum over all texts.
    counts: f32,
}

/// Searches the whole lattice.
pub(crate) fn search(model: &Model, lattice: &Lattice, start: Entry, ends: Ends) -> Option<Best> {
    let (search, finals) = Search::run(model, lattice, start, ends);
    search.result(finals)
}

/// The cost of the best text alone.
pub(crate) fn cost(model: &Model, lattice: &Lattice, start: Entry, ends: Ends) -> Option<f32> {
    let (search, finals) = Search::run(model, lattice, start, ends);
    let costs = finals.map(|at| search.states[at].best + search.last_cost(at));
    costs.min_by(f32::total_cmp)
}

impl<'a> Search<'a> {
    /// Searches; gives the states at the end besides.
    fn run(
        model: &'a Model<'a>,
        lattice: &'a Lattice,
        start: Entry,
        ends: Ends,
    ) -> (Self, Range<usize>) {
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
            spare: Vec::new(),
            order: Vec::new(),
            merged: Vec::new(),
            floors: vec![f32::INFINITY; lattice.reach() + 1],
            ends,
            counts: if lattice.is_half_gone() {
                HALF_GONE
            } else {
                1.0
            },
        };
        search.arrivals.resize_with(lattice.reach() + 1, Vec::new);
        search.states.push(State {
            entry: start,
            best: 0.0,
            all: 0.0,
            edges: 0..0,
        });
        let mut here = 0..1;
        let mut finals = 0;
        for place in 0..=lattice.reach() {
            if place > 0 {
                here = search.settle(place);
            }
            if place == lattice.end() {
                finals = here.start;
            }
            if place < lattice.reach() {
                search.leave(place, here.clone());
            }
        }
        (search, finals..here.end)
    }

    /// What it costs that the text ends in a state.
    fn last_cost(&self, at: usize) -> f32 {
        let entry = &self.states[at].entry;
        match self.ends {
            Ends::Nothing => 0.0,
            Ends::Stretch | Ends::Line => self.model.end(&entry.context) + entry.open.end(),
        }
    }

    /// Merges what has arrived at a place and keeps the best of it.
    fn settle(&mut self, place: usize) -> Range<usize> {
        let from = self.states.len();
        let mut arrivals = std::mem::take(&mut self.arrivals[place]);
        let limit = self.floors[place] + MARGIN;
        self.merge(&arrivals, limit);
        let spare = self.floors[place] + SPARE;
        let mut seen = Bytes::default();
        let mut kept = 0;
        for (best, range) in &self.merged {
            let group = &self.order[range.clone()];
            let arrival = |order: &Order| &arrivals[order.2 as usize];
            let entry = arrival(&group[0]).entry;
            let new = seen.insert(entry.pending);
            if kept >= BEAM && !(new && *best <= spare) {
                continue;
            }
            kept += 1;
            let first = self.edges.len();
            self.edges
                .extend(group.iter().map(|order| arrival(order).edge));
            self.states.push(State {
                entry,
                best: *best,
                all: sum(group.iter().map(|order| arrival(order).all)),
                edges: first..self.edges.len(),
            });
        }
        arrivals.clear();
        self.spare.push(arrivals);
        from..self.states.len()
    }

    /// Puts arrivals that cost no more than `limit` in order, state by state, the best state first.
    fn merge(&mut self, arrivals: &[Arrival], limit: f32) {
        let Self { order, merged, .. } = self;
        order.clear();
        let near = (0_u32..).zip(arrivals).filter(|(_, a)| a.best <= limit);
        order.extend(near.map(|(at, arrival)| (rough(&arrival.entry), arrival.best, at)));
        order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        let key = |order: &Order| key(&arrivals[order.2 as usize].entry);
        merged.clear();
        let mut first = 0;
        for state in order.chunk_by(|a, b| a.0 == b.0 && key(a) == key(b)) {
            merged.push((state[0].1, first..first + state.len()));
            first += state.len();
        }
        merged.sort_by(|a, b| a.0.total_cmp(&b.0));
    }

    /// Sends every word that starts at a place to where it ends.
    fn leave(&mut self, place: usize, here: Range<usize>) {
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
        let (best, all) = (state.best + cost, state.all + cost * self.counts);
        // The margin of the place it goes to, as far as it is known: most edges end here.
        if best > self.floors[to] + MARGIN {
            return;
        }
        self.floors[to] = self.floors[to].min(best);
        let context = step.map_or(entry.context, |(token, seen)| {
            self.model.after(&entry.context, token, seen)
        });
        let arrivals = &mut self.arrivals[to];
        if arrivals.capacity() == 0 {
            *arrivals = self.spare.pop().unwrap_or_default();
        }
        // A search that held so many could not be kept in memory.
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        arrivals.push(Arrival {
            edge: Edge {
                from: number(from),
                word: number(word),
                cost,
            },
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

/// The same in a number that hardly two states share.
fn rough(entry: &Entry) -> u64 {
    let (word, pair) = (entry.context.last, entry.context.pair);
    let inside = entry.inside.map_or(0, Run::number);
    let rest = u64::from(entry.pending) | u64::from(inside) << 8 | entry.open.number() << 16;
    word ^ pair.rotate_left(32) ^ rest.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Cost of the sum of probabilities.
fn sum(costs: impl Iterator<Item = f32> + Clone) -> f32 {
    let least = costs.clone().fold(f32::INFINITY, f32::min);
    let total: f32 = costs
        .filter(|cost| cost - least <= NOTHING)
        .map(|cost| {
            if cost > least {
                (least - cost).exp()
            } else {
                1.0
            }
        })
        .sum();
    // Most are alone.
    least - if total > 1.0 { total.ln() } else { 0.0 }
}

/// What costs so many nats more adds nothing.
const NOTHING: f32 = 16.0;
