//! The YAML head of a page.
//!
//! In: the text of a Markdown file. Out: its [`FrontMatter`] and where the Markdown begins.
//! Promise: a file whose head can't be read gives one diagnostic with its line and column; a byte
//! order mark and Windows line ends are read, and mentioned.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

use crate::diagnostic::Diagnostic;
use crate::yaml::{self, Origin};

/// What stands between the two `---` lines.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontMatter {
    /// The page's title, plain text.
    pub title: String,
    /// One or two sentences for listings and search engines, plain text.
    #[serde(default)]
    pub description: Option<String>,
    /// Place among its neighbours: smaller comes first, pages without one come last.
    #[serde(default)]
    pub order: Option<i64>,
    /// The day it was published.
    #[serde(default)]
    pub date: Option<Date>,
    /// The day it was last changed.
    #[serde(default)]
    pub updated: Option<Date>,
    /// Words to file it under.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Its name in the address; without one, the file's name.
    #[serde(default)]
    pub slug: Option<String>,
    /// Earlier names, which lead here.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Left out unless drafts are asked for.
    #[serde(default)]
    pub draft: bool,
    /// Charts to show at the end of the text, by the names of their data.
    #[serde(default)]
    pub charts: Vec<String>,
    /// What `import` made it from.
    #[serde(default)]
    pub source: Option<Source>,
    /// Values of the person's own, for the theme.
    #[serde(default)]
    pub extra: BTreeMap<String, serde_json::Value>,
}

impl FrontMatter {
    /// The day of the last change, as far as it is said.
    #[must_use]
    pub fn last_change(&self) -> Option<Date> {
        self.updated.or(self.date)
    }
}

/// The lines of a source that a page was made from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The source's file name.
    pub file: String,
    /// The lines, `first-last`, counted from 1.
    #[serde(default, deserialize_with = "text_or_number")]
    pub lines: Option<String>,
    /// SHA-256 of these lines as they stood in the file, in hexadecimal.
    #[serde(default)]
    pub sha256: Option<String>,
}

/// `lines: 7` is a number to YAML and means the same as `lines: "7"`.
fn text_or_number<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    Ok(match serde_json::Value::deserialize(deserializer)? {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text),
        other => Some(other.to_string()),
    })
}

/// A page's head and the place of its body.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// The front matter.
    pub meta: FrontMatter,
    /// Byte at which the Markdown begins.
    pub body_start: usize,
    /// Line (from 1) on which the Markdown begins.
    pub body_line: usize,
}

/// Reads the head of a Markdown file.
///
/// # Errors
/// One diagnostic: no head, a head that is not closed, or YAML that can't be read.
pub fn parse(
    file: &Path,
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Head, Box<Diagnostic>> {
    let rest = text.strip_prefix('\u{feff}');
    if rest.is_some() {
        diagnostics.push(
            Diagnostic::warning("the file starts with a byte order mark")
                .at(file, 1, Some(1))
                .hint(
                    "save it as UTF-8 without the mark; it was read as if the mark were not there",
                ),
        );
    }
    let block = find(rest.unwrap_or(text)).ok_or_else(|| Box::new(no_block(file, text)))?;
    if block.windows_line_ends {
        diagnostics.push(
            Diagnostic::warning("the front matter has Windows line ends (CRLF)")
                .at(file, 1, Some(1))
                .hint("they were read as line ends; an editor can save the file with LF alone"),
        );
    }
    let yaml = block.yaml.replace("\r\n", "\n");
    let meta: FrontMatter = yaml::parse(
        &yaml,
        Origin {
            file,
            first_line: 2,
        },
    )?;
    if meta.title.trim().is_empty() {
        let (line, column) = title_place(&yaml);
        return Err(Box::new(
            Diagnostic::error("the title is empty")
                .at(file, line, Some(column))
                .hint("write the page's title after `title:`"),
        ));
    }
    Ok(Head {
        meta,
        body_start: text.len() - block.body.len(),
        body_line: 3 + block.yaml.matches('\n').count(),
    })
}

fn title_place(yaml: &str) -> (usize, usize) {
    let at = yaml
        .lines()
        .position(|line| line.starts_with("title"))
        .unwrap_or(0);
    (at + 2, 1)
}

struct Block<'a> {
    /// The text between the two fences, with its last line end.
    yaml: &'a str,
    body: &'a str,
    windows_line_ends: bool,
}

/// The block between a first line `---` and the next such line.
fn find(text: &str) -> Option<Block<'_>> {
    let (first, inside) = text.split_once('\n')?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut at = 0;
    for line in inside.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") && !line.starts_with(char::is_whitespace) {
            let (yaml, rest) = inside.split_at(at);
            let body = rest.strip_prefix(line).unwrap_or_default();
            return Some(Block {
                yaml,
                body,
                windows_line_ends: first.ends_with('\r'),
            });
        }
        at += line.len();
    }
    None
}

fn no_block(file: &Path, text: &str) -> Diagnostic {
    let first = text
        .trim_start_matches('\u{feff}')
        .lines()
        .next()
        .unwrap_or_default();
    if first.trim_end() == "---" {
        Diagnostic::error("the front matter is not closed")
            .at(file, 1, Some(1))
            .hint("add a line `---` after the last key")
    } else {
        Diagnostic::error("the page has no front matter")
            .at(file, 1, Some(1))
            .hint("begin the file with three lines: `---`, `title: …`, `---`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Result<Head, Box<Diagnostic>>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let head = parse(Path::new("a.zh.md"), text, &mut diagnostics);
        (head, diagnostics)
    }

    #[test]
    fn the_body_begins_after_the_second_fence() {
        let text = "---\ntitle: 甲\norder: 2\n---\n正文\n";
        let (head, diagnostics) = read(text);
        let head = head.unwrap();
        assert_eq!(&text[head.body_start..], "正文\n");
        assert_eq!((head.body_line, head.meta.order), (5, Some(2)));
        assert_eq!(diagnostics, []);
    }

    #[test]
    fn windows_files_are_read() {
        let text = "\u{feff}---\r\ntitle: 甲\r\n---\r\n正文\r\n";
        let (head, diagnostics) = read(text);
        let head = head.unwrap();
        assert_eq!(&text[head.body_start..], "正文\r\n");
        assert_eq!(head.meta.title, "甲");
        assert_eq!(diagnostics.len(), 2);
    }
}
