//! What came back, beside what was written.
//!
//! In: two texts. Out: how many characters have to change to make one the other, and which
//! characters of the second are those of the first. Promise: the distance is the least (Levenshtein,
//! 1966), but where so much differs that finding it would keep everyone waiting.

/// Beyond so many pairs of differing characters a line is compared place by place: the least
/// distance takes time and space that grow with them.
const COMPARED: usize = 16_000_000;

/// A comparison.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Aligned {
    /// Characters to insert, delete or replace.
    pub(super) distance: usize,
    /// For each character of the result, whether it is what was written there.
    pub(super) right: Vec<bool>,
}

/// The way back from a cell of the table of distances.
#[derive(Clone, Copy)]
enum Step {
    Both,
    Truth,
    Result,
}

/// Puts the characters of two texts side by side.
pub(super) fn align(truth: &[char], result: &[char]) -> Aligned {
    let head = common(truth.iter().zip(result));
    let (rest, found) = (&truth[head..], &result[head..]);
    let tail = common(rest.iter().rev().zip(found.iter().rev()));
    let (rest, found) = (&rest[..rest.len() - tail], &found[..found.len() - tail]);
    let (distance, between) = if rest.len().saturating_mul(found.len()) > COMPARED {
        place_by_place(rest, found)
    } else {
        least(rest, found)
    };
    let mut right = vec![true; head];
    right.extend(between);
    right.resize(result.len(), true);
    Aligned { distance, right }
}

fn common<'a>(pairs: impl Iterator<Item = (&'a char, &'a char)>) -> usize {
    pairs.take_while(|(a, b)| a == b).count()
}

fn place_by_place(truth: &[char], result: &[char]) -> (usize, Vec<bool>) {
    let same = |(at, character)| truth.get(at) == Some(character);
    let right: Vec<bool> = result.iter().enumerate().map(same).collect();
    let kept = right.iter().filter(|right| **right).count();
    (truth.len().max(result.len()) - kept, right)
}

fn least(truth: &[char], result: &[char]) -> (usize, Vec<bool>) {
    let width = result.len() + 1;
    let mut steps = vec![Step::Result; width * (truth.len() + 1)];
    let mut row: Vec<usize> = (0..width).collect();
    for (i, written) in (1..).zip(truth) {
        let mut corner = row[0];
        row[0] = i;
        steps[i * width] = Step::Truth;
        for (j, found) in (1..).zip(result) {
            let replaced = corner + usize::from(written != found);
            corner = row[j];
            let gap = row[j - 1].min(corner) + 1;
            steps[i * width + j] = match gap {
                _ if replaced <= gap => Step::Both,
                _ if row[j - 1] < corner => Step::Result,
                _ => Step::Truth,
            };
            row[j] = replaced.min(gap);
        }
    }
    (row[result.len()], right(truth, result, &steps))
}

fn right(truth: &[char], result: &[char], steps: &[Step]) -> Vec<bool> {
    let width = result.len() + 1;
    let mut right = vec![false; result.len()];
    let (mut i, mut j) = (truth.len(), result.len());
    while i > 0 || j > 0 {
        match steps[i * width + j] {
            Step::Both => {
                (i, j) = (i - 1, j - 1);
                right[j] = truth[i] == result[j];
            }
            Step::Truth => i -= 1,
            Step::Result => j -= 1,
        }
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_and_aligns() {
        for (truth, result, distance, right) in [
            ("", "", 0, ""),
            ("甲乙", "甲乙", 0, "++"),
            ("甲乙丙", "甲丙", 1, "++"),
            ("甲丙", "甲乙丙", 1, "+-+"),
            ("甲乙", "丁", 2, "-"),
            ("甲乙丙丁戊", "子乙丁丑", 3, "-++-"),
            ("甲乙丙丁", "乙丙丁子", 2, "+++-"),
        ] {
            let list = |text: &str| text.chars().collect::<Vec<_>>();
            let aligned = align(&list(truth), &list(result));
            let marks: String = aligned
                .right
                .iter()
                .map(|right| if *right { '+' } else { '-' })
                .collect();
            assert_eq!(
                (aligned.distance, marks.as_str()),
                (distance, right),
                "{truth} {result}"
            );
        }
    }
}
