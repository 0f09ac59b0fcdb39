//! One line, from suspicion to result. In: a line. Out: the line restored, with its evidence.
//!
//! A line is a row of stretches, some sound and some damaged. Each damaged one is searched in
//! windows, so that memory does not grow with the line, and is restored only if the case for it
//! holds and the channel, run over the restored text, gives the stretch back.

mod edges;
mod extent;
mod preimages;
mod start;
mod weigh;

use edges::Edges;
#[cfg(test)]
pub(super) use preimages::preimages;
pub(super) use preimages::{informed, lattice};
pub(super) use start::is_open;
use start::{anywhere, candidates, family, is_like, is_worse, refused, starts, worth};
use weigh::Standing;

use super::bytes;
use super::channel::{Channel, Written, damage};
use super::characters::Characters;
use super::classes::{self, Kind, Open};
use super::detect::{self, Case, Suspects};
use super::in_order;
use super::leaning;
use super::lost;
use super::model::{Context, Model};
use super::quoted;
use super::search::{self, Ends, Entry, Found};
use super::table::NONE;
use super::{Evidence, RepairedLine, Span};

/// Damaged characters searched at a time, and how far beyond them the search looks.
pub(super) const WINDOW: usize = 2_000;
const AHEAD: usize = 60;
/// Sound characters after a stretch that are looked at, at most.
const FOLLOWING: usize = 8;
/// Stretches that end before this are tried again one character on.
const STUB: usize = 8;

/// What is known of a line before it is looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known {
    /// What damaged most of its document, and the log of the odds that it is damaged too.
    pub(crate) expected: Option<(&'static Channel, f32)>,
    /// Whether nothing else is thought of: a person said what it is.
    pub(crate) alone: bool,
}

impl Known {
    /// What a person says, of a line of whose document nothing is known.
    pub(crate) fn said(channel: &'static Channel) -> Self {
        Self {
            expected: Some((channel, SAID)),
            alone: true,
        }
    }
}

/// How much it weighs that a person says what the damage is, in nats.
pub(super) const SAID: f32 = 4.0;

/// From these odds on, what stands in quotation marks was damaged with the rest.
const NOT_SHOWN: f32 = 3.0;

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
    let known = by.map(Known::said).unwrap_or_default();
    under(Model::embedded()?, line, known)
}

/// The same under a model of the caller's.
pub(crate) fn under(model: &Model, line: &str, known: Known) -> Option<RepairedLine> {
    let suspects = detect::scan(line);
    let is_likely = known.alone || (known.expected.is_some() && !line.is_ascii());
    if suspects == 0 && !is_likely {
        return None;
    }
    let damaged: Vec<char> = line.chars().collect();
    let mut suspects = leaning::confirmed(model, &damaged, suspects);
    if suspects & !detect::LOST != 0 && !known.alone && in_order::is_in_order(&damaged) {
        suspects &= detect::LOST;
    }
    let repaired = if is_likely || suspects & !detect::LOST != 0 {
        restored(model, &damaged, suspects, known)
    } else {
        None
    };
    let is_wholly = |repaired: &RepairedLine| match known {
        Known { alone: true, .. } => true,
        Known { expected, .. } => {
            expected.is_some_and(|(_, odds)| odds > NOT_SHOWN) && repaired.only_ascii_stays()
        }
    };
    let repaired = repaired.and_then(|repaired| {
        if is_wholly(&repaired) {
            Some(repaired)
        } else {
            quoted::without_shown(&damaged, repaired)
        }
    });
    match repaired {
        Some(mut repaired) => {
            if suspects & detect::LOST != 0 {
                lost::name_beside(&mut repaired);
            }
            Some(repaired)
        }
        None if suspects & detect::LOST != 0 => lost::report(line, &damaged),
        None => None,
    }
}

