//! The numbering at the start of a line: `①`, `第一章`, `一、`, `（一）`, `1.`, `（1）`.
//!
//! In: a line. Out: its [`Marker`] and the text after it. Promise: what only looks like numbering
//! (`1.8%`, `2021年`, `一方面`) is none.

/// A style of numbering, from the outermost to the innermost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// `①` to `㊿`
    Circled,
    /// `第一章`, `第二部分`
    Chapter,
    /// `一、` or `一.`
    Han,
    /// `（一）`
    HanBracket,
    /// `1、` or `1.`
    Arabic,
    /// `1.1`, `2.3.1`
    Decimal,
    /// `（1）` or `1)`
    ArabicBracket,
}

/// The numbering of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// How it is written.
    pub style: Style,
    /// Its number (of `2.3.1` the last).
    pub number: u32,
    /// As it stands in the line, without the space after it: `①`, `一.`.
    pub written: String,
    /// Whether a space stands between it and the text.
    pub spaced: bool,
}

/// Splits the numbering off a line.
#[must_use]
pub fn split(line: &str) -> Option<(Marker, &str)> {
    let line = line.trim_start();
    circled(line)
        .or_else(|| chapter(line))
        .or_else(|| bracketed(line))
        .or_else(|| han(line))
        .or_else(|| arabic(line))
        .map(|(style, number, length)| {
            let (written, rest) = line.split_at(length);
            let marker = Marker {
                style,
                number,
                written: written.to_owned(),
                spaced: rest.starts_with(' '),
            };
            (marker, rest.trim_start())
        })
}

/// What each style yields: its number, and how many bytes of the line it takes.
type Found = Option<(Style, u32, usize)>;

fn circled(line: &str) -> Found {
    let c = line.chars().next()?;
    let number = match c {
        '①'..='⑳' => c as u32 - '①' as u32 + 1,
        '㉑'..='㉟' => c as u32 - '㉑' as u32 + 21,
        '㊱'..='㊿' => c as u32 - '㊱' as u32 + 36,
        _ => return None,
    };
    let length = c.len_utf8();
    let rest = line.get(length..).unwrap_or_default();
    // `①、` and `①.` are written, too.
    let more = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '、' | '.' | '．'));
    Some((
        Style::Circled,
        number,
        length + more.map_or(0, char::len_utf8),
    ))
}

fn chapter(line: &str) -> Found {
    let rest = line.strip_prefix('第')?;
    let (number, length) = leading_number(rest)?;
    let unit = rest.get(length..)?;
    let word = ["章", "节", "篇", "编", "部分", "单元"]
        .into_iter()
        .find(|word| unit.starts_with(word))?;
    let after = unit.get(word.len()..)?;
    let mark = after.chars().next();
    // `第一节课` is no heading: something must set the title off.
    let set_off = mark.is_none_or(|c| c == ' ' || matches!(c, '：' | '、' | '.' | '，' | ':'));
    let taken = mark
        .filter(|c| matches!(c, '：' | '、' | '.' | ':'))
        .map_or(0, char::len_utf8);
    set_off.then(|| {
        (
            Style::Chapter,
            number,
            '第'.len_utf8() + length + word.len() + taken,
        )
    })
}

fn han(line: &str) -> Found {
    let (number, length) = han_number(line)?;
    let mark = line.get(length..)?.chars().next()?;
    matches!(mark, '、' | '.' | '．').then(|| (Style::Han, number, length + mark.len_utf8()))
}

fn bracketed(line: &str) -> Found {
    let open = line.chars().next().filter(|c| matches!(c, '（' | '('))?;
    let rest = line.get(open.len_utf8()..)?;
    let (style, (number, length)) = match han_number(rest) {
        Some(found) => (Style::HanBracket, found),
        None => (Style::ArabicBracket, arabic_number(rest)?),
    };
    let close = rest.get(length..)?.chars().next()?;
    let after = rest.get(length + close.len_utf8()..)?;
    let more = after.chars().next().filter(|c| *c == '、');
    matches!(close, '）' | ')').then(|| {
        let taken = open.len_utf8() + length + close.len_utf8() + more.map_or(0, char::len_utf8);
        (style, number, taken)
    })
}

