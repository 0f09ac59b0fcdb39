//! What an enumeration names and the data lack.
//!
//! In: a passage and a series. Out: a diagnostic for a name with its number that stands among names of
//! the series, with nothing but marks between, and is not in the series. Promise: what a text says
//! besides the enumeration (`, the others, such as Hunan with 20, less`) is none of the chart's.

use super::shown::Grid;
use super::side::{self, Passage};
use super::words;
use crate::diagnostic::{Diagnostic, Severity};
use crate::figures::labels::{self, Names};

/// One item: its name in the text, its figure, and the row of the data if there is one.
struct Item {
    name: std::ops::Range<usize>,
    figure: usize,
    end: usize,
    row: Option<usize>,
}

/// The items of enumerations in which at least two agree with the data and one is not there.
pub fn lacking(
    grid: &Grid<'_>,
    passage: &Passage<'_>,
    known: &Names,
    severity: Severity,
) -> Vec<Diagnostic> {
    let items = items(grid, passage, known);
    let agreeing = |chain: &[Item]| {
        let agrees = |item: &&Item| {
            let cell = item.row.and_then(|row| grid.cell(row, 0));
            let said = passage.said.get(item.figure);
            matches!((cell, said), (Some(cell), Some(said)) if super::data::says(cell, &said.figure))
        };
        chain.iter().filter(agrees).count()
    };
    let mut diagnostics = Vec::new();
    for chain in items.chunk_by(|a, b| follows(passage, a, b)) {
        if agreeing(chain) < 2 {
            continue;
        }
        for item in chain.iter().filter(|item| item.row.is_none()) {
            let Some(said) = passage.said.get(item.figure) else {
                continue;
            };
            let name = passage.block.text.get(item.name.clone());
            if !passage.excuses(said) {
                let name = name.unwrap_or_default();
                diagnostics.push(words::data_lack(
                    passage,
                    said,
                    name,
                    grid.start(),
                    severity,
                ));
            }
        }
    }
    diagnostics
}

/// The names with a figure in a bracket or right after them, in order.
fn items(grid: &Grid<'_>, passage: &Passage<'_>, known: &Names) -> Vec<Item> {
    let (block, lang) = (passage.block, passage.lang);
    let mut items: Vec<Item> = Vec::new();
    for (names, is_own) in [(&grid.names, true), (known, false)] {
        let places = labels::places(&block.text, lang, names);
        for bound in side::bind(block, lang, passage.said, names) {
            let Some(said) = passage.said.get(bound.figure).filter(|_| bound.tight) else {
                continue;
            };
            let place = said.figure.place.clone();
            let name = places
                .iter()
                .rev()
                .find(|(id, name)| *id == bound.id && name.end <= place.start);
            let Some((_, name)) = name else { continue };
            // A name of the data is known otherwise, too.
            if items.iter().any(|item| item.figure == bound.figure) {
                continue;
            }
            items.push(Item {
                name: name.clone(),
                figure: bound.figure,
                end: place.end,
                row: is_own.then_some(bound.id),
            });
        }
    }
    items.sort_by_key(|item| item.name.start);
    items
}

/// Whether nothing but marks and `and` stands between two items.
fn follows(passage: &Passage<'_>, a: &Item, b: &Item) -> bool {
    let between = passage.block.text.get(a.end..b.name.start);
    let Some(between) = between else { return false };
    let left: String = between
        .chars()
        .filter(|c| !c.is_whitespace() && !"、，,；;)）(（".contains(*c))
        .collect();
    matches!(left.as_str(), "" | "和" | "及" | "与" | "and") && !between.is_empty()
}
