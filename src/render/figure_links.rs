//! Links between the numbers of a text and the charts that show them.
//!
//! In: the HTML of a page with its charts in it, and what each chart says. Out: the same HTML, in which
//! a number that stands in a chart leads to the chart, and the number in the chart's table leads
//! back. Promise: a number is linked only where its name stands in the same sentence, with no other
//! name of the chart between the two; nothing but links and their ids is added.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::render::charts::Said;

/// A chart on a page: its id, and its names with their values.
pub(super) struct Chart {
    pub id: String,
    pub said: Vec<Said>,
}

/// Puts the links in.
pub(super) fn link(html: &str, charts: &[Chart]) -> String {
    let sentences = sentences(html);
    // By the place of a number in the HTML: its end, its chart, its row.
    let mut found: BTreeMap<usize, (usize, usize, usize)> = BTreeMap::new();
    for (number, chart) in charts.iter().enumerate() {
        for sentence in &sentences {
            for (row, start, end) in numbers(sentence, &chart.said) {
                found.entry(start).or_insert((end, number, row));
            }
        }
    }
    let mut linked = BTreeSet::new();
    let mut out = String::with_capacity(html.len() + found.len() * 80);
    let mut done = 0;
    for (start, (end, chart, row)) in found {
        let (Some(before), Some(text)) = (html.get(done..start), html.get(start..end)) else {
            continue;
        };
        out.push_str(before);
        let id = &charts[chart].id;
        let place = format!("{id}-{}", row + 1);
        let anchor = if linked.contains(&place) {
            String::new()
        } else {
            format!(" id=\"from-{place}\"")
        };
        let _ = write!(
            out,
            "<a class=\"chart-link\"{anchor} href=\"#{id}\">{text}</a>"
        );
        linked.insert(place);
        done = end;
    }
    out.push_str(html.get(done..).unwrap_or_default());
    if linked.is_empty() {
        out
    } else {
        link_back(&out, &linked)
    }
}

/// Makes the last cell of each of these rows of tables a link to where its number stands in the text.
fn link_back(html: &str, rows: &BTreeSet<String>) -> String {
    const ROW: &str = "<tr id=\"";
    let mut parts = html.split(ROW);
    let mut out = String::with_capacity(html.len() + rows.len() * 80);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push_str(ROW);
        let row = part.split('"').next().unwrap_or_default();
        match last_cell(part).filter(|_| rows.contains(row)) {
            Some((before, inside, after)) => {
                let _ = write!(
                    out,
                    "{before}<a class=\"chart-link\" href=\"#from-{row}\">{inside}</a>{after}"
                );
            }
            None => out.push_str(part),
        }
    }
    out
}

/// What stands before, in and after the last cell of a row that begins here.
fn last_cell(part: &str) -> Option<(&str, &str, &str)> {
    let (row, _) = part.split_once("</tr>")?;
    let close = row.rfind("</td>")?;
    let open = row.get(..close)?.rfind('>')? + 1;
    Some((
        part.get(..open)?,
        part.get(open..close)?,
        part.get(close..)?,
    ))
}

/// A character of the text, and where it stands in the HTML.
#[derive(Clone, Copy)]
struct Letter {
    character: char,
    start: usize,
    end: usize,
    /// Not in a link already.
    free: bool,
}

/// What holds no sentences, and what must not be touched.
const PASSED_OVER: [&str; 12] = [
    "figure", "pre", "code", "script", "style", "svg", "h1", "h2", "h3", "h4", "h5", "h6",
];
/// Tags within a sentence.
const INLINE: [&str; 14] = [
    "a", "strong", "em", "b", "i", "del", "ins", "sup", "sub", "span", "mark", "small", "abbr",
    "time",
];

