//! How well each family of damage is repaired: a floor for every channel, on the sample report's own
//! Chinese, in whole lines and in words inside sound lines. What repair gets worse at shows here, though
//! every single case may still hold.

#![allow(clippy::expect_used)]

use std::collections::BTreeMap;
use std::path::Path;

use mingwen::cli::evaluate::evaluate;
use mingwen::repair::{self, CHANNELS, damage, repair_line};

/// Every such line is taken: enough to notice, and families that lose half of all bytes are slow.
const STEP: usize = 4;

/// The lines of the report's pages that have Chinese in them, one of so many.
fn text(step: usize) -> String {
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
    lines.step_by(step).collect::<Vec<_>>().join("\n")
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
    let text = text(STEP);
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

/// Of the words of a length, put in the middle of sound lines, how many come back, in the hundred.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Inside {
    channel: String,
    characters: usize,
    right: f64,
    /// How many lines may change around the word.
    harmed: usize,
}

/// The rows of Chinese in a line that are long enough, each by its middle: where the word begins.
fn words(line: &[char], characters: usize) -> Vec<usize> {
    let chinese = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let mut at = 0;
    let mut words = Vec::new();
    for row in line.split(|c| !chinese(c)) {
        if row.len() >= characters + 4 {
            words.push(at + (row.len() - characters) / 2);
        }
        at += row.len() + 1;
    }
    words
}

#[test]
fn words_inside_sound_lines_keep_their_accuracy() {
    let cases: Vec<Inside> = serde_yaml::from_str(include_str!("cases/repair/inside.yaml"))
        .expect("the floors are well-formed");
    let text = text(1);
    let mut below = Vec::new();
    for case in cases {
        let channel = repair::channel(&case.channel).expect("the channel exists");
        let (mut all, mut right, mut harmed) = (0_u32, 0_u32, Vec::new());
        let lines = text.lines().map(|line| line.chars().collect());
        let lines: Vec<Vec<char>> = lines.collect();
        let places = lines.iter().flat_map(|line| {
            let words = words(line, case.characters).into_iter();
            words.map(move |from| (line, from, from + case.characters))
        });
        for (line, from, to) in places {
            let parts = [&line[..from], &line[from..to], &line[to..]];
            let [before, word, after] = parts.map(String::from_iter);
            let damaged = damage(channel, &word);
            let found = repair_line(&format!("{before}{damaged}{after}")).text;
            all += 1;
            right += u32::from(found == format!("{before}{word}{after}"));
            if !found.starts_with(&before) || !found.ends_with(&after) {
                harmed.push(found);
            }
        }
        let share = 100.0 * f64::from(right) / f64::from(all);
        let name = format!("{}, {} characters", case.channel, case.characters);
        println!("{name}: {share:.1} of {all}, {} harmed", harmed.len());
        assert!(all >= 100, "{name}: {all} words say nothing");
        if harmed.len() > case.harmed {
            below.push(format!("{name}: harmed {}", harmed.join("\n")));
        }
        if share < case.right {
            below.push(format!("{name}: {share:.1}"));
        }
    }
    assert!(below.is_empty(), "{}", below.join("\n"));
}
