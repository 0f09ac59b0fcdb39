//! Corrections into effect, a line at a time.
//!
//! In: a line as the source has it and as repair has it, and the [`Correction`]s for it. Out: the line
//! as the person has it, and what is to be said. All of them look at the line as repair has it, so
//! that their order does not matter. Promise: the channel is asked about each.

use std::ops::Range;

use super::place::{self, Found};
use super::{Correction, Entry};
use crate::diagnostic::Diagnostic;
use crate::import::evidence::Check;
use crate::repair::{Evidence, RepairedLine, Span};

/// So many corrections of a line are tried one by one to find those that the channel speaks against.
const TRIED: usize = 64;
/// Characters shown of a line that the channel makes otherwise.
const SHOWN: usize = 8;

/// What came of the corrections for a line.
#[derive(Debug)]
pub struct Outcome<'a> {
    /// The line with all that could be applied.
    pub line: RepairedLine,
    /// What was applied, from left to right.
    pub applied: Vec<Applied<'a>>,
    /// Those whose words are not there, with the columns at which they are.
    pub missing: Vec<(&'a Correction, Vec<usize>)>,
    /// What is wrong with the others.
    pub diagnostics: Vec<Diagnostic>,
}

/// A correction in effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied<'a> {
    /// What the person wrote.
    pub correction: &'a Correction,
    /// What is hers in the line now, in characters from 0.
    pub at: Range<usize>,
    /// What stood there.
    pub was: String,
    /// What the channel says of it.
    pub check: Check,
}

/// Applies the corrections for a line that the source has as `original`.
#[must_use]
pub fn apply<'a>(
    original: &str,
    line: &RepairedLine,
    corrections: &[&'a Correction],
) -> Outcome<'a> {
    let characters: Vec<char> = line.text.chars().collect();
    let mut outcome = Outcome {
        line: line.clone(),
        applied: Vec::new(),
        missing: Vec::new(),
        diagnostics: Vec::new(),
    };
    let mut edits: Vec<Edit<'a>> = Vec::new();
    for &correction in corrections {
        let (range, put) = match place::find(&characters, correction) {
            Found::Change(range, put) => (range, put),
            Found::Already(range) => {
                outcome.diagnostics.push(already(correction));
                (range.clone(), characters[range].to_vec())
            }
            Found::Several(columns) => {
                outcome.diagnostics.push(several(correction, &columns));
                continue;
            }
            Found::Missing(columns) => {
                outcome.missing.push((correction, columns));
                continue;
            }
        };
        edits.push(Edit {
            correction,
            range,
            put,
        });
    }
    // A stable order: of two for the same place the first in the file is kept.
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut kept: Vec<Edit<'a>> = Vec::new();
    for edit in edits {
        match kept.last() {
            Some(last) if last.meets(&edit) => {
                outcome
                    .diagnostics
                    .push(doubled(edit.correction, &last.correction.entry));
            }
            _ => kept.push(edit),
        }
    }
    if kept.is_empty() {
        return outcome;
    }
    let (corrected, places) = build(line, &characters, &kept);
    let replayed = corrected.replays();
    let checks = checks(original, line, &characters, &kept, &replayed);
    for ((edit, at), (check, made)) in kept.iter().zip(places).zip(checks) {
        if check == Check::Questioned {
            let channel = corrected.channel.unwrap_or_default();
            let made = made.as_deref().unwrap_or(&replayed);
            let said = questioned(edit.correction, channel, made, original);
            outcome.diagnostics.push(said);
        }
        outcome.applied.push(Applied {
            correction: edit.correction,
            at,
            was: characters[edit.range.clone()].iter().collect(),
            check,
        });
    }
    outcome.line = corrected;
    outcome
}

/// Characters of the line, and what comes in their place.
struct Edit<'a> {
    correction: &'a Correction,
    range: Range<usize>,
    put: Vec<char>,
}

impl Edit<'_> {
    /// Whether both change the same place. This one comes before the other.
    fn meets(&self, other: &Self) -> bool {
        other.range.start < self.range.end || self.range == other.range
    }

    /// Whether it changes what was restored from a stretch. What is put in at its edge was lost there.
    fn touches(&self, span: &Span) -> bool {
        let (own, span) = (&self.range, &span.restored);
        if own.is_empty() {
            own.start >= span.start && own.end <= span.end
        } else {
            own.start < span.end && own.end > span.start
        }
    }
}

