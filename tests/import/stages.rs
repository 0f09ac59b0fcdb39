//! One check for each stage: the case's input goes in, what comes out is printed as text.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use mingwen::import::decode::decode;
use mingwen::import::facts;
use mingwen::import::markdown::{self, FrontMatter};
use mingwen::import::normalise::{FIXERS, Fixers};
use mingwen::import::restorable;
use mingwen::import::sections::{self, Document, Heading, Node, TextLine};
use mingwen::import::slug::slug;
use mingwen::import::yaml_text;

use crate::cases::check;

#[test]
fn decode_cases() {
    check("decode", |input| {
        let (encoding, text) = input.split_once('\n').unwrap();
        let (decoded, diagnostics) =
            decode(&encode(encoding, text), Path::new("source.txt"), restorable);
        let mut out = String::new();
        if let Some(decoded) = decoded {
            writeln!(out, "{}: {}", decoded.encoding, decoded.evidence).unwrap();
            for line in decoded.lines {
                let text: String = line.text.chars().take(60).collect();
                writeln!(out, "{} {:?} {text}", line.number, line.bytes).unwrap();
            }
        }
        for diagnostic in diagnostics {
            writeln!(out, "{diagnostic}").unwrap();
        }
        out
    });
}

/// `utf-8`, `gb18030`, `big5`, `utf-16le`, `utf-16be`, each with `+bom`; or `hex`; `drop N` after the name
/// leaves out the byte at that place.
fn encode(how: &str, text: &str) -> Vec<u8> {
    let (how, drop) = how.split_once(" drop ").unwrap_or((how, ""));
    let (name, bom) = match how.strip_suffix("+bom") {
        Some(name) => (name, "\u{feff}"),
        None => (how, ""),
    };
    let text = format!("{bom}{text}");
    let mut bytes = match name {
        "hex" => text
            .split_whitespace()
            .map(|byte| u8::from_str_radix(byte, 16).unwrap())
            .collect(),
        "long" => [
            text.repeat(400_000).into_bytes(),
            "\n尾。\n".as_bytes().to_vec(),
        ]
        .concat(),
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        name => {
            let encoding = encoding_rs::Encoding::for_label(name.as_bytes()).unwrap();
            let (bytes, _, unmappable) = encoding.encode(&text);
            assert!(!unmappable, "{name} can't say {text}");
            bytes.into_owned()
        }
    };
    if let Ok(at) = drop.parse::<usize>() {
        bytes.remove(at);
    }
    bytes
}

/// The first line names the fixer, or `all`; every fixer has to be idempotent on every case.
#[test]
fn normalise_cases() {
    check("normalise", |input| {
        let (name, line) = input.split_once('\n').unwrap();
        let fix = |line: &str| match FIXERS.iter().find(|fixer| fixer.name == name) {
            Some(fixer) => (fixer.fix)(line),
            None if name == "all" => Fixers::default().fix(line).text,
            None => panic!("no fixer {name}"),
        };
        let fixed = fix(line);
        assert_eq!(fix(&fixed), fixed, "not idempotent: {line}");
        format!("{fixed}|")
    });
}

pub fn document(text: &str) -> Document {
    let fixers = Fixers::default();
    let lines: Vec<TextLine> = text
        .lines()
        .enumerate()
        .map(|(index, line)| TextLine {
            number: index + 1,
            text: fixers.fix(line).text,
        })
        .collect();
    sections::split(&lines, mingwen::figures::vocabulary())
}

#[test]
fn section_cases() {
    check("sections", |input| {
        let document = document(input);
        let mut out = String::new();
        if let Some(title) = &document.title {
            writeln!(out, "{} title {}", title.number, title.text).unwrap();
        }
        for page in &document.pages {
            let (first, last) = (page.lines.start(), page.lines.end());
            write!(out, "page {first}-{last}").unwrap();
            match &page.heading {
                Some(heading) => writeln!(out, " {}", show(heading)).unwrap(),
                None => out.push('\n'),
            }
            show_nodes(&mut out, &page.nodes, 1);
        }
        out
    });
}

fn show(heading: &Heading) -> String {
    let marker = heading.marker.as_ref();
    let region = heading.region.map(|region| format!(" [{}]", region.code));
    format!(
        "{}|{}{}",
        marker.map_or("", |marker| &marker.written),
        heading.text,
        region.unwrap_or_default()
    )
}

fn show_nodes(out: &mut String, nodes: &[Node], depth: usize) {
    let short = |text: &str| text.chars().take(12).collect::<String>();
    for node in nodes {
        let indent = "  ".repeat(depth);
        match node {
            Node::Section(heading, nodes) => {
                writeln!(out, "{indent}{} # {}", heading.line, show(heading)).unwrap();
                show_nodes(out, nodes, depth + 1);
            }
            Node::Point { line, marker, text } => {
                writeln!(
                    out,
                    "{indent}{line} point {}|{}",
                    marker.written,
                    short(text)
                )
                .unwrap();
            }
            Node::Bullet { line, text } => {
                writeln!(out, "{indent}{line} bullet {}", short(text)).unwrap();
            }
            Node::Paragraph { line, text } => {
                writeln!(out, "{indent}{line} {}", short(text)).unwrap();
            }
        }
    }
}

#[test]
fn fact_cases() {
    check("facts", |input| {
        let document = document(input);
        let mut out = String::new();
        for page in &document.pages {
            let (facts, diagnostics) = facts::read(page, "页", "source.txt");
            for (kind, data) in facts.data() {
                let text = yaml_text::data(&data);
                let origin = mingwen::yaml::Origin::file(Path::new("data.yaml"));
                assert_eq!(
                    mingwen::yaml::parse(&text, origin),
                    Ok(data),
                    "does not read back"
                );
                write!(out, "{kind}\n{text}").unwrap();
            }
            for diagnostic in diagnostics {
                writeln!(out, "{diagnostic}").unwrap();
            }
        }
        if out.is_empty() {
            "nothing".into()
        } else {
            out
        }
    });
}

#[test]
fn markdown_cases() {
    check("markdown", |input| {
        let document = document(input);
        let mut out = String::new();
        for page in &document.pages {
            let front = FrontMatter {
                title: "页".into(),
                order: 1,
                file: "source.txt".into(),
                lines: "1-2".into(),
                sha256: "00e1".into(),
                charts: Vec::new(),
            };
            let (facts, _) = facts::read(page, "页", "source.txt");
            let events = facts
                .policies
                .map(|events| events.events)
                .unwrap_or_default();
            let dated: BTreeSet<usize> = events.iter().filter_map(|event| event.line).collect();
            let text = markdown::write(&front, page, &dated);
            let (_, body) = text.split_once("\n---\n").unwrap();
            out.push_str(body.trim_start_matches('\n'));
        }
        out
    });
}

#[test]
fn slug_cases() {
    check("slug", slug);
}
