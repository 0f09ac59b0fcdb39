//! `mingwen repair` through the program: the text on standard output, what it says on standard error,
//! the report, and the exit code.
//!
//! Each folder of `tests/filter/` holds `case.yaml`, the files in `here/`, and what comes out:
//! `stdout.txt`, `stderr.txt`, and `report.json` if there is one. `MINGWEN_UPDATE=1 cargo test --test
//! repair_cli` writes what is expected anew; a better model gives other probabilities.

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
    /// What it is good for.
    why: String,
    /// The arguments after `repair`.
    arguments: Vec<String>,
    /// The exit code.
    #[serde(default)]
    exit: i32,
}

#[test]
fn every_case_says_what_is_expected() {
    let mut wrong = Vec::new();
    for folder in cases(&folder("filter")) {
        if let Err(message) = check(&folder) {
            let name = folder.file_name().unwrap().to_string_lossy();
            wrong.push(format!("{name}: {message}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n\n(if this is what should come out: MINGWEN_UPDATE=1 cargo test --test repair_cli)",
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
    let here = temporary.path().join("here");
    fs::create_dir(&here).unwrap();
    write(&here, &files(&folder.join("here")));
    let arguments: Vec<&str> = ["repair"]
        .into_iter()
        .chain(case.arguments.iter().map(String::as_str))
        .collect();
    let run = mingwen(&here, &arguments);
    if run.exit != case.exit {
        return Err(format!(
            "exit code {}, not {}\n{}",
            run.exit, case.exit, run.stderr
        ));
    }
    let report = fs::read_to_string(here.join("report.json")).ok();
    if let Some(report) = &report {
        serde_json::from_str::<serde_json::Value>(report).map_err(|error| error.to_string())?;
    }
    for (name, found) in [
        ("stdout.txt", Some(run.stdout)),
        ("stderr.txt", Some(run.stderr)),
        ("report.json", report),
    ] {
        let golden = folder.join(name);
        let found = found.unwrap_or_default();
        if update() {
            if found.is_empty() {
                drop(fs::remove_file(&golden));
            } else {
                fs::write(&golden, &found).unwrap();
            }
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        if found != expected {
            let difference = first_difference(expected.as_bytes(), found.as_bytes());
            return Err(format!("{name}, {difference}"));
        }
    }
    Ok(())
}
