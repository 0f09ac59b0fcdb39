//! What single characters say for damage. In: the pairs and bytes of the encodings. Out: for each
//! character of the basic plane, the families that it is a sign of.
//!
//! Made from what the encodings read alone, without the tables that a search needs: most text gets
//! no further.

use std::sync::OnceLock;

use super::super::channel::fold;
use super::super::encodings::{
    LEADS, TRAILS, big5, cp950, gbk, gbk_web, shift_jis, shift_jis_single, uhc, windows_1252,
};
use super::super::table::Unit;
use super::{
    BEGINS, BIG5, BIG5_AS_GBK, BYTES, EASTERN, EUC_KR, GBK, GBK_AS_BIG5, GOES_ON, LOST, PAIRS,
    SHIFT_JIS, STRONG, STRONGER, Suspects,
};

/// What stands for text that is gone: see [`lost`](super::super::lost).
const LOST_SIGNS: [char; 4] = ['\u{fffd}', '锟', '烫', '屯'];

/// For each character of the basic plane, what it may be a sign of.
pub(super) fn marks() -> &'static [Suspects] {
    static MARKS: OnceLock<Vec<Suspects>> = OnceLock::new();
    MARKS.get_or_init(|| {
        let mut marks = Marks(vec![0; 0x1_0000]);
        marks.of_gbk();
        marks.of_shift_jis();
        for (code, mark) in marks.0.iter_mut().enumerate() {
            if *mark != 0 && code >= 0x3400 {
                *mark |= EASTERN;
            }
        }
        marks.of_pairs();
        // A character that is rare in a family, but none of it, is no sign.
        for mark in &mut marks.0 {
            *mark &= !(PAIRS << STRONGER) | (*mark & PAIRS) << STRONGER;
        }
        for sign in LOST_SIGNS {
            marks.add(sign, LOST);
        }
        marks.of_bytes();
        marks.0
    })
}

struct Marks(Vec<Suspects>);

impl Marks {
    fn add(&mut self, character: char, mark: Suspects) {
        if let Some(entry) = self.0.get_mut(character as usize) {
            *entry |= mark;
        }
    }

    /// Adds what each pair of an encoding says.
    fn each(&mut self, read: impl Fn(u8, u8) -> Option<char>, says: impl Fn(u8, u8) -> Suspects) {
        for lead in LEADS {
            for trail in TRAILS {
                if let Some(read) = read(lead, trail) {
                    self.add(read, says(lead, trail));
                }
            }
        }
    }

    fn of_gbk(&mut self) {
        let says = |lead, trail| {
            if Unit::Pair(lead, trail).is_likely() {
                GBK
            } else {
                0
            }
        };
        self.each(gbk_web, says);
        self.each(
            |lead, trail| {
                gbk_web(lead, trail)
                    .filter(|&read| fold(read) != read)
                    .map(fold)
            },
            says,
        );
        for character in ['€', '\u{fffd}'] {
            self.add(character, GBK);
        }
    }

    fn of_shift_jis(&mut self) {
        self.each(shift_jis, |lead, trail| {
            let likely = Unit::Pair(lead, trail).is_likely();
            let strong = lead >= 0xe0;
            (if likely { SHIFT_JIS } else { 0 }) | (if strong { STRONG } else { 0 })
        });
        for byte in 0x80..=0xff {
            if let Some(read) = shift_jis_single(byte) {
                let likely = Unit::Single(byte).is_likely();
                let strong = byte > 0xa0;
                self.add(read, if likely { SHIFT_JIS } else { 0 });
                self.add(read, if strong { STRONG } else { 0 });
            }
        }
    }

    /// The four families that have nothing but pairs.
    fn of_pairs(&mut self) {
        let says = |family: Suspects, is: bool, strong: bool| {
            (if is { family } else { 0 }) | (if strong { family << STRONGER } else { 0 })
        };
        for read in [big5, cp950] {
            self.each(read, |lead, trail| {
                let rare = lead >= 0xe0 && trail >= 0xa1;
                says(BIG5, Unit::Pair(lead, trail).is_likely(), rare)
            });
        }
        self.each(uhc, |lead, trail| {
            let rare = lead >= 0xe0 || (trail > 0x7f && lead.min(trail) < 0xa1);
            says(EUC_KR, Unit::Pair(lead, trail).is_likely(), rare)
        });
        self.each(cp950, |lead, trail| {
            let is = matches!(lead, 0xa1..=0xa3 | 0xb0..=0xf7) && trail >= 0xa1;
            says(GBK_AS_BIG5, is, false)
        });
        self.each(gbk, |lead, trail| {
            let is = lead >= 0xa1 && matches!(trail, 0x40..=0x7e | 0xa1..);
            says(BIG5_AS_GBK, is, false)
        });
    }

    fn of_bytes(&mut self) {
        for byte in 0x80..=0xff_u8 {
            let mark = match byte {
                0xc2..=0xf4 => BYTES | BEGINS,
                0x80..=0xa0 => GOES_ON,
                0xa1..=0xbf => BYTES | GOES_ON,
                _ => BYTES,
            };
            for character in [char::from(byte), windows_1252(byte)] {
                self.add(character, mark);
            }
        }
    }
}
