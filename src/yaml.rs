//! The only place that knows `serde_yaml`: YAML text to typed values and back.
//!
//! In: YAML that a person wrote, and where it stands. Out: a value, or one [`Diagnostic`] with file,
//! line and column, and a suggestion for a misspelt key. Promise: never panics, always has a line.

use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, did_you_mean};

/// Where a piece of YAML stands: its file, and the line of the file on which it begins (from 1).
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The file, relative to the report's root.
    pub file: &'a Path,
    /// The line on which the YAML text begins.
    pub first_line: usize,
}

impl<'a> Origin<'a> {
    /// A file that is YAML from its first line.
    #[must_use]
    pub fn file(file: &'a Path) -> Self {
        Self {
            file,
            first_line: 1,
        }
    }
}

/// Reads a value. Empty text is read as an empty mapping, so that all defaults apply.
///
/// # Errors
/// A diagnostic in plain words, with the place in the file.
pub fn parse<T: DeserializeOwned>(text: &str, origin: Origin<'_>) -> Result<T, Box<Diagnostic>> {
    // A byte order mark is read as a second document by serde_yaml.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let empty = text.lines().all(|line| {
        let line = line.trim();
        line.is_empty() || line.starts_with('#')
    });
    let text = if empty { "{}" } else { text };
    serde_yaml::from_str(text).map_err(|error| Box::new(explain(&error, text, origin)))
}

/// Writes a value in block style, with a final newline.
///
/// # Errors
/// What `serde_yaml` can't say (no type of ours is one).
pub fn write<T: Serialize>(value: &T) -> Result<String, serde_yaml::Error> {
    serde_yaml::to_string(value)
}

fn explain(error: &serde_yaml::Error, text: &str, origin: Origin<'_>) -> Diagnostic {
    let full = error.to_string();
    let (line, column) = place(&full, error, text);
    let message = strip_location(&full);
    let message = message.as_str();
    let (message, hint) = in_plain_words(message);
    let diagnostic =
        Diagnostic::error(message).at(origin.file, origin.first_line + line - 1, Some(column));
    match hint {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    }
}

/// `serde_yaml` has no place for a missing or doubled key: a missing one is said of the first line,
/// a doubled one of its second mention.
fn place(message: &str, error: &serde_yaml::Error, text: &str) -> (usize, usize) {
    if let Some(key) = quoted_after(message, "duplicate field `")
        && let Some(found) = nth_mention(text, key, 2)
    {
        return found;
    }
    if let Some(key) = duplicate_entry(message)
        && let Some(found) = nth_mention(text, key, 2)
    {
        return found;
    }
    if let Some(key) = quoted_after(message, "unknown field `")
        && let Some(found) = nth_mention(text, key, 1)
    {
        return found;
    }
    error
        .location()
        .map_or((1, 1), |at| (at.line().max(1), at.column().max(1)))
}

/// Line and column (from 1) at which this key stands in a mapping.
pub(crate) fn place_of_key(text: &str, key: &str) -> Option<(usize, usize)> {
    nth_mention(text, key, 1)
}

fn nth_mention(text: &str, key: &str, nth: usize) -> Option<(usize, usize)> {
    text.lines()
        .enumerate()
        .filter_map(|(number, line)| {
            let column = mention_column(line, key)?;
            Some((number + 1, column))
        })
        .nth(nth - 1)
}

/// The column (from 1) of `key:` as a key in this line, also inside `{ … }`.
fn mention_column(line: &str, key: &str) -> Option<usize> {
    line.match_indices(key).find_map(|(at, _)| {
        let (before, rest) = line.split_at(at);
        let after = rest
            .strip_prefix(key)?
            .trim_start_matches(['"', '\''])
            .trim_start();
        let starts = before.trim_end_matches(['"', '\'']).chars().next_back();
        let is_key = after.starts_with(':')
            && starts.is_none_or(|c| c.is_whitespace() || matches!(c, '{' | ',' | '-'));
        is_key.then(|| before.chars().count() + 1)
    })
}

fn quoted_after<'a>(message: &'a str, start: &str) -> Option<&'a str> {
    let (_, rest) = message.split_once(start)?;
    rest.split_once('`').map(|(key, _)| key)
}

fn duplicate_entry(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("duplicate entry with key \"")?;
    rest.split_once('"').map(|(key, _)| key)
}

/// Takes out the places inside a message: they count from the YAML's own first line.
fn strip_location(message: &str) -> String {
    let mut parts = message.split(" at line ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let after = part.split_once(", while ").map(|(_, after)| after);
        if let Some(after) = after {
            out.push_str(", while ");
            out.push_str(after);
        }
    }
    out
}

