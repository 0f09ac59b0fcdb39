//! Horizontal bars: a name, a bar, its value at the end of the bar. No scale is drawn: each value is
//! said.
//!
//! Several series stand below one another under the name that they share, each with its own name
//! beside it, so that no key is needed; stacked, they share a bar with a key above all. Names stand
//! beside the bars, in at most two lines, and where they need more room than that (long names, the
//! narrow width) above them, so that the bars keep theirs.

use super::domain::Domain;
use super::key;
use super::measure;
use super::names::Names;
use super::palette::Colour;
use super::phrase::Phrase;
use super::scene::{Anchor, Scene, Setting, Sheet, count, px_up};
use super::view::{Grid, Row};

/// Between a name and its bar, and between a bar and its value.
const SPACE: i32 = 8;
/// A value that is not zero is never invisible.
const LEAST: i32 = 2;
/// Beside names, bars get at least this part of the width.
const BARS_AT_LEAST: f64 = 0.3;

/// How bars are drawn.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Options {
    pub(crate) stacked: bool,
    /// The scale of a larger whole, and what its widest value takes.
    pub(crate) whole: Option<(Domain, i32)>,
}

/// Lays out all values, from top to bottom.
pub(crate) fn lay_out(grid: &Grid, options: Options, sheet: &Sheet) -> Scene {
    let bars = bars_of(grid, options.stacked);
    let labels: Vec<(&Phrase, bool)> = bars.iter().map(|bar| (bar.name, bar.strong)).collect();
    let names = Names::of(&labels, sheet, |column| {
        let scale = Scale::of(&bars, options, sheet, column);
        f64::from(scale.most - scale.least) >= f64::from(sheet.width) * BARS_AT_LEAST
    });
    let scale = Scale::of(&bars, options, sheet, names.column);
    let mut scene = Scene::new(sheet.width);
    let mut y = 0;
    if options.stacked {
        let key = key::lay_out(&stack_key(grid), sheet);
        y = key.height;
        scene.place(key, 0, 0);
    }
    let first = y;
    let (thick, gap) = bar_and_gap(bars.len(), sheet);
    for (bar, lines) in bars.iter().zip(&names.lines) {
        if y > first {
            y += if bar.begins_group() {
                gap
            } else {
                (pitch(sheet) - thick).max(4)
            };
        }
        if let Some(heading) = bar.heading {
            y += set_heading(&mut scene, heading, bar.strong, y, sheet);
        }
        let text_height = count(lines.lines.len()) * sheet.line;
        let (bar_top, height) = if names.beside() {
            let height = text_height.max(thick);
            (y + (height - thick) / 2, height)
        } else {
            (y + text_height + 2, text_height + 2 + thick)
        };
        let setting = Setting {
            // The names of series step back behind the names they share.
            colour: if bar.in_group.is_some() {
                Colour::Muted
            } else {
                Colour::Ink
            },
            ..Setting::name(sheet).bold(bar.strong)
        };
        names.set(
            &mut scene,
            setting,
            (lines, bar.name.lang),
            (y, bar_top + thick / 2),
        );
        draw_bar(&mut scene, grid, bar, &scale, (bar_top, thick), sheet);
        if !names.beside() || bar.in_group.is_some() {
            // An axis from top to bottom would run through the names.
            axis(&mut scene, &scale, bar_top - 2, bar_top + thick + 2);
        }
        y += height;
    }
    scene.height = y.max(1) + 2;
    if names.beside() && !bars.iter().any(|bar| bar.in_group.is_some()) {
        let bottom = scene.height;
        axis(&mut scene, &scale, first, bottom);
    }
    scene
}

fn axis(scene: &mut Scene, scale: &Scale, top: i32, bottom: i32) {
    scene.line((scale.zero, top), (scale.zero, bottom), Colour::Axis);
}

/// From one value to the next: each may be a link, for which 24 px must be free where the drawing is
/// shown at four fifths of its width (WCAG 2.2, 2.5.8), or at nine tenths if it is narrow.
pub(crate) fn pitch(sheet: &Sheet) -> i32 {
    if sheet.width >= Sheet::WIDE.width {
        31
    } else {
        27
    }
}

