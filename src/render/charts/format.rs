//! Numbers in each language's form.
//!
//! Three forms of a number: exact (tables), short (at a mark), plain (CSV). Source of the Chinese
//! forms: GB/T 15835 (numerals in publications); 万 and 亿 only where they lose nothing.

use crate::lang::Lang;

const MINUS: char = '\u{2212}';

/// Every digit, grouped: `1,101`, `−3.5`, `1.5×10²⁰`.
pub(crate) fn exact(value: f64, lang: Lang) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    // Beyond these a number is all zeros; f64 has no more than 17 digits to say.
    if value.abs() >= 1e16 || value.abs() < 1e-6 {
        return scientific(value);
    }
    grouped(&format!("{}", value.abs()), value < 0.0, lang)
}

/// What stands at a mark: exact where that is short, in words for great round numbers.
pub(crate) fn short(value: f64, lang: Lang) -> String {
    // Words for a power of ten, the least that is too much for them, and the decimals they bear.
    let scales: [(f64, &str, f64, usize); 2] = match lang {
        Lang::Zh => [(1e8, "亿", 1e4, 2), (1e4, "万", 1e4, 2)],
        Lang::En => [(1e9, " billion", 1e3, 3), (1e6, " million", 1e3, 3)],
    };
    for (scale, word, limit, decimals) in scales {
        let number = value / scale;
        if number.abs() >= 1.0 && number.abs() < limit && decimals_of(number) <= decimals {
            return exact(number, lang) + word;
        }
    }
    let whole = exact(value, lang);
    // "−123,456,789" and all exact values that people write are no longer than this.
    if whole.chars().count() <= 12 {
        return whole;
    }
    if value.abs() >= 1e6 {
        return rounded(value, lang);
    }
    let decimals = if value.abs() >= 1.0 { 2 } else { 6 };
    let rounded = format!("{:.decimals$}", value.abs());
    grouped(
        rounded.trim_end_matches('0').trim_end_matches('.'),
        value < 0.0,
        lang,
    )
}

/// A great number that is not round, to two decimals of a word: its exact value is in the table.
fn rounded(value: f64, lang: Lang) -> String {
    let scales: [(f64, &str); 3] = match lang {
        Lang::Zh => [(1e12, "万亿"), (1e8, "亿"), (1e4, "万")],
        Lang::En => [(1e12, " trillion"), (1e9, " billion"), (1e6, " million")],
    };
    if value.abs() >= 1e15 {
        return scientific(value);
    }
    let found = scales.into_iter().find(|(scale, _)| value.abs() >= *scale);
    let (scale, word) = found.unwrap_or((1.0, ""));
    let digits = format!("{:.2}", value.abs() / scale);
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    grouped(digits, value < 0.0, lang) + word
}

/// For machines: ASCII, a full stop for the decimals, no grouping.
pub(crate) fn plain(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if value.abs() >= 1e16 || value.abs() < 1e-6 {
        return format!("{value:e}");
    }
    format!("{value}")
}

fn decimals_of(number: f64) -> usize {
    // The shortest digits that are this number: 1.011, where arithmetic would find 1.0109999…
    let digits = number.to_string();
    digits
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len())
}

fn grouped(digits: &str, negative: bool, lang: Lang) -> String {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    // Chinese leaves four digits together: 1101, 10,000.
    let group = whole.len() > if lang == Lang::Zh { 4 } else { 3 };
    let mut text = String::new();
    if negative {
        text.push(MINUS);
    }
    for (index, digit) in whole.chars().enumerate() {
        if group && index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !decimals.is_empty() {
        text.push('.');
        text.push_str(decimals);
    }
    text
}

fn scientific(value: f64) -> String {
    let written = format!("{value:.2e}");
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let mantissa = if mantissa.contains('.') {
        mantissa.trim_end_matches('0').trim_end_matches('.')
    } else {
        mantissa
    };
    let raised: String = exponent.chars().map(superscript).collect();
    format!("{mantissa}×10{raised}").replace('-', &MINUS.to_string())
}

fn superscript(character: char) -> char {
    match character {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32(0x2070 + character as u32 - '0' as u32).unwrap_or('⁰'),
        _ => '⁻',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: f64, zh: [&str; 2], en: [&str; 2], csv: &str) {
        assert_eq!([exact(value, Lang::Zh), short(value, Lang::Zh)], zh);
        assert_eq!([exact(value, Lang::En), short(value, Lang::En)], en);
        assert_eq!(plain(value), csv);
    }

    #[test]
    fn numbers() {
        check(0.0, ["0", "0"], ["0", "0"], "0");
        check(-0.0, ["0", "0"], ["0", "0"], "0");
        check(111.0, ["111", "111"], ["111", "111"], "111");
        check(1101.0, ["1101", "1101"], ["1,101", "1,101"], "1101");
        check(-3.5, ["−3.5", "−3.5"], ["−3.5", "−3.5"], "-3.5");
        check(
            6e6,
            ["6,000,000", "600万"],
            ["6,000,000", "6 million"],
            "6000000",
        );
        check(
            1.011e9,
            ["1,011,000,000", "10.11亿"],
            ["1,011,000,000", "1.011 billion"],
            "1011000000",
        );
        check(
            12_345_678.0,
            ["12,345,678", "12,345,678"],
            ["12,345,678", "12,345,678"],
            "12345678",
        );
        check(
            1.0 / 3.0,
            ["0.3333333333333333", "0.333333"],
            ["0.3333333333333333", "0.333333"],
            "0.3333333333333333",
        );
        check(
            -250_000_000.504,
            ["−250,000,000.504", "−2.5亿"],
            ["−250,000,000.504", "−250 million"],
            "-250000000.504",
        );
        check(-1.5e20, ["−1.5×10²⁰"; 2], ["−1.5×10²⁰"; 2], "-1.5e20");
        check(
            1_199_522_960_346.48,
            ["1,199,522,960,346.48", "1.2万亿"],
            ["1,199,522,960,346.48", "1.2 trillion"],
            "1199522960346.48",
        );
        check(2e-9, ["2×10⁻⁹", "2×10⁻⁹"], ["2×10⁻⁹", "2×10⁻⁹"], "2e-9");
    }
}
