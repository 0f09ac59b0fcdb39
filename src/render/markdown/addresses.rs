//! Bare addresses: `https://example.org/a` in a text is a link without any sign around it.
//!
//! In: the events of a page. Out: the same events, each address of the web in a text as a link whose
//! words are itself, as `<https://example.org/a>` gives. Promise: nothing inside a link, a picture or
//! code is changed, written as Markdown or as HTML; the texts in a row stay the same; one pass.
//!
//! An address ends before a space, a sign that no address holds, and before Chinese, which is written
//! right after it; what punctuation closes the sentence around it stays outside, as on GitHub.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::cjk::is_cjk;

/// How an address begins.
const SCHEMES: [&str; 2] = ["https://", "http://"];

/// Elements inside which an address stays as it is written.
const CLOSED: [&str; 9] = [
    "a", "button", "code", "kbd", "pre", "samp", "script", "style", "textarea",
];

/// An event and the byte where it begins.
type Placed<'a> = (Event<'a>, usize);

/// Makes links of the bare addresses.
pub(super) fn link(events: Vec<Placed<'_>>) -> Vec<Placed<'_>> {
    let has_address =
        |(event, _): &Placed<'_>| matches!(event, Event::Text(text) if text.contains("://"));
    if !events.iter().any(has_address) {
        return events;
    }
    let mut out = Vec::with_capacity(events.len() + 16);
    // A text comes in pieces, cut wherever a sign of Markdown could have stood.
    let mut pieces: Vec<Placed<'_>> = Vec::new();
    let mut closed = Closed::default();
    for (event, byte) in events {
        if matches!(event, Event::Text(_)) && !closed.is_closed() {
            pieces.push((event, byte));
            continue;
        }
        flush(&mut pieces, &mut out);
        closed.enter(&event);
        out.push((event, byte));
    }
    flush(&mut pieces, &mut out);
    out
}

/// Where no link may stand.
#[derive(Default)]
struct Closed {
    markdown: usize,
    html: usize,
}

impl Closed {
    fn is_closed(&self) -> bool {
        self.markdown + self.html > 0
    }

    fn enter(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. }) => {
                self.markdown += 1;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::Link | TagEnd::Image) => {
                self.markdown = self.markdown.saturating_sub(1);
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                for tag in html.split('<').skip(1) {
                    let name = tag.strip_prefix('/').unwrap_or(tag);
                    let end = name.find(|c: char| !c.is_ascii_alphanumeric());
                    let name = name.get(..end.unwrap_or(name.len())).unwrap_or_default();
                    if !CLOSED
                        .iter()
                        .any(|closed| closed.eq_ignore_ascii_case(name))
                    {
                        continue;
                    }
                    self.html = if tag.starts_with('/') {
                        self.html.saturating_sub(1)
                    } else {
                        self.html + 1
                    };
                }
            }
            _ => {}
        }
    }
}

/// Moves a text to the events, with its addresses as links.
fn flush<'a>(pieces: &mut Vec<Placed<'a>>, out: &mut Vec<Placed<'a>>) {
    let words = |event: &Event<'a>| match event {
        Event::Text(text) => text.to_string(),
        _ => String::new(),
    };
    let mut whole = String::new();
    let mut places = Vec::with_capacity(pieces.len());
    for (event, byte) in pieces.iter() {
        places.push((whole.len(), *byte));
        whole.push_str(&words(event));
    }
    let addresses = addresses(&whole);
    if addresses.is_empty() {
        out.append(pieces);
        return;
    }
    pieces.clear();
    let byte = |at: usize| {
        let piece = places.partition_point(|(start, _)| *start <= at);
        let piece = piece.checked_sub(1).and_then(|piece| places.get(piece));
        piece.map_or(0, |(start, byte)| byte + (at - start))
    };
    let mut plain = 0;
    let put = |out: &mut Vec<Placed<'a>>, from: usize, to: usize| {
        if let Some(text) = whole.get(from..to).filter(|text| !text.is_empty()) {
            out.push((Event::Text(text.to_owned().into()), byte(from)));
        }
    };
    for (from, to) in addresses {
        put(out, plain, from);
        let start = Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: whole.get(from..to).unwrap_or_default().to_owned().into(),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        };
        out.push((Event::Start(start), byte(from)));
        put(out, from, to);
        out.push((Event::End(TagEnd::Link), byte(from)));
        plain = to;
    }
    put(out, plain, whole.len());
}

