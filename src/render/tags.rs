//! Subjects: which pages are filed under each tag.
//!
//! In: the tags of all pages. Out: `<lang>/tags.html` with all of them, `<lang>/tags/<tag>.html` with
//! the pages of each, and the links from a page's tags. A tag's counterpart in the other language is
//! the one that stands at its place in a page's translation, or else the glossary's; under it are also
//! the pages that have no translation.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::content::Report;
use crate::content::report::{Child, page_path};
use crate::error::Result;
use crate::lang::Lang;
use crate::render::frame::{Frame, child_view};
use crate::render::lists::{self, List, put_list};
use crate::render::site::{Context, Outcome, Sink};
use crate::render::views::ChildView;

/// The name of the page with all tags, and of the folder of their own pages.
pub(super) const NAME: &str = "tags";

/// The tags of one language.
#[derive(Debug, Default)]
pub(super) struct Tags {
    by_tag: BTreeMap<String, Filed>,
    /// The tag of the other language that stands for each.
    other: BTreeMap<String, String>,
    /// The tag of this language for one of the other.
    own: BTreeMap<String, String>,
    /// This language's terms of the glossary, by what they are called in the other one.
    terms: BTreeMap<String, String>,
}

/// What is filed under a tag.
#[derive(Debug)]
struct Filed {
    /// The tag in the address.
    slug: String,
    /// The language that it is in, another one if no page with it is translated.
    lang: Lang,
    entries: Vec<usize>,
}

/// A tag for the templates.
#[derive(Debug, Clone, Serialize)]
pub struct TagView {
    /// The tag itself.
    pub name: String,
    /// Its `lang` tag.
    pub tag: &'static str,
    /// The page with all that is filed under it, if there is one.
    pub path: Option<String>,
    /// How many pages that are.
    pub count: usize,
}

/// What `tag.html` gets.
#[derive(Serialize)]
struct FiledView {
    /// The page with all tags.
    all: TagView,
    /// The `lang` tag of the title.
    tag: &'static str,
    pages: Vec<ChildView>,
}

impl Tags {
    pub(super) fn new(report: &Report, lang: Lang) -> Self {
        let mut tags = Self {
            terms: terms(report, lang),
            ..Self::default()
        };
        let other_terms = terms(report, lang.other());
        for entry in &report.entries {
            let pages = entry.only(lang).zip(entry.only(lang.other()));
            if let Some((own, other)) = pages {
                let others = &report.pages[other].meta.tags;
                tags.pair(&report.pages[own].meta.tags, others, &other_terms);
            }
        }
        for term in &report.glossary {
            let (own, other) = (term.name(lang), term.name(lang.other()));
            tags.learn(own, other);
        }
        let mut slugs = BTreeSet::new();
        for (number, entry) in report.entries.iter().enumerate() {
            let Some(page) = entry.shown(lang).map(|page| &report.pages[page]) else {
                continue;
            };
            for tag in &page.meta.tags {
                let (tag, tag_lang) = tags.named(tag, page.lang, lang);
                let english = tags.other.get(&tag);
                let english = english.filter(|_| tag_lang == lang && lang == Lang::Zh);
                let filed = tags.by_tag.entry(tag.clone()).or_insert_with(|| Filed {
                    slug: slug(english, &tag, &mut slugs),
                    lang: tag_lang,
                    entries: Vec::new(),
                });
                if tag_lang == lang {
                    filed.lang = lang;
                }
                if filed.entries.last() != Some(&number) {
                    filed.entries.push(number);
                }
            }
        }
        tags
    }

    /// Takes note of the tags of a page and of its translation, if there are as many.
    fn pair(&mut self, own: &[String], other: &[String], other_terms: &BTreeMap<String, String>) {
        if own.len() != other.len() {
            return;
        }
        for (own, other) in own.iter().zip(other) {
            let own = self.terms.get(own).unwrap_or(own).clone();
            self.learn(&own, other_terms.get(other).unwrap_or(other));
        }
    }

    /// Takes note of two tags that mean the same, unless something else is known of them.
    fn learn(&mut self, own: &str, other: &str) {
        let known = self.other.entry(own.to_owned());
        known.or_insert_with(|| other.to_owned());
        let known = self.own.entry(other.to_owned());
        known.or_insert_with(|| own.to_owned());
    }

    /// A tag of a page in `from`, as it is called in this language, and the language of that. A page may
    /// have kept a term of the language that it was translated from.
    fn named(&self, tag: &str, from: Lang, lang: Lang) -> (String, Lang) {
        let known = if from == lang { &self.terms } else { &self.own };
        match known.get(tag) {
            Some(own) => (own.clone(), lang),
            None => (tag.to_owned(), from),
        }
    }

    fn path(&self, lang: Lang, tag: &str) -> Option<String> {
        Some(page_path(lang, NAME, &self.by_tag.get(tag)?.slug))
    }

    /// The addresses of the pages of all tags.
    pub(super) fn paths(&self, lang: Lang) -> Vec<String> {
        let all = self.by_tag.values();
        all.map(|filed| page_path(lang, NAME, &filed.slug))
            .collect()
    }

