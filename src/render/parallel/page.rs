//! One page of the parallel edition, and the script beside it.
//!
//! In: a [`Place`]. Out: its HTML and, for a text, the pairs of its blocks as a classic script, which
//! loads from a folder too. What is wrong with the texts was said of their own pages.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::report::{Child, parent};
use crate::error::Result;
use crate::lang::Lang;
use crate::render::cite::{self, Work};
use crate::render::figure_links::unlinked;
use crate::render::frame::link;
use crate::render::markdown::blocks::Kind;
use crate::render::markdown::links::{Edition, encode};
use crate::render::markdown::{Form, Rendered};
use crate::render::page;
use crate::render::parallel::views::{
    CellView, EntryView, HeadView, PairView, ParallelView, RowView, TitleView, View, WordsView,
};
use crate::render::parallel::{Place, Row, both, child_path};
use crate::render::print::external_links;
use crate::render::site::{Context, Outcome, Sink};
use crate::render::theme::Shared;
use crate::render::views::{DateView, Heading, LinkView, PageView, TranslationView};

/// The text of a page in both languages.
struct Texts {
    pages: [usize; 2],
    rendered: [Rendered; 2],
    has_charts: bool,
}

pub(super) fn put(context: &Context<'_>, place: &Place<'_>, sink: &dyn Sink) -> Result<Outcome> {
    let root = "../".repeat(place.path.matches('/').count());
    let [first, _] = context.frames.as_slice() else {
        return Ok(Outcome::default());
    };
    let shared: Shared = first.shared.iter().chain(&context.sites).cloned().collect();
    let texts = place.entry.and_then(|entry| texts(context, entry, &root));
    let rows = texts
        .as_ref()
        .zip(place.entry)
        .map(|(texts, entry)| rows(context, texts, &context.pairing.rows[entry]));
    let rows = rows.unwrap_or_default();
    if texts.is_some() {
        let script = script(&rows);
        let path = format!("{}.js", place.path.trim_end_matches(".html"));
        sink.put(&path, script.as_bytes())?;
    }
    let cells = rows.iter().flat_map(|row| &row.cells);
    let links = cells.filter_map(|cell| cell.html.as_deref());
    let links: Vec<String> = links.flat_map(external_links).collect();
    let parallel = parallel(context, place, texts.as_ref(), rows);
    let title = parallel
        .heads
        .first()
        .map_or("", |head| &head.title)
        .to_owned();
    let description = parallel
        .heads
        .first()
        .and_then(|head| head.description.clone());
    let has_charts = texts.as_ref().is_some_and(|texts| texts.has_charts);
    let page = PageView {
        charts: has_charts,
        links,
        ..page_view(context, place, &title, description.as_deref())
    };
    let view = View {
        root: &root,
        page: &page,
        parallel,
    };
    match context.theme.render("parallel.html", &shared, &view) {
        Ok(html) => {
            sink.put(&place.path, html.as_bytes())?;
            Ok(Outcome {
                pages: 1,
                ..Outcome::default()
            })
        }
        Err(error) => Ok(Outcome::theme_error(*error)),
    }
}

/// Both texts, with the anchors of the rows around them instead of their own.
fn texts(context: &Context<'_>, entry: usize, root: &str) -> Option<Texts> {
    let pages = both(context.report, entry)?;
    let rows: BTreeSet<&str> = context.pairing.rows[entry]
        .iter()
        .map(|row| row.anchor.as_str())
        .collect();
    let mut has_charts = false;
    let rendered = pages.map(|number| {
        let lang = context.report.pages[number].lang;
        let own = context.pairing.anchors(number);
        let blocks = &context.parsed[number].blocks;
        // A heading that is called otherwise in this language is found by that name too.
        let anchors: Vec<String> = own
            .iter()
            .zip(blocks)
            .map(|(anchor, block)| {
                let keeps = block.kind == Kind::Heading && !rows.contains(anchor.as_str());
                if keeps { anchor.clone() } else { String::new() }
            })
            .collect();
        let links = context.links(number, lang, root, Edition::Parallel);
        let form = Form {
            anchors: &anchors,
            prefix: match lang {
                Lang::Zh => "zh-",
                Lang::En => "en-",
            },
            ..Form::default()
        };
        let text = page::text(context, number, &links, form);
        has_charts |= text.has_charts;
        text.rendered
    });
    Some(Texts {
        pages,
        rendered,
        has_charts,
    })
}

