//! A scene to SVG: plotters draws it, and what plotters has no word for is put in afterwards.
//!
//! plotters 0.3 writes one tag a line and always the same attributes. [`finish`] leaves out those
//! that say nothing (`opacity="1"`), the font family (it is the page's) and its own shift of the
//! baseline, and adds what a reader's software needs: a role, a title, a description, languages; and
//! the patterns of textures.

use std::fmt::Write as _;

use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text as TextElement};
use plotters::prelude::{RGBColor, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, TextStyle};

use super::palette::{self, Colour, SERIES};
use super::scene::{Anchor, Mark, Scene, Text};
use crate::lang::Lang;
use crate::render::markdown::runs::runs;

/// plotters writes a font's size divided by this.
const PLOTTERS_FONT_FACTOR: f64 = 1.24;

/// What stands around the marks.
pub(crate) struct Frame<'a> {
    pub(crate) lang: Lang,
    /// The start of every id: unique on a page.
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
    pub(crate) form: Form,
}

/// Where a drawing is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// In a page, at this width; colours come from the page's style sheet.
    Inline(&'static str),
    /// As a file of its own, with its own styles.
    File,
}

/// What plotters could not draw; no scene of ours is known to cause it.
#[derive(Debug)]
pub(crate) struct Failed(pub(crate) String);

/// Draws a scene.
pub(crate) fn render(scene: &Scene, frame: &Frame<'_>) -> Result<String, Failed> {
    let mut raw = String::new();
    let size = (scene.width.unsigned_abs(), scene.height.unsigned_abs());
    draw(&mut raw, size, scene).map_err(|error| Failed(error.to_string()))?;
    Ok(finish(&raw, scene, frame))
}

type PlottersError<'a> = plotters::drawing::DrawingAreaErrorKind<
    <SVGBackend<'a> as plotters::prelude::DrawingBackend>::ErrorType,
>;
type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn draw<'a>(raw: &'a mut String, size: (u32, u32), scene: &Scene) -> Result<(), PlottersError<'a>> {
    let area = SVGBackend::with_string(raw, size).into_drawing_area();
    for mark in &scene.marks {
        match mark {
            Mark::Bar {
                left,
                top,
                right,
                bottom,
                colour,
                texture,
            } => {
                let corners = [(*left, *top), (*right, *bottom)];
                area.draw(&Rectangle::new(corners, rgb(*colour).filled()))?;
                if *texture > 0 {
                    area.draw(&Rectangle::new(corners, texture_mark(*texture).filled()))?;
                }
            }
            Mark::Path {
                points,
                colour,
                width,
            } => {
                let style = rgb(*colour).stroke_width(*width);
                area.draw(&PathElement::new(points.clone(), style))?;
            }
            Mark::Dot {
                x,
                y,
                radius,
                colour,
                shape,
            } => draw_dot(&area, (*x, *y), *radius, *shape, rgb(*colour))?,
            Mark::Text(text) => draw_text(&area, text)?,
        }
    }
    area.present()
}

/// The shapes of the series, so that they are not told apart by colour alone.
fn draw_dot<'a>(
    area: &Area<'a>,
    (x, y): (i32, i32),
    radius: i32,
    shape: usize,
    colour: RGBColor,
) -> Result<(), PlottersError<'a>> {
    let r = radius;
    let points = match shape % 6 {
        0 => return area.draw(&Circle::new((x, y), r, colour.filled())),
        1 => vec![
            (x - r, y - r),
            (x + r, y - r),
            (x + r, y + r),
            (x - r, y + r),
        ],
        2 => vec![(x, y - r - 1), (x + r + 1, y + r), (x - r - 1, y + r)],
        3 => vec![
            (x, y - r - 2),
            (x + r + 2, y),
            (x, y + r + 2),
            (x - r - 2, y),
        ],
        4 => vec![(x - r - 1, y - r), (x + r + 1, y - r), (x, y + r + 1)],
        _ => {
            let t = (r / 2).max(1);
            let arm = r + 1;
            vec![
                (x - t, y - arm),
                (x + t, y - arm),
                (x + t, y - t),
                (x + arm, y - t),
                (x + arm, y + t),
                (x + t, y + t),
                (x + t, y + arm),
                (x - t, y + arm),
                (x - t, y + t),
                (x - arm, y + t),
                (x - arm, y - t),
                (x - t, y - t),
            ]
        }
    };
    area.draw(&Polygon::new(points, colour.filled()))
}

