//! Figures that drift apart: what is found, and what sets off no noise.
//!
//! `tests/cases/figures/agree.yaml` holds pairs of sentences that say the same, `differ.yaml` pairs that
//! do not, `planted.yaml` changes to the sample report, `planted-second.yaml` changes to the report in
//! `report/`, `planted-third.yaml` to the one in `islands/`. What is said about all but the first is in the
//! `.txt` beside them, written by `MINGWEN_UPDATE=1 cargo test --test figures`.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't read its files has failed"
)]

mod support;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use mingwen::check::drift;
use mingwen::config::Config;
use mingwen::content::Report;
use mingwen::content::data;
use mingwen::content::front_matter;
use mingwen::content::load::{Options, load};
use mingwen::content::report::Page;
use mingwen::diagnostic::{Diagnostic, Severity, sort};
use mingwen::lang::Lang;
use mingwen::yaml::{self, Origin};
use serde::Deserialize;
use support::{files, first_difference, folder, update, write};

/// A text in two languages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    why: String,
    zh: String,
    en: String,
    /// Data that a chart on the page shows.
    #[serde(default)]
    data: Option<String>,
    /// The day that the page says it was written on.
    #[serde(default)]
    date: Option<String>,
}

/// A change to a file of the sample report.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    why: String,
    file: PathBuf,
    find: String,
    put: String,
}

fn cases<T: serde::de::DeserializeOwned>(name: &str) -> Vec<T> {
    let file = folder("cases/figures").join(name);
    let text = fs::read_to_string(&file).unwrap();
    yaml::parse(&text, Origin::file(&file)).unwrap_or_else(|wrong| panic!("{wrong}"))
}

fn page(lang: Lang, day: Option<&str>, body: &str) -> Page {
    let date = day.map_or(String::new(), |day| format!("date: {day}\n"));
    let text = format!("---\ntitle: T\n{date}---\n{body}\n");
    let file = PathBuf::from(format!("content/a.{lang}.md"));
    let head = front_matter::parse(&file, &text, &mut Vec::new()).unwrap();
    Page {
        lang,
        file,
        folder: String::new(),
        stem: "a".into(),
        meta: head.meta,
        body_start: head.body_start,
        body_line: head.body_line,
        text,
    }
}

fn compare(pair: &Pair) -> Vec<Diagnostic> {
    let chart = if pair.data.is_some() {
        "\n\n```chart\ndata: d\n```\n"
    } else {
        ""
    };
    let day = pair.date.as_deref();
    let pages = vec![
        page(Lang::Zh, day, &format!("{}{chart}", pair.zh)),
        page(Lang::En, day, &format!("{}{chart}", pair.en)),
    ];
    let mut report = Report::new(Config::default(), pages, &mut Vec::new());
    if let Some(text) = &pair.data {
        let data = data::parse(text, Path::new("content/data/d.yaml")).unwrap();
        report.data.insert("d".into(), data);
    }
    found(&report)
}

fn found(report: &Report) -> Vec<Diagnostic> {
    let mut found = drift::compare(report, Severity::Error);
    sort(&mut found);
    found
}

fn shown(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().fold(String::new(), |mut said, one| {
        writeln!(said, "{one}").unwrap();
        said
    })
}

/// Compares what was said with the file, or writes the file.
fn golden(name: &str, said: &str) {
    let file = folder("cases/figures").join(name);
    if update() {
        fs::write(&file, said).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        expected == said,
        "{}\n\n(if this is what should be said: MINGWEN_UPDATE=1 cargo test --test figures)",
        first_difference(expected.as_bytes(), said.as_bytes())
    );
}

#[test]
fn what_says_the_same_is_left_alone() {
    let mut noise = String::new();
    let pairs: Vec<Pair> = cases("agree.yaml");
    for pair in &pairs {
        let found = compare(pair);
        if !found.is_empty() {
            writeln!(
                noise,
                "{}\n  {}\n  {}\n{}",
                pair.why,
                pair.zh,
                pair.en,
                shown(&found)
            )
            .unwrap();
        }
    }
    assert!(noise.is_empty(), "{noise}");
}

#[test]
fn what_differs_is_found() {
    let mut said = String::new();
    let mut missed = String::new();
    let pairs: Vec<Pair> = cases("differ.yaml");
    for pair in &pairs {
        let found = compare(pair);
        if found.is_empty() {
            writeln!(missed, "{}\n  {}\n  {}", pair.why, pair.zh, pair.en).unwrap();
        }
        writeln!(
            said,
            "@@ {}\n{}\n{}\n{}",
            pair.why,
            pair.zh,
            pair.en,
            shown(&found)
        )
        .unwrap();
    }
    assert!(missed.is_empty(), "{missed}");
    golden("differ.txt", &said);
}

/// Makes the changes of a file one at a time to a copy of a report, and says what is found.
fn plant(root: &Path, changes: &str) {
    let copy = tempfile::tempdir().unwrap();
    write(&copy.path().join("content"), &files(&root.join("content")));
    for name in ["site.yaml", "names.yaml", "figures.yaml"] {
        if root.join(name).exists() {
            fs::copy(root.join(name), copy.path().join(name)).unwrap();
        }
    }
    let look = || {
        let loaded = load(copy.path(), &Options::default()).unwrap();
        assert_eq!(shown(&loaded.diagnostics), "");
        found(&loaded.report)
    };
    assert_eq!(shown(&look()), "", "the report as it is");

    let mut said = String::new();
    let mut missed = String::new();
    let all: Vec<Change> = cases(&format!("{changes}.yaml"));
    for change in &all {
        let file = copy.path().join(&change.file);
        let before = fs::read_to_string(&file).unwrap();
        let count = before.matches(&change.find).count();
        assert_eq!(
            count,
            1,
            "{:?} stands {count} times in {}",
            change.find,
            change.file.display()
        );
        fs::write(&file, before.replace(&change.find, &change.put)).unwrap();
        let found = look();
        fs::write(&file, before).unwrap();
        if found.is_empty() {
            writeln!(missed, "{}: {}", change.file.display(), change.why).unwrap();
        }
        writeln!(said, "@@ {}\n{}", change.why, shown(&found)).unwrap();
    }
    assert!(missed.is_empty(), "{missed}");
    golden(&format!("{changes}.txt"), &said);
}

#[test]
fn every_change_to_the_sample_is_caught() {
    plant(Path::new(env!("CARGO_MANIFEST_DIR")), "planted");
}

#[test]
fn every_change_to_another_report_is_caught() {
    plant(&folder("cases/figures/report"), "planted-second");
}

/// A third, of islands, ferries and fish: spans, a CSV file, a table, a unit of ten thousand.
#[test]
fn planted_changes_to_an_islands_report() {
    plant(&folder("cases/figures/islands"), "planted-third");
}
