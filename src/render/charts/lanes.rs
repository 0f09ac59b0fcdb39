//! Dated events on a line of time for each region: where and when, not what.

use super::calendar::Span;
use super::measure;
use super::names::Names;
use super::palette::Colour;
use super::phrase::Phrase;
use super::scene::{Anchor, Scene, Setting, Sheet, count, px_up};
use super::timeline::{dot, place};
use super::view::{EventsView, Moment};
use crate::lang::Lang;

const SPACE: i32 = 10;
const DOT: i32 = 5;
/// Beside names, time gets at least this part of the width.
const TIME_AT_LEAST: f64 = 0.4;
/// Between one name on the scale and the next, in units of its size.
const APART: i32 = 4;

/// Lays out the regions in the order of their first events.
pub(crate) fn lay_out(events: &EventsView, sheet: &Sheet) -> Scene {
    let lanes = lanes(events);
    let labels: Vec<(&Phrase, bool)> = lanes
        .iter()
        .map(|lane| (&lane.name, lane.strong()))
        .collect();
    let numbers: Vec<String> = lanes
        .iter()
        .enumerate()
        .map(|(row, lane)| lane.number(row == 0, events.lang))
        .collect();
    let widest = numbers
        .iter()
        .map(|text| measure::width(text, sheet.text, true));
    let right = sheet.width - px_up(widest.fold(0.0, f64::max)) - SPACE - DOT;
    let left_of = |column: i32| column + if column > 0 { SPACE } else { 0 } + DOT;
    let names = Names::of(&labels, sheet, |column| {
        f64::from(right - left_of(column)) >= f64::from(sheet.width) * TIME_AT_LEAST
    });
    let left = left_of(names.column);
    let span = Span::of(events, (left, right));
    let mut scene = Scene::new(sheet.width);
    let mut y = sheet.line + 6;
    let top = y;
    let row = sheet.text + 4;
    for ((lane, number), lines) in lanes.iter().zip(&numbers).zip(&names.lines) {
        let text_height = count(lines.lines.len()) * sheet.line;
        let (middle, height) = if names.beside() {
            let height = text_height.max(row);
            (y + height / 2, height)
        } else {
            (y + text_height + row / 2, text_height + row)
        };
        let bold = Setting::name(sheet).bold(lane.strong());
        names.set(&mut scene, bold, (lines, lane.name.lang), (y, middle));
        let text = std::slice::from_ref(number);
        scene
            .marks
            .extend(bold.set(text, None, right + DOT + SPACE, middle));
        lane.draw(&mut scene, events, &span, (left, right), middle);
        y += height + sheet.gap / 2;
    }
    scene.height = y;
    draw_scale(&mut scene, &span, (top, y), events.lang, sheet);
    scene
}

/// The events of one region, by date.
struct Lane<'a> {
    name: Phrase,
    events: Vec<&'a Moment>,
}

fn lanes(events: &EventsView) -> Vec<Lane<'_>> {
    let mut lanes: Vec<Lane<'_>> = Vec::new();
    let elsewhere = Phrase::new(match events.lang {
        Lang::Zh => "其他",
        Lang::En => "Other",
    });
    for moment in &events.rows {
        let name = place(moment).unwrap_or(&elsewhere);
        match lanes.iter_mut().find(|lane| lane.name == *name) {
            Some(lane) => lane.events.push(moment),
            None => lanes.push(Lane {
                name: name.clone(),
                events: vec![moment],
            }),
        }
    }
    lanes
}

impl Lane<'_> {
    fn strong(&self) -> bool {
        self.events.iter().all(|moment| moment.strong)
    }

    /// How many events: in English the first says of what, the others are in a column with it.
    fn number(&self, first: bool, lang: Lang) -> String {
        match (lang, self.events.len()) {
            (Lang::Zh, number) => format!("{number}件"),
            (Lang::En, number) if !first => number.to_string(),
            (Lang::En, 1) => "1 event".to_owned(),
            (Lang::En, number) => format!("{number} events"),
        }
    }

    fn draw(
        &self,
        scene: &mut Scene,
        events: &EventsView,
        span: &Span,
        (left, right): (i32, i32),
        y: i32,
    ) {
        scene.line((left, y), (right, y), Colour::Rule);
        for moment in &self.events {
            dot(scene, events, moment, (span.place(moment.date), y), DOT);
        }
    }
}

fn draw_scale(
    scene: &mut Scene,
    span: &Span,
    (top, bottom): (i32, i32),
    lang: Lang,
    sheet: &Sheet,
) {
    let labels = span.labels(sheet.small * APART, lang);
    let setting = Setting::small(sheet);
    let mut free = 0;
    for label in labels {
        let half = px_up(measure::width(&label.text, sheet.small, false) / 2.0) + 1;
        let (x, anchor) = if label.y < half {
            (0, Anchor::Start)
        } else {
            (label.y, Anchor::Middle)
        };
        let begin = if label.y < half { 0 } else { label.y - half };
        let end = begin + 2 * half;
        if begin < free || end > sheet.width {
            continue;
        }
        free = end + sheet.small / 3;
        let setting = setting.anchor(anchor);
        scene
            .marks
            .extend(setting.set(&[label.text], None, x, sheet.line / 2));
        scene.rule((label.y, top - 4), (label.y, bottom), Colour::Rule);
    }
}
