//! Amounts, shares and multiples that a text states one by one.
//!
//! In: a line and its figures. Out: amounts, each with what it is said of. Promise: linear; what stands
//! in the title of a document, or in an enumeration, is not stated.

use std::ops::Range;

use super::clause;
use super::listed::written;
use super::said_of::Labels;
use super::stated::{Columns, in_title};
use crate::content::data::Qualifier;
use crate::figures::{self, Bound, Figure, Joint, Named, Unit, Value, Weight, joint};

/// An amount that a clause states.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// What it is said of: the clause without the number.
    pub label: String,
    /// The number in the written unit.
    pub value: f64,
    /// 亿元, %, 项.
    pub unit: Option<String>,
    /// 超过, 近, 约.
    pub qualifier: Option<Qualifier>,
    /// The words of the number.
    pub read: String,
    /// Its column in the line, from 1.
    pub column: usize,
}

/// The amounts of a line that no enumeration has taken: `taken` are its columns, rising, and its labels.
#[must_use]
pub fn amounts(text: &str, figures: &[Figure], taken: &[(Range<usize>, String)]) -> Vec<Amount> {
    let mut found = Vec::new();
    let mut columns = Columns::new(text);
    let mut labels = Labels::new(text);
    for (at, figure) in figures.iter().enumerate() {
        let Value::Amount(amount) = &figure.value else {
            continue;
        };
        let column = columns.of(figure.place.start);
        let before = taken.partition_point(|(span, _)| span.start <= column);
        let item = before.checked_sub(1).and_then(|last| taken.get(last));
        if let Some((_, label)) = item.filter(|(span, _)| span.contains(&column)) {
            labels.pass(figure, label);
            continue;
        }
        // 35岁以下的占41%: the age says who.
        if labels.is_group(figure, figures.get(at + 1)) {
            continue;
        }
        let is_place = amount.unit == Unit::Place;
        let stated = if is_place {
            is_placed(text, figure)
        } else {
            is_stated(text, figure, amount)
        };
        if !stated || in_title(text, figure) {
            if let Some(length) = ago(text, figure, amount) {
                labels.skip(figure, length);
            }
            continue;
        }
        let (value, unit) = written(text, figure, amount);
        // 第五十一次 is the 51st, and not 51 times.
        let unit = unit.map(|unit| {
            if is_place {
                format!("第…{unit}")
            } else {
                unit
            }
        });
        let unit = spanned(text, figures, at)
            .map_or(unit, |(other, amount)| written(text, other, amount).1);
        // 十三届 is a place in an order, 八部门 who did it.
        let is_name = unit.as_deref() == Some("届")
            || (figure.named.is_some_and(|named| named != Named::Besides)
                && unit
                    .as_ref()
                    .is_some_and(|unit| unit.chars().count() > 1 && !unit.starts_with(DIVISIONS)));
        let label = labels.of(figures.get(at..).unwrap_or_default(), unit.as_deref());
        if is_name || label.is_empty() {
            continue;
        }
        found.push(Amount {
            qualifier: qualifier(bound(text, figure)),
            label,
            value,
            unit,
            read: text
                .get(figure.place.clone())
                .unwrap_or_default()
                .to_owned(),
            column,
        });
    }
    found
}

/// What is counted one by one, so that even a small numeral is a statement: 四次, 七座, but not 两个方面.
const COUNTED: &str = "次座名份台辆艘架起例宗头匹株棵人家所户处栋场篇";

/// What has a place in an order that says something: 第五十一次, 第十九位, but not 第八条 or 第十七届.
const PLACED: &str = "次名位批例座家个场";

fn is_placed(text: &str, figure: &Figure) -> bool {
    let unit = text.get(figure.unit.clone()).unwrap_or_default();
    figure.weight >= Weight::Small && unit.starts_with(|c| PLACED.contains(c))
}

/// What names in a row are summed up by: 甲、乙等八省市 says more than its names, 甲、乙两省 does not.
const DIVISIONS: [char; 8] = ['省', '市', '县', '区', '镇', '乡', '村', '国'];

