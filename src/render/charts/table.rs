//! The figures of a chart as a table, and as a CSV file.
//!
//! The table is for readers (numbers and dates in their language's form), the file for machines
//! (RFC 4180, ISO dates, plain numbers; with a byte order mark, without which Excel garbles Chinese).

use serde::Serialize;

use super::format;
use super::phrase::Phrase;
use super::view::{EventsView, Moment, SeriesView, View};
use crate::dates;
use crate::lang::Lang;

/// A table: one header for each column, and rows of as many cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The heads of the columns.
    pub headers: Vec<Header>,
    /// The rows; the first cell of a row is its head.
    pub rows: Vec<Vec<Cell>>,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Header {
    /// Its words.
    pub text: String,
    /// Whether the column holds numbers, which are set to the right.
    pub numeric: bool,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Its words.
    pub text: String,
    /// For a `lang` attribute: set only where the text is not in the language of the chart.
    pub lang: Option<&'static str>,
    /// Whether it is a number.
    pub numeric: bool,
    /// A day as `2017-03-07`, for `<time datetime>`.
    pub datetime: Option<String>,
    /// As it stands in the CSV file.
    #[serde(skip)]
    plain: Option<String>,
}

impl Cell {
    fn text(phrase: Option<&Phrase>) -> Self {
        let phrase = phrase.cloned().unwrap_or_default();
        Self {
            text: phrase.text,
            lang: phrase.lang,
            numeric: false,
            datetime: None,
            plain: None,
        }
    }

    fn number(value: f64, lang: Lang, suffix: &str) -> Self {
        Self {
            text: format::exact(value, lang) + suffix,
            lang: None,
            numeric: true,
            datetime: None,
            plain: Some(format::plain(value)),
        }
    }

    fn day(day: jiff::civil::Date, lang: Lang) -> Self {
        Self {
            text: dates::date(day, lang),
            lang: None,
            numeric: false,
            datetime: Some(day.to_string()),
            plain: Some(day.to_string()),
        }
    }
}

/// The table of these figures.
pub(crate) fn table(view: &View) -> Table {
    match view {
        View::Series(series) => series_table(series),
        View::Events(events) => events_table(events),
    }
}

fn series_table(series: &SeriesView) -> Table {
    let lang = series.lang;
    let suffix = if series.is_percent() { "%" } else { "" };
    let (name, value) = match lang {
        Lang::Zh => ("名称", "数值"),
        Lang::En => ("Name", "Value"),
    };
    let value = match (&series.unit, lang) {
        (None, _) => value.to_owned(),
        (Some(unit), Lang::Zh) => format!("{value}（{}）", unit.text),
        (Some(unit), Lang::En) => format!("{value} ({})", unit.text),
    };
    Table {
        headers: vec![header(name, false), header(&value, true)],
        rows: series
            .rows
            .iter()
            .map(|row| {
                vec![
                    Cell::text(Some(&row.label)),
                    Cell::number(row.value, lang, suffix),
                ]
            })
            .collect(),
    }
}

fn events_table(events: &EventsView) -> Table {
    let [date, region, issuer, event] = match events.lang {
        Lang::Zh => ["日期", "地区", "发布单位", "内容"],
        Lang::En => ["Date", "Region", "Issued by", "Event"],
    };
    let has_region = events.rows.iter().any(|row| row.region.is_some());
    let has_issuer = events.rows.iter().any(|row| row.issuer.is_some());
    // A column that would be empty from top to bottom is left out.
    let shown = [true, has_region, has_issuer, true];
    let heads = [date, region, issuer, event];
    let keep = |cells: [Cell; 4]| -> Vec<Cell> {
        let kept = cells.into_iter().zip(shown).filter(|(_, shown)| *shown);
        kept.map(|(cell, _)| cell).collect()
    };
    let row = |row: &Moment| {
        keep([
            Cell::day(row.date, events.lang),
            Cell::text(row.region.as_ref()),
            Cell::text(row.issuer.as_ref()),
            Cell::text(Some(&row.label)),
        ])
    };
    Table {
        headers: heads
            .into_iter()
            .zip(shown)
            .filter(|(_, shown)| *shown)
            .map(|(head, _)| header(head, false))
            .collect(),
        rows: events.rows.iter().map(row).collect(),
    }
}

fn header(text: &str, numeric: bool) -> Header {
    Header {
        text: text.to_owned(),
        numeric,
    }
}

/// The table as a CSV file.
pub(crate) fn csv(table: &Table) -> String {
    let mut file = String::from('\u{feff}');
    let heads = table.headers.iter().map(|header| guarded(&header.text));
    line(&mut file, heads);
    for row in &table.rows {
        let cells = row.iter().map(|cell| match &cell.plain {
            Some(plain) => plain.clone(),
            None => guarded(&cell.text),
        });
        line(&mut file, cells);
    }
    file
}

fn line(file: &mut String, cells: impl Iterator<Item = String>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            file.push(',');
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            file.push('"');
            file.push_str(&cell.replace('"', "\"\""));
            file.push('"');
        } else {
            file.push_str(&cell);
        }
    }
    file.push_str("\r\n");
}

/// A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP's advice on
/// CSV injection).
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
