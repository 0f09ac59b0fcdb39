//! Which number belongs to which name.
//!
//! In: a block's text, its figures, the names that are known (labels of the data, regions, bodies). Out:
//! [`Bound`]: a name and the figure said of it. Promise: linear in the text; a figure is bound only where
//! the words leave little doubt: `广东（111条）`, `Guangdong, with 111`, `111 in Guangdong`, 分别为.

use std::collections::BTreeMap;

use super::side::Said;
use crate::figures::Value;
use crate::lang::Lang;

/// Names by their first character, the longest first, each with what it names.
#[derive(Debug, Clone, Default)]
pub struct Names {
    entries: BTreeMap<char, Vec<(String, usize)>>,
}

impl Names {
    /// Adds a name for `id`. One name may not stand for two things: the first stays.
    pub fn add(&mut self, name: &str, id: usize) {
        let name = name.trim();
        let Some(first) = name.chars().next() else {
            return;
        };
        let same = self.entries.entry(first).or_default();
        if same.iter().all(|(other, _)| other != name) {
            let at = same.partition_point(|(other, _)| other.len() >= name.len());
            same.insert(at, (name.to_owned(), id));
        }
    }

    /// What has exactly this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<usize> {
        let same = self.entries.get(&name.chars().next()?)?;
        same.iter()
            .find(|(other, _)| other == name)
            .map(|(_, id)| *id)
    }

    fn at(&self, rest: &str) -> Option<(usize, usize)> {
        let same = self.entries.get(&rest.chars().next()?)?;
        let (name, id) = same
            .iter()
            .find(|(name, _)| rest.starts_with(name.as_str()))?;
        Some((name.len(), *id))
    }
}

/// A figure said of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// What is named.
    pub id: usize,
    /// The figure, by its place in the block.
    pub figure: usize,
    /// Whether nothing but a bracket is between them.
    pub tight: bool,
}

/// A name where it stands.
#[derive(Debug, Clone, Copy)]
struct Found {
    id: usize,
    start: usize,
    end: usize,
}

/// Binds the figures of a block to names.
#[must_use]
pub fn bind(text: &str, lang: Lang, said: &[Said], names: &Names) -> Vec<Bound> {
    let found = find(text, lang, names);
    if found.is_empty() || said.is_empty() {
        return Vec::new();
    }
    let listed = respectively(text, lang, said, &found);
    if !listed.is_empty() {
        return listed;
    }
    let forward: Vec<Bound> = near(text, lang, said, &found, true);
    let backward: Vec<Bound> = near(text, lang, said, &found, false);
    // `74 in Shandong, 73 in Beijing`: all of an enumeration go one way.
    if forward.len() >= backward.len() {
        let alone = |bound: &Bound| {
            forward
                .iter()
                .all(|other| other.id != bound.id && other.figure != bound.figure)
        };
        let more: Vec<Bound> = backward.into_iter().filter(alone).collect();
        forward.iter().copied().chain(more).collect()
    } else {
        backward
    }
}

/// Where the names stand: what is named, and the byte at which it begins.
#[must_use]
pub fn places(text: &str, lang: Lang, names: &Names) -> Vec<(usize, usize)> {
    let found = find(text, lang, names);
    found
        .into_iter()
        .map(|name| (name.id, name.start))
        .collect()
}

fn find(text: &str, lang: Lang, names: &Names) -> Vec<Found> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let word_start = lang == Lang::Zh || !before.is_alphanumeric();
        before = c;
        if at < from || !word_start {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let Some((length, id)) = names.at(rest) else {
            continue;
        };
        let after = rest.get(length..).and_then(|rest| rest.chars().next());
        if lang == Lang::En && after.is_some_and(char::is_alphanumeric) {
            continue;
        }
        from = at + length;
        found.push(Found {
            id,
            start: at,
            end: from,
        });
    }
    found
}

fn countable(said: &Said) -> bool {
    matches!(said.figure.value, Value::Amount(_)) && !said.in_title
}

