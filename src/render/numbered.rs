//! Headings that bring a number of their own, so that a theme which counts need not count them too.
//!
//! In: the headings of a page. Out: whether one of the outermost is numbered: `一、`, `1.`, `第二章`, as
//! sources have them, and `II.` besides. Promise: an initial or a year at the start is no number.

use crate::import::sections::marker;
use crate::render::views::Heading;

pub(super) fn any(headings: &[Heading]) -> bool {
    headings.iter().any(|heading| is_numbered(&heading.html))
}

fn is_numbered(html: &str) -> bool {
    let text = words(html);
    marker::split(&text).is_some() || is_roman(&text)
}

/// `IV. Title`; `C. elegans` is none, and of the letters that stand alone only `I`, `V` and `X` count.
fn is_roman(text: &str) -> bool {
    text.split_once(". ").is_some_and(|(number, _)| {
        !number.is_empty() && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
    })
}

/// What is left of HTML without its tags.
fn words(html: &str) -> String {
    let mut is_tag = false;
    let kept = html.chars().filter(|&c| {
        let was_tag = is_tag;
        is_tag = c == '<' || (is_tag && c != '>');
        !is_tag && !was_tag
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_at_the_start_are_seen() {
        for text in [
            "一、<wbr>新馆",
            "（二）旧馆",
            "3. Loans",
            "1.2 借阅",
            "第四章 结论",
            "IV. Loans",
            "<em>1.</em> A",
        ] {
            assert!(is_numbered(text), "{text}");
        }
        for text in [
            "新馆",
            "2021年的新馆",
            "一方面",
            "C. elegans",
            "Item one. Then",
            "",
            "3 libraries",
        ] {
            assert!(!is_numbered(text), "{text}");
        }
    }
}
