//! A chart in words, written from its data: for those who can't see it.

mod events;
mod grid;
mod groups;

use super::Kind;
use super::kind::Layout;
use super::phrase::Phrase;
use super::view::View;
use crate::content::data::DataSource;
use crate::lang::Lang;

/// One sentence: what is drawn, how many, and what stands out.
pub(crate) fn describe(view: &View, kind: Kind, layout: &Layout) -> String {
    let (lang, parts) = match view {
        View::Grid(grid) => (grid.lang, grid::parts(grid, kind, layout)),
        View::Events(events) => (events.lang, events::parts(events)),
        View::Groups(groups) => (groups.lang, groups::parts(groups)),
    };
    match lang {
        Lang::Zh => parts.join("；") + "。",
        Lang::En => parts.join("; ") + ".",
    }
}

/// `单位：项`, `Unit: policies`.
pub(crate) fn unit_line(unit: &Phrase, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("单位：{}", unit.text),
        Lang::En => format!("Unit: {}", unit.text),
    }
}

/// `来源：a.txt，第5行`, `Source: a.txt, line 5`.
pub(crate) fn source_line(source: &DataSource, lang: Lang) -> String {
    match (lang, source.line) {
        (Lang::Zh, None) => format!("来源：{}", source.file),
        (Lang::Zh, Some(line)) => format!("来源：{}，第{line}行", source.file),
        (Lang::En, None) => format!("Source: {}", source.file),
        (Lang::En, Some(line)) => format!("Source: {}, line {line}", source.file),
    }
}

/// Three names at most, then how many more.
fn names(names: &[&str], lang: Lang) -> String {
    let (first, more) = names.split_at(names.len().min(3));
    match (lang, more.len()) {
        (Lang::Zh, 0) => first.join("、"),
        (Lang::Zh, _) => format!("{}等{}个", first.join("、"), names.len()),
        (Lang::En, 0) => match first {
            [before @ .., last] if !before.is_empty() => {
                format!("{} and {last}", before.join(", "))
            }
            _ => first.concat(),
        },
        (Lang::En, more) => format!("{} and {more} more", first.join(", ")),
    }
}
