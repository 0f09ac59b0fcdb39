//! What happened to a source, in plain words and by an example.
//!
//! In: the evidence of a source, and the theme's words. Out: the kinds of damage, the most frequent
//! first, those that were written and read alike in a [`FamilyView`], which says once what they share.
//! Promise: the examples are from the source itself, and what they show is what the channel does.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::evidence::{Evidence, Line};
use crate::repair::{self, Channel, Trace};

use super::views::{CellView, ExampleView, FamilyView, KindView};

/// Characters that an example has, at most, and how far into a stretch it is looked for.
const LONGEST: usize = 4;
const SOUGHT: usize = 400;

/// What channels have in common, and each with its number of lines.
type Family = (Vec<&'static str>, Vec<(&'static Channel, usize)>);

/// `path_of` gives the page with a line.
pub(super) fn explain(
    evidence: &Evidence,
    words: &BTreeMap<String, String>,
    path_of: impl Fn(usize) -> String,
) -> Vec<FamilyView> {
    let mut families: Vec<Family> = Vec::new();
    let seen = seen(evidence);
    for (channel, lines) in channels(evidence, &seen) {
        let parts = channel.parts();
        match families.iter_mut().find(|(all, _)| all[..2] == parts[..2]) {
            Some((shared, members)) => {
                let same = shared.iter().zip(&parts).take_while(|(a, b)| a == b);
                shared.truncate(same.count());
                members.push((channel, lines));
            }
            None => families.push((parts, vec![(channel, lines)])),
        }
    }
    let family = |(shared, members): Family| {
        let mut shown = BTreeSet::new();
        let kinds = members.into_iter().map(|(channel, lines)| {
            let parts = channel.parts();
            let own = &parts[shared.len()..];
            // Another fate of the unreadable bytes is another example; the rest looks the same.
            let is_new = shown.insert(parts.iter().find(|part| FATES.contains(part)).copied());
            let example = if is_new {
                example(evidence, channel, &seen)
            } else {
                None
            };
            KindView {
                lines: in_lines(lines, words),
                sentences: sentences(own, words),
                example: example.map(|example| ExampleView {
                    path: path_of(example.line),
                    ..example
                }),
            }
        });
        FamilyView {
            kinds: kinds.collect(),
            sentences: sentences(&shared, words),
        }
    };
    families.into_iter().map(family).collect()
}

/// What a program does to bytes that it can't read.
const FATES: [&str; 3] = ["dropped", "question", "replaced"];

/// By the name that repair gave it, the channel to speak of.
type Seen = BTreeMap<String, &'static Channel>;

/// The channels of a source; instead of one with a fold that left no trace in any line, the one without:
/// repair can't tell the two apart then, and what nothing shows is not to be said.
fn seen(evidence: &Evidence) -> Seen {
    let spans = evidence.lines.values().flat_map(|line| &line.spans);
    let names: BTreeSet<&String> = spans.map(|span| &span.channel).collect();
    let channels = names.into_iter().filter_map(|name| {
        let channel = repair::channel(name)?;
        let bare = name.strip_suffix("-folded").and_then(repair::channel);
        let bare = bare.filter(|bare| are_same(evidence, channel, bare));
        Some((name.clone(), bare.unwrap_or(channel)))
    });
    channels.collect()
}

/// Whether another channel would have left the same of all that went through this one.
fn are_same(evidence: &Evidence, channel: &Channel, other: &Channel) -> bool {
    let is_meant = |name: &str| name == channel.name;
    let mut texts = evidence
        .lines
        .values()
        .flat_map(|line| stretches(line, usize::MAX, is_meant));
    texts.all(|text| repair::damage(channel, &text) == repair::damage(other, &text))
}

/// Those channels, each with its number of lines, the most frequent first.
fn channels(evidence: &Evidence, seen: &Seen) -> Vec<(&'static Channel, usize)> {
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    for line in evidence.lines.values() {
        let spans = line.spans.iter();
        let channels = spans.filter_map(|span| seen.get(&span.channel));
        let names: BTreeSet<&str> = channels.map(|channel| channel.name).collect();
        for name in names {
            *lines.entry(name).or_default() += 1;
        }
    }
    let known = lines.into_iter();
    let known = known.filter_map(|(name, lines)| Some((repair::channel(name)?, lines)));
    let mut channels: Vec<(&Channel, usize)> = known.collect();
    channels.sort_by_key(|(_, lines)| std::cmp::Reverse(*lines));
    channels
}

