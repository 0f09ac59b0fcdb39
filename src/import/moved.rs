//! Pages that a person has moved or renamed since they were imported.
//!
//! In: the pages wanted, the record of the import before, what stands in `content/`. Out: where each page is now.
//! Promise: a page is recognised by the source of its front matter: the same lines, or its own name, or the same
//! numbers of lines; one that stands where it belongs is not looked for; no page is taken for two.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::pages;
use super::plan::Wanted;
use super::record::{FileRecord, Record};
use crate::content::front_matter::{self, Source};
use crate::diagnostic::slashed;

/// Where pages are now, by where the import would put them.
pub(super) type Moves = BTreeMap<String, String>;

/// A page that a person may have moved.
struct Candidate {
    path: String,
    source: Source,
}

/// Finds the wanted pages that stand elsewhere. `foreign` are the files of the imports of other sources.
pub(super) fn find(
    root: &Path,
    wanted: &[Wanted],
    earlier: Option<&Record>,
    foreign: &BTreeSet<&str>,
) -> Moves {
    let mut moves = Moves::new();
    let known: Vec<&FileRecord> = earlier.iter().flat_map(|record| &record.files).collect();
    let mut missing = Vec::new();
    for file in wanted {
        if pages::page_name(&file.path).is_none() {
            continue;
        }
        let is_it = |known: &&&FileRecord| known.moved_from.as_ref() == Some(&file.path);
        let before = known.iter().find(is_it).map(|known| known.path.clone());
        match before.filter(|path| root.join(path).is_file()) {
            Some(path) => {
                moves.insert(file.path.clone(), path);
            }
            None if !root.join(&file.path).exists() => missing.push(file),
            None => {}
        }
    }
    if missing.is_empty() {
        return moves;
    }
    // What stands where an import put it belongs to that import, under whatever name.
    let mut taken: BTreeSet<String> = moves.values().cloned().collect();
    taken.extend(foreign.iter().map(|path| (*path).to_owned()));
    taken.extend(known.iter().map(|known| known.path.clone()));
    taken.extend(wanted.iter().map(|file| file.path.clone()));
    let mut candidates = candidates(root, &taken);
    let same: [fn(&Wanted, &Source, &Candidate) -> bool; 3] = [
        |_, source, other| source.sha256.is_some() && source.sha256 == other.source.sha256,
        |file, _, other| name(&file.path) == name(&other.path),
        |_, source, other| source.lines == other.source.lines,
    ];
    let mut missing: Vec<(&Wanted, Source)> = missing
        .into_iter()
        .filter_map(|file| Some((file, source(&file.path, &file.text)?)))
        .collect();
    for is_same in same {
        missing.retain(|(file, source)| {
            let is_it = |other: &Candidate| {
                other.source.file == source.file && is_same(file, source, other)
            };
            // Of two that may be it the one with its name is.
            let named = |other: &Candidate| is_it(other) && name(&file.path) == name(&other.path);
            let found = candidates.iter().position(named);
            let Some(found) = found.or_else(|| candidates.iter().position(is_it)) else {
                return true;
            };
            moves.insert(file.path.clone(), candidates.remove(found).path);
            false
        });
    }
    moves
}

/// The pages of `content/` that say which source they are from, but for these.
fn candidates(root: &Path, taken: &BTreeSet<String>) -> Vec<Candidate> {
    let walk = WalkDir::new(root.join("content")).sort_by_file_name();
    let candidate = |entry: walkdir::DirEntry| {
        let path = slashed(entry.path().strip_prefix(root).ok()?);
        pages::page_name(&path)?;
        if taken.contains(&path) {
            return None;
        }
        let text = fs::read_to_string(entry.path()).ok()?;
        let source = source(&path, &text)?;
        Some(Candidate { path, source })
    };
    walk.into_iter()
        .filter_map(Result::ok)
        .filter_map(candidate)
        .collect()
}

fn source(path: &str, text: &str) -> Option<Source> {
    let head = front_matter::parse(Path::new(path), text, &mut Vec::new());
    head.ok()?.meta.source
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Puts the pages where they are now.
pub(super) fn apply(
    moves: &Moves,
    files: &mut [Wanted],
    record: &mut Record,
    pages: &mut [(String, String)],
) {
    let paths = files.iter_mut().map(|file| &mut file.path);
    let accounts = record
        .lines
        .iter_mut()
        .filter_map(|line| line.page.as_mut());
    let shown = pages.iter_mut().map(|(path, _)| path);
    for path in paths.chain(accounts).chain(shown) {
        if let Some(now) = moves.get(path) {
            path.clone_from(now);
        }
    }
}

/// The record of the import before, as if it had put the pages where they are now.
pub(super) fn follow(moves: &Moves, earlier: &Record) -> Record {
    let mut record = earlier.clone();
    for file in &mut record.files {
        if let Some(now) = moves.get(&file.path) {
            file.path.clone_from(now);
        }
    }
    record
}

/// Notes in the record which pages were moved, and from where.
pub(super) fn note(moves: &Moves, files: &mut [FileRecord]) {
    let from: BTreeMap<&String, &String> = moves.iter().map(|(from, now)| (now, from)).collect();
    for file in files {
        file.moved_from = from.get(&file.path).map(|from| (*from).clone());
    }
}
