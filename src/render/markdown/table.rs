//! Tables, with alignment by class and a region that scrolls by itself.
//!
//! pulldown-cmark aligns cells by inline styles, which a strict content security policy forbids, and
//! leaves a wide table to push the page wider than a phone.

use pulldown_cmark::{Alignment, CowStr, Event, Tag, TagEnd};

use unicode_width::UnicodeWidthStr;

use super::footnotes::escape;
use super::html::Located;
use super::own::Own;

/// Half the width of a Chinese character, that many times: a cell that is not wider stays on one line,
/// since a table that is too wide is scrolled anyway.
const SHORT: usize = 12;
/// A cell that is wider has sentences, which take more than two lines in a column as narrow as it gets.
const LONG: usize = 28;
/// What a phone shows beside each other, columns of sentences as narrow as they get: a table that is
/// wider is scrolled there.
const PHONE: usize = 42;
/// A column of sentences at its narrowest, and the space between two columns.
const NARROWEST: usize = 16;
const GAP: usize = 3;

/// Where in a table the events are.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl Table {
    /// The HTML of an event that belongs to a table's frame, if it does; `after` are the events that
    /// come next, `label` names the scrolling region, `own` knows its anchor.
    pub(super) fn html(
        &mut self,
        event: &Event<'_>,
        after: &[Located<'_, '_>],
        label: &str,
        own: &mut Own,
    ) -> Option<CowStr<'static>> {
        Some(match event {
            Event::Start(Tag::Table(alignments)) => {
                self.alignments.clone_from(alignments);
                let id = own.id();
                let wide = if is_wide(after) { " wide" } else { "" };
                format!(
                    "<div{id} class=\"table{wide}\" role=\"group\" tabindex=\"0\" aria-label=\"{}\"><table>\n",
                    escape(label)
                )
                .into()
            }
            Event::End(TagEnd::Table) => "</tbody></table></div>\n".into(),
            Event::Start(Tag::TableHead) => {
                (self.column, self.in_head) = (0, true);
                "<thead><tr>".into()
            }
            Event::End(TagEnd::TableHead) => {
                self.in_head = false;
                "</tr></thead>\n<tbody>\n".into()
            }
            Event::Start(Tag::TableRow) => {
                self.column = 0;
                "<tr>".into()
            }
            Event::End(TagEnd::TableRow) => "</tr>\n".into(),
            Event::Start(Tag::TableCell) => {
                let width = width(after);
                let is_right = self.alignments.get(self.column) == Some(&Alignment::Right);
                let is_center = self.alignments.get(self.column) == Some(&Alignment::Center);
                // A column of figures is short anyway; what heads it may not be.
                let is_short = (1..=SHORT).contains(&width) && (self.in_head || !is_right);
                let classes = [
                    (is_right, "right"),
                    (is_center, "center"),
                    (is_short, "short"),
                    (width > LONG && !self.in_head, "long"),
                ];
                let classes: Vec<&str> = classes
                    .into_iter()
                    .filter_map(|(is_so, class)| is_so.then_some(class))
                    .collect();
                let class = match classes.join(" ") {
                    classes if classes.is_empty() => classes,
                    classes => format!(" class=\"{classes}\""),
                };
                self.column += 1;
                if self.in_head {
                    format!("<th scope=\"col\"{class}>").into()
                } else {
                    format!("<td{class}>").into()
                }
            }
            Event::End(TagEnd::TableCell) => if self.in_head { "</th>" } else { "</td>" }.into(),
            _ => return None,
        })
    }
}

/// How wide the text of the cell is that begins before these events.
fn width(events: &[Located<'_, '_>]) -> usize {
    let mut width = 0;
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => width += text.width(),
            Event::End(TagEnd::TableCell) => break,
            _ => {}
        }
    }
    width
}

/// Whether a phone can't show the table that begins before these events without scrolling.
fn is_wide(events: &[Located<'_, '_>]) -> bool {
    let mut columns: Vec<usize> = Vec::new();
    let mut column = 0;
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => column = 0,
            Event::Start(Tag::TableCell) => {
                let width = width(events.get(at + 1..).unwrap_or_default()).min(NARROWEST);
                match columns.get_mut(column) {
                    Some(widest) => *widest = width.max(*widest),
                    None => columns.push(width),
                }
                column += 1;
            }
            Event::End(TagEnd::Table) => break,
            _ => {}
        }
    }
    columns.iter().map(|width| width + GAP).sum::<usize>() > PHONE + GAP
}
