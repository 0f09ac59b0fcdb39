//! Charts: cases as data, golden drawings, and what must hold for any data.
//!
//! A case is `tests/cases/charts/<case>.yaml`; what it gives is `tests/charts/<case>.*`. After a
//! change that is meant, `MINGWEN_UPDATE=1 cargo test --test charts`, then look at the difference.

// The lints' leave for tests reaches only the functions marked as such.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use mingwen::content::data::Data;
use mingwen::lang::Lang;
use mingwen::render::charts::{self, Figure, measure};
use mingwen::yaml::Origin;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[allow(dead_code)] // for people
    why: String,
    spec: String,
    data: Data,
}

fn cases() -> BTreeMap<String, Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/charts");
    let mut cases = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let case = serde_yaml::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        cases.insert(name, case);
    }
    cases
}

fn drawn(case: &Case, lang: Lang) -> Result<Figure, String> {
    let origin = Origin {
        file: Path::new("content/a.zh.md"),
        first_line: 11,
    };
    let spec = charts::parse_spec(&case.spec, origin).map_err(|d| d.to_string())?;
    charts::draw(&spec.data, &case.data, &spec, lang, 1).map_err(|all| {
        let all: Vec<String> = all.iter().map(ToString::to_string).collect();
        all.join("\n")
    })
}

/// Everything but the drawings, as one text to read.
fn words(figure: &Figure) -> String {
    let cell = |text: &str, lang: Option<&str>| match lang {
        Some(lang) => format!("{text} [{lang}]"),
        None => text.to_owned(),
    };
    let mut lines = vec![
        format!("id: {}", figure.id),
        format!("title: {}", cell(&figure.title.text, figure.title.lang)),
        format!("note: {:?}", figure.note.as_ref().map(|p| &p.text)),
        format!("unit: {:?}", figure.unit.as_ref().map(|p| &p.text)),
        format!("source: {:?}", figure.source),
        format!("description: {}", figure.description),
        String::new(),
    ];
    let heads = figure.table.headers.iter().map(|head| head.text.clone());
    lines.push(heads.collect::<Vec<_>>().join(" | "));
    for row in &figure.table.rows {
        let cells = row.iter().map(|c| cell(&c.text, c.lang));
        lines.push(cells.collect::<Vec<_>>().join(" | "));
    }
    lines.join("\n") + "\n\n" + &figure.csv_file.replace("\r\n", "␍\n")
}

fn outputs() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for (name, case) in cases() {
        for lang in Lang::ALL {
            match drawn(&case, lang) {
                Ok(figure) => {
                    assert!(!name.starts_with("err-"), "{name} should not be drawn");
                    files.insert(format!("{name}.{lang}.txt"), words(&figure));
                    files.insert(format!("{name}.{lang}.wide.svg"), figure.wide);
                    files.insert(format!("{name}.{lang}.narrow.svg"), figure.narrow);
                    files.insert(format!("{name}.{lang}.file.svg"), figure.svg_file);
                }
                Err(said) => {
                    assert!(name.starts_with("err-"), "{name}: {said}");
                    files.insert(format!("{name}.txt"), said + "\n");
                }
            }
        }
    }
    files.insert("stylesheet.css".to_owned(), charts::stylesheet());
    files
}

#[test]
fn golden() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/charts");
    let outputs = outputs();
    let update = std::env::var_os("MINGWEN_UPDATE").is_some();
    fs::create_dir_all(&folder).unwrap();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !outputs.contains_key(&name) {
            assert!(update, "tests/charts/{name} is not used by any case");
            fs::remove_file(path).unwrap();
        }
    }
    let mut wrong = Vec::new();
    for (name, now) in &outputs {
        let path = folder.join(name);
        if fs::read_to_string(&path).ok().as_ref() == Some(now) {
            continue;
        }
        if update {
            fs::write(path, now).unwrap();
        } else {
            wrong.push(name);
        }
    }
    assert!(
        wrong.is_empty(),
        "these differ: {wrong:?}; if that is meant: MINGWEN_UPDATE=1 cargo test --test charts"
    );
}

/// A text of a drawing with the box it is estimated to fill.
#[derive(Debug)]
#[allow(dead_code)] // the text is for messages
struct Boxed {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    size: i32,
}

fn attribute<'a>(tag: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {key}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

fn boxes(svg: &str) -> Vec<Boxed> {
    let texts = svg.lines().filter(|line| line.starts_with("<text "));
    let read = |line: &str| {
        let (tag, rest) = line.split_once('>').unwrap();
        let text = rest.strip_suffix("</text>").unwrap();
        let text = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&apos;", "'"),
        ]
        .into_iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
        .replace("&amp;", "&");
        let number = |key: &str| attribute(tag, key).unwrap().parse::<f64>().unwrap();
        let size: i32 = attribute(tag, "font-size").unwrap().parse().unwrap();
        let bold = attribute(tag, "font-weight").is_some();
        let width = measure::width(&text, size, bold);
        let (x, y) = (number("x"), number("y"));
        let left = match attribute(tag, "text-anchor") {
            Some("end") => x - width,
            Some("middle") => x - width / 2.0,
            _ => x,
        };
        let em = f64::from(size);
        Boxed {
            text,
            left,
            right: left + width,
            top: y - 0.85 * em,
            bottom: y + 0.15 * em,
            size,
        }
    };
    texts.map(read).collect()
}