fn rows(context: &Context<'_>, texts: &Texts, rows: &[Row]) -> Vec<RowView> {
    let tags = texts
        .pages
        .map(|page| context.report.pages[page].lang.tag());
    let parsed = texts.pages.map(|page| &context.parsed[page]);
    let cells = |html: [Option<String>; 2]| -> Vec<CellView> {
        let cells = tags.into_iter().zip(html);
        cells.map(|(tag, html)| CellView { tag, html }).collect()
    };
    let mut views: Vec<RowView> = Vec::with_capacity(rows.len() + 1);
    for row in rows {
        let sides = [row.first, row.second];
        let at = |side: usize, block: usize| texts.rendered[side].block(parsed[side], block);
        let html = [0, 1].map(|side| sides[side].map(|block| at(side, block)));
        let kinds: Vec<Kind> = [0, 1]
            .into_iter()
            .filter_map(|side| Some(parsed[side].blocks.get(sides[side]?)?.kind))
            .collect();
        let is_heading = kinds.contains(&Kind::Heading);
        views.push(RowView {
            id: row.anchor.clone(),
            kind: if is_heading { "heading" } else { "text" },
            cells: cells(html),
        });
    }
    let [first, second] = &texts.rendered;
    for at in 0..first.tail.len().max(second.tail.len()) {
        views.push(RowView {
            id: String::new(),
            kind: "end",
            cells: cells([first, second].map(|text| text.tail.get(at).cloned())),
        });
    }
    if !first.notes.is_empty() || !second.notes.is_empty() {
        let notes = [first, second].map(|text| Some(text.notes.clone()));
        views.push(RowView {
            id: String::new(),
            kind: "end",
            cells: cells(notes),
        });
    }
    views
}

/// The pairs of blocks that a reader can look up in place. Charts say the same in both languages,
/// and are heavy.
fn script(rows: &[RowView]) -> String {
    let pairs: BTreeMap<&str, Vec<String>> = rows
        .iter()
        .filter(|row| row.kind == "text" && !row.id.is_empty())
        .filter_map(|row| {
            // On the page where they are looked up, this language has no charts to lead to.
            let html = row.cells.iter().map(|cell| cell.html.as_deref());
            let html: Option<Vec<String>> = html.map(|html| html.map(unlinked)).collect();
            Some((row.id.as_str(), html?))
        })
        .filter(|(_, html)| !html.iter().any(|html| html.contains("<figure")))
        .collect();
    let pairs = serde_json::to_string(&pairs).unwrap_or_else(|_| "{}".into());
    format!("mingwen.pairs({pairs});\n")
}

fn parallel(
    context: &Context<'_>,
    place: &Place<'_>,
    texts: Option<&Texts>,
    rows: Vec<RowView>,
) -> ParallelView {
    let report = context.report;
    let heads = context.frames.iter().enumerate().map(|(side, frame)| {
        let own = texts.map(|texts| &report.pages[texts.pages[side]].meta);
        HeadView {
            tag: frame.lang.tag(),
            title: match own {
                Some(meta) => meta.title.clone(),
                None if place.folder.is_empty() => frame.site.title.clone(),
                None => report.folder_title(place.folder, frame.lang),
            },
            description: own.and_then(|meta| meta.description.clone()),
        }
    });
    let listed = report.folders.get(place.folder);
    let children = listed.map_or(&[][..], |folder| folder.children.as_slice());
    let pair = |child: &Child| pair(context, child);
    let (previous, next) = neighbours(context, place);
    ParallelView {
        heads: heads.collect(),
        contents: texts.map_or_else(Vec::new, |texts| contents(&rows, texts, context)),
        rows,
        breadcrumbs: breadcrumbs(context, place),
        children: if place.is_index {
            children.iter().filter_map(pair).collect()
        } else {
            Vec::new()
        },
        previous,
        next,
    }
}

fn pair(context: &Context<'_>, child: &Child) -> Option<PairView> {
    let path = child_path(context, child)?;
    let frames = context.frames.iter();
    let mut links: Vec<LinkView> = frames
        .map(|frame| link(context.report, child, frame.lang))
        .collect();
    // A folder without a page of its own has one name in both languages.
    links.dedup_by(|second, first| second.title == first.title);
    let titles = links.into_iter().map(|link| TitleView {
        tag: link.tag,
        html: link.html,
    });
    Some(PairView {
        path: encode(&path),
        is_folder: matches!(child, Child::Folder(_)),
        titles: titles.collect(),
    })
}

