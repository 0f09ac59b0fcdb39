//! The whole site from the whole report.
//!
//! In: a [`Report`] and a [`Theme`]. Out: every file of the site, handed to a [`Sink`] as soon as it
//! is ready, in parallel, and what is wrong with the texts. Promise: each page is parsed, rendered
//! and handed over once; nothing grows faster than the number of pages.

use rayon::prelude::*;

use crate::content::Report;
use crate::diagnostic::{self, Diagnostic};
use crate::error::Result;
use crate::lang::Lang;
use crate::render::figures::{ChartFiles, chart_files};
use crate::render::frame::Frame;
use crate::render::glossary::Terms;
use crate::render::markdown::links::{self, Edition};
use crate::render::markdown::{self, Links, Marked, Parsed};
use crate::render::parallel::{self, Pairing};
use crate::render::restoration::places::Source;
use crate::render::spots::{Spot, spots};
use crate::render::tags::Tags;
use crate::render::theme::{Shared, Theme, shared};
use crate::render::views::SiteView;
use crate::render::{appearance, charts, extras, lists, page, restoration, search};

/// Takes the files of the site.
pub trait Sink: Sync {
    /// Takes a file's bytes; `path` counts from the site's top, with `/` between its parts.
    ///
    /// # Errors
    /// When it can't be written.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<()>;

    /// Takes a file of the report as it is; `file` counts from the report's root.
    ///
    /// # Errors
    /// When it can't be read or written.
    fn copy(&self, path: &str, file: &std::path::Path) -> Result<()>;
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What is wrong with texts and templates.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the theme failed, so that pages are missing and the site must not be published.
    pub theme_failed: bool,
    /// Pages handed over.
    pub pages: usize,
}

impl Outcome {
    pub(super) fn absorb(mut self, other: Self) -> Self {
        self.diagnostics.extend(other.diagnostics);
        self.theme_failed |= other.theme_failed;
        self.pages += other.pages;
        self
    }

    pub(super) fn theme_error(diagnostic: Diagnostic) -> Self {
        Self {
            diagnostics: vec![diagnostic],
            theme_failed: true,
            pages: 0,
        }
    }
}

/// What all pages share while they are rendered.
pub(super) struct Context<'a> {
    pub report: &'a Report,
    pub theme: &'a Theme,
    pub parsed: &'a [Parsed<'a>],
    /// The anchors of every page's blocks, and how the blocks of its two languages are paired.
    pub pairing: Pairing,
    /// The tags and the terms of each language, in the same order.
    pub tags: Vec<Tags>,
    pub terms: Vec<Terms>,
    /// The frame of each language, in the order of the report's languages.
    pub frames: Vec<Frame>,
    /// The report in each of its languages, for pages that are in none or in both.
    pub sites: Shared,
    /// The sources that were imported.
    pub sources: Vec<Source<'a>>,
}

impl Context<'_> {
    pub(super) fn frame(&self, lang: Lang) -> Option<&Frame> {
        self.frames.iter().find(|frame| frame.lang == lang)
    }

    /// The tags of a language of the report.
    pub(super) fn tags(&self, lang: Lang) -> &Tags {
        let mut both = self.report.config.languages.iter().zip(&self.tags);
        both.find(|(own, _)| **own == lang)
            .map_or(&self.tags[0], |(_, tags)| tags)
    }

    /// The terms as the texts of a language mention them.
    pub(super) fn terms(&self, lang: Lang) -> &Terms {
        match lang {
            Lang::Zh => &self.terms[0],
            Lang::En => &self.terms[1],
        }
    }

    /// The links of a text, seen from a page in the frame of a language.
    pub(super) fn links<'l>(
        &'l self,
        number: usize,
        frame: Lang,
        root: &'l str,
        edition: Edition<'l>,
    ) -> Links<'l> {
        let page = &self.report.pages[number];
        Links {
            edition,
            report: self.report,
            parsed: self.parsed,
            page,
            number,
            frame,
            root,
        }
    }
}

