//! Vertical bars side by side, the value above each, the name below it.
//!
//! They need room across: where a name or a value does not fit under or over its column without
//! cutting a word, [`lay_out`] gives nothing, and the drawing of that width uses bars. Several
//! series stand side by side with their names under each, or stacked with a key above.

use super::bars::{Options, colour_of, stack_key};
use super::domain::Domain;
use super::key;
use super::measure::{self, Wrapped};
use super::palette::Colour;
use super::scene::{Anchor, Scene, Setting, Sheet, count, px_up};
use super::view::{Grid, Row};

/// Between neighbours' texts.
const SPACE: i32 = 8;
const WIDEST_COLUMN: i32 = 88;
const WIDEST_SLOT: i32 = 160;
const MOST_LINES: usize = 3;
/// Between the columns of one name.
const WITHIN: i32 = 2;

/// Lays out all values from left to right, if they fit.
pub(crate) fn lay_out(grid: &Grid, options: Options, sheet: &Sheet) -> Option<Scene> {
    let slots = Slots::of(grid, options, sheet)?;
    let mut scene = Scene::new(sheet.width);
    let mut top = 0;
    if options.stacked {
        let key = key::lay_out(&stack_key(grid), sheet);
        top = key.height;
        scene.place(key, 0, 0);
    }
    let plot = Plot::of(grid, options, sheet, top);
    let under = if slots.grouped { sheet.line } else { 0 };
    for (index, (row, name)) in grid.rows.iter().zip(&slots.names).enumerate() {
        let left = count(index) * slots.width;
        if options.stacked {
            stack(&mut scene, grid, (index, row), &plot, (left, &slots), sheet);
        } else {
            side_by_side(&mut scene, grid, (index, row), &plot, (left, &slots), sheet);
        }
        let setting = Setting::name(sheet).bold(row.strong).anchor(Anchor::Middle);
        let first = plot.bottom + under + sheet.line / 2 + 4;
        let marks = setting.set(&name.lines, row.label.lang, left + slots.width / 2, first);
        scene.marks.extend(marks);
    }
    let right = count(grid.rows.len()) * slots.width;
    scene.rule((0, plot.zero), (right, plot.zero), Colour::Axis);
    let most = slots
        .names
        .iter()
        .map(|name| name.lines.len())
        .max()
        .unwrap_or(0);
    scene.height = plot.bottom + under + 4 + count(most) * sheet.line + 2;
    Some(scene)
}

/// How the width is shared out.
struct Slots {
    /// Of one name.
    width: i32,
    /// Of one column with the space beside it.
    column: i32,
    names: Vec<Wrapped>,
    grouped: bool,
}

impl Slots {
    fn of(grid: &Grid, options: Options, sheet: &Sheet) -> Option<Self> {
        let grouped = grid.series.len() > 1 && !options.stacked;
        let columns = if grouped { count(grid.series.len()) } else { 1 };
        let widest = WIDEST_SLOT.max(columns * WIDEST_COLUMN + SPACE);
        let width = (sheet.width / count(grid.rows.len()).max(1)).min(widest);
        let room = f64::from(width - SPACE);
        let names: Option<Vec<Wrapped>> = grid
            .rows
            .iter()
            .map(|row| {
                let name = measure::wrap_evenly(&row.label.text, sheet.text, row.strong, room);
                (!name.broke_word && name.lines.len() <= MOST_LINES).then_some(name)
            })
            .collect();
        let column = if grouped {
            (width - SPACE) / columns
        } else {
            width
        };
        let slots = Self {
            width,
            column,
            names: names?,
            grouped,
        };
        slots.texts_fit(grid, options, sheet).then_some(slots)
    }

    /// Whether the values stand over their columns, and the names of series under them.
    fn texts_fit(&self, grid: &Grid, options: Options, sheet: &Sheet) -> bool {
        let room = self.column - if self.grouped { 4 } else { SPACE };
        let fits = |text: &str| px_up(measure::width(text, sheet.text, true)) <= room;
        let said = |value: &Option<f64>| match value {
            Some(value) => fits(&grid.mark(*value)),
            None => true,
        };
        let values = if options.stacked {
            let totals = grid
                .rows
                .iter()
                .map(|row| row.values.iter().flatten().sum());
            totals.into_iter().all(|total| fits(&grid.mark(total)))
        } else {
            grid.rows.iter().all(|row| row.values.iter().all(said))
        };
        let names = !self.grouped || grid.series.iter().all(|series| fits(&series.name.text));
        values && names
    }

    /// What stands where a value is missing: a dash if words have no room.
    fn gap(&self, grid: &Grid, sheet: &Sheet) -> String {
        let words = grid.gap();
        if px_up(measure::width(words, sheet.text, true)) <= self.column - 4 {
            return words.to_owned();
        }
        "–".to_owned()
    }

    /// The left edges of the columns of one name, and how wide they are.
    fn columns(&self, left: i32, series: usize) -> (i32, i32) {
        if self.grouped {
            let bar = (self.column - WITHIN).min(WIDEST_COLUMN);
            return (left + SPACE / 2 + count(series) * self.column, bar);
        }
        let bar = (self.width * 2 / 3).min(WIDEST_COLUMN);
        (left + (self.width - bar) / 2, bar)
    }
}

