//! The list of what mingwen made, kept in the site, so that nothing else is ever deleted with it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use crate::diagnostic::slashed;
use crate::error::{Error, Result};

/// The list's name at the top of the site.
pub(super) const FILE: &str = ".mingwen";

const FIRST_LINE: &str =
    "# the files of this site, made by mingwen; anything else here stops the next build";

/// What file managers leave in folders that people open.
const HARMLESS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The list as text.
pub(super) fn text<'a>(paths: impl Iterator<Item = &'a str>) -> String {
    let mut text = format!("{FIRST_LINE}\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// Refuses a folder that holds a file which no build of ours has made.
pub(super) fn refuse_if_foreign(target: &Path) -> Result<()> {
    if target.is_symlink() && !target.exists() {
        return Err(Error::usage(
            format!(
                "can't build into {}: it is a link to a folder that is not there",
                slashed(target)
            ),
            "make that folder, or remove the link",
        ));
    }
    if !target.exists() {
        return Ok(());
    }
    if !target.is_dir() {
        return Err(Error::usage(
            format!("can't build into {}: it is a file", slashed(target)),
            "remove it, or choose another folder with --output",
        ));
    }
    let list = fs::read_to_string(target.join(FILE)).unwrap_or_default();
    let ours: BTreeSet<&str> = list.lines().skip(1).collect();
    for entry in WalkDir::new(target).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(target).to_owned();
            Error::read(path)(error.into())
        })?;
        let name = entry.file_name().to_string_lossy();
        if entry.file_type().is_dir() || HARMLESS.contains(&name.as_ref()) {
            continue;
        }
        let path = slashed(entry.path().strip_prefix(target).unwrap_or(entry.path()));
        if path != FILE && !ours.contains(path.as_str()) {
            return Err(foreign(target, &path));
        }
    }
    Ok(())
}

fn foreign(target: &Path, path: &str) -> Error {
    Error::usage(
        format!(
            "can't build into {}: mingwen did not make {path} in it",
            slashed(target)
        ),
        "a build replaces the whole folder. Move that file away (files for the site belong in \
         content/),\nor choose another folder with --output",
    )
}
