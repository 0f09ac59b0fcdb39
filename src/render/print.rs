//! The whole report on one page, in reading order, to be printed.
//!
//! In: all pages of a language. Out: `<lang>/print.html`: each page a chapter, its anchors made its
//! own (`c3-s1`), links between pages turned into links between chapters; and `<lang>/print.css`
//! with the running titles, since a style sheet can't read them from the page. A report of more than
//! [`VOLUME`] pages comes in volumes, `print.1.html` and so on, to which `print.html` leads. Promise:
//! nothing is left out; what is wrong with the texts was said of their own pages.

use std::fmt::Write as _;

use rayon::prelude::*;
use serde::Serialize;

use crate::content::report::{Child, page_path};
use crate::error::Result;
use crate::lang::Lang;
use crate::render::frame::{Frame, link};
use crate::render::lists::{List, put_list};
use crate::render::markdown::Form;
use crate::render::markdown::blocks::Kind;
use crate::render::markdown::links::Edition;
use crate::render::page;
use crate::render::site::{Context, Outcome, Sink};
use crate::render::views::LinkView;

/// The page's name in each language.
pub(super) const NAME: &str = "print";

/// The most pages of a volume: a browser takes long to lay out more as one document.
const VOLUME: usize = 500;
/// Charts of a chapter that may have numbers of their own before the next chapter's begin.
const CHARTS: usize = 10_000;

/// A volume, for the page that leads to all of them.
#[derive(Serialize)]
struct VolumeView {
    path: String,
    /// The titles of its first and its last page.
    first: LinkView,
    last: LinkView,
    /// How many pages it has.
    count: usize,
}

/// What `print.html` gets: a page, or a folder that has none of its own.
#[derive(Default, Serialize)]
struct Chapter {
    /// `c3`, its anchor; empty for a folder.
    id: String,
    /// The name of its pages on paper: the anchor of the chapter with which its part of the report
    /// begins, a page at the top or the first one of a folder.
    part: String,
    /// 0 for the report's own page, 1 for pages at its top, 2 for those in a folder…
    depth: usize,
    title: String,
    tag: &'static str,
    description: Option<String>,
    html: String,
    /// The addresses that its text links to, in order, as HTML.
    links: Vec<String>,
    #[serde(skip)]
    has_charts: bool,
}

pub(super) fn put(
    context: &Context<'_>,
    frame: &Frame,
    page: &List<'_>,
    sink: &dyn Sink,
) -> Result<Outcome> {
    let report = context.report;
    let order = report.reading_order();
    if order.len() <= VOLUME {
        return put_volume(context, frame, page, &order, sink);
    }
    let title = |number| format!("{} {number}", page.title);
    let path = |number| page_path(frame.lang, "", &format!("{NAME}.{number}"));
    let volumes: Vec<(usize, &[(Child, usize)])> = (1..).zip(order.chunks(VOLUME)).collect();
    let end = |at: Option<&(Child, usize)>| {
        let child = at.map_or(&Child::Page(0), |(child, _)| child);
        link(report, child, frame.lang)
    };
    let is_page = |(child, _): &&(Child, usize)| matches!(child, Child::Page(_));
    let views = volumes.iter().map(|(number, order)| VolumeView {
        path: path(*number),
        first: end(order.iter().find(is_page)),
        last: end(order.iter().rfind(is_page)),
        count: order.iter().filter(is_page).count(),
    });
    let views: Vec<VolumeView> = views.collect();
    let all = List {
        template: "volumes.html",
        others: page.others.clone(),
        path: page.path.clone(),
        ..*page
    };
    let made = put_list(context, frame, &all, &views, sink)?;
    // One after another: each is as large as a few hundred pages.
    volumes.into_iter().try_fold(made, |made, (number, order)| {
        let others = page.others.iter().map(|(lang, _)| {
            let path = page_path(*lang, "", &format!("{NAME}.{number}"));
            (*lang, path)
        });
        let volume = List {
            path: path(number),
            title: &title(number),
            others: others.collect(),
            ..*page
        };
        Ok(made.absorb(put_volume(context, frame, &volume, order, sink)?))
    })
}

