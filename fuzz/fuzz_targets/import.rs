//! Any file: decoding, repair, normalisation and the tree of sections lose no line.
#![no_main]

use std::collections::BTreeMap;
use std::path::Path;

use libfuzzer_sys::fuzz_target;
use mingwen::import::decode::decode;
use mingwen::import::restorable;
use mingwen::import::normalise::Fixers;
use mingwen::import::sections::{TextLine, split};
use mingwen::repair::repair_line;

fuzz_target!(|bytes: &[u8]| {
    let (Some(decoded), _) = decode(bytes, Path::new("source.txt"), restorable) else { return };
    let covered: usize = decoded.lines.iter().map(|line| line.bytes.len()).sum();
    assert_eq!(covered, bytes.len());
    let (fixers, _) = Fixers::switched(&BTreeMap::new());
    let lines: Vec<TextLine> = decoded
        .lines
        .iter()
        .map(|line| TextLine {
            number: line.number,
            text: fixers.fix(&repair_line(&line.text).text).text,
        })
        .collect();
    let _ = split(&lines);
});
