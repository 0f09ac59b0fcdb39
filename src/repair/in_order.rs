//! Rows of tables of characters. In: a line. Out: whether its characters are in the order of a code.
//!
//! A table of an encoding lists characters that hardly any text has, so that another reading of them
//! always looks better. But they rise from one to the next, as those of no text do. Promise: a look at
//! each character.

use super::channel::{Channel, channel};
use super::classes;
use super::table::{Table, Unit};

/// The codes that tables are made of, besides Unicode.
const CODES: [&str; 4] = [
    "utf8-gbk-dropped",
    "utf8-big5-dropped",
    "utf8-sjis-dropped",
    "utf8-euckr-dropped",
];

/// Rows of fewer Chinese characters than this say nothing.
const ENOUGH: usize = 8;
/// Of so many steps, one may go down: the row breaks.
const STEPS: usize = 8;

/// Whether the Chinese characters of a line rise in Unicode or in one of the codes.
pub(super) fn is_in_order(line: &[char]) -> bool {
    let row: Vec<char> = line
        .iter()
        .copied()
        .filter(|&c| classes::is_han(c))
        .collect();
    let tables = CODES.iter().filter_map(|name| channel(name));
    row.len() >= ENOUGH
        && (rises(&row)
            || tables
                .map(Channel::table)
                .any(|table| rises(&codes(table, &row))))
}

/// What the characters are in a code: the first byte and the second.
fn codes(table: &Table, row: &[char]) -> Vec<(u8, u8)> {
    let code = |&character: &char| match table.units(character).first() {
        Some(&Unit::Pair(lead, trail)) => (lead, trail),
        _ => (0, 0),
    };
    row.iter().map(code).collect()
}

fn rises<T: PartialOrd>(row: &[T]) -> bool {
    let falls = row.windows(2).filter(|pair| pair[0] >= pair[1]).count();
    falls * STEPS <= row.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_tables_from_text() {
        for (line, wanted) in [
            ("鐐鐑鐒鐓鐔鐕鐖鐗", true),
            ("亍 丌 兀 丐 廿 卅 丕 亘 丞", true),
            ("鐐鐑鐒鐓鐔鐕鐖", false),
            ("涓浗宸ヤ笟浼佷笟浠锋牸涓婃定", false),
        ] {
            let line_characters: Vec<char> = line.chars().collect();
            assert_eq!(is_in_order(&line_characters), wanted, "{line}");
        }
    }
}