/// Many bars are thinner and nearer, so that they can be compared without scrolling; never thinner
/// than text.
fn bar_and_gap(bars: usize, sheet: &Sheet) -> (i32, i32) {
    if bars > 15 {
        let thick = sheet.text + 2;
        (thick, pitch(sheet) - thick)
    } else {
        (sheet.bar, sheet.gap)
    }
}

/// One bar, of one part or, stacked, of several.
struct Bar<'a> {
    /// The name that this bar and the next ones share.
    heading: Option<&'a Phrase>,
    /// Its number among the bars of one name, where there are several.
    in_group: Option<usize>,
    name: &'a Phrase,
    strong: bool,
    parts: Vec<Part>,
    /// The number of its row, and of its series if it shows one alone.
    row: usize,
    series: Option<usize>,
    /// What stands at its end.
    said: String,
    is_gap: bool,
}

struct Part {
    value: f64,
    colour: Colour,
    /// The series, from 0.
    series: usize,
}

impl Bar<'_> {
    /// How far the bar goes to the left and to the right.
    fn reach(&self) -> [f64; 2] {
        let sum = |negative: bool| {
            self.parts
                .iter()
                .map(|part| part.value)
                .filter(|value| (*value < 0.0) == negative)
                .sum()
        };
        [sum(true), sum(false)]
    }

    fn begins_group(&self) -> bool {
        self.in_group.is_none_or(|number| number == 0)
    }

    fn is_negative(&self) -> bool {
        let [left, right] = self.reach();
        left < 0.0 && right <= 0.0
    }
}

fn bars_of(grid: &Grid, stacked: bool) -> Vec<Bar<'_>> {
    let grouped = grid.series.len() > 1 && !stacked;
    let mut bars = Vec::new();
    for (number, row) in grid.rows.iter().enumerate() {
        let bar = |parts: Vec<Part>, said: Option<f64>| Bar {
            heading: None,
            in_group: None,
            name: &row.label,
            strong: row.strong,
            parts,
            row: number,
            series: None,
            said: said.map_or_else(|| grid.gap().to_owned(), |value| grid.mark(value)),
            is_gap: said.is_none(),
        };
        if stacked {
            let total = row.values.iter().flatten().sum();
            let known = row.values.iter().any(Option::is_some);
            bars.push(bar(parts_of(grid, row), known.then_some(total)));
            continue;
        }
        for (part, (series, value)) in grid.series.iter().zip(&row.values).enumerate() {
            let colour = colour_of(grid, row, part);
            let parts = value.map(|value| Part {
                value,
                colour,
                series: part,
            });
            let mut bar = bar(parts.into_iter().collect(), *value);
            bar.series = value.map(|_| part);
            if grouped {
                bar.heading = (part == 0).then_some(&row.label);
                bar.in_group = Some(part);
                bar.name = &series.name;
                bar.strong |= series.strong;
            }
            bars.push(bar);
        }
    }
    bars
}

fn parts_of(grid: &Grid, row: &Row) -> Vec<Part> {
    let parts = row.values.iter().enumerate().take(grid.series.len());
    parts
        .filter_map(|(series, value)| {
            let value = (*value)?;
            let colour = Colour::series(series);
            Some(Part {
                value,
                colour,
                series,
            })
        })
        .collect()
}

/// Where others are set off from it, a mark steps back.
pub(crate) fn colour_of(grid: &Grid, row: &Row, series: usize) -> Colour {
    let strong = row.strong || grid.series.get(series).is_some_and(|series| series.strong);
    if strong || !grid.has_emphasis() {
        Colour::series(series)
    } else {
        Colour::Soft
    }
}

/// The key of a stack, in the order of its parts.
pub(crate) fn stack_key(grid: &Grid) -> Vec<key::Entry> {
    let entries = grid.series.iter().enumerate();
    entries
        .map(|(number, series)| key::Entry {
            swatch: key::Swatch::Fill {
                colour: Colour::series(number),
                texture: number,
            },
            name: series.name.clone(),
            strong: series.strong,
        })
        .collect()
}

