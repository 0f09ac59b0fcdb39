//! Which block of one language stands for which of the other.
//!
//! In: the blocks of a page in both languages. Out: [`Row`]s in reading order: pairs of blocks, and
//! blocks without a counterpart; each row with its anchor, which both languages share. Promise: the
//! order of neither text is changed; every block is in one row; a paragraph that is missing in one
//! language shifts nothing but the numbers it would have had.
//!
//! Sections are paired first, by the name a person gave the heading in both languages, or else by its
//! place (`s1-2`). Inside a section the pairing that costs least is chosen (as Gale and Church did
//! with sentences, 1993): a pair costs more the more its lengths and its numbers differ, and a block
//! alone costs something too.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Tag};

use crate::render::markdown::Parsed;
use crate::render::markdown::blocks::Kind;
use crate::render::markdown::parse::Anchor;
use crate::render::parallel::pairs::{Features, features, pairs};

/// A block in the first language, its counterpart in the second, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub first: Option<usize>,
    pub second: Option<usize>,
    /// `s1-2` of a heading, `s1-2-p3` of the third block after it; the first language decides.
    pub anchor: String,
}

/// Pairs the blocks of two languages.
pub(crate) fn align(first: &Parsed<'_>, second: &Parsed<'_>) -> Vec<Row> {
    let (left, right) = (sections(first), sections(second));
    let by_id: BTreeMap<&str, usize> = keys(&right, |section| section.id);
    let by_place: BTreeMap<&str, usize> = keys(&right, |section| section.place);
    let left_ids: BTreeMap<&str, usize> = keys(&left, |section| section.id);
    let mut rows = Vec::new();
    let mut next = 0;
    for section in &left {
        let found = by_id.get(section.id).or_else(|| {
            let at = by_place.get(section.place)?;
            // A heading whose given name stands elsewhere in the first language belongs there.
            (!left_ids.contains_key(right[*at].id)).then_some(at)
        });
        match found {
            Some(&at) if at >= next => {
                for other in &right[next..at] {
                    add(
                        &mut rows,
                        None,
                        Some(other),
                        &[],
                        &features(second, &other.blocks),
                    );
                }
                let (a, b) = (
                    features(first, &section.blocks),
                    features(second, &right[at].blocks),
                );
                add(&mut rows, Some(section), Some(&right[at]), &a, &b);
                next = at + 1;
            }
            _ => add(
                &mut rows,
                Some(section),
                None,
                &features(first, &section.blocks),
                &[],
            ),
        }
    }
    for other in right.get(next..).unwrap_or_default() {
        add(
            &mut rows,
            None,
            Some(other),
            &[],
            &features(second, &other.blocks),
        );
    }
    rows
}

/// Headings whose anchor is to be another: the place in the outline of the first or second language,
/// and the name that a person gave the same heading in the other one.
pub(crate) fn shared_names(first: &Parsed<'_>, second: &Parsed<'_>) -> [Vec<(usize, String)>; 2] {
    let mut renames = [Vec::new(), Vec::new()];
    let given = |parsed: &Parsed<'_>| parsed.outline.iter().any(|one| one.id != one.place);
    if !given(first) && !given(second) {
        return renames;
    }
    for row in align(first, second) {
        let (Some(left), Some(right)) = (row.first, row.second) else {
            continue;
        };
        let anchors = [anchor_of(first, left), anchor_of(second, right)];
        let [Some((at, left)), Some((other, right))] = anchors else {
            continue;
        };
        let outlines = [&first.outline, &second.outline];
        let (side, at, name) = match (left.id == left.place, right.id == right.place) {
            (true, false) => (0, at, &right.id),
            (false, true) => (1, other, &left.id),
            _ => continue,
        };
        if outlines[side].iter().all(|anchor| anchor.id != *name) {
            renames[side].push((at, name.clone()));
        }
    }
    renames
}

/// The entry in the outline of a block that is a heading.
fn anchor_of<'a>(parsed: &'a Parsed<'_>, block: usize) -> Option<(usize, &'a Anchor)> {
    let block = parsed.blocks.get(block)?;
    match parsed.events.get(block.events.start)? {
        (Event::Start(Tag::Heading { id: Some(id), .. }), _) => {
            let mut outline = parsed.outline.iter().enumerate();
            outline.find(|(_, anchor)| *anchor.id == **id)
        }
        _ => None,
    }
}

