//! Bytes to lines of text: which encoding, why, and what could not be read.
//!
//! In: the bytes of a source, and its name for messages. Out: a [`Decoded`] with every line, its
//! place in the bytes and its text; or nothing, and a diagnostic that says why. Promise: no byte is
//! lost silently: what can't be decoded stays as U+FFFD and is said with its line and column; a
//! line too long to be text is kept as a line without text, with the reason.

mod choice;
mod frequent;

use std::ops::Range;
use std::path::Path;

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::diagnostic::Diagnostic;

/// A line longer than this, in bytes, is data and not text.
pub const LONGEST_LINE: usize = 1 << 20;

/// So many undecodable places are said one by one; the rest are counted.
const PLACES_SAID: usize = 20;

/// How many of some lines can be restored: what a wrong reading leaves can, in another encoding.
pub type Restorable = fn(&[&str]) -> usize;

/// A source as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The encoding's name, as the WHATWG standard writes it.
    pub encoding: &'static str,
    /// Why this encoding was chosen.
    pub evidence: String,
    /// Every line of the source, in order.
    pub lines: Vec<Line>,
}

/// One line of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// From 1.
    pub number: usize,
    /// Its bytes in the file, line end (and byte order mark) included.
    pub bytes: Range<usize>,
    /// Its text without the line end; empty if it is left out.
    pub text: String,
    /// Why its text is left out.
    pub left_out: Option<String>,
}

/// Decodes a source. `None` means that it can't be imported; the diagnostics say why.
#[must_use]
pub fn decode(
    bytes: &[u8],
    file: &Path,
    restorable: Restorable,
) -> (Option<Decoded>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let chosen = choice::choose(bytes, restorable);
    let mut undecodable = Undecodable::default();
    let mut binary = Binary::default();
    let mut lines = Vec::new();
    for (index, range) in split_lines(bytes, chosen.encoding).into_iter().enumerate() {
        let number = index + 1;
        let start = if index == 0 {
            range.start + chosen.mark
        } else {
            range.start
        };
        let raw = bytes.get(start..range.end).unwrap_or_default();
        let mut line = Line {
            number,
            bytes: range,
            text: String::new(),
            left_out: None,
        };
        if raw.len() > LONGEST_LINE {
            line.left_out = Some(format!("line of {}", mebibytes(raw.len())));
            diagnostics.push(too_long(file, number, raw.len()));
        } else {
            line.text = decode_line(raw, chosen.encoding, number, &mut undecodable);
            binary.look_at(&line);
        }
        lines.push(line);
    }
    if let Some(diagnostic) = unusable(&lines, &binary, &undecodable, file) {
        return (None, vec![diagnostic]);
    }
    if chosen.guess {
        diagnostics.push(guess(&chosen, file));
    }
    undecodable.say(file, chosen.encoding, &mut diagnostics);
    let decoded = Decoded {
        encoding: chosen.encoding.name(),
        evidence: chosen.evidence,
        lines,
    };
    (Some(decoded), diagnostics)
}

/// The name of the encoding that bytes are most probably in.
#[must_use]
pub fn encoding_of(bytes: &[u8], restorable: Restorable) -> &'static str {
    choice::choose(bytes, restorable).encoding.name()
}

/// Line ends are `\n` and `\r\n`, as an editor counts them; a lone `\r` is one in a file without
/// any `\n`, as old systems wrote it.
fn split_lines(bytes: &[u8], encoding: &'static Encoding) -> Vec<Range<usize>> {
    let width = if encoding == UTF_16LE || encoding == UTF_16BE {
        2
    } else {
        1
    };
    let unit = |index: usize| -> u16 {
        let at = |offset: usize| u16::from(bytes.get(index + offset).copied().unwrap_or(0));
        match (width, encoding == UTF_16LE) {
            (2, true) => at(0) | at(1) << 8,
            (2, false) => at(0) << 8 | at(1),
            _ => at(0),
        }
    };
    let starts = || (0..bytes.len()).step_by(width);
    let end = if starts().any(|index| unit(index) == 0x0A) {
        0x0A
    } else {
        0x0D
    };
    let mut lines = Vec::new();
    let mut from = 0;
    for index in starts() {
        if unit(index) == end {
            let to = (index + width).min(bytes.len());
            lines.push(from..to);
            from = to;
        }
    }
    if from < bytes.len() {
        lines.push(from..bytes.len());
    }
    lines
}

fn decode_line(
    raw: &[u8],
    encoding: &'static Encoding,
    number: usize,
    undecodable: &mut Undecodable,
) -> String {
    let mut text = String::new();
    let mut columns = Vec::new();
    decode_marking(raw, encoding, &mut text, |at| columns.push(at));
    let kept = text.trim_end_matches(['\n', '\r']).len();
    text.truncate(kept);
    let mut seen = 0;
    let mut column = 1;
    for at in columns {
        // Places come in order, so that counting goes on from the last one.
        column += text
            .get(seen..at)
            .map_or(0, |between| between.chars().count());
        seen = at;
        undecodable.add(number, column);
    }
    text
}

