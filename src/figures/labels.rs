//! Which number belongs to which name.
//!
//! In: a text, its figures, the names that are known (labels of the data, regions, bodies). Out:
//! [`Bound`]: a name and the figure said of it. Promise: linear in the text; a figure is bound only where
//! the words leave little doubt: `广东（111条）`, `Guangdong, with 111`, `111 in Guangdong`, 分别为.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::firsts::Firsts;
use super::rows;
use super::sums::is_sum;
use super::{Figure, Value};
use crate::lang::Lang;

/// Names by their first character, each with what it names.
#[derive(Debug, Clone, Default)]
pub struct Names {
    entries: BTreeMap<char, Tails>,
    firsts: Firsts,
}

/// What follows one first character: for each length, the longest first, the tails.
type Tails = Vec<(usize, BTreeMap<String, usize>)>;

impl Names {
    /// Adds a name for `id`. One name may not stand for two things: the first stays.
    pub fn add(&mut self, name: &str, id: usize) {
        let mut tail = name.trim().chars();
        let Some(first) = tail.next() else {
            return;
        };
        let tail = tail.as_str();
        self.firsts.add(first);
        let tails = self.entries.entry(first).or_default();
        let at = tails.partition_point(|(length, _)| *length > tail.len());
        if tails
            .get(at)
            .is_none_or(|(length, _)| *length != tail.len())
        {
            tails.insert(at, (tail.len(), BTreeMap::new()));
        }
        if let Some((_, same)) = tails.get_mut(at) {
            same.entry(tail.to_owned()).or_insert(id);
        }
    }

    /// What has exactly this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<usize> {
        let mut tail = name.chars();
        let tails = self.entries.get(&tail.next()?)?;
        tails
            .iter()
            .find_map(|(_, same)| same.get(tail.as_str()))
            .copied()
    }

    /// Every name with what it names.
    pub fn iter(&self) -> impl Iterator<Item = (String, usize)> {
        self.entries.iter().flat_map(|(first, tails)| {
            let names = tails.iter().flat_map(|(_, same)| same);
            names.map(move |(tail, id)| (format!("{first}{tail}"), *id))
        })
    }

    /// The longest name that begins here; inside a sentence a label may lose its capital.
    fn at(&self, rest: &str) -> Option<(usize, usize)> {
        let mut tail = rest.chars();
        let first = tail.next()?;
        let tail = tail.as_str();
        let begins = |begin: char| {
            if !self.firsts.may_hold(begin) {
                return None;
            }
            let tails = self.entries.get(&begin)?;
            tails.iter().find_map(|(length, same)| {
                let id = same.get(tail.get(..*length)?)?;
                Some((first.len_utf8() + length, *id))
            })
        };
        let capital = first
            .is_ascii_lowercase()
            .then(|| first.to_ascii_uppercase());
        begins(first).or_else(|| begins(capital?))
    }
}

/// A figure said of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// What is named.
    pub id: usize,
    /// The figure, by its place in the list.
    pub figure: usize,
    /// Whether nothing but a bracket is between them.
    pub tight: bool,
    /// Where the name stands, in bytes of the text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// A name where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    id: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Found {
    /// A figure that is surely said of it.
    pub(super) fn bound(&self, figure: usize) -> Bound {
        Bound {
            id: self.id,
            figure,
            tight: true,
            start: self.start,
            end: self.end,
        }
    }
}

