//! The terms of a report: `content/glossary.yaml`, written by a person.
//!
//! In: the text of that file, a list of terms. Out: [`Term`]s in its order. Promise: a term that can't
//! be read is an error with its line and column; a name that stands for two terms is said.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, Localized};
use crate::yaml::{self, Origin};

/// The file's name in `content/`.
pub const FILE: &str = "glossary.yaml";

/// A term in both languages, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The term in Chinese.
    pub zh: String,
    /// The term in English.
    pub en: String,
    /// What it means, in both languages.
    pub explain: Localized,
    /// Other names that stand in the texts for it: abbreviations, plurals.
    #[serde(default)]
    pub also: Vec<String>,
}

impl Term {
    /// The term in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// All the names that stand for it in a text of this language.
    pub fn names(&self, lang: Lang) -> impl Iterator<Item = &str> {
        let also = self.also.iter().map(String::as_str);
        std::iter::once(self.name(lang)).chain(also)
    }
}

/// Reads the file. A term without a name or an explanation is left out, and said.
///
/// # Errors
/// One diagnostic with its place, if the file can't be read.
pub fn parse(
    text: &str,
    file: &Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<Term>, Box<Diagnostic>> {
    let is_empty = text.lines().all(|line| {
        let line = line.trim_start_matches('\u{feff}').trim();
        line.is_empty() || line.starts_with('#')
    });
    if is_empty {
        return Ok(Vec::new());
    }
    let mut terms: Vec<Term> = yaml::parse(text, Origin::file(file))?;
    let mut taken: BTreeMap<(Lang, String), String> = BTreeMap::new();
    terms.retain(|term| {
        let place = |name: &str| place(text, name);
        if term.zh.trim().is_empty() || term.en.trim().is_empty() {
            let (line, column) = place(&format!("{}{}", term.zh, term.en));
            diagnostics.push(
                Diagnostic::error("a term has no name in one of the languages")
                    .at(file, line, Some(column))
                    .hint("write both, as `zh:` and `en:`; the term was left out"),
            );
            return false;
        }
        for lang in Lang::ALL {
            let key = (lang, term.name(lang).to_lowercase());
            if let Some(first) = taken.insert(key, term.en.clone()) {
                let (line, column) = last_place(text, term.name(lang));
                diagnostics.push(
                    Diagnostic::warning(format!(
                        "the term `{}` stands here twice (see `{first}`)",
                        term.name(lang)
                    ))
                    .at(file, line, Some(column))
                    .hint("keep one of the two; the texts explain the first one"),
                );
            }
        }
        true
    });
    Ok(terms)
}

/// Line and column (from 1) of the first mention of a name.
fn place(text: &str, name: &str) -> (usize, usize) {
    let mut lines = text.lines().enumerate();
    lines
        .find_map(|(number, line)| Some((number + 1, column(line, name)?)))
        .unwrap_or((1, 1))
}

fn last_place(text: &str, name: &str) -> (usize, usize) {
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(number, line)| Some((number + 1, column(line, name)?)))
        .last()
        .unwrap_or((1, 1))
}

fn column(line: &str, name: &str) -> Option<usize> {
    let (before, _) = line.split_once(name).filter(|_| !name.is_empty())?;
    Some(before.chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let mut diagnostics = Vec::new();
        let read = parse(text, Path::new("glossary.yaml"), &mut diagnostics);
        let mut said: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        said.extend(read.err().map(|error| error.to_string()));
        let firsts: Vec<&str> = said.iter().map(|one| one.lines().next().unwrap()).collect();
        let places: Vec<&str> = said
            .iter()
            .filter_map(|one| one.lines().nth(1))
            .map(|line| line.trim_start_matches("  --> "))
            .collect();
        let both: Vec<String> = firsts
            .iter()
            .zip(places)
            .map(|(first, place)| format!("{place} {first}"))
            .collect();
        assert_eq!(both, expect);
    }

    #[test]
    fn a_good_file_says_nothing() {
        check("", &[]);
        check("# nothing yet\n", &[]);
        check(
            "- { zh: 区块链, en: blockchain, explain: { zh: 甲, en: a }, also: [BC] }\n",
            &[],
        );
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        check(
            "- zh: 区块链\n  eng: blockchain\n  explain: a\n",
            &["glossary.yaml:2:3 error: unknown key `eng`"],
        );
        check(
            "- { zh: 甲, en: a, explain: b }\n- { zh: 乙, en: A, explain: b }\n",
            &["glossary.yaml:2:16 warning: the term `A` stands here twice (see `a`)"],
        );
        check(
            "- { zh: '', en: a, explain: b }\n",
            &["glossary.yaml:1:17 error: a term has no name in one of the languages"],
        );
    }
}
