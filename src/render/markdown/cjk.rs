//! Chinese Markdown as writers type it.
//!
//! In: Markdown. Out: Markdown in which every run of `*` or `~~` beside Chinese text can open and
//! close emphasis, and the way back from its byte positions. Promise: nothing else is parsed
//! differently, and what was put in is taken out again.
//!
//! `CommonMark` decides by the characters around a run whether it opens or closes, and counts `。` or
//! `“` as punctuation that needs a space beside it. Chinese has no such spaces, so `**中文。**中文`
//! stays as it is typed. Here a [marker](Marked::marker), a letter to the parser, is put between the
//! run and any punctuation beside it, where the other side is Chinese. That is the rule which
//! the proposal "Markdown CJK-friendly emphasis" (`tats-u`, 2024) describes from inside a parser.

use std::borrow::Cow;

use crate::lang::Lang;

/// Markdown ready for the parser.
#[derive(Debug)]
pub struct Marked<'a> {
    /// The text with its markers.
    pub text: Cow<'a, str>,
    /// The marker: a private-use character that the text itself does not hold.
    pub marker: char,
    /// Byte positions of the markers in `text`, rising.
    inserted: Vec<usize>,
}

impl Marked<'_> {
    /// The byte position in the original text of a position in the marked one.
    #[must_use]
    pub fn original(&self, at: usize) -> usize {
        at - self.inserted.partition_point(|&marker| marker < at) * self.marker.len_utf8()
    }

    /// Whether there is anything to take out.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        !self.inserted.is_empty()
    }
}

/// Whether a character is Chinese or Japanese writing, its punctuation included.
#[must_use]
pub fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{303F}'     // radicals, CJK symbols and punctuation
        | '\u{3040}'..='\u{31FF}'   // kana, bopomofo, strokes
        | '\u{3200}'..='\u{9FFF}'   // enclosed, compatibility, ideographs
        | '\u{F900}'..='\u{FAFF}'   // compatibility ideographs
        | '\u{FE30}'..='\u{FE4F}'   // vertical forms
        | '\u{FF00}'..='\u{FFEF}'   // full-width forms
        | '\u{20000}'..='\u{3FFFF}' // further ideographs
    ) || is_shared(c)
}

/// Punctuation that Chinese and English have in common.
pub(super) fn is_shared(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || (!c.is_alphanumeric() && !c.is_whitespace() && !c.is_control())
}

/// Puts markers beside the runs of `*` and `~~` that touch Chinese text.
#[must_use]
pub fn mark(text: &str) -> Marked<'_> {
    let plain = |marker| Marked {
        text: Cow::Borrowed(text),
        marker,
        inserted: Vec::new(),
    };
    if !text.contains(['*', '~']) {
        return plain('\u{E000}');
    }
    let Some(marker) = free_marker(text) else {
        return plain('\u{E000}');
    };
    let mut out = String::with_capacity(text.len() + 64);
    let mut inserted = Vec::new();
    let mut before_run: Option<char> = None;
    let mut rest = text;
    while let Some(at) = rest.find(['*', '~']) {
        let (plain, from_run) = rest.split_at(at);
        let c = if from_run.starts_with('*') { '*' } else { '~' };
        rest = from_run.trim_start_matches(c);
        let length = from_run.len() - rest.len();
        let before = plain.chars().next_back().or(before_run);
        let (left, right) = sides(c, length, before, rest.chars().next());
        out.push_str(plain);
        for (wanted, is_run) in [(left, false), (true, true), (right, false)] {
            if is_run {
                out.extend(std::iter::repeat_n(c, length));
            } else if wanted {
                inserted.push(out.len());
                out.push(marker);
            }
        }
        before_run = Some(c);
    }
    out.push_str(rest);
    Marked {
        text: Cow::Owned(out),
        marker,
        inserted,
    }
}

/// Whether a marker is needed on the left and on the right of a run.
fn sides(c: char, length: usize, before: Option<char>, after: Option<char>) -> (bool, bool) {
    // Three tildes fence code; a backslash makes the run literal.
    let is_syntax = (c == '~' && length > 2) || before == Some('\\');
    let beside_cjk = before.is_some_and(is_cjk) || after.is_some_and(is_cjk);
    if is_syntax || !beside_cjk {
        return (false, false);
    }
    (
        before.is_some_and(is_punctuation),
        after.is_some_and(is_punctuation),
    )
}

/// A character of the private-use area that is not in the text.
fn free_marker(text: &str) -> Option<char> {
    ('\u{E000}'..='\u{F8FF}').find(|&c| !text.contains(c))
}

/// Whether the line break between two characters is only a break in the file, not a space.
///
/// Quotation marks and dashes are the same in both languages; between two of them, the language of
/// the text decides.
#[must_use]
pub fn joins_without_space(before: Option<char>, after: Option<char>, lang: Lang) -> bool {
    let (Some(before), Some(after)) = (before, after) else {
        return false;
    };
    let is_certain = lang == Lang::Zh || !(is_shared(before) && is_shared(after));
    is_cjk(before) && is_cjk(after) && is_certain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_lead_back() {
        let marked = mark("甲**乙。**丙");
        let shown = marked.text.replace(marked.marker, "|");
        assert_eq!(shown, "甲**乙。|**丙");
        let end = marked.text.len();
        assert_eq!(marked.original(end), "甲**乙。**丙".len());
    }

    #[test]
    fn text_without_chinese_is_left_alone() {
        for text in ["**a.**b", "2*(3+4)*5", "~~a.~~b", "\\*（甲）", "~~~甲"] {
            assert!(!mark(text).is_marked(), "{text}");
        }
    }

    #[test]
    fn a_line_that_ends_in_a_quotation_mark_joins_in_chinese_only() {
        let joins = |before, after, lang| joins_without_space(Some(before), Some(after), lang);
        assert!(joins('”', '“', Lang::Zh) && joins('。', '“', Lang::En));
        assert!(!joins('”', '“', Lang::En) && !joins('”', 'a', Lang::Zh));
    }

    #[test]
    fn a_private_use_character_of_the_text_stays() {
        let marked = mark("\u{E000}**甲。**乙");
        assert_eq!(marked.marker, '\u{E001}');
    }
}
