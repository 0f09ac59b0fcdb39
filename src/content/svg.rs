//! The size that an SVG file gives itself.
//!
//! In: the bytes of the file. Out: its root element, and the size that its attributes name. Promise:
//! a drawing without a size of its own, but with a `viewBox`, keeps filling the width it is given, in
//! the right proportion.

use crate::content::picture::Size;

/// The least width of a drawing that fills what there is: wider than any column of text.
const FILLING: f64 = 2000.0;

/// The attributes of the root element; `None` if there is none.
pub(super) fn root(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut rest = &*text;
    loop {
        rest = rest.split_once('<')?.1;
        let past = |end: &str| rest.split_once(end).map(|(_, after)| after);
        if rest.starts_with("!--") {
            rest = past("-->")?;
        } else if rest.starts_with('?') {
            rest = past("?>")?;
        } else if rest.starts_with('!') {
            // A document type may declare entities of its own between brackets.
            let has_own = rest.find('[') < rest.find('>') && rest.contains('[');
            rest = past(if has_own { "]>" } else { ">" })?;
        } else {
            let name = rest.split([' ', '\t', '\r', '\n', '>', '/']).next()?;
            let local = name.rsplit(':').next()?;
            return (local == "svg").then(|| attributes(rest.strip_prefix(name)?))?;
        }
    }
}

/// What stands up to the end of the tag, which a quoted `>` is not.
fn attributes(tag: &str) -> Option<String> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return tag.get(..at).map(str::to_owned),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// The size of a drawing, from the attributes of its root.
pub(super) fn size(root: &str) -> Option<Size> {
    let own = |name| attribute(root, name).and_then(pixels);
    let ratio = attribute(root, "viewBox").and_then(|view| {
        let numbers = view.split([' ', ',', '\t', '\r', '\n']);
        let numbers = numbers.filter(|part| !part.is_empty());
        let numbers: Vec<f64> = numbers.filter_map(|part| part.parse().ok()).collect();
        let [_, _, width, height] = numbers[..] else {
            return None;
        };
        (width > 0.0 && height > 0.0).then_some((width, height))
    });
    let (width, height) = match (own("width"), own("height"), ratio) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((w, h))) => (width, width * h / w),
        (None, Some(height), Some((w, h))) => (height * w / h, height),
        (None, None, Some((w, h))) => {
            let scale = (FILLING / w).max(1.0);
            (w * scale, h * scale)
        }
        _ => return None,
    };
    Some(Size {
        width: whole(width)?,
        height: whole(height)?,
    })
}

/// A length as a whole number of pixels, at least one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is checked"
)]
fn whole(length: f64) -> Option<u32> {
    let rounded = length.round().max(1.0);
    (rounded <= f64::from(u32::MAX)).then_some(rounded as u32)
}

/// The value of an attribute.
fn attribute<'a>(root: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = root;
    loop {
        let (before, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, next) = after.strip_prefix(quote)?.split_once(quote)?;
        if before.trim() == name {
            return Some(value);
        }
        rest = next;
    }
}

/// A length in CSS pixels; none for a share of what is around, or of the size of letters.
fn pixels(length: &str) -> Option<f64> {
    let length = length.trim();
    let unit = length.trim_start_matches(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    let number: f64 = length.strip_suffix(unit)?.parse().ok()?;
    let factor = match unit.trim() {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        _ => return None,
    };
    (number > 0.0).then_some(number * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(u32, u32)> {
        let size = size(&root(text.as_bytes())?)?;
        Some((size.width, size.height))
    }

    #[test]
    fn a_drawing_has_the_size_it_names() {
        assert_eq!(of("<svg width=\"120\" height='60px'>"), Some((120, 60)));
        assert_eq!(
            of("<svg width=\"1in\" viewBox=\"0 0 10,20\"/>"),
            Some((96, 192))
        );
        let long = "\u{FEFF}<?xml version=\"1.0\"?>\n<!-- <svg width='1' height='1'> -->\n<!DOCTYPE svg [<!ENTITY a \"b\">]>\n<s:svg\n  data-a=\"a>b\" stroke-width=\"3\" width=\"7\" height=\"8\">";
        assert_eq!(of(long), Some((7, 8)));
    }

    #[test]
    fn a_drawing_without_a_size_fills_the_width() {
        assert_eq!(of("<svg viewBox=\"0 0 24 12\">"), Some((2000, 1000)));
        assert_eq!(
            of("<svg width=\"100%\" height=\"100%\" viewBox=\"0 0 24 12\">"),
            Some((2000, 1000))
        );
        assert_eq!(of("<svg width=\"100%\">"), None);
        assert_eq!(of("<svg width=\"1e999\" height=\"5\">"), None);
    }

    #[test]
    fn what_has_no_root_is_no_drawing() {
        for text in ["", "<", "<html><svg>", "<!-- ", "<svg width=\"5", "甲"] {
            assert_eq!(root(text.as_bytes()), None, "{text}");
        }
    }
}
