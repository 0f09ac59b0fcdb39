//! What the amounts of a line are said of.
//!
//! In: a line and its figures, one after another. Out: for each a label: the clause without the number,
//! what was said before it where the clause says only how it changed, the names that 分别 answers.
//! Promise: linear; a label is cut out of the text or put together of its words.

use super::clause::{self, LONGEST};
use super::stated::is_list;
use crate::figures::{Figure, Joint, Unit, Value, joint};

/// What says how something changed, or what part it is, and not what it is; the longer ones first.
const PREDICATES: [&str; 30] = [
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
    "略",
    "微",
    "小幅",
    "大幅",
    "净增",
    "净减",
    "连续",
    "历时",
    "为期",
    "分别",
    "首次",
];

/// Whether a label says nothing of what the number is of: 同比增长, 比2021年底, 2030年.
fn is_predicate(label: &str) -> bool {
    let rest = label.strip_prefix(['比', '较']);
    let compares = rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit() || "上去前同计原年".contains(c))
    });
    compares || is_time(label) || PREDICATES.iter().any(|word| label.starts_with(word))
}

/// 2030年, and what something is so many times of: 是五年前, 相当于2018年.
fn is_time(label: &str) -> bool {
    let whole = ["相当于", "约为", "约是", "是"]
        .iter()
        .find_map(|verb| label.strip_prefix(verb));
    let when = |c: char| {
        c.is_ascii_digit() || "年月日底末初上下半第季度去前同期一二三四五六七八九十".contains(c)
    };
    whole.unwrap_or(label).chars().all(when)
}

/// 单耗由每吨 and 收入比由上年: what something is, without where it came from.
fn without_origin(label: &str) -> &str {
    let cut = label
        .char_indices()
        .rev()
        .take(9)
        .find(|(_, c)| matches!(c, '由' | '从'));
    let Some((at, from)) = cut else { return label };
    let origin = label.get(at + from.len_utf8()..).unwrap_or_default();
    let is_origin =
        origin.is_empty() || origin.starts_with(['每', '上', '去', '原', '前']) || is_time(origin);
    match label.get(..at) {
        Some(short) if is_origin && short.chars().nth(1).is_some() => short,
        _ => label,
    }
}

/// The labels of the amounts of a line, one after another.
pub(super) struct Labels<'a> {
    text: &'a str,
    /// Where the last figure and the noun after it end, and its label, if another number may share it.
    last: Option<(usize, String)>,
    /// What the last one was said of.
    subject: String,
    /// What the amounts of the sentence so far are said of, but for how they changed.
    subjects: Vec<String>,
    /// The labels of the next amounts, the last first: what 分别 answers.
    answers: Vec<String>,
    /// Whom the next share is of: 35岁以下.
    group: Option<String>,
    /// What the last number is where it came from: 每吨486千克标准煤, of what is next said to be 451千克.
    origin: Option<(usize, String)>,
}

