//! What is said about figures that differ.
//!
//! In: figures with their places. Out: diagnostics that show both places and the value that each says.

use std::ops::Range;

use super::beside::Contrary;
use super::order::Swap;
use super::side::{Passage, Read, Said, Side};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::figures::agree::shown;
use crate::figures::{Bound, Figure, Named};
use crate::lang::Lang;

/// Two figures that ought to be the same.
pub fn differ(zh: &Side<'_>, a: usize, en: &Side<'_>, b: usize, severity: Severity) -> Diagnostic {
    let (Some((block_a, x)), Some((block_b, y))) = (zh.said.get(a), en.said.get(b)) else {
        return Diagnostic::note("nothing differs");
    };
    let message = format!(
        "the figures differ: {} in Chinese ({}), {} in English ({})",
        value(x),
        words(zh, *block_a, x),
        value(y),
        words(en, *block_b, y),
    );
    let mut diagnostic = Diagnostic::of(severity, message).hint(mend(said_in(en, *block_b, y)));
    diagnostic.place = Some(place(en.read, y.byte));
    diagnostic.related = Some(Box::new(place(zh.read, x.byte)));
    diagnostic
}

/// A figure that only one language has.
pub fn missing(side: &Side<'_>, at: usize, other: &Side<'_>, severity: Severity) -> Diagnostic {
    let Some((block, said)) = side.said.get(at) else {
        return Diagnostic::note("nothing differs");
    };
    let message = format!(
        "{} ({}) stands in the {} text only",
        value(said),
        words(side, *block, said),
        name(side.read.page.lang),
    );
    let hint = format!(
        "say it in the {} text too, or here why not: <!-- figure {}: reason -->",
        name(other.read.page.lang),
        said_in(side, *block, said)
    );
    let mut diagnostic = Diagnostic::of(severity, message).hint(hint);
    diagnostic.place = Some(place(side.read, said.byte));
    diagnostic.related = Some(Box::new(place(other.read, other.start())));
    diagnostic
}

/// A figure of the text that the data have otherwise.
pub fn data_differs(
    passage: &Passage<'_>,
    said: &Said,
    data: &str,
    place_in_data: Place,
    severity: Severity,
) -> Diagnostic {
    other(
        passage,
        said,
        &format!("the data say {data}"),
        place_in_data,
        severity,
    )
}

/// A figure of the text that a table of the same page has otherwise.
pub fn table_differs(
    passage: &Passage<'_>,
    said: &Said,
    table: &str,
    place_in_table: Place,
    severity: Severity,
) -> Diagnostic {
    other(
        passage,
        said,
        &format!("the table says {table}"),
        place_in_table,
        severity,
    )
}

/// A figure of an enumeration whose name the data do not have.
pub fn data_lack(
    passage: &Passage<'_>,
    said: &Said,
    name: &str,
    place_of_data: Place,
    severity: Severity,
) -> Diagnostic {
    let name = quoted(name, passage.lang);
    other(
        passage,
        said,
        &format!("the data lack {name}"),
        place_of_data,
        severity,
    )
}

fn other(
    passage: &Passage<'_>,
    said: &Said,
    what: &str,
    related: Place,
    severity: Severity,
) -> Diagnostic {
    let figure = passage.words(said);
    let words = quoted(figure, passage.lang);
    let message = format!(
        "the {} text says {} ({words}), {what}",
        name(passage.lang),
        value(said),
    );
    let mut diagnostic = Diagnostic::of(severity, message).hint(mend(figure));
    diagnostic.place = Some(passage.place(said));
    diagnostic.related = Some(Box::new(related));
    diagnostic
}

/// A label or title of the data whose languages differ.
pub fn labels_differ(zh: (&Figure, Place), en: (&Figure, Place), severity: Severity) -> Diagnostic {
    // 等八部门 and `eight other departments` differ, though both say eight.
    let says = |figure: &Figure| {
        let others = if figure.named == Some(Named::Besides) {
            " others"
        } else {
            ""
        };
        format!("{}{others}", shown(&figure.value))
    };
    let message = format!(
        "the figures differ: {} in Chinese, {} in English",
        says(zh.0),
        says(en.0)
    );
    let mut diagnostic = Diagnostic::of(severity, message).hint("mend the one that is wrong");
    diagnostic.place = Some(en.1);
    diagnostic.related = Some(Box::new(zh.1));
    diagnostic
}

/// A value of the data that the words it was read from say otherwise.
pub fn read_differs(says: &str, read: &str, place: Place, severity: Severity) -> Diagnostic {
    let message = format!(
        "the data say {says}, the words they were read from say {}",
        quoted(read, Lang::Zh)
    );
    let hint = "mend the one that is wrong; where the value is your own, take out its `read:`";
    let mut diagnostic = Diagnostic::of(severity, message).hint(hint);
    diagnostic.place = Some(place);
    diagnostic
}

/// A name in the words that the data were read from, which the data do not have.
pub fn read_names(name: &str, read: &str, place: Place, severity: Severity) -> Diagnostic {
    let message = format!(
        "the data lack {}, which the words they were read from name: {}",
        quoted(name, Lang::Zh),
        quoted(read, Lang::Zh)
    );
    let hint = "add it to the members; where the list is your own, take out its `read:`";
    let mut diagnostic = Diagnostic::of(severity, message).hint(hint);
    diagnostic.place = Some(place);
    diagnostic
}

