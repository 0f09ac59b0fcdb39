//! The figures of a report: `content/data/<name>.yaml`, written by `import`, edited by a person.
//!
//! In: the text of such a file. Out: a [`Data`]: a series of values, several of them in a table,
//! groups of things, or a list of dated events. Promise: every value carries the words it was read
//! from, where they are known; what is not a number is an error with its line, never a zero.

use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use crate::content::file_text::FileText;
use crate::content::table::{self, Groups, Table};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::lang::Localized;
use crate::yaml::{self, Origin};

/// One file of figures. A file is read by [`parse`], which keeps the places of errors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Data {
    /// Values by name, for instance policies by province.
    Series(Series),
    /// Things that happened on a date, for instance policies.
    Events(Events),
    /// Values by name and series, and a series with gaps in it.
    Table(Table),
    /// Things by what they have in common.
    Groups(Groups),
}

impl Data {
    /// The title under which the figures are shown.
    #[must_use]
    pub fn title(&self) -> &Localized {
        match self {
            Self::Series(series) => &series.title,
            Self::Events(events) => &events.title,
            Self::Table(table) => &table.title,
            Self::Groups(groups) => &groups.title,
        }
    }

    /// A sentence about the figures.
    #[must_use]
    pub fn description(&self) -> &Localized {
        match self {
            Self::Series(series) => &series.description,
            Self::Events(events) => &events.description,
            Self::Table(table) => &table.description,
            Self::Groups(groups) => &groups.description,
        }
    }

    /// The time that the figures are about, where it is said.
    #[must_use]
    pub fn period(&self) -> Option<&Localized> {
        match self {
            Self::Series(series) => Some(&series.period),
            Self::Table(table) => Some(&table.period),
            Self::Groups(groups) => Some(&groups.period),
            Self::Events(_) => None,
        }
    }

    /// The text it was read from.
    #[must_use]
    pub fn text(&self) -> &FileText {
        match self {
            Self::Series(series) => &series.text,
            Self::Events(events) => &events.text,
            Self::Table(table) => &table.text,
            Self::Groups(groups) => &groups.text,
        }
    }

    /// The same data, read from this text.
    #[must_use]
    pub fn read_from(mut self, text: FileText) -> Self {
        match &mut self {
            Self::Series(series) => series.text = text,
            Self::Events(events) => events.text = text,
            Self::Table(table) => table.text = text,
            Self::Groups(groups) => groups.text = text,
        }
        self
    }

    /// Where the figures were read.
    #[must_use]
    pub fn source(&self) -> Option<&DataSource> {
        match self {
            Self::Series(series) => series.source.as_ref(),
            Self::Events(events) => events.source.as_ref(),
            Self::Table(table) => table.source.as_ref(),
            Self::Groups(groups) => groups.source.as_ref(),
        }
    }
}

/// Values by name, in the order in which they are shown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// What the values count.
    pub title: Localized,
    /// One sentence more about them.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub description: Localized,
    /// The time they are about: 2021.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub period: Localized,
    /// The unit of every value: 项, policies.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub unit: Localized,
    /// Where they were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<DataSource>,
    /// The values.
    pub values: Vec<Value>,
    /// The file's text.
    #[serde(skip)]
    pub text: FileText,
}

/// One value of a series.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// What it is the value of: 广东, Guangdong.
    pub label: Localized,
    /// The number itself. In a file `~` is a gap; [`parse`] makes a table of such a series, so that
    /// a number here is always one.
    #[serde(deserialize_with = "table::number_or_gap")]
    pub value: f64,
    /// Its own unit, where the values of a series have different ones.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub unit: Localized,
    /// On which side of the number the truth lies, if it is not the number itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<Qualifier>,
    /// The words it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
    /// The line of the source, if it is another one than the series names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column in the line, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// Whether repair had to choose any character of these words.
    #[serde(default, skip_serializing_if = "is_false")]
    pub inferred: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// What a text says of how near a number is to the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Qualifier {
    /// That or more: 超过, 余.
    Above,
    /// That or less: 不超过, 近.
    Below,
    /// Near it: 约.
    About,
}

impl Qualifier {
    /// The word in a file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::Below => "below",
            Self::About => "about",
        }
    }
}

/// How exactly a date is said. The date of an event is the first day of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// To the day.
    #[default]
    Day,
    /// To the month.
    Month,
    /// To the quarter.
    Quarter,
    /// To the half-year.
    Half,
    /// To the year.
    Year,
}

impl Precision {
    /// The word in a file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::Year => "year",
        }
    }

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
    pub(crate) fn is_day(&self) -> bool {
        *self == Self::Day
    }
}