fn restored(
    model: &Model,
    damaged: &[char],
    suspects: Suspects,
    known: Known,
) -> Option<RepairedLine> {
    let by = known.expected.filter(|_| known.alone).map(|known| known.0);
    let mut settled = bytes::stretches(model, damaged, suspects, by)
        .into_iter()
        .peekable();
    let whole = settled.peek().is_none();
    let mut channels: Vec<(&'static Channel, usize)> = candidates(damaged, suspects, known)
        .into_iter()
        .filter(|channel| !whole || anywhere(channel, damaged))
        .map(|channel| (channel, 0))
        .collect();
    if channels.is_empty() && whole {
        return None;
    }
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut at = 0;
    while at < damaged.len() {
        if let Some(stretch) = settled.next_if(|stretch| stretch.from <= at) {
            at = stretch.to;
            stretches.push(stretch);
            continue;
        }
        let limit = settled.peek().map_or(damaged.len(), |stretch| stretch.from);
        match at_place(
            model,
            &damaged[..limit],
            &damaged[limit..],
            at,
            known,
            &mut channels,
        ) {
            Ok(stretch) => {
                at = stretch.to;
                stretches.push(stretch);
            }
            Err(next) => at = next,
        }
    }
    (!stretches.is_empty()).then(|| assemble(damaged, stretches))
}

/// The best stretch that starts at a place; else where to look next. With each channel goes the
/// place before which it has been asked already.
fn at_place(
    model: &Model,
    damaged: &[char],
    rest: &[char],
    at: usize,
    known: Known,
    channels: &mut [(&'static Channel, usize)],
) -> Result<Stretch, usize> {
    let mut best: Option<Stretch> = None;
    for (channel, from) in channels.iter_mut() {
        if at < *from {
            continue;
        }
        *from = at + 1;
        if !starts(channel, damaged[at]) {
            continue;
        }
        let expected = known.expected.filter(|known| known.0.is_akin(channel));
        let odds = expected.map_or(0.0, |expected| expected.1);
        let found = stretch(model, channel, damaged, rest, at, odds);
        let common = Characters::embedded().filter(|_| channel.written == Written::Utf8);
        let edges = common.map(|common| Edges {
            model,
            channel,
            damaged,
            rest,
            odds,
            common,
        });
        let found = match (found, edges) {
            (Ok(stretch), Some(edges)) => Ok(edges.trimmed(stretch)),
            (Err(next), Some(edges)) => edges.inside(at..next),
            (found, None) => found,
        };
        match found {
            Ok(stretch) => {
                // What is outside a stretch stays, so that gains can be compared whatever their length.
                let better = best.as_ref().is_none_or(|best| stretch.gain > best.gain);
                if better {
                    best = Some(stretch);
                }
            }
            Err(next) => *from = next,
        }
    }
    let next = channels.iter().map(|channel| channel.1).min();
    best.ok_or(next.unwrap_or(damaged.len()).max(at + 1))
}

/// The stretch that starts at `from`, if there is a case for it; else where to look next.
fn stretch(
    model: &Model,
    channel: &'static Channel,
    damaged: &[char],
    rest: &[char],
    from: usize,
    odds: f32,
) -> Result<Stretch, usize> {
    let table = channel.table();
    let family = family(channel);
    let mut entry = Entry {
        pending: NONE,
        context: model.start(),
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
        if made.to == from
            && let Some(next) = refused(model, channel, odds, damaged, rest, from, window)
        {
            return Err(next);
        }
        let mut lattice = lattice(model, channel, window, entry.pending, end == damaged.len());
        let length = lattice.length();
        let whole = length == window.len();
        let first = made.to == from;
        let next = from + if length < STUB { 1 } else { length };
        let after = &damaged[made.to + length..];
        let mut case = Case {
            damaged: &window[..length],
            before: &damaged[..from],
            after: if after.is_empty() { rest } else { after },
            gain: 0.0,
            cost: 0.0,
            ordinary: channel.must_be_ordinary(),
            odds,
        };
        if first {
            let short = !whole && length < STUB;
            let unlike = !is_like(model, channel, family, odds, case.damaged);
            let short = short && !worth(table, case.damaged);
            if length == 0 || unlike || short || !case.is_possible() {
                return Err(next);
            }
            entry.context = context_before(model, case.before);
            if is_worse(model, channel, odds, case.damaged) {
                return Err(next);
            }
        }
        let last = !whole || end == damaged.len();
        let sound = if last { sound_after(case.after) } else { &[] };
        lattice.goes_on_with(sound);
        let ends = Ends::of(last && sound.is_empty(), whole && rest.is_empty());
        let exact = lattice.exact();
        let informed = informed(model, channel, exact.iter().flatten().copied());
        let Some(best) = search::search(&informed, &lattice, entry, ends) else {
            return Err(from + 1);
        };
        if first {
            let standing = Standing {
                model,
                damaged: case.damaged,
                sound,
                context: entry.context,
                ends: last && sound.is_empty(),
            };
            (case.gain, case.cost) = standing.against(channel, &informed, &best);
            made.gain = case.gain;
            if !case.holds() {
                return Err(next);
            }
        }
        let used = |found: &Found| lattice.used(found.place);
        let cut = best
            .words
            .iter()
            .find(|word| !last && best.found.get(word.0).is_some_and(|f| used(f) >= WINDOW));
        let kept = cut.map_or(best.found.len(), |word| word.0);
        for found in &best.found[..kept] {
            made.text.push(found.character);
            made.evidence.push(evidence(found, exact));
        }
        let Some(&(index, next)) = cut else {
            made.to += length;
            break;
        };
        made.to += used(&best.found[index]);
        entry = next;
    }
    let original: String = damaged[from..made.to].iter().collect();
    if damage(channel, &made.text) == original {
        Ok(made)
    } else {
        Err(made.to)
    }
}

/// The sound text after a stretch, as far as it tells how that ends: to the next mark.
pub(super) fn sound_after(after: &[char]) -> &[char] {
    let near = &after[..after.len().min(FOLLOWING)];
    let mark = near.iter().position(|&c| classes::kind(c) == Kind::Mark);
    mark.map_or(near, |mark| &near[..=mark])
}

/// What the model remembers of the text before a place.
pub(super) fn context_before(model: &Model, before: &[char]) -> Context {
    let near = before.len().saturating_sub(16);
    let near: String = before[near..].iter().collect();
    model
        .tokens(&near)
        .into_iter()
        .fold(model.start(), |context, token| model.next(&context, token))
}

pub(super) fn evidence(found: &Found, exact: &[Option<char>]) -> Evidence {
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
