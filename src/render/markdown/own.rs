//! The anchor of a block and the link to it, while the block is written.
//!
//! In: a block, its anchor, and its events one after another. Out: start tags with ids, and the place
//! where the permalink belongs: the end of the block's first lines.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::blocks::{Block, Kind};
use super::footnotes::escape;

/// What is still to be written of a block's own anchor.
#[derive(Default)]
pub(super) struct Own {
    kind: Option<Kind>,
    anchor: String,
    is_started: bool,
    /// Headings, links and code that are open: no term is explained inside one.
    closed_to_terms: usize,
    /// Blocks of code that are open: there are no tags inside one.
    closed_to_tags: usize,
    /// Headings that are open.
    headings: usize,
    /// Terms are explained in the text itself, not in its notes.
    is_text: bool,
    /// The anchor to link to, and the theme's word for the link.
    pub permalink: Option<(String, &'static str)>,
}

impl Own {
    pub(super) fn new(block: Option<(&Block, &str)>, permalinks: bool) -> Self {
        let Some((block, anchor)) = block else {
            return Self::default();
        };
        let word = match block.kind {
            Kind::Heading => Some("permalink_heading"),
            Kind::Paragraph | Kind::Item | Kind::Quote => Some("permalink"),
            _ => None,
        };
        Self {
            kind: Some(block.kind),
            anchor: anchor.to_owned(),
            is_started: false,
            is_text: true,
            permalink: word
                .filter(|_| permalinks && !anchor.is_empty())
                .map(|word| (anchor.to_owned(), word)),
            ..Self::default()
        }
    }

    /// Takes note of what an event opens or closes.
    pub(super) fn enter(&mut self, event: &Event<'_>) {
        let (tag, opens) = match event {
            Event::Start(tag) => (tag.to_end(), true),
            Event::End(tag) => (*tag, false),
            _ => return,
        };
        let (terms, tags, heading) = match tag {
            TagEnd::Heading(_) => (true, false, true),
            TagEnd::Link => (true, false, false),
            TagEnd::CodeBlock => (true, true, false),
            _ => return,
        };
        let open = [
            (terms, &mut self.closed_to_terms),
            (tags, &mut self.closed_to_tags),
            (heading, &mut self.headings),
        ];
        for (_, count) in open.into_iter().filter(|(concerned, _)| *concerned) {
            *count = if opens {
                *count + 1
            } else {
                count.saturating_sub(1)
            };
        }
    }

    /// Whether a term may be explained here.
    pub(super) fn takes_terms(&self) -> bool {
        self.is_text && self.closed_to_terms == 0
    }

    /// Whether tags may stand here.
    pub(super) fn takes_tags(&self) -> bool {
        self.closed_to_tags == 0
    }

    /// Whether this is part of a heading.
    pub(super) fn is_heading(&self) -> bool {
        self.headings > 0 && self.closed_to_tags == 0
    }

    /// The attribute with the anchor, once.
    pub(super) fn id(&mut self) -> String {
        self.is_started = true;
        match std::mem::take(&mut self.anchor) {
            anchor if anchor.is_empty() => String::new(),
            anchor => format!(" id=\"{}\"", escape(&anchor)),
        }
    }

    /// The first tag of a paragraph, an item or a quotation with an anchor.
    pub(super) fn start(&mut self, event: &Event<'_>) -> Option<String> {
        if self.is_started || self.anchor.is_empty() {
            return None;
        }
        let tag = match (self.kind?, event) {
            (Kind::Paragraph, Event::Start(Tag::Paragraph)) => "p",
            (Kind::Item, Event::Start(Tag::Item)) => "li",
            (Kind::Quote, Event::Start(Tag::BlockQuote(None))) => "blockquote",
            _ => return None,
        };
        let end = if tag == "blockquote" { "\n" } else { "" };
        Some(format!("<{tag}{}>{end}", self.id()))
    }

    /// The id of a heading: the block's own, or else one that differs from those of other texts.
    pub(super) fn heading_id(&mut self, id: &str, prefix: &str) -> String {
        if self.kind == Some(Kind::Heading) {
            self.is_started = true;
            return std::mem::take(&mut self.anchor);
        }
        format!("{prefix}{id}")
    }

    /// Whether the first lines of the block end with this event.
    pub(super) fn ends_with(&self, event: &Event<'_>) -> bool {
        self.permalink.is_some()
            && matches!(
                event,
                Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_))
                    | Event::Start(Tag::List(_))
            )
    }
}

fn deeper_level(level: HeadingLevel, deeper: u8) -> HeadingLevel {
    let level = (level as u8 + deeper).min(6);
    HeadingLevel::try_from(usize::from(level)).unwrap_or(HeadingLevel::H6)
}

/// The end of a heading that stands so many levels deeper.
pub(super) fn deeper_end<'e>(event: &Event<'e>, deeper: u8) -> Event<'e> {
    match event {
        Event::End(TagEnd::Heading(level)) => {
            Event::End(TagEnd::Heading(deeper_level(*level, deeper)))
        }
        other => other.clone(),
    }
}

/// The start of a heading with another id, without one if it is empty; so many levels deeper.
pub(super) fn with_id<'e>(event: &Event<'e>, id: &str, deeper: u8) -> Event<'e> {
    match event.clone() {
        Event::Start(Tag::Heading {
            level,
            classes,
            attrs,
            ..
        }) => Event::Start(Tag::Heading {
            level: deeper_level(level, deeper),
            id: (!id.is_empty()).then(|| id.to_owned().into()),
            classes,
            attrs,
        }),
        other => other,
    }
}
