//! The restoration shown: for each imported source, pages with its text in the order of the source.
//!
//! In: the [`Evidence`] of the imports, and the pages of the report. Out: for each language
//! `<lang>/sources/<name>.html`, in parts if it is long. Promises: every line of a source stands on
//! one of its pages under the anchor `L<number>`; nothing that is known about a character is left
//! out; what could harm a page (control characters, characters without a shape) is named instead.

mod channels;
mod lines;
pub(super) mod places;
mod views;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::content::Report;
use crate::content::report::{Child, page_path};
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::import::evidence::Evidence;
use crate::lang::Lang;
use crate::render::cite;
use crate::render::frame::{Frame, link};
use crate::render::lists::{List, put_list};
use crate::render::markdown::footnotes::escape;
use crate::render::markdown::links::encode;
use crate::render::site::{Context, Outcome, Sink};
use crate::render::spots::Spot;
use crate::render::views::{
    AlternateView, DateView, Heading, LinkView, PageView, TranslationView, View,
};

use places::{Place, Source};
use views::{CountsView, GroupView, ListedView, SourceView};

/// The name of the page with all sources, and of the folder of their own pages.
pub(super) const NAME: &str = "sources";

/// What `source.html` gets.
#[derive(serde::Serialize)]
struct WithSource<'a> {
    #[serde(flatten)]
    view: View<'a>,
    /// The source.
    source: SourceView,
}

/// Hands the pages of all sources to the sink.
pub(super) fn put(context: &Context<'_>, spots: &[Spot], sink: &dyn Sink) -> Result<Outcome> {
    let mut wanted: Vec<(&Source<'_>, usize, Lang)> = Vec::new();
    let mut outcome = Outcome::default();
    // Lower case, for file systems that don't tell `A` from `a`.
    let taken: BTreeSet<String> = if context.sources.is_empty() {
        BTreeSet::new()
    } else {
        spots.iter().map(|spot| spot.path.to_lowercase()).collect()
    };
    for source in &context.sources {
        for part in 0..source.parts.len() {
            for frame in &context.frames {
                let path = source.path(part, frame.lang).to_lowercase();
                if taken.contains(&path) {
                    outcome.diagnostics.push(clash(source, &path));
                } else {
                    wanted.push((source, part, frame.lang));
                }
            }
        }
    }
    let made = wanted
        .par_iter()
        .map(|&(source, part, lang)| {
            let Some(frame) = context.frame(lang) else {
                return Ok(Outcome::default());
            };
            match html(context, frame, source, part) {
                Ok(html) => {
                    sink.put(&source.path(part, lang), html.as_bytes())?;
                    Ok(Outcome {
                        pages: 1,
                        ..Outcome::default()
                    })
                }
                Err(error) => Ok(Outcome::theme_error(*error)),
            }
        })
        .try_reduce(Outcome::default, |a, b| Ok(a.absorb(b)))?;
    Ok(outcome.absorb(made))
}

/// The address of what leads to all sources: of the only one, or of the page that lists them.
pub(super) fn all_path(report: &Report, lang: Lang) -> String {
    let mut stems = report.restorations.keys();
    match (stems.next(), stems.next()) {
        (Some(only), None) => places::first_path(only, lang),
        _ => page_path(lang, "", NAME),
    }
}

/// Whether the first page of a source has this address.
pub(super) fn is_source(context: &Context<'_>, path: &str) -> bool {
    let lists = |source: &Source<'_>| {
        let mut frames = context.frames.iter();
        frames.any(|frame| source.path(0, frame.lang) == path)
    };
    matches!(context.sources.as_slice(), [only] if lists(only))
}

/// The page that lists the sources, if there are several.
pub(super) fn put_all(
    context: &Context<'_>,
    frame: &Frame,
    page: &List<'_>,
    sink: &dyn Sink,
) -> Result<Outcome> {
    if is_source(context, &page.path) {
        return Ok(Outcome::default());
    }
    let all = context.sources.iter().map(|source| ListedView {
        path: source.path(0, frame.lang),
        name: source.name().to_owned(),
        counts: counts(source.evidence),
    });
    put_list(context, frame, page, &all.collect::<Vec<_>>(), sink)
}

fn clash(source: &Source<'_>, path: &str) -> Diagnostic {
    Diagnostic::error(format!(
        "a page of the report has the address {path}, which this source needs"
    ))
    .in_file(source.file())
    .hint("give that page another `slug:` or folder; the restoration was left out there")
}

