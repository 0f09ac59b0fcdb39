//! How a page is cited: GB/T 7714 in Chinese, APA in English, and BibTeX.
//!
//! In: what the configuration and the page's head say. Out: the lines as plain text. Promise: only
//! what is known is said, and no date but those of the front matter; the day of reading is left for
//! the reader's own browser to put in.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::lang::Lang;
use crate::render::authors;
use crate::render::frame::Frame;
use crate::render::views::DateView;

/// How to cite a page.
#[derive(Debug, Default, Serialize)]
pub struct CiteView {
    /// The citation up to where the day of reading may stand.
    pub before: String,
    /// What stands around that day, with `{day}` in its place; empty where the form has none.
    pub today: &'static str,
    /// The rest of it.
    pub after: String,
    /// The same for reference managers.
    pub bibtex: String,
    /// The day of the last change, where it is known.
    pub date: Option<DateView>,
}

/// What a citation is made of.
pub(super) struct Work<'a> {
    /// The language of the citation.
    pub lang: Lang,
    /// The language of the text, another one if there is no translation.
    pub text: Lang,
    /// One or several, as [`authors`] tells them apart.
    pub author: &'a str,
    pub title: &'a str,
    /// The report that the page is a part of; empty for the report itself.
    pub report: &'a str,
    pub date: Option<Date>,
    /// The absolute address, where it is known.
    pub url: Option<&'a str>,
    /// The address from the site's top, for the key.
    pub path: &'a str,
}

impl<'a> Work<'a> {
    /// What is known of any page of a language.
    pub fn of_frame(frame: &'a Frame, path: &'a str) -> Self {
        Self {
            lang: frame.lang,
            text: frame.lang,
            author: &frame.site.author,
            title: "",
            report: &frame.site.title,
            date: frame.last_change,
            url: None,
            path,
        }
    }
}

/// How to cite a page that gathers from the report, which changes with it.
pub(super) fn of_frame(frame: &Frame, path: &str, title: &str, url: Option<&str>) -> CiteView {
    cite(&Work {
        title,
        url,
        ..Work::of_frame(frame, path)
    })
}

pub(super) fn cite(work: &Work<'_>) -> CiteView {
    let (before, today, after) = match work.lang {
        Lang::Zh => gb(work),
        Lang::En => apa(work),
    };
    CiteView {
        before,
        today,
        after,
        bibtex: bibtex(work),
        date: work.date.map(|date| DateView::new(date, work.lang)),
    }
}

/// GB/T 7714-2015, for an electronic resource online: `作者. 题名[EB/OL]//报告. (日期)[引用日期]. 地址.`
fn gb(work: &Work<'_>) -> (String, &'static str, String) {
    let mut parts = Vec::new();
    let author = authors::gb(work.author);
    if !author.is_empty() {
        parts.extend([author.trim_end_matches(['.', '。']), ". "]);
    }
    parts.extend([work.title, "[EB/OL]"]);
    if !work.report.is_empty() {
        parts.extend(["//", work.report]);
    }
    parts.push(".");
    let date = work.date.map(|date| format!(" ({date})"));
    parts.extend(date.as_deref());
    let before = parts.concat();
    let url = work.url.map(|url| format!(" {url}.")).unwrap_or_default();
    match work.date {
        Some(_) => (before, "[{day}]", format!(".{url}")),
        None => (before, " [{day}].", url),
    }
}

/// APA, 7th edition, for a page of a site: Author. (2021, March 7). Title. Report. Address
///
/// The day of reading belongs to pages without a date of their own alone; the site is left out where
/// it is the author.
fn apa(work: &Work<'_>) -> (String, &'static str, String) {
    let date = work.date.map_or_else(
        || "n.d.".to_owned(),
        |date| {
            let text = crate::dates::date(date, Lang::En);
            let month = text.split(' ').nth(1).unwrap_or_default();
            format!("{}, {month} {}", date.year(), date.day())
        },
    );
    let end = |text: &str| {
        let has_end = text.ends_with(['.', '?', '!', '。', '？', '！']);
        format!("{text}{}", if has_end { "" } else { "." })
    };
    let mut parts = if work.author.is_empty() {
        vec![end(work.title), format!("({date}).")]
    } else {
        let author = authors::apa(work.author);
        vec![end(&author), format!("({date})."), end(work.title)]
    };
    if !work.report.is_empty() && work.report != work.author {
        parts.push(end(work.report));
    }
    let url = work.url.map(|url| format!(" {url}")).unwrap_or_default();
    let today = match (work.date, work.url) {
        (None, Some(_)) => " Retrieved {day}, from",
        _ => "",
    };
    (parts.join(" "), today, url)
}

/// The key of an entry: the plain letters of the page's name, the year, and a few digits of the digest
/// of address and report, so that no two pages have the same, be they of one report or of two.
fn key(work: &Work<'_>) -> String {
    let path = work.path.trim_end_matches(".html");
    let (_, name) = path.rsplit_once('/').unwrap_or(("", path));
    let plain = name.chars().filter(char::is_ascii_alphanumeric);
    let mut key: String = plain.collect();
    if key.is_empty() {
        key.push_str("page");
    }
    if let Some(date) = work.date {
        key.push_str(&date.year().to_string());
    }
    let report = if work.report.is_empty() {
        work.title
    } else {
        work.report
    };
    for byte in Sha256::digest(format!("{report}/{path}")).iter().take(4) {
        // Writing to a string can't fail.
        let _ = write!(key, "{byte:02x}");
    }
    key
}

