//! Events to HTML.
//!
//! In: a page's [`Parsed`] events, its [`Links`] and the [`Form`] that its edition wants. Out:
//! [`Rendered`], block by block. Promise: valid HTML without inline styles; every link resolved or
//! reported; soft line breaks between Chinese lines leave no space; footnotes lead there and back.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd, html};

use super::blocks::{Block, Item};
use super::cjk::joins_without_space;
use super::events::{
    BREAK, Broken, always_alike, chart_block, code_start, first_char, inline_html, is_alone,
    is_chart, last_char, picture_words, tree,
};
use super::footnotes::Footnotes;
use super::links::Links;
use super::own::{Own, deeper_end, with_id};
use super::parse::{Parsed, is_autolink};
use super::raw::RawHtml;
use super::runs::runs;
use super::table::Table;
use crate::diagnostic::{Diagnostic, Lines};
use crate::lang::Lang;
use crate::render::glossary::Terms;
use crate::render::titles::breakable;
use crate::render::views::Heading;

/// What a page became.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The HTML of each block of the text, in order; a list's item without the list around it.
    pub blocks: Vec<String>,
    /// The list of footnotes.
    pub notes: String,
    /// What comes between the text and its footnotes.
    pub tail: Vec<String>,
    /// The terms that were marked, by their index in the glossary.
    pub terms: Vec<usize>,
    /// Its headings as a tree.
    pub headings: Vec<Heading>,
    /// What is wrong with the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Rendered {
    /// The whole text.
    #[must_use]
    pub fn html(&self, parsed: &Parsed<'_>) -> String {
        let length: usize = self.blocks.iter().map(String::len).sum();
        let mut out = String::with_capacity(length + self.notes.len() + 64);
        for (block, html) in parsed.blocks.iter().zip(&self.blocks) {
            match block.item {
                Some(item) => {
                    if item.is_first {
                        out.push_str(&list_start(item));
                    }
                    out.push_str(html);
                    if item.is_last {
                        out.push_str(list_end(item));
                    }
                }
                None => out.push_str(html),
            }
        }
        out.extend(self.tail.iter().map(String::as_str));
        out.push_str(&self.notes);
        out
    }

    /// One block, complete by itself: an item in a list of its own, which goes on counting.
    #[must_use]
    pub fn block(&self, parsed: &Parsed<'_>, index: usize) -> String {
        let html = self.blocks.get(index).map_or("", String::as_str);
        match parsed.blocks.get(index).and_then(|block| block.item) {
            Some(item) => format!("{}{html}{}", list_start(item), list_end(item)),
            None => html.to_owned(),
        }
    }
}

fn list_start(item: Item) -> String {
    match item.number {
        Some(1) => "<ol>\n".into(),
        Some(number) => format!("<ol start=\"{number}\">\n"),
        None => "<ul>\n".into(),
    }
}

fn list_end(item: Item) -> &'static str {
    match item.number {
        Some(_) => "</ol>\n",
        None => "</ul>\n",
    }
}

/// How a text is to be written: which anchors it has, and how they differ from those of other texts
/// on the same page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Form<'a> {
    /// The anchor of each block; empty for a block that gets none.
    pub anchors: &'a [String],
    /// What every other id begins with: those of footnotes, and of headings inside other blocks.
    pub prefix: &'a str,
    /// Whether headings and paragraphs get links to themselves.
    pub permalinks: bool,
    /// The terms to mark, and the address of the page that explains them.
    pub terms: Option<(&'a Terms, &'a str)>,
    /// How many levels deeper the headings stand.
    pub deeper: u8,
    /// The number of the first chart, so that ids differ from those of other texts.
    pub first_chart: usize,
}

/// Draws the charts that stand in a text.
pub trait Charts: Sync {
    /// The figure for a `chart` block that begins on `line` of the page's file, as HTML.
    /// `occurrence` counts the charts of the page from 0, so that ids differ.
    ///
    /// # Errors
    /// What can't be drawn, with its place.
    fn block(&self, spec: &str, line: usize, occurrence: usize) -> Result<String, Vec<Diagnostic>>;
}

/// The theme's words in the language of the text.
pub type Words = BTreeMap<String, String>;

