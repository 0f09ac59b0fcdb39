//! The single pieces of a text that need more than their event: charts, links, hand-written HTML,
//! tasks, alerts, permalinks.
//!
//! In: an event and the page's [`Writer`]. Out: what is to be written instead; what is wrong with it
//! goes to the writer's diagnostics.

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, Tag};

use super::footnotes::escape;
use super::html::Writer;
use super::parse::is_autolink;
use super::raw::RawHtml;

impl<'e, 'a: 'e> Writer<'e, 'a> {
    /// A link to the place itself, which shows when it is pointed at or focused.
    pub(super) fn permalink(&self, id: &str, word: &str) -> Event<'e> {
        let label = escape(self.word(word));
        let id = escape(&super::links::encode(id));
        Event::InlineHtml(
            format!("<a class=\"permalink\" href=\"#{id}\" aria-label=\"{label}\"></a>").into(),
        )
    }

    pub(super) fn chart(&mut self, spec: &str, byte: usize) -> Event<'e> {
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
    pub(super) fn raw(&mut self, raw: &mut RawHtml, html: &str, byte: usize) -> String {
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

    pub(super) fn task(&self, done: bool) -> Event<'e> {
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
    pub(super) fn alert_title(&self, kind: BlockQuoteKind) -> Event<'e> {
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
    pub(super) fn link(&mut self, event: &Event<'a>, byte: usize) -> Option<Event<'e>> {
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