/// What serde calls the things of YAML, and what a person would call them.
const PLAIN_WORDS: [(&str, &str); 12] = [
    ("invalid type: ", "wrong type: "),
    ("invalid value: ", "wrong value: "),
    ("expected i64", "expected a whole number"),
    ("expected i32", "expected a whole number"),
    ("expected usize", "expected a whole number from 0"),
    ("expected f64", "expected a number"),
    ("expected a sequence", "expected a list, such as [a, b]"),
    ("expected a boolean", "expected true or false"),
    ("expected a string", "expected a text"),
    ("wrong type: sequence", "wrong type: a list"),
    ("wrong type: map", "wrong type: keys with values"),
    ("wrong type: string", "wrong type: the text"),
];

fn plain(message: &str) -> String {
    let mut message = message.to_owned();
    for (serde, ours) in PLAIN_WORDS {
        message = message.replace(serde, ours);
    }
    // `expected struct FrontMatter`: the name of one of our types says nothing to a writer.
    match message.split_once("expected struct ") {
        Some((before, _)) => format!("{before}expected lines of `key: value`"),
        None => message,
    }
}

fn in_plain_words(message: &str) -> (String, Option<String>) {
    if let Some(key) = quoted_after(message, "unknown field `") {
        let known: Vec<&str> = message
            .split_once("expected")
            .map(|(_, list)| list.split('`').skip(1).step_by(2).collect())
            .unwrap_or_default();
        let hint = match did_you_mean(key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            // `{ en: 450,000 jobs }`
            None if key.starts_with(|c: char| c.is_ascii_digit()) => {
                "a comma between braces ends a value: write a text with one in quotation marks"
                    .to_owned()
            }
            None => format!("the keys here are: {}", known.join(", ")),
        };
        return (format!("unknown key `{key}`"), Some(hint));
    }
    if let Some(key) = quoted_after(message, "missing field `") {
        return (
            format!("the key `{key}` is missing"),
            Some(format!("add a line `{key}: …`")),
        );
    }
    if let Some(key) = quoted_after(message, "duplicate field `").or(duplicate_entry(message)) {
        return (
            format!("the key `{key}` stands here twice"),
            Some("keep one of the two".into()),
        );
    }
    if let Some((before, _)) = message.split_once("unknown variant `") {
        let wrong = quoted_after(message, "unknown variant `").unwrap_or_default();
        let known = message.split_once("expected ").map(|(_, known)| known);
        return (
            format!("{before}`{wrong}` is not known here"),
            known.map(|known| format!("write {}", known.trim_start_matches("one of "))),
        );
    }
    if is_about_a_date(message) {
        let (before, _) = message.split_once(": ").unwrap_or_default();
        return (
            format!("{before}: this is not a date"),
            Some("write year, month and day like this: 2021-02-28".into()),
        );
    }
    if message.contains("invalid type") || message.contains("invalid value") {
        return (
            plain(message),
            Some("mend the value; a text with `:` or `#` in it needs quotation marks".into()),
        );
    }
    (
        format!("this is not valid YAML: {message}"),
        Some("check the indentation, and put texts with `:` or `#` in quotation marks".into()),
    )
}

/// jiff's errors for a date that can't be read or does not exist.
fn is_about_a_date(message: &str) -> bool {
    let (key, rest) = message.split_once(": ").unwrap_or_default();
    let last = key.rsplit('.').next().unwrap_or(key);
    matches!(last, "date" | "updated") && !rest.contains("invalid type")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Sample {
        title: String,
        #[serde(default)]
        order: i32,
    }

    fn check(text: &str, expect: &str) {
        let origin = Origin {
            file: Path::new("a.md"),
            first_line: 2,
        };
        let shown = match parse::<Sample>(text, origin) {
            Ok(value) => format!("{value:?}"),
            Err(diagnostic) => diagnostic.to_string(),
        };
        assert_eq!(shown, expect);
    }

    #[test]
    fn a_misspelt_key_is_named() {
        check(
            "title: a\ntitel: b\n",
            "error: unknown key `titel`\n  --> a.md:3:1\n  help: did you mean `title`?",
        );
    }

    #[test]
    fn a_doubled_key_has_its_line() {
        check(
            "title: a\norder: 1\ntitle: b\n",
            "error: the key `title` stands here twice\n  --> a.md:4:1\n  help: keep one of the two",
        );
    }

    #[test]
    fn a_missing_key_is_named() {
        check(
            "order: 1\n",
            "error: the key `title` is missing\n  --> a.md:2:1\n  help: add a line `title: …`",
        );
    }

    #[test]
    fn a_wrong_type_has_its_place() {
        check(
            "title: a\norder: first\n",
            "error: order: wrong type: the text \"first\", expected a whole number\n  --> a.md:3:8\n  help: mend the value; a text with `:` or `#` in it needs quotation marks",
        );
    }
}
