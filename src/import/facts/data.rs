//! Facts as data: what a file of `content/data/` gets.
//!
//! In: what was read from a line. Out: a [`Series`] or a [`Value`] with labels in both languages where they
//! are known. Promise: nothing is added to what was read but its place and its English name.

use std::collections::BTreeMap;

use super::counts::CountGroup;
use super::table::Column;
use super::{Known, amounts};
use crate::content::data::{DataSource, Series, Value};
use crate::import::regions;
use crate::lang::Localized;

/// An enumeration of counts.
pub(super) fn series(group: &CountGroup, heading: &str, line: usize, known: Known<'_>) -> Series {
    let labels: Vec<Localized> = group
        .items
        .iter()
        .map(|item| Localized {
            zh: Some(item.label.clone()),
            en: known.names.english(&item.label).map(str::to_owned),
        })
        .collect();
    let by_region = group.items.iter().all(|item| is_place(&item.label, known));
    let by = if by_region { "（按地区）" } else { "" };
    Series {
        title: Localized::zh(format!("{heading}{by}")),
        description: Localized::zh(&group.sentence),
        unit: group
            .unit
            .as_ref()
            .map_or_else(Localized::default, Localized::zh),
        source: Some(DataSource {
            file: known.file.to_owned(),
            line: Some(line),
        }),
        values: labels
            .into_iter()
            .zip(&group.items)
            .map(|(label, item)| Value {
                label,
                value: item.value,
                qualifier: amounts::qualifier(item.bound),
                read: Some(item.read.clone()),
                column: Some(item.column),
                ..Value::default()
            })
            .collect(),
        ..Series::default()
    }
}

/// A column of a table.
pub(super) fn column(column: &Column, heading: &str, known: Known<'_>) -> Series {
    let english = |zh: &str| known.names.english(zh).map(str::to_owned);
    Series {
        title: Localized::zh(format!("{heading}（{}）", column.name)),
        unit: column
            .unit
            .as_ref()
            .map_or_else(Localized::default, Localized::zh),
        source: Some(DataSource {
            file: known.file.to_owned(),
            line: column.cells.first().map(|cell| cell.line),
        }),
        values: column
            .cells
            .iter()
            .map(|cell| Value {
                label: Localized {
                    en: english(&cell.label),
                    zh: Some(cell.label.clone()),
                },
                value: cell.value,
                read: Some(cell.read.clone()),
                line: Some(cell.line),
                column: Some(cell.column),
                ..Value::default()
            })
            .collect(),
        ..Series::default()
    }
}

fn is_place(label: &str, known: Known<'_>) -> bool {
    regions::named(label).is_some() || known.names.own_place(label).is_some()
}

/// An amount with what it is an amount of.
pub(super) fn value(amount: amounts::Amount, line: usize) -> Value {
    Value {
        label: Localized::zh(amount.label),
        value: amount.value,
        unit: amount.unit.map_or_else(Localized::default, Localized::zh),
        qualifier: amount.qualifier,
        read: Some(amount.read),
        line: Some(line),
        column: Some(amount.column),
        inferred: false,
    }
}

/// The second value of the same name and unit is 检出率（2）: no name stands for two values.
pub(super) fn tell_apart(values: &mut [Value]) {
    let mut seen: BTreeMap<(String, Option<String>), usize> = BTreeMap::new();
    for value in values {
        let Some(label) = &value.label.zh else {
            continue;
        };
        let count = seen
            .entry((label.clone(), value.unit.zh.clone()))
            .or_insert(0);
        *count += 1;
        if *count > 1 {
            value.label = Localized::zh(format!("{label}（{count}）"));
        }
    }
}

/// A list of regions as a series in which each of them counts one.
pub(super) fn regions(
    label: &str,
    list: &[Localized],
    read: &str,
    line: usize,
    (heading, file): (&str, &str),
) -> Series {
    Series {
        title: Localized::zh(format!("{heading}（地区）")),
        description: if label.is_empty() {
            Localized::default()
        } else {
            Localized::zh(label)
        },
        source: Some(DataSource {
            file: file.to_owned(),
            line: Some(line),
        }),
        values: list
            .iter()
            .map(|region| Value {
                label: region.clone(),
                value: 1.0,
                read: Some(read.to_owned()),
                ..Value::default()
            })
            .collect(),
        ..Series::default()
    }
}

/// How often each title of a series was wanted.
#[derive(Default)]
pub(super) struct Titles(BTreeMap<String, usize>);

impl Titles {
    /// Two enumerations under one heading get two titles: by what is counted, or by a number.
    pub(super) fn tell_apart(&mut self, series: &mut Series) {
        let words = series.title.zh.clone().unwrap_or_default();
        let count = self.0.entry(words.clone()).or_insert(0);
        *count += 1;
        let count = *count;
        if count == 1 {
            return;
        }
        let unit = series.unit.zh.as_ref();
        let by_unit = unit.map(|unit| format!("{words}（{unit}）"));
        let title = by_unit
            .filter(|title| self.0.insert(title.clone(), 1).is_none())
            .unwrap_or_else(|| format!("{words}（{count}）"));
        series.title = Localized::zh(title);
    }
}
