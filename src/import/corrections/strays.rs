//! Lists of corrections that no import would ever apply.
//!
//! In: the root, the source that is imported, and what the others are known by. Out: a warning for each
//! file that looks like a list of corrections and is for no source. Promise: a list that another import
//! applies is not named, nor is any other file.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::file::{SUFFIX, folders, paths};
use crate::diagnostic::{Diagnostic, did_you_mean, slashed};
use crate::error::{Error, Result};

/// How else people end the name of such a list.
const MISSPELT: [&str; 3] = [".corrections.yml", ".correction.yaml", ".correction.yml"];

/// Looks through the folders in which the corrections of `source` may be. `known` are the names of the
/// sources that were imported before.
///
/// # Errors
/// If such a folder is there and can't be read.
pub fn strays<'a>(
    root: &Path,
    source: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<Diagnostic>> {
    // The corrections of a source outside of the report are in it.
    let outside: Vec<&str> = known
        .into_iter()
        .filter(|name| !name.contains('/'))
        .collect();
    let applied = paths(source);
    let mut all: BTreeSet<PathBuf> = folders(source).into_iter().collect();
    all.insert(PathBuf::from("sources"));
    let mut said = Vec::new();
    for folder in all {
        let names = names(root, &folder)?;
        let sources: Vec<&str> = names
            .iter()
            .map(String::as_str)
            .filter(|name| list_of(name).is_none())
            .chain(outside.iter().copied())
            .collect();
        for name in &names {
            let Some((of, ends_well)) = list_of(name) else {
                continue;
            };
            let path = folder.join(name);
            let right = folder.join(format!("{of}{SUFFIX}"));
            let is_called = |one: &&str| *one == of || stem(one) == of;
            let has_source = applied.contains(&right) || sources.iter().any(is_called);
            if has_source && ends_well {
                continue;
            }
            let hint = if has_source {
                format!("rename it to {}", slashed(&right))
            } else {
                let free = |one: &&str| !names.contains(&format!("{}{SUFFIX}", stem(one)));
                let others: Vec<&str> = sources.iter().copied().filter(free).collect();
                rename(of, source, &applied, root, &folder, &others)
            };
            let message = if has_source {
                format!("these corrections are not applied: the name does not end with `{SUFFIX}`")
            } else {
                format!("these corrections are not applied: no source is called `{of}`")
            };
            said.push(Diagnostic::warning(message).in_file(path).hint(hint));
        }
    }
    Ok(said)
}

/// What a list without a source may have been meant for: a name that is nearly the same, or else the
/// source that is imported, if it has no list yet.
fn rename(
    of: &str,
    source: &str,
    applied: &[PathBuf],
    root: &Path,
    folder: &Path,
    others: &[&str],
) -> String {
    let stems = others.iter().map(|one| stem(one));
    if let Some(near) = did_you_mean(of, others.iter().copied().chain(stems)) {
        let right = folder.join(format!("{}{SUFFIX}", stem(near)));
        return format!("did you mean `{near}`? rename it to {}", slashed(&right));
    }
    match applied.first() {
        Some(right) if !applied.iter().any(|path| root.join(path).exists()) => format!(
            "if it is for {source}, rename it to {}; else give it the name of its source",
            slashed(right)
        ),
        _ => format!("give it the name of its source: `<source>{SUFFIX}`"),
    }
}

/// What a list of corrections is for by its name, and whether it ends as it should.
fn list_of(name: &str) -> Option<(&str, bool)> {
    let right = name.strip_suffix(SUFFIX).map(|of| (of, true));
    let wrong = || {
        MISSPELT
            .iter()
            .find_map(|end| Some((name.strip_suffix(end)?, false)))
    };
    right.or_else(wrong)
}

fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// The files of a folder, in the order of their names; none if it is not there.
fn names(root: &Path, folder: &Path) -> Result<Vec<String>> {
    let folder = root.join(folder);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::read(&folder)(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(Error::read(&folder))?;
        if entry.path().is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}
