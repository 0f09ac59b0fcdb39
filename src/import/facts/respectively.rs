//! Numbers that answer a list of names: `甲、乙、丙分别为1、2、3`.
//!
//! In: a line and its figures. Out: the enumerations in it, as [`counts`] gives them.
//! Promise: linear; there is a number for each name, or none is taken.

use super::counts::{self, Count, CountGroup, sentence};
use super::stated::Columns;
use super::{listed, names, shared};
use crate::figures::Figure;
use crate::import::regions;

/// Words after which a list of numbers answers a list of names.
const RESPECTIVELY: [&str; 2] = ["分别", "依次"];

/// The enumerations of a line.
pub(super) fn read(text: &str, figures: &[Figure]) -> Vec<CountGroup> {
    let mut groups = Vec::new();
    let mut before: Option<(usize, Vec<(usize, &str)>)> = None;
    let mut words: Vec<(usize, &str)> = RESPECTIVELY
        .iter()
        .flat_map(|word| text.match_indices(word))
        .collect();
    words.sort_unstable();
    for (at, word) in words {
        let from = at + word.len();
        let own = answering(text, at);
        // `甲、乙分别有1家和2家，店员依次为3人和4人`: the same names once more.
        let names = match (&before, own) {
            (_, own) if own.len() > 1 => own,
            (Some((end, names)), _) if !has_end(text.get(*end..at).unwrap_or_default()) => {
                names.clone()
            }
            _ => continue,
        };
        let said = answers(text, figures, from, names.len());
        let (Some((last, _)), true) = (said.last(), said.len() == names.len()) else {
            continue;
        };
        let end = last.place.end;
        // 1、2和3项: the last has the word for all.
        let unit = said.iter().rev().find_map(|(_, (_, unit))| unit.clone());
        let mut columns = Columns::new(text);
        let items = names
            .iter()
            .zip(&said)
            .map(|((_, name), (figure, (value, _)))| Count {
                label: (*name).to_owned(),
                value: *value,
                unit: unit.clone(),
                bound: figure.bound,
                read: text
                    .get(figure.place.clone())
                    .unwrap_or_default()
                    .to_owned(),
                column: columns.of(figure.place.start),
            });
        groups.push(CountGroup {
            items: items.collect(),
            unit: unit.clone(),
            sentence: sentence(text, at, end),
        });
        before = Some((end, names));
    }
    groups
}

fn has_end(words: &str) -> bool {
    words.contains(['。', '！', '？'])
}

/// The names before 分别, the last of them without what sums it up or says what is counted.
fn answering(text: &str, at: usize) -> Vec<(usize, &str)> {
    let mut names = row(text, at);
    let place = |name: &str| regions::at_start(name).map(|(_, place)| place.len());
    let places = names.len() > 1
        && names
            .split_last()
            .is_some_and(|(_, rest)| rest.iter().all(|(_, name)| place(name) == Some(name.len())));
    if let Some((_, last)) = names.last_mut() {
        let cut = place(last).filter(|_| places);
        *last = match cut.and_then(|length| last.get(..length)) {
            Some(short) => short,
            None => without_sum(last),
        };
    }
    let length = shared::without_noun(&names);
    if let Some((_, last)) = names.last_mut() {
        *last = last.get(..length).unwrap_or(last);
    }
    if names.iter().all(|(_, name)| counts::is_label(name)) {
        names
    } else {
        Vec::new()
    }
}

/// The names right before 分别, or those of the clause before it: `甲、乙、丙案件位居前三，分别为…`.
fn row(text: &str, at: usize) -> Vec<(usize, &str)> {
    let head = text.get(..at).unwrap_or_default();
    let Some(before) = head.strip_suffix(['，', ',']) else {
        return names::row(text, 0, at);
    };
    let mut names = names::row(text, 0, before.len());
    let verbs = [
        "位居", "位列", "名列", "居", "排", "列", "最", "较", "均", "都",
    ];
    if let Some((_, last)) = names.last_mut() {
        let cut = verbs.iter().filter_map(|verb| last.find(verb)).min();
        match cut
            .and_then(|cut| last.get(..cut))
            .filter(|name| !name.is_empty())
        {
            Some(name) => *last = name,
            None => names.clear(),
        }
    }
    names
}

type Answer<'a> = (&'a Figure, (f64, Option<String>));

/// As many numbers as there are names, with nothing but marks between them. A clause after them may hold
/// other numbers, a further one in their list is one too many.
fn answers<'a>(text: &str, figures: &'a [Figure], from: usize, count: usize) -> Vec<Answer<'a>> {
    let next = figures.partition_point(|figure| figure.place.start < from);
    let mut said: Vec<Answer<'_>> = Vec::new();
    for figure in figures.get(next..).unwrap_or_default() {
        let after = said.last().map_or(from, |(last, _)| last.place.end);
        let gap = text.get(after..figure.place.start).unwrap_or_default();
        let follows = if said.is_empty() {
            !has_end(gap) && !gap.contains('；') && gap.chars().count() <= 20
        } else {
            let words: String = gap.chars().filter(|c| c.is_alphanumeric()).collect();
            gap.chars().count() <= 3 && matches!(words.as_str(), "" | "和" | "与" | "及" | "以及")
        };
        let more = said.len() == count && gap.contains(['，', ',', '；']);
        if !follows || more {
            break;
        }
        let Some(amount) = listed::amount(text, figure) else {
            break;
        };
        said.push((figure, amount));
        if said.len() > count {
            break;
        }
    }
    said
}

/// `甘肃三省的书店`: the last name of a list, without what sums it up.
fn without_sum(name: &str) -> &str {
    let counted = |at: usize, c: char| {
        let mut rest = name.get(at + c.len_utf8()..).unwrap_or_default().chars();
        "两二三四五六七八九十".contains(c)
            && rest
                .next()
                .is_some_and(|c| "省市地县区国州家类部个所校者".contains(c))
    };
    let ends = |(at, c): &(usize, char)| *at > 0 && (*c == '的' || *c == '等' || counted(*at, *c));
    let cut = name.char_indices().find(ends);
    match cut.and_then(|(at, _)| name.get(..at)) {
        Some(short) if short.chars().nth(1).is_some() => short,
        _ => name,
    }
}
