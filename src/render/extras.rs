//! The files beside the pages: the choice of language, earlier addresses, 404, sitemap.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::content::front_matter::FrontMatter;
use crate::content::load::line_of_key;
use crate::content::report::{Page, Report, join, page_path};
use crate::diagnostic::{Diagnostic, slashed};
use crate::error::Result;
use crate::lang::Lang;
use crate::render::markdown::links::encode;
use crate::render::restoration;
use crate::render::site::{Context, Outcome, Sink};
use crate::render::spots::{Spot, alternates};
use crate::render::views::AlternateView;
use crate::render::{lists, parallel};

/// What `choose.html` and `404.html` get besides `sites`, the report in each of its languages.
#[derive(Serialize)]
struct SiteOnly<'a> {
    root: &'a str,
    /// The home page with both languages side by side, if there is one.
    parallel: Option<String>,
    /// The path of the base URL, or nothing without one.
    base_path: Option<&'a str>,
    canonical: Option<&'a str>,
    /// The home pages in their languages, and this choice of them, with a base URL.
    alternates: Vec<AlternateView>,
}

/// What `alias.html` gets.
#[derive(Serialize)]
struct Alias<'a> {
    target: &'a str,
    title: &'a str,
    tag: &'a str,
    canonical: Option<String>,
}

/// What `sitemap.xml` gets.
#[derive(Serialize)]
struct Sitemap {
    pages: Vec<SitemapPage>,
}

#[derive(Serialize)]
struct SitemapPage {
    url: String,
    updated: Option<String>,
    alternates: Vec<AlternateView>,
}

/// Hands all of them to the sink.
pub(super) fn put(context: &Context<'_>, spots: &[Spot], sink: &dyn Sink) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let mut put = |path: &str, html: std::result::Result<String, Box<Diagnostic>>| -> Result<()> {
        match html {
            Ok(html) => sink.put(path, html.as_bytes())?,
            Err(error) => {
                outcome.diagnostics.push(*error);
                outcome.theme_failed = true;
            }
        }
        Ok(())
    };
    let base = context.report.config.base_url.as_deref();
    let home = spots
        .iter()
        .find(|spot| spot.is_index && spot.folder.is_empty());
    let alternates = home.map(|home| alternates(context.report, home));
    let view = SiteOnly {
        root: "",
        parallel: parallel::home(context),
        base_path: base.map(path_of),
        canonical: base,
        alternates: alternates.unwrap_or_default(),
    };
    put(
        "index.html",
        context.theme.render("choose.html", &context.sites, &view),
    )?;
    put(
        "404.html",
        context.theme.render("404.html", &context.sites, &view),
    )?;
    if let Some(base) = base {
        put(
            "sitemap.xml",
            context
                .theme
                .render("sitemap.xml", &[], &sitemap(context, spots, base)),
        )?;
    }
    let (aliases, doubled) = aliases(context, spots);
    for (path, page) in aliases {
        put(&path, alias(context, page, &path))?;
    }
    outcome.diagnostics.extend(doubled);
    Ok(outcome)
}

/// `/report/` of `https://example.org/report/`.
fn path_of(url: &str) -> &str {
    let after = url.split_once("://").map_or(url, |(_, after)| after);
    after
        .find('/')
        .and_then(|at| after.get(at..))
        .unwrap_or("/")
}

