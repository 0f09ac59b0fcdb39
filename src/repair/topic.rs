//! What a document is about. In: what a first pass made of its lines. Out: for each character, what it
//! costs in a line of this document beyond what it costs in general text.
//!
//! A character that has come once comes again sooner than any table says, and soonest in the same line:
//! a cache (Kuhn and De Mori, "A cache-based natural language model for speech recognition", IEEE
//! Transactions on Pattern Analysis and Machine Intelligence 12:6, 1990). How often characters come in
//! general text, in the document and in the line is mixed, and what the model says of a character in its
//! context is scaled by what the mixture says against general text (Kneser, Peters and Klakow, "Language
//! model adaptation using dynamic marginals", Eurospeech 1997). Chinese characters and marks are two
//! matters: a writer who never shouts may write about anything. Promise: nothing costs much more for not
//! having come, and a document that shows little changes little.

use super::characters::{Characters, HAN};
use super::classes::{self, Kind};
use super::model::letter;
use super::numbers;
use super::{Evidence, RepairedLine};

/// Share of the document in the mixture, where it has enough: of Chinese characters, and of marks.
const DOCUMENT: f32 = 0.3;
const MARKS: f32 = 0.5;
/// So many characters of the document weigh as much as what is known without it.
const ENOUGH: f32 = 500.0;
/// The same of the line.
const LINE: f32 = 0.2;
const ENOUGH_OF_LINE: f32 = 50.0;
/// The most that a character gains, in nats.
const MOST: f32 = 3.0;
/// As many letters as there can be.
const LETTERS: usize = 1 << 16;

/// The characters of one document, both forms of one as one letter.
#[derive(Debug)]
pub(crate) struct Topic {
    /// What each letter costs in the document.
    costs: Vec<f32>,
    /// For each letter, its share of its kind in general text; 0 where that isn't known.
    general: Vec<f32>,
}

/// The characters of one line of it.
#[derive(Debug)]
pub(crate) struct Here<'a> {
    topic: &'a Topic,
    /// What each Chinese letter of the line costs, in the order of the letters.
    own: Vec<(u16, f32)>,
    /// What remains to the other ones.
    others: f32,
}

impl Topic {
    /// What the lines of a document tell. `None` only if the assets don't fit the program.
    pub(crate) fn of_document<'a>(lines: impl Iterator<Item = &'a RepairedLine>) -> Option<Self> {
        let characters = Characters::embedded()?;
        let mut counts = vec![0.0; LETTERS];
        for (character, evidence) in lines.flat_map(RepairedLine::places) {
            counts[usize::from(letter(character))] += weight(character, evidence);
        }
        let mut topic = Self {
            costs: vec![0.0; LETTERS],
            general: vec![0.0; LETTERS],
        };
        let han = HAN.filter(|&character| !numbers::is_open(character));
        topic.mix(characters, &counts, han, DOCUMENT);
        topic.mix(characters, &counts, marks(), MARKS);
        Some(topic)
    }

    /// Mixes one kind of characters, of which the document gets that share.
    fn mix(
        &mut self,
        characters: &Characters,
        counts: &[f32],
        kind: impl Iterator<Item = char>,
        share: f32,
    ) {
        let kind: Vec<(usize, f32)> = kind
            .filter(|&character| u32::from(letter(character)) == u32::from(character))
            .map(|character| (character as usize, (-characters.cost(character)).exp()))
            .collect();
        let all: f32 = kind.iter().map(|one| one.1).sum();
        let had: f32 = kind.iter().map(|one| counts[one.0]).sum();
        let share = share * had / (had + ENOUGH);
        for (letter, often) in kind {
            let general = often / all;
            let here = counts[letter] / had.max(1.0);
            self.general[letter] = general;
            self.costs[letter] = nats((1.0 - share) + share * here / general);
        }
    }

    /// What a line tells besides, by what is proven in it.
    pub(crate) fn here(&self, line: &RepairedLine) -> Here<'_> {
        let proven = |place: &(char, &Evidence)| classes::is_han(place.0) && place.1.is_proven();
        let mut letters: Vec<u16> = line
            .places()
            .filter(proven)
            .map(|place| letter(place.0))
            .filter(|&letter| self.general[usize::from(letter)] > 0.0)
            .collect();
        letters.sort_unstable();
        let had = letters.len() as f32;
        let share = LINE * had / (had + ENOUGH_OF_LINE);
        let cost = |same: &[u16]| {
            let letter = usize::from(same[0]);
            let here = same.len() as f32 / had / self.general[letter];
            let elsewhere = (-self.costs[letter]).exp();
            (same[0], nats((1.0 - share) * elsewhere + share * here))
        };
        Here {
            topic: self,
            own: letters.chunk_by(|a, b| a == b).map(cost).collect(),
            others: nats(1.0 - share),
        }
    }
}

