//! The theme: templates, words and static files.
//!
//! In: the name of a theme and the report's root. Out: a [`Theme`]: every file of the default theme,
//! which is embedded in the program, replaced by the file of the same name in `themes/<name>/`.
//! Promise: a theme may replace any single file; a template that can't be used is a diagnostic with
//! its file, line and column.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;
use tera::{Context, ErrorKind, ReportError, Tera, Value};
use walkdir::WalkDir;

use crate::config;
use crate::diagnostic::{self, Diagnostic, did_you_mean, slashed};
use crate::lang::Lang;
use crate::render::{embedded, titles};
use crate::yaml::{self, Origin};

/// The folder of themes in a report.
pub const THEMES: &str = "themes";
/// The theme that all others build on.
pub const DEFAULT: &str = "default";

/// A theme, ready to lay out pages.
pub struct Theme {
    tera: Tera,
    /// Words by language.
    words: BTreeMap<Lang, BTreeMap<String, String>>,
    /// Files copied into the site's `assets/`, by path.
    pub statics: BTreeMap<String, Vec<u8>>,
    /// The file that each template came from.
    origins: BTreeMap<String, PathBuf>,
}

/// What many pages have in common, by its name in the templates, ready for them: made once, since
/// making it takes longer than all the rest of a page.
pub type Shared = Vec<(&'static str, Value)>;

/// Something that many pages have in common.
#[must_use]
pub fn shared<T: Serialize>(name: &'static str, what: &T) -> Shared {
    vec![(name, Value::from_serializable(what))]
}

impl Theme {
    /// Loads the theme `name` of the report in `root`.
    ///
    /// # Errors
    /// A theme that does not exist, or files of it that can't be used.
    pub fn load(root: &Path, name: &str) -> Result<Self, Vec<Diagnostic>> {
        let own = Path::new(THEMES).join(name);
        let folder = root.join(&own);
        let built_in = embedded::theme(name);
        if !is_plain_name(name) || (!folder.is_dir() && built_in.is_none()) {
            return Err(vec![missing(root, name)]);
        }
        let mut files: BTreeMap<String, (PathBuf, Vec<u8>)> = BTreeMap::new();
        for (theme, list) in [(DEFAULT, Some(embedded::DEFAULT)), (name, built_in)] {
            for (path, bytes) in list.unwrap_or_default() {
                let origin = Path::new(THEMES).join(theme).join(path);
                files.insert((*path).to_owned(), (origin, bytes.to_vec()));
            }
        }
        let mut diagnostics = overlay(&folder, &own, &mut files);
        let theme = Self::build(files, &mut diagnostics);
        if diagnostics.is_empty() {
            Ok(theme)
        } else {
            Err(diagnostics)
        }
    }

    fn build(
        files: BTreeMap<String, (PathBuf, Vec<u8>)>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut templates = Vec::new();
        let mut theme = Self {
            tera: Tera::new(),
            words: BTreeMap::new(),
            statics: BTreeMap::new(),
            origins: BTreeMap::new(),
        };
        for (path, (origin, bytes)) in files {
            if let Some(name) = path.strip_prefix("static/") {
                theme.statics.insert(name.to_owned(), bytes);
            } else if is_misplaced(&path) {
                diagnostics.push(misplaced(&origin));
            } else if let Some(text) = text(&origin, bytes, diagnostics) {
                if let Some(name) = path.strip_prefix("templates/") {
                    theme.origins.insert(name.to_owned(), origin);
                    templates.push((name.to_owned(), text));
                } else if let Some(lang) = words_lang(&path) {
                    theme.add_words(lang, &path, &text, &origin, diagnostics);
                }
            }
        }
        // A theme's `page.html` may extend the one that it replaces, as `default/page.html`.
        for (path, bytes) in embedded::DEFAULT {
            if let (Some(name), Ok(text)) =
                (path.strip_prefix("templates/"), std::str::from_utf8(bytes))
            {
                templates.push((format!("{DEFAULT}/{name}"), text.to_owned()));
            }
        }
        theme.tera.register_filter("words", titles::words);
        theme.tera.register_filter("langs", titles::langs);
        if let Err(error) = theme.tera.add_raw_templates(templates) {
            match error.kind() {
                ErrorKind::Msg(message) => diagnostics.extend(theme.several(message)),
                _ => diagnostics.push(theme.explain(&error)),
            }
        }
        theme
    }

    /// A theme's file of words may hold those alone that differ from the default theme's.
    fn add_words(
        &mut self,
        lang: Lang,
        path: &str,
        text: &str,
        origin: &Path,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        type Words = BTreeMap<String, String>;
        let default = embedded::DEFAULT.iter().find(|(name, _)| *name == path);
        let default = default.and_then(|(_, bytes)| std::str::from_utf8(bytes).ok());
        let mut words: Words = default
            .and_then(|text| yaml::parse(text, Origin::file(origin)).ok())
            .unwrap_or_default();
        match yaml::parse::<Words>(text, Origin::file(origin)) {
            Ok(own) => words.extend(own),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
        self.words.insert(lang, words);
    }

    /// The theme's words in a language, the default theme's where its own are missing.
    #[must_use]
    pub fn words(&self, lang: Lang) -> &BTreeMap<String, String> {
        static NONE: BTreeMap<String, String> = BTreeMap::new();
        self.words.get(&lang).unwrap_or(&NONE)
    }

    /// Lays out a template with what is shared by many pages and what is of this one.
    ///
    /// # Errors
    /// An unknown variable or anything else that goes wrong, with its place in the template.
    pub fn render<T: Serialize>(
        &self,
        template: &str,
        shared: &[(&'static str, Value)],
        view: &T,
    ) -> Result<String, Box<Diagnostic>> {
        let mut context = Context::from_serialize(view).map_err(|error| self.explain(&error))?;
        for (name, value) in shared {
            context.insert_value(*name, value.clone());
        }
        self.tera
            .render(template, &context)
            .map_err(|error| Box::new(self.explain(&error)))
    }

    /// What tera says, in the form of all other messages.
    fn explain(&self, error: &tera::Error) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) => self.located("the template can't be read", report),
            ErrorKind::RenderingError(report) => {
                self.located("the template can't be laid out", report)
            }
            ErrorKind::MissingParent { current, parent } => Diagnostic::error(format!(
                "the template extends `{parent}`, which is not there"
            ))
            .in_file(self.origin(current))
            .hint(format!("the templates are: {}", self.names())),
            ErrorKind::TemplateNotFound(name) => {
                Diagnostic::error(format!("there is no template `{name}`"))
                    .hint(format!("the templates are: {}", self.names()))
            }
            _ => Diagnostic::error(format!("the theme can't be used: {error}"))
                .hint("compare its templates with those of the default theme"),
        }
    }

    /// What tera finds when all templates are there comes as one text: for each mistake a line
    /// `error: …`, a line ` --> page.html:2:12`, and a snippet.
    fn several(&self, text: &str) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = Vec::new();
        for line in text.lines() {
            if let Some(message) = line.strip_prefix("error: ") {
                let message = format!("the template can't be used: {}", lower_first(message));
                found.push(Diagnostic::error(message));
            } else if let Some(place) = line.trim_start().strip_prefix("--> ")
                && let Some(last) = found.pop()
            {
                let mut parts = place.rsplitn(3, ':');
                let column = parts.next().and_then(|part| part.trim().parse().ok());
                let number = parts.next().and_then(|part| part.parse().ok());
                let template = self.origin(parts.next().unwrap_or_default());
                found.push(match number {
                    Some(number) => last.at(template, number, column),
                    None => last.in_file(template),
                });
            }
        }
        if found.is_empty() {
            found.push(Diagnostic::error(format!(
                "the theme can't be used: {text}"
            )));
        }
        let names = format!("the templates are: {}", self.names());
        let hint = |one: &Diagnostic| {
            let of_block = one.message.split_once("block `");
            if one.message.contains("unknown template") {
                names.clone()
            } else if let Some((name, _)) = of_block.and_then(|(_, rest)| rest.split_once('`')) {
                format!("put {{% block {name} %}}{{% endblock %}} into the base.html of your theme")
            } else {
                "compare it with the template of that name in the default theme".to_owned()
            }
        };
        let mut said: Vec<Diagnostic> = found
            .into_iter()
            .map(|one| {
                let hint = hint(&one);
                one.hint(hint)
            })
            .collect();
        // Those of the default theme are there under two names.
        diagnostic::sort(&mut said);
        said.dedup();
        said
    }

    fn located(&self, what: &str, report: &ReportError) -> Diagnostic {
        let message = report.message().lines().next().unwrap_or_default();
        let span = report.span();
        Diagnostic::error(format!("{what}: {}", lower_first(message)))
            .at(
                self.origin(report.filename()),
                span.start_line.max(1),
                Some(span.start_col + 1),
            )
            .hint("mend the template, or remove it to have the default theme's")
    }

    /// The file of a template; the default theme's stand there as `default/page.html`, too.
    fn origin(&self, template: &str) -> PathBuf {
        let own = self.origins.get(template).cloned();
        own.unwrap_or_else(|| {
            let name = template.strip_prefix("default/").unwrap_or(template);
            Path::new(THEMES).join(DEFAULT).join("templates").join(name)
        })
    }

    fn names(&self) -> String {
        self.origins
            .keys()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    }
}

