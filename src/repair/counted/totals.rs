//! Numbers that say how many follow, or came: 六项要求 before a list, 北京、上海等六个城市, 六省（广东、…）. In: the
//! lines of a document as damaged and as restored, and its lists of ordinals. Out: the same, each such
//! number in doubt what the list or enumeration counts, if it can be that.

use std::collections::BTreeMap;

use super::ordinals::Lists;
use super::{Change, Number, is_open, may_be, numbers_of, put};
use crate::repair::RepairedLine;
use crate::repair::classes::{self, Kind};

/// How probable the number of what is there is: 等 may leave some out, and a list may have been cut.
const COUNTED: f64 = 0.9;
/// Fewer than this are no enumeration.
const FEW: usize = 3;
/// So far from its number an enumeration begins at most.
const NEAR: usize = 10;
/// What joins the last of an enumeration.
const JOINTS: [char; 4] = ['和', '及', '与', '或'];

/// Settles the totals in doubt of the lines that nobody has `said`.
pub(super) fn settle<L: AsRef<str>>(
    lines: &[L],
    repaired: &mut [RepairedLine],
    said: &[Option<RepairedLine>],
    lists: &Lists,
) {
    let begun = begun(lists);
    // From the last line on: the next one that is not empty is known.
    let mut below = None;
    for index in (0..repaired.len()).rev() {
        let line = &mut repaired[index];
        if said[index].is_none() {
            let text: Vec<char> = line.text.chars().collect();
            let changes = totals(line, &text).into_iter().filter_map(|(number, end)| {
                let from = number.places.end;
                let here = begun.range((index, from)..(index, end)).next();
                // A list in the next line is that of the last number.
                let below = below.filter(|_| end == text.len());
                let next = || begun.range((below?, 0)..(below? + 1, 0)).next();
                let listed = || here.or_else(next).map(|list| *list.1);
                let value = enumerated(&text, &number).or_else(listed)?;
                let fits = value >= FEW && may_be(line, &text, &number, value);
                fits.then_some(Change {
                    number,
                    value,
                    sure: COUNTED,
                })
            });
            let changes: Vec<Change> = changes.collect();
            if !changes.is_empty() {
                put(lines[index].as_ref(), line, &changes);
            }
        }
        if !line.text.trim().is_empty() {
            below = Some(index);
        }
    }
}

/// The numbers in doubt that may be totals, each with where the next one is, or the end.
fn totals(line: &RepairedLine, text: &[char]) -> Vec<(Number, usize)> {
    let is_total = |number: &Number| {
        let before = number.places.start.checked_sub(1).map(|at| text[at]);
        let counts = text
            .get(number.places.end)
            .is_some_and(|c| classes::is_han(*c) && *c != '是');
        is_open(line, text, number) && counts && !matches!(before, Some('第' | '其'))
    };
    let found: Vec<Number> = numbers_of(line, text)
        .into_iter()
        .filter(is_total)
        .collect();
    let starts = found.iter().skip(1).map(|next| next.places.start);
    let ends: Vec<usize> = starts.chain([text.len()]).collect();
    found.into_iter().zip(ends).collect()
}

/// How long each list is that begins with 1, by the line and the place where it does.
fn begun(lists: &Lists) -> BTreeMap<(usize, usize), usize> {
    let mut begun = BTreeMap::new();
    for list in lists.values() {
        for run in list.chunk_by(|a, b| a.number.value + 1 == b.number.value) {
            if run[0].number.value == 1 {
                begun.insert((run[0].line, run[0].number.places.start), run.len());
            }
        }
    }
    begun
}

/// How many are named before 等 and the number, or after the number and a colon or bracket.
fn enumerated(text: &[char], number: &Number) -> Option<usize> {
    let (before, after) = (&text[..number.places.start], &text[number.places.end..]);
    if let Some((_, named)) = before.split_last().filter(|last| *last.0 == '等') {
        let from = named.iter().rposition(|&c| ends(c)).map_or(0, |at| at + 1);
        return named_in(&named[from..]);
    }
    let opens = after
        .iter()
        .take(NEAR)
        .position(|&c| classes::kind(c) == Kind::Mark)?;
    let named = matches!(after[opens], '：' | ':' | '（' | '(').then(|| &after[opens + 1..])?;
    let to = named.iter().position(|&c| ends(c)).unwrap_or(named.len());
    // A clause is none of several names.
    let whole = named
        .get(to)
        .is_none_or(|c| !matches!(c, '，' | ',' | '：' | ':'));
    if whole { named_in(&named[..to]) } else { None }
}

/// How many names an enumeration has: what `、` parts, and at its end a joint.
fn named_in(text: &[char]) -> Option<usize> {
    let last = text.rsplit(|&c| c == '、').next()?;
    let parts = text.iter().filter(|&&c| c == '、').count();
    let joined = last.iter().skip(1).any(|c| JOINTS.contains(c));
    (parts > 0).then_some(parts + 1 + usize::from(joined))
}

/// Whether an enumeration does not go on over a character.
fn ends(character: char) -> bool {
    classes::kind(character) == Kind::Mark
        && !matches!(character, '、' | '·' | '“' | '”' | '《' | '》')
}