/// The months by the names that every style of BibTeX knows.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

fn bibtex(work: &Work<'_>) -> String {
    let key = key(work);
    let braced = |text: &str| format!("{{{text}}}");
    // A second pair keeps a name whole, and a title in its own capitals.
    let whole = |text: &str| braced(&braced(&tex(text)));
    let mut fields = Vec::new();
    if !work.author.is_empty() {
        fields.push(("author", braced(&authors::bibtex(work.author, tex))));
    }
    fields.push(("title", whole(work.title)));
    if let Some(date) = work.date {
        fields.push(("year", braced(&date.year().to_string())));
        let month = usize::try_from(date.month()).ok();
        let month = month.and_then(|month| MONTHS.get(month.checked_sub(1)?));
        fields.extend(month.map(|month| ("month", (*month).to_owned())));
    }
    if !work.report.is_empty() {
        fields.push(("howpublished", braced(&tex(work.report))));
    }
    if let Some(url) = work.url {
        fields.push(("url", braced(url)));
    }
    let language = match work.text {
        Lang::Zh => "chinese",
        Lang::En => "english",
    };
    fields.push(("language", braced(language)));
    let lines = fields
        .iter()
        .map(|(name, value)| format!("  {name} = {value}"));
    format!(
        "@misc{{{key},\n{}\n}}",
        lines.collect::<Vec<_>>().join(",\n")
    )
}

/// Text with the signs that TeX takes for commands made harmless.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            // BibTeX counts braces even behind a backslash.
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(lang: Lang) -> Work<'static> {
        Work {
            lang,
            text: lang,
            author: "",
            title: "R&D 100%",
            report: "Report",
            date: None,
            url: None,
            path: "en/r-d.html",
        }
    }

    #[test]
    fn only_what_is_known_is_said() {
        let bare = cite(&work(Lang::Zh));
        assert_eq!(
            (bare.before + bare.today + &bare.after).as_str(),
            "R&D 100%[EB/OL]//Report. [{day}]."
        );
        let bare = cite(&work(Lang::En));
        assert_eq!(bare.before, "R&D 100%. (n.d.). Report.");
        assert_eq!(
            bare.bibtex,
            "@misc{rd383ca81e,\n  title = {{R\\&D 100\\%}},\n  howpublished = {Report},\n  language = {english}\n}"
        );
    }

    #[test]
    fn all_that_is_known_is_said() {
        let full = |lang| Work {
            author: "Li Lei",
            date: Some(jiff::civil::date(2021, 3, 7)),
            url: Some("https://example.org/a.html"),
            ..work(lang)
        };
        let text = |work: &Work<'_>| {
            let view = cite(work);
            view.before + view.today + &view.after
        };
        assert_eq!(
            text(&full(Lang::Zh)),
            "Li Lei. R&D 100%[EB/OL]//Report. (2021-03-07)[{day}]. https://example.org/a.html."
        );
        assert_eq!(
            text(&full(Lang::En)),
            "Li Lei. (2021, March 7). R&D 100%. Report. https://example.org/a.html"
        );
        let bibtex = cite(&full(Lang::En)).bibtex;
        assert!(bibtex.contains("author = {{Li Lei}}"));
        assert!(bibtex.contains("year = {2021},\n  month = mar,"));
        let undated = |lang| Work {
            date: None,
            ..full(lang)
        };
        assert_eq!(
            text(&undated(Lang::Zh)),
            "Li Lei. R&D 100%[EB/OL]//Report. [{day}]. https://example.org/a.html."
        );
        assert_eq!(
            text(&undated(Lang::En)),
            "Li Lei. (n.d.). R&D 100%. Report. Retrieved {day}, from https://example.org/a.html"
        );
    }

    #[test]
    fn an_institution_is_named_once() {
        let own = Work {
            author: "Report",
            ..work(Lang::En)
        };
        assert_eq!(cite(&own).before, "Report. (n.d.). R&D 100%.");
    }

    #[test]
    fn braces_stay_balanced_and_keys_apart() {
        assert_eq!(tex("a{b_c"), "a\\textbraceleft{}b\\_c");
        let of = |path| {
            key(&Work {
                path,
                ..work(Lang::Zh)
            })
        };
        assert_ne!(of("zh/甲.html"), of("zh/乙.html"));
        assert_ne!(of("zh/a/index.html"), of("zh/b/index.html"));
        assert_ne!(of("zh/a.html"), of("parallel/a.html"));
        let elsewhere = Work {
            report: "Another report",
            path: "zh/a.html",
            ..work(Lang::Zh)
        };
        assert_ne!(of("zh/a.html"), key(&elsewhere));
    }

    #[test]
    fn a_text_without_a_translation_is_in_its_own_language() {
        let shown = Work {
            text: Lang::Zh,
            ..work(Lang::En)
        };
        assert!(cite(&shown).bibtex.contains("language = {chinese}"));
    }
}
