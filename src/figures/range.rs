//! Spans: what the second of two numbers says of the first.
//!
//! In: the figures of a text. Out: the same, with `3—5家`, `600–700 million yuan`, `2013—2021年` and
//! `5–7 March` completed: the first number gets the unit, the multiplier, the month of the second.

use super::{Amount, Figure, Number, Unit, Value, When, Year};

/// Completes the first figure of each span.
pub(super) fn complete(text: &str, figures: &mut [Figure]) {
    for second in 1..figures.len() {
        let (before, after) = figures.split_at_mut(second);
        let (Some(first), Some(second)) = (before.last_mut(), after.first_mut()) else {
            continue;
        };
        let gap = text
            .get(first.place.end..second.place.start)
            .unwrap_or_default();
        let head = text.get(..first.place.start).unwrap_or_default().trim_end();
        let between = gap.trim() == "and" && head.to_lowercase().ends_with("between");
        let joins = matches!(
            gap.trim(),
            "-" | "–"
                | "—"
                | "——"
                | "~"
                | "～"
                | "－"
                | "to"
                | "至"
                | "到"
                | "、"
                | "或"
                | "or"
                | "−"
        );
        if joins || between {
            span(first, second, gap.trim());
        }
    }
}

fn span(first: &mut Figure, second: &mut Figure, gap: &str) {
    let value = match (&first.value, &second.value) {
        (Value::Amount(a), Value::Amount(b)) if gap != "、" => amounts(a, b),
        (Value::Amount(a), Value::Date(when)) if a.unit == Unit::Things => dated(a, *when, gap),
        (Value::Date(when), Value::Amount(b)) if b.unit == Unit::Things => {
            if let Some(value) = later(*when, b) {
                second.value = value;
            }
            None
        }
        (Value::Date(a), Value::Date(b)) if a.month.is_some() && a.day.is_none() => {
            None.or_else(|| {
                // `May to July 2020`
                (a.year.is_none() && b.year.is_some() && b.month.is_some())
                    .then_some(Value::Date(When { year: b.year, ..*a }))
            })
        }
        _ => None,
    };
    if let Some(value) = value {
        first.value = value;
        first.weight = first.weight.max(second.weight);
    }
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