/// Only addresses whose text is in their own language: the others are copies.
fn sitemap(context: &Context<'_>, spots: &[Spot], base: &str) -> Sitemap {
    let report = context.report;
    let page = |spot: &Spot| {
        let page = match spot.entry {
            Some(entry) => Some(&report.pages[report.entries[entry].only(spot.lang)?]),
            None => None,
        };
        let meta = page.map(|page| &page.meta);
        Some(SitemapPage {
            url: format!("{base}{}", encode(&spot.path)),
            updated: meta
                .and_then(FrontMatter::last_change)
                .map(|date| date.to_string()),
            alternates: alternates(report, spot),
        })
    };
    // The choice of languages is one of the home page's alternates, so it is listed as they are.
    let home = spots
        .iter()
        .find(|spot| spot.is_index && spot.folder.is_empty());
    let alternates = home.map(|home| alternates(report, home));
    let choice = alternates
        .filter(|alternates| alternates.len() > 1)
        .map(|alternates| SitemapPage {
            url: base.to_owned(),
            updated: None,
            alternates,
        });
    let parallel = parallel::addresses(context).into_iter();
    let parallel = parallel.map(|(path, entry)| SitemapPage {
        url: format!("{base}{}", encode(&path)),
        updated: entry.and_then(|entry| last_change(report, entry)),
        alternates: Vec::new(),
    });
    let lists = lists::addresses(context)
        .into_iter()
        .map(|path| SitemapPage {
            url: format!("{base}{}", encode(&path)),
            updated: None,
            alternates: Vec::new(),
        });
    Sitemap {
        pages: choice
            .into_iter()
            .chain(spots.iter().filter_map(page))
            .chain(sources(context))
            .chain(parallel)
            .chain(lists)
            .collect(),
    }
}

/// The pages of the sources.
fn sources(context: &Context<'_>) -> Vec<SitemapPage> {
    let mut pages = Vec::new();
    for source in &context.sources {
        for part in 0..source.parts.len() {
            for frame in &context.frames {
                let url = restoration::url(context, source, part, frame.lang);
                pages.extend(url.map(|url| SitemapPage {
                    url,
                    updated: None,
                    alternates: restoration::alternates(context, source, part),
                }));
            }
        }
    }
    pages
}

/// The last day on which one of the languages of an entry was changed.
fn last_change(report: &Report, entry: usize) -> Option<String> {
    let entry = &report.entries[entry];
    let pages = [entry.zh, entry.en].into_iter().flatten();
    let days = pages.filter_map(|page| report.pages[page].meta.last_change());
    days.max().map(|day| day.to_string())
}

/// Earlier addresses, as long as nothing else stands there.
fn aliases<'a>(
    context: &Context<'a>,
    spots: &[Spot],
) -> (Vec<(String, &'a Page)>, Vec<Diagnostic>) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut found = Vec::new();
    let mut diagnostics = Vec::new();
    if context
        .report
        .pages
        .iter()
        .all(|page| page.meta.aliases.is_empty())
    {
        return (found, diagnostics);
    }
    // Lower case, for file systems that don't tell `A` from `a`.
    taken.extend(spots.iter().map(|spot| spot.path.to_lowercase()));
    for page in &context.report.pages {
        for alias in &page.meta.aliases {
            let name = alias.trim_matches('/').trim_end_matches(".html");
            let path = alias_path(page.lang, &page.folder, alias, name);
            let wrong = if !name.split('/').all(crate::content::load::is_name) {
                Some("is not a name that can stand in an address")
            } else if !taken.insert(path.to_lowercase()) {
                Some("is the address of another page")
            } else {
                None
            };
            match wrong {
                None => found.push((path, page)),
                Some(wrong) => diagnostics.push(
                    Diagnostic::error(format!("the alias `{alias}` {wrong}"))
                        .at(&page.file, line_of_key(&page.text, "aliases"), Some(1))
                        .hint(format!(
                            "choose another one, or remove it from {}",
                            slashed(&page.file)
                        )),
                ),
            }
        }
    }
    (found, diagnostics)
}

/// An alias counts from its page's folder, or from the top of the language with a leading `/`.
fn alias_path(lang: Lang, folder: &str, alias: &str, name: &str) -> String {
    if alias.starts_with('/') {
        page_path(lang, "", name)
    } else {
        page_path(lang, "", &join(folder, name))
    }
}

fn alias(
    context: &Context<'_>,
    page: &Page,
    path: &str,
) -> std::result::Result<String, Box<Diagnostic>> {
    let target = page_path(page.lang, &page.folder, page.slug());
    let root = "../".repeat(path.matches('/').count());
    let base = context.report.config.base_url.as_deref();
    let view = Alias {
        target: &format!("{root}{}", encode(&target)),
        title: &page.meta.title,
        tag: page.lang.tag(),
        canonical: base.map(|base| format!("{base}{}", encode(&target))),
    };
    context.theme.render("alias.html", &[], &view)
}
