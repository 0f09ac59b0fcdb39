//! The evidence of a restoration, `content/imports/<source>.evidence.yaml`: every line of a source as
//! it was restored, and of every damaged line what stood there and how well each character is known.
//!
//! In: the lines after repair and corrections. Out: YAML, and back. Promise: the file is all that is
//! needed to show the restoration; the same import gives the same bytes (probabilities have three
//! digits, because the last ones of a logarithm differ from machine to machine). A sound line is its
//! text alone, a character that the surviving bytes determine has no entry.

mod read;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::account;
use super::yaml_text::{quoted, scalar};
use crate::diagnostic::Diagnostic;
use crate::repair;
use crate::yaml::{self, Origin};

const HEAD: &str = "\
# Written by `mingwen import`: every line of the source as it was restored, and how well it is known.
# Columns count characters from 1. Under `inferred` the character that was chosen comes first.
# Mend the text in a file of corrections beside the source, not here.
";

/// More runners-up than these say nothing to anyone.
const RUNNERS_UP: usize = 4;

/// What is known about the text of a source.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The source, as its record names it.
    pub source: String,
    /// Digest of its bytes.
    pub sha256: String,
    /// Every line by its number.
    pub lines: BTreeMap<usize, Line>,
}

/// One line of a source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// The restored text, before fixers.
    pub text: String,
    /// What the source has, if that is another text.
    pub original: Option<String>,
    /// The damaged stretches.
    pub spans: Vec<Span>,
    /// Whether their channels turn the text into what the source has.
    pub replays: Option<bool>,
    /// Characters that were chosen among candidates, by column: the chosen one, then the runners-up.
    pub inferred: BTreeMap<usize, Vec<(char, f64)>>,
    /// Columns of characters that are gone.
    pub lost: Vec<usize>,
    /// What a person corrected.
    pub corrected: Vec<Corrected>,
    /// Why the text is not here, if it is not.
    pub left_out: Option<String>,
}

/// A damaged stretch. Ranges count characters from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What damaged it.
    pub channel: String,
    /// Its place in the original.
    pub original: Range<usize>,
    /// Its place in the text.
    pub text: Range<usize>,
}

/// What a person corrected.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// Where it begins in the text.
    pub column: usize,
    /// How many characters of the text are hers.
    pub characters: usize,
    /// What would stand there without her.
    pub was: String,
    /// Whether the channel agrees.
    pub check: Check,
    /// Her remark.
    #[serde(default)]
    pub note: Option<String>,
}

/// What the channel, run over a corrected line, says of the correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Check {
    /// It gives what the source has.
    Fits,
    /// It gives something else.
    Questioned,
    /// There is no channel: the place was not damaged, or nothing is left of it.
    Unchecked,
}

impl Check {
    /// The word in the file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::Questioned => "questioned",
            Self::Unchecked => "unchecked",
        }
    }
}

impl Line {
    /// What repair knows of a line that the source has as `original`, and what a person corrected.
    #[must_use]
    pub fn new(original: &str, repaired: &repair::RepairedLine, corrected: Vec<Corrected>) -> Self {
        let mut line = Self {
            text: repaired.text.clone(),
            original: (repaired.text != original).then(|| original.to_owned()),
            replays: repaired
                .is_repaired()
                .then(|| repaired.replays() == original),
            corrected,
            ..Self::default()
        };
        for span in &repaired.spans {
            line.spans.push(Span {
                channel: span.channel.to_owned(),
                original: span.damaged.clone(),
                text: span.restored.clone(),
            });
        }
        let characters = (1..).zip(repaired.text.chars().zip(&repaired.evidence));
        for (column, (character, evidence)) in characters {
            match evidence {
                repair::Evidence::Inferred {
                    probability,
                    alternatives,
                } => {
                    let candidates = candidates(character, *probability, alternatives);
                    line.inferred.insert(column, candidates);
                }
                repair::Evidence::Lost => line.lost.push(column),
                repair::Evidence::Clean | repair::Evidence::Exact => {}
            }
        }
        line
    }

    /// A line whose text is not kept.
    #[must_use]
    pub fn left_out(reason: &str) -> Self {
        Self {
            left_out: Some(reason.to_owned()),
            ..Self::default()
        }
    }

    fn is_text_alone(&self) -> bool {
        self.original.is_none()
            && self.spans.is_empty()
            && self.lost.is_empty()
            && self.corrected.is_empty()
            && self.left_out.is_none()
    }
}

/// The chosen character and its runners-up. One that was chosen among others is never certain.
fn candidates(chosen: char, probability: f64, others: &[(char, f64)]) -> Vec<(char, f64)> {
    let rounded = |probability: f64| (probability * 1e3).round() / 1e3;
    // Rounded down, so that it is on the same side of a threshold as before.
    let mut candidates = vec![(chosen, ((probability * 1e3).floor() / 1e3).min(0.999))];
    let others = others
        .iter()
        .map(|&(other, probability)| (other, rounded(probability)))
        .filter(|&(other, probability)| other != chosen && probability > 0.0);
    candidates.extend(others.take(RUNNERS_UP));
    candidates
}

