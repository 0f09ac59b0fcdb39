//! Counts without brackets: `国务院18项、工信部15项`, `甲、乙、丙分别为1、2、3`.
//!
//! In: a line and its figures. Out: the enumerations in it, as [`counts`] gives them.
//! Promise: linear; items of one enumeration have one measure word, or none of them has one.

use super::counts::{self, Count, CountGroup, sentence};
use super::stated::Columns;
use super::{clause, names, respectively};
use crate::figures::{Amount, Bound, Figure, Number, Unit, Value};
use crate::lang::is_han;

/// The enumerations of a line.
#[must_use]
pub fn read(text: &str, figures: &[Figure]) -> Vec<CountGroup> {
    let mut groups = respectively::read(text, figures);
    for group in in_a_row(text, figures) {
        if groups.iter().all(|known| known.is_apart_from(&group)) {
            groups.push(group);
        }
    }
    groups
}

/// A figure that may be a count: its value as written, and its measure word.
pub(super) fn amount(text: &str, figure: &Figure) -> Option<(f64, Option<String>)> {
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
    // 一个半小时, 四个半月, 两年半
    let units = match units.strip_prefix("个半") {
        Some("月") => "个月",
        Some(units) => units,
        None => units,
    };
    let units = units.strip_suffix('半').unwrap_or(units);
    let read = text.get(figure.place.clone()).unwrap_or_default();
    if let Some((value, unit)) = share_in_words(read, amount) {
        return (value, Some(unit.to_owned()));
    }
    // 486.2千公顷
    let digits = read.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let thousands =
        digits.len() < read.len() && digits.starts_with('千') && !units.starts_with('千');
    let (value, multiplier) = match amount.multiplier.to_whole() {
        // 一亿三千万 is 1.3亿.
        Some(10_000) if amount.number.to_f64() >= 1e8 => {
            let whole = Number::whole(100_000_000);
            (amount.number.over(whole), "亿")
        }
        Some(10_000) => (amount.number.over(amount.multiplier), "万"),
        Some(100_000_000) => (amount.number.over(amount.multiplier), "亿"),
        Some(1_000_000_000_000) => (amount.number.over(amount.multiplier), "万亿"),
        _ if thousands => (amount.number.over(Number::whole(1000)), "千"),
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
    let value = if is_negative(text, figure) {
        -value.abs()
    } else {
        value
    };
    (value, Some(unit).filter(|unit| !unit.is_empty()))
}

/// `净利润为-1.82亿元`; in `3-5家` and `A-1` it is no sign.
fn is_negative(text: &str, figure: &Figure) -> bool {
    let head = text.get(..figure.place.start).unwrap_or_default();
    let rest = head.strip_suffix(['-', '−', '－']);
    let digits = text.get(figure.place.start..).unwrap_or_default();
    digits.starts_with(|c: char| c.is_ascii_digit())
        && rest.is_some_and(|rest| {
            !rest.ends_with(|c: char| c.is_ascii_alphanumeric() || "%个元家年月日-".contains(c))
        })
}

/// 九五折 is 9.5 of 折, 四成五 is 4.5 of 成, 翻一番 is 2 of 倍.
fn share_in_words(read: &str, amount: &Amount) -> Option<(f64, &'static str)> {
    let tens = |share: f64| (share * 1000.0).round() / 100.0;
    let value = amount.compared()?.to_f64();
    match amount.unit {
        Unit::Share if read.ends_with('折') => Some((tens(1.0 - value), "折")),
        Unit::Share if read.contains('成') => Some((tens(value), "成")),
        Unit::Became => Some((value, "倍")),
        _ => None,
    }
}

/// What ends in one number: an item, or several that have the number each.
struct Found {
    items: Vec<Count>,
    start: usize,
    end: usize,
    /// Whether the number is not exact: a statement by itself, unless it stands in a list.
    vague: bool,
    share: bool,
}

/// `甲18项、乙15项`: every item ends in its number.
fn in_a_row(text: &str, figures: &[Figure]) -> Vec<CountGroup> {
    let mut groups = Vec::new();
    let mut open: Vec<Found> = Vec::new();
    for figure in figures {
        let after = open.last().map(|last| last.end);
        // A name with a number in it is a statement: `由912个增加到953个`.
        // 国务院18项、工信部15项、人民银行6项政策: the last of a list may say what all of them are.
        let is_listed = open.len() > 1
            && after.is_some_and(|end| text.get(end..).is_some_and(|rest| rest.starts_with('、')));
        let item = item(text, figure, after, is_listed).filter(|item| {
            let next = figures.partition_point(|figure| figure.place.start < item.start);
            let first = figures.get(next).map(|figure| figure.place.start);
            first == Some(figure.place.start)
        });
        let goes_on = match (&item, open.last()) {
            (Some(item), Some(before)) => {
                let unit = |found: &Found| found.items.first().and_then(|item| item.unit.clone());
                // 2.1万个、9,800个 are of one thing.
                let thing = |found: &Found| unit(found).map(|unit| multiplied(&unit).1.to_owned());
                let alike = thing(item) == thing(before) || (item.share && before.share);
                let vague = item.vague || before.vague;
                alike && item.start >= before.end && follows(text, before.end, item.start, vague)
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
fn item(text: &str, figure: &Figure, after: Option<usize>, is_listed: bool) -> Option<Found> {
    let (value, unit) = amount(text, figure)?;
    let end = figure.place.end;
    let from = after.unwrap_or(0).min(figure.place.start);
    let count = |label: &str, start: usize| Count {
        label: label.to_owned(),
        value,
        unit: unit.clone(),
        bound: figure.bound,
        read: text.get(start..end).unwrap_or_default().trim().to_owned(),
        column: 0,
    };
    let found = |items: Vec<Count>, start: usize| Found {
        items,
        start,
        end,
        vague: figure.bound != Bound::Exact,
        share: matches!(unit.as_deref(), Some("%" | "成")),
    };
    if let Some(names) = each(text, from, figure) {
        let start = names.first().map_or(from, |(start, _)| *start);
        let items = names.iter().map(|(_, name)| count(name, start)).collect();
        return Some(found(items, start));
    }
    let next = text.get(end..)?.chars().next();
    let ends = next.is_none_or(|c| {
        matches!(
            c,
            '、' | '，' | '。' | '；' | ',' | ';' | '和' | '及' | '等'
        )
    });
    let says_all = is_listed && next.is_some_and(is_han);
    if !(ends || says_all) || unit.is_none() {
        return None;
    }
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
    let label = clause::without_leads(label);
    let label = label.strip_suffix("占比").unwrap_or(label);
    let label = without_verb(label);
    let is_name = counts::is_label(label)
        && !label.ends_with('的')
        && !label.chars().next().is_some_and(|c| c.is_ascii_digit());
    is_name.then(|| found(vec![count(label, start)], start))
}

/// `甲、乙各10项`, `甲、乙各制定3项标准`: the names that have the number each.
fn each<'a>(text: &'a str, from: usize, figure: &Figure) -> Option<Vec<(usize, &'a str)>> {
    let words = text.get(from..figure.place.start)?;
    let mut near = words.char_indices().rev().take(9);
    let (at, _) = near.find(|(_, c)| *c == '各' || !c.is_alphabetic())?;
    let at = from + at;
    if !text.get(at..)?.starts_with('各') {
        return None;
    }
    let names = names::row(text, from, at);
    (names.len() > 1).then_some(names)
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

/// Whether only a mark or 和 stands between two items; a comma is not enough between two statements.
fn follows(text: &str, end: usize, start: usize, statements: bool) -> bool {
    let between = text.get(end..start).unwrap_or_default().trim();
    // `；其次是`
    let rank = ["其次", "再次", "然后", "最后"]
        .iter()
        .find_map(|word| Some(between.get(..between.find(word)?)));
    let between = rank.flatten().unwrap_or(between).trim();
    match between {
        "、" | "；" | ";" | "和" | "及" | "与" | "以及" | "、以及" => true,
        "，" | "," | "，以及" | "，和" => !statements,
        _ => false,
    }
}

fn close(text: &str, open: &mut Vec<Found>, groups: &mut Vec<CountGroup>) {
    let mut found = std::mem::take(open);
    let mut columns = Columns::new(text);
    for item in &mut found {
        let column = columns.of(item.start);
        for count in &mut item.items {
            count.column = column;
        }
    }
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return;
    };
    let sentence = sentence(text, first.start, last.end);
    let mut items: Vec<Count> = found.into_iter().flat_map(|item| item.items).collect();
    if items.len() < 2 {
        return;
    }
    // 四成五 and 32% in one row.
    let first = items.first().and_then(|item| item.unit.clone());
    let mixed = items.iter().any(|item| item.unit != first);
    for item in items.iter_mut().filter(|_| mixed) {
        if item.unit.as_deref() == Some("成") {
            item.value *= 10.0;
            item.unit = Some("%".to_owned());
        }
    }
    in_one_unit(&mut items);
    groups.push(CountGroup {
        unit: items.first().and_then(|count| count.unit.clone()),
        items,
        sentence,
    });
}

/// The multiplier that a unit begins with, and the rest: 万个.
fn multiplied(unit: &str) -> (f64, &str) {
    let multipliers = [("万亿", 1e12), ("亿", 1e8), ("万", 1e4), ("千", 1e3)];
    multipliers
        .iter()
        .find_map(|(word, times)| Some((*times, unit.strip_prefix(word)?)))
        .unwrap_or((1.0, unit))
}

/// 2.1万个、9,800个: all of them in the smallest unit, which needs no decimals.
fn in_one_unit(items: &mut [Count]) {
    let of = |item: &Count| item.unit.as_deref().map_or(1.0, |unit| multiplied(unit).0);
    let least = items.iter().map(of).fold(f64::INFINITY, f64::min);
    let smallest = items.iter().find(|item| of(item) <= least);
    let Some(unit) = smallest.and_then(|item| item.unit.clone()) else {
        return;
    };
    for item in items {
        let times = of(item) / least;
        if times > 1.0 {
            item.value = (item.value * times * 10_000.0).round() / 10_000.0;
            item.unit = Some(unit.clone());
        }
    }
}

/// Takes in what goes on after an enumeration in brackets without them: `甲（46人）、乙（39）、丙38人`.
pub fn extend(text: &str, figures: &[Figure], groups: &mut [CountGroup]) {
    let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let starts: Vec<usize> = starts.collect();
    for group in groups {
        go_on(text, figures, &starts, group);
    }
}

/// `starts` are the bytes of the columns.
fn go_on(text: &str, figures: &[Figure], starts: &[usize], group: &mut CountGroup) {
    let last = group.columns().end.saturating_sub(1);
    let Some(mut end) = starts.get(last).copied() else {
        return;
    };
    let first = figures.partition_point(|figure| figure.place.start < end);
    for figure in figures.get(first..).unwrap_or_default() {
        let found = item(text, figure, Some(end), false);
        let Some(mut found) = found.filter(|found| found.start >= end) else {
            return;
        };
        let alike = found.items.iter().all(|item| item.unit == group.unit);
        if !alike || !follows(text, end, found.start, true) {
            return;
        }
        for count in &mut found.items {
            count.column = starts.partition_point(|start| *start < found.start) + 1;
        }
        end = found.end;
        group.items.append(&mut found.items);
    }
}
