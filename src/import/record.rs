//! The import record, `content/imports/<source>.yaml`: what was done to a source, line by line, and
//! what was written.
//!
//! In: the outcome of the stages. Out: YAML, and back. Promise: no time and no absolute path in it,
//! so that the same import gives the same record.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::evidence::Check;
use super::{plan, slug};
use crate::diagnostic::Diagnostic;
use crate::yaml::{self, Origin};

/// The folder of the records, relative to the root.
pub const FOLDER: &str = "content/imports";

const EVIDENCE: &str = ".evidence.yaml";

const HEAD: &str = "\
# Written by `mingwen import`: where each line of the source went, and what was written.
# It is how the next import knows which pages you have edited: keep it, and leave it as it is.
";

/// A record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The source.
    pub source: SourceRecord,
    /// Its title line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The lines that were damaged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repaired: Vec<Repaired>,
    /// What a person corrected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Corrected>,
    /// The lines that each fixer changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub normalised: Vec<Normalised>,
    /// Where every line went.
    pub lines: Vec<Account>,
    /// What was written.
    pub files: Vec<FileRecord>,
}

/// The source as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceRecord {
    /// Its path relative to the root, or its name if it is elsewhere.
    pub file: String,
    /// Digest of its bytes.
    pub sha256: String,
    /// Its encoding.
    pub encoding: String,
    /// Why that one.
    pub evidence: String,
}

/// A damaged line; the file beside the record has it in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repaired {
    /// Its number.
    pub line: usize,
    /// What damaged it; none if nothing is left to restore it from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// Characters that were chosen among candidates.
    pub inferred: usize,
    /// Those of them with a probability below [`DOUBT`](crate::repair::report::DOUBT).
    pub doubtful: usize,
    /// Characters that are gone.
    pub lost: usize,
}

/// A correction that was applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// The line.
    pub line: usize,
    /// What it said.
    pub wrong: String,
    /// What it says now.
    pub right: String,
    /// What the channel says of it.
    pub check: Check,
}

/// The lines that a fixer changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Normalised {
    /// The fixer's name.
    pub fixer: String,
    /// `2-6, 9`
    pub lines: String,
}

/// A file that an import wrote, or wanted to write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRecord {
    /// Relative to the root, with `/`.
    pub path: String,
    /// Digest of what was last written there; none if a person's file was there before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Digest of what was written beside it, into `<path>.new`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
    /// An earlier import wrote it, the last one had no text for it any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub abandoned: bool,
    /// Where it would stand if a person had not moved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<String>,
}

/// The record of the import of this source before. A source may have been moved into the report
/// since: then its record has the bare name, and the same bytes; with other bytes it may be any file
/// of that name, and must not write over the pages of the first.
pub(super) fn own<'a>(
    records: &'a [(String, Record)],
    source: &str,
    bytes: &[u8],
) -> Option<&'a (String, Record)> {
    let bare = source.rsplit('/').next().unwrap_or(source);
    let of = |name: &str| {
        records
            .iter()
            .find(|(_, record)| record.source.file == name)
    };
    of(source)
        .or_else(|| of(bare).filter(|(_, record)| record.source.sha256 == plan::digest(bytes)))
}

/// The path of the record of a source, apart from those of the others.
pub(super) fn path(source: &str, records: &[(String, Record)]) -> String {
    let name = source.rsplit('/').next().unwrap_or(source);
    let stem = Path::new(name)
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    let safe = stem
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    // `a.evidence.yaml` is the evidence of a source that is called `a`.
    let safe = safe && !is_evidence(&format!("{stem}.yaml"));
    let stem = if safe && !stem.is_empty() && !stem.starts_with('.') && !slug::is_reserved(&stem) {
        stem.into_owned()
    } else {
        Some(slug::slug(&stem))
            .filter(|slug| !slug.is_empty())
            .unwrap_or_else(|| "source".into())
    };
    let mut path = format!("{FOLDER}/{stem}.yaml");
    let mut count = 2;
    while records.iter().any(|(taken, _)| *taken == path) {
        path = format!("{FOLDER}/{stem}-{count}.yaml");
        count += 1;
    }
    path
}

/// The file of evidence beside the record with this path.
#[must_use]
pub fn evidence_path(record: &str) -> String {
    let stem = record.strip_suffix(".yaml").unwrap_or(record);
    format!("{stem}{EVIDENCE}")
}

/// The name of the source whose evidence a file of `content/` is, by its path from there.
#[must_use]
pub fn of_evidence(path: &str) -> Option<&str> {
    path.strip_prefix("imports/")?.strip_suffix(EVIDENCE)
}

/// Whether a file of this name is evidence, and no record.
#[must_use]
pub fn is_evidence(name: &str) -> bool {
    name.ends_with(EVIDENCE)
}

impl Record {
    /// The text of the file.
    ///
    /// # Errors
    /// None that these types can cause.
    pub fn write(&self) -> Result<String, serde_yaml::Error> {
        Ok(format!("{HEAD}{}", yaml::write(self)?))
    }

    /// Reads the text of such a file.
    ///
    /// # Errors
    /// A diagnostic with its place, and how to go on.
    pub fn read(text: &str, path: &Path) -> Result<Self, Box<Diagnostic>> {
        yaml::parse(text, Origin::file(path)).map_err(|mut diagnostic| {
            diagnostic.hint = Some(
                "take the file back from version control, or delete it: then the next import \
                 treats every page that is there as edited"
                    .into(),
            );
            diagnostic
        })
    }
}
