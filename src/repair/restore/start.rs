//! Where a search may start. In: a line, what it is suspected of, and a place in it. Out: the channels
//! to ask there, and where there is nothing to ask.
//!
//! Promise: what is refused here is refused without a search, by counting and by looking up words at
//! most; nearly all of sound text stops here, and time grows with the stretch alone.

use super::super::bytes;
use super::super::channel::{Channel, Read, Written, channel};
use super::super::detect::{self, Suspects};
use super::super::leaning;
use super::super::model::Model;
use super::super::table::Table;
use super::Known;
use super::weigh::clean_cost;

/// The channels to search for in a line, judging by the characters that it holds.
pub(super) fn candidates(line: &[char], suspects: Suspects, known: Known) -> Vec<&'static Channel> {
    if let (true, Some((by, _))) = (known.alone, known.expected) {
        return if by.is_searched() {
            vec![by]
        } else {
            Vec::new()
        };
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
    let has = |wanted: &[char]| line.iter().any(|c| wanted.contains(c));
    if suspects & detect::SHIFT_JIS != 0 {
        names.push(if has(&['\u{f8f0}']) {
            "utf8-cp932-dropped"
        } else {
            "utf8-sjis-dropped"
        });
    }
    if suspects & detect::BIG5 != 0 {
        let windows = has(&['～', '⊕', '⊙', '￥', '￠', '￡', '‧', '﹑', '¯', '∕', '﹨']);
        names.push(if windows {
            "utf8-cp950-dropped"
        } else {
            "utf8-big5-dropped"
        });
    }
    let pairs = [
        (detect::EUC_KR, "utf8-euckr-dropped"),
        (detect::GBK_AS_BIG5, "gbk-big5-dropped"),
        (detect::BIG5_AS_GBK, "big5-gbk-dropped"),
    ];
    names.extend(
        pairs
            .iter()
            .filter(|pair| suspects & pair.0 != 0)
            .map(|pair| pair.1),
    );
    let may_be = |channel: &Channel| channel.is_searched() || bytes::in_pairs(line).is_some();
    let expected = known.expected.filter(|expected| may_be(expected.0));
    let expected = expected.map(|expected| expected.0.name);
    names.extend(expected.filter(|expected| !names.contains(expected)));
    names.into_iter().filter_map(channel).collect()
}

/// Whether what the channel made may start with this character: hardly ever with one in ASCII, which is
/// what it was or the end of something else. So all channels are asked at the same place. But of the
/// commonest characters in Big5 GBK leaves a second byte in ASCII.
pub(super) fn starts(channel: &Channel, first: char) -> bool {
    let table = channel.table();
    if first.is_ascii() {
        return channel.written == Written::Big5 && matches!(first, '@'..='~');
    }
    match channel.written {
        Written::Utf8 => table.likely(first) || channel.mark == Some(first),
        _ => !table.units(first).is_empty(),
    }
}

/// Whether a line that was not restored may be damaged all the same: what it says is no more than a few
/// characters, all of which the channel makes.
pub(in super::super) fn is_open(model: &Model, channel: &Channel, line: &str) -> bool {
    if !channel.is_searched() {
        return bytes::may_be(line, true);
    }
    let line: Vec<char> = line.chars().collect();
    match channel.written {
        Written::Utf8 => line.iter().all(|&c| channel.table().reads(c)),
        _ => leaning::is_open(model, channel, &line),
    }
}

/// Whether there is any place in a line that [`refused`] would not refuse: all of the line's letters in
/// one run that text in UTF-8 may have become, or enough of them in a row. More lines are let through
/// than that, never fewer; time grows with the length of the line alone.
pub(super) fn anywhere(channel: &Channel, line: &[char]) -> bool {
    if channel.written != Written::Utf8 {
        return true;
    }
    let table = channel.table();
    // Runs with letters in them, and how long the run is.
    let (mut runs, mut run, mut lettered) = (0, 0, false);
    for (at, &character) in line.iter().enumerate() {
        let letter = runs <= 1 && detect::is_letter(character);
        if !table.reads(character) {
            // It can't be damaged: a letter here is a sound one.
            runs += 2 * u32::from(letter);
            (run, lettered) = (0, false);
            continue;
        }
        run += 1;
        runs += u32::from(letter && !lettered);
        lettered |= letter;
        if run > LONG_RUN || (starts(channel, character) && goes_on(table, &line[at..])) {
            return true;
        }
    }
    runs <= 1
}

/// Runs longer than this are searched whatever is around them.
const LONG_RUN: usize = 1_000;

/// Whether so much text in UTF-8 as may stand beside sound text can have become this.
fn goes_on(table: &Table, line: &[char]) -> bool {
    let (mut phases, mut all) = (1, 0);
    for &character in line {
        phases = table.follows(phases, character);
        if phases == 0 {
            return false;
        }
        all += usize::from(!character.is_ascii());
        if all >= detect::BESIDE_SOUND {
            return true;
        }
    }
    false
}

/// Where to look next, if no search is needed to see that nothing in a window was damaged: most of
/// sound text stops here.
pub(super) fn refused(
    model: &Model,
    channel: &Channel,
    odds: f32,
    damaged: &[char],
    rest: &[char],
    from: usize,
    window: &[char],
) -> Option<usize> {
    let (table, family) = (channel.table(), family(channel));
    let all = |text: &[char]| text.iter().filter(|c| !c.is_ascii()).count();
    let read = |c: &&char| match channel.written {
        Written::Utf8 => table.reads(**c),
        Written::Gbk => !table.units(**c).is_empty(),
        Written::Big5 => detect::may_be(family, **c),
    };
    let run = window.iter().take_while(read).count();
    let next = from + run.max(1);
    if !is_like(model, channel, family, odds, &window[..run]) {
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
    odds: f32,
    stretch: &[char],
) -> bool {
    match family {
        0 => true,
        detect::GBK_AS_BIG5 | detect::BIG5_AS_GBK => leaning::leans(model, channel, odds, stretch),
        _ => detect::looks_like(family, odds, stretch),
    }
}

/// Whether a stretch, read pair by pair, is no more probable than it is as it stands. Of GBK pairs are
/// shifted now and then, but most are not: sound text stops here, without a search.
pub(super) fn is_worse(model: &Model, channel: &Channel, odds: f32, stretch: &[char]) -> bool {
    let Some(pairs) = channel.pairs() else {
        return false;
    };
    if channel.written == Written::Big5 {
        return !leaning::favours(model, channel, odds, stretch);
    }
    let read = |&character: &char| {
        let was = pairs.as_written(channel.table(), character);
        was.unwrap_or(character)
    };
    let text: Vec<char> = stretch.iter().map(read).collect();
    let cost = |text: &[char]| {
        let forms: f32 = text.iter().map(|&c| model.form(c)).sum();
        clean_cost(model, text, model.start(), false) - forms
    };
    cost(&text) >= cost(stretch) + odds
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
    all >= detect::BESIDE_SOUND && longest >= detect::BESIDE_SOUND
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

/// Whether a short stretch before sound text is worth a search.
pub(super) fn worth(table: &Table, stretch: &[char]) -> bool {
    stretch.iter().filter(|&&c| table.likely(c)).count() >= 2
}
