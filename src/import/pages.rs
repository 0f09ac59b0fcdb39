//! The pages of a document to files, and the account of its lines.
//!
//! In: a document, its bytes, and who gives names. Out: [`Written`]: Markdown and data as they should
//! be on disk, and the fate of every line. Promise: the account has every line of the source once.

use std::collections::{BTreeMap, BTreeSet};

use super::account::{self, Account, Fate};
use super::decode::Decoded;
use super::evidence::Line;
use super::facts;
use super::markdown::{self, FrontMatter};
use super::plan::{self, Wanted};
use super::sections::{Document, Node, Page};
use super::slug::{self, Names};
use super::yaml_text;
use crate::diagnostic::Diagnostic;
use crate::figures::Vocabulary;
use crate::lang::Lang;

/// Where the document comes from.
pub(super) struct Origin<'a> {
    pub bytes: &'a [u8],
    pub decoded: &'a Decoded,
    pub file: &'a str,
    /// How well each line is known.
    pub evidence: &'a BTreeMap<usize, Line>,
    pub names: &'a crate::names::Names,
    pub words: &'a Vocabulary,
}

/// What a document comes to.
#[derive(Default)]
pub(super) struct Written {
    pub files: Vec<Wanted>,
    pub pages: Vec<(String, String)>,
    pub data: Vec<(String, String)>,
    pub account: Vec<Account>,
    pub diagnostics: Vec<Diagnostic>,
}

/// The name of a page of ours by its path.
pub(super) fn page_name(path: &str) -> Option<&str> {
    path.strip_prefix("content/")?.strip_suffix(".zh.md")
}

/// The name of a file of data by its path.
pub(super) fn data_name(path: &str) -> Option<&str> {
    path.strip_prefix("content/data/")?.strip_suffix(".yaml")
}

pub(super) fn write(
    document: &Document,
    origin: &Origin<'_>,
    page_names: &mut Names<'_>,
    data_names: &mut Names<'_>,
) -> Written {
    let mut written = Written::default();
    let mut fates = vec![Fate::LeftOut("empty line".into()); origin.decoded.lines.len()];
    // What comes before the first section is page 0; a document without sections is page 1.
    let has_intro = document.pages.len() > 1
        && document
            .pages
            .first()
            .is_some_and(|page| page.heading.is_none());
    let year = facts::year::of_document(document, origin.words);
    let about = facts::year::in_title(document, origin.words);
    let published = facts::year::published(document, origin.words);
    for (index, page) in document.pages.iter().enumerate() {
        let title = page_title(document, page, has_intro);
        let name = name_page(page, &title, page_names);
        let path = format!("content/{name}.zh.md");
        for line in page.lines.clone() {
            if let Some(fate) = fates.get_mut(line - 1) {
                *fate = Fate::Page(path.clone());
            }
        }
        let order = if has_intro { index } else { index + 1 };
        let known = facts::Known {
            file: origin.file,
            names: origin.names,
            words: origin.words,
            year,
            about,
            published,
        };
        let (charts, dated) = write_data(
            (page, &title, &name),
            known,
            origin,
            data_names,
            &mut written,
        );
        let (first, last) = (*page.lines.start(), *page.lines.end());
        let front = FrontMatter {
            title: title.clone(),
            order,
            file: origin.file.to_owned(),
            lines: account::range(first, last),
            sha256: plan::digest(bytes_of(origin, first, last)),
            charts,
        };
        written.files.push(Wanted {
            path: path.clone(),
            text: markdown::write(&front, page, &dated),
        });
        written.pages.push((path, title));
    }
    let mut fate = |line: usize, reason: &str| {
        if let Some(fate) = fates.get_mut(line - 1) {
            *fate = Fate::LeftOut(reason.to_owned());
        }
    };
    for line in &document.empty {
        fate(*line, "empty line");
    }
    for line in &origin.decoded.lines {
        if let Some(reason) = &line.left_out {
            fate(line.number, reason);
        }
    }
    if let Some(title) = &document.title
        && document
            .pages
            .first()
            .is_none_or(|page| *page.lines.start() != title.number)
    {
        fate(title.number, "title of the document, kept in this record");
    }
    written.account = account::draw_up(&fates);
    written
}

