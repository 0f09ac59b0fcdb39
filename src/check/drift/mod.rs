//! Figures that drift apart: between the Chinese text, the English text and the data.
//!
//! In: the report. Out: a diagnostic for every figure that one says and another does not, with both
//! places and what each says. Promise: blocks are compared with their counterparts, so that one
//! paragraph more in one language sets off nothing else; what may be said in other words
//! (`两个`, `both`) is no difference by itself; each page is read once, and all pages in parallel.

mod alone;
mod beside;
mod blocks;
mod data;
mod enumerated;
mod events;
mod excuse;
mod groups;
mod known;
mod languages;
mod missed;
mod order;
mod origin;
mod pairs;
mod parts;
mod ratios;
mod rivals;
mod shown;
mod side;
mod tables;
mod times;
mod twice;
mod unnamed;
mod words;
mod years;
mod zeros;

use rayon::prelude::*;

use crate::content::Report;
use crate::content::report::Entry;
use crate::diagnostic::{Diagnostic, Severity};
use crate::figures::agree::{agree, same_sort};
use crate::lang::Lang;
use blocks::Block;
use known::Known;
use pairs::Match;
use side::{Read, Side};

/// Compares the figures of all pages; what differs is as bad as `severity` says.
#[must_use]
pub fn compare(report: &Report, severity: Severity) -> Vec<Diagnostic> {
    let known = Known::new(report);
    let found: Vec<Vec<Diagnostic>> = report
        .entries
        .par_iter()
        .map(|entry| page(report, entry, &known, severity))
        .collect();
    let mut diagnostics = languages::compare(report, severity);
    diagnostics.extend(origin::compare(report, &known, severity));
    diagnostics.extend(data::own_titles(report, severity));
    diagnostics.extend(twice::labels(report, severity));
    diagnostics.extend(found.into_iter().flatten());
    diagnostics
}

fn page(report: &Report, entry: &Entry, known: &Known, severity: Severity) -> Vec<Diagnostic> {
    let words = &report.vocabulary;
    let read = |number: Option<usize>| {
        let page = report.pages.get(number?)?;
        Some(Read::new(page, blocks::read(page), words))
    };
    let (zh, en) = (read(entry.zh), read(entry.en));
    let mut diagnostics = Vec::new();
    if let (Some(zh), Some(en)) = (&zh, &en) {
        let original = report.config.languages.first().copied().unwrap_or(Lang::Zh);
        let sides = sides(zh, en);
        let mut found: Vec<Match> = sides
            .iter()
            .map(|(zh, en)| {
                let mut found = pairs::pair(zh, en, original);
                years::other(zh, en, &mut found);
                found
            })
            .collect();
        years::settle(&sides, &mut found, [zh.page.meta.date, en.page.meta.date]);
        for ((zh, en), found) in sides.iter().zip(found) {
            diagnostics.extend(texts(zh, en, found, (known, severity)));
        }
    }
    for read in [&zh, &en].into_iter().flatten() {
        let names = known.of(read.page.lang);
        diagnostics.extend(data::compare(report, read, names, severity));
    }
    for read in [&zh, &en].into_iter().flatten() {
        diagnostics.extend(words::excuses(read));
    }
    if let (Some(_), Some(en)) = (&zh, &en) {
        diagnostics.extend(unnamed::compare(report, en));
    }
    diagnostics
}

/// What is compared with what: block with block where both languages have the same blocks, section
/// with section where they have the same headings, or else page with page.
fn sides<'a>(zh: &'a Read<'a>, en: &'a Read<'a>) -> Vec<(Side<'a>, Side<'a>)> {
    let levels = |read: &Read<'_>| -> Vec<u8> {
        read.text
            .sections
            .iter()
            .map(|section| section.level)
            .collect()
    };
    if levels(zh) != levels(en) {
        return vec![(zh.whole(), en.whole())];
    }
    let sections = zh.text.sections.iter().zip(&en.text.sections).enumerate();
    sections
        .flat_map(|(number, (a, b))| {
            if side::same_kinds(&a.blocks, &b.blocks) {
                let blocks = 0..a.blocks.len();
                blocks
                    .map(|block| (zh.side(number, Some(block)), en.side(number, Some(block))))
                    .collect()
            } else {
                vec![(zh.side(number, None), en.side(number, None))]
            }
        })
        .collect()
}

