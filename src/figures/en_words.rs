//! English number words, and the tokens they are read from.
//!
//! In: a text. Out: its [`Token`]s: words, numbers, signs; and what a word is worth: `twelve`, `third`,
//! `million`, `November`. Nothing here looks at more than one word.

use super::Number;

/// A word, a number or a single sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Its bytes.
    pub start: usize,
    pub end: usize,
    /// Its first character, counted from the text's start.
    pub place: usize,
    pub kind: Kind,
    /// The word in lower case, the digits without separators, or the sign.
    pub text: String,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether a space or the text's edge is before it.
    pub spaced: bool,
    /// Whether a line ends before it: the title of a chart has no full stop.
    pub opens: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Sign,
}

/// Cuts a text into tokens.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut tokens = Vec::with_capacity(chars.len() / 5);
    let mut at = 0;
    let (mut spaced, mut opens) = (true, true);
    while let Some(&(start, first)) = chars.get(at) {
        if first.is_whitespace() {
            spaced = true;
            opens |= first == '\n';
            at += 1;
            continue;
        }
        let kind = match first {
            c if c.is_ascii_digit() => Kind::Number,
            c if is_letter(c) => Kind::Word,
            _ => Kind::Sign,
        };
        let end = match kind {
            Kind::Number => number_end(&chars, at),
            Kind::Word => (at..chars.len())
                .find(|place| !chars.get(*place).is_some_and(|(_, c)| is_letter(*c)))
                .unwrap_or(chars.len()),
            Kind::Sign => at + 1,
        };
        let inside = chars.get(at..end).unwrap_or_default();
        tokens.push(Token {
            start,
            end: chars.get(end).map_or(text.len(), |(byte, _)| *byte),
            place: at,
            kind,
            text: inside
                .iter()
                .map(|(_, c)| c.to_ascii_lowercase())
                .filter(|c| kind != Kind::Number || c.is_ascii_digit() || *c == '.')
                .collect(),
            capital: first.is_uppercase(),
            spaced,
            opens,
        });
        (spaced, opens) = (false, false);
        at = end;
    }
    tokens
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !crate::lang::is_han(c)
}

/// `1,011.5`, `10 000` with a thin space; a comma or point must have digits after it.
fn number_end(chars: &[(usize, char)], start: usize) -> usize {
    let char_at = |place: usize| chars.get(place).map(|(_, c)| *c);
    let digits = |from: usize| {
        (from..chars.len())
            .take_while(|place| char_at(*place).is_some_and(|c| c.is_ascii_digit()))
            .count()
    };
    let mut end = start + digits(start);
    while end - start <= 30
        && matches!(char_at(end), Some(',' | '\u{202f}' | '\u{2009}'))
        && digits(end + 1) == 3
    {
        end += 4;
    }
    if char_at(end) == Some('.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    end
}

/// `twelve`
pub(super) fn cardinal(word: &str) -> Option<i128> {
    const WORDS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    place_of(&WORDS, word).or_else(|| tens(word))
}

/// `twenty`
pub(super) fn tens(word: &str) -> Option<i128> {
    const WORDS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    place_of(&WORDS, word).map(|place| (place + 2) * 10)
}

/// `third`, `twentieth`
pub(super) fn ordinal(word: &str) -> Option<i128> {
    const WORDS: [&str; 20] = [
        "zeroth",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
    ];
    const TENS: [&str; 8] = [
        "twentieth",
        "thirtieth",
        "fortieth",
        "fiftieth",
        "sixtieth",
        "seventieth",
        "eightieth",
        "ninetieth",
    ];
    place_of(&WORDS, word)
        .or_else(|| place_of(&TENS, word).map(|place| (place + 2) * 10))
        .or_else(|| (word == "hundredth").then_some(100))
}

/// The lower part of a fraction: `third`, `quarters`.
pub(super) fn part(word: &str) -> Option<i128> {
    match word {
        "half" | "halves" => Some(2),
        "quarter" | "quarters" => Some(4),
        "second" | "seconds" | "first" | "firsts" => None,
        _ => ordinal(word.strip_suffix('s').unwrap_or(word)).filter(|part| *part > 2),
    }
}

/// `million`, `bn`; `attached` are those that may stand right after the digits.
pub(super) fn multiplier(word: &str) -> Option<Number> {
    let value = match word {
        "hundred" => 100,
        "thousand" | "k" => 1_000,
        "lakh" => 100_000,
        "million" | "mn" | "mln" => 1_000_000,
        "crore" => 10_000_000,
        "billion" | "bn" | "bln" => 1_000_000_000,
        "trillion" | "tn" | "trn" => 1_000_000_000_000,
        _ => return None,
    };
    Some(Number::whole(value))
}

/// `November`, `Nov`: its number.
pub(super) fn month(word: &str) -> Option<u8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let short = word == "sept" || word.len() == 3;
    NAMES
        .iter()
        .position(|name| *name == word || (short && name.get(..3) == word.get(..3)))
        .and_then(|place| u8::try_from(place + 1).ok())
}

/// `doubled`, `threefold`: how many times.
pub(super) fn multiple(word: &str) -> Option<Number> {
    let value = match word {
        "double" | "doubled" | "doubles" | "doubling" | "twice" | "twofold" => 2,
        "triple" | "tripled" | "triples" | "tripling" | "treble" | "trebled" | "thrice" => 3,
        "quadruple" | "quadrupled" | "quadruples" | "quadrupling" => 4,
        "quintuple" | "quintupled" => 5,
        _ => {
            return word
                .strip_suffix("fold")
                .and_then(cardinal)
                .map(Number::whole);
        }
    };
    Some(Number::whole(value))
}

fn place_of(words: &[&str], word: &str) -> Option<i128> {
    words
        .iter()
        .position(|other| *other == word)
        .and_then(|place| i128::try_from(place).ok())
}
