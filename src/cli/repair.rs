//! `mingwen repair [FILE]`: damaged lines restored, every other line byte for byte as it came.
//!
//! In: bytes from a file or standard input. Out: as many lines, in the same order, with the same
//! line ends; on request a report. Up to 4 MiB are taken as one document, whose lines
//! teach each other; longer input is a row of such documents. Promise: memory does not grow with
//! the input (a line longer than [`MAX_LINE`] goes through as it is, and that is said), and lines
//! that are not UTF-8 are never touched: it is a filter, and what comes out of a filter is in the
//! encoding of what went in. They are said once, with what the input looks like.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, slashed};
use crate::error::{Error, Result};
use crate::import::decode::encoding_of;
use crate::import::restorable;
use crate::repair::report::{DOUBT, Explained, LineReport};
use crate::repair::{MAX_LINE, Options, RepairedLine, repair_document};

/// Bytes read at a time: the size of a document.
const CHUNK: usize = 4 << 20;
/// Bytes written at a time.
const OUTPUT: usize = 1 << 18;
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What to repair, and what to say about it.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The text [default: standard input]
    pub file: Option<PathBuf>,
    /// Write what is known about each damaged line to this file, as JSON
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Say it on standard error, with the doubtful characters marked in place
    #[arg(long)]
    pub explain: bool,
    /// Name characters less probable than this
    #[arg(long, value_name = "P", default_value_t = DOUBT, value_parser = probability)]
    pub doubt: f64,
    /// What did the damage, where there is any [default: found out line by line]
    #[arg(long, value_name = "NAME")]
    pub channel: Option<String>,
    /// Names and terms that are likely to come, one a line
    #[arg(long, value_name = "FILE")]
    pub lexicon: Option<PathBuf>,
}

fn probability(text: &str) -> std::result::Result<f64, String> {
    match text.parse() {
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(value),
        _ => Err("it must be a number from 0 to 1".into()),
    }
}

/// Repairs a file, or standard input, into `output`. A diagnostic for each line not looked at:
/// warnings that make the command exit with 1.
pub fn run(arguments: &Arguments, output: &mut impl Write) -> Result<Vec<Diagnostic>> {
    let options = Options {
        lexicon: match &arguments.lexicon {
            Some(path) => lexicon(&fs::read_to_string(path).map_err(Error::read(path))?),
            None => Vec::new(),
        },
        channel: match &arguments.channel {
            Some(name) => Some(super::damage::named(Some(name))?),
            None => None,
        },
    };
    with_input(arguments.file.as_deref(), |input, name| {
        let mut report = Report::open(arguments, name)?;
        let diagnostics = pieces(input, name, output, |lines, first| {
            let texts: Vec<&str> = lines.iter().map(|line| line.text.unwrap_or("")).collect();
            let repaired = repair_document(&texts, &options);
            for ((number, line), repaired) in (first..).zip(&texts).zip(&repaired) {
                report.line(number, line, repaired)?;
            }
            Ok(repaired
                .into_iter()
                .map(|line| line.is_repaired().then_some(line.text))
                .collect())
        })?;
        report.close()?;
        Ok(diagnostics)
    })
}

/// The words of a lexicon file: one a line; what `#` begins is a remark.
fn lexicon(text: &str) -> Vec<String> {
    text.trim_start_matches('\u{feff}')
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

/// Where the reports on lines go: a file, a person, both or nowhere.
struct Report<'a> {
    file: Option<(&'a Path, BufWriter<File>)>,
    explain: bool,
    colour: bool,
    doubt: f64,
    any: bool,
}

impl<'a> Report<'a> {
    fn open(arguments: &'a Arguments, name: &Path) -> Result<Self> {
        let mut report = Self {
            file: None,
            explain: arguments.explain,
            // https://no-color.org: set and not empty.
            colour: io::stderr().is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
            doubt: arguments.doubt,
            any: false,
        };
        if let Some(path) = arguments.report.as_deref() {
            let file = File::create(path).map_err(Error::write(path))?;
            report.file = Some((path, BufWriter::new(file)));
            let name = serde_json::Value::from(slashed(name));
            report.write(&format!(
                "{{\"file\":{name},\"doubt\":{},\"lines\":[",
                arguments.doubt
            ))?;
        }
        Ok(report)
    }

    fn write(&mut self, text: &str) -> Result<()> {
        match &mut self.file {
            Some((path, file)) => file.write_all(text.as_bytes()).map_err(Error::write(*path)),
            None => Ok(()),
        }
    }

    fn line(&mut self, number: usize, damaged: &str, repaired: &RepairedLine) -> Result<()> {
        if self.file.is_none() && !self.explain {
            return Ok(());
        }
        let Some(report) = LineReport::new(number, damaged, repaired, self.doubt) else {
            return Ok(());
        };
        if self.explain {
            let explained = Explained {
                text: &repaired.text,
                report: &report,
                colour: self.colour,
            };
            // Standard error may be closed; the text goes on all the same.
            let _ = write!(io::stderr().lock(), "{explained}");
        }
        let comma = if self.any { "," } else { "" };
        let json = serde_json::to_string(&report).unwrap_or_default();
        self.any = true;
        self.write(&format!("{comma}\n{json}"))
    }

    fn close(mut self) -> Result<()> {
        self.write("\n]}\n")?;
        match self.file {
            Some((path, mut file)) => file.flush().map_err(Error::write(path)),
            None => Ok(()),
        }
    }
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
    pieces(input, name, output, |lines, _| {
        let changed = |line: &Line| match change(line.text?) {
            Cow::Borrowed(_) => None,
            Cow::Owned(changed) => Some(changed),
        };
        Ok(lines.par_iter().map(changed).collect())
    })
}

/// One line with its line end; the text in it, if it is one and not too long.
struct Line<'a> {
    bytes: &'a [u8],
    text: Option<&'a str>,
    long: bool,
}

