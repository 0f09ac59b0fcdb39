//! What the search knows of a page.
//!
//! In: a page as it was parsed, a source, a glossary. Out: a [`PageText`]: its title and its texts with their
//! places. Promise: every word that a reader sees is in it, but for the lines of a source that a page
//! of the report has too.
//!
//! A place is `#id` for a heading, `p3` for a block of the section below it, `!id` for any other
//! anchor, or empty for a block without one.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Tag, TagEnd};
use serde::{Serialize, Serializer};

use crate::content::csv;
use crate::content::data::Data;
use crate::content::report::{Page, join};
use crate::lang::Lang;
use crate::render::charts::{self, From};
use crate::render::frame::Frame;
use crate::render::glossary;
use crate::render::lists::ListView;
use crate::render::markdown::blocks::{Block, Kind, text};
use crate::render::markdown::cjk::joins_without_space;
use crate::render::restoration::places::Source;
use crate::render::site::Context;
use crate::render::spots::Spot;
use crate::yaml::Origin;

/// A page in the index.
#[derive(Debug, Default)]
pub(super) struct PageText {
    /// Its address from the site's top.
    pub path: String,
    pub title: String,
    pub description: String,
    /// The language of its text, unless it is that of the index.
    pub tag: &'static str,
    /// Places and texts, one after the other.
    pub blocks: Vec<String>,
}

impl Serialize for PageText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let all = (
            &self.path,
            &self.title,
            &self.description,
            self.tag,
            &self.blocks,
        );
        all.serialize(serializer)
    }
}

/// A page of the report; a listing without a text of its own says nothing that its pages don't say.
pub(super) fn page(context: &Context<'_>, spot: &Spot) -> Option<PageText> {
    let report = context.report;
    let number = report.entries[spot.entry?].shown(spot.lang)?;
    let page = &report.pages[number];
    Some(PageText {
        path: spot.path.clone(),
        title: page.meta.title.clone(),
        description: page.meta.description.clone().unwrap_or_default(),
        tag: if page.lang == spot.lang {
            ""
        } else {
            page.lang.tag()
        },
        blocks: blocks(context, number),
    })
}

/// A page that gathers what others say: its title and, of the glossary, the terms.
pub(super) fn list(context: &Context<'_>, frame: &Frame, list: &ListView) -> PageText {
    let mut blocks = Vec::new();
    if list.kind == glossary::NAME {
        for term in glossary::all(&context.report.glossary, frame.lang) {
            blocks.push(format!("!t{}", term.number));
            blocks.push(format!("{} {} {}", term.name, term.other, term.explanation));
        }
    }
    let words = &frame.site.words;
    let description = words.get(&format!("{}_description", list.kind));
    PageText {
        path: list.path.clone(),
        title: list.title.clone(),
        description: description.cloned().unwrap_or_default(),
        tag: "",
        blocks,
    }
}

/// A page of a source: the lines that no page of the report has.
pub(super) fn source(frame: &Frame, source: &Source<'_>, part: usize) -> Option<PageText> {
    let lines = source.evidence.lines.range(source.parts.get(part)?.clone());
    let alone = lines.filter(|(number, _)| source.place_of(**number).is_none());
    let blocks = alone.flat_map(|(number, line)| {
        let text = one_line(&line.text, Lang::Zh);
        [format!("!L{number}"), text]
    });
    Some(PageText {
        path: source.path(part, frame.lang),
        title: source.title(&frame.site.words),
        description: source.description(&frame.site.words),
        tag: "",
        blocks: blocks.collect(),
    })
}

/// Places and texts, one after the other.
fn blocks(context: &Context<'_>, number: usize) -> Vec<String> {
    let page = &context.report.pages[number];
    let parsed = &context.parsed[number];
    let mut list = Vec::with_capacity(2 * parsed.blocks.len());
    if !page.meta.tags.is_empty() {
        list.extend([String::new(), page.meta.tags.join(" · ")]);
    }
    let anchors = context.pairing.anchors(number);
    for (block, anchor) in parsed.blocks.iter().zip(anchors) {
        let events = parsed.events.get(block.events.clone()).unwrap_or_default();
        let words = match block.kind {
            Kind::Chart => chart(context, page, events),
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

/// What a chart shows: its own title and note, and the names and values of its figures.
fn chart(context: &Context<'_>, page: &Page, events: &[(Event<'_>, usize)]) -> String {
    let (report, lang) = (context.report, page.lang);
    let origin = Origin {
        file: &page.file,
        first_line: 1,
    };
    let Ok(spec) = charts::parse_spec(&text(events), origin) else {
        return String::new();
    };
    let data = match &spec.from {
        From::Named(name) => report.data.get(name).map(|data| figures(data, lang)),
        From::Inline(data) => Some(figures(data, lang)),
        From::Csv(file) => {
            let sheet = report.sheets.get(&join(&page.folder, file));
            let sheet = sheet.and_then(|text| csv::parse(text.as_deref()?, &page.file).ok());
            sheet.map(|data| figures(&data, lang))
        }
    };
    let own = [&spec.title, &spec.note, &spec.source].map(|words| words.get(lang).to_owned());
    let words = own.into_iter().chain(data);
    let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
    words.join("; ")
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
