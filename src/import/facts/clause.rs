//! The words that a figure stands among. In: a line and the place of a figure. Out: the clause around it,
//! or after it, without the figure: what the figure is said of.
//!
//! Promise: at most eighty characters are looked at either way; a comma inside a number ends no clause.

/// A label is at most this long.
const LONGEST: usize = 30;

/// The clause around some words, without them and without the words that lead to them.
pub(super) fn clause_without(text: &str, from: usize, start: usize, end: usize) -> String {
    let ends =
        |(at, c): &(usize, char)| (*c == '：' || ends_clause(*c)) && !is_in_number(text, *at);
    let before = text.get(from..start).unwrap_or_default();
    let places = before.char_indices().map(|(at, c)| (from + at, c));
    let near = places.rev().take(80).take_while(|place| !ends(place));
    let from = near.last().map_or(start, |(at, _)| at);
    let before = text.get(from..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let places = after.char_indices().map(|(at, c)| (end + at, c));
    let after: String = places
        .take(80)
        .take_while(|place| !ends(place))
        .map(|(_, c)| c)
        .collect();
    let mut before = before.trim();
    // The longer ones first.
    let leads = [
        "不超过",
        "不少于",
        "不低于",
        "不足",
        "不到",
        "已有",
        "共有",
        "现有",
        "约有",
        "达到",
        "超过",
        "约占",
        "大约",
        "将近",
        "至少",
        "至多",
        "最多",
        "有",
        "逾",
        "超",
        "为",
        "达",
        "约",
        "近",
        "共",
        "是",
        "到",
        "于",
        "在",
        "从",
        "至",
        "占",
    ];
    while let Some(shorter) = leads.iter().find_map(|lead| before.strip_suffix(lead)) {
        before = shorter.trim_end();
    }
    let label = if before.chars().count() > 1 {
        before.to_owned()
    } else {
        format!("{before}{}", after.trim())
    };
    let label =
        label.trim_matches(|c: char| matches!(c, '（' | '）' | '(' | ')' | '、' | '“' | '”' | ' '));
    label.chars().take(LONGEST).collect()
}

fn ends_clause(mark: char) -> bool {
    matches!(mark, '，' | '。' | '；' | '！' | '？' | ',' | ';' | '\n')
}

/// Whether the mark here is a comma between the digits of a number: 1,200.
fn is_in_number(text: &str, at: usize) -> bool {
    let (before, rest) = (text.get(..at), text.get(at..));
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    rest.is_some_and(|rest| rest.starts_with(','))
        && digit(before.and_then(|text| text.chars().next_back()))
        && (1..4).all(|nth| digit(rest.and_then(|text| text.chars().nth(nth))))
}

/// The clause after the mark that begins here.
pub(super) fn next_clause(text: &str, from: usize) -> String {
    let rest = text.get(from..).unwrap_or_default();
    let Some(rest) = rest.strip_prefix(['，', ',']) else {
        return String::new();
    };
    let start = text.len() - rest.len();
    let clause = rest
        .char_indices()
        .take_while(|(at, c)| !ends_clause(*c) || is_in_number(text, start + at))
        .map(|(_, c)| c);
    let clause: String = clause.take(LONGEST).collect();
    clause.trim().to_owned()
}
