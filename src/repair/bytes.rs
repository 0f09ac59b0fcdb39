//! Text that was read byte by byte. In: the characters of a line. Out: the stretches of it that
//! are UTF-8 or GBK read as Latin-1 or Windows-1252, restored exactly.
//!
//! Nothing is lost in these channels, so there is nothing to search: what counts is not to touch
//! sound text; only where some program dropped bytes (`dropped`) is there something to choose. For
//! UTF-8, characters that are valid multi-byte sequences again are weighed one by one
//! (`sequences`), and a line is restored from two points on. For GBK (`gbk`) the word model must find the
//! result as likely as ordinary Chinese. Promise: what is quoted, in a line that is sound
//! otherwise, stays.

mod common;
mod dropped;
mod gbk;
mod sequences;
mod twice;

use super::channel::{Channel, Written, channel, damage};
use super::detect::{self, Suspects};
use super::model::Model;
use super::restore::Stretch;
use super::{Evidence, RepairedLine};

pub(crate) use gbk::in_pairs;
use sequences::{Sequence, sequences, whole};

/// Points from which on a line is taken for damaged.
const ENOUGH: u32 = 2;

/// All stretches of a line that were read byte by byte, in order.
pub(crate) fn stretches(
    model: &Model,
    line: &[char],
    suspects: Suspects,
    by: Option<&'static Channel>,
) -> Vec<Stretch> {
    let suspected = by.is_some() || suspects & (detect::SEQUENCE | detect::BYTES) != 0;
    if !suspected || by.is_some_and(Channel::is_searched) {
        return Vec::new();
    }
    let utf8 = by.is_none_or(|by| by.written == Written::Utf8);
    let mut found = if utf8 {
        utf8_stretches(line, by)
    } else {
        Vec::new()
    };
    if utf8 && (by.is_some() || suspects & detect::SEQUENCE != 0) {
        // What explains more of the line has happened to it.
        let dropped = dropped::stretches(model, line, by);
        let left = |all: &[Stretch]| {
            let grown = all.iter().map(|one| one.text.chars().count());
            line.len() + grown.sum::<usize>()
                - all.iter().map(|one| one.to - one.from).sum::<usize>()
        };
        let more = covered(line, &dropped).cmp(&covered(line, &found));
        if more.then(left(&found).cmp(&left(&dropped))).is_gt() {
            found = dropped;
        }
    }
    let suspected = by.is_some() || suspects & detect::BYTES != 0;
    let all = line.iter().filter(|c| !c.is_ascii()).count();
    let unlikely = !found.iter().all(|one| ordinary(&one.text, &one.evidence));
    let gbk = by.is_none_or(|by| by.written == Written::Gbk);
    if gbk && suspected && (unlikely || covered(line, &found) < all) {
        let (gbk, mostly) = gbk::stretches(model, line, by);
        let more = covered(line, &gbk).cmp(&covered(line, &found));
        // Nearly anything can be made of bytes that were dropped, and odd letters of any two;
        // ordinary Chinese hardly ever comes about by chance.
        if more.is_gt() || (more.is_eq() && unlikely && mostly) {
            found = gbk;
        }
    }
    found
}

/// Whether a restored line is one that somebody may have written, and nothing of it was chosen.
pub(crate) fn is_likely(line: &RepairedLine) -> bool {
    ordinary(&line.text, &line.evidence)
}

fn ordinary(text: &str, evidence: &[Evidence]) -> bool {
    let chosen = |known: &Evidence| !matches!(known, Evidence::Exact | Evidence::Clean);
    !evidence.iter().any(chosen) && text.chars().all(common::is_usual)
}

/// How many characters beyond ASCII are in these stretches.
fn covered(line: &[char], stretches: &[Stretch]) -> usize {
    let within = stretches.iter().flat_map(|one| &line[one.from..one.to]);
    within.filter(|c| !c.is_ascii()).count()
}

/// Whether every letter of a line beyond ASCII may be part of UTF-8 or GBK read byte by byte; of UTF-8
/// some bytes may have been `dropped`.
pub(crate) fn may_be(line: &str, dropped: bool) -> bool {
    let line: Vec<char> = line.chars().collect();
    if dropped && dropped::may_be(&line) {
        return true;
    }
    let covered: usize = sequences(&line).iter().map(|one| one.to - one.from).sum();
    if line.iter().filter(|c| !c.is_ascii()).count() == covered {
        return true;
    }
    // Of pairs of GBK most have no letter of ASCII: `êt` is French.
    in_pairs(&line).is_some_and(|(high, low)| high >= low)
}