/// Writes the HTML of a page.
#[must_use]
pub fn render(
    parsed: &Parsed<'_>,
    links: &Links<'_>,
    charts: &dyn Charts,
    words: &Words,
    form: Form<'_>,
) -> Rendered {
    let mut writer = Writer {
        links,
        charts,
        words,
        form,
        definitions: BTreeMap::new(),
        footnotes: Footnotes::new(form.prefix),
        diagnostics: Vec::new(),
        drawn: form.first_chart,
        pictures: 0,
        headings: Vec::new(),
        lines: OnceCell::new(),
        terms: Vec::new(),
    };
    writer.doubled(&parsed.doubled);
    writer.undefined(&parsed.events);
    writer.define_footnotes(&parsed.events);
    let blocks = parsed.blocks.iter().enumerate().map(|(index, block)| {
        let events = parsed.events.get(block.events.clone()).unwrap_or_default();
        let anchor = form.anchors.get(index).map_or("", String::as_str);
        writer.write(&without_definitions(events), Some((block, anchor)))
    });
    let blocks = blocks.collect();
    Rendered {
        blocks,
        notes: writer.notes(),
        tail: Vec::new(),
        terms: writer.terms,
        headings: tree(writer.headings),
        diagnostics: writer.diagnostics,
    }
}

/// The events of a block but for those of footnotes that are written inside it.
fn without_definitions<'e, 'a>(events: &'e [(Event<'a>, usize)]) -> Vec<Located<'e, 'a>> {
    let mut inside = false;
    let keep = |located: &&(Event<'a>, usize)| {
        let was_inside = inside;
        match located.0 {
            Event::Start(Tag::FootnoteDefinition(_)) => inside = true,
            Event::End(TagEnd::FootnoteDefinition) => inside = false,
            _ => {}
        }
        !was_inside && !inside
    };
    events.iter().filter(keep).collect()
}

pub(super) type Located<'e, 'a> = &'e (Event<'a>, usize);

/// A page while it is written.
pub(super) struct Writer<'e, 'a> {
    pub links: &'e Links<'e>,
    pub charts: &'e dyn Charts,
    words: &'e Words,
    form: Form<'e>,
    /// The events inside each footnote, and the byte where it begins.
    pub definitions: BTreeMap<String, (Vec<Located<'e, 'a>>, usize)>,
    pub footnotes: Footnotes,
    pub diagnostics: Vec<Diagnostic>,
    /// Charts drawn so far.
    pub drawn: usize,
    /// Pictures written so far.
    pub pictures: usize,
    headings: Vec<Heading>,
    /// The terms that were marked.
    terms: Vec<usize>,
    /// Where the lines of the body begin, once a place is asked for.
    lines: OnceCell<Lines<'e>>,
}

