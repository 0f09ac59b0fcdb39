//! Whole documents: what one line proves helps the next. In: the lines of a document, and words of
//! the user's. Out: a [`RepairedLine`] for each line.
//!
//! A damaged name is cut at another place each time it comes, so that what is doubtful here is
//! often certain there. A first pass repairs every line by itself; what it proves, together with
//! the clean lines, becomes the document's [`Terms`]; a second pass searches the lines that are in
//! doubt again under them. Promises: clean lines stay, the second pass restores the same
//! stretches as the first, and time grows with the length of the document alone.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::again;
use super::classes;
use super::company;
use super::counted;
use super::habits::Habits;
use super::model::Model;
use super::numbers;
use super::restore::{Known, SAID};
use super::terms::Terms;
use super::topic::Topic;
use super::traditional::{self, Form, Script};
use super::{Channel, Evidence, RepairedLine, channel, repair_line, repair_line_by, restore};

/// How much the lines of a document say for one another, and at most.
const SWAY: f32 = 2.0;
const SUREST: f32 = 10.0;

/// What repair may know besides the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Names and terms that are likely to come. Those of one character alone have no effect.
    pub lexicon: Vec<String>,
    /// What did the damage, where there is any; found out line by line if it is not said.
    pub channel: Option<&'static Channel>,
}

/// Repairs the lines of one document (without their line ends), on all cores.
#[must_use]
pub fn repair_document<L: AsRef<str> + Sync>(lines: &[L], options: &Options) -> Vec<RepairedLine> {
    repair_document_knowing(lines, options, &|_, _| None)
}

/// The same, where a person knows better: `know` gets a line's index and what the first pass made of
/// it, and gives the line as it should be. The other lines learn from that; the line itself does not.
#[must_use]
pub fn repair_document_knowing<L: AsRef<str> + Sync>(
    lines: &[L],
    options: &Options,
    know: &dyn Fn(usize, &RepairedLine) -> Option<RepairedLine>,
) -> Vec<RepairedLine> {
    let mut repaired: Vec<RepairedLine> = lines
        .par_iter()
        .map(|line| match options.channel {
            Some(channel) => repair_line_by(line.as_ref(), channel),
            None => repair_line(line.as_ref()),
        })
        .collect();
    company::settle(lines, &mut repaired);
    if !repaired.iter().any(RepairedLine::is_repaired) {
        return repaired;
    }
    let Some(model) = Model::embedded() else {
        return repaired;
    };
    let mut terms = Terms::given(options.lexicon.iter().map(String::as_str));
    let known = Known {
        expected: expected(model, &repaired, options.channel),
        alone: options.channel.is_some(),
    };
    let all = !terms.is_empty();
    let script = Script::of_document(repaired.iter().flat_map(determined));
    let again = |line: &RepairedLine| {
        if line.is_repaired() {
            all || in_doubt(line) || is_unlike(script, line)
        } else {
            known.expected.is_some() && !line.text.is_ascii()
        }
    };
    if !repaired.iter().any(again) {
        return repaired;
    }
    if lines.len() > 1 {
        for (index, line) in repaired.iter().enumerate() {
            let known = know(index, line);
            learn(&mut terms, known.as_ref().unwrap_or(line), at(index));
        }
    }
    let document = Document {
        model,
        known,
        all,
        script,
        terms,
        habits: Habits::of_document(repaired.iter()),
        topic: Topic::of_document(repaired.iter()),
    };
    repaired
        .par_iter_mut()
        .zip(lines.par_iter())
        .enumerate()
        .filter(|(_, (line, _))| again(line))
        .for_each(|(index, (line, damaged))| {
            if let Some(second) = document.again(at(index), line, damaged.as_ref()) {
                *line = second;
            }
        });
    counted::settle(lines, &mut repaired, know);
    repaired
}

/// The number of a line.
fn at(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// What the first pass tells the second.
struct Document<'a> {
    model: &'a Model<'a>,
    known: Known,
    /// Whether every line is searched as a whole, for words of the user's.
    all: bool,
    script: Script,
    terms: Terms,
    habits: Habits,
    topic: Option<Topic>,
}

impl Document<'_> {
    /// Searches a line again; `None` if it stays.
    fn again(&self, number: u32, line: &RepairedLine, damaged: &str) -> Option<RepairedLine> {
        let taught = self
            .model
            .taught(&self.terms, &self.habits, self.script, number);
        if !line.is_repaired() {
            return restore::under(&taught, damaged, self.known);
        }
        // Whether a line is damaged has nothing to do with what it is about.
        let topic = self.topic.as_ref().map(|topic| topic.here(line));
        let taught = taught.about(topic.as_ref());
        let characters: Vec<char> = damaged.chars().collect();
        // Where nearly all bytes are left, whole lines are quick, and a little better.
        let quick = |name| channel(name).is_some_and(Channel::pairs_utf8_as_gbk);
        let whole = self.all || is_unlike(self.script, line) || line.channel.is_some_and(quick);
        again::line(&taught, &characters, line, whole).or_else(|| {
            let second = restore::under(&taught, damaged, self.known);
            second.filter(|second| same_stretches(line, second))
        })
    }
}