impl<'a> Line<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let body = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let body = body.strip_suffix(b"\r").unwrap_or(body);
        let long = body.len() > MAX_LINE;
        let text = std::str::from_utf8(body).ok().filter(|_| !long);
        Self { bytes, text, long }
    }
}

/// Puts `input` through `change` a chunk at a time: the lines, and the number of the first, to what
/// each becomes.
fn pieces(
    input: &mut dyn Read,
    name: &Path,
    output: &mut impl Write,
    mut change: impl FnMut(&[Line], usize) -> Result<Vec<Option<String>>>,
) -> Result<Vec<Diagnostic>> {
    // Lines one by one would be a call of the system each.
    let output = &mut BufWriter::with_capacity(OUTPUT, output);
    let mut diagnostics = Vec::new();
    let mut foreign = Foreign::default();
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
            // All of a short input is one document, whether its last line ends or not.
            _ if ended => buffer.len(),
            Some(_) if buffer.len() < CHUNK => continue,
            Some(last) => last + 1,
            None if buffer.len() >= CHUNK => buffer.len(),
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
        let lines: Vec<Line> = lines.into_iter().map(Line::new).collect();
        let changed = change(&lines, number + 1)?;
        for (line, changed) in lines.iter().zip(changed) {
            number += 1;
            if line.long {
                diagnostics.push(too_long(name, number));
            } else if line.text.is_none() {
                foreign.add(number, line.bytes, &buffer);
            }
            match (changed, line.text) {
                (Some(changed), Some(text)) => {
                    write(output, changed.as_bytes())?;
                    write(output, &line.bytes[text.len()..])?;
                }
                _ => write(output, line.bytes)?,
            }
        }
        output.flush().map_err(Error::write("standard output"))?;
        buffer.drain(..whole);
        if ended && buffer.is_empty() {
            diagnostics.extend(foreign.diagnostic(name));
            return Ok(diagnostics);
        }
    }
}

/// Lines that are not UTF-8.
#[derive(Default)]
struct Foreign {
    count: usize,
    /// Line and column of the first, and the encoding of what is around it.
    first: Option<(usize, usize, &'static str)>,
}

impl Foreign {
    fn add(&mut self, number: usize, line: &[u8], around: &[u8]) {
        self.count += 1;
        if self.first.is_none() {
            let valid = line.utf8_chunks().next().map_or("", |chunk| chunk.valid());
            let column = valid.chars().count() + 1;
            self.first = Some((number, column, encoding_of(around, restorable)));
        }
    }

    fn diagnostic(self, name: &Path) -> Option<Diagnostic> {
        let (line, column, encoding) = self.first?;
        let message = match self.count {
            1 => "this line is not UTF-8 and was left as it is".to_owned(),
            count => format!(
                "this line and {} more are not UTF-8 and were left as they are",
                count - 1
            ),
        };
        let hint = if encoding == "UTF-8" {
            "the text around it is UTF-8: put in what was meant, or take the bytes out".to_owned()
        } else {
            format!(
                "it may be {encoding}: convert it, for instance with `iconv -f {encoding} -t UTF-8`, \
                 and repair that; `mingwen import` reads it as it is"
            )
        };
        Some(
            Diagnostic::error(message)
                .at(name, line, Some(column))
                .hint(hint),
        )
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
        .map_err(Error::write("standard output"))
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
