//! What kind of character this is: the small questions that several stages ask.
//!
//! In: a character. Out: yes or no. Promise: no table larger than a few ranges, no state.

/// A Chinese character (the ideographs of all planes, and 〇 and 々).
#[must_use]
pub(crate) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3005}' | '\u{3007}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Punctuation that is set in a square of its own, so that a space beside it is never meant.
#[must_use]
pub(crate) fn is_full_width_punctuation(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '：'
            | '；'
            | '！'
            | '？'
            | '（'
            | '）'
            | '《'
            | '》'
            | '〈'
            | '〉'
            | '【'
            | '】'
            | '「'
            | '」'
            | '『'
            | '』'
            | '〔'
            | '〕'
    )
}

/// Marks that Chinese and Latin text share: whose they are shows in what stands beside them.
#[must_use]
pub(crate) fn is_shared_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// A mark that ends a sentence.
#[must_use]
pub(crate) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '…')
}

/// How long a text is to the eye: Chinese characters and punctuation count one, others a half.
#[must_use]
pub(crate) fn visual_length(text: &str) -> usize {
    let halves: usize = text
        .chars()
        .map(|c| if (c as u32) < 0x2E80 { 1 } else { 2 })
        .sum();
    halves.div_ceil(2)
}
