//! Links in HTML that a person wrote by hand in her Markdown.
//!
//! In: a piece of HTML, as the parser hands it over (a block comes line by line), and what resolves
//! an address. Out: the same HTML with the addresses of the site. Promise: nothing but the values of
//! `href`, `src` and `poster` is changed, and nothing inside a comment.

use std::borrow::Cow;

/// The attributes that hold one address.
const ADDRESSES: [&str; 3] = ["href", "src", "poster"];

/// Reads HTML piece by piece: a comment may go on from one piece to the next.
#[derive(Debug, Default)]
pub(super) struct RawHtml {
    in_comment: bool,
}

impl RawHtml {
    /// The piece with its addresses resolved; `resolve` gets each with the byte at which it begins,
    /// and gives what is to stand there instead, if anything.
    pub(super) fn resolve<'a>(
        &mut self,
        html: &'a str,
        mut resolve: impl FnMut(&str, usize) -> Option<String>,
    ) -> Cow<'a, str> {
        let mut out = String::new();
        let mut copied = 0;
        let mut at = 0;
        while let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
            if self.in_comment {
                let Some(end) = rest.find("-->") else { break };
                self.in_comment = false;
                at += end + 3;
            } else if rest.starts_with("<!--") {
                self.in_comment = true;
                at += 4;
            } else if let Some((start, end)) = value(rest) {
                let found = html.get(at + start..at + end).unwrap_or_default();
                if let Some(address) = resolve(&found.replace("&amp;", "&"), at + start) {
                    out.push_str(html.get(copied..at + start).unwrap_or_default());
                    out.push_str(&address.replace('&', "&amp;").replace('"', "&quot;"));
                    copied = at + end;
                }
                at += end;
            } else {
                at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        if copied == 0 {
            return Cow::Borrowed(html);
        }
        out.push_str(html.get(copied..).unwrap_or_default());
        Cow::Owned(out)
    }
}

/// Where the quoted value of an attribute stands, if one that holds an address begins the text
/// after a space.
fn value(text: &str) -> Option<(usize, usize)> {
    let name = text.strip_prefix(|c: char| c.is_ascii_whitespace())?;
    let rest = ADDRESSES.iter().find_map(|attribute| {
        let (head, rest) = name.split_at_checked(attribute.len())?;
        head.eq_ignore_ascii_case(attribute).then_some(rest)
    })?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inside = rest.get(1..)?;
    let start = text.len() - inside.len();
    Some((start, start + inside.find(quote)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(pieces: &[&str]) -> String {
        let mut raw = RawHtml::default();
        let upper = |address: &str, _: usize| (!address.is_empty()).then(|| address.to_uppercase());
        pieces
            .iter()
            .map(|piece| raw.resolve(piece, upper))
            .collect()
    }

    #[test]
    fn only_addresses_change() {
        assert_eq!(
            through(&["<p title='a'>b</p> <a\n  HREF = \"a?b&amp;c\" id=甲 href=''>甲</a>"]),
            "<p title='a'>b</p> <a\n  HREF = \"A?B&amp;C\" id=甲 href=''>甲</a>"
        );
        assert_eq!(
            through(&["<img data-src=\"a\" src='b'>"]),
            "<img data-src=\"a\" src='B'>"
        );
    }

    #[test]
    fn a_comment_is_left_alone() {
        let pieces = ["<!-- <a href=\"a\">\n", " src='b' --> <a href=\"c\">"];
        assert_eq!(
            through(&pieces),
            "<!-- <a href=\"a\">\n src='b' --> <a href=\"C\">"
        );
    }
}
