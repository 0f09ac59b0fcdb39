//! Amounts, shares and multiples that a text states one by one.
//!
//! In: a line and its figures. Out: amounts, each with what it is said of. Promise: linear; what stands
//! in the title of a document, or in an enumeration, is not stated.

use std::ops::Range;

use super::clause::{self, LONGEST};
use super::listed::written;
use super::stated::{Columns, in_title, is_joint, is_list};
use crate::content::data::Qualifier;
use crate::figures::{self, Bound, Figure, Named, Unit, Value, Weight};

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

/// The amounts of a line that no enumeration has taken: `taken` are its columns, rising.
#[must_use]
pub fn amounts(text: &str, figures: &[Figure], taken: &[Range<usize>]) -> Vec<Amount> {
    let mut found = Vec::new();
    let mut columns = Columns::new(text);
    let mut labels = Labels::new(text);
    for (at, figure) in figures.iter().enumerate() {
        let Value::Amount(amount) = &figure.value else {
            continue;
        };
        let column = columns.of(figure.place.start);
        let before = taken.partition_point(|span| span.start <= column);
        let span = before.checked_sub(1).and_then(|last| taken.get(last));
        if span.is_some_and(|span| span.contains(&column)) {
            labels.pass(figure);
            continue;
        }
        if amount.unit == Unit::Place || !is_stated(text, figure, amount) || in_title(text, figure)
        {
            continue;
        }
        let (value, unit) = written(text, figure, amount);
        let unit = spanned(text, figures, at)
            .map_or(unit, |(other, amount)| written(text, other, amount).1);
        // 十三届 is a place in an order, 八部门 who did it.
        let is_name = unit.as_deref() == Some("届")
            || (figure.named.is_some_and(|named| named != Named::Besides)
                && unit.as_ref().is_some_and(|unit| unit.chars().count() > 1));
        let label = labels.of(figure, figures.get(at + 1), unit.as_deref());
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

/// Whether a figure says how much: 两家 may be a way of speaking, 十余家 and 九五折 are statements, and so
/// is 二百一十万银元, whose unit no list has. 五年前 says when.
fn is_stated(text: &str, figure: &Figure, amount: &figures::Amount) -> bool {
    let read = text.get(figure.place.clone()).unwrap_or_default();
    let rest = text.get(figure.place.end..).unwrap_or_default();
    let large = amount.multiplier != amount.number && amount.number.to_f64() >= 100.0;
    let firm = match figure.weight {
        Weight::Firm => true,
        Weight::Small => figure.bound != Bound::Exact || read.ends_with('折'),
        Weight::Soft => large && amount.unit == Unit::Things && !is_marker(text, figure),
    };
    let is_when = amount.unit.is_time() && rest.starts_with(['前', '后']);
    firm && !is_when
}

/// `（100）` and `[100]`.
fn is_marker(text: &str, figure: &Figure) -> bool {
    let rest = text.get(figure.place.end..).unwrap_or_default();
    rest.starts_with(['）', ')', ']', '］'])
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
    let fits = unit.trim().is_empty() && is_joint(gap) && own.multiplier == other.multiplier;
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

/// What says how something changed, or what part it is, and not what it is; the longer ones first.
const PREDICATES: [&str; 19] = [
    "同比",
    "环比",
    "同口径",
    "实现增长",
    "增长",
    "下降",
    "增加",
    "减少",
    "提高",
    "上升",
    "回落",
    "缩小",
    "扩大",
    "增幅",
    "降幅",
    "占",
    "涨",
    "跌",
    "降",
];

/// Whether a label says nothing of what the number is of: 同比增长, 比2021年底, 2030年.
fn is_predicate(label: &str) -> bool {
    let rest = label.strip_prefix(['比', '较']);
    let compares = rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit() || "上去前同计原年".contains(c))
    });
    let when = |c: char| c.is_ascii_digit() || "年月日底末初上下半第季度".contains(c);
    compares || label.chars().all(when) || PREDICATES.iter().any(|word| label.starts_with(word))
}

/// The labels of the amounts of a line, one after another.
struct Labels<'a> {
    text: &'a str,
    /// Where the last figure and the noun after it end, and its label, if another number may share it.
    last: Option<(usize, String)>,
    /// What the last one was said of.
    subject: String,
}

