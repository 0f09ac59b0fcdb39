//! The figures of the data against those of the texts.
//!
//! In: a page that has been read, and the data that its charts draw. Out: a diagnostic for every value
//! or date that the text says otherwise. Promise: a number in the text is taken for the value of a
//! label only where label and number clearly belong together.

use std::ops::Range;

use super::blocks::{Block, Kind};
use super::enumerated;
use super::events;
use super::rivals::{self, Rivals};
use super::shown::{Grid, shown};
use super::side::{self, Passage, Read, Said};
use super::tables;
use super::words;
use crate::content::Report;
use crate::content::data::Data;
use crate::diagnostic::{Diagnostic, Severity};
use crate::figures::agree::{agree, contradict};
use crate::figures::labels::{Bound, Names};
use crate::figures::{Figure, Unit, Value, When, joined};
use crate::lang::{Lang, Localized};

/// Compares a page with all data that it shows, and with its own tables.
pub fn compare(
    report: &Report,
    read: &Read<'_>,
    known: &Names,
    severity: Severity,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let all = shown(report, read);
    let grids: Vec<Grid<'_>> = all
        .iter()
        .filter_map(|shown| Grid::new(&shown.data, &shown.unit, read.page.lang, report))
        .collect();
    for shown in &all {
        if let Data::Events(data) = &*shown.data {
            diagnostics.extend(events::compare(read, data, severity));
        }
    }
    let rivals = Rivals::new(&grids);
    for passage in read.passages() {
        let (places, named) = rivals.places(&passage);
        for grid in named.iter().filter_map(|number| grids.get(*number)) {
            diagnostics.extend(values(grid, &passage, (&rivals, &places), severity));
            if let [_] = grid.columns.as_slice() {
                diagnostics.extend(enumerated::lacking(grid, &passage, known, severity));
            }
        }
    }
    let how = (&report.vocabulary, severity);
    for grid in &grids {
        for table in &read.text.tables {
            diagnostics.extend(tables::against_data(grid, read, table, how));
        }
    }
    for table in &read.text.tables {
        diagnostics.extend(tables::against_text(read, table, how));
    }
    diagnostics
}

/// The titles and descriptions of the data against their own values.
pub fn own_titles(report: &Report, severity: Severity) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let none = Localized::default();
    let alone: Others<'_> = (&Rivals::default(), &[]);
    for data in report.data.values() {
        for lang in [Lang::Zh, Lang::En] {
            let Some(grid) = Grid::new(data, &none, lang, report) else {
                continue;
            };
            let texts = [data.title(), data.description()];
            for text in texts.into_iter().filter_map(|text| text.only(lang)) {
                let block = Block::of(Kind::Chart, text);
                let said = side::said(&block, lang, &report.vocabulary, &mut When::default());
                let place = grid.words_place(text);
                let passage = Passage::alone(&block, &said, lang, place);
                diagnostics.extend(values(&grid, &passage, alone, severity));
            }
        }
    }
    diagnostics
}

/// What else the page shows, and where its labels stand in the passage.
type Others<'a> = (&'a Rivals<'a>, &'a [Range<usize>]);

/// A passage against values by name: one series, or several.
fn values(
    grid: &Grid<'_>,
    passage: &Passage<'_>,
    others: Others<'_>,
    severity: Severity,
) -> Vec<Diagnostic> {
    match grid.columns.as_slice() {
        [_] => series(grid, passage, others, severity),
        _ => tables::in_text(grid, passage, severity),
    }
}

fn series(
    grid: &Grid<'_>,
    passage: &Passage<'_>,
    (rivals, places): Others<'_>,
    severity: Severity,
) -> Vec<Diagnostic> {
    let (block, lang) = (passage.block, passage.lang);
    let mut bounds = side::bind(block, lang, passage.said, &grid.names);
    bounds.retain(|bound| !rivals::is_within(bound, places));
    if bounds.is_empty() && block.kind == Kind::Chart {
        bounds.extend(only_one(passage, &grid.names));
    }
    let enumerated = bounds.len() > 1;
    let mut diagnostics = Vec::new();
    for bound in &bounds {
        let (Some(expected), Some(said)) = (grid.cell(bound.id, 0), passage.said.get(bound.figure))
        else {
            continue;
        };
        let unit = grid.units.get(bound.id).copied().unwrap_or_default();
        // 4,800 tonnes an hour are not those of the year.
        let counts =
            counts_the_same(passage, said, unit, expected) && (!said.is_rate || grid.is_rate);
        let is_meant = counts && (enumerated || bound.tight || alone(block, said, unit, lang));
        // 2至5个: the data may hold either end.
        let end = passage
            .said
            .get(bound.figure + 1)
            .filter(|end| is_span(block, said, end));
        let agrees = |said: &Said| says(expected, &said.figure);
        let label = grid.rows.get(bound.id).copied().unwrap_or_default();
        let is_other = rivals.say(label, unit, &said.figure);
        if !is_meant || agrees(said) || end.is_some_and(agrees) || is_other || passage.excuses(said)
        {
            continue;
        }
        diagnostics.push(words::data_differs(
            passage,
            said,
            &grid.said(bound.id, 0),
            grid.place(bound.id, 0),
            severity,
        ));
    }
    diagnostics
}

