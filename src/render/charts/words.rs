//! What is said around a drawing, and the drawing with it: a file that stands alone.

use super::describe;
use super::kind::Kind;
use super::measure;
use super::palette::Colour;
use super::phrase::{self, Phrase};
use super::scene::{Mark, Scene, Setting, Sheet, count};
use super::spec::Spec;
use super::view::View;
use crate::content::data::Data;
use crate::dates;
use crate::lang::Lang;

/// What is said around a drawing.
pub(crate) struct Words {
    pub(crate) title: Phrase,
    pub(crate) note: Option<Phrase>,
    pub(crate) subtitle: Option<Phrase>,
    pub(crate) source: Option<String>,
    pub(crate) description: String,
}

impl Words {
    /// What the request says; what the data say where it says nothing.
    pub(crate) fn of(data: &Data, spec: &Spec, view: &View, lang: Lang, kind: Kind) -> Self {
        let source = Phrase::of(&spec.source, lang).map(|source| match lang {
            Lang::Zh => format!("来源：{}", source.text),
            Lang::En => format!("Source: {}", source.text),
        });
        let read_from = || {
            data.source()
                .map(|source| describe::source_line(source, lang))
        };
        Self {
            title: Phrase::of(&spec.title, lang)
                .or_else(|| Phrase::of(data.title(), lang))
                .unwrap_or_else(|| Phrase::new(phrase::one_line(spec.name()))),
            note: Phrase::of(&spec.note, lang).or_else(|| Phrase::of(data.description(), lang)),
            subtitle: subtitle(data, spec, view, lang),
            source: source
                .or_else(read_from)
                .map(|line| phrase::one_line(&line)),
            description: describe::describe(view, kind, &spec.layout),
        }
    }
}

/// `单位：项，2021年`, `Unit: policies, 2021`; events say the time that they span themselves, and panels
/// that their scales differ.
fn subtitle(data: &Data, spec: &Spec, view: &View, lang: Lang) -> Option<Phrase> {
    let unit = match view {
        View::Grid(grid) => grid.unit.as_ref(),
        _ => None,
    };
    let period = Phrase::of(&spec.period, lang)
        .or_else(|| Phrase::of(data.period()?, lang))
        .map(|period| period.text)
        .or_else(|| span(view, lang));
    let own = spec.layout.has_own_scales().then(|| match lang {
        Lang::Zh => "各图刻度不同".to_owned(),
        Lang::En => "each panel on a scale of its own".to_owned(),
    });
    let mut parts: Vec<String> = unit
        .map(|unit| describe::unit_line(unit, lang))
        .into_iter()
        .chain(period)
        .chain(own)
        .collect();
    if let Some(first) = parts.first_mut() {
        *first = first.replacen("each panel", "Each panel", 1);
    } else {
        return None;
    }
    Some(Phrase::new(parts.join(match lang {
        Lang::Zh => "，",
        Lang::En => ", ",
    })))
}

fn span(view: &View, lang: Lang) -> Option<String> {
    let View::Events(events) = view else {
        return None;
    };
    let exact = events.rows.iter().all(|row| row.precision.is_day());
    let (first, last) = (events.rows.first()?.date, events.rows.last()?.date);
    let month = |day: jiff::civil::Date| match lang {
        Lang::Zh if !exact => format!("{}年", day.year()),
        Lang::En if !exact => day.year().to_string(),
        Lang::Zh => format!("{}年{}", day.year(), dates::month(day.month(), lang)),
        Lang::En => format!("{} {}", dates::month(day.month(), lang), day.year()),
    };
    let (first, last) = (month(first), month(last));
    if first == last {
        return Some(first);
    }
    Some(match lang {
        Lang::Zh => format!("{first}至{last}"),
        Lang::En => format!("{first} to {last}"),
    })
}

/// The drawing with ground, margins, title, subtitle and source: what stands around it on a page.
pub(crate) fn framed(drawing: Scene, words: &Words) -> Scene {
    const MARGIN: i32 = 28;
    let sheet = Sheet::WIDE;
    let width = drawing.width;
    let room = f64::from(width);
    let head = Setting {
        size: 21,
        line: 28,
        ..Setting::name(&sheet).bold(true)
    };
    let small = Setting::small(&sheet);
    let block = |scene: &mut Scene, setting: Setting, phrase: &Phrase, y: i32| {
        let lines = measure::wrap(&phrase.text, setting.size, setting.bold, room).lines;
        let middle = y + setting.line / 2;
        let marks = setting.set(&lines, phrase.lang, MARGIN, middle);
        scene.marks.extend(marks);
        y + count(lines.len()) * setting.line
    };
    let mut text = Scene::new(width + 2 * MARGIN);
    let mut y = block(&mut text, head, &words.title, MARGIN - 6);
    for phrase in [&words.note, &words.subtitle].into_iter().flatten() {
        y = block(&mut text, small, phrase, y + 4);
    }
    y += 18;
    let (drawing_top, drawing_height) = (y, drawing.height);
    y += drawing_height;
    if let Some(source) = &words.source {
        y = block(&mut text, small, &Phrase::new(source.clone()), y + 18);
    }
    let mut scene = Scene::new(text.width);
    scene.height = y + MARGIN - 6;
    scene.marks.push(Mark::Bar {
        left: 0,
        top: 0,
        right: scene.width,
        bottom: scene.height,
        colour: Colour::Ground,
        texture: 0,
    });
    scene.place(text, 0, 0);
    scene.place(drawing, MARGIN, drawing_top);
    scene
}
