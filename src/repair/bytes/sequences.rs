//! UTF-8 read byte by byte: the sequences, and what each says for damage. In: the characters of a
//! line. Out: those of them that are valid multi-byte sequences again, weighed one by one.
//!
//! Accented letters inside a word (`cafÃ©`) speak for damage, signs that may follow a capital letter
//! (`Â»`, `Ã”`) hardly do. Promise: two points or more are never given to what sound text of any
//! language has.

use std::sync::OnceLock;

use super::super::encodings::windows_1252;

/// One multi-byte sequence.
pub(super) struct Sequence {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) character: char,
    pub(super) points: u32,
}

/// The byte that a character stands for, in Windows-1252 or in Latin-1.
pub(super) fn byte(character: char) -> Option<u8> {
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

/// All valid multi-byte sequences of a line, with what each says.
pub(super) fn sequences(line: &[char]) -> Vec<Sequence> {
    let mut found: Vec<Sequence> = Vec::new();
    let mut at = 0;
    while let Some(&first) = line.get(at) {
        let Some((character, length)) = sequence(&line[at..]) else {
            at += 1;
            continue;
        };
        let around = Around {
            first,
            rest: &line[at + 1..at + length],
            before: at.checked_sub(1).and_then(|at| line.get(at)).copied(),
            after: line.get(at + length).copied(),
            adjacent: found.last().is_some_and(|last| last.to == at),
        };
        found.push(Sequence {
            from: at,
            to: at + length,
            character,
            points: around.points(character),
        });
        at += length;
    }
    found
}

/// The character that a text begins with, read as UTF-8 again, and how many it is made of.
fn sequence(text: &[char]) -> Option<(char, usize)> {
    let length = match byte(*text.first()?)? {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = [0; 4];
    for (byte, &character) in bytes.iter_mut().zip(text.get(..length)?) {
        *byte = self::byte(character)?;
    }
    let text = std::str::from_utf8(&bytes[..length]).ok()?;
    Some((text.chars().next()?, length))
}

/// The sequences that are not part of something else: damage by this channel leaves no letter
/// beside a sequence that is not part of one itself.
pub(super) fn whole(line: &[char], sequences: Vec<Sequence>) -> Vec<Sequence> {
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

/// A sequence as it stands in its line.
struct Around<'a> {
    first: char,
    rest: &'a [char],
    before: Option<char>,
    after: Option<char>,
    /// Another sequence ends where this one begins.
    adjacent: bool,
}

impl Around<'_> {
    /// What it says for damage.
    fn points(&self, character: char) -> u32 {
        let (first, adjacent) = (self.first, u32::from(self.adjacent));
        let (Some(&second), Some(&last)) = (self.rest.first(), self.rest.last()) else {
            return 0;
        };
        // No sound text has control characters.
        if self.rest.iter().any(|c| matches!(c, '\u{80}'..='\u{9f}')) {
            return 2;
        }
        let inside_word = self.before.is_some_and(|c| c.is_ascii_lowercase());
        let goes_on = !joins(last) && self.after.is_some_and(|c| c.is_ascii_lowercase());
        match u32::from(character) {
            // What comes from damage twice over.
            0x80..=0x9f => 0,
            // Scripts that few write in, and private-use characters.
            0x700..=0x1dff | 0xe000..=0xf8ff => adjacent * 2,
            // What ends a quotation after `á`: Spanish and Czech.
            0x1e00..=0x1fff if second == '»' && closes(last) && !goes_on => adjacent,
            0x1e00..=0x1fff => 1 + u32::from(inside_word || goes_on).max(adjacent),
            // `é`, a space that does not break, and a dash or a quotation mark: French and Czech.
            0x2000.. if second == '\u{a0}' || (inside_word && first != 'â') => adjacent * 2,
            0x2000.. => 2,
            _ if inside_word => 2,
            // No word goes on behind such a sign: `KÃ¤se`, `CÅ“ur`, `Ãºltimo`. Capitals that other
            // signs follow (`É£`) are fewer than names in strange spelling.
            _ if goes_on && matches!(first, 'Ã'..='Æ') => 2,
            // Ends of words and closing quotation marks follow capital letters in sound text.
            _ if closes(second) || ends_words(second) => adjacent,
            // `25Â°C`, `Â© 2020`: no word is just Â.
            0xa0..=0xbf => 2 - u32::from(self.before.is_some_and(char::is_uppercase)),
            _ if self.adjacent => 2,
            _ => u32::from(first == 'Ã'),
        }
    }
}

/// Whether a quotation may end here.
fn closes(sign: char) -> bool {
    joins(sign) || matches!(sign, '»' | '”' | '“' | '›')
}

/// Whether a letter may stand before and after it.
fn joins(sign: char) -> bool {
    matches!(sign, '’' | '…' | '–' | '—' | '\u{a0}' | '\u{ad}')
}

/// Whether a word may end before this.
fn ends_words(sign: char) -> bool {
    matches!(
        sign,
        'º' | 'ª' | '®' | '™' | '·' | '•' | '¹' | '²' | '³' | '‰'
    )
}
