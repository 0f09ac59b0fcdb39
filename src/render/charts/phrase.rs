//! A text in the language of a chart, or in the other one where there is no better, marked as such.

use serde::Serialize;

use crate::lang::{Lang, Localized};

/// A text, and its language where that is not the language around it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Phrase {
    /// The text on one line, without control characters.
    pub text: String,
    /// For a `lang` attribute: set only where the text is not in the language of the chart.
    pub lang: Option<&'static str>,
}

impl Phrase {
    /// A text in the language of the chart.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            lang: None,
        }
    }

    /// What is said in this language, or in the other one; nothing if both are blank.
    pub(crate) fn of(text: &Localized, lang: Lang) -> Option<Self> {
        [(lang, None), (lang.other(), Some(lang.other().tag()))]
            .into_iter()
            .find_map(|(wanted, tag)| {
                let text = one_line(text.only(wanted)?);
                (!text.is_empty()).then_some(Self { text, lang: tag })
            })
    }
}

/// The text without what XML forbids, each run of white space one space.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() || character.is_control() {
            // A full-width space is part of a Chinese title: it stays, unless it is at an end.
            let space = if character == '\u{3000}' {
                character
            } else {
                ' '
            };
            if !line.ends_with([' ', '\u{3000}']) {
                line.push(space);
            }
        } else if !matches!(character, '\u{fffe}' | '\u{ffff}') {
            line.push(character);
        }
    }
    line.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falls_back_and_says_so() {
        let text = Localized {
            zh: Some("广东".into()),
            en: Some(" ".into()),
        };
        let phrase = Phrase::of(&text, Lang::En).unwrap();
        assert_eq!(
            (phrase.text.as_str(), phrase.lang),
            ("广东", Some("zh-Hans"))
        );
        assert_eq!(Phrase::of(&Localized::default(), Lang::En), None);
    }

    #[test]
    fn one_line_has_nothing_that_xml_forbids() {
        assert_eq!(one_line(" a\u{0}\tb\n\u{ffff}c\u{1b} "), "a b c");
    }
}
