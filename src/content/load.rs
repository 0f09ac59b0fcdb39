//! A report's folder on disk to the [`Report`].
//!
//! In: the root folder. Out: `site.yaml`, every page of `content/`, every file of `content/data/`,
//! each read once, in parallel. Promise: what can't be read is a diagnostic with its place and the
//! rest goes on; only a root without `content/` is an error.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::config::{self, Config};
use crate::content::data::Data;
use crate::content::files::{read_text, utf8};
use crate::content::glossary::Term;
use crate::content::picture::Size;
use crate::content::read::{Item, Read, read};
use crate::content::report::{Asset, Page, Report};
use crate::diagnostic::{Diagnostic, slashed};
use crate::error::{Error, Result};
use crate::figures::{self, Vocabulary};
use crate::import::evidence::Evidence;
use crate::names::{self, Names};

/// The folder of pages in a report.
pub const CONTENT: &str = "content";

/// What was read, and what was wrong with it.
#[derive(Debug)]
pub struct Load {
    /// The report, without what could not be read.
    pub report: Report,
    /// What could not be read, and what looks odd.
    pub diagnostics: Vec<Diagnostic>,
}

/// What to leave in or out, and what to set instead of what `site.yaml` says.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Pages with `draft: true` too.
    pub drafts: bool,
    /// The address where the site will be published.
    pub base_url: Option<String>,
}

/// Reads the report in the folder `root`.
///
/// # Errors
/// A root without a readable `content/` or with an unreadable `site.yaml`.
pub fn load(root: &Path, options: &Options) -> Result<Load> {
    let mut diagnostics = Vec::new();
    let mut config = read_config(root, &mut diagnostics)?;
    if let Some(url) = &options.base_url {
        let url = whole_address(url).ok_or_else(|| {
            Error::usage(
                format!("the base URL `{url}` is not an address"),
                "write it whole, for instance --base-url https://example.org/report/",
            )
        })?;
        config.base_url = Some(url);
    } else if let Some(url) = config.base_url.take() {
        config.base_url = whole_address(&url);
        if config.base_url.is_none() {
            diagnostics.push(
                Diagnostic::error(format!("the base URL `{url}` is not an address"))
                    .at(config::FILE, config::line_of(root, "base_url"), Some(1))
                    .hint("write it whole, for instance https://example.org/report/"),
            );
        }
    }
    let found = walk(root, &mut diagnostics)?;
    let read: Vec<Read> = found.par_iter().map(|path| read(root, path)).collect();
    let mut parts = Parts::default();
    for mut one in read {
        diagnostics.append(&mut one.diagnostics);
        parts.take(one.item, &config, options, &mut diagnostics);
    }
    if parts.pages.is_empty() && diagnostics.is_empty() {
        diagnostics.push(
            Diagnostic::warning(format!("there is no page in {CONTENT}/"))
                .hint(format!("write one, for instance {CONTENT}/index.zh.md")),
        );
    }
    let mut report = Report::new(config, parts.pages, &mut diagnostics);
    report.names = read_names(root, &mut diagnostics);
    report.vocabulary = read_vocabulary(root, &mut diagnostics);
    report.data = parts.data.into_iter().collect();
    report.glossary = parts.glossary;
    report.assets = parts.assets;
    report.sheets = parts.sheets.into_iter().collect();
    report.pictures = parts.pictures.into_iter().collect();
    report.drafts = parts.drafts;
    report.restorations = parts.restorations.into_iter().collect();
    report.assets.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Load {
        report,
        diagnostics,
    })
}

/// Reads `site.yaml`; without one, all defaults apply.
///
/// # Errors
/// A `site.yaml` that is there and can't be read.
pub fn read_config(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Result<Config> {
    let path = root.join(config::FILE);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Config::default()),
        Err(error) => return Err(Error::read(&path)(error)),
    };
    let read = utf8(Path::new(config::FILE), bytes).and_then(|text| Config::parse(&text));
    Ok(read.unwrap_or_else(|diagnostic| {
        diagnostics.push(*diagnostic);
        Config::default()
    }))
}

