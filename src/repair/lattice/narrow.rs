//! A lattice made narrower before its words are read. In: a lattice, and what characters cost by
//! themselves. Out: the lattice without the arcs that no likely text goes through.
//!
//! Character by character, the best text through an arc is found by running forward and backward
//! once; an arc whose best text is far from the best of all is dropped. Words and their neighbours
//! change what characters cost, but not by so much. Promise: the best text by characters stays, time
//! grows with the number of arcs alone, and what is certain is what was before.

use super::super::characters::Characters;
use super::super::model::Model;
use super::{Arc, Lattice, RARE};

/// Nats by which the best text through an arc may be worse than the best of all.
const SLACK: f32 = 8.0;
/// What a character costs at most that the document or the user has.
const KNOWN: f32 = 6.0;
/// Arcs that start at one place, at most: the best.
const MOST: usize = 96;

impl Lattice {
    /// Drops what is not worth reading, and puts the arcs in the order of their letters.
    pub(crate) fn narrow(&mut self, model: &Model) {
        if let Some(characters) = Characters::embedded() {
            let cost = |arc: &Arc| match arc.character {
                RARE => f32::INFINITY,
                character => {
                    let cost = characters.cost(character) + model.form(character);
                    let known = model.may_begin_term(arc.letter);
                    if known { cost.min(KNOWN) } else { cost }
                }
            };
            self.drop_unlikely(&cost);
        }
        for node in self.places.iter().flatten() {
            self.arcs[node.first..node.last].sort_by_key(|arc| arc.letter);
        }
    }

    fn drop_unlikely(&mut self, cost: &impl Fn(&Arc) -> f32) {
        let starts = self.starts();
        let (behind, rest) = self.behind(&starts, cost);
        let Some(&best) = behind.first() else {
            return;
        };
        let mut ahead = vec![f32::INFINITY; behind.len()];
        ahead[0] = 0.0;
        let mut slacks: Vec<f32> = Vec::new();
        for (nodes, &start) in self.places.iter_mut().zip(&starts) {
            slacks.clear();
            for (node, at) in nodes.iter().zip(start..) {
                for &(whole, to) in &rest[node.first..node.last] {
                    let slack = ahead[at] + whole - best;
                    if slack <= SLACK {
                        ahead[to] = ahead[to].min(ahead[at] + whole - behind[to]);
                        slacks.push(slack);
                    }
                }
            }
            let limit = if slacks.len() > MOST {
                *slacks.select_nth_unstable_by(MOST, f32::total_cmp).1
            } else {
                SLACK
            };
            for (node, at) in nodes.iter_mut().zip(start..) {
                let mut kept = node.first;
                for (number, (whole, _)) in (node.first..).zip(&rest[node.first..node.last]) {
                    if ahead[at] + whole - best <= limit {
                        self.arcs[kept] = self.arcs[number];
                        kept += 1;
                    }
                }
                node.last = kept;
            }
        }
    }

    /// Where the nodes of each place start in a row of all nodes.
    fn starts(&self) -> Vec<usize> {
        let nodes = self.places.iter().scan(0, |all, nodes| {
            *all += nodes.len();
            Some(*all - nodes.len())
        });
        nodes.collect()
    }

    /// What the best text costs from each node on, and from each arc on, with the node after it.
    fn behind(
        &self,
        starts: &[usize],
        cost: &impl Fn(&Arc) -> f32,
    ) -> (Vec<f32>, Vec<(f32, usize)>) {
        let leads = |arc: &Arc| {
            let nodes = &self.places[arc.to];
            let at = nodes.iter().position(|node| node.pending == arc.pending);
            starts[arc.to] + at.unwrap_or(0)
        };
        let last = starts.last().copied().unwrap_or(0);
        let all = last + self.places.last().map_or(0, Vec::len);
        let mut behind = vec![f32::INFINITY; all];
        let end = starts.get(self.end).copied().unwrap_or(last);
        behind[end..].fill(0.0);
        let mut rest = vec![(f32::INFINITY, 0); self.arcs.len()];
        for (nodes, &start) in self.places.iter().zip(starts).rev() {
            for (node, at) in nodes.iter().zip(start..) {
                let range = node.first..node.last;
                for (arc, rest) in self.arcs[range.clone()].iter().zip(&mut rest[range]) {
                    let to = leads(arc);
                    *rest = (cost(arc) + behind[to], to);
                    behind[at] = behind[at].min(rest.0);
                }
            }
        }
        (behind, rest)
    }
}
