//! Horizontal bars: a name, a bar, its value at the end of the bar. No scale is drawn: each value is
//! said.
//!
//! Names stand beside the bars, in at most two lines, and where they need more room than that (long
//! names, the narrow width) above them, so that the bars keep theirs.

use super::measure::{self, Wrapped};
use super::palette::Colour;
use super::scene::{Anchor, Mark, Scene, Setting, Sheet, count, px, px_up};
use super::view::{Row, SeriesView};

/// Between a name and its bar, and between a bar and its value.
const SPACE: i32 = 8;
/// A value that is not zero is never invisible.
const LEAST: i32 = 2;
/// Names beside the bars take no more than this part of the width; bars get at least that part.
const NAMES_AT_MOST: f64 = 0.4;
const BARS_AT_LEAST: f64 = 0.3;

/// Lays out all values, from top to bottom.
pub(crate) fn lay_out(series: &SeriesView, sheet: &Sheet) -> Scene {
    let names = Names::of(series, sheet);
    let scale = Scale::of(series, sheet, names.column);
    let mut scene = Scene::new(sheet.width);
    let mut y = 0;
    let (bar, gap) = bar_and_gap(series, sheet);
    for (row, lines) in series.rows.iter().zip(&names.lines) {
        let text_height = count(lines.lines.len()) * sheet.line;
        let (bar_top, height) = if names.beside() {
            let height = text_height.max(bar);
            (y + (height - bar) / 2, height)
        } else {
            (y + text_height + 2, text_height + 2 + bar)
        };
        names.set(&mut scene, row, lines, (y, bar_top + bar / 2), sheet);
        draw_bar(&mut scene, series, row, &scale, (bar_top, bar), sheet);
        if !names.beside() {
            // An axis from top to bottom would run through the names.
            axis(&mut scene, &scale, bar_top - 2, bar_top + bar + 2);
        }
        y += height + gap;
    }
    scene.height = (y - gap).max(1) + 2;
    if names.beside() {
        let bottom = scene.height;
        axis(&mut scene, &scale, 0, bottom);
    }
    scene
}

fn axis(scene: &mut Scene, scale: &Scale, top: i32, bottom: i32) {
    scene.line((scale.zero, top), (scale.zero, bottom), Colour::Axis);
}

/// Many bars are thinner and nearer, so that they can be compared without scrolling; never thinner
/// than text.
fn bar_and_gap(series: &SeriesView, sheet: &Sheet) -> (i32, i32) {
    if series.rows.len() > 15 {
        (sheet.text + 1, sheet.gap / 2)
    } else {
        (sheet.bar, sheet.gap)
    }
}

fn draw_bar(
    scene: &mut Scene,
    series: &SeriesView,
    row: &Row,
    scale: &Scale,
    (top, height): (i32, i32),
    sheet: &Sheet,
) {
    let end = scale.end_of(row.value);
    if end != scale.zero {
        scene.marks.push(Mark::Bar {
            left: end.min(scale.zero),
            top,
            right: end.max(scale.zero),
            bottom: top + height,
            colour: colour_of(series, row),
        });
    }
    let (x, anchor) = if row.value < 0.0 {
        (end - SPACE, Anchor::End)
    } else {
        (end + SPACE, Anchor::Start)
    };
    let value = [series.mark(row.value)];
    let setting = Setting::name(sheet).bold(row.strong).anchor(anchor);
    let middle = top + height / 2;
    scene.marks.extend(setting.set(&value, None, x, middle));
}

/// Where others are set off from it, a mark steps back.
pub(crate) fn colour_of(series: &SeriesView, row: &Row) -> Colour {
    if row.strong || !series.has_emphasis() {
        Colour::Accent
    } else {
        Colour::Soft
    }
}

/// The wrapped names, and the width of the column they stand in: 0 where they stand above.
struct Names {
    lines: Vec<Wrapped>,
    column: i32,
}

impl Names {
    fn of(series: &SeriesView, sheet: &Sheet) -> Self {
        let room = f64::from(sheet.width) * NAMES_AT_MOST;
        let lines: Vec<Wrapped> = wrapped(series, sheet, room);
        let column = lines
            .iter()
            .zip(&series.rows)
            .map(|(lines, row)| px_up(lines.width(sheet.text, row.strong)))
            .max()
            .unwrap_or_default();
        let fits = lines
            .iter()
            .all(|name| name.lines.len() <= 2 && !name.broke_word);
        let scale = Scale::of(series, sheet, column);
        let bars = f64::from(sheet.width) * BARS_AT_LEAST;
        if fits && f64::from(scale.most - scale.least) >= bars {
            return Self { lines, column };
        }
        Self {
            lines: wrapped(series, sheet, f64::from(sheet.width - 2)),
            column: 0,
        }
    }

    fn beside(&self) -> bool {
        self.column > 0
    }

    /// `top` of the row for names above, `middle` of the bar for names beside it.
    fn set(
        &self,
        scene: &mut Scene,
        row: &Row,
        name: &Wrapped,
        (top, middle): (i32, i32),
        sheet: &Sheet,
    ) {
        let setting = Setting::name(sheet).bold(row.strong);
        let lines = &name.lines;
        let marks = if self.beside() {
            let first = middle - (count(lines.len()) - 1) * sheet.line / 2;
            let setting = setting.anchor(Anchor::End);
            setting.set(lines, row.label.lang, self.column, first)
        } else {
            setting.set(lines, row.label.lang, 0, top + sheet.line / 2)
        };
        scene.marks.extend(marks);
    }
}

fn wrapped(series: &SeriesView, sheet: &Sheet, room: f64) -> Vec<Wrapped> {
    series
        .rows
        .iter()
        .map(|row| measure::wrap_evenly(&row.label.text, sheet.text, row.strong, room))
        .collect()
}

/// From values to places on the page. It always begins at zero: the length of a bar is its value.
struct Scale {
    /// The largest absolute value: dividing by it first keeps any two values in range.
    norm: f64,
    low: f64,
    high: f64,
    least: i32,
    most: i32,
    zero: i32,
}

impl Scale {
    fn of(series: &SeriesView, sheet: &Sheet, names: i32) -> Self {
        let values = || series.rows.iter().map(|row| row.value);
        let largest = values().map(f64::abs).fold(0.0, f64::max);
        let norm = if largest > 0.0 { largest } else { 1.0 };
        let low = values().fold(0.0, f64::min) / norm;
        let high = values().fold(0.0, f64::max) / norm;
        let high = if low >= high { 1.0 } else { high };
        let room = |negative: bool| {
            series
                .rows
                .iter()
                .filter(|row| (row.value < 0.0) == negative)
                .map(|row| measure::width(&series.mark(row.value), sheet.text, row.strong))
                .map(|width| px_up(width) + SPACE)
                .max()
                .unwrap_or_default()
        };
        let names = if names > 0 { names + SPACE } else { 0 };
        let least = names + room(true) + 1 + LEAST;
        let most = (sheet.width - room(false) - 1 - LEAST).max(least + LEAST * 2);
        let mut scale = Self {
            norm,
            low,
            high,
            least,
            most,
            zero: 0,
        };
        scale.zero = scale.exactly(0.0);
        scale
    }

    fn exactly(&self, value: f64) -> i32 {
        let part = (value / self.norm - self.low) / (self.high - self.low);
        self.least + px(part * f64::from(self.most - self.least))
    }

    fn end_of(&self, value: f64) -> i32 {
        let end = self.exactly(value);
        if value > 0.0 {
            end.max(self.zero + LEAST)
        } else if value < 0.0 {
            end.min(self.zero - LEAST)
        } else {
            self.zero
        }
    }
}
