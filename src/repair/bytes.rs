//! Text that was read byte by byte. In: the characters of a line. Out: the stretches of it that
//! are UTF-8 or GBK read as Latin-1 or Windows-1252, restored exactly.
//!
//! Nothing is lost in these channels, so there is nothing to search: what counts is not to touch
//! sound text; only where some program dropped bytes (`dropped`) is there something to choose. For UTF-8, sequences of characters that are valid multi-byte sequences again are
//! weighed one by one: accented letters inside a word (`cafÃ©`) speak for damage, signs that
//! may follow a capital letter (`Â»`, `Ã”`) hardly do, and a line is restored from two points
//! on. For GBK the word model must find the result as likely as ordinary Chinese. Promise: a
//! stretch between quotation marks, in a line that is sound otherwise, stays.

mod dropped;

use std::ops::Range;
use std::sync::OnceLock;

use super::Evidence;
use super::channel::{Channel, Written, channel, damage};
use super::classes::{self, Open};
use super::detect::{self, Suspects};
use super::encodings::windows_1252;
use super::lattice::Lattice;
use super::model::Model;
use super::restore::Stretch;
use super::search::{self, Entry};
use super::table::NONE;

/// Points from which on a line is taken for damaged.
const ENOUGH: u32 = 2;

/// What a run must be like to be taken for GBK.
struct Demands {
    /// Characters as they stand, at least.
    shortest: usize,
    /// Different ones among them, at least: rules and borders (`ÄÄÄÄ`) repeat themselves.
    distinct: usize,
    /// Nats that the Chinese costs at most, by character.
    cost: f32,
}

/// Ordinary text costs about 5 nats a character, Chinese characters at random 12 and more.
const STRICT: Demands = Demands {
    shortest: 4,
    distinct: 3,
    cost: 8.0,
};
const BESIDE: Demands = Demands {
    shortest: 2,
    distinct: 2,
    cost: 16.0,
};

/// One multi-byte sequence.
struct Sequence {
    from: usize,
    to: usize,
    character: char,
    points: u32,
}

/// All stretches of a line that were read byte by byte, in order.
pub(crate) fn stretches(
    model: &Model,
    line: &[char],
    suspects: Suspects,
    by: Option<&'static Channel>,
) -> Vec<Stretch> {
    if suspects & (detect::SEQUENCE | detect::BYTES) == 0 || by.is_some_and(Channel::is_searched) {
        return Vec::new();
    }
    let utf8 = by.is_none_or(|by| by.written == Written::Utf8);
    let mut found = if utf8 {
        utf8_stretches(line, by)
    } else {
        Vec::new()
    };
    if utf8 && suspects & detect::SEQUENCE != 0 {
        // What explains more of the line has happened to it.
        let dropped = dropped::stretches(model, line, by);
        let covered = |all: &[Stretch]| {
            let within = all.iter().flat_map(|one| &line[one.from..one.to]);
            within.filter(|c| !c.is_ascii()).count()
        };
        let left = |all: &[Stretch]| {
            let grown = all.iter().map(|one| one.text.chars().count());
            line.len() + grown.sum::<usize>()
                - all.iter().map(|one| one.to - one.from).sum::<usize>()
        };
        let more = covered(&dropped).cmp(&covered(&found));
        if more.then(left(&found).cmp(&left(&dropped))).is_gt() {
            found = dropped;
        }
    }
    let gbk = by.is_none_or(|by| by.written == Written::Gbk);
    if found.is_empty() && gbk && suspects & detect::BYTES != 0 {
        // Where one run is convincing, the short and odd ones beside it have been GBK as well.
        let strict = gbk_stretches(model, line, by, &STRICT);
        if !strict.is_empty() {
            found = gbk_stretches(model, line, by, &BESIDE);
        }
    }
    found
}

/// The byte that a character stands for, in Windows-1252 or in Latin-1.
fn byte(character: char) -> Option<u8> {
    static UPPER: OnceLock<Vec<char>> = OnceLock::new();
    match u32::from(character) {
        code @ ..0x100 => u8::try_from(code).ok(),
        // Where the characters are that only Windows-1252 has.
        0x152..=0x192 | 0x2c6..=0x2dc | 0x2013..=0x2122 => {
            let upper = UPPER.get_or_init(|| (0x80..=0x9f).map(windows_1252).collect());
            (0x80..=0x9f)
                .zip(upper)
                .find_map(|(byte, &read)| (read == character).then_some(byte))
        }
        _ => None,
    }
}

