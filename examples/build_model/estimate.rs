//! The estimate. In: what the sources count, and the roles of words. Out: the probability of a token by
//! itself, after another and after two.
//!
//! Absolute discounting within each source, then the sources mixed. What no source has seen after a token
//! falls to the token by itself, weighed by how the roles of the two go together.

use std::collections::HashMap;

use mingwen::repair::classes::{self, Token};

use super::Counts;
use super::dictionary::dict_costs;
use super::hand::{self, MARKS};
use super::roles::Roles;
use super::sources::{General, TextCounts};

/// What absolute discounting takes from each count.
const DISCOUNT: f64 = 0.7;
/// Share of the texts, against the general tables, in the frequencies of single words.
const TEXT_SHARE: f64 = 0.1;
/// The same for what follows a token that only the texts know.
const TEXT_SHARE_MARKS: f64 = 0.3;
/// The same for what follows a word that both know, and two words.
const TEXT_SHARE_PAIRS: f64 = 0.4;
const TEXT_SHARE_TRIPLES: f64 = 0.4;
/// So often must the texts have a word, or two in a row, before what they say of the next counts half.
const ENOUGH: f64 = 200.0;
const ENOUGH_PAIRS: f64 = 20.0;
/// What a context gives to the next shorter one, in counts, besides what the discounts took.
const BACK_OFF: f64 = 5.0;
/// Share of the table of pairs, against the general model, in what both know.
const MORE_PAIRS: f64 = 0.3;
/// General text has punctuation, too, but the table of pairs does not count it: the share of words.
const WORDS: f64 = 0.85;
/// Share of how many words a word follows, against how often it comes: where a pair was never seen, a word
/// that follows many is likelier than one as frequent that follows few (Kneser and Ney, 1995).
const FOLLOWS: f64 = 0.5;

/// Probabilities of single tokens: dictionary, general text and our texts mixed.
pub fn singles(dict: &[(String, f64)], tables: &General, counts: &TextCounts) -> Counts<Token> {
    let mut general = dict_costs(dict);
    let words = sum(tables
        .one
        .iter()
        .filter(|e| general.contains_key(e.0))
        .map(|e| *e.1));
    for p in general.values_mut() {
        *p *= words;
    }
    for (&token, &p) in &tables.one {
        general.entry(token).or_insert(p);
    }
    let total: f64 = counts.one.values().sum();
    let known: f64 = counts
        .one
        .iter()
        .filter(|(token, _)| general.contains_key(token))
        .map(|entry| entry.1)
        .sum::<f64>()
        / total;
    let mut singles: Counts<Token> = general
        .iter()
        .map(|(&token, p)| (token, p * known * (1.0 - TEXT_SHARE)))
        .collect();
    for (&token, count) in &counts.one {
        let share = if general.contains_key(&token) {
            TEXT_SHARE
        } else {
            1.0
        };
        *singles.entry(token).or_default() += share * count / total;
    }
    for (mark, general) in MARKS {
        let own = singles.entry(classes::token(mark)).or_default();
        *own = f64::midpoint(*own, general / 100.0);
    }
    add_followers(&mut singles, tables);
    singles
}

/// Mixes in how many words each word follows in the general model.
fn add_followers(singles: &mut Counts<Token>, tables: &General) {
    let mut followed: Counts<Token> = Counts::new();
    for (_, b) in tables
        .two
        .keys()
        .filter(|pair| singles.contains_key(&pair.1))
    {
        *followed.entry(*b).or_default() += 1.0;
    }
    let mass = sum(followed.keys().map(|token| singles[token]));
    let all: f64 = followed.values().sum();
    for (token, count) in followed {
        let own = singles.entry(token).or_default();
        *own = (1.0 - FOLLOWS) * *own + FOLLOWS * mass * count / all;
    }
}

/// A sum that does not depend on the order of what is summed.
pub fn sum(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = numbers.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.into_iter().sum()
}

/// The interpolated estimate of pairs and triples.
pub struct Estimate<'a> {
    singles: &'a Counts<Token>,
    counts: &'a TextCounts,
    general: &'a General,
    roles: &'a Roles,
    /// Of the pairs that a source has.
    pub pairs: HashMap<(Token, Token), f64>,
    /// What each first token leaves to pairs that none has.
    spread: Counts<Token>,
}

