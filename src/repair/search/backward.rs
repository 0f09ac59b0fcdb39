//! Back through a finished search. In: all states and edges that were kept. Out: the best text, and
//! for each place how probable each character is that starts there, by running backward over the
//! same states.

use std::ops::Range;

use super::{Best, Found, Search, sum};

/// Candidates below this probability are not named.
const WORTH_NAMING: f64 = 1e-3;

impl Search<'_> {
    /// The best path, with posteriors.
    pub(super) fn result(&self, finals: Range<usize>) -> Option<Best> {
        let mut behind = vec![f32::INFINITY; self.states.len()];
        let mut total = f32::INFINITY;
        let mut best: Option<(f32, usize)> = None;
        for at in finals {
            let state = &self.states[at];
            let end = self.last_cost(at);
            behind[at] = end;
            total = sum([total, state.all + end].into_iter());
            if best.is_none_or(|(cost, _)| state.best + end < cost) {
                best = Some((state.best + end, at));
            }
        }
        let (cost, last) = best?;
        let candidates = self.posteriors(&mut behind, total);
        let mut found = Vec::new();
        let mut words = Vec::new();
        let mut at = last;
        while at > 0 {
            let Some(edge) = self.edges.get(self.states[at].edges.start) else {
                break;
            };
            let word = self.words[edge.word as usize];
            for &(character, place) in self.letters[word.first..word.last].iter().rev() {
                found.push(weigh(&candidates[place], character, place));
            }
            words.push((found.len(), self.states[edge.from as usize].entry));
            at = edge.from as usize;
        }
        found.reverse();
        words.reverse();
        for word in &mut words {
            word.0 = found.len() - word.0;
        }
        Some(Best { found, words, cost })
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
                let from = edge.from as usize;
                behind[from] = sum([behind[from], rest + edge.cost].into_iter());
                let whole = self.states[from].all + edge.cost + rest - total;
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
