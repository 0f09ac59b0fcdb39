//! One file of `content/` to what it is in a report.
//!
//! In: a file, by its place and its ending. Out: an [`Item`], and what is wrong with it. Promise: a file
//! that can't be used is a diagnostic and nothing else; none is read twice.

use std::path::{Component, Path};

use crate::content::csv;
use crate::content::data::{self, Data};
use crate::content::files::{read_bytes, read_text};
use crate::content::front_matter;
use crate::content::glossary::{self, Term};
use crate::content::load::{CONTENT, is_name, line_of_key};
use crate::content::picture::{self, Size};
use crate::content::report::{Asset, Page};
use crate::diagnostic::{Diagnostic, slashed};
use crate::import::evidence::Evidence;
use crate::import::record;
use crate::lang::Lang;

/// Folders at the top of `content/` that hold no pages.
const DATA: &str = "data";
const IMPORTS: &str = "imports";

/// One thing found in `content/`.
pub(super) enum Item {
    Page(Box<Page>),
    Data(String, Box<Data>),
    Glossary(Vec<Term>),
    Asset(Asset),
    Restoration(String, Box<Evidence>),
    /// A CSV file, which is copied and may be drawn.
    Sheet(Asset, Option<String>),
    /// A picture, which is copied, with its size.
    Picture(Asset, Option<Size>),
    Nothing,
}

/// It, and what was wrong with its file.
pub(super) struct Read {
    pub item: Item,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a file, by its path from the root.
pub(super) fn read(root: &Path, file: &Path) -> Read {
    let mut diagnostics = Vec::new();
    let item = read_item(root, file, &mut diagnostics).unwrap_or_else(|diagnostic| {
        diagnostics.push(*diagnostic);
        Item::Nothing
    });
    Read { item, diagnostics }
}

fn read_item(
    root: &Path,
    file: &Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> std::result::Result<Item, Box<Diagnostic>> {
    let inside = file.strip_prefix(CONTENT).unwrap_or(file);
    let extension = inside
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default();
    if extension == "new" {
        diagnostics.push(
            Diagnostic::warning("a newly imported text waits here to be merged")
                .in_file(file)
                .hint(
                    "take over what you want into the page of the same name, then delete this file",
                ),
        );
        return Ok(Item::Nothing);
    }
    match top(inside) {
        Some(DATA) if matches!(extension, "yaml" | "yml") => read_data(root, file, inside),
        Some(DATA) if extension == "csv" => {
            let text =
                csv::decode(&read_bytes(root, file)?).ok_or_else(|| csv::undecodable(file))?;
            let data = csv::parse(&text, file)?;
            Ok(Item::Data(data_name(inside), Box::new(data)))
        }
        Some(DATA) => {
            diagnostics.push(
                Diagnostic::warning("only YAML and CSV files are read in content/data/")
                    .in_file(file)
                    .hint("move the file to another folder of content/; it was left out"),
            );
            Ok(Item::Nothing)
        }
        Some(IMPORTS) => match record::of_evidence(&slashed(inside)) {
            Some(name) if is_name(name) => {
                let evidence = Evidence::read(&read_text(root, file)?, file)?;
                Ok(Item::Restoration(name.to_owned(), Box::new(evidence)))
            }
            _ => Ok(Item::Nothing),
        },
        None if inside == Path::new(glossary::FILE) => {
            let text = read_text(root, file)?;
            glossary::parse(&text, file, diagnostics).map(Item::Glossary)
        }
        _ if extension == "md" => read_page(root, file, inside, diagnostics),
        _ => {
            let asset = Asset {
                file: file.to_owned(),
                path: slashed(inside),
            };
            if extension == "csv" {
                let text = csv::decode(&read_bytes(root, file)?);
                return Ok(Item::Sheet(asset, text));
            }
            if !picture::is_picture(file) {
                return Ok(Item::Asset(asset));
            }
            let (size, wrong) = picture::read(&read_bytes(root, file)?, file);
            diagnostics.extend(wrong);
            Ok(Item::Picture(asset, size))
        }
    }
}

/// The first folder of a path that has one.
fn top(inside: &Path) -> Option<&str> {
    let mut parts = inside.components();
    match (parts.next(), parts.next()) {
        (Some(Component::Normal(first)), Some(_)) => first.to_str(),
        _ => None,
    }
}

fn read_page(
    root: &Path,
    file: &Path,
    inside: &Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> std::result::Result<Item, Box<Diagnostic>> {
    let name = inside
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    let (stem, lang) = stem_and_lang(file, &name)?;
    let text = read_text(root, file)?;
    let head = front_matter::parse(file, &text, diagnostics)?;
    let slug_is_bad = head.meta.slug.as_deref().is_some_and(|slug| !is_name(slug));
    if slug_is_bad || !is_name(&stem) {
        return Err(Box::new(
            Diagnostic::error("the page's name can't be part of an address")
                .at(file, line_of_key(&text, "slug"), Some(1))
                .hint("use letters, digits, `-` and `_` in the file's name or in `slug:`"),
        ));
    }
    let folder = inside.parent().map(slashed).unwrap_or_default();
    if !folder.is_empty() && !folder.split('/').all(is_name) {
        return Err(Box::new(
            Diagnostic::error(format!("the folder `{folder}` can't be part of an address"))
                .in_file(file)
                .hint("use letters, digits, `-` and `_` in its name; the page was left out"),
        ));
    }
    Ok(Item::Page(Box::new(Page {
        lang,
        file: file.to_owned(),
        folder,
        stem,
        meta: head.meta,
        text,
        body_start: head.body_start,
        body_line: head.body_line,
    })))
}

fn stem_and_lang(file: &Path, name: &str) -> std::result::Result<(String, Lang), Box<Diagnostic>> {
    let base = name.strip_suffix(".md").unwrap_or(name);
    let (stem, code) = base.rsplit_once('.').unwrap_or((base, ""));
    if let Some(lang) = Lang::from_code(code) {
        return Ok((stem.to_owned(), lang));
    }
    let message = if code.is_empty() {
        "the file's name does not say its language".to_owned()
    } else {
        format!("`{code}` is not a language of a report")
    };
    let stem = if code.is_empty() { base } else { stem };
    Err(Box::new(Diagnostic::error(message).in_file(file).hint(
        format!("name it {stem}.zh.md or {stem}.en.md; it was left out"),
    )))
}

fn read_data(
    root: &Path,
    file: &Path,
    inside: &Path,
) -> std::result::Result<Item, Box<Diagnostic>> {
    let text = read_text(root, file)?;
    let data = data::parse(&text, file)?;
    Ok(Item::Data(data_name(inside), Box::new(data)))
}

/// `parks/counts` for `content/data/parks/counts.yaml`.
fn data_name(inside: &Path) -> String {
    let inside = inside
        .strip_prefix(DATA)
        .unwrap_or(inside)
        .with_extension("");
    slashed(&inside)
}
