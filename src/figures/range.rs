//! Spans: what the second of two numbers says of the first.
//!
//! In: the figures of a text. Out: the same, with `3—5家`, `600–700 million yuan`, `2013—2021年` and
//! `5–7 March` completed: the first number gets the unit, the multiplier, the month of the second.

use std::ops::Range;

use super::links::Link;
use super::{Amount, Clock, Figure, Number, Unit, Value, Vocabulary, Weight, When, Year};
use crate::lang::Lang;

/// Completes the first figure of each span, and the second where the first says more.
pub(super) fn complete(text: &str, lang: Lang, words: &Vocabulary, figures: &mut Vec<Figure>) {
    for second in 1..figures.len() {
        let (before, after) = figures.split_at_mut(second);
        let (Some(first), Some(second)) = (before.last_mut(), after.first_mut()) else {
            continue;
        };
        let gap = text
            .get(first.place.end..second.place.start)
            .unwrap_or_default();
        if gap.trim() == "、" || joined(text, &first.place, &second.place).is_some() {
            span(first, second, gap.trim());
            below_zero(text, first, second);
            from_nothing(first, second);
        }
        if words.is(Link::Against, lang, gap.trim()) {
            against(text, first, second);
        }
        converted(text, first, second, gap.trim());
    }
    join_years(text, figures);
    in_row(text, figures);
}

/// What makes two figures the ends of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// All that lies between: 3至5, `from 3 to 5`, `between 3 and 5`.
    To,
    /// One of the two: 3或5, `3 or 5`.
    Or,
}

/// What the words between two figures make of them.
#[must_use]
pub fn joint(gap: &str) -> Option<Joint> {
    match gap.trim() {
        "-" | "–" | "—" | "——" | "~" | "～" | "－" | "−" | "to" | "至" | "到" => {
            Some(Joint::To)
        }
        "或" | "or" | "or to" => Some(Joint::Or),
        _ => None,
    }
}

/// What joins two figures that have these places in a text: `between 3 and 5` says it before the first.
#[must_use]
pub fn joined(text: &str, first: &Range<usize>, second: &Range<usize>) -> Option<Joint> {
    let gap = text.get(first.end..second.start)?;
    let is_between = || {
        let head = text.get(..first.start)?.trim_end();
        let last = head.chars().rev().take_while(|c| c.is_alphabetic());
        let word: String = last.map(|c| c.to_ascii_lowercase()).collect();
        (gap.trim() == "and" && word == "neewteb").then_some(Joint::To)
    };
    joint(gap).or_else(is_between)
}

/// 0至14岁 may be said as `up to 14`.
fn from_nothing(first: &mut Figure, second: &Figure) {
    let number = |figure: &Figure| match &figure.value {
        Value::Amount(amount) => Some(amount.number),
        _ => None,
    };
    if number(first) == Some(Number::ZERO) && number(second).is_some() {
        first.weight = Weight::Soft;
    }
}

/// `came down to 2.3 per cent from 5.1`: both are shares; a year is none.
fn against(text: &str, first: &Figure, second: &mut Figure) {
    let (Value::Amount(a), Value::Amount(b)) = (&first.value, &mut second.value) else {
        return;
    };
    let after = text.get(second.place.end..).unwrap_or_default();
    let is_last = after.is_empty() || after.starts_with([',', '.', ';', ':', ')']);
    let is_year = b
        .number
        .to_whole()
        .is_some_and(|year| (1500..2200).contains(&year));
    let measured = matches!(a.unit, Unit::Share | Unit::Point | Unit::Of(_));
    if measured && b.unit == Unit::Things && is_last && !is_year {
        b.unit = a.unit.clone();
        b.scale = a.scale;
    }
}

