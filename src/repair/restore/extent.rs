//! How far damage goes between sound text. In: a line, and a place where damage may begin. Out: where
//! it begins and ends, judging by single characters.
//!
//! Sound text beside damage can often be read as damaged, too, so that a stretch that takes all that can
//! be read takes too much, and is refused. Which of the two a character is rather, its frequencies in
//! sound and in damaged text tell; the row of characters that says most for damage, summed up, is its
//! extent (the segment of the greatest sum, ended where the sum has dropped: Altschul et al. 1990).
//! Promise: no search, and time grows with the length of the row alone.

use std::ops::Range;

use super::super::characters::Characters;
use super::super::table::{Table, Unit};

/// Nats that a row of characters says for damage at least.
const ENOUGH: f32 = 6.0;
/// By how much it falls, from its height, where it is over.
const DROP: f32 = 14.0;
/// Nats of a byte in Chinese text in UTF-8: that it begins a character, and which of six it is; that it
/// goes on with one, and which of 64 it is; any other.
const BEGINS: f32 = 2.9;
const GOES_ON: f32 = 4.6;
const OTHER: f32 = 6.5;

/// The first row from a place on, starting before `limit`, that says enough for damage.
pub(super) fn extent(
    table: &Table,
    characters: &Characters,
    damaged: &[char],
    from: usize,
    limit: usize,
) -> Option<Range<usize>> {
    let (mut start, mut sum) = (from, 0.0_f32);
    let (mut end, mut most) = (from, 0.0_f32);
    for (at, &character) in damaged.iter().enumerate().skip(from) {
        sum += says(table, characters, character);
        if sum > most {
            (end, most) = (at + 1, sum);
        }
        if sum < most - DROP && most >= ENOUGH {
            break;
        }
        if sum <= 0.0 || sum < most - DROP {
            if at + 1 >= limit {
                break;
            }
            (start, sum, end, most) = (at + 1, 0.0, at + 1, 0.0);
        }
    }
    (most >= ENOUGH && start < limit).then_some(start..end)
}

/// By how many nats a character is likelier in damaged text than in sound text.
pub(super) fn says(table: &Table, characters: &Characters, character: char) -> f32 {
    if character.is_ascii() {
        // It passes through the damage.
        return 0.0;
    }
    let units = table.units(character).iter().map(|unit| match *unit {
        Unit::Pair(lead, trail) => byte(lead) + byte(trail),
        Unit::Single(single) => byte(single),
    });
    let damaged = units.fold(f32::INFINITY, f32::min);
    characters.cost(character) - damaged
}

fn byte(byte: u8) -> f32 {
    match byte {
        0xe4..=0xe9 => BEGINS,
        0x80..=0xbf => GOES_ON,
        _ => OTHER,
    }
}
