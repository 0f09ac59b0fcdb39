//! Whether two figures, each in its language, say the same.
//!
//! In: two figures. Out: yes or no, and how a figure is shown in a message. Promise: exact values;
//! what one language leaves open (a unit, a year) is no difference by itself.

use super::{Amount, Bound, Clock, Figure, Named, Number, Part, Unit, Value, Weight, When, Year};

/// A value by which equal figures find each other without comparing each with each.
#[must_use]
pub fn key(figure: &Figure) -> Value {
    match &figure.value {
        Value::Amount(amount) => {
            let number = amount.compared().unwrap_or(amount.number).size();
            Value::Amount(Amount {
                number,
                multiplier: Number::ONE,
                unit: match &amount.unit {
                    Unit::Place => Unit::Things,
                    Unit::Became => Unit::Times,
                    other => other.clone(),
                },
                scale: Number::ONE,
            })
        }
        Value::Time(clock) => Value::Time(clock.on_face()),
        Value::Date(when) => Value::Date(*when),
    }
}

/// Whether two figures agree, as far as both say something. Years are compared where both have one.
#[must_use]
pub fn agree(a: &Figure, b: &Figure) -> bool {
    match (&a.value, &b.value) {
        (Value::Amount(x), Value::Amount(y)) => {
            others(a, b) || others(b, a) || (!named(a, b) && amounts(x, y))
        }
        (Value::Date(x), Value::Date(y)) => dates(*x, *y),
        (Value::Time(x), Value::Time(y)) => {
            x.on_face() == y.on_face() && (x.minutes == y.minutes || !x.is_sure || !y.is_sure)
        }
        (Value::Date(when), Value::Amount(amount)) | (Value::Amount(amount), Value::Date(when)) => {
            date_and_number(*when, amount)
        }
        _ => false,
    }
}

/// Whether both are of one sort, so that one may stand for a wrong other.
#[must_use]
pub fn same_sort(a: &Figure, b: &Figure) -> bool {
    sort(&a.value) == sort(&b.value)
}

fn sort(value: &Value) -> u8 {
    match value {
        Value::Amount(amount) => match amount.unit {
            Unit::Share | Unit::Point => 1,
            _ => 2,
        },
        Value::Date(_) => 3,
        Value::Time(_) => 4,
    }
}

/// Whether one says at least and the other at most.
#[must_use]
pub fn contradict(a: Bound, b: Bound) -> bool {
    matches!(
        (a, b),
        (Bound::Above, Bound::Below) | (Bound::Below, Bound::Above)
    )
}

/// 甲等八部门 and `A and seven other departments`.
fn others(counted: &Figure, besides: &Figure) -> bool {
    let (Value::Amount(all), Value::Amount(rest)) = (&counted.value, &besides.value) else {
        return false;
    };
    let named = match (counted.named, besides.named) {
        (Some(Named::Counted(named)), Some(Named::Besides)) => i128::try_from(named).unwrap_or(0),
        // 三项都是 and `like the other two`: three with the one that is spoken of.
        (None, Some(Named::Besides)) if counted.weight < Weight::Firm => 1,
        _ => return false,
    };
    rest.number.plus(Number::whole(named)) == Some(all.number)
}

fn named(a: &Figure, b: &Figure) -> bool {
    matches!(
        (a.named, b.named),
        (Some(Named::Counted(_)), Some(Named::Besides))
            | (Some(Named::Besides), Some(Named::Counted(_)))
    )
}

fn amounts(a: &Amount, b: &Amount) -> bool {
    use Unit::{Became, Of, Place, Point, Share, Things, Times, TimesMore};
    let same = |x: Option<Number>, y: Option<Number>| {
        x.is_some() && x.map(Number::size) == y.map(Number::size)
    };
    let compared = same(a.compared(), b.compared());
    let plain = same(Some(a.number), Some(b.number));
    match (&a.unit, &b.unit) {
        (Of(x), Of(y)) if is_age(x, y) => plain || compared,
        // 时速100公里 and 100 km/h
        (Of(x), Of(y)) if is_speed(a, x, y) || is_speed(b, y, x) => plain,
        // Less than nothing is said in so many words of temperatures alone: a loss of 3 is −3.
        (Of(x), Of(y)) if x == "degrees" && y == x => a.compared() == b.compared(),
        (Of(x), Of(y)) => x == y && compared,
        (Share, Share) => compared || rounded(a, b),
        (Point, Point) => compared,
        (TimesMore, _) => more(a, b),
        (_, TimesMore) => more(b, a),
        (Times | Became, Share) => same(Some(a.number), b.compared()),
        (Share, Times | Became) => same(a.compared(), Some(b.number)),
        (Things | Place | Times | Became, Things | Place | Times | Became)
        | (Of(_), Things | Place | Times)
        | (Things | Place | Times, Of(_)) => plain,
        _ => false,
    }
}

/// A third, and the 33.3333% that data may hold of it.
fn rounded(a: &Amount, b: &Amount) -> bool {
    let shares = a.compared().zip(b.compared());
    shares.is_some_and(|(a, b)| (a.to_f64() - b.to_f64()).abs() < 6e-7)
}

fn is_age(a: &str, b: &str) -> bool {
    let age = "year of age";
    (a == age && b == "month") || (b == age && a == "month")
}

