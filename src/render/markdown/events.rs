//! What the writer asks of single events and of short runs of them.
//!
//! In: events. Out: pieces of HTML, characters at their edges, the tree of headings. Nothing here
//! knows of the page.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd, html};

use super::footnotes::escape;
use super::html::Located;
use crate::render::views::Heading;

/// A place where a line may break.
pub(super) const BREAK: &str = "<wbr>";

/// Links and images that lead nowhere: their words stay, marked, without the link.
#[derive(Default)]
pub(super) struct Broken {
    link: bool,
    image: bool,
}

impl Broken {
    pub(super) fn start<'e>(
        &mut self,
        event: &Event<'_>,
        resolved: Option<Event<'e>>,
    ) -> Event<'e> {
        let is_broken = resolved.is_none();
        match event {
            Event::Start(Tag::Link { .. }) => self.link = is_broken,
            _ => self.image = is_broken,
        }
        resolved.unwrap_or_else(|| Event::InlineHtml("<span class=\"broken\">".into()))
    }

    pub(super) fn end<'e>(&mut self, event: &Event<'e>) -> Event<'e> {
        let is_broken = match event {
            Event::End(TagEnd::Link) => std::mem::take(&mut self.link),
            _ => std::mem::take(&mut self.image),
        };
        if is_broken {
            Event::InlineHtml("</span>".into())
        } else {
            event.clone()
        }
    }
}

/// The start of a block of code, which takes the focus: a reader without a mouse must be able to
/// scroll to the end of a long line. `id` is its attribute, if it has one.
pub(super) fn code_start(kind: &CodeBlockKind<'_>, id: &str) -> String {
    let language = match kind {
        CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().unwrap_or_default(),
        CodeBlockKind::Indented => "",
    };
    if language.is_empty() {
        format!("<pre{id} tabindex=\"0\"><code>")
    } else {
        let language = escape(language);
        format!("<pre{id} tabindex=\"0\"><code class=\"language-{language}\">")
    }
}

/// The HTML of events that are written alike wherever they stand.
pub(super) fn always_alike(event: &Event<'_>) -> Option<&'static str> {
    Some(match event {
        Event::Rule => "<hr>\n",
        Event::HardBreak => "<br>\n",
        Event::End(TagEnd::CodeBlock) => "</code></pre>\n",
        _ => return None,
    })
}

/// HTML in which images end as HTML has it: `<img …>`, not `<img … />`.
pub(super) fn without_slashes(html: String) -> String {
    let mut parts = html.split("<img ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    if out.len() == html.len() {
        return html;
    }
    for part in parts {
        let (tag, rest) = part.split_once('>').unwrap_or((part, ""));
        out.extend(["<img ", tag.strip_suffix(" /").unwrap_or(tag)]);
        if tag.len() < part.len() {
            out.extend([">", rest]);
        }
    }
    out
}

/// Whether a block of code asks for a chart.
pub(super) fn is_chart(kind: &CodeBlockKind<'_>) -> bool {
    let CodeBlockKind::Fenced(info) = kind else {
        return false;
    };
    info.split_whitespace().next() == Some("chart")
}

/// The text of a chart block and the number of events until after its end.
pub(super) fn chart_block(events: &[Located<'_, '_>]) -> (String, usize) {
    let mut spec = String::new();
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Text(text) => spec.push_str(text),
            Event::End(TagEnd::CodeBlock) => return (spec, at + 1),
            _ => {}
        }
    }
    (spec, events.len())
}

/// The first character that a reader sees in these events, if it comes before the block ends.
pub(super) fn first_char(events: &[Located<'_, '_>]) -> Option<char> {
    events.iter().find_map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => text.chars().next().map(Some),
        Event::FootnoteReference(_)
        | Event::InlineHtml(_)
        | Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
        | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {
            None
        }
        _ => Some(None),
    })?
}

/// The last character that a reader sees of this event.
pub(super) fn last_char(event: &Event<'_>) -> Option<char> {
    match event {
        Event::Text(text) | Event::Code(text) => text.chars().next_back(),
        Event::SoftBreak | Event::HardBreak => Some(' '),
        _ => None,
    }
}

/// The words of a heading for the contents: formatting and languages stay, links, anchors and places
/// to break at do not.
pub(super) fn inline_html(events: &[Event<'_>]) -> String {
    let mut out = String::new();
    let kept = events.iter().filter(|event| {
        let is_break = matches!(event, Event::Html(html) if html.as_ref() == BREAK);
        !is_break
            && !matches!(
                event,
                Event::Start(Tag::Link { .. } | Tag::Image { .. })
                    | Event::End(TagEnd::Link | TagEnd::Image)
                    | Event::InlineHtml(_)
            )
    });
    html::push_html(&mut out, kept.cloned());
    out
}

/// Headings in a row to a tree.
pub(super) fn tree(headings: Vec<Heading>) -> Vec<Heading> {
    let mut top: Vec<Heading> = Vec::new();
    for heading in headings {
        let mut level = &mut top;
        while level.last().is_some_and(|last| last.level < heading.level) {
            let Some(last) = level.len().checked_sub(1) else {
                break;
            };
            level = &mut level[last].children;
        }
        level.push(heading);
    }
    top
}
