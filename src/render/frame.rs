//! What is the same on every page of a language: the site's view, and the neighbours of each page.
//!
//! In: the report and the theme's words. Out: a [`Frame`] for each language, made once. Promise: it
//! grows no faster than the report, and no page's view holds a list of all pages.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::content::Report;
use crate::content::report::{Child, INDEX, join};
use crate::lang::{Lang, Localized};
use crate::render::appearance;
use crate::render::lists::{self, ListView};
use crate::render::markdown::Words;
use crate::render::markdown::links::encode;
use crate::render::theme::{Shared, Theme, shared};
use crate::render::views::{ChildView, DateView, LanguageView, LinkView, SiteView};

/// With more top pages than this, the frame of a page does not list them: a header with thousands of
/// entries on thousands of pages would be quadratic, and of no use.
const MOST_IN_NAVIGATION: usize = 24;

/// The frame of a language.
pub(super) struct Frame {
    pub lang: Lang,
    pub site: SiteView,
    /// The same for the templates, as `site`.
    pub shared: Shared,
    /// The last day on which a page was changed, as far as the pages say.
    pub last_change: Option<Date>,
    /// All pages after the home page, and folders without a page of their own, in reading order.
    pub order: Vec<Child>,
    /// The links to them.
    links: Vec<LinkView>,
    /// The place of each entry in that order, by its index.
    places: Vec<Option<usize>>,
    /// The place of each folder without a page of its own.
    folder_places: BTreeMap<String, usize>,
}

impl Frame {
    /// One of the pages that gather from others, if the language has it.
    pub(super) fn list(&self, kind: &str) -> Option<&ListView> {
        self.site.lists.iter().find(|list| list.kind == kind)
    }

    pub(super) fn new(report: &Report, theme: &Theme, lang: Lang) -> Self {
        let order = report.reading_order().into_iter();
        let order: Vec<Child> = order
            .filter(|(_, depth)| *depth > 0)
            .map(|(child, _)| child)
            .collect();
        let mut places = vec![None; report.entries.len()];
        let mut folder_places = BTreeMap::new();
        for (place, child) in order.iter().enumerate() {
            match child {
                Child::Page(entry) => places[*entry] = Some(place),
                Child::Folder(path) => {
                    folder_places.insert(path.clone(), place);
                }
            }
        }
        let links = order.iter().map(|child| link(report, child, lang));
        let shown = report.entries.iter().filter_map(|entry| entry.shown(lang));
        let changes = shown.filter_map(|page| report.pages[page].meta.last_change());
        let site = site(report, theme, lang);
        Self {
            lang,
            last_change: changes.max(),
            shared: shared("site", &site),
            site,
            links: links.collect(),
            order,
            places,
            folder_places,
        }
    }

    /// The place of a page in reading order, or of a folder without one; the home page has none.
    pub(super) fn place(&self, entry: Option<usize>, folder: &str) -> Option<usize> {
        match entry {
            Some(entry) => self.places.get(entry).copied().flatten(),
            None => self.folder_places.get(folder).copied(),
        }
    }

    /// The pages before and after one: a reader goes from the first to the last, through all folders.
    pub(super) fn neighbours(
        &self,
        entry: Option<usize>,
        folder: &str,
    ) -> (Option<LinkView>, Option<LinkView>) {
        let Some(place) = self.place(entry, folder) else {
            return (None, None);
        };
        let previous = place.checked_sub(1).and_then(|place| self.links.get(place));
        (previous.cloned(), self.links.get(place + 1).cloned())
    }
}

