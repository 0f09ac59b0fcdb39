//! The names and last values at the ends of lines.
//!
//! In: the series and where their lines end. Out: marks beside the ends, moved apart where they would
//! overlap. Promise: no name takes more than its part of the width; where one would, a key is needed.

use super::domain::Domain;
use super::lines::{DOT, Plot, SPACE, colour_of};
use super::measure::{self, Wrapped};
use super::palette::Colour;
use super::scene::{Mark, Scene, Setting, Sheet, count, px_up};
use super::spread::spread;
use super::view::Grid;

/// Names at the ends of lines take no more than this part of the width.
const ENDS_AT_MOST: f64 = 0.3;
const ENDS_IF_NARROW: f64 = 0.38;
/// A mark before a value that has no name, and the space after it.
const MARK: i32 = 2 * DOT + 5;

/// The names and last values at the ends of the lines.
pub(super) struct Ends {
    texts: Vec<Wrapped>,
    pub(super) width: i32,
    line: i32,
    pub(super) needs_key: bool,
}

impl Ends {
    pub(super) fn of(grid: &Grid, whole: Option<(Domain, i32)>, sheet: &Sheet) -> Self {
        let named = whole.is_none();
        let wide = sheet.width >= Sheet::WIDE.width;
        let room = f64::from(sheet.width) * if wide { ENDS_AT_MOST } else { ENDS_IF_NARROW };
        let wrapped = |named: bool| -> Vec<Wrapped> {
            let series = grid.series.iter().enumerate();
            series
                .map(|(number, series)| {
                    let text = match last(grid, number) {
                        Some((_, value)) if named => {
                            format!("{} {}", series.name.text, grid.mark(value))
                        }
                        Some((_, value)) => grid.mark(value),
                        None if named => format!("{} {}", series.name.text, grid.gap()),
                        None => String::new(),
                    };
                    measure::wrap_evenly(text.trim(), sheet.text, true, room)
                })
                .collect()
        };
        let mut texts = wrapped(named);
        let too_long = |text: &Wrapped| text.broke_word || text.lines.len() > 3;
        // Names of several lines each, close together, can't be told apart.
        let lines: usize = texts.iter().map(|text| text.lines.len()).sum();
        let series = grid.series.len();
        let crowded = match series {
            ..3 => false,
            // Four names have room enough, if no more than half of them take two lines.
            3..=4 => lines * 2 > series * 3,
            _ => lines * 2 >= series * 3,
        };
        let needs_key = crowded || texts.iter().any(too_long);
        let needs_key = needs_key && named && series > 1;
        if needs_key {
            texts = wrapped(false);
        }
        let width = texts
            .iter()
            .map(|text| px_up(text.width(sheet.text, true)))
            .max();
        let width = width.max(whole.map(|(_, widest)| widest));
        let mark = if needs_key { MARK } else { 0 };
        Self {
            texts,
            width: width.map_or(0, |width| width + mark),
            line: sheet.line,
            needs_key,
        }
    }

    pub(super) fn leave_out(&mut self) {
        for text in &mut self.texts {
            text.lines.clear();
        }
        self.width = 0;
    }

    pub(super) fn height(&self) -> i32 {
        self.texts
            .iter()
            .map(|text| count(text.lines.len()))
            .sum::<i32>()
            * self.line
    }

    /// Puts each beside the end of its line, or as near as the others allow.
    pub(super) fn set(
        &mut self,
        scene: &mut Scene,
        grid: &Grid,
        places: &[i32],
        plot: &Plot,
        sheet: &Sheet,
    ) {
        let mut ends: Vec<(usize, i32, i32)> = (0..grid.series.len())
            .map(|number| {
                let end = last(grid, number);
                let point = end.and_then(|(row, value)| Some((*places.get(row)?, plot.y(value))));
                let (x, y) = point.unwrap_or((plot.right, plot.bottom));
                (number, x, y)
            })
            .collect();
        // Where two end at one height, the larger value comes first.
        let value = |number: usize| last(grid, number).map_or(0.0, |(_, value)| value);
        ends.sort_by(|(a, _, y), (b, _, other)| y.cmp(other).then(value(*b).total_cmp(&value(*a))));
        let height = |number: usize| {
            self.texts
                .get(number)
                .map_or(0, |text| count(text.lines.len()))
                * sheet.line
        };
        let heights: Vec<i32> = ends.iter().map(|(number, ..)| height(*number)).collect();
        let begin = plot.top - sheet.line / 2;
        let wanted: Vec<i32> = ends
            .iter()
            .zip(&heights)
            .map(|((_, _, y), height)| y - height / 2 - begin)
            .collect();
        let tops = spread(&wanted, &heights, plot.bottom - plot.top + sheet.line);
        let left = plot.right + DOT + SPACE;
        for (((number, x, y), top), height) in ends.iter().zip(tops).zip(&heights) {
            let (Some(text), Some(series)) = (self.texts.get(*number), grid.series.get(*number))
            else {
                continue;
            };
            if text.lines.is_empty() {
                continue;
            }
            let middle = begin + top + height / 2;
            if (middle - y).abs() > 3 || *x < plot.right {
                let points = vec![
                    (x + DOT + 1, *y),
                    (plot.right + DOT, *y),
                    (left - 2, middle),
                ];
                scene.marks.insert(
                    0,
                    Mark::Path {
                        points,
                        colour: Colour::Rule,
                        width: 1,
                    },
                );
            }
            let mut left = left;
            if self.needs_key && (middle - y).abs() > 3 {
                // Its name is in the key, and the end of the line is not right beside it.
                scene.marks.push(Mark::Dot {
                    x: left + DOT,
                    y: middle,
                    radius: DOT,
                    colour: colour_of(grid, *number),
                    shape: *number,
                });
                left += MARK;
            }
            let colour = Colour::Ink;
            let bold = series.strong || grid.series.len() == 1;
            let setting = Setting {
                colour,
                ..Setting::name(sheet).bold(bold)
            };
            // A name before the value is part of the link, so that it is one.
            let setting = match last(grid, *number) {
                Some((row, _)) if text.lines.len() == 1 => setting.of(row, *number),
                _ => setting,
            };
            let marks = setting.set(
                &text.lines,
                series.name.lang,
                left,
                begin + top + sheet.line / 2,
            );
            scene.marks.extend(marks);
        }
    }
}

/// The last known value of a series, and its row.
fn last(grid: &Grid, series: usize) -> Option<(usize, f64)> {
    let mut rows = grid.rows.iter().enumerate().rev();
    rows.find_map(|(index, row)| Some((index, row.values.get(series).copied()??)))
}