/// Decodes and calls `mark` with the byte position in `text` of each U+FFFD that it puts in.
fn decode_marking(
    raw: &[u8],
    encoding: &'static Encoding,
    text: &mut String,
    mut mark: impl FnMut(usize),
) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let most = decoder
        .max_utf8_buffer_length(raw.len())
        .unwrap_or(raw.len() * 3 + 16);
    text.reserve(most);
    let mut rest = raw;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, text, true);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => return,
            DecoderResult::OutputFull => text.reserve(rest.len() * 3 + 16),
            DecoderResult::Malformed(..) => {
                mark(text.len());
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
}

#[derive(Default)]
struct Undecodable {
    places: Vec<(usize, usize)>,
    count: usize,
}

impl Undecodable {
    fn add(&mut self, line: usize, column: usize) {
        self.count += 1;
        if self.places.len() < PLACES_SAID {
            self.places.push((line, column));
        }
    }

    fn say(&self, file: &Path, encoding: &'static Encoding, diagnostics: &mut Vec<Diagnostic>) {
        for (line, column) in &self.places {
            diagnostics.push(
                Diagnostic::warning(format!("a byte here is not valid {}", encoding.name()))
                    .at(file, *line, Some(*column))
                    .hint("it is kept as U+FFFD (�); put in what was meant"),
            );
        }
        if self.count > self.places.len() {
            let more = self.count - self.places.len();
            diagnostics.push(
                Diagnostic::warning(format!(
                    "{more} more places are not valid {}",
                    encoding.name()
                ))
                .in_file(file)
                .hint("each is kept as U+FFFD (�) in the text"),
            );
        }
    }
}

/// Counts what no text has.
#[derive(Default)]
struct Binary {
    controls: usize,
    characters: usize,
    first: Option<(usize, usize)>,
    nul: Option<(usize, usize)>,
}

impl Binary {
    fn look_at(&mut self, line: &Line) {
        for (index, c) in line.text.chars().enumerate() {
            self.characters += 1;
            if c.is_control() && !matches!(c, '\t' | '\r' | '\u{c}' | '\u{85}') {
                self.controls += 1;
                self.first.get_or_insert((line.number, index + 1));
                if c == '\0' {
                    self.nul.get_or_insert((line.number, index + 1));
                }
            }
        }
    }
}

fn unusable(
    lines: &[Line],
    binary: &Binary,
    undecodable: &Undecodable,
    file: &Path,
) -> Option<Diagnostic> {
    let hint =
        "give the text itself: export the document as plain text (.txt, in UTF-8) and import that";
    if let Some((line, column)) = binary.nul {
        return Some(
            Diagnostic::error("this is a binary file, not text: it holds NUL bytes")
                .at(file, line, Some(column))
                .hint(hint),
        );
    }
    if binary.controls > 4 && binary.controls * 20 > binary.characters {
        let (line, column) = binary.first.unwrap_or((1, 1));
        let message = format!(
            "this is a binary file, not text: {} of its {} characters are control characters",
            binary.controls, binary.characters
        );
        return Some(
            Diagnostic::error(message)
                .at(file, line, Some(column))
                .hint(hint),
        );
    }
    if undecodable.count > 4 && undecodable.count * 5 > binary.characters {
        let (line, column) = undecodable.places.first().copied().unwrap_or((1, 1));
        return Some(
            Diagnostic::error("this is no text in any encoding that mingwen knows")
                .at(file, line, Some(column))
                .hint("it reads UTF-8, GB18030 (GBK), Big5 and UTF-16; convert the file to UTF-8"),
        );
    }
    if lines
        .iter()
        .all(|line| line.left_out.is_none() && is_blank(&line.text))
    {
        let message = if lines.is_empty() {
            "the source is empty"
        } else {
            "the source holds nothing but white space"
        };
        return Some(
            Diagnostic::error(message)
                .in_file(file)
                .hint("check that this is the file you meant, and that it was saved"),
        );
    }
    None
}

/// Nothing to read: white space and characters without width.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'))
}

fn too_long(file: &Path, number: usize, length: usize) -> Diagnostic {
    Diagnostic::error(format!(
        "this line has {}, more than the {} that a line of text may have; it is left out",
        mebibytes(length),
        mebibytes(LONGEST_LINE)
    ))
    .at(file, number, None)
    .hint("break the line into paragraphs, or take it out of the source if it is no text")
}

fn mebibytes(bytes: usize) -> String {
    format!("{:.1} MiB", bytes as f64 / 1_048_576.0)
}

fn guess(chosen: &choice::Choice, file: &Path) -> Diagnostic {
    Diagnostic::warning(format!(
        "the encoding is a guess: {} ({})",
        chosen.encoding.name(),
        chosen.evidence
    ))
    .in_file(file)
    .hint(format!(
        "if the pages read wrongly, convert the file to {} and import again",
        UTF_8.name()
    ))
}
