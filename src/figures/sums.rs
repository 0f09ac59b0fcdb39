//! Figures that sum up a row of names.
//!
//! In: a figure of a text, and the names that stand before it. Out: whether it is said of all of them
//! together, so that it is no value of the last. Promise: nothing is added up; the words alone decide.

use super::labels::Found;
use super::{Figure, Named, Value};
use crate::lang::Lang;

/// Whether a figure sums up the names before it: 甲、乙等八省市, 甲、乙两省, 甲、乙共21吨, `A and B land 21 t together`.
pub(super) fn is_sum(text: &str, lang: Lang, figure: &Figure, names: &[Found]) -> bool {
    let unit = text.get(figure.unit.clone()).unwrap_or_default();
    let (Value::Amount(amount), Some(last)) = (&figure.value, names.last()) else {
        return false;
    };
    let in_row = |pair: &[Found]| match pair {
        [a, b] => text.get(a.end..b.start).is_some_and(|gap| joins(gap, lang)),
        _ => false,
    };
    let count = 1 + names
        .windows(2)
        .rev()
        .take_while(|pair| in_row(pair))
        .count();
    let between = text.get(last.end..figure.place.start).unwrap_or_default();
    let divides = unit.starts_with(['省', '市', '区', '州', '县', '国', '地', '部', '家', '个']);
    // 甲、乙、丙、丁三省一市
    let most = i128::try_from(count).ok();
    let is_count = amount
        .number
        .to_whole()
        .is_some_and(|number| Some(number) <= most);
    let after = text.get(figure.place.end..).unwrap_or_default();
    figure.named.is_some_and(|named| named != Named::Besides)
        || (count > 1 && between.is_empty() && divides && is_count)
        || (count > 1 && is_said_together(between, after, lang))
}

/// Whether nothing but this stands between two names of a row.
fn joins(gap: &str, lang: Lang) -> bool {
    match lang {
        Lang::Zh => matches!(gap, "、" | "和" | "与" | "及" | "以及" | "，"),
        Lang::En => matches!(gap, ", " | " and " | ", and " | " & "),
    }
}

/// Whether the words around a figure say that it is a sum.
fn is_said_together(before: &str, after: &str, lang: Lang) -> bool {
    match lang {
        Lang::Zh => before.contains('共') || before.contains("合计") || before.contains("总计"),
        Lang::En => {
            let clause = after
                .split(['.', ',', ';', '\n'])
                .next()
                .unwrap_or_default();
            let says = |words: &&str| before.contains(*words) || clause.contains(*words);
            let together = [
                "together",
                "in all",
                "in total",
                "a total of",
                "combined",
                "between them",
            ];
            together.iter().any(says)
        }
    }
}
