//! The word model: how likely a text is. In: tokens, one after another. Out: costs in nats.
//!
//! Three tables, embedded in the program and used where they lie: the words with their frequencies
//! (a finite-state map, walked byte by byte during the search), n-grams of tokens, punctuation
//! and classes included ([`ngrams`](super::ngrams)), and how well the roles of two words go together
//! where no n-gram has the two. `assets/README.md` says where the numbers come from;
//! `examples/build_model` makes the files.

mod segment;
mod single;
mod walk;

use std::sync::OnceLock;

use fst::raw::Fst;

use super::classes::{self, EDGE, Kind, NUMBER, Side, Token, UNKNOWN};
use super::habits::Habits;
use super::ngrams::Ngrams;
use super::terms::{Beginning, Terms};
use super::topic::Here;
use super::traditional::{self, Form, Script};

pub(crate) use single::{Run, Single};
use walk::Firsts;
pub(crate) use walk::{Walk, letter};

/// Steps a nat in the values of n-grams.
pub const NGRAM_STEPS: f32 = 16.0;
/// Steps a nat in the values of words.
pub const WORD_STEPS: f32 = 4.0;
/// How many roles a token may have, as the first of a pair and as the second.
pub const ROLES: usize = 256;
/// Cost of a token that is not in the tables, before [`classes::rarity`].
const UNSEEN: f32 = 9.0;
/// Cost of a line that ends in an enumeration, on `、`: the n-grams leave out what never comes.
const TO_COME: f32 = 3.0;

/// The tables.
pub struct Model<'a> {
    words: Fst<&'a [u8]>,
    firsts: Firsts,
    ngrams: Ngrams<'a>,
    /// What each role costs after each other, in steps of n-grams.
    roles: &'a [u8],
    /// What the document and the user know, and the line that asks.
    terms: Option<(&'a Terms, u32)>,
    /// The marks of the document.
    habits: Option<&'a Habits>,
    /// The characters of the document and of the line.
    topic: Option<&'a Here<'a>>,
    /// The script of the line, as far as it is known, and what the forms of its characters cost.
    script: Script,
    forms: (f32, f32),
}

/// What the model remembers of the text so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Context {
    /// The last token.
    pub(crate) last: Token,
    /// The last two, if any n-gram starts with them; 0 otherwise.
    pub(crate) pair: u64,
    backoff_last: f32,
    backoff_pair: f32,
}

impl Model<'static> {
    /// The model in the program. `None` only if the assets don't fit the program.
    pub fn embedded() -> Option<&'static Self> {
        static MODEL: OnceLock<Option<Model<'static>>> = OnceLock::new();
        MODEL
            .get_or_init(|| {
                Model::new(
                    include_bytes!("../../assets/words.fst"),
                    include_bytes!("../../assets/ngrams.bin"),
                    include_bytes!("../../assets/roles.bin"),
                )
            })
            .as_ref()
    }
}

impl<'a> Model<'a> {
    /// Looks at the bytes of a map of words, of a table of n-grams, and of one of roles.
    #[must_use]
    pub fn new(words: &'a [u8], ngrams: &'a [u8], roles: &'a [u8]) -> Option<Self> {
        (roles.len() == ROLES * ROLES).then_some(())?;
        Some(Self {
            words: Fst::new(words).ok()?,
            firsts: Firsts::default(),
            ngrams: Ngrams::new(ngrams)?,
            roles,
            terms: None,
            habits: None,
            topic: None,
            script: Script::default(),
            forms: Script::default().costs(),
        })
    }

