//! What each line is: title, heading, point, bullet or paragraph.
//!
//! In: lines. Out: a [`Kind`] for every line that is not empty. Promise: one pass forwards with one
//! line of look-ahead, and one over the groups of numbered lines.

use super::TextLine;
use super::marker::{self, Marker, Style};
use crate::figures::Vocabulary;
use crate::import::chars::{ends_sentence, visual_length};
use crate::import::regions::{self, Region};

/// A heading with numbering is at most this long; the longest of real reports have about thirty.
const LONGEST_NUMBERED_HEADING: usize = 40;
/// The heading of a section with a circled numeral may be a whole headline.
const LONGEST_CIRCLED_HEADING: usize = 60;
/// A heading without numbering is shorter, and what follows it is at least this long.
const LONGEST_PLAIN_HEADING: usize = 30;
const SHORTEST_FOLLOWER: usize = 45;
/// A first line up to this length, without a full stop, is the title.
const LONGEST_TITLE: usize = 60;

/// What a line is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Title,
    Heading(Rank, Option<Marker>, Option<&'static Region>),
    Point(Marker),
    Bullet,
    Paragraph,
}

/// How far out a heading stands: a smaller one closes a larger one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Circled,
    Chapter,
    Part,
    Han,
    HanBracket,
    Arabic,
    Decimal(u8),
    ArabicBracket,
    /// What numbers the smallest parts: circled numerals that come after `一、`.
    Inner,
    Plain,
}

/// A line with what it is, and its text without numbering or bullet.
#[derive(Debug, Clone)]
pub(super) struct Classified {
    pub number: usize,
    pub text: String,
    pub kind: Kind,
}

pub(super) fn classify(lines: &[TextLine], words: &Vocabulary) -> Vec<Classified> {
    let lines: Vec<&TextLine> = lines
        .iter()
        .filter(|line| !line.text.trim().is_empty())
        .collect();
    let mut classified: Vec<Classified> = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let next = lines.get(index + 1).map(|line| line.text.trim());
        let (kind, text) = one(line.text.trim(), next, words);
        classified.push(Classified {
            number: line.number,
            text,
            kind,
        });
    }
    short_points(&mut classified);
    regions_inside_numbering(&mut classified);
    circled_inside(&mut classified);
    title(&mut classified, &lines, words);
    classified
}

fn one(text: &str, next: Option<&str>, words: &Vocabulary) -> (Kind, String) {
    if is_imprint(text, words) {
        return (Kind::Paragraph, text.to_owned());
    }
    if let Some((marker, rest)) = marker::split(text) {
        let kind = if is_numbered_heading(&marker, rest) {
            let rank = rank(&marker);
            Kind::Heading(rank, Some(marker), regions::of_heading(rest))
        } else {
            Kind::Point(marker)
        };
        return (kind, rest.to_owned());
    }
    if let Some(rest) = bullet(text) {
        return (Kind::Bullet, rest.to_owned());
    }
    let name = text.trim_matches(['【', '】', '：', ':', ' ']);
    if let Some(region) = regions::named(name) {
        return (
            Kind::Heading(Rank::Arabic, None, Some(region)),
            text.to_owned(),
        );
    }
    if is_conventional(name) {
        return (Kind::Heading(Rank::Part, None, None), text.to_owned());
    }
    if is_plain_heading(text, next) {
        let region = regions::of_heading(name);
        return (Kind::Heading(Rank::Plain, None, region), text.to_owned());
    }
    (Kind::Paragraph, text.to_owned())
}

fn rank(marker: &Marker) -> Rank {
    match marker.style {
        Style::Circled => Rank::Circled,
        Style::Chapter if marker.written.contains('节') => Rank::Part,
        Style::Chapter => Rank::Chapter,
        Style::Han => Rank::Han,
        Style::HanBracket => Rank::HanBracket,
        Style::Arabic => Rank::Arabic,
        Style::Decimal => {
            let depth = marker.written.matches('.').count();
            Rank::Decimal(u8::try_from(depth).unwrap_or(u8::MAX))
        }
        Style::ArabicBracket => Rank::ArabicBracket,
    }
}