/// What plotters has no word for is drawn in a colour that nothing else has, and [`finish`] puts the
/// pattern there.
fn texture_mark(texture: usize) -> RGBColor {
    RGBColor(1, 2, u8::try_from(texture % SERIES).unwrap_or_default())
}

/// The strokes of each texture: the angle, and how far apart they are.
const TEXTURES: [(i32, i32); SERIES - 1] = [(45, 7), (135, 7), (0, 6), (90, 6), (45, 4)];

fn draw_text<'a>(area: &Area<'a>, text: &Text) -> Result<(), PlottersError<'a>> {
    let horizontal = match text.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let weight = if text.bold {
        FontStyle::Bold
    } else {
        FontStyle::Normal
    };
    let size = f64::from(text.size) * PLOTTERS_FONT_FACTOR;
    let style: TextStyle<'_> = ("sans-serif", size)
        .into_font()
        .style(weight)
        .color(&rgb(text.colour))
        // `finish` takes out the shift that goes with the vertical anchor: y is the baseline.
        .pos(Pos::new(horizontal, VPos::Top));
    area.draw(&TextElement::new(
        text.content.as_str(),
        (text.x, text.y),
        style,
    ))
}

fn rgb(colour: Colour) -> RGBColor {
    let (r, g, b) = colour.light();
    RGBColor(r, g, b)
}

/// What plotters wrote, without what says nothing, and with what it has no word for.
fn finish(raw: &str, scene: &Scene, frame: &Frame<'_>) -> String {
    let mut svg = String::with_capacity(raw.len() + 1024);
    open(&mut svg, scene, frame);
    let mut texts = scene.texts();
    let mut lines = raw.lines();
    while let Some(line) = lines.next() {
        let Some((name, attributes)) = tag(line) else {
            continue;
        };
        if name == "svg" {
            continue;
        }
        let _ = write!(svg, "<{name}");
        let text = if name == "text" { texts.next() } else { None };
        // For links to where the page's text says it; a file has no such place.
        let is_inline = matches!(frame.form, Form::Inline(_));
        if let Some((row, column)) = text.and_then(|text| text.of).filter(|_| is_inline) {
            let _ = write!(svg, " data-of=\"{}-{column}\"", row + 1);
        }
        for (key, value) in attributes {
            match value.strip_prefix("#01020").filter(|_| key == "fill") {
                Some(texture) => {
                    let _ = write!(svg, " fill=\"url(#{}-texture-{texture})\"", frame.id);
                }
                None => attribute(&mut svg, name, key, value),
            }
        }
        if name != "text" {
            svg.push_str("/>\n");
            continue;
        }
        if let Some(lang) = text.and_then(|text| text.lang) {
            let key = lang_key(frame.form);
            let _ = write!(svg, " {key}=\"{lang}\"");
        }
        // The text itself is on the next line, already escaped, and without a line break in it.
        let content = lines.next().unwrap_or_default();
        let _ = writeln!(svg, ">{content}</text>");
    }
    svg.push_str("</svg>\n");
    svg
}

