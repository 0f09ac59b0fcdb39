//! Dated policies: `2017年3月7日，某局印发《某办法》`.
//!
//! In: the text of one line. Out: each policy with date, issuer and titles, and the dates that no
//! calendar has. Promise: linear in the line; a date without a verb of issuing and a title is none.

use std::ops::Range;

use jiff::civil::Date;

use super::year::{Calendar, year_word};
use super::{clause, stated};
use crate::content::data::Precision;
use crate::figures::{self, Figure, Value, When, Year};
use crate::lang::Lang;

/// A policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The day it was issued, or the first day of the month.
    pub date: Date,
    /// How exactly the text says it.
    pub precision: Precision,
    /// Its column in the line, from 1.
    pub column: usize,
    /// Who issued it, as the text says.
    pub issuer: Option<String>,
    /// The titles with their 《》.
    pub titles: String,
    /// The words it was read from: from the date to the end of the titles.
    pub read: String,
}

/// What a line yields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The policies in order.
    pub policies: Vec<Policy>,
    /// Days that do not exist: the words, and the column (from 1) at which they stand.
    pub invalid: Vec<(String, usize)>,
}

/// What one does to a policy; the longer ones first.
const VERBS: [&str; 20] = [
    "审议通过",
    "印发",
    "发布",
    "下发",
    "出台",
    "公布",
    "颁布",
    "颁发",
    "通过",
    "制定",
    "制订",
    "发出",
    "推出",
    "转发",
    "公开",
    "签署",
    "批准",
    "实施",
    "施行",
    "发文",
];

/// Between date and title there are at most this many characters, in a title at most so many.
const LONGEST_CLAUSE: usize = 160;
const LONGEST_TITLE: usize = 160;

/// Reads a line.
#[must_use]
pub fn read(text: &str) -> Found {
    let figures = figures::read(text, Lang::Zh, figures::vocabulary());
    read_figures(text, &figures, Calendar::default())
}

/// Reads a line whose figures are known.
#[must_use]
pub fn read_figures(text: &str, figures: &[Figure], calendar: Calendar) -> Found {
    let mut found = Found::default();
    let dates = dates(text, figures);
    let mut counted = (0, 1);
    let mut done = 0;
    let mut calendar = calendar;
    for (index, written) in dates.iter().enumerate() {
        let date = calendar.resolved(text, written);
        if let Some((date, _)) = date {
            calendar.pass(date);
        }
        let until = dates
            .get(index + 1)
            .map_or(text.len(), |next| next.place.start);
        let named = year_word(text, written.place.start);
        let start = named.map_or(written.place.start, |(_, start)| start);
        let after = issued(text, written.place.end, until);
        // `印发《某办法》，2022年7月1日起施行` is one policy, dated before.
        let before = in_force(text, &written.place).filter(|(_, start, _)| *start >= done);
        let (issuer, titles, start, end) = match (after, before) {
            // `某局于2月18日出台《某标准》`
            (Some((None, titles, end)), None) => match issuer_before(text, done, start) {
                Some((issuer, start)) => (Some(issuer), titles, start, end),
                None => (None, titles, start, end),
            },
            (Some((issuer, titles, end)), _) => (issuer, titles, start, end),
            (None, Some((titles, start, end))) => (None, titles, start, end),
            (None, None) => continue,
        };
        let issuer = issuer.map(|name| together(&name, found.policies.last()));
        done = end;
        let between = text.get(counted.0..start).unwrap_or_default();
        counted = (start, counted.1 + between.chars().count());
        if let Some((date, precision)) = date {
            found.policies.push(Policy {
                date,
                precision,
                column: counted.1,
                issuer,
                titles,
                read: text.get(start..end).unwrap_or_default().to_owned(),
            });
        } else if is_whole(written) {
            let words = text.get(written.place.clone()).unwrap_or_default();
            found.invalid.push((words.to_owned(), counted.1));
        }
    }
    found
}

/// The dates that a policy may have. A month or a day always is one; a year or a part of it only
/// where it opens the sentence: `根据2016年方案` within it says something else.
fn dates<'a>(text: &str, figures: &'a [Figure]) -> Vec<&'a Figure> {
    let mut dates: Vec<&Figure> = Vec::new();
    for figure in figures {
        let Value::Date(when) = figure.value else {
            continue;
        };
        let from = dates.last().map_or(0, |before| before.place.end);
        if !stated::in_title(text, figure)
            && (when.month.is_some() || opens_sentence(text, from, figure))
        {
            dates.push(figure);
        }
    }
    dates
}

/// Whether nothing but the end of the sentence before stands between `from` and the figure, and the
/// figure is the time of what follows, not its limit.
fn opens_sentence(text: &str, from: usize, figure: &Figure) -> bool {
    let before = text.get(from..figure.place.start).unwrap_or_default();
    let after = text.get(figure.place.end..).unwrap_or_default();
    let limit = ["底", "末", "以来", "起", "前", "之前"];
    before
        .trim_end()
        .chars()
        .next_back()
        .is_none_or(|c| matches!(c, '。' | '！' | '？' | '；'))
        && !limit.iter().any(|word| after.starts_with(word))
}

/// Whether a date leaves nothing out, so that it is wrong if the calendar does not have it.
fn is_whole(figure: &Figure) -> bool {
    matches!(
        figure.value,
        Value::Date(When {
            year: Some(Year::Of(_)),
            month: Some(_),
            day: Some(_),
            ..
        })
    )
}

