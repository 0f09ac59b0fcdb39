//! A drawing as plain marks at whole units, before anything knows of SVG.
//!
//! The layouts ([`bars`](super::bars), [`lines`](super::lines), [`timeline`](super::timeline), …)
//! make a [`Scene`]; [`svg`](super::svg) has plotters draw it. A scene knows its height only when it
//! is laid out, while plotters must know it first: that is why there are two steps.

use super::measure;
use super::palette::Colour;
use super::phrase::Phrase;

/// What a rule keeps from a text.
const CLEAR: i32 = 4;

/// How a width is set: sizes in user units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sheet {
    /// Width of the drawing.
    pub(crate) width: i32,
    /// Size of names and values.
    pub(crate) text: i32,
    /// Size of dates and scales.
    pub(crate) small: i32,
    /// From one line of text to the next.
    pub(crate) line: i32,
    /// Thickness of a bar.
    pub(crate) bar: i32,
    /// Space between one bar (or event) and the next.
    pub(crate) gap: i32,
}

impl Sheet {
    /// Shown from 540 px on, so nothing is below 15 units (11.25 px).
    pub(crate) const WIDE: Self = Self {
        width: 720,
        text: 15,
        small: 15,
        line: 20,
        bar: 24,
        gap: 12,
    };
    /// Shown from 288 px on (a screen of 320 with its margins), so nothing is below 12 units (11.4 px).
    pub(crate) const NARROW: Self = Self {
        width: 304,
        text: 13,
        small: 12,
        line: 18,
        bar: 18,
        gap: 10,
    };

    /// From the middle of a line of text down to its baseline.
    pub(crate) fn drop(size: i32) -> i32 {
        // 0.35 em: half the height of capitals and figures in most sans-serif fonts, and within
        // half a unit of the middle of Chinese characters.
        px(f64::from(size) * 0.35)
    }
}

/// Which point of a text its x is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// The cell of the chart's table whose value a text says: its row and its column, from 0.
pub(crate) type Cell = (usize, usize);

/// One line of text.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) x: i32,
    /// The baseline.
    pub(crate) y: i32,
    pub(crate) content: String,
    /// Set only where the text is not in the language of the chart.
    pub(crate) lang: Option<&'static str>,
    pub(crate) size: i32,
    pub(crate) bold: bool,
    pub(crate) anchor: Anchor,
    pub(crate) colour: Colour,
    pub(crate) of: Option<Cell>,
}

impl Text {
    /// The box that it may fill: left, top, right, bottom.
    pub(crate) fn bounds(&self) -> (i32, i32, i32, i32) {
        let width = px_up(measure::width(&self.content, self.size, self.bold));
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2 - 1,
            Anchor::End => self.x - width,
        };
        let em = f64::from(self.size);
        let (top, bottom) = (self.y - px_up(em * 0.86), self.y + px_up(em * 0.16));
        (left, top, left + width + 1, bottom)
    }
}

/// One thing to draw.
#[derive(Debug, Clone)]
pub(crate) enum Mark {
    Bar {
        left: i32,
        top: i32,
        right: i32,
        bottom: i32,
        colour: Colour,
        /// Strokes over the colour, so that it is not told apart by that alone: 0 is none.
        texture: usize,
    },
    Path {
        points: Vec<(i32, i32)>,
        colour: Colour,
        width: u32,
    },
    Dot {
        x: i32,
        y: i32,
        radius: i32,
        colour: Colour,
        /// The shape of a series: 0 is a circle.
        shape: usize,
    },
    Text(Text),
}

impl Mark {
    pub(crate) fn colour(&self) -> Colour {
        match self {
            Self::Bar { colour, .. } | Self::Path { colour, .. } | Self::Dot { colour, .. } => {
                *colour
            }
            Self::Text(text) => text.colour,
        }
    }
}

/// A finished drawing.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) marks: Vec<Mark>,
}

impl Scene {
    pub(crate) fn new(width: i32) -> Self {
        Self {
            width,
            height: 0,
            marks: Vec::new(),
        }
    }

    pub(crate) fn line(&mut self, from: (i32, i32), to: (i32, i32), colour: Colour) {
        self.marks.push(Mark::Path {
            points: vec![from, to],
            colour,
            width: 1,
        });
    }

    /// A filled rectangle between two corners, in any order.
    pub(crate) fn bar(&mut self, from: (i32, i32), to: (i32, i32), colour: Colour, texture: usize) {
        self.marks.push(Mark::Bar {
            left: from.0.min(to.0),
            top: from.1.min(to.1),
            right: from.0.max(to.0),
            bottom: from.1.max(to.1),
            colour,
            texture,
        });
    }

