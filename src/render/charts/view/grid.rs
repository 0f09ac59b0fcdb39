//! Values by name and series, in one language.

use super::{Wrong, is_named};
use crate::content::table::Table;
use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, Localized};
use crate::render::charts::format;
use crate::render::charts::kind::{Kind, Sort};
use crate::render::charts::palette;
use crate::render::charts::phrase::Phrase;
use crate::render::charts::spec::Spec;
use crate::render::charts::times;

/// Values by name and series.
#[derive(Clone)]
pub(crate) struct Grid {
    pub(crate) lang: Lang,
    pub(crate) unit: Option<Phrase>,
    pub(crate) series: Vec<Column>,
    pub(crate) rows: Vec<Row>,
}

/// A series: one column of values.
#[derive(Clone)]
pub(crate) struct Column {
    /// Empty where a chart has one series that needs no name.
    pub(crate) name: Phrase,
    pub(crate) strong: bool,
}

/// The values of one name.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) label: Phrase,
    /// The label in both languages: what regions and times are known by.
    pub(crate) names: Localized,
    /// One for each series; none where there is a gap.
    pub(crate) values: Vec<Option<f64>>,
    pub(crate) strong: bool,
}

impl Grid {
    /// All values that are known.
    pub(crate) fn values(&self) -> impl Iterator<Item = f64> {
        self.rows
            .iter()
            .flat_map(|row| row.values.iter().flatten().copied())
    }

    /// What stands at a mark; a percent sign belongs to the number, other units to the subtitle.
    pub(crate) fn mark(&self, value: f64) -> String {
        format::short(value, self.lang) + self.suffix()
    }

    /// What stands where a value is missing.
    pub(crate) fn gap(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "无数据",
            Lang::En => "no data",
        }
    }

    pub(crate) fn suffix(&self) -> &'static str {
        if self.is_percent() { "%" } else { "" }
    }

    pub(crate) fn is_percent(&self) -> bool {
        self.unit
            .as_ref()
            .is_some_and(|unit| matches!(unit.text.as_str(), "%" | "％"))
    }

    /// Whether some values step back behind others.
    pub(crate) fn has_emphasis(&self) -> bool {
        self.rows.iter().any(|row| row.strong) || self.series.iter().any(|series| series.strong)
    }

    /// One series alone, with all rows.
    pub(crate) fn only(&self, series: usize) -> Self {
        Self {
            lang: self.lang,
            unit: self.unit.clone(),
            series: self.series.get(series).cloned().into_iter().collect(),
            rows: self
                .rows
                .iter()
                .map(|row| Row {
                    values: vec![row.values.get(series).copied().flatten()],
                    ..row.clone()
                })
                .collect(),
        }
    }

    fn sort(&mut self, order: Sort, stacked: bool) {
        let key = |row: &Row| {
            if stacked {
                row.values.iter().flatten().sum()
            } else {
                row.values.first().copied().flatten().unwrap_or(f64::NAN)
            }
        };
        // Stable, and a gap comes last in either order.
        let gap_last = |a: f64, b: f64| a.is_nan().cmp(&b.is_nan());
        match order {
            Sort::Given => {}
            Sort::Descending => self.rows.sort_by(|a, b| {
                let (a, b) = (key(a), key(b));
                gap_last(a, b).then_with(|| b.total_cmp(&a))
            }),
            Sort::Ascending => self.rows.sort_by(|a, b| {
                let (a, b) = (key(a), key(b));
                gap_last(a, b).then_with(|| a.total_cmp(&b))
            }),
        }
    }
}

/// Reads a table for one language.
pub(super) fn read(
    table: &Table,
    spec: &Spec,
    kind: Kind,
    lang: Lang,
    wrong: &mut Wrong<'_>,
) -> Grid {
    let unit = if spec.unit.is_empty() {
        &table.unit
    } else {
        &spec.unit
    };
    let mut grid = Grid {
        lang,
        unit: Phrase::of(unit, lang),
        series: columns(table, spec, lang, wrong),
        rows: rows(table, spec, lang, wrong),
    };
    let labels = table.rows.iter().map(|row| &row.label);
    let names: Vec<&Localized> = labels.chain(&table.series).collect();
    wrong.check_highlight(&names);
    check(&grid, spec, kind, wrong);
    if kind == Kind::Map {
        wrong.check_regions("values", table.rows.iter().map(|row| &row.label), lang);
    }
    grid.sort(spec.layout.sort, spec.layout.is_stacked());
    grid
}

