//! Makes `assets/words.fst` and `assets/ngrams.bin`, the word model that repair searches with.
//!
//! ```text
//! cargo run --release --example build_model -- DICT PAIRS TEXT... --out assets
//! ```
//!
//! `DICT` is jieba's `dict.txt` (word, count, tag); `PAIRS` is a table of word pairs (word, word,
//! count, separated by tabs); each `TEXT` is plain text, one paragraph a line, its punctuation in
//! it. Only statistics leave this program. `assets/README.md` says where the inputs come from.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use mingwen::repair::classes::{self, EDGE, Token};
use mingwen::repair::model::{self, Model, NGRAM_STEPS, WORD_STEPS};
use mingwen::repair::ngrams;

/// What absolute discounting takes from each count.
const DISCOUNT: f64 = 0.7;
/// Share of the texts, against the general tables, in the frequencies of single words.
const TEXT_SHARE: f64 = 0.25;
/// The same for pairs of words that both know.
const TEXT_SHARE_PAIRS: f64 = 0.45;

/// How many of a hundred tokens of general prose are these marks: round numbers, set by hand,
/// because statutes and manuals neither ask nor exclaim nor quote speech.
const MARKS: [(&str, f64); 16] = [
    ("，", 6.5),
    ("。", 3.5),
    ("、", 1.5),
    ("“", 0.8),
    ("”", 0.8),
    ("：", 0.6),
    ("；", 0.2),
    ("？", 0.4),
    ("！", 0.4),
    ("《", 0.3),
    ("》", 0.3),
    ("（", 0.5),
    ("）", 0.5),
    ("…", 0.2),
    ("—", 0.2),
    ("·", 0.1),
];

type Counts<K> = HashMap<K, f64>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths = Vec::new();
    let mut out = PathBuf::from("assets");
    let (mut keep_pairs, mut keep_triples) = (450_000, 250_000);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--out" => out = arguments.next().unwrap_or_default().into(),
            "--pairs" => keep_pairs = arguments.next().unwrap_or_default().parse()?,
            "--triples" => keep_triples = arguments.next().unwrap_or_default().parse()?,
            _ => paths.push(argument),
        }
    }
    let [dict, pairs, texts @ ..] = paths.as_slice() else {
        return Err("usage: build_model DICT PAIRS TEXT... [--out DIR]".into());
    };
    let dict = worth_keeping(read_dict(&std::fs::read_to_string(dict)?));
    let words = word_map(&dict, &dict_costs(&dict))?;
    let empty = ngrams::write(&[]);
    let segmenter = Model::new(&words, &empty).ok_or("the new map is not readable")?;

    let mut counts = TextCounts::default();
    for path in texts {
        for line in std::fs::read_to_string(path)?.lines() {
            counts.add(&segmenter.tokens(line));
        }
    }
    let general = read_pairs(&std::fs::read_to_string(pairs)?, &dict);
    let singles = singles(&dict, &counts);
    let entries = Estimate::new(&singles, &counts, &general).entries(keep_pairs, keep_triples);

    let words = word_map(&dict, &singles)?;
    let table = ngrams::write(&entries);
    println!("{} words: {} bytes", dict.len(), words.len());
    println!("{} n-grams: {} bytes", entries.len(), table.len());
    std::fs::write(out.join("words.fst"), words)?;
    std::fs::write(out.join("ngrams.bin"), table)?;
    Ok(())
}

/// The dictionary's words that are Chinese throughout, with their counts, sorted.
fn read_dict(text: &str) -> Vec<(String, f64)> {
    let mut dict: Vec<(String, f64)> = text
        .lines()
        .filter_map(|line| {
            let mut fields = line.split(' ');
            let (word, count) = (fields.next()?, fields.next()?.parse().ok()?);
            let chinese = !word.is_empty() && word.chars().all(classes::is_han);
            chinese.then(|| (word.to_owned(), f64::max(count, 1.0)))
        })
        .collect();
    dict.sort_by(|a, b| a.0.cmp(&b.0));
    dict.dedup_by(|a, b| a.0 == b.0);
    dict
}

/// Leaves out the words that their own parts explain about as well (by this many nats).
const EXPLAINED: f64 = 1.5;

fn worth_keeping(dict: Vec<(String, f64)>) -> Vec<(String, f64)> {
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
            let word: Vec<char> = word.chars().collect();
            parts(&word) > costs[&word] + EXPLAINED
        })
        .collect()
}

fn dict_costs(dict: &[(String, f64)]) -> Counts<Token> {
    let total: f64 = dict.iter().map(|entry| entry.1).sum();
    dict.iter()
        .map(|(word, count)| (classes::token(word), count / total))
        .collect()
}