/// The line with these edits, which come from left to right, and where each is in it.
fn build(
    line: &RepairedLine,
    characters: &[char],
    edits: &[Edit<'_>],
) -> (RepairedLine, Vec<Range<usize>>) {
    let mut text = String::with_capacity(line.text.len());
    let mut evidence = Vec::new();
    let mut places: Vec<Range<usize>> = Vec::new();
    let (mut at, mut length) = (0, 0);
    let keep = |range: Range<usize>, text: &mut String, evidence: &mut Vec<Evidence>| {
        text.extend(&characters[range.clone()]);
        evidence.extend_from_slice(line.evidence.get(range).unwrap_or_default());
    };
    for edit in edits {
        keep(at..edit.range.start, &mut text, &mut evidence);
        length += edit.range.start - at;
        text.extend(&edit.put);
        if !line.evidence.is_empty() {
            evidence.resize(evidence.len() + edit.put.len(), Evidence::Clean);
        }
        places.push(length..length + edit.put.len());
        length += edit.put.len();
        at = edit.range.end;
    }
    keep(at..characters.len(), &mut text, &mut evidence);
    let built = RepairedLine {
        text,
        evidence,
        spans: spans(line, edits, &places),
        ..*line
    };
    (built, places)
}

/// The stretches in the line with the edits. One that an edit goes beyond takes in what it changes.
fn spans(line: &RepairedLine, edits: &[Edit<'_>], places: &[Range<usize>]) -> Vec<Span> {
    // Where a place of the old line is that lies between edit `count - 1` and edit `count`.
    let moved = |place: usize, count: usize| match count.checked_sub(1) {
        Some(last) => place - edits[last].range.end + places[last].end,
        None => place,
    };
    let mut spans: Vec<Span> = Vec::new();
    // Edits that an earlier stretch has taken.
    let mut taken = 0;
    for span in &line.spans {
        let before = edits.partition_point(|edit| edit.range.end < span.restored.start);
        let count = edits[before..].iter();
        let passed =
            count.take_while(|edit| edit.range.end <= span.restored.start && !edit.touches(span));
        let from = (before + passed.count()).max(taken);
        let touching = edits[from..].iter().take_while(|edit| edit.touches(span));
        let to = from + touching.count();
        let crossing = taken > 0 && edits[taken - 1].range.end > span.restored.start;
        let start = match edits.get(from) {
            Some(first) if to > from => first.range.start.min(span.restored.start),
            _ => span.restored.start,
        };
        let end = match to.checked_sub(1) {
            Some(last) => edits[last].range.end.max(span.restored.end),
            None => span.restored.end,
        };
        let damaged_end = span.damaged.end + (end - span.restored.end);
        match spans.last_mut() {
            Some(last) if crossing => {
                last.damaged.end = damaged_end;
                last.restored.end = moved(end, to.max(taken));
            }
            _ => spans.push(Span {
                channel: span.channel,
                damaged: span.damaged.start - (span.restored.start - start)..damaged_end,
                restored: moved(start, from)..moved(end, to),
            }),
        }
        taken = to.max(taken);
    }
    spans
}

/// What the channel says of each edit, and what it makes of the line with a questioned one alone.
fn checks(
    original: &str,
    line: &RepairedLine,
    characters: &[char],
    edits: &[Edit<'_>],
    replayed: &str,
) -> Vec<(Check, Option<String>)> {
    let whole = replayed == original;
    let mut checks: Vec<(Check, Option<String>)> = Vec::new();
    for edit in edits {
        checks.push(if !line.spans.iter().any(|span| edit.touches(span)) {
            (Check::Unchecked, None)
        } else if whole {
            (Check::Fits, None)
        } else if edits.len() > TRIED {
            (Check::Questioned, None)
        } else {
            let made = build(line, characters, std::slice::from_ref(edit))
                .0
                .replays();
            if made == original {
                (Check::Fits, None)
            } else {
                (Check::Questioned, Some(made))
            }
        });
    }
    // Each may fit by itself and two of them not together.
    if !whole && !checks.iter().any(|(check, _)| *check == Check::Questioned) {
        for (check, _) in checks.iter_mut().filter(|(check, _)| *check == Check::Fits) {
            *check = Check::Questioned;
        }
    }
    checks
}

fn several(correction: &Correction, columns: &[usize]) -> Diagnostic {
    let Correction { line, wrong, .. } = correction;
    let (first, others) = columns.split_first().unwrap_or((&1, &[]));
    let others: Vec<String> = others.iter().map(ToString::to_string).collect();
    let message = format!("`{wrong}` stands more than once in line {line}");
    correction.error("wrong", message).hint(format!(
        "say which with `column: {first}` (or {}), or take the words beside it into `wrong` and `right`",
        others.join(", ")
    ))
}

/// Repair may have become better since, or learned it from another correction.
fn already(correction: &Correction) -> Diagnostic {
    let Correction { line, right, .. } = correction;
    let (at, column) = correction.entry.of("wrong");
    Diagnostic::note(format!(
        "line {line} reads `{right}` without this correction"
    ))
    .at(&correction.entry.file, at, Some(column))
    .hint("nothing has to be done; if you meant another place, mend `wrong`")
}

fn doubled(correction: &Correction, other: &Entry) -> Diagnostic {
    let message = format!(
        "the correction on line {} of this file changes the same characters",
        other.begins.0
    );
    correction
        .error("wrong", message)
        .hint("make one correction of the two")
}

fn questioned(
    correction: &Correction,
    channel: &str,
    replayed: &str,
    original: &str,
) -> Diagnostic {
    let differ = replayed
        .chars()
        .zip(original.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let message = format!(
        "with this correction line {} could not have become what the source has: \
         `{channel}` makes `{}` of it, the source has `{}` (from column {})",
        correction.line,
        excerpt(replayed, differ),
        excerpt(original, differ),
        differ + 1,
    );
    let (line, column) = correction.entry.of("right");
    Diagnostic::warning(message)
        .at(&correction.entry.file, line, Some(column))
        .hint("it is applied all the same; compare it with another copy of the text if you can")
}

/// A few characters from a place on, fit to be printed.
fn excerpt(text: &str, from: usize) -> String {
    let mut characters = text.chars().skip(from);
    let shown = characters.by_ref().take(SHOWN);
    let mut shown: String = shown
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}
