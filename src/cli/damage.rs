//! `mingwen damage [--channel NAME] [FILE]`: text run through a channel, to make samples with.
//!
//! In: bytes from a file or standard input. Out: the same lines, damaged. Lines that are not
//! UTF-8, or longer than 1 MiB, stay as they are.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use super::repair::{stream, with_input};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::error::{Error, Result};
use crate::repair::{CHANNELS, Channel, channel, damage};

/// Damages a file, or standard input, into `output` by the channel of that name, or by the first.
pub fn run(
    name: Option<&str>,
    file: Option<&Path>,
    output: &mut impl Write,
) -> Result<Vec<Diagnostic>> {
    let channel = named(name)?;
    with_input(file, |input, place| {
        stream(input, place, output, |line| {
            Cow::Owned(damage(channel, line))
        })
    })
}

/// The channel of that name, or the first.
pub(crate) fn named(name: Option<&str>) -> Result<&'static Channel> {
    let found = match name {
        Some(name) => channel(name),
        None => CHANNELS.first(),
    };
    found.ok_or_else(|| unknown(name.unwrap_or_default()))
}

/// All channels, for the help.
pub(crate) fn list() -> String {
    let width = CHANNELS.iter().map(|channel| channel.name.len()).max();
    let width = width.unwrap_or(0);
    let line = |channel: &Channel| format!("\n  {:width$}  {}", channel.name, channel.summary);
    CHANNELS
        .iter()
        .map(line)
        .fold("Channels:".to_owned(), |all, line| all + &line)
}

fn unknown(name: &str) -> Error {
    let known: Vec<&str> = CHANNELS.iter().map(|channel| channel.name).collect();
    let hint = match did_you_mean(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the channels are {}", known.join(", ")),
    };
    Error::usage(format!("no channel is called `{name}`"), hint)
}
