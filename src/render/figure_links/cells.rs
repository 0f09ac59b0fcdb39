//! Which numbers of a sentence stand in a chart.
//!
//! In: a sentence, and what a chart says. Out: the cell of the chart's table for each number that says
//! the same, with its place. Promise: a number counts only where its name stands in the same sentence,
//! with no other name of the chart between the two, or where 分别 binds them; for several series, the
//! series must be clear too.

use std::ops::Range;

use crate::content::data::Precision;
use crate::figures::labels::{self, Names};
use crate::figures::{self, Figure, Number, Part, Unit, Value, Vocabulary, When, Year};
use crate::lang::Lang;
use crate::names;
use crate::render::charts::{Said, SaidCell, SaidValue};

/// What is known of words, whatever the chart.
#[derive(Clone, Copy)]
pub(in crate::render) struct Known<'a> {
    pub vocabulary: &'a Vocabulary,
    pub names: &'a names::Names,
}

/// A cell of a chart's table: its row and its column, from 0.
pub(super) type Cell = (usize, usize);

/// A chart that is looked for in sentences.
pub(super) struct Sought<'a> {
    lang: Lang,
    vocabulary: &'a Vocabulary,
    names: Names,
    rows: Vec<Row<'a>>,
}

struct Row<'a> {
    label: &'a str,
    cells: Vec<(&'a SaidCell, Wanted)>,
}

/// What a text must say.
enum Wanted {
    Number(Figure),
    Time(When),
}

impl<'a> Sought<'a> {
    pub(super) fn new(said: &'a [Said], lang: Lang, known: Known<'a>) -> Self {
        let mut names = Names::default();
        let bare = |label: &'a str| label.trim_matches(['《', '》']);
        for (row, one) in said.iter().enumerate() {
            names.add(bare(&one.label), row);
        }
        for (row, one) in said.iter().enumerate() {
            for other in known.names.others(&one.label, lang) {
                names.add(other, row);
            }
        }
        let row = |one: &'a Said| Row {
            label: &one.label,
            cells: one
                .cells
                .iter()
                .filter_map(|cell| Some((cell, wanted(cell, lang, known.vocabulary)?)))
                .collect(),
        };
        Self {
            lang,
            vocabulary: known.vocabulary,
            names,
            rows: said.iter().map(row).collect(),
        }
    }

    /// The cells that a sentence says, each with the place of its number.
    pub(super) fn find(&self, text: &str) -> Vec<(Cell, Range<usize>)> {
        let places = labels::places(text, self.lang, &self.names);
        if places.is_empty() {
            return Vec::new();
        }
        let figures = figures::read(text, self.lang, self.vocabulary);
        let mut found = Vec::new();
        for (at, (row, name)) in places.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| places.get(at));
            let before = before.map_or(0, |(_, place)| place.end);
            let after = places
                .get(at + 1)
                .map_or(text.len(), |(_, place)| place.start);
            for (cell, wanted) in self.cells(*row, text) {
                let nearest = match wanted {
                    Wanted::Number(value) => {
                        let says = |figure: &&Figure| says_number(figure, value);
                        let within = |from: usize, to: usize| {
                            let inside = move |figure: &&Figure| {
                                figure.place.start >= from && figure.place.end <= to
                            };
                            figures.iter().filter(inside).find(says)
                        };
                        // After its name, else before it.
                        within(name.end, after).or_else(|| within(before, name.start))
                    }
                    Wanted::Time(when) => {
                        let says = |figure: &&Figure| says_time(figure, *when);
                        let is_before = |figure: &&Figure| figure.place.end <= name.start;
                        let last = figures.iter().rev().filter(is_before).find(says);
                        last.or_else(|| {
                            let is_after = |figure: &&Figure| figure.place.start >= name.end;
                            figures.iter().filter(is_after).find(says)
                        })
                    }
                };
                let place = nearest.map(|figure| number_of(text, figure));
                found.extend(place.map(|place| ((*row, cell.column), place)));
            }
        }
        found.extend(self.respectively(text, &figures));
        found
    }

    /// `甲、乙分别为1、2`
    fn respectively(&self, text: &str, figures: &[Figure]) -> Vec<(Cell, Range<usize>)> {
        let all: Vec<&Figure> = figures.iter().collect();
        let bounds = labels::bind(text, self.lang, &all, &self.names);
        let mut found = Vec::new();
        for bound in bounds {
            let Some(figure) = figures.get(bound.figure) else {
                continue;
            };
            let says = |wanted: &Wanted| matches!(wanted, Wanted::Number(value) if says_number(figure, value));
            let cell = self
                .cells(bound.id, text)
                .find(|(_, wanted)| says(wanted))
                .map(|(cell, _)| (bound.id, cell.column));
            found.extend(cell.map(|cell| (cell, number_of(text, figure))));
        }
        found
    }

    /// The cells of a row that this sentence may mean: of several that hold the same value, or where
    /// the row is named by a number, those whose series it names.
    fn cells(&self, row: usize, text: &str) -> impl Iterator<Item = (&SaidCell, &Wanted)> {
        let row = self.rows.get(row);
        let by_number = row.is_some_and(|row| row.label.starts_with(|c: char| c.is_ascii_digit()));
        let cells = row.map_or(&[][..], |row| row.cells.as_slice());
        let is_clear = move |cell: &SaidCell, wanted: &Wanted| {
            let twins = cells.iter().filter(|(_, other)| same(wanted, other));
            cell.series.is_empty()
                || (twins.count() == 1 && !by_number)
                || text.contains(&cell.series)
        };
        cells
            .iter()
            .filter(move |(cell, wanted)| is_clear(cell, wanted))
            .map(|(cell, wanted)| (*cell, wanted))
    }
}

