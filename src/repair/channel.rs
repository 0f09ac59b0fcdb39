//! Channels: how text gets damaged. In: clean text. Out: what is left of it.
//!
//! A [`Channel`] is a value: what the bytes were written in, what they were taken for, what became
//! of those that could not be read, and which characters were folded afterwards. [`damage`] runs
//! it forward; the search for preimages reads the same tables backward, so that each direction is
//! a test of the other. Promise: `damage` never fails, and a line break never moves.

mod list;

use std::sync::OnceLock;

use super::characters::Characters;
use super::encodings;
use super::lattice::Pairs;
use super::leaning;
use super::model::Model;
use super::table::{NONE, Table, Unit};
use super::traditional::{self, Form};

pub use list::CHANNELS;

/// One kind of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channel {
    /// What it is called on the command line and in reports.
    pub name: &'static str,
    /// What happens, in a sentence.
    pub summary: &'static str,
    /// The encoding that the bytes were written in.
    pub(crate) written: Written,
    /// The encoding that they were taken for.
    pub(crate) read: Read,
    /// What stands where a byte could not be read; nothing if it was dropped.
    pub(crate) mark: Option<char>,
    /// Whether full-width forms became half-width afterwards.
    pub(crate) fold: bool,
    /// How many times over it happened.
    pub(crate) times: u8,
}

/// The encodings that text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// The encoding of nearly all text.
    Utf8,
    /// The encoding of older Chinese text; what it does not have is written as `?`.
    Gbk,
    /// The encoding of older text in traditional characters; again with `?`.
    Big5,
}

/// The encodings that text is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// GBK as Python, glibc and most databases have it: no user-defined area, no 0x80.
    Gbk,
    /// GBK and GB18030 as browsers have them. GB18030's four-byte sequences are two times a high
    /// byte and a digit, and in UTF-8 no high byte stands alone between two digits: text in UTF-8
    /// holds none of them, whatever the text is.
    GbkWeb,
    /// Windows-31J, which is what goes by the name of Shift-JIS.
    ShiftJis,
    /// Windows-31J as Windows itself and `CPython` read it: 0xA0 becomes U+F8F0.
    Cp932,
    /// Big5 as `CPython`'s codec of that name has it.
    Big5,
    /// Big5 as Windows has it (code page 950): a few signs and seven characters more.
    Cp950,
    /// Unified Hangul Code, which goes by the name of EUC-KR.
    Uhc,
    /// Windows-1252, undefined bytes as control characters.
    Windows1252,
    /// ISO 8859-1.
    Latin1,
    /// Windows-1252 without its five undefined bytes.
    Windows1252Defined,
    /// ISO 8859-1 without control characters.
    Latin1Printable,
}

impl Read {
    /// The first of those that hardly differ.
    fn family(self) -> Self {
        match self {
            Read::Gbk | Read::GbkWeb => Read::Gbk,
            Read::ShiftJis | Read::Cp932 => Read::ShiftJis,
            Read::Big5 | Read::Cp950 => Read::Big5,
            Read::Uhc => Read::Uhc,
            Read::Windows1252 | Read::Latin1 | Read::Windows1252Defined | Read::Latin1Printable => {
                Read::Windows1252
            }
        }
    }
}

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
    let mut left = once(channel, text);
    for _ in 1..channel.times {
        left = once(channel, &left);
    }
    left
}

fn once(channel: &Channel, text: &str) -> String {
    let table = channel.table();
    let mut left = String::with_capacity(text.len());
    let mut pending = NONE;
    let mut feed = |byte: u8| pending = table.feed(pending, byte, &mut left);
    match channel.written.table() {
        None => text.bytes().for_each(&mut feed),
        Some(written) => {
            for character in text.chars() {
                match written.units(character).first() {
                    Some(&Unit::Single(byte)) => feed(byte),
                    Some(&Unit::Pair(lead, trail)) => [lead, trail].into_iter().for_each(&mut feed),
                    None => feed(b'?'),
                }
            }
        }
    }
    table.flush(pending, &mut left);
    left
}

impl Channel {
    /// Whether the encoding that the text was written in has a character.
    #[must_use]
    pub fn writes(&self, character: char) -> bool {
        let written = self.written.table();
        written.is_none_or(|written| !written.units(character).is_empty())
    }
}

/// The bytes of a character in the encoding that the text was written in.
pub(crate) fn bytes_of(channel: &Channel, character: char) -> Vec<u8> {
    let Some(written) = channel.written.table() else {
        return character.encode_utf8(&mut [0; 4]).as_bytes().to_vec();
    };
    match written.units(character).first() {
        Some(&Unit::Single(byte)) => vec![byte],
        Some(&Unit::Pair(lead, trail)) => vec![lead, trail],
        None => vec![b'?'],
    }
}

impl Written {
    /// The encoding, where characters are pairs of bytes in it.
    fn table(self) -> Option<&'static Table> {
        static TABLES: [OnceLock<Table>; 2] = [const { OnceLock::new() }; 2];
        match self {
            Written::Utf8 => None,
            Written::Gbk => Some(TABLES[0].get_or_init(|| {
                let single = |byte| (byte == 0x80).then_some('€');
                Table::new(&single, &encodings::gbk_written, None)
            })),
            Written::Big5 => {
                let table = || Table::new(&|_| None, &encodings::big5_written, None);
                Some(TABLES[1].get_or_init(table))
            }
        }
    }
}

impl Channel {
    /// Whether it takes UTF-8 by two bytes, of which nearly every pair is a character.
    pub(crate) fn pairs_utf8_as_gbk(&self) -> bool {
        self.written == Written::Utf8 && matches!(self.read, Read::Gbk | Read::GbkWeb)
    }