/// `5 to 10 degrees below zero`: both are.
fn below_zero(text: &str, first: &mut Figure, second: &Figure) {
    let after = text
        .get(second.place.end..)
        .unwrap_or_default()
        .trim_start();
    let (Value::Amount(a), Value::Amount(b)) = (&mut first.value, &second.value) else {
        return;
    };
    let is_said = after.starts_with("below zero") || after.starts_with("below freezing");
    if is_said
        && a.unit == b.unit
        && let Some(number) = a.number.size().times(Number::whole(-1))
    {
        a.number = number;
    }
}

/// 三、四级: what the last of a row counts, the others count, too.
fn in_row(text: &str, figures: &mut [Figure]) {
    for second in (1..figures.len()).rev() {
        let (before, after) = figures.split_at_mut(second);
        let (Some(first), Some(second)) = (before.last_mut(), after.first()) else {
            continue;
        };
        let gap = text.get(first.place.end..second.place.start);
        if let (Value::Amount(a), Value::Amount(b)) = (&mut first.value, &second.value)
            && gap == Some("、")
            && a.unit == Unit::Things
            && first.unit.is_empty()
            && matches!(b.unit, Unit::Things | Unit::Place)
        {
            a.unit = b.unit.clone();
            first.weight = first.weight.max(second.weight);
        }
    }
}

/// What the two numbers of a span say of each other.
fn span(first: &mut Figure, second: &mut Figure, gap: &str) {
    let (new_first, new_second) = match (&first.value, &second.value) {
        (Value::Amount(a), Value::Amount(b)) if gap != "、" => {
            // $1.5–2 billion: the sign stands before the first.
            let completed = amounts(b, a).filter(|_| a.unit != Unit::Things);
            (amounts(a, b).or_else(|| multiplied(a, b)), completed)
        }
        (Value::Amount(a), Value::Date(when)) if a.unit == Unit::Things => {
            (dated(a, *when, gap), None)
        }
        (Value::Date(when), Value::Amount(b)) if b.unit == Unit::Things => (None, later(*when, b)),
        (Value::Date(when), Value::Amount(b)) if b.unit.is_time() => (None, early(*when, b)),
        // `from 8 to 11:30`
        (Value::Amount(a), Value::Time(_)) if a.unit == Unit::Things && joint(gap).is_some() => {
            (on_the_hour(a), None)
        }
        // `May to July 2020`
        (Value::Date(a), Value::Date(b)) if a.month.is_some() && b.month.is_some() => {
            let gets_year = a.year.is_none() && b.year.is_some();
            let year = Value::Date(When { year: b.year, ..*a });
            (gets_year.then_some(year), None)
        }
        _ => (None, None),
    };
    if let Some(value) = new_first {
        first.value = value;
        first.weight = first.weight.max(second.weight);
    }
    if let Some(value) = new_second {
        second.value = value;
        second.weight = first.weight.max(second.weight);
    }
}

/// `RMB600m ($84m)`: the same in another currency, which one language may do without.
fn converted(text: &str, first: &Figure, second: &mut Figure, gap: &str) {
    let (Value::Amount(a), Value::Amount(b)) = (&first.value, &second.value) else {
        return;
    };
    let after = text.get(second.place.end..).unwrap_or_default();
    let in_brackets = gap.starts_with(['(', '（']) && after.starts_with([')', '）']);
    let measures = |unit: &Unit| matches!(unit, Unit::Of(_));
    if in_brackets && a.unit != b.unit && measures(&a.unit) && measures(&b.unit) {
        second.weight = Weight::Soft;
    }
}

/// `2021年1至10月`: what stands right after a year belongs to it.
fn join_years(text: &str, figures: &mut Vec<Figure>) {
    let mut joined: Vec<Figure> = Vec::with_capacity(figures.len());
    for mut figure in figures.drain(..) {
        if let Value::Date(when) = &mut figure.value
            && when.year.is_none()
            && when.month.is_some()
            && let Some(before) = joined.last()
            && let Value::Date(year) = &before.value
            && year.is_year()
            && text.get(before.place.end..figure.place.start) == Some("")
        {
            when.year = year.year;
            figure.place.start = before.place.start;
            joined.pop();
        }
        joined.push(figure);
    }
    *figures = joined;
}

