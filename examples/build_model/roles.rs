//! The roles of words: which kinds of words come before which. In: pairs of tokens with probabilities. Out:
//! for each token one role as the first of a pair and one as the second, and for two roles how much likelier
//! such tokens meet than by chance.
//!
//! Words of one role meet the same words: so a pair that no source has seen can be judged by those like it
//! (Brown et al., 1992). The roles are found by exchange: each token in turn goes where it makes the pairs
//! likeliest, the roles of the other side standing still (Kneser and Ney, 1993). Promise: the same pairs
//! give the same roles.

use std::collections::BTreeMap;

use mingwen::repair::classes::{Side, Token, role};
use mingwen::repair::model::{NGRAM_STEPS, ROLES};

use super::Counts;
use super::estimate::sum;
use super::sources::{General, TextCounts};

/// Share of the texts, against the general model, in the pairs.
const TEXT_SHARE: f64 = 0.2;
/// A pair weighs its probability to this power: the rare ones, being many, would else say nothing.
const FLATTER: f64 = 0.5;
/// How many times each token is looked at, on each side.
const SWEEPS: usize = 20;
/// As many of the pairs of two roles as come by chance are taken to have been seen besides, times this.
const CHANCE: f64 = 0.5;
/// How far the roles are trusted; the rest goes by the word alone.
const TRUST: f64 = 0.8;

/// The roles of tokens.
pub struct Roles {
    first: BTreeMap<Token, usize>,
    second: BTreeMap<Token, usize>,
    /// What two roles cost, in steps: those of one first after another.
    costs: Vec<i8>,
}

impl Roles {
    pub fn new(singles: &Counts<Token>, general: &General, counts: &TextCounts) -> Self {
        let joint = joint(general, counts);
        let mut numbers = BTreeMap::new();
        for token in joint.keys().flat_map(|&(a, b)| [a, b]) {
            let next = numbers.len();
            numbers.entry(token).or_insert(next);
        }
        let mut firsts = vec![Vec::new(); numbers.len()];
        let mut seconds = vec![Vec::new(); numbers.len()];
        for (&(a, b), &p) in &joint {
            let weight = p.powf(FLATTER);
            firsts[numbers[&a]].push((numbers[&b], weight));
            seconds[numbers[&b]].push((numbers[&a], weight));
        }
        let (mut first, mut second) = (Sorted::new(firsts), Sorted::new(seconds));
        for _ in 0..SWEEPS {
            first.exchange(&second.roles);
            second.exchange(&first.roles);
        }
        let mut share = vec![0.0; ROLES];
        for (token, &number) in &numbers {
            share[second.roles[number]] += singles.get(token).copied().unwrap_or(0.0);
        }
        let roles = |side: &Sorted| {
            let met = numbers.iter().filter(|entry| side.masses[*entry.1] > 0.0);
            met.map(|(&token, &number)| (token, side.roles[number]))
                .collect()
        };
        Self {
            costs: costs(&first.table(&second.roles), &share),
            first: roles(&first),
            second: roles(&second),
        }
    }

    /// How many times likelier a token comes after another than by chance, where the two were never seen.
    pub fn factor(&self, a: Token, b: Token) -> f64 {
        match (self.first.get(&a), self.second.get(&b)) {
            (Some(a), Some(b)) => {
                (-f64::from(self.costs[a * ROLES + b]) / f64::from(NGRAM_STEPS)).exp()
            }
            _ => 1.0,
        }
    }

    /// The roles as entries of the table.
    #[allow(clippy::cast_possible_truncation)]
    pub fn entries(&self) -> impl Iterator<Item = (u64, u8)> {
        let entries = |roles: &BTreeMap<Token, usize>, side: Side| {
            let entry = |(&token, &number): (&Token, &usize)| (role(token, side), number as u8);
            roles.iter().map(entry).collect::<Vec<_>>()
        };
        let mut all = entries(&self.first, Side::First);
        all.extend(entries(&self.second, Side::Second));
        all.into_iter()
    }

    /// What two roles cost, as the program reads it.
    pub fn bytes(&self) -> Vec<u8> {
        self.costs.iter().map(|cost| cost.cast_unsigned()).collect()
    }
}

/// How likely two tokens stand side by side.
fn joint(general: &General, counts: &TextCounts) -> BTreeMap<(Token, Token), f64> {
    let mut joint = BTreeMap::new();
    for (&(a, b), &p) in &general.two {
        let first = general.one.get(&a).copied().unwrap_or(0.0);
        *joint.entry((a, b)).or_default() += (1.0 - TEXT_SHARE) * first * p;
    }
    let total: f64 = counts.two.values().sum();
    for (&pair, &count) in counts.two.iter().filter(|entry| *entry.1 >= 2.0) {
        *joint.entry(pair).or_default() += TEXT_SHARE * count / total;
    }
    joint
}

/// The tokens of one side: whom each meets, and its role so far.
struct Sorted {
    /// For each token those of the other side that it meets, with weights.
    met: Vec<Vec<(usize, f64)>>,
    masses: Vec<f64>,
    /// The tokens, the commonest first.
    order: Vec<usize>,
    roles: Vec<usize>,
}