/// Renders every file of the site into the sink.
///
/// # Errors
/// When the sink can't take a file.
pub fn render(report: &Report, theme: &Theme, sink: &dyn Sink) -> Result<Outcome> {
    let marked: Vec<Marked<'_>> = report
        .pages
        .par_iter()
        .map(|page| markdown::mark(page.body()))
        .collect();
    let mut parsed: Vec<Parsed<'_>> = marked.par_iter().map(markdown::parse).collect();
    let pairing = Pairing::new(report, &mut parsed);
    let languages = &report.config.languages;
    let frames: Vec<Frame> = languages
        .iter()
        .map(|lang| Frame::new(report, theme, *lang))
        .collect();
    let sites: Vec<&SiteView> = frames.iter().map(|frame| &frame.site).collect();
    let context = Context {
        report,
        theme,
        parsed: &parsed,
        pairing,
        tags: languages
            .iter()
            .map(|lang| Tags::new(report, *lang))
            .collect(),
        terms: Lang::ALL
            .map(|lang| Terms::new(&report.glossary, lang))
            .into(),
        sites: shared("sites", &sites),
        frames,
        sources: restoration::places::sources(report),
    };

    let mut clashes = Vec::new();
    let spots = spots(report, &mut clashes);
    let pages = spots
        .par_iter()
        .map(|spot| put_page(&context, spot, sink))
        .try_reduce(Outcome::default, |a, b| Ok(a.absorb(b)))?;
    let mut outcome = pages
        .absorb(restoration::put(&context, &spots, sink)?)
        .absorb(parallel::put(&context, sink)?)
        .absorb(lists::put(&context, sink)?)
        .absorb(extras::put(&context, &spots, sink)?);
    outcome.diagnostics.extend(clashes);
    outcome.diagnostics.extend(put_charts(report, sink)?);
    search::put(&context, &spots, sink)?;
    let (styles, wrong) = appearance::styles(report);
    outcome.diagnostics.extend(wrong);
    if let Some(styles) = styles {
        sink.put(&format!("assets/{}", appearance::STYLES), styles.as_bytes())?;
    }
    put_statics(report, theme, sink)?;
    diagnostic::sort(&mut outcome.diagnostics);
    outcome.diagnostics.dedup();
    Ok(outcome)
}

fn put_page(context: &Context<'_>, spot: &Spot, sink: &dyn Sink) -> Result<Outcome> {
    let (html, diagnostics, files) = page::html(context, spot);
    // The same chart on two pages has the same bytes.
    for (path, text) in files {
        sink.put(&path, text.as_bytes())?;
    }
    match html {
        Ok(html) => {
            sink.put(&spot.path, html.as_bytes())?;
            Ok(Outcome {
                diagnostics,
                theme_failed: false,
                pages: 1,
            })
        }
        Err(error) => Ok(Outcome::theme_error(*error)),
    }
}

/// The drawings and tables that readers can take away.
fn put_charts(report: &Report, sink: &dyn Sink) -> Result<Vec<Diagnostic>> {
    let files: Vec<ChartFiles> = report
        .data
        .par_iter()
        .flat_map_iter(|(name, data)| {
            report
                .config
                .languages
                .iter()
                .map(move |lang| chart_files(name, data, *lang, &report.names))
        })
        .collect();
    let mut diagnostics = Vec::new();
    for file in files {
        diagnostics.extend(file.diagnostics);
        for (path, text) in file.files {
            sink.put(&path, text.as_bytes())?;
        }
    }
    Ok(diagnostics)
}

fn put_statics(report: &Report, theme: &Theme, sink: &dyn Sink) -> Result<()> {
    for (name, bytes) in &theme.statics {
        sink.put(&format!("assets/{name}"), bytes)?;
    }
    sink.put("assets/charts.css", charts::stylesheet().as_bytes())?;
    // GitHub Pages would leave out files that Jekyll does not know.
    sink.put(".nojekyll", b"")?;
    report
        .assets
        .par_iter()
        .try_for_each(|asset| sink.copy(&format!("{}/{}", links::MEDIA, asset.path), &asset.file))
}