/// Issuer, titles, and where the titles end, for a policy issued on the date that ends at `from`.
fn issued(text: &str, from: usize, until: usize) -> Option<(Option<String>, String, usize)> {
    let clause = clause(text.get(from..until)?);
    let open = clause.find('《')?;
    let titles_start = from + open;
    let (titles, titles_end) = titles(text, titles_start)?;
    let before = clause.get(..open)?;
    if let Some((issuer, between)) = split_at_verb(before) {
        // `发布了关于某事的《…》` is near enough, another clause in between is not.
        let near = between.chars().take(16).count() < 16 && !between.contains('，');
        return near.then(|| (issuer_name(issuer), titles, titles_end));
    }
    // `《某办法》正式印发`
    let after = text.get(titles_end..)?;
    let after: String = after.chars().take(6).collect();
    let verb_end = VERBS
        .iter()
        .filter_map(|verb| after.find(verb).map(|at| at + verb.len()))
        .min()?;
    // `2021年9月1日起，《某法》施行`
    let plain = before.trim_matches(['起', '，', ',', ' ']).is_empty();
    plain.then_some((None, titles, titles_end + verb_end))
}

/// Who stands before the date: `随后，某局于`; and where the name begins.
fn issuer_before(text: &str, from: usize, date: usize) -> Option<(String, usize)> {
    let head = text.get(from..date)?.strip_suffix(['于', '在'])?;
    let clause = clause::before(text, from, from + head.len()).trim_start();
    let name = issuer_name(clause)?;
    let is_name = name.chars().nth(1).is_some() && !name.contains(['《', '》']);
    is_name.then(|| (name, from + head.len() - clause.len()))
}

/// `《某办法》自2022年7月1日起施行`: the titles before the date, where they begin, where the verb ends.
fn in_force(text: &str, date: &Range<usize>) -> Option<(String, usize, usize)> {
    let before = text
        .get(..date.start)?
        .trim_end_matches(['于', '自', '从', '在', '，']);
    let open = before.ends_with('》').then(|| {
        let mut near = before.char_indices().rev().take(LONGEST_TITLE);
        near.find(|(_, c)| *c == '《').map(|(at, _)| at)
    });
    let start = open??;
    let (titles, end) = titles(text, start)?;
    let after: String = text.get(date.end..)?.chars().take(6).collect();
    let plain = after.trim_start_matches(['起', '正', '式', '开', '始']);
    let verb = VERBS.iter().find(|verb| plain.starts_with(**verb))?;
    let length = after.len() - plain.len() + verb.len();
    (end == before.len()).then_some((titles, start, date.end + length))
}

/// What follows the date, up to the end of the sentence.
fn clause(text: &str) -> &str {
    let end = text
        .char_indices()
        .enumerate()
        .find(|(count, (_, c))| *count >= LONGEST_CLAUSE || matches!(c, '。' | '！' | '？'))
        .map_or(text.len(), |(_, (at, _))| at);
    text.get(..end).unwrap_or_default()
}

fn split_at_verb(text: &str) -> Option<(&str, &str)> {
    let (at, verb) = VERBS
        .iter()
        .filter_map(|verb| text.rfind(verb).map(|at| (at, *verb)))
        .max_by_key(|(at, verb)| (*at, verb.len()))?;
    Some((text.get(..at)?, text.get(at + verb.len()..)?))
}

/// `又会同省检察院`: whoever issued the last policy of the line, and they.
fn together(name: &str, before: Option<&Policy>) -> String {
    let with = ["会同", "联合"];
    match with.iter().find_map(|word| name.strip_prefix(word)) {
        Some(others) => match before.and_then(|policy| policy.issuer.as_deref()) {
            Some(first) => format!("{first}、{others}"),
            None => others.to_owned(),
        },
        None => name.replacen("会同", "、", 1),
    }
}

/// The last clause before the verb, without adverbs.
fn issuer_name(text: &str) -> Option<String> {
    let mut name = text
        .rsplit(['，', ',', '；', '：'])
        .next()
        .unwrap_or(text)
        .trim();
    let leads = ["由", "又", "再", "还", "并", "随后", "其后", "此后"];
    while let Some(rest) = leads.iter().find_map(|lead| name.strip_prefix(lead)) {
        name = rest;
    }
    loop {
        let shorter = [
            "联合", "共同", "正式", "首次", "率先", "同时", "日前", "又", "也", "还", "再次",
            "研究", "审议", "表决", "全票", "已", "先后", "相继", "陆续", "分别",
        ]
        .iter()
        .find_map(|adverb| name.strip_suffix(adverb));
        match shorter {
            Some(shorter) => name = shorter.trim_end(),
            None => break,
        }
    }
    (!name.is_empty()).then(|| name.to_owned())
}

/// One title or several in a row, from the 《 at `start`: the text, and where it ends.
fn titles(text: &str, start: usize) -> Option<(String, usize)> {
    let mut titles = Vec::new();
    let mut at = start;
    let mut end = start;
    while let Some(length) = title_length(text.get(at..)?) {
        end = at + length;
        titles.push(text.get(at..end)?);
        let rest = text.get(end..)?;
        let gap: usize = rest
            .chars()
            .take_while(|c| matches!(c, '、' | '和' | '及' | '与' | ' '))
            .map(char::len_utf8)
            .sum();
        at = end + gap;
        if titles.len() == 20 || !text.get(at..)?.starts_with('《') {
            break;
        }
    }
    (!titles.is_empty()).then(|| (titles.join("、"), end))
}

/// The bytes from 《 to its own 》.
fn title_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (count, (at, c)) in text.char_indices().enumerate() {
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then_some(at + c.len_utf8());
        }
        if count > LONGEST_TITLE {
            return None;
        }
    }
    None
}