/// The sentences of the text, without its headings, charts and code.
fn sentences(html: &str) -> Vec<Vec<Letter>> {
    let mut sentences = Vec::new();
    let mut sentence: Vec<Letter> = Vec::new();
    let mut skip: Option<(&str, usize)> = None;
    let mut in_link = false;
    let mut characters = html.char_indices().peekable();
    while let Some((start, character)) = characters.next() {
        if character == '<' {
            let mut end = start;
            for (at, character) in characters.by_ref() {
                end = at;
                if character == '>' {
                    break;
                }
            }
            let (name, closes) = tag(html.get(start + 1..end).unwrap_or_default());
            skip = match skip {
                Some((outer, depth)) if outer == name && closes => {
                    (depth > 1).then(|| (outer, depth - 1))
                }
                Some((outer, depth)) if outer == name => Some((outer, depth + 1)),
                None if PASSED_OVER.contains(&name) && !closes => Some((name, 1)),
                other => other,
            };
            if name == "a" {
                in_link = !closes;
            }
            if !INLINE.contains(&name) {
                sentences.push(std::mem::take(&mut sentence));
            }
            continue;
        }
        if skip.is_some() {
            continue;
        }
        let end = characters.peek().map_or(html.len(), |(at, _)| *at);
        let free = !in_link;
        sentence.push(Letter {
            character,
            start,
            end,
            free,
        });
        let next = characters.peek().map(|(_, next)| *next);
        let ends = matches!(character, '。' | '！' | '？')
            || matches!(character, '.' | '!' | '?') && next.is_some_and(char::is_whitespace);
        if ends {
            sentences.push(std::mem::take(&mut sentence));
        }
    }
    sentences.push(sentence);
    sentences.retain(|sentence| sentence.iter().any(|letter| letter.character.is_numeric()));
    sentences
}

/// The name of a tag, and whether it closes something.
fn tag(inside: &str) -> (&str, bool) {
    let (inside, closes) = match inside.strip_prefix('/') {
        Some(rest) => (rest, true),
        None => (inside, false),
    };
    let name = inside.split(|c: char| !c.is_ascii_alphanumeric()).next();
    (name.unwrap_or_default(), closes)
}

/// The numbers of a chart in a sentence: the row, and where the number stands in the HTML.
fn numbers(sentence: &[Letter], said: &[Said]) -> Vec<(usize, usize, usize)> {
    let mut names: Vec<(usize, usize, usize)> = Vec::new();
    for (row, one) in said.iter().enumerate() {
        names.extend(places(sentence, &one.label).map(|(start, end)| (start, end, row)));
    }
    names.sort_unstable();
    let mut numbers = Vec::new();
    for (at, (start, end, row)) in names.iter().copied().enumerate() {
        let next = names
            .get(at + 1)
            .map_or(sentence.len(), |(start, ..)| *start);
        let previous = at
            .checked_sub(1)
            .and_then(|at| names.get(at))
            .map_or(0, |(_, end, _)| *end);
        let Some(values) = said.get(row).map(|one| &one.values) else {
            continue;
        };
        // After its name, else before it.
        let within = |from: usize, to: usize| {
            values
                .iter()
                .find_map(|value| number(sentence, value, from, to))
        };
        let found = within(end, next.max(end)).or_else(|| within(previous, start.max(previous)));
        if let Some((from, to)) = found {
            let letters = sentence.get(from..to).unwrap_or_default();
            if let (Some(first), Some(last)) = (letters.first(), letters.last())
                && letters.iter().all(|letter| letter.free)
                && last.end - first.start == letters.iter().map(|l| l.end - l.start).sum::<usize>()
            {
                numbers.push((row, first.start, last.end));
            }
        }
    }
    numbers
}

/// Where a text stands in a sentence.
fn places<'s>(sentence: &'s [Letter], text: &str) -> impl Iterator<Item = (usize, usize)> + 's {
    let wanted: Vec<char> = text.chars().collect();
    let length = wanted.len().max(1);
    let is_word = text.is_ascii();
    sentence
        .windows(length)
        .enumerate()
        .filter_map(move |(at, window)| {
            let same = window
                .iter()
                .map(|letter| letter.character)
                .eq(wanted.iter().copied());
            let letter =
                |at: Option<usize>| at.and_then(|at| sentence.get(at)).map(|l| l.character);
            let joined = |c: Option<char>| is_word && c.is_some_and(|c| c.is_ascii_alphanumeric());
            let whole = !joined(letter(at.checked_sub(1))) && !joined(letter(Some(at + length)));
            (same && whole).then_some((at, at + length))
        })
}

