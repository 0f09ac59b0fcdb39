//! Links between the numbers of a text and the charts that show them.
//!
//! In: the HTML of a text, block by block, with its charts in it, and what each chart says. Out: the
//! same HTML, in which a number that stands in a chart leads to the chart, and the number in the
//! drawing and in its table leads back to the first sentence that says it. Promise: a number is linked
//! only where its name belongs to it ([`cells`]); nothing but links and their ids is added; and a
//! drawing with links is no longer called an image, whose parts can't be reached.

mod cells;
mod sentences;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use crate::lang::Lang;
use crate::render::charts::Said;
use crate::render::markdown::Rendered;
use cells::{Cell, Sought};
use sentences::sentences;

pub(super) use cells::Known;

/// A chart on a page: its id, its language, and its names with their values.
pub(super) struct Chart {
    pub id: String,
    pub lang: Lang,
    pub said: Vec<Said>,
}

/// The class of every link that is put in.
const OPEN: &str = "<a class=\"chart-link\"";

/// Puts the links into a text.
pub(super) fn link(text: &mut Rendered, charts: &[Chart], known: Known<'_>) {
    let notes = std::iter::once(&mut text.notes);
    let pieces = text.blocks.iter_mut().chain(notes).chain(&mut text.tail);
    link_pieces(pieces.collect(), charts, known);
}

/// The same HTML without the links of charts that are not there.
pub(super) fn unlinked(html: &str) -> String {
    let mut parts = html.split(OPEN);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_, inside) = part.split_once('>').unwrap_or(("", part));
        out.push_str(&inside.replacen("</a>", "", 1));
    }
    out
}

fn link_pieces(mut pieces: Vec<&mut String>, charts: &[Chart], known: Known<'_>) {
    let sought: Vec<Sought<'_>> = charts
        .iter()
        .map(|chart| Sought::new(&chart.said, chart.lang, known))
        .collect();
    let mut anchors = Anchors::new(charts);
    for piece in &mut pieces {
        let found = numbers(piece, &sought);
        if !found.is_empty() {
            **piece = with_links(piece, found, &mut anchors);
        }
    }
    for piece in pieces {
        if piece.contains(FIGURE) {
            *piece = with_links_back(piece, &anchors);
        }
    }
}

/// The places of numbers in HTML, each with the cells that say the same, of the first chart first.
type Found = BTreeMap<usize, (Range<usize>, Vec<(usize, Cell)>)>;

fn numbers(html: &str, sought: &[Sought<'_>]) -> Found {
    let mut found = Found::new();
    for sentence in sentences(html) {
        for (chart, sought) in sought.iter().enumerate() {
            for (cell, part) in sought.find(&sentence.text) {
                let Some(place) = sentence.place(&part) else {
                    continue;
                };
                let (_, cells) = found
                    .entry(place.start)
                    .or_insert_with(|| (place, Vec::new()));
                cells.push((chart, cell));
            }
        }
    }
    found
}

/// For each cell of a chart, the id of the number that says it first.
struct Anchors<'c> {
    charts: &'c [Chart],
    ids: BTreeMap<(usize, Cell), String>,
}

impl<'c> Anchors<'c> {
    fn new(charts: &'c [Chart]) -> Self {
        Self {
            charts,
            ids: BTreeMap::new(),
        }
    }

    /// The id of a number, if it is the first to say one of these cells.
    fn add(&mut self, cells: &[(usize, Cell)]) -> Option<String> {
        let mut new = cells.iter().filter(|cell| !self.ids.contains_key(cell));
        let (chart, (row, column)) = new.next()?;
        let chart = &self.charts.get(*chart)?.id;
        let id = format!("from-{chart}-{}-{column}", row + 1);
        for cell in cells {
            self.ids.entry(*cell).or_insert_with(|| id.clone());
        }
        Some(id)
    }

    /// Where a cell of the chart with this id leads to.
    fn of(&self, chart: usize, cell: Cell) -> Option<&str> {
        self.ids.get(&(chart, cell)).map(String::as_str)
    }
}

fn with_links(html: &str, found: Found, anchors: &mut Anchors<'_>) -> String {
    let mut out = String::with_capacity(html.len() + found.len() * 80);
    let mut done = 0;
    for (place, cells) in found.into_values() {
        let chart = cells.first().and_then(|(at, _)| anchors.charts.get(*at));
        let parts = (html.get(done..place.start), html.get(place.clone()), chart);
        let (Some(before), Some(text), Some(chart)) = parts else {
            continue;
        };
        out.push_str(before);
        let id = match anchors.add(&cells) {
            Some(id) => format!(" id=\"{id}\""),
            None => String::new(),
        };
        let _ = write!(out, "{OPEN}{id} href=\"#{}\">{text}</a>", chart.id);
        done = place.end;
    }
    out.push_str(html.get(done..).unwrap_or_default());
    out
}

