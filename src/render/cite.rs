//! How a page is cited: GB/T 7714 in Chinese, APA in English, and BibTeX.
//!
//! In: what the configuration and the page's head say. Out: the lines as plain text. Promise: only
//! what is known is said, and no date but those of the front matter; the day of reading is left for
//! the reader's own browser to put in.

use jiff::civil::Date;
use serde::Serialize;

use crate::lang::Lang;

/// How to cite a page.
#[derive(Debug, Default, Serialize)]
pub struct CiteView {
    /// The citation up to where the day of reading may stand.
    pub before: String,
    /// The rest of it.
    pub after: String,
    /// The same for reference managers.
    pub bibtex: String,
}

/// What a citation is made of.
pub(super) struct Work<'a> {
    pub lang: Lang,
    pub author: &'a str,
    pub title: &'a str,
    /// The report that the page is a part of; empty for the report itself.
    pub report: &'a str,
    pub date: Option<Date>,
    /// The absolute address, where it is known.
    pub url: Option<&'a str>,
    /// The page's name, for the key.
    pub slug: &'a str,
}

pub(super) fn cite(work: &Work<'_>) -> CiteView {
    let (before, after) = match work.lang {
        Lang::Zh => gb(work),
        Lang::En => apa(work),
    };
    CiteView {
        before,
        after,
        bibtex: bibtex(work),
    }
}

/// GB/T 7714-2015, for an electronic resource online: `作者. 题名[EB/OL]//报告. (日期)[引用日期]. 地址.`
fn gb(work: &Work<'_>) -> (String, String) {
    let mut parts = Vec::new();
    if !work.author.is_empty() {
        parts.extend([work.author.trim_end_matches(['.', '。']), ". "]);
    }
    parts.extend([work.title, "[EB/OL]"]);
    if !work.report.is_empty() {
        parts.extend(["//", work.report]);
    }
    parts.push(".");
    let date = work.date.map(|date| format!(" ({date})"));
    parts.extend(date.as_deref());
    let before = parts.concat();
    let after = match (work.url, work.date) {
        (Some(url), Some(_)) => format!(". {url}."),
        (Some(url), None) => format!(" {url}."),
        (None, Some(_)) => ".".to_owned(),
        (None, None) => String::new(),
    };
    (before, after)
}

/// APA, 7th edition, for a page of a site: Author. (2021, March 7). Title. Report. Address
fn apa(work: &Work<'_>) -> (String, String) {
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
        vec![end(work.author), format!("({date})."), end(work.title)]
    };
    if !work.report.is_empty() {
        parts.push(end(work.report));
    }
    parts.extend(work.url.map(ToOwned::to_owned));
    (parts.join(" "), String::new())
}

fn bibtex(work: &Work<'_>) -> String {
    let key: String = work
        .slug
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let year = work
        .date
        .map_or_else(String::new, |date| date.year().to_string());
    let key = format!(
        "{}{year}{}",
        if key.is_empty() { "page" } else { &key },
        work.lang
    );
    let mut fields = vec![("title", format!("{{{}}}", tex(work.title)))];
    if !work.author.is_empty() {
        fields.insert(0, ("author", format!("{{{}}}", tex(work.author))));
    }
    if let Some(date) = work.date {
        fields.push(("year", date.year().to_string()));
        fields.push(("month", date.month().to_string()));
    }
    if !work.report.is_empty() {
        fields.push(("howpublished", tex(work.report)));
    }
    if let Some(url) = work.url {
        fields.push(("url", url.to_owned()));
    }
    let language = match work.lang {
        Lang::Zh => "chinese",
        Lang::En => "english",
    };
    fields.push(("language", language.to_owned()));
    let lines = fields
        .iter()
        .map(|(name, value)| format!("  {name} = {{{value}}}"));
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
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
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
            author: "",
            title: "R&D 100%",
            report: "Report",
            date: None,
            url: None,
            slug: "r-d",
        }
    }

    #[test]
    fn only_what_is_known_is_said() {
        let bare = cite(&work(Lang::Zh));
        assert_eq!(bare.before + &bare.after, "R&D 100%[EB/OL]//Report.");
        let bare = cite(&work(Lang::En));
        assert_eq!(bare.before, "R&D 100%. (n.d.). Report.");
        assert_eq!(
            bare.bibtex,
            "@misc{rden,\n  title = {{R\\&D 100\\%}},\n  howpublished = {Report},\n  language = {english}\n}"
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
        let zh = cite(&full(Lang::Zh));
        assert_eq!(
            (zh.before.as_str(), zh.after.as_str()),
            (
                "Li Lei. R&D 100%[EB/OL]//Report. (2021-03-07)",
                ". https://example.org/a.html."
            )
        );
        assert_eq!(
            cite(&full(Lang::En)).before,
            "Li Lei. (2021, March 7). R&D 100%. Report. https://example.org/a.html"
        );
        assert!(cite(&full(Lang::En)).bibtex.contains("author = {{Li Lei}}"));
    }
}