    /// Whether two channels differ in no more than what became of unreadable bytes, and in folds.
    pub(crate) fn is_akin(&self, other: &Channel) -> bool {
        (self.written, self.read.family()) == (other.written, other.read.family())
    }

    /// What happened, part by part, under names for words that explain it: what the text was written
    /// in, what it was read in, what became of unreadable bytes, and what else.
    #[must_use]
    pub fn parts(&self) -> Vec<&'static str> {
        let mut parts = vec![
            match self.written {
                Written::Utf8 => "written_utf8",
                Written::Gbk => "written_gbk",
                Written::Big5 => "written_big5",
            },
            match self.read {
                Read::Gbk | Read::GbkWeb => "read_gbk",
                Read::ShiftJis | Read::Cp932 => "read_shift_jis",
                Read::Big5 | Read::Cp950 => "read_big5",
                Read::Uhc => "read_euc_kr",
                Read::Windows1252 | Read::Windows1252Defined => "read_windows1252",
                Read::Latin1 | Read::Latin1Printable => "read_latin1",
            },
        ];
        parts.extend(matches!(self.read, Read::GbkWeb).then_some("web"));
        if !matches!(self.read, Read::Windows1252 | Read::Latin1) {
            parts.push(match self.mark {
                None => "dropped",
                Some('?') => "question",
                Some(_) => "replaced",
            });
        }
        parts.extend(self.fold.then_some("folded"));
        parts.extend((self.times > 1).then_some("twice"));
        parts
    }

    /// Its tables, made at the first use (about a millisecond).
    pub(crate) fn table(&self) -> &'static Table {
        static TABLES: [OnceLock<Table>; 4 * READS] = [const { OnceLock::new() }; 4 * READS];
        let variant = match (self.fold, self.mark) {
            (true, _) => 0,
            (false, None) => 1,
            (false, Some('?')) => 2,
            (false, Some(_)) => 3,
        };
        TABLES[4 * self.read as usize + variant]
            .get_or_init(|| self.read.table(self.fold, self.mark))
    }

    /// Whether its preimages have to be searched: those of text read byte by byte, nothing dropped,
    /// are certain.
    pub(crate) fn is_searched(&self) -> bool {
        !matches!(
            self.read,
            Read::Windows1252 | Read::Latin1 | Read::Windows1252Defined | Read::Latin1Printable
        )
    }

    /// Whether it reads byte by byte, and some bytes are dropped.
    pub(crate) fn drops_bytes(&self) -> bool {
        matches!(self.read, Read::Windows1252Defined | Read::Latin1Printable)
    }

    /// Whether sound text may have a preimage by chance: then that must be ordinary Chinese.
    pub(crate) fn must_be_ordinary(&self) -> bool {
        !matches!(self.read, Read::Gbk | Read::GbkWeb) || self.written == Written::Big5
    }

    /// What the text was written in, where characters are pairs of bytes in it.
    pub(crate) fn pairs(&self) -> Option<&'static Pairs> {
        static TABLES: [OnceLock<Pairs>; 2] = [const { OnceLock::new() }; 2];
        let pairs = &TABLES[usize::from(self.written == Written::Big5)];
        let written = self.written.table()?;
        let (model, characters) = (Model::embedded()?, Characters::embedded()?);
        let alone = |character| leaning::alone(model, character).min(characters.cost(character));
        // Of text that was written in GBK, hardly any is traditional.
        let is_rare = |character| {
            self.written == Written::Gbk && traditional::form(character) == Form::Traditional
        };
        let usual = |character| (!is_rare(character)).then(|| characters.cost(character));
        Some(pairs.get_or_init(|| Pairs::new(written, self.table(), alone, usual)))
    }
}

/// How many encodings there are to read as.
const READS: usize = Read::Latin1Printable as usize + 1;

impl Read {
    fn table(self, folds: bool, mark: Option<char>) -> Table {
        let none = |_| None;
        let no_pair = |_, _| None;
        match self {
            Read::Gbk if folds => {
                let folded = |lead, trail| encodings::gbk(lead, trail).map(fold);
                Table::new(&none, &folded, None)
            }
            Read::Gbk => Table::new(&none, &encodings::gbk, mark),
            Read::GbkWeb => {
                let single = |byte| (byte == 0x80).then_some('€');
                Table::new(&single, &encodings::gbk_web, mark)
            }
            Read::ShiftJis => Table::new(&encodings::shift_jis_single, &encodings::shift_jis, mark),
            Read::Cp932 => {
                let single = |byte| match byte {
                    0xa0 => Some('\u{f8f0}'),
                    byte => encodings::shift_jis_single(byte),
                };
                Table::new(&single, &encodings::shift_jis, mark)
            }
            Read::Big5 => Table::new(&none, &encodings::big5, mark),
            Read::Cp950 => Table::new(&none, &encodings::cp950, mark),
            Read::Uhc => Table::new(&none, &encodings::uhc, mark),
            Read::Windows1252 => {
                let single = |byte| Some(encodings::windows_1252(byte));
                Table::new(&single, &no_pair, mark)
            }
            Read::Latin1 => Table::new(&|byte| Some(char::from(byte)), &no_pair, mark),
            Read::Windows1252Defined => {
                Table::new(&encodings::windows_1252_defined, &no_pair, mark)
            }
            Read::Latin1Printable => {
                let single = |byte| (byte > 0x9f).then(|| char::from(byte));
                Table::new(&single, &no_pair, mark)
            }
        }
    }
}

/// U+FF01–FF5E to ASCII, U+FFE0–FFE5 to ¢£¬¯¦¥.
pub(crate) fn fold(read: char) -> char {
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
