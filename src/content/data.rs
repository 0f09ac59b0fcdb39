//! The figures of a report: `content/data/<name>.yaml`, written by `import`, edited by a person.
//!
//! In: the text of such a file. Out: a [`Data`]: a series of values, or a list of dated events.
//! Promise: every value carries the words it was read from, where they are known; what is not a
//! number is an error with its line, never a zero.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::lang::Localized;

/// One file of figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Data {
    /// Values by name, for instance policies by province.
    Series(Series),
    /// Things that happened on a date, for instance policies.
    Events(Events),
}

impl Data {
    /// The title under which the figures are shown.
    #[must_use]
    pub fn title(&self) -> &Localized {
        match self {
            Self::Series(series) => &series.title,
            Self::Events(events) => &events.title,
        }
    }
}

/// Values by name, in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// What the values count.
    pub title: Localized,
    /// One sentence more about them.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub description: Localized,
    /// The unit of every value: 项, policies.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub unit: Localized,
    /// Where they were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<DataSource>,
    /// The values.
    pub values: Vec<Value>,
}

/// One value of a series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// What it is the value of: 广东, Guangdong.
    pub label: Localized,
    /// The number itself.
    pub value: f64,
    /// The words it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
}

/// Dated events, in the order of the source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// The events.
    pub events: Vec<Event>,
}

/// One event: a policy with its date, issuer and title.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The day.
    pub date: Date,
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
    /// The words it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
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