    /// A tag of a page in `from`, with the way to its own page.
    pub(super) fn view(&self, frame: &Frame, tag: &str, from: Lang) -> TagView {
        let (name, lang) = self.named(tag, from, frame.lang);
        let has_page = frame.list(NAME).is_some();
        let filed = self.by_tag.get(&name);
        TagView {
            path: self.path(frame.lang, &name).filter(|_| has_page),
            tag: filed.map_or(lang, |filed| filed.lang).tag(),
            count: filed.map_or(0, |filed| filed.entries.len()),
            name,
        }
    }
}

/// The glossary's terms in a language, by what the other one calls them; of several, the first. What is
/// a term of this language too stays as it is.
fn terms(report: &Report, lang: Lang) -> BTreeMap<String, String> {
    let all = &report.glossary;
    let own: BTreeSet<&str> = all.iter().map(|term| term.name(lang)).collect();
    let names = all.iter().rev();
    let names = names.map(|term| (term.name(lang.other()), term.name(lang)));
    names
        .filter(|(other, _)| !own.contains(other))
        .map(|(other, own)| (other.to_owned(), own.to_owned()))
        .collect()
}

/// The tag in an address, no other tag's: the letters and digits of its English name, which stay as they
/// are in an address, or of its own.
fn slug(english: Option<&String>, tag: &str, taken: &mut BTreeSet<String>) -> String {
    let mut bases = english.map(String::as_str).into_iter().chain([tag]);
    let base = bases.find_map(letters).unwrap_or_else(|| "tag".to_owned());
    let mut slug = base.clone();
    let mut number = 2;
    while !taken.insert(slug.clone()) {
        slug = format!("{base}-{number}");
        number += 1;
    }
    slug
}

/// The words of a name, if it has any.
fn letters(name: &str) -> Option<String> {
    let plain = name.to_lowercase();
    let parts = plain.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    (!words.is_empty()).then(|| words.join("-"))
}

/// The page with all tags, the ones with most pages first, and the page of each.
pub(super) fn put(
    context: &Context<'_>,
    frame: &Frame,
    page: &List<'_>,
    sink: &dyn Sink,
) -> Result<Outcome> {
    let tags = context.tags(frame.lang);
    let mut all: Vec<TagView> = tags
        .by_tag
        .keys()
        .map(|tag| tags.view(frame, tag, frame.lang))
        .collect();
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    let index = put_list(context, frame, page, &all, sink)?;
    // Pages that a person wrote keep their addresses.
    let report = context.report;
    let own = (0..report.entries.len()).filter(|entry| report.entries[*entry].folder == NAME);
    let taken: BTreeSet<String> = own.map(|entry| report.path(entry, frame.lang)).collect();
    all.par_iter()
        .map(|tag| put_tag(context, frame, page, tag, &taken, sink))
        .try_reduce(Outcome::default, |a, b| Ok(a.absorb(b)))
        .map(|pages| index.absorb(pages))
}

fn put_tag(
    context: &Context<'_>,
    frame: &Frame,
    index: &List<'_>,
    tag: &TagView,
    taken: &BTreeSet<String>,
    sink: &dyn Sink,
) -> Result<Outcome> {
    let tags = context.tags(frame.lang);
    let (Some(path), Some(filed)) = (&tag.path, tags.by_tag.get(&tag.name)) else {
        return Ok(Outcome::default());
    };
    let report = context.report;
    if taken.contains(path) {
        return Ok(Outcome::default());
    }
    let others = lists::others(context, frame.lang, NAME).into_iter();
    let others = others.map(|(lang, all)| {
        let other = tags.other.get(&tag.name);
        let own = other.and_then(|other| context.tags(lang).path(lang, other));
        (lang, own.unwrap_or(all))
    });
    let list = List {
        kind: "tag",
        template: "tag.html",
        path: path.clone(),
        title: &tag.name,
        others: others.collect(),
        charts: false,
    };
    let view = FiledView {
        tag: tag.tag,
        all: TagView {
            name: index.title.to_owned(),
            tag: frame.lang.tag(),
            path: Some(index.path.clone()),
            count: tags.by_tag.len(),
        },
        pages: filed
            .entries
            .iter()
            .map(|entry| child_view(report, &Child::Page(*entry), frame.lang))
            .collect(),
    };
    put_list(context, frame, &list, &view, sink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_has_a_name_of_its_own() {
        let mut taken = BTreeSet::new();
        let slugs: Vec<String> = ["政策", "R & D", "r-d", "C++", "c", "…"]
            .map(|tag| slug(None, tag, &mut taken))
            .into();
        assert_eq!(slugs, ["政策", "r-d", "r-d-2", "c", "c-2", "tag"]);
    }

    #[test]
    fn the_english_name_of_a_tag_is_its_address() {
        let mut taken = BTreeSet::new();
        let names = [
            ("园区", "Parks"),
            ("产业园", "parks"),
            ("政策", "…"),
            ("…", ""),
        ];
        let slugs = names.map(|(tag, english)| slug(Some(&english.to_owned()), tag, &mut taken));
        assert_eq!(slugs, ["parks", "parks-2", "政策", "tag"]);
    }
}