/// Short, and not two sentences. A full stop at the very end does not count against it.
fn is_numbered_heading(marker: &Marker, text: &str) -> bool {
    let most = match marker.style {
        Style::Circled => LONGEST_CIRCLED_HEADING,
        _ => LONGEST_NUMBERED_HEADING,
    };
    let body = text.trim_end_matches(['。', '！', '？', '!', '?']);
    !body.is_empty()
        && visual_length(body) <= most
        && !body.contains(['。', '；'])
        && !text.ends_with(['；', ';', '，', ','])
}

/// Headings that every report has, with or without numbering around them.
fn is_conventional(name: &str) -> bool {
    matches!(
        name,
        "摘要"
            | "前言"
            | "引言"
            | "序言"
            | "导语"
            | "结语"
            | "结论"
            | "总结"
            | "小结"
            | "附录"
            | "参考文献"
            | "后记"
    )
}

/// A short line without a final mark, before a much longer one. A row of a table is none.
fn is_plain_heading(text: &str, next: Option<&str>) -> bool {
    let length = visual_length(text);
    let ends_open = text.ends_with(|c: char| {
        ends_sentence(c) || matches!(c, '，' | '、' | '：' | ':' | ',' | '.' | '）' | ')')
    });
    let Some(next) = next else { return false };
    let follower = visual_length(next);
    (2..=LONGEST_PLAIN_HEADING).contains(&length)
        && !ends_open
        && !text.contains(['。', '\t'])
        && !text.contains("://")
        && text.chars().any(char::is_alphabetic)
        && !is_date(text)
        && follower >= SHORTEST_FOLLOWER.max(2 * length)
}

/// Where a text comes from, and nothing else: `来源：县报`, or anything at all with its day: `更新：2020-06-01`.
fn is_imprint(text: &str, words: &Vocabulary) -> bool {
    let value = |(label, value): (&str, &str)| {
        let short = (1..=6).contains(&label.trim().chars().count());
        let value = value.trim();
        let numeric = |c: char| c.is_ascii_digit() || "年月日时分-/.:： ".contains(c);
        let digits = value.chars().filter(char::is_ascii_digit).count();
        short && (6..=14).contains(&digits) && value.chars().all(numeric)
    };
    words.imprint(text).is_some() || text.split_once(['：', ':']).is_some_and(value)
}

/// A line that is only a date, or a place and a date.
fn is_date(text: &str) -> bool {
    text.ends_with(['日', '月', '年']) && text.starts_with(|c: char| c.is_ascii_digit())
}

fn bullet(text: &str) -> Option<&str> {
    let c = text.chars().next()?;
    let rest = text.get(c.len_utf8()..)?;
    let sure = matches!(
        c,
        '•' | '●' | '■' | '◆' | '▪' | '○' | '◇' | '□' | '▶' | '➤' | '·'
    );
    let spaced = matches!(c, '-' | '*' | '–' | '—') && rest.starts_with(' ');
    let rest = rest.trim_start();
    ((sure || spaced) && !rest.is_empty()).then_some(rest)
}

/// Short numbered lines right after one another are the points of a list (`1、苹果` `2、梨`), or a
/// table of contents; headings have text between them. One alone stays a heading, unless it stands
/// among points.
fn short_points(lines: &mut [Classified]) {
    let mut from = 0;
    while from < lines.len() {
        let mut to = from + 1;
        while to < lines.len() && continues(&lines[to - 1].kind, &lines[to].kind) {
            to += 1;
        }
        if to - from >= 2 && is_list(lines, from, to) {
            for line in &mut lines[from..to] {
                make_point(line);
            }
        }
        from = to;
    }
    for index in 1..lines.len() {
        if continues(&lines[index - 1].kind, &lines[index].kind) && is_point(&lines[index - 1]) {
            make_point(&mut lines[index]);
        }
    }
    for index in (1..lines.len()).rev() {
        if continues(&lines[index - 1].kind, &lines[index].kind) && is_point(&lines[index]) {
            make_point(&mut lines[index - 1]);
        }
    }
}

