//! One page of the site.
//!
//! In: a [`Spot`], that is a page or folder in one language. Out: its HTML and what is wrong with it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::content::Report;
use crate::content::report::{Child, Page, parent};
use crate::diagnostic::{Diagnostic, slashed};
use crate::lang::Lang;
use crate::render::cite::{self, CiteView, Work};
use crate::render::figure_links;
use crate::render::figures::PageCharts;
use crate::render::frame::{Frame, children, folder_path, link};
use crate::render::glossary::{self, TermView};
use crate::render::markdown::links::Edition;
use crate::render::markdown::{self, Form, Links, Rendered};
use crate::render::parallel;
use crate::render::print;
use crate::render::restoration::places;
use crate::render::site::Context;
use crate::render::views::{AlternateView, DateView, LinkView, PageView, TranslationView, View};

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
    fn kind(&self) -> (&'static str, &'static str) {
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
    let (mut rendered, files) = number
        .map(|number| plain(context, spot, number, &root))
        .unwrap_or_default();
    // A text shown in both languages has one set of mistakes, not two.
    if page.is_some_and(|page| page.lang != spot.lang) {
        rendered.diagnostics.clear();
    }
    let diagnostics = std::mem::take(&mut rendered.diagnostics);
    let title = if spot.folder.is_empty() {
        frame.site.title.clone()
    } else {
        context.report.folder_title(&spot.folder, spot.lang)
    };
    let view = view(context, frame, spot, number, rendered, &title);
    let (template, _) = spot.kind();
    let view = View {
        root: &root,
        site: &frame.site,
        page: &view,
    };
    let html = context.theme.render(template, &view);
    (html, diagnostics, files)
}

/// The page's text as it stands in the page of one language.
fn plain(context: &Context<'_>, spot: &Spot, number: usize, root: &str) -> (Rendered, Files) {
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
    let (rendered, mut files) = text(context, number, &links, form);
    // The page of the text's own language has them.
    if text_lang != spot.lang {
        files.clear();
    }
    (rendered, files)
}

/// A page's text as HTML, its charts included and linked with it; and the files of charts that the data
/// alone does not draw.
pub(super) fn text(
    context: &Context<'_>,
    number: usize,
    links: &Links<'_>,
    form: Form<'_>,
) -> (Rendered, Files) {
    let page = &context.report.pages[number];
    let charts = PageCharts {
        context,
        page,
        root: links.root,
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
    (
        rendered,
        files.into_inner().unwrap_or_else(PoisonError::into_inner),
    )
}

fn view<'a>(
    context: &Context<'a>,
    frame: &Frame,
    spot: &Spot,
    number: Option<usize>,
    rendered: Rendered,
    title: &'a str,
) -> PageView<'a> {
    let report = context.report;
    let (previous, next) = spot
        .entry
        .map(|entry| frame.neighbours(report, entry))
        .unwrap_or_default();
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
            tags.map(|tag| context.tags(spot.lang).view(frame, tag))
                .collect()
        }),
        terms: terms(context, page, &rendered),
        links: print::external_links(&html),
        html,
        cite: Some(citation(context, frame, spot, page, title)),
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
        lang: spot.lang,
        author: &frame.site.author,
        title: match meta {
            Some(meta) if !is_home => &meta.title,
            _ => title,
        },
        report: if is_home { "" } else { &frame.site.title },
        date: meta.and_then(|meta| meta.updated.or(meta.date)),
        url: url.as_deref(),
        slug: page.map_or(&spot.folder, |page| page.slug()),
    })
}

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

fn translations(report: &Report, spot: &Spot) -> Vec<TranslationView> {
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

/// A text that is shown in a second language because it has no translation belongs to its own.
fn canonical(report: &Report, spot: &Spot, page: Option<&Page>) -> Option<String> {
    let base = report.config.base_url.as_ref()?;
    let lang = page.map_or(spot.lang, |page| page.lang);
    Some(format!(
        "{base}{}",
        markdown::links::encode(&path_in(report, spot, lang))
    ))
}

/// The absolute addresses of the spot's texts in all languages, and one for everybody else.
pub(super) fn alternates(report: &Report, spot: &Spot) -> Vec<AlternateView> {
    let Some(base) = &report.config.base_url else {
        return Vec::new();
    };
    let url = |lang| {
        format!(
            "{base}{}",
            markdown::links::encode(&path_in(report, spot, lang))
        )
    };
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
