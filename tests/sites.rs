//! Golden sites: small reports and every page that comes of them, byte for byte.
//!
//! Each folder of `tests/sites/` but `plain` is a report with the site that is expected of it in
//! `output/`. All are laid out by the theme in `plain/`, which prints each value of a page's view on
//! a line of its own, so that these tests show what becomes of content, and no change of style
//! touches them. `MINGWEN_UPDATE=1 cargo test --test sites` writes what is expected anew.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't read its files has failed"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use support::{cases, files, first_difference, folder, mingwen, update, write};

/// Files by their path.
type Files = BTreeMap<String, Vec<u8>>;

/// The folder with the theme; it is no report.
const PLAIN: &str = "plain";

#[test]
fn every_report_becomes_the_site_that_is_expected() {
    let mut wrong = Vec::new();
    let sites = folder("sites");
    for case in cases(&sites) {
        if case.file_name().is_some_and(|name| name != PLAIN) {
            wrong.extend(differences(&case, &sites.join(PLAIN)));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n\n(if this is how it should be: MINGWEN_UPDATE=1 cargo test --test sites)",
        wrong.join("\n")
    );
}

/// What is expected may be wrong itself: a permalink of a block that has no anchor was.
#[test]
fn every_permalink_leads_to_its_block() {
    let mut wrong = Vec::new();
    for (path, bytes) in files(&folder("sites")) {
        if !path.contains("/output/") || path.rsplit('.').next() != Some("html") {
            continue;
        }
        let html = String::from_utf8(bytes).unwrap();
        let values = |start: &'static str| {
            html.split(start)
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
        };
        let ids: BTreeSet<&str> = values(" id=\"").collect();
        let lost = values(" class=\"permalink\" href=\"#").filter(|id| !ids.contains(id));
        wrong.extend(lost.map(|id| format!("{path}: #{id}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Builds one report, and says how its site differs from the expected one.
fn differences(case: &Path, theme: &Path) -> Vec<String> {
    let name = case.file_name().unwrap().to_string_lossy().into_owned();
    let temporary = tempfile::tempdir().unwrap();
    let (expected, mut report): (Files, Files) = files(case)
        .into_iter()
        .partition(|(path, _)| path.starts_with("output/"));
    let arguments = report.remove("arguments").unwrap_or_default();
    write(temporary.path(), &report);
    write(&temporary.path().join("themes/plain"), &files(theme));

    let arguments = String::from_utf8(arguments).unwrap();
    let mut command = vec!["build", "--output", "site"];
    command.extend(arguments.split_whitespace());
    let run = mingwen(temporary.path(), &command);
    if run.exit != 0 || !run.stderr.is_empty() {
        return vec![format!("{name}: exit code {}\n{}", run.exit, run.stderr)];
    }
    let found: Files = files(&temporary.path().join("site"))
        .into_iter()
        .filter(|(path, _)| is_told_by_content(path))
        .collect();
    let expected: Files = expected
        .into_iter()
        .filter_map(|(path, bytes)| Some((path.strip_prefix("output/")?.to_owned(), bytes)))
        .collect();
    if update() {
        let output = case.join("output");
        if output.exists() {
            fs::remove_dir_all(&output).unwrap();
        }
        write(&output, &found);
        return Vec::new();
    }
    let mut wrong = Vec::new();
    for (path, bytes) in &found {
        match expected.get(path) {
            None => wrong.push(format!("{name}: {path} is not expected")),
            Some(golden) if golden != bytes => {
                wrong.push(format!(
                    "{name}: {path}: {}",
                    first_difference(golden, bytes)
                ));
            }
            Some(_) => {}
        }
    }
    let missing = expected.keys().filter(|path| !found.contains_key(*path));
    wrong.extend(missing.map(|path| format!("{name}: {path} is expected, and is not there")));
    wrong
}

/// The theme's own files and the drawings have tests of their own, and so has the list of files.
fn is_told_by_content(path: &str) -> bool {
    let is_drawing = path.starts_with("charts/") && path.rsplit('.').next() == Some("svg");
    !path.starts_with("assets/") && path != ".mingwen" && !is_drawing
}
