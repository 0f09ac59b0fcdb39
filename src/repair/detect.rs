//! Is it damaged? In: a line. Out: where damage may begin, and the judgement on what was restored.
//!
//! Text that was damaged by a channel consists of characters that only certain byte pairs make,
//! and sound text hardly ever holds three or four of those in a row: that is the cheap filter that nearly
//! all clean lines stop at. What passes it is searched, and the restored text must then be more
//! probable than the text as it stands. Promise: in doubt, a line stays as it is.

mod marks;

use super::classes;
use marks::marks;

/// Which families of damage a line may have suffered: a set of the constants below.
pub(crate) type Suspects = u16;

/// UTF-8 read as GBK: three characters in a row that only it makes, two of them no letters, kana or
/// signs; in a line that has no other text, two.
pub(crate) const GBK: Suspects = 1;
/// UTF-8 read as Shift-JIS: four in a row, three of them half-width katakana or of the rare kanji
/// that bytes from 0xE0 on begin.
pub(crate) const SHIFT_JIS: Suspects = 1 << 1;
/// A sequence of UTF-8, read byte by byte.
pub(crate) const SEQUENCE: Suspects = 1 << 2;
/// Four bytes above 0xA0 in a row, read byte by byte.
pub(crate) const BYTES: Suspects = 1 << 3;
/// Signs of text that is gone for good.
pub(crate) const LOST: Suspects = 1 << 4;

/// Of a character: it makes a run of [`SHIFT_JIS`] strong.
const STRONG: Suspects = 1 << 5;
/// Of a character: read byte by byte, it begins a sequence of UTF-8.
const BEGINS: Suspects = 1 << 6;
/// Of a character: read byte by byte, it goes on with one.
const GOES_ON: Suspects = 1 << 7;

/// Of a character: it is Chinese (or private-use, or U+FFFD), no letter, kana or sign.
const EASTERN: Suspects = 1 << 8;

/// UTF-8 read as Big5: four in a row, two of them of the rare characters in its second half.
pub(crate) const BIG5: Suspects = 1 << 9;
/// UTF-8 read as EUC-KR: four in a row, two of them Chinese or of the rare syllables.
pub(crate) const EUC_KR: Suspects = 1 << 10;
/// GBK read as Big5: four in a row that Chinese in GBK makes; so does much sound text, see
/// [`leaning`](super::leaning).
pub(crate) const GBK_AS_BIG5: Suspects = 1 << 11;
/// Big5 read as GBK: four in a row that Big5 makes; the same holds.
pub(crate) const BIG5_AS_GBK: Suspects = 1 << 12;
/// Of a character: it makes a run of one of these two strong. Each is that many bits above.
const PAIRS: Suspects = BIG5 | EUC_KR;
const STRONGER: u32 = 4;

const SHORT_RUN: usize = 2;

/// What a line is suspected of. Fast: nearly all text gets no further.
pub(crate) fn scan(line: &str) -> Suspects {
    if line.is_ascii() {
        return if line.contains("???") { LOST } else { 0 };
    }
    let marks = marks();
    let mut suspects = 0;
    // The last three characters, the latest first.
    let mut last: [Suspects; 3] = [0; 3];
    let (mut run, mut longest, mut other, mut eastern) = (0, 0, false, false);
    for character in line.chars() {
        if character.is_ascii() {
            // Transparent for what pairs of bytes make; between single bytes it ends the run.
            last[0] &= !(BYTES | BEGINS);
            continue;
        }
        let code = usize::try_from(u32::from(character)).unwrap_or(usize::MAX);
        let mark = marks.get(code).copied().unwrap_or(0);
        if mark == 0 {
            run = 0;
            last = [0; 3];
            other = other || is_letter(character);
            continue;
        }
        if mark & GOES_ON != 0 && last[0] & BEGINS != 0 {
            suspects |= SEQUENCE;
        }
        let all = mark & last[0] & last[1] & last[2];
        suspects |= all & BYTES | mark & LOST;
        let with = |sign: Suspects| {
            let has = |mark: Suspects| u8::from(mark & sign != 0);
            has(mark) + last.iter().map(|&mark| has(mark)).sum::<u8>()
        };
        eastern |= mark & EASTERN != 0;
        if mark & last[0] & last[1] & GBK != 0 && with(EASTERN) >= 2 {
            suspects |= GBK;
        }
        if all & SHIFT_JIS != 0 && with(STRONG) >= 3 {
            suspects |= SHIFT_JIS;
        }
        suspects |= all & (GBK_AS_BIG5 | BIG5_AS_GBK);
        if all & PAIRS != 0 {
            for family in [BIG5, EUC_KR] {
                if all & family != 0 && with(family << STRONGER) >= 2 {
                    suspects |= family;
                }
            }
        }
        if mark & GBK == 0 {
            run = 0;
            other = other || is_letter(character);
        } else {
            run += 1;
            longest = longest.max(run);
        }
        last = [mark, last[0], last[1]];
    }
    if longest >= SHORT_RUN && eastern && !other {
        suspects |= GBK;
    }
    if suspects & LOST == 0 && line.contains("???") {
        suspects |= LOST;
    }
    suspects
}

/// Whether a family makes this character; ASCII passes through all of them.
pub(crate) fn may_be(family: Suspects, character: char) -> bool {
    let mark = marks().get(character as usize);
    character.is_ascii() || mark.is_some_and(|mark| mark & family != 0)
}

