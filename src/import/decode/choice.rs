//! Which encoding a source is in.
//!
//! In: bytes. Out: a [`Choice`] with the evidence in words. Promise: a byte order mark and validity
//! decide where they can, then whether the text can be restored; else what decides is how often the most frequent Chinese characters come
//! up, which is half of any Chinese text read rightly and a few in a hundred of one read wrongly.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::frequent::is_frequent;
use super::{Restorable, decode_marking};

/// An encoding and why.
#[derive(Debug)]
pub(super) struct Choice {
    pub encoding: &'static Encoding,
    pub evidence: String,
    /// Length of the byte order mark.
    pub mark: usize,
    /// Nothing spoke clearly for it.
    pub guess: bool,
}

/// Statistics settle long before this many bytes.
const SAMPLE: usize = 256 * 1024;

/// Below this share of well-read characters the choice is called a guess. The rarest right reading
/// tried (a list of names and places) has 0.35, the best wrong one 0.12.
const CLEAR: f64 = 0.2;

/// Undecodable places in a hundred characters beyond ASCII that still count as damaged UTF-8. GBK
/// and Big5 read as UTF-8 have more than eighty.
const UTF8_DAMAGE: f64 = 0.1;

/// `restorable` says how many of some lines a later stage can restore.
pub(super) fn choose(bytes: &[u8], restorable: Restorable) -> Choice {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Choice {
            encoding,
            evidence: format!("byte order mark of {}", encoding.name()),
            mark,
            guess: false,
        };
    }
    if bytes.contains(&0) {
        return with_zero_bytes(bytes);
    }
    if std::str::from_utf8(bytes).is_ok() {
        let evidence = if bytes.is_ascii() {
            "ASCII alone, which is valid UTF-8"
        } else {
            "every byte is valid UTF-8"
        };
        return plain(UTF_8, evidence.into());
    }
    let sample = sample(bytes);
    if let Some(choice) = damaged_then_saved(sample, restorable) {
        return choice;
    }
    let utf8 = Reading::of(sample, UTF_8);
    let beyond_ascii = utf8.characters - utf8.ascii;
    if beyond_ascii > 0 && utf8.undecodable as f64 <= UTF8_DAMAGE * beyond_ascii as f64 {
        let evidence = format!(
            "valid UTF-8 but for damage: characters beyond ASCII: {beyond_ascii}, undecodable places: {}",
            utf8.undecodable
        );
        return plain(UTF_8, evidence);
    }
    by_frequency(sample, &[GB18030, BIG5, UTF_16LE, UTF_16BE, UTF_8])
}

/// So many lines tell whether a text was damaged before it was saved.
const LINES_TRIED: usize = 20;

/// A text may have been read wrongly first and then saved as GB18030: its bytes look like UTF-8 with
/// holes, but only the text that they are in GB18030 can be restored in full.
fn damaged_then_saved(sample: &[u8], restorable: Restorable) -> Option<Choice> {
    let mut text = String::new();
    let mut undecodable = 0;
    decode_marking(sample, GB18030, &mut text, |_| undecodable += 1);
    if undecodable > 0 {
        return None;
    }
    let tried: Vec<&str> = text
        .lines()
        .filter(|line| !line.is_ascii())
        .take(LINES_TRIED)
        .collect();
    let restored = restorable(&tried);
    (restored > 0 && 2 * restored >= tried.len()).then(|| {
        let evidence = format!(
            "read as {}, every byte is valid, and {restored} of the first {} lines beyond ASCII \
             can be restored",
            GB18030.name(),
            tried.len()
        );
        plain(GB18030, evidence)
    })
}

fn plain(encoding: &'static Encoding, evidence: String) -> Choice {
    Choice {
        encoding,
        evidence,
        mark: 0,
        guess: false,
    }
}

