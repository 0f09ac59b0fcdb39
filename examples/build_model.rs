//! Makes `assets/words.fst`, `ngrams.bin` and `characters.bin`, the word model that repair searches with.
//!
//! ```text
//! cargo run --release --example build_model -- DICT GENERAL PAIRS TEXT... --out assets
//! ```
//!
//! `DICT` is jieba's `dict.txt` (word, count, tag); `GENERAL` has the n-grams of a model of general
//! text (probability, one to three words, separated by tabs); `PAIRS` is a table of word pairs (word,
//! word, count); each `TEXT` is plain text, one paragraph a line, its punctuation in it. Only
//! statistics leave this program. `assets/README.md` says where the inputs come from.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;

use mingwen::repair::classes::{self, EDGE, NUMBER, Token};
use mingwen::repair::model::{self, Model, NGRAM_STEPS, WORD_STEPS};
use mingwen::repair::ngrams;

/// What absolute discounting takes from each count.
const DISCOUNT: f64 = 0.7;
/// Share of the texts, against the general tables, in the frequencies of single words.
const TEXT_SHARE: f64 = 0.2;
/// The same for what follows a token that only the texts know.
const TEXT_SHARE_MARKS: f64 = 0.3;
/// The same for what follows a word that both know, and two words.
const TEXT_SHARE_PAIRS: f64 = 0.6;
const TEXT_SHARE_TRIPLES: f64 = 0.6;
/// Share of the general model, against the dictionary, in the frequencies of words.
const GENERAL_SHARE: f64 = 0.6;
/// Share of the table of pairs, against the general model, in what both know.
const MORE_PAIRS: f64 = 0.15;
/// How much of what is repaired is like the texts, when n-grams are weighed against each other.
const TEXT_USE: f64 = 0.5;

/// How many of a hundred tokens of general prose are these marks: round numbers, set by hand for
/// those that the general model leaves out.
const MARKS: [(&str, f64); 6] = [
    ("《", 0.3),
    ("》", 0.3),
    ("（", 0.5),
    ("）", 0.5),
    ("—", 0.2),
    ("·", 0.1),
];

/// What a number counts, in general prose, the commonest first: set by hand, as general text comes
/// without its digits. Together they follow half of all numbers; the nth has a share of 1/(n+3).
const MEASURES: &str = "年 月 日 个 人 万 元 % ％ 亿 条 项 次 万元 亿元 家 岁 名 米 号 部 时 天 种 公里 点 倍 件 \
    小时 分 位 分钟 吨 届 台 所 平方米 座 章 期 套 亩 篇 户 页 本 辆 张 只 多 余 场 层 级 款 支 幅 批 周 度 节 份 集 \
    艘 架 克 公斤 公顷 平方公里 万人 亿人 万吨 千米 厘米 毫米 美元 万美元 亿美元 世纪 多万 余家 多家 多个 余个 秒 路 室 楼";

/// What numbers come after, and how often of a hundred: round numbers, set by hand, as general text
/// comes without its digits.
const BEFORE_NUMBERS: [(&str, f64); 3] = [
    (
        "共计 总计 合计 累计 约为 增至 升至 降至 减至 高达 多达",
        40.0,
    ),
    (
        "共 总共 一共 约 大约 近 达 达到 超过 不到 不足 至少 最多 仅 第 表 图 附表 附图 附件",
        20.0,
    ),
    (
        "出台 发布 印发 制定 修订 新增 实施 完成 建成 投入 引进 培育 举办 开展 签订 支出 收入",
        6.0,
    ),
];

/// How many of a hundred of these end a line without a mark, in a report: such a line is a heading,
/// and headings ask but hardly ever propose. Set by hand, as the texts have hardly any.
const HEADINGS: [(&str, f64); 3] = [("吗", 30.0), ("呢", 10.0), ("吧", 6.0)];

