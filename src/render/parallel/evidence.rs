//! What tells that a text stands for another one in another language.
//!
//! In: the blocks of a page. Out: [`Features`] of each block and [`Contents`] of a section, and what it
//! costs to put two side by side: the less they have in common, the more. Promise: a cost takes time
//! in proportion to the two alone; nothing depends on which of the languages is the first.
//!
//! Both are compared by their length (a Chinese character says as much as [`LETTERS`] letters), their
//! numbers, the words in Latin letters in the Chinese text, what they link to, and what kind they are.

use pulldown_cmark::{Event, Tag};

use crate::render::markdown::Parsed;
use crate::render::markdown::blocks::{Kind, text};
use crate::render::markdown::cjk::is_cjk;

/// Letters that say as much as one Chinese character.
const LETTERS: usize = 3;
/// What numbers cost that differ altogether.
const NUMBERS: usize = 80;
/// What a number costs that the other language may have put in words.
const NUMBER_IN_WORDS: usize = 15;
/// What names and links cost that are all missing in the other language.
const NAMES: usize = 40;
const LINKS: usize = 40;
/// What it costs when a paragraph became an item of a list, or the other way round.
const OTHER_KIND: u32 = 40;
/// What it costs when a section has a table, a chart or a picture more than the other; and at most.
const OTHER_FIGURES: usize = 15;
const MOST_OF_FIGURES: usize = 60;
/// Letters by which the lengths of translations differ, squared, for each letter (Gale and Church:
/// 6.8 for European languages, of which each sentence is one; paragraphs of Chinese differ more).
const VARIANCE: usize = 12;
/// No two lengths differ by more than this, as far as it matters.
const LONGEST: usize = 1_000_000;

/// What is known of a block, or of many together.
#[derive(Debug, Clone, Default)]
struct Words {
    /// Its length in letters.
    length: usize,
    /// Whether most of it is Chinese.
    is_chinese: bool,
    /// Its numbers, its words in Latin letters and what it links to, each as digests, sorted.
    numbers: Vec<u64>,
    latin: Vec<u64>,
    links: Vec<u64>,
}

/// What is known of a block.
#[derive(Debug, Clone)]
pub(super) struct Features {
    kind: Kind,
    words: Words,
}

/// What is known of a section.
#[derive(Debug, Clone, Default)]
pub(super) struct Contents {
    heading: Words,
    all: Words,
    /// How many tables, charts and blocks of code it has.
    figures: usize,
}

/// The features of all blocks of a page.
pub(super) fn features(parsed: &Parsed<'_>) -> Vec<Features> {
    let blocks = parsed.blocks.iter().map(|block| {
        let events = parsed.events.get(block.events.clone()).unwrap_or_default();
        let mut words = Words::of(&text(events));
        words.links = events.iter().filter_map(|(event, _)| link(event)).collect();
        words.links.sort_unstable();
        Features {
            kind: block.kind,
            words,
        }
    });
    blocks.collect()
}

/// What a link or a picture names; a page's language does not matter.
fn link(event: &Event<'_>) -> Option<u64> {
    let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event else {
        return None;
    };
    let target = dest_url.split('#').next().unwrap_or_default();
    let base = target.strip_suffix(".md").unwrap_or(target);
    let base = base
        .strip_suffix(".zh")
        .or_else(|| base.strip_suffix(".en"));
    Some(digest(
        base.unwrap_or(target.trim_end_matches(".md")).chars(),
    ))
}