fn wanted(cell: &SaidCell, lang: Lang, words: &Vocabulary) -> Option<Wanted> {
    match &cell.value {
        SaidValue::Number { value, unit } => {
            figures::written(*value, unit, lang, words).map(Wanted::Number)
        }
        SaidValue::Time { date, precision } => {
            let month = u8::try_from(date.month()).ok();
            let mut when = When::year(Year::Of(i32::from(date.year())));
            match precision {
                Precision::Day => {
                    when.month = month;
                    when.day = u8::try_from(date.day()).ok();
                }
                Precision::Month => when.month = month,
                Precision::Quarter => when.part = month.map(|m| Part::Quarter(m.div_ceil(3))),
                Precision::Half => when.part = month.map(|m| Part::Half(m.div_ceil(6))),
                Precision::Year => {}
            }
            Some(Wanted::Time(when))
        }
    }
}

fn same(a: &Wanted, b: &Wanted) -> bool {
    match (a, b) {
        (Wanted::Number(a), Wanted::Number(b)) => a.value == b.value,
        (Wanted::Time(a), Wanted::Time(b)) => a == b,
        _ => false,
    }
}

/// Whether a figure of the text says this value: in the same unit, or in an enumeration with none.
fn says_number(said: &Figure, wanted: &Figure) -> bool {
    let (Value::Amount(a), Value::Amount(b)) = (&said.value, &wanted.value) else {
        return false;
    };
    let bare = a.unit == Unit::Things && said.unit.is_empty() && a.multiplier == Number::ONE;
    (a.unit == b.unit && a.compared() == b.compared())
        || (bare && a.number.times(b.multiplier) == Some(b.number))
}

/// Whether a date of the text is this one; the year may have been said before.
fn says_time(said: &Figure, wanted: When) -> bool {
    let Value::Date(when) = said.value else {
        return false;
    };
    let year_is_known = when.year.is_none() && wanted.month.is_some();
    when.without_year() == wanted.without_year() && (when.year == wanted.year || year_is_known)
}

/// The number alone, with 万 and 亿 but without what is counted.
fn number_of(text: &str, figure: &Figure) -> Range<usize> {
    let place = figure.place.clone();
    let number = place.start..figure.unit.start;
    let is_inside = place.contains(&number.end) && !matches!(figure.value, Value::Date(_));
    match text.get(number.clone()).filter(|_| is_inside) {
        Some(words) if !words.trim().is_empty() => {
            let rest = text.get(number.end..place.end).unwrap_or_default();
            let multiplier = rest
                .chars()
                .take_while(|c| matches!(c, '万' | '亿' | '%' | '％'));
            let end = number.end + multiplier.map(char::len_utf8).sum::<usize>();
            let end = if end == number.end {
                number.start + words.trim_end().len()
            } else {
                end
            };
            number.start..end
        }
        _ => place,
    }
}
