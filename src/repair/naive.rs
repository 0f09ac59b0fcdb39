//! What everyone tries first. In: damaged text and its channel. Out: the text saved again in the
//! encoding that it was read in, and opened in the one that it was written in.
//!
//! It brings back what lost no byte and hurts its neighbours besides. Here it only serves for
//! comparison. Promise: what can't be saved or opened is left out.

use encoding_rs::{BIG5, GBK, UTF_8};

use super::channel::{Channel, Written};
use super::table::Unit;

/// The naive round trip.
#[must_use]
pub fn naive(channel: &Channel, damaged: &str) -> String {
    let mut text = once(channel, damaged);
    for _ in 1..channel.times {
        text = once(channel, &text);
    }
    text
}

fn once(channel: &Channel, damaged: &str) -> String {
    let table = channel.table();
    let mut bytes = Vec::with_capacity(damaged.len());
    for character in damaged.chars() {
        if let Ok(byte @ 0..=0x7f) = u8::try_from(character) {
            bytes.push(byte);
            continue;
        }
        match table.units(character).first() {
            Some(&Unit::Single(byte)) => bytes.push(byte),
            Some(&Unit::Pair(lead, trail)) => bytes.extend([lead, trail]),
            None => {}
        }
    }
    let encoding = match channel.written {
        Written::Utf8 => UTF_8,
        Written::Gbk => GBK,
        Written::Big5 => BIG5,
    };
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    text.replace('\u{fffd}', "")
}

#[cfg(test)]
mod tests {
    use super::super::CHANNELS;
    use super::super::channel::{channel, damage};
    use super::*;

    #[test]
    fn what_lost_nothing_comes_back() {
        let text = "“café”, 5 km：国家层面";
        for name in [
            "utf8-windows1252",
            "utf8-latin1",
            "utf8-latin1-twice",
            "gbk-latin1",
        ] {
            let channel = channel(name).unwrap();
            // GBK has no é.
            let text = match channel.written {
                Written::Utf8 => text.to_owned(),
                _ => text.replace('é', "e"),
            };
            assert_eq!(naive(channel, &damage(channel, &text)), text, "{name}");
        }
    }

    #[test]
    fn what_lost_bytes_comes_back_in_part() {
        let text = "各区县要抓紧制定实施细则，全市新增停车位。";
        let by_gbk = |channel: &&Channel| channel.name.starts_with("utf8-gbk");
        for channel in CHANNELS.iter().filter(by_gbk) {
            let damaged = damage(channel, text);
            let same = |other: &str| text.chars().filter(|&c| other.contains(c)).count();
            let naive = naive(channel, &damaged);
            assert!(same(&naive) > 6, "{}: {naive}", channel.name);
        }
    }
}
