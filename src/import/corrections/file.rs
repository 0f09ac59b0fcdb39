//! The file of corrections: YAML to [`Correction`]s.
//!
//! In: the root and the name of a source. Out: the entries, and a diagnostic for each that can't be
//! read. Promise: a mistake in one entry does not touch the others; no file is no corrections.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Correction, Entry};
use crate::diagnostic::{Diagnostic, Lines, line_column};
use crate::error::{Error, Result};
use crate::yaml::{self, Origin};

pub(super) const SUFFIX: &str = ".corrections.yaml";
const KEYS: [&str; 5] = ["line", "column", "wrong", "right", "note"];

/// An entry as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    line: usize,
    #[serde(default)]
    column: Option<usize>,
    wrong: String,
    right: String,
    #[serde(default)]
    note: Option<String>,
}

/// Whether a file is a list of corrections, and no source.
#[must_use]
pub fn is_corrections(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(SUFFIX)
}

/// Reads the corrections of a source: `sources/report.txt` has `sources/report.corrections.yaml`, or
/// `sources/report.txt.corrections.yaml` if another source is called `report`, too. Those of a source
/// outside of the report, or at its top, may be in `sources/`.
///
/// # Errors
/// If such a file is there and can't be read.
pub fn read(root: &Path, source: &str) -> Result<(Vec<Correction>, Vec<Diagnostic>)> {
    let mut corrections = Vec::new();
    let mut diagnostics = Vec::new();
    for path in paths(source) {
        let bytes = match std::fs::read(root.join(&path)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Error::read(&path)(error)),
        };
        match text(&path, &bytes) {
            Ok(text) => parse(text, &path, &mut corrections, &mut diagnostics),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    Ok((corrections, diagnostics))
}

/// The folders in which the corrections of a source may be.
pub(super) fn folders(source: &str) -> Vec<PathBuf> {
    let folder = Path::new(source).parent().unwrap_or(Path::new(""));
    let mut folders = vec![folder.to_owned()];
    if folder.as_os_str().is_empty() {
        folders.push("sources".into());
    }
    folders
}

/// The files that may hold them.
pub(super) fn paths(source: &str) -> Vec<PathBuf> {
    let folders = folders(source);
    let source = Path::new(source);
    let name = source.file_name().unwrap_or_default().to_string_lossy();
    let stem = source.file_stem().unwrap_or_default().to_string_lossy();
    let mut paths = Vec::new();
    for folder in folders {
        paths.push(folder.join(format!("{stem}{SUFFIX}")));
        if name != stem {
            paths.push(folder.join(format!("{name}{SUFFIX}")));
        }
    }
    paths
}

fn text<'a>(path: &Path, bytes: &'a [u8]) -> std::result::Result<&'a str, Box<Diagnostic>> {
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let before = String::from_utf8_lossy(valid);
        let (line, column) = line_column(&before, before.len());
        Box::new(
            Diagnostic::error("the file is not UTF-8, so that none of its corrections is applied")
                .at(path, line, Some(column))
                .hint("save it as UTF-8"),
        )
    })
}