fn is_plain_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.')
}

fn missing(root: &Path, name: &str) -> Diagnostic {
    let mut known: Vec<String> = embedded::NAMES.map(ToOwned::to_owned).into();
    if let Ok(entries) = std::fs::read_dir(root.join(THEMES)) {
        let folders = entries.flatten().filter(|entry| entry.path().is_dir());
        known.extend(folders.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    }
    known.sort();
    known.dedup();
    let hint = did_you_mean(name, known.iter().map(String::as_str)).map_or_else(
        || format!("the themes are: {}", known.join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    Diagnostic::error(format!("there is no theme `{name}` in {THEMES}/"))
        .at(config::FILE, config::line_of(root, "theme"), Some(1))
        .hint(hint)
}

/// Puts the theme's own files over the embedded ones.
fn overlay(
    folder: &Path,
    shown: &Path,
    files: &mut BTreeMap<String, (PathBuf, Vec<u8>)>,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if !folder.exists() {
        return diagnostics;
    }
    // Hidden files are what file managers and editors leave behind.
    let is_hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name())) {
        let entry = match entry {
            Ok(entry) if entry.file_type().is_file() => entry,
            Ok(_) => continue,
            Err(error) => {
                let path = error.path().unwrap_or(folder);
                let inside = path.strip_prefix(folder).unwrap_or(path);
                diagnostics.push(unreadable(&shown.join(inside), &error));
                continue;
            }
        };
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        match std::fs::read(entry.path()) {
            Ok(bytes) => {
                files.insert(slashed(inside), (shown.join(inside), bytes));
            }
            Err(error) => diagnostics.push(unreadable(&shown.join(inside), &error)),
        }
    }
    diagnostics
}

fn unreadable(file: &Path, error: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::error(format!("this can't be read: {error}"))
        .in_file(file)
        .hint("mend its permissions or remove it")
}

fn text(origin: &Path, bytes: Vec<u8>, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    String::from_utf8(bytes)
        .map_err(|_| {
            diagnostics.push(
                Diagnostic::error("the file is not UTF-8")
                    .in_file(origin)
                    .hint("save it as UTF-8, or put it under static/ if it is no text"),
            );
        })
        .ok()
}

/// A file of a theme that would never be used where it stands.
fn is_misplaced(path: &str) -> bool {
    let in_place = path.starts_with("templates/") || words_lang(path).is_some();
    let extension = Path::new(path)
        .extension()
        .and_then(|extension| extension.to_str());
    !in_place && matches!(extension, Some("html" | "xml" | "css" | "js" | "yaml"))
}

fn misplaced(origin: &Path) -> Diagnostic {
    Diagnostic::error("a theme has no place for this file").in_file(origin).hint(
        "templates go into templates/, styles and scripts into static/, words into words/zh.yaml and words/en.yaml",
    )
}

fn words_lang(path: &str) -> Option<Lang> {
    Lang::from_code(path.strip_prefix("words/")?.strip_suffix(".yaml")?)
}

fn lower_first(message: &str) -> String {
    let mut characters = message.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}
