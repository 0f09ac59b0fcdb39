//! Figures that are written into a `chart` block, and which of all the places they are in.
//!
//! In: the keys of the block that name or hold figures. Out: a [`From`]. Promise: exactly one place;
//! figures of one's own have a title.

use super::kind::Wrong;
use super::spec::{From, Spec};
use crate::content::data::{self, Data, Event, Events, Series, Value};
use crate::content::table::{Group, Groups, Row, Table};
use crate::diagnostic::Diagnostic;
use crate::lang::Localized;

/// The keys that name or hold figures.
pub(super) struct Figures {
    pub(super) data: Option<String>,
    pub(super) csv: Option<String>,
    pub(super) values: Option<Vec<Value>>,
    pub(super) series: Option<Vec<Localized>>,
    pub(super) rows: Option<Vec<Row>>,
    pub(super) events: Option<Vec<Event>>,
    pub(super) groups: Option<Vec<Group>>,
}

/// Where the figures are.
pub(super) fn from(figures: Figures, spec: &Spec) -> Result<From, Wrong> {
    let places = [
        ("data", figures.data.is_some()),
        ("csv", figures.csv.is_some()),
        ("values", figures.values.is_some()),
        ("rows", figures.rows.is_some()),
        ("events", figures.events.is_some()),
        ("groups", figures.groups.is_some()),
    ];
    let mut used = places.iter().filter(|(_, used)| *used).map(|(key, _)| *key);
    let Some(first) = used.next() else {
        return Err(Box::new(("", nothing())));
    };
    if let Some(second) = used.next() {
        let message = format!("this chart has figures from two places: `{first}:` and `{second}:`");
        return Err(Box::new((
            second,
            Diagnostic::error(message).hint("keep one of them"),
        )));
    }
    if let Some(name) = figures.data {
        return named(&name, "data").map(From::Named);
    }
    let inline = |data: Data| From::Inline(Box::new(data.read_from(spec.text())));
    let from = if let Some(file) = figures.csv {
        From::Csv(named(&file, "csv")?)
    } else if let Some(values) = figures.values {
        inline(data::whole(Series {
            values,
            ..Series::default()
        }))
    } else if let Some(events) = figures.events {
        inline(Data::Events(Events {
            events,
            ..Events::default()
        }))
    } else if let Some(groups) = figures.groups {
        inline(Data::Groups(Groups {
            groups,
            ..Groups::default()
        }))
    } else {
        inline(table(figures.series, figures.rows)?)
    };
    if spec.title.is_empty() {
        let wrong = Diagnostic::error("this chart has no title")
            .hint("add `title: { zh: …, en: … }` and say in it what the figures show");
        return Err(Box::new(("title", wrong)));
    }
    Ok(from)
}

fn nothing() -> Diagnostic {
    Diagnostic::error("this chart has no figures").hint(
        "name a file of content/data/ with `data:` (without .yaml) or one beside the page with `csv:`,\nor write `values:`, `series:` and `rows:`, `events:` or `groups:` into the block",
    )
}

fn named(name: &str, key: &'static str) -> Result<String, Wrong> {
    let name = name.trim();
    if name.is_empty() {
        let wrong = Diagnostic::error(format!("`{key}:` names no file")).hint(match key {
            "data" => "it takes the name of a file in content/data/, without .yaml",
            _ => "it takes the name of a file beside the page, with .csv",
        });
        return Err(Box::new((key, wrong)));
    }
    Ok(name.to_owned())
}

fn table(series: Option<Vec<Localized>>, rows: Option<Vec<Row>>) -> Result<Data, Wrong> {
    let rows = rows.unwrap_or_default();
    let series = match series {
        Some(series) => series,
        // One column needs no name.
        None if rows.iter().all(|row| row.values.len() == 1) => vec![Localized::default()],
        None => {
            let wrong = Diagnostic::error("the columns of `rows:` have no names")
                .hint("add `series: [{ zh: …, en: … }, …]`, a name for each column");
            return Err(Box::new(("rows", wrong)));
        }
    };
    Ok(Data::Table(Table {
        series,
        rows,
        ..Table::default()
    }))
}
