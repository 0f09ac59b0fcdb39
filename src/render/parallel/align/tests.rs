//! Invented pages in both languages, and how their blocks are paired.

use super::*;
use crate::render::markdown::blocks::text;
use crate::render::markdown::{mark, parse};

/// The rows as `anchor first|second`, each block by its first word.
fn check(zh: &str, en: &str, expect: &[&str]) {
    let (zh, en) = (mark(zh), mark(en));
    let (zh, en) = (parse(&zh), parse(&en));
    let word = |parsed: &Parsed<'_>, block: Option<usize>| {
        let block = block.map(|at| parsed.blocks[at].events.clone());
        let words = block.map(|events| text(&parsed.events[events]));
        words
            .unwrap_or_else(|| "-".into())
            .split_whitespace()
            .next()
            .unwrap_or("?")
            .to_owned()
    };
    let rows: Vec<String> = align(&zh, &en)
        .0
        .iter()
        .map(|row| {
            format!(
                "{} {}|{}",
                row.anchor,
                word(&zh, row.first),
                word(&en, row.second)
            )
        })
        .collect();
    assert_eq!(rows, expect);
}

#[test]
fn what_stands_at_the_same_place_is_paired() {
    check(
        "甲\n\n## 乙\n\n- 丙\n- 丁\n\n戊",
        "a\n\n## b\n\n- c\n- d\n\ne",
        &[
            "p1 甲|a",
            "s1 乙|b",
            "s1-p1 丙|c",
            "s1-p2 丁|d",
            "s1-p3 戊|e",
        ],
    );
}

#[test]
fn a_missing_paragraph_shifts_nothing() {
    check(
        "2017 年\n\n2018 年甲乙丙丁\n\n2019 年",
        "2017 a\n\n2019 b",
        &["p1 2017|2017", "p2 2018|-", "p3 2019|2019"],
    );
    check(
        "2017 年\n\n2019 年",
        "2017 a\n\n2018 is more\n\n2019 b",
        &["p1 2017|2017", "p1x1 -|2018", "p2 2019|2019"],
    );
    let long = "这是很长很长的一段话，说了很多很多的事情，从头到尾讲了一遍又一遍。";
    let english = "This is a very long paragraph that says many many things, from the beginning to the end, again.";
    check(
        &format!("{long}\n\n短\n\n{long}\n\n| a |\n|---|\n| 1 |"),
        &format!("{english}\n\n{english}\n\n| b |\n|---|\n| 1 |"),
        &[
            &format!("p1 {long}|This"),
            "p2 短|-",
            &format!("p3 {long}|This"),
            "p4 a|b",
        ],
    );
}

#[test]
fn a_given_name_pairs_sections_before_their_place() {
    check(
        "## 甲 {#a}\n\n## 乙 {#b}\n\n## 丙 {#c}",
        "## A {#a}\n\n## C {#c}",
        &["a 甲|A", "b 乙|-", "c 丙|C"],
    );
    check("## 甲 {#a}\n\n丁", "## A\n\nd", &["a 甲|A", "a-p1 丁|d"]);
}

#[test]
fn a_name_given_in_one_language_holds_in_both() {
    let (zh, en) = (mark("## 甲\n\n## 乙 {#b}"), mark("## A {#a}\n\n## B"));
    let (_, names) = align(&parse(&zh), &parse(&en));
    assert_eq!(
        names,
        [vec![(0, "a".to_owned())], vec![(1, "b".to_owned())]]
    );
}

#[test]
fn a_language_may_have_more_sections() {
    check(
        "甲",
        "a\n\n## B\n\nc\n\nd",
        &["p1 甲|a", "s1 -|B", "s1-p1 -|c", "s1-p2 -|d"],
    );
    check("", "a", &["p0x1 -|a"]);
}

/// A section of a report: a heading, two paragraphs with figures of its own, a list.
fn section(heading: &str, words: [&str; 3], seed: u32) -> String {
    let [one, two, item] = words;
    format!(
        "## {heading}\n\n{one} {} {one}\n\n{two} {} {two} {}\n\n- {item} {}\n\n",
        seed * 37 % 1000,
        seed * 91 % 1000,
        seed * 57 % 100,
        seed + 3
    )
}

