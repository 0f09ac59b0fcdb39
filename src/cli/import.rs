//! `mingwen import FILE`: a source document to Markdown and data.
//!
//! In: the root, the file, the configuration. Out: a summary on the given writer, and the
//! diagnostics for the caller to print. Promise: the summary is the same for the same import.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::import::evidence::Check;
use crate::import::record::{Corrected, Record, Repaired};
use crate::import::{self, Outcome};

/// Imports and says what was done.
///
/// # Errors
/// If the source can't be read, or something can't be written.
pub fn run(
    root: &Path,
    file: &Path,
    config: &Config,
    out: &mut dyn Write,
) -> Result<Vec<Diagnostic>> {
    let outcome = import::import(root, file, config)?;
    if let Some(record) = &outcome.record {
        match summary(out, &outcome, record) {
            // All is done: a reader who has seen enough of it must not hide what is wrong.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            said => said.map_err(Error::write("standard output"))?,
        }
    }
    Ok(outcome.diagnostics)
}

fn summary(out: &mut dyn Write, outcome: &Outcome, record: &Record) -> io::Result<()> {
    writeln!(
        out,
        "{}: {} ({})",
        record.source.file, record.source.encoding, record.source.evidence
    )?;
    restored(out, &record.repaired)?;
    corrected(out, &record.corrections)?;
    let states = States::of(outcome);
    for (path, title) in outcome.pages.iter().chain(&outcome.data) {
        writeln!(out, "  {:9} {path}  {title}", states.word(path))?;
    }
    for account in outcome.account() {
        if let Some(reason) = account
            .left_out
            .as_deref()
            .filter(|reason| *reason != "empty line")
        {
            writeln!(out, "  left out  line {}: {reason}", account.lines)?;
        }
    }
    for (path, what) in [
        (&outcome.evidence_path, "every line with its evidence"),
        (&outcome.record_path, "the record of this import"),
    ] {
        writeln!(out, "  {:9} {path}  {what}", states.word(path))?;
    }
    Ok(())
}

fn restored(out: &mut dyn Write, lines: &[Repaired]) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let damaged = lines.iter().filter(|line| line.channel.is_some()).count();
    let sum = |count: fn(&Repaired) -> usize| lines.iter().map(count).sum::<usize>();
    writeln!(
        out,
        "  restored  {} damaged {}: {} characters inferred, {} of them doubtful, {} lost",
        damaged,
        if damaged == 1 { "line" } else { "lines" },
        sum(|line| line.inferred),
        sum(|line| line.doubtful),
        sum(|line| line.lost),
    )
}

fn corrected(out: &mut dyn Write, corrections: &[Corrected]) -> io::Result<()> {
    if corrections.is_empty() {
        return Ok(());
    }
    let count = |check| corrections.iter().filter(|c| c.check == check).count();
    let parts: Vec<String> = [
        (count(Check::Fits), "in keeping with the damage"),
        (count(Check::Questioned), "questioned"),
        (count(Check::Unchecked), "with no damage to check against"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} {what}"))
    .collect();
    let all = corrections.len();
    let word = if all == 1 { "place" } else { "places" };
    writeln!(
        out,
        "  corrected {all} {word} as you say: {}",
        parts.join(", ")
    )
}

/// What became of each file, for a word beside its name.
struct States<'a> {
    beside: BTreeSet<&'a str>,
    written: BTreeSet<&'a str>,
}

impl<'a> States<'a> {
    fn of(outcome: &'a Outcome) -> Self {
        let set = |list: &'a [String]| list.iter().map(String::as_str).collect();
        Self {
            beside: set(&outcome.beside),
            written: set(&outcome.written),
        }
    }

    fn word(&self, path: &str) -> &'static str {
        if self.beside.contains(path) {
            "edited"
        } else if self.written.contains(path) {
            "written"
        } else {
            "unchanged"
        }
    }
}
