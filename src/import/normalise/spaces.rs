//! Fixer `join-spaces`: stray spaces between Chinese characters.
//!
//! In: a line. Out: the line without spaces beside full-width punctuation and between Chinese
//! characters. Promise: a space that separates the items of a list stays, as nothing else says
//! where one ends; so does one between Chinese and Latin text.
//!
//! Web pages leave spaces around words that were links (`智能 社会 治理`), and writers put spaces where
//! a `、` belongs (`甲网 乙网 丙网这些网站`). Which of the two it is can't be seen in one space, so the
//! whole clause (from one punctuation mark to the next) is asked: see [`is_list`].

use crate::import::chars::{is_full_width_punctuation, is_han, is_shared_mark};
use crate::import::regions;

pub(super) fn fix(line: &str) -> String {
    if !line.contains(' ') {
        return line.to_owned();
    }
    let (numbering, line) = line.split_at(numbering(line));
    let mut fixed = String::with_capacity(line.len());
    fixed.push_str(numbering);
    let mut clause_start = 0;
    let mut last = None;
    for (at, c) in line.char_indices() {
        if is_full_width_punctuation(c) {
            let clause = line.get(clause_start..at).unwrap_or_default();
            push_clause(&mut fixed, clause, last, Some(c));
            fixed.push(c);
            last = Some(c);
            clause_start = at + c.len_utf8();
        }
    }
    push_clause(
        &mut fixed,
        line.get(clause_start..).unwrap_or_default(),
        last,
        None,
    );
    fixed
}

fn push_clause(fixed: &mut String, clause: &str, before: Option<char>, after: Option<char>) {
    // A space beside a full-width mark is never meant: the mark has its own.
    let clause = if before.is_some() {
        clause.trim_start()
    } else {
        clause
    };
    let clause = if after.is_some() {
        clause.trim_end()
    } else {
        clause
    };
    if !clause.contains(' ') {
        fixed.push_str(clause);
        return;
    }
    let keep = is_list(clause, before, after);
    let characters: Vec<char> = clause.chars().collect();
    for (index, c) in characters.iter().copied().enumerate() {
        if c == ' ' && !keep {
            let left = characters.get(index.wrapping_sub(1)).copied();
            let right = characters.get(index + 1).copied();
            if is_stray(left, right) {
                continue;
            }
        }
        fixed.push(c);
    }
}

/// The length of `第三章 ` or `第五条 ` at the start of a line: that space sets the title off.
fn numbering(line: &str) -> usize {
    let Some((head, _)) = line.split_once(' ') else {
        return 0;
    };
    let short = head.chars().take(8).count() < 8;
    let unit = ["章", "节", "篇", "编", "部分", "单元", "条"]
        .iter()
        .any(|unit| head.ends_with(unit));
    if short && unit && head.starts_with('第') {
        head.len() + 1
    } else {
        0
    }
}

/// Between two Chinese characters, or a Chinese one and a mark that Chinese shares with Latin.
fn is_stray(left: Option<char>, right: Option<char>) -> bool {
    let (Some(left), Some(right)) = (left, right) else {
        return false;
    };
    (is_han(left) && (is_han(right) || is_shared_mark(right)))
        || (is_shared_mark(left) && is_han(right))
}

/// Whether the spaces of a clause separate items. They do if
/// - the last item goes on with words that sum up a list (`这些`, `等地`, `三家`, `分别`, …),
/// - every item is the name of a region,
/// - two neighbouring items are bodies of the same kind (`甲区 乙区关于…`), or
/// - it is a row of four or more short items, or of three or more after a colon, and nothing else.
fn is_list(clause: &str, before: Option<char>, after: Option<char>) -> bool {
    let items: Vec<&str> = clause.split(' ').filter(|item| !item.is_empty()).collect();
    let Some((last, others)) = items.split_last() else {
        return false;
    };
    if others.is_empty() {
        return false;
    }
    let short = |item: &&str| item.chars().take(9).count() <= 8;
    let row = others.iter().all(short) && short(last);
    let whole_line = before.is_none() && after.is_none();
    items_summed_up(&items)
        || items.iter().all(|item| regions::named(item).is_some())
        || same_kind(&items)
        || (row && whole_line && items.len() >= 4)
        || (row && before == Some('：') && items.len() >= 3)
}

/// A list may end in the middle of a clause: `甲 乙 丙这些平台有很多应用 案例`.
fn items_summed_up(items: &[&str]) -> bool {
    items.windows(3).any(|three| match three {
        [first, second, third] => {
            let short = |item: &str| item.chars().take(9).count() <= 8;
            short(first) && short(second) && sums_up(third)
        }
        _ => false,
    })
}

/// Words that sum up a list, near the beginning of its last item.
const SUMMING: [&str; 13] = [
    "这些",
    "这几",
    "等等",
    "等地",
    "等平台",
    "等网站",
    "等公司",
    "等企业",
    "等机构",
    "等部门",
    "等单位",
    "三家",
    "几家",
];

fn sums_up(item: &str) -> bool {
    let head: String = item.chars().take(10).collect();
    SUMMING.iter().any(|word| {
        // Something must stand before it: the name that it follows.
        head.find(word).is_some_and(|at| at > 0)
    })
}

/// What the names of bodies and places end in.
const KINDS: [&str; 14] = [
    "省",
    "市",
    "区",
    "县",
    "镇",
    "局",
    "部",
    "厅",
    "委",
    "办公室",
    "委员会",
    "公司",
    "大学",
    "研究院",
];

fn same_kind(items: &[&str]) -> bool {
    items.windows(2).any(|pair| match pair {
        [left, right] => KINDS.iter().any(|kind| {
            let head: String = right.chars().take(8).collect();
            left.ends_with(kind)
                && left.chars().count() >= 3
                && head.find(kind).is_some_and(|at| at > 3)
        }),
        _ => false,
    })
}