/// Two figures that changed places.
pub fn swapped(zh: &Side<'_>, en: &Side<'_>, swap: Swap, severity: Severity) -> Diagnostic {
    let said = |side: &Side<'_>, at: usize| side.said.get(at).map(|(_, said)| (*said).clone());
    let found = (said(zh, swap.a.0), said(zh, swap.b.0), said(en, swap.a.1));
    let (Some(a), Some(b), Some(x)) = found else {
        return Diagnostic::note("nothing differs");
    };
    let block = en.said.get(swap.a.1).map_or(0, |(block, _)| *block);
    let (first, second) = (shown(&a.figure.value), shown(&b.figure.value));
    let (message, what) = if swap.b.1 < swap.a.1 {
        let orders =
            format!("{first}, then {second} in Chinese; {second}, then {first} in English");
        let message = format!("the figures changed places: {orders}");
        (message, "put them in the same order")
    } else {
        let message = format!(
            "the figures changed places: what is said of {first} in Chinese is said of {second} in English"
        );
        (message, "say the same of each in both languages")
    };
    let hint = format!(
        "{what}, or say in the text why they differ: <!-- figure {}: reason -->",
        said_in(en, block, &x)
    );
    let mut diagnostic = Diagnostic::of(severity, message).hint(hint);
    diagnostic.place = Some(place(en.read, x.byte));
    diagnostic.related = Some(Box::new(place(zh.read, a.byte)));
    diagnostic
}

/// A ratio or a score that is said the other way round.
pub fn turned(zh: &Side<'_>, a: usize, en: &Side<'_>, b: usize, severity: Severity) -> Diagnostic {
    let found = (zh.said.get(a), zh.said.get(a + 1), en.said.get(b));
    let (Some((_, x)), Some((_, y)), Some((block, first))) = found else {
        return Diagnostic::note("nothing differs");
    };
    let (x_value, y_value) = (shown(&x.figure.value), shown(&y.figure.value));
    let message = format!(
        "the figures changed places: {x_value} to {y_value} in Chinese, {y_value} to {x_value} in English"
    );
    let hint = format!(
        "put them in the same order, or say in the text why they differ: <!-- figure {}: reason -->",
        said_in(en, *block, first)
    );
    let mut diagnostic = Diagnostic::of(severity, message).hint(hint);
    diagnostic.place = Some(place(en.read, first.byte));
    diagnostic.related = Some(Box::new(place(zh.read, x.byte)));
    diagnostic
}

/// A figure that is the same, and beside it words that are not.
pub fn contrary(zh: &Side<'_>, en: &Side<'_>, found: &Contrary, severity: Severity) -> Diagnostic {
    let (a, b) = found.pair;
    let (Some((block_a, x)), Some((block_b, y))) = (zh.said.get(a), en.said.get(b)) else {
        return Diagnostic::note("nothing differs");
    };
    let inside = |side: &Side<'_>, block: usize, place: &Range<usize>| {
        let text = side
            .blocks
            .get(block)
            .and_then(|block| block.text.get(place.clone()));
        quoted(text.unwrap_or_default().trim(), side.read.page.lang)
    };
    let message = format!(
        "the words beside {} contradict each other: {} in Chinese, {} in English",
        value(x),
        inside(zh, *block_a, &found.first),
        inside(en, *block_b, &found.second),
    );
    let mut diagnostic = Diagnostic::of(severity, message).hint(mend(said_in(en, *block_b, y)));
    diagnostic.place = Some(place(en.read, y.byte));
    diagnostic.related = Some(Box::new(place(zh.read, x.byte)));
    diagnostic
}

/// Excuses without a reason, and those that excuse nothing.
pub fn excuses(read: &Read<'_>) -> Vec<Diagnostic> {
    let blocks = read
        .text
        .sections
        .iter()
        .flat_map(|section| &section.blocks);
    blocks
        .flat_map(|block| &block.excuses)
        .filter_map(|excuse| {
            let (message, hint) = if !excuse.has_reason {
                (
                    "this comment excuses figures without saying why",
                    "say why they differ: <!-- figure 110: the count of May -->",
                )
            } else if !excuse.used.get() {
                (
                    "this comment excuses figures that do not differ",
                    "remove it, or name the figure that differs in this block",
                )
            } else {
                return None;
            };
            let mut diagnostic = Diagnostic::warning(message).hint(hint);
            diagnostic.place = Some(place(read, excuse.byte));
            Some(diagnostic)
        })
        .collect()
}

/// The value with its bound: `at least 10`.
fn value(said: &Said) -> String {
    let value = shown(&said.figure.value);
    match said.figure.bound {
        Bound::Above => format!("more than {value}"),
        Bound::Below => format!("up to {value}"),
        Bound::Exact | Bound::About => value,
    }
}

/// The words of a figure, in quotation marks.
fn words(side: &Side<'_>, block: usize, said: &Said) -> String {
    quoted(said_in(side, block, said), side.read.page.lang)
}

fn said_in<'a>(side: &Side<'a>, block: usize, said: &Said) -> &'a str {
    let block = side.blocks.get(block).copied();
    block
        .and_then(|block| block.text.get(said.figure.place.clone()))
        .unwrap_or_default()
}

fn mend(figure: &str) -> String {
    format!(
        "mend the one that is wrong, or say in the text why they differ: <!-- figure {figure}: reason -->"
    )
}

fn quoted(words: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("“{words}”"),
        Lang::En => format!("‘{words}’"),
    }
}

fn place(read: &Read<'_>, byte: usize) -> Place {
    let (line, column) = read.place(byte);
    Place {
        file: read.page.file.clone(),
        line: Some(line),
        column: Some(column),
    }
}

fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "Chinese",
        Lang::En => "English",
    }
}