fn set_heading(scene: &mut Scene, heading: &Phrase, strong: bool, y: i32, sheet: &Sheet) -> i32 {
    let lines = measure::wrap(&heading.text, sheet.text, true, f64::from(sheet.width)).lines;
    let setting = Setting::name(sheet).bold(strong);
    scene
        .marks
        .extend(setting.set(&lines, heading.lang, 0, y + sheet.line / 2));
    count(lines.len()) * sheet.line + 3
}

fn draw_bar(
    scene: &mut Scene,
    grid: &Grid,
    bar: &Bar<'_>,
    scale: &Scale,
    (top, height): (i32, i32),
    sheet: &Sheet,
) {
    let (mut left, mut right) = (0.0, 0.0);
    let stacked = bar.in_group.is_none() && grid.series.len() > 1;
    for part in bar.parts.iter().filter(|part| part.value != 0.0) {
        let sum = if part.value < 0.0 {
            &mut left
        } else {
            &mut right
        };
        let start = scale.end_of(*sum);
        *sum += part.value;
        let end = scale.end_of(*sum);
        // A thin line of ground keeps the parts of a stack apart.
        let gap = i32::from(stacked && (end - start).abs() > 2);
        let end = if end > start { end - gap } else { end + gap };
        let texture = if stacked { part.series } else { 0 };
        scene.bar((start, top), (end, top + height), part.colour, texture);
        if stacked {
            let text = grid.mark(part.value);
            let room = (end - start).abs() - SPACE;
            if px_up(measure::width(&text, sheet.text, true)) <= room && height >= sheet.text {
                let setting = Setting {
                    colour: Colour::OnSeries(part.series),
                    ..Setting::name(sheet)
                        .bold(true)
                        .anchor(Anchor::Middle)
                        .of(bar.row, part.series)
                };
                let marks = setting.set(&[text], None, i32::midpoint(start, end), top + height / 2);
                scene.marks.extend(marks);
            }
        }
    }
    let (x, anchor) = if bar.is_negative() {
        (scale.end_of(left) - SPACE, Anchor::End)
    } else {
        (scale.end_of(right) + SPACE, Anchor::Start)
    };
    let setting = Setting {
        colour: if bar.is_gap {
            Colour::Muted
        } else {
            Colour::Ink
        },
        ..Setting::name(sheet)
            .bold(bar.strong || stacked)
            .anchor(anchor)
    };
    let setting = match bar.series {
        Some(series) => setting.of(bar.row, series),
        None => setting,
    };
    let said = std::slice::from_ref(&bar.said);
    scene
        .marks
        .extend(setting.set(said, None, x, top + height / 2));
}

/// From values to places on the page. It always begins at zero: the length of a bar is its value.
struct Scale {
    domain: Domain,
    least: i32,
    most: i32,
    zero: i32,
}

impl Scale {
    fn of(bars: &[Bar<'_>], options: Options, sheet: &Sheet, names: i32) -> Self {
        let domain = options.whole.map_or_else(
            || {
                let ends: Vec<f64> = bars.iter().flat_map(Bar::reach).collect();
                Domain::from_zero(ends.into_iter())
            },
            |(domain, _)| domain,
        );
        let widest = options.whole.map_or(0, |(_, widest)| widest + SPACE);
        let stacked = options.stacked;
        let room = |negative: bool| {
            bars.iter()
                .filter(|bar| bar.is_negative() == negative)
                .map(|bar| measure::width(&bar.said, sheet.text, bar.strong || stacked))
                .map(|width| px_up(width) + SPACE)
                .max()
                .unwrap_or_default()
        };
        let names = if names > 0 { names + SPACE } else { 0 };
        let before = room(true).max(if domain.is_negative() { widest } else { 0 });
        let least = names + before + 1 + LEAST;
        let after = room(false).max(widest);
        let most = (sheet.width - after - 1 - LEAST).max(least + LEAST * 2);
        Self {
            domain,
            least,
            most,
            zero: domain.place(0.0, least, most),
        }
    }

    fn end_of(&self, value: f64) -> i32 {
        let end = self.domain.place(value, self.least, self.most);
        if value > 0.0 {
            end.max(self.zero + LEAST)
        } else if value < 0.0 {
            end.min(self.zero - LEAST)
        } else {
            self.zero
        }
    }
}
