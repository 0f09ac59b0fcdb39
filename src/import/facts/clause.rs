//! The words that a figure stands among. In: a line and the place of a figure. Out: the clause around it,
//! or after it, without the figure: what the figure is said of.
//!
//! Promise: at most eighty characters are looked at either way; a comma inside a number ends no clause.

/// A label is at most this long.
pub(super) const LONGEST: usize = 30;

/// As far as this the words around a figure are looked at.
const NEAR: usize = 80;

/// What leads to a number and is no part of what it is said of; the longer ones first.
const LEADS: [&str; 76] = [
    "不得超过",
    "不得少于",
    "不得低于",
    "增加到",
    "减少到",
    "下降到",
    "下降至",
    "缩小到",
    "缩短到",
    "上升到",
    "上升至",
    "控制在",
    "不超过",
    "不少于",
    "不低于",
    "相当于",
    "增长到",
    "提高到",
    "提高至",
    "提升到",
    "提升至",
    "扩大到",
    "扩大至",
    "回升到",
    "回升至",
    "下降为",
    "回落到",
    "上涨到",
    "降到",
    "升到",
    "增到",
    "低于",
    "高于",
    "多于",
    "少于",
    "接近",
    "分别",
    "依次",
    "不足",
    "不到",
    "已有",
    "共有",
    "现有",
    "约有",
    "只有",
    "仅有",
    "达到",
    "降至",
    "升至",
    "增至",
    "超过",
    "突破",
    "首次",
    "零下",
    "约占",
    "约为",
    "仅为",
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
];

/// The words before a figure, from `from` or the mark before it on.
pub(super) fn before(text: &str, from: usize, start: usize) -> &str {
    let words = text.get(from..start).unwrap_or_default();
    let places = words.char_indices().map(|(at, c)| (from + at, c));
    let near = places.rev().take(NEAR);
    let near = near.take_while(|place| !ends(text, place)).last();
    let from = near.map_or(start, |(at, _)| at);
    text.get(from..start).unwrap_or_default()
}

/// The words after a figure, up to the mark after it.
pub(super) fn after(text: &str, end: usize) -> &str {
    let words = text.get(end..).unwrap_or_default();
    let places = words.char_indices().map(|(at, c)| (end + at, c));
    let near = places.take(NEAR).take_while(|place| !ends(text, place));
    let to = near.last().map_or(end, |(at, c)| at + c.len_utf8());
    text.get(end..to).unwrap_or_default()
}

fn ends(text: &str, (at, c): &(usize, char)) -> bool {
    (*c == '：' || ends_clause(*c)) && !is_in_number(text, *at)
}

/// The words without those at their end that lead to a number.
pub(super) fn without_leads(words: &str) -> &str {
    let mut words = words.trim();
    while let Some(shorter) = LEADS.iter().find_map(|lead| words.strip_suffix(lead)) {
        // 国有, 私有
        if words.ends_with('有') && shorter.ends_with(['国', '公', '私', '所', '持']) {
            break;
        }
        words = shorter.trim_end();
    }
    words.strip_suffix('占').unwrap_or(words)
}

/// Whether the words before a number say what something came to: 缩短到.
pub(super) fn reaches(words: &str) -> bool {
    words.trim_end().ends_with(['到', '至', '为'])
}

/// A label without the marks at its ends, not too long.
pub(super) fn trimmed(label: &str) -> String {
    let marks = |c: char| " 、“”（）()【】［］〔〕|，：；∶:".contains(c);
    let label = label.trim_end_matches(|c| marks(c) && !matches!(c, '）' | ')' | '”'));
    let label = label.trim_start_matches(|c| marks(c) && !matches!(c, '（' | '(' | '“'));
    // A bracket whose partner is not here.
    let open = |pair: [char; 2]| label.contains(pair[0]) != label.contains(pair[1]);
    let lone = ["（）", "()", "“”"].iter().any(|pair| {
        let mut pair = pair.chars();
        matches!((pair.next(), pair.next()), (Some(a), Some(b)) if open([a, b]))
    });
    let label = if lone {
        label.trim_matches(marks)
    } else {
        label
    };
    label.chars().take(LONGEST).collect()
}

/// The words before the colon that ends right before `start`: `调查时间：`.
pub(super) fn before_colon(text: &str, start: usize) -> String {
    let head = text.get(..start).unwrap_or_default().trim_end();
    let Some(head) = head.strip_suffix(['：', ':']) else {
        return String::new();
    };
    trimmed(before(text, 0, head.len()))
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
pub(super) fn next_clause(text: &str, from: usize) -> &str {
    let rest = text.get(from..).unwrap_or_default();
    match rest.strip_prefix(['，', ',']) {
        Some(rest) => after(text, text.len() - rest.len()).trim(),
        None => "",
    }
}
