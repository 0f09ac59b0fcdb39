//! Back through a finished search. In: all states and edges that were kept. Out: how probable each
//! character is at each place, by running backward over the same states, and the text whose characters
//! are the most probable.

use std::ops::Range;

use super::likeliest::{self, Path};
use super::{Best, Entry, Found, Search, sum};

/// Candidates below this probability are not named.
const WORTH_NAMING: f64 = 1e-3;

impl Search<'_> {
    /// The best text, with posteriors.
    pub(super) fn result(&self, finals: Range<usize>) -> Option<Best> {
        let mut behind = vec![f32::INFINITY; self.states.len()];
        let mut total = f32::INFINITY;
        let mut best: Option<(f32, usize)> = None;
        for at in finals {
            let state = &self.states[at];
            let end = self.last_cost(at);
            behind[at] = end * self.counts;
            total = sum([total, state.all + behind[at]].into_iter());
            if best.is_none_or(|(cost, _)| state.best + end < cost) {
                best = Some((state.best + end, at));
            }
        }
        let (cost, last) = best?;
        let candidates = self.posteriors(&mut behind, total);
        let (mut path, mut words) = self.path_to(last);
        let is_likeliest = |&(character, place): &(char, usize)| {
            let here = candidates[place].iter();
            let best = here.max_by(|a, b| a.1.total_cmp(&b.1));
            best.is_none_or(|best| best.0 == character)
        };
        if !path.iter().all(is_likeliest) {
            likeliest::turn(self.lattice, &candidates, &mut path, &mut words);
        }
        // What follows is no part of it.
        let made = path.len() - self.lattice.following().min(path.len());
        let found = path[..made].iter();
        let found = found
            .map(|&(character, place)| weigh(&candidates[place], character, place))
            .collect();
        Some(Best { found, words, cost })
    }

    /// The characters of the cheapest way to a state, each with its place, and for each of its words how many
    /// of them come before it, with the state there.
    fn path_to(&self, mut at: usize) -> (Path, Vec<(usize, Entry)>) {
        let (mut path, mut words) = (Vec::new(), Vec::new());
        while at > 0 {
            let Some(edge) = self.edges.get(self.states[at].edges.start) else {
                break;
            };
            let word = self.words[edge.word as usize];
            path.extend(self.letters[word.first..word.last].iter().rev());
            words.push((path.len(), self.states[edge.from as usize].entry));
            at = edge.from as usize;
        }
        path.reverse();
        words.reverse();
        for word in &mut words {
            word.0 = path.len() - word.0;
        }
        (path, words)
    }

    /// For each place, the characters that start there with their probabilities.
    fn posteriors(&self, behind: &mut [f32], total: f32) -> Vec<Vec<(char, f64)>> {
        let mut candidates: Vec<Vec<(char, f64)>> = vec![Vec::new(); self.lattice.reach() + 1];
        for at in (1..self.states.len()).rev() {
            let rest = behind[at];
            if rest.is_infinite() {
                continue;
            }
            for edge in &self.edges[self.states[at].edges.clone()] {
                let (from, cost) = (edge.from as usize, edge.cost * self.counts);
                behind[from] = sum([behind[from], rest + cost].into_iter());
                let whole = self.states[from].all + cost + rest - total;
                if whole > 12.0 {
                    continue;
                }
                let probability = f64::from(-whole).exp();
                let word = self.words[edge.word as usize];
                for &(character, place) in &self.letters[word.first..word.last] {
                    let here = &mut candidates[place];
                    match here.iter_mut().find(|entry| entry.0 == character) {
                        Some(entry) => entry.1 += probability,
                        None => here.push((character, probability)),
                    }
                }
            }
        }
        candidates
    }
}

fn weigh(candidates: &[(char, f64)], character: char, place: usize) -> Found {
    let mut others: Vec<(char, f64)> = candidates
        .iter()
        .filter(|other| other.0 != character && other.1 >= WORTH_NAMING)
        .map(|&(other, probability)| (other, probability.min(1.0)))
        .collect();
    others.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let probability = candidates
        .iter()
        .find(|candidate| candidate.0 == character)
        .map_or(0.0, |candidate| candidate.1.min(1.0));
    Found {
        character,
        place,
        probability,
        others,
    }
}
