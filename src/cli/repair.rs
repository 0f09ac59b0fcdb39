//! `mingwen repair [FILE]`: damaged lines restored, every other line byte for byte as it came.
//!
//! In: bytes from a file or standard input. Out: as many lines, in the same order, with the same
//! line ends. Promise: memory does not grow with the input (a line longer than
//! [`MAX_LINE`] goes through as it is, with a warning), and bytes that are not UTF-8 are never
//! touched.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::repair::{Channel, MAX_LINE, repair_line, repair_line_by};

/// Bytes read at a time; lines within them are worked on in parallel.
const CHUNK: usize = 4 << 20;
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Repairs a file, or standard input, into `output`; damage is found out, or was done by the
/// `channel` of that name. A diagnostic for each line not looked at: warnings that make the
/// command exit with 1.
pub fn run(
    channel: Option<&str>,
    file: Option<&Path>,
    output: &mut impl Write,
) -> Result<Vec<Diagnostic>> {
    let by: Option<&'static Channel> = channel.map(super::damage::by_name).transpose()?;
    with_input(file, |input, name| {
        stream(input, name, output, |line| {
            let repaired = match by {
                Some(channel) => repair_line_by(line, channel),
                None => repair_line(line),
            };
            if repaired.is_repaired() {
                Cow::Owned(repaired.text)
            } else {
                Cow::Borrowed(line)
            }
        })
    })
}

/// Opens the file, or standard input, and says what to call it.
pub(crate) fn with_input<T>(
    file: Option<&Path>,
    work: impl FnOnce(&mut dyn Read, &Path) -> Result<T>,
) -> Result<T> {
    match file {
        Some(path) => {
            let mut input = File::open(path).map_err(Error::read(path))?;
            work(&mut input, path)
        }
        None => work(&mut io::stdin().lock(), Path::new("<stdin>")),
    }
}

/// Puts every line of `input` through `change`, in parallel, a chunk at a time.
pub(crate) fn stream(
    input: &mut dyn Read,
    name: &Path,
    output: &mut impl Write,
    change: impl Fn(&str) -> Cow<'_, str> + Sync,
) -> Result<Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let mut buffer: Vec<u8> = Vec::with_capacity(CHUNK);
    let mut number = 0;
    // Inside a line so long that its beginning has been written already.
    let mut inside_long = false;
    let mut at_start = true;
    loop {
        let wanted = u64::try_from(CHUNK - buffer.len()).unwrap_or(0);
        let read = input
            .take(wanted)
            .read_to_end(&mut buffer)
            .map_err(Error::read(name))?;
        let ended = read == 0;
        if at_start && buffer.starts_with(BYTE_ORDER_MARK) {
            write(output, BYTE_ORDER_MARK)?;
            buffer.drain(..BYTE_ORDER_MARK.len());
        }
        at_start = false;
        let whole = match buffer.iter().rposition(|&byte| byte == b'\n') {
            Some(last) => last + 1,
            None if ended || buffer.len() >= CHUNK => buffer.len(),
            None => continue,
        };
        let complete = ended || buffer.get(whole.wrapping_sub(1)) == Some(&b'\n');
        let mut lines: Vec<&[u8]> = buffer[..whole].split_inclusive(|&b| b == b'\n').collect();
        if inside_long && !lines.is_empty() {
            let rest = lines.remove(0);
            write(output, rest)?;
            inside_long = !rest.ends_with(b"\n") && !ended;
        }
        if !complete && lines.len() == 1 {
            // One line fills the buffer: it is too long in any case.
            write(output, lines.remove(0))?;
            number += 1;
            diagnostics.push(too_long(name, number));
            inside_long = true;
        }
        let changed: Vec<(Cow<'_, [u8]>, bool)> =
            lines.par_iter().map(|line| one(line, &change)).collect();
        for (line, long) in changed {
            number += 1;
            if long {
                diagnostics.push(too_long(name, number));
            }
            write(output, &line)?;
        }
        buffer.drain(..whole);
        if ended && buffer.is_empty() {
            return Ok(diagnostics);
        }
    }
}

/// One line with its line end; whether it was too long to look at.
fn one<'a>(
    line: &'a [u8],
    change: &(impl Fn(&str) -> Cow<'_, str> + Sync),
) -> (Cow<'a, [u8]>, bool) {
    let body = line.strip_suffix(b"\n").unwrap_or(line);
    let body = body.strip_suffix(b"\r").unwrap_or(body);
    if body.len() > MAX_LINE {
        return (Cow::Borrowed(line), true);
    }
    let Ok(text) = std::str::from_utf8(body) else {
        return (Cow::Borrowed(line), false);
    };
    match change(text) {
        Cow::Borrowed(_) => (Cow::Borrowed(line), false),
        Cow::Owned(changed) => {
            let mut bytes = changed.into_bytes();
            bytes.extend_from_slice(&line[body.len()..]);
            (Cow::Owned(bytes), false)
        }
    }
}

fn too_long(name: &Path, number: usize) -> Diagnostic {
    Diagnostic::error("the line is longer than 1 MiB and was left as it is")
        .at(name, number, None)
        .hint("break it into paragraphs, or repair it in pieces")
}

fn write(output: &mut impl Write, bytes: &[u8]) -> Result<()> {
    output
        .write_all(bytes)
        .map_err(Error::write("<standard output>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(bytes: &[u8]) -> (Vec<u8>, Vec<Diagnostic>) {
        let mut output = Vec::new();
        let diagnostics = stream(&mut &*bytes, Path::new("x"), &mut output, |line| {
            Cow::Owned(line.to_uppercase())
        })
        .unwrap();
        (output, diagnostics)
    }

    #[test]
    fn keeps_what_is_not_text() {
        let bytes = b"\xef\xbb\xbfone\r\n\xff two\n\nthree";
        assert_eq!(through(bytes).0, b"\xef\xbb\xbfONE\r\n\xff two\n\nTHREE");
        assert_eq!(through(b"").0, b"");
        assert_eq!(through(b"\n").0, b"\n");
    }

    #[test]
    fn passes_long_lines_through() {
        for length in [MAX_LINE + 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7] {
            for end in ["", "\n", "\nb\n"] {
                let bytes = format!("a\n{}{end}", "x".repeat(length)).into_bytes();
                let (output, diagnostics) = through(&bytes);
                assert_eq!(output.len(), bytes.len());
                assert!(output.starts_with(b"A\nxxx"), "{length}");
                assert_eq!(output.ends_with(b"B\n"), end.ends_with("b\n"), "{length}");
                assert_eq!(diagnostics.len(), 1, "{length} {end:?}");
                assert_eq!(diagnostics[0].place.as_ref().unwrap().line, Some(2));
            }
        }
    }
}
