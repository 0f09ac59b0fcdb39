//! The figures that a text says in so many words.
//!
//! In: one page as a tree. Out: [`Facts`]: series of counts, lists of dated policies, amounts, dates and
//! lists of regions, each with its line, its column and the exact words it was read from. Promise:
//! nothing is made up: what is not surely a count or a date is not one; a date that does not exist is
//! said.
//!
//! A kind of fact is a file that reads one line: [`counts`], [`listed`], [`policies`], [`amounts`],
//! [`stated`]; a table has several. What a number is, [`figures`] knows; what 今年 is, [`year`].

pub mod amounts;
mod brackets;
mod clause;
pub mod counts;
mod data;
pub mod date;
pub mod listed;
mod names;
pub mod policies;
mod respectively;
mod said_of;
mod shared;
pub mod stated;
mod table;
pub mod year;

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use jiff::civil::Date;

use crate::content::data::{Data, DataSource, Event, Events, Precision, Series, Value};
use crate::diagnostic::Diagnostic;
use crate::figures::{self, Figure, Vocabulary, vocabulary};
use crate::import::regions::{self, Region};
use crate::import::sections::{Heading, Node, Page};
use crate::lang::{Lang, Localized};
use crate::names::Names;
use data::Titles;
use year::Calendar;

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
        // The day of a report, or on which a door opened, is no policy: the time line is of those.
        let dates = self.dates.map(|dates| Events {
            timeline: Some(false),
            ..dates
        });
        let series = |kind: &'static str, all: Vec<Series>| {
            all.into_iter().map(move |data| (kind, Data::Series(data)))
        };
        let events = |kind: &'static str, all: Option<Events>| {
            all.into_iter().map(move |data| (kind, Data::Events(data)))
        };
        series("counts", self.counts)
            .chain(events("policies", self.policies))
            .chain(series("amounts", self.amounts.into_iter().collect()))
            .chain(events("dates", dates))
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
    /// The year of the document: 今年.
    pub year: Option<i32>,
    /// The year that its title names.
    pub about: Option<i32>,
    /// When it was published.
    pub published: Option<Date>,
}

/// Reads a page. `title` is the page's, `file` the source's name.
#[must_use]
pub fn read(page: &Page, title: &str, file: &str) -> (Facts, Vec<Diagnostic>) {
    let known = Known {
        file,
        names: Names::built_in(),
        words: vocabulary(),
        year: None,
        about: None,
        published: None,
    };
    read_with(page, title, known)
}

/// Reads a page with what a report knows of its own.
#[must_use]
pub fn read_with(page: &Page, title: &str, known: Known<'_>) -> (Facts, Vec<Diagnostic>) {
    let mut reader = Reader {
        known,
        title,
        calendar: Calendar {
            this_year: year::of_page(page, title, known.words, known.year),
            about: year::about(page, title, known.words).or(known.about),
            published: known.published,
            ..Calendar::default()
        },
        facts: Facts::default(),
        policies: Vec::new(),
        amounts: Vec::new(),
        dates: Vec::new(),
        titles: Titles::default(),
        diagnostics: Vec::new(),
    };
    reader.nodes(&page.nodes, None, None);
    reader.finish()
}

