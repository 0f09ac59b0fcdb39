//! Channels: how text gets damaged. In: clean text. Out: what is left of it.
//!
//! A [`Channel`] is a value: what the bytes were taken for, what became of those that could not be
//! read, and which characters were folded afterwards. [`damage`] runs it forward; the search for
//! preimages reads the same tables backward, so that each direction is a test of the other.
//! Promise: `damage` never fails, and a line break never moves.

use std::sync::OnceLock;

use encoding_rs::GBK;

/// One kind of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channel {
    /// What it is called on the command line and in reports.
    pub name: &'static str,
    /// What happens, in a sentence.
    pub summary: &'static str,
    /// The encoding that the bytes (always UTF-8 when they were written) were taken for.
    pub(crate) read: Read,
    /// Whether full-width forms became half-width afterwards.
    pub(crate) fold: bool,
}

/// The double-byte encodings that text is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// GBK as Python, glibc and most databases have it: no user-defined area, no 0x80.
    Gbk,
}

/// Every channel, the likeliest first.
pub const CHANNELS: &[Channel] = &[
    Channel {
        name: "utf8-gbk-dropped-folded",
        summary: "UTF-8 read as GBK, unreadable bytes dropped, full-width forms folded",
        read: Read::Gbk,
        fold: true,
    },
    Channel {
        name: "utf8-gbk-dropped",
        summary: "UTF-8 read as GBK, unreadable bytes dropped",
        read: Read::Gbk,
        fold: false,
    },
];

/// The channel of that name.
#[must_use]
pub fn channel(name: &str) -> Option<&'static Channel> {
    CHANNELS.iter().find(|channel| channel.name == name)
}

/// Runs the channel forward: what is left of `text`.
///
/// The text is damaged as one stream of bytes; as no byte pair holds a line break, that is the
/// same as damaging it line by line.
#[must_use]
pub fn damage(channel: &Channel, text: &str) -> String {
    let table = channel.table();
    let mut left = String::with_capacity(text.len());
    let mut pending = NONE;
    for byte in text.bytes() {
        let (emitted, next) = table.feed(pending, byte);
        left.extend(emitted);
        pending = next;
    }
    left
}

/// No byte is waiting for its second half.
pub(crate) const NONE: u8 = 0;

impl Channel {
    /// Its tables, made at the first use (about a millisecond).
    pub(crate) fn table(&self) -> &'static Table {
        static FOLDED: OnceLock<Table> = OnceLock::new();
        static PLAIN: OnceLock<Table> = OnceLock::new();
        let Read::Gbk = self.read;
        if self.fold {
            FOLDED.get_or_init(|| Table::gbk(true))
        } else {
            PLAIN.get_or_init(|| Table::gbk(false))
        }
    }
}

/// The bytes behind one character of damaged text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A byte that was read by itself.
    Single(u8),
    /// A lead byte and its trail.
    Pair(u8, u8),
}

const LEADS: std::ops::RangeInclusive<u8> = 0x81..=0xfe;
const TRAILS: std::ops::RangeInclusive<u8> = 0x40..=0xfe;
const WIDTH: usize = 0xfe - 0x40 + 1;

/// A double-byte encoding in both directions, folding included.
#[derive(Debug)]
pub(crate) struct Table {
    /// What a pair is read as, `\0` where it can't be read.
    pairs: Vec<char>,
    /// Damaged character (all are in the basic plane) to its units: a range of `units`.
    first: Vec<u16>,
    units: Vec<Unit>,
    /// For each lead byte, the bytes 0x80–0xBF that it can't be read with.
    unreadable: Vec<Vec<u8>>,
    /// For each byte, which bytes 0x80–0xBF may wait before it, or are it: bit n for 0x80 + n.
    waits: Vec<u64>,
    /// For each byte, which bytes 0x80–0xBF are dropped before it.
    dropped: Vec<u64>,
    /// For each character of the basic plane, whether Chinese in UTF-8 can have become it.
    likely: Vec<bool>,
}

impl Table {
    fn gbk(folded: bool) -> Self {
        let mut pairs = vec!['\0'; LEADS.len() * WIDTH];
        let mut behind: Vec<(u16, Unit)> = (0..0x80)
            .map(|byte| (u16::from(byte), Unit::Single(byte)))
            .collect();
        for lead in LEADS {
            for trail in TRAILS {
                let Some(read) = gbk_pair(lead, trail) else {
                    continue;
                };
                let read = if folded { fold(read) } else { read };
                pairs[index(lead, trail)] = read;
                if let Ok(code) = u16::try_from(u32::from(read)) {
                    behind.push((code, Unit::Pair(lead, trail)));
                }
            }
        }
        behind.sort_by_key(|&(code, _)| code);
        let mut first = vec![0_u16; 0x1_0001];
        for &(code, _) in &behind {
            first[usize::from(code) + 1] += 1;
        }
        for code in 0..0x1_0000 {
            first[code + 1] += first[code];
        }
        let mut table = Self {
            pairs,
            first,
            units: behind.iter().map(|&(_, unit)| unit).collect(),
            unreadable: Vec::new(),
            waits: Vec::new(),
            dropped: Vec::new(),
            likely: vec![false; 0x1_0000],
        };
        for &(code, unit) in &behind {
            if let Unit::Pair(lead, trail) = unit {
                let within = |byte: u8| (0x80..=0xbf).contains(&byte);
                // Two-byte characters are rare in Chinese text, and sound Chinese looks like them.
                let begins = |byte: u8| (0xe0..=0xf4).contains(&byte);
                table.likely[usize::from(code)] |= (within(lead)
                    && (within(trail) || begins(trail) || trail < 0x80))
                    || (begins(lead) && within(trail));
            }
        }
        table.unreadable = (0..=0xff)
            .map(|lead| {
                (0x80..=0xbf)
                    .filter(|&trail| table.pair(lead, trail).is_none())
                    .collect()
            })
            .collect();
        let set = |keep: &dyn Fn(u8) -> bool| {
            (0x81..=0xbf_u8)
                .filter(|&byte| keep(byte))
                .fold(0, |set, byte| set | 1 << (byte & 0x3f))
        };
        for first in 0..=0xff {
            let dropped = set(&|byte| byte != first && table.pair(byte, first).is_none());
            table.waits.push(dropped | set(&|byte| byte == first));
            table.dropped.push(dropped);
        }
        table
    }

