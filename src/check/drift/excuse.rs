//! Figures that are meant to differ.
//!
//! In: HTML from a text. Out: the [`Excuse`]s in its comments: `<!-- figure 110: the count of May -->`
//! for figures of that value in the block, `<!-- figures: … -->` for all of them. Promise: a comment that
//! is about something else is none.

use std::cell::Cell;

use crate::figures::{self, Figure, agree, vocabulary};
use crate::lang::Lang;

/// A comment that excuses figures.
#[derive(Debug)]
pub struct Excuse {
    /// Where it begins, in bytes of the file.
    pub byte: usize,
    /// The figures it names; all of the block if it names none.
    pub figures: Vec<Figure>,
    /// Whether it says why.
    pub has_reason: bool,
    /// Whether anything was excused by it.
    pub used: Cell<bool>,
}

impl Excuse {
    /// Whether it is about one of these figures.
    #[must_use]
    pub fn covers(&self, differing: &[&Figure]) -> bool {
        let covers = self.figures.is_empty()
            || self.figures.iter().any(|excused| {
                differing
                    .iter()
                    .any(|figure| agree::agree(excused, figure) || agree::agree(figure, excused))
            });
        let covers = covers && self.has_reason;
        if covers {
            self.used.set(true);
        }
        covers
    }
}

/// The words that open such a comment.
const OPENERS: [&str; 4] = ["figures", "figure", "数字", "数据"];

/// Every excuse in the comments of this HTML, which begins at `byte` of the file.
pub fn find(html: &str, byte: usize, lang: Lang) -> Vec<Excuse> {
    let mut excuses = Vec::new();
    for (at, open) in html.match_indices("<!--") {
        let inside = html.get(at + open.len()..).unwrap_or_default();
        let inside = inside.split("-->").next().unwrap_or_default();
        if let Some(mut excuse) = read(inside.trim(), lang) {
            excuse.byte = byte + at;
            excuses.push(excuse);
        }
    }
    excuses
}

fn read(comment: &str, lang: Lang) -> Option<Excuse> {
    let rest = OPENERS.iter().find_map(|word| comment.strip_prefix(word))?;
    // `figurehead` is another word.
    if rest.chars().next().is_some_and(char::is_alphabetic) && rest.is_ascii() {
        return None;
    }
    let (named, reason) = match rest.find([':', '：']) {
        Some(colon) => rest.split_at(colon),
        None => (rest, ""),
    };
    let reason = reason.trim_start_matches([':', '：']).trim();
    Some(Excuse {
        byte: 0,
        figures: figures::read(named.trim(), lang, vocabulary()),
        has_reason: reason.chars().any(char::is_alphanumeric),
        used: Cell::new(false),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments() {
        let excuses = find(
            "<!-- figure 110: counted in May --> <!-- a note -->",
            7,
            Lang::En,
        );
        assert_eq!(excuses.len(), 1);
        assert_eq!((excuses[0].byte, excuses[0].figures.len()), (7, 1));
        assert!(excuses[0].has_reason);
        assert!(!find("<!-- figures -->", 0, Lang::En)[0].has_reason);
        assert!(find("<!-- figurehead: a -->", 0, Lang::En).is_empty());
    }
}