/// Whether a figure says how much: 两家 may be a way of speaking, 十余家 and 九五折 are statements, and so
/// are 一半 and 二百一十万银元, whose unit no list has. 五年前 says when.
fn is_stated(text: &str, figure: &Figure, amount: &figures::Amount) -> bool {
    let read = text.get(figure.place.clone()).unwrap_or_default();
    let large = amount.multiplier != amount.number && amount.number.to_f64() >= 100.0;
    let firm = match figure.weight {
        Weight::Firm => true,
        Weight::Small => {
            let unit = text.get(figure.unit.clone()).unwrap_or_default();
            let more = figure.named.is_some() && unit.starts_with(DIVISIONS);
            let counted = unit.starts_with(|c| COUNTED.contains(c)) || more;
            let counted = counted && amount.number.to_f64() > 2.0;
            figure.bound != Bound::Exact || read.ends_with('折') || counted
        }
        Weight::Soft if amount.unit == Unit::Share => read.starts_with(['一', '半']),
        Weight::Soft => large && amount.unit == Unit::Things && !is_marker(text, figure),
    };
    let added = amount.unit == Unit::TimesMore && figure.weight > Weight::Soft;
    (firm || added) && ago(text, figure, amount).is_none()
}

/// 五年前 and 十年来 say when: how long the word after the number is.
fn ago(text: &str, figure: &Figure, amount: &figures::Amount) -> Option<usize> {
    let rest = text.get(figure.place.end..)?;
    let words = ["以前", "以来", "前", "后", "来"];
    let word = words.iter().find(|word| rest.starts_with(**word))?;
    amount.unit.is_time().then_some(word.len())
}

/// `（100）`, `[100]` and 〔2021〕.
fn is_marker(text: &str, figure: &Figure) -> bool {
    let rest = text.get(figure.place.end..).unwrap_or_default();
    rest.starts_with(['）', ')', ']', '］', '〕'])
}

/// `600—800元`: the second of a span, where the first has no unit of its own.
fn spanned<'a>(
    text: &str,
    figures: &'a [Figure],
    at: usize,
) -> Option<(&'a Figure, &'a figures::Amount)> {
    let (figure, next) = (figures.get(at)?, figures.get(at + 1)?);
    let gap = text.get(figure.place.end..next.place.start)?;
    let (Value::Amount(own), Value::Amount(other)) = (&figure.value, &next.value) else {
        return None;
    };
    let unit = text.get(figure.unit.clone()).unwrap_or_default();
    let fits = unit.trim().is_empty()
        && joint(gap) == Some(Joint::To)
        && own.multiplier == other.multiplier;
    fits.then_some((next, other))
}

/// How exact a number is; 约为一般水平的三分之一 says it at the beginning of the clause, 不到全国的2% before
/// the whole.
fn bound(text: &str, figure: &Figure) -> Bound {
    let words = clause::before(text, 0, figure.place.start).trim();
    let leads = ["约为", "约占", "大约是", "约相当于"];
    if figure.bound != Bound::Exact {
        return figure.bound;
    }
    if leads.iter().any(|lead| words.starts_with(lead)) {
        return Bound::About;
    }
    // 合计不到全国的2%
    let whole = words.strip_suffix('的').unwrap_or_default();
    let near: String = whole.chars().rev().take(8).collect();
    let near: String = near.chars().rev().collect();
    let bounds = [
        ("不到", Bound::Below),
        ("不足", Bound::Below),
        ("接近", Bound::Below),
        ("超过", Bound::Above),
    ];
    let found = bounds.iter().find(|(word, _)| near.contains(word));
    found.map_or(Bound::Exact, |(_, bound)| *bound)
}

pub(super) fn qualifier(bound: Bound) -> Option<Qualifier> {
    match bound {
        Bound::Exact => None,
        Bound::Above => Some(Qualifier::Above),
        Bound::Below => Some(Qualifier::Below),
        Bound::About => Some(Qualifier::About),
    }
}
