//! `mingwen evaluate [--channel NAME] FILE…`: how well does repair do on texts like these?
//!
//! In: clean texts. Each is damaged and repaired as a document, and compared with what it was, as
//! far as the channel's encoding can write it. Out: characters, accuracy of the naive round trip and
//! of repair, errors removed, what the probabilities are worth, speed. Only lines that the channel
//! changes are counted. Promise: all numbers but the speed are the same each time.

mod align;
pub mod sound;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;
use serde::Serialize;

use align::align;

use crate::diagnostic::slashed;
use crate::error::{Error, Result};
use crate::repair::report::DOUBT;
use crate::repair::{Channel, Evidence, Options, RepairedLine, damage, naive, repair_document};

/// The bands of the reliability table end here.
const BANDS: [f64; 6] = [0.5, 0.8, 0.9, 0.97, 0.995, 1.0];

/// What came of one text.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Tally {
    /// The text.
    pub file: String,
    /// Lines that the channel changes, and the characters in them.
    pub lines: usize,
    /// Characters in those lines.
    pub characters: usize,
    /// Of those, characters that the written encoding does not have: the text that was damaged has
    /// `?` in their place, and so has what counts as right.
    pub unwritable: usize,
    /// Errors of the naive round trip, in characters to change.
    pub naive_errors: usize,
    /// Errors after repair.
    pub errors: usize,
    /// Damaged lines that were taken for clean.
    pub left_alone: usize,
    /// Results that the channel does not turn back into the damaged line.
    pub not_replaying: usize,
    /// Characters that the surviving bytes alone determine.
    pub exact: Band,
    /// The chosen characters by their probability.
    pub reliability: Vec<Band>,
    /// The characters named as doubtful.
    pub doubts: Band,
    /// Damaged characters repaired in a second.
    pub characters_a_second: f64,
}

/// Characters of about the same probability.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Band {
    /// Their probability is below this.
    pub below: f64,
    /// How many there are.
    pub characters: usize,
    /// How many of them are right.
    pub right: usize,
}

impl Band {
    fn below(below: f64) -> Self {
        Self {
            below,
            ..Self::default()
        }
    }

    fn count(&mut self, right: bool) {
        self.characters += 1;
        self.right += usize::from(right);
    }
}

/// Evaluates every file; the results go to `output`, as JSON (an object a line) or for people.
pub fn run(
    channel: &Channel,
    files: &[PathBuf],
    json: bool,
    output: &mut impl Write,
) -> Result<()> {
    for file in files {
        let text = fs::read_to_string(file).map_err(Error::read(file))?;
        let tally = evaluate(channel, file, &text);
        let said = if json {
            serde_json::to_string(&tally).unwrap_or_default() + "\n"
        } else {
            tally.to_string()
        };
        output
            .write_all(said.as_bytes())
            .map_err(Error::write("<standard output>"))?;
    }
    Ok(())
}

/// Damages a clean text, repairs it, and counts what came back.
#[must_use]
pub fn evaluate(channel: &Channel, file: &Path, text: &str) -> Tally {
    let pairs: Vec<(&str, String)> = text
        .par_lines()
        .map(|line| (line, damage(channel, line)))
        .filter(|(line, damaged)| line != damaged)
        .collect();
    let damaged: Vec<&str> = pairs.iter().map(|pair| pair.1.as_str()).collect();
    let start = Instant::now();
    let repaired = repair_document(&damaged, &Options::default());
    let seconds = start.elapsed().as_secs_f64();
    let mut tally = Tally {
        file: slashed(file),
        lines: pairs.len(),
        reliability: BANDS.map(Band::below).to_vec(),
        doubts: Band::below(DOUBT),
        ..Tally::default()
    };
    for ((line, damaged), repaired) in pairs.iter().zip(&repaired) {
        tally.line(channel, line, damaged, repaired);
    }
    let characters: usize = damaged.iter().map(|line| line.chars().count()).sum();
    tally.characters_a_second = (characters as f64 / seconds.max(1e-6)).round();
    tally
}

