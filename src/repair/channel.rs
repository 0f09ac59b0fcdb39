//! Channels: how text gets damaged. In: clean text. Out: what is left of it.
//!
//! A [`Channel`] is a value: what the bytes were written in, what they were taken for, what became
//! of those that could not be read, and which characters were folded afterwards. [`damage`] runs
//! it forward; the search for preimages reads the same tables backward, so that each direction is
//! a test of the other. Promise: `damage` never fails, and a line break never moves.
//!
//! | read as | bytes that can't be read | channel |
//! |---|---|---|
//! | GBK | dropped, then full-width forms folded | `utf8-gbk-dropped-folded` |
//! | GBK | dropped | `utf8-gbk-dropped` |
//! | GBK | U+FFFD each | `utf8-gbk-replaced` |
//! | GBK | `?` each | `utf8-gbk-question` |
//! | GBK or GB18030 as browsers do | U+FFFD, 0x80 is €, user-defined areas are private-use | `utf8-gbk-web` |
//! | the same | `?` | `utf8-gbk-web-question` |
//! | Windows-31J (Shift-JIS) | dropped | `utf8-sjis-dropped` |
//! | Windows-1252 | kept as control characters | `utf8-windows1252` |
//! | Latin-1 | none | `utf8-latin1` |
//! | the last two, twice over | | `utf8-windows1252-twice`, `utf8-latin1-twice` |
//! | Windows-1252, the text being GBK | kept as control characters | `gbk-windows1252` |
//! | Latin-1, the text being GBK | none | `gbk-latin1` |

use std::sync::OnceLock;

use encoding_rs::GBK;

use super::table::{self, NONE, Table};

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
}

/// The encodings that text is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// GBK as Python, glibc and most databases have it: no user-defined area, no 0x80.
    Gbk,
    /// GBK and GB18030 as browsers have them (text in UTF-8 holds none of GB18030's four-byte
    /// sequences: no digit comes between two of its bytes).
    GbkWeb,
    /// Windows-31J, which is what goes by the name of Shift-JIS.
    ShiftJis,
    /// Windows-1252, undefined bytes as control characters.
    Windows1252,
    /// ISO 8859-1.
    Latin1,
}

const FIRST: Channel = Channel {
    name: "utf8-gbk-dropped-folded",
    summary: "UTF-8 read as GBK, unreadable bytes dropped, full-width forms folded",
    written: Written::Utf8,
    read: Read::Gbk,
    mark: None,
    fold: true,
    times: 1,
};

/// Every channel, the likeliest first.
pub const CHANNELS: &[Channel] = &[
    FIRST,
    Channel {
        name: "utf8-gbk-dropped",
        summary: "UTF-8 read as GBK, unreadable bytes dropped",
        fold: false,
        ..FIRST
    },
    Channel {
        name: "utf8-gbk-replaced",
        summary: "UTF-8 read as GBK, U+FFFD for each unreadable byte",
        mark: Some('\u{fffd}'),
        fold: false,
        ..FIRST
    },
    Channel {
        name: "utf8-gbk-question",
        summary: "UTF-8 read as GBK, `?` for each unreadable byte",
        mark: Some('?'),
        fold: false,
        ..FIRST
    },
    Channel {
        name: "utf8-gbk-web",
        summary: "UTF-8 read as GBK or GB18030 by a browser: U+FFFD, €, private-use characters",
        read: Read::GbkWeb,
        mark: Some('\u{fffd}'),
        fold: false,
        ..FIRST
    },
    Channel {
        name: "utf8-gbk-web-question",
        summary: "UTF-8 read as GBK with €, private-use characters, and `?` for unreadable bytes",
        read: Read::GbkWeb,
        mark: Some('?'),
        fold: false,
        ..FIRST
    },
    Channel {
        name: "utf8-sjis-dropped",
        summary: "UTF-8 read as Shift-JIS (Windows-31J), unreadable bytes dropped",
        read: Read::ShiftJis,
        fold: false,
        ..FIRST
    },
    WINDOWS_1252,
    Channel {
        name: "utf8-latin1",
        summary: "UTF-8 read as Latin-1",
        read: Read::Latin1,
        ..WINDOWS_1252
    },
    Channel {
        name: "utf8-windows1252-twice",
        summary: "UTF-8 read as Windows-1252, twice over",
        times: 2,
        ..WINDOWS_1252
    },
    Channel {
        name: "utf8-latin1-twice",
        summary: "UTF-8 read as Latin-1, twice over",
        read: Read::Latin1,
        times: 2,
        ..WINDOWS_1252
    },
    Channel {
        name: "gbk-windows1252",
        summary: "GBK read as Windows-1252",
        written: Written::Gbk,
        ..WINDOWS_1252
    },
    Channel {
        name: "gbk-latin1",
        summary: "GBK read as Latin-1",
        written: Written::Gbk,
        read: Read::Latin1,
        ..WINDOWS_1252
    },
];

