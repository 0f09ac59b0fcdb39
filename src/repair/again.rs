//! A second look at a line. In: a line that a first pass restored, and a model that its document has
//! taught. Out: the line, the clauses in doubt searched again.
//!
//! Most of a line is certain after the first pass. A clause ends with a mark that is as good as
//! proven; between two such ends the damaged characters are known that the clause was left as, and
//! the byte that waits at either end. So a clause is searched by itself, after the text before it.
//! Promise: the stretches stay the same, what is not in doubt stays as it is, and the channel still
//! gives the line back.

use std::ops::Range;

use super::channel::{Channel, bytes_of, channel};
use super::classes::{self, Kind, Open};
use super::model::Model;
use super::numbers;
use super::restore::{WINDOW, context_before, evidence, informed, lattice, sound_after};
use super::search::{self, Ends, Entry};
use super::table::NONE;
use super::{Evidence, PROVEN, RepairedLine, Span};

/// A clause with a character below this is searched again.
const DOUBTED: f64 = 0.98;

/// Whether a character should be looked at again.
pub(super) fn is_in_doubt(character: char, evidence: &Evidence) -> bool {
    match evidence {
        Evidence::Inferred { probability, .. } => {
            *probability < DOUBTED || numbers::is_open(character)
        }
        _ => false,
    }
}

/// A stretch after the first pass.
struct Stretch<'a> {
    channel: &'static Channel,
    damaged: &'a [char],
    text: Vec<char>,
    evidence: Vec<Evidence>,
    /// For each place between two characters, the damaged characters used up there and the byte that
    /// waits.
    places: Vec<(usize, u8)>,
    /// The sound text after it.
    after: &'a [char],
}

/// Searches again what is in doubt in a line, or all of it. `None` if the line has to be taken as a
/// whole.
pub(super) fn line(
    model: &Model,
    damaged: &[char],
    first: &RepairedLine,
    all: bool,
) -> Option<RepairedLine> {
    let text: Vec<char> = first.text.chars().collect();
    let mut line = RepairedLine {
        text: String::new(),
        evidence: Vec::new(),
        spans: Vec::new(),
        ..first.clone()
    };
    let mut at = 0;
    let starts = first.spans.iter().skip(1).map(|span| span.damaged.start);
    let starts = starts.chain([damaged.len()]);
    for (span, next) in first.spans.iter().zip(starts) {
        let channel = channel(span.channel).filter(|channel| channel.is_searched())?;
        line.text.extend(text.get(at..span.restored.start)?);
        line.evidence
            .extend_from_slice(first.evidence.get(at..span.restored.start)?);
        at = span.restored.end;
        let restored = text.get(span.restored.clone())?;
        let mut stretch = Stretch {
            channel,
            damaged: damaged.get(span.damaged.clone())?,
            text: restored.to_vec(),
            evidence: first.evidence.get(span.restored.clone())?.to_vec(),
            places: places(channel, restored),
            after: damaged.get(span.damaged.end..next)?,
        };
        stretch.search(model, &line.text, all)?;
        let from = line.evidence.len();
        line.text.extend(&stretch.text);
        line.evidence.append(&mut stretch.evidence);
        line.spans.push(Span {
            restored: from..line.evidence.len(),
            ..span.clone()
        });
    }
    line.text.extend(text.get(at..)?);
    line.evidence.extend_from_slice(first.evidence.get(at..)?);
    Some(line)
}

/// Where the channel is between the characters of a text.
fn places(channel: &Channel, text: &[char]) -> Vec<(usize, u8)> {
    let table = channel.table();
    let mut left = String::new();
    let mut place = (0, NONE);
    let mut places = vec![place];
    for &character in text {
        for byte in bytes_of(channel, character) {
            place.1 = table.feed(place.1, byte, &mut left);
        }
        place.0 += left.chars().count();
        left.clear();
        places.push(place);
    }
    places
}

