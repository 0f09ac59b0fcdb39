//! Markdown to events and an outline.
//!
//! In: the [marked](super::cjk::mark) body of a page. Out: [`Parsed`]: the events with their byte
//! positions in the original body, and the headings with their anchors. Promise: anchors are short,
//! unique in the page, the same for the same structure in any language, and independent of the words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::addresses;
use super::blocks::{Block, blocks};
use super::cjk::Marked;

/// A page's Markdown after parsing.
#[derive(Debug)]
pub struct Parsed<'a> {
    /// The events, each with the byte in the original body where it begins.
    pub events: Vec<(Event<'a>, usize)>,
    /// The headings in order.
    pub outline: Vec<Anchor>,
    /// The blocks in order.
    pub blocks: Vec<Block>,
    /// Names given by hand that something else on the page has, and where their headings begin.
    pub doubled: Vec<(String, usize)>,
}

/// A heading that can be linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// Its id in the page.
    pub id: String,
    /// Its level in the page, 2 to 6.
    pub level: u8,
    /// Its place among the headings, `s1-2`: the id, unless that was given by hand.
    pub place: String,
    /// The anchor that GitHub would give it, which links may use too.
    pub github: String,
}

impl Parsed<'_> {
    /// The id that a link's fragment means, if there is such a heading.
    #[must_use]
    pub fn resolve(&self, fragment: &str) -> Option<&str> {
        let wanted = fragment.to_lowercase();
        self.outline
            .iter()
            .find(|anchor| anchor.id == fragment)
            .or_else(|| self.outline.iter().find(|anchor| anchor.github == wanted))
            .or_else(|| self.outline.iter().find(|anchor| anchor.place == fragment))
            .map(|anchor| anchor.id.as_str())
    }

    /// Gives headings other anchors, by their places in the outline.
    pub(crate) fn rename(&mut self, names: &[(usize, String)]) {
        let mut new: BTreeMap<String, &str> = BTreeMap::new();
        for (at, name) in names {
            if let Some(anchor) = self.outline.get_mut(*at) {
                new.insert(std::mem::replace(&mut anchor.id, name.clone()), name);
            }
        }
        for (event, _) in self.events.iter_mut().filter(|_| !new.is_empty()) {
            if let Event::Start(Tag::Heading { id: Some(id), .. }) = event
                && let Some(name) = new.get(&**id)
            {
                *id = (*name).to_owned().into();
            }
        }
    }
}

/// Parses the body of a page.
#[must_use]
pub fn parse<'a>(marked: &'a Marked<'_>) -> Parsed<'a> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let parser = Parser::new_ext(&marked.text, options).into_offset_iter();
    let events = parser
        .map(|(event, range): (Event<'a>, Range<usize>)| {
            let event = if marked.is_marked() {
                unmark(event, marked.marker)
            } else {
                event
            };
            (event, marked.original(range.start))
        })
        .collect();
    let mut events: Vec<(Event<'a>, usize)> = addresses::link(events);
    let (outline, doubled) = outline(&mut events);
    Parsed {
        blocks: blocks(&events),
        events,
        outline,
        doubled,
    }
}

fn unmark(event: Event<'_>, marker: char) -> Event<'_> {
    let clean = |text: CowStr<'_>| -> CowStr<'static> { text.replace(marker, "").into() };
    match event {
        Event::Text(text) if text.contains(marker) => Event::Text(clean(text)),
        Event::Code(text) if text.contains(marker) => Event::Code(clean(text)),
        Event::Html(text) if text.contains(marker) => Event::Html(clean(text)),
        Event::InlineHtml(text) if text.contains(marker) => Event::InlineHtml(clean(text)),
        Event::FootnoteReference(label) => Event::FootnoteReference(clean(label)),
        Event::Start(tag) => Event::Start(unmark_tag(tag, &clean)),
        other => other,
    }
}

fn unmark_tag<'a>(tag: Tag<'a>, clean: &dyn Fn(CowStr<'a>) -> CowStr<'static>) -> Tag<'a> {
    match tag {
        Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        } => Tag::Link {
            link_type,
            dest_url: clean(dest_url),
            title: clean(title),
            id,
        },
        Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        } => Tag::Image {
            link_type,
            dest_url: clean(dest_url),
            title: clean(title),
            id,
        },
        Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(clean(label)),
        other => other,
    }
}

