//! Footnotes: numbered by their first mention, listed at the end, with a way back to each mention.
//!
//! In: mentions as they are met, and the definitions. Out: the marks in the text and the list.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The footnotes of one page while it is written.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    /// Labels in the order of their first mention.
    order: Vec<String>,
    /// Number (from 1) and count of mentions by label.
    known: BTreeMap<String, (usize, usize)>,
    /// What the ids begin with, so that they differ from those of other texts on the page.
    prefix: String,
}

impl Footnotes {
    pub(super) fn new(prefix: &str) -> Self {
        Self {
            prefix: prefix.to_owned(),
            ..Self::default()
        }
    }

    /// The mark for one more mention of a footnote.
    pub(super) fn mention(&mut self, label: &str) -> String {
        if !self.known.contains_key(label) {
            self.order.push(label.to_owned());
            self.known.insert(label.to_owned(), (self.order.len(), 0));
        }
        let (number, mentions) = self.known.entry(label.to_owned()).or_default();
        *mentions += 1;
        let prefix = &self.prefix;
        let id = reference_id(prefix, *number, *mentions);
        format!(
            "<sup class=\"footnote-ref\" id=\"{id}\"><a href=\"#{prefix}fn-{number}\" role=\"doc-noteref\">{number}</a></sup>"
        )
    }

    /// The label of the note with this index (from 0), in the order of mention.
    pub(super) fn label(&self, index: usize) -> Option<&str> {
        self.order.get(index).map(String::as_str)
    }

    /// Whether a footnote is mentioned at all.
    pub(super) fn is_mentioned(&self, label: &str) -> bool {
        self.known.contains_key(label)
    }

    /// The list at the end of the page, from the HTML of each note in order. With a title it is a
    /// landmark of the page, of which there may be only one of that name.
    pub(super) fn list(&self, notes: &[String], title: Option<&str>, back: &str) -> String {
        if notes.is_empty() {
            return String::new();
        }
        let (start, end) = match title.map(escape) {
            Some(title) => (
                format!(
                    "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{title}\">"
                ),
                "</section>",
            ),
            None => ("<div class=\"footnotes\">".to_owned(), "</div>"),
        };
        let mut out = start + "\n<ol>\n";
        for (index, note) in notes.iter().enumerate() {
            let number = index + 1;
            let mentions = self
                .label(index)
                .and_then(|label| self.known.get(label))
                .map_or(0, |known| known.1);
            let links = back_links(&self.prefix, number, mentions, back);
            let body = match note.strip_suffix("</p>\n") {
                Some(start) => format!("{start}{links}</p>\n"),
                None => format!("{note}<p>{links}</p>\n"),
            };
            // Writing to a string can't fail.
            let _ = writeln!(out, "<li id=\"{}fn-{number}\">\n{body}</li>", self.prefix);
        }
        out.extend(["</ol>\n", end, "\n"]);
        out
    }
}

/// One arrow for each mention.
fn back_links(prefix: &str, number: usize, mentions: usize, label: &str) -> String {
    let mut out = String::new();
    for mention in 1..=mentions {
        let id = reference_id(prefix, number, mention);
        let (sign, which) = match mention {
            1 => (String::new(), String::new()),
            _ => (
                format!("<sup aria-hidden=\"true\">{mention}</sup>"),
                format!(" ({mention})"),
            ),
        };
        // Writing to a string can't fail.
        let _ = write!(
            out,
            "\u{a0}<a class=\"footnote-back\" href=\"#{id}\" role=\"doc-backlink\" aria-label=\"{} {number}{which}\">↩\u{FE0E}</a>{sign}",
            escape(label),
        );
    }
    out
}

fn reference_id(prefix: &str, number: usize, mention: usize) -> String {
    if mention == 1 {
        format!("{prefix}fnref-{number}")
    } else {
        format!("{prefix}fnref-{number}-{mention}")
    }
}

/// Text made safe inside HTML and its attributes.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}
