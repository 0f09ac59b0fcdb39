//! A person's corrections: what they change, and what stays hers. What is said of bad ones is in
//! `tests/errors/corrections-*`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use mingwen::config::Config;
use mingwen::import::corrections::{Correction, Entry, apply};
use mingwen::import::evidence::{Check, Evidence, Line};
use mingwen::import::{Outcome, import};
use mingwen::repair::classes::is_han;
use mingwen::repair::{channel, damage, repair_line};
use proptest::prelude::*;

use crate::journeys::{Report, digest_of_folder, said};

const PAGE: &str = "content/dong-jie.zh.md";
const EVIDENCE: &str = "content/imports/s.evidence.yaml";
/// The sentence that the source has damaged.
const TEXT: &str = "今年，多部门联合印发方案，央行要求3个月内完成改造。";

fn damaged(text: &str) -> String {
    damage(channel("utf8-gbk-dropped-folded").unwrap(), text)
}

/// A report whose source has a heading, a damaged line and a sound one.
fn report() -> Report {
    let report = Report::new();
    let source = format!("① 东街\n{}\n东街有 三盏灯,都亮。\n", damaged(TEXT));
    report.source("s.txt", source.as_bytes());
    report
}

fn again(report: &Report) -> Outcome {
    report.import("s.txt", &Config::default())
}

fn correct(report: &Report, corrections: &str) -> Outcome {
    report.source("s.corrections.yaml", corrections.as_bytes());
    again(report)
}

fn line(report: &Report, number: usize) -> Line {
    let evidence = Evidence::read(&report.read(EVIDENCE), Path::new(EVIDENCE)).unwrap();
    evidence.lines[&number].clone()
}

/// A Chinese character that repair had to choose, its column, and what else it may be.
fn a_doubt(report: &Report) -> (char, usize, char) {
    let line = line(report, 2);
    let han = |candidate: &&(char, f64)| is_han(candidate.0);
    let found = line.inferred.iter().find_map(|(column, candidates)| {
        let chosen = candidates.first().filter(han)?;
        let other = candidates.get(1).filter(han)?;
        Some((chosen.0, *column, other.0))
    });
    found.unwrap()
}

#[test]
fn a_correction_that_fits_reaches_the_page_and_survives() {
    let report = report();
    again(&report);
    let (chosen, column, other) = a_doubt(&report);
    let entry =
        format!("- line: 2\n  column: {column}\n  wrong: \"{chosen}\"\n  right: \"{other}\"\n");
    let outcome = correct(&report, &entry);
    assert_eq!(said(&outcome), "");
    let corrected = line(&report, 2);
    assert_eq!(corrected.text.chars().nth(column - 1), Some(other));
    assert!(report.read(PAGE).contains(&corrected.text));
    assert!(!corrected.inferred.contains_key(&column));
    assert_eq!(corrected.replays, Some(true));
    let [hers] = corrected.corrected.as_slice() else {
        panic!("{:?}", corrected.corrected);
    };
    assert_eq!((hers.column, hers.characters), (column, 1));
    assert_eq!(
        (hers.was.as_str(), hers.check),
        (&*chosen.to_string(), Check::Fits)
    );
    let record = outcome.record.unwrap();
    assert_eq!(record.corrections.len(), 1);
    assert_eq!(record.corrections[0].check, Check::Fits);
    // Again: nothing is written, her file least of all.
    let before = digest_of_folder(report.root());
    assert_eq!(again(&report).written, Vec::<String>::new());
    assert_eq!(digest_of_folder(report.root()), before);
    // Without it all is as it was.
    fs::remove_file(report.path("sources/s.corrections.yaml")).unwrap();
    again(&report);
    assert_eq!(line(&report, 2).text.chars().nth(column - 1), Some(chosen));
}

#[test]
fn an_edited_page_gets_a_correction_beside_it() {
    let report = report();
    again(&report);
    let edited = report.read(PAGE) + "\n手写的一句。\n";
    report.write(PAGE, edited.as_bytes());
    let outcome = correct(&report, "- line: 3\n  wrong: 三盏\n  right: 四盏\n");
    assert_eq!(outcome.beside, [PAGE]);
    assert_eq!(report.read(PAGE), edited);
    assert!(report.read("content/dong-jie.zh.md.new").contains("四盏灯"));
}

