//! The characters of Chinese numbers, one by one.
//!
//! In: a character. Out: what it is worth in a number.

use super::words::Chars;

pub(super) const TEN_THOUSAND: i128 = 10_000;
pub(super) const HUNDRED_MILLION: i128 = 100_000_000;

/// The character with full-width digits and signs as ASCII.
pub(super) fn at(text: &Chars, place: usize) -> Option<char> {
    text.get(place).map(|(_, c)| match *c {
        c @ '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        '．' => '.',
        c => c,
    })
}

/// The value of a Chinese digit.
pub(super) fn digit(c: char) -> Option<i128> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' | '俩' => 2,
        '三' | '叁' | '仨' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

pub(super) fn small(c: char) -> Option<i128> {
    match c {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1000),
        _ => None,
    }
}

pub(super) fn big(c: char) -> Option<i128> {
    match c {
        '万' | '萬' => Some(TEN_THOUSAND),
        '亿' | '億' => Some(HUNDRED_MILLION),
        _ => None,
    }
}

pub(super) fn is_multiplier(c: char) -> bool {
    small(c).is_some() || big(c).is_some()
}

/// Whether a number can begin with this character.
pub(super) fn begins(c: char) -> bool {
    c.is_ascii_digit() || digit(c).is_some_and(|d| d > 0) || c == '十' || c == '廿'
}