fn put_volume(
    context: &Context<'_>,
    frame: &Frame,
    page: &List<'_>,
    order: &[(Child, usize)],
    sink: &dyn Sink,
) -> Result<Outcome> {
    let mut numbers = vec![None; context.report.entries.len()];
    let pages = order.iter().filter_map(|(child, _)| match child {
        Child::Page(entry) => Some(*entry),
        Child::Folder(_) => None,
    });
    for (number, entry) in pages.enumerate() {
        numbers[entry] = Some(number + 1);
    }
    let mut chapters: Vec<Chapter> = order
        .par_iter()
        .filter_map(|(child, depth)| match child {
            Child::Page(entry) => chapter(context, frame.lang, *entry, *depth, &numbers),
            Child::Folder(folder) => Some(Chapter {
                depth: *depth,
                title: context.report.folder_title(folder, frame.lang),
                tag: frame.lang.tag(),
                ..Chapter::default()
            }),
        })
        .collect();
    let parts = into_parts(&mut chapters);
    let styles = stylesheet(&frame.site.title, frame.lang, &parts);
    let path = format!("{}.css", page.path.trim_end_matches(".html"));
    sink.put(&path, styles.as_bytes())?;
    let page = List {
        charts: chapters.iter().any(|chapter| chapter.has_charts),
        others: page.others.clone(),
        path: page.path.clone(),
        ..*page
    };
    put_list(context, frame, &page, &chapters, sink)
}

/// Tells each chapter its part; gives back the name and the title of every part but the report's own
/// page, which needs no running title.
fn into_parts(chapters: &mut [Chapter]) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    let (mut part, mut title) = (String::new(), None);
    for chapter in chapters {
        if chapter.depth <= 1 {
            part.clear();
            title = Some(chapter.title.clone());
        }
        if part.is_empty() && !chapter.id.is_empty() {
            part.clone_from(&chapter.id);
            // A volume may begin inside a folder.
            let title = title.take().unwrap_or_else(|| chapter.title.clone());
            if chapter.depth > 0 {
                parts.push((part.clone(), title));
            }
        }
        chapter.part.clone_from(&part);
    }
    parts
}

fn chapter(
    context: &Context<'_>,
    frame: Lang,
    entry: usize,
    depth: usize,
    numbers: &[Option<usize>],
) -> Option<Chapter> {
    let report = context.report;
    let page_number = report.entries[entry].shown(frame)?;
    let number = numbers[entry]?;
    let page = &report.pages[page_number];
    let parsed = &context.parsed[page_number];
    let prefix = format!("c{number}-");
    let own = context.pairing.anchors(page_number).iter();
    let anchors: Vec<String> = own
        .zip(&parsed.blocks)
        .map(|(anchor, block)| match block.kind {
            Kind::Heading => format!("{prefix}{anchor}"),
            _ => String::new(),
        })
        .collect();
    let form = Form {
        anchors: &anchors,
        prefix: &prefix,
        first_chart: number * CHARTS,
        deeper: u8::from(depth > 0),
        ..Form::default()
    };
    let links = context.links(page_number, frame, "../", Edition::Print(numbers));
    let text = page::text(context, page_number, &links, form);
    let html = text.rendered.html(parsed);
    Some(Chapter {
        id: format!("c{number}"),
        depth,
        title: page.meta.title.clone(),
        tag: page.lang.tag(),
        description: page.meta.description.clone(),
        links: external_links(&html),
        html,
        has_charts: text.has_charts,
        ..Chapter::default()
    })
}

/// The addresses outside the site that a text links to, in order, as they stand in the HTML; a link
/// whose words are its address needs no note of it.
pub(super) fn external_links(html: &str) -> Vec<String> {
    let mut links = Vec::new();
    for tag in html.split("<a ").skip(1) {
        let (tag, words) = tag.split_once('>').unwrap_or((tag, ""));
        if words.starts_with("<span class=\"address\">") {
            continue;
        }
        let value = tag
            .split_once("href=\"")
            .and_then(|(_, rest)| rest.split_once('"'));
        if let Some((address, _)) = value.filter(|(address, _)| address.starts_with("http")) {
            links.push(address.to_owned());
        }
    }
    links
}