#[test]
fn what_does_not_fit_is_questioned_and_applied() {
    let report = report();
    let outcome = correct(
        &report,
        "- line: 2\n  wrong: 多部门\n  right: 多个局\n  note: 另一份抄本\n",
    );
    let message = said(&outcome);
    assert!(
        message.starts_with(
            "warning: with this correction line 2 could not have become what the source has"
        ),
        "{message}"
    );
    assert!(
        message.contains("--> sources/s.corrections.yaml:3:3"),
        "{message}"
    );
    let line = line(&report, 2);
    assert!(line.text.contains("多个局"));
    assert_eq!(line.replays, Some(false));
    assert_eq!(line.corrected[0].check, Check::Questioned);
    assert_eq!(line.corrected[0].note.as_deref(), Some("另一份抄本"));
}

#[test]
fn a_sound_line_can_be_corrected_in_the_words_of_the_page() {
    let report = report();
    let outcome = correct(
        &report,
        "- line: 3\n  wrong: 东街有三盏灯，都亮\n  right: 东街有三盏灯，都暗\n",
    );
    assert_eq!(said(&outcome), "");
    assert!(report.read(PAGE).contains("东街有三盏灯，都暗。"));
    let line = line(&report, 3);
    assert_eq!(line.text, "东街有 三盏灯,都暗。");
    assert_eq!(line.original.as_deref(), Some("东街有 三盏灯,都亮。"));
    assert_eq!(line.corrected[0].check, Check::Unchecked);
}

#[test]
fn characters_can_come_and_go() {
    let report = report();
    correct(
        &report,
        "- line: 2\n  wrong: 今年，\n  right: \"\"\n- line: 2\n  wrong: 印发\n  right: 共同印发\n- line: 3\n  wrong: 都亮\n  right: 都还亮\n",
    );
    let line = line(&report, 2);
    assert_eq!(
        line.text,
        "多部门联合共同印发方案，央行要求3个月内完成改造。"
    );
    let places: Vec<(usize, usize, &str)> = line
        .corrected
        .iter()
        .map(|hers| (hers.column, hers.characters, hers.was.as_str()))
        .collect();
    assert_eq!(places, [(1, 0, "今年，"), (6, 2, "")]);
    assert_eq!(line.spans[0].text, 0..line.text.chars().count());
    assert!(report.read(PAGE).contains("都还亮"));
}

#[test]
fn what_repair_says_by_itself_by_now_is_no_mistake() {
    let report = report();
    let outcome = correct(&report, "- line: 2\n  wrong: 联台印发\n  right: 联合印发\n");
    assert_eq!(
        said(&outcome),
        "note: line 2 reads `联合印发` without this correction\n  --> sources/s.corrections.yaml:2:3\n  \
         help: nothing has to be done; if you meant another place, mend `wrong`"
    );
    assert_eq!(line(&report, 2).text, TEXT);
    assert_eq!(line(&report, 2).corrected[0].check, Check::Fits);
}

#[test]
fn a_corrected_name_helps_the_other_lines() {
    // 琬 is so rare that neither line shows it, and both are cut at the same place.
    let report = Report::new();
    let lines = ["会后，邬琬又来到菜市场。", "昨天，邬琬又来到图书馆。"];
    let source = format!("{}\n{}\n", damaged(lines[0]), damaged(lines[1]));
    report.source("s.txt", source.as_bytes());
    again(&report);
    assert_ne!(
        line(&report, 2).text,
        lines[1],
        "find another name for this test"
    );
    let wrong: String = line(&report, 1).text.chars().skip(3).take(2).collect();
    let entry = format!("- line: 1\n  wrong: {wrong}\n  right: 邬琬\n");
    assert_eq!(said(&correct(&report, &entry)), "");
    assert_eq!(line(&report, 1).text, lines[0]);
    assert_eq!(line(&report, 2).text, lines[1]);
    assert!(line(&report, 2).corrected.is_empty());
}

