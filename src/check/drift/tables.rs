//! Tables with several series: those of the data, and those that stand in a text.
//!
//! In: a passage or a table of a page, and values by row and column. Out: a diagnostic for every figure
//! that says another value. Promise: a figure of a sentence is taken for a cell if its row and its column
//! are named there, or for one of a row if its unit says so; a column of a text's table belongs to the
//! data if at least half of what they share is the same.

use std::ops::Range;

use super::blocks::{Kind, TableCells};
use super::data::{alone, counts_the_same, says};
use super::shown::Grid;
use super::side::{self, Passage, Read, Said};
use super::words::{data_differs, table_differs};
use crate::diagnostic::{Diagnostic, Severity};
use crate::figures::agree::shown;
use crate::figures::labels::{self, Names};
use crate::figures::{self, Figure, Unit, Value, Vocabulary};
use crate::lang::Lang;

/// What a name in a sentence names.
#[derive(Clone, Copy, PartialEq)]
enum Named {
    Row(usize),
    Column(usize),
}

/// A figure of a sentence, with the row and the column that were named before it.
struct Meant<'p> {
    said: &'p Said,
    row: usize,
    column: Option<usize>,
}

/// A passage against a table of the data.
pub fn in_text(grid: &Grid<'_>, passage: &Passage<'_>, severity: Severity) -> Vec<Diagnostic> {
    let columns = &grid.columns;
    let meant = meant(passage, &grid.names, grid.rows.len(), columns);
    let unit_of = |row: usize| grid.units.get(row).copied().unwrap_or_default();
    let mut diagnostics = Vec::new();
    for one in &meant {
        let cells: Vec<(usize, &Figure)> = (0..columns.len())
            .filter(|column| one.column.is_none_or(|meant| meant == *column))
            .filter_map(|column| Some((column, grid.cell(one.row, column)?)))
            .collect();
        let Some((column, expected)) = cells.first().copied() else {
            continue;
        };
        let (block, lang, unit) = (passage.block, passage.lang, unit_of(one.row));
        let is_meant = counts_the_same(passage, one.said, unit, expected)
            && alone(block, one.said, unit, lang);
        let agrees = cells.iter().any(|(_, cell)| says(cell, &one.said.figure));
        if !is_meant || agrees || passage.excuses(one.said) {
            continue;
        }
        let all: Vec<String> = cells.iter().map(|(c, _)| grid.said(one.row, *c)).collect();
        diagnostics.push(data_differs(
            passage,
            one.said,
            &all.join("; "),
            grid.place(one.row, column),
            severity,
        ));
    }
    diagnostics
}

