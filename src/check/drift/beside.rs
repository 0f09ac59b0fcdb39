//! Words beside a figure that contradict each other: 增长2.7% and `2.7% less`, 每小时 and `a day`, 年底 and
//! `mid-2027`.
//!
//! In: pairs of figures that agree. Out: those of which the languages say something else, with the words.
//! Promise: both languages must say something, and clearly; what only one says is left open.

use std::ops::Range;

use super::side::{Said, Side};
use crate::figures::beside::{Answer, Around, Question};
use crate::figures::links::Link;
use crate::figures::{Unit, Value};
use crate::lang::Lang;

/// A pair that agrees, and the words beside each that do not.
pub struct Contrary {
    /// The figures.
    pub pair: (usize, usize),
    /// The words in the first side's block.
    pub first: Range<usize>,
    /// The words in the second side's block.
    pub second: Range<usize>,
}

/// What is asked of a figure of a side.
type Ask = for<'s> fn(&'s Side<'s>, usize) -> Option<Answer<'s>>;

/// Finds what is said otherwise of the same figure.
pub fn contrary<'a>(
    first: &'a Side<'a>,
    second: &'a Side<'a>,
    pairs: &'a [(usize, usize)],
) -> impl Iterator<Item = Contrary> + 'a {
    let questions: [Ask; 4] = [way, rate, edge, order];
    pairs.iter().filter_map(move |(a, b)| {
        let in_title =
            |side: &Side<'_>, at: usize| side.said.get(at).is_none_or(|(_, said)| said.in_title);
        if in_title(first, *a) || in_title(second, *b) {
            return None;
        }
        questions.iter().find_map(|ask| {
            let (x, y) = (ask(first, *a)?, ask(second, *b)?);
            (x.name != y.name).then_some(Contrary {
                pair: (*a, *b),
                first: x.words,
                second: y.words,
            })
        })
    })
}

/// What a figure does, by its name in the vocabulary.
pub fn part<'a>(side: &'a Side<'a>, at: usize) -> Option<&'a str> {
    part_said(side, at).map(|answer| answer.name)
}

/// What a figure counts, if that is one of the things that the vocabulary knows.
pub fn thing<'a>(side: &'a Side<'a>, at: usize) -> Option<usize> {
    let around = around(side, at)?;
    let is_amount = matches!(said(side, at)?.figure.value, Value::Amount(_));
    is_amount.then(|| side.read.words.thing(&around)).flatten()
}

fn said<'a>(side: &Side<'a>, at: usize) -> Option<&'a Said> {
    side.said.get(at).map(|(_, said)| *said)
}

/// A figure with the words from the figure before it to the one after it, within its sentence.
fn around<'a>(side: &'a Side<'a>, at: usize) -> Option<Around<'a>> {
    let (block, this) = side.said.get(at)?;
    let text = side.blocks.get(*block)?.text.as_str();
    let neighbour = |at: Option<usize>| {
        let (other, said) = side.said.get(at?)?;
        (other == block && said.sentence == this.sentence).then_some(&said.figure.place)
    };
    // 低于上年的1,010元: a date that leads to the figure is no neighbour.
    let leads = |at: &usize| {
        side.said.get(*at).is_some_and(|(_, said)| {
            let rest = text.get(said.figure.place.end..).unwrap_or_default();
            matches!(said.figure.value, Value::Date(_)) && rest.starts_with('的')
        })
    };
    let last = at.checked_sub(1);
    let last = last.filter(leads).map_or(last, |date| date.checked_sub(1));
    let mut start = neighbour(last).map_or(0, |place| place.end);
    let end = neighbour(at.checked_add(1)).map_or(text.len(), |place| place.start);
    if let Some(before) = last
        && start > 0
    {
        // What stands right after the figure before is said of that one.
        let reach = start..this.figure.place.start.max(start);
        let other = Around {
            text,
            lang: side.read.page.lang,
            figure: said(side, before)?.figure.place.clone(),
            reach: start..reach.end,
        };
        let of_other = side.read.words.after(Question::Part, &other);
        start = of_other.map_or(start, |answer| answer.words.end);
    }
    Some(Around {
        text,
        lang: side.read.page.lang,
        figure: this.figure.place.clone(),
        reach: start.min(this.figure.place.start)..end.max(this.figure.place.end),
    })
}

fn part_said<'a>(side: &'a Side<'a>, at: usize) -> Option<Answer<'a>> {
    let around = around(side, at)?;
    let words = side.read.words;
    if around.lang == Lang::En
        && let Some(answer) = words.after(Question::Part, &around)
    {
        return Some(answer);
    }
    if let Some(reached) = reached(&around) {
        return (!reached.is_empty()).then_some(Answer {
            name: "to",
            words: reached,
        });
    }
    words.beside(Question::Part, &around)
}