/// Every text lies inside the drawing, is large enough, and stands on no other.
fn check_texts(svg: &str, smallest: i32, what: &str) {
    let view = attribute(svg, "viewBox").unwrap();
    let view: Vec<f64> = view.split(' ').map(|n| n.parse().unwrap()).collect();
    let boxes = boxes(svg);
    assert!(!boxes.is_empty(), "{what}: no text");
    for one in &boxes {
        let inside = one.left >= -0.5
            && one.top >= -0.5
            && one.right <= view[2] + 0.5
            && one.bottom <= view[3] + 0.5;
        assert!(inside, "{what}: cut off {one:?} in {view:?}");
        assert!(one.size >= smallest, "{what}: too small {one:?}");
    }
    let mut sorted: Vec<&Boxed> = boxes.iter().collect();
    sorted.sort_by(|a, b| a.top.total_cmp(&b.top));
    for (index, one) in sorted.iter().enumerate() {
        for other in sorted[index + 1..]
            .iter()
            .take_while(|o| o.top < one.bottom)
        {
            let apart = one.right <= other.left || other.right <= one.left;
            assert!(apart, "{what}: {one:?} overlaps {other:?}");
        }
    }
}

/// No line runs through a text.
fn check_lines(svg: &str, what: &str) {
    let boxes = boxes(svg);
    for line in svg.lines().filter(|line| line.starts_with("<polyline ")) {
        let points: Vec<(f64, f64)> = attribute(line, "points")
            .unwrap()
            .split(' ')
            .map(|point| point.split_once(',').unwrap())
            .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
            .collect();
        for pair in points.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            // The box around a slanting line is more than the line: enough, and stricter.
            let hit = boxes.iter().find(|text| {
                from.0.min(to.0) < text.right
                    && from.0.max(to.0) > text.left
                    && from.1.min(to.1) < text.bottom
                    && from.1.max(to.1) > text.top
            });
            assert!(hit.is_none(), "{what}: {line} runs through {hit:?}");
        }
    }
}

fn check_figure(figure: &Figure, what: &str) {
    check_texts(&figure.wide, 15, &format!("{what} wide"));
    check_texts(&figure.narrow, 12, &format!("{what} narrow"));
    check_texts(&figure.svg_file, 15, &format!("{what} file"));
    for svg in [&figure.wide, &figure.narrow, &figure.svg_file] {
        check_lines(svg, what);
    }
    let mut ids = BTreeSet::new();
    for svg in [&figure.wide, &figure.narrow, &figure.svg_file] {
        for (at, _) in svg.match_indices(" id=\"") {
            let id = attribute(&svg[at..], "id").unwrap();
            assert!(ids.insert(id.to_owned()), "{what}: id {id} twice");
            assert!(id.starts_with(&figure.id));
        }
        let allowed = |c: char| c == '\n' || !c.is_control();
        assert!(svg.chars().all(allowed), "{what}: control character");
    }
}

#[test]
fn no_text_is_cut_off_or_stands_on_another() {
    for (name, case) in cases() {
        for lang in Lang::ALL {
            if let Ok(figure) = drawn(&case, lang) {
                check_figure(&figure, &format!("{name} {lang}"));
            }
        }
    }
}

#[test]
fn the_same_bytes_each_time() {
    assert_eq!(outputs(), outputs());
}

#[test]
fn five_hundred_events() {
    let mut yaml = "kind: events\ntitle: x\nevents:\n".to_owned();
    for number in 0..500_i16 {
        let month = i8::try_from(1 + number % 12).unwrap();
        let day = i8::try_from(1 + number % 28).unwrap();
        let year = 2000 + number % 7;
        let date = jiff::civil::date(year, month, day);
        writeln!(
            yaml,
            "  - {{ date: {date}, label: 第{number}号文件 no. {number} }}"
        )
        .unwrap();
    }
    let case = Case {
        why: String::new(),
        spec: "data: many".to_owned(),
        data: serde_yaml::from_str(&yaml).unwrap(),
    };
    let figure = drawn(&case, Lang::Zh).unwrap();
    assert_eq!(figure.table.rows.len(), 500);
    check_figure(&figure, "500 events");
}

fn label() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z &<>\"'=+@-]{1,60}",
        "[一-龥，。《》（）]{1,40}",
        "\\PC{1,20}",
        any::<String>(),
    ]
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        (-1000i32..1000).prop_map(f64::from),
        Just(0.0),
        Just(1e9),
        Just(f64::MAX),
        Just(f64::MIN),
        Just(f64::MIN_POSITIVE),
        any::<f64>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_series(
        values in prop::collection::vec((label(), number()), 0..40),
        columns in any::<bool>(),
    ) {
        let values: Vec<_> = values
            .into_iter()
            .map(|(label, value)| serde_json::json!({ "label": label, "value": value }))
            .collect();
        let data = serde_json::json!({ "kind": "series", "title": "t", "values": values });
        // JSON has no infinity: such a value is null, and no data.
        if let Ok(data) = serde_json::from_value(data) {
            let spec = if columns { "data: a b\nkind: columns" } else { "data: a b" };
            let case = Case { why: String::new(), spec: spec.to_owned(), data };
            if let Ok(figure) = drawn(&case, Lang::En) {
                check_figure(&figure, "any series");
            }
        }
    }

    #[test]
    fn any_events(
        events in prop::collection::vec((-9999i16..=9999, 1i8..=12, 1i8..=28, label(), label()), 0..30),
        same_year in any::<bool>(),
    ) {
        let events: Vec<_> = events
            .into_iter()
            .map(|(year, month, day, label, region)| {
                let year = if same_year { 2017 } else { year };
                let date = jiff::civil::date(year, month, day);
                serde_json::json!({ "date": date, "label": label, "region": region })
            })
            .collect();
        let data = serde_json::json!({ "kind": "events", "title": "t", "events": events });
        let data = serde_json::from_value(data).unwrap();
        let case = Case { why: String::new(), spec: "data: a".to_owned(), data };
        if let Ok(figure) = drawn(&case, Lang::Zh) {
            check_figure(&figure, "any events");
        }
    }
}
