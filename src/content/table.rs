//! Figures in more than one column, and groups of things: what a [`Series`]
//! can't hold.
//!
//! In: the YAML of a data file or of a chart, or what [`csv`](super::csv) reads. Out: a [`Table`] or
//! [`Groups`]. Promise: a cell without a value is a gap, never a zero; every row of a table has as
//! many cells as there are series, and what has not is an error that names the row.

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::content::data::{DataSource, Series};
use crate::content::file_text::FileText;
use crate::lang::Localized;

/// Values by name and series, for instance policies by province and year.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What the values count.
    pub title: Localized,
    /// One sentence more about them.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub description: Localized,
    /// The time they are about: 2019 to 2021.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub period: Localized,
    /// The unit of every value: 项, policies.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub unit: Localized,
    /// Where they were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<DataSource>,
    /// The names of the series: 2020, 2021. A table of one column may leave its name empty.
    pub series: Vec<Localized>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The text they were read from.
    #[serde(skip)]
    pub text: FileText,
}

/// One row of a table: a value for each series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// What the values are the values of: 广东, Guangdong; or a time: 2021, 2021-05.
    pub label: Localized,
    /// The numbers, in the order of the series; `~` where none is known.
    pub values: Vec<Option<f64>>,
    /// The words they were read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
}

/// Things by what they have in common, for instance provinces by what they decided.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Groups {
    /// What the groups are about.
    pub title: Localized,
    /// One sentence more about them.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub description: Localized,
    /// The time they are about.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub period: Localized,
    /// Where they were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<DataSource>,
    /// The groups.
    pub groups: Vec<Group>,
    /// The text they were read from.
    #[serde(skip)]
    pub text: FileText,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// What its members have in common.
    pub label: Localized,
    /// Its members: names, or codes of provinces.
    pub members: Vec<Localized>,
    /// The words it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
}

impl Table {
    /// A series in which a value is missing, as a table of one column.
    #[must_use]
    pub fn of_series(series: Series) -> Self {
        Self {
            title: series.title,
            description: series.description,
            period: series.period,
            unit: series.unit,
            source: series.source,
            series: vec![Localized::default()],
            rows: series
                .values
                .into_iter()
                .map(|value| Row {
                    label: value.label,
                    values: vec![Some(value.value).filter(|value| !value.is_nan())],
                    read: value.read,
                })
                .collect(),
            text: series.text,
        }
    }

    /// The first row (from 0) that does not have one cell for each series.
    #[must_use]
    pub fn uneven_row(&self) -> Option<usize> {
        let columns = self.series.len();
        self.rows.iter().position(|row| row.values.len() != columns)
    }
}

/// A number, or a gap (`~`), which comes out as "not a number"; a written `.nan` is an error.
pub(super) fn number_or_gap<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    match Option::<f64>::deserialize(deserializer)? {
        None => Ok(f64::NAN),
        Some(value) if value.is_finite() => Ok(value),
        Some(_) => Err(de::Error::custom(NOT_FINITE)),
    }
}

/// What is said of `.nan` and `.inf`.
pub(super) const NOT_FINITE: &str = "invalid value: this is not a number that can be drawn";
