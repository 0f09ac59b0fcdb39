//! One page of the site.
//!
//! In: a [`Spot`]. Out: its HTML, the files of its charts, and what is wrong with it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::content::front_matter::FrontMatter;
use crate::content::report::Page;
use crate::diagnostic::Diagnostic;
use crate::render::cite::{self, CiteView, Work};
use crate::render::figure_links;
use crate::render::figures::PageCharts;
use crate::render::frame::{Frame, children};
use crate::render::glossary::{self, TermView};
use crate::render::markdown::links::Edition;
use crate::render::markdown::{self, Form, Links, Rendered};
use crate::render::numbered;
use crate::render::parallel;
use crate::render::print;
use crate::render::restoration::places;
use crate::render::site::Context;
use crate::render::spots::{Spot, alternates, breadcrumbs, canonical, translations};
use crate::render::views::{DateView, PageView, View};

/// Files that belong to a page, by address: what readers can take away of its charts.
pub(super) type Files = BTreeMap<String, String>;

/// A page, what is wrong with its text, even if the template fails, and the files of its charts.
pub(super) type Made = (Result<String, Box<Diagnostic>>, Vec<Diagnostic>, Files);

/// Renders a page.
pub(super) fn html(context: &Context<'_>, spot: &Spot) -> Made {
    let Some(frame) = context.frame(spot.lang) else {
        return (Ok(String::new()), Vec::new(), Files::new());
    };
    let root = spot.root();
    let number = spot
        .entry
        .and_then(|entry| context.report.entries[entry].shown(spot.lang));
    let page = number.map(|number| &context.report.pages[number]);
    let mut text = number
        .map(|number| plain(context, spot, number, &root))
        .unwrap_or_default();
    // A text shown in both languages has one set of mistakes, not two.
    if page.is_some_and(|page| page.lang != spot.lang) {
        text.rendered.diagnostics.clear();
    }
    let diagnostics = std::mem::take(&mut text.rendered.diagnostics);
    let files = std::mem::take(&mut text.files);
    let title = if spot.folder.is_empty() {
        frame.site.title.clone()
    } else {
        context.report.folder_title(&spot.folder, spot.lang)
    };
    let view = view(context, frame, spot, number, text, &title);
    let (template, _) = spot.kind();
    let view = View {
        root: &root,
        page: &view,
    };
    let html = context.theme.render(template, &frame.shared, &view);
    (html, diagnostics, files)
}

/// The page's text as it stands in the page of one language.
fn plain(context: &Context<'_>, spot: &Spot, number: usize, root: &str) -> Text {
    let text_lang = context.report.pages[number].lang;
    let glossary = context
        .frame(spot.lang)
        .and_then(|frame| frame.list(glossary::NAME));
    let address = glossary.map(|list| format!("{root}{}", list.path));
    let form = Form {
        anchors: context.pairing.anchors(number),
        permalinks: true,
        terms: address
            .as_deref()
            .map(|address| (context.terms(text_lang), address)),
        ..Form::default()
    };
    let links = context.links(number, spot.lang, root, Edition::Plain);
    let mut text = text(context, number, &links, form);
    // The page of the text's own language has them.
    if text_lang != spot.lang {
        text.files.clear();
    }
    text
}

/// A page's text with its charts.
#[derive(Default)]
pub(super) struct Text {
    pub(super) rendered: Rendered,
    /// The files of charts that the data alone does not draw.
    pub(super) files: Files,
    pub(super) has_charts: bool,
}

/// A page's text as HTML, its charts included and linked with it.
pub(super) fn text(
    context: &Context<'_>,
    number: usize,
    links: &Links<'_>,
    form: Form<'_>,
) -> Text {
    let page = &context.report.pages[number];
    let charts = PageCharts {
        context,
        page,
        root: links.root,
        place: match links.edition {
            Edition::Plain => "page",
            Edition::Parallel => "column",
            Edition::Print(_) => "paper",
        },
        files: Mutex::default(),
        said: Mutex::default(),
    };
    let words = context.theme.words(page.lang);
    let mut rendered = markdown::render(&context.parsed[number], links, &charts, words, form);
    charts.append_named(&mut rendered, form.first_chart);
    let PageCharts { files, said, .. } = charts;
    let said = said.into_inner().unwrap_or_else(PoisonError::into_inner);
    if !said.is_empty() {
        let known = figure_links::Known {
            vocabulary: &context.report.vocabulary,
            names: &context.report.names,
        };
        figure_links::link(&mut rendered, &said, known);
    }
    Text {
        rendered,
        files: files.into_inner().unwrap_or_else(PoisonError::into_inner),
        has_charts: !said.is_empty(),
    }
}