impl<'a> Estimate<'a> {
    pub fn new(
        singles: &'a Counts<Token>,
        counts: &'a TextCounts,
        general: &'a General,
        roles: &'a Roles,
    ) -> Self {
        let mut pairs = mixed(counts, general);
        hand::set(&mut pairs);
        let mut sorted: Vec<_> = pairs.iter().map(|(&pair, &p)| (pair, p)).collect();
        sorted.sort_by_key(|entry| entry.0);
        let mut mass: Counts<Token> = Counts::new();
        for ((a, _), p) in sorted {
            *mass.entry(a).or_default() += p;
        }
        let left = |(a, p): (Token, f64)| (a, (1.0 - p).clamp(0.02, 1.0));
        let mut estimate = Self {
            singles,
            counts,
            general,
            roles,
            pairs: HashMap::new(),
            spread: mass.into_iter().map(left).collect(),
        };
        for (&(a, b), p) in &mut pairs {
            *p += estimate.unseen(a, b);
        }
        estimate.pairs = pairs;
        estimate
    }

    pub fn single(&self, token: Token) -> f64 {
        self.singles.get(&token).copied().unwrap_or(1e-9)
    }

    /// A token after another, by their roles, as a share of what is left to all that none has seen there.
    pub fn lower(&self, a: Token, b: Token) -> f64 {
        self.single(b) * self.roles.factor(a, b)
    }

    /// A token after another that no source has seen it after.
    pub fn unseen(&self, a: Token, b: Token) -> f64 {
        self.spread.get(&a).copied().unwrap_or(1.0) * self.lower(a, b)
    }

    pub fn pair(&self, a: Token, b: Token) -> f64 {
        let seen = self.pairs.get(&(a, b)).copied();
        seen.unwrap_or_else(|| self.unseen(a, b))
    }

    /// A token after two others.
    pub fn triple(&self, a: Token, b: Token, c: Token) -> f64 {
        let context = self.counts.two.get(&(a, b)).copied().unwrap_or(0.0);
        let count = self.counts.three.get(&(a, b, c)).copied().unwrap_or(0.0);
        let lower = self.pair(b, c);
        let text =
            ((count - DISCOUNT).max(0.0) + (BACK_OFF + DISCOUNT) * lower) / (context + BACK_OFF);
        let share = if self.general.contexts.contains(&(a, b)) {
            TEXT_SHARE_TRIPLES * context / (context + ENOUGH_PAIRS)
        } else {
            1.0
        };
        let general = self.general.three.get(&(a, b, c)).copied().unwrap_or(lower);
        (share * text + (1.0 - share) * general).min(0.98)
    }
}

/// The pairs that a source has, the sources mixed.
fn mixed(counts: &TextCounts, general: &General) -> Counts<(Token, Token)> {
    let mut sums: Counts<Token> = Counts::new();
    for (&(a, _), count) in &counts.two {
        *sums.entry(a).or_default() += count;
    }
    let share = |a: Token| match (sums.get(&a), general.known.contains(&a)) {
        // A text that has hardly seen the word says little about what comes next.
        (Some(own), true) => TEXT_SHARE_PAIRS * own / (own + ENOUGH),
        // What only the texts know; but they are of few kinds.
        (Some(own), false) => TEXT_SHARE_MARKS * own / (own + ENOUGH),
        _ => 0.0,
    };
    let more = |a: Token| {
        if general.known.contains(&a) {
            MORE_PAIRS
        } else {
            1.0
        }
    };
    let mut pairs: Counts<(Token, Token)> = Counts::new();
    for (&(a, b), count) in &counts.two {
        let p = (count - DISCOUNT).max(0.0) / sums[&a];
        *pairs.entry((a, b)).or_default() += share(a) * p;
    }
    for (&(a, b), count) in &general.more {
        let p = (count - DISCOUNT).max(0.0) / general.first[&a];
        *pairs.entry((a, b)).or_default() += (1.0 - share(a)) * more(a) * WORDS * p;
    }
    for (&(a, b), p) in &general.two {
        *pairs.entry((a, b)).or_default() += (1.0 - share(a)) * (1.0 - MORE_PAIRS) * p;
    }
    pairs
}