    /// The bytes 0x80–0xBF that a lead byte can't be read with.
    pub(crate) fn unreadable(&self, lead: u8) -> &[u8] {
        self.unreadable
            .get(usize::from(lead))
            .map_or(&[], Vec::as_slice)
    }

    /// Which bytes 0x80–0xBF are dropped before a damaged character whatever it stands for: to
    /// have one of them waiting is the same as to have none.
    pub(crate) fn dropped_before(&self, damaged: char) -> u64 {
        let mut set = u64::MAX;
        for &unit in self.units(damaged) {
            let (Unit::Single(first) | Unit::Pair(first, _)) = unit;
            set &= self.dropped.get(usize::from(first)).copied().unwrap_or(0);
        }
        set
    }

    /// Which bytes 0x80–0xBF may wait before a damaged character that starts a new character or
    /// holds the second half: bit n for 0x80 + n.
    pub(crate) fn last_bytes(&self, damaged: char) -> u64 {
        if self.units(damaged).is_empty() {
            // The channel can't have made it: the damaged stretch ends here.
            return u64::MAX;
        }
        let mut set = 0;
        for &unit in self.units(damaged) {
            let (Unit::Single(first) | Unit::Pair(first, _)) = unit;
            set |= self.waits.get(usize::from(first)).copied().unwrap_or(0);
        }
        set
    }

    /// What a pair is read as.
    pub(crate) fn pair(&self, lead: u8, trail: u8) -> Option<char> {
        if !LEADS.contains(&lead) || !TRAILS.contains(&trail) {
            return None;
        }
        self.pairs
            .get(index(lead, trail))
            .copied()
            .filter(|&read| read != '\0')
    }

    /// Reads one more byte with `pending` before it: the character that comes out, if one does,
    /// and the byte that is pending now.
    pub(crate) fn feed(&self, pending: u8, byte: u8) -> (Option<char>, u8) {
        if pending != NONE
            && let Some(read) = self.pair(pending, byte)
        {
            return (Some(read), NONE);
        }
        // A pending byte without its second half is dropped, and reading resumes here.
        match byte {
            0..=0x7f => (Some(char::from(byte)), NONE),
            0x81..=0xfe => (None, byte),
            _ => (None, NONE),
        }
    }

    /// Whether a character may be what is left of Chinese in UTF-8.
    pub(crate) fn likely(&self, damaged: char) -> bool {
        usize::try_from(u32::from(damaged))
            .ok()
            .and_then(|code| self.likely.get(code).copied())
            .unwrap_or(false)
    }

    /// The bytes that a damaged character may stand for; none if the channel can't have made it.
    pub(crate) fn units(&self, damaged: char) -> &[Unit] {
        let Ok(code) = usize::try_from(u32::from(damaged)) else {
            return &[];
        };
        match (self.first.get(code), self.first.get(code + 1)) {
            (Some(&from), Some(&to)) => self
                .units
                .get(usize::from(from)..usize::from(to))
                .unwrap_or(&[]),
            _ => &[],
        }
    }
}

fn index(lead: u8, trail: u8) -> usize {
    usize::from(lead - 0x81) * WIDTH + usize::from(trail - 0x40)
}

/// One GBK pair as `CPython`'s `gbk` codec reads it.
fn gbk_pair(lead: u8, trail: u8) -> Option<char> {
    if trail == 0x7f {
        return None;
    }
    let bytes = [lead, trail];
    let read = GBK.decode_without_bom_handling_and_without_replacement(&bytes)?;
    let mut characters = read.chars();
    match (characters.next(), characters.next()) {
        (Some(one), None) if !python_lacks(lead, trail, one) => Some(one),
        _ => None,
    }
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

/// U+FF01–FF5E to ASCII, U+FFE0–FFE5 to ¢£¬¯¦¥.
fn fold(read: char) -> char {
    match read {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(read) - 0xfee0).unwrap_or(read),
        '\u{ffe0}' => '¢',
        '\u{ffe1}' => '£',
        '\u{ffe2}' => '¬',
        '\u{ffe3}' => '¯',
        '\u{ffe4}' => '¦',
        '\u{ffe5}' => '¥',
        other => other,
    }
}
