//! Time to scale: a span of whole months along a line, its ticks and the names on them.

use jiff::civil::Date;

use super::scene::px;
use super::view::EventsView;
use crate::dates;
use crate::lang::Lang;

/// Ticks stand no nearer than this.
const LEAST_TICK: i32 = 6;

/// A name beside the line.
pub(crate) struct Label {
    pub(crate) y: i32,
    pub(crate) text: String,
    /// Not a month.
    pub(crate) is_year: bool,
}

/// From the first day of the first event's month to the end of the last one's, along a line.
pub(crate) struct Span {
    pub(crate) top: i32,
    pub(crate) bottom: i32,
    /// Months since the year 0.
    first: i32,
    after: i32,
}

impl Span {
    /// The span of these events (sorted by date) between two places.
    pub(crate) fn of(events: &EventsView, (top, bottom): (i32, i32)) -> Self {
        let first = events.rows.first().map_or(0, |row| month_of(row.date));
        let last = events.rows.last().map_or(first, |row| month_of(row.date));
        Self {
            top,
            bottom: bottom.max(top + 1),
            first,
            after: last + 1,
        }
    }

    /// Where a day is: months are equally long, days within them too.
    pub(crate) fn place(&self, day: Date) -> i32 {
        let part = f64::from(day.day() - 1) / f64::from(day.days_in_month());
        self.along(f64::from(month_of(day)) + part)
    }

    fn along(&self, months: f64) -> i32 {
        let part = (months - f64::from(self.first)) / f64::from(self.after - self.first);
        self.top + px(part * f64::from(self.bottom - self.top))
    }

    /// The places of the ticks without a name.
    pub(crate) fn ticks(&self) -> Vec<i32> {
        let step = self.step(LEAST_TICK);
        self.at_every(step)
            .map(|month| self.along(f64::from(month)))
            .collect()
    }

    /// The months and years that are named, at least `apart` from one another.
    ///
    /// January has the year's name, and so has the top, whatever the month there.
    pub(crate) fn labels(&self, apart: i32, lang: Lang) -> Vec<Label> {
        // Names at every month or two say no more than those at every quarter.
        let step = self.step(apart).max(3);
        let mut labels = vec![Label {
            y: self.top,
            text: self.first.div_euclid(12).to_string(),
            is_year: true,
        }];
        let named = self.at_every(step).filter(|month| *month < self.after);
        for month in named {
            let label = self.label(month, lang);
            // Near to the top its year says enough, unless the next year begins there.
            let near = label.y - self.top < apart * 2 / 3;
            if near && month.div_euclid(12) != self.first.div_euclid(12) {
                labels.clear();
            } else if near {
                continue;
            }
            labels.push(label);
        }
        labels
    }

    fn label(&self, month: i32, lang: Lang) -> Label {
        let y = self.along(f64::from(month));
        match i8::try_from(month.rem_euclid(12)) {
            Ok(number) if number > 0 => Label {
                y,
                text: dates::month(number + 1, lang),
                is_year: false,
            },
            _ => Label {
                y,
                text: month.div_euclid(12).to_string(),
                is_year: true,
            },
        }
    }

    fn at_every(&self, step: i32) -> impl Iterator<Item = i32> {
        let first = self.first.div_euclid(step) * step;
        let first = if first < self.first {
            first + step
        } else {
            first
        };
        (first..=self.after).step_by(usize::try_from(step).unwrap_or(1))
    }

    /// The least round number of months that are at least `apart` units long.
    fn step(&self, apart: i32) -> i32 {
        let height = i64::from(self.bottom - self.top);
        let months = i64::from(self.after - self.first);
        [1, 3, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000]
            .into_iter()
            .find(|step| height * i64::from(*step) >= i64::from(apart) * months)
            .unwrap_or(60_000)
    }
}

fn month_of(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}