/// Reads the facts of a page. Gives the names of its data and the lines of its dated policies.
fn write_data(
    (page, title, name): (&Page, &str, &str),
    known: facts::Known<'_>,
    origin: &Origin<'_>,
    names: &mut Names<'_>,
    written: &mut Written,
) -> (Vec<String>, BTreeSet<usize>) {
    let (mut facts, diagnostics) = facts::read_with(page, title, known);
    facts.mark_inferred(|line, words| is_inferred(origin.evidence, line, words));
    written.diagnostics.extend(diagnostics);
    let dated = facts
        .policies
        .iter()
        .flat_map(|events| events.events.iter().filter_map(|event| event.line))
        .collect();
    let mut charts = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (kind, data) in facts.data() {
        let count = counts.entry(kind).or_insert(0);
        *count += 1;
        let automatic = if *count > 1 {
            format!("{name}-{kind}-{count}")
        } else {
            format!("{name}-{kind}")
        };
        let name = names.take(&[], &automatic);
        let path = format!("content/data/{name}.yaml");
        written
            .data
            .push((path.clone(), data.title().get(Lang::Zh).to_owned()));
        written.files.push(Wanted {
            path,
            text: yaml_text::data(&data),
        });
        if facts::SHOWN.contains(&kind) {
            charts.push(name);
        }
    }
    (charts, dated)
}

/// Whether repair chose any character of these words. Words that the fixers have changed since can't be
/// found on the line: then any chosen character of it counts.
fn is_inferred(evidence: &BTreeMap<usize, Line>, number: usize, words: &str) -> bool {
    let Some(line) = evidence
        .get(&number)
        .filter(|line| !line.inferred.is_empty())
    else {
        return false;
    };
    let Some(start) = line.text.find(words) else {
        return true;
    };
    let before = line.text.get(..start).unwrap_or_default();
    let first = before.chars().count() + 1;
    let columns = first..first + words.chars().count();
    line.inferred.range(columns).next().is_some()
}

fn bytes_of<'a>(origin: &Origin<'a>, first: usize, last: usize) -> &'a [u8] {
    let at = |number: usize| {
        origin
            .decoded
            .lines
            .get(number - 1)
            .map(|line| line.bytes.clone())
    };
    match (at(first), at(last)) {
        (Some(first), Some(last)) => origin.bytes.get(first.start..last.end).unwrap_or_default(),
        _ => &[],
    }
}

fn name_page(page: &Page, title: &str, names: &mut Names<'_>) -> String {
    let slug = slug::slug(title);
    let automatic = if slug.is_empty() {
        "page".to_owned()
    } else {
        slug
    };
    let mut keys = Vec::new();
    if let Some(heading) = &page.heading {
        keys.extend(heading.marker.iter().map(|marker| marker.written.as_str()));
        keys.push(&heading.text);
    }
    keys.push(title);
    names.take(&keys, &automatic)
}

/// The words of the heading without its numbering; of a page without one, the document's title, or
/// what its text begins with.
fn page_title(document: &Document, page: &Page, is_intro: bool) -> String {
    let words = match (&page.heading, &document.title) {
        (Some(heading), _) => heading.text.clone(),
        (None, Some(title)) => title.text.clone(),
        (None, None) if is_intro => "引言".to_owned(),
        (None, None) => beginning(&page.nodes),
    };
    let words = words.trim().trim_end_matches(['。', '：', ':']).trim_end();
    if words.is_empty() {
        "无题".to_owned()
    } else {
        words.to_owned()
    }
}

/// A title has to be short enough for a line of a listing.
const LONGEST_BEGINNING: usize = 30;

fn beginning(nodes: &[Node]) -> String {
    let text = match nodes.first() {
        Some(Node::Section(heading, _)) => &heading.text,
        Some(
            Node::Point { text, .. } | Node::Bullet { text, .. } | Node::Paragraph { text, .. },
        ) => text,
        None => return String::new(),
    };
    let mut words: String = text
        .chars()
        .take(LONGEST_BEGINNING + 1)
        .take_while(|c| !matches!(c, '。' | '！' | '？' | '；' | '，' | '：'))
        .collect();
    if words.chars().count() > LONGEST_BEGINNING {
        words = words.chars().take(LONGEST_BEGINNING).chain(['…']).collect();
    }
    words
}