/// The first place of a number between two letters where it is a number of its own: no part of a
/// longer one, no date, no ordinal.
fn number(sentence: &[Letter], value: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let part = sentence.get(from..to)?;
    let letter = |at: usize| sentence.get(at).map(|letter| letter.character);
    places(part, value)
        .map(|(start, end)| (from + start, from + end))
        .find(|(start, end)| {
            let before = start.checked_sub(1).and_then(letter);
            let (after, next) = (letter(*end), letter(end + 1));
            let joined_before = before.is_some_and(|c| {
                c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-' | '−' | '第')
            });
            let decimals =
                matches!(after, Some('.' | ',')) && next.is_some_and(|c| c.is_ascii_digit());
            let joined_after = after.is_some_and(|c| {
                c.is_ascii_alphanumeric()
                    || matches!(c, '%' | '％' | '万' | '亿' | '年' | '月' | '日' | '号')
            });
            let scaled = after == Some(' ')
                && ["million", "billion", "trillion"].iter().any(|word| {
                    let rest = sentence.get(end + 1..).unwrap_or_default();
                    rest.iter()
                        .map(|l| l.character)
                        .take(word.len())
                        .eq(word.chars())
                });
            !joined_before && !joined_after && !decimals && !scaled
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let said = |label: &str, value: &str| Said {
            label: label.into(),
            values: vec![value.into()],
        };
        let charts = [Chart {
            id: "c".into(),
            said: vec![
                said("广东", "111"),
                said("北京", "73"),
                said("Shanxi", "5"),
                said("Shan", "5"),
            ],
        }];
        let linked = link(text, &charts);
        let plain = linked
            .replace(" class=\"chart-link\"", "")
            .replace(" href=\"#c\"", "");
        assert_eq!(plain, expect);
    }

    #[test]
    fn a_number_is_linked_where_its_name_stands() {
        check(
            "<p>广东(111条)、北京(73)。</p>",
            "<p>广东(<a id=\"from-c-1\">111</a>条)、北京(<a id=\"from-c-2\">73</a>)。</p>",
        );
        check(
            "<p><strong>111</strong>部在广东。</p>",
            "<p><strong><a id=\"from-c-1\">111</a></strong>部在广东。</p>",
        );
        check(
            "<p>广东111，广东111。</p>",
            "<p>广东<a id=\"from-c-1\">111</a>，广东<a>111</a>。</p>",
        );
        check(
            "<p>In Shanxi, 5 of them.</p>",
            "<p>In Shanxi, <a id=\"from-c-3\">5</a> of them.</p>",
        );
    }

    #[test]
    fn no_other_number_is() {
        for text in [
            "<p>广东有。共111条。</p>",
            "<p>广东和北京共111条。</p>",
            "<p>广东1110条，111%，1,111，111万，第111条。</p>",
            "<h2>广东111</h2>",
            "<p><a href=\"x\">广东111</a></p>",
            "<p>Shanxi on 5 million; Shanxi 5th.</p>",
            "<figure><td>广东</td><td>111</td></figure>",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn the_table_leads_back() {
        let html = "<p>广东111</p><figure><tr id=\"c-1\"><td>广东</td><td class=\"right\">111</td></tr></figure>";
        let charts = [Chart {
            id: "c".into(),
            said: vec![Said {
                label: "广东".into(),
                values: vec!["111".into()],
            }],
        }];
        let back = "<td class=\"right\"><a class=\"chart-link\" href=\"#from-c-1\">111</a></td>";
        assert!(link(html, &charts).contains(back));
    }
}
