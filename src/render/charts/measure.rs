//! How wide a text is, and where a line of it may end, without knowing the reader's font.
//!
//! Chinese characters are one em. Latin characters have the widths of Helvetica (Adobe's font
//! metrics, 1/1000 em), which Arial shares, and 12 % on top: enough for the system fonts that a page is likely to use
//! (measured in a browser: Noto Sans, `DejaVu` Sans and Liberation Sans stay below). So a text may
//! come out narrower than said here, hardly ever wider, and nothing is cut off.

use unicode_width::UnicodeWidthChar;

/// Widths of U+0020 to U+007E in Helvetica, 1/1000 em.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278,
    278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
];

/// For fonts that are wider than Helvetica, and for bold, which is wider still.
const ALLOWANCE: f64 = 1.12;
const ALLOWANCE_BOLD: f64 = 1.22;

/// The width of a text in the unit of `size`; a little more than it will really be.
#[must_use]
pub fn width(text: &str, size: i32, bold: bool) -> f64 {
    text.chars().map(|c| width_of(c, bold)).sum::<f64>() * f64::from(size)
}

fn width_of(character: char, bold: bool) -> f64 {
    let allowance = if bold { ALLOWANCE_BOLD } else { ALLOWANCE };
    let ascii = (character as usize)
        .checked_sub(0x20)
        .and_then(|index| HELVETICA.get(index));
    if let Some(thousandths) = ascii {
        return f64::from(*thousandths) / 1000.0 * allowance;
    }
    // Quotation marks, dashes and the like are one em in Chinese fonts: `width_cjk` says so.
    match character.width_cjk() {
        Some(0) => 0.0,
        Some(1) | None => 0.65 * allowance,
        Some(_) => 1.0,
    }
}

/// A text in lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrapped {
    pub(crate) lines: Vec<String>,
    /// A word was longer than a line and had to be cut in two.
    pub(crate) broke_word: bool,
}

impl Wrapped {
    /// The width of the longest line.
    pub(crate) fn width(&self, size: i32, bold: bool) -> f64 {
        self.lines
            .iter()
            .map(|line| width(line, size, bold))
            .fold(0.0, f64::max)
    }
}

/// Breaks a text into lines no wider than `room`.
pub(crate) fn wrap(text: &str, size: i32, bold: bool, room: f64) -> Wrapped {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut line_width = 0.0;
    let mut broke_word = false;
    for piece in pieces(text) {
        let piece_width = width(piece, size, bold);
        let bare = width(piece.trim_end(), size, bold);
        if line_width + bare > room && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            line_width = 0.0;
        }
        if bare <= room {
            line.push_str(piece);
            line_width += piece_width;
            continue;
        }
        broke_word = true;
        for character in piece.chars() {
            let more = width_of(character, bold) * f64::from(size);
            if line_width + more > room && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                line_width = 0.0;
            }
            line.push(character);
            line_width += more;
        }
    }
    lines.push(line);
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines.retain(|line| !line.is_empty());
    Wrapped { lines, broke_word }
}

/// As [`wrap`], with lines of about the same length: the narrowest block of as many lines.
pub(crate) fn wrap_evenly(text: &str, size: i32, bold: bool, room: f64) -> Wrapped {
    let mut best = wrap(text, size, bold, room);
    if best.lines.len() < 2 || best.broke_word {
        return best;
    }
    let (mut too_narrow, mut enough) = (0.0, room);
    // Ten halvings reach one unit from any room there is.
    for _ in 0..10 {
        let middle = f64::midpoint(too_narrow, enough);
        let tried = wrap(text, size, bold, middle);
        if tried.lines.len() == best.lines.len() && !tried.broke_word {
            enough = middle;
            best = tried;
        } else {
            too_narrow = middle;
        }
    }
    best
}

/// The parts between which a line may end; a space stays with the part before it.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut previous = None;
        let end = rest
            .char_indices()
            .find(|&(_, next)| {
                let breaks = previous.is_some_and(|before| may_break(before, next));
                previous = Some(next);
                breaks
            })
            .map_or(rest.len(), |(at, _)| at);
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

fn may_break(before: char, after: char) -> bool {
    if after.is_whitespace() || NOT_AT_START.contains(after) || NOT_AT_END.contains(before) {
        return false;
    }
    if before.is_whitespace() {
        return true;
    }
    if matches!(before, '-' | '/' | '–') {
        return after.is_alphanumeric();
    }
    is_han_like(before) || is_han_like(after)
}

fn is_han_like(character: char) -> bool {
    character.width() == Some(2)
}

/// What no line of Chinese begins with (GB/T 15834, and W3C's clreq), and what none ends with.
const NOT_AT_START: &str = "，。、；：？！）》〉」』】〕”’…—·％‰々ー,.;:?!)]}%";
const NOT_AT_END: &str = "（《〈「『【〔“‘([{￥$";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, room: f64, expect: &[&str]) {
        assert_eq!(wrap(text, 10, false, room).lines, expect);
    }

    #[test]
    fn latin_breaks_at_spaces() {
        check("Ministry of Commerce", 70.0, &["Ministry of", "Commerce"]);
    }

    #[test]
    fn chinese_breaks_anywhere_but_before_closing_marks() {
        check(
            "关于印发《方案》的通知",
            50.0,
            &["关于印发", "《方案》的", "通知"],
        );
        check("工信部，商务部", 30.0, &["工信", "部，商", "务部"]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut() {
        let wrapped = wrap("abcdefghij", 10, false, 30.0);
        assert!(wrapped.broke_word);
        assert_eq!(wrapped.lines.concat(), "abcdefghij");
    }

    #[test]
    fn even_lines() {
        let wrapped = wrap_evenly("国家互联网信息办公室等部门", 10, false, 120.0);
        assert_eq!(wrapped.lines, ["国家互联网信息", "办公室等部门"]);
    }
}