impl<'a> Labels<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            last: None,
            subject: String::new(),
            subjects: Vec::new(),
            answers: Vec::new(),
            group: None,
            origin: None,
        }
    }

    /// Steps over a figure that has its label already.
    pub(super) fn pass(&mut self, figure: &Figure, label: &str) {
        self.enter(figure);
        self.subjects.push(label.to_owned());
        self.last = Some((figure.place.end, String::new()));
    }

    /// Steps over a figure that says when: 十年来.
    pub(super) fn skip(&mut self, figure: &Figure, word: usize) {
        self.enter(figure);
        let clause = clause::before(self.text, 0, figure.place.start);
        // What stands before it in the clause is the subject of what comes.
        if clause.trim().is_empty() {
            self.last = Some((figure.place.end + word, String::new()));
        }
    }

    /// Whether a figure says of whom the next number is: `35岁以下的占41%`.
    pub(super) fn is_group(&mut self, figure: &Figure, next: Option<&Figure>) -> bool {
        let rest = self.text.get(figure.place.end..).unwrap_or_default();
        let verb = ["的占", "的有", "的为", "的达", "者占", "者有"];
        let verb = verb.iter().find(|verb| rest.starts_with(**verb));
        let (Some(verb), Some(next)) = (verb, next) else {
            return false;
        };
        // 占41%, 有3家: the number follows at once.
        let from = figure.place.end + verb.len();
        let gap = self.text.get(from..next.place.start);
        let near = gap.is_some_and(|gap| gap.chars().count() <= 2);
        let before = clause::before(self.text, 0, figure.place.start);
        let whole = self
            .text
            .get(figure.place.start..figure.place.end)
            .unwrap_or_default();
        let who = if verb.starts_with('者') { "者" } else { "" };
        let group = clause::trimmed(&format!("{before}{whole}{who}"));
        if near {
            self.enter(figure);
            self.group = Some(group);
            self.last = Some((from, String::new()));
        }
        near
    }

    /// Goes on to a figure: another sentence has other subjects.
    fn enter(&mut self, figure: &Figure) {
        let end = self
            .last
            .as_ref()
            .map_or(0, |(end, _)| *end)
            .min(figure.place.start);
        let between = self.text.get(end..figure.place.start).unwrap_or_default();
        if between.contains(['。', '！', '？']) {
            self.subject.clear();
            self.subjects.clear();
            self.answers.clear();
        }
    }

    /// The label of the first of these figures; the others follow it.
    pub(super) fn of(&mut self, figures: &[Figure], unit: Option<&str>) -> String {
        let Some(figure) = figures.first() else {
            return String::new();
        };
        self.enter(figure);
        let next = figures.get(1);
        let start = figure.place.start;
        let gap = self.last.as_ref().map(|(end, label)| {
            let between = self.text.get((*end).min(start)..start).unwrap_or_default();
            (*end, between, label)
        });
        let (from, repeated) = match gap {
            // 1.2万至3.5万平方米; 占7.1%、39%和53.9%; 3∶40∶57
            Some((_, between, label))
                if !label.is_empty() && (joint(between) == Some(Joint::To) || is_list(between)) =>
            {
                (0, Some(label.clone()))
            }
            // 甲、乙等八省市: the names are what it is said of.
            Some((end, ..)) if figure.named.is_some() => (end.min(start), None),
            // 有300个村、20家企业; 4个方面15项任务: each has its own words.
            Some((end, between, _)) => {
                let mark = between.rfind('、').map_or(end, |at| end + at);
                (mark.min(start), None)
            }
            None => (0, None),
        };
        let noun = self.noun(figure, next, unit);
        if repeated.is_none() {
            self.answers = self.answered(from, figures);
        }
        let label = match (self.answers.pop(), repeated) {
            (Some(answer), _) => answer,
            (None, Some(label)) => label,
            (None, None) => self.label(from, figure, noun, next),
        };
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

    /// `受理127件，审结118件，同比分别上升3.4%和5.1%`: the labels, the last first.
    fn answered(&self, from: usize, figures: &[Figure]) -> Vec<String> {
        let Some(first) = figures.first() else {
            return Vec::new();
        };
        let words = clause::before(self.text, from, first.place.start);
        let Some((before, verb)) = words.split_once("分别") else {
            return Vec::new();
        };
        let gap = |pair: &[Figure]| match pair {
            [a, b] => self
                .text
                .get(a.place.end..b.place.start)
                .is_some_and(is_list),
            _ => false,
        };
        let count = 1 + figures.windows(2).take_while(|pair| gap(pair)).count();
        let from = self.subjects.len().checked_sub(count).filter(|_| count > 1);
        let subjects = from.and_then(|from| self.subjects.get(from..));
        let how = clause::without_leads(verb);
        let label = |subject: &String| format!("{subject}{before}{how}");
        subjects.map_or_else(Vec::new, |subjects| {
            subjects.iter().rev().map(label).collect()
        })
    }

    fn label(&mut self, from: usize, figure: &Figure, noun: &str, next: Option<&Figure>) -> String {
        let words = clause::before(self.text, from, figure.place.start);
        let is_share = words.trim_end().ends_with('占');
        if let Some(group) = self.group.take() {
            let share = self
                .text
                .get(..figure.place.start)
                .unwrap_or_default()
                .ends_with('占');
            return if share {
                format!("{group}占比")
            } else {
                group
            };
        }
        let own = clause::without_leads(words.trim_end_matches(['-', '−', '－']));
        let came = self.origin.take().filter(|(end, _)| {
            let gap = self.text.get(*end..figure.place.start).unwrap_or_default();
            clause::reaches(words) && !gap.contains(['，', '；', '。'])
        });
        if let Some((_, label)) = came {
            return label;
        }
        let whole = own.strip_suffix('的').unwrap_or(own);
        let own = match without_origin(whole) {
            short if short.len() < whole.len() => {
                self.origin = Some((figure.place.end, short.to_owned()));
                short
            }
            _ => own,
        };
        let own = own.strip_prefix("其中").unwrap_or(own);
        let own = own.strip_prefix('的').unwrap_or(own);
        let own = own.trim_start_matches([')', '）', '】', '］', '〕', '，', '、']);
        // 天津、河北等18个省: the names are no part of what is counted.
        let own = match own.strip_suffix('等') {
            Some(names) if names.contains('、') && !noun.is_empty() => "",
            _ => own,
        };
        // 二审改判率降至千分之六, 缩短到54天: what it came to is what it is.
        let reaches = own.is_empty() && !words.trim().is_empty() && noun.is_empty();
        if reaches && !self.subject.is_empty() && clause::reaches(words) {
            return self.subject.clone();
        }
        let own = own
            .strip_suffix('的')
            .filter(|_| noun.is_empty())
            .unwrap_or(own);
        let noun = noun.strip_prefix('的').unwrap_or(noun);
        // 九名成员里有三名女性
        let among = ["里有", "中有"]
            .iter()
            .find_map(|word| noun.strip_suffix(word));
        let noun = among.unwrap_or(noun);
        let mut label = clause::trimmed(&format!("{own}{noun}"));
        let rest = clause::after(self.text, figure.place.end);
        // What the next number is said of is not what this one is.
        let limit = next.map_or(rest.len(), |next| {
            next.place.start.saturating_sub(figure.place.end)
        });
        let rest = rest.get(..limit.min(rest.len())).unwrap_or(rest);
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
            self.subjects.push(self.subject.clone());
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
        // 七成的投诉在七个工作日内办结
        let noun = noun
            .strip_suffix('在')
            .filter(|noun| !noun.ends_with('存'))
            .unwrap_or(noun);
        if (counts || of) && short && !happens {
            noun
        } else {
            ""
        }
    }
}