const WINDOWS_1252: Channel = Channel {
    name: "utf8-windows1252",
    summary: "UTF-8 read as Windows-1252, undefined bytes kept as control characters",
    read: Read::Windows1252,
    fold: false,
    ..FIRST
};

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
    match channel.written {
        Written::Utf8 => text.bytes().for_each(&mut feed),
        Written::Gbk => {
            for character in text.chars() {
                bytes_of(channel, character).into_iter().for_each(&mut feed);
            }
        }
    }
    table.flush(pending, &mut left);
    left
}

/// The bytes of a character in the encoding that the text was written in.
pub(crate) fn bytes_of(channel: &Channel, character: char) -> Vec<u8> {
    let mut buffer = [0; 4];
    let utf8 = character.encode_utf8(&mut buffer);
    match channel.written {
        Written::Utf8 => utf8.as_bytes().to_vec(),
        Written::Gbk => match GBK.encode(utf8) {
            (_, _, true) => b"?".to_vec(),
            (bytes, _, false) => bytes.into_owned(),
        },
    }
}

impl Channel {
    /// What happened, part by part, under names for words that explain it: what the text was written
    /// in, what it was read in, what became of unreadable bytes, and what else.
    #[must_use]
    pub fn parts(&self) -> Vec<&'static str> {
        let mut parts = vec![
            match self.written {
                Written::Utf8 => "written_utf8",
                Written::Gbk => "written_gbk",
            },
            match self.read {
                Read::Gbk => "read_gbk",
                Read::GbkWeb => "read_gbk_web",
                Read::ShiftJis => "read_shift_jis",
                Read::Windows1252 => "read_windows1252",
                Read::Latin1 => "read_latin1",
            },
        ];
        if matches!(self.read, Read::Gbk | Read::GbkWeb | Read::ShiftJis) {
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
        static TABLES: [OnceLock<Table>; TABLE_KINDS] = [const { OnceLock::new() }; TABLE_KINDS];
        let at = match (self.read, self.mark, self.fold) {
            (Read::Gbk, None, true) => 0,
            (Read::Gbk, None, false) => 1,
            (Read::Gbk, Some('?'), _) => 2,
            (Read::Gbk, Some(_), _) => 3,
            (Read::GbkWeb, Some('?'), _) => 4,
            (Read::GbkWeb, _, _) => 5,
            (Read::ShiftJis, ..) => 6,
            (Read::Windows1252, ..) => 7,
            (Read::Latin1, ..) => 8,
        };
        TABLES[at].get_or_init(|| match self.read {
            Read::Gbk if self.fold => Table::new(
                &|_| None,
                &|lead, trail| table::gbk(lead, trail).map(fold),
                None,
            ),
            Read::Gbk => Table::new(&|_| None, &table::gbk, self.mark),
            Read::GbkWeb => {
                let single = |byte| (byte == 0x80).then_some('€');
                Table::new(&single, &table::gbk_web, self.mark)
            }
            Read::ShiftJis => Table::new(&table::shift_jis_single, &table::shift_jis, self.mark),
            Read::Windows1252 => {
                Table::new(&|byte| Some(table::windows_1252(byte)), &|_, _| None, None)
            }
            Read::Latin1 => Table::new(&|byte| Some(char::from(byte)), &|_, _| None, None),
        })
    }
}

/// How many different tables the channels have.
const TABLE_KINDS: usize = 9;

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
