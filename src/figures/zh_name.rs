//! The words around a Chinese number that are not its unit.
//!
//! In: characters and a place. Out: whether a name with digits stands there, whether a unit is really
//! the beginning of another word, whether a verb says that something was added.

use super::words::{Chars, Words};
use super::zh_digit::at;
use super::zh_number::Written;
use super::{Number, Unit, zh_number};

/// Where to go on after an address, a name with digits (`5G`, `Web3`, `P2P`) or a word in Latin letters.
pub(super) fn skip(text: &Chars, start: usize, words: &Words) -> Option<usize> {
    let first = at(text, start)?;
    if first == '+' {
        return telephone(text, start);
    }
    if !first.is_ascii_alphanumeric() || words.signs.longest(text, start).is_some() {
        return None;
    }
    if let Some(end) = address(text, start) {
        return Some(end);
    }
    if first.is_ascii_alphabetic() {
        // The word itself, and digits that belong to it: Web3, COVID-19, but not `AI：3家`.
        let mut end = start;
        while at(text, end).is_some_and(|c| c.is_ascii_alphanumeric())
            || (matches!(at(text, end), Some('-' | '.' | '_' | '/'))
                && at(text, end + 1).is_some_and(|c| c.is_ascii_alphanumeric()))
        {
            end += 1;
        }
        return Some(end);
    }
    name_from_digit(text, start, words)
}

/// The end of `+86 10 6212 3456`: +3.2% has fewer digits.
fn telephone(text: &Chars, start: usize) -> Option<usize> {
    let is_part = |c: &char| c.is_ascii_digit() || matches!(c, ' ' | '-');
    let parts = || (start + 1..).map_while(|place| at(text, place).filter(is_part));
    let digits = parts().filter(char::is_ascii_digit).count();
    (digits >= 7).then(|| start + 1 + parts().count())
}

/// The end of a web or mail address that begins here. Looking for its sign no further than names are
/// long keeps this linear.
fn address(text: &Chars, start: usize) -> Option<usize> {
    let in_name = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(
                c,
                '-' | '_' | '.' | '/' | '@' | ':' | '+' | '#' | '&' | '?' | '=' | '%' | '~'
            )
    };
    let near: String = (start..start + 40)
        .map_while(|place| at(text, place))
        .take_while(|c| in_name(*c))
        .collect();
    let is_address = near.starts_with("www.") || near.contains("://") || near.contains('@');
    let end = || (start..=text.len()).find(|place| !at(text, *place).is_some_and(in_name));
    is_address.then(end).flatten()
}

/// `5G`, `3D`, `3166-2`, `1.2.3`; but `5km` and `3-5` are figures.
fn name_from_digit(text: &Chars, start: usize, words: &Words) -> Option<usize> {
    let number = digits(text, start)?;
    let next = at(text, number.end)?;
    if next == '-'
        && let Some(second) = digits(text, number.end + 1)
    {
        // 010-6212-3456
        if at(text, second.end) == Some('-') && digits(text, second.end + 1).is_some() {
            let is_part = |c: char| c.is_ascii_digit() || c == '-';
            return (second.end..=text.len()).find(|place| !at(text, *place).is_some_and(is_part));
        }
        // A smaller number after a hyphen makes a code: 3166-2; but 2016-17 are years.
        let is_year = number.row == Some(4) && second.row == Some(2);
        let falls = second
            .value
            .zip(number.value)
            .is_some_and(|(b, a)| b.is_below(a));
        let is_code = falls && !is_year && number.end - start > 2;
        return is_code.then_some(second.end);
    }
    if next.is_ascii_alphabetic() && words.units.longest(text, number.end).is_none() {
        let letters = (number.end..=text.len())
            .find(|p| !at(text, *p).is_some_and(|c| c.is_ascii_alphanumeric()));
        return letters;
    }
    if next == '.' && zh_number::is_year(text, number.end + 1) {
        return Some(number.end + 1);
    }
    if next == '.' && at(text, number.end + 1).is_some_and(|c| c.is_ascii_digit()) {
        let is_part = |c: char| c.is_ascii_digit() || c == '.';
        return (number.end..=text.len()).find(|place| !at(text, *place).is_some_and(is_part));
    }
    None
}

