//! The figures that a text says in so many words.
//!
//! In: one page as a tree. Out: [`Facts`]: series of counts and lists of dated policies, each with
//! its line and the exact words it was read from. Promise: nothing is made up: what is not surely a
//! count or a date is not one; a date that does not exist is said.
//!
//! A kind of fact is a file that reads one line; more kinds (amounts, shares, spans of dates) go
//! beside [`counts`] and [`policies`].

pub mod counts;
pub mod date;
pub mod policies;

use std::collections::BTreeMap;
use std::path::Path;

use crate::content::data::{Data, DataSource, Event, Events, FileText, Series, Value};
use crate::diagnostic::Diagnostic;
use crate::import::regions::{self, Region};
use crate::import::sections::{Heading, Node, Page};
use crate::lang::Localized;

use counts::CountGroup;

/// What was read from a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// One for each enumeration of counts, in order.
    pub counts: Vec<Series>,
    /// The dated policies, if there are any.
    pub policies: Option<Events>,
}

impl Facts {
    /// The series and events as files of data, with what their names end in.
    pub fn data(self) -> impl Iterator<Item = (&'static str, Data)> {
        let counts = self.counts.into_iter().map(Data::Series);
        let policies = self.policies.into_iter().map(Data::Events);
        counts
            .map(|data| ("counts", data))
            .chain(policies.map(|data| ("policies", data)))
    }
}

/// Reads a page. `title` is the page's, `file` the source's name.
#[must_use]
pub fn read(page: &Page, title: &str, file: &str) -> (Facts, Vec<Diagnostic>) {
    let mut reader = Reader {
        file,
        title,
        facts: Facts::default(),
        events: Vec::new(),
        titles: BTreeMap::new(),
        diagnostics: Vec::new(),
    };
    reader.nodes(&page.nodes, None, None);
    if !reader.events.is_empty() {
        reader.facts.policies = Some(Events {
            title: Localized::zh(format!("{title}（政策）")),
            description: Localized::default(),
            source: Some(DataSource {
                file: file.to_owned(),
                line: reader.events.first().and_then(|event| event.line),
            }),
            events: reader.events,
            text: FileText::default(),
        });
    }
    (reader.facts, reader.diagnostics)
}

struct Reader<'a> {
    file: &'a str,
    title: &'a str,
    facts: Facts,
    events: Vec<Event>,
    /// How often each title of a series was wanted.
    titles: BTreeMap<String, usize>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn nodes(&mut self, nodes: &[Node], heading: Option<&Heading>, region: Option<&Region>) {
        for node in nodes {
            match node {
                Node::Section(inner, nodes) => {
                    self.nodes(nodes, Some(inner), inner.region.or(region));
                }
                Node::Point { line, text, .. }
                | Node::Bullet { line, text }
                | Node::Paragraph { line, text } => self.line(*line, text, heading, region),
            }
        }
    }

    fn line(
        &mut self,
        line: usize,
        text: &str,
        heading: Option<&Heading>,
        region: Option<&Region>,
    ) {
        for group in counts::read(text) {
            let heading = heading.map_or(self.title, |heading| &heading.text);
            let mut series = series(&group, heading, self.file, line);
            self.tell_apart(&mut series);
            self.facts.counts.push(series);
        }
        let found = policies::read(text);
        for (words, column) in found.invalid {
            self.diagnostics.push(
                Diagnostic::warning(format!("{words} is not a day of the calendar"))
                    .at(Path::new(self.file), line, Some(column))
                    .hint("mend the date in the source; the policy is not among the data"),
            );
        }
        for policy in found.policies {
            self.events.push(Event {
                date: policy.date,
                when: Localized::default(),
                label: Localized::zh(policy.titles),
                issuer: policy.issuer.map_or_else(Localized::default, Localized::zh),
                region: region.map(Region::label).unwrap_or_default(),
                line: Some(line),
                read: Some(policy.read),
            });
        }
    }
}

impl Reader<'_> {
    /// Two enumerations under one heading get two titles: by what is counted, or by a number.
    fn tell_apart(&mut self, series: &mut Series) {
        let words = series.title.zh.clone().unwrap_or_default();
        let count = self.titles.entry(words.clone()).or_insert(0);
        *count += 1;
        let count = *count;
        if count == 1 {
            return;
        }
        let by_unit = series
            .unit
            .zh
            .as_ref()
            .map(|unit| format!("{words}（{unit}）"));
        let title = by_unit
            .filter(|title| self.titles.insert(title.clone(), 1).is_none())
            .unwrap_or_else(|| format!("{words}（{count}）"));
        series.title = Localized::zh(title);
    }
}

fn series(group: &CountGroup, heading: &str, file: &str, line: usize) -> Series {
    let labels: Vec<Localized> = group
        .items
        .iter()
        .map(|item| match regions::named(&item.label) {
            Some(region) => Localized::both(&item.label, &region.en),
            None => Localized::zh(&item.label),
        })
        .collect();
    let by_region = labels.iter().all(|label| label.en.is_some());
    let by = if by_region { "（按地区）" } else { "" };
    Series {
        title: Localized::zh(format!("{heading}{by}")),
        description: Localized::zh(&group.sentence),
        period: Localized::default(),
        unit: group
            .unit
            .as_ref()
            .map_or_else(Localized::default, Localized::zh),
        source: Some(DataSource {
            file: file.to_owned(),
            line: Some(line),
        }),
        values: labels
            .into_iter()
            .zip(&group.items)
            .map(|(label, item)| Value {
                label,
                value: item.value,
                read: Some(item.read.clone()),
            })
            .collect(),
        text: FileText::default(),
    }
}
