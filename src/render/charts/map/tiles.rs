//! The tiles of the map, and which of them a name means.
//!
//! In: `assets/tiles.yaml` and the table of regions, both built into the program. Promise: a region
//! is found by its short and full Chinese name, its English name, and its code with or without `CN-`.

use std::path::Path;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::diagnostic::did_you_mean;
use crate::import::regions::{self, Region};
use crate::lang::Localized;
use crate::names::Names;
use crate::yaml::{self, Origin};

/// A division and its place.
pub(crate) struct Tile {
    pub(crate) region: &'static Region,
    pub(crate) letters: String,
    pub(crate) column: i32,
    pub(crate) row: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    code: String,
    letters: String,
    column: i32,
    row: i32,
}

/// All tiles, in the order of the national standard.
pub(crate) fn all() -> &'static [Tile] {
    static TILES: OnceLock<Vec<Tile>> = OnceLock::new();
    TILES.get_or_init(|| {
        let text = include_str!("../../../../assets/tiles.yaml");
        // A test reads the same file, so that a mistake in it can't ship.
        let written: Vec<Written> =
            yaml::parse(text, Origin::file(Path::new("assets/tiles.yaml"))).unwrap_or_default();
        let tile = |region: &'static Region| {
            let tile = written.iter().find(|tile| tile.code == region.code)?;
            Some(Tile {
                region,
                letters: tile.letters.clone(),
                column: tile.column,
                row: tile.row,
            })
        };
        regions::all().iter().filter_map(tile).collect()
    })
}

/// The number of the tile that a name means, in either language.
pub(crate) fn named(names: &Localized) -> Option<usize> {
    [names.zh.as_deref(), names.en.as_deref()]
        .into_iter()
        .flatten()
        .find_map(|name| all().iter().position(|tile| tile.is_called(name.trim())))
}

/// The names of a region in both languages, for what a report calls otherwise; `None` if it is no tile,
/// or is known as one anyway.
pub(crate) fn renamed(label: &Localized, known: &Names) -> Option<Localized> {
    if named(label).is_some() {
        return None;
    }
    let own = [label.zh.as_deref(), label.en.as_deref()];
    let others = own.into_iter().flatten().flat_map(|own| known.called(own));
    let mut names = others.flat_map(|name| name.zh.iter().chain(&name.en));
    let tile = names.find_map(|name| named(&Localized::both(name, name)))?;
    all().get(tile).map(|tile| tile.region.label())
}

/// The name that was perhaps meant.
pub(crate) fn near(name: &str) -> Option<&'static str> {
    let names = all().iter().flat_map(|tile| {
        let region = tile.region;
        [
            region.short.as_str(),
            &region.full,
            &region.en,
            &region.code,
        ]
    });
    did_you_mean(name, names)
}

impl Tile {
    fn is_called(&self, name: &str) -> bool {
        let region = self.region;
        region.short == name
            || region.full == name
            || region.en.eq_ignore_ascii_case(name)
            || region.code == name
            || self.letters == name
            || region.aliases.iter().any(|alias| alias == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_division_has_a_place_of_its_own() {
        assert_eq!(all().len(), 34);
        let places: BTreeSet<(i32, i32)> =
            all().iter().map(|tile| (tile.column, tile.row)).collect();
        assert_eq!(places.len(), 34);
    }

    #[test]
    fn names_and_codes_are_known() {
        for name in ["广东", "广东省", "粤", "guangdong", "CN-GD", "GD"] {
            let found = named(&Localized::both(name, name));
            assert_eq!(
                found.map(|at| all()[at].letters.as_str()),
                Some("GD"),
                "{name}"
            );
        }
        assert_eq!(named(&Localized::zh("深圳")), None);
        assert_eq!(near("Guangdon"), Some("Guangdong"));
    }
}
