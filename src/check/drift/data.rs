//! The figures of the data against those of the texts.
//!
//! In: a page that has been read, and the data that its charts draw. Out: a diagnostic for every value
//! or date that the text says otherwise. Promise: a number in the text is taken for the value of a
//! label only where label and number clearly belong together.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::blocks::Block;
use super::labels::{self, Bound, Names};
use super::side::{Read, Said};
use super::words;
use crate::content::Report;
use crate::content::data::{Data, Events, FileText, Precision, Series};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::figures::agree::{agree, key};
use crate::figures::{self, Amount, Figure, Number, Unit, Value, Vocabulary, When, Year};
use crate::lang::{Lang, Localized};
use crate::render::charts;
use crate::yaml::Origin;

/// Compares a page with all data that it shows.
pub fn compare(report: &Report, read: &Read<'_>, severity: Severity) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for name in shown(read) {
        match report.data.get(&name) {
            Some(Data::Series(data)) => {
                diagnostics.extend(series(read, &name, data, (&report.vocabulary, severity)));
            }
            Some(Data::Events(data)) => diagnostics.extend(events(read, &name, data, severity)),
            // Which of a row's values a text means is not said; members have none.
            Some(Data::Table(_) | Data::Groups(_)) | None => {}
        }
    }
    diagnostics
}

/// The names of the data that a page shows, each once.
fn shown(read: &Read<'_>) -> Vec<String> {
    let origin = Origin::file(&read.page.file);
    let blocks = read
        .text
        .charts
        .iter()
        .filter_map(|spec| charts::parse_spec(spec, origin).ok())
        .filter_map(|spec| match spec.from {
            charts::From::Named(name) => Some(name),
            _ => None,
        });
    let mut names: Vec<String> = blocks
        .chain(read.page.meta.charts.iter().cloned())
        .collect();
    names.sort();
    names.dedup();
    names
}

fn series(
    read: &Read<'_>,
    name: &str,
    data: &Series,
    (vocabulary, severity): (&Vocabulary, Severity),
) -> Vec<Diagnostic> {
    let lang = read.page.lang;
    let mut names = Names::default();
    for (number, value) in data.values.iter().enumerate() {
        let label = value.label.get(lang);
        names.add(label, number);
        // 广东 is written 广东省, too, and either may stand in the data.
        if let Some(region) = crate::import::regions::named(label) {
            names.add(&region.full, number);
            names.add(&region.short, number);
        }
    }
    let unit = data.unit.get(lang);
    let mut diagnostics = Vec::new();
    for (block, all) in read.blocks() {
        let bounds = labels::bind(&block.text, lang, all, &names);
        let enumerated = bounds.len() > 1;
        for bound in &bounds {
            let (Some(value), Some(said)) = (data.values.get(bound.id), all.get(bound.figure))
            else {
                continue;
            };
            let Some(expected) = written(value.value, unit, lang, vocabulary) else {
                continue;
            };
            let counts = counts_the_same(block, said, unit, lang, &expected);
            let is_meant = counts && (enumerated || bound.tight || alone(block, said, unit, lang));
            // 2至5个: the data may hold either end.
            let end = all
                .get(bound.figure + 1)
                .filter(|end| is_span(block, said, end));
            let agrees = |said: &Said| agree(&expected, &said.figure);
            if !is_meant || agrees(said) || end.is_some_and(agrees) || excused(block, &said.figure)
            {
                continue;
            }
            let place = data.text.nth("value", bound.id);
            let label = value.label.get(lang);
            diagnostics.push(words::data_differs(
                read,
                (block, said),
                &format!("{label}: {}", figures::agree::shown(&expected.value)),
                file_place(name, place),
                severity,
            ));
        }
    }
    diagnostics
}

/// Whether two figures in a row are the ends of a span.
fn is_span(block: &Block, from: &Said, to: &Said) -> bool {
    let between = block
        .text
        .get(from.figure.place.end..to.figure.place.start)
        .unwrap_or_default();
    matches!(
        between.trim(),
        "至" | "到" | "-" | "–" | "—" | "——" | "~" | "～" | "to" | "or" | "或"
    )
}