/// Binds amounts of a text to names.
#[must_use]
pub fn bind(text: &str, lang: Lang, figures: &[&Figure], names: &Names) -> Vec<Bound> {
    let found = find(text, lang, names);
    if found.is_empty() || figures.is_empty() {
        return Vec::new();
    }
    let mut listed = respectively(text, lang, figures, &found);
    let known: BTreeSet<usize> = listed.iter().map(|bound| bound.figure).collect();
    let rows = rows::bind(text, figures, &found).into_iter();
    listed.extend(rows.filter(|bound| !known.contains(&bound.figure)));
    let forward: Vec<Bound> = near(text, lang, figures, &found, true);
    let backward: Vec<Bound> = near(text, lang, figures, &found, false);
    // `74 in Shandong, 73 in Beijing`: all of an enumeration go one way.
    let bounds = if forward.len() >= backward.len() {
        let alone = |bound: &Bound| {
            forward
                .iter()
                .all(|other| other.id != bound.id && other.figure != bound.figure)
        };
        let more: Vec<Bound> = backward.into_iter().filter(alone).collect();
        forward.iter().copied().chain(more).collect()
    } else {
        backward
    };
    if listed.is_empty() {
        return bounds;
    }
    // 甲58亿、乙20亿，增速分别为7%和3%: each has two.
    let answers: BTreeSet<usize> = listed.iter().map(|bound| bound.figure).collect();
    let more = bounds
        .into_iter()
        .filter(|bound| !answers.contains(&bound.figure));
    listed.iter().copied().chain(more).collect()
}

/// Where the names stand: what is named, and its bytes.
#[must_use]
pub fn places(text: &str, lang: Lang, names: &Names) -> Vec<(usize, Range<usize>)> {
    let found = find(text, lang, names);
    found
        .into_iter()
        .map(|name| (name.id, name.start..name.end))
        .collect()
}

