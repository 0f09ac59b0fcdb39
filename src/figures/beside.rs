//! What the words beside a figure say of it: whether it rose or fell, so many an hour or a day, at the
//! beginning or the end of a year, before or after.
//!
//! In: a text, a figure and how far the words around it reach. Out: the answer to a question, by its name in
//! the vocabulary, and the words that give it. Promise: only words of the figure's own clause and near it
//! count; no longer than a clause takes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Vocabulary;
use super::lexicon::Lexicon;
use super::words::{Chars, Words};
use crate::lang::Lang;

/// What can be asked about a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// What it does: rise, fall, be a share, be where something began.
    Part,
    /// In how much time.
    Rate,
    /// At which end of a year or month.
    Edge,
    /// Before or after.
    Side,
    /// At the latest, at the earliest.
    Limit,
    /// Until then, since then.
    Until,
}

impl Question {
    fn name(self) -> &'static str {
        match self {
            Self::Part => "part",
            Self::Rate => "rate",
            Self::Edge => "edge",
            Self::Side => "side",
            Self::Limit => "limit",
            Self::Until => "until",
        }
    }

    /// How many characters of Chinese, and how many words of English, may stand between the words that
    /// answer it and the figure.
    fn reach(self) -> (usize, usize) {
        match self {
            Self::Part => (8, 3),
            Self::Rate => (14, 5),
            Self::Edge => (0, 1),
            Self::Side | Self::Until => (0, 3),
            Self::Limit => (0, 2),
        }
    }
}

/// The words that answer one question in one language.
#[derive(Debug, Clone, Default)]
pub(super) struct Beside {
    pub before: Lexicon<usize>,
    pub after: Lexicon<usize>,
}

/// The answers to all questions, by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Answers {
    names: Vec<String>,
}

impl Answers {
    pub(super) fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.names.iter().position(|known| known == name) {
            return number;
        }
        self.names.push(name.to_owned());
        self.names.len() - 1
    }
}

/// A figure and the words around it that may be said of it.
#[derive(Debug, Clone)]
pub struct Around<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Its language.
    pub lang: Lang,
    /// The bytes of the figure.
    pub figure: Range<usize>,
    /// Where the words before it begin, and those after it end: at the next figure or the sentence's edge.
    pub reach: Range<usize>,
}

/// An answer, and the bytes of the words that give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<'a> {
    /// Its name in the vocabulary.
    pub name: &'a str,
    /// The words.
    pub words: Range<usize>,
}

/// As many characters are looked at on each side.
pub(super) const FAR: usize = 90;

pub(super) const MARKS: [char; 14] = [
    '，', '。', '；', '、', '：', '（', '）', ',', ';', '.', ':', '(', ')', '—',
];

