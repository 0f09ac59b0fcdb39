//! A tile map of China's 34 province-level divisions: one tile each, all of one size, so that small
//! ones are seen as well as large ones.
//!
//! The name stands in each tile (where it has no room, the letters of its code), and the value under
//! it. Values have a shade of one colour by steps, groups a colour and a texture; what has no value
//! is an empty tile.

mod steps;
pub(crate) mod tiles;

use self::steps::Steps;
use self::tiles::Tile;
use super::key::{self, Swatch, outline};
use super::measure;
use super::palette::Colour;
use super::phrase::Phrase;
use super::scene::{Anchor, Scene, Setting, Sheet, count, px_up};
use super::view::{Grid, GroupsView};
use crate::lang::Lang;

/// Between tiles.
const APART: i32 = 2;
/// Around the tile that is set off.
const FRAME: i32 = 2;

/// What a tile shows.
#[derive(Clone, Default)]
struct Shown {
    fill: Option<Fill>,
    value: Option<String>,
    /// Its row in the table.
    row: usize,
    strong: bool,
}

#[derive(Clone, Copy)]
struct Fill {
    colour: Colour,
    on: Colour,
    texture: usize,
}

/// Values as shades.
pub(crate) fn lay_out(grid: &Grid, limits: &[f64], sheet: &Sheet) -> Scene {
    let steps = Steps::of(grid, limits);
    let mut shown = vec![Shown::default(); tiles::all().len()];
    for (number, row) in grid.rows.iter().enumerate() {
        let Some(tile) = tiles::named(&row.names).and_then(|tile| shown.get_mut(tile)) else {
            continue;
        };
        tile.strong = row.strong;
        tile.row = number;
        if let Some(value) = row.values.first().copied().flatten() {
            let step = steps.step(value);
            tile.fill = Some(Fill {
                colour: Colour::Step(step),
                on: Colour::OnStep(step),
                texture: 0,
            });
            tile.value = Some(grid.mark(value));
        }
    }
    let mut entries = steps.entries(grid);
    push_empty(&mut entries, &shown, grid.gap());
    draw(&shown, &entries, grid.lang, sheet)
}

/// Groups as colours.
pub(crate) fn lay_out_groups(groups: &GroupsView, sheet: &Sheet) -> Scene {
    let mut shown = vec![Shown::default(); tiles::all().len()];
    let mut entries = Vec::new();
    for (number, group) in groups.groups.iter().enumerate() {
        let fill = Fill {
            colour: Colour::series(number),
            on: Colour::OnSeries(number),
            texture: number,
        };
        for (_, names) in &group.members {
            if let Some(tile) = tiles::named(names).and_then(|tile| shown.get_mut(tile)) {
                tile.fill = Some(fill);
                tile.strong |= group.strong;
            }
        }
        entries.push(key::Entry {
            swatch: Swatch::Fill {
                colour: fill.colour,
                texture: fill.texture,
            },
            name: group.label.clone(),
            strong: group.strong,
        });
    }
    let other = match groups.lang {
        Lang::Zh => "其他",
        Lang::En => "others",
    };
    push_empty(&mut entries, &shown, other);
    draw(&shown, &entries, groups.lang, sheet)
}

fn push_empty(entries: &mut Vec<key::Entry>, shown: &[Shown], word: &str) {
    if shown.iter().any(|tile| tile.fill.is_none()) {
        entries.push(key::Entry {
            swatch: Swatch::Empty,
            name: Phrase::new(word),
            strong: false,
        });
    }
}

fn draw(shown: &[Shown], entries: &[key::Entry], lang: Lang, sheet: &Sheet) -> Scene {
    let mut scene = key::lay_out(entries, sheet);
    let top = scene.height;
    let columns = tiles::all()
        .iter()
        .map(|tile| tile.column + 1)
        .max()
        .unwrap_or(1);
    let rows = tiles::all()
        .iter()
        .map(|tile| tile.row + 1)
        .max()
        .unwrap_or(1);
    let width = (sheet.width - (columns - 1) * APART - 1) / columns;
    let names = Names::of(lang, width, sheet);
    let has_values = shown.iter().any(|tile| tile.value.is_some());
    let fit = |value: &str| px_up(measure::width(value, sheet.text, true)) <= width - 2;
    let values_fit = shown
        .iter()
        .filter_map(|tile| tile.value.as_deref())
        .all(fit);
    let with_values = has_values && values_fit;
    let lines = names.most_lines() + i32::from(with_values);
    let height = (lines * sheet.line + 10).max(width * 2 / 5);
    for ((tile, shown), name) in tiles::all().iter().zip(shown).zip(&names.0) {
        let left = 1 + tile.column * (width + APART);
        let top = top + 1 + tile.row * (height + APART);
        let corner = (left + width, top + height);
        set_tile(
            &mut scene,
            shown,
            (left, top),
            corner,
            (name, with_values),
            sheet,
        );
    }
    scene.height = top + rows * (height + APART) - APART + 2;
    scene
}

fn set_tile(
    scene: &mut Scene,
    shown: &Shown,
    (left, top): (i32, i32),
    (right, bottom): (i32, i32),
    (name, with_values): (&[String], bool),
    sheet: &Sheet,
) {
    let mut ink = Colour::Muted;
    match shown.fill {
        Some(fill) => {
            if shown.strong {
                // A ring of ground keeps the frame apart from the darkest fill.
                for (inset, colour, texture) in [
                    (0, Colour::Ink, 0),
                    (FRAME, Colour::Ground, 0),
                    (2 * FRAME, fill.colour, fill.texture),
                ] {
                    let from = (left + inset, top + inset);
                    scene.bar(from, (right - inset, bottom - inset), colour, texture);
                }
            } else {
                scene.bar((left, top), (right, bottom), fill.colour, fill.texture);
            }
            ink = fill.on;
        }
        None => outline(scene, (left, top), (right, bottom)),
    }
    let value = shown.value.as_ref().filter(|_| with_values);
    let lines = count(name.len()) + i32::from(value.is_some());
    let mut middle = i32::midpoint(top, bottom) - (lines - 1) * sheet.line / 2;
    let centre = i32::midpoint(left, right);
    let setting = Setting {
        colour: ink,
        ..Setting::name(sheet).anchor(Anchor::Middle)
    };
    let texts = setting.set(name, None, centre, middle);
    scene.marks.extend(texts);
    middle += count(name.len()) * sheet.line;
    if let Some(value) = value {
        let texts = setting.bold(true).of(shown.row, 0).set(
            std::slice::from_ref(value),
            None,
            centre,
            middle,
        );
        scene.marks.extend(texts);
    }
}

/// The name in each tile: whole if all have room in two lines, else the letters of the code.
struct Names(Vec<Vec<String>>);

impl Names {
    fn of(lang: Lang, width: i32, sheet: &Sheet) -> Self {
        let room = f64::from(width);
        let whole: Option<Vec<Vec<String>>> = tiles::all()
            .iter()
            .map(|tile| {
                let name = tile.region.label();
                let name = measure::wrap_evenly(name.get(lang), sheet.text, false, room);
                (!name.broke_word && name.lines.len() <= 2).then_some(name.lines)
            })
            .collect();
        let letters = |tile: &Tile| vec![tile.letters.clone()];
        Self(whole.unwrap_or_else(|| tiles::all().iter().map(letters).collect()))
    }

    fn most_lines(&self) -> i32 {
        self.0
            .iter()
            .map(|lines| count(lines.len()))
            .max()
            .unwrap_or(1)
    }
}
