//! The key of a chart: which colour, texture and shape is which series, where names can't stand at
//! the marks.

use super::measure;
use super::palette::Colour;
use super::phrase::Phrase;
use super::scene::{Mark, Scene, Setting, Sheet, count, px_up};

/// What stands before a name.
pub(crate) enum Swatch {
    /// A filled square.
    Fill { colour: Colour, texture: usize },
    /// A dot in the shape of its series.
    Dot { colour: Colour, shape: usize },
    /// An empty square.
    Empty,
}

/// One entry of a key.
pub(crate) struct Entry {
    pub(crate) swatch: Swatch,
    pub(crate) name: Phrase,
    pub(crate) strong: bool,
}

const SIDE: i32 = 12;
const SPACE: i32 = 6;
/// Between one entry and the next.
const APART: i32 = 18;

/// Sets entry after entry, as many on a line as fit. Its height holds the space below it.
pub(crate) fn lay_out(entries: &[Entry], sheet: &Sheet) -> Scene {
    let mut scene = Scene::new(sheet.width);
    let (mut x, mut y) = (0, 0);
    for entry in entries {
        let text = &entry.name.text;
        let width = SIDE + SPACE + px_up(measure::width(text, sheet.text, entry.strong));
        if x > 0 && x + width > sheet.width {
            x = 0;
            y += sheet.line + 2;
        }
        let middle = y + sheet.line / 2;
        draw_swatch(&mut scene, &entry.swatch, x, middle);
        let room = f64::from(sheet.width - SIDE - SPACE);
        let lines = measure::wrap(text, sheet.text, entry.strong, room).lines;
        let setting = Setting::name(sheet).bold(entry.strong);
        let marks = setting.set(&lines, entry.name.lang, x + SIDE + SPACE, middle);
        scene.marks.extend(marks);
        y += (count(lines.len()) - 1).max(0) * sheet.line;
        x += width + APART;
    }
    scene.height = y + sheet.line + sheet.gap;
    scene
}

fn draw_swatch(scene: &mut Scene, swatch: &Swatch, x: i32, middle: i32) {
    let (top, bottom) = (middle - SIDE / 2, middle + SIDE / 2);
    match swatch {
        Swatch::Fill { colour, texture } => {
            scene.bar((x, top), (x + SIDE, bottom), *colour, *texture);
        }
        Swatch::Dot { colour, shape } => scene.marks.push(Mark::Dot {
            x: x + SIDE / 2,
            y: middle,
            radius: 4,
            colour: *colour,
            shape: *shape,
        }),
        Swatch::Empty => outline(scene, (x, top), (x + SIDE, bottom)),
    }
}

/// The edge of something empty.
pub(crate) fn outline(scene: &mut Scene, from: (i32, i32), to: (i32, i32)) {
    scene.marks.push(Mark::Path {
        points: vec![from, (to.0, from.1), to, (from.0, to.1), from],
        colour: Colour::Axis,
        width: 1,
    });
}