/// The value as it would be written in a text.
fn written(value: f64, unit: &str, lang: Lang, words: &Vocabulary) -> Option<Figure> {
    let text = match lang {
        Lang::Zh => format!("{value}{unit}"),
        Lang::En => format!("{value} {unit}"),
    };
    let found = figures::read(&text, lang, words).into_iter().next();
    // A value such as 2016 is no year here.
    let amount = |figure: &Figure| matches!(figure.value, Value::Amount(_));
    found.filter(amount).or_else(|| {
        let number = Number::of(value)?;
        Some(Figure::plain(Value::Amount(Amount {
            number,
            multiplier: Number::ONE,
            unit: Unit::Things,
            scale: Number::ONE,
        })))
    })
}

/// Whether a figure of the text can be a value of the data at all: a share is no count.
fn counts_the_same(block: &Block, said: &Said, unit: &str, lang: Lang, expected: &Figure) -> bool {
    let (Value::Amount(a), Value::Amount(b)) = (&said.figure.value, &expected.value) else {
        return false;
    };
    let things = |unit: &Unit| matches!(unit, Unit::Things);
    let same = a.unit == b.unit || (things(&a.unit) && things(&b.unit));
    // 111 without its unit, in an enumeration that has it once.
    let bare = things(&a.unit) && said.figure.unit.is_empty();
    same || (bare && !unit.is_empty() && lang_has_no_noun(block, said, lang))
}

/// Whether a number that stands alone with the label counts what the data count.
fn alone(block: &Block, said: &Said, unit: &str, lang: Lang) -> bool {
    let unit_words = block
        .text
        .get(said.figure.unit.clone())
        .unwrap_or_default()
        .trim();
    match lang {
        Lang::Zh => {
            unit_words.is_empty() || unit.starts_with(unit_words) || unit_words.starts_with(unit)
        }
        Lang::En => {
            lang_has_no_noun(block, said, lang) || {
                let rest = block.text.get(said.figure.place.end..).unwrap_or_default();
                let stem: String = unit.chars().take(4).collect();
                !stem.is_empty()
                    && rest
                        .split_whitespace()
                        .take(4)
                        .any(|word| word.to_lowercase().starts_with(&stem.to_lowercase()))
            }
        }
    }
}

/// Whether no word says what the number counts.
fn lang_has_no_noun(block: &Block, said: &Said, lang: Lang) -> bool {
    let rest = block
        .text
        .get(said.figure.place.end..)
        .unwrap_or_default()
        .trim_start();
    let next = rest.chars().next();
    match lang {
        Lang::Zh => next.is_none_or(|c| !c.is_alphanumeric()),
        Lang::En => {
            let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
            let small = [
                "were", "was", "in", "of", "by", "from", "and", "have", "came", "come", "are",
            ];
            next.is_none_or(|c| !c.is_alphanumeric()) || small.contains(&word.as_str())
        }
    }
}