/// The amounts of a passage right after a name, with what was named before them in the sentence.
fn meant<'p>(
    passage: &Passage<'p>,
    rows: &Names,
    count: usize,
    columns: &[&str],
) -> Vec<Meant<'p>> {
    let (text, lang) = (passage.block.text.as_str(), passage.lang);
    let mut series = Names::default();
    for (number, column) in columns.iter().enumerate() {
        series.add(column, number);
    }
    let of_rows = labels::places(text, lang, rows).into_iter();
    let of_columns = labels::places(text, lang, &series).into_iter();
    let mut names: Vec<(Range<usize>, Named)> = of_rows
        .filter(|(row, _)| *row < count)
        .map(|(row, place)| (place, Named::Row(row)))
        .chain(of_columns.map(|(column, place)| (place, Named::Column(column))))
        .collect();
    names.sort_by_key(|(place, _)| (place.start, place.end));
    let ends = side::sentence_ends(text, lang);
    let mut names = names.into_iter().peekable();
    // Where the last name ended; after a number, nothing is said of that name any more.
    let (mut row, mut column, mut last, mut sentence) = (None, None, None, 0);
    let mut found = Vec::new();
    for said in passage.said {
        let start = said.figure.place.start;
        while let Some((place, named)) = names.next_if(|(place, _)| place.end <= start) {
            let number = ends.partition_point(|end| *end <= place.start);
            if number != sentence {
                (row, column, sentence) = (None, None, number);
            }
            match named {
                Named::Row(number) => row = Some(number),
                Named::Column(number) => column = Some(number),
            }
            last = Some(place.end);
        }
        let gap = last.and_then(|last| text.get(last..start));
        let is_amount = matches!(said.figure.value, Value::Amount(_)) && !said.in_title;
        let near = gap.is_some_and(|gap| labels::is_near(gap.trim(), lang, true));
        let belongs = near && ends.partition_point(|end| *end <= start) == sentence;
        // `880,000 in 2020 to 470,000 in 2022`
        let after = names.peek().and_then(|(place, named)| match named {
            Named::Column(number) if lang == Lang::En => {
                let between = text.get(said.figure.place.end..place.start)?;
                leads(between).then_some(*number)
            }
            _ => None,
        });
        // `158 middle schools and 64 high schools`: what follows a number at once is what it counts; so is 2023
        // in `190 million in 2022 and 240 million in 2023`.
        let counted = names.peek().and_then(|(place, named)| match named {
            Named::Row(number) if lang == Lang::En => {
                let between = text.get(said.figure.place.end..place.start)?;
                (between.trim().is_empty() || leads(between)).then_some(*number)
            }
            _ => None,
        });
        let before = row.filter(|_| belongs && counted.is_none());
        if let Some(row) = counted.or(before).filter(|_| is_amount) {
            found.push(Meant {
                said,
                row,
                column: after.or(column),
            });
        }
        if is_amount {
            last = None;
        }
    }
    found
}

/// Whether English words lead from a number to what it is said of.
fn leads(words: &str) -> bool {
    matches!(words.trim(), "in" | "by" | "for" | "at")
}

/// A figure of a cell.
struct Cell<'r> {
    passage: Passage<'r>,
    said: &'r Said,
    /// What it says with the unit that stands above it: 31.2 under 门诊（万人次）.
    figure: Figure,
}

impl Cell<'_> {
    fn says(&self, expected: &Figure) -> bool {
        says(expected, &self.said.figure) || says(expected, &self.figure)
    }
}

/// A table of a page.
struct Cells<'r> {
    /// What stands above the columns, but for the first: names and units.
    head: Vec<(&'r str, &'r str)>,
    /// The label of each row, and the cells after it.
    rows: Vec<(&'r str, Vec<Option<Cell<'r>>>)>,
}

impl<'r> Cells<'r> {
    fn of(read: &'r Read<'_>, table: &TableCells, words: &Vocabulary) -> Option<Self> {
        let text = |cell: &(usize, usize)| Some(read.passage(*cell)?.block.text.trim());
        let (head, lines) = table.rows.split_first()?;
        let head = head.iter().skip(1).map(|cell| text(cell).map(in_head));
        let head: Vec<(&str, &str)> = head.collect::<Option<_>>()?;
        let cell = |(column, cell): (usize, &(usize, usize))| {
            let passage = read.passage(*cell)?;
            let [said] = passage.said else { return None };
            let Value::Amount(amount) = &said.figure.value else {
                return None;
            };
            let unit = head.get(column).map_or("", |(_, unit)| *unit);
            let bare = said.figure.unit.is_empty() && amount.unit == Unit::Things;
            let takes = bare && unit.starts_with(char::is_alphabetic);
            let whole = || figures::written(amount.number.to_f64(), unit, passage.lang, words);
            let figure = takes.then(whole).flatten();
            let figure = figure.unwrap_or_else(|| said.figure.clone());
            Some(Cell {
                passage,
                said,
                figure,
            })
        };
        let rows = lines.iter().filter_map(|line| {
            let (label, rest) = line.split_first()?;
            Some((text(label)?, rest.iter().enumerate().map(cell).collect()))
        });
        let rows = rows.collect();
        Some(Self { head, rows })
    }
}