fn site(report: &Report, theme: &Theme, lang: Lang) -> SiteView {
    let config = &report.config;
    let top = report.folders.get("");
    let top = top.map_or(&[][..], |folder| folder.children.as_slice());
    let words = theme.words(lang);
    let (title, title_lang) = report_title(report, words, lang);
    let tag = |text: &Localized| text.shown_in(lang).tag();
    SiteView {
        lang: lang.code(),
        tag: lang.tag(),
        home: folder_path(report, "", lang),
        title,
        title_tag: title_lang.tag(),
        description: config.description.get(lang).to_owned(),
        description_tag: tag(&config.description),
        author: config.author.get(lang).to_owned(),
        author_tag: tag(&config.author),
        license: config.license.get(lang).to_owned(),
        license_tag: tag(&config.license),
        logo: encode(&appearance::logo(report).unwrap_or_default()),
        logo_size: config
            .appearance
            .logo
            .as_ref()
            .and_then(|logo| report.pictures.get(logo).copied()),
        styles: appearance::styles(report)
            .0
            .map(|_| format!("assets/{}", appearance::STYLES))
            .unwrap_or_default(),
        languages: config
            .languages
            .iter()
            .map(|lang| language(report, theme, *lang))
            .collect(),
        nav: if top.len() <= MOST_IN_NAVIGATION {
            top.iter().map(|child| link(report, child, lang)).collect()
        } else {
            Vec::new()
        },
        lists: lists::views(report, words, lang),
        words: words.clone(),
        extra: config.extra.clone(),
    }
}

fn language(report: &Report, theme: &Theme, lang: Lang) -> LanguageView {
    let (title, _) = report_title(report, theme.words(lang), lang);
    LanguageView {
        code: lang.code(),
        tag: lang.tag(),
        name: lang.own_name(),
        title,
        path: folder_path(report, "", lang),
    }
}

/// The configured title, or else the home page's, or else the theme's word for a home page; and the
/// language it is in.
fn report_title(report: &Report, words: &Words, lang: Lang) -> (String, Lang) {
    let configured = &report.config.title;
    if !configured.get(lang).trim().is_empty() {
        return (configured.get(lang).to_owned(), configured.shown_in(lang));
    }
    let home = report.folders.get("").and_then(|folder| folder.index);
    match home.and_then(|entry| report.entries[entry].shown(lang)) {
        Some(page) => {
            let page = &report.pages[page];
            (page.meta.title.clone(), page.lang)
        }
        None => (words.get("home").cloned().unwrap_or_default(), lang),
    }
}

/// The address of a folder's page, whether it has a file of its own or not.
pub(super) fn folder_path(report: &Report, folder: &str, lang: Lang) -> String {
    match report.folders.get(folder).and_then(|folder| folder.index) {
        Some(entry) => report.path(entry, lang),
        None => format!("{lang}/{}.html", join(folder, INDEX)),
    }
}

/// A link to a page or folder, in the words of the page that the reader will see.
pub(super) fn link(report: &Report, child: &Child, lang: Lang) -> LinkView {
    let (path, entry, title) = match child {
        Child::Page(entry) => (report.path(*entry, lang), Some(*entry), String::new()),
        Child::Folder(folder) => (
            folder_path(report, folder, lang),
            report.folders.get(folder).and_then(|folder| folder.index),
            report.folder_title(folder, lang),
        ),
    };
    match entry.and_then(|entry| report.entries[entry].shown(lang)) {
        Some(page) => {
            let page = &report.pages[page];
            LinkView::new(path, page.meta.title.clone(), page.lang)
        }
        None => LinkView::new(path, title, lang),
    }
}

/// What a folder holds, for its page.
pub(super) fn children(report: &Report, folder: &str, lang: Lang) -> Vec<ChildView> {
    let Some(folder) = report.folders.get(folder) else {
        return Vec::new();
    };
    let view = |child: &Child| child_view(report, child, lang);
    folder.children.iter().map(view).collect()
}

/// A page or folder for a listing.
pub(super) fn child_view(report: &Report, child: &Child, lang: Lang) -> ChildView {
    let entry = match child {
        Child::Page(entry) => Some(*entry),
        Child::Folder(path) => report.folders.get(path).and_then(|folder| folder.index),
    };
    let page = entry.and_then(|entry| report.entries[entry].shown(lang));
    let meta = page.map(|page| &report.pages[page].meta);
    ChildView {
        link: link(report, child, lang),
        description: meta.and_then(|meta| meta.description.clone()),
        date: meta
            .and_then(|meta| meta.date)
            .map(|date| DateView::new(date, lang)),
        is_folder: matches!(child, Child::Folder(_)),
    }
}
