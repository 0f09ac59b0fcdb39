//! What is wrong with a person's content, said so that she can mend it.
//!
//! In: a place and a sentence from whichever stage met the trouble. Out: [`Diagnostic`]s, gathered
//! by every stage and printed by one printer (`Display` for people, `Serialize` for machines).
//! Promise: a diagnostic never stops the rest of the report; trouble with the *environment* (a disk,
//! a missing file named on the command line) is an [`Error`](crate::error::Error) instead.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

/// How bad it is. Only [`Severity::Error`] makes a command exit with 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something worth knowing; nothing has to be done.
    Note,
    /// Probably not what was meant.
    Warning,
    /// Wrong: a part of the report is missing or false because of it.
    Error,
}

impl Severity {
    /// The word that opens the printed message.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where it is: a file relative to the report's root, and in it a line and a column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Path as the person would type it, relative to the root where possible.
    pub file: PathBuf,
    /// Line, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Column in characters, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", slashed(&self.file))?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        Ok(())
    }
}

/// One thing that is wrong, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Where it is, if it is in a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Where else one has to look: the other place of two that differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related: Option<Box<Place>>,
    /// What is wrong: lower case, no final full stop.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl Diagnostic {
    /// Something as bad as this.
    pub fn of(severity: Severity, message: impl Into<String>) -> Self {
        Self {
            severity,
            place: None,
            related: None,
            message: message.into(),
            hint: None,
        }
    }

    /// Something that is wrong.
    pub fn error(message: impl Into<String>) -> Self {
        Self::of(Severity::Error, message)
    }

    /// Something that is probably not meant.
    pub fn warning(message: impl Into<String>) -> Self {
        Self::of(Severity::Warning, message)
    }

    /// Something worth knowing.
    pub fn note(message: impl Into<String>) -> Self {
        Self::of(Severity::Note, message)
    }

    /// Says in which file it is.
    #[must_use]
    pub fn in_file(mut self, file: impl AsRef<Path>) -> Self {
        self.place = Some(Place {
            file: file.as_ref().to_owned(),
            line: None,
            column: None,
        });
        self
    }

    /// Says on which line, and in which column if it is known (both from 1).
    #[must_use]
    pub fn at(mut self, file: impl AsRef<Path>, line: usize, column: Option<usize>) -> Self {
        self.place = Some(Place {
            file: file.as_ref().to_owned(),
            line: Some(line),
            column,
        });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.severity.word(), self.message)?;
        if let Some(place) = &self.place {
            write!(f, "\n  --> {place}")?;
        }
        if let Some(place) = &self.related {
            write!(f, "\n  and {place}")?;
        }
        if let Some(hint) = &self.hint {
            let mut lines = hint.lines();
            write!(f, "\n  help: {}", lines.next().unwrap_or_default())?;
            for line in lines {
                write!(f, "\n        {line}")?;
            }
        }
        Ok(())
    }
}

/// Whether any of them makes the command exit with 1.
#[must_use]
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// Sorts by file, line and column, so that the order never depends on threads.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        (&a.place, &a.severity, &a.message).cmp(&(&b.place, &b.severity, &b.message))
    });
}

/// Line and column (from 1, in characters) of a byte position in a text.
///
/// A position past the end counts as the end; one inside a character counts as its start.
#[must_use]
pub fn line_column(text: &str, byte: usize) -> (usize, usize) {
    let mut line = 1;
    let mut column = 1;
    for (at, character) in text.char_indices() {
        if at + character.len_utf8() > byte {
            break;
        }
        if character == '\n' {
            line += 1;
            column = 1;
        } else {
            column += 1;
        }
    }
    (line, column)
}

/// The lines of a text, for many places in it: asking for one does not read it from the start.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    /// The byte at which each line after the first begins.
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds where the lines begin.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let ends = text.match_indices('\n');
        Self {
            text,
            starts: ends.map(|(at, _)| at + 1).collect(),
        }
    }

    /// As [`line_column`].
    #[must_use]
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let before = self.starts.partition_point(|&start| start <= byte);
        let start = before
            .checked_sub(1)
            .and_then(|at| self.starts.get(at).copied())
            .unwrap_or(0);
        let rest = self.text.get(start..).unwrap_or_default();
        (before + 1, line_column(rest, byte - start).1)
    }
}

/// As many names are looked through for a suggestion: thousands of mistakes among thousands of names
/// must not take longer than everything else.
const MOST_NAMES: usize = 1_000;

/// The most similar of the known names, if one is similar enough to be what was meant.
#[must_use]
pub fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .take(MOST_NAMES)
        .map(|name| {
            (
                strsim::jaro_winkler(&wrong.to_lowercase(), &name.to_lowercase()),
                name,
            )
        })
        // 0.8 is where rustc's and clap's suggestions stop being useful, too.
        .filter(|(score, _)| *score >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// A path with `/` between its parts on every system, so that messages and pages are the same.
#[must_use]
pub fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_place_and_hint() {
        let shown = Diagnostic::error("unknown key `titel`")
            .at("content/a.zh.md", 2, Some(1))
            .hint("did you mean `title`?")
            .to_string();
        assert_eq!(
            shown,
            "error: unknown key `titel`\n  --> content/a.zh.md:2:1\n  help: did you mean `title`?"
        );
    }

    #[test]
    fn columns_are_characters() {
        assert_eq!(line_column("中文\n甲乙丙", "中文\n甲乙".len()), (2, 3));
        assert_eq!(line_column("ab", 99), (1, 3));
        let text = "中文\n甲乙丙\n\n丁";
        let lines = Lines::new(text);
        for byte in 0..text.len() + 2 {
            assert_eq!(lines.line_column(byte), line_column(text, byte), "{byte}");
        }
    }

    #[test]
    fn suggests_only_what_is_near() {
        assert_eq!(did_you_mean("titel", ["title", "order"]), Some("title"));
        assert_eq!(did_you_mean("colour", ["title", "order"]), None);
    }
}
