//! The figures that a text says in so many words.
//!
//! In: one page as a tree. Out: [`Facts`]: series of counts, lists of dated policies, amounts, dates and
//! lists of regions, each with its line, its column and the exact words it was read from. Promise:
//! nothing is made up: what is not surely a count or a date is not one; a date that does not exist is
//! said.
//!
//! A kind of fact is a file that reads one line: [`counts`], [`listed`], [`policies`], [`stated`]. What a
//! number is, [`figures`] knows.

mod brackets;
mod clause;
pub mod counts;
mod data;
pub mod date;
pub mod listed;
pub mod policies;
pub mod stated;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use crate::content::data::{Data, DataSource, Event, Events, Series, Value};
use crate::diagnostic::Diagnostic;
use crate::figures::{self, Figure, Vocabulary, When, Year, vocabulary};
use crate::import::regions::Region;
use crate::import::sections::{Heading, Node, Page};
use crate::lang::{Lang, Localized};
use crate::names::Names;

/// What was read from a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// One for each enumeration of counts, in order.
    pub counts: Vec<Series>,
    /// The dated policies, if there are any.
    pub policies: Option<Events>,
    /// Amounts, shares and multiples that stand alone.
    pub amounts: Option<Series>,
    /// Dates and spans of dates that are no policies.
    pub dates: Option<Events>,
    /// Lists of regions.
    pub regions: Vec<Series>,
}

/// The kinds of facts that make a chart by themselves; the others are there to be used.
pub const SHOWN: [&str; 2] = ["counts", "policies"];

impl Facts {
    /// The series and events as files of data, with what their names end in.
    pub fn data(self) -> impl Iterator<Item = (&'static str, Data)> {
        let series = |kind: &'static str, all: Vec<Series>| {
            all.into_iter().map(move |data| (kind, Data::Series(data)))
        };
        let events = |kind: &'static str, all: Option<Events>| {
            all.into_iter().map(move |data| (kind, Data::Events(data)))
        };
        series("counts", self.counts)
            .chain(events("policies", self.policies))
            .chain(series("amounts", self.amounts.into_iter().collect()))
            .chain(events("dates", self.dates))
            .chain(series("regions", self.regions))
    }

    /// Asks of every fact whether repair chose any of its words: its line, its words.
    pub fn mark_inferred(&mut self, chosen: impl Fn(usize, &str) -> bool) {
        let series = self
            .counts
            .iter_mut()
            .chain(&mut self.amounts)
            .chain(&mut self.regions);
        for series in series {
            let line = series.source.as_ref().and_then(|source| source.line);
            for value in &mut series.values {
                if let (Some(line), Some(read)) = (value.line.or(line), &value.read) {
                    value.inferred = chosen(line, read);
                }
            }
        }
        for events in self.policies.iter_mut().chain(&mut self.dates) {
            for event in &mut events.events {
                if let (Some(line), Some(read)) = (event.line, &event.read) {
                    event.inferred = chosen(line, read);
                }
            }
        }
    }
}

/// What is known before a page is read.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The source's name.
    pub file: &'a str,
    /// Regions and bodies with their English names.
    pub names: &'a Names,
    /// The words around numbers.
    pub words: &'a Vocabulary,
}

/// Reads a page. `title` is the page's, `file` the source's name.
#[must_use]
pub fn read(page: &Page, title: &str, file: &str) -> (Facts, Vec<Diagnostic>) {
    let known = Known {
        file,
        names: Names::built_in(),
        words: vocabulary(),
    };
    read_with(page, title, known)
}

/// Reads a page with what a report knows of its own.
#[must_use]
pub fn read_with(page: &Page, title: &str, known: Known<'_>) -> (Facts, Vec<Diagnostic>) {
    let mut reader = Reader {
        known,
        title,
        year: document_year(page, title, known.words),
        facts: Facts::default(),
        policies: Vec::new(),
        amounts: Vec::new(),
        dates: Vec::new(),
        titles: BTreeMap::new(),
        diagnostics: Vec::new(),
    };
    reader.nodes(&page.nodes, None, None);
    reader.finish()
}

/// The year in which a text calls a year 今年: the one in its title, or else the latest of which it names
/// a month.
fn document_year(page: &Page, title: &str, words: &Vocabulary) -> Option<i32> {
    let whens = |text: &str| -> Vec<When> {
        let figures = figures::read(text, Lang::Zh, words);
        let when = |figure: Figure| match figure.value {
            figures::Value::Date(when) if !stated::in_title(text, &figure) => Some(when),
            _ => None,
        };
        figures.into_iter().filter_map(when).collect()
    };
    let year = |when: &When| match when.year {
        Some(Year::Of(year)) => Some(year),
        _ => None,
    };
    let heading = page.heading.as_ref().map_or("", |heading| &heading.text);
    for words in [title, heading] {
        if let [when] = whens(words).as_slice()
            && let Some(year) = year(when)
        {
            return Some(year);
        }
    }
    let mut latest = None;
    let mut open: Vec<&Node> = page.nodes.iter().collect();
    while let Some(node) = open.pop() {
        match node {
            Node::Section(_, nodes) => open.extend(nodes),
            Node::Point { text, .. } | Node::Bullet { text, .. } | Node::Paragraph { text, .. } => {
                let said = whens(text)
                    .iter()
                    .filter(|when| when.month.is_some())
                    .filter_map(year)
                    .max();
                latest = latest.max(said);
            }
        }
    }
    latest
}

