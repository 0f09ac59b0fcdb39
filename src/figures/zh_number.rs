//! Chinese numbers: digits and numerals with 十百千万亿.
//!
//! In: characters and a place among them. Out: the number that begins there: `1,011`, `10.11亿`,
//! `一百零五`, `二〇一六`, `3千5百`, `三点五`. Promise: linear; `七八`, `数十` and `几百` are vague, and a vague
//! number has no value.

use super::Number;
use super::words::Chars;
use super::zh_digit::{HUNDRED_MILLION, TEN_THOUSAND, at, big, digit, is_multiplier, small};

/// A number as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// `None` if it is vague.
    pub value: Option<Number>,
    /// What it is multiplied by at its end: 万, 亿.
    pub multiplier: Number,
    /// The character after it.
    pub end: usize,
    /// Whether it has digits 0–9.
    pub digits: bool,
    /// Whether it is digits (of either kind) one after another, as years are: how many.
    pub row: Option<usize>,
    /// Whether 余, 多 or 来 stands in it.
    pub more: bool,
}

/// Numerals that are ordinary words when they stand alone: 陆地, 队伍.
const FORMAL: [char; 9] = ['壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// What may follow a formal numeral in a number.
const AFTER_FORMAL: &str = "拾佰仟零〇点萬億万亿圆元整";

/// The number that begins here.
pub(super) fn read(text: &Chars, start: usize) -> Option<Written> {
    if at(text, start).is_some_and(|c| FORMAL.contains(&c))
        && !at(text, start + 1).is_some_and(|c| FORMAL.contains(&c) || AFTER_FORMAL.contains(c))
    {
        return None;
    }
    let mut reader = Reader {
        text,
        at: start,
        total: Number::ZERO,
        section: Number::ZERO,
        current: None,
        multiplier: Number::ONE,
        place: 1,
        written: Written {
            value: None,
            multiplier: Number::ONE,
            end: start,
            digits: false,
            row: None,
            more: false,
        },
        vague: is_vague(text, start),
    };
    while reader.step() == Some(true) {}
    reader.finish(start)
}

/// 数十 and 几百 are vague; 总数8900 and 总数十二 are not.
fn is_vague(text: &Chars, start: usize) -> bool {
    let before = |step: usize| start.checked_sub(step).and_then(|place| at(text, place));
    let vague = match before(1) {
        Some('几') => true,
        Some('数') => !matches!(
            before(2),
            Some('总' | '人' | '户' | '件' | '次' | '指' | '倍')
        ),
        _ => false,
    };
    vague && at(text, start).is_some_and(is_multiplier)
}

struct Reader<'a> {
    text: &'a Chars,
    at: usize,
    /// What stands before the last 万 or 亿, multiplied.
    total: Number,
    /// What has been added up since.
    section: Number,
    /// A number not yet multiplied.
    current: Option<Number>,
    multiplier: Number,
    /// The last small multiplier: 三百五 is 350.
    place: i128,
    written: Written,
    vague: bool,
}