/// The nearest pages before and after, in reading order, that are in the edition.
fn neighbours(context: &Context<'_>, place: &Place<'_>) -> (Option<PairView>, Option<PairView>) {
    let Some(frame) = context.frames.first() else {
        return (None, None);
    };
    let index = context.report.folders.get(place.folder);
    let index = index.and_then(|folder| folder.index);
    let entry = if place.is_index { index } else { place.entry };
    let Some(at) = frame.place(entry, place.folder) else {
        return (None, None);
    };
    let before = frame.order.get(..at).unwrap_or_default();
    let after = frame.order.get(at + 1..).unwrap_or_default();
    let pair = |child: &Child| pair(context, &folder_of(context, child));
    (
        before.iter().rev().find_map(pair),
        after.iter().find_map(pair),
    )
}

/// A folder's page stands for the folder, which is in the edition even if the page is not.
fn folder_of(context: &Context<'_>, child: &Child) -> Child {
    match child {
        Child::Page(entry) if context.report.entries[*entry].is_index() => {
            Child::Folder(context.report.entries[*entry].folder.clone())
        }
        _ => child.clone(),
    }
}

fn breadcrumbs(context: &Context<'_>, place: &Place<'_>) -> Vec<PairView> {
    let mut folder = place.folder;
    if place.is_index {
        folder = parent(folder);
    }
    let mut crumbs = Vec::new();
    while !folder.is_empty() {
        crumbs.extend(pair(context, &Child::Folder(folder.to_owned())));
        folder = parent(folder);
    }
    crumbs.reverse();
    crumbs
}

/// The headings of both languages, by the rows they stand in.
fn contents(rows: &[RowView], texts: &Texts, context: &Context<'_>) -> Vec<EntryView> {
    let tags = texts
        .pages
        .map(|page| context.report.pages[page].lang.tag());
    let mut headings = [0, 1].map(|side| flat(&texts.rendered[side].headings).into_iter());
    let mut entries = Vec::new();
    for row in rows.iter().filter(|row| row.kind == "heading") {
        let mut level = 6;
        let mut words = Vec::new();
        for (side, cell) in row.cells.iter().enumerate() {
            let heading = cell.html.as_ref().and_then(|_| headings[side].next());
            if let Some(heading) = heading {
                level = heading.level.min(level);
                words.push(WordsView {
                    tag: tags[side],
                    html: heading.html.clone(),
                });
            }
        }
        entries.push(EntryView {
            id: row.id.clone(),
            level,
            words,
        });
    }
    entries
}

/// A tree of headings in reading order, without those inside other blocks.
fn flat(headings: &[Heading]) -> Vec<&Heading> {
    let mut all = Vec::new();
    for heading in headings {
        let is_inside = heading.id.starts_with("zh-") || heading.id.starts_with("en-");
        if !is_inside {
            all.push(heading);
        }
        all.extend(flat(&heading.children));
    }
    all
}

/// What `base.html` wants to know of the page.
fn page_view<'a>(
    context: &Context<'a>,
    place: &Place<'_>,
    title: &'a str,
    description: Option<&'a str>,
) -> PageView<'a> {
    let report = context.report;
    let languages = context.frames.iter().map(|frame| TranslationView {
        code: frame.lang.code(),
        tag: frame.lang.tag(),
        name: frame.lang.own_name(),
        path: match place.entry {
            Some(entry) => report.path(entry, frame.lang),
            None => crate::render::frame::folder_path(report, place.folder, frame.lang),
        },
        current: false,
        translated: true,
    });
    let tag = report
        .config
        .languages
        .first()
        .map_or("zh-Hans", |lang| lang.tag());
    let base = report.config.base_url.as_ref();
    let canonical = base.map(|base| format!("{base}{}", encode(&place.path)));
    let days = place.entry.into_iter().flat_map(|entry| {
        let pages = both(report, entry).into_iter().flatten();
        pages.filter_map(|page| report.pages[page].meta.last_change())
    });
    let frame = context.frames.first();
    // A folder without a text of its own changes with the report.
    let of_report = frame.filter(|_| place.entry.is_none());
    let day = days.max().or(of_report.and_then(|frame| frame.last_change));
    PageView {
        kind: "parallel",
        updated: frame.and_then(|frame| Some(DateView::new(day?, frame.lang))),
        cite: frame.map(|frame| {
            let is_home = place.is_index && place.folder.is_empty();
            cite::cite(&Work {
                title,
                report: if is_home { "" } else { &frame.site.title },
                date: day,
                url: canonical.as_deref(),
                ..Work::of_frame(frame, &place.path)
            })
        }),
        path: place.path.clone(),
        lang: "parallel",
        tag,
        text_tag: tag,
        title,
        description,
        languages: languages.collect(),
        parallel: Some(place.path.clone()),
        canonical,
        ..PageView::default()
    }
}
