//! What the templates get: one typed view a page, nothing loose.
//!
//! Every address in a view counts from the site's top; a template writes `{{ root }}` before it,
//! which leads from the page to the top (`../` as often as needed). So the same page works from a
//! folder, from a domain's root and from a sub-folder.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::content::picture::Size;
use crate::dates;
use crate::lang::Lang;
use crate::render::cite::CiteView;
use crate::render::glossary::TermView;
use crate::render::lists::ListView;
use crate::render::tags::TagView;
use crate::render::titles;

/// Everything a template can use besides `site`, the [`SiteView`] in the language of the page's frame.
#[derive(Debug, Serialize)]
pub struct View<'a> {
    /// The way from this page to the site's top: empty, `../`, `../../`…
    pub root: &'a str,
    /// This page.
    pub page: &'a PageView<'a>,
}

/// The report as a whole, in one language.
#[derive(Debug, Serialize)]
pub struct SiteView {
    /// Code of the language: `zh` or `en`.
    pub lang: &'static str,
    /// Its `lang` tag.
    pub tag: &'static str,
    /// Address of the home page.
    pub home: String,
    /// Title of the report; never empty.
    pub title: String,
    /// The `lang` tag of the title, another one if it is not written in this language.
    pub title_tag: &'static str,
    /// Its description; may be empty.
    pub description: String,
    /// The `lang` tag of the description.
    pub description_tag: &'static str,
    /// Who wrote it; may be empty.
    pub author: String,
    /// The `lang` tag of the author.
    pub author_tag: &'static str,
    /// Licence of the text; may be empty.
    pub license: String,
    /// The `lang` tag of the licence.
    pub license_tag: &'static str,
    /// Address of the logo; empty without one.
    pub logo: String,
    /// The logo's size, where its file says it.
    pub logo_size: Option<Size>,
    /// Address of the style sheet that the configuration asks for; empty without one.
    pub styles: String,
    /// The report's languages in their order.
    pub languages: Vec<LanguageView>,
    /// The top pages and folders, for the header; empty in a report with many.
    pub nav: Vec<LinkView>,
    /// The pages that gather from others: time line, subjects, glossary, sources, the whole report.
    pub lists: Vec<ListView>,
    /// The theme's words in the language of the page's frame, from `words/<lang>.yaml`.
    pub words: BTreeMap<String, String>,
    /// `extra:` of `site.yaml`.
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// A language of the report.
#[derive(Debug, Clone, Serialize)]
pub struct LanguageView {
    /// `zh` or `en`.
    pub code: &'static str,
    /// For `lang` attributes: `zh-Hans`, `en`.
    pub tag: &'static str,
    /// The language's own name.
    pub name: &'static str,
    /// Title of the report in it.
    pub title: String,
    /// Its home page.
    pub path: String,
}

/// A link within the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkView {
    /// Where it leads, from the site's top.
    pub path: String,
    /// What it says.
    pub title: String,
    /// The same as HTML, with places where a line may break.
    pub html: String,
    /// The `lang` tag of what it says.
    pub tag: &'static str,
}

impl LinkView {
    /// A link in the words of a title.
    #[must_use]
    pub fn new(path: String, title: String, lang: Lang) -> Self {
        Self {
            path,
            html: titles::html(&title, lang, true),
            title,
            tag: lang.tag(),
        }
    }
}