fn report(lang: &str, seeds: impl IntoIterator<Item = u32>) -> String {
    let words = match lang {
        "zh" => ["本市共有企业", "投资总额达到", "其中园区"],
        _ => [
            "The city has companies",
            "Investment reached a total of",
            "of these, parks",
        ],
    };
    let sections = seeds.into_iter();
    sections.map(|seed| section("标题", words, seed)).collect()
}

/// The headings of one language, by which of the other they stand beside.
fn beside(zh: &str, en: &str) -> Vec<(Option<usize>, Option<usize>)> {
    let (zh, en) = (mark(zh), mark(en));
    let (zh, en) = (parse(&zh), parse(&en));
    let number = |parsed: &Parsed<'_>, block: usize| {
        let before = &parsed.blocks[..=block];
        before
            .iter()
            .filter(|own| own.kind == Kind::Heading)
            .count()
    };
    let (rows, _) = align(&zh, &en);
    let headings = rows.iter().filter(|row| {
        let kind = row.first.map(|at| zh.blocks[at].kind);
        kind.or(row.second.map(|at| en.blocks[at].kind)) == Some(Kind::Heading)
    });
    headings
        .map(|row| {
            let second = row.second.map(|at| number(&en, at));
            (row.first.map(|at| number(&zh, at)), second)
        })
        .collect()
}

#[test]
fn an_untranslated_section_in_the_middle_shifts_no_other() {
    let some = Some;
    assert_eq!(
        beside(&report("zh", 1..=5), &report("en", [1, 2, 4, 5])),
        [
            (some(1), some(1)),
            (some(2), some(2)),
            (some(3), None),
            (some(4), some(3)),
            (some(5), some(4))
        ]
    );
    // Two in a row, and one that the other language alone has.
    assert_eq!(
        beside(&report("zh", [1, 2, 3, 4, 5]), &report("en", [1, 4, 9, 5])),
        [
            (some(1), some(1)),
            (some(2), None),
            (some(3), None),
            (some(4), some(2)),
            (None, some(3)),
            (some(5), some(4))
        ]
    );
}

#[test]
fn names_and_links_tell_sections_apart() {
    let (zh, en) = (
        "## 甲\n\n[见](a.md) Zola 很快。\n\n## 乙\n\n[见](b.md) Hugo 很快。\n\n## 丙\n\n[见](c.md) Quarto 很快。",
        "## A\n\n[See](a.md): Zola is fast.\n\n## C\n\n[See](c.md): Quarto is fast.",
    );
    assert_eq!(
        beside(zh, en),
        [(Some(1), Some(1)), (Some(2), None), (Some(3), Some(2))]
    );
}

#[test]
fn both_languages_have_the_same_anchors() {
    let (zh, en) = (report("zh", [1, 2, 3]), report("en", [1, 8, 3]));
    let (zh, en) = (mark(&zh), mark(&en));
    let (zh, en) = (parse(&zh), parse(&en));
    let (rows, [none, renamed]) = align(&zh, &en);
    let mut anchors: Vec<&str> = rows.iter().map(|row| row.anchor.as_str()).collect();
    anchors.sort_unstable();
    let all = anchors.len();
    anchors.dedup();
    assert_eq!(anchors.len(), all, "no two rows have one anchor");
    assert!(none.is_empty());
    for (at, _) in &renamed {
        assert!(*at < en.outline.len());
    }
}

#[test]
fn sections_in_great_number_take_little_time() {
    let all: Vec<u32> = (0..3000).collect();
    let some: Vec<u32> = all.iter().copied().filter(|one| one % 100 != 50).collect();
    let pairs = beside(&report("zh", all), &report("en", some));
    assert!(pairs.len() < 3050);
    assert_eq!(pairs.last(), Some(&(Some(3000), Some(2970))));
}

#[test]
fn very_long_sections_are_paired_too() {
    let years = |word: &str, without: u32| -> String {
        let all = (0..3000).filter(|year| *year != without);
        let lines: Vec<String> = all.map(|year| format!("{year} {word}")).collect();
        lines.join("\n\n")
    };
    let (zh, en) = (years("年", 3000), years("a", 1500));
    let (zh, en) = (mark(&zh), mark(&en));
    let (rows, _) = align(&parse(&zh), &parse(&en));
    assert_eq!(rows.len(), 3000);
    assert_eq!((rows[1500].second, rows[2999].second), (None, Some(2998)));
}
