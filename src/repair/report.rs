//! What a person, or a program, should know about a repaired line. In: a [`RepairedLine`] with its
//! number. Out: a [`LineReport`] to be written as JSON, or the line with its doubtful characters
//! marked in place. Promise: nothing is left out but characters of which repair is sure.

use std::fmt::{self, Write};

use serde::Serialize;

use super::{Evidence, RepairedLine};

/// Characters less probable than this are doubtful: 1.5 of 100 characters, which hold 85 of 100
/// errors on texts of kinds never counted (`mingwen evaluate` counts both).
pub const DOUBT: f64 = 0.97;

/// What is known about one damaged line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineReport {
    /// Its number, from 1.
    pub line: usize,
    /// What damaged it.
    pub channel: &'static str,
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
    /// The doubtful ones, from left to right.
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
    /// The report on a line (from 1) that stood in the input as `damaged`; `None` if it is clean.
    /// Characters less probable than `doubt` are named.
    #[must_use]
    pub fn new(line: usize, damaged: &str, repaired: &RepairedLine, doubt: f64) -> Option<Self> {
        let channel = repaired.channel?;
        let count =
            |wanted: fn(&Evidence) -> bool| repaired.evidence.iter().filter(|e| wanted(e)).count();
        Some(Self {
            line,
            channel,
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
        let report = self.report;
        write!(
            f,
            "line {}: {}; {} of {} characters exact, {} inferred",
            report.line, report.channel, report.exact, report.characters, report.inferred
        )?;
        if report.lost > 0 {
            write!(f, ", {} lost", report.lost)?;
        }
        let proof = if report.replays {
            "damaging the result gives back the input"
        } else {
            "damaging the result does NOT give back the input"
        };
        writeln!(f, "; {proof}\n  {}", self.marked()?)?;
        for doubt in &report.doubts {
            write!(
                f,
                "  column {}: {} ({:.0} %)",
                doubt.column,
                doubt.character,
                doubt.probability * 100.0
            )?;
            for (at, other) in doubt.alternatives.iter().take(3).enumerate() {
                let word = if at == 0 { ", or" } else { "," };
                let percent = other.probability * 100.0;
                write!(f, "{word} {} ({percent:.0} %)", other.character)?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

impl Explained<'_> {
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
