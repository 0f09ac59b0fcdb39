//! Counts without brackets: `国务院18项、工信部15项`, `甲、乙、丙分别为1、2、3`.
//!
//! In: a line and its figures. Out: the enumerations in it, as [`counts`] gives them.
//! Promise: linear; items of one enumeration have one measure word, or none of them has one.

use super::counts::{self, Count, CountGroup, sentence};
use super::stated::Columns;
use crate::figures::{Amount, Bound, Figure, Number, Unit, Value};

/// As many characters before 分别 and after it are read.
const LONGEST: usize = 200;

/// The enumerations of a line.
#[must_use]
pub fn read(text: &str, figures: &[Figure]) -> Vec<CountGroup> {
    let mut groups = respectively(text, figures);
    for group in in_a_row(text, figures) {
        if groups.iter().all(|known| known.is_apart_from(&group)) {
            groups.push(group);
        }
    }
    groups
}

/// A figure that may be a count: its value as written, and its measure word.
fn amount(text: &str, figure: &Figure) -> Option<(f64, Option<String>)> {
    let Value::Amount(amount) = &figure.value else {
        return None;
    };
    if matches!(amount.unit, Unit::Place) || figure.place.is_empty() {
        return None;
    }
    Some(written(text, figure, amount))
}

/// 10.11亿元 is 10.11 of 亿元.
pub(super) fn written(text: &str, figure: &Figure, amount: &Amount) -> (f64, Option<String>) {
    let units = text.get(figure.unit.clone()).unwrap_or_default().trim();
    let (value, multiplier) = match amount.multiplier.to_whole() {
        Some(10_000) => (amount.number.over(amount.multiplier), "万"),
        Some(100_000_000) => (amount.number.over(amount.multiplier), "亿"),
        Some(1_000_000_000_000) => (amount.number.over(amount.multiplier), "万亿"),
        _ => (Some(amount.number), ""),
    };
    // 三分之一 and 百分之三十 are shares without a unit of their own.
    let is_share = amount.unit == Unit::Share && units.is_empty();
    let value = if is_share {
        amount.number.times(Number::whole(100))
    } else {
        value
    };
    let unit = if is_share {
        "%".to_owned()
    } else {
        format!("{multiplier}{units}")
    };
    // A third has no end in decimals; four of them are enough.
    let value = (value.unwrap_or(amount.number).to_f64() * 10_000.0).round() / 10_000.0;
    (value, Some(unit).filter(|unit| !unit.is_empty()))
}

/// `甲18项、乙15项`: every item ends in its number.
fn in_a_row(text: &str, figures: &[Figure]) -> Vec<CountGroup> {
    let mut groups = Vec::new();
    let mut open: Vec<(Count, usize, usize)> = Vec::new();
    for figure in figures {
        let item = item(text, figure, open.last().map(|(_, _, end)| *end));
        let goes_on = match (&item, open.last()) {
            (Some((count, start, _)), Some((before, _, end))) => {
                count.unit == before.unit && *start >= *end && follows(text, *end, *start)
            }
            _ => false,
        };
        if !goes_on {
            close(text, &mut open, &mut groups);
        }
        open.extend(item);
    }
    close(text, &mut open, &mut groups);
    groups
}

/// The item that ends in this figure: the words before it, up to a mark.
fn item(text: &str, figure: &Figure, after: Option<usize>) -> Option<(Count, usize, usize)> {
    let (value, unit) = amount(text, figure)?;
    let end = figure.place.end;
    let next = text.get(end..)?.chars().next();
    let ends = next.is_none_or(|c| {
        matches!(
            c,
            '、' | '，' | '。' | '；' | ',' | ';' | '和' | '及' | '等'
        )
    });
    // 不少于10家 is a statement of its own, not an item.
    if !ends || unit.is_none() || figure.bound != Bound::Exact {
        return None;
    }
    let from = after.unwrap_or(0).min(figure.place.start);
    let until = label_end(text, from, figure.place.start);
    let (mut start, mut label) = counts::first_label(text, from, until)?;
    // The last item may come after 和 alone.
    if after == Some(start)
        && let Some(shorter) = ["以及", "和", "及", "与"]
            .iter()
            .find_map(|word| label.strip_prefix(word))
    {
        start += label.len() - shorter.len();
        label = shorter;
    }
    let label = without_verb(label.trim_end_matches(['有', '为', '达', '约', '近', '共', '占']));
    let is_name =
        counts::is_label(label) && !label.chars().next().is_some_and(|c| c.is_ascii_digit());
    is_name.then(|| {
        let read = text.get(start..end).unwrap_or_default().trim().to_owned();
        let count = Count {
            label: label.to_owned(),
            value,
            unit,
            read,
            column: 0,
        };
        (count, start, end)
    })
}

