//! The province-level divisions of China: names in both languages, and how to find one in a text.
//!
//! In: `assets/regions.yaml`, built into the program. Out: a [`Region`] for a name. Promise: a name
//! is found by its short and by its full form, and nothing else counts.

use std::path::Path;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::lang::Localized;
use crate::yaml::{self, Origin};

/// One division.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// ISO 3166-2: `CN-GD`.
    pub code: String,
    /// 广东
    pub short: String,
    /// 广东省
    pub full: String,
    /// Guangdong
    pub en: String,
    /// `guangdong`
    pub slug: String,
    /// Other names, in either language: 粤.
    pub aliases: Vec<String>,
    /// The seat of its government: 广州, Guangzhou.
    pub capital: Localized,
}

impl Region {
    /// Its short name in both languages.
    #[must_use]
    pub fn label(&self) -> Localized {
        Localized::both(&self.short, &self.en)
    }
}

/// All of them, in the order of the national standard.
#[must_use]
pub fn all() -> &'static [Region] {
    static REGIONS: OnceLock<Vec<Region>> = OnceLock::new();
    REGIONS.get_or_init(|| {
        let text = include_str!("../../assets/regions.yaml");
        // A test reads the same file, so that a mistake in it can't ship.
        yaml::parse(text, Origin::file(Path::new("assets/regions.yaml"))).unwrap_or_default()
    })
}

/// The region whose short or full name this is.
#[must_use]
pub fn named(name: &str) -> Option<&'static Region> {
    all()
        .iter()
        .find(|region| region.short == name || region.full == name)
}

/// The region whose name ends this text, and the name as it stands there.
#[must_use]
pub fn at_end(text: &str) -> Option<(&'static Region, &'static str)> {
    all().iter().find_map(|region| {
        [region.full.as_str(), region.short.as_str()]
            .into_iter()
            .find(|name| text.ends_with(name))
            .map(|name| (region, name))
    })
}

/// The region whose name begins this text, and the name as it stands there.
#[must_use]
pub fn at_start(text: &str) -> Option<(&'static Region, &'static str)> {
    all().iter().find_map(|region| {
        [region.full.as_str(), region.short.as_str()]
            .into_iter()
            .find(|name| text.starts_with(name))
            .map(|name| (region, name))
    })
}

/// The region that a heading is about: the one that it begins with, if it names no other.
#[must_use]
pub fn of_heading(text: &str) -> Option<&'static Region> {
    let (region, name) = at_start(text)?;
    let rest = text.strip_prefix(name)?;
    let others = || all().iter().filter(|other| other.code != region.code);
    (!others().any(|other| rest.contains(&other.short))).then_some(region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_is_whole() {
        assert_eq!(all().len(), 34);
        assert!(
            all()
                .iter()
                .all(|region| region.full.starts_with(&region.short))
        );
        assert_eq!(named("广东省").map(|r| r.en.as_str()), Some("Guangdong"));
        assert_eq!(at_end("其中黑龙江").map(|(_, name)| name), Some("黑龙江"));
        assert!(named("深圳").is_none());
        let about = |text| of_heading(text).map(|region| region.short.as_str());
        assert_eq!(about("江苏省：先行先试"), Some("江苏"));
        assert_eq!(about("江苏与浙江的政策"), None);
        assert_eq!(about("沿海的江苏"), None);
        assert!(all().iter().all(|region| region.capital.en.is_some()));
    }
}