/// `1.5–2 billion` after a sign: only the multiplier is missing.
fn multiplied(first: &Amount, second: &Amount) -> Option<Value> {
    let alike = first.unit == second.unit || second.unit == Unit::Things;
    let gets = alike && first.multiplier == Number::ONE && second.multiplier != Number::ONE;
    let grows = !second
        .number
        .over(second.multiplier)?
        .is_below(first.number);
    let number = first.number.times(second.multiplier)?;
    (gets && grows && first.unit != Unit::Things).then(|| {
        Value::Amount(Amount {
            number,
            multiplier: second.multiplier,
            ..first.clone()
        })
    })
}

/// `600–700 million yuan`, `2至3万`, `5–10%`.
fn amounts(first: &Amount, second: &Amount) -> Option<Value> {
    if first.unit != Unit::Things || first.scale != Number::ONE {
        return None;
    }
    let gets_multiplier = first.multiplier == Number::ONE
        && second.multiplier != Number::ONE
        && !second
            .number
            .over(second.multiplier)?
            .is_below(first.number);
    let (number, multiplier) = if gets_multiplier {
        (first.number.times(second.multiplier)?, second.multiplier)
    } else {
        (first.number, first.multiplier)
    };
    let is_unit = second.unit != Unit::Place;
    Some(Value::Amount(Amount {
        number,
        multiplier,
        unit: if is_unit {
            second.unit.clone()
        } else {
            Unit::Things
        },
        scale: second.scale,
    }))
}

/// `2013—2021年`, `1—3月`, `2至5日`, `5–7 March`.
fn dated(first: &Amount, second: When, gap: &str) -> Option<Value> {
    let number = first.number.to_whole()?;
    let small = |most: i128| {
        let fits = (1..=most).contains(&number);
        u8::try_from(number).ok().filter(|_| fits)
    };
    if second.day.is_some() {
        return small(31).map(|day| {
            Value::Date(When {
                day: Some(day),
                ..second
            })
        });
    }
    if second.month.is_some() {
        return small(12).map(|month| {
            Value::Date(When {
                month: Some(month),
                ..second
            })
        });
    }
    let year = i32::try_from(number)
        .ok()
        .filter(|year| (1500..2200).contains(year));
    match second.year {
        Some(Year::Of(_)) if gap != "、" || second.is_year() => {
            year.map(|year| Value::Date(When::year(Year::Of(year))))
        }
        _ => None,
    }
}

/// `8 to 11:30`
fn on_the_hour(first: &Amount) -> Option<Value> {
    let hour = u32::try_from(first.number.to_whole()?)
        .ok()
        .filter(|hour| *hour <= 24)?;
    let clock = Clock {
        minutes: hour * 60,
        is_sure: hour > 12,
    };
    Some(Value::Time(clock))
}

/// `公元605年至610年`: the second has no era of its own.
fn early(first: When, second: &Amount) -> Option<Value> {
    let number = i32::try_from(second.number.to_whole()?).ok()?;
    match first.year {
        Some(Year::Of(year)) if first.is_year() && year.abs() < 1500 && number >= 100 => {
            let number = if year < 0 { -number } else { number };
            (number > year).then(|| Value::Date(When::year(Year::Of(number))))
        }
        _ => None,
    }
}

/// `March 5–7`, `2016–17`.
fn later(first: When, second: &Amount) -> Option<Value> {
    let number = second.number.to_whole()?;
    if first.day.is_some() && (1..=31).contains(&number) {
        let day = u8::try_from(number).ok();
        return Some(Value::Date(When { day, ..first }));
    }
    match first.year {
        Some(Year::Of(year)) if first.is_year() && (1..100).contains(&number) => {
            let short = i32::try_from(number).ok()?;
            let year = year / 100 * 100 + short;
            Some(Value::Date(When::year(Year::Of(year))))
        }
        _ => None,
    }
}
