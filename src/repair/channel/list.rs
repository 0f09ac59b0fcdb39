//! All channels. In: nothing. Out: [`CHANNELS`], the likeliest first.
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
//! | the same, as Windows and `CPython` do | 0xA0 is U+F8F0, others dropped | `utf8-cp932-dropped` |
//! | Big5 | dropped | `utf8-big5-dropped` |
//! | Big5 as Windows has it | dropped | `utf8-cp950-dropped` |
//! | EUC-KR (UHC) | dropped | `utf8-euckr-dropped` |
//! | Windows-1252 | kept as control characters | `utf8-windows1252` |
//! | Latin-1 | none | `utf8-latin1` |
//! | the last two, twice over | | `utf8-windows1252-twice`, `utf8-latin1-twice` |
//! | Windows-1252 | dropped | `utf8-windows1252-dropped` |
//! | Latin-1 | 0x80–0x9F dropped | `utf8-latin1-dropped` |
//! | the last two, twice over | | `utf8-windows1252-dropped-twice`, `utf8-latin1-dropped-twice` |
//! | Windows-1252, the text being GBK | kept as control characters | `gbk-windows1252` |
//! | Latin-1, the text being GBK | none | `gbk-latin1` |
//! | Big5, the text being GBK | dropped | `gbk-big5-dropped` |
//! | GBK, the text being Big5 | dropped | `big5-gbk-dropped` |

use super::{Channel, Read, Written};

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
    Channel {
        name: "utf8-cp932-dropped",
        summary: "UTF-8 read as Shift-JIS by Windows: 0xA0 is U+F8F0, unreadable bytes dropped",
        read: Read::Cp932,
        fold: false,
        ..FIRST
    },
    Channel {
        name: "utf8-big5-dropped",
        summary: "UTF-8 read as Big5, unreadable bytes dropped",
        read: Read::Big5,
        fold: false,
        ..FIRST
    },
    Channel {
        name: "utf8-cp950-dropped",
        summary: "UTF-8 read as Big5 by Windows (code page 950), unreadable bytes dropped",
        read: Read::Cp950,
        fold: false,
        ..FIRST
    },
    Channel {
        name: "utf8-euckr-dropped",
        summary: "UTF-8 read as EUC-KR (UHC), unreadable bytes dropped",
        read: Read::Uhc,
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
        name: "utf8-windows1252-dropped",
        summary: "UTF-8 read as Windows-1252, undefined bytes dropped",
        read: Read::Windows1252Defined,
        ..WINDOWS_1252
    },
    Channel {
        name: "utf8-latin1-dropped",
        summary: "UTF-8 read as Latin-1, control characters dropped",
        read: Read::Latin1Printable,
        ..WINDOWS_1252
    },
    Channel {
        name: "utf8-windows1252-dropped-twice",
        summary: "UTF-8 read as Windows-1252, undefined bytes dropped, twice over",
        read: Read::Windows1252Defined,
        times: 2,
        ..WINDOWS_1252
    },
    Channel {
        name: "utf8-latin1-dropped-twice",
        summary: "UTF-8 read as Latin-1, control characters dropped, twice over",
        read: Read::Latin1Printable,
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
    Channel {
        name: "gbk-big5-dropped",
        summary: "GBK read as Big5, unreadable bytes dropped",
        written: Written::Gbk,
        read: Read::Cp950,
        fold: false,
        ..FIRST
    },
    Channel {
        name: "big5-gbk-dropped",
        summary: "Big5 read as GBK, unreadable bytes dropped",
        written: Written::Big5,
        fold: false,
        ..FIRST
    },
];

const WINDOWS_1252: Channel = Channel {
    name: "utf8-windows1252",
    summary: "UTF-8 read as Windows-1252, undefined bytes kept as control characters",
    read: Read::Windows1252,
    fold: false,
    ..FIRST
};
