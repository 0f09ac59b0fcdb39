//! How wide a text is, and where a line of it may end, without knowing the reader's font.
//!
//! Chinese characters are one em. A Latin character is as wide as in the widest of six fonts, serif
//! and sans-serif, that stand for those a page is likely to be set in. So a text may come out
//! narrower than said here, hardly ever wider, and nothing is cut off.

use unicode_width::UnicodeWidthChar;

/// Widths of U+0020 to U+007E in 1/1000 em: the largest of `DejaVu` Sans and Serif, Liberation Sans
/// and Serif (which have the widths of Arial and Times), Noto Sans and Serif CJK SC, as measured in
/// Chromium 156 (`CanvasRenderingContext2D.measureText`).
#[rustfmt::skip]
const REGULAR: [u16; 95] = [
    318, 402, 474, 838, 637, 951, 891, 278, 391, 391, 500, 838, 327, 361, 327, 392, // space to /
    637, 637, 637, 637, 637, 637, 637, 637, 637, 637, 337, 337, 838, 838, 838, 557, // 0 to ?
    1016, 723, 735, 766, 802, 730, 694, 799, 873, 405, 535, 748, 665, 1024, 875, 820, // @ to O
    673, 820, 753, 686, 667, 843, 723, 1053, 723, 723, 695, 391, 392, 391, 838, 563, // P to _
    606, 613, 641, 561, 641, 616, 388, 641, 663, 332, 311, 607, 334, 975, 661, 612, // ` to o
    641, 641, 479, 521, 402, 653, 592, 856, 592, 592, 527, 637, 337, 637, 838, // p to ~
];

/// The same in bold.
#[rustfmt::skip]
const BOLD: [u16; 95] = [
    349, 457, 574, 838, 696, 1002, 903, 325, 474, 474, 523, 838, 380, 416, 380, 400, // space to /
    696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 611, // 0 to ?
    1007, 776, 846, 796, 868, 763, 710, 855, 945, 468, 568, 870, 704, 1107, 915, 872, // @ to O
    752, 872, 832, 723, 745, 873, 776, 1124, 776, 725, 730, 474, 400, 474, 838, 593, // P to _
    626, 675, 716, 609, 716, 679, 436, 716, 728, 380, 362, 693, 380, 1059, 728, 688, // ` to o
    716, 716, 527, 596, 479, 728, 652, 924, 646, 652, 583, 712, 366, 712, 838, // p to ~
];

/// Other letters (é, ß, Cyrillic), which no table here knows.
const OTHER: f64 = 0.75;

/// The width of a text in the unit of `size`; a little more than it will really be.
#[must_use]
pub fn width(text: &str, size: i32, bold: bool) -> f64 {
    text.chars().map(|c| width_of(c, bold)).sum::<f64>() * f64::from(size)
}

fn width_of(character: char, bold: bool) -> f64 {
    let table = if bold { &BOLD } else { &REGULAR };
    let ascii = (character as usize)
        .checked_sub(0x20)
        .and_then(|index| table.get(index));
    if let Some(thousandths) = ascii {
        return f64::from(*thousandths) / 1000.0;
    }
    // Quotation marks, dashes and the like are one em in Chinese fonts: `width_cjk` says so.
    match character.width_cjk() {
        Some(0) => 0.0,
        Some(1) | None => OTHER,
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
    fill(&measured(text, size, bold), size, bold, room)
}

/// As [`wrap`], with lines of about the same length: the narrowest block of as many lines.
pub(crate) fn wrap_evenly(text: &str, size: i32, bold: bool, room: f64) -> Wrapped {
    let pieces = measured(text, size, bold);
    let mut best = fill(&pieces, size, bold, room);
    if best.lines.len() < 2 || best.broke_word {
        return best;
    }
    let whole: f64 = pieces.iter().map(|piece| piece.width).sum();
    let (mut too_narrow, mut enough) = (whole / best.lines.len() as f64 * 0.9, room);
    while enough - too_narrow > 4.0 {
        let middle = f64::midpoint(too_narrow, enough);
        let tried = fill(&pieces, size, bold, middle);
        if tried.lines.len() == best.lines.len() && !tried.broke_word {
            enough = middle;
            best = tried;
        } else {
            too_narrow = middle;
        }
    }
    best
}

/// A part that stays on one line if it can.
struct Piece<'a> {
    text: &'a str,
    width: f64,
    /// Without the space at its end.
    bare: f64,
}

fn measured(text: &str, size: i32, bold: bool) -> Vec<Piece<'_>> {
    pieces(text)
        .map(|text| {
            let bare = width(text.trim_end(), size, bold);
            let space = &text[text.trim_end().len()..];
            Piece {
                text,
                width: bare + width(space, size, bold),
                bare,
            }
        })
        .collect()
}

/// Fills line after line with as many pieces as it takes.
fn fill(pieces: &[Piece<'_>], size: i32, bold: bool, room: f64) -> Wrapped {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut line_width = 0.0;
    let mut broke_word = false;
    for piece in pieces {
        if line_width + piece.bare > room && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            line_width = 0.0;
        }
        if piece.bare <= room {
            line.push_str(piece.text);
            line_width += piece.width;
            continue;
        }
        broke_word = true;
        for character in piece.text.chars() {
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
    // A year stays whole: 2021年 | 5月.
    if before.is_ascii_digit() && matches!(after, '年' | '月' | '日') {
        return false;
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
        check("2021年5月", 40.0, &["2021年", "5月"]);
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
