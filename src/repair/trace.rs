//! A channel at work, byte by byte, to be shown to a reader. In: clean text. Out: its bytes, and what
//! each one or two of them were read as. Promise: put together, the readings are what
//! [`damage`] makes of the text.

use super::channel::{Channel, bytes_of, damage};
use super::table::NONE;

/// A piece of text on its way through a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Each character with its bytes.
    pub characters: Vec<(char, Vec<u8>)>,
    /// What was read, in order.
    pub readings: Vec<Reading>,
}

/// One byte, or a pair, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What stands for them; nothing if they were dropped.
    pub left: String,
    /// Whether they could not be read.
    pub is_lost: bool,
}

/// Follows a text through a channel; `None` for one that works twice over.
#[must_use]
pub fn trace(channel: &Channel, text: &str) -> Option<Trace> {
    if channel.times > 1 {
        return None;
    }
    let table = channel.table();
    let characters: Vec<(char, Vec<u8>)> = text
        .chars()
        .map(|character| (character, bytes_of(channel, character)))
        .collect();
    let mut readings = Vec::new();
    let mark: String = table.mark().into_iter().collect();
    let lost = |byte: u8| Reading {
        bytes: vec![byte],
        left: mark.clone(),
        is_lost: true,
    };
    let read = |bytes: &[u8], character: char| Reading {
        bytes: bytes.to_vec(),
        left: character.to_string(),
        is_lost: false,
    };
    let mut pending = NONE;
    for &byte in characters.iter().flat_map(|(_, bytes)| bytes) {
        if pending != NONE {
            if let Some(character) = table.pair(pending, byte) {
                readings.push(read(&[pending, byte], character));
                pending = NONE;
                continue;
            }
            readings.push(lost(pending));
            pending = NONE;
        }
        match table.single(byte) {
            Some(character) => readings.push(read(&[byte], character)),
            None if table.leads(byte) => pending = byte,
            None => readings.push(lost(byte)),
        }
    }
    if pending != NONE {
        readings.push(lost(pending));
    }
    let left: String = readings
        .iter()
        .map(|reading| reading.left.as_str())
        .collect();
    (left == damage(channel, text)).then_some(Trace {
        characters,
        readings,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::CHANNELS;

    #[test]
    fn every_channel_is_followed() {
        for channel in CHANNELS.iter().filter(|channel| channel.times == 1) {
            for text in [
                "国家层面的支持。",
                "café, “naïve”",
                "２０２１年，（一）第3条",
                "",
            ] {
                let trace = trace(channel, text);
                assert!(trace.is_some(), "{} {text}", channel.name);
            }
        }
        let trace = trace(&CHANNELS[0], "国家").unwrap();
        let shown: Vec<(usize, &str, bool)> = trace
            .readings
            .iter()
            .map(|reading| (reading.bytes.len(), reading.left.as_str(), reading.is_lost))
            .collect();
        assert_eq!(
            shown,
            [
                (2, "鍥", false),
                (2, "藉", false),
                (1, "", true),
                (1, "", true)
            ]
        );
    }
}