/// `Guangdong is far ahead: 111`: the one name and the one number of a chart's title.
fn only_one(passage: &Passage<'_>, names: &Names) -> Option<Bound> {
    let places = crate::figures::labels::places(&passage.block.text, passage.lang, names);
    let [(id, place)] = places.as_slice() else {
        return None;
    };
    let is_amount = |said: &Said| matches!(&said.figure.value, Value::Amount(amount) if amount.unit != Unit::Place);
    let mut amounts = passage
        .said
        .iter()
        .enumerate()
        .filter(|(_, said)| is_amount(said));
    let (figure, _) = amounts.next()?;
    let bound = Bound {
        id: *id,
        figure,
        tight: false,
        start: place.start,
        end: place.end,
    };
    amounts.next().is_none().then_some(bound)
}

/// Whether a figure of the text says what the data say, on the same side of it.
pub fn says(expected: &Figure, said: &Figure) -> bool {
    agree(expected, said) && !contradict(expected.bound, said.bound)
}

/// Whether two figures in a row are the ends of a span.
fn is_span(block: &Block, from: &Said, to: &Said) -> bool {
    joined(&block.text, &from.figure.place, &to.figure.place).is_some()
}

/// Whether a figure of the text can be a value of the data at all: a share is no count.
pub fn counts_the_same(passage: &Passage<'_>, said: &Said, unit: &str, expected: &Figure) -> bool {
    let (block, all, lang) = (passage.block, passage.said, passage.lang);
    let (Value::Amount(a), Value::Amount(b)) = (&said.figure.value, &expected.value) else {
        return false;
    };
    let things = |unit: &Unit| matches!(unit, Unit::Things);
    let same = a.unit == b.unit || (things(&a.unit) && things(&b.unit));
    // 111 without its unit, in an enumeration that has it once: of things, or of what is measured there.
    let bare = things(&a.unit) && said.figure.unit.is_empty();
    let is_said =
        |said: &Said| matches!(&said.figure.value, Value::Amount(other) if other.unit == b.unit);
    let may_be = things(&b.unit) || all.iter().any(is_said);
    same || (bare && may_be && !unit.is_empty() && has_no_noun(block, said, lang))
}

/// Whether a number that stands alone with the label counts what the data count.
pub fn alone(block: &Block, said: &Said, unit: &str, lang: Lang) -> bool {
    let unit_words = block
        .text
        .get(said.figure.unit.clone())
        .unwrap_or_default()
        .trim();
    match lang {
        Lang::Zh => {
            // 个 of 万个
            unit_words.is_empty()
                || unit.starts_with(unit_words)
                || unit.ends_with(unit_words)
                || unit_words.starts_with(unit)
        }
        Lang::En => {
            let rest = block.text.get(said.figure.place.end..).unwrap_or_default();
            // `17 more stations` is how many were added.
            let first = rest.split_whitespace().next().unwrap_or_default();
            let is_change = [
                "more",
                "fewer",
                "less",
                "new",
                "other",
                "additional",
                "further",
            ];
            if is_change.contains(&first) {
                return false;
            }
            has_no_noun(block, said, lang) || {
                // `jobs` of `ten thousand jobs`
                let stems = unit.split_whitespace().rev().take(2);
                let stems: Vec<String> = stems
                    .map(|word| word.chars().take(4).collect::<String>().to_lowercase())
                    .collect();
                let mut words = rest.split_whitespace().take(4).map(str::to_lowercase);
                words.any(|word| stems.iter().any(|stem| word.starts_with(stem.as_str())))
            }
        }
    }
}

/// Whether no word says what the number counts.
fn has_no_noun(block: &Block, said: &Said, lang: Lang) -> bool {
    let rest = block
        .text
        .get(said.figure.place.end..)
        .unwrap_or_default()
        .trim_start();
    let next = rest.chars().next();
    match lang {
        Lang::Zh => next.is_none_or(|c| !c.is_alphanumeric()),
        Lang::En => {
            let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
            let small = [
                "were", "was", "in", "of", "by", "from", "and", "have", "came", "come", "are",
            ];
            next.is_none_or(|c| !c.is_alphanumeric()) || small.contains(&word.as_str())
        }
    }
}