#[test]
fn lost_places_can_be_filled_in() {
    let report = Report::new();
    report.source("s.txt", "东街\n灯烫烫烫烫亮\n".as_bytes());
    let message = said(&again(&report));
    assert!(
        message.contains("4 characters of this line are lost"),
        "{message}"
    );
    assert_eq!(line(&report, 2).lost, [2, 3, 4, 5]);
    let outcome = correct(&report, "- line: 2\n  wrong: 烫烫烫烫\n  right: 都\n");
    assert_eq!(said(&outcome), "");
    let line = line(&report, 2);
    assert_eq!((line.text.as_str(), line.lost), ("灯都亮", Vec::new()));
    assert_eq!(line.corrected[0].check, Check::Unchecked);
}

#[test]
fn the_corrections_of_a_source_from_elsewhere_are_in_sources() {
    let report = report();
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("s.txt");
    fs::rename(report.path("sources/s.txt"), &file).unwrap();
    report.source(
        "s.txt.corrections.yaml",
        "- { line: 3, wrong: 三盏, right: 四盏 }\n".as_bytes(),
    );
    let outcome = import(report.root(), &file, &Config::default()).unwrap();
    assert_eq!(said(&outcome), "");
    assert!(report.read(PAGE).contains("四盏灯"));
}

#[test]
fn a_list_of_corrections_is_no_source() {
    let report = report();
    report.source("s.corrections.yaml", b"[]");
    let file = report.path("sources/s.corrections.yaml");
    let error = import(report.root(), &file, &Config::default()).unwrap_err();
    assert!(
        error.to_string().ends_with("is a list of corrections"),
        "{error}"
    );
}

#[test]
fn a_large_source_stays_usable() {
    let report = Report::new();
    let line = damaged(TEXT);
    report.source("s.txt", format!("{line}\n{TEXT}\n").repeat(300).as_bytes());
    again(&report);
    let (source, evidence) = (
        fs::metadata(report.path("sources/s.txt")).unwrap().len(),
        fs::metadata(report.path(EVIDENCE)).unwrap().len(),
    );
    assert!(evidence < 4 * source, "{evidence} bytes for {source}");
}

proptest! {
    #[test]
    fn whatever_is_corrected_the_evidence_stays_whole(
        clean in "[国家的支持，。（）0-9a灯亮]{0,16}",
        front in prop::sample::select(vec!["", "① ", "灯，", "烫烫烫烫"]),
        list in prop::collection::vec(
            (prop::option::of(1..20_usize), "[国家的支，a灯烫 ]{1,3}", "[国家的支，a灯烫]{0,3}"),
            0..6,
        ),
    ) {
        let original = format!("{front}{}", damaged(&clean));
        let repaired = repair_line(&original);
        let corrections: Vec<Correction> = list
            .into_iter()
            .map(|(column, wrong, right)| Correction {
                line: 1,
                column,
                wrong,
                right,
                note: None,
                entry: Entry { file: PathBuf::new(), begins: (1, 1), keys: BTreeMap::new() },
            })
            .collect();
        let wanted: Vec<&Correction> = corrections.iter().collect();
        let outcome = apply(&original, &repaired, &wanted);
        let length = outcome.line.text.chars().count();
        prop_assert!(outcome.line.evidence.is_empty() || outcome.line.evidence.len() == length);
        let mut at = 0;
        for span in &outcome.line.spans {
            prop_assert!(at <= span.restored.start && span.restored.start <= span.restored.end);
            at = span.restored.end;
        }
        prop_assert!(at <= length);
        for applied in &outcome.applied {
            prop_assert!(applied.at.end <= length);
        }
        let questioned = outcome.applied.iter().any(|applied| applied.check == Check::Questioned);
        let unchecked = outcome.applied.iter().any(|applied| applied.check == Check::Unchecked);
        if !questioned && !unchecked {
            prop_assert_eq!(outcome.line.replays(), original);
        }
    }
}