/// Whether a stretch looks enough like one of the families to be searched: sound text has rare
/// characters too, but not as many. Where its document gives odds for damage, less is enough.
pub(crate) fn looks_like(family: Suspects, odds: f32, stretch: &[char]) -> bool {
    let marks = marks();
    let count = |wanted: Suspects| {
        let has = |c: &&char| {
            marks
                .get(**c as usize)
                .is_some_and(|mark| mark & wanted != 0)
        };
        stretch.iter().filter(has).count()
    };
    let of = |range: std::ops::RangeInclusive<char>| {
        let within = |c: &&char| range.contains(c);
        stretch.iter().filter(within).count()
    };
    let all = stretch.iter().filter(|c| !c.is_ascii()).count();
    let expected = odds > 0.0;
    if expected && family != EUC_KR {
        // Sound text makes no ordinary Chinese of these. But what our model knows of Korean is little.
        return true;
    }
    if family == SHIFT_JIS {
        // A third of what is left are half-width katakana, two thirds begin with a high byte.
        let (strong, half_width) = (count(STRONG), of('\u{ff61}'..='\u{ff9f}'));
        let least = if half_width > 0 { 4 } else { 2 };
        return if all < 8 {
            strong * least >= all
        } else {
            strong * 8 >= all && half_width * 16 >= all
        };
    }
    let strong = count(family << STRONGER);
    // Of Chinese in UTF-8 nearly all that is left is of that kind.
    let enough = (expected || strong >= 2)
        && strong > 0
        && strong * 8 >= all
        && count(family) * 4 >= all * 3;
    // Half of what is left in EUC-KR are syllables: Chinese has none.
    enough && (expected || family != EUC_KR || of('\u{ac00}'..='\u{d7a3}') * 6 >= all)
}

/// What speaks for a stretch having been damaged.
#[derive(Debug)]
pub(crate) struct Case<'a> {
    /// The stretch as it stands.
    pub(crate) damaged: &'a [char],
    /// What is before and after it in the line.
    pub(crate) before: &'a [char],
    pub(crate) after: &'a [char],
    /// By how many nats the restored text is more probable.
    pub(crate) gain: f32,
    /// What a character of the restored text costs, and whether that must be ordinary Chinese.
    pub(crate) cost: f32,
    pub(crate) ordinary: bool,
    /// What its document says: the log of the odds for damage, 0 if nothing.
    pub(crate) odds: f32,
}

/// Nats: ordinary text costs about 5 a character, Chinese characters at random 12 and more, as may a name
/// or a label by itself: where damage is to be expected, those will do.
const ORDINARY: f32 = 8.5;
const A_FEW_WORDS: f32 = 14.0;
/// By how much each character must be more probable, where sound text has preimages by chance.
const EACH: f32 = 2.0;

/// Beside sound text, a stretch has at least so many characters, and is by so many nats more probable as
/// restored: of 25 million sound characters (Chinese, Japanese, Korean) no row gained more than 11.
pub(crate) const BESIDE_SOUND: usize = 3;
const CERTAIN: f32 = 16.0;

/// Whether a text has letters that can't have come through damage as they are.
pub(crate) fn letters(text: &[char]) -> bool {
    text.iter().any(|&c| is_letter(c))
}

/// The same of one character.
pub(crate) fn is_letter(character: char) -> bool {
    !character.is_ascii() && (classes::is_han(character) || character.is_alphabetic())
}

impl Case<'_> {
    /// Whether it may be restored at all, whatever a search says.
    pub(crate) fn is_possible(&self) -> bool {
        Case {
            gain: f32::INFINITY,
            ordinary: false,
            cost: 0.0,
            ..*self
        }
        .holds()
    }

    /// Whether to restore it.
    pub(crate) fn holds(&self) -> bool {
        let damaged = self.damaged.iter().filter(|c| !c.is_ascii()).count();
        let gain = self.gain + self.odds;
        let most = if self.odds > 0.0 {
            A_FEW_WORDS
        } else {
            ORDINARY
        };
        if self.ordinary && (self.cost > most || gain < EACH * damaged as f32) {
            return false;
        }
        if letters(self.before) || letters(self.after) {
            // Sound text around it: someone may be quoting.
            return damaged >= BESIDE_SOUND
                && self.gain > CERTAIN
                && !quoted(self.before, self.after);
        }
        match damaged {
            0 => false,
            1 => self.odds > 0.0 && gain > 10.0,
            2 | 3 => gain > 14.0,
            _ => gain > 8.0,
        }
    }
}

/// Whether what is between these two stands in quotation marks of its own.
pub(crate) fn quoted(before: &[char], after: &[char]) -> bool {
    quotes(before, after).is_some()
}

/// The mark that opens what is between these two, if another one closes it and anything is said outside:
/// a line that is one quotation quotes nobody but is speech.
pub(crate) fn quotes(before: &[char], after: &[char]) -> Option<char> {
    let mut before = before.iter().rev().filter(|c| !c.is_whitespace());
    let mut after = after.iter().filter(|c| !c.is_whitespace());
    let (opener, closer) = (*before.next()?, *after.next()?);
    let outside = before.next().or_else(|| after.next()).is_some();
    (outside && QUOTES.contains(&(opener, closer))).then_some(opener)
}

const QUOTES: &[(char, char)] = &[
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
    ('（', '）'),
    ('(', ')'),
    ('[', ']'),
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('«', '»'),
    ('„', '“'),
    ('<', '>'),
    ('>', '<'),
];