fn side_by_side(
    scene: &mut Scene,
    grid: &Grid,
    (index, row): (usize, &Row),
    plot: &Plot,
    (left, slots): (i32, &Slots),
    sheet: &Sheet,
) {
    for (number, (series, value)) in grid.series.iter().zip(&row.values).enumerate() {
        let (left, width) = slots.columns(left, number);
        let middle = left + width / 2;
        let strong = row.strong || series.strong;
        let setting = Setting::name(sheet).bold(strong).anchor(Anchor::Middle);
        let end = value.map_or(plot.zero, |value| plot.end_of(value));
        if end != plot.zero {
            let colour = colour_of(grid, row, number);
            scene.bar((left, end), (left + width, plot.zero), colour, 0);
        }
        let over = if value.is_some_and(|value| value < 0.0) {
            end + sheet.line / 2 + 2
        } else {
            end - sheet.line / 2 - 2
        };
        let (said, colour) = match value {
            Some(value) => (grid.mark(*value), Colour::Ink),
            None => (slots.gap(grid, sheet), Colour::Muted),
        };
        let mut set = Setting { colour, ..setting };
        if value.is_some() {
            set = set.of(index, number);
        }
        scene.marks.extend(set.set(&[said], None, middle, over));
        if slots.grouped {
            let setting = Setting {
                colour: Colour::Muted,
                ..setting
            };
            let at = plot.bottom + sheet.line / 2 + 2;
            scene.marks.extend(setting.one(&series.name, middle, at));
        }
    }
}

fn stack(
    scene: &mut Scene,
    grid: &Grid,
    (index, row): (usize, &Row),
    plot: &Plot,
    (left, slots): (i32, &Slots),
    sheet: &Sheet,
) {
    let (left, width) = slots.columns(left, 0);
    let middle = left + width / 2;
    let (mut below, mut above) = (0.0, 0.0);
    let bold = Setting::name(sheet).bold(true).anchor(Anchor::Middle);
    for (number, value) in row.values.iter().enumerate() {
        let Some(value) = value.filter(|value| *value != 0.0) else {
            continue;
        };
        let sum = if value < 0.0 { &mut below } else { &mut above };
        let start = plot.end_of(*sum);
        *sum += value;
        let end = plot.end_of(*sum);
        let gap = i32::from((end - start).abs() > 2);
        let end = if end < start { end + gap } else { end - gap };
        scene.bar(
            (left, start),
            (left + width, end),
            Colour::series(number),
            number,
        );
        let said = grid.mark(value);
        let fits = px_up(measure::width(&said, sheet.text, true)) <= width - 4;
        if fits && (end - start).abs() >= sheet.line {
            let colour = Colour::OnSeries(number);
            let setting = Setting { colour, ..bold }.of(index, number);
            scene
                .marks
                .extend(setting.set(&[said], None, middle, i32::midpoint(start, end)));
        }
    }
    let is_gap = row.values.iter().all(Option::is_none);
    let (said, colour) = if is_gap {
        (slots.gap(grid, sheet), Colour::Muted)
    } else {
        (grid.mark(row.values.iter().flatten().sum()), Colour::Ink)
    };
    let over = if above <= 0.0 && below < 0.0 {
        plot.end_of(below) + sheet.line / 2 + 2
    } else {
        plot.end_of(above) - sheet.line / 2 - 2
    };
    let setting = Setting { colour, ..bold };
    scene.marks.extend(setting.set(&[said], None, middle, over));
}

/// Where the columns stand and how high they can be.
struct Plot {
    domain: Domain,
    top: i32,
    /// The lowest place that a value reaches, its own text included.
    bottom: i32,
    foot: i32,
    zero: i32,
}

impl Plot {
    fn of(grid: &Grid, options: Options, sheet: &Sheet, above: i32) -> Self {
        let domain = options.whole.map_or_else(
            || {
                let ends: Vec<f64> = if options.stacked {
                    grid.rows.iter().flat_map(reach).collect()
                } else {
                    grid.values().collect()
                };
                Domain::from_zero(ends.into_iter())
            },
            |(domain, _)| domain,
        );
        let top = above + sheet.line + 4;
        let foot = top + sheet.width / 4 + 60;
        let below = if domain.is_negative() {
            sheet.line + 4
        } else {
            0
        };
        Self {
            domain,
            top,
            bottom: foot + below,
            foot,
            zero: domain.place(0.0, foot, top),
        }
    }

    /// A value that is not zero is never invisible.
    fn end_of(&self, value: f64) -> i32 {
        let end = self.domain.place(value, self.foot, self.top);
        if value > 0.0 {
            end.min(self.zero - 2)
        } else if value < 0.0 {
            end.max(self.zero + 2)
        } else {
            self.zero
        }
    }
}

/// How far down and up a stack goes.
fn reach(row: &Row) -> [f64; 2] {
    let sum = |negative: bool| {
        let values = row.values.iter().flatten();
        values.filter(|value| (**value < 0.0) == negative).sum()
    };
    [sum(true), sum(false)]
}