/// Where the addresses in a text begin and end.
fn addresses(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find("http")) {
        let from = at + next;
        let rest = text.get(from..).unwrap_or_default();
        let before = text.get(..from).and_then(|text| text.chars().next_back());
        let is_start = !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '/');
        match length(rest).filter(|_| is_start) {
            Some(length) => {
                at = from + length;
                found.push((from, at));
            }
            None => at = from + "http".len(),
        }
    }
    found
}

/// The length of the address that a text begins with.
fn length(text: &str) -> Option<usize> {
    let host = SCHEMES
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme))?;
    if !host.starts_with(|c: char| c.is_alphanumeric() && !is_cjk(c)) {
        return None;
    }
    let holds = |c: char| match c {
        '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
        c if c.is_ascii() => c.is_ascii_graphic(),
        c => c.is_alphanumeric() && !is_cjk(c),
    };
    let end = text.find(|c| !holds(c)).unwrap_or(text.len());
    Some(without_end(text.get(..end)?).len())
}

/// An address without the punctuation of the sentence that it stands in: a bracket that was opened
/// inside it belongs to it.
fn without_end(address: &str) -> &str {
    let count = |wanted: char| address.chars().filter(|&c| c == wanted).count();
    let mut round = (count('('), count(')'));
    let mut square = (count('['), count(']'));
    let mut rest = address;
    while let Some(last) = rest.chars().next_back() {
        let pair = match last {
            ')' => &mut round,
            ']' => &mut square,
            '!' | '\'' | '*' | ',' | '.' | ':' | ';' | '?' | '_' | '~' => &mut (0, 1),
            _ => break,
        };
        if pair.1 <= pair.0 {
            break;
        }
        pair.1 -= 1;
        rest = rest.strip_suffix(last).unwrap_or_default();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::markdown::{mark, parse};

    /// A text with its links in brackets.
    fn check(markdown: &str, expect: &str) {
        let marked = mark(markdown);
        let mut shown = String::new();
        for (event, _) in parse(&marked).events {
            match event {
                Event::Text(text) | Event::Code(text) => shown.push_str(&text),
                Event::Start(Tag::Link { .. }) => shown.push('['),
                Event::End(TagEnd::Link) => shown.push(']'),
                Event::SoftBreak => shown.push(' '),
                Event::InlineHtml(html) => shown.push_str(&html),
                _ => {}
            }
        }
        assert_eq!(shown, expect, "{markdown}");
    }

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        for (markdown, expect) in [
            (
                "见https://example.org/a，再看",
                "见[https://example.org/a]，再看",
            ),
            (
                "（https://example.org/a）。",
                "（[https://example.org/a]）。",
            ),
            (
                "网址:http://example.org/报告",
                "网址:[http://example.org/]报告",
            ),
            ("See https://example.org/a.", "See [https://example.org/a]."),
            (
                "(https://example.org/a_(b)).",
                "([https://example.org/a_(b)]).",
            ),
            (
                "“https://example.org/a?b=c&d=e#f”",
                "“[https://example.org/a?b=c&d=e#f]”",
            ),
            (
                "https://example.org/a_b_c/~d/é!?",
                "[https://example.org/a_b_c/~d/é]!?",
            ),
            ("**https://example.org/**中文", "[https://example.org/]中文"),
            ("https://a.b https://c.d", "[https://a.b] [https://c.d]"),
        ] {
            check(markdown, expect);
        }
    }

    #[test]
    fn what_is_no_address_in_a_text_stays() {
        for (markdown, expect) in [
            ("`https://example.org`", "https://example.org"),
            ("    https://example.org", "https://example.org"),
            (
                "[https://example.org](https://example.org)",
                "[https://example.org]",
            ),
            (
                "[看 https://example.org 吧](a.md)",
                "[看 https://example.org 吧]",
            ),
            ("<https://example.org>", "[https://example.org]"),
            ("![https://example.org](a.png)", "https://example.org"),
            (
                "https://… http:// xhttps://a.b",
                "https://… http:// xhttps://a.b",
            ),
        ] {
            check(markdown, expect);
        }
        for tag in ["a", "code", "KBD"] {
            let html = format!("<{tag} title=\"x\">https://a.b</{tag}>");
            check(
                &format!("{html} https://c.d"),
                &format!("{html} [https://c.d]"),
            );
        }
    }

    #[test]
    fn each_piece_keeps_its_place() {
        let text = "甲 &amp; 乙_丙 https://a.b/c_d 丁";
        let marked = mark(text);
        let parsed = parse(&marked);
        let link = parsed.events.iter().find_map(|(event, byte)| {
            matches!(event, Event::Start(Tag::Link { .. })).then_some(*byte)
        });
        assert_eq!(link, text.find("https"));
    }
}
