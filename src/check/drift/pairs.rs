//! Figures that belong together, and those that have no counterpart.
//!
//! In: two sides, the same words in two languages. Out: [`Match`]: pairs that agree, pairs that differ,
//! figures said in one language only. Promise: nearly linear: equal figures find each other by their
//! value; only what is left over is compared one by one, and of that a limited number.

use std::collections::{BTreeMap, VecDeque};

use super::alone;
use super::missed::is_missed;
use super::side::{Said, Side};
use crate::figures::agree::{agree, contradict, key, same_sort};
use crate::figures::{Bound, Number, Unit, Value, Weight, When, Year};
use crate::lang::Lang;

/// What came of comparing two sides: places in their lists of figures.
#[derive(Debug, Default)]
pub struct Match {
    /// Pairs that say the same.
    pub agreed: Vec<(usize, usize)>,
    /// Pairs that ought to.
    pub differing: Vec<(usize, usize)>,
    /// Said in the first language only.
    pub only_first: Vec<usize>,
    /// Said in the second language only.
    pub only_second: Vec<usize>,
    /// Small numbers of the first language without a counterpart, which alone mean nothing.
    pub loose_first: Vec<usize>,
    /// Those of the second.
    pub loose_second: Vec<usize>,
}

/// As many figures of each side are compared one by one.
pub const MOST: usize = 200;

/// As many figures of one key are looked at for one that agrees.
const NEAR: usize = 8;

/// Compares two sides.
#[must_use]
pub fn pair(first: &Side<'_>, second: &Side<'_>, original: Lang) -> Match {
    let mut pairing = Pairing {
        first,
        second,
        original,
        partner: vec![None; first.said.len()],
        taken: vec![false; second.said.len()],
    };
    // What must have a counterpart chooses first, among what must have one.
    for (a, b) in [
        (Weight::Firm, Weight::Firm),
        (Weight::Small, Weight::Small),
        (Weight::Soft, Weight::Soft),
    ] {
        pairing.equal(a, b);
    }
    for weight in [Weight::Firm, Weight::Small, Weight::Soft] {
        pairing.alike(weight);
    }
    pairing.finish()
}

