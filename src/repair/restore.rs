//! One line, from suspicion to result. In: a line. Out: the line restored, with its evidence.
//!
//! A line is a row of stretches, some sound and some damaged. Each damaged one is searched in
//! windows, so that memory does not grow with the line, and is restored only if the case for it
//! holds and the channel, run over the restored text, gives the stretch back.

use super::bytes;
use super::channel::{Channel, Read, channel, damage};
use super::classes::Open;
use super::detect::{self, Case, Suspects};
use super::lattice::Lattice;
use super::lost;
use super::model::{Context, Model};
use super::quoted;
use super::search::{self, Entry, Found};
use super::table::{NONE, Table};
use super::{Evidence, RepairedLine, Span};

/// Damaged characters searched at a time, and how far beyond them the search looks.
const WINDOW: usize = 2_000;
const AHEAD: usize = 60;
/// Stretches that end before this are tried again one character on.
const STUB: usize = 8;

/// A stretch restored.
pub(crate) struct Stretch {
    pub(crate) channel: &'static str,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) text: String,
    pub(crate) evidence: Vec<Evidence>,
    /// By how many nats the text is more probable than what stood there.
    pub(crate) gain: f32,
}

/// Restores a line that is not too long; what damaged it is found out unless it is given.
pub(crate) fn line(line: &str, by: Option<&'static Channel>) -> Option<RepairedLine> {
    under(Model::embedded()?, line, by)
}

/// The same under a model of the caller's.
pub(crate) fn under(
    model: &Model,
    line: &str,
    by: Option<&'static Channel>,
) -> Option<RepairedLine> {
    let suspects = detect::scan(line);
    if suspects == 0 && by.is_none() {
        return None;
    }
    let damaged: Vec<char> = line.chars().collect();
    let repaired = if by.is_some() || suspects & !detect::LOST != 0 {
        restored(model, &damaged, suspects, by)
    } else {
        None
    };
    repaired
        .filter(|repaired| by.is_some() || !quoted::on_purpose(&damaged, repaired))
        .or_else(|| lost::report(line, &damaged))
}

fn restored(
    model: &Model,
    damaged: &[char],
    suspects: Suspects,
    by: Option<&'static Channel>,
) -> Option<RepairedLine> {
    let mut settled = bytes::stretches(model, damaged, suspects, by)
        .into_iter()
        .peekable();
    let channels = candidates(damaged, suspects, by);
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut at = 0;
    while at < damaged.len() {
        if let Some(stretch) = settled.next_if(|stretch| stretch.from <= at) {
            at = stretch.to;
            stretches.push(stretch);
            continue;
        }
        let limit = settled.peek().map_or(damaged.len(), |stretch| stretch.from);
        match at_place(model, &damaged[..limit], &damaged[limit..], at, &channels) {
            Ok(stretch) => {
                at = stretch.to;
                stretches.push(stretch);
            }
            Err(next) => at = next,
        }
    }
    (!stretches.is_empty()).then(|| assemble(damaged, stretches))
}

/// The best stretch that starts at a place; else where to look next.
fn at_place(
    model: &Model,
    damaged: &[char],
    rest: &[char],
    at: usize,
    channels: &[&'static Channel],
) -> Result<Stretch, usize> {
    let mut best: Option<Stretch> = None;
    let mut next = damaged.len();
    let mut asked = false;
    for &channel in channels
        .iter()
        .filter(|channel| starts(channel, damaged[at]))
    {
        asked = true;
        match stretch(model, channel, damaged, rest, at) {
            Ok(stretch) => {
                // What is outside a stretch stays, so that gains can be compared whatever their length.
                let better = best.as_ref().is_none_or(|best| stretch.gain > best.gain);
                if better {
                    best = Some(stretch);
                }
            }
            Err(other) => next = next.min(other),
        }
    }
    // Nobody was asked: on to the next character.
    best.ok_or(if asked { next } else { at + 1 })
}

/// The channels to search for in a line, judging by the characters that it holds.
fn candidates(
    line: &[char],
    suspects: Suspects,
    by: Option<&'static Channel>,
) -> Vec<&'static Channel> {
    if let Some(by) = by {
        let searched = matches!(by.read, Read::Gbk | Read::GbkWeb | Read::ShiftJis);
        return if searched { vec![by] } else { Vec::new() };
    }
    let mut names: Vec<&str> = Vec::new();
    if suspects & detect::GBK != 0 {
        names.push("utf8-gbk-dropped-folded");
        let has = |characters: fn(char) -> bool| line.iter().any(|&c| characters(c));
        if has(|c| matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{ffe0}'..='\u{ffe5}')) {
            names.push("utf8-gbk-dropped");
        }
        let marked = has(|c| c == '\u{fffd}');
        let question = has(|c| c == '?');
        if marked {
            names.push("utf8-gbk-replaced");
        }
        if question {
            names.push("utf8-gbk-question");
        }
        if marked || has(|c| matches!(c, '€' | '\u{e000}'..='\u{f8ff}')) {
            names.push("utf8-gbk-web");
        }
        if question {
            names.push("utf8-gbk-web-question");
        }
    }
    if suspects & detect::SHIFT_JIS != 0 {
        names.push("utf8-sjis-dropped");
    }
    names.into_iter().filter_map(channel).collect()
}

/// Whether what the channel made may start with this character.
fn starts(channel: &Channel, first: char) -> bool {
    channel.table().likely(first) || (channel.mark == Some(first) && first != '?')
}

/// The stretch that starts at `from`, if there is a case for it; else where to look next.
fn stretch(
    model: &Model,
    channel: &'static Channel,
    damaged: &[char],
    rest: &[char],
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
        channel: channel.name,
        from,
        to: from,
        text: String::new(),
        evidence: Vec::new(),
        gain: 0.0,
    };
    loop {
        let end = damaged.len().min(made.to + WINDOW + AHEAD);
        let window = &damaged[made.to..end];
        let lattice = Lattice::new(table, window, entry.pending, end == damaged.len());
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
            made.gain = clean_cost(model, stretch, context, last) - best.cost;
            let after = &damaged[from + lattice.reach()..];
            let case = Case {
                damaged: stretch,
                before: &damaged[..from],
                after: if after.is_empty() { rest } else { after },
                gain: made.gain,
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
fn assemble(damaged: &[char], stretches: Vec<Stretch>) -> RepairedLine {
    let channel = stretches.first().map(|stretch| stretch.channel);
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
            channel: stretch.channel,
            damaged: stretch.from..stretch.to,
            restored: first..evidence.len(),
        });
        at = stretch.to;
    }
    text.extend(&damaged[at..]);
    evidence.resize(evidence.len() + damaged.len() - at, Evidence::Clean);
    RepairedLine {
        text,
        channel,
        evidence,
        spans,
        skipped: None,
    }
}
