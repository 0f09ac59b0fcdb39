//! What a figure counts: ports, patients, wheat.
//!
//! In: a text, a figure and how far the words around it reach. Out: the number of a thing of the vocabulary.
//! Promise: an English thing rather follows its number, a Chinese one leads to it; only words of the figure's
//! own clause and near it count.

use super::Vocabulary;
use super::beside::{Around, FAR, MARKS, clause_before, count_words, is_filler, starts_word};
use super::lexicon::Lexicon;
use super::words::Chars;
use crate::lang::{Lang, is_han};

impl Vocabulary {
    /// What a figure counts, if it is one of the known things: by its measure word, or by the nearest word in
    /// its clause.
    #[must_use]
    pub fn thing(&self, around: &Around<'_>) -> Option<usize> {
        let things = &self.of(around.lang).things;
        let figure: Vec<(usize, char)> = around
            .text
            .get(around.figure.clone())?
            .char_indices()
            .collect();
        if around.lang == Lang::Zh
            && let Some((_, thing)) = things.longest_at_end(&figure)
        {
            return Some(*thing);
        }
        match around.lang {
            Lang::Zh => counted(around, &figure, things)
                .or_else(|| thing_before(around, things))
                .or_else(|| thing_after(around, things)),
            Lang::En => thing_after(around, things).or_else(|| thing_before(around, things)),
        }
    }
}

/// 39个港口: what is named right after a measure word; 人 counts what is named before it.
fn counted(around: &Around<'_>, figure: &Chars, things: &Lexicon<usize>) -> Option<usize> {
    let last = figure.last().map(|(_, c)| *c)?;
    let is_measure = is_han(last) && last != '人';
    let text = around.text.get(around.figure.end..around.reach.end)?;
    let after: Vec<(usize, char)> = text.char_indices().take(12).collect();
    let found = things.longest(&after, 0).filter(|(length, _)| *length > 1);
    found.filter(|_| is_measure).map(|(_, thing)| *thing)
}

/// The last thing named in the clause before the figure, near it.
fn thing_before(around: &Around<'_>, things: &Lexicon<usize>) -> Option<usize> {
    let mut clause = clause_before(around);
    if around.lang == Lang::En {
        let turn = (0..clause.len()).rev().find(|at| is_turn(&clause, *at));
        clause.drain(..turn.unwrap_or(0));
    }
    let mut found: Option<(usize, usize)> = None;
    for start in 0..clause.len() {
        let Some((length, thing)) = things.longest(&clause, start) else {
            continue;
        };
        let end = start + length;
        let tail = clause.get(end..).unwrap_or_default();
        let is_near = match around.lang {
            Lang::Zh if length == 1 => is_filler(tail),
            Lang::Zh => tail.len() <= 8,
            Lang::En => starts_word(&clause, start) && count_words(tail) <= 5,
        };
        if is_near && found.is_none_or(|(other, _)| end > other) {
            found = Some((end, *thing));
        }
    }
    found.map(|(_, thing)| thing)
}

/// The first thing named after the figure in its clause, near it.
fn thing_after(around: &Around<'_>, things: &Lexicon<usize>) -> Option<usize> {
    let text = around.text.get(around.figure.end..around.reach.end)?;
    let marks = text
        .char_indices()
        .take(FAR)
        .take_while(|(_, c)| !MARKS.contains(c));
    let clause: Vec<(usize, char)> = marks.collect();
    for start in 0..clause.len() {
        if around.lang == Lang::En && is_turn(&clause, start) {
            return None;
        }
        let before = clause.get(..start).unwrap_or_default();
        let Some((length, thing)) = things.longest(&clause, start) else {
            continue;
        };
        let is_near = match around.lang {
            Lang::Zh => before.len() <= if length == 1 { 0 } else { 6 },
            Lang::En => starts_word(&clause, start) && count_words(before) <= 5,
        };
        if is_near {
            return Some(*thing);
        }
    }
    None
}

/// Whether a word begins here that leads to what comes next.
fn is_turn(clause: &Chars, at: usize) -> bool {
    let rest: String = clause.iter().skip(at).take(7).map(|(_, c)| *c).collect();
    let turns = [" and ", " while ", " but ", " or "];
    turns.iter().any(|turn| rest.starts_with(turn))
}