/// After a mark and a number, of a hundred: a sentence opens with a date, a list goes on.
const DATES: [(&str, &str, f64); 6] = [
    ("。", "年", 30.0),
    ("。", "月", 20.0),
    ("，", "年", 20.0),
    ("，", "月", 12.0),
    ("、", "年", 5.0),
    ("、", "月", 2.0),
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
    let [dict, general, pairs, texts @ ..] = paths.as_slice() else {
        return Err("usage: build_model DICT GENERAL PAIRS TEXT... [--out DIR]".into());
    };
    let mut general = General::read(&std::fs::read_to_string(general)?);
    let dict = worth_keeping(
        read_dict(&std::fs::read_to_string(dict)?, &general),
        &general,
    );
    let words = word_map(&dict, &dict_costs(&dict))?;
    let empty = ngrams::write(&[]);
    let segmenter = Model::new(&words, &empty).ok_or("the new map is not readable")?;

    let mut counts = TextCounts::default();
    for path in texts {
        for line in std::fs::read_to_string(path)?.lines() {
            counts.add(&segmenter.tokens(line));
        }
    }
    general.add_pairs(&std::fs::read_to_string(pairs)?, &dict);
    let singles = singles(&dict, &general, &counts);
    let entries = Estimate::new(&singles, &counts, &general).entries(
        &dict_costs(&dict).into_keys().collect(),
        keep_pairs,
        keep_triples,
    );

    let words = word_map(&dict, &singles)?;
    let table = ngrams::write(&entries);
    let model = Model::new(&words, &table).ok_or("the tables don't fit the program")?;
    let characters = model.character_costs();
    println!("{} words: {} bytes", dict.len(), words.len());
    println!("{} n-grams: {} bytes", entries.len(), table.len());
    std::fs::write(out.join("words.fst"), &words)?;
    std::fs::write(out.join("ngrams.bin"), &table)?;
    std::fs::write(out.join("characters.bin"), characters)?;
    Ok(())
}

/// Whether a word has no traditional character: one that has is the same token as the simplified
/// word, and would take its place in every table.
fn simplified(word: &str) -> bool {
    word.chars().all(|c| classes::simplified(c) == c)
}