fn columns(table: &Table, spec: &Spec, lang: Lang, wrong: &mut Wrong<'_>) -> Vec<Column> {
    let mut columns = Vec::with_capacity(table.series.len());
    for (index, series) in table.series.iter().enumerate() {
        let name = Phrase::of(series, lang);
        if name.is_none() && table.series.len() > 1 {
            let message = format!("series {} of {} has no name", index + 1, spec.called());
            wrong.say(
                "series",
                Diagnostic::error(message).hint("write `{ zh: …, en: … }`"),
            );
        }
        columns.push(Column {
            name: name.unwrap_or_default(),
            strong: is_named(&spec.highlight, &[series]),
        });
    }
    columns
}

fn rows(table: &Table, spec: &Spec, lang: Lang, wrong: &mut Wrong<'_>) -> Vec<Row> {
    let mut rows = Vec::with_capacity(table.rows.len());
    for (index, row) in table.rows.iter().enumerate() {
        if let Some(odd) = row.values.iter().flatten().find(|value| !value.is_finite()) {
            let message = format!(
                "value {} of {} is not a number that can be drawn: {odd}",
                index + 1,
                spec.called()
            );
            wrong.say("", Diagnostic::error(message).hint("write a finite number"));
        }
        if row.values.len() != table.series.len() {
            let message = format!(
                "row {} of {} has {}, but there are {} series",
                index + 1,
                spec.called(),
                number_of(row.values.len(), "value"),
                table.series.len()
            );
            let hint = "write one value for each series, and `~` where none is known";
            wrong.say("rows", Diagnostic::error(message).hint(hint));
        }
        let Some(mut label) = Phrase::of(&row.label, lang) else {
            wrong.no_label("value", index);
            continue;
        };
        if let Some(said) = times::said(&label.text, lang) {
            label = Phrase::new(said);
        }
        rows.push(Row {
            label,
            names: row.label.clone(),
            values: row.values.clone(),
            strong: is_named(&spec.highlight, &[&row.label]),
        });
    }
    rows
}

fn number_of(count: usize, what: &str) -> String {
    match count {
        1 => format!("one {what}"),
        count => format!("{count} {what}s"),
    }
}

/// Whether the way they are to be laid out can show these figures.
fn check(grid: &Grid, spec: &Spec, kind: Kind, wrong: &mut Wrong<'_>) {
    let layout = &spec.layout;
    let series = grid.series.len();
    for (key, is_set) in [
        ("stacked", layout.is_stacked()),
        ("panels", layout.has_panels()),
    ] {
        if is_set && series < 2 {
            let message = format!(
                "`{key}: true` takes several series, and {} has one",
                spec.called()
            );
            wrong.say(key, Diagnostic::error(message).hint("take the line out"));
        }
    }
    if layout.is_log() && grid.values().any(|value| value <= 0.0) {
        let message = "a logarithmic scale has no place for zero and negative values";
        wrong.say(
            "scale",
            Diagnostic::error(message).hint("take `scale: log` out"),
        );
    }
    let sums = grid
        .rows
        .iter()
        .map(|row| row.values.iter().flatten().sum::<f64>());
    if layout.is_stacked() && sums.into_iter().any(|sum| !sum.is_finite()) {
        let message = "the values of a row are too large to be added up";
        wrong.say(
            "stacked",
            Diagnostic::error(message).hint("take `stacked: true` out"),
        );
    }
    let most = match kind {
        _ if layout.has_panels() => 24,
        // Those that step back share a colour: their names tell them apart.
        Kind::Lines if grid.has_emphasis() => 24,
        _ => palette::SERIES,
    };
    if series > most {
        let message = format!("{series} series can't be told apart in one chart");
        let hint = match kind {
            _ if layout.has_panels() => "choose some of them",
            Kind::Lines => {
                "name some with `highlight:`, give each a chart of its own with `panels: true`, or choose some of them"
            }
            _ => "give each a chart of its own with `panels: true`, or choose some of them",
        };
        wrong.say("", Diagnostic::error(message).hint(hint));
    }
}
