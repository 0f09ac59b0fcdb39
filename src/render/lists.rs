//! Pages that gather what the report says in many places: glossary, subjects, time line, and the
//! whole report on one page.
//!
//! In: the report. Out: which of these pages each language has, with their addresses; and the pages.
//! Promise: a page that a person wrote keeps its address: the gathered one of that name is left out.

use serde::Serialize;

use crate::content::Report;
use crate::content::data::Data;
use crate::content::report::page_path;
use crate::error::Result;
use crate::lang::Lang;
use crate::render::frame::{Frame, folder_path};
use crate::render::markdown::Words;
use crate::render::markdown::links::encode;
use crate::render::site::{Context, Outcome, Sink};
use crate::render::views::{AlternateView, DateView, PageView, TranslationView};
use crate::render::{cite, glossary, print, restoration, tags, timeline};

/// One of these pages, for the frame of every page.
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    /// `timeline`, `tags`, `glossary`, `sources` or `print`.
    pub kind: &'static str,
    /// Its address from the site's top.
    pub path: String,
    /// Its title.
    pub title: String,
}

/// The pages that a language has.
pub(super) fn views(report: &Report, words: &Words, lang: Lang) -> Vec<ListView> {
    let is_events =
        |data: &Data| matches!(data, Data::Events(events) if !events.on_timeline().is_empty());
    let mut pages = report
        .entries
        .iter()
        .filter_map(|entry| entry.shown(lang))
        .map(|page| &report.pages[page]);
    let all = [
        (timeline::NAME, report.data.values().any(is_events)),
        (tags::NAME, pages.any(|page| !page.meta.tags.is_empty())),
        (glossary::NAME, !report.glossary.is_empty()),
        (restoration::NAME, !report.restorations.is_empty()),
        (print::NAME, !report.entries.is_empty()),
    ];
    all.into_iter()
        .filter(|(_, is_there)| *is_there)
        .map(|(kind, _)| ListView {
            kind,
            path: match kind {
                restoration::NAME => restoration::all_path(report, lang),
                _ => page_path(lang, "", kind),
            },
            title: words.get(kind).cloned().unwrap_or_default(),
        })
        .filter(|view| is_free(report, lang, &view.path))
        .collect()
}

/// Whether no page of the report has this address.
fn is_free(report: &Report, lang: Lang, path: &str) -> bool {
    let top = report.entries.iter().enumerate();
    let mut top = top.filter(|(_, entry)| entry.folder.is_empty());
    // For file systems that don't tell `A` from `a`.
    !top.any(|(number, _)| report.path(number, lang).eq_ignore_ascii_case(path))
}

/// A page to be laid out.
pub(super) struct List<'a> {
    pub kind: &'static str,
    pub template: &'a str,
    pub path: String,
    pub title: &'a str,
    /// Its address in the other languages that have it too.
    pub others: Vec<(Lang, String)>,
    /// Whether there are charts on it.
    pub charts: bool,
}

#[derive(Serialize)]
struct View<'a, T> {
    root: &'a str,
    page: &'a PageView<'a>,
    list: &'a T,
}

/// Lays out a page and hands it to the sink.
pub(super) fn put_list<T: Serialize>(
    context: &Context<'_>,
    frame: &Frame,
    list: &List<'_>,
    gathered: &T,
    sink: &dyn Sink,
) -> Result<Outcome> {
    let root = "../".repeat(list.path.matches('/').count());
    let page = page_view(context, frame, list);
    let view = View {
        root: &root,
        page: &page,
        list: gathered,
    };
    match context.theme.render(list.template, &frame.shared, &view) {
        Ok(html) => {
            sink.put(&list.path, html.as_bytes())?;
            Ok(Outcome {
                pages: 1,
                ..Outcome::default()
            })
        }
        Err(error) => Ok(Outcome::theme_error(*error)),
    }
}

fn page_view<'a>(context: &Context<'_>, frame: &'a Frame, list: &List<'a>) -> PageView<'a> {
    let report = context.report;
    let path_in = |lang: Lang| match list.others.iter().find(|(other, _)| *other == lang) {
        _ if lang == frame.lang => (list.path.clone(), true),
        Some((_, path)) => (path.clone(), true),
        None => (folder_path(report, "", lang), false),
    };
    let languages = context.frames.iter().map(|other| {
        let (path, translated) = path_in(other.lang);
        TranslationView {
            code: other.lang.code(),
            tag: other.lang.tag(),
            name: other.lang.own_name(),
            path,
            current: other.lang == frame.lang,
            translated,
        }
    });
    let languages: Vec<TranslationView> = languages.collect();
    let base = report.config.base_url.as_ref();
    let url = |path: &str| base.map(|base| format!("{base}{}", encode(path)));
    let there = languages.iter().filter(|language| language.translated);
    let alternates: Vec<AlternateView> = there
        .filter_map(|language| {
            Some(AlternateView {
                tag: language.tag,
                url: url(&language.path)?,
            })
        })
        .collect();
    let canonical = url(&list.path);
    PageView {
        kind: list.kind,
        charts: list.charts,
        path: list.path.clone(),
        updated: frame
            .last_change
            .map(|date| DateView::new(date, frame.lang)),
        cite: Some(cite::of_frame(
            frame,
            &list.path,
            list.title,
            canonical.as_deref(),
        )),
        lang: frame.lang.code(),
        tag: frame.lang.tag(),
        text_tag: frame.lang.tag(),
        title: list.title,
        description: frame
            .site
            .words
            .get(&format!("{}_description", list.kind))
            .map(String::as_str),
        canonical,
        languages,
        alternates,
        ..PageView::default()
    }
}

/// The page of a kind in the languages other than this one.
pub(super) fn others(context: &Context<'_>, lang: Lang, kind: &str) -> Vec<(Lang, String)> {
    let frames = context.frames.iter().filter(|frame| frame.lang != lang);
    let found = frames.filter_map(|frame| Some((frame.lang, frame.list(kind)?.path.clone())));
    found.collect()
}

/// The addresses of all these pages, for the sitemap.
pub(super) fn addresses(context: &Context<'_>) -> Vec<String> {
    let mut all = Vec::new();
    for frame in &context.frames {
        for list in &frame.site.lists {
            // What is for print holds nothing that the other pages don't; a single source is listed
            // with the sources.
            if list.kind != print::NAME && !restoration::is_source(context, &list.path) {
                all.push(list.path.clone());
            }
            if list.kind == tags::NAME {
                all.extend(context.tags(frame.lang).paths(frame.lang));
            }
        }
    }
    all
}

/// Hands all of them to the sink.
pub(super) fn put(context: &Context<'_>, sink: &dyn Sink) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for frame in &context.frames {
        for list in &frame.site.lists {
            let page = List {
                kind: list.kind,
                template: match list.kind {
                    glossary::NAME => "glossary.html",
                    tags::NAME => "tags.html",
                    timeline::NAME => "timeline.html",
                    restoration::NAME => "sources.html",
                    _ => "print.html",
                },
                path: list.path.clone(),
                title: &list.title,
                others: others(context, frame.lang, list.kind),
                charts: false,
            };
            outcome = outcome.absorb(match list.kind {
                glossary::NAME => {
                    let terms = glossary::all(&context.report.glossary, frame.lang);
                    put_list(context, frame, &page, &terms, sink)?
                }
                tags::NAME => tags::put(context, frame, &page, sink)?,
                timeline::NAME => timeline::put(context, frame, &page, sink)?,
                restoration::NAME => restoration::put_all(context, frame, &page, sink)?,
                _ => print::put(context, frame, &page, sink)?,
            });
        }
    }
    Ok(outcome)
}