/// One page.
#[derive(Debug, Default, Serialize)]
pub struct PageView<'a> {
    /// Which kind of page: `page`, `section` (a folder's page), `home` or `source`.
    pub kind: &'static str,
    /// Address from the site's top.
    pub path: String,
    /// Code of the frame's language.
    pub lang: &'static str,
    /// `lang` tag of the frame.
    pub tag: &'static str,
    /// `lang` tag of the text, another one if the page has no translation.
    pub text_tag: &'static str,
    /// Whether the reader must be told that there is no translation.
    pub untranslated: bool,
    /// Title.
    pub title: &'a str,
    /// Description, if there is one.
    pub description: Option<&'a str>,
    /// Day of publication.
    pub date: Option<DateView>,
    /// Day of the last change.
    pub updated: Option<DateView>,
    /// Tags, each with the way to all that is filed under it.
    pub tags: Vec<TagView>,
    /// The text.
    pub html: String,
    /// Whether there are charts on the page, so that it needs `charts.css`.
    pub charts: bool,
    /// The terms that the text mentions, in order, to be explained in place.
    pub terms: Vec<TermView>,
    /// The addresses outside the site that the text links to, in order, as HTML.
    pub links: Vec<String>,
    /// How to cite the page.
    pub cite: Option<CiteView>,
    /// The headings of the text.
    pub contents: Vec<Heading>,
    /// Whether one of the outermost headings has a number of its own.
    pub is_numbered: bool,
    /// The folders around this page, outermost first, without the home page.
    pub breadcrumbs: Vec<LinkView>,
    /// The page before this one in its folder.
    pub previous: Option<LinkView>,
    /// The page after this one in its folder.
    pub next: Option<LinkView>,
    /// What the folder holds, on a folder's page.
    pub children: Vec<ChildView>,
    /// This page in every language of the report.
    pub languages: Vec<TranslationView>,
    /// Address of the page with both languages side by side, if there is one.
    pub parallel: Option<String>,
    /// Address of the script with the pairs of blocks, on a page that has a counterpart.
    pub pairs: Option<String>,
    /// Absolute address, with a base URL.
    pub canonical: Option<String>,
    /// Absolute addresses for search engines, with a base URL.
    pub alternates: Vec<AlternateView>,
    /// The lines of a source that it was made from, if the site shows them.
    pub source: Option<SourceLinkView>,
    /// `extra:` of the front matter.
    pub extra: Option<&'a BTreeMap<String, serde_json::Value>>,
}

/// The lines of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceLinkView {
    /// The page that shows them.
    pub path: String,
    /// The anchor of the first there.
    pub anchor: String,
    /// The source's file.
    pub file: String,
    /// Their numbers: `2–6`.
    pub lines: String,
}

/// A page or folder in a listing.
#[derive(Debug, Clone, Serialize)]
pub struct ChildView {
    /// The link.
    #[serde(flatten)]
    pub link: LinkView,
    /// Description, if there is one.
    pub description: Option<String>,
    /// Day of publication.
    pub date: Option<DateView>,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// A page in one of the report's languages.
#[derive(Debug, Clone, Serialize)]
pub struct TranslationView {
    /// `zh` or `en`.
    pub code: &'static str,
    /// For `lang` and `hreflang`.
    pub tag: &'static str,
    /// The language's own name.
    pub name: &'static str,
    /// Where the page is in it.
    pub path: String,
    /// Whether it is the page at hand.
    pub current: bool,
    /// Whether the text is really in this language.
    pub translated: bool,
}

/// An absolute address of the page for `rel=alternate`.
#[derive(Debug, Clone, Serialize)]
pub struct AlternateView {
    /// `zh-Hans`, `en` or `x-default`.
    pub tag: &'static str,
    /// The address.
    pub url: String,
}

/// A date, for machines and for readers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateView {
    /// `2017-03-07`, or `2017-03` or `2017` of an event that is dated no closer.
    pub iso: String,
    /// `2017年3月7日`, `7 March 2017`; `2017年3月`, `March 2017`.
    pub text: String,
}

/// A heading and those below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// Its anchor.
    pub id: String,
    /// Its words, as HTML.
    pub html: String,
    /// Its level in the page: 2 to 6.
    pub level: u8,
    /// The headings below it.
    pub children: Vec<Heading>,
}

impl DateView {
    /// A date in the form of a language.
    #[must_use]
    pub fn new(date: Date, lang: Lang) -> Self {
        Self {
            iso: date.to_string(),
            text: dates::date(date, lang),
        }
    }
}
