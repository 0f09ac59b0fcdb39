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
            import: ImportConfig::default(),
            lexicon: Vec::new(),
            extra: BTreeMap::new(),
        }
    }
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