/// Dated events, in the order of the source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// What the events have in common.
    pub title: Localized,
    /// One sentence more about them.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub description: Localized,
    /// Where they were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<DataSource>,
    /// Whether they belong on the report's time line; they do if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeline: Option<bool>,
    /// The events.
    pub events: Vec<Event>,
    /// The file's text.
    #[serde(skip)]
    pub text: FileText,
}

impl Events {
    /// The events for the report's time line.
    #[must_use]
    pub fn on_timeline(&self) -> &[Event] {
        if self.timeline == Some(false) {
            &[]
        } else {
            &self.events
        }
    }
}

/// One event: a policy with its date, issuer and title.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The day, or the first day of the month or year that is said.
    pub date: Date,
    /// How exactly the date is said.
    #[serde(default, skip_serializing_if = "Precision::is_day")]
    pub precision: Precision,
    /// The last day, if it is a span.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Its name, for a policy the title with its 《》.
    pub label: Localized,
    /// Who issued it.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub issuer: Localized,
    /// Where: the province or city whose heading it stands under.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub region: Localized,
    /// The line of the source it was read from, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column in the line, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The words it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
    /// Whether repair had to choose any character of these words.
    #[serde(default, skip_serializing_if = "is_false")]
    pub inferred: bool,
}

/// The place in a source that figures were read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataSource {
    /// The source's file name.
    pub file: String,
    /// The line, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
}

/// Reads one file of figures.
///
/// # Errors
/// One diagnostic with its place: an unknown key, a value that is not a number, a wrong date.
pub fn parse(text: &str, file: &Path) -> Result<Data, Box<Diagnostic>> {
    let origin = Origin::file(file);
    // Serde reads a tagged enum through a buffer and loses the place of an error inside it, so the
    // kind is read first, and then the rest as what it says.
    let Head { kind } = yaml::parse(text, origin)?;
    let rest = without_kind(text);
    let data = match kind.as_str() {
        "series" => Ok(whole(yaml::parse(&rest, origin)?)),
        "table" => Ok(Data::Table(yaml::parse(&rest, origin)?)),
        "groups" => Ok(Data::Groups(yaml::parse(&rest, origin)?)),
        "events" => Ok(Data::Events(yaml::parse(&rest, origin)?)),
        other => {
            let line = text.lines().position(is_kind).map_or(1, |at| at + 1);
            let hint = did_you_mean(other, KINDS).map_or_else(
                || format!("the kinds are: {}", KINDS.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("`{other}` is not a kind of data");
            Err(Box::new(
                Diagnostic::error(message)
                    .at(file, line, Some(1))
                    .hint(hint),
            ))
        }
    };
    data.map(|data| data.read_from(FileText::new(file, text)))
}

const KINDS: [&str; 4] = ["series", "events", "table", "groups"];

#[derive(Deserialize)]
struct Head {
    kind: String,
}

fn is_kind(line: &str) -> bool {
    line.starts_with("kind:")
}

/// The text with the line of the kind made a comment, so that all other lines keep their numbers.
fn without_kind(text: &str) -> String {
    text.lines()
        .map(|line| {
            if is_kind(line) {
                "#\n".into()
            } else {
                format!("{line}\n")
            }
        })
        .collect()
}

/// A series with a gap in it is a table of one column, where a gap has a place.
#[must_use]
pub fn whole(series: Series) -> Data {
    if series.values.iter().any(|value| value.value.is_nan()) {
        Data::Table(Table::of_series(series))
    } else {
        Data::Series(series)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        parse(text, Path::new("d.yaml")).unwrap_err().to_string()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let series = Data::Series(Series {
            title: Localized::zh("政策"),
            unit: Localized::both("项", "policies"),
            values: vec![Value {
                label: Localized::zh("广东"),
                value: 111.0,
                read: Some("广东(111条)".into()),
                ..Value::default()
            }],
            ..Series::default()
        });
        let text = yaml::write(&series).unwrap();
        assert_eq!(parse(&text, Path::new("d.yaml")).unwrap(), series);
    }

    #[test]
    fn an_error_has_its_line() {
        let text = "kind: series\ntitle: a\nvalues:\n- {label: b, value: many}\n";
        assert!(error(text).contains("d.yaml:4:"), "{}", error(text));
        assert!(error("kind: serie\ntitle: a\n").contains("did you mean `series`?"));
        let odd = error("kind: series\ntitle: a\nvalues:\n- {label: b, value: .nan}\n");
        assert!(odd.contains("d.yaml:4:"), "{odd}");
    }

    #[test]
    fn a_gap_makes_a_table() {
        let text = "kind: series\ntitle: a\nvalues:\n- {label: 2020, value: ~}\n";
        let Ok(Data::Table(table)) = parse(text, Path::new("d.yaml")) else {
            panic!("not a table");
        };
        assert_eq!(table.rows[0].values, [None]);
        assert_eq!(table.rows[0].label, Localized::both("2020", "2020"));
    }
}