fn is_list(lines: &[Classified], from: usize, to: usize) -> bool {
    let Some(first) = marker_of(&lines[from].kind) else {
        return false;
    };
    if first.style < Style::Arabic {
        // A table of contents: the same numbering begins again further on.
        return lines[to..]
            .iter()
            .filter_map(|line| marker_of(&line.kind))
            .find(|marker| marker.style == first.style)
            .is_some_and(|marker| marker.number == first.number);
    }
    // One that goes on from a heading with text under it has headings, too.
    let before = lines[..from]
        .iter()
        .rev()
        .find(|line| marker_of(&line.kind).is_some_and(|marker| marker.style == first.style));
    first.number == 1 || before.is_none_or(is_point)
}

fn marker_of(kind: &Kind) -> Option<&Marker> {
    match kind {
        Kind::Heading(_, Some(marker), _) | Kind::Point(marker) => Some(marker),
        _ => None,
    }
}

fn is_point(line: &Classified) -> bool {
    matches!(line.kind, Kind::Point(_))
}

fn make_point(line: &mut Classified) {
    if let Kind::Heading(_, Some(marker), _) = &line.kind {
        line.kind = Kind::Point(marker.clone());
    }
}

/// The next number in the same style, right on the next line.
fn continues(before: &Kind, kind: &Kind) -> bool {
    match (marker_of(before), marker_of(kind)) {
        (Some(before), Some(marker)) => {
            before.style == marker.style && marker.number == before.number + 1
        }
        _ => false,
    }
}

/// A region's name stands at the level of `1、` headings, so that it is not taken for a part of the
/// last of them; but if the numbering goes on after it, it is.
fn regions_inside_numbering(lines: &mut [Classified]) {
    // From the end: which number comes next before a heading further out closes the numbering.
    let mut coming: Option<u32> = None;
    let mut inside = vec![None; lines.len()];
    for index in (0..lines.len()).rev() {
        match &lines[index].kind {
            Kind::Heading(Rank::Arabic, Some(marker), _) => coming = Some(marker.number),
            Kind::Heading(Rank::Arabic, None, Some(_)) => inside[index] = coming,
            Kind::Heading(rank, ..) if *rank < Rank::Arabic => coming = None,
            _ => {}
        }
    }
    let mut open: Option<u32> = None;
    for (line, coming) in lines.iter_mut().zip(inside) {
        match &mut line.kind {
            Kind::Heading(Rank::Arabic, Some(marker), _) => open = Some(marker.number),
            Kind::Heading(rank @ Rank::Arabic, None, Some(_))
                if open.is_some_and(|number| coming == Some(number + 1)) =>
            {
                *rank = Rank::Inner;
            }
            Kind::Heading(rank, ..) if *rank < Rank::Arabic => open = None,
            _ => {}
        }
    }
}

/// Circled numerals are the outermost sections if they come first, and the innermost otherwise.
fn circled_inside(lines: &mut [Classified]) {
    let first = lines.iter().find_map(|line| match &line.kind {
        Kind::Heading(rank @ (Rank::Circled | Rank::Chapter | Rank::Han), ..) => Some(*rank),
        _ => None,
    });
    let outermost = first == Some(Rank::Circled);
    let mut last = 0;
    for line in lines {
        if let Kind::Heading(rank @ Rank::Circled, Some(marker), _) = &mut line.kind {
            // One that begins again numbers the parts of the section it stands in.
            if outermost && marker.number > last {
                last = marker.number;
            } else {
                *rank = Rank::Inner;
            }
        }
    }
}

/// The first line, if it is no numbered heading, reads like a title, and something follows it.
fn title(classified: &mut [Classified], lines: &[&TextLine], words: &Vocabulary) {
    let several = classified.len() > 1;
    let (Some(first), Some(line)) = (classified.first_mut(), lines.first()) else {
        return;
    };
    let plain = match &first.kind {
        Kind::Paragraph => true,
        Kind::Heading(rank, None, region) => region.is_none() || *rank == Rank::Plain,
        _ => false,
    };
    let text = line.text.trim();
    let stops = text.ends_with(['。', '；', '，', '：', '、', ';', ',', ':'])
        || text.contains(['。', '\t']);
    let names = !stops && !is_imprint(text, words);
    if several && plain && names && visual_length(text) <= LONGEST_TITLE {
        first.kind = Kind::Title;
    }
}
