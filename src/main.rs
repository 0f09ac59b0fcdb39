//! The `mingwen` program: parse, run, exit code. All of it is in [`mingwen::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    mingwen::cli::run(std::env::args_os())
}