impl Tally {
    fn line(&mut self, channel: &Channel, line: &str, damaged: &str, repaired: &RepairedLine) {
        let is_written = |c: &char| channel.writes(*c);
        let truth = line.chars().map(|c| if is_written(&c) { c } else { '?' });
        let truth: Vec<char> = truth.collect();
        self.unwritable += line.chars().filter(|c| !is_written(c)).count();
        let result: Vec<char> = repaired.text.chars().collect();
        let naive: Vec<char> = naive(channel, damaged).chars().collect();
        self.characters += truth.len();
        let aligned = align(&truth, &result);
        self.naive_errors += align(&truth, &naive).distance;
        self.errors += aligned.distance;
        self.left_alone += usize::from(!repaired.is_repaired());
        self.not_replaying += usize::from(repaired.replays() != damaged);
        for (right, evidence) in aligned.right.into_iter().zip(&repaired.evidence) {
            match evidence {
                Evidence::Exact => self.exact.count(right),
                Evidence::Inferred { probability, .. } => {
                    let last = BANDS.len() - 1;
                    let at = BANDS.iter().position(|below| probability < below);
                    self.reliability[at.unwrap_or(last)].count(right);
                    if *probability < DOUBT {
                        self.doubts.count(right);
                    }
                }
                Evidence::Clean | Evidence::Lost => {}
            }
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let all = self.characters.max(1) as f64;
        let right = |errors: usize| 100.0 * (1.0 - errors as f64 / all);
        writeln!(
            f,
            "{}: {} characters in {} lines",
            self.file, self.characters, self.lines
        )?;
        if self.unwritable > 0 {
            writeln!(
                f,
                "  characters that the channel's encoding does not have: {}, counted as `?`",
                self.unwritable
            )?;
        }
        writeln!(
            f,
            "  right: {:.3} %; naive round trip {:.2} %; {:.1} % of its {} errors removed, {} left",
            right(self.errors),
            right(self.naive_errors),
            100.0 * (1.0 - self.errors as f64 / self.naive_errors.max(1) as f64),
            self.naive_errors,
            self.errors
        )?;
        writeln!(
            f,
            "  lines taken for clean: {}; results that the channel does not give back: {}",
            self.left_alone, self.not_replaying
        )?;
        writeln!(
            f,
            "  exact: {} of {} right",
            self.exact.right, self.exact.characters
        )?;
        let mut from = 0.0;
        for band in &self.reliability {
            writeln!(
                f,
                "  probability {from:.3} to {:.3}: {} of {} right ({:.1} %)",
                band.below,
                band.right,
                band.characters,
                100.0 * band.right as f64 / band.characters.max(1) as f64
            )?;
            from = band.below;
        }
        let found = self.doubts.characters - self.doubts.right;
        writeln!(
            f,
            "  doubts (below {DOUBT}): {} characters ({:.2} %), with {found} of the {} errors",
            self.doubts.characters,
            100.0 * self.doubts.characters as f64 / all,
            self.errors
        )?;
        writeln!(
            f,
            "  {:.0} damaged characters a second",
            self.characters_a_second
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_came_back() {
        let text = "全市新增停车位，修建道路。\nplain\n各区县要抓紧制定实施细则。\n";
        let channel = crate::repair::CHANNELS.first().unwrap();
        let tally = evaluate(channel, Path::new("x.txt"), text);
        assert_eq!((tally.lines, tally.characters), (2, 26));
        assert_eq!((tally.not_replaying, tally.left_alone), (0, 0));
        assert_eq!(tally.exact.right, tally.exact.characters);
        let chosen: usize = tally.reliability.iter().map(|band| band.characters).sum();
        assert_eq!(tally.exact.characters + chosen, 26);
    }
}
