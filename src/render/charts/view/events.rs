//! Dated events, in one language.

use jiff::civil::Date;

use super::{Wrong, is_named};
use crate::content::data::{Events, Precision};
use crate::dates;
use crate::lang::{Lang, Localized};
use crate::render::charts::phrase::Phrase;
use crate::render::charts::spec::Spec;

/// Events by date; those of one day in the order of the data.
pub(crate) struct EventsView {
    pub(crate) lang: Lang,
    pub(crate) rows: Vec<Moment>,
}

/// One event.
pub(crate) struct Moment {
    pub(crate) date: Date,
    /// The day, or what is known of it.
    pub(crate) when: Phrase,
    /// How exactly it is known.
    pub(crate) precision: Precision,
    pub(crate) label: Phrase,
    pub(crate) issuer: Option<Phrase>,
    pub(crate) region: Option<Phrase>,
    pub(crate) strong: bool,
}

impl EventsView {
    pub(crate) fn has_emphasis(&self) -> bool {
        self.rows.iter().any(|row| row.strong)
    }
}

/// Reads events for one language.
pub(super) fn read(events: &Events, spec: &Spec, lang: Lang, wrong: &mut Wrong<'_>) -> EventsView {
    let mut rows = Vec::with_capacity(events.events.len());
    let mut names: Vec<&Localized> = Vec::new();
    for (index, event) in events.events.iter().enumerate() {
        let of_event = [&event.region, &event.issuer, &event.label];
        names.extend(of_event);
        let Some(label) = Phrase::of(&event.label, lang) else {
            wrong.no_label("event", index);
            continue;
        };
        rows.push(Moment {
            date: event.date,
            precision: event.precision,
            when: Phrase::new(dates::when(event, lang)),
            label,
            issuer: Phrase::of(&event.issuer, lang),
            region: Phrase::of(&event.region, lang),
            strong: is_named(&spec.highlight, &of_event),
        });
    }
    wrong.check_highlight(&names);
    // Stable: what happened on one day keeps its order.
    rows.sort_by_key(|row| row.date);
    EventsView { lang, rows }
}
