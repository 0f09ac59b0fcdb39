//! Damaged lines to readable ones, and all that is known about them.
//!
//! In: the lines of a source, the lexicon, a person's corrections. Out: a [`Restoration`]. Promise:
//! what a person corrected teaches the other lines, a line never teaches itself; every line has its
//! evidence.

use std::collections::BTreeMap;
use std::path::Path;

use super::corrections::{self, Applied, Correction};
use super::decode::Decoded;
use super::evidence::{Corrected, Line};
use super::record::{self, Repaired};
use crate::diagnostic::Diagnostic;
use crate::repair::report::DOUBT;
use crate::repair::{Evidence, Options, RepairedLine, repair_document_knowing};

/// For so many corrections whose line has moved it is found out where it is now.
const MOST_SOUGHT: usize = 100;
/// Lines that are named in a message, at most.
const NAMED: usize = 5;
/// Characters of a line that are shown in a message.
const SHOWN: usize = 24;

/// A source after repair.
pub(super) struct Restoration {
    /// Its lines, as they go on to the fixers.
    pub lines: Vec<RepairedLine>,
    /// The damaged ones, for the record.
    pub repaired: Vec<Repaired>,
    /// The corrections that were applied, for the record.
    pub corrections: Vec<record::Corrected>,
    /// Every line, for the file of evidence.
    pub evidence: BTreeMap<usize, Line>,
}

/// Repairs and corrects a source, which messages call `file`.
pub(super) fn restore(
    decoded: &Decoded,
    lexicon: &[String],
    corrections: &[Correction],
    file: &Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> Restoration {
    let originals: Vec<&str> = decoded
        .lines
        .iter()
        .map(|line| line.text.as_str())
        .collect();
    let options = Options {
        lexicon: lexicon.to_vec(),
        channel: None,
    };
    let wanted = corrections::by_line(corrections);
    let know = |index: usize, line: &RepairedLine| {
        let list = wanted.get(&(index + 1))?;
        Some(corrections::apply(originals.get(index)?, line, list).line)
    };
    let lines = repair_document_knowing(&originals, &options, &know);

    let mut restoration = Restoration {
        lines,
        repaired: Vec::new(),
        corrections: Vec::new(),
        evidence: BTreeMap::new(),
    };
    let mut missing = Vec::new();
    for (index, decoded) in decoded.lines.iter().enumerate() {
        let number = index + 1;
        let line = &mut restoration.lines[index];
        let mut corrected = Vec::new();
        if let Some(list) = wanted.get(&number) {
            let outcome = corrections::apply(&decoded.text, line, list);
            *line = outcome.line;
            missing.extend(outcome.missing);
            diagnostics.extend(outcome.diagnostics);
            for applied in &outcome.applied {
                restoration.corrections.push(recorded(applied));
                corrected.push(shown(applied));
            }
        }
        restoration.repaired.extend(repaired(number, line));
        diagnostics.extend(lost(number, line, file));
        let evidence = match &decoded.left_out {
            Some(reason) => Line::left_out(reason),
            None => Line::new(&decoded.text, line, corrected),
        };
        restoration.evidence.insert(number, evidence);
    }
    let beyond = corrections
        .iter()
        .filter(|correction| !(1..=originals.len()).contains(&correction.line));
    diagnostics.extend(beyond.map(|correction| no_line(correction, originals.len(), file)));
    for (at, (correction, columns)) in missing.into_iter().enumerate() {
        let lines = (at < MOST_SOUGHT).then_some(restoration.lines.as_slice());
        diagnostics.push(not_there(correction, &columns, lines, &restoration.lines));
    }
    restoration
}

fn recorded(applied: &Applied<'_>) -> record::Corrected {
    record::Corrected {
        line: applied.correction.line,
        wrong: applied.correction.wrong.clone(),
        right: applied.correction.right.clone(),
        check: applied.check,
    }
}

fn shown(applied: &Applied<'_>) -> Corrected {
    Corrected {
        column: applied.at.start + 1,
        characters: applied.at.len(),
        was: applied.was.clone(),
        check: applied.check,
        note: applied.correction.note.clone(),
    }
}

fn count(line: &RepairedLine, wanted: fn(&Evidence) -> bool) -> usize {
    line.evidence
        .iter()
        .filter(|evidence| wanted(evidence))
        .count()
}

/// A line that is gone for good has lost places and no channel.
fn repaired(number: usize, line: &RepairedLine) -> Option<Repaired> {
    let lost = count(line, |evidence| matches!(evidence, Evidence::Lost));
    (line.is_repaired() || lost > 0).then(|| Repaired {
        line: number,
        channel: line.channel.map(str::to_owned),
        inferred: count(line, |evidence| {
            matches!(evidence, Evidence::Inferred { .. })
        }),
        doubtful: count(
            line,
            |evidence| matches!(evidence, Evidence::Inferred { probability, .. } if *probability < DOUBT),
        ),
        lost,
    })
}

fn lost(number: usize, line: &RepairedLine, file: &Path) -> Option<Diagnostic> {
    let what = match count(line, |evidence| matches!(evidence, Evidence::Lost)) {
        0 => return None,
        1 => "1 character of this line is".to_owned(),
        lost => format!("{lost} characters of this line are"),
    };
    Some(
        Diagnostic::warning(format!("{what} lost and could not be restored"))
            .at(file, number, None)
            .hint("compare the page with another copy of the source"),
    )
}

fn no_line(correction: &Correction, lines: usize, file: &Path) -> Diagnostic {
    let number = correction.line;
    let file = crate::diagnostic::slashed(file);
    let has = if lines == 1 {
        "1 line".to_owned()
    } else {
        format!("{lines} lines")
    };
    correction
        .error("line", format!("{file} has {has}, and no line {number}"))
        .hint("the first line of the source is 1; if its lines have moved, write the new number")
}

/// The words are not where they should be: says where they are, if lines are given to look through.
fn not_there(
    correction: &Correction,
    columns: &[usize],
    sought: Option<&[RepairedLine]>,
    lines: &[RepairedLine],
) -> Diagnostic {
    let Correction { line, wrong, .. } = correction;
    let listed = |numbers: &[usize]| -> String {
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        numbers.join(", ")
    };
    if let Some(column) = correction.column
        && !columns.is_empty()
    {
        let message = format!("`{wrong}` does not stand at column {column} of line {line}");
        return correction.error("column", message).hint(format!(
            "in that line it stands at column {}",
            listed(columns)
        ));
    }
    let elsewhere: Vec<usize> = (1..)
        .zip(sought.unwrap_or_default())
        .filter(|(_, line)| line.text.contains(wrong.as_str()))
        .map(|(number, _)| number)
        .take(NAMED)
        .collect();
    let hint = match elsewhere.as_slice() {
        [] => {
            let text = line.checked_sub(1).and_then(|at| lines.get(at));
            let text = text.map_or("", |line| line.text.as_str());
            let reads: String = text.chars().take(SHOWN).collect();
            let more = if text.chars().nth(SHOWN).is_some() {
                "…"
            } else {
                ""
            };
            format!(
                "the restored line reads `{reads}{more}`; content/imports/ has it in full: copy the words from there"
            )
        }
        [only] => {
            format!("it stands in line {only}: if the lines have moved, write `line: {only}`")
        }
        several => format!(
            "it stands in lines {}: write the one that is meant",
            listed(several)
        ),
    };
    correction
        .error("wrong", format!("line {line} does not hold `{wrong}`"))
        .hint(hint)
}
