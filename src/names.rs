//! Names that are the same thing in both languages: province-level divisions and central bodies.
//!
//! In: `assets/regions.yaml` and `assets/bodies.yaml`, built into the program, and a report's own file
//! `names.yaml` in the same form. Out: [`Names`]: the English name for a Chinese one. Promise: a report's
//! own entry replaces the one that has the same Chinese name.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::diagnostic::Diagnostic;
use crate::import::regions;
use crate::lang::{Lang, Localized};
use crate::yaml::{self, Origin};

/// The file of a report's own names, beside `site.yaml`.
pub const FILE: &str = "names.yaml";

/// One thing with its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its Chinese names, the fullest first.
    pub zh: Vec<String>,
    /// Its English names, the official one first.
    pub en: Vec<String>,
    /// Whether it is a place, as a region is: `import` knows it in headings and in lists.
    pub place: bool,
}

/// All that is known by name.
#[derive(Debug, Clone, Default)]
pub struct Names {
    all: Vec<Name>,
    by_zh: BTreeMap<String, usize>,
    by_en: BTreeMap<String, usize>,
    /// The Chinese names of a report's own places.
    places: Vec<String>,
}

impl Names {
    /// The regions and bodies that the program knows.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static NAMES: OnceLock<Names> = OnceLock::new();
        NAMES.get_or_init(|| {
            let mut names = Self::default();
            for region in regions::all() {
                let (zh, en): (Vec<String>, Vec<String>) = region
                    .aliases
                    .iter()
                    .cloned()
                    .partition(|alias| !alias.is_ascii());
                names.insert(Name {
                    zh: [region.full.clone(), region.short.clone()]
                        .into_iter()
                        .chain(zh)
                        .collect(),
                    en: std::iter::once(region.en.clone()).chain(en).collect(),
                    place: true,
                });
            }
            let text = include_str!("../assets/bodies.yaml");
            // A test reads the same file, so that a mistake in it can't ship.
            let bodies: Vec<Body> =
                yaml::parse(text, Origin::file(Path::new("assets/bodies.yaml")))
                    .unwrap_or_default();
            for body in bodies {
                names.insert(body.name());
            }
            names
        })
    }

    /// These names and those of a report's own file.
    ///
    /// # Errors
    /// One diagnostic with its place in the file.
    pub fn with(&self, text: &str) -> Result<Self, Box<Diagnostic>> {
        let own: Vec<Body> = yaml::parse(text, Origin::file(Path::new(FILE)))?;
        let mut names = self.clone();
        for body in own {
            let name = body.name();
            let zh = name.zh.iter().filter(|zh| zh.chars().nth(1).is_some());
            names.places.extend(zh.filter(|_| name.place).cloned());
            names.insert(name);
        }
        Ok(names)
    }

    fn insert(&mut self, name: Name) {
        let number = self.all.len();
        for zh in &name.zh {
            self.by_zh.insert(zh.clone(), number);
        }
        for en in &name.en {
            self.by_en.insert(en.clone(), number);
        }
        self.all.push(name);
    }

    /// Every name with its number, those that were replaced left out.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Name)> {
        let is_current = |(number, name): &(usize, &Name)| {
            name.zh.first().and_then(|zh| self.by_zh.get(zh)) == Some(number)
        };
        self.all.iter().enumerate().filter(is_current)
    }

    /// What is called so in either language.
    pub fn called(&self, label: &str) -> impl Iterator<Item = &Name> {
        let zh = self.by_zh.get(label.trim()).copied();
        let en = self.by_en.get(label.trim()).copied();
        let numbers = zh.into_iter().chain(en.filter(|en| Some(*en) != zh));
        numbers.filter_map(|number| self.all.get(number))
    }

    /// What else the thing with this label is called in a language; 京 alone stands in too many other
    /// words.
    pub fn others(&self, label: &str, lang: Lang) -> impl Iterator<Item = &str> {
        let region = regions::named(label);
        let region = region.filter(|_| lang == Lang::Zh).into_iter();
        let region = region.flat_map(|region| [region.full.as_str(), region.short.as_str()]);
        let names = self.called(label).flat_map(move |name| match lang {
            Lang::Zh => &name.zh,
            Lang::En => &name.en,
        });
        region
            .chain(names.map(String::as_str))
            .filter(|name| name.chars().nth(1).is_some())
    }

    /// The place of a report's own with exactly this name, as a label in both languages.
    #[must_use]
    pub fn own_place(&self, zh: &str) -> Option<Localized> {
        let name = self.all.get(*self.by_zh.get(zh.trim())?)?;
        let is_own = name.place && regions::named(zh.trim()).is_none();
        let en = name.en.first()?;
        is_own.then(|| Localized::both(zh.trim(), en))
    }

    /// The region, or the place of a report's own, whose name begins this text: its label, and the
    /// length of the name there.
    #[must_use]
    pub fn place_at_start(&self, text: &str) -> Option<(Localized, usize)> {
        let own = self.places.iter();
        let own = own
            .filter(|zh| text.starts_with(zh.as_str()))
            .max_by_key(|zh| zh.len())
            .and_then(|zh| Some((self.own_place(zh)?, zh.len())));
        own.or_else(|| regions::at_start(text).map(|(region, name)| (region.label(), name.len())))
    }

    /// The official English name of what has this Chinese name.
    #[must_use]
    pub fn english(&self, zh: &str) -> Option<&str> {
        let name = self.all.get(*self.by_zh.get(zh.trim())?)?;
        name.en.first().map(String::as_str)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    zh: String,
    #[serde(default)]
    short: Vec<String>,
    en: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    place: bool,
}

impl Body {
    fn name(self) -> Name {
        Name {
            zh: std::iter::once(self.zh).chain(self.short).collect(),
            en: std::iter::once(self.en).chain(self.aliases).collect(),
            place: self.place,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_read_and_a_report_adds_to_them() {
        let names = Names::built_in();
        assert_eq!(
            names.english("工信部"),
            Some("Ministry of Industry and Information Technology")
        );
        assert_eq!(names.english("粤"), Some("Guangdong"));
        assert_eq!(names.english("某局"), None);
        let own =
            "- { zh: 某局, short: [某], en: A Bureau }\n- { zh: 国务院, en: The State Council }\n";
        let names = names.with(own).unwrap();
        assert_eq!(names.english("某"), Some("A Bureau"));
        assert_eq!(names.english("国务院"), Some("The State Council"));
        let own = "- { zh: 滨海新区, short: [滨海], en: Binhai New Area, place: true }\n";
        let names = names.with(own).unwrap();
        let binhai = Localized::both("滨海", "Binhai New Area");
        assert_eq!(names.own_place("滨海"), Some(binhai.clone()));
        assert_eq!(names.own_place("国务院"), None);
        assert_eq!(names.own_place("广东"), None);
        assert_eq!(names.place_at_start("滨海、广东"), Some((binhai, 6)));
        assert_eq!(
            names.place_at_start("广东等").map(|(_, length)| length),
            Some(6)
        );
        let wrong = names.with("- { zh: 甲 }\n").unwrap_err().to_string();
        assert!(wrong.contains("names.yaml:1"), "{wrong}");
    }
}
