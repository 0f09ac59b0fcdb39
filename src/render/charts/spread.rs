//! Places along a line that come nearest to the wanted ones without overlapping.

use super::scene::px;

/// Tops that come nearest to the wanted ones (least squares) without overlapping.
///
/// With each entry moved up by the heights before it, "no overlap" is "never decreasing": the
/// problem is isotonic regression, solved by pooling adjacent violators. `wanted` is sorted.
pub(crate) fn spread(wanted: &[i32], heights: &[i32], room: i32) -> Vec<i32> {
    let mut before = 0;
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (want, height) in wanted.iter().zip(heights) {
        let mut pool = (f64::from(want - before), 1);
        before += height;
        while let Some(&(mean, size)) = pools.last() {
            if mean <= pool.0 {
                break;
            }
            pools.pop();
            let all = size + pool.1;
            pool.0 = (mean * size as f64 + pool.0 * pool.1 as f64) / all as f64;
            pool.1 = all;
        }
        pools.push(pool);
    }
    let slack = f64::from((room - before).max(0));
    let moved = pools
        .into_iter()
        .flat_map(|(mean, size)| std::iter::repeat_n(px(mean.clamp(0.0, slack)), size));
    let mut above = 0;
    moved
        .zip(heights)
        .map(|(top, height)| {
            let top = top + above;
            above += height;
            top
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_follow_their_dots_and_never_overlap() {
        assert_eq!(spread(&[0, 50, 100], &[20, 20, 20], 120), [0, 50, 100]);
        assert_eq!(spread(&[50, 50, 50], &[20, 20, 20], 120), [30, 50, 70]);
        assert_eq!(spread(&[100, 100], &[20, 20], 120), [80, 100]);
        assert_eq!(spread(&[0, 0], &[20, 20], 120), [0, 20]);
    }
}
