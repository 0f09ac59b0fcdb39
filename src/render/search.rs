//! The search index: the text of every page, once, as classic scripts that load from a folder too.
//!
//! In: all pages as they were parsed. Out: `assets/search.<lang>.js`, and `assets/search.<lang>.2.js`
//! and so on when a language has more than [`PART`] of text; the reader's browser loads them one
//! after another, and searches in what has come. Promise: every word that a reader sees is in it,
//! title and description included; the same pages give the same bytes.
//!
//! A part is a call, `mingwen.found("zh", number, count, pages)`. A page is
//! `[path, title, description, tag, blocks]`, where `tag` is empty unless the text is in another
//! language, and `blocks` are pairs of strings: a place and a text. A place is `#id` for a heading,
//! `p3` for a block of the section below it, `!id` for any other anchor, or empty for a block without
//! one.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Tag, TagEnd};
use rayon::prelude::*;

use crate::content::data::Data;
use crate::content::report::Page;
use crate::error::Result;
use crate::lang::Lang;
use crate::render::charts::{self, From};
use crate::render::markdown::blocks::{Block, Kind, text};
use crate::render::markdown::cjk::joins_without_space;
use crate::render::page::Spot;
use crate::render::site::{Context, Sink};
use crate::yaml::Origin;

/// The most bytes that one part holds, unless a single page has more.
const PART: usize = 2 << 20;

/// Hands the index of every language to the sink.
pub(super) fn put(context: &Context<'_>, spots: &[Spot], sink: &dyn Sink) -> Result<()> {
    for frame in &context.frames {
        let of_lang: Vec<&Spot> = spots
            .iter()
            .filter(|spot| spot.lang == frame.lang)
            .collect();
        let pages: Vec<String> = of_lang
            .par_iter()
            .filter_map(|spot| page(context, spot))
            .collect();
        let parts = parts(&pages);
        for (number, part) in parts.iter().enumerate() {
            let lang = frame.lang.code();
            let path = match number {
                0 => format!("assets/search.{lang}.js"),
                _ => format!("assets/search.{lang}.{}.js", number + 1),
            };
            let (count, part) = (parts.len(), part.join(",\n"));
            let script = format!("mingwen.found(\"{lang}\",{number},{count},[\n{part}\n]);\n");
            sink.put(&path, script.as_bytes())?;
        }
    }
    Ok(())
}

/// The pages in order, in as few parts as their sizes allow; at least one.
fn parts(pages: &[String]) -> Vec<&[String]> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut size = 0;
    for (at, page) in pages.iter().enumerate() {
        if size > 0 && size + page.len() > PART {
            parts.push(&pages[start..at]);
            (start, size) = (at, 0);
        }
        size += page.len();
    }
    parts.push(&pages[start..]);
    parts
}

/// A page as JSON; a listing without a text of its own says nothing that its pages don't say.
fn page(context: &Context<'_>, spot: &Spot) -> Option<String> {
    let report = context.report;
    let number = report.entries[spot.entry?].shown(spot.lang)?;
    let page = &report.pages[number];
    let tag = if page.lang == spot.lang {
        ""
    } else {
        page.lang.tag()
    };
    let view = (
        &spot.path,
        &page.meta.title,
        page.meta.description.as_deref().unwrap_or_default(),
        tag,
        blocks(context, number),
    );
    serde_json::to_string(&view).ok()
}

/// Places and texts, one after the other.
fn blocks(context: &Context<'_>, number: usize) -> Vec<String> {
    let page = &context.report.pages[number];
    let parsed = &context.parsed[number];
    let mut list = Vec::with_capacity(2 * parsed.blocks.len());
    let anchors = context.pairing.anchors(number);
    for (block, anchor) in parsed.blocks.iter().zip(anchors) {
        let events = parsed.events.get(block.events.clone()).unwrap_or_default();
        let words = match block.kind {
            Kind::Chart => chart(context, events, page.lang),
            _ => one_line(&text(events), page.lang),
        };
        if !words.is_empty() {
            list.push(place(block, anchor));
            list.push(words);
        }
    }
    for name in &page.meta.charts {
        if let Some(data) = context.report.data.get(name) {
            list.extend([String::new(), figures(data, page.lang)]);
        }
    }
    list.extend(notes(&parsed.events, page));
    list
}

fn place(block: &Block, anchor: &str) -> String {
    if block.kind == Kind::Heading {
        return format!("#{anchor}");
    }
    let own = anchor.rsplit_once('-').map_or(anchor, |(_, own)| own);
    own.to_owned()
}