fn in_doubt(line: &RepairedLine) -> bool {
    let mut places = line.places();
    places.any(|(character, evidence)| again::is_in_doubt(character, evidence))
}

/// What damaged most of a document, and the log of the odds that its next line is damaged too; `None`
/// if that is no more than even. What a person says counts besides, and is never something else.
fn expected(
    model: &Model,
    lines: &[RepairedLine],
    said: Option<&'static Channel>,
) -> Option<(&'static Channel, f32)> {
    let mut counts: BTreeMap<&str, (&'static Channel, usize)> = BTreeMap::new();
    for channel in lines.iter().filter_map(|line| channel(line.channel?)) {
        counts.entry(channel.name).or_insert((channel, 0)).1 += 1;
    }
    let akin = |channel: &Channel| -> usize {
        let akin = counts.values().filter(|other| other.0.is_akin(channel));
        akin.map(|other| other.1).sum()
    };
    let commonest = counts.values().max_by_key(|one| (akin(one.0), one.1));
    let channel = said.or(commonest.map(|one| one.0))?;
    let most = akin(channel);
    // Lines that may or may not be damaged say nothing.
    let is_other = |line: &&RepairedLine| match line.channel.and_then(self::channel) {
        Some(other) => !other.is_akin(channel),
        None => letters(&line.text) && !restore::is_open(model, channel, &line.text),
    };
    let others = lines.iter().filter(is_other).count();
    let odds = SWAY * ((most + 1) as f32 / (others + 1) as f32).ln();
    let odds = odds.min(SUREST);
    match said {
        Some(said) => Some((said, (odds + SAID).max(0.0))),
        None => (odds > 0.0).then_some((channel, odds)),
    }
}

fn letters(text: &str) -> bool {
    text.chars().any(|c| !c.is_ascii() && c.is_alphabetic())
}

/// The characters of a line that stood there, or are as good as proven, whatever the script.
fn determined(line: &RepairedLine) -> impl Iterator<Item = char> {
    let proven = line.places().filter(|place| place.1.is_proven());
    proven.map(|place| place.0)
}

/// Whether characters were chosen in a line that the script of its document hardly has.
fn is_unlike(script: Script, line: &RepairedLine) -> bool {
    let (traditional, simplified) = script.costs();
    let unlikely = if traditional < simplified {
        Form::Simplified
    } else {
        Form::Traditional
    };
    line.places()
        .filter(|(_, evidence)| matches!(evidence, Evidence::Inferred { .. }))
        .any(|(character, _)| traditional::form(character) == unlikely)
}

/// Whether both passes took the same parts of the line for damaged.
fn same_stretches(first: &RepairedLine, second: &RepairedLine) -> bool {
    let damaged = |line: &RepairedLine| -> Vec<std::ops::Range<usize>> {
        line.spans.iter().map(|span| span.damaged.clone()).collect()
    };
    damaged(first) == damaged(second)
}

/// Learns what a line proves: the runs of Chinese characters and full-width digits, and what is
/// counted under the other ways to write its number.
fn learn(terms: &mut Terms, line: &RepairedLine, number: u32) {
    let places = line.places();
    let text: Vec<(char, bool)> = places
        .map(|(c, evidence)| (c, evidence.is_proven()))
        .collect();
    let copied = |c: char| classes::is_han(c) || numbers::is_wide(c);
    let mut begins = true;
    for stretch in text.chunk_by(|a, b| a.1 && b.1) {
        let stretch: Vec<char> = stretch
            .iter()
            .filter(|(_, proven)| *proven)
            .map(|(character, _)| *character)
            .collect();
        for (at, _) in stretch.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| stretch[before]);
            if before.map_or(begins, |before| !numbers::goes_on(before)) {
                for written in numbers::rewritten(&stretch[at..]) {
                    terms.learn_beginning(&written, true, number);
                }
            }
        }
        begins = false;
    }
    let mut run: Vec<char> = Vec::new();
    for (character, proven) in text {
        if proven && copied(character) {
            run.push(character);
        } else {
            terms.learn(&run, !copied(character), number);
            run.clear();
        }
    }
    terms.learn(&run, true, number);
}
