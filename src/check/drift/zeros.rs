//! None of something: 零事故 and `two accidents`, `no accidents` and 两起事故.
//!
//! In: two sides, and what has no counterpart. Out: a number without a counterpart where the other language
//! says that there is none. Promise: only where nothing in that number's own block says no.

use super::pairs::Match;
use super::side::Side;
use crate::lang::{Lang, is_han};

/// The number of each side that the other side says is none.
pub fn contradicted(zh: &Side<'_>, en: &Side<'_>, found: &Match) -> (Option<usize>, Option<usize>) {
    let of_english = || {
        found
            .loose_second
            .first()
            .or(found.only_second.first())
            .copied()
    };
    let of_chinese = || {
        found
            .loose_first
            .first()
            .or(found.only_first.first())
            .copied()
    };
    let second = of_english().filter(|_| says_none(zh) && !denies(en));
    let first = of_chinese().filter(|_| says_none(en) && !denies(zh));
    // What must have a counterpart is said anyway.
    let loose = |list: &[usize], at: &usize| list.contains(at);
    (
        first.filter(|at| loose(&found.loose_first, at)),
        second.filter(|at| loose(&found.loose_second, at)),
    )
}

/// Whether a side says that there are none of something.
fn says_none(side: &Side<'_>) -> bool {
    side.blocks.iter().any(|block| match side.read.page.lang {
        Lang::Zh => {
            let nobody = ["无人", "没有人", "无一"];
            has_zero(&block.text) || nobody.iter().any(|word| block.text.contains(word))
        }
        Lang::En => {
            let words: Vec<&str> = block.text.split(|c: char| !c.is_alphanumeric()).collect();
            words.windows(2).any(|pair| match pair {
                [lead, no] if is_no(no) => matches!(
                    lead.to_lowercase().as_str(),
                    "was"
                        | "were"
                        | "had"
                        | "has"
                        | "have"
                        | "been"
                        | "with"
                        | "are"
                        | "recorded"
                        | "reported"
                        | "saw"
                ),
                _ => false,
            })
        }
    })
}

fn is_no(word: &str) -> bool {
    word == "no" || word == "zero"
}

/// 零事故, but not 零售 or 一百零五.
fn has_zero(text: &str) -> bool {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let other = "售部件星下点距头食钱碎散起时工".contains(next);
        let number = |c: char| "〇零一二两三四五六七八九十百千万亿".contains(c);
        if c == '零'
            && is_han(next)
            && !other
            && !number(next)
            && !number(before)
            && !"凋飘归飘".contains(before)
        {
            return true;
        }
        before = c;
    }
    false
}

/// Whether a side denies anything.
fn denies(side: &Side<'_>) -> bool {
    side.blocks.iter().any(|block| match side.read.page.lang {
        Lang::Zh => block
            .text
            .contains(['零', '无', '没', '未', '不', '免', '非']),
        Lang::En => {
            let mut words = block.text.split(|c: char| !c.is_alphanumeric());
            let no = [
                "no", "not", "none", "zero", "nil", "never", "without", "nobody", "free",
                "neither", "nothing",
            ];
            words.any(|word| no.iter().any(|no| word.eq_ignore_ascii_case(no)))
        }
    })
}
