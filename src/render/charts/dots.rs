//! Dots on a common scale, one row for each name.
//!
//! A dot says where a value is, not how long: so the scale need not begin at zero, and may be
//! logarithmic. Several series share a row, each with a shape of its own, joined by a line; the
//! lowest and the highest value of a row are said.

use super::bars::{colour_of, pitch};
use super::domain::Domain;
use super::key;
use super::measure;
use super::names::Names;
use super::palette::Colour;
use super::phrase::Phrase;
use super::scene::{Anchor, Mark, Scene, Setting, Sheet, count, px_up};
use super::view::{Grid, Row};

pub(crate) use super::lines::{Options, TICKS};

const SPACE: i32 = 8;
const DOT: i32 = 5;
/// Beside names, the scale gets at least this part of the width.
const SCALE_AT_LEAST: f64 = 0.3;

/// Lays out all rows, from top to bottom.
pub(crate) fn lay_out(grid: &Grid, options: Options, sheet: &Sheet) -> Scene {
    let values: Vec<f64> = grid.values().collect();
    let domain = match options.whole {
        Some((domain, _)) => domain,
        None => Domain::round(values.into_iter(), options.log, TICKS),
    };
    let widest = options.whole.map_or(0, |(_, widest)| widest);
    let room = room(grid, sheet).max(widest + DOT + SPACE);
    let left_of = |column: i32| {
        if column > 0 {
            column + SPACE + room
        } else {
            room
        }
    };
    let right = sheet.width - room;
    let labels: Vec<(&Phrase, bool)> = grid
        .rows
        .iter()
        .map(|row| (&row.label, row.strong))
        .collect();
    let names = Names::of(&labels, sheet, |column| {
        f64::from(right - left_of(column)) >= f64::from(sheet.width) * SCALE_AT_LEAST
    });
    let plot = Plot {
        left: left_of(names.column),
        right,
        domain,
    };
    let mut scene = Scene::new(sheet.width);
    let mut y = 0;
    if grid.series.len() > 1 && options.whole.is_none() {
        let key = key::lay_out(&entries(grid), sheet);
        y = key.height;
        scene.place(key, 0, 0);
    }
    y += set_scale(&mut scene, grid, &plot, y, sheet);
    let top = y;
    y += sheet.gap / 2;
    let row_height = pitch(sheet) - sheet.gap / 2;
    for (index, (row, lines)) in grid.rows.iter().zip(&names.lines).enumerate() {
        let text_height = count(lines.lines.len()) * sheet.line;
        let (middle, height) = if names.beside() {
            let height = text_height.max(row_height);
            (y + height / 2, height)
        } else {
            (y + text_height + row_height / 2, text_height + row_height)
        };
        let setting = Setting::name(sheet).bold(row.strong);
        names.set(&mut scene, setting, (lines, row.label.lang), (y, middle));
        draw_row(&mut scene, grid, (index, row), &plot, middle, sheet);
        y += height + sheet.gap / 2;
    }
    scene.height = y + 2;
    for tick in ticks(grid, &plot, sheet) {
        let x = plot.x(tick);
        let is_base = tick == 0.0 && plot.domain.has_zero();
        let colour = if is_base { Colour::Axis } else { Colour::Rule };
        scene.rule((x, top), (x, y), colour);
    }
    scene
}

/// Where the dots are.
struct Plot {
    left: i32,
    right: i32,
    domain: Domain,
}

impl Plot {
    fn x(&self, value: f64) -> i32 {
        self.domain.place(value, self.left, self.right)
    }
}

/// What the widest value takes beside its dot.
fn room(grid: &Grid, sheet: &Sheet) -> i32 {
    let widths = grid
        .values()
        .map(|value| measure::width(&grid.mark(value), sheet.text, true));
    let gap = measure::width(grid.gap(), sheet.text, false) / 2.0;
    px_up(widths.fold(gap, f64::max)) + DOT + SPACE
}

fn entries(grid: &Grid) -> Vec<key::Entry> {
    let series = grid.series.iter().enumerate();
    series
        .map(|(number, series)| key::Entry {
            swatch: key::Swatch::Dot {
                colour: Colour::series(number),
                shape: number,
            },
            name: series.name.clone(),
            strong: series.strong,
        })
        .collect()
}

/// The round values whose texts stand beside one another.
fn ticks(grid: &Grid, plot: &Plot, sheet: &Sheet) -> Vec<f64> {
    let fits = |ticks: &[f64]| {
        let mut end = i32::MIN;
        ticks.iter().all(|tick| {
            let half = px_up(measure::width(&grid.mark(*tick), sheet.small, false) / 2.0) + 1;
            let x = plot.x(*tick);
            let apart = x - half >= end && x - half >= 0 && x + half <= sheet.width;
            end = x + half + SPACE;
            apart
        })
    };
    let all = plot.domain.ticks(TICKS);
    let ends = all.len().saturating_sub(1).max(1);
    // All of them, every second, or the first and the last.
    let some = [1, 2, ends].map(|every| all.iter().copied().step_by(every).collect::<Vec<f64>>());
    some.into_iter().find(|some| fits(some)).unwrap_or_default()
}

fn set_scale(scene: &mut Scene, grid: &Grid, plot: &Plot, top: i32, sheet: &Sheet) -> i32 {
    let setting = Setting::small(sheet).anchor(Anchor::Middle);
    for tick in ticks(grid, plot, sheet) {
        let text = [grid.mark(tick)];
        let marks = setting.set(&text, None, plot.x(tick), top + sheet.line / 2);
        scene.marks.extend(marks);
    }
    sheet.line + 2
}

fn draw_row(
    scene: &mut Scene,
    grid: &Grid,
    (index, row): (usize, &Row),
    plot: &Plot,
    y: i32,
    sheet: &Sheet,
) {
    let mut points: Vec<(i32, f64, usize)> = row
        .values
        .iter()
        .enumerate()
        .filter_map(|(series, value)| Some((plot.x((*value)?), (*value)?, series)))
        .collect();
    points.sort_by(|a, b| a.1.total_cmp(&b.1));
    let setting = Setting::name(sheet).bold(row.strong);
    let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) else {
        let muted = Setting {
            colour: Colour::Muted,
            ..setting.anchor(Anchor::Middle)
        };
        let middle = i32::midpoint(plot.left, plot.right);
        scene
            .marks
            .extend(muted.set(&[grid.gap().to_owned()], None, middle, y));
        return;
    };
    if first.0 < last.0 {
        scene.marks.push(Mark::Path {
            points: vec![(first.0, y), (last.0, y)],
            colour: Colour::Axis,
            width: 2,
        });
    }
    for (x, _, series) in points.iter().copied() {
        scene.marks.push(Mark::Dot {
            x,
            y,
            radius: DOT,
            colour: colour_of(grid, row, series),
            shape: series,
        });
    }
    let right = [grid.mark(last.1)];
    scene.marks.extend(
        setting
            .of(index, last.2)
            .set(&right, None, last.0 + DOT + SPACE - 1, y),
    );
    if points.len() > 1 {
        let left = setting.anchor(Anchor::End).of(index, first.2);
        let text = [grid.mark(first.1)];
        scene
            .marks
            .extend(left.set(&text, None, first.0 - DOT - SPACE + 1, y));
    }
}
