//! Damaged text to readable text, with evidence for every character.

/// One line after repair.
#[derive(Debug, Clone, PartialEq)]
pub struct RepairedLine {
    /// The readable text; the input itself, byte for byte, if nothing was damaged.
    pub text: String,
    /// Name of the channel that did the damage; `None` for a clean line.
    pub channel: Option<&'static str>,
    /// Evidence for each character of `text`; empty for a clean line.
    pub evidence: Vec<Evidence>,
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

/// Repairs one line (without its line end).
#[must_use]
pub fn repair_line(line: &str) -> RepairedLine {
    RepairedLine {
        text: line.to_owned(),
        channel: None,
        evidence: Vec::new(),
    }
}
