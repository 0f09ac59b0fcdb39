//! The single pieces of a text that need more than their event: charts, links, pictures, hand-written
//! HTML, tasks, alerts, permalinks.
//!
//! In: an event and the page's [`Writer`]. Out: what is to be written instead; what is wrong with it
//! goes to the writer's diagnostics.

use std::fmt::Write as _;

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, Tag};

use super::footnotes::escape;
use super::html::Writer;
use super::links::{Edition, is_external};
use super::parse::is_autolink;
use super::raw::RawHtml;
use crate::content::picture::Size;
use crate::diagnostic::Diagnostic;

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

    /// GitHub's alerts say what they are by their colour alone; here they get a title, and `id` as
    /// their anchor.
    pub(super) fn alert_start(&self, kind: BlockQuoteKind, id: &str) -> Event<'e> {
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let title = escape(self.word(&format!("alert_{name}")));
        Event::Html(
            format!("<blockquote{id} class=\"markdown-alert-{name}\">\n<p class=\"alert-title\">{title}</p>\n").into(),
        )
    }

    /// A link with its address in the site; `None` if that leads nowhere.
    pub(super) fn link(&mut self, event: &Event<'a>, byte: usize) -> Option<Event<'e>> {
        let Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) = event.clone()
        else {
            return Some(event.clone());
        };
        if is_autolink(link_type) {
            return Some(event.clone());
        }
        match self.links.resolve(&dest_url, || self.place(byte)) {
            Ok(target) => Some(Event::Start(Tag::Link {
                link_type,
                dest_url: target.map_or(dest_url, CowStr::from),
                title,
                id,
            })),
            Err(diagnostic) => {
                self.diagnostics.push(*diagnostic);
                None
            }
        }
    }

    /// A picture with its size, so that nothing moves when it comes. All but the first wait until they
    /// are near, unless the page is for paper. Of one that is not there, its words are shown.
    pub(super) fn picture(
        &mut self,
        (target, byte): (&str, usize),
        title: &str,
        words: &str,
        is_alone: bool,
    ) -> String {
        let words = escape(words);
        let resolved = if is_elsewhere(target) {
            let (line, column) = self.place(byte);
            Err(Box::new(
                Diagnostic::error(format!("the picture `{target}` is on another site"))
                    .at(&self.links.page.file, line, Some(column))
                    .hint("put it into content/: no page asks other sites for anything"),
            ))
        } else {
            self.links.resolve(target, || self.place(byte))
        };
        let address = match resolved {
            Ok(address) => address.unwrap_or_else(|| target.to_owned()),
            Err(diagnostic) => {
                self.diagnostics.push(*diagnostic);
                return format!("<span class=\"broken\">{words}</span>");
            }
        };
        let mut html = format!("<img src=\"{}\" alt=\"{words}\"", escape(&address));
        if is_alone {
            html.push_str(" class=\"alone\"");
        }
        if !title.is_empty() {
            html.extend([" title=\"", &escape(title), "\""]);
        }
        if let Some(Size { width, height }) = self.links.picture(target) {
            // Writing to a string can't fail.
            let _ = write!(html, " width=\"{width}\" height=\"{height}\"");
        }
        if self.pictures > 0 && !matches!(self.links.edition, Edition::Print(_)) {
            html.push_str(" loading=\"lazy\" decoding=\"async\"");
        }
        self.pictures += 1;
        html + ">"
    }
}

/// Whether a browser would have to ask another site for it.
fn is_elsewhere(target: &str) -> bool {
    is_external(target) && !target.starts_with("data:")
}