/// So many kilometres, which the words beside them make a speed, and a speed.
fn is_speed(length: &Amount, of: &str, other: &str) -> bool {
    of == "metres" && other == "km/h" && length.scale == Number::whole(1000)
}

/// 增长两倍: three times as much, two times more, 200 % more.
fn more(added: &Amount, other: &Amount) -> bool {
    let size = added.number;
    match other.unit {
        Unit::Share => other.compared() == Some(size),
        Unit::TimesMore | Unit::Things => other.number == size,
        Unit::Became => Some(other.number) == size.plus(Number::ONE),
        // `rose two times` is said of both.
        Unit::Times => other.number == size || Some(other.number) == size.plus(Number::ONE),
        _ => false,
    }
}

/// What both say must be the same; what only one says is left open.
fn dates(a: When, b: When) -> bool {
    let years = match (a.year, b.year) {
        // 今年 and 2021: which year it is, the page as a whole must say.
        (Some(Year::FromNow(_)), Some(Year::Of(_)))
        | (Some(Year::Of(_)), Some(Year::FromNow(_))) => true,
        // `last March` may be in the year that was said; 今年3月 it is not.
        (Some(Year::Last), Some(year)) | (Some(year), Some(Year::Last)) => {
            !matches!(year, Year::FromNow(0..))
        }
        (Some(x), Some(y)) => x == y,
        _ => true,
    };
    let months = match (a.month, b.month) {
        (Some(x), Some(y)) => x == y,
        (None, None) => true,
        // `the 21st` for 6月21日
        _ => a.day.is_some() && a.day == b.day && (a.month.is_none() || b.month.is_none()),
    };
    let something = a.month.is_some()
        || a.day.is_some()
        || a.part.is_some()
        || (a.year.is_some() && b.year.is_some());
    years && months && a.day == b.day && a.part == b.part && something
}

/// `2016` and 2016 of something; 公元前486年 and 486 BC; `the 21st` and 21日.
fn date_and_number(when: When, amount: &Amount) -> bool {
    let number = amount.number.to_whole();
    if !matches!(amount.unit, Unit::Things | Unit::Place) {
        return when.part.is_some_and(|part| is_length(part, amount));
    }
    match when {
        When {
            year: Some(Year::Of(year)),
            ..
        } if when.is_year() => number == Some(i128::from(year).abs()),
        When {
            year: None,
            month: None,
            day: Some(day),
            ..
        } => number == Some(i128::from(day)),
        // 下半程 and `in the second half`
        When {
            year: None,
            part: Some(Part::Half(half)),
            ..
        } => number == Some(i128::from(half)),
        _ => false,
    }
}

/// 上半年 and `in the half-year` or `in six months`, 一季度 and `in three months`.
fn is_length(part: Part, amount: &Amount) -> bool {
    let (months, of_year) = match part {
        Part::Half(_) => (6, 2),
        Part::Quarter(_) => (3, 4),
    };
    match &amount.unit {
        Unit::Of(name) if name == "month" => amount.compared() == Some(Number::whole(months)),
        Unit::Share => Number::fraction(1, of_year) == Some(amount.number),
        _ => false,
    }
}

/// The value as a message shows it: `1,011,000,000`, `30%`, `2016-11-03`.
#[must_use]
pub fn shown(value: &Value) -> String {
    match value {
        Value::Date(when) => when.to_string(),
        Value::Time(Clock { minutes, .. }) => format!("{}:{:02}", minutes / 60, minutes % 60),
        Value::Amount(amount) => {
            let number = amount.number;
            let percent = |scale: Number| {
                number
                    .times(scale)
                    .and_then(|share| share.times(Number::whole(100)))
                    .map_or_else(|| number.to_string(), |percent| percent.to_string())
            };
            match &amount.unit {
                Unit::Things => number.to_string(),
                Unit::Place => format!("number {number}"),
                Unit::Share if percent(amount.scale).contains('/') => number.to_string(),
                Unit::Share => format!("{}%", percent(amount.scale)),
                Unit::Point => format!("{number} percentage points"),
                Unit::Times | Unit::Became => format!("{number} times"),
                Unit::TimesMore => format!("{number} times more"),
                Unit::Of(name) => unit(amount, name),
            }
        }
    }
}

fn unit(amount: &Amount, name: &str) -> String {
    if let Some(part) = part_of_day(amount.scale).filter(|_| name == "day") {
        return format!("{} {part}", amount.number);
    }
    match amount.compared() {
        Some(compared)
            if name == "month"
                && compared
                    .over(Number::whole(12))
                    .and_then(Number::to_whole)
                    .is_some() =>
        {
            let years = compared.over(Number::whole(12)).unwrap_or(compared);
            format!("{years} years")
        }
        Some(compared) if name == "month" || name == "day" => format!("{compared} {name}s"),
        Some(compared) => format!("{compared} {name}"),
        None => amount.number.to_string(),
    }
}

/// What a part of a day is called.
fn part_of_day(scale: Number) -> Option<&'static str> {
    let names = [(24, "hours"), (1_440, "minutes"), (86_400, "seconds")];
    let is = |below| Number::fraction(1, below) == Some(scale);
    let found = names.iter().find(|(below, _)| is(*below));
    found.map(|(_, name)| *name)
}