/// `甲、乙、丙分别为1、2、3`, `A, B and C had 1, 2 and 3 respectively`.
fn respectively(text: &str, lang: Lang, said: &[Said], found: &[Found]) -> Vec<Bound> {
    let word = match lang {
        Lang::Zh => "分别",
        Lang::En => "respectively",
    };
    let Some(at) = text.find(word) else {
        return Vec::new();
    };
    let sentence = |byte: usize| {
        let ends = ['。', '；', '！', '？', ';', '\n'];
        // No sentence is longer than this.
        byte.abs_diff(at) < 1_500
            && text
                .get(byte.min(at)..byte.max(at))
                .is_some_and(|between| !between.contains(ends) && !between.contains(". "))
    };
    let named: Vec<&Found> = found.iter().filter(|name| sentence(name.end)).collect();
    let (Some(last), true) = (named.last(), named.len() > 1) else {
        return Vec::new();
    };
    let figures: Vec<usize> = (0..said.len())
        .filter(|number| {
            said.get(*number).is_some_and(|said| {
                countable(said)
                    && said.figure.place.start >= last.end
                    && sentence(said.figure.place.start)
            })
        })
        .collect();
    if figures.len() != named.len() {
        return Vec::new();
    }
    named
        .iter()
        .zip(figures)
        .map(|(name, figure)| Bound {
            id: name.id,
            figure,
            tight: true,
        })
        .collect()
}

/// The figure right after (or before) each name, with no other name between.
fn near(text: &str, lang: Lang, said: &[Said], found: &[Found], forward: bool) -> Vec<Bound> {
    let mut bounds: Vec<Bound> = Vec::new();
    for (number, name) in found.iter().enumerate() {
        let candidate = if forward {
            let until = found.get(number + 1).map_or(text.len(), |next| next.start);
            let first = said.partition_point(|said| said.figure.place.start < name.end);
            (first..said.len())
                .take_while(|at| {
                    said.get(*at)
                        .is_some_and(|said| said.figure.place.start < until)
                })
                .find(|at| said.get(*at).is_some_and(countable))
                .filter(|at| {
                    said.get(*at)
                        .is_some_and(|said| said.figure.place.start < until)
                })
        } else {
            let from = number
                .checked_sub(1)
                .and_then(|at| found.get(at))
                .map_or(0, |before| before.end);
            let last = said.partition_point(|said| said.figure.place.end <= name.start);
            (0..last)
                .rev()
                .take_while(|at| {
                    said.get(*at)
                        .is_some_and(|said| said.figure.place.start >= from)
                })
                .find(|at| said.get(*at).is_some_and(countable))
                .filter(|at| {
                    said.get(*at)
                        .is_some_and(|said| said.figure.place.start >= from)
                })
        };
        let Some((at, figure)) = candidate.and_then(|at| Some((at, &said.get(at)?.figure))) else {
            continue;
        };
        let gap = if forward {
            text.get(name.end..figure.place.start)
        } else {
            text.get(figure.place.end..name.start)
        };
        let gap = gap.unwrap_or_default().trim();
        let tight = forward && matches!(gap, "" | "(" | "（" | ":" | "：" | "——" | "–");
        if tight || is_near(gap, lang, forward) {
            bounds.push(Bound {
                id: name.id,
                figure: at,
                tight,
            });
        }
    }
    bounds
}

/// Whether so few and such words stand between a name and a number that they belong together.
fn is_near(gap: &str, lang: Lang, forward: bool) -> bool {
    match lang {
        Lang::Zh => {
            let plain = !gap.contains(['，', '。', '；', '、', '（', '）', '：', ',', '《', '》']);
            plain && gap.chars().count() <= if forward { 6 } else { 4 }
        }
        Lang::En => {
            let gap = gap.trim_start_matches(", with").trim_start_matches(" (");
            let plain = !gap.contains([',', '.', ';', '(', ')', ':', '—']);
            plain && gap.split_whitespace().count() <= 4
        }
    }
}
