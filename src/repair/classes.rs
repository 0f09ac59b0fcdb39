//! What kinds of characters there are, and how text falls into tokens. In: characters. Out: the
//! token that the word model knows a piece of text by.
//!
//! The model is trained on tokens and asked about tokens, so both go through here. Numbers and
//! words in Latin letters are classes of their own: `2021` and `37` are the same token, and what
//! comes after a number (年, 个, 亿元) is learnt once for all numbers. Spaces are transparent.

pub use super::traditional::simplified;

/// A token as the model knows it: the hash of its text, or of its class.
pub type Token = u64;

/// Before the first token of a line, and after its last.
pub const EDGE: Token = 0x9ae1_6a3b_2f90_404f;
/// A run of digits.
pub const NUMBER: Token = 0x3c6e_f372_fe94_f82b;
/// A run of Latin letters.
pub const LATIN: Token = 0xbb67_ae85_84ca_a73b;
/// A character that the model has never seen.
pub const UNKNOWN: Token = 0x510e_527f_ade6_82d1;

/// The hash of a token's text, taken character by character (start with [`SEED`]). A word in
/// traditional characters is the same token as in simplified ones.
#[must_use]
pub fn extend(hash: u64, character: char) -> u64 {
    mix(hash ^ u64::from(u32::from(simplified(character))))
}

/// Where [`extend`] starts.
pub const SEED: u64 = 0x243f_6a88_85a3_08d3;

/// The key of `next` after a context.
#[must_use]
pub fn after(context: u64, next: Token) -> u64 {
    mix(context.rotate_left(23) ^ next)
}

/// The key of a context's own entry.
#[must_use]
pub fn own(context: u64) -> u64 {
    mix(context ^ 0x452_821e_638d_0137)
}

/// The place of a token in a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Of what comes before.
    First,
    /// Of what comes after.
    Second,
}

/// The key of a token's role in pairs.
#[must_use]
pub fn role(token: Token, side: Side) -> u64 {
    mix(token
        ^ match side {
            Side::First => 0x0fed_cba9_8765_4321,
            Side::Second => 0x1234_5678_9abc_def1,
        })
}

fn mix(value: u64) -> u64 {
    // The finaliser of splitmix64.
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// The token of a whole word.
#[must_use]
pub fn token(word: &str) -> Token {
    word.chars().fold(SEED, extend)
}

/// What a character does to the text it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Part of a word that is looked up.
    Han,
    /// Part of a [`NUMBER`].
    Digit,
    /// Part of a [`LATIN`] word.
    Letter,
    /// Leaves the context as it is.
    Space,
    /// A token by itself.
    Mark,
}

/// Which kind it is.
#[must_use]
pub fn kind(character: char) -> Kind {
    match character {
        '0'..='9' | '０'..='９' => Kind::Digit,
        'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => Kind::Letter,
        ' ' | '\t' | '\u{3000}' => Kind::Space,
        _ if is_han(character) => Kind::Han,
        _ => Kind::Mark,
    }
}

/// The ASCII character that this is the full-width form of.
#[must_use]
pub fn narrow(character: char) -> Option<char> {
    match character {
        '\u{3000}' => Some(' '),
        '！'..='～' => char::from_u32(u32::from(character) - 0xfee0),
        _ => None,
    }
}

/// Whether it is a Chinese character.
#[must_use]
pub fn is_han(character: char) -> bool {
    matches!(character, '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Cost (in nats) of a character that the model has never seen, after [`UNKNOWN`]'s own.
#[must_use]
pub fn rarity(character: char) -> f32 {
    match u32::from(character) {
        0x20..=0x7e | 0x3000..=0x303f | 0x2010..=0x2049 | 0xff01..=0xff5e | 0xffe0..=0xffe5 => 1.0,
        // Circled numerals begin many a heading and item; few texts have the next blocks, or what lies
        // between them.
        0x2460..=0x2473 => 3.0,
        0x2400..=0x245f | 0x249c..=0x24e9 => 9.0,
        // The letters, symbols and signs that Chinese text carries now and then.
        0xa0..=0x4ff | 0x204a..=0x27bf | 0x3040..=0x33ff => match character {
            // Small vowels stand in few Japanese words.
            'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'ゎ' | 'ゐ' | 'ゑ' | 'ゔ' | 'ゕ' | 'ゖ' => {
                7.0
            }
            // Units in one square that GBK has, and all other words, hours, eras and days in one.
            '㎎' | '㎏' | '㎜' | '㎝' | '㎞' | '㎡' | '㏄' | '㏎' | '㏑' | '㏒' | '㏕' => {
                4.0
            }
            '\u{32c0}'..='\u{33ff}' => 9.0,
            _ => 4.0,
        },
        // Pictures: thumbs, faces, flags.
        0x1_f300..=0x1_f6ff | 0x1_f900..=0x1_f9ff => 6.0,
        // Chinese characters that no word has: twenty thousand share what little there is.
        0x4e00..=0x9fff => 8.0,
        0x3400..=0x4dbf | 0x2_0000..=0x3_23af => 11.0,
        // Controls, private characters, scripts of old, and what stands for nothing.
        0..0x20 | 0x7f..=0x9f | 0xe000..=0xf8ff | 0xfe00..=0xffff | 0x1_0000.. => 14.0,
        _ => 10.0,
    }
}

/// What comes in pairs.
const PAIRS: [(char, char); 12] = [
    ('（', '）'),
    ('“', '”'),
    ('《', '》'),
    ('「', '」'),
    ('【', '】'),
    ('‘', '’'),
    ('『', '』'),
    ('〈', '〉'),
    ('〔', '〕'),
    ('［', '］'),
    ('(', ')'),
    ('[', ']'),
];
/// Cost of a closer that nothing opened, and of an opener that the line never closes.
const UNOPENED: f32 = 7.0;
const UNCLOSED: f32 = 7.0;

/// The brackets and quotation marks that are open: the innermost four, in half bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Open(u16);

impl Open {
    /// What is open after a character, and what that costs.
    #[must_use]
    pub fn after(self, character: char) -> (f32, Self) {
        if character.is_ascii_alphanumeric() || is_han(character) {
            return (0.0, self);
        }
        for (code, &(opener, closer)) in (1..).zip(&PAIRS) {
            if character == opener {
                return (0.0, Self(self.0 << 4 | code));
            }
            if character == closer {
                return if self.0 & 15 == code {
                    (0.0, Self(self.0 >> 4))
                } else {
                    (UNOPENED, self)
                };
            }
        }
        (0.0, self)
    }

    /// All of it in a number.
    pub(crate) fn number(self) -> u64 {
        u64::from(self.0)
    }

    /// Cost of the line's ending now.
    #[must_use]
    pub fn end(self) -> f32 {
        let open = (0..4).filter(|half| self.0 >> (4 * half) & 15 != 0);
        f32::from(u8::try_from(open.count()).unwrap_or(4)) * UNCLOSED
    }
}
