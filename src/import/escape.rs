//! Plain text to Markdown that renders as that text.
//!
//! In: text from a source. Out: the text with a backslash before what Markdown would read as a sign.
//! Promise: rendered with any extension of `CommonMark` that we switch on, the reader sees the source's
//! characters; what can't be misread stays as it is, so that the files are pleasant to edit.

/// Text inside a line.
#[must_use]
pub fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut characters = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = characters.next() {
        let next = characters.peek().copied();
        let sign = match c {
            '\\' | '`' | '*' | '[' | '<' | '~' | '|' | '$' | '^' | '{' => true,
            // Inside a Latin word or a file name it is no sign.
            '_' => {
                !(before.is_ascii_alphanumeric()
                    && next.is_some_and(|next| next.is_ascii_alphanumeric()))
            }
            '&' => next.is_some_and(|next| next.is_ascii_alphabetic() || next == '#'),
            _ => false,
        };
        if sign {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Text at the start of a block: there a few more characters are signs.
#[must_use]
pub fn block(text: &str) -> String {
    let out = inline(text);
    let Some(first) = out.chars().next() else {
        return out;
    };
    if matches!(first, '#' | '>' | '+' | '-' | '=' | ':') {
        return format!("\\{out}");
    }
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=9).contains(&digits) {
        let (number, rest) = out.split_at(digits);
        if rest.starts_with(['.', ')']) {
            return format!("{number}\\{rest}");
        }
    }
    out
}

/// Text of a heading: `#` at its end would close it.
#[must_use]
pub fn heading(text: &str) -> String {
    let out = inline(text);
    let kept = out.trim_end_matches('#').len();
    let (kept, hashes) = out.split_at(kept);
    format!("{kept}{}", hashes.replace('#', "\\#"))
}
