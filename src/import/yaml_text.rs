//! YAML as a person would type it: the little that `import` writes.
//!
//! In: strings, numbers, [`Data`]. Out: lines of YAML. Promise: every strict parser reads back what
//! went in; a string is quoted only where it must be.
//!
//! Written by hand because the serializer prints `111.0` for 111 and a line for each half of a label,
//! and these files are made to be read and edited.

use std::fmt::Write;

use crate::content::data::{Data, DataSource, Event, Precision, Series, Value};
use crate::lang::Localized;
use crate::yaml;

/// A string as a scalar that may stand anywhere, also inside `{ … }`.
#[must_use]
pub fn scalar(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// A string in double quotes, with the escapes that YAML and JSON share.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // What YAML calls not printable, and what it takes for a line end.
            c if c.is_control()
                || matches!(
                    c,
                    '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
                ) =>
            {
                // Writing to a string can't fail.
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Surely a string and surely whole without quotes: a letter or an ideograph first (or a digit, if an
/// ideograph shows that it is no number), then nothing that YAML could see a sign in, and not one of
/// its words.
fn is_plain(text: &str) -> bool {
    let chinese = text.chars().any(crate::import::chars::is_han);
    let starts = text.chars().next().is_some_and(|c| {
        c.is_alphabetic() || (chinese && c.is_ascii_digit()) || matches!(c, '《' | '（' | '“')
    });
    let ordinary = |c: char| {
        c.is_alphanumeric()
            || matches!(c, ' ' | '-' | '_' | '.' | '/' | '+')
            || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
            || crate::import::chars::is_full_width_punctuation(c)
    };
    let word = matches!(
        text.to_ascii_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "null"
    );
    starts && !word && !text.ends_with(' ') && text.chars().all(ordinary)
}

/// A number without a fraction where it has none.
#[must_use]
pub fn number(value: f64) -> String {
    // `Display` of a whole f64 has no point, and never an exponent.
    format!("{value}")
}

/// A file of data.
#[must_use]
pub fn data(data: &Data) -> String {
    let mut out = String::new();
    match data {
        Data::Series(series) => push_series(&mut out, series),
        Data::Events(events) => {
            out.push_str("kind: events\n");
            key(&mut out, "", "title", &localized(&events.title));
            push_text(&mut out, "", "description", &events.description);
            push_source(&mut out, events.source.as_ref());
            if let Some(is_listed) = events.timeline {
                key(&mut out, "", "timeline", &is_listed.to_string());
            }
            out.push_str("events:\n");
            for event in &events.events {
                push_event(&mut out, event);
            }
        }
        // `import` makes none of these.
        Data::Table(_) | Data::Groups(_) => out = yaml::write(data).unwrap_or_default(),
    }
    out
}

fn push_series(out: &mut String, series: &Series) {
    out.push_str("kind: series\n");
    key(out, "", "title", &localized(&series.title));
    push_text(out, "", "description", &series.description);
    push_text(out, "", "period", &series.period);
    push_text(out, "", "unit", &series.unit);
    push_source(out, series.source.as_ref());
    out.push_str("values:\n");
    for value in &series.values {
        push_value(out, value);
    }
}

fn push_value(out: &mut String, value: &Value) {
    key(out, "- ", "label", &localized(&value.label));
    key(out, "  ", "value", &number(value.value));
    push_text(out, "  ", "unit", &value.unit);
    if let Some(qualifier) = value.qualifier {
        key(out, "  ", "qualifier", qualifier.word());
    }
    push_origin(
        out,
        (value.line, value.column),
        value.read.as_deref(),
        value.inferred,
    );
}

/// Where a fact was read, from which words, and whether they are sure.
fn push_origin(
    out: &mut String,
    (line, column): (Option<usize>, Option<usize>),
    read: Option<&str>,
    inferred: bool,
) {
    for (name, number) in [("line", line), ("column", column)] {
        if let Some(number) = number {
            key(out, "  ", name, &number.to_string());
        }
    }
    if let Some(read) = read {
        key(out, "  ", "read", &scalar(read));
    }
    if inferred {
        key(out, "  ", "inferred", "true");
    }
}

fn push_event(out: &mut String, event: &Event) {
    key(out, "- ", "date", &event.date.to_string());
    if event.precision != Precision::Day {
        key(out, "  ", "precision", event.precision.word());
    }
    if let Some(until) = event.until {
        key(out, "  ", "until", &until.to_string());
    }
    key(out, "  ", "label", &localized(&event.label));
    push_text(out, "  ", "issuer", &event.issuer);
    push_text(out, "  ", "region", &event.region);
    push_origin(
        out,
        (event.line, event.column),
        event.read.as_deref(),
        event.inferred,
    );
}

fn push_source(out: &mut String, source: Option<&DataSource>) {
    if let Some(source) = source {
        let file = scalar(&source.file);
        let line = source
            .line
            .map_or_else(String::new, |line| format!(", line: {line}"));
        key(out, "", "source", &format!("{{ file: {file}{line} }}"));
    }
}

fn push_text(out: &mut String, indent: &str, name: &str, text: &Localized) {
    if !text.is_empty() {
        key(out, indent, name, &localized(text));
    }
}

fn key(out: &mut String, indent: &str, name: &str, value: &str) {
    out.push_str(indent);
    out.push_str(name);
    out.push_str(": ");
    out.push_str(value);
    out.push('\n');
}

fn localized(text: &Localized) -> String {
    let halves: Vec<String> = [("zh", &text.zh), ("en", &text.en)]
        .into_iter()
        .filter_map(|(code, text)| Some(format!("{code}: {}", scalar(text.as_ref()?))))
        .collect();
    format!("{{ {} }}", halves.join(", "))
}
