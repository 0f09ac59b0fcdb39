//! How well each family of damage is repaired: a floor for every channel, on the sample report's own
//! Chinese. What repair gets worse at shows here, though every single case may still hold.

#![allow(clippy::expect_used)]

use std::collections::BTreeMap;
use std::path::Path;

use mingwen::cli::evaluate::evaluate;
use mingwen::repair::CHANNELS;

/// Every such line is taken: enough to notice, and families that lose half of all bytes are slow.
const STEP: usize = 4;

/// The lines of the report's pages that have Chinese in them.
fn text() -> String {
    let files: Vec<_> = walkdir::WalkDir::new("content")
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("the folder is readable").into_path())
        .filter(|path| path.to_string_lossy().ends_with(".zh.md"))
        .collect();
    let texts = files
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("the page is readable"));
    let texts: Vec<String> = texts.collect();
    let is_prose = |line: &&str| line.chars().filter(|c| *c > '\u{3000}').count() > 12;
    let lines = texts.iter().flat_map(|text| text.lines().filter(is_prose));
    lines.step_by(STEP).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_family_keeps_its_accuracy() {
    let floors: BTreeMap<String, f64> =
        serde_yaml::from_str(include_str!("cases/repair/accuracy.yaml"))
            .expect("the floors are well-formed");
    let names: Vec<&str> = CHANNELS.iter().map(|channel| channel.name).collect();
    let floored: Vec<&str> = floors.keys().map(String::as_str).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(floored, sorted, "a floor for each channel");
    let text = text();
    assert!(text.chars().count() > 2_000, "{}", text.chars().count());
    let mut below = Vec::new();
    for channel in CHANNELS {
        let tally = evaluate(channel, Path::new("content"), &text);
        let right = 100.0 * (1.0 - tally.errors as f64 / tally.characters.max(1) as f64);
        println!("{}: {right:.3}", channel.name);
        assert_eq!(tally.not_replaying, 0, "{}", channel.name);
        assert_eq!(
            tally.exact.right, tally.exact.characters,
            "{}",
            channel.name
        );
        if right < floors[channel.name] {
            below.push(format!("{}: {right:.3}", channel.name));
        }
    }
    assert!(below.is_empty(), "{}", below.join("\n"));
}
