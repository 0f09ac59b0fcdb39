//! `site.yaml`, the one configuration file of a report.
//!
//! In: the text of `site.yaml`. Out: a [`Config`], every key of which has a default. Promise: an
//! unknown key is an error with a suggestion; a missing file means a report with all defaults.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, Localized};
use crate::yaml::{self, Origin};

/// The file's name at the top of a report.
pub const FILE: &str = "site.yaml";

/// What a person can set for the whole report.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The report's title.
    pub title: Localized,
    /// One or two sentences for search engines and the language chooser.
    pub description: Localized,
    /// The languages in the order in which they are offered; the first is the default.
    pub languages: Vec<Lang>,
    /// Where the site will be published, ending in `/`; needed for absolute addresses alone.
    pub base_url: Option<String>,
    /// The theme: a folder in `themes/`, or `default`.
    pub theme: String,
    /// Who wrote the report.
    pub author: Localized,
    /// The licence of the text, as it is shown at the foot of each page.
    pub license: Localized,
    /// Colours, fonts and logo, in any theme.
    pub appearance: Appearance,
    /// How `import` works.
    pub import: ImportConfig,
    /// Names and terms that damaged text is likely to hold: `import` prefers them.
    pub lexicon: Vec<String>,
    /// Values of the person's own, for the theme.
    pub extra: BTreeMap<String, serde_json::Value>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: Localized::default(),
            description: Localized::default(),
            languages: Lang::ALL.to_vec(),
            base_url: None,
            theme: "default".into(),
            author: Localized::default(),
            license: Localized::default(),
            appearance: Appearance::default(),
            import: ImportConfig::default(),
            lexicon: Vec::new(),
            extra: BTreeMap::new(),
        }
    }
}

/// The `appearance:` part of `site.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Appearance {
    /// A picture beside the title: its path in `content/`.
    pub logo: Option<String>,
    /// Colours, as `#1f5fa8`.
    pub colors: Colors,
    /// Fonts, as lists of names.
    pub fonts: Fonts,
    /// Line and column of every key, for what is found wrong with its value later.
    #[serde(skip)]
    places: BTreeMap<String, (usize, usize)>,
}

impl Appearance {
    /// Line and column (from 1) of a key.
    pub(crate) fn place(&self, key: &str) -> (usize, usize) {
        self.places.get(key).copied().unwrap_or((1, 1))
    }
}

/// Every word before a colon, from the line `appearance:` on, with its place.
fn places(text: &str) -> BTreeMap<String, (usize, usize)> {
    let mut places = BTreeMap::new();
    let mut lines = text.lines().enumerate();
    let lines = lines
        .by_ref()
        .skip_while(|(_, line)| !line.starts_with("appearance:"));
    for (number, line) in lines {
        let mut column = 1;
        for part in line.split_inclusive(':') {
            let key = part.trim_end_matches(':');
            let is_part = |c: char| c.is_alphanumeric() || c == '_';
            let start = key.trim_end_matches(is_part).chars().count();
            let name: String = key.chars().skip(start).collect();
            places.entry(name).or_insert((number + 1, column + start));
            column += part.chars().count();
        }
    }
    places
}

/// The colours that a theme's sheet builds on. What is left out stays as the theme has it; a dark
/// accent is found from the light one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Colors {
    /// Links and marks.
    pub accent: Option<String>,
    /// The same in the dark.
    pub accent_dark: Option<String>,
    /// Behind the text.
    pub ground: Option<String>,
    /// The same in the dark.
    pub ground_dark: Option<String>,
    /// The text.
    pub ink: Option<String>,
    /// The same in the dark.
    pub ink_dark: Option<String>,
}

/// The fonts of each language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fonts {
    /// Chinese text.
    pub zh: Option<String>,
    /// Chinese titles.
    pub zh_headings: Option<String>,
    /// English headings, navigation and tables.
    pub en: Option<String>,
    /// English text and titles.
    pub en_text: Option<String>,
}

/// The `import:` part of `site.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ImportConfig {
    /// Fixers of the normalisation by name: `false` switches one off.
    pub fixers: BTreeMap<String, bool>,
    /// Given names: a section's numeral (`①`), its heading, or the name that `import` would choose,
    /// to the name that its file gets instead.
    pub names: BTreeMap<String, String>,
}

/// The line (from 1) of a key of `site.yaml`, for what is found wrong with its value later.
pub(crate) fn line_of(root: &Path, key: &str) -> usize {
    let text = std::fs::read_to_string(root.join(FILE)).unwrap_or_default();
    let is_key = |line: &str| line.split(':').next() == Some(key);
    text.lines().position(is_key).map_or(1, |at| at + 1)
}

impl Config {
    /// Reads the text of `site.yaml`.
    ///
    /// # Errors
    /// One diagnostic with its place in the file.
    pub fn parse(text: &str) -> Result<Self, Box<Diagnostic>> {
        let mut config: Self = yaml::parse(text, Origin::file(Path::new(FILE)))?;
        config.appearance.places = places(text);
        if config.languages.is_empty() {
            config.languages = Lang::ALL.to_vec();
        }
        let mut seen = Vec::new();
        config.languages.retain(|lang| {
            let new = !seen.contains(lang);
            seen.push(*lang);
            new
        });
        Ok(config)
    }
}
