//! Names in a row, and as many amounts in a row after them: 煤炭、铁矿石、粮食的吞吐量为2,310万吨、1,740万吨、385万吨.
//!
//! In: a text, its figures, the names in it. Out: which amount is said of which name. Promise: linear; both rows
//! are as long as each other, and no clause ends between them.

use super::labels::{Bound, Found};
use super::{Figure, Value};

/// As many characters may stand between the names and the amounts.
const NEAR: usize = 16;

/// Binds the amounts of rows to names, one by one.
pub(super) fn bind(text: &str, figures: &[&Figure], names: &[Found]) -> Vec<Bound> {
    let gap = |start: usize, end: usize| text.get(start..end).unwrap_or("。");
    let mut bounds = Vec::new();
    for row in names.chunk_by(|a, b| is_joint(gap(a.end, b.start))) {
        let [_, .., last] = row else { continue };
        let next = figures.partition_point(|figure| figure.place.start < last.end);
        let after = figures.get(next..).unwrap_or_default();
        let amounts = after
            .chunk_by(|a, b| is_joint(gap(a.place.end, b.place.start)))
            .next()
            .unwrap_or_default();
        let lead = amounts
            .first()
            .map_or("。", |first| gap(last.end, first.place.start));
        let ends = ['，', '。', '；', '：', '、', '（', ',', ';', ':', '(', '.'];
        let near = lead.chars().take(NEAR + 1).count() <= NEAR && !lead.contains(ends);
        let all = amounts
            .iter()
            .all(|figure| matches!(figure.value, Value::Amount(_)));
        if near && all && amounts.len() == row.len() {
            bounds.extend(
                row.iter()
                    .zip(next..)
                    .map(|(name, figure)| name.bound(figure)),
            );
        }
    }
    bounds
}

/// Whether these words join what stands in a row.
pub(super) fn is_joint(gap: &str) -> bool {
    gap.split(|c: char| " 、，,".contains(c))
        .all(|word| matches!(word, "" | "和" | "与" | "及" | "以及" | "and"))
}
