//! What is set by hand, as no source tells enough of it: rare marks, numbers, headings, dates. In: the
//! estimate of pairs. Out: the same with these in. All are round numbers of general prose.

use mingwen::repair::classes::{self, EDGE, NUMBER, Token};

use super::Counts;

/// How many of a hundred tokens of general prose are these marks: round numbers, set by hand for
/// those that the general model leaves out.
pub const MARKS: [(&str, f64); 6] = [
    ("《", 0.3),
    ("》", 0.3),
    ("（", 0.5),
    ("）", 0.5),
    ("—", 0.2),
    ("·", 0.1),
];

/// What a number counts, in general prose, the commonest first: set by hand, as general text comes
/// without its digits. Together they follow half of all numbers; the nth has a share of 1/(n+3).
const MEASURES: &str = "年 月 日 个 人 万 元 % ％ 亿 条 项 次 万元 亿元 家 岁 名 米 号 部 时 天 种 公里 点 倍 件 \
    小时 分 位 分钟 吨 届 台 所 平方米 座 章 期 套 亩 篇 户 页 本 辆 张 只 多 余 场 层 级 款 支 幅 批 周 度 节 份 集 \
    艘 架 克 公斤 公顷 平方公里 万人 亿人 万吨 千米 厘米 毫米 美元 万美元 亿美元 世纪 多万 余家 多家 多个 余个 秒 路 室 楼";

/// What numbers come after, and how often of a hundred: round numbers, set by hand, as general text
/// comes without its digits.
const BEFORE_NUMBERS: [(&str, f64); 3] = [
    (
        "共计 总计 合计 累计 约为 增至 升至 降至 减至 高达 多达",
        40.0,
    ),
    (
        "共 总共 一共 约 大约 近 达 达到 超过 不到 不足 至少 最多 仅 第 表 图 附表 附图 附件",
        20.0,
    ),
    (
        "出台 发布 印发 制定 修订 新增 实施 完成 建成 投入 引进 培育 举办 开展 签订 支出 收入",
        6.0,
    ),
];

/// Words that numbers follow, where a clause begins, and of how many in a thousand of `，` and `；` each comes
/// next: the general model, which has no numbers, has these only where none follows.
const CLAUSES: (&str, f64) = ("共 总计 合计 累计 约 近 达 超过 不足 仅 第", 0.5);

/// How many of a hundred of these end a line without a mark, in a report: such a line is a heading,
/// and headings ask but hardly ever propose. Set by hand, as the texts have hardly any.
const HEADINGS: [(&str, f64); 3] = [("吗", 30.0), ("呢", 10.0), ("吧", 6.0)];

/// After a mark and a number, of a hundred: a sentence opens with a date, a list goes on.
pub const DATES: [(&str, &str, f64); 6] = [
    ("。", "年", 30.0),
    ("。", "月", 20.0),
    ("，", "年", 20.0),
    ("，", "月", 12.0),
    ("、", "年", 5.0),
    ("、", "月", 2.0),
];

/// Puts in what the texts tell too little of: what comes after numbers, and how headings end.
pub fn set(pairs: &mut Counts<(Token, Token)>) {
    let mut share_out = |first: Token, seconds: &[(Token, f64)]| {
        let given: f64 = seconds.iter().map(|second| second.1).sum();
        for (key, p) in pairs.iter_mut() {
            if key.0 == first {
                *p *= 1.0 - given;
            }
        }
        for &(second, p) in seconds {
            *pairs.entry((first, second)).or_default() += p;
        }
    };
    let measures: Vec<&str> = MEASURES.split_whitespace().collect();
    let shares = (3..).map(|n| 1.0 / f64::from(n));
    let total: f64 = shares.clone().take(measures.len()).sum();
    let measures: Vec<(Token, f64)> = measures
        .iter()
        .zip(shares)
        .map(|(measure, share)| (classes::token(measure), 0.5 * share / total))
        .collect();
    share_out(NUMBER, &measures);
    for (measure, _) in &measures {
        let closers = ["）", ")", "，", "、", "。"];
        share_out(*measure, &closers.map(|mark| (classes::token(mark), 0.03)));
        share_out(*measure, &[(EDGE, 0.05)]);
    }
    for (words, percent) in BEFORE_NUMBERS {
        for word in words.split_whitespace() {
            share_out(classes::token(word), &[(NUMBER, percent / 100.0)]);
        }
    }
    let words = CLAUSES.0.split_whitespace();
    let words: Vec<(Token, f64)> = words
        .map(|word| (classes::token(word), CLAUSES.1 / 1000.0))
        .collect();
    for mark in ["，", "；"] {
        share_out(classes::token(mark), &words);
    }
    for (particle, percent) in HEADINGS {
        share_out(classes::token(particle), &[(EDGE, percent / 100.0)]);
    }
}