/// Gives every heading its level and anchor.
///
/// The page's title is its only heading of level 1, so a text that has level 1 itself is moved down;
/// a level that skips one is moved up to it.
fn outline(events: &mut [(Event<'_>, usize)]) -> (Vec<Anchor>, Vec<(String, usize)>) {
    let level_of = |event: &Event<'_>| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level as u8),
        _ => None,
    };
    let has_top = events.iter().any(|(event, _)| level_of(event) == Some(1));
    let shift = u8::from(has_top);
    let mut numbering = Numbering::new(events);
    let mut anchors: Vec<Anchor> = Vec::new();
    let mut current: Option<usize> = None;
    let mut text = String::new();
    let mut doubled = Vec::new();
    for (event, byte) in events {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let previous = anchors.last().map_or(1, |anchor| anchor.level);
                let new = (*level as u8 + shift).min(previous + 1).min(6);
                *level = HeadingLevel::try_from(usize::from(new)).unwrap_or(HeadingLevel::H6);
                let (place, anchor) = numbering.anchor(new, id.as_deref());
                if let Some(given) = id.as_deref().filter(|given| *given != anchor) {
                    doubled.push((given.to_owned(), *byte));
                }
                *id = Some(anchor.clone().into());
                current = Some(anchors.len());
                text.clear();
                anchors.push(Anchor {
                    id: anchor,
                    level: new,
                    place,
                    github: String::new(),
                });
            }
            Event::End(TagEnd::Heading(level)) => {
                if let Some(anchor) = current.take().and_then(|at| anchors.get_mut(at)) {
                    *level = HeadingLevel::try_from(usize::from(anchor.level))
                        .unwrap_or(HeadingLevel::H6);
                    anchor.github = numbering.github(&text);
                }
            }
            Event::Text(words) | Event::Code(words) if current.is_some() => text.push_str(words),
            _ => {}
        }
    }
    (anchors, doubled)
}

/// Counts headings: `s1`, `s1-2`, … by their place, so that both languages agree.
struct Numbering {
    counts: [usize; 7],
    used: BTreeSet<String>,
    /// Names given by hand whose heading has come.
    given: BTreeSet<String>,
    github: BTreeMap<String, usize>,
}

impl Numbering {
    /// Ids given by hand (`## Parks {#parks}`) are kept free for their headings.
    fn new(events: &[(Event<'_>, usize)]) -> Self {
        let given = events.iter().filter_map(|(event, _)| match event {
            Event::Start(Tag::Heading { id: Some(id), .. }) => Some(id.to_string()),
            _ => None,
        });
        Self {
            counts: [0; 7],
            used: given.collect(),
            given: BTreeSet::new(),
            github: BTreeMap::new(),
        }
    }

    /// The heading's place and its id.
    fn anchor(&mut self, level: u8, given: Option<&str>) -> (String, String) {
        let level = usize::from(level);
        if let Some(count) = self.counts.get_mut(level) {
            *count += 1;
        }
        for count in self.counts.iter_mut().skip(level + 1) {
            *count = 0;
        }
        let numbers: Vec<String> = self.counts[2..=level.min(6)]
            .iter()
            .map(ToString::to_string)
            .collect();
        let place = format!("s{}", numbers.join("-"));
        if let Some(id) = given
            && !is_reserved(id)
            && self.given.insert(id.to_owned())
        {
            return (place, id.to_owned());
        }
        let mut id = place.clone();
        while !self.used.insert(id.clone()) {
            id.push('x');
        }
        (place, id)
    }

    fn github(&mut self, text: &str) -> String {
        let slug: String = text
            .trim()
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect();
        let earlier = self.github.entry(slug.clone()).or_insert(0);
        let unique = if *earlier == 0 {
            slug
        } else {
            format!("{slug}-{earlier}")
        };
        *earlier += 1;
        unique
    }
}

/// Ids that the page itself has: the text's, those of paragraphs, footnotes and charts.
fn is_reserved(id: &str) -> bool {
    let after = id.rsplit_once('-').map_or(id, |(_, last)| last);
    let is_block = after
        .strip_prefix('p')
        .is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()));
    is_block
        || id == "text"
        || ["fn-", "fnref-", "chart-"]
            .iter()
            .any(|start| id.starts_with(start))
}

/// Whether a link's words are its own address.
pub(super) fn is_autolink(link_type: LinkType) -> bool {
    matches!(link_type, LinkType::Autolink | LinkType::Email)
}