/// Text of one byte a character has no zero bytes: it is UTF-16, or no text.
fn with_zero_bytes(bytes: &[u8]) -> Choice {
    let sample = sample(bytes);
    // Chinese speaks for itself, and its zero bytes may be on either side: U+4E00 (一) has one.
    let spoken = [UTF_16LE, UTF_16BE]
        .map(|encoding| (Reading::of(sample, encoding), encoding))
        .into_iter()
        .filter(|(reading, _)| reading.controls == 0 && reading.score() >= CLEAR)
        .max_by(|(one, _), (other, _)| one.score().total_cmp(&other.score()));
    if let Some((reading, encoding)) = spoken {
        let evidence = format!("read as {}, {}", encoding.name(), reading.words());
        return plain(encoding, evidence);
    }
    let zeros = |parity: usize| {
        sample
            .iter()
            .enumerate()
            .filter(|(index, byte)| index % 2 == parity && **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let (encoding, here, there) = if odd >= even {
        (UTF_16LE, odd, even)
    } else {
        (UTF_16BE, even, odd)
    };
    let reading = Reading::of(sample, encoding);
    // A few zero bytes on the wrong side are no matter.
    let one_sided = here > 4 * there;
    if one_sided && reading.controls == 0 && reading.undecodable * 50 <= reading.characters {
        let side = if encoding == UTF_16LE { "odd" } else { "even" };
        let evidence = format!("{here} zero bytes at {side} places, {there} at the others");
        return plain(encoding, evidence);
    }
    // Decoded as UTF-8 the zero bytes stay, and say that the file is binary.
    plain(UTF_8, "zero bytes without a pattern".into())
}

fn by_frequency(sample: &[u8], candidates: &[&'static Encoding]) -> Choice {
    let mut best: Option<(Reading, &'static Encoding)> = None;
    let mut second: Option<(Reading, &'static Encoding)> = None;
    for encoding in candidates {
        let reading = Reading::of(sample, encoding);
        // Any bytes at all are UTF-16 of some sort: it has to speak for itself.
        if [UTF_16LE, UTF_16BE].contains(encoding) && reading.score() < CLEAR {
            continue;
        }
        if best
            .as_ref()
            .is_none_or(|(held, _)| reading.score() > held.score())
        {
            second = best.replace((reading, encoding));
        } else if second
            .as_ref()
            .is_none_or(|(held, _)| reading.score() > held.score())
        {
            second = Some((reading, encoding));
        }
    }
    let Some((reading, encoding)) = best else {
        return plain(UTF_8, "nothing to decide by".into());
    };
    let runner_up = second.map_or(String::new(), |(other, name)| {
        format!("; read as {}, {}", name.name(), other.words())
    });
    Choice {
        encoding,
        evidence: format!(
            "read as {}, {}{runner_up}",
            encoding.name(),
            reading.words()
        ),
        mark: 0,
        guess: reading.score() < CLEAR,
    }
}

/// The beginning of the bytes, up to the end of a line where there is one.
fn sample(bytes: &[u8]) -> &[u8] {
    let Some(head) = bytes.get(..SAMPLE) else {
        return bytes;
    };
    match head.iter().rposition(|byte| *byte == b'\n') {
        Some(at) if at % 2 == 1 => head.get(..=at).unwrap_or(head),
        _ => head,
    }
}

/// What a sample looks like in one encoding.
struct Reading {
    characters: usize,
    ascii: usize,
    frequent: usize,
    undecodable: usize,
    controls: usize,
    private: usize,
}

impl Reading {
    fn of(sample: &[u8], encoding: &'static Encoding) -> Self {
        let mut text = String::new();
        let mut undecodable = 0;
        decode_marking(sample, encoding, &mut text, |_| undecodable += 1);
        let mut reading = Self {
            characters: 0,
            ascii: 0,
            frequent: 0,
            undecodable,
            controls: 0,
            private: 0,
        };
        for c in text.chars() {
            reading.characters += 1;
            if c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}') {
                reading.controls += 1;
            } else if c.is_ascii() {
                reading.ascii += 1;
            } else if is_frequent(c) {
                reading.frequent += 1;
            } else if matches!(c, '\u{E000}'..='\u{F8FF}') {
                reading.private += 1;
            }
        }
        reading
    }

    /// The share of frequent characters beyond ASCII, less twice that of what no text has.
    fn score(&self) -> f64 {
        let beyond = (self.characters - self.ascii).max(1) as f64;
        let wrong = (self.undecodable + self.controls + self.private) as f64;
        (self.frequent as f64 - 2.0 * wrong) / beyond
    }

    fn words(&self) -> String {
        let beyond = (self.characters - self.ascii).max(1);
        let share = 100.0 * self.frequent as f64 / beyond as f64;
        format!(
            "{share:.0} % of the characters beyond ASCII are frequent in Chinese, undecodable places: {}",
            self.undecodable
        )
    }
}
