//! The way back: from the file of evidence to its lines.
//!
//! In: YAML, as serde sees it. Out: a [`Line`], from a text alone or from all that is known about it.
//! Promise: candidates keep the order in which they stand in the file.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::{Corrected, Line, Span};
use crate::import::account;

/// A line with more to say than its text, as it stands in the file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    text: String,
    original: Option<String>,
    spans: Vec<WrittenSpan>,
    replays: Option<bool>,
    inferred: BTreeMap<usize, Candidates>,
    lost: String,
    corrected: Vec<Corrected>,
    left_out: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSpan {
    channel: String,
    original: String,
    text: String,
}

impl From<Written> for Line {
    fn from(written: Written) -> Self {
        let range = |text: &str| -> Range<usize> {
            // `5-4` is the empty range before column 5.
            let (first, last) = text.split_once('-').unwrap_or((text, text));
            let first = first.parse::<usize>().unwrap_or(1).saturating_sub(1);
            first..last.parse().unwrap_or(first).max(first)
        };
        let spans = written.spans.into_iter().map(|span| Span {
            original: range(&span.original),
            text: range(&span.text),
            channel: span.channel,
        });
        let characters = written.text.chars().count();
        let lost = account::parse(&written.lost)
            .into_iter()
            .flat_map(|(first, last)| first..=last.min(characters));
        Self {
            spans: spans.collect(),
            lost: lost.collect(),
            text: written.text,
            original: written.original,
            replays: written.replays,
            inferred: written
                .inferred
                .into_iter()
                .map(|(column, candidates)| (column, candidates.0))
                .collect(),
            corrected: written.corrected,
            left_out: written.left_out,
        }
    }
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LineVisitor)
    }
}

struct LineVisitor;

impl<'de> Visitor<'de> for LineVisitor {
    type Value = Line;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a text, or what is known about one")
    }

    fn visit_str<E>(self, text: &str) -> Result<Line, E> {
        Ok(Line {
            text: text.to_owned(),
            ..Line::default()
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Line, A::Error> {
        Written::deserialize(MapAccessDeserializer::new(map)).map(Line::from)
    }
}

/// Characters with their probabilities, in the order of the file.
struct Candidates(Vec<(char, f64)>);

impl<'de> Deserialize<'de> for Candidates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(CandidatesVisitor)
    }
}

struct CandidatesVisitor;

impl<'de> Visitor<'de> for CandidatesVisitor {
    type Value = Candidates;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("characters with their probabilities")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Candidates, A::Error> {
        let mut candidates = Vec::new();
        while let Some(candidate) = map.next_entry()? {
            candidates.push(candidate);
        }
        Ok(Candidates(candidates))
    }
}
