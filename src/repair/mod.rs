//! Damaged text to readable text, with evidence for every character.
//!
//! In: lines. Out: a [`RepairedLine`] for each. A line that is sound comes out byte for byte as it
//! came; in a damaged one each damaged stretch is replaced by the most probable text that its
//! [`channel`](mod@channel) turns into exactly that stretch, which [`RepairedLine::replays`] proves.
//!
//! Text that was read byte by byte has lost nothing and comes back exactly (`bytes`); of text that
//! is gone for good the places are named and nothing is guessed (`lost`): such a line has no
//! channel, and [`Evidence::Lost`] where nothing is left. For all else the stages are, in order:
//! `detect` (is there anything to look at?), `lattice` (every text that the channel could have
//! made this of), `search` (the most probable of them under the word [`model`], with posteriors),
//! `detect` again (is it more probable than what stands there?), `restore` (windows, and the line
//! put together). For a whole document, `company` restores what its neighbours speak for, and
//! `document` has doubtful lines searched again with the `terms` that its other lines prove, what they
//! count in other digits among them (`numbers`), the characters that it is about (`topic`) and the marks
//! that it uses (`habits`), in the script that it is written in (`traditional`).

mod again;
mod bytes;
pub mod channel;
mod characters;
pub mod classes;
mod company;
mod counted;
mod detect;
mod document;
mod encodings;
mod habits;
mod in_order;
mod lattice;
mod leaning;
mod lost;
pub mod model;
mod naive;
pub mod ngrams;
mod numbers;
mod quoted;
pub mod report;
mod restore;
mod search;
mod table;
mod terms;
mod topic;
mod trace;
pub(crate) mod traditional;

use std::ops::Range;

use rayon::prelude::*;

pub use channel::{CHANNELS, Channel, channel, damage};
pub use document::{Options, repair_document, repair_document_knowing};
pub use naive::naive;
pub use trace::{Reading, Trace, trace};

/// Lines longer than this (in bytes) are not repaired: no text has such lines, and a search over
/// them would keep everyone waiting.
pub const MAX_LINE: usize = 1 << 20;

/// A character of at least this probability is as good as proven.
const PROVEN: f64 = 0.995;

/// One line after repair.
#[derive(Debug, Clone, PartialEq)]
pub struct RepairedLine {
    /// The readable text; the input itself, byte for byte, if nothing was damaged.
    pub text: String,
    /// Name of the channel that did the (first) damage; `None` for a clean line.
    pub channel: Option<&'static str>,
    /// Evidence for each character of `text`; empty for a clean line. A line that only has lost
    /// places has evidence but no channel.
    pub evidence: Vec<Evidence>,
    /// The damaged stretches, in order; empty for a clean line.
    pub spans: Vec<Span>,
    /// Why the line was not looked at, if it was not.
    pub skipped: Option<&'static str>,
}

/// A damaged stretch of a line. Ranges count characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Name of the channel that did it.
    pub channel: &'static str,
    /// Where it stood in the input.
    pub damaged: Range<usize>,
    /// Where what was restored from it stands in the text.
    pub restored: Range<usize>,
}

/// How well one character of the result is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Evidence {
    /// It stood in the input as it is.
    Clean,
    /// The surviving bytes alone determine it.
    Exact,
    /// Chosen among candidates.
    Inferred {
        /// Posterior over the search, 0 to 1.
        probability: f64,
        /// The runners-up with their probabilities, best first.
        alternatives: Vec<(char, f64)>,
    },
    /// Gone: no candidate is worth naming.
    Lost,
}

impl Evidence {
    /// Whether a character stood there, or is as good as proven: of those one in thousands is wrong.
    fn is_proven(&self) -> bool {
        match self {
            Self::Clean | Self::Exact => true,
            Self::Inferred { probability, .. } => *probability >= PROVEN,
            Self::Lost => false,
        }
    }
}

impl RepairedLine {
    /// A line that stays as it is.
    fn unchanged(line: &str, skipped: Option<&'static str>) -> Self {
        Self {
            text: line.to_owned(),
            channel: None,
            evidence: Vec::new(),
            spans: Vec::new(),
            skipped,
        }
    }

    /// Whether something was restored.
    #[must_use]
    pub fn is_repaired(&self) -> bool {
        self.channel.is_some()
    }

    /// The characters with the evidence for each; where nothing was damaged, all stood there.
    fn places(&self) -> impl Iterator<Item = (char, &Evidence)> {
        let stood = std::iter::repeat(&Evidence::Clean);
        self.text.chars().zip(self.evidence.iter().chain(stood))
    }

    /// Whether nothing but ASCII is outside of the restored stretches.
    fn only_ascii_stays(&self) -> bool {
        let mut places = self.text.chars().zip(&self.evidence);
        places.all(|(character, evidence)| *evidence != Evidence::Clean || character.is_ascii())
    }

    /// Runs the restored stretches through the channel again: the line as it was before repair.
    #[must_use]
    pub fn replays(&self) -> String {
        let mut characters = self.text.chars();
        let mut replayed = String::new();
        let mut at = 0;
        for span in &self.spans {
            let before = span.restored.start.saturating_sub(at);
            replayed.extend(characters.by_ref().take(before));
            let restored: String = characters.by_ref().take(span.restored.len()).collect();
            match channel(span.channel) {
                Some(channel) => replayed.push_str(&damage(channel, &restored)),
                None => replayed.push_str(&restored),
            }
            at = span.restored.end;
        }
        replayed.extend(characters);
        replayed
    }
}

/// Repairs one line (without its line end).
#[must_use]
pub fn repair_line(line: &str) -> RepairedLine {
    if line.len() > MAX_LINE {
        return RepairedLine::unchanged(line, Some("the line is longer than 1 MiB"));
    }
    restore::line(line, None).unwrap_or_else(|| RepairedLine::unchanged(line, None))
}

/// Repairs one line that is known to have been damaged, where it was, by this channel alone.
#[must_use]
pub fn repair_line_by(line: &str, channel: &'static Channel) -> RepairedLine {
    if line.len() > MAX_LINE {
        return RepairedLine::unchanged(line, Some("the line is longer than 1 MiB"));
    }
    restore::line(line, Some(channel)).unwrap_or_else(|| RepairedLine::unchanged(line, None))
}

/// Repairs many lines, on all cores; the results are in the order of the lines.
#[must_use]
pub fn repair_lines<L: AsRef<str> + Sync>(lines: &[L]) -> Vec<RepairedLine> {
    lines
        .par_iter()
        .map(|line| repair_line(line.as_ref()))
        .collect()
}
