//! Ordinals, in their order: 一、 （二） 第三条 四是 and the like. In: the lines of a document as damaged and
//! as restored. Out: the same, each numeral in doubt the next after the one before it in its list, or the
//! last before the one that follows; and the lists.
//!
//! A list is what comes in one form: what stands before the number and after it. It begins anew wherever
//! its numbers do. Where the numbers before and after want two things, neither is believed.

use std::collections::BTreeMap;

use super::{Change, Number, is_open, may_be, numbers_of, put};
use crate::repair::RepairedLine;
use crate::repair::classes::{self, Kind};

/// How probable the next number of a list is: of 六 and 八 the model can't tell, and in statutes, manuals
/// and reports the numbers of a list follow one another but for a few misprints.
const NEXT: f64 = 0.97;

/// What stands before a number, if anything, and after it.
type Form = (Option<char>, char);

/// An ordinal of a list.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// The index of its line.
    pub(super) line: usize,
    pub(super) number: Number,
    /// Whether its value is known, and what it may be else.
    known: bool,
    may_be: Vec<usize>,
}

/// The ordinals of each form, in the order of the document.
pub(super) type Lists = BTreeMap<Form, Vec<Item>>;

/// Settles the ordinals in doubt of the lines that nobody has `said`.
pub(super) fn settle<L: AsRef<str>>(
    lines: &[L],
    repaired: &mut [RepairedLine],
    said: &[Option<RepairedLine>],
) -> Lists {
    let mut lists = Lists::new();
    for (index, line) in repaired.iter().enumerate() {
        let line = said[index].as_ref().unwrap_or(line);
        let text: Vec<char> = line.text.chars().collect();
        for number in numbers_of(line, &text) {
            let Some(form) = form(&text, &number) else {
                continue;
            };
            let known = said[index].is_some() || !is_open(line, &text, &number);
            let allowed = |value: &usize| !known && may_be(line, &text, &number, *value);
            lists.entry(form).or_default().push(Item {
                line: index,
                known,
                may_be: (1..=99).filter(allowed).collect(),
                number,
            });
        }
    }
    let mut changes: BTreeMap<usize, Vec<Change>> = BTreeMap::new();
    for list in lists.values_mut() {
        for at in 0..list.len() {
            let Some(value) = wanted(list, at).filter(|_| !list[at].known) else {
                continue;
            };
            let item = &mut list[at];
            let number = item.number.clone();
            if item.may_be.contains(&value) {
                item.number.value = value;
                item.known = true;
                changes.entry(item.line).or_default().push(Change {
                    number,
                    value,
                    sure: NEXT,
                });
            }
        }
    }
    for (index, changes) in changes {
        put(lines[index].as_ref(), &mut repaired[index], &changes);
    }
    lists
}

/// What the ordinals before and after one want it to be.
fn wanted(list: &[Item], at: usize) -> Option<usize> {
    let value = |item: &Item| item.known.then_some(item.number.value);
    let before = at.checked_sub(1).and_then(|before| value(&list[before]));
    let behind = list.get(at + 1).and_then(value);
    let rising = before.map(|before| before + 1);
    // What comes behind may be the first of another list.
    let falling = behind.filter(|&behind| behind > 1).map(|behind| behind - 1);
    match (rising, falling) {
        (Some(one), Some(other)) if one != other => None,
        (one, other) => one.or(other),
    }
}

/// The form of a number that is an ordinal: it stands at the beginning of its line or after a mark.
fn form(text: &[char], number: &Number) -> Option<Form> {
    let before = |at: usize| at.checked_sub(1).map(|before| text[before]);
    let first = before(number.places.start);
    let next = *text.get(number.places.end)?;
    let prefix = first.filter(|c| matches!(c, '第' | '其' | '（' | '('));
    let begins = match prefix {
        Some(_) => before(number.places.start - 1),
        None => first,
    };
    let starts = begins.is_none_or(|c| matches!(classes::kind(c), Kind::Mark | Kind::Space));
    let heads = text[..number.places.start]
        .iter()
        .all(|c| c.is_whitespace());
    let fits = match (prefix, next) {
        (Some('第'), _) | (None, '是') => true,
        (Some('其'), next) => !classes::is_han(next),
        (Some(_), next) => matches!(next, '）' | ')'),
        (None, '、' | '．' | '.') => heads,
        (None, _) => false,
    };
    (starts && fits).then_some((prefix, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(values: &[Option<usize>]) -> Vec<Item> {
        let item = |value: &Option<usize>| Item {
            line: 0,
            number: Number {
                places: 0..1,
                value: value.unwrap_or_default(),
            },
            known: value.is_some(),
            may_be: Vec::new(),
        };
        values.iter().map(item).collect()
    }

    #[test]
    fn an_ordinal_fits_between_its_neighbours() {
        let wanted = |values: &[Option<usize>], at| wanted(&list(values), at);
        assert_eq!(wanted(&[Some(5), None, Some(7)], 1), Some(6));
        assert_eq!(
            wanted(&[Some(7), None, Some(1)], 1),
            Some(8),
            "the last of its list"
        );
        assert_eq!(wanted(&[None, Some(9)], 0), Some(8));
        assert_eq!(wanted(&[Some(5), None, Some(9)], 1), None);
        assert_eq!(wanted(&[None, Some(1)], 0), None);
        assert_eq!(wanted(&[None, None], 1), None);
    }

    #[test]
    fn ordinals_stand_at_the_beginning_of_something() {
        for (text, fits) in [
            ("六、总结", true),
            ("（六）总结", true),
            ("第六条 总结", true),
            ("五年，六是总结", true),
            ("其六，总结", true),
            ("按照第六条", false),
            ("广东（六）、", false),
            ("五、六、七月", false),
            ("第五、六名", false),
            ("六月", false),
            ("六", false),
        ] {
            let characters: Vec<char> = text.chars().collect();
            let at = text.chars().position(|c| c == '六').expect("it has one");
            let number = Number {
                places: at..at + 1,
                value: 6,
            };
            assert_eq!(form(&characters, &number).is_some(), fits, "{text}");
        }
    }
}
