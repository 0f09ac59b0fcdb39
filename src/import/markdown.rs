//! A page as a tree to the text of a Markdown file.
//!
//! In: a [`Page`], its front matter, and the lines on which policies were read. Out: the whole file.
//! Promise: strict YAML between the fences; headings without gaps in their levels, points as list
//! items with their numbers, and text that renders as the source says.

use std::collections::BTreeSet;

use super::escape;
use super::facts::date;
use super::sections::{Heading, Marker, Node, Page, Style};
use super::yaml_text::{quoted, scalar};

/// What stands between the fences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// The page's title.
    pub title: String,
    /// Its place among the pages.
    pub order: usize,
    /// The source's file name.
    pub file: String,
    /// Its lines: `2-6`.
    pub lines: String,
    /// The digest of these lines' bytes as they are in the file.
    pub sha256: String,
    /// The data read from the page.
    pub charts: Vec<String>,
}

/// The text of the file.
#[must_use]
pub fn write(front: &FrontMatter, page: &Page, dated: &BTreeSet<usize>) -> String {
    let mut writer = Writer {
        out: front_matter(front),
        dated,
        list: None,
    };
    writer.nodes(&page.nodes, 2);
    writer.out
}

fn front_matter(front: &FrontMatter) -> String {
    let mut out = format!(
        "---\ntitle: {}\norder: {}\nsource:\n  file: {}\n  lines: {}\n  sha256: {}\n",
        scalar(&front.title),
        front.order,
        scalar(&front.file),
        quoted(&front.lines),
        digest(&front.sha256),
    );
    if !front.charts.is_empty() {
        out.push_str("charts: [");
        out.push_str(&front.charts.join(", "));
        out.push_str("]\n");
    }
    out.push_str("---\n");
    out
}

/// A digest of digits alone (or with one `e`) would be read as a number.
pub(super) fn digest(hex: &str) -> String {
    if hex.bytes().all(|b| b.is_ascii_digit() || b == b'e') {
        quoted(hex)
    } else {
        hex.to_owned()
    }
}

struct Writer<'a> {
    out: String,
    dated: &'a BTreeSet<usize>,
    /// The list that the last block was an item of.
    list: Option<List>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    /// Its delimiter and its last number.
    Numbered(char, u32),
    Bullets,
}

impl Writer<'_> {
    fn nodes(&mut self, nodes: &[Node], level: usize) {
        for node in nodes {
            match node {
                Node::Section(heading, nodes) => {
                    self.heading(heading, level);
                    self.nodes(nodes, level + 1);
                }
                Node::Point { marker, text, line } => self.point(marker, text, *line),
                Node::Bullet { text, .. } => {
                    let text = escape::block(text);
                    self.item("- ", &text, List::Bullets);
                }
                Node::Paragraph { text, line } => {
                    let text = self.paragraph(text, *line);
                    self.block(&text);
                }
            }
        }
    }

    fn block(&mut self, text: &str) {
        self.out.push('\n');
        self.out.push_str(text);
        self.out.push('\n');
        self.list = None;
    }

    fn item(&mut self, mark: &str, text: &str, list: List) {
        // The items of one list stand close together.
        if self.list.is_none() {
            self.out.push('\n');
        }
        self.out.push_str(mark);
        self.out.push_str(text);
        self.out.push('\n');
        self.list = Some(list);
    }

    fn heading(&mut self, heading: &Heading, level: usize) {
        let hashes = "#".repeat(level.min(6));
        let words = escape::heading(&heading_words(heading));
        self.block(&format!("{hashes} {words}"));
    }

    fn point(&mut self, marker: &Marker, text: &str, line: usize) {
        if marker.style != Style::Arabic {
            // Markdown has no such numbering: it stays as it is written.
            let mark = escape::block(&marker.written);
            let text = self.labelled(text, line);
            self.block(&format!("{mark}{}{text}", space(marker)));
            return;
        }
        let delimiter = match self.list {
            Some(List::Numbered(delimiter, last)) if last + 1 == marker.number => delimiter,
            // Another delimiter makes another list, so that a number that does not follow is kept.
            Some(List::Numbered('.', _)) => ')',
            _ => '.',
        };
        if !matches!(self.list, Some(List::Numbered(same, _)) if same == delimiter) {
            self.list = None;
        }
        let text = self.labelled(text, line);
        let mark = format!("{}{delimiter} ", marker.number);
        self.item(&mark, &text, List::Numbered(delimiter, marker.number));
    }

    /// `标签：正文` with the label in bold. The colon stays outside: `**标签：**正文` is no emphasis in
    /// `CommonMark`, and these files are read on other platforms, too.
    fn labelled(&self, text: &str, line: usize) -> String {
        match label(text) {
            Some((label, rest)) => {
                format!("**{}**{}", escape::inline(label), escape::inline(rest))
            }
            _ => self.paragraph(text, line),
        }
    }

    /// A paragraph; the date of a policy that begins it in bold.
    fn paragraph(&self, text: &str, line: usize) -> String {
        if self.dated.contains(&line) {
            let first = date::find(text).into_iter().next();
            if let Some(written) = first.filter(|written| written.place.start == 0) {
                let (day, rest) = text.split_at(written.place.end);
                return format!("**{day}**{}", escape::inline(rest));
            }
        }
        escape::block(text)
    }
}

/// The words of a heading with their numbering, as the source has them.
fn heading_words(heading: &Heading) -> String {
    match &heading.marker {
        Some(marker) => format!("{}{}{}", marker.written, space(marker), heading.text),
        None => heading.text.clone(),
    }
}

fn space(marker: &Marker) -> &'static str {
    if marker.spaced { " " } else { "" }
}

/// A label is at most this long; longer words before a colon are a sentence.
const LONGEST_LABEL: usize = 16;

fn label(text: &str) -> Option<(&str, &str)> {
    let (at, colon) = text
        .char_indices()
        .take(LONGEST_LABEL + 1)
        .find(|(_, c)| matches!(c, '：' | '，' | '。' | '、' | '；' | '“' | '《'))?;
    let rest = text.get(at + colon.len_utf8()..)?;
    (colon == '：' && at > 0 && !rest.is_empty()).then(|| text.split_at(at))
}
