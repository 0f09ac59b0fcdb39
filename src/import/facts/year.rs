//! The year that a text calls 今年, and the years that it leaves out.
//!
//! In: a document, a page, a date. Out: years. Promise: a year that can't be told is none.

use jiff::civil::Date;

use super::stated;
use crate::content::data::Precision;
use crate::figures::{self, Figure, Joint, Part, Value, Vocabulary, When, Year, joint};
use crate::import::sections::{Document, Node, Page};
use crate::lang::Lang;

/// The year of a document: that of its publication where it says so, the one in its title or the last of the
/// title's span, or the [`latest`] that it names.
#[must_use]
pub fn of_document(document: &Document, words: &Vocabulary) -> Option<i32> {
    let title = document.title.as_ref().map_or("", |title| &title.text);
    let lines: Vec<&str> = document.pages.iter().flat_map(lines).collect();
    published_when(document, words)
        .as_ref()
        .and_then(year)
        .or_else(|| only_year(title, words))
        .or_else(|| last_of_span(title, words))
        .or_else(|| latest(&lines, words))
}

/// The year of a page: the one in its title, or else the document's.
#[must_use]
pub fn of_page(page: &Page, title: &str, words: &Vocabulary, document: Option<i32>) -> Option<i32> {
    about(page, title, words)
        .or(document)
        .or_else(|| latest(&lines(page), words))
}

/// The day on which a document says that it was published, or the first day of the month.
#[must_use]
pub fn published(document: &Document, words: &Vocabulary) -> Option<Date> {
    let when = published_when(document, words)?;
    day(year(&when)?, when).map(|(date, _)| date)
}

fn published_when(document: &Document, words: &Vocabulary) -> Option<When> {
    let title = document.title.as_ref().map(|title| title.text.as_str());
    let mut all = document.pages.iter().flat_map(lines).chain(title);
    all.find_map(|line| {
        words.imprint(line)?.then(|| {
            whens(line, words)
                .into_iter()
                .find(|when| year(when).is_some())
        })?
    })
}

/// The year in the title of a document: what it is about.
#[must_use]
pub fn in_title(document: &Document, words: &Vocabulary) -> Option<i32> {
    let title = document.title.as_ref().map_or("", |title| &title.text);
    only_year(title, words)
}

/// The year in the title of a page.
#[must_use]
pub fn about(page: &Page, title: &str, words: &Vocabulary) -> Option<i32> {
    let heading = page.heading.as_ref().map_or("", |heading| &heading.text);
    only_year(title, words).or_else(|| only_year(heading, words))
}

fn only_year(text: &str, words: &Vocabulary) -> Option<i32> {
    let mut years: Vec<i32> = whens(text, words).iter().filter_map(year).collect();
    years.dedup();
    match years.as_slice() {
        [year] => Some(*year),
        _ => None,
    }
}

/// `2013—2021年`: the last year of the latest span of years.
fn last_of_span(text: &str, words: &Vocabulary) -> Option<i32> {
    let figures = figures::read(text, Lang::Zh, words);
    let whole = |figure: &Figure| match &figure.value {
        Value::Date(when) if when.is_year() && !stated::in_title(text, figure) => year(when),
        _ => None,
    };
    let ends = figures.windows(2).filter_map(|pair| {
        let [first, last] = pair else { return None };
        let gap = text.get(first.place.end..last.place.start)?;
        let span = whole(first)? < whole(last)? && joint(gap) == Some(Joint::To);
        whole(last).filter(|_| span)
    });
    ends.max()
}

/// The latest year of which a month is named, or else the end of the latest span of years.
fn latest(lines: &[&str], words: &Vocabulary) -> Option<i32> {
    let said = lines.iter().flat_map(|line| whens(line, words));
    let of_months = said.filter(|when| when.month.is_some());
    let spans = || lines.iter().filter_map(|line| last_of_span(line, words));
    let latest = of_months.filter_map(|when| year(&when)).max();
    latest.or_else(|| spans().max())
}

fn whens(text: &str, words: &Vocabulary) -> Vec<When> {
    let figures = figures::read(text, Lang::Zh, words);
    let when = |figure: Figure| match figure.value {
        Value::Date(when) if !stated::in_title(text, &figure) => Some(when),
        _ => None,
    };
    figures.into_iter().filter_map(when).collect()
}

