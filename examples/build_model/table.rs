//! The table of n-grams. In: the estimate, and how many pairs and triples the program carries. Out: the
//! entries of those that matter most: how often each is used, times what it changes.

use std::collections::{BTreeSet, HashMap, HashSet};

use mingwen::repair::classes::{self, NUMBER, Token};
use mingwen::repair::model::NGRAM_STEPS;

use super::estimate::Estimate;
use super::hand::DATES;
use super::sources::{General, TextCounts};

/// How much of what is repaired is like the texts, when n-grams are weighed against each other.
const TEXT_USE: f64 = 0.5;

/// An n-gram: what it is worth, its tokens, its probability.
struct Ngram<K> {
    worth: f64,
    key: K,
    p: f64,
}

type Pair = (Token, Token);
type Triple = (Token, Token, Token);

/// The entries of the table; `words` have their own costs elsewhere.
pub fn entries(
    estimate: &Estimate,
    (counts, general): (&TextCounts, &General),
    words: &HashSet<Token>,
    (keep_pairs, keep_triples): (usize, usize),
) -> Vec<(u64, u8)> {
    let mut pairs = pairs(estimate, keep_pairs);
    let triples = triples(estimate, counts, general, keep_triples);
    // The search asks for triples only where it has found the pair that they begin with.
    let kept: HashSet<Pair> = pairs.iter().map(|pair| pair.key).collect();
    let starts = triples.iter().map(|triple| (triple.key.0, triple.key.1));
    let missing: BTreeSet<Pair> = starts.filter(|pair| !kept.contains(pair)).collect();
    pairs.extend(missing.into_iter().map(|(a, b)| Ngram {
        worth: 0.0,
        key: (a, b),
        p: estimate.pair(a, b),
    }));
    println!("{} pairs, {} triples", pairs.len(), triples.len());
    let mut entries = encode(estimate, &pairs, &triples);
    for (&token, &count) in &counts.one {
        // Words have theirs in the map; a mark seen twice is a misprint.
        if count >= 3.0 && !words.contains(&token) {
            entries.push((classes::after(0, token), cost(estimate.single(token))));
        }
    }
    entries
}

fn pairs(estimate: &Estimate, keep: usize) -> Vec<Ngram<Pair>> {
    let worth = |(&(a, b), &p): (&Pair, &f64)| {
        let changes = (p / estimate.unseen(a, b)).ln().abs();
        Ngram {
            worth: estimate.single(a) * p * changes,
            key: (a, b),
            p,
        }
    };
    best(estimate.pairs.iter().map(worth).collect(), keep)
}

fn triples(
    estimate: &Estimate,
    counts: &TextCounts,
    general: &General,
    keep: usize,
) -> Vec<Ngram<Triple>> {
    #[allow(clippy::cast_precision_loss)]
    let total: f64 = counts.lists as f64 + counts.one.values().sum::<f64>();
    let seen = counts.three.iter().filter(|(_, count)| **count >= 2.0);
    let keys: HashSet<Triple> = seen
        .map(|entry| *entry.0)
        .chain(general.three.keys().copied())
        .collect();
    let worth = |key: Triple| {
        let (a, b, c) = key;
        let p = estimate.triple(a, b, c);
        let count = counts.three.get(&key).copied().unwrap_or(0.0);
        let often = TEXT_USE * count / total
            + (1.0 - TEXT_USE) * estimate.single(a) * estimate.pair(a, b) * p;
        let changes = (p / estimate.pair(b, c)).ln().abs();
        Ngram {
            worth: often * changes,
            key,
            p,
        }
    };
    let mut triples: Vec<Ngram<Triple>> = keys.into_iter().map(worth).collect();
    for (mark, unit, percent) in DATES {
        let key = (classes::token(mark), NUMBER, classes::token(unit));
        triples.retain(|triple| triple.key != key);
        triples.push(Ngram {
            worth: f64::INFINITY,
            key,
            p: percent / 100.0,
        });
    }
    best(triples, keep)
}

/// The costs of pairs and triples, and what each context leaves to the rest.
fn encode(estimate: &Estimate, pairs: &[Ngram<Pair>], triples: &[Ngram<Triple>]) -> Vec<(u64, u8)> {
    let mut entries = Vec::new();
    // What is left after each context, and what would be without it.
    let mut left: HashMap<u64, (f64, f64)> = HashMap::new();
    let mut add = |context: u64, next: Token, p: f64, lower: f64| {
        entries.push((classes::after(context, next), cost(p)));
        let (rest, others) = left.entry(context).or_insert((1.0, 1.0));
        *rest -= p;
        *others -= lower;
    };
    for &Ngram { key: (a, b), p, .. } in pairs {
        add(a, b, p, estimate.lower(a, b));
    }
    for &Ngram {
        key: (a, b, c), p, ..
    } in triples
    {
        add(classes::after(a, b), c, p, estimate.pair(b, c));
    }
    for (context, (rest, others)) in left {
        let weight = rest.max(0.01) / others.max(0.02);
        entries.push((classes::own(context), cost(weight.min(1.0))));
    }
    entries
}

/// Keeps the n-grams that are worth most.
fn best<K: Ord + Copy>(mut ngrams: Vec<Ngram<K>>, keep: usize) -> Vec<Ngram<K>> {
    ngrams.sort_by(|a, b| b.worth.total_cmp(&a.worth).then(a.key.cmp(&b.key)));
    ngrams.truncate(keep);
    ngrams
}

/// A probability as the table holds it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn cost(probability: f64) -> u8 {
    (-probability.ln() * f64::from(NGRAM_STEPS))
        .round()
        .clamp(0.0, 255.0) as u8
}