/// The running titles: the report's on the left, the part's on the right, the number below.
fn stylesheet(title: &str, lang: Lang, parts: &[(String, String)]) -> String {
    let font = match lang {
        Lang::Zh => {
            "\"PingFang SC\", \"Microsoft YaHei\", \"Source Han Sans SC\", \"Noto Sans CJK SC\", sans-serif"
        }
        Lang::En => {
            "\"Helvetica Neue\", \"Segoe UI\", Roboto, Arial, \"Liberation Sans\", sans-serif"
        }
    };
    let style = format!("font: 8.5pt/1.4 {font}; color: #555;");
    let mut css =
        String::from("/* The running titles of the report on paper. */\n@media print {\n");
    for (id, own) in parts {
        // Writing to a string can't fail.
        let _ = writeln!(
            css,
            ".{id} {{ page: {id}; }}\n@page {id} {{ @top-left {{ content: \"{report}\"; {style} }} @top-right {{ content: \"{own}\"; {style} }} }}",
            report = quoted(&short(title, LINE - width(own).min(LINE / 2))),
            own = quoted(&short(own, LINE - width(title).min(LINE / 2))),
        );
    }
    css.push_str("}\n");
    css
}

/// The room for both running titles, in letters: what one leaves of it is the other's.
const LINE: usize = 92;

/// How many letters' room a title takes.
fn width(title: &str) -> usize {
    title
        .chars()
        .map(|c| if c.is_ascii() { 1 } else { 2 })
        .sum()
}

/// A title that fits the room it has, cut off between words.
fn short(title: &str, room: usize) -> String {
    let mut taken = 0;
    let mut out = String::new();
    for c in title.chars() {
        taken += if c.is_ascii() { 1 } else { 2 };
        if taken > room {
            if c.is_alphanumeric() && out.ends_with(|c: char| c.is_ascii_alphanumeric()) {
                out.truncate(out.rfind(' ').unwrap_or(out.len()));
            }
            return format!("{}…", out.trim_end_matches([' ', ',', ':']));
        }
        out.push(c);
    }
    out
}

/// Text inside a CSS string.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' | '\n' => {
                // Writing to a string can't fail.
                let _ = write!(out, "\\{:x} ", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_leave_the_site_are_listed() {
        let html = "<a href=\"https://a.b/?c&amp;d\">x</a> <a class=\"y\" href=\"http://e\">e</a> <a href=\"f.html\">f</a> <a href=\"http://g\"><span class=\"address\">http://g</span></a>";
        assert_eq!(external_links(html), ["https://a.b/?c&amp;d", "http://e"]);
    }

    #[test]
    fn a_part_is_a_page_at_the_top_or_a_folder() {
        let chapter = |id: &str, depth| Chapter {
            id: id.to_owned(),
            depth,
            title: format!("{id} at {depth}"),
            ..Chapter::default()
        };
        let of = |list: &[(&str, usize)]| {
            let mut chapters: Vec<Chapter> = list.iter().map(|(id, at)| chapter(id, *at)).collect();
            let titles = into_parts(&mut chapters).into_iter();
            let titles: Vec<String> = titles.map(|(id, title)| format!("{id}: {title}")).collect();
            let parts: Vec<String> = chapters.into_iter().map(|one| one.part).collect();
            (parts.join(" "), titles.join(", "))
        };
        let list = [
            ("c1", 0),
            ("c2", 1),
            ("c3", 2),
            ("", 1),
            ("", 2),
            ("c4", 3),
            ("c5", 2),
            ("c6", 1),
        ];
        let (parts, titles) = of(&list);
        assert_eq!(parts, "c1 c2 c2   c4 c4 c6");
        assert_eq!(titles, "c2: c2 at 1, c4:  at 1, c6: c6 at 1");
        assert_eq!(
            of(&[("c7", 3), ("c8", 3)]),
            ("c7 c7".into(), "c7: c7 at 3".into())
        );
    }

    #[test]
    fn titles_are_safe_in_a_style_sheet() {
        assert_eq!(quoted("a\"b\\c"), "a\\22 b\\5c c");
        let long = "A title with more words than a line has room for, by far";
        assert_eq!(
            short(long, 46),
            "A title with more words than a line has room…"
        );
        assert_eq!(short(long, 60), long);
        assert_eq!(short(&"长".repeat(40), 46).chars().count(), 24);
    }
}
