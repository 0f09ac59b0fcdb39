//! The sample report: made from its own source, complete in both languages, safe from a new import.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't read its files has failed"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use mingwen::check;
use mingwen::content::load::{Options, load};
use mingwen::import::record::FOLDER;
use mingwen::lang::Lang;
use mingwen::render::markdown::{mark, parse};
use mingwen::repair::{CHANNELS, damage, repair_line};
use pulldown_cmark::{Event, Tag};
use support::{files, first_difference, mingwen, update, write};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn source(name: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("sources").join(name)).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// The lines that differ between the damaged source and its clean text.
fn damaged_lines() -> Vec<(String, String)> {
    let (damaged, clean) = (
        source("blockchain-cities.txt"),
        source("blockchain-cities.clean.txt"),
    );
    assert_eq!(damaged.len(), clean.len());
    damaged
        .into_iter()
        .zip(clean)
        .filter(|(damaged, clean)| damaged != clean)
        .collect()
}

/// Edits between two texts, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[test]
fn the_damage_is_the_channel_s() {
    for (damaged, clean) in damaged_lines() {
        let words = clean.trim_start_matches(|c: char| ('①'..='⑳').contains(&c) || c == ' ');
        let numeral = clean.strip_suffix(words).unwrap();
        assert_eq!(damaged, format!("{numeral}{}", damage(&CHANNELS[0], words)));
    }
}

#[test]
fn repair_restores_it() {
    let lines = damaged_lines();
    assert_eq!(lines.len(), 22);
    let (mut wrong, mut all) = (0, 0);
    for (damaged, clean) in &lines {
        let repaired = repair_line(damaged);
        assert_eq!(&repaired.replays(), damaged);
        wrong += distance(&repaired.text, clean);
        all += clean.chars().count();
    }
    assert!(
        wrong * 200 <= all,
        "{wrong} of {all} characters are wrong: more than one in 200"
    );
}

/// The kinds of blocks of a page in order, for instance `Paragraph`, `Heading 2`, `chart`.
fn blocks(body: &str) -> Vec<String> {
    let marked = mark(body);
    let kind = |event: &Event<'_>| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(format!("{level}")),
        Event::Start(Tag::Paragraph) => Some("paragraph".into()),
        Event::Start(Tag::Item) => Some("item".into()),
        Event::Start(Tag::CodeBlock(kind)) => Some(format!("{kind:?}")),
        Event::Start(Tag::TableRow) => Some("row".into()),
        _ => None,
    };
    parse(&marked)
        .events
        .iter()
        .filter_map(|(event, _)| kind(event))
        .collect()
}

#[test]
fn both_languages_have_the_same_blocks() {
    let report = load(root(), &Options::default()).unwrap().report;
    let mut pages: BTreeMap<String, BTreeMap<Lang, Vec<String>>> = BTreeMap::new();
    for page in &report.pages {
        pages
            .entry(page.key())
            .or_default()
            .insert(page.lang, blocks(page.body()));
    }
    assert_eq!(pages.len(), 8);
    for (key, languages) in pages {
        assert_eq!(languages.get(&Lang::Zh), languages.get(&Lang::En), "{key}");
    }
}

#[test]
fn nothing_is_wrong_with_it() {
    let run = check::check(root(), &Options::default()).unwrap();
    assert_eq!(run.diagnostics, []);
}

#[test]
fn an_import_over_it_leaves_it_alone() {
    let copy = tempfile::tempdir().unwrap();
    for folder in ["content", "sources"] {
        write(&copy.path().join(folder), &files(&root().join(folder)));
    }
    fs::copy(root().join("site.yaml"), copy.path().join("site.yaml")).unwrap();
    let before = files(&copy.path().join("content"));
    let status = Command::new(env!("CARGO_BIN_EXE_mingwen"))
        .args(["import", "--quiet", "sources/blockchain-cities.txt"])
        .current_dir(copy.path())
        .output()
        .unwrap()
        .status;
    assert_eq!(status.code(), Some(1), "edited pages are reported");
    let after = files(&copy.path().join("content"));
    for (name, bytes) in before {
        if !name.starts_with("imports/") {
            assert_eq!(after.get(&name), Some(&bytes), "{name}");
        }
    }
}

#[test]
fn its_record_is_that_of_an_import_today() {
    let copy = tempfile::tempdir().unwrap();
    write(
        &copy.path().join("sources"),
        &files(&root().join("sources")),
    );
    fs::copy(root().join("site.yaml"), copy.path().join("site.yaml")).unwrap();
    let run = mingwen(copy.path(), &["import", "sources/blockchain-cities.txt"]);
    assert_eq!(run.exit, 0, "{}", run.stderr);
    // `MINGWEN_UPDATE=1 cargo test --test sample` writes both anew.
    for name in ["blockchain-cities.yaml", "blockchain-cities.evidence.yaml"] {
        let ours = root().join(FOLDER).join(name);
        let made = fs::read(copy.path().join(FOLDER).join(name)).unwrap();
        if update() {
            fs::write(&ours, &made).unwrap();
        }
        let expected = fs::read(&ours).unwrap_or_default();
        assert!(
            made == expected,
            "{name} is not what import writes today, {}",
            first_difference(&expected, &made)
        );
    }
}
