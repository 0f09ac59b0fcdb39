//! What bytes are read as. In: a byte, or a pair of bytes. Out: the character that an encoding makes
//! of it, if any.
//!
//! `encoding_rs` reads as browsers do; what else is in use differs here and there, and what a reader
//! drops is what a search has to guess: so each reader is told apart from the others.

use std::sync::OnceLock;

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, WINDOWS_1252};

/// The first and second bytes that pairs are made of.
pub(crate) const LEADS: std::ops::RangeInclusive<u8> = 0x81..=0xfe;
pub(crate) const TRAILS: std::ops::RangeInclusive<u8> = 0x40..=0xfe;

/// All pairs of an encoding, by first byte and then by second; `\0` where it makes no one character
/// of them.
type Pairs = OnceLock<Vec<char>>;

/// Two bytes as one character, if that is what an encoding makes of them. All pairs are read at
/// once, a line each, at the first question.
fn pair(encoding: &'static Encoding, pairs: &Pairs, lead: u8, trail: u8) -> Option<char> {
    let pairs = pairs.get_or_init(|| all_pairs(encoding));
    let at = position(lead, trail)?;
    pairs.get(at).copied().filter(|&read| read != '\0')
}

fn all_pairs(encoding: &'static Encoding) -> Vec<char> {
    let mut bytes = Vec::with_capacity(LEADS.len() * TRAILS.len() * 3);
    for lead in LEADS {
        for trail in TRAILS {
            bytes.extend([lead, trail, b'\n']);
        }
    }
    let (read, _) = encoding.decode_without_bom_handling(&bytes);
    let mut pairs = Vec::with_capacity(LEADS.len() * TRAILS.len());
    let (mut one, mut count) = ('\0', 0);
    for character in read.chars() {
        if character == '\n' {
            pairs.push(if count == 1 { one } else { '\0' });
            count = 0;
        } else {
            count += if character == '\u{fffd}' { 2 } else { 1 };
            one = character;
        }
    }
    pairs
}

/// The place of a pair in a list of all.
pub(crate) fn position(lead: u8, trail: u8) -> Option<usize> {
    (LEADS.contains(&lead) && TRAILS.contains(&trail)).then(|| {
        usize::from(lead - LEADS.start()) * TRAILS.len() + usize::from(trail - TRAILS.start())
    })
}

/// A byte by itself as a character.
fn single(encoding: &'static Encoding, byte: u8) -> Option<char> {
    let bytes = [byte];
    let read = encoding.decode_without_bom_handling_and_without_replacement(&bytes)?;
    read.chars().next()
}

/// One GBK pair as browsers read it.
pub(crate) fn gbk_web(lead: u8, trail: u8) -> Option<char> {
    static PAIRS: Pairs = OnceLock::new();
    pair(GBK, &PAIRS, lead, trail)
}

/// One GBK pair as `CPython`'s `gbk` codec reads it.
pub(crate) fn gbk(lead: u8, trail: u8) -> Option<char> {
    gbk_web(lead, trail).filter(|&read| !python_lacks(lead, trail, read))
}

/// What `encoding_rs` (the WHATWG's GBK, that is GB18030's pairs) reads and `CPython` does not: the
/// euro sign, the vertical forms, the components of GBK's last row, and all user-defined areas.
fn python_lacks(lead: u8, trail: u8, read: char) -> bool {
    matches!(
        (lead, trail),
        (0xa2, 0xe3)
            | (0xa3, 0xa0)
            | (0xa6, 0xd9..=0xdf | 0xec | 0xed | 0xf3)
            | (0xa8, 0xbc | 0xbf)
            | (0xa9, 0x89..=0x95)
            | (0xfe, 0x50..)
    ) || matches!(read, '\u{e000}'..='\u{f8ff}')
}

/// One pair of Windows-31J, user-defined characters included.
pub(crate) fn shift_jis(lead: u8, trail: u8) -> Option<char> {
    static PAIRS: Pairs = OnceLock::new();
    pair(SHIFT_JIS, &PAIRS, lead, trail)
}

