//! Links between files of the report.
//!
//! In: the address that a person wrote, and the page it stands on. Out: the relative address in the
//! site. Promise: a link to a page, anchor or file that is not there is a diagnostic with its place.

use crate::content::picture::Size;
use crate::content::report::{INDEX, Page, Report, join};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::lang::Lang;
use crate::render::markdown::Parsed;
use crate::render::parallel;

/// Where files from `content/` that are not pages are copied to.
pub const MEDIA: &str = "media";

/// Where pages lead to each other: the pages of one language, both languages side by side, or all
/// pages in one.
#[derive(Debug, Clone, Copy)]
pub enum Edition<'a> {
    /// The pages of each language.
    Plain,
    /// Both languages side by side.
    Parallel,
    /// All on one page: the number of each entry's chapter.
    Print(&'a [Option<usize>]),
}

/// What links are resolved against.
#[derive(Debug, Clone, Copy)]
pub struct Links<'a> {
    /// The edition that the text stands in.
    pub edition: Edition<'a>,
    /// The report.
    pub report: &'a Report,
    /// The outline of every page, by its index in the report.
    pub parsed: &'a [Parsed<'a>],
    /// The page that the text stands on.
    pub page: &'a Page,
    /// Its index in the report.
    pub number: usize,
    /// The language of the frame around the text.
    pub frame: Lang,
    /// The way from the page to the site's top.
    pub root: &'a str,
}

/// What is wrong with a link: the message and the hint.
type Trouble = (String, String);

impl Links<'_> {
    /// The address to write for `target`; `None` leaves it as it is.
    ///
    /// # Errors
    /// A target that is not in the report, with its place `(line, column)` taken from `place`.
    pub fn resolve(
        &self,
        target: &str,
        place: impl FnOnce() -> (usize, usize),
    ) -> Result<Option<String>, Box<Diagnostic>> {
        if is_external(target) {
            return Ok(None);
        }
        let (path, fragment) = target
            .split_once('#')
            .map_or((target, None), |(p, f)| (p, Some(f)));
        let resolved = if path.is_empty() {
            self.same_page(fragment.unwrap_or_default())
        } else {
            self.other_file(&decode(path), fragment)
        };
        resolved.map(Some).map_err(|(message, hint)| {
            let (line, column) = place();
            Box::new(
                Diagnostic::error(message)
                    .at(&self.page.file, line, Some(column))
                    .hint(hint),
            )
        })
    }

    /// The size of a picture of the report, where its file says it.
    pub(super) fn picture(&self, target: &str) -> Option<Size> {
        let path = target.split('#').next().unwrap_or_default();
        let full = self.full_path(&decode(path))?;
        self.report.pictures.get(&full).copied()
    }

    fn same_page(&self, fragment: &str) -> Result<String, Trouble> {
        if fragment.is_empty() {
            return Ok("#".into());
        }
        let anchor = self.anchor(Some(self.number), fragment)?;
        let own = self.report.find(&self.page.key());
        Ok(match own.and_then(|own| self.chapter(own)) {
            Some(chapter) => in_chapter(chapter, &anchor),
            None => anchor,
        })
    }

    /// The chapter of an entry, where all pages are one.
    fn chapter(&self, entry: usize) -> Option<usize> {
        match self.edition {
            Edition::Print(chapters) => chapters.get(entry).copied().flatten(),
            _ => None,
        }
    }

    /// `#id`, for a fragment that names a heading of the page with this index.
    fn anchor(&self, page: Option<usize>, fragment: &str) -> Result<String, Trouble> {
        let wanted = decode(fragment);
        let parsed = page.and_then(|page| self.parsed.get(page));
        if let Some(id) = parsed.and_then(|parsed| parsed.resolve(&wanted)) {
            return Ok(format!("#{}", encode(id)));
        }
        // A footnote or an anchor set in HTML by hand.
        let by_hand = |page: &Page| {
            ["id=\"", "id='", "name=\"", "name='"].iter().any(|start| {
                let after = page.body().split(start).skip(1);
                let mut values = after.filter_map(|rest| rest.strip_prefix(&*wanted));
                values.any(|rest| rest.starts_with(['"', '\'']))
            })
        };
        if page
            .and_then(|page| self.report.pages.get(page))
            .is_some_and(by_hand)
        {
            return Ok(format!("#{}", encode(&wanted)));
        }
        let ids = parsed
            .map(|parsed| parsed.outline.as_slice())
            .unwrap_or_default();
        let known = ids
            .iter()
            .flat_map(|anchor| [anchor.id.as_str(), anchor.github.as_str()]);
        let hint = did_you_mean(&wanted, known).map_or_else(
            || "write the heading's words with `-` for spaces, or give it a name: `## Heading {#name}`".into(),
            |near| format!("did you mean `#{near}`?"),
        );
        Err((
            format!("there is no heading `#{wanted}` on that page"),
            hint,
        ))
    }

    fn other_file(&self, path: &str, fragment: Option<&str>) -> Result<String, Trouble> {
        let full = self.full_path(path).ok_or_else(|| {
            (
                format!("the link `{path}` leads out of content/"),
                "link to a file inside it".to_owned(),
            )
        })?;
        let (key, lang) = match full.strip_suffix(".md") {
            Some(base) => key_and_lang(base),
            None if path.ends_with('/') || self.is_folder(&full) => (join(&full, INDEX), None),
            None => return self.asset(&full, path),
        };
        let entry = self.entry(&key, path)?;
        let lang_of_text = if self.page.lang == self.frame {
            self.page.lang
        } else {
            self.frame
        };
        let explicit = lang;
        let lang = match (lang, entry) {
            (Some(lang), Some(entry)) if self.report.entries[entry].only(lang).is_none() => {
                let other = lang.other();
                return Err((
                    format!("there is no page {key}.{lang}.md"),
                    format!(
                        "there is {key}.{other}.md; without a language, the link finds what there is"
                    ),
                ));
            }
            (lang, _) => lang.unwrap_or(lang_of_text),
        };
        let side_by_side = match (self.edition, entry, explicit) {
            (Edition::Parallel, Some(entry), None) => parallel::path(self.report, entry),
            _ => None,
        };
        let address = match (side_by_side, entry) {
            (Some(address), _) => address,
            (None, Some(entry)) => self.report.path(entry, lang),
            (None, None) => format!("{lang}/{key}.html"),
        };
        let anchor = match fragment.filter(|fragment| !fragment.is_empty()) {
            Some(fragment) => self.anchor(
                entry.and_then(|e| self.report.entries[e].shown(lang)),
                fragment,
            )?,
            None => String::new(),
        };
        // Another language's text is not in the report that is printed.
        let is_here = explicit.is_none_or(|lang| lang == self.frame);
        Ok(match entry.and_then(|entry| self.chapter(entry)) {
            Some(chapter) if is_here => in_chapter(chapter, &anchor),
            _ => format!("{}{}{anchor}", self.root, encode(&address)),
        })
    }

    /// A folder of pages can be named with `/` at the end, or without, as on GitHub.
    fn is_folder(&self, full: &str) -> bool {
        self.report.folders.contains_key(full) && !self.report.has_asset(full)
    }

    /// The entry of a key; `None` for a folder's listing that has no file of its own.
    fn entry(&self, key: &str, path: &str) -> Result<Option<usize>, Trouble> {
        if let Some(entry) = self.report.find(key) {
            return Ok(Some(entry));
        }
        let folder = key
            .strip_suffix(INDEX)
            .map(|folder| folder.trim_end_matches('/'));
        if folder.is_some_and(|folder| self.report.folders.contains_key(folder)) {
            return Ok(None);
        }
        if self.report.drafts.contains(key) {
            return Err((
                format!("the link `{path}` leads to a draft, which is left out"),
                "remove `draft: true` from its front matter, or build with --drafts".into(),
            ));
        }
        let known = self.report.entries.iter().map(|entry| entry.key.as_str());
        let hint = did_you_mean(key, known).map_or_else(
            || {
                "write the path of its file, seen from this one, for instance ../parks/hangzhou.md"
                    .into()
            },
            |near| format!("did you mean the page `{near}.md` (seen from content/)?"),
        );
        Err((
            format!("the link `{path}` leads to a page that is not there"),
            hint,
        ))
    }

    fn asset(&self, full: &str, path: &str) -> Result<String, Trouble> {
        if self.report.has_asset(full) {
            return Ok(format!("{}{MEDIA}/{}", self.root, encode(full)));
        }
        let page = full.strip_suffix(".html").map(key_and_lang);
        if let (Some((key, _)), Some((file, _))) = (page, path.rsplit_once('.'))
            && self.report.find(&key).is_some()
        {
            return Err((
                format!("the link `{path}` leads to a file that is not there"),
                format!("link to the page's own file: {file}.md"),
            ));
        }
        let known = self.report.assets.iter().map(|asset| asset.path.as_str());
        let hint = did_you_mean(full, known).map_or_else(
            || "put the file into content/ and write its path, seen from this page; a page's link ends in .md".into(),
            |near| format!("did you mean `{near}` (seen from content/)?"),
        );
        Err((
            format!("the link `{path}` leads to a file that is not there"),
            hint,
        ))
    }

    /// The path from `content/`; a leading `/` means `content/` itself.
    fn full_path(&self, path: &str) -> Option<String> {
        let (start, path) = match path.strip_prefix('/') {
            Some(rest) => ("", rest),
            None => (self.page.folder.as_str(), path),
        };
        let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                _ => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }
}