impl Reader<'_> {
    /// Reads on; `None` or false at the end of the number.
    fn step(&mut self) -> Option<bool> {
        let c = at(self.text, self.at)?;
        if c.is_ascii_digit() {
            return Some(self.current.is_none() && self.ascii());
        }
        if c == '廿' && self.nothing_yet() {
            self.section = Number::whole(20);
            self.at += 1;
            self.place = 10;
            return Some(true);
        }
        if digit(c).is_some() {
            return Some(self.current.is_none() && self.chinese());
        }
        if let Some(times) = small(c) {
            // 40千瓦时 and 5千克 are no thousands, 955百帕 no hundreds.
            let next = at(self.text, self.at + 1);
            let is_unit = match c {
                '千' => next.is_some_and(|c| "瓦克米卡伏帕焦赫".contains(c)),
                '百' => next == Some('帕'),
                _ => false,
            };
            if is_unit && self.written.digits {
                return None;
            }
            let value = match self.current.take() {
                Some(value) => value,
                // 一百十 is 110; 百 alone is no number.
                None if times == 10 && self.place != 10 => Number::ONE,
                None => return None,
            };
            self.section = self.section.plus(value.times(Number::whole(times))?)?;
            self.place = times;
            self.at += 1;
            return Some(true);
        }
        if let Some(times) = big(c) {
            return self.big(times);
        }
        self.filler(c)
    }

    fn nothing_yet(&self) -> bool {
        self.current.is_none() && self.section == Number::ZERO && self.total == Number::ZERO
    }

    /// `1,011.5`: separators only where three digits follow.
    fn ascii(&mut self) -> bool {
        let start = self.at;
        let text_len = self.text.len();
        let digits = |from: usize| {
            (from..text_len)
                .take_while(|place| at(self.text, *place).is_some_and(|c| c.is_ascii_digit()))
                .count()
        };
        let mut written = String::new();
        let mut length = digits(start);
        let push = |written: &mut String, from: usize, length: usize| {
            written.extend((from..from + length).filter_map(|place| at(self.text, place)));
        };
        push(&mut written, start, length);
        let first = length;
        let mut end = start + length;
        let separates =
            |c: Option<char>| matches!(c, Some(',' | '，' | '\u{202f}' | '\u{2009}' | ' '));
        let mut grouped = false;
        while first <= 3 && separates(at(self.text, end)) && digits(end + 1) == 3 {
            // A full-width comma or a space separates thousands only beside other groups' digits.
            let plain = at(self.text, end) == Some(',');
            if !plain && !is_wide(self.text, end) {
                break;
            }
            push(&mut written, end + 1, 3);
            end += 4;
            grouped = true;
        }
        if at(self.text, end) == Some('.') {
            length = digits(end + 1);
            // `1.2.3` is a section, not a number, and `1.2019年` the first point, about a year.
            let is_point =
                at(self.text, end + 1 + length) == Some('.') || is_year(self.text, end + 1);
            if length > 0 && !is_point {
                written.push('.');
                push(&mut written, end + 1, length);
                end += 1 + length;
            }
        }
        self.at = end;
        self.written.digits = true;
        // 1分05秒
        let is_clock = written.len() == 2 && matches!(at(self.text, end), Some('分' | '秒'));
        let leading = written.len() > 1 && written.starts_with('0') && !written.starts_with("0.");
        let leading = leading && !is_clock;
        if !grouped && !written.contains('.') && !leading && self.nothing_yet() {
            self.written.row = Some(written.len());
        }
        match Number::parse(&written) {
            Some(value) if !leading => {
                self.current = Some(value);
                true
            }
            _ => {
                self.vague = true;
                false
            }
        }
    }

    /// Chinese digits: one, or a row of them as in 二〇一六.
    fn chinese(&mut self) -> bool {
        let digits: Vec<i128> = (self.at..self.text.len())
            .map_while(|place| at(self.text, place).and_then(digit))
            .collect();
        let zero = digits.contains(&0);
        match digits.as_slice() {
            [only] => self.current = Some(Number::whole(*only)),
            [0, only] if !self.nothing_yet() => {
                self.current = Some(Number::whole(*only));
                self.place = 1;
            }
            row if self.nothing_yet() && (zero || row.len() == 4) && row.len() <= 12 => {
                let value = row.iter().fold(0_i128, |value, d| value * 10 + d);
                self.current = Some(Number::whole(value));
                self.written.row = Some(row.len());
            }
            // 七八, 三五: between the two, or neither.
            _ => {
                self.vague = true;
                self.current = digits.first().map(|d| Number::whole(*d));
            }
        }
        self.at += digits.len();
        self.point();
        true
    }

    /// 三点五
    fn point(&mut self) {
        if at(self.text, self.at) != Some('点') || self.written.row.is_some() {
            return;
        }
        let decimals: String = (self.at + 1..self.text.len())
            .map_while(|place| at(self.text, place).and_then(digit))
            .map(|d| d.to_string())
            .collect();
        let next = at(self.text, self.at + 1 + decimals.len());
        // 三点五十分 is a time.
        if decimals.is_empty() || next.is_some_and(|c| matches!(c, '十' | '分' | '刻')) {
            return;
        }
        let whole = self.current.and_then(Number::to_whole).unwrap_or(0);
        if let Some(value) = Number::parse(&format!("{whole}.{decimals}")) {
            self.current = Some(value);
            self.at += 1 + decimals.len();
        }
    }

    fn big(&mut self, times: i128) -> Option<bool> {
        let value = self
            .section
            .plus(self.current.take().unwrap_or(Number::ZERO))?;
        let value = if times == HUNDRED_MILLION {
            // 三万亿: all that stands before.
            std::mem::replace(&mut self.total, Number::ZERO).plus(value)?
        } else {
            value
        };
        if value == Number::ZERO {
            return None;
        }
        let after = at(self.text, self.at + 1);
        let is_million_million =
            times == TEN_THOUSAND && after.and_then(big) == Some(HUNDRED_MILLION);
        let times = Number::whole(times);
        self.multiplier = if self.total == Number::ZERO && self.multiplier != Number::ONE {
            self.multiplier.times(times)?
        } else {
            times
        };
        if is_million_million {
            self.multiplier = times;
        }
        self.total = self.total.plus(value.times(times)?)?;
        self.section = Number::ZERO;
        self.place = times.to_whole()?;
        self.at += 1;
        Some(true)
    }

    /// 余, 多 and 来 before a multiplier, spaces after digits, 零 between multipliers.
    fn filler(&mut self, c: char) -> Option<bool> {
        let next = at(self.text, self.at + 1)?;
        if matches!(c, '余' | '多' | '来') && is_multiplier(next) && !self.nothing_yet() {
            self.written.more = true;
            self.at += 1;
            return Some(true);
        }
        if matches!(c, '几' | '数') && (is_multiplier(next)) {
            self.vague = true;
            self.at += 1;
            self.current = Some(Number::ONE);
            return Some(true);
        }
        let spaced =
            c == ' ' && self.written.digits && big(next).is_some() && self.current.is_some();
        if spaced {
            self.at += 1;
        }
        Some(spaced)
    }

    fn finish(self, start: usize) -> Option<Written> {
        if self.at == start {
            return None;
        }
        let mut written = self.written;
        written.end = self.at;
        written.multiplier = self.multiplier;
        if self.place > 1 || self.total != Number::ZERO {
            written.row = None;
        }
        // 三百五 is 350, 一万二 is 12,000.
        let current = match self.current {
            Some(value) if self.place > 10 && !written.digits => {
                value.times(Number::whole(self.place / 10))
            }
            Some(value) => Some(value),
            None => Some(Number::ZERO),
        };
        let value = current
            .and_then(|current| self.section.plus(current))
            .and_then(|value| self.total.plus(value));
        written.value = value.filter(|_| !self.vague);
        Some(written)
    }
}

