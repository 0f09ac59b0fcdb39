//! What is not worth a search. In: a stretch of a line, and a channel. Out: whether the channel can
//! have made it at all, and looks as though it had.
//!
//! Sound text in many languages can be read as damage for a few characters; nearly all of it stops
//! here, at a thousandth of the cost of a search. Promise: time grows with the stretch alone.

use super::super::channel::{Channel, Read, Written};
use super::super::detect::{self, Suspects};
use super::super::leaning;
use super::super::model::{self, Model};
use super::super::table::Table;
use super::{clean_cost, starts};

/// Where to look next, if no search is needed to see that nothing in a window was damaged: most of
/// sound text stops here.
pub(super) fn refused(
    model: &Model,
    channel: &Channel,
    family: Suspects,
    damaged: &[char],
    rest: &[char],
    from: usize,
    window: &[char],
) -> Option<usize> {
    let table = channel.table();
    let all = |text: &[char]| text.iter().filter(|c| !c.is_ascii()).count();
    let read = |c: &&char| match channel.written {
        Written::Utf8 => table.follows(15, **c) != 0,
        Written::Gbk => !table.units(**c).is_empty(),
        Written::Big5 => detect::may_be(family, **c),
    };
    let run = window.iter().take_while(read).count();
    let next = from + run.max(1);
    if !is_like(model, channel, family, &window[..run]) {
        return Some(next);
    }
    // Much sound text in traditional characters can be read both ways, but not line by line.
    if family == detect::BIG5_AS_GBK && all(&window[..run]) * 5 < all(damaged) * 4 {
        return Some(next);
    }
    if channel.written != Written::Utf8
        || (run == window.len() && window.len() < damaged.len() - from)
    {
        return None;
    }
    let sound = detect::letters(&damaged[..from])
        || detect::letters(&damaged[from + run..])
        || detect::letters(rest);
    if sound && !is_row(table, &window[..run]) {
        return Some(next);
    }
    // From here on alone, or from the next place on, a text may be read as this.
    for at in 0..run {
        if at > 0 && !starts(channel, window[at]) {
            continue;
        }
        let mut phases = 1;
        let whole = window[at..run].iter().take_while(|&&c| {
            phases = table.follows(phases, c);
            phases != 0
        });
        let to = at + whole.count();
        let sound = sound || detect::letters(&window[..at]) || detect::letters(&window[to..run]);
        if !sound || is_row(table, &window[at..to]) {
            return (at > 0).then_some(from + at);
        }
    }
    Some(next)
}

/// Whether a stretch looks enough like what a channel makes to be searched.
pub(super) fn is_like(
    model: &Model,
    channel: &Channel,
    family: Suspects,
    stretch: &[char],
) -> bool {
    match family {
        0 => true,
        detect::GBK_AS_BIG5 | detect::BIG5_AS_GBK => leaning::leans(model, channel, stretch),
        _ => detect::looks_like(family, stretch),
    }
}

/// Whether a stretch, read pair by pair, is no more probable than it is as it stands. Pairs are
/// shifted now and then, but most are not: sound text stops here, without a search.
pub(super) fn is_worse(model: &Model, channel: &Channel, stretch: &[char]) -> bool {
    let Some(pairs) = channel.pairs() else {
        return false;
    };
    let read = |&character: &char| {
        let was = pairs.as_written(channel.table(), character);
        was.unwrap_or(character)
    };
    let text: Vec<char> = stretch.iter().map(read).collect();
    let cost = |text: &[char]| {
        let forms: f32 = text.iter().copied().map(model::form).sum();
        clean_cost(model, text, model.start(), false) - forms
    };
    cost(&text) >= cost(stretch)
}

/// Whether a stretch is more than sound text has beside it: long enough, with four characters in a
/// row that text in UTF-8 makes and sound text hardly ever has.
fn is_row(table: &Table, stretch: &[char]) -> bool {
    let (mut all, mut row, mut longest) = (0, 0, 0);
    for &character in stretch.iter().filter(|c| !c.is_ascii()) {
        all += 1;
        row = if table.likely(character) { row + 1 } else { 0 };
        longest = longest.max(row);
    }
    all >= detect::BESIDE_SOUND && longest >= 4
}

/// The family of pairs that a channel belongs to, if it is one of them.
pub(super) fn family(channel: &Channel) -> Suspects {
    match (channel.written, channel.read) {
        (Written::Utf8, Read::Big5 | Read::Cp950) => detect::BIG5,
        (Written::Utf8, Read::ShiftJis | Read::Cp932) => detect::SHIFT_JIS,
        (Written::Utf8, Read::Uhc) => detect::EUC_KR,
        (Written::Gbk, Read::Cp950) => detect::GBK_AS_BIG5,
        (Written::Big5, Read::Gbk) => detect::BIG5_AS_GBK,
        _ => 0,
    }
}
