//! The figures in one language: what the layouts, the table and the description all read.
//!
//! In: data of both languages, and the request. Out: a [`View`]. Promise: every label has text, every value is
//! finite, there is at least one; what is not so is a diagnostic, and all of them are gathered.

use jiff::civil::Date;

use super::format;
use super::phrase::Phrase;
use super::spec::Spec;
use crate::content::data::{Data, Events, Series};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::lang::{Lang, Localized};

/// Figures, ready to be drawn.
pub(crate) enum View {
    Series(SeriesView),
    Events(EventsView),
}

/// Values in the order of the data.
pub(crate) struct SeriesView {
    pub(crate) lang: Lang,
    pub(crate) unit: Option<Phrase>,
    pub(crate) rows: Vec<Row>,
}

/// One value.
pub(crate) struct Row {
    pub(crate) label: Phrase,
    pub(crate) value: f64,
    pub(crate) strong: bool,
}

/// Events by date; those of one day in the order of the data.
pub(crate) struct EventsView {
    pub(crate) lang: Lang,
    pub(crate) rows: Vec<Moment>,
}

/// One event.
pub(crate) struct Moment {
    pub(crate) date: Date,
    pub(crate) label: Phrase,
    pub(crate) issuer: Option<Phrase>,
    pub(crate) region: Option<Phrase>,
    pub(crate) strong: bool,
}

impl SeriesView {
    /// What stands at a mark; a percent sign belongs to the number, other units to the subtitle.
    pub(crate) fn mark(&self, value: f64) -> String {
        let percent = if self.is_percent() { "%" } else { "" };
        format::short(value, self.lang) + percent
    }

    pub(crate) fn is_percent(&self) -> bool {
        self.unit
            .as_ref()
            .is_some_and(|unit| matches!(unit.text.as_str(), "%" | "％"))
    }

    /// Whether some values step back behind others.
    pub(crate) fn has_emphasis(&self) -> bool {
        self.rows.iter().any(|row| row.strong)
    }
}

impl EventsView {
    pub(crate) fn has_emphasis(&self) -> bool {
        self.rows.iter().any(|row| row.strong)
    }
}

/// Reads the data for one language.
pub(crate) fn view(
    name: &str,
    data: &Data,
    spec: &Spec,
    lang: Lang,
) -> Result<View, Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    let view = match data {
        Data::Series(series) => View::Series(series_view(name, series, spec, lang, &mut wrong)),
        Data::Events(events) => View::Events(events_view(name, events, spec, lang, &mut wrong)),
    };
    let is_empty = match &view {
        View::Series(series) => series.rows.is_empty(),
        View::Events(events) => events.rows.is_empty(),
    };
    if is_empty && wrong.is_empty() {
        wrong.push(
            Diagnostic::error(format!("nothing to draw: the data `{name}` is empty"))
                .hint("add a value to it, or take the chart out"),
        );
    }
    if wrong.is_empty() {
        Ok(view)
    } else {
        Err(wrong)
    }
}

fn series_view(
    name: &str,
    series: &Series,
    spec: &Spec,
    lang: Lang,
    wrong: &mut Vec<Diagnostic>,
) -> SeriesView {
    let mut rows = Vec::with_capacity(series.values.len());
    for (index, value) in series.values.iter().enumerate() {
        if !value.value.is_finite() {
            wrong.push(
                Diagnostic::error(format!(
                    "value {} of the data `{name}` is not a number that can be drawn: {}",
                    index + 1,
                    value.value
                ))
                .hint("write a finite number"),
            );
        }
        let Some(label) = Phrase::of(&value.label, lang) else {
            wrong.push(no_label("value", index, name));
            continue;
        };
        rows.push(Row {
            label,
            value: value.value,
            strong: is_named(&spec.highlight, &[&value.label]),
        });
    }
    let names: Vec<&Localized> = series.values.iter().map(|value| &value.label).collect();
    check_highlight(name, spec, &names, wrong);
    SeriesView {
        lang,
        unit: Phrase::of(&series.unit, lang),
        rows,
    }
}

fn events_view(
    name: &str,
    events: &Events,
    spec: &Spec,
    lang: Lang,
    wrong: &mut Vec<Diagnostic>,
) -> EventsView {
    let mut rows = Vec::with_capacity(events.events.len());
    let mut names = Vec::new();
    for (index, event) in events.events.iter().enumerate() {
        names.extend([&event.region, &event.issuer, &event.label]);
        let Some(label) = Phrase::of(&event.label, lang) else {
            wrong.push(no_label("event", index, name));
            continue;
        };
        let of_event = [&event.region, &event.issuer, &event.label];
        rows.push(Moment {
            date: event.date,
            label,
            issuer: Phrase::of(&event.issuer, lang),
            region: Phrase::of(&event.region, lang),
            strong: is_named(&spec.highlight, &of_event),
        });
    }
    check_highlight(name, spec, &names, wrong);
    // Stable: what happened on one day keeps its order.
    rows.sort_by_key(|row| row.date);
    EventsView { lang, rows }
}

fn no_label(what: &str, index: usize, name: &str) -> Diagnostic {
    Diagnostic::error(format!(
        "{what} {} of the data `{name}` has no label",
        index + 1
    ))
    .hint("write `label: { zh: …, en: … }`")
}

fn is_named(highlight: &[String], names: &[&Localized]) -> bool {
    highlight.iter().any(|wanted| {
        let wanted = wanted.trim();
        names
            .iter()
            .flat_map(|name| [name.zh.as_deref(), name.en.as_deref()])
            .flatten()
            .any(|name| name.trim() == wanted)
    })
}

fn check_highlight(name: &str, spec: &Spec, names: &[&Localized], wrong: &mut Vec<Diagnostic>) {
    for wanted in &spec.highlight {
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
        wrong.push(
            Diagnostic::error(format!(
                "nothing to highlight: the data `{name}` has no `{wanted}`"
            ))
            .hint(hint),
        );
    }
}
