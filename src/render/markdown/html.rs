//! Events to HTML.
//!
//! In: a page's [`Parsed`] events and its [`Links`]. Out: [`Rendered`]. Promise: valid HTML without
//! inline styles; every link resolved or reported; soft line breaks between Chinese lines leave no
//! space; footnotes lead there and back.

use std::collections::BTreeMap;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, Tag, TagEnd, html};

use super::cjk::joins_without_space;
use super::footnotes::{Footnotes, escape};
use super::links::Links;
use super::parse::{Parsed, is_autolink};
use super::table::Table;
use crate::diagnostic::{Diagnostic, line_column};
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
    };
    let body = writer.split_off_footnotes(&parsed.events);
    let mut out = writer.write(&body);
    out.push_str(&writer.notes());
    Rendered {
        html: out,
        headings: tree(writer.headings),
        diagnostics: writer.diagnostics,
    }
}

type Located<'e, 'a> = &'e (Event<'a>, usize);

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
}

impl<'e, 'a: 'e> Writer<'e, 'a> {
    fn word(&self, key: &str) -> &'e str {
        self.words.get(key).map_or("", String::as_str)
    }

    /// Line and column in the file of a byte in the body.
    fn place(&self, byte: usize) -> (usize, usize) {
        let page = self.links.page;
        let (line, column) = line_column(page.body(), byte);
        (page.body_line + line - 1, column)
    }

    /// Takes the footnotes' definitions out of the text.
    fn split_off_footnotes(&mut self, events: &'e [(Event<'a>, usize)]) -> Vec<Located<'e, 'a>> {
        let mut body = Vec::with_capacity(events.len());
        let mut open: Option<String> = None;
        for located in events {
            match &located.0 {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    open = Some(label.to_string());
                    self.definitions
                        .entry(label.to_string())
                        .or_insert((Vec::new(), located.1));
                }
                Event::End(TagEnd::FootnoteDefinition) => open = None,
                _ => match open
                    .as_ref()
                    .and_then(|label| self.definitions.get_mut(label))
                {
                    Some((inside, _)) => inside.push(located),
                    None => body.push(located),
                },
            }
        }
        body
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
        for (label, (_, byte)) in &self.definitions {
            if !self.footnotes.is_mentioned(label) {
                let (line, column) = self.place(*byte);
                self.diagnostics.push(
                    Diagnostic::warning(format!("the footnote [^{label}] is mentioned nowhere"))
                        .at(&self.links.page.file, line, Some(column))
                        .hint(format!("write [^{label}] where it belongs, or remove it")),
                );
            }
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
                    let joined = joins_without_space(before, first_char(&events[at..]));
                    ready.push(if joined {
                        Event::Text("".into())
                    } else {
                        Event::SoftBreak
                    });
                }
                Event::FootnoteReference(label) => {
                    ready.push(Event::InlineHtml(self.footnotes.mention(label).into()));
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

/// Links and images that lead nowhere: their words stay, marked, without the link.
#[derive(Default)]
struct Broken {
    link: bool,
    image: bool,
}

impl Broken {
    fn start<'e>(&mut self, event: &Event<'_>, resolved: Option<Event<'e>>) -> Event<'e> {
        let is_broken = resolved.is_none();
        match event {
            Event::Start(Tag::Link { .. }) => self.link = is_broken,
            _ => self.image = is_broken,
        }
        resolved.unwrap_or_else(|| Event::InlineHtml("<span class=\"broken\">".into()))
    }

    fn end<'e>(&mut self, event: &Event<'e>) -> Event<'e> {
        let is_broken = match event {
            Event::End(TagEnd::Link) => std::mem::take(&mut self.link),
            _ => std::mem::take(&mut self.image),
        };
        if is_broken {
            Event::InlineHtml("</span>".into())
        } else {
            event.clone()
        }
    }
}

/// The start of a block of code, which takes the focus: a reader without a mouse must be able to
/// scroll to the end of a long line.
fn code_start(kind: &CodeBlockKind<'_>) -> String {
    let language = match kind {
        CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().unwrap_or_default(),
        CodeBlockKind::Indented => "",
    };
    if language.is_empty() {
        "<pre tabindex=\"0\"><code>".to_owned()
    } else {
        let language = escape(language);
        format!("<pre tabindex=\"0\"><code class=\"language-{language}\">")
    }
}

/// The text of a chart block and the number of events until after its end.
fn chart_block(events: &[Located<'_, '_>]) -> (String, usize) {
    let mut spec = String::new();
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Text(text) => spec.push_str(text),
            Event::End(TagEnd::CodeBlock) => return (spec, at + 1),
            _ => {}
        }
    }
    (spec, events.len())
}

/// The first character that a reader sees in these events, if it comes before the block ends.
fn first_char(events: &[Located<'_, '_>]) -> Option<char> {
    events.iter().find_map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => text.chars().next().map(Some),
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
        | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {
            None
        }
        _ => Some(None),
    })?
}

/// The last character that a reader sees of this event.
fn last_char(event: &Event<'_>) -> Option<char> {
    match event {
        Event::Text(text) | Event::Code(text) => text.chars().next_back(),
        Event::SoftBreak | Event::HardBreak => Some(' '),
        _ => None,
    }
}

/// The words of a heading for the contents: formatting stays, links and anchors do not.
fn inline_html(events: &[Event<'_>]) -> String {
    let mut out = String::new();
    let kept = events.iter().filter(|event| {
        !matches!(
            event,
            Event::Start(Tag::Link { .. } | Tag::Image { .. })
                | Event::End(TagEnd::Link | TagEnd::Image)
                | Event::InlineHtml(_)
        )
    });
    html::push_html(&mut out, kept.cloned());
    out
}

/// Headings in a row to a tree.
fn tree(headings: Vec<Heading>) -> Vec<Heading> {
    let mut top: Vec<Heading> = Vec::new();
    for heading in headings {
        let mut level = &mut top;
        while level.last().is_some_and(|last| last.level < heading.level) {
            let Some(last) = level.len().checked_sub(1) else {
                break;
            };
            level = &mut level[last].children;
        }
        level.push(heading);
    }
    top
}
