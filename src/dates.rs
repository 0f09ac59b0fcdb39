//! Dates as a reader of each language writes them.

use jiff::civil::Date;

use crate::content::data::{Event, Precision};
use crate::lang::Lang;

/// `2017年3月7日`, `7 March 2017`.
#[must_use]
pub fn date(day: Date, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => format!("{} {} {}", day.day(), month_name(day.month()), day.year()),
    }
}

/// A date as far as it is known: `2017年3月`, `March 2017`, `first half of 2017`, `2017`.
#[must_use]
pub fn said(day: Date, precision: Precision, lang: Lang) -> String {
    let (year, month) = (day.year(), day.month());
    let quarter = (month + 2) / 3;
    match (precision, lang) {
        (Precision::Day, _) => date(day, lang),
        (Precision::Month, Lang::Zh) => format!("{year}年{month}月"),
        (Precision::Month, Lang::En) => format!("{} {year}", month_name(month)),
        (Precision::Quarter, Lang::Zh) => format!("{year}年第{quarter}季度"),
        (Precision::Quarter, Lang::En) => format!("Q{quarter} {year}"),
        (Precision::Half, Lang::Zh) => {
            format!("{year}年{}半年", if month < 7 { "上" } else { "下" })
        }
        (Precision::Half, Lang::En) => {
            let half = if month < 7 { "first" } else { "second" };
            format!("{half} half of {year}")
        }
        (Precision::Year, Lang::Zh) => format!("{year}年"),
        (Precision::Year, Lang::En) => year.to_string(),
    }
}

/// When an event was, as far as it is known: `2017年3月至2017年5月`, `March 2017 to May 2017`.
#[must_use]
pub fn when(event: &Event, lang: Lang) -> String {
    let from = said(event.date, event.precision, lang);
    let Some(last) = event.until else {
        return from;
    };
    let until = said(last, event.precision, lang);
    match lang {
        _ if until == from => from,
        Lang::Zh => format!("{from}至{until}"),
        Lang::En => format!("{from} to {until}"),
    }
}

/// A date as far as it is known, for a `datetime` attribute, which knows of no half or quarter of a
/// year: `2017-03-07`, `2017-03`, `2017`.
#[must_use]
pub fn machine(day: Date, precision: Precision) -> String {
    match precision {
        Precision::Day => day.to_string(),
        Precision::Month => day.strftime("%Y-%m").to_string(),
        Precision::Quarter | Precision::Half | Precision::Year => day.strftime("%Y").to_string(),
    }
}

/// The short name of a month (1 to 12): `3月`, `Mar`.
#[must_use]
pub fn month(number: i8, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{number}月"),
        Lang::En => month_name(number).chars().take(3).collect(),
    }
}

fn month_name(number: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(number - 1)
        .ok()
        .and_then(|index| NAMES.get(index))
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let day = jiff::civil::date(2017, 3, 7);
        assert_eq!(date(day, Lang::Zh), "2017年3月7日");
        assert_eq!(date(day, Lang::En), "7 March 2017");
        assert_eq!(month(9, Lang::En), "Sep");
        for (precision, zh, en, iso) in [
            (
                Precision::Day,
                "2017年8月7日",
                "7 August 2017",
                "2017-08-07",
            ),
            (Precision::Month, "2017年8月", "August 2017", "2017-08"),
            (Precision::Quarter, "2017年第3季度", "Q3 2017", "2017"),
            (
                Precision::Half,
                "2017年下半年",
                "second half of 2017",
                "2017",
            ),
            (Precision::Year, "2017年", "2017", "2017"),
        ] {
            let day = jiff::civil::date(2017, 8, 7);
            assert_eq!(said(day, precision, Lang::Zh), zh);
            assert_eq!(said(day, precision, Lang::En), en);
            assert_eq!(machine(day, precision), iso);
        }
    }
}
