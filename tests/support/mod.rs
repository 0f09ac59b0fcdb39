//! What the tests of the program share: copies of small reports, runs of the binary, folders as maps.

#![allow(dead_code, reason = "each test uses its part of this")]

pub mod drawing;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use walkdir::WalkDir;

/// The switch that writes what is expected anew: `MINGWEN_UPDATE=1 cargo test`.
pub fn update() -> bool {
    std::env::var_os("MINGWEN_UPDATE").is_some_and(|value| value != "0")
}

/// A folder of `tests/`.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

/// The folders inside a folder, in order: one for each case.
pub fn cases(folder: &Path) -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    cases
}

/// Every file below a folder by its path from there; nothing if there is no such folder.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let inside = entry.path().strip_prefix(folder).unwrap();
            let name = inside.to_string_lossy().replace('\\', "/");
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Writes files below a folder.
pub fn write(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// What a run of the program came to.
pub struct Run {
    /// The exit code.
    pub exit: i32,
    /// What it printed on standard output.
    pub stdout: String,
    /// What it printed on standard error.
    pub stderr: String,
}

/// Runs the program in a folder. The folder's own path is `<here>` in what it says.
pub fn mingwen<I: AsRef<std::ffi::OsStr>>(folder: &Path, arguments: &[I]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_mingwen"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("RUST_BACKTRACE")
        .output()
        .unwrap();
    let real = folder.canonicalize().unwrap();
    let clean = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes)
            .replace(&*real.to_string_lossy(), "<here>")
            .replace(&*folder.to_string_lossy(), "<here>")
            .replace(&*real.parent().unwrap().to_string_lossy(), "<above>")
    };
    let run = Run {
        exit: output.status.code().unwrap_or(-1),
        stdout: clean(&output.stdout),
        stderr: clean(&output.stderr),
    };
    assert!(!run.stderr.contains("panicked at"), "{}", run.stderr);
    run
}

/// The first line in which two texts differ, for a message that a person can use.
pub fn first_difference(expected: &[u8], found: &[u8]) -> String {
    let (expected, found) = (
        String::from_utf8_lossy(expected),
        String::from_utf8_lossy(found),
    );
    let mut lines = (expected.lines(), found.lines());
    for number in 1.. {
        match (lines.0.next(), lines.1.next()) {
            (None, None) => break,
            (a, b) if a == b => {}
            (a, b) => {
                let shown = |line: Option<&str>| line.unwrap_or("(the end)").to_owned();
                return format!(
                    "line {number}\n  expected: {}\n  found:    {}",
                    shown(a),
                    shown(b)
                );
            }
        }
    }
    "in line ends alone".to_owned()
}
