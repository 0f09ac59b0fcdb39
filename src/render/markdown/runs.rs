//! The runs of a text that are in the other language.
//!
//! In: a text and its language. Out: its runs, each with its language if that is another one, for the
//! `lang` attribute: a voice that reads aloud changes, and each script gets its own faces. Promise: the
//! runs in a row are the text; names and abbreviations in Latin letters belong to the Chinese text
//! around them, phrases of several words do not.

use crate::lang::Lang;

use super::cjk::{is_cjk, is_shared};

/// Words in Latin letters that are a phrase, even if each of them could be a name.
const PHRASE: usize = 3;

/// The runs of a text; `None` if all of it is in its own language.
#[must_use]
pub fn runs(text: &str, lang: Lang) -> Option<Vec<(&str, Option<Lang>)>> {
    let is_other: fn(char) -> bool = match lang {
        Lang::Zh if text.contains(' ') => |c| c.is_ascii_alphanumeric() || " ,.;:'’-–&".contains(c),
        Lang::En if !text.is_ascii() => |c| is_cjk(c),
        _ => return None,
    };
    let mut runs: Vec<(&str, Option<Lang>)> = Vec::new();
    let mut plain = 0;
    let mut rest = 0;
    while let Some(from) = text.get(rest..).and_then(|text| text.find(is_other)) {
        let from = rest + from;
        let tail = text.get(from..).unwrap_or_default();
        let length = tail.find(|c| !is_other(c)).unwrap_or(tail.len());
        let run = text.get(from..from + length).unwrap_or_default();
        rest = from + length;
        let (start, run) = match lang {
            Lang::Zh => phrase(run),
            Lang::En => chinese(run),
        };
        if run.is_empty() {
            continue;
        }
        let (start, end) = (from + start, from + start + run.len());
        runs.push((text.get(plain..start).unwrap_or_default(), None));
        runs.push((run, Some(lang.other())));
        plain = end;
    }
    if runs.is_empty() {
        return None;
    }
    runs.push((text.get(plain..).unwrap_or_default(), None));
    runs.retain(|(run, _)| !run.is_empty());
    Some(runs)
}

/// The Chinese in a run of its characters, without the punctuation that English has too, and where it
/// begins. Kana would be Japanese.
fn chinese(run: &str) -> (usize, &str) {
    let is_kana = |c| matches!(c, '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}');
    if !run.contains(is_ideograph) || run.contains(is_kana) {
        return (0, "");
    }
    let rest = run.trim_start_matches(is_shared);
    (run.len() - rest.len(), rest.trim_end_matches(is_shared))
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The phrase in a run of Latin letters, and where it begins: three words, or two of which one is not
/// written as a name.
fn phrase(run: &str) -> (usize, &str) {
    let rest = run.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let found = rest.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let is_word = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic());
    let words = found
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(is_word);
    let (mut count, mut plain) = (0, 0);
    for word in words {
        count += 1;
        plain += usize::from(word.len() > 2 && word.chars().all(|c| c.is_ascii_lowercase()));
    }
    if count >= PHRASE || (count > 1 && plain > 0) {
        (run.len() - rest.len(), found)
    } else {
        (0, "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with what is in the other language in brackets.
    fn check(lang: Lang, text: &str, expect: &str) {
        let runs = runs(text, lang).unwrap_or_else(|| vec![(text, None)]);
        let shown = runs.iter().map(|(run, other)| match other {
            Some(_) => format!("[{run}]"),
            None => (*run).to_owned(),
        });
        assert_eq!(shown.collect::<String>(), expect);
    }

    #[test]
    fn chinese_in_an_english_text() {
        check(
            Lang::En,
            "A “水首” (head) keeps it.",
            "A “[水首]” (head) keeps it.",
        );
        check(
            Lang::En,
            "《水法》, 1988: 新—旧…",
            "[《水法》], 1988: [新—旧]…",
        );
        check(
            Lang::En,
            "plain — “text” 5 ㎡ · カナ",
            "plain — “text” 5 ㎡ · カナ",
        );
    }

    #[test]
    fn phrases_in_a_chinese_text() {
        check(
            Lang::Zh,
            "见 The Art of War 一书。",
            "见 [The Art of War] 一书。",
        );
        check(
            Lang::Zh,
            "所谓smart city（智慧城市）",
            "所谓[smart city]（智慧城市）",
        );
        check(
            Lang::Zh,
            "用 SCADA 系统、Visa International、5 km、iPhone 15 Pro。",
            "用 SCADA 系统、Visa International、5 km、iPhone 15 Pro。",
        );
        check(Lang::Zh, "都是中文", "都是中文");
    }
}