    /// A line across or down that leaves out the texts in its way, drawn below all that is there.
    pub(crate) fn rule(&mut self, from: (i32, i32), to: (i32, i32), colour: Colour) {
        let across = from.1 == to.1;
        let (begin, end, at) = if across {
            (from.0, to.0, from.1)
        } else {
            (from.1, to.1, from.0)
        };
        let mut gaps: Vec<(i32, i32)> = self
            .texts()
            .map(Text::bounds)
            .map(|(left, top, right, bottom)| {
                if across {
                    (left, right, top, bottom)
                } else {
                    (top, bottom, left, right)
                }
            })
            .filter(|(_, _, near, far)| (*near..=*far).contains(&at))
            .map(|(first, last, _, _)| (first - CLEAR, last + CLEAR))
            .collect();
        gaps.sort_unstable();
        let mut place = begin;
        let mut pieces = Vec::new();
        for (first, last) in gaps {
            if first > place {
                pieces.push((place, first.min(end)));
            }
            place = place.max(last);
        }
        if place < end {
            pieces.push((place, end));
        }
        let point = |place: i32| if across { (place, at) } else { (at, place) };
        let lines = pieces
            .into_iter()
            .filter(|(a, b)| a < b)
            .map(|(a, b)| Mark::Path {
                points: vec![point(a), point(b)],
                colour,
                width: 1,
            });
        self.marks.splice(0..0, lines);
    }

    pub(crate) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(text) => Some(text),
            _ => None,
        })
    }

    /// The same drawing as one of a series of a larger table.
    pub(crate) fn in_series(mut self, series: usize) -> Self {
        for mark in &mut self.marks {
            if let Mark::Text(Text {
                of: Some((_, column)),
                ..
            }) = mark
            {
                *column += series;
            }
        }
        self
    }

    /// Puts another drawing into this one, moved right and down.
    pub(crate) fn place(&mut self, other: Self, right: i32, down: i32) {
        self.marks
            .extend(other.marks.into_iter().map(|mark| moved(mark, right, down)));
    }
}

fn moved(mark: Mark, right: i32, down: i32) -> Mark {
    match mark {
        Mark::Bar {
            left,
            top,
            right: end,
            bottom,
            colour,
            texture,
        } => Mark::Bar {
            left: left + right,
            top: top + down,
            right: end + right,
            bottom: bottom + down,
            colour,
            texture,
        },
        Mark::Path {
            points,
            colour,
            width,
        } => Mark::Path {
            points: points
                .into_iter()
                .map(|(x, y)| (x + right, y + down))
                .collect(),
            colour,
            width,
        },
        Mark::Dot {
            x,
            y,
            radius,
            colour,
            shape,
        } => Mark::Dot {
            x: x + right,
            y: y + down,
            radius,
            colour,
            shape,
        },
        Mark::Text(text) => Mark::Text(Text {
            x: text.x + right,
            y: text.y + down,
            ..text
        }),
    }
}

/// How the lines of one block of text are set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) size: i32,
    pub(crate) line: i32,
    pub(crate) bold: bool,
    pub(crate) anchor: Anchor,
    pub(crate) colour: Colour,
    /// Set for what says a value.
    pub(crate) of: Option<Cell>,
}

impl Setting {
    /// Names: ink, from the left.
    pub(crate) fn name(sheet: &Sheet) -> Self {
        Self {
            size: sheet.text,
            line: sheet.line,
            bold: false,
            anchor: Anchor::Start,
            colour: Colour::Ink,
            of: None,
        }
    }

    /// Dates and scales: muted, from the left.
    pub(crate) fn small(sheet: &Sheet) -> Self {
        Self {
            size: sheet.small,
            colour: Colour::Muted,
            ..Self::name(sheet)
        }
    }

    pub(crate) fn bold(self, bold: bool) -> Self {
        Self { bold, ..self }
    }

    pub(crate) fn anchor(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// For the value of a row in a series, both from 0.
    pub(crate) fn of(self, row: usize, series: usize) -> Self {
        Self {
            of: Some((row, series + 1)),
            ..self
        }
    }

    /// The marks of these lines; `middle` is the middle of the first line.
    pub(crate) fn set(
        self,
        lines: &[String],
        lang: Option<&'static str>,
        x: i32,
        middle: i32,
    ) -> Vec<Mark> {
        let mut y = middle + Sheet::drop(self.size);
        let mut marks = Vec::with_capacity(lines.len());
        for line in lines {
            marks.push(Mark::Text(Text {
                x,
                y,
                content: line.clone(),
                lang,
                size: self.size,
                bold: self.bold,
                anchor: self.anchor,
                colour: self.colour,
                of: self.of,
            }));
            y += self.line;
        }
        marks
    }

    /// One line that is not wrapped.
    pub(crate) fn one(self, phrase: &Phrase, x: i32, middle: i32) -> Vec<Mark> {
        self.set(std::slice::from_ref(&phrase.text), phrase.lang, x, middle)
    }
}

/// A length as a whole number of units; what is beyond all measure stops at ±10 million.
#[allow(clippy::cast_possible_truncation)] // clamped first, and NaN becomes 0
pub(crate) fn px(length: f64) -> i32 {
    length.round().clamp(-1e7, 1e7) as i32
}

/// As [`px`], but never too small.
pub(crate) fn px_up(length: f64) -> i32 {
    px(length.ceil())
}

/// How many, as a length; lists are never that long.
pub(crate) fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX / 1024)
}
