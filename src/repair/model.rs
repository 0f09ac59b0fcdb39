//! The word model: how likely a text is. In: tokens, one after another. Out: costs in nats.
//!
//! Two tables, embedded in the program and used where they lie: the words with their frequencies
//! (a finite-state map, walked byte by byte during the search) and n-grams of tokens, punctuation
//! and classes included ([`ngrams`](super::ngrams)). `assets/README.md` says where the numbers
//! come from; `examples/build_model.rs` makes both files.

use std::sync::OnceLock;

use fst::raw::{CompiledAddr, Fst, Output};

use super::classes::{self, EDGE, Kind, LATIN, NUMBER, Token, UNKNOWN};
use super::ngrams::Ngrams;
use super::terms::Terms;
use super::traditional::{self, Form, Script, simplified};

/// Steps a nat in the values of n-grams.
pub const NGRAM_STEPS: f32 = 16.0;
/// Steps a nat in the values of words.
pub const WORD_STEPS: f32 = 4.0;
/// Cost of a token that is not in the tables, before [`classes::rarity`].
const UNSEEN: f32 = 9.0;
/// Cost of one more digit or letter. They stand in the input as they are, nearly always, and so
/// weigh the same in all candidates.
const MORE: f32 = 2.3;
/// Cost of a digit's or letter's being full-width.
const WIDE: f32 = 5.0;
const SPACE: f32 = 1.0;
/// Cost of a mark's being typed in its ASCII form.
const NARROW: f32 = 2.0;

/// The tables.
pub struct Model<'a> {
    words: Fst<&'a [u8]>,
    ngrams: Ngrams<'a>,
    /// What the document and the user know, and the line that asks.
    terms: Option<(&'a Terms, u32)>,
    /// The script of the line, as far as it is known, and what the forms of its characters cost.
    script: Script,
    forms: (f32, f32),
}

/// What the model knows of a token without its context.
#[derive(Debug, Clone, Copy)]
struct Known {
    token: Token,
    alone: f32,
    extra: f32,
    /// What it leaves, as a context, to tokens that it does not know.
    left: f32,
}

/// A run of digits or of letters that a character may go on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Run {
    kind: Kind,
    /// Its last character is full-width.
    wide: bool,
}

/// What the model knows of a single character without its context.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Single {
    kind: Kind,
    /// The run that it is part of, if it is a digit or a letter.
    pub(crate) run: Option<Run>,
    narrow: Known,
    /// The mark that it stands for, if it is the ASCII form of one.
    wide: Option<Known>,
}

/// The token that a context moves on by (if it does), what that leaves to others, and whether the
/// table may know it together with the token before.
pub(crate) type Step = Option<(Token, f32, bool)>;

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
                )
            })
            .as_ref()
    }
}

impl<'a> Model<'a> {
    /// Looks at the bytes of a map of words and of a table of n-grams.
    #[must_use]
    pub fn new(words: &'a [u8], ngrams: &'a [u8]) -> Option<Self> {
        Some(Self {
            words: Fst::new(words).ok()?,
            ngrams: Ngrams::new(ngrams)?,
            terms: None,
            script: Script::default(),
            forms: Script::default().costs(),
        })
    }

