//! The report: all pages in both languages, paired, in reading order.
//!
//! In: pages and data, however they were read. Out: a [`Report`] that answers what stands where.
//! Promise: every page has exactly one place in every language; the order never depends on the
//! file system.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::config::Config;
use crate::content::data::Data;
use crate::content::front_matter::FrontMatter;
use crate::content::glossary::Term;
use crate::content::picture::Size;
use crate::diagnostic::{Diagnostic, slashed};
use crate::figures::{Vocabulary, vocabulary};
use crate::import::evidence::Evidence;
use crate::lang::Lang;
use crate::names::Names;

/// The name of a folder's own page.
pub const INDEX: &str = "index";

/// One Markdown file.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its language.
    pub lang: Lang,
    /// The file, relative to the report's root.
    pub file: PathBuf,
    /// Its folder in `content/`, with `/` between the parts; empty at the top.
    pub folder: String,
    /// The file's name without language and extension.
    pub stem: String,
    /// What its head says.
    pub meta: FrontMatter,
    /// The whole file.
    pub text: String,
    /// Byte at which the Markdown begins.
    pub body_start: usize,
    /// Line (from 1) on which the Markdown begins.
    pub body_line: usize,
}

impl Page {
    /// The Markdown after the front matter.
    #[must_use]
    pub fn body(&self) -> &str {
        self.text.get(self.body_start..).unwrap_or_default()
    }

    /// Folder and stem: what the page's two languages have in common.
    #[must_use]
    pub fn key(&self) -> String {
        join(&self.folder, &self.stem)
    }

    /// Its name in the address.
    #[must_use]
    pub fn slug(&self) -> &str {
        self.meta.slug.as_deref().unwrap_or(&self.stem)
    }
}

/// A page of the report, in one or both languages.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Folder and stem, for instance `parks/hangzhou`.
    pub key: String,
    /// Its folder; empty at the top.
    pub folder: String,
    /// The Chinese page, as an index into [`Report::pages`].
    pub zh: Option<usize>,
    /// The English page, as an index into [`Report::pages`].
    pub en: Option<usize>,
}

impl Entry {
    /// The page in exactly this language.
    #[must_use]
    pub fn only(&self, lang: Lang) -> Option<usize> {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    /// The page that a reader of this language is shown.
    #[must_use]
    pub fn shown(&self, lang: Lang) -> Option<usize> {
        self.only(lang).or_else(|| self.only(lang.other()))
    }

    /// Whether it is its folder's own page.
    #[must_use]
    pub fn is_index(&self) -> bool {
        self.key == join(&self.folder, INDEX)
    }
}

/// A folder of `content/`: a section of the report.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// Its own page, an index into [`Report::entries`].
    pub index: Option<usize>,
    /// What it holds, in reading order.
    pub children: Vec<Child>,
}

/// What a folder holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Child {
    /// A page, an index into [`Report::entries`].
    Page(usize),
    /// A folder inside, by its path.
    Folder(String),
}

/// A file that is copied into the site as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The file, relative to the report's root.
    pub file: PathBuf,
    /// Its path in `content/`, with `/` between the parts.
    pub path: String,
}

/// The whole report.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What `site.yaml` says.
    pub config: Config,
    /// Every Markdown file that could be read, by path.
    pub pages: Vec<Page>,
    /// Every page with its languages, by key.
    pub entries: Vec<Entry>,
    /// Every folder by its path; the top is the empty path.
    pub folders: BTreeMap<String, Folder>,
    /// The figures, by name.
    pub data: BTreeMap<String, Data>,
    /// The terms, in the order of their file.
    pub glossary: Vec<Term>,
    /// Names in both languages, the report's own among them.
    pub names: Names,
    /// The words around numbers, the report's own among them.
    pub vocabulary: Vocabulary,
    /// Files copied as they are, by path.
    pub assets: Vec<Asset>,
    /// The texts of the CSV files among them, by path; none for one in an unknown encoding.
    pub sheets: BTreeMap<String, Option<String>>,
    /// The sizes of the pictures among them, by path; a picture may have none.
    pub pictures: BTreeMap<String, Size>,
    /// The keys of drafts that were left out.
    pub drafts: BTreeSet<String>,
    /// What is known about the text of each imported source, by the name of its record.
    pub restorations: BTreeMap<String, Evidence>,
}

impl Report {
    /// Pairs the pages and puts them in order. Two pages with one address: the first stays.
    #[must_use]
    pub fn new(config: Config, mut pages: Vec<Page>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        pages.sort_by(|a, b| a.file.cmp(&b.file));
        drop_doubles(&mut pages, diagnostics);
        let entries = pair(&pages);
        let mut report = Self {
            config,
            pages,
            entries,
            names: Names::built_in().clone(),
            vocabulary: vocabulary().clone(),
            ..Self::default()
        };
        report.folders = report.folder_tree();
        report
    }

