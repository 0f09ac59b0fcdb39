//! What must hold for any source.

use std::path::Path;
use std::time::{Duration, Instant};

use mingwen::config::Config;
use mingwen::import::account::Account;
use mingwen::import::decode::decode;
use mingwen::import::facts::{counts, policies};
use mingwen::import::normalise::{FIXERS, Fixers};
use mingwen::import::restorable;
use mingwen::import::sections::{Document, Node};
use mingwen::import::{escape, slug};
use proptest::prelude::*;

use crate::journeys::{Report, digest_of_folder};
use crate::stages::document;

/// Lines made of what the stages look for.
fn line() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "①",
        "② 标题",
        "一、",
        "一.概况",
        "（一）",
        "1、",
        "1. ",
        "（2）",
        "2.1 节",
        "第一章 ",
        "北京市",
        "广东省",
        "社会",
        "甲",
        "治理的",
        "AI",
        "1,101",
        "2017年3月7日",
        "2017年2月30日",
        "，某局印发",
        "《办法》",
        "《",
        "》",
        "（74）",
        "(111条)",
        "、",
        "，",
        ",",
        ":",
        ";",
        "。",
        "!",
        "?",
        " ",
        "  ",
        "　",
        "\u{200b}",
        "(",
        ")",
        "（",
        "）",
        "“",
        "”",
        "*",
        "_",
        "#",
        "&amp;",
        "…",
        "Ａ",
        "９",
        "．",
        "这些",
        "鍥藉",
        "\u{fffd}",
        "•",
        "- ",
        "标签：",
        "----",
        "这里是一段相当长的文字，用来使一行长得不会被当成标题，因此写了又写，直到超过四十个字为止，这样就够长了吧",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn source() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 1..14).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fixers_are_idempotent(line in line()) {
        for fixer in FIXERS {
            let once = (fixer.fix)(&line);
            prop_assert_eq!((fixer.fix)(&once), once, "{}", fixer.name);
        }
        let fixers = Fixers::default();
        let once = fixers.fix(&line).text;
        prop_assert_eq!(fixers.fix(&once).text, once);
    }

    #[test]
    fn fixers_stand_any_text(line in "\\PC{0,40}") {
        let fixers = Fixers::default();
        let once = fixers.fix(&line).text;
        prop_assert_eq!(fixers.fix(&once).text, once);
        let _ = (counts::read(&line), policies::read(&line), slug::slug(&line));
    }

    #[test]
    fn every_line_stands_in_the_tree_once(text in source()) {
        let document = document(&text);
        let lines = lines_of(&document);
        let all: Vec<usize> = (1..=text.lines().count()).collect();
        let mut sorted = lines.clone();
        sorted.extend(&document.empty);
        sorted.sort_unstable();
        prop_assert_eq!(sorted, all);
        prop_assert!(lines.is_sorted(), "order of the source: {:?}", lines);
    }

    #[test]
    fn names_are_valid(words in "\\PC{0,40}") {
        let slug = slug::slug(&words);
        prop_assert!(slug.is_empty() || slug::is_valid(&slug), "{}", slug);
    }

    #[test]
    fn any_bytes_decode_or_say_why(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (decoded, diagnostics) = decode(&bytes, Path::new("x"), restorable);
        let Some(decoded) = decoded else {
            prop_assert_eq!(diagnostics.len(), 1);
            return Ok(());
        };
        let mut at = 0;
        for line in &decoded.lines {
            prop_assert_eq!(line.bytes.start, at);
            at = line.bytes.end;
        }
        prop_assert_eq!(at, bytes.len());
    }

    #[test]
    fn markdown_renders_as_the_source_says(line in "[\\PC&&[^\u{80}-\u{bf}]]{1,30}") {
        let line = Fixers::default().fix(&line).text;
        prop_assume!(!line.is_empty());
        let shown = shown(&escape::block(&line));
        prop_assert_eq!(shown, line);
    }
}