/// FNV-1a over characters.
fn digest(characters: impl Iterator<Item = char>) -> u64 {
    characters.fold(0xcbf2_9ce4_8422_2325, |sum, c| {
        (sum ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
    })
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self::default();
        let mut chinese = 0;
        let mut word: Vec<char> = Vec::new();
        let mut number: Vec<char> = Vec::new();
        let mut characters = text.chars().peekable();
        while let Some(c) = characters.next() {
            if !c.is_whitespace() {
                words.length += if c.is_ascii() { 1 } else { LETTERS };
                chinese += usize::from(is_cjk(c));
            }
            let before_digit = characters.peek().copied().and_then(digit).is_some();
            if let Some(digit) = digit(c) {
                number.push(digit);
            } else if !number.is_empty() && matches!(c, '.' | ',') && before_digit {
                // `1,101` is `1101`; `1.5` is not `15`.
                number.extend((c == '.').then_some(c));
            } else if !number.is_empty() {
                words.numbers.push(digest(number.drain(..)));
            }
            if c.is_ascii_alphabetic() {
                word.push(c.to_ascii_lowercase());
            } else {
                words.take(&mut word);
            }
        }
        words.take(&mut word);
        if !number.is_empty() {
            words.numbers.push(digest(number.into_iter()));
        }
        words.is_chinese = chinese * LETTERS * 2 > words.length;
        words.sort();
        words
    }

    fn take(&mut self, word: &mut Vec<char>) {
        // A single letter is no name.
        if word.len() > 1 {
            self.latin.push(digest(word.iter().copied()));
        }
        word.clear();
    }

    fn sort(&mut self) {
        self.numbers.sort_unstable();
        self.links.sort_unstable();
        self.latin.sort_unstable();
        self.latin.dedup();
    }

    fn add(&mut self, other: &Self) {
        self.length += other.length;
        self.numbers.extend(&other.numbers);
        self.latin.extend(&other.latin);
        self.links.extend(&other.links);
    }

    fn cost(&self, other: &Self) -> u32 {
        let cost = self.cost_of_length(other)
            + self.cost_of_numbers(other)
            + self.cost_of_names(other)
            + apart(LINKS, &self.links, &other.links);
        u32::try_from(cost).unwrap_or(u32::MAX / 4)
    }

    /// Short texts may differ by much in proportion, long ones by many letters.
    fn cost_of_length(&self, other: &Self) -> usize {
        let both = (self.length + other.length).max(1);
        let difference = self.length.abs_diff(other.length).min(LONGEST);
        // In standard deviations, of which each counts 35.
        let variance = (VARIANCE * both).div_ceil(2);
        let deviations = (35 * 35 * difference * difference / variance).isqrt();
        (150 * difference / both).min(deviations).min(100)
    }

    fn cost_of_numbers(&self, other: &Self) -> usize {
        let (a, b) = (self.numbers.len(), other.numbers.len());
        match a.min(b) {
            0 => NUMBER_IN_WORDS * a.max(b).min(2),
            _ => apart(NUMBERS, &self.numbers, &other.numbers),
        }
    }

    /// A name in Latin letters stands in the English text as well.
    fn cost_of_names(&self, other: &Self) -> usize {
        let (names, all) = match (self.is_chinese, other.is_chinese) {
            (true, false) => (&self.latin, &other.latin),
            (false, true) => (&other.latin, &self.latin),
            _ => return 0,
        };
        match names.len() {
            0 => 0,
            count => NAMES - NAMES * common(names, all) / count,
        }
    }
}

/// A part of what it costs if two sorted lists have nothing in common.
fn apart(all: usize, a: &[u64], b: &[u64]) -> usize {
    match a.len() + b.len() {
        0 => 0,
        both => all - all * 2 * common(a, b) / both,
    }
}

/// How many entries two sorted lists have in common.
fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut at, mut found) = (0, 0);
    for number in a {
        while b.get(at).is_some_and(|other| other < number) {
            at += 1;
        }
        if b.get(at) == Some(number) {
            found += 1;
            at += 1;
        }
    }
    found
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => None,
    }
}

impl Features {
    /// What it costs to put two blocks side by side; `None` if they can't be.
    pub(super) fn cost(&self, other: &Self) -> Option<u32> {
        let text = [Kind::Paragraph, Kind::Item, Kind::Quote];
        let kind = match self.kind == other.kind {
            true => 0,
            false if text.contains(&self.kind) && text.contains(&other.kind) => OTHER_KIND,
            false => return None,
        };
        Some(kind + self.words.cost(&other.words))
    }
}

impl Contents {
    pub(super) fn new(heading: Option<&Features>, blocks: &[Features]) -> Self {
        let heading = heading.map(|heading| heading.words.clone());
        let heading = heading.unwrap_or_default();
        let mut all = heading.clone();
        let mut figures = 0;
        let mut chinese = usize::from(heading.is_chinese);
        for block in blocks {
            all.add(&block.words);
            chinese += usize::from(block.words.is_chinese);
            let is_figure = matches!(block.kind, Kind::Table | Kind::Chart | Kind::Code);
            figures += usize::from(is_figure);
        }
        all.is_chinese = 2 * chinese > blocks.len();
        all.sort();
        Self {
            heading,
            all,
            figures,
        }
    }

    /// What it costs to put two sections side by side.
    pub(super) fn cost(&self, other: &Self) -> u32 {
        let figures = OTHER_FIGURES * self.figures.abs_diff(other.figures);
        let heading = self.heading.cost_of_numbers(&other.heading);
        // One or two numbers may be put in words; many that all differ tell of something else.
        let many = self.all.numbers.len().min(other.all.numbers.len()) > 2;
        let numbers = usize::from(many) * self.all.cost_of_numbers(&other.all);
        let own =
            u32::try_from(figures.min(MOST_OF_FIGURES) + heading + numbers).unwrap_or(u32::MAX / 4);
        own + self.all.cost(&other.all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_alike() {
        let numbers = |text: &str| Words::of(text).numbers;
        assert_eq!(
            numbers("共１１０１部，1.8%；34"),
            numbers("1,101 in 34. 1.8")
        );
        assert_ne!(numbers("1.5"), numbers("15"));
    }

    #[test]
    fn what_says_the_same_costs_less() {
        let cost = |a: &str, b: &str| Words::of(a).cost(&Words::of(b));
        let zh = "2017年3月，Zola公司在杭州设立园区，投资1.8亿元。";
        let same = cost(
            zh,
            "In March 2017 Zola opened a park in Hangzhou for 180 million yuan (1.8).",
        );
        let other = cost(
            zh,
            "In May 2019 the city of Wuhan published a plan for 32 schools and parks.",
        );
        assert!(same + 40 < other, "{same} {other}");
        assert_eq!(cost(zh, "x"), cost("x", zh));
    }
}
