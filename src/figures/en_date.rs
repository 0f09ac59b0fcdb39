//! Dates and times of day in English.
//!
//! In: tokens and a place. Out: the date that begins there: `3 November 2016`, `November 3, 2016`,
//! `Nov 2016`, `second half of 2016`, `Q3 2020`, `the 1990s`, `2016`, `this year`, `3:30 pm`.

use super::en_words::{Kind, Token, cardinal, month, ordinal, tens};
use super::{Clock, Part, When, Year};

/// The date that begins here, and the token after it.
pub(super) fn read(tokens: &[Token], at: usize) -> Option<(When, usize)> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    part(tokens, at)
        .or_else(|| day_first(tokens, at))
        .or_else(|| month_first(tokens, at))
        .or_else(|| this_month(tokens, at))
        .or_else(|| {
            let years = match (word(at), word(at + 1)) {
                ("this" | "current", "year") => 0,
                ("last" | "previous", "year") => -1,
                ("next", "year") => 1,
                _ => return None,
            };
            Some((When::year(Year::FromNow(years)), at + 2))
        })
        .or_else(|| decade(tokens, at))
        .or_else(|| year(tokens, at).map(|(year, end)| (When::year(Year::Of(year)), end)))
}

/// `15:30`, `3:30 p.m.`, `3 pm`, `at four in the morning`.
pub(super) fn clock(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    if let Some(found) = with_point(tokens, at).or_else(|| by_part_of_day(tokens, at)) {
        return Some(found);
    }
    let hours = small(tokens, at, 99)?;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let mut minutes = None;
    let mut end = at + 1;
    let next = tokens.get(end)?;
    if matches!(next.text.as_str(), ":" | ".") && !next.spaced {
        let token = tokens.get(end + 1)?;
        let two = token.kind == Kind::Number && token.text.len() == 2 && !token.spaced;
        minutes = token.text.parse::<u32>().ok().filter(|m| two && *m < 60);
        minutes?;
        end += 2;
    }
    let noon = match word(end) {
        "am" => Some((0, 1)),
        "pm" => Some((12, 1)),
        "a" if word(end + 1) == "." && word(end + 2) == "m" => Some((0, 4)),
        "p" if word(end + 1) == "." && word(end + 2) == "m" => Some((12, 4)),
        "o" if matches!(word(end + 1), "’" | "'") && word(end + 2) == "clock" => Some((0, 3)),
        _ => None,
    };
    let (late, length) = match (noon, minutes) {
        (Some(noon), _) => noon,
        (None, Some(_)) => (0, 0),
        (None, None) => return None,
    };
    let is_sure = hours > 12 || (noon.is_some() && word(end) != "o");
    let hours = u32::from(hours) % if noon.is_some() { 12 } else { 100 } + late;
    let minutes = hours * 60 + minutes.unwrap_or(0);
    Some((Clock { minutes, is_sure }, end + length))
}

/// `four in the morning`, `10 at night`, after a word that stands before times: it might be four of something.
fn by_part_of_day(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    const BEFORE: [&str; 7] = ["at", "by", "until", "till", "before", "after", "since"];
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    at.checked_sub(1).filter(|&at| BEFORE.contains(&word(at)))?;
    let hours = small(tokens, at, 12).or_else(|| in_words(cardinal(word(at))?, 12))?;
    let (late, length) = match (word(at + 1), word(at + 2), word(at + 3)) {
        ("in", "the", "morning") => (false, 3),
        ("in", "the", "afternoon" | "evening") => (true, 3),
        ("at", "night", _) => ((6..12).contains(&hours), 2),
        _ => return None,
    };
    let clock = Clock {
        minutes: (u32::from(hours) % 12 + 12 * u32::from(late)) * 60,
        is_sure: true,
    };
    Some((clock, at + 1 + length))
}