    /// The same model for one line of a document with terms and a script of its own.
    pub(crate) fn taught<'b>(&self, terms: &'b Terms, script: Script, line: u32) -> Model<'b>
    where
        'a: 'b,
    {
        Model {
            words: self.words.clone(),
            ngrams: self.ngrams,
            terms: Some((terms, line)),
            script,
            forms: script.costs(),
        }
    }

    /// The same model for a line of which some characters are proven.
    pub(crate) fn knowing(&self, proven: impl Iterator<Item = char>) -> Self {
        let script = self.script.after(proven);
        Self {
            words: self.words.clone(),
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

    /// The cost of a piece of text as a term: infinite for the beginning of one, `None` if no term
    /// begins with it.
    pub(crate) fn term(&self, token: Token) -> Option<f32> {
        let (terms, line) = self.terms?;
        terms.get(token, line)
    }

    /// The longest word that a piece of text ends in, as context for what comes next.
    pub(crate) fn tail(&self, text: &[(char, usize)]) -> Token {
        for from in 0..text.len() {
            let mut walk = Some(self.root());
            let mut token = classes::SEED;
            for &(character, _) in &text[from..] {
                token = classes::extend(token, character);
                walk = walk.and_then(|walk| self.step(walk, character));
            }
            if walk.and_then(|walk| self.word(walk)).is_some() || from + 1 == text.len() {
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

    /// The same for a token that leaves `left` to others, as [`Self::cost`] found it.
    pub(crate) fn after(&self, context: &Context, token: Token, left: f32, seen: bool) -> Context {
        // Only pairs that the table has begin its triples.
        let pair = if seen {
            classes::after(context.last, token)
        } else {
            0
        };
        Context {
            last: token,
            backoff_last: left,
            ..self.pair(pair)
        }
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
        match self.ngrams.get(classes::after(context.last, token)) {
            Some(value) => (backoff + nats(value), true),
            None => (backoff + context.backoff_last + alone, false),
        }
    }

    /// Cost of the end of the line.
    #[must_use]
    pub(crate) fn end(&self, context: &Context) -> f32 {
        let alone = self.alone(EDGE).unwrap_or(UNSEEN);
        self.cost(context, EDGE, alone).0
    }

    fn alone(&self, token: Token) -> Option<f32> {
        self.ngrams.get(classes::after(0, token)).map(nats)
    }

    /// What is known of a character that is a token, or part of a class, by itself.
    pub(crate) fn single(&self, character: char) -> Single {
        let kind = classes::kind(character);
        let class = match kind {
            Kind::Digit => NUMBER,
            Kind::Letter => LATIN,
            Kind::Han | Kind::Mark | Kind::Space => classes::extend(classes::SEED, character),
        };
        let (token, alone, rare) = match self.alone(class) {
            Some(alone) => (class, alone, 0.0),
            None => (UNKNOWN, UNSEEN, classes::rarity(character)),
        };
        let extra = match class {
            NUMBER | LATIN if character.is_ascii() => MORE,
            NUMBER | LATIN => MORE + WIDE,
            _ => rare,
        };
        let known = |token, alone, extra| Known {
            token,
            alone,
            extra,
            left: self.left(token).unwrap_or(0.0),
        };
        let run = Run {
            kind,
            wide: !character.is_ascii(),
        };
        Single {
            kind,
            run: matches!(kind, Kind::Digit | Kind::Letter).then_some(run),
            narrow: known(token, alone, extra),
            wide: full_width(character).map(|wide| {
                let token = classes::extend(classes::SEED, wide);
                known(token, self.alone(token).unwrap_or(UNSEEN), NARROW)
            }),
        }
    }

    /// Cost of such a character, and the context after it; `inside` is the run that the character
    /// before was part of.
    pub(crate) fn mark(
        &self,
        context: &Context,
        single: &Single,
        inside: Option<Run>,
    ) -> (f32, Step) {
        if single.kind == Kind::Space {
            return (SPACE, None);
        }
        if let (Some(run), Some(before)) = (single.run, inside)
            && run.kind == before.kind
        {
            // Hardly anyone changes the width within a number.
            let changes = run.wide != before.wide;
            return (MORE + if changes { WIDE } else { 0.0 }, None);
        }
        let cost = |known: &Known| {
            let (cost, seen) = self.cost(context, known.token, known.alone);
            (cost + known.extra, Some((known.token, known.left, seen)))
        };
        let own = cost(&single.narrow);
        // A writer who types `,` means ，: what comes before and after is the same.
        match single.wide.as_ref().map(cost) {
            Some(wide) if wide.0 < own.0 => wide,
            _ => own,
        }
    }

    /// The root of the map of words.
    pub(crate) fn root(&self) -> Walk {
        Walk {
            node: self.words.root().addr(),
            output: Output::zero(),
        }
    }

    /// One character further into the map of words.
    pub(crate) fn step(&self, walk: Walk, character: char) -> Option<Walk> {
        let key = letter(simplified(character))?;
        let mut node = self.words.node(walk.node);
        let mut output = walk.output;
        for byte in key {
            let transition = node.transition(node.find_input(byte)?);
            output = output.cat(transition.out);
            node = self.words.node(transition.addr);
        }
        Some(Walk {
            node: node.addr(),
            output,
        })
    }

    /// The cost of the word that ends here, if one does.
    pub(crate) fn word(&self, walk: Walk) -> Option<f32> {
        let node = self.words.node(walk.node);
        node.is_final().then(|| {
            let value = walk.output.cat(node.final_output()).value();
            #[allow(clippy::cast_precision_loss)]
            let value = value as f32;
            value / WORD_STEPS
        })
    }

    /// Splits a text into the tokens that the model counts: the likeliest words by themselves.
    #[must_use]
    pub fn tokens(&self, text: &str) -> Vec<Token> {
        let characters: Vec<char> = text.chars().collect();
        let mut tokens = Vec::new();
        let mut at = 0;
        while let Some(&character) = characters.get(at) {
            let kind = classes::kind(character);
            let length = characters
                .iter()
                .skip(at)
                .take_while(|&&other| classes::kind(other) == kind)
                .count();
            match kind {
                Kind::Digit => tokens.push(NUMBER),
                Kind::Letter => tokens.push(LATIN),
                Kind::Space => {}
                Kind::Mark => {
                    tokens.extend(
                        characters
                            .iter()
                            .skip(at)
                            .take(length)
                            .map(|&mark| classes::extend(classes::SEED, mark)),
                    );
                }
                Kind::Han => {
                    self.words_of(characters.get(at..at + length).unwrap_or(&[]), &mut tokens);
                }
            }
            at += length;
        }
        tokens
    }

    /// The likeliest split of a run of Chinese characters into words.
    fn words_of(&self, run: &[char], tokens: &mut Vec<Token>) {
        // best[i]: cost of the first i characters, where the last word starts, and its token.
        let mut best = vec![(f32::INFINITY, 0_usize, UNKNOWN); run.len() + 1];
        best[0].0 = 0.0;
        for from in 0..run.len() {
            let before = best[from].0;
            let mut offer = |to: usize, cost: f32, token: Token| {
                if before + cost < best[to].0 {
                    best[to] = (before + cost, from, token);
                }
            };
            offer(
                from + 1,
                UNSEEN + classes::rarity(run[from]) + 6.0,
                classes::extend(classes::SEED, run[from]),
            );
            let mut walk = self.root();
            let mut hash = classes::SEED;
            for (offset, &character) in run[from..].iter().enumerate() {
                let Some(next) = self.step(walk, character) else {
                    break;
                };
                walk = next;
                hash = classes::extend(hash, character);
                if let Some(cost) = self.word(walk) {
                    offer(from + offset + 1, cost, hash);
                }
            }
        }
        let mut to = run.len();
        let start = tokens.len();
        while to > 0 {
            tokens.push(best[to].2);
            to = best[to].1;
        }
        tokens[start..].reverse();
    }
}

/// The mark that Chinese text has for an ASCII one.
fn full_width(character: char) -> Option<char> {
    Some(match character {
        ',' => '，',
        '!' => '！',
        '?' => '？',
        ':' => '：',
        ';' => '；',
        '(' => '（',
        ')' => '）',
        _ => return None,
    })
}

/// A place in the map of words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Walk {
    node: CompiledAddr,
    output: Output,
}

/// The key of a character in the map of words: two bytes, where UTF-8 takes three.
fn letter(character: char) -> Option<[u8; 2]> {
    u16::try_from(u32::from(character))
        .ok()
        .map(u16::to_be_bytes)
}

/// The key of a word in the map of words; `None` if it has a character beyond the basic plane.
#[must_use]
pub fn key(word: &str) -> Option<Vec<u8>> {
    let letters: Option<Vec<[u8; 2]>> = word.chars().map(letter).collect();
    Some(letters?.concat())
}

fn nats(value: u8) -> f32 {
    f32::from(value) / NGRAM_STEPS
}
