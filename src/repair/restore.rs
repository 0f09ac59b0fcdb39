//! One line, from suspicion to result. In: a line. Out: the line restored, with its evidence.
//!
//! A line is a row of stretches, some sound and some damaged. Each damaged one is searched in
//! windows, so that memory does not grow with the line, and is restored only if the case for it
//! holds and the channel, run over the restored text, gives the stretch back.

use super::channel::{CHANNELS, Channel, NONE, Table, damage};
use super::classes::Open;
use super::detect::{self, Case};
use super::lattice::Lattice;
use super::model::{Context, Model};
use super::search::{self, Entry, Found};
use super::{Evidence, RepairedLine, Span};

/// Damaged characters searched at a time, and how far beyond them the search looks.
const WINDOW: usize = 2_000;
const AHEAD: usize = 60;
/// Stretches that end before this are tried again one character on.
const STUB: usize = 8;

/// A stretch restored.
struct Stretch {
    from: usize,
    to: usize,
    text: String,
    evidence: Vec<Evidence>,
}

/// Restores a line that is not too long.
pub(crate) fn line(line: &str) -> Option<RepairedLine> {
    under(Model::embedded()?, line)
}

/// The same under a model of the caller's.
pub(crate) fn under(model: &Model, line: &str) -> Option<RepairedLine> {
    let channel = CHANNELS.first()?;
    let table = channel.table();
    if !detect::suspicious(table, line) {
        return None;
    }
    let damaged: Vec<char> = line.chars().collect();
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut at = 0;
    while at < damaged.len() {
        if !table.likely(damaged[at]) {
            at += 1;
            continue;
        }
        match stretch(model, channel, &damaged, at) {
            Ok(stretch) => {
                at = stretch.to;
                stretches.push(stretch);
            }
            Err(next) => at = next,
        }
    }
    (!stretches.is_empty()).then(|| assemble(channel, &damaged, stretches))
}

/// The stretch that starts at `from`, if there is a case for it; else where to look next.
fn stretch(
    model: &Model,
    channel: &Channel,
    damaged: &[char],
    from: usize,
) -> Result<Stretch, usize> {
    let table = channel.table();
    let context = context_before(model, &damaged[..from]);
    let mut entry = Entry {
        pending: NONE,
        context,
        inside: None,
        open: Open::default(),
    };
    let mut made = Stretch {
        from,
        to: from,
        text: String::new(),
        evidence: Vec::new(),
    };
    loop {
        let end = damaged.len().min(made.to + WINDOW + AHEAD);
        let window = &damaged[made.to..end];
        let lattice = Lattice::new(table, window, entry.pending);
        let whole = lattice.reach() == window.len();
        if made.to == from && !whole && lattice.reach() < STUB {
            let short = lattice.reach() < 2 || !worth(table, &window[..lattice.reach()]);
            if short {
                return Err(from + 1);
            }
        }
        let last = !whole || end == damaged.len();
        let Some(best) = search::search(model, &lattice, entry, last) else {
            return Err(from + 1);
        };
        if made.to == from {
            let stretch = &window[..lattice.reach()];
            let case = Case {
                damaged: stretch,
                before: &damaged[..from],
                after: &damaged[from + lattice.reach()..],
                gain: clean_cost(model, stretch, context, last) - best.cost,
            };
            if !case.holds() {
                return Err(from
                    + if lattice.reach() < STUB {
                        1
                    } else {
                        lattice.reach()
                    });
            }
        }
        let exact = lattice.exact();
        let cut = best
            .words
            .iter()
            .find(|word| !last && best.found.get(word.0).is_some_and(|f| f.place >= WINDOW));
        let kept = cut.map_or(best.found.len(), |word| word.0);
        for found in &best.found[..kept] {
            made.text.push(found.character);
            made.evidence.push(evidence(found, &exact));
        }
        let Some(&(index, next)) = cut else {
            made.to += lattice.reach();
            break;
        };
        made.to += best.found[index].place;
        entry = next;
    }
    let original: String = damaged[from..made.to].iter().collect();
    if damage(channel, &made.text) == original {
        Ok(made)
    } else {
        Err(made.to)
    }
}

/// Whether a short stretch before sound text is worth a search.
fn worth(table: &Table, stretch: &[char]) -> bool {
    stretch.iter().filter(|&&c| table.likely(c)).count() >= 2
}

/// What the model remembers of the text before a place.
fn context_before(model: &Model, before: &[char]) -> Context {
    let near = before.len().saturating_sub(16);
    let near: String = before[near..].iter().collect();
    model
        .tokens(&near)
        .into_iter()
        .fold(model.start(), |context, token| model.next(&context, token))
}

/// Cost of the text as it stands.
fn clean_cost(model: &Model, stretch: &[char], context: Context, ends: bool) -> f32 {
    let entry = Entry {
        pending: NONE,
        context,
        inside: None,
        open: Open::default(),
    };
    search::search(model, &Lattice::clean(stretch), entry, ends)
        .map_or(f32::INFINITY, |best| best.cost)
}

fn evidence(found: &Found, exact: &[Option<char>]) -> Evidence {
    match exact.get(found.place) {
        Some(&Some(character)) if character == found.character => Evidence::Exact,
        _ => Evidence::Inferred {
            probability: found.probability,
            alternatives: found.others.clone(),
        },
    }
}

/// Puts the line together again.
fn assemble(channel: &Channel, damaged: &[char], stretches: Vec<Stretch>) -> RepairedLine {
    let mut text = String::new();
    let mut evidence = Vec::new();
    let mut spans = Vec::new();
    let mut at = 0;
    for stretch in stretches {
        text.extend(&damaged[at..stretch.from]);
        evidence.resize(evidence.len() + stretch.from - at, Evidence::Clean);
        let first = evidence.len();
        text.push_str(&stretch.text);
        evidence.extend(stretch.evidence);
        spans.push(Span {
            damaged: stretch.from..stretch.to,
            restored: first..evidence.len(),
        });
        at = stretch.to;
    }
    text.extend(&damaged[at..]);
    evidence.resize(evidence.len() + damaged.len() - at, Evidence::Clean);
    RepairedLine {
        text,
        channel: Some(channel.name),
        evidence,
        spans,
        skipped: None,
    }
}