fn year(when: &When) -> Option<i32> {
    match when.year {
        Some(Year::Of(year)) => Some(year),
        _ => None,
    }
}

fn lines(page: &Page) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut open: Vec<&Node> = page.nodes.iter().rev().collect();
    while let Some(node) = open.pop() {
        match node {
            Node::Section(_, nodes) => open.extend(nodes.iter().rev()),
            Node::Point { text, .. } | Node::Bullet { text, .. } | Node::Paragraph { text, .. } => {
                lines.push(text.as_str());
            }
        }
    }
    lines
}

/// What is known of time where a date stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The year that is 今年.
    pub this_year: Option<i32>,
    /// The year that the title names.
    pub about: Option<i32>,
    /// When the document was published.
    pub published: Option<Date>,
    /// The year that was said last on the line.
    pub said: Option<i32>,
    /// The month that opened the line before, in a list of what happened one after another.
    pub before: Option<Date>,
}

impl Calendar {
    /// The day that a date means, and how exactly it is said. A date without a year has the one that was
    /// said before it on the line, 今年 is the year of the document, 次年 the one after the one said.
    #[must_use]
    pub fn resolved(&self, text: &str, figure: &Figure) -> Option<(Date, Precision)> {
        let Value::Date(when) = &figure.value else {
            return None;
        };
        let year = match when.year {
            Some(Year::Of(year)) => year,
            Some(Year::FromNow(years)) => self.this_year? + years,
            Some(Year::Decade(_) | Year::Last) => return None,
            None => self.year_left_out(text, figure, *when)?,
        };
        day(year, *when)
    }

    fn year_left_out(&self, text: &str, figure: &Figure, when: When) -> Option<i32> {
        let before = self.before.map(|date| i32::from(date.year()));
        if let Some((later, _)) = year_word(text, figure.place.start) {
            return Some(self.said.or(before).or(self.about)? + later);
        }
        match when.month {
            Some(_) if self.said.is_some() => self.said,
            Some(month) => {
                let month = i8::try_from(month).ok()?;
                let head = text.get(..figure.place.start)?.trim_end();
                let opens = head
                    .chars()
                    .next_back()
                    .is_none_or(|c| "，。；：".contains(c));
                // `5月，…` after a line that begins `2022年4月7日，…`
                let follows = self.before.is_some_and(|before| month >= before.month());
                // `2021年大事记`: `3月5日，…`
                let about = self
                    .about
                    .filter(|year| before.is_none_or(|other| other == *year));
                // `发布日期：2022年7月6日`: `5月12日，…`
                let published = self.published.filter(|date| month <= date.month());
                let published = published.map(|date| i32::from(date.year()));
                let year = before.filter(|_| follows).or(about);
                year.or(published).filter(|_| opens)
            }
            None => when.part.and(self.said.or(self.this_year)),
        }
    }

    /// Goes on after a date.
    pub(super) fn pass(&mut self, date: Date) {
        self.said = Some(i32::from(date.year()));
    }
}

/// `同年` and `次年` before a date: how many years after the one that was said, and where it begins.
pub(super) fn year_word(text: &str, start: usize) -> Option<(i32, usize)> {
    let head = text.get(..start)?;
    let words = [
        ("同年", 0),
        ("当年", 0),
        ("次年", 1),
        ("翌年", 1),
        ("第二年", 1),
    ];
    words.iter().find_map(|(word, later)| {
        let head = head.strip_suffix(word)?;
        Some((*later, head.len()))
    })
}

fn day(year: i32, when: When) -> Option<(Date, Precision)> {
    // A file has no dates before the common era.
    let year = i16::try_from(year).ok().filter(|year| *year > 0)?;
    let (month, day, precision) = match (when.month, when.day, when.part) {
        (Some(month), Some(day), _) => (month, day, Precision::Day),
        (Some(month), None, _) => (month, 1, Precision::Month),
        (None, None, Some(Part::Half(half))) => (half * 6 - 5, 1, Precision::Half),
        (None, None, Some(Part::Quarter(quarter))) => (quarter * 3 - 2, 1, Precision::Quarter),
        (None, None, None) => (1, 1, Precision::Year),
        (None, Some(_), _) => return None,
    };
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day)
        .ok()
        .map(|date| (date, precision))
}
