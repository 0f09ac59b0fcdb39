//! The most probable preimage. In: a lattice, the word model, the context before. Out: the best
//! text with, for every character, where it starts and how probable it is.
//!
//! A beam over states (place, waiting byte, context of the model). Edges are words: paths of arcs
//! that the map of words knows, and single characters. States that agree in everything that
//! matters from here on are merged; their probabilities are summed, so that running backward over
//! the same states gives posteriors. The best state for each waiting byte is always kept, because
//! what waits decides what can come next.

mod backward;

use super::classes::{self, Open, Token};
use super::lattice::{Arc, Lattice};
use super::model::{Context, Model, Run, Single, Walk};

/// States kept at each place, besides the best for each waiting byte.
const BEAM: usize = 14;
/// States this much worse (in nats) than the best of their place are dropped.
const MARGIN: f32 = 13.0;
/// Words of the map are at most this long; longer ones are idioms made of words.
const LONGEST_WORD: usize = 10;
/// Terms of the document and of the user are at most this long.
const LONGEST_TERM: usize = 24;

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

/// A word that can be read from some node on: a range of `Search::letters`.
#[derive(Clone, Copy)]
struct Word {
    first: usize,
    last: usize,
    to: usize,
    pending: u8,
    token: Token,
    how: How,
    /// Cost as a term of the document or of the user.
    term: Option<f32>,
    /// What the forms of its characters cost.
    form: f32,
}

/// How the model looks at a word.
#[derive(Clone, Copy)]
enum How {
    /// As one that is in its map: its cost without context, and what it leaves to others.
    Whole(f32, f32),
    /// As a single character that is not.
    Single(Single),
    /// As a term and nothing else.
    Term(f32),
}

struct Search<'a> {
    model: &'a Model<'a>,
    lattice: &'a Lattice,
    states: Vec<State>,
    edges: Vec<Edge>,
    words: Vec<Word>,
    /// The characters of the words, each with the place where it starts.
    letters: Vec<(char, usize)>,
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
        let mut seen = [0_u64; 4];
        let mut kept = 0;
        for (best, range) in merged {
            if best > limit {
                break;
            }
            let entry = arrivals[range.start].entry;
            let (word, bit) = (usize::from(entry.pending >> 6), 1 << (entry.pending & 63));
            if kept >= BEAM && seen[word] & bit != 0 {
                continue;
            }
            seen[word] |= bit;
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
        let mut pendings: Vec<u8> = Vec::new();
        for at in here.clone() {
            let pending = self.states[at].entry.pending;
            if pendings.contains(&pending) {
                continue;
            }
            pendings.push(pending);
            let words = self.words_from(place, pending);
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
            &How::Whole(alone, left) => {
                let (cost, seen) = self.model.cost(&entry.context, token, alone);
                (cost, Some((token, left, seen)), None, entry.open)
            }
            How::Single(single) => {
                let (cost, step) = self.model.mark(&entry.context, single, entry.inside);
                let (pairing, open) = entry.open.after(self.letters[first].0);
                (cost + pairing, step, single.run, open)
            }
            &How::Term(left) => {
                let letters = &self.letters[first..last];
                let open = letters.iter().fold(entry.open, |o, l| o.after(l.0).1);
                (f32::INFINITY, Some((token, left, true)), None, open)
            }
        };
        cost = term.map_or(cost, |term| term.min(cost)) + form;
        let (best, all) = (state.best + cost, state.all + cost);
        // The margin of the place it goes to, as far as it is known: most edges end here.
        if best > self.floors[to] + MARGIN {
            return;
        }
        self.floors[to] = self.floors[to].min(best);
        let context = step.map_or(entry.context, |(token, left, seen)| {
            self.model.after(&entry.context, token, left, seen)
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

    /// All words and single characters that can be read from a node on.
    fn words_from(&mut self, place: usize, pending: u8) -> std::ops::Range<usize> {
        let first = self.words.len();
        let mut path: Vec<(char, usize)> = Vec::new();
        let root = Some(self.model.root());
        self.descend(place, pending, root, classes::SEED, &mut path);
        first..self.words.len()
    }

    fn descend(
        &mut self,
        place: usize,
        pending: u8,
        walk: Option<Walk>,
        hash: u64,
        path: &mut Vec<(char, usize)>,
    ) {
        let lattice = self.lattice;
        for &Arc {
            character,
            to,
            pending,
        } in lattice.arcs(place, pending)
        {
            let next = walk.and_then(|walk| self.model.step(walk, character));
            let alone = next.and_then(|next| self.model.word(next));
            path.push((character, place));
            let hash = classes::extend(hash, character);
            let known = self.model.term(hash);
            let term = known.filter(|cost| cost.is_finite() && path.len() > 1);
            if alone.is_some() || term.is_some() || path.len() == 1 {
                let first = self.letters.len();
                self.letters.extend_from_slice(path);
                let left = |token| self.model.left(token).unwrap_or(0.0);
                let (token, how) = match (alone, term) {
                    (Some(alone), _) => (hash, How::Whole(alone, left(hash))),
                    (None, Some(_)) => {
                        // What follows a term follows the last word of it.
                        let token = self.model.tail(path);
                        (token, How::Term(left(token)))
                    }
                    (None, None) => (hash, How::Single(self.model.single(character))),
                };
                self.words.push(Word {
                    first,
                    last: self.letters.len(),
                    to,
                    pending,
                    token,
                    how,
                    term,
                    form: path.iter().map(|letter| self.model.form(letter.0)).sum(),
                });
            }
            let next = next.filter(|_| path.len() < LONGEST_WORD);
            if next.is_some() || (known.is_some() && path.len() < LONGEST_TERM) {
                self.descend(to, pending, next, hash, path);
            }
            path.pop();
        }
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
