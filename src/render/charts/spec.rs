//! What a person asks for: the words of a fenced `chart` block.
//!
//! In: the YAML inside the block, and where it stands. Out: a [`Spec`], or one diagnostic with the
//! line to mend. Promise: an unknown key or kind is never passed over, and gets a suggestion.

use std::fmt;

use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::content::data::Data;
use crate::diagnostic::{Diagnostic, Place, did_you_mean};
use crate::lang::Localized;
use crate::yaml::{self, Origin};

/// The shapes in which figures can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Horizontal bars, one below the other: a series.
    Bars,
    /// Vertical bars side by side: a series with few, short names.
    Columns,
    /// Dated events along a line: events.
    Timeline,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Bars, Self::Columns, Self::Timeline];

    /// The word in a `chart` block.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Bars => "bars",
            Self::Columns => "columns",
            Self::Timeline => "timeline",
        }
    }

    /// How figures are drawn when nothing is said.
    #[must_use]
    pub fn default_for(data: &Data) -> Self {
        match data {
            Data::Series(_) => Self::Bars,
            Data::Events(_) => Self::Timeline,
        }
    }

    pub(super) fn fits(self, data: &Data) -> bool {
        match data {
            Data::Series(_) => matches!(self, Self::Bars | Self::Columns),
            Data::Events(_) => self == Self::Timeline,
        }
    }

    /// The kinds that can show these figures, for a hint: "`bars` or `columns`".
    pub(super) fn fitting(data: &Data) -> String {
        let words: Vec<String> = Self::ALL
            .into_iter()
            .filter(|kind| kind.fits(data))
            .map(|kind| format!("`{}`", kind.word()))
            .collect();
        words.join(" or ")
    }
}

/// One chart, as it was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Spec {
    /// The name of the data: `policies-by-province` for `content/data/policies-by-province.yaml`.
    pub data: String,
    /// The shape; by the data if nothing is said.
    pub kind: Option<Kind>,
    /// Replaces the title of the data.
    pub title: Localized,
    /// Names (in either language) of what is set off from the rest.
    pub highlight: Vec<String>,
    /// Where it was asked for: diagnostics about the chart point there.
    pub place: Option<Place>,
}

impl Spec {
    /// The chart that is drawn when only the data is named, as in front matter's `charts: […]`.
    pub fn of_data(name: impl Into<String>, place: Option<Place>) -> Self {
        Self {
            data: name.into(),
            kind: None,
            title: Localized::default(),
            highlight: Vec::new(),
            place,
        }
    }

    pub(super) fn located(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        diagnostic.place.clone_from(&self.place);
        diagnostic
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    data: String,
    kind: Option<String>,
    #[serde(default)]
    title: Localized,
    #[serde(default)]
    highlight: Names,
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

    fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<Names, A::Error> {
        let mut all = Vec::new();
        while let Some(name) = names.next_element()? {
            all.push(name);
        }
        Ok(Names(all))
    }
}

/// Reads the inside of a `chart` block.
///
/// # Errors
/// A diagnostic with file and line: not YAML, an unknown key or kind, no data named.
pub fn parse_spec(yaml_text: &str, origin: Origin<'_>) -> Result<Spec, Box<Diagnostic>> {
    let written: Written = yaml::parse(yaml_text, origin)?;
    let at = |diagnostic: Diagnostic, key: &str| {
        let (line, column) = value_of(yaml_text, key);
        Box::new(diagnostic.at(origin.file, origin.first_line + line, Some(column)))
    };
    let data = written.data.trim();
    if data.is_empty() {
        let diagnostic = Diagnostic::error("this chart names no data")
            .hint("`data:` takes the name of a file in content/data/, without .yaml");
        return Err(at(diagnostic, "data"));
    }
    let kind = match written.kind.as_deref() {
        None => None,
        Some(word) => Some(kind_of(word).map_err(|diagnostic| at(diagnostic, "kind"))?),
    };
    Ok(Spec {
        data: data.to_owned(),
        kind,
        title: written.title,
        highlight: written.highlight.0,
        place: Some(Place {
            file: origin.file.to_owned(),
            line: Some(origin.first_line),
            column: None,
        }),
    })
}

fn kind_of(word: &str) -> Result<Kind, Diagnostic> {
    if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.word() == word) {
        return Ok(kind);
    }
    let words = Kind::ALL.map(Kind::word);
    let hint = match did_you_mean(word, words) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the kinds are: {}", words.join(", ")),
    };
    Err(Diagnostic::error(format!("there is no chart of kind `{word}`")).hint(hint))
}

/// Line (from 0) and column (from 1) at which the value of a top-level key begins.
fn value_of(yaml_text: &str, key: &str) -> (usize, usize) {
    for (number, line) in yaml_text.lines().enumerate() {
        let Some(rest) = line.strip_prefix(key).and_then(|r| r.strip_prefix(':')) else {
            continue;
        };
        let space = rest.chars().take_while(|c| *c == ' ').count();
        return (number, key.chars().count() + 2 + space);
    }
    (0, 1)
}
