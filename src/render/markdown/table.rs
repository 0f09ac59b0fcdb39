//! Tables, with alignment by class and a region that scrolls by itself.
//!
//! pulldown-cmark aligns cells by inline styles, which a strict content security policy forbids, and
//! leaves a wide table to push the page wider than a phone.

use pulldown_cmark::{Alignment, CowStr, Event, Tag, TagEnd};

use super::footnotes::escape;

/// Where in a table the events are.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl Table {
    /// The HTML of an event that belongs to a table's frame; `label` names the scrolling region, `id`
    /// is its attribute, if it has one.
    pub(super) fn html(
        &mut self,
        event: &Event<'_>,
        label: &str,
        id: &str,
    ) -> Option<CowStr<'static>> {
        Some(match event {
            Event::Start(Tag::Table(alignments)) => {
                self.alignments.clone_from(alignments);
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
                let class = match self.alignments.get(self.column) {
                    Some(Alignment::Right) => " class=\"right\"",
                    Some(Alignment::Center) => " class=\"center\"",
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
