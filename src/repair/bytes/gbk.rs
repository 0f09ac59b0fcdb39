//! GBK read byte by byte. In: the characters of a line. Out: the runs of it that are pairs of bytes of
//! GBK and make ordinary Chinese, restored exactly.
//!
//! Any two accented letters may be a pair, and short words of other languages are: the word model
//! must find the result as likely as Chinese is, and letters of a Latin word are none. Promise: what
//! the channel does not give back stays.

use std::ops::Range;

use super::super::channel::{Channel, channel, damage};
use super::super::classes::{self, Open};
use super::super::detect;
use super::super::lattice::Lattice;
use super::super::model::Model;
use super::super::restore::Stretch;
use super::super::search::{self, Ends, Entry};
use super::super::table::NONE;
use super::sequences::byte;
use super::{covered, exact};

/// What a run must be like to be taken for GBK.
struct Demands {
    /// Characters as they stand, at least.
    shortest: usize,
    /// Different ones among them, at least: rules and borders (`ÄÄÄÄ`) repeat themselves.
    distinct: usize,
    /// Nats that the Chinese costs at most, by character.
    cost: f32,
    /// Not between quotation marks.
    unquoted: bool,
    /// Not as a letter of a Latin word.
    apart: bool,
}

/// Ordinary text costs about 5 nats a character, Chinese characters at random 12 and more.
const STRICT: Demands = Demands {
    shortest: 4,
    distinct: 3,
    cost: 8.0,
    unquoted: true,
    apart: true,
};
const BESIDE: Demands = Demands {
    shortest: 2,
    distinct: 2,
    cost: 16.0,
    unquoted: false,
    apart: true,
};
/// Where most of a line was GBK, no letter of it is anything else: `160G×°XP`.
const WITHIN: Demands = Demands {
    distinct: 1,
    apart: false,
    ..BESIDE
};

/// The runs of a line that were GBK, and whether that is ordinary Chinese for most of its letters.
/// Where one run is convincing, the short and odd ones beside it have been GBK as well.
pub(super) fn stretches(
    model: &Model,
    line: &[char],
    by: Option<&'static Channel>,
) -> (Vec<Stretch>, bool) {
    let strict = runs(model, line, by, &STRICT);
    if by.is_none() && strict.is_empty() {
        return (strict, false);
    }
    let all = line.iter().filter(|c| !c.is_ascii()).count();
    let mostly = covered(line, &strict) * 2 >= all;
    let demands = if mostly { &WITHIN } else { &BESIDE };
    (runs(model, line, by, demands), mostly)
}

/// Whether all letters of a line beyond ASCII may be GBK, none of them part of a Latin word: how many pairs
/// have a second byte beyond ASCII then, and how many have not.
pub(crate) fn in_pairs(line: &[char]) -> Option<(usize, usize)> {
    let (mut at, mut high, mut low) = (0, 0, 0);
    while let Some(character) = line.get(at) {
        let length = pairs(&line[at..]);
        if !length.is_multiple_of(2) || (length == 0 && !character.is_ascii()) {
            return None;
        }
        let run = at..at + length;
        // Rules and borders repeat themselves.
        let repeated = length > 0 && line[run.clone()].iter().all(|c| c == character);
        if repeated || (length > 0 && in_a_word(line, &run)) {
            return None;
        }
        let ascii = line[run].iter().skip(1).step_by(2).filter(|c| c.is_ascii());
        let ascii = ascii.count();
        low += ascii;
        high += length / 2 - ascii;
        at += length.max(1);
    }
    Some((high, low))
}

/// The runs that are pairs of bytes and meet the demands.
fn runs(
    model: &Model,
    line: &[char],
    by: Option<&'static Channel>,
    demands: &Demands,
) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let length = pairs(&line[at..]);
        if length.is_multiple_of(2)
            && let Some(stretch) = run(model, line, at..at + length, by, demands)
        {
            stretches.push(stretch);
        }
        at += length.max(1);
    }
    stretches
}

/// How many characters from here on are pairs of bytes of GBK; one more if the last is alone.
fn pairs(text: &[char]) -> usize {
    let is = |at: usize, range: std::ops::RangeInclusive<u8>| {
        let byte = text.get(at).copied().and_then(byte);
        byte.is_some_and(|byte| range.contains(&byte))
    };
    let mut at = 0;
    while is(at, 0x81..=0xfe) {
        if !is(at + 1, 0x40..=0xfe) {
            return at + 1;
        }
        at += 2;
    }
    at
}

/// Whether pairs of bytes are rather letters of a Latin word than Chinese beside one: `Größe`, `année`.
fn in_a_word(line: &[char], run: &Range<usize>) -> bool {
    let letter = |at: Option<usize>| {
        at.and_then(|at| line.get(at))
            .is_some_and(char::is_ascii_alphabetic)
    };
    let (before, after) = (letter(run.start.checked_sub(1)), letter(Some(run.end)));
    let mut second = line[run.clone()].iter().skip(1).step_by(2);
    // Common Chinese characters have no second bytes in ASCII.
    if second.all(char::is_ascii) {
        before || (after && run.len() == 2)
    } else {
        before && after && run.len() == 2
    }
}

/// One run as GBK, if that makes it ordinary Chinese.
fn run(
    model: &Model,
    line: &[char],
    run: Range<usize>,
    by: Option<&'static Channel>,
    demands: &Demands,
) -> Option<Stretch> {
    let bytes: Vec<u8> = line[run.clone()].iter().filter_map(|&c| byte(c)).collect();
    let read = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&bytes)?;
    let text: Vec<char> = read.chars().collect();
    let han = text.iter().filter(|&&c| classes::is_han(c)).count();
    let distinct: std::collections::BTreeSet<u8> = bytes.iter().copied().collect();
    let strange = |c: &char| matches!(c, '\u{e000}'..='\u{f8ff}');
    if text.len() * 2 != run.len() || text.iter().any(strange) {
        return None;
    }
    let chinese = han * 2 >= text.len() || demands.shortest == BESIDE.shortest;
    if !chinese || run.len() < demands.shortest || distinct.len() < demands.distinct {
        return None;
    }
    if demands.apart && in_a_word(line, &run) {
        return None;
    }
    let quoted = || detect::quoted(&line[..run.start], &line[run.end..]);
    if demands.unquoted && quoted() {
        return None;
    }
    let start = Entry {
        pending: NONE,
        context: model.start(),
        inside: None,
        open: Open::default(),
    };
    let cost = search::cost(model, &Lattice::clean(&text), start, Ends::Nothing)?;
    if cost > demands.cost * f32::from(u16::try_from(text.len()).ok()?) {
        return None;
    }
    let original: String = line[run.clone()].iter().collect();
    ["gbk-windows1252", "gbk-latin1"]
        .into_iter()
        .find_map(|name| {
            let channel = channel(name).filter(|channel| by.is_none_or(|by| by == *channel))?;
            (damage(channel, &read) == original)
                .then(|| exact(channel, run.start, run.end, read.to_string()))
        })
}
