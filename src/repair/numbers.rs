//! The ways to write a number. In: proven text around a number. Out: the same text with the number
//! in the other scripts of digits, as far as damage can make it doubtful.
//!
//! ASCII digits come through every channel as they are. Chinese numerals don't (六 and 八 differ in
//! their last byte alone), nor do full-width digits: ten of them share all bytes but the last. What
//! is counted in one place is often counted again in another, and not always in the same digits.

use super::classes::{self, Kind};

/// Words that count something are looked at this far.
const COUNTED: usize = 5;

/// Whether a full-width digit: part of what may be copied.
pub(super) fn is_wide(character: char) -> bool {
    matches!(character, '０'..='９')
}

/// Whether a numeral may be another however likely it is: a model knows how common a number is, but
/// not which it is. No other two numerals lose the same bytes.
pub(super) fn is_open(character: char) -> bool {
    matches!(character, '六' | '八')
}

/// The other ways to write the first number in a text that starts with it, up to 99, each with the
/// Chinese characters that follow; none if nothing follows or the number goes on.
pub(super) fn rewritten(text: &[char]) -> Vec<Vec<char>> {
    let length = text
        .iter()
        .take_while(|&&c| is_digit(c) || is_numeral(c))
        .count();
    let (number, rest) = text.split_at(length);
    let counted: Vec<char> = rest
        .iter()
        .copied()
        .take_while(|&c| classes::is_han(c))
        .take(COUNTED)
        .collect();
    let Some(value) = value(number).filter(|_| !counted.is_empty()) else {
        return Vec::new();
    };
    [chinese(value), wide(value)]
        .into_iter()
        .filter(|written| written != number)
        .map(|written| [written, counted.clone()].concat())
        .collect()
}

/// Whether a number may go on over a character.
pub(super) fn goes_on(character: char) -> bool {
    is_digit(character) || is_numeral(character) || matches!(character, '.' | '．' | '·' | '点')
}

fn is_digit(character: char) -> bool {
    classes::kind(character) == Kind::Digit
}

const NUMERALS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// Of a number above 99, of a fraction, or another 2.
const OTHERS: [char; 7] = ['〇', '两', '百', '千', '万', '亿', '几'];

fn is_numeral(character: char) -> bool {
    character == '十' || NUMERALS.contains(&character) || OTHERS.contains(&character)
}

/// The value of a number from 1 to 99.
pub(super) fn value(number: &[char]) -> Option<usize> {
    let digit = |c: char| match c {
        '0'..='9' => Some(c as usize - '0' as usize),
        '０'..='９' => Some(c as usize - '０' as usize),
        _ => None,
    };
    let numeral = |c: char| NUMERALS.iter().position(|&numeral| numeral == c);
    let value = match *number {
        ['十'] => 10,
        ['十', ones] => 10 + numeral(ones)?,
        [tens, '十'] => numeral(tens)? * 10,
        [tens, '十', ones] => numeral(tens)? * 10 + numeral(ones)?,
        [one] => digit(one).or_else(|| numeral(one))?,
        [tens, ones] if tens != '0' && tens != '０' => digit(tens)? * 10 + digit(ones)?,
        _ => return None,
    };
    (1..=99).contains(&value).then_some(value)
}

/// Another value in the script of digits, and of the length, that a number has; none for ASCII, which is
/// never in doubt.
pub(super) fn like(number: &[char], value: usize) -> Option<Vec<char>> {
    let written = if number.iter().all(|&c| is_wide(c)) {
        wide(value)
    } else {
        chinese(value)
    };
    let fits = written.len() == number.len() && !number.iter().any(char::is_ascii);
    fits.then_some(written)
}

fn chinese(value: usize) -> Vec<char> {
    let (tens, ones) = (value / 10, value % 10);
    let mut written = Vec::new();
    if tens > 1 {
        written.push(NUMERALS[tens]);
    }
    if tens > 0 {
        written.push('十');
    }
    if ones > 0 {
        written.push(NUMERALS[ones]);
    }
    written
}

fn wide(value: usize) -> Vec<char> {
    let digits = value.to_string();
    digits
        .chars()
        .filter_map(|digit| char::from_u32(u32::from(digit) + 0xfee0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_in_other_digits() {
        for (text, wanted) in [
            ("8名队员", "八名队员 ８名队员"),
            ("十八个人", "１８个人"),
            ("２０条，", "二十条"),
            ("六", ""),
            ("108将", ""),
            ("08年", ""),
            ("一百人", ""),
            ("两个", ""),
            ("人", ""),
            ("", ""),
        ] {
            let text: Vec<char> = text.chars().collect();
            let found: Vec<String> = rewritten(&text)
                .iter()
                .map(|written| written.iter().collect())
                .collect();
            assert_eq!(found.join(" "), wanted);
        }
    }
}
