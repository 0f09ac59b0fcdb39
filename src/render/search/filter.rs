//! What may be in a part of a large index, in a few kilobytes.
//!
//! In: the texts of the part. Out: a bit for each unit in them, as base64. Promise: if a query's units
//! (as `search.js` cuts them) are not all there, no page of the part answers it; the other way round
//! it may be wrong now and then, as Bloom filters are.
//!
//! A text is folded as the script folds it. Its units are, in UTF-16 as the script counts: each
//! character that is no plain letter or digit; each pair of characters that are not both such; and of
//! each word of plain letters the first one, two and three, with `^` before them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::repair::traditional::simplified;

/// Bits for each unit: about one in eight of the others is set by chance.
const BITS_A_UNIT: usize = 8;

const SPACE: u16 = 0x20;

/// The filter of some texts.
pub(super) fn filter<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut hashes: Vec<u32> = Vec::new();
    for text in texts {
        units(&fold(text), |unit| hashes.push(hash(unit)));
    }
    hashes.sort_unstable();
    hashes.dedup();
    let mut bytes = vec![0_u8; (hashes.len() * BITS_A_UNIT / 8).max(8)];
    let bits = 8 * bytes.len();
    for hash in hashes {
        let bit = hash as usize % bits;
        bytes[bit / 8] |= 1 << (bit % 8);
    }
    base64(&bytes)
}

/// A text without case, accents, widths, forms of quotation marks and of characters, spaces beside
/// Chinese, and commas inside numbers, as the script has it.
fn fold(text: &str) -> Vec<u16> {
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c));
    let plain = plain.map(|c| match c {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        _ => c,
    });
    let plain: String = plain.collect();
    let folded: Vec<char> = plain.to_lowercase().chars().collect();
    let mut out = Vec::with_capacity(folded.len());
    for (at, &c) in folded.iter().enumerate() {
        if !is_dropped(&folded, at) {
            out.extend_from_slice(simplified(c).encode_utf16(&mut [0; 2]));
        }
    }
    out
}

/// A space beside Chinese and the comma of 1,250 are matters of taste.
fn is_dropped(text: &[char], at: usize) -> bool {
    let is_digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    let before = at.checked_sub(1);
    match text.get(at) {
        Some(' ') => [before, Some(at + 1)]
            .into_iter()
            .flatten()
            .any(|at| text.get(at).is_some_and(|c| is_han(*c))),
        Some(',') => {
            before.is_some_and(is_digit) && (at + 1..at + 4).all(is_digit) && !is_digit(at + 4)
        }
        _ => false,
    }
}

/// What the script takes for Chinese.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}')
}

fn is_plain(unit: u16) -> bool {
    char::from_u32(unit.into()).is_some_and(|c| c.is_ascii_alphanumeric())
}

fn units(text: &[u16], mut add: impl FnMut(&[u16])) {
    let mut before: Option<u16> = None;
    for (at, &own) in text.iter().enumerate() {
        if is_plain(own) {
            if !before.is_some_and(is_plain) {
                let mut word = vec![u16::from(b'^')];
                let letters = text[at..]
                    .iter()
                    .take(3)
                    .take_while(|unit| is_plain(**unit));
                for letter in letters {
                    word.push(*letter);
                    add(&word);
                }
            }
        } else if own != SPACE {
            add(&[own]);
        }
        if let Some(before) = before
            && !(is_plain(before) && is_plain(own))
            && before != SPACE
            && own != SPACE
        {
            add(&[before, own]);
        }
        before = Some(own);
    }
}

/// FNV-1a, its upper half mixed into the lower one.
fn hash(unit: &[u16]) -> u32 {
    let sum = unit.iter().fold(0x811c_9dc5_u32, |sum, unit| {
        (sum ^ u32::from(*unit)).wrapping_mul(0x0100_0193)
    });
    sum ^ (sum >> 15)
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let number = (0..3).fold(0, |sum: usize, at| {
            (sum << 8) | usize::from(three.get(at).copied().unwrap_or(0))
        });
        for at in 0..4 {
            let sign = SIGNS[number >> (18 - 6 * at) & 63];
            out.push(if at <= three.len() {
                char::from(sign)
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_as_browsers_read_it() {
        let written: Vec<String> = ["M", "Ma", "Man"]
            .map(|text| base64(text.as_bytes()))
            .into();
        assert_eq!(written, ["TQ==", "TWE=", "TWFu"]);
    }

    #[test]
    fn units_are_those_of_the_script() {
        let mut all = Vec::new();
        units(&fold("Ａé①區块 5G网 1,250"), |unit| {
            all.push(String::from_utf16_lossy(unit));
        });
        let expect = "^a ^ae ^ae1 区 1区 块 区块 ^5 ^5g 块5 网 g网 ^1 ^12 ^125 网1";
        assert_eq!(all.join(" "), expect);
    }

    /// The browser's tests ask this one for words that are in it and others.
    #[test]
    fn the_script_reads_the_same_filter() {
        let texts = ["① 区块链，2017 年", "Café “智慧”城市", "5G網絡"];
        assert_eq!(
            filter(texts.into_iter()),
            "KgAAIABAEQAAAQABEBYACAAAQAAgkLIEABAICAkAACAUAA=="
        );
    }

    #[test]
    fn the_same_texts_give_the_same_filter() {
        let texts = ["区块链最热的城市", "Smart cities, 2017"];
        assert_eq!(filter(texts.into_iter()), filter(texts.into_iter().rev()));
    }
}
