//! Terms: explained where a page first mentions them, and all together on a page of their own.
//!
//! In: the report's [`Term`]s and a text. Out: the text with a link around the first mention of each
//! term, which a script turns into a small window; and `<lang>/glossary.html`. Promise: time grows
//! with the text, not with text times terms; a word inside another one is no mention.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::content::glossary::Term;
use crate::lang::Lang;
use crate::render::markdown::footnotes::escape;

/// The page's name in each language.
pub(super) const NAME: &str = "glossary";

/// The terms as the texts of one language mention them.
#[derive(Debug, Default)]
pub struct Terms {
    /// The names that begin with a character, in lower case, the longest first, with their terms.
    by_first: BTreeMap<char, Vec<(Vec<char>, usize)>>,
}

impl Terms {
    pub(super) fn new(terms: &[Term], lang: Lang) -> Self {
        let mut by_first: BTreeMap<char, Vec<(Vec<char>, usize)>> = BTreeMap::new();
        for (index, term) in terms.iter().enumerate() {
            for name in term.names(lang) {
                let name: Vec<char> = name.trim().chars().map(lower).collect();
                if let Some(first) = name.first() {
                    by_first.entry(*first).or_default().push((name, index));
                }
            }
        }
        for names in by_first.values_mut() {
            // Of two terms with one name the first stays.
            names.sort_by_key(|(name, index)| (std::cmp::Reverse(name.len()), *index));
        }
        Self { by_first }
    }

    /// The text as HTML, with a link around each term that is not in `seen` yet; nothing if there is
    /// none. `href` is the address of the glossary.
    pub(super) fn mark(&self, text: &str, href: &str, seen: &mut Vec<usize>) -> Option<String> {
        let mut out = String::new();
        let mut plain = String::new();
        let mut found = false;
        let characters: Vec<char> = text.chars().collect();
        let mut at = 0;
        while let Some(&c) = characters.get(at) {
            let mention = self.mention(&characters, at);
            if let Some((length, term)) = mention.filter(|(_, term)| !seen.contains(term)) {
                let words: String = characters.iter().skip(at).take(length).collect();
                out.push_str(&escape(&plain));
                plain.clear();
                out.push_str(&link(&words, term, href));
                seen.push(term);
                found = true;
                at += length;
            } else {
                let length = mention.map_or(1, |(length, _)| length);
                plain.push(c);
                plain.extend(characters.iter().skip(at + 1).take(length - 1));
                at += length;
            }
        }
        out.push_str(&escape(&plain));
        found.then_some(out)
    }

    /// The longest name that stands at this place, and its term.
    fn mention(&self, text: &[char], at: usize) -> Option<(usize, usize)> {
        let names = self.by_first.get(&lower(*text.get(at)?))?;
        let before = at.checked_sub(1).and_then(|at| text.get(at));
        names.iter().find_map(|(name, term)| {
            let matches = text.get(at..at + name.len())?;
            let same = matches.iter().zip(name).all(|(a, b)| lower(*a) == *b);
            if !same || (is_latin(name.first()) && is_latin(before)) {
                return None;
            }
            let end = at + name.len();
            let next = text.get(end);
            if !is_latin(name.last()) || !is_latin(next) {
                return Some((name.len(), *term));
            }
            let is_plural = next == Some(&'s') && !is_latin(text.get(end + 1));
            is_plural.then_some((name.len() + 1, *term))
        })
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Whether a character goes on with a word of letters: Chinese words touch each other anyway.
fn is_latin(c: Option<&char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric() || ('\u{c0}'..='\u{24f}').contains(c))
}

fn link(words: &str, term: usize, href: &str) -> String {
    let (words, number) = (escape(words), term + 1);
    format!(
        "<a class=\"term\" href=\"{href}#t{number}\" data-explain=\"term-{number}\">{words}</a>"
    )
}

/// A term for the templates.
#[derive(Debug, Clone, Serialize)]
pub struct TermView {
    /// Its number from 1, in the order of the file: `t1` on the glossary's page.
    pub number: usize,
    /// The term, in the language of the text.
    pub name: String,
    /// The term in the other language.
    pub other: String,
    /// The `lang` tag of that.
    pub other_tag: &'static str,
    /// What it means.
    pub explanation: String,
    /// The `lang` tag of the explanation, another one if it is not said in this language.
    pub tag: &'static str,
}

pub(super) fn view(term: &Term, index: usize, lang: Lang) -> TermView {
    TermView {
        number: index + 1,
        name: term.name(lang).to_owned(),
        other: term.name(lang.other()).to_owned(),
        other_tag: lang.other().tag(),
        explanation: term.explain.get(lang).to_owned(),
        tag: term.explain.shown_in(lang).tag(),
    }
}

/// All terms for the page of a language: English by the alphabet, Chinese in the order of the file.
pub(super) fn all(terms: &[Term], lang: Lang) -> Vec<TermView> {
    let numbered = terms.iter().enumerate();
    let mut views: Vec<TermView> = numbered
        .map(|(index, term)| view(term, index, lang))
        .collect();
    if lang == Lang::En {
        views.sort_by_key(|view| (view.name.to_lowercase(), view.number));
    }
    let mut names = BTreeSet::new();
    views.retain(|view| names.insert(view.name.to_lowercase()));
    views
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Localized;

    fn terms() -> Vec<Term> {
        let term = |zh: &str, en: &str, also: &[&str]| Term {
            zh: zh.into(),
            en: en.into(),
            explain: Localized::both("甲", "a"),
            also: also.iter().map(|name| (*name).to_owned()).collect(),
        };
        vec![
            term("区块链", "blockchain", &[]),
            term("区块链平台", "blockchain platform", &["BCP"]),
        ]
    }

    fn check(lang: Lang, text: &str, expect: &str) {
        let terms = Terms::new(&terms(), lang);
        let marked = terms.mark(text, "g", &mut Vec::new()).unwrap_or_default();
        let mut short = marked;
        for number in 1..=2 {
            let start =
                format!("<a class=\"term\" href=\"g#t{number}\" data-explain=\"term-{number}\">");
            short = short.replace(&start, &format!("[{number}:"));
        }
        assert_eq!(short.replace("</a>", "]"), expect);
    }

    #[test]
    fn the_first_and_longest_mention_is_marked() {
        check(
            Lang::Zh,
            "新区块链平台，区块链<",
            "新[2:区块链平台]，[1:区块链]&lt;",
        );
        check(Lang::Zh, "区块链与区块链", "[1:区块链]与区块链");
        check(Lang::En, "Blockchains, a bcp", "[1:Blockchains], a [2:bcp]");
        check(Lang::En, "superblockchain blockchained", "");
    }
}
