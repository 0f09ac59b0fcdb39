//! What an import would change on disk, as a value.
//!
//! In: the files wanted, what is on disk, and the record of the import before. Out: a [`Plan`].
//! Promise: a file that a person has changed is never among the changes, and planning again after
//! the plan is carried out changes nothing.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::record::{FileRecord, Record};
use crate::diagnostic::Diagnostic;

/// A file as the import would have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Relative to the root, with `/`.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

/// What is on disk: the digest of each file that matters, by path.
pub type Disk = BTreeMap<String, String>;

/// What to do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files to write, new or over what an earlier import wrote.
    pub write: Vec<Wanted>,
    /// Files of ours to remove: texts beside a page that has taken them over.
    pub remove: Vec<String>,
    /// Files that are as they should be.
    pub unchanged: Vec<String>,
    /// Files that a person has changed; the new text of each is beside it.
    pub beside: Vec<String>,
    /// What the new record says of the files.
    pub files: Vec<FileRecord>,
    /// What the person should know.
    pub diagnostics: Vec<Diagnostic>,
}

/// Where the new text of a file goes that a person has changed.
#[must_use]
pub fn beside(path: &str) -> String {
    format!("{path}.new")
}

/// Digest of a text, in which a line end is `\n` however the file has it: version control may have
/// changed those, and that is no edit.
#[must_use]
pub fn text_digest(bytes: &[u8]) -> String {
    let mut hash = Sha256::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(2).position(|pair| pair == b"\r\n") {
        let (line, after) = rest.split_at(at);
        hash.update(line);
        rest = after.get(1..).unwrap_or_default();
    }
    hash.update(rest);
    hex(&hash.finalize())
}

/// Digest of bytes as they are.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| DIGITS.get(usize::from(digit)))
        .map(|digit| char::from(*digit))
        .collect()
}

/// Compares what is wanted with what is there.
#[must_use]
pub fn plan(wanted: Vec<Wanted>, disk: &Disk, earlier: Option<&Record>) -> Plan {
    let mut plan = Plan::default();
    let mut known: BTreeMap<&str, &FileRecord> = earlier
        .iter()
        .flat_map(|record| &record.files)
        .map(|file| (file.path.as_str(), file))
        .collect();
    for file in wanted {
        let known = known.remove(file.path.as_str());
        plan.place(file, disk, known);
    }
    for (path, file) in known {
        if disk.contains_key(path) {
            plan.diagnostics.push(abandoned(path));
            plan.files.push(FileRecord {
                abandoned: true,
                ..file.clone()
            });
        }
    }
    plan
}

impl Plan {
    fn place(&mut self, file: Wanted, disk: &Disk, known: Option<&FileRecord>) {
        let new = text_digest(file.text.as_bytes());
        let ours = known.and_then(|known| known.sha256.clone());
        let there = disk.get(&file.path);
        let path = file.path.clone();
        if there.is_some() && there != Some(&new) && there != ours.as_ref() {
            self.place_beside(file, disk, known, &new);
            return;
        }
        if there == Some(&new) {
            self.unchanged.push(path.clone());
        } else {
            self.write.push(file);
        }
        // The text that we once put beside it has served.
        let aside = beside(&path);
        if disk.get(&aside).is_some()
            && disk.get(&aside) == known.and_then(|known| known.beside.as_ref())
        {
            self.remove.push(aside);
        }
        self.files.push(FileRecord {
            path,
            sha256: Some(new),
            beside: None,
            abandoned: false,
            moved_from: None,
        });
    }

    fn place_beside(&mut self, file: Wanted, disk: &Disk, known: Option<&FileRecord>, new: &str) {
        let aside = beside(&file.path);
        let there = disk.get(&aside);
        let before = known.and_then(|known| known.beside.as_ref());
        let foreign = there.is_some() && there.map(String::as_str) != Some(new) && there != before;
        self.diagnostics.push(if foreign {
            both_changed(&file.path, &aside)
        } else {
            edited(
                &file.path,
                &aside,
                known.is_some_and(|known| known.sha256.is_some()),
            )
        });
        self.beside.push(file.path.clone());
        self.files.push(FileRecord {
            path: file.path,
            sha256: known.and_then(|known| known.sha256.clone()),
            beside: if foreign {
                before.cloned()
            } else {
                Some(new.to_owned())
            },
            abandoned: false,
            moved_from: None,
        });
        if !foreign && there.map(String::as_str) != Some(new) {
            self.write.push(Wanted {
                path: aside,
                text: file.text,
            });
        }
    }
}

fn edited(path: &str, aside: &str, imported: bool) -> Diagnostic {
    let message = if imported {
        "this file has been edited since it was imported, so it is left as it is"
    } else {
        "this file was here before the import, so it is left as it is"
    };
    Diagnostic::error(message).in_file(path).hint(format!(
        "the new text is in {aside}: take over what you want of it, then delete it;\n\
         or move it over {path} to have all of it"
    ))
}

fn both_changed(path: &str, aside: &str) -> Diagnostic {
    Diagnostic::error(
        "this file has been edited, and so has the new text beside it; neither is touched",
    )
    .in_file(path)
    .hint(format!("move {aside} away, then import again"))
}

fn abandoned(path: &str) -> Diagnostic {
    Diagnostic::warning(
        "an earlier import of the source wrote this file, this one has no text for it",
    )
    .in_file(path)
    .hint("delete it if it is not needed any more; import never deletes a page")
}
