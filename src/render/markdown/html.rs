//! Events to HTML.
//!
//! In: a page's [`Parsed`] events and its [`Links`]. Out: [`Rendered`]. Promise: valid HTML without
//! inline styles; every link resolved or reported; soft line breaks between Chinese lines leave no
//! space; footnotes lead there and back.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, Tag, TagEnd, html};

use super::cjk::joins_without_space;
use super::events::{Broken, chart_block, code_start, first_char, inline_html, last_char, tree};
use super::footnotes::{Footnotes, escape};
use super::links::Links;
use super::parse::{Parsed, is_autolink};
use super::raw::RawHtml;
use super::table::Table;
use crate::diagnostic::{Diagnostic, Lines};
use crate::render::views::Heading;

/// What a page became.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The text as HTML.
    pub html: String,
    /// Its headings as a tree.
    pub headings: Vec<Heading>,
    /// What is wrong with the text.
    pub diagnostics: Vec<Diagnostic>,
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
) -> Rendered {
    let mut writer = Writer {
        links,
        charts,
        words,
        definitions: BTreeMap::new(),
        footnotes: Footnotes::default(),
        diagnostics: Vec::new(),
        drawn: 0,
        headings: Vec::new(),
        lines: OnceCell::new(),
    };
    writer.doubled(&parsed.doubled);
    writer.undefined(&parsed.events);
    let body = writer.split_off_footnotes(&parsed.events);
    let mut out = writer.write(&body);
    out.push_str(&writer.notes());
    Rendered {
        html: out,
        headings: tree(writer.headings),
        diagnostics: writer.diagnostics,
    }
}

pub(super) type Located<'e, 'a> = &'e (Event<'a>, usize);

struct Writer<'e, 'a> {
    links: &'e Links<'e>,
    charts: &'e dyn Charts,
    words: &'e Words,
    /// The events inside each footnote, and the byte where it begins.
    definitions: BTreeMap<String, (Vec<Located<'e, 'a>>, usize)>,
    footnotes: Footnotes,
    diagnostics: Vec<Diagnostic>,
    /// Charts drawn so far.
    drawn: usize,
    headings: Vec<Heading>,
    /// Where the lines of the body begin, once a place is asked for.
    lines: OnceCell<Lines<'e>>,
}

