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

/// A link that leads nowhere: its words stay, marked, without the link.
#[derive(Default)]
pub(super) struct Broken {
    is_open: bool,
}

impl Broken {
    pub(super) fn start<'e>(&mut self, resolved: Option<Event<'e>>) -> Event<'e> {
        self.is_open = resolved.is_none();
        resolved.unwrap_or_else(|| Event::InlineHtml("<span class=\"broken\">".into()))
    }

    pub(super) fn end<'e>(&mut self, event: &Event<'e>) -> Event<'e> {
        if std::mem::take(&mut self.is_open) {
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

/// What stands in place of a picture, up to its end, and the number of events until after that.
pub(super) fn picture_words(events: &[Located<'_, '_>]) -> (String, usize) {
    let mut words = String::new();
    let mut depth = 0_usize;
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) if depth == 0 => return (words, at + 1),
            Event::End(TagEnd::Image) => depth -= 1,
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    (words, events.len())
}

/// Whether all of a paragraph stands between these events.
pub(super) fn is_alone(events: &[Located<'_, '_>], from: usize, to: usize) -> bool {
    let before = from.checked_sub(1).and_then(|at| events.get(at));
    let is_start = matches!(before, Some((Event::Start(Tag::Paragraph), _)));
    is_start && matches!(events.get(to), Some((Event::End(TagEnd::Paragraph), _)))
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

/// The words of a heading for the contents: formatting, languages and places to break at stay, links
/// and anchors do not, and a picture leaves its words.
pub(super) fn inline_html(events: &[Event<'_>]) -> String {
    let mut out = String::new();
    let kept = events.iter().filter_map(|event| match event {
        Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link) => None,
        Event::InlineHtml(html) => {
            let words = html.strip_prefix("<img ")?.split_once("alt=\"")?.1;
            let (words, _) = words.split_once('"')?;
            Some(Event::Html(words.to_owned().into()))
        }
        other => Some(other.clone()),
    });
    html::push_html(&mut out, kept);
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