struct Pairing<'a> {
    first: &'a Side<'a>,
    second: &'a Side<'a>,
    /// The language that the other is translated from.
    original: Lang,
    partner: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairing<'_> {
    fn a(&self, at: usize) -> Option<&Said> {
        self.first.said.get(at).map(|(_, said)| *said)
    }

    fn b(&self, at: usize) -> Option<&Said> {
        self.second.said.get(at).map(|(_, said)| *said)
    }

    fn left(&self, least: Weight) -> (Vec<usize>, Vec<usize>) {
        let open = |said: &Said| said.figure.weight >= least;
        let first = (0..self.partner.len())
            .filter(|at| self.partner.get(*at) == Some(&None) && self.a(*at).is_some_and(open));
        let second = (0..self.taken.len())
            .filter(|at| self.taken.get(*at) == Some(&false) && self.b(*at).is_some_and(open));
        (first.collect(), second.collect())
    }

    fn join(&mut self, a: usize, b: usize) {
        if let (Some(partner), Some(taken)) = (self.partner.get_mut(a), self.taken.get_mut(b)) {
            *partner = Some(b);
            *taken = true;
        }
    }

    /// Joins what is exactly equal, in order.
    fn equal(&mut self, first: Weight, second: Weight) {
        let (a, _) = self.left(first);
        let (_, b) = self.left(second);
        let mut waiting: BTreeMap<Value, VecDeque<usize>> = BTreeMap::new();
        for at in b {
            if let Some(said) = self.b(at) {
                waiting.entry(key(&said.figure)).or_default().push_back(at);
            }
        }
        for at in a {
            let Some(said) = self.a(at) else { continue };
            if said.figure.named.is_some() {
                continue;
            }
            // A key leaves out what may be left unsaid: half past seven may be that of the evening.
            let same = waiting.get_mut(&key(&said.figure));
            let found = same.and_then(|same| {
                let agrees = |at: &usize| {
                    self.b(*at)
                        .is_some_and(|other| agree(&said.figure, &other.figure))
                };
                let near = || same.iter().take(NEAR);
                let is_same = |at: &usize| {
                    self.b(*at)
                        .is_some_and(|other| is_place(other) && is_place(said))
                };
                let best = near().position(|at| agrees(at) && is_same(at));
                // 第三条 is not the three of `No. 3 Terminal`, if another three stands here.
                let other = || {
                    near()
                        .position(agrees)
                        .filter(|_| !self.has_other(at, said))
                };
                same.remove(best.or_else(other)?)
            });
            if let Some(found) = found {
                self.join(at, found);
            }
        }
    }

    /// Whether a number is left that is the same as this place in an order, but none itself.
    fn has_other(&self, at: usize, place: &Said) -> bool {
        let same = key(&place.figure);
        is_place(place)
            && (0..self.partner.len())
                .filter(|other| *other != at)
                .take(MOST)
                .any(|other| {
                    let is_open = self.partner.get(other) == Some(&None);
                    let said = self.a(other).filter(|said| is_open && !is_place(said));
                    said.is_some_and(|said| key(&said.figure) == same)
                })
    }

    /// Joins what agrees as far as both say something; one of the two must weigh this much.
    fn alike(&mut self, least: Weight) {
        let (a, _) = self.left(Weight::Soft);
        for at in a.into_iter().take(MOST) {
            let (_, b) = self.left(Weight::Soft);
            let found = b.into_iter().take(MOST).find(|other| {
                let (Some(x), Some(y)) = (self.a(at), self.b(*other)) else {
                    return false;
                };
                x.figure.weight.max(y.figure.weight) >= least
                    && agree(&x.figure, &y.figure)
                    && self.dates_fit(x, y)
            });
            if let Some(found) = found {
                self.join(at, found);
            }
        }
    }

    /// A date without a year means the year that was said before, or that is said beside it; a day without a
    /// month likewise.
    fn dates_fit(&self, a: &Said, b: &Said) -> bool {
        let (Value::Date(x), Value::Date(y)) = (&a.figure.value, &b.figure.value) else {
            return true;
        };
        let years = match (x.year, y.year) {
            (Some(Year::Of(year)), None) => self.means(b, year, self.second),
            (None, Some(Year::Of(year))) => self.means(a, year, self.first),
            _ => true,
        };
        let months = match (x.month, y.month) {
            (Some(month), None) => is_in_month(b, month),
            (None, Some(month)) => is_in_month(a, month),
            _ => true,
        };
        years && months
    }

    /// Whether a date without a year, where it stands, can mean this year: a translation may add the
    /// year that was said long before, but not leave one out that is said nowhere near.
    fn means(&self, said: &Said, year: i32, side: &Side<'_>) -> bool {
        // The year in the name of a plan is not that of what is told.
        let says = |said: &(usize, &Said)| matches!(&said.1.figure.value, Value::Date(When { year: Some(Year::Of(other)), .. }) if *other == year && !said.1.in_title);
        match said.last.year {
            Some(Year::Of(before)) if before == year && side.read.page.lang == self.original => {
                true
            }
            Some(Year::FromNow(_) | Year::Last) => true,
            _ => side.said.iter().any(says),
        }
    }

    fn finish(self) -> Match {
        let mut found = Match::default();
        for (a, b) in self.partner.iter().enumerate() {
            if let Some(b) = *b {
                let bounds = self.a(a).zip(self.b(b));
                let contrary = bounds.is_some_and(|(a, b)| {
                    let (one, other) = (a.figure.bound, b.figure.bound);
                    contradict(one, other) || (is_more(one, other) && !is_span(a))
                });
                let list = if contrary {
                    &mut found.differing
                } else {
                    &mut found.agreed
                };
                list.push((a, b));
            }
        }
        let (a, b) = self.left(Weight::Soft);
        let mut b: VecDeque<usize> = b.into();
        for at in a {
            match self.rival(at, &b) {
                Some(place) => {
                    if let Some(other) = b.remove(place) {
                        found.differing.push((at, other));
                    }
                }
                None => found.only_first.push(at),
            }
        }
        found.only_second.extend(b);
        in_two_numbers(
            (self.first, &mut found.only_first),
            (self.second, &mut found.only_second),
        );
        in_two_numbers(
            (self.second, &mut found.only_second),
            (self.first, &mut found.only_first),
        );
        let (first, second) = (self.first, self.second);
        alone::pair(first, second, &mut found);
        let is_loose =
            |said: Option<&Said>| said.is_some_and(|said| said.figure.weight == Weight::Small);
        found.loose_first = found.only_first.clone();
        found.loose_first.retain(|at| is_loose(self.a(*at)));
        found.loose_second = found.only_second.clone();
        found.loose_second.retain(|at| is_loose(self.b(*at)));
        found.only_first.retain(|at| is_missed(first, *at, second));
        found.only_second.retain(|at| is_missed(second, *at, first));
        found
    }

    /// The first figure left in the other language that this one may have been meant to be.
    fn rival(&self, at: usize, others: &VecDeque<usize>) -> Option<usize> {
        let a = self.a(at)?;
        others.iter().take(MOST).position(|other| {
            self.b(*other).is_some_and(|b| {
                let both = a.figure.weight.min(b.figure.weight);
                let titles = a.in_title && b.in_title;
                let weighs = both >= Weight::Small || titles;
                // `second` in words is often said without a number: it stands for another place alone.
                let places = both > Weight::Small
                    || !(is_early(a) || is_early(b))
                    || (is_place(a) && is_place(b));
                let counts = weighs && places && !is_one(a) && !is_one(b);
                (counts && same_sort(&a.figure, &b.figure)) || is_other_place(a, b)
            })
        })
    }
}

