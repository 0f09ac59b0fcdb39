//! The gallery: a report with every kind of chart and the data that are hardest to draw.
//!
//! `tests/gallery/report/` is built as a person would build it; what its charts look like is in
//! `tests/gallery/drawings/`, to be looked at in a browser. After a change that is meant,
//! `MINGWEN_UPDATE=1 cargo test --test gallery`, then look at the difference.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't read its files has failed"
)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use mingwen::check;
use mingwen::content::load::Options;
use mingwen::error::Result;
use mingwen::render::Sink;
use support::drawing::{attribute, check_lines, check_texts, compare};

/// The texts of the site, by address.
#[derive(Default)]
struct Memory(Mutex<BTreeMap<String, String>>);

impl Sink for Memory {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        self.0.lock().unwrap().insert(path.to_owned(), text);
        Ok(())
    }

    fn copy(&self, _: &str, _: &Path) -> Result<()> {
        Ok(())
    }
}

fn site() -> BTreeMap<String, String> {
    let root = support::folder("gallery").join("report");
    let run = check::run(&root, &Options::default(), || Ok(Memory::default()));
    let (run, memory) = run.unwrap();
    let said: Vec<String> = run.diagnostics.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    memory.unwrap().0.into_inner().unwrap()
}

/// The drawings of the pages and the files beside them.
fn drawings() -> BTreeMap<String, String> {
    let mut drawings = BTreeMap::new();
    for (path, text) in site() {
        if let Some(name) = path
            .strip_prefix("charts/")
            .and_then(|name| name.strip_suffix(".svg"))
        {
            drawings.insert(format!("file-{name}.svg"), text);
            continue;
        }
        let Some((lang, page)) = path
            .strip_suffix(".html")
            .and_then(|path| path.split_once('/'))
        else {
            continue;
        };
        // The page for print and the parallel edition repeat the others' drawings.
        if page == "print" || lang == "parallel" {
            continue;
        }
        let inline = text
            .split("<svg ")
            .skip(1)
            .filter_map(|rest| rest.split_once("</svg>"));
        let charts = inline.filter(|(svg, _)| svg.contains("chart-svg"));
        for (number, (svg, _)) in charts.enumerate() {
            let svg = format!("<svg {svg}</svg>\n");
            let width = if svg.contains("chart-wide") {
                "wide"
            } else {
                "narrow"
            };
            drawings.insert(
                format!("{page}-{:02}.{lang}.{width}.svg", number / 2 + 1),
                svg,
            );
        }
    }
    drawings
}

#[test]
fn every_drawing_is_as_expected() {
    compare("gallery/drawings", &drawings());
}

#[test]
fn no_text_is_cut_off_or_stands_on_another() {
    for (name, svg) in drawings() {
        let smallest = if name.contains("narrow") { 12 } else { 15 };
        check_texts(&svg, smallest, &name);
        check_lines(&svg, &name);
    }
}

#[test]
fn every_drawing_says_what_it_shows() {
    for (name, svg) in drawings() {
        assert_eq!(attribute(&svg, "role"), Some("img"), "{name}");
        for (tag, end) in [("<title id=", "</title>"), ("<desc id=", "</desc>")] {
            let (_, rest) = svg
                .split_once(tag)
                .unwrap_or_else(|| panic!("{name} has no {tag}"));
            let (text, _) = rest.split_once(end).unwrap();
            assert!(
                text.split_once('>')
                    .is_some_and(|(_, text)| !text.is_empty()),
                "{name}"
            );
        }
    }
}