/// Compares two sides and says what differs and is not excused.
fn texts(
    zh: &Side<'_>,
    en: &Side<'_>,
    found: Match,
    (known, severity): (&Known, Severity),
) -> Vec<Diagnostic> {
    let excuses: Vec<_> = zh
        .blocks
        .iter()
        .chain(&en.blocks)
        .flat_map(|block| &block.excuses)
        .collect();
    let is_excused = |a: Option<usize>, b: Option<usize>| {
        let figures: Vec<_> = [
            a.and_then(|at| zh.said.get(at)),
            b.and_then(|at| en.said.get(at)),
        ]
        .into_iter()
        .flatten()
        .map(|(_, said)| &said.figure)
        .collect();
        // Every excuse that covers it is used, not the first alone.
        excuses
            .iter()
            .filter(|excuse| excuse.covers(&figures))
            .count()
            > 0
    };
    let mut diagnostics = Vec::new();
    let (none_first, none_second) = zeros::contradicted(zh, en, &found);
    for (side, other, at) in [(zh, en, none_first), (en, zh, none_second)] {
        let (a, b) = if side.read.page.lang == Lang::Zh {
            (at, None)
        } else {
            (None, at)
        };
        if let Some(at) = at.filter(|_| !is_excused(a, b)) {
            diagnostics.push(words::missing(side, at, other, severity));
        }
    }
    let named = named(zh, en, known);
    for (a, b) in &named {
        if !found.differing.contains(&(*a, *b)) && !is_excused(Some(*a), Some(*b)) {
            diagnostics.push(words::differ(zh, *a, en, *b, severity));
        }
    }
    let mut swaps = order::swaps(zh, en, &found.agreed);
    let is_new = |swap: &order::Swap| {
        let known = |pair| swaps.iter().any(|other| other.a == pair || other.b == pair);
        !known(swap.a) && !known(swap.b)
    };
    let of_years: Vec<_> = times::swaps(zh, en, &found.agreed)
        .into_iter()
        .filter(is_new)
        .collect();
    swaps.extend(of_years);
    for (a, b) in ratios::turned(zh, en) {
        let is_said = swaps.iter().any(|swap| swap.a.0 == a);
        if !is_said && !is_excused(Some(a), Some(b)) {
            diagnostics.push(words::turned(zh, a, en, b, severity));
        }
    }
    for swap in swaps {
        let said = named.iter().any(|(a, _)| [swap.a.0, swap.b.0].contains(a));
        let is_meant = [swap.a, swap.b]
            .iter()
            .any(|(a, b)| is_excused(Some(*a), Some(*b)));
        if !said && !is_meant {
            diagnostics.push(words::swapped(zh, en, swap, severity));
        }
    }
    for contrary in beside::contrary(zh, en, &found.agreed) {
        let (a, b) = contrary.pair;
        if !is_excused(Some(a), Some(b)) {
            diagnostics.push(words::contrary(zh, en, &contrary, severity));
        }
    }
    for (a, b) in found.differing {
        if !is_excused(Some(a), Some(b)) {
            diagnostics.push(words::differ(zh, a, en, b, severity));
        }
    }
    for a in found.only_first {
        if !is_excused(Some(a), None) {
            diagnostics.push(words::missing(zh, a, en, severity));
        }
    }
    for b in found.only_second {
        if !is_excused(None, Some(b)) {
            diagnostics.push(words::missing(en, b, zh, severity));
        }
    }
    diagnostics
}

/// Figures said of the same region in both languages that are not the same: 甲 and 乙 changed places.
fn named(zh: &Side<'_>, en: &Side<'_>, known: &Known) -> Vec<(usize, usize)> {
    let ([block], [other]) = (zh.blocks.as_slice(), en.blocks.as_slice()) else {
        return Vec::new();
    };
    if zh.said.len() < 2 || en.said.len() < 2 {
        return Vec::new();
    }
    let bind = |side: &Side<'_>, block: &Block, lang| {
        let said: Vec<_> = side.said.iter().map(|(_, said)| (*said).clone()).collect();
        let bounds = side::bind(block, lang, &said, known.of(lang));
        known::once(&bounds)
    };
    let (first, second) = (bind(zh, block, Lang::Zh), bind(en, other, Lang::En));
    // One region alone may be named with two different figures; an enumeration is about one thing.
    if first.len() < 2 || second.len() < 2 {
        return Vec::new();
    }
    first
        .into_iter()
        .filter_map(|(region, a)| Some((a, *second.get(&region)?)))
        .filter(|(a, b)| {
            let said = (zh.said.get(*a), en.said.get(*b));
            matches!(said, (Some((_, x)), Some((_, y)))
                if same_sort(&x.figure, &y.figure) && !agree(&x.figure, &y.figure))
        })
        .collect()
}
