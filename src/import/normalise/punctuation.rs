//! Fixer `punctuation`: half-width `, : ; ! ? ( )` that stand in Chinese text, to full width.
//!
//! In: a line. Out: the line with such marks in full width. Promise: a mark between Latin words or
//! digits stays (`1,101`, `10:30`, `PoW,Proof of Work`), and brackets change in pairs.
//!
//! What decides is the nearest character before the mark (closing quotes and spaces are looked
//! through) and the nearest one after it.

use crate::import::chars::{is_full_width_punctuation, is_han};

pub(super) fn fix(line: &str) -> String {
    if !line.contains([',', ':', ';', '!', '?', '(', ')']) {
        return line.to_owned();
    }
    let mut text: Vec<char> = line.chars().collect();
    let closing = closing(&text);
    brackets(&mut text, &closing);
    marks(text, &closing)
}

/// First the brackets, in pairs: full-width if Chinese stands in them or right before them, or
/// after them and no Latin word before.
fn brackets(text: &mut [char], closing: &[Option<usize>]) {
    let mut han_before = Vec::with_capacity(text.len() + 1);
    let mut count = 0_usize;
    han_before.push(0);
    for c in text.iter() {
        count += usize::from(is_han(*c));
        han_before.push(count);
    }
    let next = next_visible(text);
    for open in 0..text.len() {
        let Some(close) = closing[open] else {
            continue;
        };
        let mixed = (text[open] == '（') != (text[close] == '）');
        let inside = han_before[close] > han_before[open];
        let before = text[..open].iter().rev().copied().find(|c| *c != ' ');
        let latin_before = before.is_some_and(|c| c.is_ascii_alphanumeric() || c == ')');
        let chinese_after = next[close].is_some_and(is_han);
        if mixed || inside || before.is_some_and(is_chinese) || (chinese_after && !latin_before) {
            text[open] = '（';
            text[close] = '）';
        }
    }
}

/// For every opening bracket, of either width, where it is closed.
fn closing(text: &[char]) -> Vec<Option<usize>> {
    let mut open = Vec::new();
    let mut closing = vec![None; text.len()];
    for (index, c) in text.iter().enumerate() {
        match c {
            '(' | '（' => open.push(index),
            ')' | '）' => {
                if let Some(from) = open.pop() {
                    closing[from] = Some(index);
                }
            }
            _ => {}
        }
    }
    closing
}

/// For every place the first character after it that is no space.
fn next_visible(text: &[char]) -> Vec<Option<char>> {
    let mut next = vec![None; text.len()];
    let mut following = None;
    for index in (0..text.len()).rev() {
        next[index] = following;
        if text[index] != ' ' {
            following = Some(text[index]);
        }
    }
    next
}

/// Then the other marks, from left to right, so that a mark, or a bracket, sees what became of the
/// mark before it.
fn marks(mut text: Vec<char>, closing: &[Option<usize>]) -> String {
    let next = next_visible(&text);
    let mut fixed = String::with_capacity(text.len() * 3);
    let mut chinese_before = false;
    let mut before = None;
    for index in 0..text.len() {
        if let Some(close) = closing[index]
            && before.is_some_and(is_chinese)
        {
            text[index] = '（';
            text[close] = '）';
        }
        let c = text[index];
        let chinese_after = next[index].is_some_and(|c| is_han(c) || opens_chinese(c));
        let between_latin =
            next[index].is_some_and(|c| c.is_ascii_alphanumeric()) && fixed.ends_with(['”', '’']);
        let wide = match c {
            _ if between_latin && !chinese_before => None,
            ',' if chinese_before || chinese_after => Some('，'),
            ':' if chinese_before || chinese_after => Some('：'),
            ';' if (chinese_before || chinese_after) && !ends_entity(&fixed) => Some('；'),
            '!' if chinese_before => Some('！'),
            '?' if chinese_before => Some('？'),
            _ => None,
        };
        let c = wide.unwrap_or(c);
        fixed.push(c);
        if c != ' ' {
            before = Some(c);
        }
        if !matches!(c, ' ' | '”' | '’' | '"' | '\'') {
            chinese_before = is_chinese(c);
        }
    }
    fixed
}

fn is_chinese(c: char) -> bool {
    is_han(c) || is_full_width_punctuation(c)
}

fn opens_chinese(c: char) -> bool {
    matches!(c, '《' | '〈' | '（' | '【' | '「' | '『' | '〔')
}

/// `&nbsp` and the like: the `;` belongs to them.
fn ends_entity(text: &str) -> bool {
    let name = text
        .chars()
        .rev()
        .take(10)
        .find(|c| !c.is_ascii_alphanumeric() && *c != '#');
    name == Some('&') && !text.ends_with('&')
}
