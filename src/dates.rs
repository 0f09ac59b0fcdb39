//! Dates as a reader of each language writes them.

use jiff::civil::Date;

use crate::lang::Lang;

/// `2017年3月7日`, `7 March 2017`.
#[must_use]
pub fn date(day: Date, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => format!("{} {} {}", day.day(), month_name(day.month()), day.year()),
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
    }
}
