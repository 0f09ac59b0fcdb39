//! UTF-8 read byte by byte, some bytes dropped. In: a line that sequences of UTF-8 speak for. Out:
//! its stretches, those characters chosen that a byte is missing from.
//!
//! Windows-1252 leaves five bytes undefined, and some programs drop Latin-1's control characters.
//! What is missing of a Chinese character the word model finds; of a letter or a mark, how common
//! each is decides, and the doubt is shown. Promise: what a channel does not give back stays.

use std::ops::Range;

use super::super::Evidence;
use super::super::channel::{Channel, channel, damage};
use super::super::characters::Characters;
use super::super::classes::{self, Open};
use super::super::lattice::Lattice;
use super::super::model::Model;
use super::super::restore::{Stretch, WINDOW, context_before};
use super::super::search::{self, Ends, Entry};
use super::super::table::{NONE, Silent, Table};
use super::common::{Beside, RARE, weight};
use super::sequences::{byte, sequences};
use super::twice::over;
use super::{ENOUGH, points, restored, shown};

/// Characters before a run that its search looks back at.
pub(super) const NEAR: usize = 16;

/// All stretches of a line, if bytes are missing from any.
pub(super) fn stretches(
    model: &Model,
    line: &[char],
    by: Option<&'static Channel>,
) -> Vec<Stretch> {
    // Where control characters stand, none was dropped.
    let control = |c: &char| matches!(c, '\u{80}'..='\u{9f}');
    let said = by.is_some() || shown(line, &sequences(line)) >= ENOUGH;
    if line.iter().any(control) || !said {
        return Vec::new();
    }
    let mut once = ["utf8-windows1252-dropped", "utf8-latin1-dropped"];
    // Of what Windows-1252 has and Latin-1 has not, any text that lost a few bytes keeps more.
    if !line.iter().any(|&c| c > '\u{ff}' && byte(c).is_some()) {
        once.reverse();
    }
    for name in once {
        let twice = channel(match name {
            "utf8-latin1-dropped" => "utf8-latin1-dropped-twice",
            _ => "utf8-windows1252-dropped-twice",
        });
        let once = channel(name);
        let wanted = |channel: &&'static Channel| by.is_none_or(|by| by == *channel);
        let found = match (twice.filter(wanted), once.filter(wanted), once) {
            (Some(twice), _, Some(once))
                if let Some(found) = over(model, line, once, twice, by.is_some()) =>
            {
                vec![found]
            }
            (_, Some(once), _) => under(model, line, once, by.is_some()),
            _ => Vec::new(),
        };
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Whether a line may be nothing but UTF-8 of which bytes are missing: every run of its characters that are
/// no ASCII begins with a first byte.
pub(super) fn may_be(line: &[char]) -> bool {
    let mut runs = line.split(char::is_ascii).filter(|run| !run.is_empty());
    runs.all(|run| {
        let mut bytes = run.iter().map(|&c| byte(c));
        bytes.next().flatten().is_some_and(|first| first >= 0xc2)
            && bytes.all(|byte| byte.is_some())
    })
}

/// Whether a line may be what is left of Chinese, though no character of it is whole: every run begins as
/// a Chinese character or mark does and is no letter of a Latin word, and one goes on.
pub(super) fn may_be_chinese(line: &[char]) -> bool {
    let (mut at, mut goes_on) = (0, false);
    while at < line.len() {
        let length = line[at..].iter().take_while(|c| !c.is_ascii()).count();
        if length > 0 {
            let letter = |at: Option<&char>| at.is_some_and(char::is_ascii_alphabetic);
            let before = letter(at.checked_sub(1).and_then(|at| line.get(at)));
            let after = letter(line.get(at + length));
            let first = byte(line[at]).filter(|first| (0xe2..=0xef).contains(first));
            if before || (after && length == 1) || first.is_none() {
                return false;
            }
            goes_on |= length > 1 && first.is_some_and(|first| (0xe3..=0xe9).contains(&first));
        }
        at += length.max(1);
    }
    goes_on
}

/// The stretches under one channel; none unless bytes are missing or the channel is `given`.
fn under(model: &Model, line: &[char], channel: &'static Channel, given: bool) -> Vec<Stretch> {
    let table = channel.table();
    let chinese = sequences(line)
        .iter()
        .any(|sequence| classes::is_han(sequence.character));
    let alone = given && may_be_chinese(line);
    let chinese = chinese || alone;
    let mut found: Vec<Stretch> = Vec::new();
    let mut missing = given;
    let mut written: Vec<char> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let made = |c: &&char| !c.is_ascii() && !table.units(**c).is_empty();
        let length = line[at..].iter().take_while(made).count();
        let (from, to) = (at, at + length);
        at = to.max(at + 1);
        if length == 0 {
            written.push(line[from]);
            continue;
        }
        let near = &written[written.len().saturating_sub(NEAR)..];
        let Some(stretch) = run(model, line, from..to, near, channel, chinese) else {
            written.extend(&line[from..to]);
            continue;
        };
        written.extend(stretch.text.chars());
        missing |= stretch
            .evidence
            .iter()
            .any(|evidence| *evidence != Evidence::Exact);
        found.push(Stretch {
            from,
            to,
            ..stretch
        });
    }
    let sure = |stretch: &Stretch| stretch.evidence.contains(&Evidence::Exact);
    // A letter by itself may be all that is left of another one: where one of those is sound, any may be.
    let sound = |c: &char| !c.is_alphabetic() || byte(*c).is_none();
    let mut explained: Vec<bool> = line.iter().map(sound).collect();
    for stretch in &found {
        explained[stretch.from..stretch.to].fill(true);
    }
    let explained = line.iter().zip(explained).all(|(c, is)| is || c.is_ascii());
    let again = points(&sequences(&restored(line, &found))) >= ENOUGH;
    let sure = alone || found.iter().any(sure);
    if !missing || again || !explained || !sure {
        return Vec::new();
    }
    found
}

/// One run of a line's characters that are no ASCII, restored, if the channel can have made it; `before` is
/// the text before it.
pub(super) fn run(
    model: &Model,
    line: &[char],
    run: Range<usize>,
    before: &[char],
    channel: &'static Channel,
    chinese: bool,
) -> Option<Stretch> {
    let table = channel.table();
    let letter = |at: Option<usize>| {
        at.and_then(|at| line.get(at))
            .is_some_and(char::is_ascii_alphanumeric)
    };
    let around = Beside {
        before: letter(run.start.checked_sub(1)),
        after: letter(Some(run.end)),
    };
    let ends = run.end == line.len();
    let run = &line[run];
    let letters = letters(table, run, around, chinese);
    let (text, evidence) = match letters {
        Some(letters) => letters,
        None if chinese => words(model, table, before, run, ends)?,
        None => return None,
    };
    let original: String = run.iter().collect();
    (damage(channel, &text) == original).then_some(Stretch {
        channel: channel.name,
        from: 0,
        to: run.len(),
        text,
        evidence,
        gain: f32::INFINITY,
    })
}

/// The most probable text under the word model, after the text `before`; searched in windows, each of
/// which ends before a first byte, so that memory does not grow with the line.
fn words(
    model: &Model,
    table: &Table,
    before: &[char],
    run: &[char],
    ends: bool,
) -> Option<(String, Vec<Evidence>)> {
    let mut written = before.to_vec();
    let mut evidence = Vec::new();
    let mut rest = run;
    while !rest.is_empty() {
        let begins = |c: &char| byte(*c).is_some_and(|byte| byte >= 0xc2);
        let far = rest.iter().skip(WINDOW).position(begins);
        let (window, after) = rest.split_at(far.map_or(rest.len(), |far| WINDOW + far));
        rest = after;
        let ends = Ends::of(rest.is_empty() && ends, true);
        window_of(model, table, window, ends, &mut written, &mut evidence)?;
    }
    Some((written[before.len()..].iter().collect(), evidence))
}

fn window_of(
    model: &Model,
    table: &Table,
    window: &[char],
    ends: Ends,
    written: &mut Vec<char>,
    evidence: &mut Vec<Evidence>,
) -> Option<()> {
    let mut lattice = Lattice::new(
        table,
        Silent::none(),
        window,
        NONE,
        true,
        Characters::embedded(),
    );
    lattice.narrow(model);
    if lattice.length() < window.len() {
        return None;
    }
    let start = Entry {
        pending: NONE,
        context: context_before(model, written),
        inside: written.last().and_then(|&c| model.single(c).run),
        open: Open::default(),
    };
    let best = search::search(model, &lattice, start, ends)?;
    let exact = lattice.exact();
    for found in &best.found {
        written.push(found.character);
        evidence.push(match exact.get(found.place) {
            Some(Some(_)) => Evidence::Exact,
            _ => Evidence::Inferred {
                probability: found.probability,
                alternatives: found.others.clone(),
            },
        });
    }
    Some(())
}

/// A run read sequence by sequence; `None` if a byte is missing from a Chinese character, or from
/// nothing that could stand there.
fn letters(
    table: &Table,
    run: &[char],
    around: Beside,
    chinese: bool,
) -> Option<(String, Vec<Evidence>)> {
    let mut text = String::new();
    let mut evidence = Vec::new();
    let mut at = 0;
    while at < run.len() {
        let length = 1 + run[at + 1..]
            .iter()
            .take_while(|&&c| byte(c).is_some_and(|byte| (0x80..0xc0).contains(&byte)))
            .count();
        let whole = match byte(run[at])? {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => return None,
        };
        let sequence = &run[at..at + length.min(whole)];
        at += sequence.len();
        // Signs begin with these two, no letters.
        let after = run.get(at).map(|&c| !matches!(byte(c), Some(0xc2 | 0xe2)));
        let beside = Beside {
            before: text
                .chars()
                .last()
                .map_or(around.before, char::is_alphanumeric),
            after: after.unwrap_or(around.after),
        };
        let lattice = Lattice::new(table, Silent::none(), sequence, NONE, true, None);
        let arcs = lattice
            .arcs(0, NONE)
            .iter()
            .filter(|arc| arc.to == sequence.len());
        let mut weights: Vec<(char, f64)> = arcs
            .map(|arc| (arc.character, weight(arc.character, beside)))
            .collect();
        weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        weights.dedup();
        let all: f64 = weights.iter().map(|weight| weight.1).sum();
        let &(best, most) = weights.first()?;
        text.push(best);
        if weights.len() == 1 {
            evidence.push(Evidence::Exact);
            continue;
        }
        if most <= RARE && (chinese || sequence.len() == 1) {
            return None;
        }
        evidence.push(Evidence::Inferred {
            probability: most / all,
            alternatives: weights[1..]
                .iter()
                .take(5)
                .map(|&(c, w)| (c, w / all))
                .collect(),
        });
    }
    Some((text, evidence))
}