fn arabic(line: &str) -> Found {
    let (number, length) = arabic_number(line)?;
    let rest = line.get(length..)?;
    let mark = rest.chars().next()?;
    let after = rest.get(mark.len_utf8()..)?;
    let next = after.chars().next();
    match mark {
        '、' => Some((Style::Arabic, number, length + mark.len_utf8())),
        // `1.8%` is a number.
        '.' | '．' if !next.is_some_and(|c| c.is_ascii_digit()) => {
            Some((Style::Arabic, number, length + mark.len_utf8()))
        }
        '.' => decimal(line),
        ')' | '）' => Some((Style::ArabicBracket, number, length + mark.len_utf8())),
        _ => None,
    }
}

/// `1.1 标题`: the space is what sets it apart from a number.
fn decimal(line: &str) -> Found {
    let (written, _) = line.split_once(' ')?;
    let parts: Vec<&str> = written.trim_end_matches('.').split('.').collect();
    let fits = (2..=4).contains(&parts.len());
    let numbers: Option<Vec<u32>> = parts
        .iter()
        .map(|part| arabic_number(part).filter(|(_, length)| *length == part.len()))
        .map(|found| found.map(|(number, _)| number))
        .collect();
    let number = numbers?.last().copied()?;
    fits.then_some((Style::Decimal, number, written.len()))
}

fn leading_number(text: &str) -> Option<(u32, usize)> {
    han_number(text).or_else(|| arabic_number(text))
}

fn arabic_number(text: &str) -> Option<(u32, usize)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    // Three digits: `2021.` is a year.
    if !(1..=3).contains(&length) {
        return None;
    }
    let number = text.get(..length)?.parse().ok()?;
    Some((number, length))
}

/// `一` to `九十九`.
fn han_number(text: &str) -> Option<(u32, usize)> {
    let mut tens: Option<u32> = None;
    let mut ones: Option<u32> = None;
    let mut length = 0;
    for c in text.chars() {
        if c == '十' {
            if tens.is_some() {
                return None;
            }
            tens = Some(ones.take().unwrap_or(1));
        } else if let Some(digit) = "一二三四五六七八九".chars().position(|d| d == c) {
            if ones.is_some() {
                return None;
            }
            ones = Some(u32::try_from(digit).ok()? + 1);
        } else {
            break;
        }
        length += c.len_utf8();
    }
    if length == 0 {
        return None;
    }
    Some((tens.unwrap_or(0) * 10 + ones.unwrap_or(0), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: Option<(Style, u32, &str, &str)>) {
        let found = split(line);
        let found = found
            .as_ref()
            .map(|(m, rest)| (m.style, m.number, m.written.as_str(), *rest));
        assert_eq!(found, expect, "{line}");
    }

    #[test]
    fn numbering_is_told_from_numbers() {
        check("⑳ 终", Some((Style::Circled, 20, "⑳", "终")));
        check("一.概述", Some((Style::Han, 1, "一.", "概述")));
        check("十二、附则", Some((Style::Han, 12, "十二、", "附则")));
        check("（二）背景", Some((Style::HanBracket, 2, "（二）", "背景")));
        check("3、来源", Some((Style::Arabic, 3, "3、", "来源")));
        check("1. 来源", Some((Style::Arabic, 1, "1.", "来源")));
        check(
            "（3）来源",
            Some((Style::ArabicBracket, 3, "（3）", "来源")),
        );
        check("2.3 来源", Some((Style::Decimal, 3, "2.3", "来源")));
        check("第三章 来源", Some((Style::Chapter, 3, "第三章", "来源")));
        check("1.8%的资金", None);
        check("2021.全年", None);
        check("一方面，价格", None);
        check("第一节课", None);
        check("十十、", None);
        check("①", Some((Style::Circled, 1, "①", "")));
    }
}
