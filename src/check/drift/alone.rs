//! Numbers that are left over one in each language: 三个 for `two`.
//!
//! In: two sides and what came of pairing them. Out: one more pair that differs, if a paragraph and its
//! counterpart each have one number left that may be said in other words. Promise: what may be said in other
//! words is never missed alone; 十几家 and `a dozen or so` are compared with nothing.

use super::pairs::{Match, is_one};
use super::side::{Said, Side};
use crate::figures::agree::same_sort;
use crate::figures::{Bound, Number, Unit, Value};

/// Joins the only number left in each of two blocks.
pub fn pair(first: &Side<'_>, second: &Side<'_>, found: &mut Match) {
    if first.blocks.len() != 1 || second.blocks.len() != 1 {
        return;
    }
    let (Some(a), Some(b)) = (
        only(first, &found.only_first),
        only(second, &found.only_second),
    ) else {
        return;
    };
    let both = said(first, a).zip(said(second, b));
    if both.is_some_and(|(x, y)| same_sort(&x.figure, &y.figure)) {
        found.only_first.retain(|at| *at != a);
        found.only_second.retain(|at| *at != b);
        found.differing.push((a, b));
    }
}

/// The one exact number among these figures.
fn only(side: &Side<'_>, left: &[usize]) -> Option<usize> {
    let mut numbers = left
        .iter()
        .filter(|at| said(side, **at).is_some_and(is_number));
    match (numbers.next(), numbers.next()) {
        (Some(at), None) => Some(*at),
        _ => None,
    }
}

fn said<'a>(side: &Side<'a>, at: usize) -> Option<&'a Said> {
    side.said.get(at).map(|(_, said)| *said)
}

fn is_number(said: &Said) -> bool {
    let counts = matches!(&said.figure.value, Value::Amount(amount)
        if matches!(amount.unit, Unit::Things | Unit::Share)
            // 一到十亿 and `one to a billion`: which of them a multiplier belongs to is open.
            && amount.number.is_below(Number::whole(10_000)));
    counts && !is_one(said) && !said.in_title && said.figure.bound != Bound::About
}