impl Sorted {
    fn new(met: Vec<Vec<(usize, f64)>>) -> Self {
        let masses: Vec<f64> = met.iter().map(|row| sum(row.iter().map(|e| e.1))).collect();
        let mut order: Vec<usize> = (0..met.len()).collect();
        order.sort_by(|&a, &b| masses[b].total_cmp(&masses[a]).then(a.cmp(&b)));
        let mut roles = vec![0; met.len()];
        for (place, &token) in order.iter().enumerate() {
            roles[token] = place % ROLES;
        }
        Self {
            met,
            masses,
            order,
            roles,
        }
    }

    /// The weights of each role with each of the other side.
    fn table(&self, others: &[usize]) -> Vec<f64> {
        let mut table = vec![0.0; ROLES * ROLES];
        for (row, role) in self.met.iter().zip(&self.roles) {
            for &(other, weight) in row {
                table[role * ROLES + others[other]] += weight;
            }
        }
        table
    }

    /// Moves each token to the role where the pairs are likeliest.
    fn exchange(&mut self, others: &[usize]) {
        let mut cells = Cells::new(self, others);
        let mut by_role = vec![0.0; ROLES];
        for &token in &self.order {
            by_role.fill(0.0);
            for &(other, weight) in &self.met[token] {
                by_role[others[other]] += weight;
            }
            let met = (0..).zip(by_role.iter().copied());
            let met: Vec<(usize, f64)> = met.filter(|entry| entry.1 > 0.0).collect();
            let mass = self.masses[token];
            let own = self.roles[token];
            cells.add(own, &met, mass, -1.0);
            let mut best = (own, cells.gain(own, &met, mass) + NOTHING * mass);
            for role in 0..ROLES {
                let gain = cells.gain(role, &met, mass);
                if gain > best.1 {
                    best = (role, gain);
                }
            }
            cells.add(best.0, &met, mass, 1.0);
            self.roles[token] = best.0;
        }
    }
}

/// What is gained by less than this is noise of the arithmetic.
const NOTHING: f64 = 1e-9;

/// The weights of each role with each of the other side, and what the likelihood of the pairs is made of:
/// n ln n of each.
struct Cells {
    weights: Vec<f64>,
    logs: Vec<f64>,
    sums: Vec<f64>,
}

impl Cells {
    fn new(side: &Sorted, others: &[usize]) -> Self {
        let weights = side.table(others);
        let sums = weights.chunks_exact(ROLES);
        Self {
            logs: weights.iter().map(|&n| by_log(n)).collect(),
            sums: sums.map(|row| row.iter().sum()).collect(),
            weights,
        }
    }

    /// Puts a token into a role, or takes it out.
    fn add(&mut self, role: usize, met: &[(usize, f64)], mass: f64, sign: f64) {
        for &(other, weight) in met {
            let at = role * ROLES + other;
            self.weights[at] = (self.weights[at] + sign * weight).max(0.0);
            self.logs[at] = by_log(self.weights[at]);
        }
        self.sums[role] = (self.sums[role] + sign * mass).max(0.0);
    }

    /// By how much a token makes the pairs likelier in a role.
    fn gain(&self, role: usize, met: &[(usize, f64)], mass: f64) -> f64 {
        let more = met.iter().map(|&(other, weight)| {
            let at = role * ROLES + other;
            by_log(self.weights[at] + weight) - self.logs[at]
        });
        let sum = self.sums[role];
        more.sum::<f64>() - (by_log(sum + mass) - by_log(sum))
    }
}

/// What each role costs after another. `share` is how often each role of the second side comes.
fn costs(weights: &[f64], share: &[f64]) -> Vec<i8> {
    let rows: Vec<f64> = weights
        .chunks_exact(ROLES)
        .map(|row| row.iter().sum())
        .collect();
    let columns: Vec<f64> = (0..ROLES)
        .map(|second| weights.iter().skip(second).step_by(ROLES).sum())
        .collect();
    let all: f64 = rows.iter().sum();
    let known: f64 = share.iter().sum();
    let mut costs = Vec::with_capacity(ROLES * ROLES);
    for (row, weights) in rows.iter().zip(weights.chunks_exact(ROLES)) {
        let ratio = |(weight, column): (&f64, &f64)| {
            let chance = row * column / all;
            if chance > 0.0 {
                (weight + CHANCE * chance) / ((1.0 + CHANCE) * chance)
            } else {
                1.0
            }
        };
        let ratios: Vec<f64> = weights.iter().zip(&columns).map(ratio).collect();
        // So that what comes after a role is as likely in all as the tokens are by themselves.
        let mean = ratios.iter().zip(share).map(|(r, s)| r * s).sum::<f64>() / known;
        costs.extend(ratios.iter().map(|ratio| {
            let factor = TRUST * ratio / mean + (1.0 - TRUST);
            #[allow(clippy::cast_possible_truncation)]
            let steps = (-factor.ln() * f64::from(NGRAM_STEPS))
                .round()
                .clamp(-127.0, 127.0) as i8;
            steps
        }));
    }
    costs
}

/// n ln n.
fn by_log(n: f64) -> f64 {
    if n > 0.0 { n * n.ln() } else { 0.0 }
}