fn digits(text: &Chars, start: usize) -> Option<Written> {
    at(text, start)
        .filter(char::is_ascii_digit)
        .and_then(|_| zh_number::read(text, start))
}

/// 成 in 成为: the unit is the beginning of another word. 十一成 are none at all.
pub(super) fn is_other_word(
    text: &Chars,
    at_unit: usize,
    length: usize,
    number: Number,
    words: &Words,
) -> bool {
    let unit: String = (at_unit..at_unit + length)
        .filter_map(|place| at(text, place))
        .collect();
    let next = at(text, at_unit + length);
    let goes_on = words.longer.get(&unit);
    let goes_on = goes_on.is_some_and(|after| next.is_some_and(|next| after.contains(next)));
    goes_on || (unit == "成" && number.to_f64() > 10.0)
}

/// 歼-20 (but not 净利润为-20万元), 13号, and rows of digits that are a number of a telephone or a form.
pub(super) fn is_name(text: &Chars, start: usize, end: usize) -> bool {
    let before = |step: usize| start.checked_sub(step).and_then(|place| at(text, place));
    let hyphen = before(1) == Some('-')
        && before(2).is_some_and(|c| c.is_alphabetic() && !"为是达到至于".contains(c));
    let digits = (start..end).filter(|place| at(text, *place).is_some_and(|c| c.is_ascii_digit()));
    hyphen || at(text, end) == Some('号') || (end - start >= 7 && digits.count() == end - start)
}

/// 只有一台: one, and that is the point.
pub(super) fn is_only(text: &Chars, start: usize) -> bool {
    let before = |step: usize| start.checked_sub(step).and_then(|place| at(text, place));
    matches!(before(1), Some('仅' | '只'))
        || matches!(
            (before(2), before(1)),
            (Some('仅' | '只'), Some('有' | '剩'))
        )
}

/// 零下9.8℃, -9.8℃
pub(super) fn is_below_zero(text: &Chars, start: usize, unit: &Unit) -> bool {
    let before = |step: usize| start.checked_sub(step).and_then(|place| at(text, place));
    let is_degrees = matches!(unit, Unit::Of(name) if name == "degrees");
    let is_sign = matches!(before(1), Some('-' | '−' | '－'))
        && !before(2).is_some_and(|c| c.is_ascii_alphanumeric() || c == '℃');
    (before(2), before(1)) == (Some('零'), Some('下')) || (is_degrees && is_sign)
}

/// 增长两倍, 提高了一倍, 多出三倍: what was added, not what came of it.
pub(super) fn adds(text: &Chars, start: usize) -> bool {
    let before: Vec<char> = (start.saturating_sub(6)..start)
        .filter_map(|place| at(text, place))
        .collect();
    let mut words: String = before.iter().collect();
    for filler in ["了", "近", "约", "超过", "逾", "将近", "大约"] {
        words = words
            .strip_suffix(filler)
            .map_or(words.clone(), str::to_owned);
    }
    [
        "增长",
        "增加",
        "提高",
        "提升",
        "上升",
        "扩大",
        "上涨",
        "高出",
        "多出",
        "激增",
        "增幅达",
        "增幅为",
        "猛增",
        "涨",
        "多",
        "高",
        "大",
    ]
    .iter()
    .any(|verb| words.ends_with(verb))
        && !words.ends_with("最高")
        && !words.ends_with("最多")
        && !words.ends_with("最大")
}

/// For 甲、乙等八部门: how many are named before 等, as far as the clause goes.
pub(super) fn named(text: &Chars, start: usize) -> Option<usize> {
    let et_cetera = start.checked_sub(1)?;
    if at(text, et_cetera) != Some('等') {
        return None;
    }
    let marks = (0..et_cetera)
        .rev()
        .take(120)
        .map_while(|place| at(text, place))
        .take_while(|c| !matches!(c, '，' | '。' | '；' | '：' | '\n'))
        .filter(|c| *c == '、')
        .count();
    Some(marks + 1)
}
