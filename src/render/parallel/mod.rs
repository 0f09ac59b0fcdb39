//! The parallel edition: both languages side by side, block by block.
//!
//! In: the pages that are there in both languages. Out: `parallel/<folder>/<slug>.html` for each of
//! them and a listing for each folder that holds one; and beside each page a script with the paired
//! blocks, `<slug>.js`, from which the pages of one language show a paragraph's counterpart in place.
//! Promise: [`Pairing`] gives both languages the same anchors, so that a place can be kept when the
//! edition is changed.

mod align;
mod evidence;
mod page;
mod pairs;
mod views;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::content::Report;
use crate::content::report::{Child, INDEX, join, parent};
use crate::error::Result;
use crate::render::markdown::Parsed;
use crate::render::site::{Context, Outcome, Sink};
use crate::render::spots::Spot;

pub(super) use align::Row;

/// The folder of the edition in the site.
pub(super) const FOLDER: &str = "parallel";

/// How the blocks of all pages are paired, and what they are called.
#[derive(Default)]
pub(super) struct Pairing {
    /// The anchors of the blocks of each page.
    anchors: Vec<Vec<String>>,
    /// The rows of each entry that is there in both languages.
    rows: Vec<Vec<Row>>,
    /// The folders with such an entry in or below them.
    folders: BTreeSet<String>,
}

impl Pairing {
    /// Pairs the blocks of every page that is there in both languages, and gives headings that stand
    /// for each other the same anchor.
    pub(super) fn new(report: &Report, parsed: &mut [Parsed<'_>]) -> Self {
        let aligned: Vec<(Vec<Row>, [align::Renames; 2])> = (0..report.entries.len())
            .into_par_iter()
            .map(|entry| {
                let both = both(report, entry);
                both.map_or_else(Default::default, |[first, second]| {
                    align::align(&parsed[first], &parsed[second])
                })
            })
            .collect();
        let mut rows = Vec::with_capacity(aligned.len());
        for (entry, (own, renames)) in aligned.into_iter().enumerate() {
            rows.push(own);
            let pages = both(report, entry).into_iter().flatten();
            for (page, renames) in pages.zip(renames) {
                parsed[page].rename(&renames);
            }
        }
        let mut anchors: Vec<Vec<String>> = vec![Vec::new(); parsed.len()];
        let mut folders = BTreeSet::new();
        for (entry, rows) in rows.iter().enumerate() {
            let Some([first, second]) = both(report, entry) else {
                continue;
            };
            add_with_parents(&mut folders, &report.entries[entry].folder);
            for page in [first, second] {
                anchors[page] = vec![String::new(); parsed[page].blocks.len()];
            }
            for row in rows {
                let sides = [(first, row.first), (second, row.second)];
                for (page, block) in sides.into_iter().filter_map(|(p, b)| Some((p, b?))) {
                    row.anchor.clone_into(&mut anchors[page][block]);
                }
            }
            keep_headings(&parsed[second], &mut anchors[second]);
        }
        anchors
            .par_iter_mut()
            .zip(&*parsed)
            .filter(|(anchors, parsed)| anchors.is_empty() && !parsed.blocks.is_empty())
            .for_each(|(anchors, parsed)| *anchors = align::anchors(parsed));
        for (anchors, parsed) in anchors.iter_mut().zip(&*parsed) {
            for (anchor, block) in anchors.iter_mut().zip(&parsed.blocks) {
                if !block.kind.has_anchor() {
                    anchor.clear();
                }
            }
        }
        Self {
            anchors,
            rows,
            folders,
        }
    }

    /// The anchors of the blocks of a page.
    pub(super) fn anchors(&self, page: usize) -> &[String] {
        self.anchors.get(page).map_or(&[], Vec::as_slice)
    }
}

/// Headings of the second language keep the names that links to them use.
fn keep_headings(parsed: &Parsed<'_>, anchors: &mut [String]) {
    use crate::render::markdown::blocks::Kind;
    use pulldown_cmark::{Event, Tag};
    for (block, anchor) in parsed.blocks.iter().zip(anchors) {
        if let (Kind::Heading, Some((Event::Start(Tag::Heading { id: Some(id), .. }), _))) =
            (block.kind, parsed.events.get(block.events.start))
        {
            (**id).clone_into(anchor);
        }
    }
}

fn add_with_parents(folders: &mut BTreeSet<String>, folder: &str) {
    let mut folder = folder;
    while folders.insert(folder.to_owned()) && !folder.is_empty() {
        folder = parent(folder);
    }
}

/// The pages of an entry in the report's two languages, in their order.
fn both(report: &Report, entry: usize) -> Option<[usize; 2]> {
    let [first, second] = report.config.languages.get(..2)?.try_into().ok()?;
    let entry = &report.entries[entry];
    Some([entry.only(first)?, entry.only(second)?])
}

/// The address of an entry in the parallel edition, by the name it has in the first language.
pub(super) fn path(report: &Report, entry: usize) -> Option<String> {
    let [first, _] = both(report, entry)?;
    Some(address(
        &report.entries[entry].folder,
        report.pages[first].slug(),
    ))
}

fn address(folder: &str, slug: &str) -> String {
    format!("{FOLDER}/{}.html", join(folder, slug))
}

/// The address of a folder's page; nothing if no page in it is there in both languages.
fn folder_path(context: &Context<'_>, folder: &str) -> Option<String> {
    if !context.pairing.folders.contains(folder) {
        return None;
    }
    let index = context.report.folders.get(folder)?.index;
    let own = index.and_then(|entry| path(context.report, entry));
    Some(own.unwrap_or_else(|| address(folder, INDEX)))
}

/// The address of the edition's home page.
pub(super) fn home(context: &Context<'_>) -> Option<String> {
    folder_path(context, "")
}

/// The address of a page or folder that is in the edition.
fn child_path(context: &Context<'_>, child: &Child) -> Option<String> {
    match child {
        Child::Page(entry) => path(context.report, *entry),
        Child::Folder(folder) => folder_path(context, folder),
    }
}

/// Where the reader of a page finds both languages.
pub(super) fn of_spot(context: &Context<'_>, spot: &Spot) -> Option<String> {
    match spot.entry {
        Some(entry) if !spot.is_index => path(context.report, entry),
        _ => folder_path(context, &spot.folder),
    }
}

/// A place in the edition.
struct Place<'a> {
    entry: Option<usize>,
    folder: &'a str,
    is_index: bool,
    path: String,
}