/// The words with the costs of their probabilities, as a finite-state map.
fn word_map(dict: &[(String, f64)], probabilities: &Counts<Token>) -> Result<Vec<u8>, fst::Error> {
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

/// Counts of tokens, pairs and triples in the texts.
#[derive(Default)]
struct TextCounts {
    one: Counts<Token>,
    two: Counts<(Token, Token)>,
    three: Counts<(Token, Token, Token)>,
    lists: usize,
}

impl TextCounts {
    /// Counts a line. Statutes and manuals are full of lists whose items end in `；`, as the lines
    /// of other texts hardly ever do: four of five such line ends are not counted.
    fn add(&mut self, tokens: &[Token]) {
        let mut line = vec![EDGE];
        line.extend(tokens);
        let semicolon = tokens.last() == Some(&classes::token("；"));
        self.lists += usize::from(semicolon);
        if !semicolon || self.lists.is_multiple_of(5) {
            line.push(EDGE);
        }
        for &token in line.iter().skip(1) {
            *self.one.entry(token).or_default() += 1.0;
        }
        for pair in line.windows(2) {
            *self.two.entry((pair[0], pair[1])).or_default() += 1.0;
        }
        for triple in line.windows(3) {
            *self
                .three
                .entry((triple[0], triple[1], triple[2]))
                .or_default() += 1.0;
        }
    }
}

/// Pairs of words from general text, and how often each first word stands there in all.
struct General {
    two: Counts<(Token, Token)>,
    first: Counts<Token>,
    words: HashSet<Token>,
}

fn read_pairs(text: &str, dict: &[(String, f64)]) -> General {
    let probabilities = dict_costs(dict);
    let mut two = Counts::new();
    let mut kept: Counts<Token> = Counts::new();
    for line in text.lines() {
        let mut fields = line.split('\t');
        let (Some(a), Some(b), Some(count)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        let (a, b) = (classes::token(a), classes::token(b));
        let Ok(count) = count.parse::<f64>() else {
            continue;
        };
        if probabilities.contains_key(&a) && probabilities.contains_key(&b) {
            two.insert((a, b), count);
            *kept.entry(a).or_default() += count;
        }
    }
    // The table leaves rare pairs out. How large the corpus was is seen from the commonest words:
    // of theirs hardly any pair is rare.
    let mut ratios: Vec<f64> = kept
        .iter()
        .filter(|entry| *entry.1 > 5_000.0)
        .map(|(token, sum)| sum / probabilities[token])
        .collect();
    ratios.sort_by(f64::total_cmp);
    let size = ratios.get(ratios.len() / 2).copied().unwrap_or(1.0) * 1.25;
    println!(
        "{} general pairs, of a corpus of about {size:.0} words",
        two.len()
    );
    let first = kept
        .into_iter()
        .map(|(token, sum)| (token, (sum * 1.15).max(size * probabilities[&token])))
        .collect();
    General {
        two,
        first,
        words: probabilities.keys().copied().collect(),
    }
}

/// Probabilities of single tokens: dictionary and texts mixed.
fn singles(dict: &[(String, f64)], counts: &TextCounts) -> Counts<Token> {
    let general = dict_costs(dict);
    let total: f64 = counts.one.values().sum();
    let known: f64 = counts
        .one
        .iter()
        .filter(|(token, _)| general.contains_key(token))
        .map(|entry| entry.1 / total)
        .sum();
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
    singles
}

/// The interpolated estimate of pairs and triples.
struct Estimate<'a> {
    singles: &'a Counts<Token>,
    counts: &'a TextCounts,
    pairs: HashMap<(Token, Token), f64>,
    spread: Counts<Token>,
    words: HashSet<Token>,
}

impl<'a> Estimate<'a> {
    fn new(singles: &'a Counts<Token>, counts: &'a TextCounts, general: &General) -> Self {
        let mut sums: Counts<Token> = Counts::new();
        for (&(a, _), count) in &counts.two {
            *sums.entry(a).or_default() += count;
        }
        let share = |a: Token| match (sums.get(&a), general.first.get(&a)) {
            // A text that has hardly seen the word says little about what comes next.
            (Some(own), Some(_)) => TEXT_SHARE_PAIRS * own / (own + 20.0),
            (Some(_), None) => 1.0,
            _ => 0.0,
        };
        // General text has punctuation, too, but its table does not count it.
        let words = 0.85;
        let mut pairs: Counts<(Token, Token)> = Counts::new();
        for (&(a, b), count) in &counts.two {
            let p = (count - DISCOUNT).max(0.0) / sums[&a];
            *pairs.entry((a, b)).or_default() += share(a) * p;
        }
        for (&(a, b), count) in &general.two {
            let p = (count - DISCOUNT).max(0.0) / general.first[&a];
            *pairs.entry((a, b)).or_default() += (1.0 - share(a)) * words * p;
        }
        let mut mass: Counts<Token> = Counts::new();
        let mut sorted: Vec<_> = pairs.iter().map(|(&k, &v)| (k, v)).collect();
        sorted.sort_by_key(|entry| entry.0);
        for ((a, _), p) in sorted {
            *mass.entry(a).or_default() += p;
        }
        let spread: Counts<Token> = mass
            .into_iter()
            .map(|(a, p)| (a, (1.0 - p).clamp(0.02, 1.0)))
            .collect();
        let words = general.words.clone();
        let mut estimate = Self {
            singles,
            counts,
            pairs,
            spread,
            words,
        };
        let lifted: Vec<_> = estimate
            .pairs
            .iter()
            .map(|(&(a, b), &p)| ((a, b), p + estimate.spread[&a] * estimate.single(b)))
            .collect();
        estimate.pairs = lifted.into_iter().collect();
        estimate
    }

    fn single(&self, token: Token) -> f64 {
        self.singles.get(&token).copied().unwrap_or(1e-9)
    }

    fn pair(&self, a: Token, b: Token) -> f64 {
        self.pairs
            .get(&(a, b))
            .copied()
            .unwrap_or_else(|| self.spread.get(&a).copied().unwrap_or(1.0) * self.single(b))
    }

    /// The entries that matter most: how often each is used, times what it changes.
    fn entries(&self, keep_pairs: usize, keep_triples: usize) -> Vec<(u64, u8)> {
        let mut pairs: Vec<(f64, (Token, Token), f64)> = self
            .pairs
            .iter()
            .map(|(&(a, b), &p)| {
                let without = self.spread[&a] * self.single(b);
                (self.single(a) * p * (p / without).ln().abs(), (a, b), p)
            })
            .collect();
        best(&mut pairs, keep_pairs);
        let mut triples: Vec<(f64, (Token, Token, Token), f64)> = self
            .counts
            .three
            .iter()
            .filter(|(_, count)| **count >= 2.0)
            .map(|(&(a, b, c), count)| {
                let context = self.counts.two[&(a, b)];
                let lower = self.pair(b, c);
                // As much to the pair as the discounts took: at least 0.7 of a count.
                let p = (count - DISCOUNT) / (context + 2.0)
                    + (2.0 + DISCOUNT) / (context + 2.0) * lower;
                (count * (p / lower).ln().abs(), (a, b, c), p.min(0.98))
            })
            .collect();
        best(&mut triples, keep_triples);
        println!("{} pairs, {} triples", pairs.len(), triples.len());
        self.encode(&pairs, &triples)
    }

    fn encode(
        &self,
        pairs: &[(f64, (Token, Token), f64)],
        triples: &[(f64, (Token, Token, Token), f64)],
    ) -> Vec<(u64, u8)> {
        let mut entries = Vec::new();
        for (&token, &count) in &self.counts.one {
            // Words have theirs in the map; a mark seen twice is a misprint.
            if count >= 3.0 && !self.words.contains(&token) {
                entries.push((classes::after(0, token), cost(self.single(token))));
            }
        }
        // What each context leaves to the rest, and what the rest would have without it.
        let mut left: HashMap<u64, (f64, f64)> = HashMap::new();
        for &(_, (a, b), p) in pairs {
            entries.push((classes::after(a, b), cost(p)));
            let (rest, lower) = left.entry(a).or_insert((1.0, 1.0));
            *rest -= p;
            *lower -= self.single(b);
        }
        for &(_, (a, b, c), p) in triples {
            let context = classes::after(a, b);
            entries.push((classes::after(context, c), cost(p)));
            let (rest, lower) = left.entry(context).or_insert((1.0, 1.0));
            *rest -= p;
            *lower -= self.pair(b, c);
        }
        for (context, (rest, lower)) in left {
            let weight = rest.max(0.01) / lower.max(0.02);
            entries.push((classes::own(context), cost(weight.min(1.0))));
        }
        entries.sort_unstable();
        entries
    }
}

/// Keeps the `keep` entries with the highest first fields.
fn best<K: Ord + Copy>(entries: &mut Vec<(f64, K, f64)>, keep: usize) {
    entries.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    entries.truncate(keep);
}

/// A probability as the table holds it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn cost(probability: f64) -> u8 {
    (-probability.ln() * f64::from(NGRAM_STEPS))
        .round()
        .clamp(0.0, 255.0) as u8
}
