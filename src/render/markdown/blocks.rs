//! The blocks of a text: what stands side by side in the parallel edition, and can be linked to.
//!
//! In: the events of a page. Out: its [`Block`]s in order, each with the events it is made of.
//! Promise: every event outside of footnotes' definitions belongs to at most one block; the items of
//! a list are blocks of their own; HTML that a person opened in one block and closed in another
//! holds all between the two together.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A quotation or an alert.
    Quote,
    /// A table.
    Table,
    /// A block of code.
    Code,
    /// A chart.
    Chart,
    /// HTML written by hand.
    Html,
    /// A rule between two parts.
    Rule,
}

impl Kind {
    /// Whether a block of this kind can be linked to: the others have no place for an anchor, or
    /// one of their own.
    #[must_use]
    pub fn has_anchor(self) -> bool {
        !matches!(self, Self::Chart | Self::Html | Self::Rule)
    }
}

/// The place of an item in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its number, in a numbered list.
    pub number: Option<u64>,
    /// Whether the list begins with it.
    pub is_first: bool,
    /// Whether the list ends with it.
    pub is_last: bool,
}

/// One block of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// The events it is made of.
    pub events: Range<usize>,
    /// Its place in a list, for an item.
    pub item: Option<Item>,
}

type Located<'a> = (Event<'a>, usize);

/// Finds the blocks among the events of a page.
pub(super) fn blocks(events: &[Located<'_>]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // Elements that HTML has opened and not closed yet; the last block holds them.
    let mut open = 0;
    let mut at = 0;
    while let Some((event, _)) = events.get(at) {
        let end = end_of(events, at);
        if matches!(event, Event::Start(Tag::FootnoteDefinition(_))) {
            at = end;
            continue;
        }
        let was_open = open > 0;
        if let Some(html) = html_in(events.get(at..end).unwrap_or_default()) {
            open = (open + balance(&html)).max(0);
        }
        match (event, blocks.last_mut()) {
            (_, Some(last)) if was_open => last.events.end = end,
            (Event::Start(Tag::List(start)), _) => items(events, at..end, *start, &mut blocks),
            _ => blocks.push(Block {
                kind: kind(event),
                events: at..end,
                item: None,
            }),
        }
        at = end;
    }
    blocks
}

/// The event after the one that closes what `at` opens.
fn end_of(events: &[Located<'_>], at: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, (event, _)) in events.iter().skip(at).enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + offset + 1;
        }
    }
    events.len()
}

fn items(events: &[Located<'_>], list: Range<usize>, start: Option<u64>, blocks: &mut Vec<Block>) {
    let first = blocks.len();
    let mut at = list.start + 1;
    while at + 1 < list.end {
        let end = end_of(events, at);
        let index = blocks.len() - first;
        blocks.push(Block {
            kind: Kind::Item,
            events: at..end,
            item: Some(Item {
                number: start.map(|start| start + index as u64),
                is_first: index == 0,
                is_last: false,
            }),
        });
        at = end;
    }
    if let Some(Block {
        item: Some(item), ..
    }) = blocks.last_mut()
    {
        item.is_last = true;
    }
}

fn kind(event: &Event<'_>) -> Kind {
    match event {
        Event::Start(Tag::Heading { .. }) => Kind::Heading,
        Event::Start(Tag::BlockQuote(_)) => Kind::Quote,
        Event::Start(Tag::Table(_)) => Kind::Table,
        Event::Start(Tag::CodeBlock(code)) if super::events::is_chart(code) => Kind::Chart,
        Event::Start(Tag::CodeBlock(_)) => Kind::Code,
        Event::Start(Tag::HtmlBlock) | Event::Html(_) => Kind::Html,
        Event::Rule => Kind::Rule,
        _ => Kind::Paragraph,
    }
}

/// The HTML of a block that is nothing else.
fn html_in(events: &[Located<'_>]) -> Option<String> {
    matches!(events.first(), Some((Event::Start(Tag::HtmlBlock), _))).then(|| {
        let html = events.iter().filter_map(|(event, _)| match event {
            Event::Html(html) => Some(&**html),
            _ => None,
        });
        html.collect()
    })
}

/// Elements that hold others and always have an end tag.
const HOLDERS: [&str; 19] = [
    "article",
    "aside",
    "audio",
    "blockquote",
    "center",
    "details",
    "div",
    "dl",
    "figure",
    "footer",
    "header",
    "nav",
    "ol",
    "picture",
    "section",
    "svg",
    "table",
    "ul",
    "video",
];

/// How many elements a piece of HTML opens more than it closes.
fn balance(html: &str) -> i32 {
    let mut balance = 0;
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let (step, name) = match rest.strip_prefix('/') {
            Some(name) => (-1, name),
            None => (1, rest),
        };
        let name: String = name
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if HOLDERS.contains(&name.as_str()) {
            balance += step;
        }
    }
    balance
}

/// The words of some events, as a reader sees them: for search, and to compare two languages.
pub(crate) fn text<'e, 'a: 'e>(events: impl IntoIterator<Item = &'e Located<'a>>) -> String {
    let mut text = String::new();
    let mut skipped = 0_usize;
    for (event, _) in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => skipped += 1,
            Event::End(TagEnd::FootnoteDefinition) => skipped = skipped.saturating_sub(1),
            _ if skipped > 0 => {}
            Event::Text(words) | Event::Code(words) => text.push_str(words),
            Event::Html(html) => text.push_str(&without_tags(html)),
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::End(
                TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::CodeBlock,
            ) => {
                text.push(' ');
            }
            _ => {}
        }
    }
    text
}

/// The words of HTML that a person wrote.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = after.split_once('>').map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    for (entity, sign) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, sign);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::{mark, parse};
    use super::*;

    fn kinds(text: &str) -> String {
        let marked = mark(text);
        let parsed = parse(&marked);
        let kinds = parsed
            .blocks
            .iter()
            .map(|block| format!("{:?}", block.kind));
        kinds.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_kind_is_told() {
        assert_eq!(
            kinds(
                "甲\n\n## 乙\n\n- 一\n- 二\n  - 三\n\n> 丙\n\n---\n\n| a |\n|---|\n\n```chart\n```\n\n```\nc\n```\n"
            ),
            "Paragraph Heading Item Item Quote Rule Table Chart Code"
        );
        assert_eq!(kinds("甲[^1]\n\n[^1]: 注\n\n乙"), "Paragraph Paragraph");
    }

    #[test]
    fn html_that_is_open_holds_what_follows() {
        assert_eq!(
            kinds("<div>\n\n甲\n\n- 乙\n\n</div>\n\n丙\n\n<p>丁\n\n戊\n"),
            "Html Paragraph Html Paragraph"
        );
        assert_eq!(kinds("<div>\n\n甲"), "Html");
    }

    #[test]
    fn words_are_what_a_reader_sees() {
        let marked =
            mark("甲**乙**\n[丙](a.md)`丁`<b>戊</b>[^1]\n\n<p>己 &amp; 庚</p>\n\n[^1]: 注");
        let parsed = parse(&marked);
        assert_eq!(text(&parsed.events).trim(), "甲乙\n丙丁戊  己 & 庚");
    }
}
