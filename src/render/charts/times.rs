//! Names that are times: `2021`, `2021年5月`, `2021-05`, `2021-05-21`.
//!
//! In: a name as the data have it. Out: where it is in time, and how each language says it.

use jiff::civil::Date;

use crate::dates;
use crate::lang::{Lang, Localized};

/// A year, a month or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Time {
    date: Date,
    has_month: bool,
    has_day: bool,
}

impl Time {
    /// The time that a name means.
    pub(crate) fn of(names: &Localized) -> Option<Self> {
        Self::read(names.zh.as_deref().or(names.en.as_deref())?)
    }

    fn read(name: &str) -> Option<Self> {
        let plain: String = name
            .trim()
            .chars()
            .filter(|c| *c != '日')
            .map(|c| {
                if matches!(c, '年' | '月' | '/') {
                    '-'
                } else {
                    c
                }
            })
            .collect();
        let mut parts = plain.trim_end_matches('-').split('-');
        let year = parts.next().filter(|year| year.chars().count() == 4)?;
        let year: i16 = year.parse().ok()?;
        let (month, day) = (parts.next(), parts.next());
        let number =
            |part: Option<&str>| part.map_or(Some(1), |part| part.trim().parse::<i8>().ok());
        let date = Date::new(year, number(month)?, number(day)?).ok()?;
        parts.next().is_none().then_some(Self {
            date,
            has_month: month.is_some(),
            has_day: day.is_some(),
        })
    }

    /// In years.
    pub(crate) fn years(self) -> f64 {
        let of_year = f64::from(self.date.day_of_year() - 1) / f64::from(self.date.days_in_year());
        f64::from(self.date.year()) + of_year
    }

    /// Whether it is the first month of a year, and not a year as such.
    pub(crate) fn begins_year(self) -> bool {
        self.has_month && self.date.month() == 1 && !self.has_day
    }

    /// `2021年`, `2021`.
    pub(crate) fn year(self, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("{}年", self.date.year()),
            Lang::En => self.date.year().to_string(),
        }
    }

    fn said(self, lang: Lang) -> String {
        let month = dates::month(self.date.month(), lang);
        match (self.has_month, self.has_day, lang) {
            (false, ..) => self.date.year().to_string(),
            (true, false, Lang::Zh) => format!("{}年{month}", self.date.year()),
            (true, false, Lang::En) => format!("{month} {}", self.date.year()),
            (true, true, _) => dates::date(self.date, lang),
        }
    }
}

/// A month or a day that is written for machines, as each language says it.
pub(crate) fn said(name: &str, lang: Lang) -> Option<String> {
    let is_plain = name.chars().all(|c| c.is_ascii_digit() || c == '-');
    let time = Time::read(name).filter(|_| is_plain)?;
    Some(time.said(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_known() {
        for (name, years) in [
            ("2021", 2021.0),
            ("2021年", 2021.0),
            ("2021-01", 2021.0),
            ("2021年1月1日", 2021.0),
        ] {
            assert_eq!(Time::read(name).map(Time::years), Some(years), "{name}");
        }
        for name in [
            "广东",
            "21",
            "2021-13",
            "2021-02-30",
            "2021-01-01-01",
            "2021-x",
        ] {
            assert_eq!(Time::read(name), None, "{name}");
        }
        assert_eq!(said("2021-05", Lang::Zh).as_deref(), Some("2021年5月"));
        assert_eq!(said("2021-05", Lang::En).as_deref(), Some("May 2021"));
        assert_eq!(said("2021年5月", Lang::En), None);
    }
}