fn find(text: &str, lang: Lang, names: &Names) -> Vec<Found> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let word_start = lang == Lang::Zh || !before.is_alphanumeric();
        let previous = std::mem::replace(&mut before, c);
        if at < from || !word_start {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let Some((length, id)) = names.at(rest) else {
            continue;
        };
        let after = rest.get(length..).and_then(|rest| rest.chars().next());
        // 2020 is no part of 12020.
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let last = rest.get(..length).and_then(|name| name.chars().next_back());
        if is_digit(last) && is_digit(after) || c.is_ascii_digit() && previous.is_ascii_digit() {
            continue;
        }
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

fn is_amount(figure: &Figure) -> bool {
    matches!(figure.value, Value::Amount(_))
}

/// `甲、乙、丙分别为1、2、3`, `A, B and C had 1, 2 and 3 respectively`.
fn respectively(text: &str, lang: Lang, figures: &[&Figure], found: &[Found]) -> Vec<Bound> {
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
    let from = match lang {
        Lang::Zh => last.end.max(at),
        Lang::En => last.end,
    };
    let answers = |figure: &Figure| {
        is_amount(figure) && figure.place.start >= from && sentence(figure.place.start)
    };
    let all = (0..figures.len()).filter(|at| figures.get(*at).is_some_and(|f| answers(f)));
    let all: Vec<usize> = all.collect();
    // `…0.7%、1.2%、0.1%，运输下降1.9%`: what is said after the row answers nothing.
    let in_row = |pair: &[usize]| match pair {
        [a, b] => figures.get(*a).zip(figures.get(*b)).is_some_and(|(a, b)| {
            let gap = text.get(a.place.end..b.place.start).unwrap_or_default();
            rows::is_joint(gap)
        }),
        _ => false,
    };
    let length = 1 + all.windows(2).take_while(|pair| in_row(pair)).count();
    let values = match named.len() {
        count if count == length => all.get(..length).unwrap_or_default().to_vec(),
        count if count == all.len() => all,
        _ => return Vec::new(),
    };
    named
        .iter()
        .zip(values)
        .map(|(name, figure)| name.bound(figure))
        .collect()
}

/// The figure right after (or before) each name, with no other name between.
fn near(text: &str, lang: Lang, figures: &[&Figure], found: &[Found], forward: bool) -> Vec<Bound> {
    let mut bounds: Vec<Bound> = Vec::new();
    let counts = |at: &usize| figures.get(*at).is_some_and(|figure| is_amount(figure));
    for (number, name) in found.iter().enumerate() {
        let before = number.checked_sub(1).and_then(|at| found.get(at));
        if forward && lang == Lang::En && is_counted(text, figures, name, before) {
            continue;
        }
        let candidate = if forward {
            let until = found.get(number + 1).map_or(text.len(), |next| next.start);
            let first = figures.partition_point(|figure| figure.place.start < name.end);
            (first..figures.len())
                .take_while(|at| figures.get(*at).is_some_and(|f| f.place.start < until))
                .find(counts)
        } else {
            let from = before.map_or(0, |before| before.end);
            let last = figures.partition_point(|figure| figure.place.end <= name.start);
            (0..last)
                .rev()
                .take_while(|at| figures.get(*at).is_some_and(|f| f.place.start >= from))
                .find(counts)
        };
        let Some((at, figure)) = candidate.and_then(|at| Some((at, figures.get(at)?))) else {
            continue;
        };
        let gap = if forward {
            text.get(name.end..figure.place.start)
        } else {
            text.get(figure.place.end..name.start)
        };
        let gap = gap.unwrap_or_default().trim();
        if forward && is_sum(text, lang, figure, found.get(..=number).unwrap_or_default()) {
            continue;
        }
        let tight = forward && matches!(gap, "" | "(" | "（" | ":" | "：" | "——" | "–");
        if tight || is_near(gap, lang, forward) {
            bounds.push(Bound {
                id: name.id,
                figure: at,
                tight,
                start: name.start,
                end: name.end,
            });
        }
    }
    bounds
}

/// `2,260 nurses and 618 technicians`: a number right before a name counts it, whatever follows.
fn is_counted(text: &str, figures: &[&Figure], name: &Found, before: Option<&Found>) -> bool {
    let last = figures.partition_point(|figure| figure.place.end <= name.start);
    let figure = last.checked_sub(1).and_then(|last| figures.get(last));
    figure.is_some_and(|figure| {
        let gap = text.get(figure.place.end..name.start).unwrap_or("-");
        // `Guangdong 111 Shandong 74`
        let of_other = before.is_some_and(|before| {
            let gap = text.get(before.end..figure.place.start);
            gap.is_some_and(|gap| gap.trim().is_empty())
        });
        is_amount(figure) && gap.trim().is_empty() && !of_other
    })
}

/// Whether so few and such words stand between a name and a number that they belong together.
#[must_use]
pub fn is_near(gap: &str, lang: Lang, forward: bool) -> bool {
    if forward && is_change(gap, lang) {
        return false;
    }
    match lang {
        Lang::Zh => {
            // 最多的是豆雁，共7万只
            let sums = ["，共", "，达", "，为", "，有", "，计"];
            let is_sum = forward && sums.iter().any(|lead| gap.starts_with(lead));
            let gap = gap.get('，'.len_utf8()..).filter(|_| is_sum).unwrap_or(gap);
            let plain = !gap.contains([
                '，', '。', '；', '、', '（', '）', '：', ',', '《', '》', '\n',
            ]);
            plain && gap.chars().count() <= if forward { 6 } else { 4 }
        }
        Lang::En => {
            let gap = gap.trim_start_matches(", with").trim_start_matches(" (");
            let plain = !gap.contains([',', '.', ';', '(', ')', ':', '—', '\n']);
            plain && gap.split_whitespace().count() <= 4
        }
    }
}

/// Whether these words lead to how much something changed, not to how much it is: 增加17, not 增加到17.
fn is_change(gap: &str, lang: Lang) -> bool {
    match lang {
        Lang::Zh => {
            let words = [
                "增加", "新增", "增长", "减少", "下降", "上升", "提高", "降低", "另有", "多出",
                "少了",
            ];
            let reaches = ['到', '至', '为', '达'];
            // 比2021年多1.6亿, but not 广东最多111条
            let compares = gap.ends_with(['多', '少', '高', '低'])
                && !["最多", "最少", "最高", "最低", "至多", "至少", "不少"]
                    .iter()
                    .any(|most| gap.ends_with(most));
            if compares {
                return true;
            }
            words.iter().any(|word| gap.contains(word)) && !gap.ends_with(reaches)
        }
        Lang::En => {
            let words = [
                "added",
                "adds",
                "gained",
                "lost",
                "another",
                "further",
                "additional",
                "new",
                "by",
                "also",
            ];
            let mut all = gap.split(|c: char| !c.is_alphanumeric());
            all.any(|word| words.contains(&word.to_lowercase().as_str()))
        }
    }
}