fn places<'a>(context: &'a Context<'_>) -> Vec<Place<'a>> {
    let report = context.report;
    let mut taken = BTreeSet::new();
    let mut places = Vec::new();
    let entries = report.entries.iter().enumerate();
    let pages = entries.filter(|(_, entry)| !entry.is_index());
    let pages = pages.filter_map(|(number, entry)| {
        Some((Some(number), entry.folder.as_str(), path(report, number)?))
    });
    let folders = report.folders.iter().filter_map(|(path, folder)| {
        let entry = folder.index.filter(|entry| both(report, *entry).is_some());
        Some((entry, path.as_str(), folder_path(context, path)?))
    });
    let folders: Vec<_> = folders.collect();
    let pages: Vec<_> = pages.collect();
    for (is_index, list) in [(true, folders), (false, pages)] {
        for (entry, folder, path) in list {
            // Lower case, for file systems that don't tell `A` from `a`.
            if taken.insert(path.to_lowercase()) {
                places.push(Place {
                    entry,
                    folder,
                    is_index,
                    path,
                });
            }
        }
    }
    places
}

/// The addresses of the edition, for the sitemap.
pub(super) fn addresses(context: &Context<'_>) -> Vec<(String, Option<usize>)> {
    let places = places(context).into_iter();
    places.map(|place| (place.path, place.entry)).collect()
}

/// Hands the edition to the sink.
pub(super) fn put(context: &Context<'_>, sink: &dyn Sink) -> Result<Outcome> {
    places(context)
        .par_iter()
        .map(|place| page::put(context, place, sink))
        .try_reduce(Outcome::default, |a, b| Ok(a.absorb(b)))
}
