//! The words. In: jieba's dictionary and the words of the general model. Out: those worth keeping, with
//! their probabilities, and the finite-state map that repair looks them up in.

use std::collections::HashMap;

use mingwen::repair::classes::{self, Token};
use mingwen::repair::model::{self, WORD_STEPS};

use super::Counts;
use super::sources::General;

/// Share of the general model, against the dictionary, in the frequencies of words.
const GENERAL_SHARE: f64 = 0.6;

/// Whether a word has no traditional character: one that has is the same token as the simplified
/// word, and would take its place in every table.
pub fn simplified(word: &str) -> bool {
    word.chars().all(|c| classes::simplified(c) == c)
}

/// The words of the dictionary and of the general model that are Chinese throughout, with their
/// probabilities, sorted.
pub fn read_dict(text: &str, general: &General) -> Vec<(String, f64)> {
    let mut dict: Vec<(String, f64)> = text
        .lines()
        .filter_map(|line| {
            let mut fields = line.split(' ');
            let (word, count) = (fields.next()?, fields.next()?.parse().ok()?);
            let chinese = !word.is_empty() && word.chars().all(classes::is_han);
            (chinese && simplified(word)).then(|| (word.to_owned(), f64::max(count, 1.0)))
        })
        .collect();
    let total: f64 = dict.iter().map(|entry| entry.1).sum();
    for entry in &mut dict {
        entry.1 *= (1.0 - GENERAL_SHARE) / total;
    }
    let words = general
        .names
        .iter()
        .filter(|word| word.chars().all(classes::is_han));
    dict.extend(words.map(|word| {
        (
            word.clone(),
            GENERAL_SHARE * general.one[&classes::token(word)],
        )
    }));
    dict.sort_by(|a, b| a.0.cmp(&b.0));
    dict.dedup_by(|a, b| {
        let same = a.0 == b.0;
        if same {
            b.1 += a.1;
        }
        same
    });
    dict
}

/// Leaves out the words that their own parts explain about as well (by this many nats).
const EXPLAINED: f64 = 1.5;

pub fn worth_keeping(dict: Vec<(String, f64)>, general: &General) -> Vec<(String, f64)> {
    let costs: HashMap<Vec<char>, f64> = {
        let total: f64 = dict.iter().map(|entry| entry.1).sum();
        let cost = |count: f64| -(count / total).ln();
        dict.iter()
            .map(|(word, count)| (word.chars().collect(), cost(*count)))
            .collect()
    };
    let parts = |word: &[char]| {
        let mut best = vec![f64::INFINITY; word.len() + 1];
        best[0] = 0.0;
        for from in 0..word.len() {
            for to in from + 1..=word.len() {
                if to - from < word.len()
                    && let Some(cost) = costs.get(&word[from..to])
                {
                    best[to] = best[to].min(best[from] + cost);
                }
            }
        }
        best[word.len()]
    };
    dict.into_iter()
        .filter(|(word, _)| {
            if general.one.contains_key(&classes::token(word)) {
                return true;
            }
            let word: Vec<char> = word.chars().collect();
            parts(&word) > costs[&word] + EXPLAINED
        })
        .collect()
}

pub fn dict_costs(dict: &[(String, f64)]) -> Counts<Token> {
    let total: f64 = dict.iter().map(|entry| entry.1).sum();
    dict.iter()
        .map(|(word, count)| (classes::token(word), count / total))
        .collect()
}

/// The words with the costs of their probabilities, as a finite-state map.
pub fn word_map(
    dict: &[(String, f64)],
    probabilities: &Counts<Token>,
) -> Result<Vec<u8>, fst::Error> {
    let mut map = fst::MapBuilder::memory();
    for (word, _) in dict {
        let probability = probabilities.get(&classes::token(word)).copied();
        let cost = -probability.unwrap_or(1e-9).ln() * f64::from(WORD_STEPS);
        // Rare words come in whole steps, so that the map shares more of its nodes.
        let cost = if cost < 9.0 * f64::from(WORD_STEPS) {
            cost.round()
        } else {
            (cost / 4.0).round() * 4.0
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        if let Some(key) = model::key(word) {
            map.insert(key, cost.clamp(0.0, 255.0) as u64)?;
        }
    }
    map.into_inner()
}