/// Where the label of a number ends: `湖北：64家`, `上海，有516家`.
fn label_end(text: &str, from: usize, number: usize) -> usize {
    let before = text.get(from..number).unwrap_or_default().trim_end();
    let verb = ["有", "为", "达", "共"]
        .iter()
        .find_map(|verb| before.strip_suffix(verb)?.strip_suffix(['，', ',']));
    let colon = before.strip_suffix(['：', ':']);
    verb.or(colon).map_or(number, |label| from + label.len())
}

/// `教育部出台文件`: who did it, without what was done.
fn without_verb(label: &str) -> &str {
    let verbs = [
        "出台", "发布", "印发", "制定", "制订", "公布", "下发", "推出", "拥有", "新增", "建成",
        "共有", "现有", "已有",
    ];
    let cut = verbs.iter().filter_map(|verb| label.find(verb)).min();
    match cut.and_then(|at| label.get(..at)) {
        Some(name) if name.chars().nth(1).is_some() => name.trim_end(),
        _ => label,
    }
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

/// Whether only a mark or 和 stands between two items.
fn follows(text: &str, end: usize, start: usize) -> bool {
    let between = text.get(end..start).unwrap_or_default().trim();
    // `；其次是`
    let rank = ["其次", "再次", "然后", "最后"]
        .iter()
        .find_map(|word| Some(between.get(..between.find(word)?)));
    let between = rank.flatten().unwrap_or(between).trim();
    matches!(
        between,
        "、" | "，" | "；" | "," | ";" | "和" | "及" | "与" | "以及" | "，以及" | "、以及" | "，和"
    )
}

fn close(text: &str, open: &mut Vec<(Count, usize, usize)>, groups: &mut Vec<CountGroup>) {
    let mut found = std::mem::take(open);
    let mut columns = Columns::new(text);
    for (count, start, _) in &mut found {
        count.column = columns.of(*start);
    }
    let (Some((_, start, _)), Some((_, _, end))) = (found.first(), found.last()) else {
        return;
    };
    if found.len() < 2 {
        return;
    }
    let sentence = sentence(text, *start, *end);
    let unit = found.first().and_then(|(count, _, _)| count.unit.clone());
    groups.push(CountGroup {
        items: found.into_iter().map(|(count, _, _)| count).collect(),
        unit,
        sentence,
    });
}

/// `甲、乙、丙分别为1、2、3`
fn respectively(text: &str, figures: &[Figure]) -> Vec<CountGroup> {
    let mut groups = Vec::new();
    for (at, word) in text.match_indices("分别") {
        let near = text.get(..at).unwrap_or_default().char_indices().rev();
        let start = near
            .take(LONGEST)
            .take_while(|(_, c)| !matches!(c, '。' | '；' | '，' | '：' | '（'))
            .last()
            .map_or(at, |(start, _)| start);
        let names: Vec<&str> = text
            .get(start..at)
            .unwrap_or_default()
            .split(['、', '和', '与', '及'])
            .map(|name| counts::without_lead_in(name.trim()))
            .collect();
        let names: Vec<&str> = match names.split_last() {
            Some((last, rest)) => rest.iter().copied().chain([without_sum(last)]).collect(),
            None => names,
        };
        let from = at + word.len();
        let rest = text.get(from..).unwrap_or_default();
        let end = rest
            .find(['。', '；', '！', '？'])
            .map_or(text.len(), |end| from + end);
        let said: Vec<(&Figure, f64, Option<String>)> = figures
            .iter()
            .filter(|figure| figure.place.start >= from && figure.place.end <= end)
            .filter_map(|figure| amount(text, figure).map(|(value, unit)| (figure, value, unit)))
            .collect();
        let fits = names.len() > 1
            && names.len() == said.len()
            && names.iter().all(|name| counts::is_label(name));
        if !fits {
            continue;
        }
        // 1、2和3项: the last has the word for all.
        let unit = said.iter().rev().find_map(|(_, _, unit)| unit.clone());
        let mut columns = Columns::new(text);
        let items = names
            .iter()
            .zip(&said)
            .map(|(name, (figure, value, _))| Count {
                label: (*name).to_owned(),
                value: *value,
                unit: unit.clone(),
                read: text
                    .get(figure.place.clone())
                    .unwrap_or_default()
                    .to_owned(),
                column: columns.of(figure.place.start),
            });
        groups.push(CountGroup {
            items: items.collect(),
            unit: unit.clone(),
            sentence: sentence(text, start, end),
        });
    }
    groups
}
