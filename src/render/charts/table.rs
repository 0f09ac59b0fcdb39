//! The figures of a chart as a table, and as a CSV file.
//!
//! The table is for readers (numbers and dates in their language's form), the file for machines
//! (RFC 4180, ISO dates, plain numbers; with a byte order mark, without which Excel garbles Chinese).

use jiff::civil::Date;
use serde::Serialize;

use super::format;
use super::kind::Kind;
use super::map::tiles;
use super::phrase::Phrase;
use super::view::{EventsView, Grid, GroupsView, Moment, Row, View};
use crate::content::data::Precision;
use crate::lang::{Lang, Localized};

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

    /// A region; in English with the letters that stand for it in a narrow tile.
    fn region(name: &Phrase, names: &Localized, lang: Lang) -> Self {
        let tile = tiles::named(names).and_then(|tile| tiles::all().get(tile));
        let mut cell = Self::text(Some(name));
        if let (Lang::En, Some(tile)) = (lang, tile) {
            cell.plain = Some(guarded(&cell.text));
            cell.text = format!("{} ({})", cell.text, tile.letters);
        }
        cell
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

    /// Where no value is known: words for readers, an empty cell for machines.
    fn gap(word: &str) -> Self {
        Self {
            text: word.to_owned(),
            lang: None,
            numeric: true,
            datetime: None,
            plain: Some(String::new()),
        }
    }

    /// A day; where less is known, that, for machines too.
    fn day(moment: &Moment) -> Self {
        let iso = moment.precision.is_day().then(|| moment.date.to_string());
        Self {
            text: moment.when.text.clone(),
            lang: moment.when.lang,
            numeric: false,
            datetime: iso.clone(),
            plain: iso,
        }
    }
}

/// The table of these figures.
pub(crate) fn table(view: &View, kind: Kind) -> Table {
    match view {
        View::Grid(grid) => grid_table(grid, kind),
        View::Events(events) => events_table(events),
        View::Groups(groups) => groups_table(groups),
    }
}

fn grid_table(grid: &Grid, kind: Kind) -> Table {
    let (name, value) = match grid.lang {
        Lang::Zh => ("名称", "数值"),
        Lang::En => ("Name", "Value"),
    };
    let heads = grid.series.iter().map(|series| {
        let head = match series.name.text.as_str() {
            "" => value,
            name => name,
        };
        let text = match (&grid.unit, grid.lang) {
            (None, _) => head.to_owned(),
            (Some(unit), Lang::Zh) => format!("{head}（{}）", unit.text),
            (Some(unit), Lang::En) => format!("{head} ({})", unit.text),
        };
        header(&text, true)
    });
    let cell = |value: &Option<f64>| match value {
        Some(value) => Cell::number(*value, grid.lang, grid.suffix()),
        None => Cell::gap(grid.gap()),
    };
    let row = |row: &Row| {
        let label = match kind {
            Kind::Map => Cell::region(&row.label, &row.names, grid.lang),
            _ => Cell::text(Some(&row.label)),
        };
        std::iter::once(label)
            .chain(row.values.iter().map(cell))
            .collect()
    };
    Table {
        headers: std::iter::once(header(name, false)).chain(heads).collect(),
        rows: grid.rows.iter().map(row).collect(),
    }
}

fn groups_table(groups: &GroupsView) -> Table {
    let (region, group) = match groups.lang {
        Lang::Zh => ("地区", "类别"),
        Lang::En => ("Region", "Group"),
    };
    let rows = groups.groups.iter().flat_map(|group| {
        let members = group.members.iter();
        members.map(|(name, names)| {
            vec![
                Cell::region(name, names, groups.lang),
                Cell::text(Some(&group.label)),
            ]
        })
    });
    Table {
        headers: vec![header(region, false), header(group, false)],
        rows: rows.collect(),
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
            Cell::day(row),
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

/// A name with what a chart says of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The name.
    pub label: String,
    /// Its values.
    pub cells: Vec<SaidCell>,
}

/// A value as a text may say it.
#[derive(Debug, Clone, PartialEq)]
pub struct SaidCell {
    /// The column of the table, from 0.
    pub column: usize,
    /// The name of its series, where there are several.
    pub series: String,
    /// The value.
    pub value: SaidValue,
}

/// What is said.
#[derive(Debug, Clone, PartialEq)]
pub enum SaidValue {
    /// A number.
    Number {
        /// In its unit.
        value: f64,
        /// The unit, in the language of the chart.
        unit: String,
    },
    /// When something happened.
    Time {
        /// The day, or the first day of the span.
        date: Date,
        /// How exactly it is known.
        precision: Precision,
    },
}

/// What a chart says, row by row, in the order of its table.
pub(crate) fn said(view: &View) -> Vec<Said> {
    match view {
        View::Grid(grid) => grid.rows.iter().map(|row| said_of(grid, row)).collect(),
        View::Events(events) => events.rows.iter().map(said_when).collect(),
        View::Groups(_) => Vec::new(),
    }
}

fn said_of(grid: &Grid, row: &Row) -> Said {
    let unit = grid.unit.as_ref().map_or("", |unit| unit.text.as_str());
    let several = grid.series.len() > 1;
    let cells = grid.series.iter().zip(&row.values).enumerate();
    let cells = cells.filter_map(|(number, (series, value))| {
        Some(SaidCell {
            column: number + 1,
            series: if several {
                series.name.text.clone()
            } else {
                String::new()
            },
            value: SaidValue::Number {
                value: (*value)?,
                unit: unit.to_owned(),
            },
        })
    });
    Said {
        label: row.label.text.clone(),
        cells: cells.collect(),
    }
}

fn said_when(moment: &Moment) -> Said {
    Said {
        label: moment.label.text.clone(),
        cells: vec![SaidCell {
            column: 0,
            series: String::new(),
            value: SaidValue::Time {
                date: moment.date,
                precision: moment.precision,
            },
        }],
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
