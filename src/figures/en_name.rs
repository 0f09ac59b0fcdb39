//! Names with digits in English, which are no figures.
//!
//! In: tokens and a place. Out: where to go on after an address or a name that begins there: `5G`,
//! `Web3`, `COVID-19`, `ISO 3166-2`, `+86 10 1234 5678`.

use super::Number;
use super::en_words::{self as en, Kind, Token};
use super::words::{Chars, Words};

/// Prefixes that make no name of the number after them: `mid-2016`, `FY2020`.
const PREFIXES: [&str; 14] = [
    "mid", "pre", "post", "early", "late", "sub", "under", "over", "top", "non", "age", "aged",
    "fy", "no",
];

/// Words whose number is one even after a hyphen: `a force-17 typhoon`.
const SCALES: [&str; 7] = [
    "force",
    "level",
    "grade",
    "category",
    "magnitude",
    "scale",
    "tier",
];

/// The token after an address or name that begins here.
pub(super) fn skip(tokens: &[Token], at: usize, chars: &Chars, words: &Words) -> Option<usize> {
    let token = tokens.get(at)?;
    let next = tokens.get(at + 1).filter(|next| !next.spaced)?;
    if is_address(tokens, at) {
        return Some(first_spaced(tokens, at + 1));
    }
    match (token.kind, next.kind) {
        (Kind::Word, Kind::Number) => {
            let is_sign = words.signs.longest(chars, token.place).is_some();
            // Q3 and H1 are parts of a year, H1N1 is a name.
            let after = tokens.get(at + 2);
            let is_part = matches!(token.text.as_str(), "q" | "h")
                && after.is_none_or(|after| after.spaced || after.kind == Kind::Sign);
            let is_name = !is_sign && !is_part && !PREFIXES.contains(&token.text.as_str());
            is_name.then(|| name_end(tokens, at + 1))
        }
        (Kind::Word, Kind::Sign) if matches!(next.text.as_str(), "-" | "." | "/") => {
            let number = tokens.get(at + 2)?;
            let is_name = number.kind == Kind::Number
                && !number.spaced
                && !PREFIXES.contains(&token.text.as_str())
                && !SCALES.contains(&token.text.as_str())
                && en::cardinal(&token.text).is_none()
                && en::month(&token.text).is_none();
            is_name.then(|| name_end(tokens, at + 2))
        }
        (Kind::Number, Kind::Word) => name_from_digit(tokens, at, next, chars, words),
        (Kind::Number, Kind::Sign) => {
            // `140/90 mmHg`: two of a unit.
            let after = tokens.get(at + 3).filter(|_| next.text == "/");
            let is_measured = after.is_some_and(|unit| {
                unit.kind == Kind::Word && words.units.longest(chars, unit.place).is_some()
            });
            code(tokens, at, next).filter(|_| !is_measured)
        }
        (Kind::Sign, Kind::Number) if token.text == "+" && token.spaced => {
            telephone(tokens, at + 1)
        }
        _ => None,
    }
}

fn is_address(tokens: &[Token], at: usize) -> bool {
    let word = |step: usize| {
        tokens
            .get(at + step)
            .map_or("", |token| token.text.as_str())
    };
    let joined = tokens.get(at + 1).is_some_and(|token| !token.spaced);
    word(0) == "www"
        || (word(1) == ":" && word(2) == "/" && word(3) == "/")
        || (joined && word(1) == "@")
}

fn first_spaced(tokens: &[Token], from: usize) -> usize {
    (from..tokens.len())
        .find(|at| tokens.get(*at).is_some_and(|token| token.spaced))
        .unwrap_or(tokens.len())
}

/// `5G`, but not `5km`, `51st`, `1990s`, `5bn`.
fn name_from_digit(
    tokens: &[Token],
    at: usize,
    next: &Token,
    chars: &Chars,
    words: &Words,
) -> Option<usize> {
    let suffixes = ["st", "nd", "rd", "th", "s", "x", "m", "am", "pm"];
    let known = suffixes.contains(&next.text.as_str())
        || en::multiplier(&next.text).is_some()
        || words.units.longest(chars, next.place).is_some();
    // A capital letter is no unit: 5G, 3D, 4K.
    let is_letter = next.capital && next.end - next.start == 1;
    (!known || is_letter).then(|| name_end(tokens, at))
}

/// `3166-2`, `1.2.3`, `9/11`, `978-7-100`: numbers that make no span and no fraction.
fn code(tokens: &[Token], at: usize, next: &Token) -> Option<usize> {
    let (first, second) = (tokens.get(at)?, tokens.get(at + 2)?);
    if second.kind != Kind::Number || second.spaced {
        return None;
    }
    let value = |token: &Token| Number::parse(&token.text);
    let falls = value(second)?.is_below(value(first)?);
    let more = tokens
        .get(at + 3)
        .is_some_and(|token| token.text == next.text && !token.spaced)
        && tokens
            .get(at + 4)
            .is_some_and(|token| token.kind == Kind::Number);
    let is_code = match next.text.as_str() {
        "." => true,
        "-" => {
            let is_year = first.text.len() == 4 && second.text.len() == 2;
            // `3-2` may be a score.
            more || (falls && !is_year && first.text.len() > 2)
        }
        "/" => {
            let is_year = first.text.len() == 4;
            more || !(is_year
                || second.text.len() == 1
                || matches!(second.text.as_str(), "10" | "100"))
        }
        _ => false,
    };
    is_code.then(|| name_end(tokens, at))
}

/// The end of all groups of digits of a telephone number: +3.2% has fewer.
fn telephone(tokens: &[Token], from: usize) -> Option<usize> {
    let groups = tokens.iter().skip(from).take_while(|token| {
        token.kind == Kind::Number || matches!(token.text.as_str(), "-" | "(" | ")")
    });
    let groups: Vec<&str> = groups.map(|token| token.text.as_str()).collect();
    let digits = groups.concat().chars().filter(char::is_ascii_digit).count();
    (digits >= 7).then_some(from + groups.len())
}

/// Where a name ends: at a space, or a sign that is not followed by more of it.
fn name_end(tokens: &[Token], from: usize) -> usize {
    (from + 1..tokens.len())
        .find(|at| {
            let Some(token) = tokens.get(*at) else {
                return true;
            };
            let is_inner = matches!(token.text.as_str(), "-" | "." | "/" | "_" | "+");
            let goes_on = tokens
                .get(at + 1)
                .is_some_and(|next| !next.spaced && next.kind != Kind::Sign);
            token.spaced || (token.kind == Kind::Sign && !(is_inner && goes_on))
        })
        .unwrap_or(tokens.len())
}