/// `In 5 lines:`, in the theme's words.
fn in_lines(lines: usize, words: &BTreeMap<String, String>) -> String {
    let key = if lines == 1 {
        "source_in_line"
    } else {
        "source_in_lines"
    };
    let text = words.get(key).map_or("", String::as_str);
    text.replace("{n}", &lines.to_string())
}

/// The theme's sentences for parts of a channel, in the order in which they happened.
fn sentences(parts: &[&str], words: &BTreeMap<String, String>) -> Vec<String> {
    let known = parts.iter();
    known
        .filter_map(|part| words.get(&format!("damage_{part}")).cloned())
        .collect()
}

/// A few characters in a row that begin and end where the readings do, with a loss among them if
/// there is one.
fn example(evidence: &Evidence, channel: &Channel, seen: &Seen) -> Option<ExampleView> {
    let is_meant = |name: &str| seen.get(name).is_some_and(|one| one.name == channel.name);
    let mut without_loss = None;
    for (&number, line) in &evidence.lines {
        if line.replays != Some(true) {
            continue;
        }
        for text in stretches(line, SOUGHT, is_meant) {
            let trace = repair::trace(channel, &text)?;
            if let Some(found) = cut(&trace, true) {
                return Some(show(number, &found));
            }
            if without_loss.is_none() {
                without_loss = cut(&trace, false).map(|found| show(number, &found));
            }
        }
    }
    without_loss
}

/// What went through the channels that are meant, each stretch up to so many characters.
fn stretches(line: &Line, most: usize, is_meant: impl Fn(&str) -> bool) -> Vec<String> {
    line.spans
        .iter()
        .filter(|span| is_meant(&span.channel))
        .map(|span| {
            let length = span.text.len().min(most);
            line.text
                .chars()
                .skip(span.text.start)
                .take(length)
                .collect()
        })
        .collect()
}

/// The first shortest row of characters whose bytes were read by themselves.
fn cut(trace: &Trace, with_loss: bool) -> Option<Trace> {
    // Bytes before each character, and before each reading.
    let starts = sums(trace.characters.iter().map(|(_, bytes)| bytes.len()));
    let reads = sums(trace.readings.iter().map(|reading| reading.bytes.len()));
    // What the text ends with was cut off here, if it is as long as that.
    let all = trace.characters.len();
    let last = if all < SOUGHT { all } else { all - LONGEST };
    for length in 1..=LONGEST {
        for from in 0..(last + 1).saturating_sub(length) {
            let characters = &trace.characters[from..from + length];
            if characters.first().is_none_or(|(_, bytes)| bytes.len() < 2) {
                continue;
            }
            let (Ok(first), Ok(end)) = (
                reads.binary_search(&starts[from]),
                reads.binary_search(&starts[from + length]),
            ) else {
                continue;
            };
            let readings = &trace.readings[first..end];
            if readings.iter().any(|reading| reading.is_lost) == with_loss {
                return Some(Trace {
                    characters: characters.to_vec(),
                    readings: readings.to_vec(),
                });
            }
        }
    }
    None
}

fn sums(lengths: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut sums = vec![0];
    let mut sum = 0;
    for length in lengths {
        sum += length;
        sums.push(sum);
    }
    sums
}

fn show(line: usize, trace: &Trace) -> ExampleView {
    let hex = |bytes: &[u8]| -> Vec<String> { bytes.iter().map(|b| format!("{b:02X}")).collect() };
    let characters = trace.characters.iter().map(|(character, bytes)| CellView {
        text: character.to_string(),
        width: bytes.len(),
        is_lost: false,
    });
    let readings = trace.readings.iter().map(|reading| CellView {
        text: super::lines::shown(&reading.left),
        width: reading.bytes.len(),
        is_lost: reading.is_lost,
    });
    let all = trace.characters.iter().flat_map(|(_, bytes)| hex(bytes));
    let bytes: Vec<String> = all.collect();
    let left: String = trace
        .readings
        .iter()
        .map(|reading| reading.left.as_str())
        .collect();
    ExampleView {
        line,
        path: String::new(),
        characters: characters.collect(),
        width: bytes.len(),
        bytes,
        readings: readings.collect(),
        left: super::lines::shown(&left),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_every_channel_is_explained_in_both_languages() {
        for words in [
            include_str!("../../../themes/default/words/zh.yaml"),
            include_str!("../../../themes/default/words/en.yaml"),
        ] {
            let words: BTreeMap<String, String> = serde_yaml::from_str(words).unwrap();
            for channel in repair::CHANNELS {
                let sentences = sentences(&channel.parts(), &words);
                assert_eq!(sentences.len(), channel.parts().len(), "{}", channel.name);
                assert!(sentences.iter().all(|sentence| !sentence.is_empty()));
            }
        }
    }
}