/// The word that leads to where something came: 增长到, `rose to`; nothing where it leads to a bound.
fn reached(around: &Around<'_>) -> Option<Range<usize>> {
    let before = around.text.get(around.reach.start..around.figure.start)?;
    match around.lang {
        Lang::Zh => {
            let last = before
                .char_indices()
                .next_back()
                .filter(|(_, c)| "到至为".contains(*c));
            let (at, _) = last?;
            Some(around.reach.start + at..around.figure.start)
        }
        Lang::En => {
            let words = before.trim_end();
            let lead = words
                .strip_suffix("to")
                .filter(|lead| lead.ends_with(' ') || lead.is_empty())?;
            let is_bound = lead.trim_end().ends_with("up") && !lead.trim_end().ends_with("sup");
            let start = around.reach.start + lead.len();
            Some(if is_bound {
                start..start
            } else {
                start..start + 2
            })
        }
    }
}

/// Whether a figure is a rise or a fall; 1分12秒 and `one minute and 12 seconds` are one.
fn way<'a>(side: &'a Side<'a>, at: usize) -> Option<Answer<'a>> {
    direction(side, at).or_else(|| {
        let (one, other) = match side.read.page.lang {
            Lang::Zh => (at.checked_sub(1)?, at),
            Lang::En => (at, at.checked_add(1)?),
        };
        let other_one = if one == at { other } else { one };
        is_composite(side, one, other)
            .then(|| direction(side, other_one))
            .flatten()
    })
}

/// Whether two figures are one length of time: 1分12秒.
fn is_composite(side: &Side<'_>, a: usize, b: usize) -> bool {
    let (Some((block, x)), Some((other, y))) = (side.said.get(a), side.said.get(b)) else {
        return false;
    };
    let is_time =
        |said: &Said| matches!(&said.figure.value, Value::Amount(amount) if amount.unit.is_time());
    let text = side.blocks.get(*block).map(|block| block.text.as_str());
    let gap = text.and_then(|text| text.get(x.figure.place.end..y.figure.place.start));
    block == other
        && is_time(x)
        && is_time(y)
        && gap.is_some_and(|gap| matches!(gap.trim(), "" | "and" | "零" | "又"))
}

/// Whether a figure is a rise or a fall; of where something came, which way it came there.
fn direction<'a>(side: &'a Side<'a>, at: usize) -> Option<Answer<'a>> {
    let is_amount = |said: &Said| matches!(said.figure.value, Value::Amount(_));
    let this = said(side, at).filter(|said| is_amount(said))?;
    let is_way = |answer: &Answer<'_>| matches!(answer.name, "rise" | "fall");
    let answer = part_said(side, at);
    if let Some(answer) = answer.clone().filter(is_way) {
        return Some(answer);
    }
    let around = around(side, at)?;
    let words = side.read.words;
    if let Some(average) = answer.as_ref().filter(|answer| answer.name == "average") {
        // 高于全县平均的93.7%
        let figure = average.words.start.min(around.figure.start)..around.figure.end;
        return words
            .before(Question::Part, &Around { figure, ..around })
            .filter(is_way);
    }
    let is_place =
        matches!(&this.figure.value, Value::Amount(amount) if amount.unit == Unit::Place);
    if is_place {
        return words.begins(Question::Part, &around).filter(is_way);
    }
    let to = answer.filter(|answer| answer.name == "to")?;
    let way = words.before(
        Question::Part,
        &Around {
            figure: to.words.start..around.figure.end,
            ..around.clone()
        },
    );
    if let Some(way) = way {
        let between = around.text.get(way.words.end..to.words.start)?;
        let near = match around.lang {
            Lang::Zh => {
                let length = words.opens(Link::Each, Lang::Zh, between).unwrap_or(0);
                between.chars().count() == length
            }
            Lang::En => between.split_whitespace().count() <= 2,
        };
        return Some(way).filter(|way| near && is_way(way));
    }
    // `fell from 37 to 29`
    let from = at
        .checked_sub(1)
        .filter(|_| side.read.page.lang == Lang::En)?;
    let lead = part_said(side, from).filter(|answer| answer.name == "from")?;
    let before = self::around(side, from)?;
    let gap = before.text.get(lead.words.end..before.figure.start)?;
    let near = gap.split_whitespace().count() <= 2;
    let way = words.before(
        Question::Part,
        &Around {
            figure: lead.words.start..before.figure.end,
            ..before
        },
    );
    way.filter(|way| near && is_way(way))
}

