//! Traditional characters as the word model knows them. In: a character. Out: the simplified one
//! that stands for it in the model, whose words were counted in simplified text.
//!
//! Promise: a character that simplified text has itself stays, so that nothing changes there.

use std::sync::OnceLock;

/// The simplified form of a character that only traditional text has; any other as it is.
pub(crate) fn simplified(character: char) -> char {
    static FORMS: OnceLock<Vec<char>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let mut forms: Vec<char> = (FIRST..=LAST).collect();
        for pair in include_str!("../../assets/traditional.txt").lines() {
            let mut pair = pair.chars();
            if let (Some(form), Some(simple)) = (pair.next().and_then(index), pair.next()) {
                forms[form] = simple;
            }
        }
        forms
    });
    index(character).map_or(character, |at| forms[at])
}

const FIRST: char = '\u{3400}';
const LAST: char = '\u{9fff}';

fn index(character: char) -> Option<usize> {
    (FIRST..=LAST)
        .contains(&character)
        .then(|| character as usize - FIRST as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_only_traditional_text_has() {
        for (form, simple) in [
            ('國', '国'),
            ('国', '国'),
            ('著', '著'),
            ('乾', '乾'),
            ('a', 'a'),
            ('の', 'の'),
        ] {
            assert_eq!(simplified(form), simple);
        }
    }
}
