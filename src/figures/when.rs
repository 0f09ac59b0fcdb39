//! When: a day, a month, a year, a part of a year, as exactly as a text says it.

use std::fmt;

use super::words::Chars;

/// A point or span of time. What a text leaves out is left out here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// The year.
    pub year: Option<Year>,
    /// The month, from 1.
    pub month: Option<u8>,
    /// The day, from 1.
    pub day: Option<u8>,
    /// A part of the year.
    pub part: Option<Part>,
}

/// A year, as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Year {
    /// 2016
    Of(i32),
    /// 今年 is 0, 去年 −1.
    FromNow(i32),
    /// The 1990s.
    Decade(i32),
    /// `last March`: this year's or the year before's, but in no case 今年3月.
    Last,
}

/// A part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// 上半年 is 1.
    Half(u8),
    /// From 1.
    Quarter(u8),
}

/// A time of day, as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock {
    /// Minutes from midnight.
    pub minutes: u32,
    /// Whether the half of the day is said: 下午3点, `3 pm`, `15:00`, but not `3:00`.
    pub is_sure: bool,
}

impl Clock {
    /// The time on the face of a clock, which one language may say without the half of the day.
    #[must_use]
    pub fn on_face(self) -> Self {
        Self {
            minutes: self.minutes % 720,
            is_sure: false,
        }
    }
}

impl When {
    /// A year and nothing more.
    #[must_use]
    pub fn year(year: Year) -> Self {
        Self {
            year: Some(year),
            ..Self::default()
        }
    }

    /// Whether only the year is said.
    #[must_use]
    pub fn is_year(&self) -> bool {
        self.month.is_none() && self.day.is_none() && self.part.is_none()
    }

    /// The same without its year.
    #[must_use]
    pub fn without_year(mut self) -> Self {
        self.year = None;
        self
    }
}

/// `2016-11-03`, `2016/11/3`, `2016.11.3`: the date that begins here, and the character after it.
pub(super) fn numeric_date(text: &Chars, start: usize) -> Option<(When, usize)> {
    let char_at = |at: usize| text.get(at).map(|(_, c)| *c);
    let number = |from: usize| {
        let digits = text.get(from..)?.iter().take(5);
        let digits: String = digits
            .map(|(_, c)| *c)
            .take_while(char::is_ascii_digit)
            .collect();
        let value: i32 = digits.parse().ok()?;
        Some((value, digits.len(), from + digits.len()))
    };
    let before = start.checked_sub(1).and_then(char_at);
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/')) {
        return None;
    }
    let (year, 4, end) = number(start)? else {
        return None;
    };
    let mark = char_at(end).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, 1..=2, end) = number(end + 1)? else {
        return None;
    };
    if char_at(end) != Some(mark) {
        return None;
    }
    let (day, 1..=2, end) = number(end + 1)? else {
        return None;
    };
    let real = (1500..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let more = char_at(end).is_some_and(|c| c == mark && mark != '.');
    let when = When {
        year: Some(Year::Of(year)),
        month: u8::try_from(month).ok(),
        day: u8::try_from(day).ok(),
        part: None,
    };
    (real && !more).then_some((when, end))
}

impl fmt::Display for When {
    /// `2016-11-03`, `2016-11`, `11-03`, `2016 second half`, `this year, month 5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        match self.year {
            Some(Year::Of(year)) => parts.push(year.to_string()),
            Some(Year::Decade(year)) => parts.push(format!("{year}s")),
            Some(Year::FromNow(0)) => parts.push("this year".into()),
            Some(Year::FromNow(-1)) => parts.push("last year".into()),
            Some(Year::FromNow(1)) => parts.push("next year".into()),
            Some(Year::Last) => parts.push("last".into()),
            Some(Year::FromNow(years)) => parts.push(format!("this year {years:+}")),
            None => {}
        }
        match (self.month, self.day) {
            (Some(month), Some(day)) => parts.push(format!("{month:02}-{day:02}")),
            (Some(month), None) if !matches!(self.year, Some(Year::Of(_))) => {
                parts.push(format!("month {month}"));
            }
            (Some(month), None) => parts.push(format!("{month:02}")),
            (None, Some(day)) => parts.push(format!("day {day}")),
            (None, None) => {}
        }
        let date = match self.year {
            Some(Year::Of(_)) => parts.join("-"),
            _ => parts.join(", "),
        };
        f.write_str(&date)?;
        if self.part.is_some() && !date.is_empty() {
            f.write_str(" ")?;
        }
        match self.part {
            Some(Part::Half(1)) => f.write_str("first half"),
            Some(Part::Half(_)) => f.write_str("second half"),
            Some(Part::Quarter(quarter)) => write!(f, "Q{quarter}"),
            None => Ok(()),
        }
    }
}
