//! Traditional characters as the word model knows them. In: a character. Out: the simplified one
//! that stands for it in the model, whose words were counted in simplified text, and what its form
//! costs in a text that is written in the one script or in the other.
//!
//! Promise: a character that simplified text has itself stays, so that nothing changes there.

use std::sync::OnceLock;

/// The simplified form of a character that only traditional text has; any other as it is.
#[must_use]
pub fn simplified(character: char) -> char {
    index(character).map_or(character, |at| forms()[at].0)
}

/// Each character that only traditional text has, with the simplified form that stands for it.
pub(crate) fn pairs() -> impl Iterator<Item = (char, char)> {
    let all = (FIRST..=LAST).map(|character| (character, simplified(character)));
    all.filter(|(traditional, simple)| traditional != simple)
}

/// Which script a character is a sign of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Both scripts have it, or neither.
    Both,
    /// Only traditional text has it.
    Traditional,
    /// Only simplified text has it.
    Simplified,
}

/// The script that a character is a sign of.
pub(crate) fn form(character: char) -> Form {
    index(character).map_or(Form::Both, |at| forms()[at].1)
}

/// For each character of the basic plane's Chinese, its simplified form and its script.
fn forms() -> &'static [(char, Form)] {
    static FORMS: OnceLock<Vec<(char, Form)>> = OnceLock::new();
    FORMS.get_or_init(|| {
        let mut forms: Vec<(char, Form)> = (FIRST..=LAST)
            .map(|character| (character, Form::Both))
            .collect();
        for pair in include_str!("../../assets/traditional.txt").lines() {
            let mut pair = pair.chars();
            let (Some(form), Some(simple), shared) = (pair.next(), pair.next(), pair.next()) else {
                continue;
            };
            if let Some(at) = index(form) {
                forms[at] = (simple, Form::Traditional);
            }
            if let (Some(at), None) = (index(simple), shared) {
                forms[at].1 = Form::Simplified;
            }
        }
        forms
    })
}

const FIRST: char = '\u{3400}';
const LAST: char = '\u{9fff}';

fn index(character: char) -> Option<usize> {
    (FIRST..=LAST)
        .contains(&character)
        .then(|| character as usize - FIRST as usize)
}

/// Which script a text is written in, as far as is known: the log of the odds for the traditional one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Script(f32);

/// Nothing is known: one text in fifty is traditional.
const UNSEEN: Script = Script(-4.0);
/// What one more character that is proven says about the line that it stands in.
const EACH: f32 = 4.0;
/// What ten times as many signs of the one script as of the other say about a document's next line.
const TENFOLD: f32 = 4.6;
/// However much speaks for a script, lines in the other come.
const SUREST: f32 = 10.0;
/// How rarely a text of either script has a character that only the other has: names and quotations
/// in simplified text, short forms in traditional text.
const STRAY_TRADITIONAL: f32 = 1e-4;
const STRAY_SIMPLIFIED: f32 = 1e-3;

impl Default for Script {
    fn default() -> Self {
        UNSEEN
    }
}

impl Script {
    /// What the proven characters of a document say about each of its lines.
    pub(crate) fn of_document(proven: impl Iterator<Item = char>) -> Self {
        let (traditional, simplified) = signs(proven);
        let tenfold = ((traditional + 1.0) / (simplified + 1.0)).log10();
        Self((UNSEEN.0 + TENFOLD * tenfold).clamp(-SUREST, SUREST))
    }

    /// What is known of a line once some of its characters are.
    pub(crate) fn after(self, proven: impl Iterator<Item = char>) -> Self {
        let (traditional, simplified) = signs(proven);
        Self((self.0 + EACH * (traditional - simplified)).clamp(-SUREST, SUREST))
    }

    /// Cost of a traditional, and of a simplified character.
    pub(crate) fn costs(self) -> (f32, f32) {
        let traditional = 1.0 / (1.0 + (-self.0).exp());
        let cost = |own: f32, stray: f32| -(own + (1.0 - own) * stray).ln();
        (
            cost(traditional, STRAY_TRADITIONAL),
            cost(1.0 - traditional, STRAY_SIMPLIFIED),
        )
    }
}

/// How many characters are signs of the traditional, and of the simplified script.
fn signs(characters: impl Iterator<Item = char>) -> (f32, f32) {
    characters.fold(
        (0.0, 0.0),
        |(traditional, simplified), character| match form(character) {
            Form::Both => (traditional, simplified),
            Form::Traditional => (traditional + 1.0, simplified),
            Form::Simplified => (traditional, simplified + 1.0),
        },
    )
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

    #[test]
    fn a_script_shows_in_what_only_it_has() {
        use Form::{Both, Simplified, Traditional};
        for (character, wanted) in [
            ('國', Traditional),
            ('国', Simplified),
            ('台', Both),
            ('臺', Traditional),
            ('人', Both),
        ] {
            assert_eq!(form(character), wanted, "{character}");
        }
        let known = |text: &str| Script::default().after(text.chars());
        let (traditional, simplified) = known("這個國家").costs();
        assert!(traditional < 0.1 && simplified > 5.0);
        let (traditional, simplified) = known("这个国家").costs();
        assert!(traditional > 8.0 && simplified < 0.1);
        let mixed = Script::of_document("這個國家这个国家".chars());
        assert_eq!(mixed, Script::default());
    }
}
