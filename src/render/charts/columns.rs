//! Vertical bars side by side, the value above each, the name below it.
//!
//! They need room across: where a name or a value does not fit under or over its column without
//! cutting a word, [`lay_out`] gives nothing, and the drawing of that width uses bars.

use super::bars::colour_of;
use super::measure::{self, Wrapped};
use super::palette::Colour;
use super::scene::{Anchor, Mark, Scene, Setting, Sheet, count, px};
use super::view::SeriesView;

/// Between neighbours' texts.
const SPACE: i32 = 8;
const WIDEST_COLUMN: i32 = 64;
const WIDEST_SLOT: i32 = 120;
const MOST_LINES: usize = 3;

/// Lays out all values from left to right, if they fit.
pub(crate) fn lay_out(series: &SeriesView, sheet: &Sheet) -> Option<Scene> {
    let slot = (sheet.width / count(series.rows.len()).max(1)).min(WIDEST_SLOT);
    let names = names(series, sheet, slot - SPACE)?;
    let plot = Plot::of(series, sheet);
    let mut scene = Scene::new(sheet.width);
    let bar = (slot * 2 / 3).min(WIDEST_COLUMN);
    for (index, (row, name)) in series.rows.iter().zip(&names).enumerate() {
        let middle = count(index) * slot + slot / 2;
        let end = plot.end_of(row.value);
        if end != plot.zero {
            scene.marks.push(Mark::Bar {
                left: middle - bar / 2,
                top: end.min(plot.zero),
                right: middle + bar / 2,
                bottom: end.max(plot.zero),
                colour: colour_of(series, row),
            });
        }
        let setting = Setting::name(sheet).bold(row.strong).anchor(Anchor::Middle);
        let over = if row.value < 0.0 {
            end + sheet.line / 2 + 2
        } else {
            end - sheet.line / 2 - 2
        };
        let value = [series.mark(row.value)];
        scene.marks.extend(setting.set(&value, None, middle, over));
        let first = plot.bottom + sheet.line / 2 + 4;
        let marks = setting.set(&name.lines, row.label.lang, middle, first);
        scene.marks.extend(marks);
    }
    let right = count(series.rows.len()) * slot;
    scene.line((0, plot.zero), (right, plot.zero), Colour::Axis);
    let most = names.iter().map(|name| name.lines.len()).max().unwrap_or(0);
    scene.height = plot.bottom + 4 + count(most) * sheet.line + 2;
    Some(scene)
}

fn names(series: &SeriesView, sheet: &Sheet, room: i32) -> Option<Vec<Wrapped>> {
    let room = f64::from(room);
    series
        .rows
        .iter()
        .map(|row| {
            let value = measure::width(&series.mark(row.value), sheet.text, row.strong);
            let name = measure::wrap_evenly(&row.label.text, sheet.text, row.strong, room);
            let fits = value <= room && !name.broke_word && name.lines.len() <= MOST_LINES;
            fits.then_some(name)
        })
        .collect()
}

/// Where the columns stand and how high they can be.
struct Plot {
    norm: f64,
    low: f64,
    high: f64,
    top: i32,
    /// The lowest place that a value reaches, its own text included.
    bottom: i32,
    foot: i32,
    zero: i32,
}

impl Plot {
    fn of(series: &SeriesView, sheet: &Sheet) -> Self {
        let values = || series.rows.iter().map(|row| row.value);
        let largest = values().map(f64::abs).fold(0.0, f64::max);
        let norm = if largest > 0.0 { largest } else { 1.0 };
        let low = values().fold(0.0, f64::min) / norm;
        let high = values().fold(0.0, f64::max) / norm;
        let high = if low >= high { 1.0 } else { high };
        let top = sheet.line + 4;
        let foot = top + sheet.width / 4 + 60;
        let below = if low < 0.0 { sheet.line + 4 } else { 0 };
        let mut plot = Self {
            norm,
            low,
            high,
            top,
            bottom: foot + below,
            foot,
            zero: 0,
        };
        plot.zero = plot.exactly(0.0);
        plot
    }

    fn exactly(&self, value: f64) -> i32 {
        let part = (value / self.norm - self.low) / (self.high - self.low);
        self.foot - px(part * f64::from(self.foot - self.top))
    }

    /// A value that is not zero is never invisible.
    fn end_of(&self, value: f64) -> i32 {
        let end = self.exactly(value);
        if value > 0.0 {
            end.min(self.zero - 2)
        } else if value < 0.0 {
            end.max(self.zero + 2)
        } else {
            self.zero
        }
    }
}