struct Reader<'a> {
    known: Known<'a>,
    title: &'a str,
    calendar: Calendar,
    facts: Facts,
    policies: Vec<Event>,
    amounts: Vec<Value>,
    dates: Vec<Event>,
    titles: Titles,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn nodes(&mut self, nodes: &[Node], heading: Option<&Heading>, region: Option<&Localized>) {
        let mut rows = table::Rows::default();
        for node in nodes {
            if let Node::Paragraph { line, text } = node
                && rows.take(*line, text)
            {
                continue;
            }
            self.table(std::mem::take(&mut rows), heading);
            match node {
                Node::Section(inner, nodes) => {
                    self.calendar.before = None;
                    let own = inner.region.map(Region::label);
                    let own = own.or_else(|| self.known.names.own_place(&inner.text));
                    self.nodes(nodes, Some(inner), own.as_ref().or(region));
                }
                Node::Point { line, text, .. }
                | Node::Bullet { line, text }
                | Node::Paragraph { line, text } => self.line(*line, text, heading, region),
            }
        }
        self.table(rows, heading);
    }

    /// Each column of numbers is a series.
    fn table(&mut self, rows: table::Rows, heading: Option<&Heading>) {
        let heading = heading.map_or(self.title, |heading| &heading.text);
        for column in rows.columns() {
            let mut series = data::column(&column, heading, self.known);
            data::tell_apart(&mut series.values);
            self.titles.tell_apart(&mut series);
            self.facts.counts.push(series);
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
        // `山东省：今年1月，省政府印发…`
        let own = self.known.names.place_at_start(text);
        let own = own.filter(|(_, length)| {
            let rest = text.get(*length..).unwrap_or_default();
            rest.starts_with(['：', ':'])
        });
        let own = own.map(|(region, _)| region);
        let region = own.as_ref().or(region);
        let heading = heading.map_or(self.title, |heading| &heading.text);
        let (mut taken, mut counted) = (Vec::new(), BTreeSet::new());
        let mut groups = counts::read(text);
        listed::extend(text, &figures, &mut groups);
        for group in listed::read(text, &figures) {
            if groups.iter().all(|known| known.is_apart_from(&group)) {
                groups.push(group);
            }
        }
        groups.sort_by_key(|group| group.columns().start);
        for group in groups {
            let columns = |item: &counts::Count| (item.columns(), item.label.clone());
            taken.extend(group.items.iter().map(columns));
            let place = |item: &counts::Count| self.known.names.place_at_start(&item.label);
            let places = group.items.iter().filter_map(place);
            counted.extend(places.filter_map(|(place, _)| place.zh));
            let mut series = data::series(&group, heading, line, self.known);
            data::tell_apart(&mut series.values);
            self.titles.tell_apart(&mut series);
            self.facts.counts.push(series);
        }
        self.policies(line, text, &figures, region);
        for (label, list, read) in stated::regions(text, self.known.names) {
            // An enumeration of counts has said more about its regions than a list of them.
            let told =
                |region: &Localized| region.zh.as_ref().is_some_and(|zh| counted.contains(zh));
            let told = list.iter().any(told);
            if !told {
                let mut series =
                    data::regions(&label, &list, &read, line, (heading, self.known.file));
                self.titles.tell_apart(&mut series);
                self.facts.regions.push(series);
            }
        }
        for amount in amounts::amounts(text, &figures, &taken) {
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
        let found = policies::read_figures(text, figures, self.calendar);
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
            // `浙江省政府印发《…》`: who issued it says where, sooner than the heading does.
            let issuer = policy.issuer.as_deref().unwrap_or_default();
            let division = regions::at_start(issuer).map(|(region, _)| region.label());
            let other = self.known.names.place_at_start(issuer);
            let region = division.or(region.cloned());
            let region = region.or(other.map(|(region, _)| region));
            let issuer = policy.issuer.map(|zh| Localized {
                en: names::english(&zh, self.known.names),
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
        self.dates(line, text, figures, region, &spans);
        // What opens a line tells the year of a month that opens the next.
        if let Some(first) = figures.first().filter(|figure| figure.place.start == 0)
            && let Some((date, Precision::Day | Precision::Month)) =
                self.calendar.resolved(text, first)
        {
            self.calendar.before = Some(date);
        }
    }

    /// The dates of a line but those of its policies, which stand in `spans`.
    fn dates(
        &mut self,
        line: usize,
        text: &str,
        figures: &[Figure],
        region: Option<&Localized>,
        spans: &[Range<usize>],
    ) {
        for dated in stated::dates(text, figures, self.calendar) {
            let before = spans.partition_point(|span| span.start <= dated.column);
            let span = before.checked_sub(1).and_then(|last| spans.get(last));
            if span.is_some_and(|span| span.contains(&dated.column)) {
                continue;
            }
            // `通过《某条例》，3月20日起施行`: what began to hold was named before.
            let here = (Some(line), Some(dated.column));
            let before = self
                .policies
                .partition_point(|policy| (policy.line, policy.column) < here);
            let before = before
                .checked_sub(1)
                .and_then(|last| self.policies.get(last));
            let before = before.filter(|policy| policy.line == Some(line));
            let titles = before.and_then(|policy| policy.label.zh.as_deref());
            let label = match titles {
                Some(titles) if stated::IN_FORCE.contains(&dated.label.as_str()) => {
                    format!("{titles}{}", dated.label)
                }
                _ => dated.label,
            };
            self.dates.push(Event {
                date: dated.date,
                precision: dated.precision,
                until: dated.until,
                label: Localized::zh(label),
                issuer: Localized::default(),
                region: region.cloned().unwrap_or_default(),
                line: Some(line),
                column: Some(dated.column),
                read: Some(dated.read),
                inferred: false,
            });
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
        data::tell_apart(&mut self.amounts);
        let first = self.amounts.first().map(|value| value.line);
        self.facts.amounts = first.map(|line| Series {
            title: Localized::zh(format!("{}（数字）", self.title)),
            source: Some(source(line)),
            values: self.amounts,
            ..Series::default()
        });
        (self.facts, self.diagnostics)
    }
}
