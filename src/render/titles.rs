//! Where the lines of a title may break.
//!
//! In: a title. Out: its parts, between which a line may end: Chinese words are not torn apart, as they
//! are when a browser balances the lines of a heading. In templates, the filter `words` writes `<wbr>`
//! between them, and the style sheet forbids all other places; `langs` says of a text what `words` says
//! of a title besides, which parts of it are in the other language. What stands on either side of a colon
//! is a clause, which the style sheet keeps on a line of its own where there is no room for both. Promise:
//! the parts in a row are the title.

use tera::{Kwargs, State, TeraResult, Value};

use crate::lang::Lang;
use crate::render::markdown::footnotes::escape;
use crate::render::markdown::runs::runs;
use crate::repair::classes::is_han;
use crate::repair::model::Model;

/// Belongs to the word before it.
const ENDINGS: &str = "的地得了着过们等之者性化率";
/// Belongs to the word after it, if it is one by itself.
const LEADING: &str = "与和及或在从到对为按以于向由把被将自至比同跟让使不各每新";
/// Opens what comes next; nothing else is kept with it.
const OPENERS: &str = "“‘（《〈「『【〔([";

/// Numbers written in Chinese, which are read as one word with what they count.
const NUMERALS: &str = "〇零一二三四五六七八九十百千万亿";
/// What dates and times count.
const COUNTED: &str = "年月日号时分";

/// How many times as long as another a clause may be.
const UNEVEN: usize = 3;

/// Whether a character is neither writing nor space.
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace()
}

/// The parts of a title.
pub(crate) fn breakable(title: &str) -> Vec<&str> {
    let characters: Vec<(usize, char)> = title.char_indices().collect();
    let mut is_between = vec![false; characters.len() + 1];
    for (from, run) in han_runs(&characters) {
        for at in between_words(&run) {
            is_between[from + at] = true;
        }
        for at in before_numbers(&run) {
            is_between[from + at] = true;
        }
    }
    let mut parts = Vec::new();
    let mut rest = 0;
    for (number, pair) in characters.windows(2).enumerate() {
        let [(_, before), (at, after)] = *pair else {
            continue;
        };
        if may_break(before, after, is_between[number + 1]) {
            parts.extend(title.get(rest..at));
            rest = at;
        }
    }
    parts.extend(title.get(rest..).filter(|part| !part.is_empty()));
    parts
}

/// Where a run of Chinese characters may break. A single character is seldom a word: what the model's
/// words leave over belongs to the word before it, unless it leads to the next.
fn between_words(run: &[char]) -> Vec<usize> {
    let lengths = Model::embedded().map_or_else(Vec::new, |model| model.lengths(run));
    let is_leading =
        |at: usize, length: usize| length == 1 && run.get(at).is_some_and(|c| LEADING.contains(*c));
    let mut places = Vec::new();
    let mut at = 0;
    for pair in lengths.windows(2) {
        let [before, after] = *pair else {
            continue;
        };
        let start = at;
        at += before;
        if !is_leading(start, before) && (after > 1 || is_leading(at, after)) {
            places.push(at);
        }
    }
    places
}

/// Where a number of two characters or more begins, which the model takes for leftovers.
fn before_numbers(run: &[char]) -> impl Iterator<Item = usize> {
    run.windows(3).enumerate().filter_map(|(at, three)| {
        let [before, first, second] = *three else {
            return None;
        };
        let is_bound = NUMERALS.contains(before) || LEADING.contains(before) || before == '第';
        (!is_bound && NUMERALS.contains(first) && NUMERALS.contains(second)).then_some(at + 1)
    })
}

/// Each run of Chinese characters, and where it begins.
fn han_runs(characters: &[(usize, char)]) -> Vec<(usize, Vec<char>)> {
    let mut runs: Vec<(usize, Vec<char>)> = Vec::new();
    let mut is_in_run = false;
    for (at, &(_, c)) in characters.iter().enumerate() {
        match runs.last_mut() {
            Some((_, run)) if is_in_run && is_han(c) => run.push(c),
            _ if is_han(c) => runs.push((at, vec![c])),
            _ => {}
        }
        is_in_run = is_han(c);
    }
    runs
}

