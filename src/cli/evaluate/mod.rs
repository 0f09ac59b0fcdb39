//! `mingwen evaluate [--channel NAME] FILE…`: how well does repair do on texts like these?
//!
//! In: clean texts. Each is damaged and repaired as a document, and compared with what it was. Out:
//! characters, accuracy of the naive round trip and of repair, errors removed, what the
//! probabilities are worth, speed. Only lines that the channel changes are counted. Promise: all
//! numbers but the speed are the same each time.

pub mod sound;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;
use serde::Serialize;

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
        let truth: Vec<char> = line.chars().collect();
        let result: Vec<char> = repaired.text.chars().collect();
        let naive: Vec<char> = naive(channel, damaged).chars().collect();
        self.characters += truth.len();
        self.naive_errors += distance(&truth, &naive);
        self.errors += distance(&truth, &result);
        self.left_alone += usize::from(!repaired.is_repaired());
        self.not_replaying += usize::from(repaired.replays() != damaged);
        if truth.len() != result.len() {
            return;
        }
        for ((truth, result), evidence) in truth.iter().zip(&result).zip(&repaired.evidence) {
            let right = truth == result;
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

/// Beyond this many differing characters a line is compared place by place: the exact distance
/// takes time that grows with the square.
const COMPARED: usize = 4_000;

/// Edit distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    let (back_a, back_b) = (a.iter().rev(), b.iter().rev());
    let same = back_a.zip(back_b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    if a.len().min(b.len()) > COMPARED {
        let differ = a.iter().zip(b).filter(|(x, y)| x != y).count();
        return differ + a.len().abs_diff(b.len());
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            let least = (row[j] + 1).min(above + 1);
            row[j + 1] = least.min(corner + usize::from(x != y));
            corner = above;
        }
    }
    row[b.len()]
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

    #[test]
    fn measures_distance() {
        for (a, b, wanted) in [
            ("", "", 0),
            ("甲乙", "甲乙", 0),
            ("甲乙丙", "甲丙", 1),
            ("甲乙", "丁", 2),
        ] {
            let list = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(distance(&list(a), &list(b)), wanted, "{a} {b}");
        }
    }
}