impl Stretch<'_> {
    /// Searches each row of clauses in doubt; `None` if one is too long for that.
    fn search(&mut self, model: &Model, before: &str, all: bool) -> Option<()> {
        let exact = self.text.iter().zip(&self.evidence);
        let exact = exact.filter(|(_, evidence)| **evidence == Evidence::Exact);
        let proven = exact.map(|(character, _)| *character);
        let informed = informed(model, self.channel, proven);
        let mut rows: Vec<Range<usize>> = Vec::new();
        for clause in self.clauses() {
            let mut places = clause.clone();
            if !all && !places.any(|at| is_in_doubt(self.text[at], &self.evidence[at])) {
                continue;
            }
            match rows.last_mut() {
                Some(row) if row.end == clause.start => row.end = clause.end,
                _ => rows.push(clause),
            }
        }
        // From the last on: what is found may be longer.
        for row in rows.into_iter().rev() {
            let length = self.places[row.end].0 - self.places[row.start].0;
            if length > WINDOW {
                return None;
            }
            self.search_row(&informed, before, row);
        }
        Some(())
    }

    /// The clauses: each ends with a mark that is proven, where a search can begin.
    fn clauses(&self) -> Vec<Range<usize>> {
        let marked = self.channel.mark.is_some();
        let mut clauses = Vec::new();
        let mut from = 0;
        for (at, &character) in self.text.iter().enumerate() {
            let proven = match &self.evidence[at] {
                Evidence::Inferred { probability, .. } => *probability >= PROVEN,
                Evidence::Exact => true,
                Evidence::Clean | Evidence::Lost => false,
            };
            let (used, pending) = self.places[at + 1];
            let known = !marked || pending == NONE;
            let ends = proven && known && classes::kind(character) == Kind::Mark;
            if at + 1 == self.text.len() || (ends && used < self.damaged.len()) {
                clauses.push(from..at + 1);
                from = at + 1;
            }
        }
        clauses
    }

    fn search_row(&mut self, model: &Model, before: &str, row: Range<usize>) -> Option<()> {
        let last = row.end == self.text.len();
        let (from, pending) = self.places[row.start];
        let (to, waits) = self.places[row.end];
        let to = if last { self.damaged.len() } else { to };
        let window = self.damaged.get(from..to)?;
        let known = &self.text[..row.start];
        let written: Vec<char> = before.chars().chain(known.iter().copied()).collect();
        let entry = Entry {
            pending,
            context: context_before(model, &written),
            inside: known.last().and_then(|&c| model.single(c).run),
            open: known
                .iter()
                .fold(Open::default(), |open, &c| open.after(c).1),
        };
        let whole = self.after.is_empty();
        let mut lattice = lattice(model, self.channel, window, pending, last && whole);
        if lattice.length() < window.len() {
            return None;
        }
        let sound = if last { sound_after(self.after) } else { &[] };
        lattice.goes_on_with(sound);
        let ends = Ends::of(last && sound.is_empty(), whole);
        let best = search::search(model, &lattice, entry, ends)?;
        let text: Vec<char> = best.found.iter().map(|found| found.character).collect();
        if !self.gives_back(&text, pending, window, (!last).then_some(waits)) {
            return None;
        }
        let exact = lattice.exact();
        let mut found: Vec<Evidence> = best.found.iter().map(|f| evidence(f, exact)).collect();
        if let (false, Some(end)) = (last, found.last_mut())
            && text.last() == self.text.get(row.end - 1)
        {
            // What comes after it was looked at the first time alone.
            *end = self.evidence[row.end - 1].clone();
        }
        self.text.splice(row.clone(), text);
        self.evidence.splice(row, found);
        Some(())
    }

    /// Whether the channel makes the window of a text, with that byte waiting then.
    fn gives_back(&self, text: &[char], pending: u8, window: &[char], waits: Option<u8>) -> bool {
        let table = self.channel.table();
        let mut left = String::new();
        let mut pending = pending;
        for &character in text {
            for byte in bytes_of(self.channel, character) {
                pending = table.feed(pending, byte, &mut left);
            }
        }
        if waits.is_none() {
            table.flush(pending, &mut left);
        }
        waits.is_none_or(|waits| waits == pending) && left.chars().eq(window.iter().copied())
    }
}
