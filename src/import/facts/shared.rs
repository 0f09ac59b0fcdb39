//! A noun that stands once for all names of a row: `食品、衣着、居住价格分别上涨…`.
//!
//! In: the names of a row. Out: how long the last one is without that noun. Promise: only a noun that
//! says what is measured is cut off, and only where the names before have as many words as what is left.

use crate::lang::is_han;
use crate::repair::model::Model;

/// What is measured: the ends of such nouns.
const MEASURED: [&str; 34] = [
    "率", "量", "额", "值", "价", "比", "数", "价格", "收入", "营收", "利润", "面积", "人口",
    "比重", "规模", "成本", "支出", "投入", "投资", "增速", "涨幅", "降幅", "里程", "长度", "水平",
    "产能", "装机", "时间", "时长", "温度", "得分", "评分", "业务", "强度",
];

/// The bytes of the last name without the noun; all of them if it has none.
pub(super) fn without_noun(names: &[(usize, &str)]) -> usize {
    let Some(((_, last), rest)) = names.split_last() else {
        return 0;
    };
    let ends = |name: &str| MEASURED.iter().any(|noun| name.ends_with(noun));
    if !ends(last) || rest.is_empty() || rest.iter().any(|(_, name)| ends(name)) {
        return last.len();
    }
    let mut counts = rest.iter().map(|(_, name)| words(name).len());
    let Some(count) = counts
        .next()
        .filter(|count| counts.all(|other| other == *count))
    else {
        return last.len();
    };
    let length: usize = words(last).iter().take(count).sum();
    let cut = last
        .char_indices()
        .nth(length)
        .map_or(last.len(), |(at, _)| at);
    // 居住 is a name, a single character that is left over seldom is.
    if length > 1 { cut } else { last.len() }
}

/// How many characters each word has.
fn words(name: &str) -> Vec<usize> {
    let run: Vec<char> = name.chars().collect();
    match Model::embedded() {
        Some(model) if run.iter().all(|c| is_han(*c)) => model.lengths(&run),
        _ => vec![run.len()],
    }
}