fn view<'a>(
    context: &Context<'a>,
    frame: &Frame,
    spot: &Spot,
    number: Option<usize>,
    text: Text,
    title: &'a str,
) -> PageView<'a> {
    let Text {
        rendered,
        has_charts,
        ..
    } = text;
    let report = context.report;
    let (previous, next) = frame.neighbours(spot.entry, &spot.folder);
    let page = number.map(|number| &report.pages[number]);
    let meta = page.map(|page| &page.meta);
    let html = number.map_or_else(String::new, |number| rendered.html(&context.parsed[number]));
    let date = |date: Option<jiff::civil::Date>| date.map(|date| DateView::new(date, spot.lang));
    PageView {
        kind: spot.kind().1,
        path: spot.path.clone(),
        lang: spot.lang.code(),
        tag: spot.lang.tag(),
        text_tag: match page {
            Some(page) => page.lang.tag(),
            None if spot.folder.is_empty() => frame.site.title_tag,
            None => spot.lang.tag(),
        },
        untranslated: page.is_some_and(|page| page.lang != spot.lang),
        title: meta.map_or(title, |meta| &meta.title),
        description: meta.and_then(|meta| meta.description.as_deref()),
        date: date(meta.and_then(|meta| meta.date)),
        updated: date(meta.and_then(|meta| meta.updated)),
        tags: meta.map_or_else(Vec::new, |meta| {
            let tags = meta.tags.iter();
            let from = page.map_or(spot.lang, |page| page.lang);
            tags.map(|tag| context.tags(spot.lang).view(frame, tag, from))
                .collect()
        }),
        terms: terms(context, page, &rendered),
        charts: has_charts,
        links: print::external_links(&html),
        html,
        cite: Some(citation(context, frame, spot, page, title)),
        is_numbered: numbered::any(&rendered.headings),
        contents: rendered.headings,
        breadcrumbs: breadcrumbs(report, spot),
        previous,
        next,
        children: if spot.is_index {
            children(report, &spot.folder, spot.lang)
        } else {
            Vec::new()
        },
        languages: translations(report, spot),
        parallel: parallel::of_spot(context, spot),
        pairs: spot
            .entry
            .and_then(|entry| parallel::path(report, entry))
            .map(|path| format!("{}.js", path.trim_end_matches(".html"))),
        canonical: canonical(report, spot, page),
        alternates: alternates(report, spot),
        source: spot
            .entry
            .and_then(|entry| places::link(&context.sources, report, entry, spot.lang)),
        extra: meta.map(|meta| &meta.extra),
    }
}

/// The terms that a text mentions.
fn terms(context: &Context<'_>, page: Option<&Page>, rendered: &Rendered) -> Vec<TermView> {
    let Some(page) = page else {
        return Vec::new();
    };
    let terms = rendered.terms.iter();
    let known = terms.filter_map(|&index| Some((index, context.report.glossary.get(index)?)));
    known
        .map(|(index, term)| glossary::view(term, index, page.lang))
        .collect()
}

fn citation(
    context: &Context<'_>,
    frame: &Frame,
    spot: &Spot,
    page: Option<&Page>,
    title: &str,
) -> CiteView {
    let is_home = spot.is_index && spot.folder.is_empty();
    let url = canonical(context.report, spot, page);
    let meta = page.map(|page| &page.meta);
    cite::cite(&Work {
        title: match meta {
            Some(meta) if !is_home => &meta.title,
            _ => title,
        },
        report: if is_home { "" } else { &frame.site.title },
        date: meta
            .and_then(FrontMatter::last_change)
            // A folder without a text of its own changes with the report.
            .or(frame.last_change.filter(|_| is_home || page.is_none())),
        url: url.as_deref(),
        text: page.map_or(spot.lang, |page| page.lang),
        ..Work::of_frame(frame, &spot.path)
    })
}