/// Where a chart begins in a page.
const FIGURE: &str = "<figure class=\"chart\" id=\"";
/// Where a row of a chart's table begins.
const ROW: &str = "<tr id=\"";
/// Where a text of a drawing begins that says a value.
const VALUE: &str = "<text data-of=\"";

fn with_links_back(html: &str, anchors: &Anchors<'_>) -> String {
    let mut parts = html.split(FIGURE);
    let mut out = String::with_capacity(html.len() * 5 / 4);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push_str(FIGURE);
        let id = part.split('"').next().unwrap_or_default();
        match anchors.charts.iter().position(|chart| chart.id == id) {
            Some(chart) => {
                let (drawing, table) = part.split_at(part.find("<table").unwrap_or(part.len()));
                link_values(drawing, (anchors, chart), &mut out);
                link_rows(table, (anchors, chart), &mut out);
            }
            None => out.push_str(part),
        }
    }
    out
}

/// Makes links of the values in a drawing that the text says.
fn link_values(drawing: &str, (anchors, chart): (&Anchors<'_>, usize), out: &mut String) {
    let mut parts = drawing.split(VALUE);
    let mut linked = String::with_capacity(drawing.len() * 5 / 4);
    linked.push_str(parts.next().unwrap_or_default());
    let mut any = false;
    for part in parts {
        let Some((cell, rest)) = part.split_once('"') else {
            continue;
        };
        let anchor = read_cell(cell).and_then(|cell| Some((cell, anchors.of(chart, cell)?)));
        let Some(((cell, id), (text, after))) = anchor.zip(rest.split_once("</text>")) else {
            linked.push_str("<text");
            linked.push_str(rest);
            continue;
        };
        any = true;
        let name = value_name(anchors.charts.get(chart), cell, text);
        let _ = write!(
            linked,
            "{OPEN} href=\"#{id}\" aria-label=\"{name}\"><text{text}</text></a>{after}"
        );
    }
    if any {
        // The parts of an image can't be reached one by one; those of a group can.
        linked = linked.replace(" role=\"img\" aria-", " role=\"group\" aria-");
    }
    out.push_str(&linked);
}

/// `3-1`: the third row, the column after the names.
fn read_cell(cell: &str) -> Option<Cell> {
    let (row, column) = cell.split_once('-')?;
    let row: usize = row.parse().ok()?;
    Some((row.checked_sub(1)?, column.parse().ok()?))
}

/// What a link from a drawing is called: `Guangdong: 111, in the text`.
fn value_name(chart: Option<&Chart>, (row, column): Cell, text: &str) -> String {
    let value = text.split_once('>').map_or("", |(_, value)| value);
    let Some((chart, said)) = chart.and_then(|chart| Some((chart, chart.said.get(row)?))) else {
        return value.to_owned();
    };
    let series = said
        .cells
        .iter()
        .find(|cell| cell.column == column)
        .map_or("", |cell| cell.series.as_str());
    let (comma, colon, where_to) = match chart.lang {
        Lang::Zh => ("，", "：", "，见正文"),
        Lang::En => (", ", ": ", ", in the text"),
    };
    let comma = if series.is_empty() { "" } else { comma };
    let name = format!("{}{comma}{series}", said.label);
    let name = name
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;");
    format!("{name}{colon}{value}{where_to}")
}

/// Makes links of the cells of a table that the text says.
fn link_rows(table: &str, (anchors, chart): (&Anchors<'_>, usize), out: &mut String) {
    let mut rows = table.split(ROW);
    out.push_str(rows.next().unwrap_or_default());
    for (number, row) in rows.enumerate() {
        out.push_str(ROW);
        let (row, after) = row.split_at(row.find("</tr>").unwrap_or(row.len()));
        for (column, cell) in row.split("<td").enumerate() {
            // What stands before the first cell belongs to none.
            let Some(column) = column.checked_sub(1) else {
                out.push_str(cell);
                continue;
            };
            out.push_str("<td");
            let inside = cell.split_once('>').zip(cell.rfind("</td>"));
            let parts = inside.and_then(|((open, _), end)| {
                Some((open, cell.get(open.len() + 1..end)?, cell.get(end..)?))
            });
            match (anchors.of(chart, (number, column)), parts) {
                (Some(id), Some((open, inside, end))) => {
                    let _ = write!(out, "{open}>{OPEN} href=\"#{id}\">{inside}</a>{end}");
                }
                _ => out.push_str(cell),
            }
        }
        out.push_str(after);
    }
}

#[cfg(test)]
mod tests;
