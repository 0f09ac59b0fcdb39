//! Ratios and scores that are said the other way round: 1比3 and `3:1`.
//!
//! In: two sides. Out: the first figures of two ratios, one in each language, of which each is the other turned
//! round. Promise: where a game was lost, English may name the winner's score first; linear but for the
//! few ratios of a block.

use super::side::{Said, Side};
use crate::figures::Value;
use crate::figures::agree::agree;
use crate::lang::Lang;

/// As many ratios of a block are compared.
const MOST: usize = 20;

/// Finds ratios that are turned round.
pub fn turned(zh: &Side<'_>, en: &Side<'_>) -> Vec<(usize, usize)> {
    let first = ratios(zh);
    if first.is_empty() {
        return Vec::new();
    }
    let second = ratios(en);
    let mut found = Vec::new();
    for a in &first {
        let same = |b: &&usize| is_same(zh, en, (*a, a + 1), (**b, *b + 1));
        let other = |b: &&usize| is_same(zh, en, (*a, a + 1), (*b + 1, **b));
        if second.iter().any(|b| same(&b)) || is_lost(zh, *a) {
            continue;
        }
        if let Some(b) = second.iter().find(other)
            && !is_lost(en, *b)
        {
            found.push((*a, *b));
        }
    }
    found
}

/// The places of the first numbers of ratios.
fn ratios(side: &Side<'_>) -> Vec<usize> {
    let pairs = side.said.windows(2).enumerate();
    let is_ratio = |pair: &[(usize, &Said)]| match pair {
        [(block, a), (other, b)] if block == other => {
            let text = side.blocks.get(*block).map(|block| block.text.as_str());
            let gap = text.and_then(|text| text.get(a.figure.place.end..b.figure.place.start));
            let amounts = [a, b]
                .iter()
                .all(|said| matches!(said.figure.value, Value::Amount(_)));
            amounts && gap.is_some_and(|gap| joins(gap.trim(), side.read.page.lang))
        }
        _ => false,
    };
    pairs
        .filter(|(_, pair)| is_ratio(pair))
        .map(|(at, _)| at)
        .take(MOST)
        .collect()
}

fn joins(gap: &str, lang: Lang) -> bool {
    match lang {
        Lang::Zh => matches!(gap, "比" | ":" | "：" | "∶" | "-" | "–" | "—"),
        Lang::En => matches!(gap, ":" | "∶" | "-" | "–" | "to"),
    }
}

fn is_same(zh: &Side<'_>, en: &Side<'_>, (a, b): (usize, usize), (x, y): (usize, usize)) -> bool {
    let get = |side: &Side<'_>, at: usize| side.said.get(at).map(|(_, said)| said.figure.clone());
    let (Some(a), Some(b), Some(x), Some(y)) = (get(zh, a), get(zh, b), get(en, x), get(en, y))
    else {
        return false;
    };
    agree(&a, &x) && agree(&b, &y) && !agree(&a, &b)
}

/// Whether the sentence says that a game was lost.
fn is_lost(side: &Side<'_>, at: usize) -> bool {
    let Some((block, said)) = side.said.get(at) else {
        return false;
    };
    let text = side
        .blocks
        .get(*block)
        .map_or("", |block| block.text.as_str());
    let before = text.get(..said.figure.place.start).unwrap_or_default();
    let after = text.get(said.figure.place.end..).unwrap_or_default();
    let is_mark = |c: &char| "，。；,.;".contains(*c);
    let lead: String = before
        .chars()
        .rev()
        .take(40)
        .take_while(|c| !is_mark(c))
        .collect();
    let tail = after.chars().take(40).take_while(|c| !is_mark(c));
    let near: String = lead.chars().rev().chain(tail).collect();
    let near = near.to_lowercase();
    let words: &[&str] = match side.read.page.lang {
        Lang::Zh => &["负", "输", "败", "不敌"],
        Lang::En => &["lost", "lose", "losing", "beaten", "defeat", "went down"],
    };
    words.iter().any(|word| near.contains(word))
}
