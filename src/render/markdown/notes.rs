//! What is written elsewhere on the page than where it is read: footnotes, and names given twice.
//!
//! In: the events of a page. Out: the definitions of its footnotes, the list of notes at its end, and
//! warnings about notes that are written or mentioned nowhere.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::html::{Located, Writer};
use super::links::Edition;
use crate::diagnostic::Diagnostic;

impl<'e, 'a: 'e> Writer<'e, 'a> {
    /// Gathers the definitions of the footnotes.
    pub(super) fn define_footnotes(&mut self, events: &'e [(Event<'a>, usize)]) {
        let mut events = events.iter();
        while let Some(located) = events.next() {
            let Event::Start(Tag::FootnoteDefinition(label)) = &located.0 else {
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
    pub(super) fn doubled(&mut self, doubled: &[(String, usize)]) {
        for (id, byte) in doubled {
            self.warn(
                *byte,
                format!("the name {{#{id}}} is taken on this page"),
                "give the heading another name; it got a number instead".into(),
            );
        }
    }

    /// Mentions of footnotes that are written nowhere: the parser leaves them as text.
    pub(super) fn undefined(&mut self, events: &[(Event<'_>, usize)]) {
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
    pub(super) fn notes(&mut self) -> String {
        let mut notes = Vec::new();
        while let Some(label) = self.footnotes.label(notes.len()).map(str::to_owned) {
            let events = self
                .definitions
                .get(&label)
                .map(|(events, _)| events.clone());
            notes.push(self.write(&events.unwrap_or_default(), None));
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
        let is_one_of_many = matches!(self.links.edition, Edition::Print(_));
        let title = (!is_one_of_many).then(|| self.word("footnotes"));
        self.footnotes
            .list(&notes, title, self.word("back_to_text"))
    }
}
