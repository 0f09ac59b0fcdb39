//! The words of a lattice. In: a node. Out: every word and single character that can be read from there
//! on: paths of arcs that the map of words knows, terms of the document and of the user, and single
//! characters. Promise: what is looked at is what some word begins with, however wide the lattice is.

use std::ops::Range;

use super::super::classes::{self, Token};
use super::super::lattice::Arc;
use super::super::model::{Single, Walk};
use super::super::terms::Beginning;
use super::{Ends, MARGIN, Search};

/// Words of the map are at most this long; longer ones are idioms made of words.
const LONGEST_WORD: usize = 10;
/// Terms of the document and of the user are at most this long.
const LONGEST_TERM: usize = 24;

/// Where more words than this begin, bytes are gone: then only so many between the same two nodes are
/// thought of, the commonest.
const MANY: [(usize, usize); 2] = [(160, 8), (64, 24)];

/// A word that can be read from some node on: a range of `Search::letters`.
#[derive(Clone, Copy)]
pub(super) struct Word {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) to: usize,
    pub(super) pending: u8,
    pub(super) token: Token,
    pub(super) how: How,
    /// Cost as a term of the document or of the user.
    pub(super) term: Option<f32>,
    /// What the forms of its characters cost.
    pub(super) form: f32,
}

impl Word {
    /// Cost without context.
    fn alone(&self) -> f32 {
        let alone = match &self.how {
            How::Whole(alone) => *alone,
            How::Single(single) => single.alone(),
            How::Term => f32::INFINITY,
        };
        self.term.map_or(alone, |term| term.min(alone)) + self.form
    }
}

/// How the model looks at a word.
#[derive(Clone, Copy)]
pub(super) enum How {
    /// As one that is in its map: its cost without context.
    Whole(f32),
    /// As a single character that is not.
    Single(Single),
    /// As a term and nothing else.
    Term,
}

/// One arc further.
#[derive(Clone, Copy)]
pub(super) struct Step {
    arc: Arc,
    walk: Option<Walk>,
    hash: Token,
    term: Option<Beginning>,
}

impl Search<'_> {
    /// All words and single characters that can be read from a node on, where the best state costs
    /// `least`.
    pub(super) fn words_from(&mut self, place: usize, pending: u8, least: f32) -> Range<usize> {
        let first = self.words.len();
        let model = self.model;
        for &arc in self.lattice.arcs(place, pending) {
            let hash = classes::extend(classes::SEED, arc.character);
            let may = model.may_begin_term(arc.letter);
            self.steps.push(Step {
                arc,
                walk: model.first(arc.letter),
                hash,
                term: may.then(|| model.term(hash)).flatten(),
            });
        }
        self.go_on(0, place, 0.0, least);
        let many = |many: &&(usize, usize)| self.words.len() - first > many.0;
        if let Some(&(_, most)) = MANY.iter().find(many) {
            self.keep_commonest(first, most);
        }
        first..self.words.len()
    }

    /// Of the words from `first` on that lead to the same node, keeps the commonest.
    fn keep_commonest(&mut self, first: usize, most: usize) {
        let mut order: Vec<(usize, u8, f32, usize)> = (first..)
            .zip(&self.words[first..])
            .map(|(at, word)| (word.to, word.pending, word.alone(), at))
            .collect();
        order.sort_unstable_by(|a, b| {
            let nodes = (a.0, a.1).cmp(&(b.0, b.1));
            nodes.then(a.2.total_cmp(&b.2)).then(a.3.cmp(&b.3))
        });
        let kept: Vec<Word> = order
            .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
            .flat_map(|node| node.iter().take(most))
            .map(|&(.., at)| self.words[at])
            .collect();
        self.words.truncate(first);
        self.words.extend(kept);
    }

    /// Goes on with each of the latest steps, all from one place.
    fn go_on(&mut self, from: usize, place: usize, form: f32, least: f32) {
        for at in from..self.steps.len() {
            let step = self.steps[at];
            let arc = step.arc;
            self.path.push((arc.character, place));
            let ends = self.ends == Ends::Line && arc.to >= self.lattice.end();
            let habit = self.model.habit(arc.character, ends) + self.model.topic(arc.letter);
            let form = form + self.model.form(arc.character) + habit;
            // Nothing costs less than nothing.
            if least <= self.floors[arc.to] + MARGIN {
                self.word(&step, form);
            }
            self.descend(&step, form, least);
            self.path.pop();
        }
        self.steps.truncate(from);
    }

    /// Takes down the word that the path is, if it is one.
    fn word(&mut self, step: &Step, form: f32) {
        let alone = step.walk.and_then(|walk| walk.word);
        let single = self.path.len() == 1;
        let term = step.term.and_then(|term| term.cost).filter(|_| !single);
        let (token, how) = match (alone, term) {
            (Some(alone), _) => (step.hash, How::Whole(alone)),
            // What follows a term follows the last word of it.
            (None, Some(_)) => (self.model.tail(&self.path), How::Term),
            (None, None) if single => {
                let single = self.model.single(step.arc.character);
                (step.hash, How::Single(single))
            }
            (None, None) => return,
        };
        let first = self.letters.len();
        self.letters.extend_from_slice(&self.path);
        self.words.push(Word {
            first,
            last: self.letters.len(),
            to: step.arc.to,
            pending: step.arc.pending,
            token,
            how,
            term,
            form,
        });
    }

    fn descend(&mut self, step: &Step, form: f32, least: f32) {
        let walk = step
            .walk
            .filter(|walk| walk.goes_on && self.path.len() < LONGEST_WORD);
        let term = step.term.filter(|_| self.path.len() < LONGEST_TERM);
        if walk.is_none() && term.is_none() {
            return;
        }
        let (model, lattice) = (self.model, self.lattice);
        let arcs = lattice.arcs(step.arc.to, step.arc.pending);
        let from = self.steps.len();
        let steps = &mut self.steps;
        let mut found = |arc: Arc, walk: Option<Walk>| {
            let hash = classes::extend(step.hash, arc.character);
            let may = term.is_some_and(|term| term.may_go_on(arc.letter));
            let term = may.then(|| model.term(hash)).flatten();
            if walk.is_some() || term.is_some() {
                steps.push(Step {
                    arc,
                    walk,
                    hash,
                    term,
                });
            }
        };
        match (walk, term) {
            (Some(walk), None) => {
                let letter = |arc: &Arc| arc.letter;
                model.children(walk, arcs, letter, &mut |arc, walk| found(arc, Some(walk)));
            }
            (walk, Some(term)) => {
                for &arc in arcs {
                    let next = walk.and_then(|walk| model.letter(walk, arc.letter));
                    if next.is_some() || term.may_go_on(arc.letter) {
                        found(arc, next);
                    }
                }
            }
            (None, None) => {}
        }
        if self.steps.len() > from {
            self.go_on(from, step.arc.to, form, least);
        }
    }
}