/// The text that a reader sees, with every extension switched on.
fn shown(markdown: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser};
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    Parser::new_ext(markdown, options)
        .filter_map(|event| match event {
            Event::Text(text) => Some(text.into_string()),
            Event::Start(pulldown_cmark::Tag::Paragraph) | Event::End(_) => None,
            other => Some(format!("{other:?}")),
        })
        .collect()
}

fn lines_of(document: &Document) -> Vec<usize> {
    let mut lines: Vec<usize> = document.title.iter().map(|title| title.number).collect();
    for page in &document.pages {
        lines.extend(page.heading.iter().map(|heading| heading.line));
        collect(&page.nodes, &mut lines);
    }
    lines
}

fn collect(nodes: &[Node], lines: &mut Vec<usize>) {
    for node in nodes {
        match node {
            Node::Section(heading, nodes) => {
                lines.push(heading.line);
                collect(nodes, lines);
            }
            Node::Point { line, .. } | Node::Bullet { line, .. } | Node::Paragraph { line, .. } => {
                lines.push(*line);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_import_accounts_for_every_line_and_can_be_repeated(text in source()) {
        let report = Report::new();
        report.source("s.txt", text.as_bytes());
        let first = report.import("s.txt", &Config::default());
        prop_assume!(first.record.is_some());
        let expect: Vec<usize> = (1..=text.lines().count()).collect();
        prop_assert_eq!(accounted(first.account()), expect);
        let before = digest_of_folder(report.root());
        let second = report.import("s.txt", &Config::default());
        prop_assert_eq!(&second.written, &Vec::<String>::new());
        prop_assert_eq!(&second.diagnostics, &first.diagnostics);
        prop_assert_eq!(digest_of_folder(report.root()), before);
    }
}

fn accounted(account: &[Account]) -> Vec<usize> {
    account
        .iter()
        .flat_map(|account| {
            let (first, last) = account
                .lines
                .split_once('-')
                .unwrap_or((&account.lines, &account.lines));
            first.parse::<usize>().unwrap()..=last.parse().unwrap()
        })
        .collect()
}

/// What is linear takes a hundredth of it, even unoptimised on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// So much that it would take many minutes if anything were quadratic.
#[test]
fn nothing_is_quadratic() {
    let sources = [
        "（74）、甲".repeat(40_000),
        "(".repeat(300_000),
        "甲 ".repeat(150_000),
        "甲\t".repeat(150_000),
        "①   ".repeat(100_000),
        "2017年3月7日，某局印发《".repeat(20_000),
        "北京 ".repeat(80_000),
        "&a".repeat(200_000),
        "一、甲\n".repeat(50_000),
        "1、甲\n乙\n".repeat(40_000),
        "北京市\n".repeat(60_000),
        "（一）甲\n1、乙\n（1）丙\n".repeat(20_000),
    ];
    for source in sources {
        let start = Instant::now();
        let fixers = Fixers::default();
        for line in source.lines() {
            let fixed = fixers.fix(line).text;
            let _ = (
                counts::read(&fixed),
                policies::read(&fixed),
                escape::block(&fixed),
                slug::slug(&fixed),
            );
        }
        let _ = document(&source);
        let name: String = source.chars().take(8).collect();
        assert!(start.elapsed() < PATIENCE, "{name}: {:?}", start.elapsed());
    }
}

/// A whole import of as many pages and figures under one name.
#[test]
fn many_pages_of_one_name_are_named_in_one_pass() {
    let report = Report::new();
    let page = "一、甲\n乙（3家）、丙（4家）。\n";
    report.source("s.txt", page.repeat(2_000).as_bytes());
    let start = Instant::now();
    let outcome = report.import("s.txt", &Config::default());
    assert_eq!(outcome.pages.len(), 2_000);
    assert_eq!(outcome.data.len(), 2_000);
    assert!(
        report
            .import("s.txt", &Config::default())
            .written
            .is_empty()
    );
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
}