impl<'a> Labels<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            last: None,
            subject: String::new(),
        }
    }

    /// Steps over a figure that has its label already.
    fn pass(&mut self, figure: &Figure) {
        self.last = Some((figure.place.end, String::new()));
    }

    fn of(&mut self, figure: &Figure, next: Option<&Figure>, unit: Option<&str>) -> String {
        let start = figure.place.start;
        let gap = self.last.as_ref().map(|(end, label)| {
            let between = self.text.get((*end).min(start)..start).unwrap_or_default();
            (*end, between, label)
        });
        if gap.is_some_and(|(_, between, _)| between.contains(['。', '！', '？'])) {
            self.subject.clear();
        }
        let (from, repeated) = match gap {
            // 1.2万至3.5万平方米; 占7.1%、39%和53.9%; 3∶40∶57
            Some((_, between, label))
                if !label.is_empty() && (is_joint(between) || is_list(between)) =>
            {
                (0, Some(label.clone()))
            }
            // 有300个村、20家企业; 4个方面15项任务: each has its own words.
            Some((end, between, _)) => {
                let mark = between.rfind('、').map_or(end, |at| end + at);
                (mark.min(start), None)
            }
            None => (0, None),
        };
        let noun = self.noun(figure, next, unit);
        let label = repeated.unwrap_or_else(|| self.label(from, figure, noun));
        // What follows 的 may be what the next number is said of: `一成以上的机构有3家`.
        let taken = if noun.starts_with('的') {
            0
        } else {
            noun.len()
        };
        let shared = if taken == 0 {
            label.clone()
        } else {
            String::new()
        };
        self.last = Some((figure.place.end + taken, shared));
        label
    }

    fn label(&mut self, from: usize, figure: &Figure, noun: &str) -> String {
        let words = clause::before(self.text, from, figure.place.start);
        let is_share = words.trim_end().ends_with('占');
        let own = clause::without_leads(words.trim_end_matches(['-', '−', '－']));
        let own = own.strip_prefix("其中").unwrap_or(own);
        let own = own.strip_prefix('的').unwrap_or(own);
        let own = own.trim_start_matches([')', '）', '】', '］', '〕', '，', '、']);
        // 天津、河北等18个省: the names are no part of what is counted.
        let own = match own.strip_suffix('等') {
            Some(names) if names.contains('、') && !noun.is_empty() => "",
            _ => own,
        };
        let own = own
            .strip_suffix('的')
            .filter(|_| noun.is_empty())
            .unwrap_or(own);
        let noun = noun.strip_prefix('的').unwrap_or(noun);
        let mut label = clause::trimmed(&format!("{own}{noun}"));
        let rest = clause::after(self.text, figure.place.end);
        let closes = rest.starts_with(['）', ')', '】', '］', '〕']);
        if label.chars().count() < 2 && (label.is_empty() || !closes) {
            label = if is_share && !self.subject.is_empty() {
                format!("{}占比", self.subject)
            } else {
                let colon = clause::before_colon(self.text, figure.place.start);
                let rest = if closes { "" } else { rest };
                let after = clause::trimmed(&format!("{own}{rest}"));
                let subject = || self.subject.clone();
                let label = if after.is_empty() { colon } else { after };
                if label.is_empty() { subject() } else { label }
            };
        }
        if !is_predicate(&label) {
            // `数量由912个增加到953个`
            let subject = label.split(['由', '从']).next().unwrap_or_default();
            let whole = subject.chars().count() < 2;
            self.subject.clear();
            self.subject.push_str(if whole { &label } else { subject });
            if let Some(subject) = label.strip_suffix("占比").filter(|word| !word.is_empty()) {
                subject.clone_into(&mut self.subject);
            }
            return label;
        }
        let whole = format!("{}{label}", self.subject);
        if whole.chars().count() > LONGEST {
            label
        } else {
            whole
        }
    }

    /// The words right after a number that name what is counted: `15项任务`, `57.6%的市场份额`.
    fn noun(&self, figure: &Figure, next: Option<&Figure>, unit: Option<&str>) -> &'a str {
        let after = clause::after(self.text, figure.place.end);
        let limit = next.map_or(self.text.len(), |next| next.place.start);
        let limit = limit.saturating_sub(figure.place.end);
        let after = after.get(..limit.min(after.len())).unwrap_or(after);
        let is_word = |c: char| c.is_alphanumeric();
        let length = after.find(|c| !is_word(c)).unwrap_or(after.len());
        let noun = after.get(..length).unwrap_or_default();
        let Value::Amount(amount) = &figure.value else {
            return "";
        };
        let counts = amount.unit == Unit::Things && unit.is_some() && !noun.starts_with('的');
        let of = noun.starts_with('的') && noun.chars().count() > 2;
        // A longer run is a sentence of its own, and 了 or 将 begin what happened.
        let short = noun.chars().count() <= 10;
        let happens = noun.starts_with([
            '增', '减', '升', '降', '扩', '缩', '达', '到', '至', '了', '将', '已', '被', '在',
            '均', '都', '和', '与', '及', '等',
        ]);
        if (counts || of) && short && !happens {
            noun
        } else {
            ""
        }
    }
}
