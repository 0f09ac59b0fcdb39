//! The cheapest way to put two rows of things side by side.
//!
//! In: how many there are on either side, what it costs to put two beside each other, and what one
//! costs alone. Out: pairs in order, and things alone. Promise: time in proportion to the longer side.
//!
//! This is the dynamic programme that Gale and Church aligned sentences with (1993), in a band around
//! the diagonal.

/// So many pairings of a thing are tried at least; of rows as long as this, all of them.
const BAND: usize = 400;

/// How the cheapest pairing came to a place.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Pair,
    First,
    Second,
}

/// The cheapest pairing; `cost` is `None` for two that can't stand beside each other.
pub(super) fn cheapest(
    rows: usize,
    columns: usize,
    alone: u32,
    cost: impl Fn(usize, usize) -> Option<u32>,
) -> Vec<(Option<usize>, Option<usize>)> {
    let width = BAND.max(4 * (columns / rows.max(1) + 1)).min(columns + 1);
    let low = |i: usize| {
        let middle = i * columns / rows.max(1);
        middle.saturating_sub(width / 2).min(columns + 1 - width)
    };
    let mut steps = vec![Step::Second; (rows + 1) * width];
    let mut above: Vec<Option<u32>> = Vec::new();
    for i in 0..=rows {
        let mut row: Vec<Option<u32>> = Vec::with_capacity(width);
        for j in low(i)..low(i) + width {
            let up = |j: usize| *above.get(j.checked_sub(low(i.checked_sub(1)?))?)?;
            let pair = || Some(up(j.checked_sub(1)?)? + cost(i.checked_sub(1)?, j - 1)?);
            let first = up(j).map(|cost| cost + alone);
            let second = row.last().copied().flatten().map(|cost| cost + alone);
            let ways = [
                (Step::Pair, pair()),
                (Step::First, first),
                (Step::Second, second),
            ];
            // Of ways that cost the same the first counts.
            let best = ways
                .into_iter()
                .filter_map(|(step, cost)| Some((step, cost?)))
                .min_by_key(|(_, cost)| *cost);
            if let Some((step, _)) = best {
                steps[i * width + row.len()] = step;
            }
            let start = (i == 0 && j == 0).then_some(0);
            row.push(start.or(best.map(|(_, cost)| cost)));
        }
        above = row;
    }
    walk_back(rows, columns, |i, j| steps[i * width + (j - low(i))])
}

fn walk_back(
    n: usize,
    m: usize,
    step: impl Fn(usize, usize) -> Step,
) -> Vec<(Option<usize>, Option<usize>)> {
    let (mut i, mut j) = (n, m);
    let mut pairs = Vec::with_capacity(n.max(m));
    while i > 0 || j > 0 {
        match step(i, j) {
            Step::Pair => {
                (i, j) = (i - 1, j - 1);
                pairs.push((Some(i), Some(j)));
            }
            Step::First => {
                i -= 1;
                pairs.push((Some(i), None));
            }
            Step::Second => {
                j -= 1;
                pairs.push((None, Some(j)));
            }
        }
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_costs_too_much_stands_apart() {
        let rows = |cost: u32| cheapest(2, 2, 10, |i, j| if i == j { Some(cost) } else { None });
        assert_eq!(rows(20), [(Some(0), Some(0)), (Some(1), Some(1))]);
        assert_eq!(rows(21).len(), 4);
        assert_eq!(cheapest(0, 0, 1, |_, _| None), []);
        assert_eq!(cheapest(1, 0, 1, |_, _| None), [(Some(0), None)]);
    }
}