    /// The same model for one line of a document with terms, marks and a script of its own.
    pub(crate) fn taught<'b>(
        &self,
        terms: &'b Terms,
        habits: &'b Habits,
        script: Script,
        line: u32,
    ) -> Model<'b>
    where
        'a: 'b,
    {
        Model {
            words: self.words.clone(),
            firsts: self.firsts.clone(),
            ngrams: self.ngrams,
            roles: self.roles,
            terms: Some((terms, line)),
            habits: Some(habits),
            topic: None,
            script,
            forms: script.costs(),
        }
    }

    /// The same model for a line about something.
    pub(crate) fn about<'b>(self, topic: Option<&'b Here<'b>>) -> Model<'b>
    where
        'a: 'b,
    {
        Model { topic, ..self }
    }

    /// The same model for a line of which some characters are proven.
    pub(crate) fn knowing(&self, proven: impl Iterator<Item = char>) -> Self {
        let script = self.script.after(proven);
        Self {
            words: self.words.clone(),
            firsts: self.firsts.clone(),
            script,
            forms: script.costs(),
            ..*self
        }
    }

    /// What the form of a character costs, whatever the word: the model knows both forms as one.
    pub(crate) fn form(&self, character: char) -> f32 {
        match traditional::form(character) {
            Form::Both => 0.0,
            Form::Traditional => self.forms.0,
            Form::Simplified => self.forms.1,
        }
    }

    /// What a character costs beyond that because the document hardly has it there, or often: at its
    /// line's end, or before it.
    pub(crate) fn habit(&self, character: char, ends: bool) -> f32 {
        self.habits
            .map_or(0.0, |habits| habits.cost(character, ends))
    }

    /// What a letter costs beyond the model because of what the document and the line are about.
    pub(crate) fn topic(&self, letter: u16) -> f32 {
        self.topic.map_or(0.0, |topic| topic.cost(letter))
    }

    /// What a piece of text is as the beginning of terms, if it is one.
    pub(crate) fn term(&self, token: Token) -> Option<Beginning> {
        let (terms, line) = self.terms?;
        terms.get(token, line)
    }

    /// Whether a term may begin with a letter.
    pub(crate) fn may_begin_term(&self, letter: u16) -> bool {
        self.terms.is_some_and(|terms| terms.0.may_begin(letter))
    }

    /// The longest word that a piece of text ends in, as context for what comes next.
    pub(crate) fn tail(&self, text: &[(char, usize)]) -> Token {
        if text
            .last()
            .is_some_and(|last| classes::kind(last.0) == Kind::Digit)
        {
            return NUMBER;
        }
        for from in 0..text.len() {
            let mut walk = Some(self.root());
            let mut token = classes::SEED;
            for &(character, _) in &text[from..] {
                token = classes::extend(token, character);
                walk = walk.and_then(|walk| self.step(walk, character));
            }
            if walk.and_then(|walk| walk.word).is_some() || from + 1 == text.len() {
                return token;
            }
        }
        UNKNOWN
    }

    /// The context at the start of a line.
    #[must_use]
    pub fn start(&self) -> Context {
        self.context(EDGE, 0)
    }

    fn context(&self, last: Token, pair: u64) -> Context {
        Context {
            last,
            backoff_last: self.left(last).unwrap_or(0.0),
            ..self.pair(pair)
        }
    }

    /// The part of a context that its last two tokens make, if any n-gram starts with them.
    fn pair(&self, pair: u64) -> Context {
        let left = if pair == 0 { None } else { self.left(pair) };
        Context {
            last: UNKNOWN,
            pair: if left.is_some() { pair } else { 0 },
            backoff_last: 0.0,
            backoff_pair: left.unwrap_or(0.0),
        }
    }

    /// What a context leaves to tokens that it does not know.
    pub(crate) fn left(&self, context: u64) -> Option<f32> {
        self.ngrams.get(classes::own(context)).map(nats)
    }

    /// The context after one more token.
    #[must_use]
    pub(crate) fn next(&self, context: &Context, token: Token) -> Context {
        self.context(token, classes::after(context.last, token))
    }

    /// The same for a token of which [`Self::cost`] said whether the table knows it there.
    pub(crate) fn after(&self, context: &Context, token: Token, seen: bool) -> Context {
        // Only pairs that the table has begin its triples.
        let pair = if seen {
            classes::after(context.last, token)
        } else {
            0
        };
        self.context(token, pair)
    }

    /// Cost of a token whose cost without context is `alone`, and whether the table may know it
    /// together with the token before.
    pub(crate) fn cost(&self, context: &Context, token: Token, alone: f32) -> (f32, bool) {
        let mut backoff = 0.0;
        if context.pair != 0 {
            if let Some(value) = self.ngrams.get(classes::after(context.pair, token)) {
                return (nats(value), true);
            }
            backoff = context.backoff_pair;
        }
        if let Some(value) = self.ngrams.get(classes::after(context.last, token)) {
            return (backoff + nats(value), true);
        }
        let role = self.role(context.last, token);
        (backoff + context.backoff_last + alone + role, false)
    }

    /// What a token costs more, or less, after another that no n-gram has before it, by the roles of both.
    fn role(&self, first: Token, second: Token) -> f32 {
        let role = |token, side| self.ngrams.get(classes::role(token, side)).map(usize::from);
        let (first, second) = (role(first, Side::First), role(second, Side::Second));
        let at = first
            .zip(second)
            .map(|(first, second)| first * ROLES + second);
        let cost = at.and_then(|at| self.roles.get(at)).copied().unwrap_or(0);
        f32::from(cost.cast_signed()) / NGRAM_STEPS
    }

    /// Cost of the end of the line.
    #[must_use]
    pub(crate) fn end(&self, context: &Context) -> f32 {
        let alone = self.alone(EDGE).unwrap_or(UNSEEN);
        let more = classes::extend(classes::SEED, '、') == context.last;
        self.cost(context, EDGE, alone).0 + if more { TO_COME } else { 0.0 }
    }

    fn alone(&self, token: Token) -> Option<f32> {
        self.ngrams.get(classes::after(0, token)).map(nats)
    }
}

/// The key of a word in the map of words; `None` if it has a character beyond the basic plane.
#[must_use]
pub fn key(word: &str) -> Option<Vec<u8>> {
    let letter = |c: char| u16::try_from(u32::from(c)).ok().map(u16::to_be_bytes);
    let letters: Option<Vec<[u8; 2]>> = word.chars().map(letter).collect();
    Some(letters?.concat())
}

fn nats(value: u8) -> f32 {
    f32::from(value) / NGRAM_STEPS
}
