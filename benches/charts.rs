//! How long charts take: a thousand of them, of all kinds, each with its two drawings, its file, its
//! table and its description.
//!
//! `cargo bench --bench charts`.

use std::path::Path;
use std::time::Instant;

use mingwen::lang::Lang;
use mingwen::render::charts::{self, From};
use mingwen::yaml::Origin;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const CHARTS: usize = 1000;
/// The quickest counts, since all else is other programs' time.
const ROUNDS: usize = 3;

fn main() -> Outcome<()> {
    println!("{CHARTS} charts of each kind, one thread; the quickest of {ROUNDS} rounds");
    println!("kind                 ms a chart    KiB a chart");
    let mut all = 0.0;
    let kinds = kinds();
    for (name, block) in &kinds {
        let (seconds, bytes) = measure(block)?;
        let each = seconds * 1e3 / CHARTS as f64;
        println!(
            "{name:20} {each:10.3} {:14.1}",
            bytes as f64 / 1024.0 / CHARTS as f64
        );
        all += each;
    }
    println!("{:20} {:10.3}", "mean", all / kinds.len() as f64);
    Ok(())
}

/// Seconds and bytes of a thousand charts.
fn measure(block: &str) -> Outcome<(f64, usize)> {
    let origin = Origin::file(Path::new("bench.md"));
    let mut best = f64::INFINITY;
    let mut bytes = 0;
    for _ in 0..ROUNDS {
        bytes = 0;
        let start = Instant::now();
        for number in 0..CHARTS {
            let spec = charts::parse_spec(block, origin).map_err(|wrong| wrong.to_string())?;
            let From::Inline(data) = &spec.from else {
                return Err("the figures are not in the block".into());
            };
            let lang = if number % 2 == 0 { Lang::Zh } else { Lang::En };
            let figure = charts::draw(data, &spec, lang, 1).map_err(|all| {
                let all: Vec<String> = all.iter().map(ToString::to_string).collect();
                all.join("\n")
            })?;
            bytes += figure.wide.len() + figure.narrow.len() + figure.svg_file.len();
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    Ok((best, bytes))
}

const NAMES: [(&str, &str); 6] = [
    ("广东", "Guangdong"),
    ("山东", "Shandong"),
    ("北京", "Beijing"),
    ("江苏", "Jiangsu"),
    ("上海", "Shanghai"),
    ("浙江", "Zhejiang"),
];
const VALUES: [u32; 6] = [111, 74, 73, 63, 56, 50];

/// A block of each kind, as a person would write it.
fn kinds() -> Vec<(&'static str, String)> {
    let values: Vec<String> = NAMES
        .iter()
        .zip(VALUES)
        .map(|((zh, en), value)| {
            format!("- {{ label: {{ zh: {zh}, en: {en} }}, value: {value} }}\n")
        })
        .collect();
    let series = "series: [{ zh: 广东, en: Guangdong }, { zh: 山东, en: Shandong }, { zh: 北京, en: Beijing }]";
    let rows: Vec<String> = (0..7)
        .map(|year| {
            format!(
                "- {{ label: {}, values: [{}, {}, {}] }}\n",
                2015 + year,
                2 + year * 15,
                1 + year * 10,
                8 + year * 9
            )
        })
        .collect();
    let events: Vec<String> = (0..13)
        .map(|n| {
            let (zh, en) = NAMES[n % NAMES.len()];
            format!("- {{ date: 20{}-{:02}-{:02}, region: {{ zh: {zh}, en: {en} }}, label: {{ zh: 《关于促进区块链产业发展的若干意见（{n}）》, en: Opinions on Promoting the Development of the Blockchain Industry ({n}) }} }}\n", 16 + n % 3, 1 + n % 12, 1 + n * 2)
        })
        .collect();
    let (values, rows, events) = (values.concat(), rows.concat(), events.concat());
    let one = |head: &str| format!("title: 政策\n{head}\nvalues:\n{values}");
    let more = |head: &str| format!("title: 政策\n{head}\n{series}\nrows:\n{rows}");
    vec![
        ("bars", one("highlight: 广东")),
        ("bars, grouped", more("kind: bars")),
        ("bars, stacked", more("stacked: true")),
        ("columns", one("kind: columns")),
        ("lines", more("kind: lines")),
        ("dots", more("kind: dots")),
        ("map", one("kind: map")),
        ("panels of lines", more("kind: lines\npanels: true")),
        ("time line", format!("title: 政策\nevents:\n{events}")),
        (
            "time line by region",
            format!("title: 政策\nby: region\nevents:\n{events}"),
        ),
    ]
}