/// The words of the dictionary and of the general model that are Chinese throughout, with their
/// probabilities, sorted.
fn read_dict(text: &str, general: &General) -> Vec<(String, f64)> {
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

fn worth_keeping(dict: Vec<(String, f64)>, general: &General) -> Vec<(String, f64)> {
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

/// What general text has: probabilities of words and marks, and of those after one and two others.
#[derive(Default)]
struct General {
    names: Vec<String>,
    one: Counts<Token>,
    two: Counts<(Token, Token)>,
    three: Counts<(Token, Token, Token)>,
    /// The pairs that triples start with.
    contexts: HashSet<(Token, Token)>,
    /// What the table of pairs adds, and its contexts.
    more: Counts<(Token, Token)>,
    first: Counts<Token>,
    known: HashSet<Token>,
}

impl General {
    /// Lines of a probability and of one, two or three words.
    fn read(text: &str) -> Self {
        let mut general = Self::default();
        for line in text.lines().filter(|line| simplified(line)) {
            let mut fields = line.split('\t');
            let Some(p) = fields.next().and_then(|field| field.parse::<f64>().ok()) else {
                continue;
            };
            let words: Vec<&str> = fields.collect();
            let tokens: Vec<Token> = words.iter().map(|word| classes::token(word)).collect();
            match tokens[..] {
                [a] => {
                    general.names.push(words[0].to_owned());
                    general.one.insert(a, p);
                }
                [a, b] => {
                    general.two.insert((a, b), p);
                    general.known.insert(a);
                }
                [a, b, c] => {
                    general.three.insert((a, b, c), p);
                    general.contexts.insert((a, b));
                }
                _ => {}
            }
        }
        let mut total: Vec<f64> = general.one.values().copied().collect();
        total.sort_by(f64::total_cmp);
        let total: f64 = total.iter().sum();
        for p in general.one.values_mut() {
            *p /= total;
        }
        general
    }

    /// Counts of pairs of words.
    fn add_pairs(&mut self, text: &str, dict: &[(String, f64)]) {
        let probabilities = dict_costs(dict);
        let mut two = Counts::new();
        let mut kept: Counts<Token> = Counts::new();
        for line in text.lines().filter(|line| simplified(line)) {
            let mut fields = line.split('\t');
            let (Some(a), Some(b), Some(count)) = (fields.next(), fields.next(), fields.next())
            else {
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
        self.first = kept
            .into_iter()
            .map(|(token, sum)| (token, (sum * 1.15).max(size * probabilities[&token])))
            .collect();
        self.more = two;
    }
}

/// Probabilities of single tokens: dictionary, general text and our texts mixed.
fn singles(dict: &[(String, f64)], tables: &General, counts: &TextCounts) -> Counts<Token> {
    let mut general = dict_costs(dict);
    let words: f64 = {
        let mut of_words: Vec<f64> = tables
            .one
            .iter()
            .filter(|e| general.contains_key(e.0))
            .map(|e| *e.1)
            .collect();
        of_words.sort_by(f64::total_cmp);
        of_words.iter().sum()
    };
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
    singles
}

/// The interpolated estimate of pairs and triples.
struct Estimate<'a> {
    singles: &'a Counts<Token>,
    counts: &'a TextCounts,
    general: &'a General,
    pairs: HashMap<(Token, Token), f64>,
    spread: Counts<Token>,
}

impl<'a> Estimate<'a> {
    fn new(singles: &'a Counts<Token>, counts: &'a TextCounts, general: &'a General) -> Self {
        let mut sums: Counts<Token> = Counts::new();
        for (&(a, _), count) in &counts.two {
            *sums.entry(a).or_default() += count;
        }
        let share = |a: Token| match (sums.get(&a), general.known.contains(&a)) {
            // A text that has hardly seen the word says little about what comes next.
            (Some(own), true) => TEXT_SHARE_PAIRS * own / (own + 20.0),
            // What only the texts know; but they are of few kinds.
            (Some(own), false) => TEXT_SHARE_MARKS * own / (own + 20.0),
            _ => 0.0,
        };
        // General text has punctuation, too, but the table of pairs does not count it.
        let words = 0.85;
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
            *pairs.entry((a, b)).or_default() += (1.0 - share(a)) * more(a) * words * p;
        }
        for (&(a, b), p) in &general.two {
            *pairs.entry((a, b)).or_default() += (1.0 - share(a)) * (1.0 - MORE_PAIRS) * p;
        }
        set_by_hand(&mut pairs);
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
        let mut estimate = Self {
            singles,
            counts,
            general,
            pairs,
            spread,
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
    fn entries(
        &self,
        words: &HashSet<Token>,
        keep_pairs: usize,
        keep_triples: usize,
    ) -> Vec<(u64, u8)> {
        let mut pairs: Vec<(f64, (Token, Token), f64)> = self
            .pairs
            .iter()
            .map(|(&(a, b), &p)| {
                let without = self.spread[&a] * self.single(b);
                (self.single(a) * p * (p / without).ln().abs(), (a, b), p)
            })
            .collect();
        best(&mut pairs, keep_pairs);
        let total: f64 = self.counts.lists as f64 + self.counts.one.values().sum::<f64>();
        let keys: HashSet<(Token, Token, Token)> = self
            .counts
            .three
            .iter()
            .filter(|(_, count)| **count >= 2.0)
            .map(|entry| *entry.0)
            .chain(self.general.three.keys().copied())
            .collect();
        let mut triples: Vec<(f64, (Token, Token, Token), f64)> = keys
            .into_iter()
            .map(|(a, b, c)| {
                let context = self.counts.two.get(&(a, b)).copied().unwrap_or(0.0);
                let count = self.counts.three.get(&(a, b, c)).copied().unwrap_or(0.0);
                let lower = self.pair(b, c);
                // As much to the pair as the discounts took: at least 0.7 of a count.
                let text =
                    ((count - DISCOUNT).max(0.0) + (2.0 + DISCOUNT) * lower) / (context + 2.0);
                let known = self.general.contexts.contains(&(a, b));
                let share = if known {
                    TEXT_SHARE_TRIPLES * context / (context + 20.0)
                } else {
                    1.0
                };
                let general = self.general.three.get(&(a, b, c)).copied().unwrap_or(lower);
                let p = (share * text + (1.0 - share) * general).min(0.98);
                let often = TEXT_USE * count / total
                    + (1.0 - TEXT_USE) * self.single(a) * self.pair(a, b) * p;
                (often * (p / lower).ln().abs(), (a, b, c), p)
            })
            .collect();
        for (mark, unit, percent) in DATES {
            let key = (classes::token(mark), NUMBER, classes::token(unit));
            triples.retain(|triple| triple.1 != key);
            triples.push((f64::INFINITY, key, percent / 100.0));
        }
        best(&mut triples, keep_triples);
        // The search asks for triples only where it has found the pair that they begin with.
        let kept: HashSet<(Token, Token)> = pairs.iter().map(|pair| pair.1).collect();
        let missing: BTreeSet<(Token, Token)> = triples
            .iter()
            .map(|&(_, (a, b, _), _)| (a, b))
            .filter(|pair| !kept.contains(pair))
            .collect();
        pairs.extend(
            missing
                .into_iter()
                .map(|(a, b)| (0.0, (a, b), self.pair(a, b))),
        );
        println!("{} pairs, {} triples", pairs.len(), triples.len());
        self.encode(words, &pairs, &triples)
    }

    fn encode(
        &self,
        words: &HashSet<Token>,
        pairs: &[(f64, (Token, Token), f64)],
        triples: &[(f64, (Token, Token, Token), f64)],
    ) -> Vec<(u64, u8)> {
        let mut entries = Vec::new();
        for (&token, &count) in &self.counts.one {
            // Words have theirs in the map; a mark seen twice is a misprint.
            if count >= 3.0 && !words.contains(&token) {
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

/// Puts in what the texts tell too little of: what comes after numbers, and how headings end.
fn set_by_hand(pairs: &mut Counts<(Token, Token)>) {
    let mut share_out = |first: Token, seconds: &[(Token, f64)]| {
        let given: f64 = seconds.iter().map(|second| second.1).sum();
        for (key, p) in pairs.iter_mut() {
            if key.0 == first {
                *p *= 1.0 - given;
            }
        }
        for &(second, p) in seconds {
            *pairs.entry((first, second)).or_default() += p;
        }
    };
    let measures: Vec<&str> = MEASURES.split_whitespace().collect();
    let shares = (3..).map(|n| 1.0 / f64::from(n));
    let total: f64 = shares.clone().take(measures.len()).sum();
    let measures: Vec<(Token, f64)> = measures
        .iter()
        .zip(shares)
        .map(|(measure, share)| (classes::token(measure), 0.5 * share / total))
        .collect();
    share_out(NUMBER, &measures);
    for (measure, _) in &measures {
        let closers = ["）", ")", "，", "、", "。"];
        share_out(*measure, &closers.map(|mark| (classes::token(mark), 0.03)));
        share_out(*measure, &[(EDGE, 0.05)]);
    }
    for (words, percent) in BEFORE_NUMBERS {
        for word in words.split_whitespace() {
            share_out(classes::token(word), &[(NUMBER, percent / 100.0)]);
        }
    }
    for (particle, percent) in HEADINGS {
        share_out(classes::token(particle), &[(EDGE, percent / 100.0)]);
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