/// In how much time: of two amounts joined, what is said of one is said of both.
fn rate<'a>(side: &'a Side<'a>, at: usize) -> Option<Answer<'a>> {
    let own = |at: usize| {
        let is_amount = matches!(said(side, at)?.figure.value, Value::Amount(_));
        let around = around(side, at).filter(|_| is_amount)?;
        side.read.words.beside(Question::Rate, &around)
    };
    own(at).or_else(|| {
        let joined = |other: &usize| are_joined(side, at.min(*other), at.max(*other));
        let before = at.checked_sub(1).filter(joined).and_then(own);
        before.or_else(|| at.checked_add(1).filter(joined).and_then(own))
    })
}

/// Whether two figures of one unit stand in one clause.
fn are_joined(side: &Side<'_>, a: usize, b: usize) -> bool {
    let (Some((block, x)), Some((other, y))) = (side.said.get(a), side.said.get(b)) else {
        return false;
    };
    let (Value::Amount(one), Value::Amount(two)) = (&x.figure.value, &y.figure.value) else {
        return false;
    };
    let text = side.blocks.get(*block).map(|block| block.text.as_str());
    let gap = text.and_then(|text| text.get(x.figure.place.end..y.figure.place.start));
    // `from 9.8 to 10.5 tonnes`, but not 三台每小时80亩
    let is_bare = one.unit == Unit::Things && two.unit != Unit::Things;
    let near =
        gap.is_some_and(|gap| matches!(gap.trim(), "to" | "and" | "or" | "–" | "-" | "至" | "到"));
    let same = one.unit == two.unit || (is_bare && near);
    block == other
        && same
        && gap.is_some_and(|gap| {
            gap.chars().count() <= 24
                && !gap.contains(['，', '。', '；', ',', ';', ':', '：', '、'])
        })
}

/// At which end of a year or a month.
fn edge<'a>(side: &'a Side<'a>, at: usize) -> Option<Answer<'a>> {
    let Value::Date(when) = said(side, at)?.figure.value else {
        return None;
    };
    let around = around(side, at).filter(|_| when.day.is_none())?;
    side.read.words.beside(Question::Edge, &around)
}

/// Before or after: a day, or so much time.
fn order<'a>(side: &'a Side<'a>, at: usize) -> Option<Answer<'a>> {
    let around = around(side, at)?;
    let words = side.read.words;
    let is_time = match &said(side, at)?.figure.value {
        Value::Amount(amount) => amount.unit.is_time(),
        Value::Date(_) | Value::Time(_) => true,
    };
    if let Some(limit) = words.beside(Question::Limit, &around).filter(|_| is_time) {
        return Some(limit);
    }
    if is_denied(side, &around) {
        return None;
    }
    match &said(side, at)?.figure.value {
        Value::Amount(amount) if !amount.unit.is_time() => None,
        Value::Amount(_) if around.lang == Lang::En => words.after(Question::Side, &around),
        Value::Amount(_) => words.beside(Question::Side, &around),
        Value::Date(_) | Value::Time(_) if around.lang == Lang::Zh => {
            // 6月底前
            let edge = words.after(Question::Edge, &around);
            let end = edge.map_or(around.figure.end, |edge| edge.words.end);
            let figure = around.figure.start..end;
            let widened = Around { figure, ..around };
            words
                .after(Question::Side, &widened)
                .or_else(|| words.beside(Question::Until, &widened))
        }
        Value::Date(_) | Value::Time(_) => words
            .before(Question::Side, &around)
            .or_else(|| words.before(Question::Until, &around)),
    }
}

/// `not until`, `only after`: one language may say it with the other word.
fn is_denied(side: &Side<'_>, around: &Around<'_>) -> bool {
    let says = |text: &str| side.read.words.says(Link::Not, around.lang, text);
    let text = |range: Range<usize>| around.text.get(range).unwrap_or_default();
    let before = text(around.reach.start..around.figure.start);
    match around.lang {
        Lang::Zh => {
            let after = text(around.figure.end..around.reach.end);
            // What a clause further on denies is something else.
            let is_mark = |c: &char| matches!(c, '，' | '；' | '、' | '。');
            let near = |c: &char| !is_mark(c);
            let after: String = after.chars().take(8).take_while(near).collect();
            let before: String = before.chars().rev().take(6).take_while(near).collect();
            says(&after) || says(&before)
        }
        Lang::En => {
            let words = before
                .char_indices()
                .rev()
                .filter(|(_, c)| !c.is_alphanumeric());
            let start = words.map(|(at, _)| at).nth(8).unwrap_or(0);
            says(before.get(start..).unwrap_or_default())
        }
    }
}
