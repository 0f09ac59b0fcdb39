//! What a person knows better than repair: `<source>.corrections.yaml`.
//!
//! In: the file beside a source, and lines after repair. Out: the lines as she has them, what was
//! done, and what is wrong with her list. Two steps: [`file`](mod@file) reads the list, [`apply()`] puts
//! it into effect; [`strays()`] names the lists that are for no source. Promises: a correction is applied where its words stand or not at all, and never
//! at a place that she may not have meant; one that the channel speaks against is questioned and
//! applied all the same, because she may have seen another copy.

mod apply;
mod file;
mod place;
mod strays;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::diagnostic::Diagnostic;

pub use apply::{Applied, apply};
pub use file::{is_corrections, read};
pub use strays::strays;

/// One entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The line of the source, from 1.
    pub line: usize,
    /// The column of the restored line in which `wrong` begins, from 1; needed where it stands twice.
    pub column: Option<usize>,
    /// What repair, or the source, says.
    pub wrong: String,
    /// What it should say.
    pub right: String,
    /// Her remark.
    pub note: Option<String>,
    /// Where the entry stands.
    pub entry: Entry,
}

impl Correction {
    /// Something wrong with it, at one of its keys.
    pub(super) fn error(&self, key: &str, message: String) -> Diagnostic {
        let (line, column) = self.entry.of(key);
        Diagnostic::error(message).at(&self.entry.file, line, Some(column))
    }
}

/// The place of an entry, for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The file, relative to the root.
    pub file: PathBuf,
    /// Line and column at which it begins.
    pub begins: (usize, usize),
    /// Line and column of its keys.
    pub keys: BTreeMap<&'static str, (usize, usize)>,
}

impl Entry {
    /// Where this key stands; where the entry begins if it is not known.
    #[must_use]
    pub fn of(&self, key: &str) -> (usize, usize) {
        self.keys.get(key).copied().unwrap_or(self.begins)
    }
}

/// The entries for each line, in the order of the file.
#[must_use]
pub fn by_line(corrections: &[Correction]) -> BTreeMap<usize, Vec<&Correction>> {
    let mut lines: BTreeMap<usize, Vec<&Correction>> = BTreeMap::new();
    for correction in corrections {
        lines.entry(correction.line).or_default().push(correction);
    }
    lines
}