/// The bytes of Windows-31J that are characters by themselves: half-width katakana, and 0x80.
pub(crate) fn shift_jis_single(byte: u8) -> Option<char> {
    matches!(byte, 0x80 | 0xa1..=0xdf)
        .then(|| single(SHIFT_JIS, byte))
        .flatten()
}

/// Kana, Cyrillic letters and numbers from 0xC6A1 on, as `CPython` and Windows have them.
const KANA: &str = "ヾゝゞ々ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬね\
のはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソ\
ゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶДЕЁЖЗИЙКЛМУФХЦЧШЩ\
ЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽";

/// One pair of Big5 as Windows (code page 950) and `CPython`'s `cp950` read it.
pub(crate) fn cp950(lead: u8, trail: u8) -> Option<char> {
    static PAIRS: Pairs = OnceLock::new();
    match (lead, trail) {
        (0xc6, 0xa1..) => KANA.chars().nth(usize::from(trail - 0xa1)),
        (0xc7, 0x40..=0x7e) => KANA.chars().nth(usize::from(trail - 0x40) + 94),
        (0xc7, 0xa1..=0xfc) => KANA.chars().nth(usize::from(trail - 0xa1) + 94 + 63),
        (0xa3, 0xc0..=0xe0) | (0xc7, 0xfd..) | (0xc8, _) => None,
        (0xf9, 0xfe) => Some('▓'),
        (0xa1..=0xf9, 0x40..=0x7e | 0xa1..=0xfe) => pair(BIG5, &PAIRS, lead, trail),
        _ => None,
    }
}

/// One pair of Big5 as `CPython`'s `big5` and the Unicode consortium's table read it.
pub(crate) fn big5(lead: u8, trail: u8) -> Option<char> {
    Some(match (lead, trail) {
        (0xa3, 0xe1) | (0xf9, 0xd6..) => return None,
        (0xa1, 0x45) => '•',
        (0xa1, 0x4e) => '､',
        (0xa1, 0xc2) => '‾',
        (0xa1, 0xe3) => '∼',
        (0xa1, 0xf2) => '♁',
        (0xa1, 0xf3) => '☉',
        (0xa2, 0x41) => '／',
        (0xa2, 0x42) => '＼',
        (0xa2, 0x44) => '¥',
        (0xa2, 0x46) => '¢',
        (0xa2, 0x47) => '£',
        _ => return cp950(lead, trail),
    })
}

/// One pair of Korean's Unified Hangul Code, which goes by the name of EUC-KR.
pub(crate) fn uhc(lead: u8, trail: u8) -> Option<char> {
    static PAIRS: Pairs = OnceLock::new();
    pair(EUC_KR, &PAIRS, lead, trail)
}

/// A byte of Windows-1252, unless it is one of the five that are undefined.
pub(crate) fn windows_1252_defined(byte: u8) -> Option<char> {
    (!matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d)).then(|| windows_1252(byte))
}

/// A byte of Windows-1252; the five that are undefined are control characters.
pub(crate) fn windows_1252(byte: u8) -> char {
    single(WINDOWS_1252, byte).unwrap_or(char::from(byte))
}

/// One pair of GBK as programs write it: 0x80 is the euro sign, and the ideographic space is 0xA1A1.
pub(crate) fn gbk_written(lead: u8, trail: u8) -> Option<char> {
    gbk_web(lead, trail).filter(|_| !matches!((lead, trail), (0xa2, 0xe3) | (0xa3, 0xa0)))
}

/// One pair of Big5 (code page 950) as programs write it. What the code page has twice is written as
/// it comes first, but for these six, as the WHATWG's encoding standard has it.
pub(crate) fn big5_written(lead: u8, trail: u8) -> Option<char> {
    match (lead, trail) {
        (0xa2, 0xa4..=0xa7 | 0xcc | 0xce) | (0xf9, 0xfa..=0xfd) => None,
        _ => cp950(lead, trail),
    }
}