/// A table of the page against data that the page shows.
pub fn against_data(
    grid: &Grid<'_>,
    read: &Read<'_>,
    table: &TableCells,
    (words, severity): (&Vocabulary, Severity),
) -> Vec<Diagnostic> {
    let Some(cells) = Cells::of(read, table, words) else {
        return Vec::new();
    };
    let labelled: Vec<(usize, &[Option<Cell<'_>>])> = cells
        .rows
        .iter()
        .filter_map(|(label, values)| Some((grid.names.get(label)?, values.as_slice())))
        .collect();
    let mut diagnostics = Vec::new();
    for column in 0..cells.head.len() {
        let compared = (0..grid.columns.len())
            .map(|series| (series, hold(grid, series, &labelled, column)))
            .filter(|(_, (same, other))| *same >= 2 && *same >= other.len());
        let Some((series, (_, other))) = compared.max_by_key(|(_, (same, _))| *same) else {
            continue;
        };
        for (row, Cell { passage, said, .. }) in other {
            if !passage.excuses(said) {
                let (value, place) = (grid.said(row, series), grid.place(row, series));
                diagnostics.push(data_differs(passage, said, &value, place, severity));
            }
        }
    }
    diagnostics
}

/// A row of the data, and the figure that a table of the page has for it.
type Held<'c, 'r> = (usize, &'c Cell<'r>);

/// How many cells of a column say what a series says, and those that do not.
fn hold<'c, 'r>(
    grid: &Grid<'_>,
    series: usize,
    rows: &[(usize, &'c [Option<Cell<'r>>])],
    column: usize,
) -> (usize, Vec<Held<'c, 'r>>) {
    let mut same = 0;
    let mut other = Vec::new();
    for (row, values) in rows {
        let cell = values.get(column).and_then(Option::as_ref);
        let (Some(found), Some(expected)) = (cell, grid.cell(*row, series)) else {
            continue;
        };
        if found.says(expected) {
            same += 1;
        } else {
            other.push((*row, found));
        }
    }
    (same, other)
}

/// A table of the page against the sentences of the page that name a row and a column of it.
pub fn against_text(
    read: &Read<'_>,
    table: &TableCells,
    (words, severity): (&Vocabulary, Severity),
) -> Vec<Diagnostic> {
    let cells = Cells::of(read, table, words).filter(|cells| cells.head.len() > 1);
    let Some(cells) = cells else {
        return Vec::new();
    };
    let mut names = Names::default();
    for (number, (label, _)) in cells.rows.iter().enumerate() {
        names.add(label, number);
    }
    let (columns, units): (Vec<&str>, Vec<&str>) = cells.head.iter().copied().unzip();
    let lang = read.page.lang;
    let mut diagnostics = Vec::new();
    let texts = read
        .passages()
        .filter(|passage| passage.block.kind != Kind::Cell);
    for passage in texts {
        for one in meant(&passage, &names, cells.rows.len(), &columns) {
            let Some(column) = one.column else { continue };
            let cell = cells
                .rows
                .get(one.row)
                .and_then(|(_, row)| row.get(column)?.as_ref());
            let Some(cell) = cell else { continue };
            let unit = match units.get(column).copied().unwrap_or_default() {
                "" => cell.passage.unit(cell.said),
                unit => unit,
            };
            let is_meant = counts_the_same(&passage, one.said, unit, &cell.figure)
                && alone(passage.block, one.said, unit, lang);
            if is_meant && !cell.says(&one.said.figure) && !passage.excuses(one.said) {
                let said = shown(&cell.figure.value);
                diagnostics.push(table_differs(
                    &passage,
                    one.said,
                    &said,
                    cell.passage.place(cell.said),
                    severity,
                ));
            }
        }
    }
    diagnostics
}

/// `产值（亿元）`: the name of a column and its unit.
fn in_head(head: &str) -> (&str, &str) {
    match head.split_once(['（', '(']) {
        Some((name, unit)) => (name.trim(), unit.trim_end_matches(['）', ')']).trim()),
        None => (head, ""),
    }
}
