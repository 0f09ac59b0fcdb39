//! The words around numbers, from a file that a person can extend.
//!
//! In: `assets/figures.yaml`, built into the program, and a report's own file in the same form. Out: a
//! [`Vocabulary`]: units, measure words, bounds and what is no figure. Promise: the longest entry
//! counts; looking one up takes no longer in a long text.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer};

use super::beside::{Answers, ByQuestion};
use super::lexicon::Lexicon;
use super::links::Link;
use super::{Bound, Number, Unit, Value, When};
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::yaml::{self, Origin};

/// A text as characters with their bytes.
pub(super) type Chars = [(usize, char)];

/// Everything that is known about the words around numbers.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    zh: Words,
    en: Words,
    /// What a Chinese numeral counts.
    measures: Lexicon<()>,
    /// What the words beside a figure may say.
    pub(super) answers: Answers,
    /// How many things are known by name.
    things: usize,
    /// What begins a line that says where a text comes from, and whether a day of publication follows.
    imprint: Lexicon<bool>,
}

/// The words of one language.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// After a number.
    pub units: Lexicon<Measure>,
    /// Before a number.
    pub signs: Lexicon<Measure>,
    /// Before a number; the entries are turned round.
    pub bounds_before: Lexicon<Bound>,
    /// After a number and its unit.
    pub bounds_after: Lexicon<Bound>,
    /// What is read as a whole.
    pub phrases: Lexicon<Phrase>,
    /// What years are counted from, with the first of them; the entries are turned round.
    pub eras: Lexicon<i32>,
    /// The characters that make another word of a unit: 成 is none in 成为.
    pub longer: BTreeMap<String, String>,
    /// What the words beside a figure say of it, by question.
    pub beside: ByQuestion,
    /// What is counted, by number; the same in both languages.
    pub things: Lexicon<usize>,
    /// How two figures belong together.
    pub links: BTreeMap<Link, Lexicon<()>>,
}

/// What a unit measures, and how many of the unit of comparison it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Measure {
    pub unit: Unit,
    pub scale: Number,
}

/// A phrase that is not read word by word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phrase {
    /// No figure.
    Nothing,
    /// 十四五: the 14th.
    Place(Number),
    /// 翻两番: four times.
    Times(Number),
    /// A number.
    Number(Number),
    /// 百分之百: a part of the whole.
    Share(Number),
    /// 双十一: a day of the year.
    Day(u8, u8),
}

impl Phrase {
    /// What it says; `times` is what the language means by so many times. A fraction is a share.
    pub(super) fn value(self, times: Unit) -> Option<Value> {
        let (value, unit) = match self {
            Self::Nothing => return None,
            Self::Place(value) => (value, Unit::Place),
            Self::Times(value) => (value, times),
            Self::Number(value) if value.is_below(Number::ONE) => (value, Unit::Share),
            Self::Number(value) => (value, Unit::Things),
            Self::Share(value) => (value, Unit::Share),
            Self::Day(month, day) => {
                return Some(Value::Date(When {
                    month: Some(month),
                    day: Some(day),
                    ..When::default()
                }));
            }
        };
        Some(Value::of(value, unit))
    }
}

impl Vocabulary {
    pub(super) fn of(&self, lang: Lang) -> &Words {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The length of the measure word that stands here.
    pub(super) fn measure(&self, text: &Chars, at: usize) -> Option<usize> {
        self.measures.longest(text, at).map(|(length, ())| length)
    }

    /// What a line says of where its text comes from: `来源：县报`, `发布时间 2020年5月12日`. True where the day
    /// on which the text was published follows.
    #[must_use]
    pub fn imprint(&self, line: &str) -> Option<bool> {
        let chars: Vec<(usize, char)> = line.char_indices().take(24).collect();
        let (length, published) = self.imprint.longest(&chars, 0)?;
        let rest = chars.get(length..).unwrap_or_default();
        let mark = rest.iter().map(|(_, c)| *c).find(|c| !c.is_whitespace());
        let closes =
            mark.is_none_or(|c| matches!(c, '：' | ':') || (*published && c.is_ascii_digit()));
        closes.then_some(*published)
    }

    /// Adds the words of a file. What is there already is replaced.
    ///
    /// # Errors
    /// One diagnostic with its place: not YAML, an unknown key, a number that is none.
    pub fn add(&mut self, text: &str, file: &Path) -> Result<(), Box<Diagnostic>> {
        let written: File = yaml::parse(text, Origin::file(file))?;
        let wrong = |word: &str| {
            let line = text.lines().position(|line| line.contains(word));
            Box::new(
                Diagnostic::error(format!("`{word}` is not a number"))
                    .at(file, line.map_or(1, |line| line + 1), Some(1))
                    .hint("write 1000, 0.5 or 1/15; for an ordinal 14th, for a multiple x2, for a day 11-11"),
            )
        };
        for unit in &written.units {
            let scale = match unit.times.as_deref() {
                None => Number::ONE,
                Some(words) => number(words).ok_or_else(|| wrong(words))?,
            };
            let measure = Measure {
                unit: named(&unit.of),
                scale,
            };
            self.zh.units.extend(&unit.zh, &measure);
            self.en.units.extend(&unit.en, &measure);
            self.zh.signs.extend(&unit.before, &measure);
            self.en.signs.extend(&unit.before, &measure);
        }
        for (era, first) in &written.eras {
            let turned: String = era.chars().rev().collect();
            self.zh.eras.insert(&turned, *first);
        }
        self.zh.longer.extend(written.longer);
        for measures in &written.measures {
            for measure in measures.split_whitespace() {
                self.measures.insert(measure, ());
            }
        }
        for (bound, sides) in written.bounds.all() {
            for (words, sides) in [(&mut self.zh, &sides.zh), (&mut self.en, &sides.en)] {
                for word in &sides.before {
                    let turned: String = word.chars().rev().collect();
                    words.bounds_before.insert(&turned, bound);
                }
                words.bounds_after.extend(&sides.after, &bound);
            }
        }
        self.imprint.extend(&written.imprint.published, &true);
        self.imprint.extend(&written.imprint.other, &false);
        self.add_beside(&written.beside);
        for (link, both) in &written.links {
            for (words, list) in [(&mut self.zh, &both.zh), (&mut self.en, &both.en)] {
                words.links.entry(*link).or_default().extend(list, &());
            }
        }
        for thing in &written.things {
            self.zh.things.extend(&thing.zh, &self.things);
            self.en.things.extend(&thing.en, &self.things);
            self.things += 1;
        }
        for (words, phrases) in [
            (&mut self.zh, &written.phrases.zh),
            (&mut self.en, &written.phrases.en),
        ] {
            for (phrase, meaning) in phrases {
                let meaning = match &meaning.0 {
                    None => Phrase::Nothing,
                    Some(meaning) => meant(meaning).ok_or_else(|| wrong(meaning))?,
                };
                words.phrases.insert(phrase, meaning);
            }
        }
        Ok(())
    }

    fn add_beside(&mut self, questions: &BTreeMap<String, BTreeMap<String, Both<Sides>>>) {
        for (question, answers) in questions {
            for (answer, sides) in answers {
                let number = self.answers.number(answer);
                for (words, sides) in [(&mut self.zh, &sides.zh), (&mut self.en, &sides.en)] {
                    let known = words.beside.entry(question.clone()).or_default();
                    known.before.extend(&sides.before, &number);
                    known.after.extend(&sides.after, &number);
                }
            }
        }
    }
}

/// The words that the program knows.
#[must_use]
pub fn vocabulary() -> &'static Vocabulary {
    static WORDS: OnceLock<Vocabulary> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = Vocabulary::default();
        let text = include_str!("../../assets/figures.yaml");
        // A test reads the same file, so that a mistake in it can't ship.
        let _ = words.add(text, Path::new("assets/figures.yaml"));
        words
    })
}

