//! Any line: repair neither panics nor hangs, and what it restores leads back to the line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mingwen::repair::repair_line;

fuzz_target!(|text: &str| {
    let line = text.replace(['\n', '\r'], " ");
    let repaired = repair_line(&line);
    assert_eq!(repaired.replays(), line);
    assert!(repaired.evidence.is_empty() || repaired.evidence.len() == repaired.text.chars().count());
});