/// The anchor of a chapter, or of a heading in it.
fn in_chapter(chapter: usize, anchor: &str) -> String {
    match anchor.strip_prefix('#') {
        Some(id) => format!("#c{chapter}-{id}"),
        None => format!("#c{chapter}"),
    }
}

fn key_and_lang(base: &str) -> (String, Option<Lang>) {
    match base.rsplit_once('.') {
        Some((key, code)) if Lang::from_code(code).is_some() => {
            (key.to_owned(), Lang::from_code(code))
        }
        _ => (base.to_owned(), None),
    }
}

/// Has a scheme (`https:`, `mailto:`) or begins with `//`.
pub(super) fn is_external(target: &str) -> bool {
    target.starts_with("//")
        || target.split_once(':').is_some_and(|(scheme, _)| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        })
}

/// Undoes `%XX`; what is not UTF-8 then is left as it was.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let hex = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
        match (byte, hex(ahead.next()), hex(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Writes an address so that it is valid in an `href`: `%XX` for all but plain characters.
#[must_use]
pub fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                out.push('%');
                for digit in [byte >> 4, byte & 15] {
                    out.extend(
                        char::from_digit(u32::from(digit), 16).map(|c| c.to_ascii_uppercase()),
                    );
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_survive_encoding() {
        assert_eq!(encode("zh/甲.html"), "zh/%E7%94%B2.html");
        assert_eq!(decode("%E7%94%B2 100%"), "甲 100%");
    }

    #[test]
    fn what_has_a_scheme_is_external() {
        assert!(is_external("https://a.b") && is_external("mailto:a@b") && is_external("//a.b"));
        assert!(!is_external("a/b.md") && !is_external("#s1") && !is_external("甲:乙.md"));
    }
}