fn utf8_stretches(line: &[char], by: Option<&'static Channel>) -> Vec<Stretch> {
    let sequences = whole(line, sequences(line));
    if by.is_none() && shown(line, &sequences) < ENOUGH {
        return Vec::new();
    }
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut rest = sequences.as_slice();
    while let Some(first) = rest.first() {
        let adjacent = rest
            .windows(2)
            .take_while(|two| two[0].to == two[1].from)
            .count();
        let (run, after) = rest.split_at(adjacent + 1);
        let to = run.last().map_or(first.to, |sequence| sequence.to);
        let text: String = run.iter().map(|sequence| sequence.character).collect();
        stretches.extend(undo(line, first.from, to, &text, by));
        rest = after;
    }
    // Three times over, or text that looks damaged by itself: nothing that we could vouch for.
    if points(&self::sequences(&restored(line, &stretches))) >= ENOUGH {
        Vec::new()
    } else {
        stretches
    }
}

/// The line with these stretches as restored.
fn restored(line: &[char], stretches: &[Stretch]) -> Vec<char> {
    let mut result = Vec::new();
    let mut at = 0;
    for stretch in stretches {
        result.extend(&line[at..stretch.from]);
        result.extend(stretch.text.chars());
        at = stretch.to;
    }
    result.extend(&line[at..]);
    result
}

fn points(sequences: &[Sequence]) -> u32 {
    sequences.iter().map(|sequence| sequence.points).sum()
}

/// The points of what is not there to be seen: a text about damage quotes it.
fn shown(line: &[char], sequences: &[Sequence]) -> u32 {
    let mut points = 0;
    let mut rest = sequences;
    while let Some(first) = rest.first() {
        // The sequences of one word, or of one quotation.
        let (mut count, mut to) = (0, first.from);
        for sequence in rest {
            let between = &line[to..sequence.from];
            if !between.iter().all(char::is_ascii_alphanumeric) {
                break;
            }
            count += 1;
            to = sequence.to;
        }
        if !quoted_word(line, first.from, to, count) {
            points += self::points(&rest[..count]);
        }
        rest = &rest[count..];
    }
    points
}

/// Whether the word with these sequences is quoted; in brackets stand single letters alone.
fn quoted_word(line: &[char], from: usize, to: usize, letters: usize) -> bool {
    let letter = |c: &&char| c.is_ascii_alphanumeric();
    let before = line[..from].iter().rev().take_while(letter).count();
    let after = line[to..].iter().take_while(letter).count();
    match detect::quotes(&line[..from - before], &line[to + after..]) {
        Some('<' | '>') | None => false,
        Some('(' | '[' | '（' | '【') => letters <= 2,
        Some(_) => true,
    }
}

/// A run of sequences as a stretch, if a channel gives it back; twice over if it is that.
fn undo(
    line: &[char],
    from: usize,
    to: usize,
    text: &str,
    by: Option<&'static Channel>,
) -> Option<Stretch> {
    let original: String = line[from..to].iter().collect();
    let once: Vec<char> = text.chars().collect();
    let inner = sequences(&once);
    let whole = inner
        .iter()
        .map(|sequence| sequence.to - sequence.from)
        .sum::<usize>();
    let twice = (whole == once.len()).then(|| {
        inner
            .iter()
            .map(|sequence| sequence.character)
            .collect::<String>()
    });
    let names = ["utf8-windows1252", "utf8-latin1"].map(|name| (name, Some(text)));
    let over = ["utf8-windows1252-twice", "utf8-latin1-twice"].map(|name| (name, twice.as_deref()));
    over.into_iter().chain(names).find_map(|(name, text)| {
        let (channel, text) = (channel(name)?, text?);
        let wanted = by.is_none_or(|by| by == channel);
        (wanted && damage(channel, text) == original)
            .then(|| exact(channel, from, to, text.to_owned()))
    })
}

fn exact(channel: &'static Channel, from: usize, to: usize, text: String) -> Stretch {
    let evidence = vec![Evidence::Exact; text.chars().count()];
    Stretch {
        channel: channel.name,
        from,
        to,
        text,
        evidence,
        gain: f32::INFINITY,
    }
}
