//! The search index: the text of every page, once, as classic scripts that load from a folder too.
//!
//! In: all pages as they were parsed. Out: `assets/search.<lang>.js`, which the reader's browser loads
//! when the search is first opened. Promise: the same pages give the same bytes.
//!
//! Up to [`WHOLE`] bytes that is all: a call `mingwen.found("zh", pages)`. A larger index comes in
//! parts of about [`PART`] bytes, `assets/search.<lang>.1.js` and so on, each such a call, and
//! `search.<lang>.js` says what is in them: `mingwen.parts("zh", parts)`, where a part is the titles of
//! its pages and a [`filter`]. A query then loads only parts that may hold it, those first that have
//! it in a title, and no more of them than it takes to fill the list of results.
//!
//! Before that, the index of a Chinese report has the traditional forms of its characters, `mingwen.forms`,
//! so that a reader may write a query in either.
//!
//! A page is `[path, title, description, tag, blocks]`, see [`pages`].

mod filter;
mod pages;

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use crate::error::Result;
use crate::lang::Lang;
use crate::render::frame::Frame;
use crate::render::search::pages::PageText;
use crate::render::site::{Context, Sink};
use crate::render::spots::Spot;
use crate::repair::classes::is_han;
use crate::repair::traditional;

/// The largest index that is loaded as a whole.
const WHOLE: usize = 5 << 20;
/// The most bytes that a part of a larger one holds, unless a single page has more.
const PART: usize = 512 << 10;

/// Hands the index of every language to the sink.
pub(super) fn put(context: &Context<'_>, spots: &[Spot], sink: &dyn Sink) -> Result<()> {
    context.frames.par_iter().try_for_each(|frame| {
        let lang = frame.lang.code();
        let pages = gather(context, frame, spots);
        let written: Vec<String> = pages.par_iter().map(json).collect();
        let size: usize = written.iter().map(String::len).sum();
        let path = format!("assets/search.{lang}.js");
        let forms = match frame.lang {
            Lang::Zh => forms(&written),
            Lang::En => String::new(),
        };
        if size <= WHOLE {
            let script = forms + &call("found", lang, &written);
            return sink.put(&path, script.as_bytes());
        }
        let parts = parts(&written);
        let about: Vec<String> = parts
            .par_iter()
            .map(|range| json(&about(&pages[range.clone()])))
            .collect();
        let script = forms + &call("parts", lang, &about);
        sink.put(&path, script.as_bytes())?;
        (1..)
            .zip(parts)
            .collect::<Vec<_>>()
            .into_par_iter()
            .try_for_each(|(number, range)| {
                let path = format!("assets/search.{lang}.{number}.js");
                sink.put(&path, call("found", lang, &written[range]).as_bytes())
            })
    })
}

/// The pages of a language: the report's own, those that gather from them, and the sources.
fn gather(context: &Context<'_>, frame: &Frame, spots: &[Spot]) -> Vec<PageText> {
    let of_lang: Vec<&Spot> = spots
        .iter()
        .filter(|spot| spot.lang == frame.lang)
        .collect();
    let mut all: Vec<PageText> = of_lang
        .par_iter()
        .filter_map(|spot| pages::page(context, spot))
        .collect();
    // The page for print only repeats the others.
    let lists = frame.site.lists.iter();
    let lists = lists.filter(|list| !matches!(list.kind, "print" | "sources"));
    all.extend(lists.map(|list| pages::list(context, frame, list)));
    for source in &context.sources {
        let parts = 0..source.parts.len();
        all.extend(parts.filter_map(|part| pages::source(frame, source, part)));
    }
    all
}

/// The titles of a part's pages, and what is in their texts.
fn about(pages: &[PageText]) -> (Vec<&str>, String) {
    let titles = pages.iter().map(|page| page.title.as_str()).collect();
    let texts = pages.iter().flat_map(|page| {
        let texts = page.blocks.iter().skip(1).step_by(2);
        texts.chain([&page.title, &page.description])
    });
    (titles, filter::filter(texts.map(String::as_str)))
}

fn json<T: Serialize>(value: &T) -> String {
    // Strings and lists of strings can always be written.
    serde_json::to_string(value).unwrap_or_default()
}

fn call(name: &str, lang: &str, list: &[String]) -> String {
    format!("mingwen.{name}(\"{lang}\",[\n{}\n]);\n", list.join(",\n"))
}

/// `mingwen.forms("區区…", false)`: traditional forms of the characters in the index, each with the
/// simplified one, and whether the index has such forms itself.
fn forms(written: &[String]) -> String {
    let mut there = BTreeSet::new();
    for page in written {
        there.extend(page.chars().filter(|c| is_han(*c)));
    }
    let mut pairs = String::new();
    let mut has_forms = false;
    for (form, simple) in traditional::pairs() {
        has_forms |= there.contains(&form);
        if there.contains(&form) || there.contains(&simple) {
            pairs.extend([form, simple]);
        }
    }
    format!("mingwen.forms(\"{pairs}\",{has_forms});\n")
}

/// The pages in order, in as few parts as their sizes allow; at least one.
fn parts(pages: &[String]) -> Vec<std::ops::Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut size = 0;
    for (at, page) in pages.iter().enumerate() {
        if size > 0 && size + page.len() > PART {
            parts.push(start..at);
            (start, size) = (at, 0);
        }
        size += page.len();
    }
    parts.push(start..pages.len());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hold_whole_pages() {
        let pages = vec![
            "a".repeat(PART),
            "b".into(),
            "c".repeat(PART - 1),
            "d".into(),
        ];
        assert_eq!(parts(&pages), [0..1, 1..3, 3..4]);
        assert_eq!(parts(&[]).len(), 1);
    }
}