/// What a chart shows: its title, and the names and values of its figures.
fn chart(context: &Context<'_>, events: &[(Event<'_>, usize)], lang: Lang) -> String {
    let origin = Origin {
        file: std::path::Path::new(""),
        first_line: 1,
    };
    let spec = charts::parse_spec(&text(events), origin).ok();
    let data = spec.as_ref().and_then(|spec| match &spec.from {
        From::Named(name) => context.report.data.get(name),
        From::Inline(data) => Some(&**data),
        From::Csv(_) => None,
    });
    data.map_or_else(String::new, |data| figures(data, lang))
}

fn figures(data: &Data, lang: Lang) -> String {
    let mut words = vec![data.title().get(lang).to_owned()];
    match data {
        Data::Series(series) => {
            let values = series.values.iter();
            words.extend(values.map(|value| format!("{} {}", value.label.get(lang), value.value)));
        }
        Data::Events(events) => words.extend(events.events.iter().map(|event| {
            let (label, issuer) = (event.label.get(lang), event.issuer.get(lang));
            let (day, region) = (crate::dates::date(event.date, lang), event.region.get(lang));
            format!("{day} {region} {issuer} {label}")
        })),
        Data::Table(table) => words.extend(table.rows.iter().map(|row| {
            let values = row.values.iter().flatten().map(f64::to_string);
            let values: Vec<String> = values.collect();
            format!("{} {}", row.label.get(lang), values.join(" "))
        })),
        Data::Groups(groups) => words.extend(groups.groups.iter().map(|group| {
            let members: Vec<&str> = group.members.iter().map(|one| one.get(lang)).collect();
            format!("{} {}", group.label.get(lang), members.join(" "))
        })),
    }
    one_line(&words.join("; "), lang)
}

/// The footnotes with the anchors that their numbers give them.
fn notes(events: &[(Event<'_>, usize)], page: &Page) -> Vec<String> {
    let mut definitions: BTreeMap<&str, std::ops::Range<usize>> = BTreeMap::new();
    let mut mentions: Vec<(usize, &str)> = Vec::new();
    let mut open: Option<(&str, usize)> = None;
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => open = Some((label, at + 1)),
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((label, start)) = open.take() {
                    definitions.entry(label).or_insert(start..at);
                }
            }
            // Those in the text are numbered before those in other notes.
            Event::FootnoteReference(label) => mentions.push((usize::from(open.is_some()), label)),
            _ => {}
        }
    }
    mentions.sort_by_key(|(is_inside, _)| *is_inside);
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut list = Vec::new();
    for (_, label) in mentions {
        let number = numbers.len() + 1;
        if let (std::collections::btree_map::Entry::Vacant(free), Some(range)) =
            (numbers.entry(label), definitions.get(label))
        {
            free.insert(number);
            let words = text(events.get(range.clone()).unwrap_or_default());
            list.push(format!("!fn-{number}"));
            list.push(one_line(&words, page.lang));
        }
    }
    list
}

/// A text in one line: a break between two Chinese lines is none, any other white space is one space.
fn one_line(text: &str, lang: Lang) -> String {
    let mut line = String::with_capacity(text.len());
    let mut space: Option<bool> = None;
    for c in text.chars() {
        if c.is_whitespace() {
            space = Some(space.unwrap_or(false) || c == '\n');
            continue;
        }
        if let Some(is_break) = space.take() {
            let before = line.chars().next_back();
            if before.is_some() && !(is_break && joins_without_space(before, Some(c), lang)) {
                line.push(' ');
            }
        }
        line.push(c);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_as_the_page_shows_them() {
        assert_eq!(one_line(" 甲\n乙 丙\nb\n c ", Lang::Zh), "甲乙 丙 b c");
    }

    #[test]
    fn parts_hold_whole_pages() {
        let pages = vec![
            "a".repeat(PART),
            "b".into(),
            "c".repeat(PART - 1),
            "d".into(),
        ];
        let sizes: Vec<usize> = parts(&pages).iter().map(|part| part.len()).collect();
        assert_eq!(sizes, [1, 2, 1]);
        assert_eq!(parts(&[]).len(), 1);
    }

    #[test]
    fn notes_have_the_numbers_of_the_page() {
        let marked =
            crate::render::markdown::mark("甲[^b]\n\n[^a]: 一\n[^b]: 二[^c]\n[^c]: 三\n\n乙[^a]");
        let parsed = crate::render::markdown::parse(&marked);
        let page = Page {
            lang: Lang::Zh,
            file: "a.zh.md".into(),
            folder: String::new(),
            stem: "a".into(),
            meta: crate::content::front_matter::FrontMatter::default(),
            text: String::new(),
            body_start: 0,
            body_line: 1,
        };
        let notes = notes(&parsed.events, &page).join(" ");
        assert_eq!(notes, "!fn-1 二 !fn-2 一 !fn-3 三");
    }
}