fn open(svg: &mut String, scene: &Scene, frame: &Frame<'_>) {
    let (id, width, height) = (frame.id, scene.width, scene.height);
    // In a file these hold text alone: the elements that would say its language are not allowed there.
    let said = |text| match frame.form {
        Form::Inline(_) => in_languages(text, frame.lang),
        Form::File => escaped(text),
    };
    let (title, description) = (said(frame.title), said(frame.description));
    let lang = frame.lang.tag();
    let view = format!("viewBox=\"0 0 {width} {height}\" role=\"img\"");
    let ids = format!("aria-labelledby=\"{id}-title {id}-desc\"");
    match frame.form {
        Form::Inline(width) => {
            let class = format!("class=\"chart-svg chart-{width}\"");
            let _ = writeln!(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" {class} {view} {ids}>"
            );
        }
        Form::File => {
            let size = format!("width=\"{width}\" height=\"{height}\" xml:lang=\"{lang}\"");
            let _ = writeln!(
                svg,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" {size} {view} {ids}>"
            );
        }
    }
    let _ = writeln!(svg, "<title id=\"{id}-title\">{title}</title>");
    let _ = writeln!(svg, "<desc id=\"{id}-desc\">{description}</desc>");
    if frame.form == Form::File {
        let used: Vec<Colour> = scene.marks.iter().map(Mark::colour).collect();
        let style = palette::file_style(frame.lang, &used);
        let _ = writeln!(svg, "<style>\n{style}</style>");
    }
    textures(svg, scene, id);
}

/// The patterns that the bars of this drawing use.
fn textures(svg: &mut String, scene: &Scene, id: &str) {
    let ground = palette::hex(Colour::Ground.light());
    for (number, (angle, apart)) in (1..).zip(TEXTURES) {
        let is_this = |mark: &Mark| matches!(mark, Mark::Bar { texture, .. } if *texture == number);
        if scene.marks.iter().any(is_this) {
            let size =
                format!("width=\"{apart}\" height=\"{apart}\" patternUnits=\"userSpaceOnUse\"");
            let _ = writeln!(
                svg,
                "<pattern id=\"{id}-texture-{number}\" {size} patternTransform=\"rotate({angle})\"><path d=\"M0 0V{apart}\" stroke=\"{ground}\" stroke-width=\"1.5\" stroke-opacity=\".4\"/></pattern>"
            );
        }
    }
}

/// A text in HTML with its runs in the other language marked: `highest: 广东, 111`.
fn in_languages(text: &str, lang: Lang) -> String {
    let Some(runs) = runs(text, lang) else {
        return escaped(text);
    };
    let run = |(run, other): (&str, Option<Lang>)| match other {
        Some(other) => format!("<span lang=\"{}\">{}</span>", other.tag(), escaped(run)),
        None => escaped(run),
    };
    runs.into_iter().map(run).collect()
}

/// HTML knows `lang`, SVG files know `xml:lang`.
fn lang_key(form: Form) -> &'static str {
    match form {
        Form::Inline(_) => "lang",
        Form::File => "xml:lang",
    }
}

/// Name and attributes of a start tag that has a line of its own.
fn tag(line: &str) -> Option<(&str, impl Iterator<Item = (&str, &str)>)> {
    let inner = line.strip_prefix('<')?;
    let inner = inner.strip_suffix("/>").or(inner.strip_suffix('>'))?;
    if inner.starts_with('/') {
        return None;
    }
    let (name, rest) = inner.split_once(' ')?;
    // Values are escaped, so that every quotation mark is an end of one.
    let mut parts = rest.split('"');
    let attributes = std::iter::from_fn(move || {
        let key = parts.next()?.trim().strip_suffix('=')?;
        Some((key, parts.next()?))
    });
    Some((name, attributes))
}

fn attribute(svg: &mut String, tag: &str, key: &str, value: &str) {
    match (tag, key, value) {
        (_, "font-family" | "dy", _)
        | (_, "opacity" | "stroke-width", "1")
        | (_, "text-anchor", "start")
        | (_, "stroke", "none")
        | ("circle", "stroke-width", _) => {}
        (_, "font-size", size) => {
            let size: f64 = size.parse().unwrap_or_default();
            let _ = write!(svg, " font-size=\"{}\"", size.round());
        }
        (_, key, value) => {
            let _ = write!(svg, " {key}=\"{}\"", value.trim_end());
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