/// The dates of events against the dates beside their titles.
fn events(read: &Read<'_>, name: &str, data: &Events, severity: Severity) -> Vec<Diagnostic> {
    let lang = read.page.lang;
    let mut by_title: BTreeMap<&str, usize> = BTreeMap::new();
    let mut names = Names::default();
    for (number, event) in data.events.iter().enumerate() {
        let label = event.label.get(lang).trim_matches(['《', '》']);
        if label.chars().count() > 3 && by_title.insert(label, number).is_none() {
            names.add(label, number);
        }
    }
    let mut diagnostics = Vec::new();
    for (block, said) in read.blocks() {
        for (id, start) in labels::places(&block.text, lang, &names) {
            let Some(event) = data.events.get(id) else {
                continue;
            };
            if !event.precision.is_day() {
                diagnostics.extend(event_roughly(read, name, data, (block, said), id, severity));
                continue;
            }
            let expected = Value::Date(When {
                year: Some(Year::Of(i32::from(event.date.year()))),
                month: u8::try_from(event.date.month()).ok(),
                day: u8::try_from(event.date.day()).ok(),
                part: None,
            });
            let days: Vec<&Said> = said
                .iter()
                .filter(|said| is_day(said) && !said.in_title)
                .collect();
            let expected = Figure::plain(expected);
            // With more than one title in the block, the date nearest before it is its own.
            let before = days
                .iter()
                .rev()
                .find(|said| said.figure.place.start < start);
            let Some(nearest) = before.or_else(|| days.first()) else {
                continue;
            };
            if key(&nearest.figure) == key(&expected)
                || agree_without_year(nearest, &expected)
                || excused(block, &nearest.figure)
            {
                continue;
            }
            let what = format!(
                "{}: {}",
                event.label.get(lang),
                figures::agree::shown(&expected.value)
            );
            let place = data.text.nth("date", id);
            diagnostics.push(words::data_differs(
                read,
                (block, nearest),
                &what,
                file_place(name, place),
                severity,
            ));
        }
    }
    diagnostics
}

/// An event of which only the month or the year is known: some date beside its title must say it.
fn event_roughly(
    read: &Read<'_>,
    name: &str,
    data: &Events,
    (block, said): (&Block, &[Said]),
    id: usize,
    severity: Severity,
) -> Option<Diagnostic> {
    let event = data.events.get(id)?;
    let month = (event.precision == Precision::Month).then_some(event.date.month());
    let day = i32::from(event.date.year());
    // A date that says as much; the month without its year, or 今年, goes with any.
    let rough = |said: &&Said| match &said.figure.value {
        Value::Date(when) if !said.in_title => {
            let year = match when.year {
                Some(Year::Of(year)) => Some(year == day),
                _ => None,
            };
            match (month, when.month) {
                (Some(wanted), Some(month)) => {
                    Some(i8::try_from(month) == Ok(wanted) && year != Some(false))
                }
                (Some(_), None) => None,
                (None, _) => year,
            }
        }
        _ => None,
    };
    let dates: Vec<(&Said, bool)> = said
        .iter()
        .filter_map(|said| Some((said, rough(&said)?)))
        .collect();
    let (nearest, _) = dates.first()?;
    if dates.iter().any(|(_, same)| *same) || excused(block, &nearest.figure) {
        return None;
    }
    let when = crate::dates::said(event.date, event.precision, read.page.lang);
    let what = format!("{}: {when}", event.label.get(read.page.lang));
    let place = file_place(name, data.text.nth("date", id));
    Some(words::data_differs(
        read,
        (block, nearest),
        &what,
        place,
        severity,
    ))
}

/// A date with a day.
fn is_day(said: &Said) -> bool {
    matches!(
        said.figure.value,
        Value::Date(When {
            month: Some(_),
            day: Some(_),
            ..
        })
    )
}

/// `3 November` where the year was said before.
fn agree_without_year(said: &Said, expected: &Figure) -> bool {
    let (Value::Date(date), Value::Date(whole)) = (&said.figure.value, &expected.value) else {
        return false;
    };
    date.without_year() == whole.without_year()
        && match date.year {
            None => {
                said.year.is_none()
                    || said.year == whole.year
                    || matches!(said.year, Some(Year::FromNow(_)))
            }
            Some(Year::FromNow(_)) => true,
            Some(_) => false,
        }
}

fn excused(block: &Block, figure: &Figure) -> bool {
    block
        .excuses
        .iter()
        .filter(|excuse| excuse.covers(&[figure]))
        .count()
        > 0
}

fn file_place(name: &str, place: Option<(usize, usize)>) -> Place {
    Place {
        file: PathBuf::from(format!("content/data/{name}.yaml")),
        line: place.map(|(line, _)| line),
        column: place.map(|(_, column)| column),
    }
}

