//! Fixer `width`: letters and digits that a Chinese input method left in full width.
//!
//! In: a line. Out: the line with Ａ, ａ, ０ and ％ as ASCII, and a full-width point between digits as
//! a decimal point. Promise: punctuation stays, as that is full-width in Chinese.

pub(super) fn fix(line: &str) -> String {
    let mut fixed = String::with_capacity(line.len());
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        let point = c == '．'
            && fixed.ends_with(|before: char| before.is_ascii_digit())
            && characters
                .peek()
                .is_some_and(|next| narrow(*next).is_ascii_digit());
        fixed.push(if point { '.' } else { narrow(c) });
    }
    fixed
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' => {
            // The block of full-width forms is ASCII moved by this much.
            char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
        }
        _ => c,
    }
}