impl<'e, 'a: 'e> Writer<'e, 'a> {
    fn word(&self, key: &str) -> &'e str {
        self.words.get(key).map_or("", String::as_str)
    }

    /// Line and column in the file of a byte in the body.
    fn place(&self, byte: usize) -> (usize, usize) {
        let page = self.links.page;
        let lines = self.lines.get_or_init(|| Lines::new(page.body()));
        let (line, column) = lines.line_column(byte);
        (page.body_line + line - 1, column)
    }

    /// Takes the footnotes' definitions out of the text.
    fn split_off_footnotes(&mut self, events: &'e [(Event<'a>, usize)]) -> Vec<Located<'e, 'a>> {
        let mut body = Vec::with_capacity(events.len());
        let mut events = events.iter();
        while let Some(located) = events.next() {
            let Event::Start(Tag::FootnoteDefinition(label)) = &located.0 else {
                body.push(located);
                continue;
            };
            let is_end = |(event, _): &&(Event<'_>, usize)| {
                matches!(event, Event::End(TagEnd::FootnoteDefinition))
            };
            let inside = events.by_ref().take_while(|located| !is_end(located));
            let inside: Vec<Located<'e, 'a>> = inside.collect();
            if self.definitions.contains_key(&**label) {
                self.warn(
                    located.1,
                    format!("the footnote [^{label}] is written twice"),
                    "give one of them another name; the first one was taken".into(),
                );
            } else {
                self.definitions
                    .insert(label.to_string(), (inside, located.1));
            }
        }
        body
    }

    fn warn(&mut self, byte: usize, message: String, hint: String) {
        let (line, column) = self.place(byte);
        self.diagnostics.push(
            Diagnostic::warning(message)
                .at(&self.links.page.file, line, Some(column))
                .hint(hint),
        );
    }

    /// Names of headings that could not be given to them.
    fn doubled(&mut self, doubled: &[(String, usize)]) {
        for (id, byte) in doubled {
            self.warn(
                *byte,
                format!("the name {{#{id}}} is taken on this page"),
                "give the heading another name; it got a number instead".into(),
            );
        }
    }

    /// Mentions of footnotes that are written nowhere: the parser leaves them as text.
    fn undefined(&mut self, events: &[(Event<'_>, usize)]) {
        let body = self.links.page.body();
        for (event, byte) in events {
            let starts = matches!(event, Event::Text(text) if text.starts_with('['));
            let rest = body.get(*byte..).and_then(|rest| rest.strip_prefix("[^"));
            let is_escaped = body
                .get(..*byte)
                .is_some_and(|before| before.ends_with('\\'));
            if let (true, false, Some(rest)) = (starts, is_escaped, rest)
                && let Some((label, _)) = rest.split_once(']')
                && !label.is_empty()
                && !label.contains(char::is_whitespace)
            {
                self.warn(
                    *byte,
                    format!("the footnote [^{label}] is written nowhere"),
                    format!("write it on a line of its own: `[^{label}]: …`"),
                );
            }
        }
    }

    /// The list of footnotes; notes that mention further notes add them to the end.
    fn notes(&mut self) -> String {
        let mut notes = Vec::new();
        while let Some(label) = self.footnotes.label(notes.len()).map(str::to_owned) {
            let events = self
                .definitions
                .get(&label)
                .map(|(events, _)| events.clone());
            notes.push(self.write(&events.unwrap_or_default()));
        }
        let mut unmentioned = Vec::new();
        for (label, (_, byte)) in &self.definitions {
            if !self.footnotes.is_mentioned(label) {
                unmentioned.push((label.clone(), *byte));
            }
        }
        for (label, byte) in unmentioned {
            self.warn(
                byte,
                format!("the footnote [^{label}] is mentioned nowhere"),
                format!("write [^{label}] where it belongs, or remove it"),
            );
        }
        self.footnotes
            .list(&notes, self.word("footnotes"), self.word("back_to_text"))
    }

    fn write(&mut self, events: &[Located<'e, 'a>]) -> String {
        let mut ready: Vec<Event<'e>> = Vec::with_capacity(events.len());
        let mut before: Option<char> = None;
        let mut table = Table::default();
        let mut heading: Option<(u8, String, usize)> = None;
        let mut broken = Broken::default();
        let mut raw = RawHtml::default();
        let mut at = 0;
        while let Some((event, byte)) = events.get(at).copied() {
            at += 1;
            if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event
                && info.split_whitespace().next() == Some("chart")
            {
                let (spec, length) = chart_block(&events[at..]);
                at += length;
                ready.push(self.chart(&spec, *byte));
                continue;
            }
            match event {
                Event::SoftBreak => {
                    let joined = joins_without_space(
                        before,
                        first_char(&events[at..]),
                        self.links.page.lang,
                    );
                    ready.push(if joined {
                        Event::Text("".into())
                    } else {
                        Event::SoftBreak
                    });
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
                    let id = id.as_deref().unwrap_or_default().to_owned();
                    heading = Some((*level as u8, id, ready.len() + 1));
                    ready.push(event.clone());
                }
                Event::End(TagEnd::Heading(_)) => {
                    if let Some((level, id, from)) = heading.take() {
                        let html = inline_html(ready.get(from..).unwrap_or_default());
                        self.headings.push(Heading {
                            id,
                            html,
                            level,
                            children: Vec::new(),
                        });
                    }
                    ready.push(event.clone());
                }
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                    ready.push(broken.start(event, self.link(event, *byte)));
                }
                Event::End(TagEnd::Link | TagEnd::Image) => ready.push(broken.end(event)),
                Event::Start(Tag::CodeBlock(kind)) => {
                    ready.push(Event::Html(code_start(kind).into()));
                }
                Event::Rule => ready.push(Event::Html("<hr>\n".into())),
                Event::HardBreak => ready.push(Event::Html("<br>\n".into())),
                Event::End(TagEnd::CodeBlock) => ready.push(Event::Html("</code></pre>\n".into())),
                Event::Start(Tag::BlockQuote(Some(kind))) => {
                    ready.push(event.clone());
                    ready.push(self.alert_title(*kind));
                }
                _ => match table.html(event, self.word("table")) {
                    Some(html) => ready.push(Event::Html(html)),
                    None => ready.push(event.clone()),
                },
            }
            before = last_char(event).or(before);
        }
        let mut out = String::new();
        html::push_html(&mut out, ready.into_iter());
        out
    }

    fn chart(&mut self, spec: &str, byte: usize) -> Event<'e> {
        let (line, _) = self.place(byte);
        let figure = self
            .charts
            .block(spec, line, self.drawn)
            .unwrap_or_else(|mut wrong| {
                self.diagnostics.append(&mut wrong);
                String::new()
            });
        self.drawn += 1;
        Event::Html(figure.into())
    }

    /// HTML written by hand, its links resolved like all others; one that leads nowhere stays.
    fn raw(&mut self, raw: &mut RawHtml, html: &str, byte: usize) -> String {
        let links = self.links;
        let mut wrong = Vec::new();
        let resolved = raw.resolve(html, |target, at| {
            if target.is_empty() {
                return None;
            }
            links
                .resolve(target, || self.place(byte + at))
                .unwrap_or_else(|diagnostic| {
                    wrong.push(*diagnostic);
                    None
                })
        });
        let resolved = resolved.into_owned();
        self.diagnostics.append(&mut wrong);
        resolved
    }

    fn task(&self, done: bool) -> Event<'e> {
        let (sign, word) = if done {
            ("☑", self.word("done"))
        } else {
            ("☐", self.word("not_done"))
        };
        let label = escape(word);
        Event::InlineHtml(
            format!("<span class=\"task\" role=\"img\" aria-label=\"{label}\">{sign}</span> ")
                .into(),
        )
    }

    /// GitHub's alerts say what they are by their colour alone; here they get a title.
    fn alert_title(&self, kind: BlockQuoteKind) -> Event<'e> {
        let word = self.word(match kind {
            BlockQuoteKind::Note => "alert_note",
            BlockQuoteKind::Tip => "alert_tip",
            BlockQuoteKind::Important => "alert_important",
            BlockQuoteKind::Warning => "alert_warning",
            BlockQuoteKind::Caution => "alert_caution",
        });
        Event::Html(format!("<p class=\"alert-title\">{}</p>\n", escape(word)).into())
    }

    /// A link or image with its address in the site; `None` if that leads nowhere.
    fn link(&mut self, event: &Event<'a>, byte: usize) -> Option<Event<'e>> {
        let resolve = |target: &CowStr<'_>| self.links.resolve(target, || self.place(byte));
        let (resolved, tag): (_, Box<dyn FnOnce(CowStr<'e>) -> Tag<'e>>) = match event.clone() {
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) if !is_autolink(link_type) => (
                resolve(&dest_url).map(|to| to.map_or(dest_url, CowStr::from)),
                Box::new(move |dest_url| Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    id,
                }),
            ),
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }) => (
                resolve(&dest_url).map(|to| to.map_or(dest_url, CowStr::from)),
                Box::new(move |dest_url| Tag::Image {
                    link_type,
                    dest_url,
                    title,
                    id,
                }),
            ),
            other => return Some(other),
        };
        match resolved {
            Ok(target) => Some(Event::Start(tag(target))),
            Err(diagnostic) => {
                self.diagnostics.push(*diagnostic);
                None
            }
        }
    }
}
