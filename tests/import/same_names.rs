//! Sources that share a name: when two of them are one, and when they are not.

use std::fs;

use mingwen::config::Config;
use mingwen::import::{Outcome, import};

use crate::journeys::Report;

const SOURCE: &str = "城里的灯\n① 东街\n东街有灯。\n② 西街\n西街也有灯。\n";
const OTHER: &str = "乡下的桥\n① 东街\n东街有桥。\n② 南街\n南街也有桥。\n";
const EAST: &str = "content/dong-jie.zh.md";

/// Imports a file from outside the report.
fn from_outside(report: &Report, text: &str) -> Outcome {
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("s.txt");
    fs::write(&file, text).unwrap();
    import(report.root(), &file, &Config::default()).unwrap()
}

#[test]
fn a_source_moved_into_the_report_is_the_same_source() {
    let report = Report::new();
    from_outside(&report, SOURCE);
    report.source("s.txt", SOURCE.as_bytes());
    let again = report.import("s.txt", &Config::default());
    assert_eq!(again.pages[0].0, EAST);
}

#[test]
fn another_source_of_the_same_name_leaves_the_pages_of_the_first() {
    let report = Report::new();
    from_outside(&report, SOURCE);
    report.source("s.txt", OTHER.as_bytes());
    let other = report.import("s.txt", &Config::default());
    assert_eq!(other.pages[0].0, "content/dong-jie-2.zh.md");
    assert_eq!(other.diagnostics, Vec::new());
    let first = fs::read_to_string(report.root().join(EAST)).unwrap();
    assert!(first.contains("东街有灯。"), "{first}");
    assert_eq!(from_outside(&report, SOURCE).written, Vec::<String>::new());
}