/// Whether a day without a month may be in this one: it was said before, or is said from now (本月5日).
fn is_in_month(said: &Said, month: u8) -> bool {
    said.last.month == Some(month) || said.is_of_month
}

/// 万分之零点八 and `0.8 bags in ten thousand`: a share that the other language says in two numbers.
fn in_two_numbers(
    (side, shares): (&Side<'_>, &mut Vec<usize>),
    (other, numbers): (&Side<'_>, &mut Vec<usize>),
) {
    let amount = |side: &Side<'_>, at: usize| match &side.said.get(at)?.1.figure.value {
        Value::Amount(amount) => amount
            .compared()
            .map(|number| (amount.unit.clone(), number)),
        _ => None,
    };
    shares.retain(|at| {
        let Some((Unit::Share, share)) = amount(side, *at) else {
            return true;
        };
        let is_it = |pair: &[usize]| match pair {
            [a, b] if *b == a + 1 => {
                let (above, below) = (amount(other, *a), amount(other, *b));
                above
                    .zip(below)
                    // 每五人中有一人: the whole first
                    .is_some_and(|((_, above), (_, below))| {
                        [above.over(below), below.over(above)].contains(&Some(share))
                    })
            }
            _ => false,
        };
        let found = numbers.windows(2).take(MOST).position(is_it);
        if let Some(place) = found {
            numbers.drain(place..place + 2);
        }
        found.is_none()
    });
}

/// One of something, which may be said in any way; 一倍 and 只有一台 are not.
pub(super) fn is_one(said: &Said) -> bool {
    said.figure.weight == Weight::Soft
        && matches!(&said.figure.value, Value::Amount(amount)
            if amount.number == Number::ONE && matches!(amount.unit, Unit::Things | Unit::Place))
}

fn is_place(said: &Said) -> bool {
    matches!(&said.figure.value, Value::Amount(amount) if amount.unit == Unit::Place)
}

/// 第一次 and `for the second time`: one of the two is the first, which need not be said at all.
fn is_other_place(a: &Said, b: &Said) -> bool {
    let both = is_place(a) && is_place(b);
    let is_plain = !a.in_title && !b.in_title;
    both && is_plain
        && is_one(a) != is_one(b)
        && a.figure.weight.max(b.figure.weight) >= Weight::Small
}

/// The first three places of an order.
fn is_early(said: &Said) -> bool {
    is_place(said)
        && matches!(&said.figure.value, Value::Amount(amount)
            if amount.number.is_below(Number::whole(4)))
}

/// 约 and `more than`; 余 and `about` are the same to many.
fn is_more(chinese: Bound, english: Bound) -> bool {
    (chinese, english) == (Bound::About, Bound::Above)
}

/// How long, of which `over` says something else.
fn is_span(said: &Said) -> bool {
    matches!(&said.figure.value, Value::Amount(amount) if amount.unit.is_time())
}