/// What the data say in both languages: title, description, labels.
pub fn languages(report: &Report, severity: Severity) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (name, data) in &report.data {
        let nowhere = FileText::default();
        let text = match data {
            Data::Series(series) => &series.text,
            Data::Events(events) => &events.text,
            Data::Table(_) | Data::Groups(_) => &nowhere,
        };
        for words in said(data) {
            let (Some(zh), Some(en)) = (words.zh.as_deref(), words.en.as_deref()) else {
                continue;
            };
            if let Some((a, b)) = differing(zh, en, &report.vocabulary) {
                let place = |words: &str| file_place(name, text.words(words));
                diagnostics.push(words::labels_differ(
                    (&a, place(zh)),
                    (&b, place(en)),
                    severity,
                ));
            }
        }
    }
    diagnostics
}

/// Everything that data say in words.
fn said(data: &Data) -> Vec<&Localized> {
    match data {
        Data::Series(series) => [&series.title, &series.description]
            .into_iter()
            .chain(series.values.iter().map(|value| &value.label))
            .collect(),
        Data::Events(events) => [&events.title, &events.description]
            .into_iter()
            .chain(events.events.iter().map(|event| &event.label))
            .collect(),
        Data::Table(table) => [&table.title, &table.description]
            .into_iter()
            .chain(&table.series)
            .chain(table.rows.iter().map(|row| &row.label))
            .collect(),
        Data::Groups(groups) => [&groups.title, &groups.description]
            .into_iter()
            .chain(groups.groups.iter().map(|group| &group.label))
            .collect(),
    }
}

/// The first figures in which two short texts differ: both say one, and not the same.
fn differing(zh: &str, en: &str, words: &Vocabulary) -> Option<(Figure, Figure)> {
    if zh == en {
        return None;
    }
    let mut left = figures::read(zh, Lang::Zh, words);
    let mut right = figures::read(en, Lang::En, words);
    left.retain(|figure| {
        let partner = right.iter().position(|other| agree(figure, other));
        partner.map(|at| right.remove(at)).is_none()
    });
    let firm = |figure: &Figure| figure.weight >= figures::Weight::Small;
    let a = left.into_iter().find(firm)?;
    let b = right
        .into_iter()
        .find(|b| firm(b) && figures::agree::same_sort(&a, b))?;
    Some((a, b))
}

/// What is named in both languages, for numbers that are in no chart: regions, bodies, and the labels
/// of all data.
pub struct Known {
    zh: Names,
    en: Names,
}

impl Known {
    /// Gathers the names of a report.
    #[must_use]
    pub fn new(report: &Report) -> Self {
        let mut known = Self {
            zh: Names::default(),
            en: Names::default(),
        };
        let mut most = 0;
        for (number, name) in report.names.iter() {
            most = most.max(number + 1);
            // 京 alone stands in too many other words.
            for zh in name.zh.iter().filter(|zh| zh.chars().nth(1).is_some()) {
                known.zh.add(zh, number);
            }
            for en in &name.en {
                known.en.add(en, number);
            }
        }
        for data in report.data.values() {
            if let Data::Series(series) = data {
                for value in &series.values {
                    if let (Some(zh), Some(en)) = (&value.label.zh, &value.label.en) {
                        let number = known
                            .zh
                            .get(zh)
                            .or_else(|| known.en.get(en))
                            .unwrap_or(most);
                        most = most.max(number + 1);
                        known.zh.add(zh, number);
                        known.en.add(en, number);
                    }
                }
            }
        }
        known
    }

    /// The names in one language.
    #[must_use]
    pub fn of(&self, lang: Lang) -> &Names {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// For each name that one figure alone is said of, that figure.
#[must_use]
pub fn once(bounds: &[Bound]) -> BTreeMap<usize, usize> {
    let mut found: BTreeMap<usize, Option<usize>> = BTreeMap::new();
    for bound in bounds {
        found
            .entry(bound.id)
            .and_modify(|figure| *figure = None)
            .or_insert(Some(bound.figure));
    }
    found
        .into_iter()
        .filter_map(|(id, figure)| Some((id, figure?)))
        .collect()
}
