//! The edge of the import: reads what is on disk, carries out a plan.
//!
//! In: the root and paths relative to it. Out: digests, records, files. Promise: every new file is
//! written in full under another name before the first is put in its place, so that an error leaves
//! the report as it was.

use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::plan::{Disk, Plan, text_digest};
use super::record::{FOLDER, Record, is_evidence};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};

/// Reads a file that may not be there.
pub(super) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::read(path)(error)),
    }
}

/// The digests of those of these paths that are there.
pub(super) fn look(root: &Path, paths: &BTreeSet<String>) -> Result<Disk> {
    let mut disk = Disk::new();
    for path in paths {
        if let Some(bytes) = read_if_there(&root.join(path))? {
            disk.insert(path.clone(), text_digest(&bytes));
        }
    }
    Ok(disk)
}

/// Records with their paths, relative to the root.
pub(super) type Records = Vec<(String, Record)>;

/// The records of all imports, with their paths, in the order of their names.
pub(super) fn records(root: &Path) -> Result<(Records, Vec<Diagnostic>)> {
    let folder = root.join(FOLDER);
    let mut paths = Vec::new();
    match fs::read_dir(&folder) {
        Ok(entries) => {
            for entry in entries {
                let path = entry.map_err(Error::read(&folder))?.path();
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                if name.ends_with(".yaml") && !is_evidence(&name) {
                    paths.push(path);
                }
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(Error::read(&folder)(error)),
    }
    paths.sort();
    let mut records = Vec::new();
    let mut diagnostics = Vec::new();
    for path in paths {
        let bytes = fs::read(&path).map_err(Error::read(&path))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let shown = format!("{FOLDER}/{name}");
        match Record::read(&String::from_utf8_lossy(&bytes), Path::new(&shown)) {
            Ok(record) => records.push((shown, record)),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    Ok((records, diagnostics))
}

/// Carries out a plan. The record comes last among the files, so that it is never ahead of them.
pub(super) fn carry_out(root: &Path, plan: &Plan) -> Result<()> {
    let mut staged = Staged::default();
    for file in &plan.write {
        let target = root.join(&file.path);
        let folder = target.parent().unwrap_or(root);
        fs::create_dir_all(folder).map_err(Error::write(folder))?;
        if target.is_dir() {
            let error = io::Error::new(io::ErrorKind::IsADirectory, "a folder is in its place");
            return Err(Error::write(&target)(error));
        }
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let temporary = folder.join(format!(".{name}.{}.tmp", std::process::id()));
        staged.0.push_back((temporary.clone(), target));
        fs::write(&temporary, &file.text).map_err(Error::write(&temporary))?;
    }
    while let Some((temporary, target)) = staged.0.front() {
        fs::rename(temporary, target).map_err(Error::write(target))?;
        staged.0.pop_front();
    }
    for path in &plan.remove {
        let path = root.join(path);
        fs::remove_file(&path).map_err(Error::write(&path))?;
    }
    Ok(())
}

/// Temporary files that are removed when something goes wrong before they are put in their place.
#[derive(Default)]
struct Staged(VecDeque<(PathBuf, PathBuf)>);

impl Drop for Staged {
    fn drop(&mut self) {
        for (temporary, _) in &self.0 {
            // Nothing can be said or done about a temporary file that won't go.
            drop(fs::remove_file(temporary));
        }
    }
}