/// `5.30 p.m.`
fn with_point(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    let token = tokens.get(at).filter(|token| token.kind == Kind::Number)?;
    let (hours, minutes) = token.text.split_once('.')?;
    let next = tokens.get(at + 1)?.text.as_str();
    let late = match next {
        "pm" | "p" => 12,
        "am" | "a" => 0,
        _ => return None,
    };
    let dotted = next.len() == 1;
    let is_noon = !dotted || tokens.get(at + 3).is_some_and(|token| token.text == "m");
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let fits = is_noon && hours < 13 && minutes < 60;
    let clock = Clock {
        minutes: (hours % 12 + late) * 60 + minutes,
        is_sure: true,
    };
    fits.then_some((clock, at + if dotted { 5 } else { 2 }))
}

/// `first half of 2016`, `third quarter`, `Q3 2020`, `H1`.
fn part(tokens: &[Token], at: usize) -> Option<(When, usize)> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let short = matches!(word(at), "q" | "h") && tokens.get(at + 1).is_some_and(|t| !t.spaced);
    let (number, kind, mut end) = if short {
        (i128::from(small(tokens, at + 1, 4)?), word(at), at + 2)
    } else {
        (ordinal(word(at))?, word(at + 1), at + 2)
    };
    let number = u8::try_from(number).ok()?;
    let part = match kind {
        "half" | "h" if (1..=2).contains(&number) => Part::Half(number),
        "quarter" | "q" if (1..=4).contains(&number) => Part::Quarter(number),
        _ => return None,
    };
    let of = usize::from(word(end) == "of");
    let the = of + usize::from(word(end + of) == "the");
    let mut when = When {
        part: Some(part),
        ..When::default()
    };
    if let Some((year, after)) = year(tokens, end + of) {
        when.year = Some(Year::Of(year));
        end = after;
    } else if word(end + the) == "year" {
        end += the + 1;
    } else if let (Some(years), "year") = (from_now(word(end + of)), word(end + of + 1)) {
        when.year = Some(Year::FromNow(years));
        end += of + 2;
    }
    Some((when, end))
}

/// `3 November 2016`, `the 3rd of November`, `the third of November`.
fn day_first(tokens: &[Token], at: usize) -> Option<(When, usize)> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let (day, name) = if let Some(day) = small(tokens, at, 31) {
        let suffix = usize::from(matches!(word(at + 1), "st" | "nd" | "rd" | "th"));
        let of = usize::from(word(at + 1 + suffix) == "of");
        (day, at + 1 + suffix + of)
    } else {
        let (day, end) = day_in_words(tokens, at)?;
        // `the first January` of several.
        (day, (word(end) == "of").then_some(end + 1)?)
    };
    let month = month_at(tokens, name)?;
    let mut when = When {
        month: Some(month),
        day: Some(day),
        ..When::default()
    };
    let end = with_year(tokens, name + 1, &mut when);
    Some((when, end))
}

/// `first`, `twenty-first`.
fn day_in_words(tokens: &[Token], at: usize) -> Option<(u8, usize)> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    if let Some(tens) = tens(word(at)) {
        let ones = ordinal(word(at + 2)).filter(|ones| word(at + 1) == "-" && *ones < 10)?;
        return Some((in_words(tens + ones, 31)?, at + 3));
    }
    Some((in_words(ordinal(word(at))?, 31)?, at + 1))
}

fn in_words(value: i128, most: u8) -> Option<u8> {
    let value = u8::try_from(value).ok();
    value.filter(|value| (1..=most).contains(value))
}

/// `November 3, 2016`, `Nov 2016`, `November`.
fn month_first(tokens: &[Token], at: usize) -> Option<(When, usize)> {
    let month = month_at(tokens, at)?;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let mut when = When {
        month: Some(month),
        ..When::default()
    };
    let mut end = at + 1 + usize::from(word(at + 1) == "." && word(at).len() <= 4);
    if let Some(day) = small(tokens, end, 31).filter(|_| year(tokens, end).is_none()) {
        let suffix = usize::from(matches!(word(end + 1), "st" | "nd" | "rd" | "th"));
        let unit = word(end + 1 + suffix);
        if !matches!(unit, "%" | "percent" | "per" | "million" | "billion") {
            when.day = Some(day);
            end += 1 + suffix;
        }
    }
    end = with_year(tokens, end, &mut when);
    Some((when, end))
}

