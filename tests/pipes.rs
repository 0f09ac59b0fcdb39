//! Standard output that is closed early: `mingwen repair FILE | head -1`.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't run the program has failed"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program with a standard output that nobody reads.
fn unread(here: &Path, arguments: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mingwen"))
        .args(arguments)
        .current_dir(here)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    child.wait_with_output().unwrap()
}

#[test]
fn a_closed_pipe_is_no_trouble() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    fs::write(here.join("s.txt"), "东街有灯。\n".repeat(200_000)).unwrap();
    for command in ["repair", "damage", "import"] {
        let output = unread(here, &[command, "s.txt"]);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{command}");
        assert_eq!(output.status.code(), Some(0), "{command}");
    }
}

#[test]
fn a_closed_pipe_hides_nothing_that_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    fs::write(here.join("s.txt"), "① 东街\n东街有灯。\n").unwrap();
    fs::create_dir(here.join("content")).unwrap();
    fs::write(here.join("content/dong-jie.zh.md"), "mine").unwrap();
    let output = unread(here, &["import", "s.txt"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("content/dong-jie.zh.md.new"), "{said}");
}
