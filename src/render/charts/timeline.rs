//! Dated events down a line of time.
//!
//! On the left runs time itself, to scale, with a dot for every event; on the right stand the
//! events as a list, each as near to its dot as its neighbours allow, joined to it by a thin line. So the list
//! never overlaps, and a crowded month still looks crowded.

use super::calendar;
use super::measure;
use super::palette::Colour;
use super::phrase::Phrase;
use super::scene::{Anchor, Mark, Scene, Setting, Sheet, count, px_up};
use super::spread::spread;
use super::view::{EventsView, Moment};
use crate::lang::Lang;

/// Between columns of text.
const SPACE: i32 = 14;
/// A little more height than the list needs, so that it can follow the dots.
const AIR: f64 = 1.06;
const DOT: i32 = 4;
const HALO: i32 = 6;

/// Lays out all events, from top to bottom.
pub(crate) fn lay_out(events: &EventsView, sheet: &Sheet) -> Scene {
    let columns = Columns::of(events, sheet);
    let entries: Vec<Entry> = events
        .rows
        .iter()
        .enumerate()
        .map(|(row, moment)| Entry::of((row, moment), &columns, sheet))
        .collect();
    let heights: Vec<i32> = entries.iter().map(|e| e.height + sheet.gap).collect();
    let height = px_up(f64::from(heights.iter().sum::<i32>()) * AIR) + 2 * HALO;
    let span = calendar::Span::of(events, (sheet.line / 2, height - sheet.line / 2));
    let wanted: Vec<i32> = events
        .rows
        .iter()
        .map(|moment| span.place(moment.date) - sheet.line / 2)
        .collect();
    let tops = spread(&wanted, &heights, height);

    let mut scene = Scene::new(sheet.width);
    scene.height = height;
    draw_scale(&mut scene, &span, columns.rail, events.lang, sheet);
    for (moment, top) in events.rows.iter().zip(&tops) {
        let points = (span.place(moment.date), top + sheet.line / 2);
        connect(&mut scene, points, &columns);
    }
    // Those that are set off come last, so that no other of the same day covers them.
    for strong in [false, true] {
        for moment in events.rows.iter().filter(|moment| moment.strong == strong) {
            let place = (columns.rail, span.place(moment.date));
            dot(&mut scene, events, moment, place, DOT);
        }
    }
    for (entry, top) in entries.into_iter().zip(&tops) {
        let mut list = Scene::new(sheet.width);
        list.marks = entry.marks;
        scene.place(list, 0, *top);
    }
    scene
}

/// Where everything stands across; `None` where a column is not used.
struct Columns {
    rail: i32,
    /// The left edge of the list.
    list: i32,
    /// The left edges of place and title, where they stand beside the date.
    beside: Option<(i32, i32)>,
}

impl Columns {
    fn of(events: &EventsView, sheet: &Sheet) -> Self {
        let scale = px_up(measure::width("00000", sheet.small, false));
        let rail = scale + HALO + 4;
        let is_wide = sheet.width >= Sheet::WIDE.width;
        let list = rail + if is_wide { 46 } else { 30 };
        let widest = |texts: &mut dyn Iterator<Item = f64>| px_up(texts.fold(0.0, f64::max));
        let dates = widest(
            &mut events
                .rows
                .iter()
                .map(|moment| measure::width(&moment.when.text, sheet.small, false)),
        );
        // A place that is longer than ten Chinese characters takes a second line.
        let most = f64::from(sheet.text * 21 / 2);
        let places = widest(&mut events.rows.iter().filter_map(place).map(|place| {
            measure::wrap_evenly(&place.text, sheet.text, true, most).width(sheet.text, true)
        }));
        let place = list + dates + SPACE;
        let title = place + if places > 0 { places + SPACE } else { 0 };
        Self {
            rail,
            list,
            beside: is_wide.then_some((place, title)),
        }
    }
}

/// Where it happened; who did it, if no place is known.
pub(crate) fn place(moment: &Moment) -> Option<&Phrase> {
    moment.region.as_ref().or(moment.issuer.as_ref())
}

/// One event of the list, laid out from a top of 0.
struct Entry {
    marks: Vec<Mark>,
    height: i32,
}

impl Entry {
    fn of((row, moment): (usize, &Moment), columns: &Columns, sheet: &Sheet) -> Self {
        let date = Setting {
            of: Some((row, 0)),
            ..Setting::small(sheet)
        };
        match columns.beside {
            Some(edges) => Self::beside(moment, date, columns.list, edges, sheet),
            None => Self::below(moment, date, columns.list, sheet),
        }
    }

