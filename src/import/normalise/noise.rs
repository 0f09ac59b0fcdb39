//! Fixer `noise`: what no reader sees, and white space in any form but one.
//!
//! In: a line. Out: the line without zero-width and control characters, every run of white space one
//! space, or one tab where it stands between the columns of a table; none at the ends. Promise:
//! nothing visible changes, and no later fixer takes two columns for one word.

use super::width;
use crate::import::sections::marker;

pub(super) fn fix(line: &str) -> String {
    let mut fixed = String::with_capacity(line.len());
    let mut space = Space::None;
    let mut in_columns = false;
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        if c.is_whitespace() || c == '\u{2800}' {
            space = space.and(c);
        } else if !is_invisible(c) || joins_emoji(c, &fixed, characters.peek().copied()) {
            if !fixed.is_empty() {
                match space {
                    Space::None => {}
                    Space::Column if in_columns || !is_numbering(&fixed) => {
                        in_columns = true;
                        fixed.push('\t');
                    }
                    Space::Column | Space::Run(_) => fixed.push(' '),
                }
            }
            space = Space::None;
            fixed.push(c);
        }
    }
    fixed
}

/// So many spaces side by side put text into columns.
const COLUMN: usize = 3;

/// The white space since the last character.
#[derive(Clone, Copy)]
enum Space {
    None,
    Run(usize),
    Column,
}

impl Space {
    fn and(self, c: char) -> Self {
        match self {
            _ if c == '\t' => Self::Column,
            Self::None => Self::Run(1),
            Self::Run(count) if count + 1 < COLUMN => Self::Run(count + 1),
            Self::Run(_) | Self::Column => Self::Column,
        }
    }
}

/// What comes after `一、` or `•` is no column, however far it stands off. Numbers may still be
/// full-width: that fixer comes later.
fn is_numbering(text: &str) -> bool {
    let text = &width::fix(text);
    let one = text.chars().count() == 1 && !text.chars().any(char::is_alphanumeric);
    one || marker::split(text).is_some_and(|(_, rest)| rest.is_empty())
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