/// Reads the list an entry at a time, so that each has its place and stands for itself.
fn parse(
    text: &str,
    path: &Path,
    corrections: &mut Vec<Correction>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for item in items(text) {
        let first_line = item.first_line;
        let origin = Origin {
            file: path,
            first_line,
        };
        let read = match item.dash {
            Some(column) => {
                // Blanks for the dash, so that columns stay.
                let body = item.text.replacen('-', " ", 1);
                let entry = entry(path, &body, first_line, column);
                yaml::parse::<Written>(&body, origin).map(|written| vec![(written, entry)])
            }
            None => {
                yaml::parse::<Vec<Written>>(item.text, origin).map(|list| flow(path, &item, list))
            }
        };
        match read {
            Ok(list) => {
                for (written, entry) in list {
                    take(written, entry, corrections, diagnostics);
                }
            }
            Err(diagnostic) if item.dash.is_none() && diagnostic.message.contains("a list") => {
                diagnostics.push(diagnostic.hint(EXAMPLE));
            }
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
}

const EXAMPLE: &str = "begin each correction with a dash:\n\
    - line: 4\n\
    \u{20} wrong: what the restored line says\n\
    \u{20} right: what it should say";

/// The entries of a list in flow style, `[{ line: 2, … }, …]`, each with the place of its brace.
fn flow(path: &Path, item: &Item<'_>, list: Vec<Written>) -> Vec<(Written, Entry)> {
    let lines = Lines::new(item.text);
    let braces: Vec<usize> = item.text.match_indices('{').map(|(at, _)| at).collect();
    // With braces in texts nobody knows which is which.
    let is_known = braces.len() == list.len();
    let place = |at: usize| {
        let brace = braces.get(at).filter(|_| is_known);
        let (line, column) = lines.line_column(brace.copied().unwrap_or(0));
        let mut entry = entry(path, "", item.first_line, column);
        entry.begins.0 += line - 1;
        entry
    };
    let with = |(at, written)| (written, place(at));
    list.into_iter().enumerate().map(with).collect()
}

fn entry(path: &Path, body: &str, first_line: usize, column: usize) -> Entry {
    let place = |key: &'static str| {
        let (line, column) = yaml::place_of_key(body, key)?;
        Some((key, (first_line + line - 1, column)))
    };
    Entry {
        file: path.to_owned(),
        begins: (first_line, column),
        keys: KEYS
            .into_iter()
            .filter_map(place)
            .collect::<BTreeMap<_, _>>(),
    }
}

/// Takes an entry that says something.
fn take(
    written: Written,
    entry: Entry,
    corrections: &mut Vec<Correction>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let wrong = if written.wrong.is_empty() {
        Some((
            "wrong",
            "`wrong` is empty",
            "give the words before the place too, in `wrong` and in `right`",
        ))
    } else if written.wrong == written.right {
        Some((
            "right",
            "`wrong` and `right` are the same",
            "change `right`, or take the entry out: what is right needs no correction",
        ))
    } else if written.wrong.contains('\n') || written.right.contains('\n') {
        Some((
            "wrong",
            "a correction can't go over the end of a line",
            "write one entry for each line",
        ))
    } else {
        None
    };
    if let Some((key, message, hint)) = wrong {
        let (line, column) = entry.of(key);
        let said = Diagnostic::error(message).at(&entry.file, line, Some(column));
        diagnostics.push(said.hint(hint));
        return;
    }
    corrections.push(Correction {
        line: written.line,
        column: written.column,
        wrong: written.wrong,
        right: written.right,
        note: written.note,
        entry,
    });
}

/// A piece of the file.
struct Item<'a> {
    text: &'a str,
    first_line: usize,
    /// The column of the dash that begins an entry; none for a file that is no list of such.
    dash: Option<usize>,
}

/// The entries of a list in block style. What else an entry holds is indented deeper than its dash, so
/// that every dash in that column begins one.
fn items(text: &str) -> Vec<Item<'_>> {
    let is_void = |line: &str| {
        let line = line.trim();
        line.is_empty() || line.starts_with('#') || line == "---"
    };
    let mut begin: Vec<(usize, usize)> = Vec::new();
    let mut column = None;
    let mut at = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let rest = line.trim_start_matches(' ');
        let dash = rest
            .strip_prefix('-')
            .is_some_and(|rest| rest.chars().next().is_none_or(char::is_whitespace));
        if column.is_none() && !is_void(line) {
            if !dash {
                return vec![Item {
                    text: text.get(at..).unwrap_or_default(),
                    first_line: index + 1,
                    dash: None,
                }];
            }
            column = Some(indent);
        }
        if dash && column == Some(indent) {
            begin.push((at, index + 1));
        }
        at += line.len();
    }
    let ends = begin.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let dash = column.map(|column| column + 1);
    begin
        .iter()
        .zip(ends)
        .map(|(&(from, first_line), to)| Item {
            text: text.get(from..to).unwrap_or_default(),
            first_line,
            dash,
        })
        .collect()
}
