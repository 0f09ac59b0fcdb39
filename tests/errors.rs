//! Snapshots of what bad input gets: the message, the exit code, and no panic.
//!
//! Each folder of `tests/errors/` holds `case.yaml`, a small `report/` with something wrong in it,
//! and `stderr.txt`. `MINGWEN_UPDATE=1 cargo test --test errors` writes what is expected anew; what
//! the message says is for a person to judge.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't read its files has failed"
)]

mod support;

use std::fs;
use std::path::Path;

use mingwen::yaml::{self, Origin};
use serde::Deserialize;
use support::{cases, files, first_difference, folder, mingwen, update, write};

/// What `case.yaml` says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Why this has to be told apart.
    why: String,
    /// The arguments; every case runs in its report's folder.
    #[serde(default = "build")]
    command: Vec<String>,
    /// The exit code.
    exit: i32,
    /// A page that is to be built all the same.
    #[serde(default)]
    built: Option<String>,
}

fn build() -> Vec<String> {
    vec!["build".into()]
}

#[test]
fn every_mistake_is_said_as_expected() {
    let mut wrong = Vec::new();
    for folder in cases(&folder("errors")) {
        if let Err(message) = check(&folder) {
            let name = folder.file_name().unwrap().to_string_lossy();
            wrong.push(format!("{name}: {message}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n\n(if this is what should be said: MINGWEN_UPDATE=1 cargo test --test errors)",
        wrong.join("\n")
    );
}

fn check(folder: &Path) -> Result<(), String> {
    let text = fs::read_to_string(folder.join("case.yaml")).map_err(|error| error.to_string())?;
    let case: Case = yaml::parse(&text, Origin::file(Path::new("case.yaml")))
        .map_err(|diagnostic| diagnostic.to_string())?;
    if case.why.trim().is_empty() {
        return Err("say why this case is here".into());
    }
    let temporary = tempfile::tempdir().unwrap();
    let here = temporary.path().join("report");
    fs::create_dir(&here).unwrap();
    write(&here, &files(&folder.join("report")));
    let run = mingwen(&here, &case.command);

    let golden = folder.join("stderr.txt");
    if update() {
        fs::write(&golden, &run.stderr).unwrap();
    }
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    if run.exit != case.exit {
        return Err(format!(
            "exit code {}, not {}\n{}",
            run.exit, case.exit, run.stderr
        ));
    }
    if run.stderr != expected {
        return Err(first_difference(expected.as_bytes(), run.stderr.as_bytes()));
    }
    match case.built {
        Some(page) if !here.join("output").join(&page).is_file() => {
            Err(format!("{page} was not built"))
        }
        None if case.exit != 0 && case.command == build() && here.join("output").is_dir() => {
            Err("a site was built; say with `built:` which page of it matters".into())
        }
        _ => Ok(()),
    }
}
