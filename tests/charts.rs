//! Charts: cases as data, golden drawings, and what must hold for any data.
//!
//! A case is `tests/cases/charts/<case>.yaml`; what it gives is `tests/charts/<case>.*`. After a
//! change that is meant, `MINGWEN_UPDATE=1 cargo test --test charts`, then look at the difference.

// The lints' leave for tests reaches only the functions marked as such.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use mingwen::content::csv;
use mingwen::content::data::Data;
use mingwen::lang::Lang;
use mingwen::render::charts::{self, Figure, From};
use mingwen::yaml::Origin;
use proptest::prelude::*;
use serde::Deserialize;
use support::drawing::{attribute, check_lines, check_texts, compare};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[allow(dead_code)] // for people
    why: String,
    spec: String,
    data: Option<Data>,
    csv: Option<String>,
}

/// The figures of a case: in the block, in a CSV file, or in a file of data.
fn data(case: &Case, from: &From) -> Result<Data, String> {
    match from {
        From::Inline(data) => Ok((**data).clone()),
        From::Csv(file) => {
            let text = case.csv.as_deref().unwrap_or_default();
            csv::parse(text, Path::new(file)).map_err(|wrong| wrong.to_string())
        }
        From::Named(name) => Ok(case
            .data
            .clone()
            .unwrap_or_else(|| panic!("the case has no data `{name}`"))),
    }
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
    charts::draw(&data(case, &spec.from)?, &spec, lang, 1).map_err(|all| {
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
        format!("subtitle: {:?}", figure.subtitle.as_ref().map(|p| &p.text)),
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
    compare("charts", &outputs());
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
    let case = case("data: many", serde_yaml::from_str(&yaml).unwrap());
    let figure = drawn(&case, Lang::Zh).unwrap();
    assert_eq!(figure.table.rows.len(), 500);
    check_figure(&figure, "500 events");
}

fn case(spec: &str, data: Data) -> Case {
    Case {
        why: String::new(),
        spec: spec.to_owned(),
        data: Some(data),
        csv: None,
    }
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
            let case = case(spec, data);
            if let Ok(figure) = drawn(&case, Lang::En) {
                check_figure(&figure, "any series");
            }
        }
    }

    #[test]
    fn any_table(
        names in prop::collection::vec(label(), 1..5),
        rows in prop::collection::vec((label(), prop::collection::vec(prop::option::of(number()), 5)), 1..12),
        layout in prop::sample::select(vec![
            "kind: bars", "stacked: true", "kind: columns", "kind: columns\nstacked: true",
            "kind: lines", "kind: lines\nscale: log", "kind: dots", "kind: dots\nscale: log",
            "kind: bars\npanels: true", "kind: columns\npanels: true", "kind: lines\npanels: true",
            "kind: dots\npanels: true",
        ]),
        same_scale in any::<bool>(),
    ) {
        let rows: Vec<_> = rows
            .into_iter()
            .map(|(label, values)| {
                let values: Vec<Option<f64>> = values
                    .into_iter()
                    .take(names.len())
                    .map(|value| value.map(|value| if same_scale { value.abs() % 1000.0 + 1.0 } else { value }))
                    .collect();
                serde_json::json!({ "label": label, "values": values })
            })
            .collect();
        let data = serde_json::json!({ "kind": "table", "title": "t", "series": names, "rows": rows });
        let data = serde_json::from_value(data).unwrap();
        let case = case(&format!("data: a\n{layout}"), data);
        if let Ok(figure) = drawn(&case, Lang::Zh) {
            check_figure(&figure, &format!("any table, {layout}"));
        }
    }

    #[test]
    fn any_regions(
        events in prop::collection::vec((-9999i16..=9999, 1i8..=12, 1i8..=28, label()), 1..30),
        same_year in any::<bool>(),
    ) {
        let events: Vec<_> = events
            .into_iter()
            .map(|(year, month, day, region)| {
                let date = jiff::civil::date(if same_year { 2017 } else { year }, month, day);
                serde_json::json!({ "date": date, "label": "x", "region": region })
            })
            .collect();
        let data = serde_json::json!({ "kind": "events", "title": "t", "events": events });
        let case = case("data: a\nby: region", serde_json::from_value(data).unwrap());
        if let Ok(figure) = drawn(&case, Lang::En) {
            check_figure(&figure, "any regions");
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
        let case = case("data: a", data);
        if let Ok(figure) = drawn(&case, Lang::Zh) {
            check_figure(&figure, "any events");
        }
    }
}
