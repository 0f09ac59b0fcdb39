//! The horizontal axis of lines: where each row stands, and which of the names under it fit.
//!
//! Names that are all times stand to scale; all others at equal distances.

use super::measure::{self, Wrapped};
use super::phrase::Phrase;
use super::scene::{Anchor, Scene, Setting, Sheet, count, px_up};
use super::times::Time;
use super::view::{Grid, Row};

/// A name takes no more lines than this.
const MOST_LINES: usize = 4;
/// With more months than these, only years are named.
const MONTHS: usize = 24;

/// Where each row is, from 0 to 1, in the order in which they are drawn.
pub(crate) fn positions(grid: &Grid) -> Vec<f64> {
    if let Some(places) = to_scale(&grid.rows) {
        return places;
    }
    let last = grid.rows.len().saturating_sub(1).max(1) as f64;
    (0..grid.rows.len())
        .map(|index| index as f64 / last)
        .collect()
}

/// The places of rows that are all times, and go forward.
fn to_scale(rows: &[Row]) -> Option<Vec<f64>> {
    let years: Option<Vec<f64>> = rows
        .iter()
        .map(|row| Time::of(&row.names).map(Time::years))
        .collect();
    let years = years?;
    let (first, last) = (*years.first()?, *years.last()?);
    let forward = years.is_sorted_by(|a, b| a < b) && last > first;
    forward.then(|| {
        years
            .iter()
            .map(|year| (year - first) / (last - first))
            .collect()
    })
}

/// Names under an axis: the middle and the lines of each that is shown.
pub(crate) struct Names {
    shown: Vec<(i32, Wrapped, Option<&'static str>)>,
}

impl Names {
    /// Every row's name if all fit beside one another, else every second one, every third, ….
    pub(crate) fn of(grid: &Grid, places: &[i32], sheet: &Sheet) -> Self {
        let names = years(grid, places).unwrap_or_else(|| {
            let rows = grid.rows.iter().zip(places);
            rows.map(|(row, place)| (*place, row.label.clone()))
                .collect()
        });
        let all = names.len().max(1);
        for every in (1..all).take(60).chain([all]) {
            let chosen: Vec<&(i32, Phrase)> = names.iter().step_by(every).collect();
            if let Some(shown) = fitting(&chosen, every == all, sheet) {
                return Self { shown };
            }
        }
        Self { shown: Vec::new() }
    }

    /// How many lines the longest one takes.
    pub(crate) fn lines(&self) -> i32 {
        let most = self.shown.iter().map(|(_, name, _)| name.lines.len()).max();
        count(most.unwrap_or_default())
    }

    /// Puts the names below `top`.
    pub(crate) fn set(&self, scene: &mut Scene, top: i32, sheet: &Sheet) {
        let setting = Setting::small(sheet).anchor(Anchor::Middle);
        for (middle, name, lang) in &self.shown {
            let marks = setting.set(&name.lines, *lang, *middle, top + sheet.line / 2);
            scene.marks.extend(marks);
        }
    }
}

/// The years of many months: each stands under its January.
fn years(grid: &Grid, places: &[i32]) -> Option<Vec<(i32, Phrase)>> {
    if grid.rows.len() <= MONTHS {
        return None;
    }
    let mut years = Vec::new();
    for (row, place) in grid.rows.iter().zip(places) {
        let time = Time::of(&row.names)?;
        if time.begins_year() {
            years.push((*place, Phrase::new(time.year(grid.lang))));
        }
    }
    (years.len() > 1).then_some(years)
}

type Shown = Vec<(i32, Wrapped, Option<&'static str>)>;

/// All of these names, if each fits between its neighbours; the first and the last may move inwards. Where
/// one has to wrap, all have the same room, so that they look alike.
fn fitting(chosen: &[&(i32, Phrase)], must: bool, sheet: &Sheet) -> Option<Shown> {
    let shown = within(chosen, i32::MAX, must, sheet)?;
    if shown.iter().all(|(_, name, _)| name.lines.len() < 2) {
        return Some(shown);
    }
    let least = (0..chosen.len()).map(|at| {
        let (low, high) = between(chosen, at, sheet);
        high - low
    });
    let alike = within(chosen, least.min().unwrap_or(i32::MAX), false, sheet);
    Some(alike.unwrap_or(shown))
}

/// How far a name may reach to the left and to the right.
fn between(chosen: &[&(i32, Phrase)], at: usize, sheet: &Sheet) -> (i32, i32) {
    let apart = sheet.small / 4;
    let place = |at: usize| chosen.get(at).map(|(place, _)| *place);
    let own = place(at).unwrap_or_default();
    let before = at.checked_sub(1).and_then(place);
    let low = before.map_or(0, |before| i32::midpoint(before, own) + apart);
    let high = place(at + 1).map_or(sheet.width, |after| i32::midpoint(own, after) - apart);
    if before.is_some() && at + 1 < chosen.len() {
        let half = (own - low).min(high - own);
        (own - half, own + half)
    } else {
        (low, high)
    }
}

fn within(chosen: &[&(i32, Phrase)], widest: i32, must: bool, sheet: &Sheet) -> Option<Shown> {
    let mut shown = Vec::with_capacity(chosen.len());
    for (at, (place, name)) in chosen.iter().enumerate() {
        let (low, high) = between(chosen, at, sheet);
        let room = (high - low).min(widest);
        let room_or_some = f64::from(room.max(sheet.small * 2));
        let lines = measure::wrap_evenly(&name.text, sheet.small, false, room_or_some);
        let width = px_up(lines.width(sheet.small, false));
        let fits = width <= room && !lines.broke_word && lines.lines.len() <= MOST_LINES;
        if !fits && !must {
            return None;
        }
        let half = (width + 1) / 2;
        let middle = (*place).max(low + half).min((high - half).max(half));
        shown.push((middle, lines, name.lang));
    }
    Some(shown)
}
