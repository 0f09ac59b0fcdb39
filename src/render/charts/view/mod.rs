//! The figures in one language: what the layouts, the table and the description all read.
//!
//! In: data of both languages, and the request. Out: a [`View`]. Promise: every label has text, every value is
//! finite, there is at least one; what is not so is a diagnostic, and all of them are gathered.

mod events;
mod grid;
mod groups;

pub(crate) use self::events::{EventsView, Moment};
pub(crate) use self::grid::{Grid, Row};
pub(crate) use self::groups::GroupsView;

use std::collections::BTreeSet;

use super::kind::Kind;
use super::map::tiles;
use super::spec::Spec;
use crate::content::data::Data;
use crate::content::table::Table;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::lang::{Lang, Localized};

/// Figures, ready to be drawn.
pub(crate) enum View {
    Grid(Grid),
    Events(EventsView),
    Groups(GroupsView),
}

/// Reads the data for one language.
pub(crate) fn view(
    data: &Data,
    spec: &Spec,
    kind: Kind,
    lang: Lang,
) -> Result<View, Vec<Diagnostic>> {
    let mut wrong = Wrong {
        spec,
        all: Vec::new(),
    };
    let view = match data {
        Data::Series(series) => {
            let table = Table::of_series(series.clone());
            View::Grid(grid::read(&table, spec, kind, lang, &mut wrong))
        }
        Data::Table(table) => View::Grid(grid::read(table, spec, kind, lang, &mut wrong)),
        Data::Events(events) => View::Events(events::read(events, spec, lang, &mut wrong)),
        Data::Groups(all) => View::Groups(groups::read(all, spec, lang, &mut wrong)),
    };
    let is_empty = match &view {
        View::Grid(grid) => grid.values().next().is_none(),
        View::Events(events) => events.rows.is_empty(),
        View::Groups(groups) => groups.groups.is_empty(),
    };
    if is_empty && wrong.all.is_empty() {
        let message = format!("nothing to draw: {} has no values", spec.called());
        wrong.say(
            "",
            Diagnostic::error(message).hint("add a value to it, or take the chart out"),
        );
    }
    if wrong.all.is_empty() {
        Ok(view)
    } else {
        Err(wrong.all)
    }
}

/// Gathers what keeps the figures from being drawn.
pub(crate) struct Wrong<'a> {
    spec: &'a Spec,
    all: Vec<Diagnostic>,
}

impl Wrong<'_> {
    /// Takes what is wrong with the value of a key of the request.
    pub(crate) fn say(&mut self, key: &str, diagnostic: Diagnostic) {
        self.all.push(self.spec.at(diagnostic, key));
    }

    /// `value 3 of the data `counts` has no label`
    fn no_label(&mut self, what: &str, index: usize) {
        let message = format!(
            "{what} {} of {} has no label",
            index + 1,
            self.spec.called()
        );
        self.say(
            "",
            Diagnostic::error(message).hint("write `label: { zh: …, en: … }`"),
        );
    }

    /// Every name is a province-level division, and none stands twice.
    fn check_regions<'n>(
        &mut self,
        key: &str,
        names: impl Iterator<Item = &'n Localized>,
        lang: Lang,
    ) {
        let mut seen = BTreeSet::new();
        for names in names {
            let name = names.get(lang);
            match tiles::named(names) {
                None => {
                    let hint = match tiles::near(name) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "a map shows province-level divisions: write 广东, Guangdong or CN-GD; for other places use `kind: bars`".to_owned(),
                    };
                    let message = format!("the map has no tile `{name}`");
                    self.say(key, Diagnostic::error(message).hint(hint));
                }
                Some(tile) if !seen.insert(tile) => {
                    let message = format!("`{name}` stands twice in {}", self.spec.called());
                    self.say(
                        key,
                        Diagnostic::error(message).hint("a tile has one value: keep one"),
                    );
                }
                Some(_) => {}
            }
        }
    }

    /// Every name to highlight is one of these.
    fn check_highlight(&mut self, names: &[&Localized]) {
        for wanted in &self.spec.highlight {
            if is_named(std::slice::from_ref(wanted), names) {
                continue;
            }
            let known = names
                .iter()
                .flat_map(|name| [name.zh.as_deref(), name.en.as_deref()])
                .flatten();
            let hint = match did_you_mean(wanted, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write a label as it stands in the data, in either language".to_owned(),
            };
            let message = format!(
                "nothing to highlight: {} has no `{wanted}`",
                self.spec.called()
            );
            self.say("highlight", Diagnostic::error(message).hint(hint));
        }
    }
}

/// Whether one of the wanted names is one of these, in either language.
fn is_named(wanted: &[String], names: &[&Localized]) -> bool {
    wanted.iter().any(|wanted| {
        let wanted = wanted.trim();
        names
            .iter()
            .flat_map(|name| [name.zh.as_deref(), name.en.as_deref()])
            .flatten()
            .any(|name| name.trim() == wanted)
    })
}
