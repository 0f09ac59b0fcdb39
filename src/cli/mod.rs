//! The command line: one small file per command, and the only place that prints.

pub mod damage;
pub mod repair;

use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program with its arguments (the first is its own name).
#[must_use]
pub fn run(_arguments: impl Iterator<Item = OsString>) -> ExitCode {
    ExitCode::SUCCESS
}