/// Whether the characters beside this separator are full-width digits, or the separator a thin space.
fn is_wide(text: &Chars, separator: usize) -> bool {
    let raw = |place: usize| text.get(place).map(|(_, c)| *c);
    let wide = |c: Option<char>| matches!(c, Some('０'..='９'));
    match raw(separator) {
        Some('，') => wide(separator.checked_sub(1).and_then(raw)) && wide(raw(separator + 1)),
        Some('\u{202f}' | '\u{2009}') => true,
        _ => false,
    }
}

/// Whether a year in digits stands in a place: 2019年.
pub(super) fn is_year(text: &Chars, start: usize) -> bool {
    let digits: String = (start..start + 4)
        .filter_map(|place| at(text, place))
        .collect();
    let year = digits
        .parse()
        .is_ok_and(|year: u32| (1500..2200).contains(&year));
    year && digits.len() == 4 && at(text, start + 4) == Some('年')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<String> {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        read(&chars, 0)
            .and_then(|written| written.value)
            .map(|value| value.to_string())
    }

    #[test]
    fn numbers() {
        for (text, expected) in [
            ("一百一十一", "111"),
            ("一百零五", "105"),
            ("十二", "12"),
            ("二十", "20"),
            ("两千三百", "2,300"),
            ("三百五", "350"),
            ("10.11亿", "1,011,000,000"),
            ("3万亿", "3,000,000,000,000"),
            ("1亿3000万", "130,000,000"),
            ("一万二千三百四十五", "12,345"),
            ("二〇一六", "2,016"),
            ("3千5百", "3,500"),
            ("三点五", "3.5"),
            ("三点五亿", "350,000,000"),
            ("10余万", "100,000"),
            ("１，１０１", "1,101"),
            ("1,011", "1,011"),
            ("1,2", "1"),
            ("廿五", "25"),
            ("600万", "6,000,000"),
            ("一千万", "10,000,000"),
            ("三千万亿", "3,000,000,000,000,000"),
            ("陆佰伍拾", "650"),
            ("40千瓦时", "40"),
            ("486.2千公顷", "486,200"),
        ] {
            assert_eq!(value(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["七八", "三五", "007", "陆地", "伍"] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
