//! The places of the site where the pages of the report stand, and what leads there.
//!
//! In: the report. Out: every [`Spot`], that is a page or folder in one language, and its addresses:
//! in the other languages, for search engines, and those of the folders around it. Promise: no two
//! spots have one address, not even on file systems that don't tell `A` from `a`.

use std::collections::BTreeMap;

use crate::content::Report;
use crate::content::report::{Child, Page, parent};
use crate::diagnostic::{Diagnostic, slashed};
use crate::lang::Lang;
use crate::render::frame::{folder_path, link};
use crate::render::markdown::links::encode;
use crate::render::views::{AlternateView, LinkView, TranslationView};

/// A place in the site where a page stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The language of the frame around the text.
    pub lang: Lang,
    /// The folder it is in, or the folder that it is the page of.
    pub folder: String,
    /// The entry; `None` for a folder's listing without a file of its own.
    pub entry: Option<usize>,
    /// Whether it is the page of its folder.
    pub is_index: bool,
    /// Address from the site's top.
    pub path: String,
}

/// Every place of the site, in every language. Where two would have one address, the translated
/// page stays and the other is reported.
#[must_use]
pub fn spots(report: &Report, diagnostics: &mut Vec<Diagnostic>) -> Vec<Spot> {
    let (own, shown_instead): (Vec<Spot>, Vec<Spot>) = all_spots(report)
        .into_iter()
        .partition(|spot| is_translated(report, spot, spot.lang));
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut spots: Vec<Spot> = Vec::new();
    for spot in own.into_iter().chain(shown_instead) {
        // Lower case, for file systems that don't tell `A` from `a`.
        let path = spot.path.to_lowercase();
        if let Some(&first) = taken.get(&path) {
            diagnostics.push(clash(report, &spot, &spots[first]));
        } else {
            taken.insert(path, spots.len());
            spots.push(spot);
        }
    }
    spots
}

fn clash(report: &Report, spot: &Spot, first: &Spot) -> Diagnostic {
    let file = |spot: &Spot| {
        let page = spot
            .entry
            .and_then(|entry| report.entries[entry].shown(spot.lang));
        page.map_or_else(
            || spot.folder.clone().into(),
            |page| report.pages[page].file.clone(),
        )
    };
    let message = format!(
        "two pages have the address {}: this one and {}",
        spot.path,
        slashed(&file(first))
    );
    Diagnostic::error(message)
        .at(file(spot), 1, Some(1))
        .hint("give one of them another `slug:` or file name; this one was left out there")
}

fn all_spots(report: &Report) -> Vec<Spot> {
    let mut spots = Vec::new();
    for &lang in &report.config.languages {
        for (number, entry) in report.entries.iter().enumerate() {
            spots.push(Spot {
                lang,
                folder: entry.folder.clone(),
                entry: Some(number),
                is_index: entry.is_index(),
                path: report.path(number, lang),
            });
        }
        for (path, folder) in &report.folders {
            if folder.index.is_none() {
                spots.push(Spot {
                    lang,
                    folder: path.clone(),
                    entry: None,
                    is_index: true,
                    path: folder_path(report, path, lang),
                });
            }
        }
    }
    spots
}

impl Spot {
    /// The template and the kind of page.
    pub(super) fn kind(&self) -> (&'static str, &'static str) {
        match (self.is_index, self.folder.is_empty()) {
            (true, true) => ("home.html", "home"),
            (true, false) => ("section.html", "section"),
            (false, _) => ("page.html", "page"),
        }
    }

    /// The way to the site's top.
    pub(super) fn root(&self) -> String {
        "../".repeat(self.path.matches('/').count())
    }
}

/// The folders around a spot, outermost first, without the home page.
pub(super) fn breadcrumbs(report: &Report, spot: &Spot) -> Vec<LinkView> {
    let mut folder = spot.folder.as_str();
    if spot.is_index {
        folder = parent(folder);
    }
    let mut crumbs = Vec::new();
    while !folder.is_empty() {
        crumbs.push(link(report, &Child::Folder(folder.to_owned()), spot.lang));
        folder = parent(folder);
    }
    crumbs.reverse();
    crumbs
}

/// The address of the same spot in another language.
fn path_in(report: &Report, spot: &Spot, lang: Lang) -> String {
    match spot.entry {
        Some(entry) => report.path(entry, lang),
        None => folder_path(report, &spot.folder, lang),
    }
}

/// Whether the spot has a text in this language; a bare listing has one in every language.
fn is_translated(report: &Report, spot: &Spot, lang: Lang) -> bool {
    spot.entry
        .is_none_or(|entry| report.entries[entry].only(lang).is_some())
}

pub(super) fn translations(report: &Report, spot: &Spot) -> Vec<TranslationView> {
    let view = |&lang: &Lang| TranslationView {
        code: lang.code(),
        tag: lang.tag(),
        name: lang.own_name(),
        path: path_in(report, spot, lang),
        current: lang == spot.lang,
        translated: is_translated(report, spot, lang),
    };
    report.config.languages.iter().map(view).collect()
}

/// The absolute address, with a base URL. A text that is shown in a second language because
/// it has no translation belongs to its own.
pub(super) fn canonical(report: &Report, spot: &Spot, page: Option<&Page>) -> Option<String> {
    let base = report.config.base_url.as_ref()?;
    let lang = page.map_or(spot.lang, |page| page.lang);
    Some(format!("{base}{}", encode(&path_in(report, spot, lang))))
}

/// The absolute addresses of the spot's texts in all languages, and one for everybody else.
pub(super) fn alternates(report: &Report, spot: &Spot) -> Vec<AlternateView> {
    let Some(base) = &report.config.base_url else {
        return Vec::new();
    };
    let url = |lang| format!("{base}{}", encode(&path_in(report, spot, lang)));
    let there: Vec<Lang> = report
        .config
        .languages
        .iter()
        .copied()
        .filter(|&lang| is_translated(report, spot, lang))
        .collect();
    let mut alternates: Vec<AlternateView> = there
        .iter()
        .map(|&lang| AlternateView {
            tag: lang.tag(),
            url: url(lang),
        })
        .collect();
    if let (Some(&first), true) = (there.first(), there.len() > 1) {
        let is_home = spot.is_index && spot.folder.is_empty();
        let url = if is_home {
            // The choice of languages, by the address that it gives itself.
            base.clone()
        } else {
            url(first)
        };
        alternates.push(AlternateView {
            tag: "x-default",
            url,
        });
    }
    alternates
}
