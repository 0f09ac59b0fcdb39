//! What a person, or a program, should know about a repaired line. In: a [`RepairedLine`] with its
//! number. Out: a [`LineReport`] to be written as JSON, or the line with its doubtful and lost
//! characters marked in place. Promise: nothing is left out but characters of which repair is sure.

use std::fmt::{self, Write};

use serde::Serialize;

use super::{Evidence, RepairedLine};

/// Characters less probable than this are doubtful: 1 to 2 of 100 characters, which hold 85 to 90 of 100
/// errors on texts of kinds never counted (`mingwen evaluate` counts both).
pub const DOUBT: f64 = 0.95;

/// What is known about one damaged line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineReport {
    /// Its number, from 1.
    pub line: usize,
    /// What damaged it; none if nothing is left to restore it from.
    pub channel: Option<&'static str>,
    /// Whether the channel turns the result into the line as it was.
    pub replays: bool,
    /// Characters of the result.
    pub characters: usize,
    /// Those that the surviving bytes alone determine.
    pub exact: usize,
    /// Those that were chosen among candidates.
    pub inferred: usize,
    /// Those that are gone.
    pub lost: usize,
    /// The doubtful ones and the lost ones, from left to right.
    pub doubts: Vec<Doubt>,
}

/// A character to look at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Doubt {
    /// Where it stands in the result, in characters from 1.
    pub column: usize,
    /// The character.
    pub character: char,
    /// How probable it is; 0 for one that is lost.
    pub probability: f64,
    /// Whether it only stands for something that is gone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub lost: bool,
    /// What else it may be, best first.
    pub alternatives: Vec<Alternative>,
}

/// Another candidate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alternative {
    /// The character.
    pub character: char,
    /// How probable it is.
    pub probability: f64,
}

impl LineReport {
    /// The report on a line (from 1) that stood in the input as `damaged`; `None` if nothing is wrong
    /// with it. Characters less probable than `doubt` are named.
    #[must_use]
    pub fn new(line: usize, damaged: &str, repaired: &RepairedLine, doubt: f64) -> Option<Self> {
        // A sound line has no evidence; one that is gone for good has it, and no channel.
        if repaired.evidence.is_empty() {
            return None;
        }
        let count =
            |wanted: fn(&Evidence) -> bool| repaired.evidence.iter().filter(|e| wanted(e)).count();
        Some(Self {
            line,
            channel: repaired.channel,
            replays: repaired.replays() == damaged,
            characters: repaired.evidence.len(),
            exact: count(|evidence| matches!(evidence, Evidence::Exact)),
            inferred: count(|evidence| matches!(evidence, Evidence::Inferred { .. })),
            lost: count(|evidence| matches!(evidence, Evidence::Lost)),
            doubts: doubts(repaired, doubt),
        })
    }
}

/// The characters of a line that are lost, or less probable than `doubt`.
#[must_use]
pub fn doubts(repaired: &RepairedLine, doubt: f64) -> Vec<Doubt> {
    let characters = (1..).zip(repaired.text.chars());
    let places = characters.zip(&repaired.evidence);
    places
        .filter_map(|((column, character), evidence)| match evidence {
            Evidence::Inferred {
                probability,
                alternatives,
            } if *probability < doubt => Some(Doubt {
                column,
                character,
                probability: rounded(*probability),
                lost: false,
                alternatives: alternatives
                    .iter()
                    .map(|&(character, probability)| Alternative {
                        character,
                        probability: rounded(probability),
                    })
                    .collect(),
            }),
            Evidence::Lost => Some(Doubt {
                column,
                character,
                probability: 0.0,
                lost: true,
                alternatives: Vec::new(),
            }),
            _ => None,
        })
        .collect()
}

/// Four digits: more would be noise, and differ from machine to machine.
fn rounded(probability: f64) -> f64 {
    (probability * 1e4).round() / 1e4
}

/// A line for a person to read, its doubtful characters marked in place.
#[derive(Debug)]
pub struct Explained<'a> {
    /// The readable text.
    pub text: &'a str,
    /// What is known about it.
    pub report: &'a LineReport,
    /// Whether to mark by colour; brackets otherwise.
    pub colour: bool,
}

impl fmt::Display for Explained<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n  {}", self.summary(), self.marked()?)?;
        let next_to = |a: &Doubt, b: &Doubt| a.lost && b.lost && a.column + 1 == b.column;
        for same in self.report.doubts.chunk_by(next_to) {
            match same {
                [doubt] if !doubt.lost => doubt.explain(f)?,
                [doubt] => writeln!(f, "  column {}: lost", doubt.column)?,
                [first, .., last] => {
                    writeln!(f, "  columns {} to {}: lost", first.column, last.column)?;
                }
                [] => {}
            }
        }
        Ok(())
    }
}

impl Doubt {
    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = self.probability * 100.0;
        write!(
            f,
            "  column {}: {} ({percent:.0} %)",
            self.column, self.character
        )?;
        for (at, other) in self.alternatives.iter().take(3).enumerate() {
            let word = if at == 0 { ", or" } else { "," };
            let percent = other.probability * 100.0;
            write!(f, "{word} {} ({percent:.0} %)", other.character)?;
        }
        writeln!(f)
    }
}

impl Explained<'_> {
    fn summary(&self) -> String {
        let LineReport {
            line,
            channel,
            characters,
            exact,
            inferred,
            lost,
            ..
        } = self.report;
        let Some(channel) = channel else {
            return format!("line {line}: {lost} of {characters} characters lost");
        };
        let lost = match lost {
            0 => String::new(),
            lost => format!(", {lost} lost"),
        };
        let gives = if self.report.replays {
            "gives"
        } else {
            "does NOT give"
        };
        format!(
            "line {line}: {channel}; {exact} of {characters} characters exact, {inferred} inferred{lost}; \
             damaging the result {gives} back the input"
        )
    }

    fn marked(&self) -> Result<String, fmt::Error> {
        let (open, close) = if self.colour {
            ("\u{1b}[1;33m", "\u{1b}[0m")
        } else {
            ("[", "]")
        };
        let mut doubts = self
            .report
            .doubts
            .iter()
            .map(|doubt| doubt.column)
            .peekable();
        let mut marked = String::new();
        for (column, character) in (1..).zip(self.text.chars()) {
            // What a source holds must not steer the terminal.
            let character = if character.is_control() {
                '\u{fffd}'
            } else {
                character
            };
            if doubts.next_if_eq(&column).is_some() {
                write!(marked, "{open}{character}{close}")?;
            } else {
                marked.push(character);
            }
        }
        Ok(marked)
    }
}
