//! Fixer `noise`: what no reader sees, and white space in any form but one.
//!
//! In: a line. Out: the line without zero-width and control characters, every run of white space one
//! space, none at the ends. Promise: nothing visible changes.

pub(super) fn fix(line: &str) -> String {
    let mut fixed = String::with_capacity(line.len());
    let mut space = false;
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        if c.is_whitespace() || c == '\u{2800}' {
            space = true;
        } else if !is_invisible(c) || joins_emoji(c, &fixed, characters.peek().copied()) {
            if space && !fixed.is_empty() {
                fixed.push(' ');
            }
            space = false;
            fixed.push(c);
        }
    }
    fixed
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{FEFF}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FFF9}'..='\u{FFFB}')
}

/// A joiner between two emoji makes one of them.
fn joins_emoji(c: char, before: &str, after: Option<char>) -> bool {
    let emoji =
        |c: char| matches!(c, '\u{FE0F}' | '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}');
    c == '\u{200D}' && before.chars().next_back().is_some_and(emoji) && after.is_some_and(emoji)
}