fn may_break(before: char, after: char, is_between: bool) -> bool {
    if before.is_whitespace() || after.is_whitespace() || OPENERS.contains(before) {
        return false;
    }
    if OPENERS.contains(after) {
        return true;
    }
    if is_mark(after) || ENDINGS.contains(after) {
        return false;
    }
    if NUMERALS.contains(before) && (NUMERALS.contains(after) || COUNTED.contains(after)) {
        return false;
    }
    match (is_han(before), is_han(after)) {
        (true, true) => is_between,
        // A number belongs to what it counts.
        (false, true) => is_mark(before) || before.is_alphabetic(),
        (true, false) => before != '第',
        // Latin words break at their spaces and hyphens.
        (false, false) => is_mark(before) && !before.is_ascii(),
    }
}

/// The filter `words`: a title as HTML, in a language: `{{ page.title | words(lang=page.text_tag) }}`.
#[expect(
    clippy::needless_pass_by_value,
    reason = "what a filter of tera has to look like"
)]
pub(super) fn words(title: &str, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let lang = lang_of(kwargs.must_get("lang")?);
    let clauses: Vec<String> = clauses(title)
        .into_iter()
        .map(|clause| html(clause, lang, true))
        .collect();
    let html = match clauses.as_slice() {
        [whole] => whole.clone(),
        clauses => clauses
            .iter()
            .map(|clause| match clause.strip_suffix(' ') {
                Some(clause) => format!("<span class=\"clause\">{clause}</span> "),
                None => format!("<span class=\"clause\">{clause}</span>"),
            })
            .collect(),
    };
    Ok(Value::safe_string(&html))
}

/// What stands between the colons of a title; in Latin writing a colon has a space after it. A title in
/// which one is much longer than another is left whole: the long one would need lines of its own anyway.
fn clauses(title: &str) -> Vec<&str> {
    let ends = title
        .match_indices('：')
        .chain(title.match_indices(": "))
        .map(|(at, colon)| at + colon.len())
        .filter(|&end| end < title.len());
    let mut ends: Vec<usize> = ends.collect();
    ends.sort_unstable();
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let clauses: Vec<&str> = starts
        .zip(ends.iter().copied().chain([title.len()]))
        .filter_map(|(start, end)| title.get(start..end))
        .collect();
    let lengths = || clauses.iter().map(|clause| clause.chars().count());
    if lengths().max() > lengths().min().map(|least| least * UNEVEN) {
        return vec![title];
    }
    clauses
}

/// The filter `langs`: any text as HTML, with `lang` on what is in the other language.
#[expect(
    clippy::needless_pass_by_value,
    reason = "what a filter of tera has to look like"
)]
pub(super) fn langs(text: &str, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let lang = lang_of(kwargs.must_get("lang")?);
    Ok(Value::safe_string(&html(text, lang, false)))
}

fn lang_of(tag: &str) -> Lang {
    if tag == Lang::En.tag() {
        Lang::En
    } else {
        Lang::Zh
    }
}

/// A text as HTML: what is in the other language says so, and if asked for, `<wbr>` stands where a
/// line may break.
pub(super) fn html(text: &str, lang: Lang, breaks: bool) -> String {
    let runs = runs(text, lang).unwrap_or_else(|| vec![(text, None)]);
    let mut out = String::with_capacity(text.len() * 2);
    for (run, other) in runs {
        let parts: Vec<String> = match other {
            None if breaks && lang == Lang::Zh => breakable(run).into_iter().map(escape).collect(),
            _ => vec![escape(run)],
        };
        let html = parts.join("<wbr>");
        match other {
            Some(other) => out.extend(["<span lang=\"", other.tag(), "\">", &html, "</span>"]),
            None => out.push_str(&html),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colons_part_clauses() {
        for (title, expect) in [
            ("这一年：从闭馆到夜里十点半", "这一年：|从闭馆到夜里十点半"),
            ("The year: from ten: to one", "The year: |from ten: |to one"),
            (
                "The year: from closing time to ten at night",
                "The year: from closing time to ten at night",
            ),
            ("At 10:30", "At 10:30"),
            ("还有：", "还有："),
            ("", ""),
        ] {
            assert_eq!(clauses(title).join("|"), expect);
        }
    }

    #[test]
    fn words_stay_whole() {
        for (title, expect) in [
            ("河谷水资源观察报告", "河谷|水资源|观察|报告"),
            ("从“大水漫灌”到按方计价", "从|“大水|漫灌”|到按方|计价"),
            ("博物馆二〇二五年年报", "博物馆|二〇二五年|年报"),
            ("2021年的政策：AI与区块链", "2021年的|政策：|AI|与区块链"),
            ("Smart cities, 2021", "Smart cities, 2021"),
            ("", ""),
        ] {
            assert_eq!(breakable(title).join("|"), expect);
        }
    }
}
