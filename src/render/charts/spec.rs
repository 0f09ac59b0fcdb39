//! What a person asks for: the words of a fenced `chart` block.
//!
//! In: the YAML inside the block, and where it stands. Out: a [`Spec`], or one diagnostic with the
//! line to mend. Promise: an unknown key or kind is never passed over, and gets a suggestion; nor is
//! a key that means nothing for the kind.

use std::fmt;

use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::inline::{self, Figures};
use super::kind::{Kind, Layout, Several, Sort};
use crate::content::data::{Data, FileText};
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::Localized;
use crate::yaml::{self, Origin};

/// Where the figures of a chart are.
#[derive(Debug, Clone, PartialEq)]
pub enum From {
    /// In a file of `content/data/`, by its name.
    Named(String),
    /// In a CSV file beside the page.
    Csv(String),
    /// In the block itself.
    Inline(Box<Data>),
}

/// One chart, as it was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Spec {
    /// Where the figures are.
    pub from: From,
    /// The shape; by the data if nothing is said.
    pub kind: Option<Kind>,
    /// How the shape is laid out.
    pub layout: Layout,
    /// Replaces the title of the data.
    pub title: Localized,
    /// Replaces the description of the data.
    pub note: Localized,
    /// Replaces the period of the data.
    pub period: Localized,
    /// Replaces the unit of the data.
    pub unit: Localized,
    /// Replaces the source of the data.
    pub source: Localized,
    /// Names (in either language) of what is set off from the rest.
    pub highlight: Vec<String>,
    /// Where it was asked for: diagnostics about the chart point there.
    pub place: Option<Place>,
    /// The block itself, for the places of its keys.
    written: String,
}

impl Spec {
    /// The chart that is drawn when only the data is named, as in front matter's `charts: […]`.
    pub fn of_data(name: impl Into<String>, place: Option<Place>) -> Self {
        Self {
            from: From::Named(name.into()),
            kind: None,
            layout: Layout::default(),
            title: Localized::default(),
            note: Localized::default(),
            period: Localized::default(),
            unit: Localized::default(),
            source: Localized::default(),
            highlight: Vec::new(),
            place,
            written: String::new(),
        }
    }

    /// What the figures are called in ids, file names and messages.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.from {
            From::Named(name) => name,
            From::Csv(file) => file.strip_suffix(".csv").unwrap_or(file),
            From::Inline(_) => "figures",
        }
    }

    /// The block as it was written; empty if only the data was named.
    #[must_use]
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The block as a part of its file.
    pub(super) fn text(&self) -> FileText {
        match &self.place {
            Some(place) => FileText::within(&place.file, place.line.unwrap_or(1), &self.written),
            None => FileText::default(),
        }
    }

    /// Whether the chart is the one that the data alone would give.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let plain = Self {
            written: self.written.clone(),
            ..Self::of_data(self.name(), self.place.clone())
        };
        *self == plain
    }

    /// How the figures are called in messages.
    pub(super) fn called(&self) -> String {
        match &self.from {
            From::Named(name) => format!("the data `{name}`"),
            From::Csv(file) => format!("`{file}`"),
            From::Inline(_) => "this chart".to_owned(),
        }
    }

    /// The diagnostic at the value of a key of the block, or at the block's beginning.
    pub(super) fn at(&self, mut diagnostic: Diagnostic, key: &str) -> Diagnostic {
        diagnostic.place.clone_from(&self.place);
        if let (Some(place), Some((line, column))) =
            (&mut diagnostic.place, value_of(&self.written, key))
        {
            place.line = place.line.map(|first| first + line);
            place.column = Some(column);
        }
        diagnostic
    }
}

impl Spec {
    pub(super) fn at_key(&self, (key, wrong): (&'static str, Diagnostic)) -> Diagnostic {
        self.at(wrong, key)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    data: Option<String>,
    csv: Option<String>,
    kind: Option<String>,
    #[serde(default)]
    title: Localized,
    #[serde(default)]
    note: Localized,
    #[serde(default)]
    period: Localized,
    #[serde(default)]
    unit: Localized,
    #[serde(default)]
    source: Localized,
    #[serde(default)]
    highlight: Names,
    sort: Option<String>,
    #[serde(default)]
    stacked: bool,
    #[serde(default)]
    panels: bool,
    scale: Option<String>,
    #[serde(default)]
    steps: Vec<f64>,
    by: Option<String>,
    values: Option<Vec<crate::content::data::Value>>,
    series: Option<Vec<Localized>>,
    rows: Option<Vec<crate::content::table::Row>>,
    events: Option<Vec<crate::content::data::Event>>,
    groups: Option<Vec<crate::content::table::Group>>,
}

/// One name or several. By hand rather than `untagged`, whose errors have no line.
#[derive(Default)]
struct Names(Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NamesVisitor)
    }
}

