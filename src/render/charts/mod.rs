//! Figures to charts: SVG in two widths, a description, a table, files to take away.
//!
//! In: one data set, what was asked for, a language. Out: a [`Figure`], all that a page needs.
//!
//! 1. [`parse_spec`] reads the request, a fenced `chart` block;
//! 2. `view` picks one language, and finds what can't be drawn;
//! 3. `bars`, `columns` or `timeline` lays the marks out, once for each width, with texts measured by
//!    [`measure`];
//! 4. `svg` has plotters draw them, and adds role, title and description;
//! 5. `describe` and `table` say the same figures in words and in cells.
//!
//! Promise: the same bytes each time; no text is cut off or stands on another; no text is smaller
//! than 11 px in a figure of 320 px or more; ids begin with [`Figure::id`] and are unique on a page
//! if each chart of the page has its own number. [`stylesheet`] belongs on every page with a chart.

mod bars;
mod calendar;
mod columns;
mod describe;
mod format;
pub mod measure;
mod palette;
mod phrase;
mod scene;
mod spec;
mod svg;
mod table;
mod timeline;
mod view;

use serde::Serialize;

pub use self::palette::stylesheet;
pub use self::phrase::Phrase;
pub use self::spec::{Kind, Spec, parse_spec};
pub use self::table::{Cell, Header, Table};

use self::palette::Colour;
use self::scene::{Mark, Scene, Setting, Sheet, count};
use self::svg::{Form, Frame};
use self::view::View;
use crate::content::data::{Data, DataSource};
use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, Localized};

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
    /// `Unit: policies`, where there is a unit.
    pub unit: Option<Phrase>,
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
    /// The drawing as a file of its own, with title, source and styles for light and dark.
    pub svg_file: String,
    /// The table as a CSV file.
    pub csv_file: String,
}

/// Draws the data `name` as asked. `occurrence` counts the charts of a page, from 1.
///
/// # Errors
/// All that keeps it from being drawn, at the place of the request: a kind that does not fit the
/// data, no data, a value that is not finite, no label, nothing by the name to highlight.
pub fn draw(
    name: &str,
    data: &Data,
    spec: &Spec,
    lang: Lang,
    occurrence: usize,
) -> Result<Figure, Vec<Diagnostic>> {
    let located = |all: Vec<Diagnostic>| -> Vec<Diagnostic> {
        all.into_iter().map(|d| spec.located(d)).collect()
    };
    let kind = kind_of(name, data, spec).map_err(|d| located(vec![d]))?;
    let view = view::view(name, data, spec, lang).map_err(located)?;
    let id = format!("chart-{}-{}-{occurrence}", id_part(name), lang.code());
    let failed = |failed: svg::Failed| {
        let message = format!("plotters can't draw the data `{name}`: {}", failed.0);
        located(vec![Diagnostic::error(message)])
    };
    let (wide, kind) = lay_out(&view, kind, &Sheet::WIDE);
    let (narrow, _) = lay_out(&view, kind, &Sheet::NARROW);
    let words = Words::of(name, data, spec, &view, lang, kind);
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
    let table = table::table(&view);
    Ok(Figure {
        wide: draw(&wide, Form::Inline("wide"), "wide").map_err(failed)?,
        narrow: draw(&narrow, Form::Inline("narrow"), "narrow").map_err(failed)?,
        svg_file: draw(&alone, Form::File, "file").map_err(failed)?,
        csv_file: table::csv(&table),
        id,
        name: name.to_owned(),
        kind,
        title: words.title,
        note: words.note,
        unit: words.unit,
        source: words.source,
        description: words.description,
        table,
    })
}