struct Reader<'a> {
    known: Known<'a>,
    title: &'a str,
    /// The year that 今年 is.
    year: Option<i32>,
    facts: Facts,
    policies: Vec<Event>,
    amounts: Vec<Value>,
    dates: Vec<Event>,
    /// How often each title of a series was wanted.
    titles: BTreeMap<String, usize>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn nodes(&mut self, nodes: &[Node], heading: Option<&Heading>, region: Option<&Localized>) {
        for node in nodes {
            match node {
                Node::Section(inner, nodes) => {
                    let own = inner.region.map(Region::label);
                    let own = own.or_else(|| self.known.names.own_place(&inner.text));
                    self.nodes(nodes, Some(inner), own.as_ref().or(region));
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
        region: Option<&Localized>,
    ) {
        let figures = figures::read(text, Lang::Zh, self.known.words);
        let heading = heading.map_or(self.title, |heading| &heading.text);
        let mut taken = Vec::new();
        let mut groups = counts::read(text);
        for group in listed::read(text, &figures) {
            if groups.iter().all(|known| known.is_apart_from(&group)) {
                groups.push(group);
            }
        }
        groups.sort_by_key(|group| group.columns().start);
        for group in groups {
            taken.extend(group.items.iter().map(counts::Count::columns));
            let mut series = data::series(&group, heading, line, self.known);
            self.tell_apart(&mut series);
            self.facts.counts.push(series);
        }
        self.policies(line, text, &figures, region);
        // An enumeration of counts has said more about its regions than a list of them.
        if taken.is_empty() {
            for (label, list, read) in stated::regions(text, self.known.names) {
                let mut series =
                    data::regions(&label, &list, &read, line, (heading, self.known.file));
                self.tell_apart(&mut series);
                self.facts.regions.push(series);
            }
        }
        for amount in stated::amounts(text, &figures, &taken) {
            self.amounts.push(data::value(amount, line));
        }
    }

    fn policies(
        &mut self,
        line: usize,
        text: &str,
        figures: &[Figure],
        region: Option<&Localized>,
    ) {
        let found = policies::read_figures(text, figures, self.year);
        for (words, column) in found.invalid {
            self.diagnostics.push(
                Diagnostic::warning(format!("{words} is not a day of the calendar"))
                    .at(Path::new(self.known.file), line, Some(column))
                    .hint("mend the date in the source; the policy is not among the data"),
            );
        }
        // The date of a policy is no event besides.
        let spans: Vec<Range<usize>> = found
            .policies
            .iter()
            .map(|policy| policy.column..policy.column + policy.read.chars().count())
            .collect();
        for policy in found.policies {
            // `浙江省政府印发《…》`: who issued it says where, if no heading does.
            let names = self.known.names;
            let issued_in = policy.issuer.as_deref();
            let issued_in = issued_in.and_then(|issuer| names.place_at_start(issuer));
            let region = region.cloned().or(issued_in.map(|(region, _)| region));
            let issuer = policy.issuer.map(|zh| Localized {
                en: self.known.names.english(&zh).map(str::to_owned),
                zh: Some(zh),
            });
            self.policies.push(Event {
                date: policy.date,
                precision: policy.precision,
                until: None,
                label: Localized::zh(policy.titles),
                issuer: issuer.unwrap_or_default(),
                region: region.unwrap_or_default(),
                line: Some(line),
                column: Some(policy.column),
                read: Some(policy.read),
                inferred: false,
            });
        }
        for dated in stated::dates(text, figures, self.year) {
            let before = spans.partition_point(|span| span.start <= dated.column);
            let span = before.checked_sub(1).and_then(|last| spans.get(last));
            if span.is_none_or(|span| !span.contains(&dated.column)) {
                self.dates.push(Event {
                    date: dated.date,
                    precision: dated.precision,
                    until: dated.until,
                    label: Localized::zh(dated.label),
                    issuer: Localized::default(),
                    region: region.cloned().unwrap_or_default(),
                    line: Some(line),
                    column: Some(dated.column),
                    read: Some(dated.read),
                    inferred: false,
                });
            }
        }
    }

    fn finish(mut self) -> (Facts, Vec<Diagnostic>) {
        let source = |line: Option<usize>| DataSource {
            file: self.known.file.to_owned(),
            line,
        };
        let events = |events: Vec<Event>, what: &str| {
            let line = events.first()?.line;
            Some(Events {
                title: Localized::zh(format!("{}（{what}）", self.title)),
                source: Some(source(line)),
                events,
                ..Events::default()
            })
        };
        self.facts.policies = events(self.policies, "政策");
        self.facts.dates = events(self.dates, "日期");
        let first = self.amounts.first().map(|value| value.line);
        self.facts.amounts = first.map(|line| Series {
            title: Localized::zh(format!("{}（数字）", self.title)),
            source: Some(source(line)),
            values: self.amounts,
            ..Series::default()
        });
        (self.facts, self.diagnostics)
    }

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
