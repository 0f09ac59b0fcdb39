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
                format!(
                    "<div{id} class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"{}\"><table>\n",
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
                let is_short = is_short(after);
                let class = match self.alignments.get(self.column) {
                    Some(Alignment::Right) if is_short && self.in_head => " class=\"right short\"",
                    Some(Alignment::Right) => " class=\"right\"",
                    Some(Alignment::Center) if is_short => " class=\"center short\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    _ if is_short => " class=\"short\"",
                    _ => "",
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

/// Whether the cell that begins before these events has a little text and nothing else.
fn is_short(events: &[Located<'_, '_>]) -> bool {
    let mut width = 0;
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => width += text.width(),
            Event::End(TagEnd::TableCell) => break,
            _ => {}
        }
    }
    (1..=SHORT).contains(&width)
}
