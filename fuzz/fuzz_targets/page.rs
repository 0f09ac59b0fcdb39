//! Any page: front matter and Markdown are read without a panic, and every position stays inside.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use mingwen::content::front_matter;
use mingwen::render::markdown::{mark, parse};

fuzz_target!(|text: &str| {
    let mut diagnostics = Vec::new();
    let start = front_matter::parse(Path::new("page.zh.md"), text, &mut diagnostics)
        .map_or(0, |head| head.body_start);
    let body = &text[start..];
    let marked = mark(body);
    let parsed = parse(&marked);
    assert!(parsed.events.iter().all(|(_, byte)| *byte <= body.len()));
});
