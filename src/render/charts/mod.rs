//! Figures to charts: SVG in two widths, a description, a table, files to take away.
//!
//! In: one data set, what was asked for, a language. Out: a [`Figure`], all that a page needs.
//!
//! 1. [`parse_spec`] reads the request, a fenced `chart` block, and the figures that stand in it;
//! 2. `view` picks one language, and finds what can't be drawn;
//! 3. `bars`, `columns`, `lines`, `dots`, `map`, `timeline` or `lanes` lays the marks out, once for each width,
//!    with texts measured by [`measure`]; `panels` does so for each series;
//! 4. `svg` has plotters draw them, and adds role, title and description;
//! 5. `describe` and `table` say the same figures in words and in cells.
//!
//! Promise: the same bytes each time; no text is cut off or stands on another; no text is smaller
//! than 11 px on a screen of 320 px or more; ids begin with [`Figure::id`] and are unique on a page
//! if each chart of the page has its own number. [`stylesheet`] belongs on every page with a chart.

mod axis;
mod bars;
mod calendar;
mod columns;
mod describe;
mod domain;
mod dots;
mod ends;
mod format;
mod inline;
mod key;
mod kind;
mod lanes;
mod lines;
mod map;
pub mod measure;
mod names;
mod palette;
mod panels;
mod phrase;
mod scene;
mod spec;
mod spread;
mod svg;
mod table;
mod timeline;
mod times;
mod view;
mod words;

use std::borrow::Cow;

use serde::Serialize;

pub use self::kind::{Kind, Layout, Several, Sort};
pub use self::palette::{SERIES, stylesheet};
pub use self::phrase::Phrase;
pub use self::spec::{From, Spec, parse_spec};
pub use self::table::{Cell, Header, Said, SaidCell, SaidValue, Table};

use self::scene::{Scene, Sheet};
use self::svg::{Form, Frame};
use self::view::View;
use self::words::{Words, framed};
use crate::content::data::Data;
use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, Localized};
use crate::names::Names;

/// A chart in one language: everything that a template shows or a build writes beside the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Unique on the page: for the figure's `id`, and the start of all ids inside the drawings.
    pub id: String,
    /// The name of the data.
    pub name: String,
    /// The shape of the wide drawing; columns without room for their names are bars.
    pub kind: Kind,
    /// The title, set as HTML above the drawing.
    pub title: Phrase,
    /// A sentence about the data, where there is one.
    pub note: Option<Phrase>,
    /// `Unit: policies, 2021`, where there is a unit or a period.
    pub subtitle: Option<Phrase>,
    /// `Source: blockchain-cities.txt, line 5`, where it is known.
    pub source: Option<String>,
    /// The chart in words; the drawings hold it too.
    pub description: String,
    /// The drawing for figures of 540 px or more, as an `<svg>` element.
    pub wide: String,
    /// The drawing for narrower figures.
    pub narrow: String,
    /// The same figures as a table.
    pub table: Table,
    /// What stands in the chart, for links between text and chart.
    #[serde(skip)]
    pub said: Vec<Said>,
    /// The drawing as a file of its own, with title, source and styles for light and dark.
    pub svg_file: String,
    /// The table as a CSV file.
    pub csv_file: String,
}

/// Draws the data as asked. `occurrence` counts the charts of a page, from 1.
///
/// # Errors
/// All that keeps it from being drawn, at the place of the request: a kind that does not fit the
/// data, no data, a value that is not finite, no label, nothing by the name to highlight.
pub fn draw(
    data: &Data,
    spec: &Spec,
    lang: Lang,
    occurrence: usize,
) -> Result<Figure, Vec<Diagnostic>> {
    let kind = kind_of(data, spec).map_err(|wrong| vec![*wrong])?;
    let view = view::view(data, spec, kind, lang)?;
    let id = format!(
        "chart-{}-{}-{occurrence}",
        id_part(spec.name()),
        lang.code()
    );
    let failed = |failed: svg::Failed| {
        let message = format!("plotters can't draw {}: {}", spec.called(), failed.0);
        vec![spec.at(Diagnostic::error(message), "")]
    };
    let (wide, kind) = lay_out(&view, kind, &spec.layout, &Sheet::WIDE);
    let (narrow, _) = lay_out(&view, kind, &spec.layout, &Sheet::NARROW);
    let words = Words::of(data, spec, &view, lang, kind);
    let alone = framed(wide.clone(), &words);
    let draw = |scene: &Scene, form: Form, part: &str| {
        let frame = Frame {
            lang,
            id: &format!("{id}-{part}"),
            title: &words.title.text,
            description: &words.description,
            form,
        };
        svg::render(scene, &frame)
    };
    let table = table::table(&view, kind);
    Ok(Figure {
        wide: draw(&wide, Form::Inline("wide"), "wide").map_err(failed)?,
        narrow: draw(&narrow, Form::Inline("narrow"), "narrow").map_err(failed)?,
        svg_file: draw(&alone, Form::File, "file").map_err(failed)?,
        csv_file: table::csv(&table),
        id,
        name: spec.name().to_owned(),
        kind,
        title: words.title,
        note: words.note,
        subtitle: words.subtitle,
        source: words.source,
        description: words.description,
        said: table::said(&view),
        table,
    })
}