fn named(name: &str) -> Unit {
    match name {
        "share" => Unit::Share,
        "point" => Unit::Point,
        "times" => Unit::Times,
        other => Unit::Of(other.to_owned()),
    }
}

fn meant(word: &str) -> Option<Phrase> {
    if let Some(times) = word.strip_prefix('x') {
        return number(times).map(Phrase::Times);
    }
    if let Some(percent) = word.strip_suffix('%') {
        return number(percent)?.over(Number::whole(100)).map(Phrase::Share);
    }
    if let Some((month, day)) = word.split_once('-') {
        return Some(Phrase::Day(month.parse().ok()?, day.parse().ok()?));
    }
    match word.strip_suffix("th") {
        Some(place) => number(place).map(Phrase::Place),
        None => number(word).map(Phrase::Number),
    }
}

fn number(word: &str) -> Option<Number> {
    match word.split_once('/') {
        Some((above, below)) => Number::parse(above)?.over(Number::parse(below)?),
        None => Number::parse(word),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct File {
    units: Vec<WrittenUnit>,
    measures: Vec<String>,
    bounds: Bounds,
    eras: BTreeMap<String, i32>,
    longer: BTreeMap<String, String>,
    phrases: Phrases,
    beside: BTreeMap<String, BTreeMap<String, Both<Sides>>>,
    links: BTreeMap<Link, Both<Vec<String>>>,
    things: Vec<Both<Vec<String>>>,
    imprint: Imprint,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Imprint {
    published: Vec<String>,
    other: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenUnit {
    of: String,
    #[serde(default, deserialize_with = "as_text")]
    times: Option<String>,
    #[serde(default)]
    zh: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Bounds {
    above: Both<Sides>,
    below: Both<Sides>,
    about: Both<Sides>,
    exact: Both<Sides>,
}

impl Bounds {
    fn all(&self) -> [(Bound, &Both<Sides>); 4] {
        [
            (Bound::Above, &self.above),
            (Bound::Below, &self.below),
            (Bound::About, &self.about),
            (Bound::Exact, &self.exact),
        ]
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Both<T: Default> {
    zh: T,
    en: T,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Sides {
    before: Vec<String>,
    after: Vec<String>,
}

type Phrases = Both<BTreeMap<String, Meaning>>;

/// The meaning of a phrase: a word, a number or nothing.
#[derive(Default)]
struct Meaning(Option<String>);

impl<'de> Deserialize<'de> for Meaning {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        as_text(deserializer).map(Self)
    }
}

/// `12` and `1/12` alike.
fn as_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match serde_json::Value::deserialize(deserializer)? {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text),
        other => Some(other.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_words_can_be_read() {
        let mut words = Vocabulary::default();
        let text = include_str!("../../assets/figures.yaml");
        words.add(text, Path::new("assets/figures.yaml")).unwrap();
    }

    #[test]
    fn the_longest_counts() {
        let text: Vec<(usize, char)> = "平方公里".char_indices().collect();
        let (length, measure) = vocabulary().zh.units.longest(&text, 0).unwrap();
        assert_eq!(length, 4);
        assert_eq!(measure.scale, Number::whole(1_000_000));
    }

    #[test]
    fn what_is_no_number_has_its_line() {
        let mut words = Vocabulary::default();
        let wrong = words.add(
            "units:\n- { of: a, times: many, zh: [甲] }\n",
            Path::new("f.yaml"),
        );
        assert!(wrong.unwrap_err().to_string().contains("f.yaml:2:1"));
    }
}
