//! The names of rows: beside what they name, in at most two lines, or above it where they need more
//! room than that.

use super::measure::{self, Wrapped};
use super::phrase::Phrase;
use super::scene::{Anchor, Scene, Setting, Sheet, count, px_up};

/// Names beside take no more than this part of the width.
const AT_MOST: f64 = 0.4;

/// The wrapped names, and the width of the column they stand in: 0 where they stand above.
pub(crate) struct Names {
    pub(crate) lines: Vec<Wrapped>,
    pub(crate) column: i32,
}

impl Names {
    /// Wraps all names (and whether each is bold); `leaves_room` says whether enough is left beside a
    /// column of this width.
    pub(crate) fn of(
        names: &[(&Phrase, bool)],
        sheet: &Sheet,
        leaves_room: impl Fn(i32) -> bool,
    ) -> Self {
        let wrapped = |room: f64| -> Vec<Wrapped> {
            names
                .iter()
                .map(|(name, bold)| measure::wrap_evenly(&name.text, sheet.text, *bold, room))
                .collect()
        };
        let lines = wrapped(f64::from(sheet.width) * AT_MOST);
        let column = lines
            .iter()
            .zip(names)
            .map(|(lines, (_, bold))| px_up(lines.width(sheet.text, *bold)))
            .max()
            .unwrap_or_default();
        let fits = lines
            .iter()
            .all(|name| name.lines.len() <= 2 && !name.broke_word);
        if fits && leaves_room(column) {
            return Self { lines, column };
        }
        Self {
            lines: wrapped(f64::from(sheet.width - 2)),
            column: 0,
        }
    }

    pub(crate) fn beside(&self) -> bool {
        self.column > 0
    }

    /// `top` of the row for names above, `middle` of the mark for names beside it.
    pub(crate) fn set(
        &self,
        scene: &mut Scene,
        setting: Setting,
        (name, lang): (&Wrapped, Option<&'static str>),
        (top, middle): (i32, i32),
    ) {
        let lines = &name.lines;
        let marks = if self.beside() {
            let first = middle - (count(lines.len()) - 1) * setting.line / 2;
            let setting = setting.anchor(Anchor::End);
            setting.set(lines, lang, self.column, first)
        } else {
            setting.set(lines, lang, 0, top + setting.line / 2)
        };
        scene.marks.extend(marks);
    }
}