/// Data for a map in which a report calls regions by names of its own, with the names of the tiles.
#[must_use]
pub fn with_tiles<'d>(data: Cow<'d, Data>, spec: &Spec, known: &Names) -> Cow<'d, Data> {
    if spec.kind.unwrap_or_else(|| Kind::default_for(&data)) != Kind::Map {
        return data;
    }
    let mut data = data;
    let labels: Vec<&mut Localized> = match data.to_mut() {
        Data::Series(series) => series
            .values
            .iter_mut()
            .map(|value| &mut value.label)
            .collect(),
        Data::Table(table) => table.rows.iter_mut().map(|row| &mut row.label).collect(),
        Data::Groups(groups) => {
            let groups = groups.groups.iter_mut();
            groups.flat_map(|group| &mut group.members).collect()
        }
        Data::Events(_) => Vec::new(),
    };
    for label in labels {
        if let Some(renamed) = map::tiles::renamed(label, known) {
            *label = renamed;
        }
    }
    data
}

/// The kind that was asked for, or the data's own, if the data and the layout go with it.
fn kind_of(data: &Data, spec: &Spec) -> Result<Kind, Box<Diagnostic>> {
    let kind = spec.kind.unwrap_or_else(|| Kind::default_for(data));
    if kind.fits(data) {
        let checked = spec.layout.check(kind);
        checked.map_err(|wrong| Box::new(spec.at_key(*wrong)))?;
        return Ok(kind);
    }
    let holds = match data {
        Data::Series(_) => "a series of values",
        Data::Table(_) => "several series",
        Data::Events(_) => "dated events",
        Data::Groups(_) => "groups without values",
    };
    let message = format!(
        "`kind: {}` can't show {}, which holds {holds}",
        kind.word(),
        spec.called()
    );
    let wrong = Diagnostic::error(message).hint(format!("use {}", Kind::fitting(data)));
    Err(Box::new(spec.at(wrong, "kind")))
}

/// The drawing, and the kind it came out as: columns without room for their names become bars.
fn lay_out(view: &View, kind: Kind, layout: &Layout, sheet: &Sheet) -> (Scene, Kind) {
    let grid = match view {
        View::Events(events) if layout.by_region => return (lanes::lay_out(events, sheet), kind),
        View::Events(events) => return (timeline::lay_out(events, sheet), kind),
        View::Groups(groups) => return (map::lay_out_groups(groups, sheet), kind),
        View::Grid(grid) => grid,
    };
    if layout.has_panels() {
        return panels::lay_out(grid, kind, layout.scale, sheet);
    }
    let bars = bars::Options {
        stacked: layout.is_stacked(),
        whole: None,
    };
    let lines = lines::Options {
        log: layout.is_log(),
        whole: None,
    };
    match kind {
        Kind::Lines => (lines::lay_out(grid, lines, sheet), kind),
        Kind::Dots => (dots::lay_out(grid, lines, sheet), kind),
        Kind::Map => (map::lay_out(grid, &layout.steps, sheet), kind),
        Kind::Columns => match columns::lay_out(grid, bars, sheet) {
            Some(scene) => (scene, kind),
            None => (bars::lay_out(grid, bars, sheet), Kind::Bars),
        },
        Kind::Bars | Kind::Timeline => (bars::lay_out(grid, bars, sheet), Kind::Bars),
    }
}

/// A name as part of an id: what is neither a letter nor a digit becomes a hyphen.
fn id_part(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect()
}