struct NamesVisitor;

impl<'de> Visitor<'de> for NamesVisitor {
    type Value = Names;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name, or a list of names")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Names, E> {
        Ok(Names(vec![name.to_owned()]))
    }

    fn visit_u64<E: de::Error>(self, year: u64) -> Result<Names, E> {
        Ok(Names(vec![year.to_string()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<Names, A::Error> {
        let mut all = Vec::new();
        while let Some(Names(mut name)) = names.next_element()? {
            all.append(&mut name);
        }
        Ok(Names(all))
    }
}

/// Reads the inside of a `chart` block.
///
/// # Errors
/// A diagnostic with file and line: not YAML, an unknown key or kind, no figures or two sets of them,
/// a key that means nothing for the kind.
pub fn parse_spec(yaml_text: &str, origin: Origin<'_>) -> Result<Spec, Box<Diagnostic>> {
    let mut written: Written = yaml::parse(yaml_text, origin)?;
    let mut spec = Spec {
        place: Some(Place {
            file: origin.file.to_owned(),
            line: Some(origin.first_line),
            column: Some(1),
        }),
        written: yaml_text.to_owned(),
        ..Spec::of_data("", None)
    };
    spec.title = std::mem::take(&mut written.title);
    spec.note = std::mem::take(&mut written.note);
    spec.period = std::mem::take(&mut written.period);
    spec.unit = std::mem::take(&mut written.unit);
    spec.source = std::mem::take(&mut written.source);
    spec.highlight = std::mem::take(&mut written.highlight.0);
    spec.kind = known(&spec, written.kind.as_deref(), "kind", Kind::from_word)?;
    spec.layout = Layout {
        sort: known(&spec, written.sort.as_deref(), "sort", Sort::from_word)?.unwrap_or_default(),
        several: match (written.stacked, written.panels) {
            (false, false) => Several::Together,
            (true, false) => Several::Stacked,
            (false, true) => Several::Panels,
            (true, true) => return Err(Box::new(spec.at(two_ways(), "panels"))),
        },
        scale: known(&spec, written.scale.as_deref(), "scale", Layout::scale)?.unwrap_or_default(),
        steps: std::mem::take(&mut written.steps),
        by_region: known(&spec, written.by.as_deref(), "by", Layout::by)?.unwrap_or_default(),
    };
    if let Some(kind) = spec.kind {
        spec.layout
            .check(kind)
            .map_err(|wrong| Box::new(spec.at_key(*wrong)))?;
    }
    let figures = Figures {
        data: written.data,
        csv: written.csv,
        values: written.values,
        series: written.series,
        rows: written.rows,
        events: written.events,
        groups: written.groups,
    };
    spec.from = inline::from(figures, &spec).map_err(|wrong| Box::new(spec.at_key(*wrong)))?;
    Ok(spec)
}

fn two_ways() -> Diagnostic {
    let message = "`stacked:` and `panels:` are two ways to show several series";
    Diagnostic::error(message).hint("keep one of them")
}

/// The value of a key that has only a few.
fn known<T>(
    spec: &Spec,
    word: Option<&str>,
    key: &str,
    read: impl Fn(&str) -> Result<T, Diagnostic>,
) -> Result<Option<T>, Box<Diagnostic>> {
    word.map(|word| read(word).map_err(|wrong| Box::new(spec.at(wrong, key))))
        .transpose()
}

/// Line (from 0) and column (from 1) at which the value of a top-level key begins.
fn value_of(yaml_text: &str, key: &str) -> Option<(usize, usize)> {
    yaml_text.lines().enumerate().find_map(|(number, line)| {
        let rest = line.strip_prefix(key)?.strip_prefix(':')?;
        let space = rest.chars().take_while(|c| *c == ' ').count();
        Some((number, key.chars().count() + 2 + space))
    })
}