impl<'e, 'a: 'e> Writer<'e, 'a> {
    pub(super) fn word(&self, key: &str) -> &'e str {
        self.words.get(key).map_or("", String::as_str)
    }

    /// Line and column in the file of a byte in the body.
    pub(super) fn place(&self, byte: usize) -> (usize, usize) {
        let page = self.links.page;
        let lines = self.lines.get_or_init(|| Lines::new(page.body()));
        let (line, column) = lines.line_column(byte);
        (page.body_line + line - 1, column)
    }

    /// A piece of text with its terms marked, if it mentions one for the first time.
    fn with_terms(&mut self, text: &str) -> Option<Event<'e>> {
        let (terms, address) = self.form.terms?;
        let html = terms.mark(text, address, &mut self.terms)?;
        Some(Event::InlineHtml(html.into()))
    }

    /// Writes a piece of text: what is in the other language said to be, terms marked where they may
    /// be, in a heading with places to break at.
    fn text(&mut self, event: &Event<'e>, text: &str, own: &Own, ready: &mut Vec<Event<'e>>) {
        let lang = self.links.page.lang;
        let runs = match runs(text, lang) {
            Some(runs) if own.takes_tags() => runs,
            _ => vec![(text, None)],
        };
        let is_all = runs.len() == 1;
        for (run, other) in runs {
            if let Some(other) = other {
                ready.push(Event::Html(
                    format!("<span lang=\"{}\">", other.tag()).into(),
                ));
            }
            let marked = if own.takes_terms() {
                self.with_terms(run)
            } else {
                None
            };
            match marked {
                Some(marked) => ready.push(marked),
                None if own.is_heading() && lang == Lang::Zh => {
                    for (number, part) in breakable(run).into_iter().enumerate() {
                        if number > 0 {
                            ready.push(Event::Html(BREAK.into()));
                        }
                        ready.push(Event::Text(part.to_owned().into()));
                    }
                }
                None if is_all => ready.push(event.clone()),
                None => ready.push(Event::Text(run.to_owned().into())),
            }
            if other.is_some() {
                ready.push(Event::Html("</span>".into()));
            }
        }
    }

    fn note_heading(&mut self, level: u8, id: String, events: &[Event<'_>]) {
        self.headings.push(Heading {
            id,
            html: inline_html(events),
            level,
            children: Vec::new(),
        });
    }

    /// Writes some events: those of a block with its anchor, or those of a footnote.
    pub(super) fn write(
        &mut self,
        events: &[Located<'e, 'a>],
        block: Option<(&Block, &str)>,
    ) -> String {
        let mut ready: Vec<Event<'e>> = Vec::with_capacity(events.len());
        let mut before: Option<char> = None;
        let mut table = Table::default();
        let mut heading: Option<(u8, String, usize)> = None;
        let mut broken = Broken::default();
        let mut raw = RawHtml::default();
        let mut own = Own::new(block, self.form.permalinks);
        let mut is_address = false;
        let mut at = 0;
        while let Some((event, byte)) = events.get(at).copied() {
            at += 1;
            if let Some(start) = own.start(event) {
                ready.push(Event::Html(start.into()));
                continue;
            }
            if own.ends_with(event)
                && let Some((anchor, word)) = own.permalink.take()
            {
                ready.push(self.permalink(&anchor, word));
            }
            own.enter(event);
            match event {
                Event::Start(Tag::CodeBlock(kind)) if is_chart(kind) => {
                    let (spec, length) = chart_block(&events[at..]);
                    at += length;
                    ready.push(self.chart(&spec, *byte));
                }
                Event::SoftBreak => {
                    let after = first_char(&events[at..]);
                    if !joins_without_space(before, after, self.links.page.lang) {
                        ready.push(Event::SoftBreak);
                    }
                }
                Event::FootnoteReference(label) => {
                    ready.push(Event::InlineHtml(self.footnotes.mention(label).into()));
                }
                Event::Html(html) => {
                    ready.push(Event::Html(self.raw(&mut raw, html, *byte).into()));
                }
                Event::InlineHtml(html) => {
                    ready.push(Event::InlineHtml(self.raw(&mut raw, html, *byte).into()));
                }
                Event::TaskListMarker(done) => ready.push(self.task(*done)),
                Event::Start(Tag::Heading { level, id, .. }) => {
                    let id = own.heading_id(id.as_deref().unwrap_or_default(), self.form.prefix);
                    ready.push(with_id(event, &id, self.form.deeper));
                    heading = Some((*level as u8, id, ready.len()));
                }
                Event::End(TagEnd::Heading(_)) => {
                    if let Some((level, id, from)) = heading.take() {
                        self.note_heading(level, id, ready.get(from..).unwrap_or_default());
                    }
                    ready.push(deeper_end(event, self.form.deeper));
                }
                Event::Text(_) if is_address => ready.push(event.clone()),
                Event::Text(text) => self.text(event, text, &own, &mut ready),
                Event::Start(Tag::Link { link_type, .. }) if is_autolink(*link_type) => {
                    is_address = true;
                    ready.push(event.clone());
                    ready.push(Event::Html("<span class=\"address\">".into()));
                }
                Event::End(TagEnd::Link) if is_address => {
                    is_address = false;
                    ready.push(Event::Html("</span>".into()));
                    ready.push(event.clone());
                }
                Event::Start(Tag::Link { .. }) => {
                    ready.push(broken.start(self.link(event, *byte)));
                }
                Event::End(TagEnd::Link) => ready.push(broken.end(event)),
                Event::Start(Tag::Image {
                    dest_url, title, ..
                }) => {
                    let (words, length) = picture_words(&events[at..]);
                    let is_alone = is_alone(events, at - 1, at + length);
                    at += length;
                    let html = self.picture((dest_url, *byte), title, &words, is_alone);
                    ready.push(Event::InlineHtml(html.into()));
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    ready.push(Event::Html(code_start(kind, &own.id()).into()));
                }
                Event::Start(Tag::BlockQuote(Some(kind))) => {
                    ready.push(self.alert_start(*kind, &own.id()));
                }
                _ => {
                    let html = always_alike(event).map(CowStr::from);
                    let html = html
                        .or_else(|| table.html(event, &events[at..], self.word("table"), &mut own));
                    ready.push(html.map_or_else(|| event.clone(), Event::Html));
                }
            }
            before = last_char(event).or(before);
        }
        let mut out = String::new();
        html::push_html(&mut out, ready.into_iter());
        out
    }
}