/// `this March`, `last March`.
fn this_month(tokens: &[Token], at: usize) -> Option<(When, usize)> {
    let year = match tokens.get(at)?.text.as_str() {
        "this" => Year::FromNow(0),
        "last" => Year::Last,
        _ => return None,
    };
    let (mut when, end) = month_first(tokens, at + 1)?;
    when.year = when.year.or(Some(year));
    Some((when, end))
}

/// A year after a month, with a comma or `of` between them.
fn with_year(tokens: &[Token], at: usize, when: &mut When) -> usize {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let between = usize::from(matches!(word(at), "," | "of"));
    if let Some((found, end)) = year(tokens, at + between) {
        when.year = Some(Year::Of(found));
        return end;
    }
    let of = usize::from(word(at) == "of");
    if let (Some(years), "year") = (from_now(word(at + of)), word(at + of + 1)) {
        when.year = Some(Year::FromNow(years));
        return at + of + 2;
    }
    at
}

fn from_now(word: &str) -> Option<i32> {
    match word {
        "this" => Some(0),
        "last" => Some(-1),
        "next" => Some(1),
        _ => None,
    }
}

/// A month's name, written as one.
fn month_at(tokens: &[Token], at: usize) -> Option<u8> {
    let token = tokens.get(at)?;
    let month = month(&token.text).filter(|_| token.capital)?;
    // `Mar` and `Dec` need company; `May` may be a verb.
    let next = tokens.get(at + 1);
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let beside = |token: Option<&Token>| token.is_some_and(|t| t.kind == Kind::Number);
    let short = token.text.len() == 3 && token.text != "may";
    let dotted = next.is_some_and(|next| next.text == ".") && beside(tokens.get(at + 2));
    (!short || beside(next) || beside(before) || dotted).then_some(month)
}

/// `1990s`, `the 1990s`
fn decade(tokens: &[Token], at: usize) -> Option<(When, usize)> {
    let token = tokens.get(at)?;
    let next = tokens.get(at + 1)?;
    let is_decade = token.kind == Kind::Number
        && token.text.len() == 4
        && token.text.ends_with('0')
        && next.text == "s"
        && !next.spaced;
    let decade = token.text.parse().ok().filter(|_| is_decade)?;
    Some((When::year(Year::Decade(decade)), at + 2))
}

/// `2016`: four digits without a separator, and nothing that makes them a number of something.
fn year(tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    let token = tokens.get(at)?;
    let plain = token.end - token.start == 4 && token.kind == Kind::Number;
    let year: i32 = token.text.parse().ok().filter(|_| plain)?;
    let next = tokens.get(at + 1);
    let attached = next.is_some_and(|next| !next.spaced && next.kind == Kind::Word);
    let measured = next.is_some_and(|next| {
        matches!(
            next.text.as_str(),
            "%" | "percent"
                | "million"
                | "billion"
                | "trillion"
                | "yuan"
                | "dollars"
                | "years"
                | "days"
                | "tonnes"
                | "km"
                | "metres"
                | "people"
        )
    });
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let money = before.is_some_and(|before| {
        !token.spaced && matches!(before.text.as_str(), "$" | "¥" | "€" | "£")
    });
    ((1500..2200).contains(&year) && !attached && !measured && !money).then_some((year, at + 1))
}

fn small(tokens: &[Token], at: usize, most: u8) -> Option<u8> {
    let token = tokens.get(at).filter(|token| token.kind == Kind::Number)?;
    let value: u8 = token.text.parse().ok()?;
    (1..=most).contains(&value).then_some(value)
}
