//! Words that say how two figures belong together: 其中, `of which`, 和, `less than`.
//!
//! In: a list of the vocabulary by its name, and a text. Out: whether a word of the list stands in it, begins it,
//! is all of it. Promise: English words count as whole words alone; linear in the text.

use serde::Deserialize;

use super::Vocabulary;
use super::beside::starts_word;
use crate::lang::Lang;

/// A list of such words, by its name in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Link {
    /// The second is part of the first.
    Part,
    /// The first is less than the second.
    Less,
    /// The first is more than the second.
    More,
    /// Where something began.
    From,
    /// Where it came.
    To,
    /// Both are of one enumeration.
    And,
    /// What compares, but is a bound right before a figure.
    Bound,
    /// They are of no enumeration.
    Turn,
    /// A year follows.
    Year,
    /// What may stand between a rise and where it came.
    Each,
    /// What may stand between a bound and a share.
    Whole,
    /// What two figures of one unit are compared by.
    Against,
    /// A part follows its whole, or a whole its part.
    Within,
    /// What stands before a place in an order.
    Numbered,
    /// What denies, or says that it is only then.
    Not,
}

impl Vocabulary {
    /// Whether a word of the list stands in a text.
    #[must_use]
    pub fn says(&self, link: Link, lang: Lang, text: &str) -> bool {
        let Some(known) = self.of(lang).links.get(&link) else {
            return false;
        };
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let begins = |at: &usize| lang == Lang::Zh || starts_word(&chars, *at);
        (0..chars.len())
            .filter(begins)
            .any(|at| known.longest(&chars, at).is_some())
    }

    /// How many characters the word of the list takes that a text begins with.
    #[must_use]
    pub fn opens(&self, link: Link, lang: Lang, text: &str) -> Option<usize> {
        let chars: Vec<(usize, char)> = text.char_indices().take(40).collect();
        let known = self.of(lang).links.get(&link)?;
        known.longest(&chars, 0).map(|(length, ())| length)
    }

    /// Whether a text is a word of the list.
    #[must_use]
    pub fn is(&self, link: Link, lang: Lang, text: &str) -> bool {
        self.opens(link, lang, text) == Some(text.chars().count())
    }

    /// A text without the word of the list that it ends with.
    #[must_use]
    pub fn without_end<'a>(&self, link: Link, lang: Lang, text: &'a str) -> &'a str {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let known = self.of(lang).links.get(&link);
        let length = known.and_then(|known| known.longest_at_end(&chars));
        let at = length.map(|(length, ())| chars.len() - length);
        let at = at.filter(|at| lang == Lang::Zh || starts_word(&chars, *at));
        let byte = at
            .and_then(|at| chars.get(at))
            .map_or(text.len(), |(byte, _)| *byte);
        text.get(..byte).unwrap_or(text)
    }
}