fn kind_of(name: &str, data: &Data, spec: &Spec) -> Result<Kind, Diagnostic> {
    let kind = spec.kind.unwrap_or_else(|| Kind::default_for(data));
    if kind.fits(data) {
        return Ok(kind);
    }
    let holds = match data {
        Data::Series(_) => "a series of values",
        Data::Events(_) => "dated events",
    };
    Err(Diagnostic::error(format!(
        "`kind: {}` can't show the data `{name}`, which holds {holds}",
        kind.word()
    ))
    .hint(format!("use {}", Kind::fitting(data))))
}

/// The drawing, and the kind it came out as: columns without room for their names become bars.
fn lay_out(view: &View, kind: Kind, sheet: &Sheet) -> (Scene, Kind) {
    let series = match view {
        View::Events(events) => return (timeline::lay_out(events, sheet), Kind::Timeline),
        View::Series(series) => series,
    };
    if kind == Kind::Columns
        && let Some(scene) = columns::lay_out(series, sheet)
    {
        return (scene, Kind::Columns);
    }
    (bars::lay_out(series, sheet), Kind::Bars)
}

/// What is said around a drawing.
struct Words {
    title: Phrase,
    note: Option<Phrase>,
    unit: Option<Phrase>,
    source: Option<String>,
    description: String,
}

impl Words {
    fn of(name: &str, data: &Data, spec: &Spec, view: &View, lang: Lang, kind: Kind) -> Self {
        let (note, unit, source): (&Localized, Option<&Phrase>, &Option<DataSource>) =
            match (data, view) {
                (Data::Series(series), View::Series(view)) => {
                    (&series.description, view.unit.as_ref(), &series.source)
                }
                (Data::Series(series), _) => (&series.description, None, &series.source),
                (Data::Events(events), _) => (&events.description, None, &events.source),
            };
        Self {
            title: Phrase::of(&spec.title, lang)
                .or_else(|| Phrase::of(data.title(), lang))
                .unwrap_or_else(|| Phrase::new(phrase::one_line(name))),
            note: Phrase::of(note, lang),
            unit: unit.map(|unit| Phrase::new(describe::unit_line(unit, lang))),
            source: source.as_ref().map(|source| {
                let line = describe::source_line(source, lang);
                phrase::one_line(&line)
            }),
            description: describe::describe(view, kind),
        }
    }
}

/// The drawing with ground, margins, title, unit and source: what stands around it on a page.
fn framed(drawing: Scene, words: &Words) -> Scene {
    const MARGIN: i32 = 28;
    let sheet = Sheet::WIDE;
    let width = drawing.width;
    let room = f64::from(width);
    let head = Setting {
        size: 21,
        line: 28,
        ..Setting::name(&sheet).bold(true)
    };
    let small = Setting::small(&sheet);
    let block = |scene: &mut Scene, setting: Setting, phrase: &Phrase, y: i32| {
        let lines = measure::wrap(&phrase.text, setting.size, setting.bold, room).lines;
        let middle = y + setting.line / 2;
        let marks = setting.set(&lines, phrase.lang, MARGIN, middle);
        scene.marks.extend(marks);
        y + count(lines.len()) * setting.line
    };
    let mut text = Scene::new(width + 2 * MARGIN);
    let mut y = block(&mut text, head, &words.title, MARGIN - 6);
    if let Some(unit) = &words.unit {
        y = block(&mut text, small, unit, y + 4);
    }
    y += 18;
    let (drawing_top, drawing_height) = (y, drawing.height);
    y += drawing_height;
    if let Some(source) = &words.source {
        y = block(&mut text, small, &Phrase::new(source.clone()), y + 18);
    }
    let mut scene = Scene::new(text.width);
    scene.height = y + MARGIN - 6;
    scene.marks.push(Mark::Bar {
        left: 0,
        top: 0,
        right: scene.width,
        bottom: scene.height,
        colour: Colour::Ground,
    });
    scene.place(text, 0, 0);
    scene.place(drawing, MARGIN, drawing_top);
    scene
}

/// A name as part of an id: what is neither a letter nor a digit becomes a hyphen.
fn id_part(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect()
}
