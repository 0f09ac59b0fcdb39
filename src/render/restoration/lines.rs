//! A line of a source as runs of characters of which the same is known.
//!
//! In: a [`Line`]. Out: a [`LineView`]. Promise: the runs, put together, are the line; a character
//! that has no shape is written by its number.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::import::evidence::{Corrected, Line};
use crate::repair::report::DOUBT;

use super::views::{CandidateView, CountsView, LineView, RunView};

pub(super) fn view(number: usize, line: &Line) -> LineView {
    let mut counts = CountsView::default();
    count(line, &mut counts);
    let mut channels: Vec<String> = Vec::new();
    for span in &line.spans {
        if !channels.contains(&span.channel) {
            channels.push(span.channel.clone());
        }
    }
    LineView {
        number,
        runs: runs(number, line),
        original: original(line),
        channels,
        replays: line.replays,
        doubtful: counts.doubtful,
        lost: counts.lost,
        corrected: counts.corrected,
        left_out: line.left_out.is_some(),
    }
}

/// Adds what is known about a line, but for the line itself.
pub(super) fn count(line: &Line, counts: &mut CountsView) {
    let damaged = !line.spans.is_empty() || !line.lost.is_empty();
    counts.damaged += usize::from(damaged);
    let restored: usize = line.spans.iter().map(|span| span.text.len()).sum();
    let inferred = line.inferred.len();
    counts.restored += restored;
    counts.inferred += inferred;
    counts.doubtful += line.inferred.values().filter(|c| is_doubtful(c)).count();
    counts.lost += line.lost.len();
    counts.corrected += line.corrected.len();
    let inside = |hers: &Corrected| {
        let at = hers.column.saturating_sub(1);
        let spans = line.spans.iter();
        let within = spans.map(|span| overlap(&span.text, &(at..at + hers.characters)));
        within.sum::<usize>()
    };
    let hers: usize = line.corrected.iter().map(inside).sum();
    counts.by_hand += hers;
    counts.exact += restored.saturating_sub(inferred + hers);
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

fn is_doubtful(candidates: &[(char, f64)]) -> bool {
    candidates.first().is_none_or(|chosen| chosen.1 < DOUBT)
}

fn runs(number: usize, line: &Line) -> Vec<RunView> {
    let mut hers: BTreeMap<usize, &Corrected> = BTreeMap::new();
    for corrected in &line.corrected {
        hers.insert(corrected.column, corrected);
    }
    let mut lost = line.lost.iter().peekable();
    let mut runs = Runs::default();
    // Characters that a correction still covers.
    let mut covered = 0;
    for (column, character) in (1..).zip(line.text.chars()) {
        if let Some(corrected) = hers.remove(&column) {
            covered = corrected.characters;
            runs.0.push(correction(number, corrected));
        }
        let is_lost = lost.next_if_eq(&&column).is_some();
        if covered > 0 {
            covered -= 1;
            if let Some(run) = runs.0.last_mut() {
                run.push(character);
            }
        } else if is_lost {
            runs.push("lost", character);
        } else if let Some(candidates) = line.inferred.get(&column) {
            if is_doubtful(candidates) {
                runs.0.push(doubt(number, column, character, candidates));
            } else {
                runs.push("inferred", character);
            }
        } else {
            runs.push("plain", character);
        }
    }
    // What was taken away at the end of the line.
    let rest = hers.into_values();
    runs.0
        .extend(rest.map(|corrected| correction(number, corrected)));
    runs.0
}

fn doubt(number: usize, column: usize, character: char, candidates: &[(char, f64)]) -> RunView {
    let shown = |&(candidate, probability): &(char, f64)| CandidateView {
        character: name_of(candidate).unwrap_or_else(|| candidate.to_string()),
        percent: format!("{:.1}", probability * 100.0),
    };
    let mut run = RunView {
        kind: "doubt",
        id: format!("L{number}-{column}"),
        candidates: candidates.iter().map(shown).collect(),
        ..RunView::default()
    };
    run.push(character);
    run
}

fn correction(number: usize, corrected: &Corrected) -> RunView {
    RunView {
        kind: "corrected",
        id: format!("L{number}-{}c", corrected.column),
        was: corrected.was.clone(),
        check: corrected.check.word(),
        note: corrected.note.clone().unwrap_or_default(),
        ..RunView::default()
    }
}

fn original(line: &Line) -> Vec<RunView> {
    let mut runs = Runs::default();
    let mut spans = line.spans.iter().peekable();
    let text = line.original.as_deref().unwrap_or_default();
    for (at, character) in text.chars().enumerate() {
        while spans.next_if(|span| span.original.end <= at).is_some() {}
        let damaged = spans.peek().is_some_and(|span| span.original.start <= at);
        runs.push(if damaged { "damage" } else { "plain" }, character);
    }
    runs.0
}

/// Runs in the making.
#[derive(Default)]
struct Runs(Vec<RunView>);

impl Runs {
    fn push(&mut self, kind: &'static str, character: char) {
        let kind = if name_of(character).is_some() && kind != "lost" {
            "code"
        } else {
            kind
        };
        match self.0.last_mut() {
            Some(last) if last.kind == kind && kind != "code" => last.push(character),
            _ => {
                let mut run = RunView {
                    kind,
                    ..RunView::default()
                };
                run.push(character);
                self.0.push(run);
            }
        }
    }
}

impl RunView {
    fn push(&mut self, character: char) {
        self.length += 1;
        match name_of(character) {
            Some(name) => self.text.push_str(&name),
            None => self.text.push(character),
        }
    }
}

/// A text with such characters named.
pub(super) fn shown(text: &str) -> String {
    let mut run = RunView::default();
    text.chars().for_each(|character| run.push(character));
    run.text
}

/// The number of a character that no font shows, or that steers a page instead of standing on it.
fn name_of(character: char) -> Option<String> {
    let code = u32::from(character);
    let shapeless = character.is_control() && character != '\t'
        || matches!(code, 0xe000..=0xf8ff | 0xf_0000.. | 0xfdd0..=0xfdef)
        || matches!(code, 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfeff)
        || code & 0xfffe == 0xfffe;
    shapeless.then(|| format!("U+{code:04X}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::evidence::Check;

    fn corrected(column: usize, characters: usize) -> Corrected {
        Corrected {
            column,
            characters,
            was: "旧".into(),
            check: Check::Fits,
            note: None,
        }
    }

    #[test]
    fn runs_are_cut_where_the_evidence_changes() {
        let line = Line {
            text: "甲乙丙丁戊己庚\u{e5e5}".into(),
            inferred: BTreeMap::from([
                (2, vec![('乙', 0.999)]),
                (3, vec![('丙', 0.6), ('雨', 0.4)]),
            ]),
            lost: vec![6, 7],
            corrected: vec![corrected(4, 1), corrected(9, 0)],
            ..Line::default()
        };
        let view = view(7, &line);
        let shown: Vec<(&str, &str)> = view
            .runs
            .iter()
            .map(|run| (run.kind, run.text.as_str()))
            .collect();
        let expect = [
            ("plain", "甲"),
            ("inferred", "乙"),
            ("doubt", "丙"),
            ("corrected", "丁"),
            ("plain", "戊"),
            ("lost", "己庚"),
            ("code", "U+E5E5"),
            ("corrected", ""),
        ];
        assert_eq!(shown, expect);
        assert_eq!((view.doubtful, view.lost, view.corrected), (1, 2, 2));
    }
}