impl Evidence {
    /// The text of the file.
    #[must_use]
    pub fn write(&self) -> String {
        let mut out = format!(
            "{HEAD}source: {}\nsha256: {}\nlines:\n",
            scalar(&self.source),
            super::markdown::digest(&self.sha256)
        );
        for (number, line) in &self.lines {
            push_line(&mut out, *number, line);
        }
        out
    }

    /// Reads the text of such a file.
    ///
    /// # Errors
    /// A diagnostic with its place, and how to go on.
    pub fn read(text: &str, path: &Path) -> Result<Self, Box<Diagnostic>> {
        yaml::parse(text, Origin::file(path)).map_err(|mut diagnostic| {
            diagnostic.hint = Some("import the source again: this file is made anew".into());
            diagnostic
        })
    }
}

fn push_line(out: &mut String, number: usize, line: &Line) {
    // Writing to a string can't fail.
    if line.is_text_alone() {
        let _ = writeln!(out, "  {number}: {}", scalar(&line.text));
        return;
    }
    if let Some(reason) = &line.left_out {
        let _ = writeln!(out, "  {number}: {{ left_out: {} }}", scalar(reason));
        return;
    }
    let _ = writeln!(out, "  {number}:\n    text: {}", scalar(&line.text));
    if let Some(original) = &line.original {
        let _ = writeln!(out, "    original: {}", scalar(original));
    }
    if !line.spans.is_empty() {
        out.push_str("    spans:\n");
    }
    for span in &line.spans {
        let (original, text) = (columns(&span.original), columns(&span.text));
        let _ = writeln!(
            out,
            "    - {{ channel: {}, original: {original}, text: {text} }}",
            scalar(&span.channel)
        );
    }
    if let Some(replays) = line.replays {
        let _ = writeln!(out, "    replays: {replays}");
    }
    if !line.inferred.is_empty() {
        out.push_str("    inferred:\n");
    }
    for (column, candidates) in &line.inferred {
        let shown: Vec<String> = candidates
            .iter()
            .map(|(character, probability)| {
                format!("{}: {probability:.3}", scalar(&character.to_string()))
            })
            .collect();
        let _ = writeln!(out, "      {column}: {{ {} }}", shown.join(", "));
    }
    if !line.lost.is_empty() {
        let lost = account::ranges(&line.lost);
        let _ = writeln!(out, "    lost: {}", quoted(&lost));
    }
    if !line.corrected.is_empty() {
        out.push_str("    corrected:\n");
    }
    for corrected in &line.corrected {
        let Corrected {
            column,
            characters,
            was,
            check,
            note,
        } = corrected;
        let note = note
            .as_ref()
            .map_or_else(String::new, |note| format!(", note: {}", scalar(note)));
        let _ = writeln!(
            out,
            "    - {{ column: {column}, characters: {characters}, was: {}, check: {}{note} }}",
            scalar(was),
            check.word()
        );
    }
}

/// `3-14` in columns, for characters from 0.
fn columns(range: &Range<usize>) -> String {
    format!("{}-{}", range.start + 1, range.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::{channel, damage, repair_line};

    #[test]
    fn what_is_written_is_read_back() {
        let clean = "推动区块链与实体经济深度融合，“第1条”：是的。";
        let damaged = damage(channel("utf8-gbk-dropped-folded").unwrap(), clean);
        let lost = "烫烫烫烫烫";
        let corrected = Corrected {
            column: 2,
            characters: 0,
            was: "\"#: ".into(),
            check: Check::Questioned,
            note: Some("看过原件".into()),
        };
        let lines = BTreeMap::from([
            (1, Line::new(&damaged, &repair_line(&damaged), Vec::new())),
            (
                2,
                Line::new("- a: 'b'", &repair_line("- a: 'b'"), Vec::new()),
            ),
            (3, Line::new(lost, &repair_line(lost), vec![corrected])),
            (4, Line::left_out("line of 2.0 MiB")),
            (5, Line::new("", &repair_line(""), Vec::new())),
            (6, Line::new("7", &repair_line("7"), Vec::new())),
        ]);
        assert_eq!(lines[&1].text, clean);
        assert_eq!(lines[&1].replays, Some(true));
        assert_eq!(lines[&3].lost, [1, 2, 3, 4, 5]);
        let evidence = Evidence {
            source: "sources/s.txt".into(),
            sha256: "1234".into(),
            lines,
        };
        let text = evidence.write();
        let read = Evidence::read(&text, Path::new("s.evidence.yaml")).unwrap();
        assert_eq!(read, evidence, "{text}");
    }

    #[test]
    fn what_was_chosen_is_never_certain() {
        let others = [('乙', 0.000_4), ('甲', 0.2), ('丙', 0.000_6)];
        let shown = candidates('甲', 0.999_9, &others);
        assert_eq!(shown, [('甲', 0.999), ('丙', 0.001)]);
    }
}
