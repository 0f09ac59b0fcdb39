//! The time line: every dated event of the report's data, by year, to be filtered by region.
//!
//! In: the data of kind `events`. Out: `<lang>/timeline.html`, and `assets/timeline.css`, whose rules
//! hide what is not of the chosen region: a row of radio buttons filters without any script.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::content::Report;
use crate::content::data::{Data, Event};
use crate::dates;
use crate::error::Result;
use crate::lang::{Lang, Localized};
use crate::render::frame::Frame;
use crate::render::lists::{List, put_list};
use crate::render::site::{Context, Outcome, Sink};
use crate::render::views::DateView;

/// The page's name in each language.
pub(super) const NAME: &str = "timeline";

/// What `timeline.html` gets.
#[derive(Serialize)]
struct Timeline {
    regions: Vec<RegionView>,
    years: Vec<YearView>,
    count: usize,
}

#[derive(Serialize)]
struct RegionView {
    /// From 1; the class of its events is `r1`.
    number: usize,
    #[serde(flatten)]
    name: TextView,
    count: usize,
}

#[derive(Serialize)]
struct YearView {
    year: i16,
    events: Vec<EventView>,
}

#[derive(Serialize)]
struct EventView {
    date: DateView,
    label: TextView,
    issuer: Option<TextView>,
    region: Option<TextView>,
    /// The number of its region, or of those without one.
    number: usize,
}

/// A text and the language that it is in.
#[derive(Clone, Serialize)]
struct TextView {
    text: String,
    tag: &'static str,
}

fn text(localized: &Localized, lang: Lang) -> TextView {
    TextView {
        text: localized.get(lang).to_owned(),
        tag: localized.shown_in(lang).tag(),
    }
}

fn optional(localized: &Localized, lang: Lang) -> Option<TextView> {
    (!localized.get(lang).is_empty()).then(|| text(localized, lang))
}

pub(super) fn put(
    context: &Context<'_>,
    frame: &Frame,
    page: &List<'_>,
    sink: &dyn Sink,
) -> Result<Outcome> {
    let timeline = timeline(context.report, frame);
    let styles = stylesheet(timeline.regions.len());
    sink.put("assets/timeline.css", styles.as_bytes())?;
    put_list(context, frame, page, &timeline, sink)
}

fn timeline(report: &Report, frame: &Frame) -> Timeline {
    let lang = frame.lang;
    let mut events: Vec<&Event> = report
        .data
        .values()
        .filter_map(|data| match data {
            Data::Events(events) => Some(events.on_timeline()),
            Data::Series(_) | Data::Table(_) | Data::Groups(_) => None,
        })
        .flatten()
        .collect();
    // The same policy may stand in two lists, in one of them without a translation.
    let key = |event: &Event| (event.date, event.label.get(Lang::Zh).to_owned());
    events.sort_by_cached_key(|event| (key(event), event.label.only(lang).is_none()));
    events.dedup_by_key(|event| key(event));
    events.sort_by_cached_key(|event| (event.date, event.label.get(lang).to_owned()));
    let mut regions = regions(&events, lang);
    // What is of no region, mostly the whole country's, can be looked for as well.
    let others = events.iter().filter(|event| event.region.is_empty());
    let others = others.count();
    if others > 0 {
        let words = &frame.site.words;
        let name = TextView {
            text: words.get("other_regions").cloned().unwrap_or_default(),
            tag: lang.tag(),
        };
        regions.push(("", name, others));
    }
    let number = |event: &Event| {
        let name = event.region.get(Lang::Zh);
        regions.iter().position(|(key, ..)| *key == name)
    };
    let mut years: Vec<YearView> = Vec::new();
    for event in &events {
        let view = EventView {
            date: DateView {
                iso: dates::machine(event.date, event.precision),
                text: dates::when(event, lang),
            },
            label: text(&event.label, lang),
            region: optional(&event.region, lang).filter(|region| {
                // 广东省 says 广东, too.
                !event.issuer.get(lang).starts_with(&region.text)
            }),
            issuer: optional(&event.issuer, lang),
            number: number(event).map_or(0, |at| at + 1),
        };
        match years.last_mut() {
            Some(year) if year.year == event.date.year() => year.events.push(view),
            _ => years.push(YearView {
                year: event.date.year(),
                events: vec![view],
            }),
        }
    }
    let views = regions.into_iter().enumerate();
    Timeline {
        count: events.len(),
        regions: views
            .map(|(at, (_, name, count))| RegionView {
                number: at + 1,
                name,
                count,
            })
            .collect(),
        years,
    }
}

/// The regions, the one with most events first; the Chinese name tells them apart.
fn regions<'a>(events: &[&'a Event], lang: Lang) -> Vec<(&'a str, TextView, usize)> {
    let mut counts: BTreeMap<&str, (TextView, usize)> = BTreeMap::new();
    for event in events.iter().filter(|event| !event.region.is_empty()) {
        let entry = counts.entry(event.region.get(Lang::Zh));
        entry.or_insert_with(|| (text(&event.region, lang), 0)).1 += 1;
    }
    let named = counts.into_iter();
    let mut all: Vec<_> = named
        .map(|(key, (name, count))| (key, name, count))
        .collect();
    all.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(b.0)));
    all
}

/// A rule for each region: while it is chosen, the events of others and empty years are hidden.
fn stylesheet(regions: usize) -> String {
    let mut css = String::from("/* The filter of the time line, one rule for each region. */\n");
    for number in 1..=regions {
        // Writing to a string can't fail.
        let _ = writeln!(
            css,
            ".timeline-page:has(#r{number}:checked) :is(.event:not(.r{number}), .year:not(:has(.r{number}))) {{ display: none; }}"
        );
    }
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_region_has_its_rule() {
        assert_eq!(stylesheet(2).matches(":checked").count(), 2);
        assert!(!stylesheet(0).contains(":checked"));
    }
}