/// The names that the program knows, and those of `names.yaml` beside `site.yaml`, if there is one.
#[must_use]
pub fn read_names(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Names {
    let own = own_text(root, names::FILE, diagnostics);
    let read = own.map_or_else(
        || Ok(Names::built_in().clone()),
        |text| Names::built_in().with(&text),
    );
    read.unwrap_or_else(|wrong| {
        diagnostics.push(*wrong);
        Names::built_in().clone()
    })
}

/// The words around numbers, and those of `figures.yaml` beside `site.yaml`, if there is one.
#[must_use]
pub fn read_vocabulary(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vocabulary {
    let mut words = figures::vocabulary().clone();
    if let Some(text) = own_text(root, figures::FILE, diagnostics)
        && let Err(wrong) = words.add(&text, Path::new(figures::FILE))
    {
        diagnostics.push(*wrong);
    }
    words
}

/// The text of a file beside `site.yaml` that need not be there.
fn own_text(root: &Path, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let file = Path::new(name);
    if !root.join(file).is_file() {
        return None;
    }
    read_text(root, file)
        .map_err(|wrong| diagnostics.push(*wrong))
        .ok()
}

/// An address with its scheme, ending in `/`.
fn whole_address(url: &str) -> Option<String> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let is_wrong = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '?' | '#');
    if rest.starts_with(['/', ':', '.']) || rest.is_empty() || rest.contains(is_wrong) {
        return None;
    }
    Some(format!("{}/", url.trim_end_matches('/')))
}

#[derive(Default)]
struct Parts {
    pages: Vec<Page>,
    data: Vec<(String, Data)>,
    glossary: Vec<Term>,
    assets: Vec<Asset>,
    sheets: Vec<(String, Option<String>)>,
    pictures: Vec<(String, Size)>,
    drafts: BTreeSet<String>,
    restorations: Vec<(String, Evidence)>,
}

impl Parts {
    fn take(
        &mut self,
        item: Item,
        config: &Config,
        options: &Options,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        match item {
            Item::Page(page) if page.meta.draft && !options.drafts => {
                self.drafts.insert(page.key());
            }
            Item::Page(page) if !config.languages.contains(&page.lang) => diagnostics.push(
                Diagnostic::warning(format!("the report has no pages in `{}`", page.lang))
                    .in_file(&page.file)
                    .hint("add the language to `languages:` in site.yaml; the page was left out"),
            ),
            Item::Page(page) => self.pages.push(*page),
            Item::Data(name, data) => self.data.push((name, *data)),
            Item::Glossary(terms) => self.glossary = terms,
            Item::Asset(asset) => self.assets.push(asset),
            Item::Restoration(name, evidence) => self.restorations.push((name, *evidence)),
            Item::Sheet(asset, text) => {
                self.sheets.push((asset.path.clone(), text));
                self.assets.push(asset);
            }
            Item::Picture(asset, size) => {
                self.pictures
                    .extend(size.map(|size| (asset.path.clone(), size)));
                self.assets.push(asset);
            }
            Item::Nothing => {}
        }
    }
}

/// All files of `content/`, relative to the root, in order; hidden ones are passed over.
fn walk(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<PathBuf>> {
    let content = root.join(CONTENT);
    if !content.is_dir() {
        return Err(Error::usage(
            format!("there is no folder {} to build from", slashed(&content)),
            "run this where the report is, name its folder with --root, or make one with `mingwen init DIR`",
        ));
    }
    let mut files = Vec::new();
    let walk = WalkDir::new(&content)
        .sort_by_file_name()
        .follow_links(true)
        .into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                files.push(
                    entry
                        .path()
                        .strip_prefix(root)
                        .unwrap_or(entry.path())
                        .to_owned(),
                );
            }
            Ok(_) => {}
            Err(error) => {
                let file = error.path().unwrap_or(&content);
                diagnostics.push(
                    Diagnostic::error(format!("this can't be read: {error}"))
                        .in_file(file.strip_prefix(root).unwrap_or(file))
                        .hint("mend its permissions or remove it; the rest was read"),
                );
            }
        }
    }
    Ok(files)
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// The line (from 1) of a key at the top of a page's head; the first line if it is not there.
pub(crate) fn line_of_key(text: &str, key: &str) -> usize {
    let is_key = |line: &str| {
        line.strip_prefix(key)
            .is_some_and(|rest| rest.starts_with(':'))
    };
    text.lines().position(is_key).map_or(1, |at| at + 1)
}

/// Letters of any script, digits, and a few signs that need no care in addresses and file names.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}