impl Vocabulary {
    /// The answer that the words before or after a figure give.
    #[must_use]
    pub fn beside(&self, question: Question, around: &Around<'_>) -> Option<Answer<'_>> {
        self.after(question, around)
            .or_else(|| self.before(question, around))
    }

    /// The answer that the words before a figure give, the nearest first.
    #[must_use]
    pub fn before(&self, question: Question, around: &Around<'_>) -> Option<Answer<'_>> {
        let words = self.of(around.lang);
        let known = words.beside.get(question.name())?;
        let clause = clause_before(around);
        let (most, most_words) = question.reach();
        let mut best: Option<(usize, usize, usize)> = None;
        for start in 0..clause.len() {
            let Some((length, answer)) = known.before.longest(&clause, start) else {
                continue;
            };
            let end = start + length;
            let tail = clause.get(end..).unwrap_or_default();
            let fits = match around.lang {
                Lang::Zh => {
                    let single = length == 1
                        && question != Question::Until
                        && !stands_alone(around, &clause, start, end);
                    tail.len() <= most.max(3)
                        && !single
                        && !is_bound(&clause, start, end, words)
                        && (most > 0 || is_filler(tail))
                }
                Lang::En => {
                    // `below 3%` is a bound, `below the forecast of 3%` is none.
                    let compares = [
                        "above",
                        "below",
                        "more than",
                        "less than",
                        "higher than",
                        "lower than",
                        "fewer than",
                    ];
                    let inside = clause.get(start..end).unwrap_or_default();
                    let word: String = inside.iter().map(|(_, c)| c.to_ascii_lowercase()).collect();
                    let words = count_words(tail);
                    let bound = words == 0 && compares.contains(&word.as_str());
                    starts_word(&clause, start) && words <= most_words && !bound
                }
            };
            if fits && best.is_none_or(|(_, other, _)| end > other) {
                best = Some((start, end, *answer));
            }
        }
        let (start, end, answer) = best?;
        let byte = |at: usize| {
            clause
                .get(at)
                .map_or(around.figure.start, |(byte, _)| *byte)
        };
        self.answer(answer, byte(start)..byte(end))
    }

    /// The answer that the words right after a figure give; of a rate, in the same clause.
    #[must_use]
    pub fn after(&self, question: Question, around: &Around<'_>) -> Option<Answer<'_>> {
        let words = self.of(around.lang);
        let known = words.beside.get(question.name())?;
        let text = around.text.get(around.figure.end..around.reach.end)?;
        let chars: Vec<(usize, char)> = text.char_indices().take(FAR).collect();
        let space = chars.iter().take_while(|(_, c)| *c == ' ').count();
        let far = question == Question::Rate && around.lang == Lang::En;
        let mut at = space;
        let mut passed = 0;
        loop {
            if let Some((length, answer)) = known.after.longest(&chars, at)
                && !goes_on(&chars, at, length, words)
            {
                if far && (is_led_away(&chars, at) || is_moment(&chars, at + length)) {
                    return None;
                }
                let byte = |at: usize| chars.get(at).map_or(text.len(), |(byte, _)| *byte);
                let start = around.figure.end;
                return self.answer(*answer, start + byte(at)..start + byte(at + length));
            }
            let rest = chars.get(at..).unwrap_or_default();
            let word = rest.iter().take_while(|(_, c)| !c.is_whitespace());
            let word: String = word.map(|(_, c)| *c).collect();
            passed += 1;
            // `11.5 points higher`
            let noun = question == Question::Part
                && around.lang == Lang::En
                && is_noun(&word)
                && compares(&chars, at + word.chars().count() + 1);
            let most = if far { 5 } else { usize::from(noun) };
            if passed > most || word.is_empty() || word.ends_with(MARKS) {
                return None;
            }
            at += word.chars().count() + 1;
        }
    }

    /// Whether the words of a question begin a text: `decline` after `the first`.
    #[must_use]
    pub fn begins(&self, question: Question, around: &Around<'_>) -> Option<Answer<'_>> {
        let known = self.of(around.lang).beside.get(question.name())?;
        let text = around.text.get(around.figure.end..around.reach.end)?;
        let chars: Vec<(usize, char)> = text.char_indices().take(20).collect();
        let space = chars.iter().take_while(|(_, c)| *c == ' ').count();
        let (length, answer) = known.before.longest(&chars, space)?;
        let byte = |at: usize| chars.get(at).map_or(text.len(), |(byte, _)| *byte);
        let start = around.figure.end;
        self.answer(*answer, start + byte(space)..start + byte(space + length))
    }

    /// What a text answers to the question, wherever in it: `passengers a day`. The words of each answer once.
    #[must_use]
    pub fn answers(&self, question: Question, lang: Lang, text: &str) -> Vec<Answer<'_>> {
        let Some(known) = self.of(lang).beside.get(question.name()) else {
            return Vec::new();
        };
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let mut found: Vec<Answer<'_>> = Vec::new();
        for at in 0..chars.len() {
            if lang == Lang::En && !starts_word(&chars, at) {
                continue;
            }
            let said = known.before.longest(&chars, at);
            let Some((length, answer)) = said.or_else(|| known.after.longest(&chars, at)) else {
                continue;
            };
            let byte = |at: usize| chars.get(at).map_or(text.len(), |(byte, _)| *byte);
            let answer = self.answer(*answer, byte(at)..byte(at + length));
            found.extend(answer.filter(|new| found.iter().all(|old| old.name != new.name)));
        }
        found
    }

    fn answer(&self, number: usize, words: Range<usize>) -> Option<Answer<'_>> {
        let name = self.answers.names.get(number)?.as_str();
        (name != "nothing").then_some(Answer { name, words })
    }
}

/// The characters of the figure's clause before it.
pub(super) fn clause_before(around: &Around<'_>) -> Vec<(usize, char)> {
    let from = around.reach.start.min(around.figure.start);
    let text = around
        .text
        .get(from..around.figure.start)
        .unwrap_or_default();
    let near = text.char_indices().rev().take(FAR);
    let mut clause: Vec<(usize, char)> = near
        .take_while(|(_, c)| !MARKS.contains(c))
        .map(|(at, c)| (from + at, c))
        .collect();
    clause.reverse();
    clause
}

/// What may stand between a word and the figure that it is said of.
pub(super) fn is_filler(tail: &Chars) -> bool {
    let tail: String = tail.iter().map(|(_, c)| *c).collect();
    let known = [
        "", "了", "约", "近", "超", "逾", "出", "达", "大约", "将近", "不到", "不足", "超过",
        "整整", "近乎", "至少",
    ];
    known.contains(&tail.trim())
}

/// A word of one character says something only right at the figure, and an adjective only where two things
/// are compared: 比去年高3分, not 校长3人 or 最高3分.
fn stands_alone(around: &Around<'_>, clause: &Chars, start: usize, end: usize) -> bool {
    let char_at = |at: usize| clause.get(at).map(|(_, c)| *c);
    let word = char_at(start).unwrap_or(' ');
    let before = start.checked_sub(1).and_then(char_at);
    let is_verb = "增升涨降减跌由从占均后".contains(word);
    let text = around.text.get(..around.figure.start).unwrap_or_default();
    let mut whole = text
        .chars()
        .rev()
        .take(40)
        .take_while(|c| !MARKS.contains(c));
    let compares = whole.any(|c| matches!(c, '比' | '较'));
    let is_part = "由从占均".contains(word);
    let near = is_part || is_filler(clause.get(end..).unwrap_or_default());
    near && (is_verb || compares) && !before.is_some_and(|c| "最至不多".contains(c))
}

/// 超过 right before a number is its bound, 超过警戒水位 is none.
fn is_bound(clause: &Chars, start: usize, end: usize, words: &Words) -> bool {
    let bound = words.bounds_before.longest_before(clause, clause.len());
    bound.is_some_and(|(length, _)| end + length > clause.len() && start + length >= clause.len())
}

/// 前 in 前后: another word.
fn goes_on(chars: &Chars, at: usize, length: usize, words: &Words) -> bool {
    let inside = chars.get(at..at + length).unwrap_or_default();
    let word: String = inside.iter().map(|(_, c)| *c).collect();
    let next = chars.get(at + length).map(|(_, c)| *c);
    let longer = words.longer.get(&word);
    let numeral = |c: char| c.is_ascii_digit() || "一二两三四五六七八九十几".contains(c);
    next.is_some_and(|next| {
        longer.is_some_and(|after| after.contains(next)) || (word == "前" && numeral(next))
    })
}

/// A word that may be what is counted.
fn is_noun(word: &str) -> bool {
    let small = [
        "of", "in", "and", "or", "to", "for", "by", "at", "on", "from", "with", "was", "were",
        "is", "are", "had", "has", "have", "but", "that", "which", "who", "then", "while",
    ];
    word.chars().all(char::is_alphabetic) && word.len() > 1 && !small.contains(&word)
}

/// Whether a comparison begins here: `higher than`, `fewer.`
fn compares(chars: &Chars, at: usize) -> bool {
    let rest: String = chars.iter().skip(at).map(|(_, c)| *c).collect();
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    let after = rest.get(word.len()..).unwrap_or_default();
    let words = [
        "more", "fewer", "less", "higher", "lower", "longer", "shorter", "faster", "slower",
    ];
    let ends = after.trim_start().is_empty() || after.starts_with(MARKS);
    words.contains(&word.as_str()) && (ends || after.trim_start().starts_with("than"))
}

pub(super) fn starts_word(chars: &Chars, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| chars.get(at));
    before.is_none_or(|(_, c)| !c.is_alphanumeric())
}

pub(super) fn count_words(tail: &Chars) -> usize {
    let tail: String = tail.iter().map(|(_, c)| *c).collect();
    tail.split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}

/// `in a year`, `more than a year`: no rate.
fn is_led_away(chars: &Chars, at: usize) -> bool {
    let leads = [
        "in", "within", "for", "than", "once", "over", "during", "about", "half", "only", "after",
        "to", "by", "like", "not", "twice", "and", "or",
    ];
    let is_each = chars.get(at).is_some_and(|(_, c)| matches!(c, 'e' | 'p'));
    let before: String = chars.iter().take(at).map(|(_, c)| *c).collect();
    if is_each {
        return false;
    }
    let word = before.split_whitespace().next_back().unwrap_or_default();
    leads.contains(&word.to_lowercase().as_str())
}

/// `a year earlier`, `a day later`: when, not how often.
fn is_moment(chars: &Chars, from: usize) -> bool {
    let after: String = chars.iter().skip(from).map(|(_, c)| *c).collect();
    let mut words = after
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let joined = after.starts_with(['-', '’', '\'']);
    let moments = [
        "later", "earlier", "ago", "before", "after", "old", "long", "from",
    ];
    joined || moments.contains(&first) || (first == "on" && words.next() != Some("average"))
}

/// The answers of a file to all questions, in one language.
pub(super) type ByQuestion = BTreeMap<String, Beside>;
