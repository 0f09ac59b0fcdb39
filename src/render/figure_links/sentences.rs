//! The sentences of a text that is HTML already.
//!
//! In: HTML. Out: its [`Sentence`]s, as plain text that knows where in the HTML each character stands.
//! Promise: headings, charts and code are no sentences; one pass.

use std::ops::Range;

/// A sentence, or what of one stands between two tags that end it.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    /// What a reader reads.
    pub(super) text: String,
    letters: Vec<Letter>,
}

/// A character of the sentence, and where it stands in the HTML.
#[derive(Debug, Clone, Copy)]
struct Letter {
    /// Its byte in the text.
    at: usize,
    start: usize,
    end: usize,
    /// Not in a link already.
    free: bool,
}

impl Sentence {
    /// Where a part of the text stands in the HTML, if it is in no link and no tag cuts it.
    pub(super) fn place(&self, part: &Range<usize>) -> Option<Range<usize>> {
        let begin = self
            .letters
            .partition_point(|letter| letter.at < part.start);
        let end = self.letters.partition_point(|letter| letter.at < part.end);
        let letters = self.letters.get(begin..end)?;
        let (first, last) = (letters.first()?, letters.last()?);
        let is_whole = last.end - first.start
            == letters
                .iter()
                .map(|letter| letter.end - letter.start)
                .sum::<usize>();
        (is_whole && letters.iter().all(|letter| letter.free)).then_some(first.start..last.end)
    }

    fn push(&mut self, character: char, html: Range<usize>, free: bool) {
        self.letters.push(Letter {
            at: self.text.len(),
            start: html.start,
            end: html.end,
            free,
        });
        self.text.push(character);
    }
}

/// What holds no sentences, and what must not be touched.
const PASSED_OVER: [&str; 12] = [
    "figure", "pre", "code", "script", "style", "svg", "h1", "h2", "h3", "h4", "h5", "h6",
];
/// Tags within a sentence.
const INLINE: [&str; 14] = [
    "a", "strong", "em", "b", "i", "del", "ins", "sup", "sub", "span", "mark", "small", "abbr",
    "time",
];
/// As they are escaped in a text.
const ESCAPED: [(&str, char); 5] = [
    ("&amp;", '&'),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&quot;", '"'),
    ("&#39;", '\''),
];

/// The sentences of the text.
pub(super) fn sentences(html: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    let mut skip: Option<(&str, usize)> = None;
    let mut in_link = false;
    let mut rest = html;
    while let Some(character) = rest.chars().next() {
        let start = html.len() - rest.len();
        if character == '<' {
            let length = rest.find('>').map_or(rest.len(), |end| end + 1);
            let (inside, after) = rest.split_at(length);
            rest = after;
            let (name, closes) = tag(inside.trim_start_matches('<'));
            skip = match skip {
                Some((outer, depth)) if outer == name && closes => {
                    (depth > 1).then(|| (outer, depth - 1))
                }
                Some((outer, depth)) if outer == name => Some((outer, depth + 1)),
                None if PASSED_OVER.contains(&name) && !closes => Some((name, 1)),
                other => other,
            };
            if name == "a" {
                in_link = !closes;
            }
            if !INLINE.contains(&name) {
                sentences.push(std::mem::take(&mut sentence));
            }
            continue;
        }
        let escaped = ESCAPED.iter().find(|(word, _)| rest.starts_with(word));
        let (length, character) = escaped.map_or((character.len_utf8(), character), |(word, c)| {
            (word.len(), *c)
        });
        rest = rest.get(length..).unwrap_or_default();
        if skip.is_some() {
            continue;
        }
        sentence.push(character, start..start + length, !in_link);
        let next = rest.chars().next();
        let ends = matches!(character, '。' | '！' | '？')
            || matches!(character, '.' | '!' | '?') && next.is_some_and(char::is_whitespace);
        if ends {
            sentences.push(std::mem::take(&mut sentence));
        }
    }
    sentences.push(sentence);
    sentences
}

/// The name of a tag, and whether it closes something.
fn tag(inside: &str) -> (&str, bool) {
    let (inside, closes) = match inside.strip_prefix('/') {
        Some(rest) => (rest, true),
        None => (inside, false),
    };
    let name = inside.split(|c: char| !c.is_ascii_alphanumeric()).next();
    (name.unwrap_or_default(), closes)
}