/// The anchors of the blocks of a page that has one language alone.
pub(crate) fn anchors(parsed: &Parsed<'_>) -> Vec<String> {
    let mut anchors = vec![String::new(); parsed.blocks.len()];
    for section in sections(parsed) {
        if let Some(heading) = section.heading {
            section.id.clone_into(&mut anchors[heading]);
        }
        for (number, block) in section.blocks.enumerate() {
            anchors[block] = section_anchor(section.id, number + 1, 0);
        }
    }
    anchors
}

/// A heading and the blocks up to the next one.
struct Section<'a> {
    heading: Option<usize>,
    /// The heading's anchor; empty before the first heading.
    id: &'a str,
    place: &'a str,
    blocks: std::ops::Range<usize>,
}

fn keys<'a>(
    sections: &[Section<'a>],
    key: impl Fn(&Section<'a>) -> &'a str,
) -> BTreeMap<&'a str, usize> {
    let each = sections.iter().enumerate();
    each.map(|(at, section)| (key(section), at)).collect()
}

fn sections<'a>(parsed: &'a Parsed<'_>) -> Vec<Section<'a>> {
    let mut sections = vec![Section {
        heading: None,
        id: "",
        place: "",
        blocks: 0..0,
    }];
    let mut outline = parsed.outline.iter();
    for (at, block) in parsed.blocks.iter().enumerate() {
        let start = parsed.events.get(block.events.start);
        if let Some((Event::Start(Tag::Heading { id: Some(id), .. }), _)) = start
            && block.kind == Kind::Heading
            && let Some(anchor) = outline.find(|anchor| *anchor.id == **id)
        {
            sections.push(Section {
                heading: Some(at),
                id: &anchor.id,
                place: &anchor.place,
                blocks: at + 1..at + 1,
            });
        } else if let Some(section) = sections.last_mut() {
            section.blocks.end = at + 1;
        }
    }
    sections
}

/// `s1-2-p3`, or `s1-2-p3x1` for a block that the first language does not have.
fn section_anchor(section: &str, number: usize, extra: usize) -> String {
    let dash = if section.is_empty() { "" } else { "-" };
    match extra {
        0 => format!("{section}{dash}p{number}"),
        _ => format!("{section}{dash}p{number}x{extra}"),
    }
}

/// Adds the rows of a section in one language or both.
fn add(
    rows: &mut Vec<Row>,
    first: Option<&Section<'_>>,
    second: Option<&Section<'_>>,
    a: &[Features],
    b: &[Features],
) {
    let heading = |section: Option<&Section<'_>>| section.and_then(|section| section.heading);
    let id = first.or(second).map_or("", |section| section.id);
    let start = |section: Option<&Section<'_>>| section.map_or(0, |section| section.blocks.start);
    if heading(first).is_some() || heading(second).is_some() {
        rows.push(Row {
            first: heading(first),
            second: heading(second),
            anchor: id.to_owned(),
        });
    }
    let (mut number, mut extra) = (0, 0);
    for (left, right) in pairs(a, b) {
        if left.is_some() || first.is_none() {
            (number, extra) = (number + 1, 0);
        } else {
            extra += 1;
        }
        rows.push(Row {
            first: left.map(|at| start(first) + at),
            second: right.map(|at| start(second) + at),
            anchor: section_anchor(id, number, extra),
        });
    }
}

#[cfg(test)]
mod tests {
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
        let names = shared_names(&parse(&zh), &parse(&en));
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

    #[test]
    fn very_long_sections_are_paired_too() {
        let years = |word: &str, without: u32| -> String {
            let all = (0..3000).filter(|year| *year != without);
            let lines: Vec<String> = all.map(|year| format!("{year} {word}")).collect();
            lines.join("\n\n")
        };
        let (zh, en) = (years("年", 3000), years("a", 1500));
        let (zh, en) = (mark(&zh), mark(&en));
        let rows = align(&parse(&zh), &parse(&en));
        assert_eq!(rows.len(), 3000);
        assert_eq!((rows[1500].second, rows[2999].second), (None, Some(2998)));
    }
}