    /// The entry with this key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<usize> {
        self.entries
            .binary_search_by(|entry| entry.key.as_str().cmp(key))
            .ok()
    }

    /// Whether a file of this path in `content/` is copied into the site.
    #[must_use]
    pub fn has_asset(&self, path: &str) -> bool {
        self.assets
            .binary_search_by(|asset| asset.path.as_str().cmp(path))
            .is_ok()
    }

    /// The address of a page in a language, from the site's top: `zh/parks/hangzhou.html`.
    #[must_use]
    pub fn path(&self, entry: usize, lang: Lang) -> String {
        let entry = &self.entries[entry];
        let slug = entry
            .shown(lang)
            .map_or(entry.key.as_str(), |page| self.pages[page].slug());
        page_path(lang, &entry.folder, slug)
    }

    /// The title of a folder in a language: its own page's, or else its name.
    #[must_use]
    pub fn folder_title(&self, folder: &str, lang: Lang) -> String {
        let own = self.folders.get(folder).and_then(|f| f.index);
        match own.and_then(|entry| self.entries[entry].shown(lang)) {
            Some(page) => self.pages[page].meta.title.clone(),
            None if folder.is_empty() => self.config.title.get(lang).to_owned(),
            None => folder.rsplit('/').next().unwrap_or(folder).to_owned(),
        }
    }

    /// The pages and the folders without one of their own, in the order in which one reads the report,
    /// each with its depth: 0 for the home page, 1 at the top…
    #[must_use]
    pub fn reading_order(&self) -> Vec<(Child, usize)> {
        let mut order = Vec::new();
        let mut waiting = vec![(Child::Folder(String::new()), 0)];
        while let Some((child, depth)) = waiting.pop() {
            let Child::Folder(path) = child else {
                order.push((child, depth));
                continue;
            };
            let Some(folder) = self.folders.get(&path) else {
                continue;
            };
            match folder.index {
                Some(index) => order.push((Child::Page(index), depth)),
                None if depth > 0 => order.push((Child::Folder(path), depth)),
                None => {}
            }
            let children = folder.children.iter().rev();
            waiting.extend(children.map(|child| (child.clone(), depth + 1)));
        }
        order
    }

    fn folder_tree(&self) -> BTreeMap<String, Folder> {
        let mut folders: BTreeMap<String, Folder> = BTreeMap::new();
        folders.entry(String::new()).or_default();
        for (number, entry) in self.entries.iter().enumerate() {
            add_with_parents(&mut folders, &entry.folder);
            let folder = folders.entry(entry.folder.clone()).or_default();
            if entry.is_index() {
                folder.index = Some(number);
            } else {
                folder.children.push(Child::Page(number));
            }
        }
        let places: BTreeMap<String, Rank> = folders
            .iter()
            .map(|(path, f)| (path.clone(), self.rank(f.index, path)))
            .collect();
        for folder in folders.values_mut() {
            folder.children.sort_by_cached_key(|child| match child {
                Child::Page(entry) => self.rank(Some(*entry), &self.entries[*entry].key),
                Child::Folder(path) => places[path].clone(),
            });
        }
        folders
    }

    /// Order first, then the newest date, then the name.
    fn rank(&self, entry: Option<usize>, key: &str) -> Rank {
        let shown = |lang| entry.and_then(|entry| self.entries[entry].shown(lang));
        let default = self.config.languages.first().copied().unwrap_or(Lang::Zh);
        let meta = shown(default).map(|page| &self.pages[page].meta);
        let order = meta.and_then(|meta| meta.order).unwrap_or(i64::MAX);
        let newest_first = meta.and_then(|meta| meta.date).map_or(i32::MAX, |date| {
            -(i32::from(date.year()) * 400 + i32::from(date.day_of_year()))
        });
        (order, newest_first, key.to_owned())
    }
}

type Rank = (i64, i32, String);

fn add_with_parents(folders: &mut BTreeMap<String, Folder>, path: &str) {
    if folders.contains_key(path) {
        return;
    }
    let parent = parent(path).to_owned();
    add_with_parents(folders, &parent);
    folders.insert(path.to_owned(), Folder::default());
    if let Some(parent) = folders.get_mut(&parent) {
        parent.children.push(Child::Folder(path.to_owned()));
    }
}

/// The folder around a folder; the top is around itself.
#[must_use]
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// Two parts of a path with `/` between them, or the second alone.
#[must_use]
pub fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// The address of a page from the site's top.
#[must_use]
pub fn page_path(lang: Lang, folder: &str, slug: &str) -> String {
    format!("{lang}/{}.html", join(folder, slug))
}

fn drop_doubles(pages: &mut Vec<Page>, diagnostics: &mut Vec<Diagnostic>) {
    let mut taken: BTreeMap<String, PathBuf> = BTreeMap::new();
    pages.retain(|page| {
        // Lower case, for file systems that don't tell `A` from `a`.
        let path = page_path(page.lang, &page.folder, page.slug()).to_lowercase();
        if let Some(first) = taken.get(&path) {
            let (line, column) = slug_place(page);
            diagnostics.push(
                Diagnostic::error(format!(
                    "two pages have the address {path}: this one and {}",
                    slashed(first)
                ))
                .at(&page.file, line, column)
                .hint("give one of them another `slug:` or file name; this one was left out"),
            );
            return false;
        }
        taken.insert(path, page.file.clone());
        true
    });
}

fn slug_place(page: &Page) -> (usize, Option<usize>) {
    let head = page.text.get(..page.body_start).unwrap_or_default();
    let line = head
        .lines()
        .position(|line| line.starts_with("slug:"))
        .map_or(1, |at| at + 1);
    (line, Some(1))
}

fn pair(pages: &[Page]) -> Vec<Entry> {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        let key = page.key();
        let entry = entries.entry(key.clone()).or_insert_with(|| Entry {
            key,
            folder: page.folder.clone(),
            zh: None,
            en: None,
        });
        match page.lang {
            Lang::Zh => entry.zh = Some(number),
            Lang::En => entry.en = Some(number),
        }
    }
    entries.into_values().collect()
}