    /// Date, place and title in three columns.
    fn beside(
        moment: &Moment,
        date: Setting,
        list: i32,
        (place_at, title_at): (i32, i32),
        sheet: &Sheet,
    ) -> Self {
        let middle = sheet.line / 2;
        let mut marks = date.one(&moment.when, list, middle);
        let mut lines = 1;
        if let Some(place) = place(moment) {
            let room = f64::from(title_at - SPACE - place_at);
            let wrapped = measure::wrap_evenly(&place.text, sheet.text, true, room);
            lines = lines.max(wrapped.lines.len());
            let setting = Setting::name(sheet).bold(true);
            marks.extend(setting.set(&wrapped.lines, place.lang, place_at, middle));
        }
        let room = f64::from(sheet.width - title_at);
        let title = measure::wrap_evenly(&moment.label.text, sheet.text, moment.strong, room);
        lines = lines.max(title.lines.len());
        let setting = Setting::name(sheet).bold(moment.strong);
        marks.extend(setting.set(&title.lines, moment.label.lang, title_at, middle));
        Self {
            marks,
            height: count(lines) * sheet.line,
        }
    }

    /// Date and place on the first line if they fit there, the title below.
    fn below(moment: &Moment, date: Setting, list: i32, sheet: &Sheet) -> Self {
        let mut marks = date.one(&moment.when, list, sheet.line / 2);
        let room = sheet.width - list;
        let mut y = sheet.line;
        if let Some(place) = place(moment) {
            let bold = Setting::name(sheet).bold(true);
            let after = px_up(measure::width(&moment.when.text, sheet.small, false)) + SPACE / 2;
            let width = px_up(measure::width(&place.text, sheet.text, true));
            if after + width <= room {
                marks.extend(bold.one(place, list + after, sheet.line / 2));
            } else {
                let wrapped = measure::wrap_evenly(&place.text, sheet.text, true, f64::from(room));
                marks.extend(bold.set(&wrapped.lines, place.lang, list, y + sheet.line / 2));
                y += count(wrapped.lines.len()) * sheet.line;
            }
        }
        let label = &moment.label;
        let title = measure::wrap_evenly(&label.text, sheet.text, moment.strong, f64::from(room));
        let setting = Setting::name(sheet).bold(moment.strong);
        marks.extend(setting.set(&title.lines, label.lang, list, y + sheet.line / 2));
        y += count(title.lines.len()) * sheet.line;
        Self { marks, height: y }
    }
}

fn draw_scale(scene: &mut Scene, span: &calendar::Span, rail: i32, lang: Lang, sheet: &Sheet) {
    scene.line((rail, span.top), (rail, span.bottom), Colour::Axis);
    for y in span.ticks() {
        scene.line((rail - 4, y), (rail, y), Colour::Axis);
    }
    for label in span.labels(sheet.line * 2, lang) {
        let y = label.y;
        scene.line((rail - HALO, y), (rail, y), Colour::Axis);
        let setting = Setting {
            // Years lead, months follow.
            colour: if label.is_year {
                Colour::Ink
            } else {
                Colour::Muted
            },
            ..Setting::small(sheet).anchor(Anchor::End)
        };
        let marks = setting.set(&[label.text], None, rail - HALO - 4, y);
        scene.marks.extend(marks);
    }
}

fn connect(scene: &mut Scene, (dot, entry): (i32, i32), columns: &Columns) {
    let (start, end) = (columns.rail + HALO, columns.list - 6);
    scene.marks.push(Mark::Path {
        points: vec![
            (columns.rail, dot),
            (start + 2, dot),
            (end - 6, entry),
            (end, entry),
        ],
        colour: Colour::Rule,
        width: 1,
    });
}

/// The dot of an event; where others are set off from it, it steps back.
pub(super) fn dot(
    scene: &mut Scene,
    events: &EventsView,
    moment: &Moment,
    (x, y): (i32, i32),
    radius: i32,
) {
    let steps_back = events.has_emphasis() && !moment.strong;
    let colour = if steps_back {
        Colour::Soft
    } else {
        Colour::Accent
    };
    // A ring of ground keeps the dots of near days apart.
    for (radius, colour) in [(radius + 1, Colour::Ground), (radius, colour)] {
        scene.marks.push(Mark::Dot {
            x,
            y,
            radius,
            colour,
            shape: 0,
        });
    }
}