fn html(
    context: &Context<'_>,
    frame: &Frame,
    source: &Source<'_>,
    part: usize,
) -> std::result::Result<String, Box<Diagnostic>> {
    let lang = frame.lang;
    let path = source.path(part, lang);
    let root = "../".repeat(path.matches('/').count());
    let words = &frame.site.words;
    let word = |key: &str| words.get(key).map_or("", String::as_str);
    let (title, description) = (source.title(words), source.description(words));
    let groups = groups(context, source, part, lang);
    let neighbour = |part: Option<usize>| {
        let part = part.filter(|part| *part < source.parts.len())?;
        let title = format!("{} {}", source.name(), part + 1);
        Some(LinkView::new(source.path(part, lang), title, lang))
    };
    let canonical = url(context, source, part, lang);
    // The only source is what the list of them leads to.
    let all = frame
        .list(NAME)
        .filter(|all| !is_source(context, &all.path));
    let page = PageView {
        kind: "source",
        cite: Some(cite::of_frame(frame, &path, &title, canonical.as_deref())),
        updated: frame.last_change.map(|date| DateView::new(date, lang)),
        path,
        description: Some(&description),
        lang: lang.code(),
        tag: lang.tag(),
        text_tag: lang.tag(),
        title: &title,
        contents: contents(&groups, part, word),
        breadcrumbs: all
            .map(|all| LinkView::new(all.path.clone(), all.title.clone(), lang))
            .into_iter()
            .collect(),
        previous: neighbour(part.checked_sub(1)),
        next: neighbour(Some(part + 1)),
        languages: translations(context, source, part, lang),
        canonical,
        alternates: alternates(context, source, part),
        ..PageView::default()
    };
    let evidence = source.evidence;
    let view = WithSource {
        view: View {
            root: &root,
            page: &page,
        },
        source: SourceView {
            name: source.name().to_owned(),
            tag: Lang::Zh.tag(),
            part: part + 1,
            parts: source.parts.len(),
            counts: counts(evidence),
            families: if part == 0 {
                channels::explain(evidence, words, |line| {
                    source.path(source.part_of(line).unwrap_or(0), lang)
                })
            } else {
                Vec::new()
            },
            groups,
        },
    };
    context.theme.render("source.html", &frame.shared, &view)
}

/// The headings of a page: how to read it, what happened, and the sections of the report.
fn contents<'w>(groups: &[GroupView], part: usize, word: impl Fn(&str) -> &'w str) -> Vec<Heading> {
    let heading = |id: &str, text: &str| Heading {
        id: id.to_owned(),
        html: escape(text),
        level: 2,
        children: Vec::new(),
    };
    let mut contents = Vec::new();
    if part == 0 {
        contents.push(heading("about", word("source_about")));
    }
    contents.push(heading("lines", word("source_lines")));
    let sections = groups.iter().filter_map(|group| {
        let page = group.page.as_ref()?;
        let text = format!("<span lang=\"{}\">{}</span>", page.tag, escape(&page.title));
        Some(Heading {
            html: text,
            level: 3,
            ..heading(&group.id, "")
        })
    });
    if let Some(last) = contents.last_mut() {
        last.children = sections.collect();
    }
    contents
}

fn translations(
    context: &Context<'_>,
    source: &Source<'_>,
    part: usize,
    here: Lang,
) -> Vec<TranslationView> {
    let view = |&lang: &Lang| TranslationView {
        code: lang.code(),
        tag: lang.tag(),
        name: lang.own_name(),
        path: source.path(part, lang),
        current: lang == here,
        translated: true,
    };
    context.report.config.languages.iter().map(view).collect()
}

/// The absolute address of a page, with a base URL.
pub(super) fn url(
    context: &Context<'_>,
    source: &Source<'_>,
    part: usize,
    lang: Lang,
) -> Option<String> {
    let base = context.report.config.base_url.as_ref()?;
    Some(format!("{base}{}", encode(&source.path(part, lang))))
}

/// Those of the page in all languages, and one for everybody else.
pub(super) fn alternates(
    context: &Context<'_>,
    source: &Source<'_>,
    part: usize,
) -> Vec<AlternateView> {
    let languages = &context.report.config.languages;
    let view = |tag: &'static str, lang: Lang| {
        let url = url(context, source, part, lang)?;
        Some(AlternateView { tag, url })
    };
    let everybody = languages.first().filter(|_| languages.len() > 1);
    let own = languages.iter().map(|lang| (lang.tag(), *lang));
    own.chain(everybody.map(|lang| ("x-default", *lang)))
        .filter_map(|(tag, lang)| view(tag, lang))
        .collect()
}

/// The lines of a part, those of each section together.
fn groups(context: &Context<'_>, source: &Source<'_>, part: usize, lang: Lang) -> Vec<GroupView> {
    let mut groups: Vec<GroupView> = Vec::new();
    let mut last: Option<&Place> = None;
    let Some(range) = source.parts.get(part) else {
        return groups;
    };
    for (&number, line) in source.evidence.lines.range(range.clone()) {
        let place = source.place_of(number);
        if groups.is_empty() || place != last {
            let page = place.map(|place| link(context.report, &Child::Page(place.entry), lang));
            groups.push(GroupView {
                id: format!("section-{number}"),
                page,
                lines: Vec::new(),
            });
            last = place;
        }
        if let Some(group) = groups.last_mut() {
            group.lines.push(lines::view(number, line));
        }
    }
    groups
}

fn counts(evidence: &Evidence) -> CountsView {
    let mut counts = CountsView::default();
    for line in evidence.lines.values() {
        counts.lines += 1;
        lines::count(line, &mut counts);
    }
    counts
}
