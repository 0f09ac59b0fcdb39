//! `mingwen evaluate --sound FILE…`: does repair leave texts like these alone?
//!
//! In: sound texts. Each goes through repair as it is, a document at a time. Out: how many lines
//! and characters, how fast, and every line that did not come back byte for byte, which is a
//! diagnostic. Promise: all but the speed is the same each time.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, slashed};
use crate::error::{Error, Result};
use crate::repair::{CHANNELS, Options, damage, repair_document, repair_line};

/// What came of one sound text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Passed {
    /// The text.
    pub file: String,
    /// Its lines.
    pub lines: usize,
    /// Its characters, without line ends.
    pub characters: usize,
    /// Lines that were changed.
    pub changed: usize,
    /// Millions of bytes a second.
    pub megabytes_a_second: f64,
}

/// Puts every file through repair. A diagnostic for each line that comes back as another.
pub fn run(files: &[PathBuf], json: bool, output: &mut impl Write) -> Result<Vec<Diagnostic>> {
    // Model and tables are loaded when they are first asked for: not a matter of any text's speed.
    for channel in CHANNELS {
        let _ = repair_line(&damage(channel, "中国工业企业价格上涨"));
    }
    let mut diagnostics = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).map_err(Error::read(file))?;
        let (passed, found) = pass(file, &text);
        let said = if json {
            serde_json::to_string(&passed).unwrap_or_default() + "\n"
        } else {
            passed.to_string()
        };
        output
            .write_all(said.as_bytes())
            .map_err(Error::write("<standard output>"))?;
        diagnostics.extend(found);
    }
    Ok(diagnostics)
}

/// Puts one text through repair.
#[must_use]
pub fn pass(file: &Path, text: &str) -> (Passed, Vec<Diagnostic>) {
    let lines: Vec<&str> = text.lines().collect();
    let start = Instant::now();
    let repaired = repair_document(&lines, &Options::default());
    let seconds = start.elapsed().as_secs_f64().max(1e-6);
    let diagnostics: Vec<Diagnostic> = (1..)
        .zip(lines.iter().zip(&repaired))
        .filter(|(_, (line, repaired))| repaired.text != **line)
        .map(|(number, (line, repaired))| {
            let channel = repaired.channel.unwrap_or_default();
            Diagnostic::error(format!(
                "repair takes this for damaged by {channel}: `{line}` becomes `{}`",
                repaired.text
            ))
            .at(file, number, None)
            .hint("if the line is sound, repair does harm here: please report it")
        })
        .collect();
    let passed = Passed {
        file: slashed(file),
        lines: lines.len(),
        characters: lines.iter().map(|line| line.chars().count()).sum(),
        changed: diagnostics.len(),
        megabytes_a_second: (text.len() as f64 / seconds / 1e5).round() / 10.0,
    };
    (passed, diagnostics)
}

impl std::fmt::Display for Passed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "{}: {} characters in {} lines, {} changed; {:.1} MB/s",
            self.file, self.characters, self.lines, self.changed, self.megabytes_a_second
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_lines_that_do_not_come_back() {
        let damaged = damage(&CHANNELS[0], "各区县要抓紧制定实施细则。");
        let text = format!("什么\n{damaged}\nplain\n");
        let (passed, diagnostics) = pass(Path::new("x.txt"), &text);
        assert_eq!((passed.lines, passed.changed), (3, 1));
        assert_eq!(passed.characters, 7 + damaged.chars().count());
        assert_eq!(diagnostics[0].place.as_ref().unwrap().line, Some(2));
    }
}