impl Here<'_> {
    /// What a letter costs beyond the model.
    pub(crate) fn cost(&self, letter: u16) -> f32 {
        if let Ok(at) = self.own.binary_search_by_key(&letter, |one| one.0) {
            return self.own[at].1;
        }
        let at = usize::from(letter);
        let is_han = char::from_u32(letter.into()).is_some_and(|c| HAN.contains(&c));
        let others = is_han && self.topic.general[at] > 0.0;
        self.topic.costs[at] + if others { self.others } else { 0.0 }
    }
}

/// What it costs to be so many times likelier.
fn nats(ratio: f32) -> f32 {
    (-ratio.ln()).max(-MOST)
}

/// The marks of Chinese text.
fn marks() -> impl Iterator<Item = char> {
    let blocks = [
        '\u{2010}'..='\u{2049}',
        '\u{3000}'..='\u{303f}',
        '\u{ff01}'..='\u{ff5e}',
    ];
    let all = blocks.into_iter().flatten();
    all.filter(|&character| classes::kind(character) == Kind::Mark)
}

/// How often a character stands in its place. A Chinese one counts as far as it is likely: what is proven of
/// them are the common ones above all. Of marks a fair part is certain (see `habits`), and what is likely
/// of the others is what general text says. Numerals that share their bytes would only repeat the model.
fn weight(character: char, evidence: &Evidence) -> f32 {
    match evidence {
        _ if numbers::is_open(character) => 0.0,
        #[allow(clippy::cast_possible_truncation)]
        Evidence::Inferred { probability, .. } if classes::is_han(character) => *probability as f32,
        _ if evidence.is_proven() => 1.0,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(lines: &[&str]) -> Topic {
        let lines: Vec<RepairedLine> = lines.iter().map(|line| sound(line)).collect();
        Topic::of_document(lines.iter()).expect("the model fits")
    }

    fn sound(line: &str) -> RepairedLine {
        RepairedLine::unchanged(line, None)
    }

    #[test]
    fn what_came_in_the_document_costs_less_and_least_in_its_line() {
        let topic = topic(&["央行的公告，央行的通知", "银行"]);
        let (far, near) = (sound("银行"), sound("央行的公告，央行的通知"));
        let cost = |line: &RepairedLine, character| topic.here(line).cost(letter(character));
        assert!(cost(&far, '央') < 0.0);
        assert!(cost(&near, '央') < cost(&far, '央'));
        assert!(cost(&far, '太') > 0.0 && cost(&far, '太') < 0.5);
        assert!(cost(&near, '太') > cost(&far, '太'));
    }

    #[test]
    fn marks_and_characters_are_two_matters() {
        let topic = topic(&["！"; 1000]);
        let none = sound("");
        let here = topic.here(&none);
        assert!(here.cost(letter('！')) < -0.5 && here.cost(letter('。')) > 0.3);
        assert!(here.cost(letter('央')).abs() < f32::EPSILON);
    }

    #[test]
    fn both_forms_are_one_letter() {
        let topic = topic(&["國國國"]);
        let none = sound("");
        assert!(topic.here(&none).cost(letter('国')) < 0.0);
    }

    #[test]
    fn nothing_known_changes_nothing() {
        let topic = topic(&["abc 123"]);
        let none = sound("");
        let here = topic.here(&none);
        for character in ['央', '，', 'a', '\u{20000}'] {
            assert!(here.cost(letter(character)).abs() < f32::EPSILON);
        }
    }
}
