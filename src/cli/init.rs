//! `mingwen init`: a new, empty report.

use std::fs;
use std::path::Path;

use super::report::Reporter;
use crate::diagnostic::{Diagnostic, slashed};
use crate::error::{Error, Result};

/// The files of a new report.
const FILES: [(&str, &str); 4] = [
    ("site.yaml", include_str!("init/site.yaml")),
    ("content/index.zh.md", include_str!("init/index.zh.md")),
    ("content/index.en.md", include_str!("init/index.en.md")),
    (".gitignore", include_str!("init/gitignore")),
];

/// Makes the report; a folder that holds anything is left as it is.
pub(super) fn run(dir: &Path, reporter: &Reporter) -> Result<Vec<Diagnostic>> {
    if let Some(file) = dir.ancestors().find(|path| path.is_file()) {
        return Err(Error::usage(
            format!(
                "can't make a report in {}: {} is a file",
                slashed(dir),
                slashed(file)
            ),
            "name a folder that is new or empty",
        ));
    }
    match fs::read_dir(dir) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                return Err(Error::usage(
                    format!("the folder {} is not empty", slashed(dir)),
                    "choose a new folder, so that nothing of yours is changed",
                ));
            }
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(Error::read(dir)(error)),
    }
    for (name, text) in FILES {
        let path = dir.join(name);
        let parent = path.parent().unwrap_or(dir);
        fs::create_dir_all(parent).map_err(Error::write(parent))?;
        fs::write(&path, text).map_err(Error::write(&path))?;
    }
    for folder in ["sources", "themes"] {
        let path = dir.join(folder);
        fs::create_dir_all(&path).map_err(Error::write(&path))?;
    }
    reporter.say(&format!(
        "a new report is in {0}: try `mingwen build --root {0}`",
        slashed(dir)
    ));
    Ok(Vec::new())
}