fn utf8_stretches(line: &[char], by: Option<&'static Channel>) -> Vec<Stretch> {
    let sequences = whole(line, sequences(line));
    let points: u32 = sequences.iter().map(|sequence| sequence.points).sum();
    if points < ENOUGH {
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
    let quoted = mostly_quoted(line, &stretches);
    // Three times over, or text that looks damaged by itself: nothing that we could vouch for.
    let mut result = String::new();
    let mut at = 0;
    for stretch in &stretches {
        result.extend(&line[at..stretch.from]);
        result.push_str(&stretch.text);
        at = stretch.to;
    }
    result.extend(&line[at..]);
    let result: Vec<char> = result.chars().collect();
    let again: u32 = self::sequences(&result)
        .iter()
        .map(|sequence| sequence.points)
        .sum();
    if quoted || again >= ENOUGH {
        Vec::new()
    } else {
        stretches
    }
}

/// Whether half of the stretches or more are quoted: a text about damage.
fn mostly_quoted(line: &[char], stretches: &[Stretch]) -> bool {
    let quoted = |one: &&Stretch| quoted_word(line, one.from, one.to);
    stretches.iter().filter(quoted).count() * 2 >= stretches.len().max(1)
}

/// Whether the word that a stretch belongs to is quoted.
fn quoted_word(line: &[char], from: usize, to: usize) -> bool {
    let letter = |c: &&char| c.is_ascii_alphanumeric();
    let before = line[..from].iter().rev().take_while(letter).count();
    let after = line[to..].iter().take_while(letter).count();
    detect::quoted(&line[..from - before], &line[to + after..])
}

/// The sequences that are not part of something else: damage by this channel leaves no letter
/// beside a sequence that is not part of one itself.
fn whole(line: &[char], sequences: Vec<Sequence>) -> Vec<Sequence> {
    let mut covered = vec![false; line.len()];
    for sequence in &sequences {
        covered[sequence.from..sequence.to].fill(true);
    }
    let mut apart = vec![true; line.len()];
    let mut at = 0;
    while at < line.len() {
        let run = line[at..]
            .iter()
            .take_while(|&&c| byte(c).is_some_and(|b| b >= 0x80))
            .count();
        let stray = |at: &usize| !covered[*at] && line[*at].is_alphabetic();
        if (at..at + run).any(|at| stray(&at)) {
            apart[at..at + run].fill(false);
        }
        at += run.max(1);
    }
    sequences
        .into_iter()
        .filter(|sequence| apart[sequence.from])
        .collect()
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

/// All valid multi-byte sequences of a line, with what each says.
fn sequences(line: &[char]) -> Vec<Sequence> {
    let mut found: Vec<Sequence> = Vec::new();
    let mut at = 0;
    while let Some(&first) = line.get(at) {
        let length = match byte(first) {
            Some(0xc2..=0xdf) => 2,
            Some(0xe0..=0xef) => 3,
            Some(0xf0..=0xf4) => 4,
            _ => 0,
        };
        let bytes: Option<Vec<u8>> = line
            .get(at..at + length)
            .map(|all| all.iter().filter_map(|&c| byte(c)).collect());
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let Some(character) = text
            .and_then(|text| text.chars().next())
            .filter(|_| length > 1)
        else {
            at += 1;
            continue;
        };
        let to = at + length;
        let before = at.checked_sub(1).and_then(|at| line.get(at)).copied();
        let adjacent = found.last().is_some_and(|last| last.to == at);
        if let Some(points) = points(first, line[at + 1], character, before, adjacent) {
            found.push(Sequence {
                from: at,
                to,
                character,
                points,
            });
        }
        at = to;
    }
    found
}

/// What a sequence says for damage; nothing at all if no text holds such a character.
fn points(
    first: char,
    second: char,
    character: char,
    before: Option<char>,
    adjacent: bool,
) -> Option<u32> {
    let inside_word = before.is_some_and(|c| c.is_ascii_lowercase());
    match u32::from(character) {
        // Scripts that nobody meets, and control characters, which come from damage twice over.
        0x700..=0x8ff | 0xe000..=0xf8ff => None,
        0x80..=0x9f => Some(0),
        0x900..=0x1dff => Some(u32::from(adjacent) * 2),
        0x1e00..=0x1fff => Some(if inside_word || adjacent { 2 } else { 1 }),
        // `é`, a space that does not break, and a dash or a quotation mark: French and Czech.
        0x2000.. if second == '\u{a0}' || (inside_word && first != 'â') => {
            Some(u32::from(adjacent) * 2)
        }
        0x2000.. => Some(2),
        // Ends of words and closing quotation marks follow capital letters in sound text.
        _ if matches!(
            second,
            '»' | '”' | '’' | '“' | '…' | '›' | 'º' | 'ª' | '®' | '™' | '·'
        ) || matches!(second, '–' | '—' | '•' | '¹' | '²' | '³' | '\u{a0}' | '‰') =>
        {
            Some(if inside_word { 2 } else { u32::from(adjacent) })
        }
        0xa0..=0xbf => {
            // `25Â°C`, `Â© 2020`: no word is just Â.
            let capital = before.is_some_and(char::is_uppercase);
            Some(if capital || before.is_none() { 1 } else { 2 })
        }
        _ if inside_word || adjacent => Some(2),
        _ if first == 'Ã' && before.is_none_or(|c| !c.is_alphabetic()) => Some(1),
        _ => Some(u32::from(first == 'Ã')),
    }
}

/// The runs that were GBK.
fn gbk_stretches(
    model: &Model,
    line: &[char],
    by: Option<&'static Channel>,
    demands: &Demands,
) -> Vec<Stretch> {
    let high = |c: &char| byte(*c).is_some_and(|byte| byte > 0x80 && byte < 0xff);
    let mut stretches = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let length = line[at..].iter().take_while(|c| high(c)).count();
        if length == 0 {
            at += 1;
            continue;
        }
        if let Some(stretch) = gbk_run(model, line, at..at + length, by, demands) {
            at = stretch.to;
            stretches.push(stretch);
        } else {
            at += length;
        }
    }
    stretches
}

/// One run as GBK, if that makes it ordinary Chinese.
fn gbk_run(
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
    if detect::quoted(&line[..run.start], &line[run.end..]) {
        return None;
    }
    let start = Entry {
        pending: NONE,
        context: model.start(),
        inside: None,
        open: Open::default(),
    };
    let cost = search::search(model, &Lattice::clean(&text), start, false)?.cost;
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
