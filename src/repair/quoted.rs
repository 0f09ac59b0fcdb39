//! Damage that is shown on purpose. In: a line as it stands, and what was restored in it. Out:
//! whether the line only quotes damaged text, and has to stay.
//!
//! A sentence about garbled text, a test in a program, a table that sets the sound word beside the
//! garbled one: who repairs these destroys them. Three signs are taken: all damaged stretches stand
//! in quotation marks and there are words outside; the sound part of the line says what a stretch
//! was restored to; or it says that it speaks of garbled text. Promise: time grows with the length
//! of the line alone.

use super::RepairedLine;

/// Words of texts about garbled text.
const SPEAKS_OF_IT: [&str; 6] = [
    "乱码",
    "亂碼",
    "mojibake",
    "文字化け",
    "깨진 글자",
    "garbled",
];

/// Nobody shows more examples than these in one line.
const COMPARED: usize = 16;

/// Quotation marks: what opens, and what closes.
const MARKS: [(char, char); 10] = [
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('“', '”'),
    ('‘', '’'),
    ('„', '“'),
    ('«', '»'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
];

/// Whether the damaged stretches of a line are there to be seen.
pub(crate) fn on_purpose(line: &[char], repaired: &RepairedLine) -> bool {
    let mut damaged = vec![false; line.len()];
    for span in &repaired.spans {
        // Letters, digits and marks of ASCII pass through the damage: they may be of the sound part.
        for at in span.damaged.clone() {
            damaged[at] = !line[at].is_ascii();
        }
        let all = &mut damaged[span.damaged.clone()];
        let first = all.iter().position(|&damaged| damaged);
        let last = all.iter().rposition(|&damaged| damaged);
        if let (Some(first), Some(last)) = (first, last) {
            all[first..=last].fill(true);
        }
    }
    let sound: String = line
        .iter()
        .zip(&damaged)
        .map(|(&character, &damaged)| if damaged { '\n' } else { character })
        .collect();
    if shows_both(&sound, repaired) || speaks_of_it(&sound) {
        return true;
    }
    let quoted = quoted(line);
    let places = || line.iter().zip(damaged.iter().zip(&quoted));
    let all_quoted = places().all(|(_, (&damaged, &quoted))| !damaged || quoted);
    all_quoted && places().any(|(c, (&damaged, &quoted))| c.is_alphabetic() && !damaged && !quoted)
}

fn speaks_of_it(sound: &str) -> bool {
    let sound = sound.to_lowercase();
    SPEAKS_OF_IT.iter().any(|word| sound.contains(word))
}

/// Whether the sound part has, in full, the word or text that one of the stretches was restored to.
fn shows_both(sound: &str, repaired: &RepairedLine) -> bool {
    let text: Vec<char> = repaired.text.chars().collect();
    let letter = |c: &&char| c.is_ascii_alphanumeric();
    repaired.spans.iter().take(COMPARED).any(|span| {
        let before = text[..span.restored.start].iter().rev();
        let after = text[span.restored.end..].iter();
        let from = span.restored.start - before.take_while(letter).count();
        let to = span.restored.end + after.take_while(letter).count();
        let word: String = text[from..to].iter().collect();
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let telling = word.chars().filter(|c| !c.is_ascii()).count();
        let letters = word.chars().count();
        (telling >= 2 || telling == 1 && letters >= 3) && sound.contains(word)
    })
}

/// For each character, whether it stands between quotation marks, the values of a tag's attributes
/// (`<p title="…">`) not counted: that is how the text of a page is written.
fn quoted(line: &[char]) -> Vec<bool> {
    // How many pairs of marks begin less those that end at each place: a mark that is never closed
    // (`a' = "b"`) encloses nothing and hides nothing.
    let mut turns = vec![0_i32; line.len() + 1];
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut tag = false;
    for (at, &character) in line.iter().enumerate() {
        let around = |at: Option<usize>| at.and_then(|at| line.get(at)).copied();
        let (before, after) = (around(at.checked_sub(1)), around(Some(at + 1)));
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match character {
            '<' if after.is_some_and(|c| c.is_ascii_alphabetic()) => tag = true,
            '>' => tag = false,
            // An apostrophe.
            '\'' | '’' if letter(before) && letter(after) => continue,
            _ => {}
        }
        if let Some(depth) = open.iter().rposition(|&(_, close)| close == character) {
            let (from, _) = open[depth];
            open.truncate(depth);
            if !tag {
                turns[from] += 1;
                turns[at + 1] -= 1;
            }
        } else if let Some(&(_, close)) = MARKS.iter().find(|(open, _)| *open == character) {
            open.push((at, close));
        }
    }
    turns[..line.len()]
        .iter()
        .scan(0, |depth, turn| {
            *depth += turn;
            Some(*depth > 0)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_stands_in_quotation_marks() {
        for (line, wanted) in [
            ("a \"bc\" d", "  ++++  "),
            ("it's `b` 'c'", "     +++ +++"),
            ("<p title=\"b\">“c”", "             +++"),
            ("a “b ‘c’ d” e\"", "  +++++++++   "),
            ("„b“ «c\"d\"» ”", "+++ ++++++  "),
            ("a)' = \"b\"", "      +++"),
        ] {
            let characters: Vec<char> = line.chars().collect();
            let marks: String = quoted(&characters)
                .iter()
                .map(|&quoted| if quoted { '+' } else { ' ' })
                .collect();
            assert_eq!(marks.trim_end(), wanted.trim_end(), "{line}");
        }
    }
}
