//! Damage that is shown on purpose. In: a line as it stands, and what was restored in it. Out: what of
//! that is not only quoted, if anything: the rest has to stay.
//!
//! A sentence about garbled text, a test in a program, a table that sets the sound word beside the
//! garbled one: who repairs these destroys them. Signs taken are: all damaged stretches stand in
//! quotation marks, each the whole of a quotation, and there are words outside; the sound part of the
//! line says what a stretch was restored to; it says that it speaks of garbled text; or, where no more
//! than a word or two is damaged, it speaks of encodings. Where some are damaged outside of quotations,
//! those inside stay if their marks are none that damage passes by. Promise: time grows with the length
//! of the line alone.

use std::collections::BTreeMap;

use super::channel::{Channel, channel};
use super::characters::Characters;
use super::{Evidence, RepairedLine, Span};

/// Words of texts about garbled text.
const SPEAKS_OF_IT: [&str; 6] = [
    "乱码",
    "亂碼",
    "mojibake",
    "文字化け",
    "깨진 글자",
    "garbled",
];

/// Words of texts about encodings, where less than [`A_FEW`] characters that no byte by itself was read
/// as are taken for examples.
const SPEAKS_OF_ENCODINGS: [&str; 14] = [
    "编码",
    "編碼",
    "解码",
    "解碼",
    "字符集",
    "字元集",
    "文字コード",
    "인코딩",
    "encod",
    "charset",
    "utf-8",
    "gbk",
    "gb2312",
    "big5",
];
const A_FEW: usize = 8;

/// Nobody shows more examples than these in one line.
const COMPARED: usize = 16;

/// A quotation shows damage if so many times the sound letters in it are no more than the damaged ones.
const MOSTLY: usize = 4;

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

/// What was restored in a line, without the stretches that are there to be seen.
pub(crate) fn without_shown(line: &[char], repaired: RepairedLine) -> Option<RepairedLine> {
    let damaged = damaged(line, &repaired);
    let sound: String = line
        .iter()
        .zip(&damaged)
        .map(|(&character, &damaged)| if damaged { '\n' } else { character })
        .collect();
    let speaks_of = |words: &[&str]| {
        let sound = sound.to_lowercase();
        words.iter().any(|word| sound.contains(word))
    };
    let examples = || is_a_few(line, &repaired) && speaks_of(&SPEAKS_OF_ENCODINGS);
    if shows_both(&sound, &repaired) || speaks_of(&SPEAKS_OF_IT) || examples() {
        return None;
    }
    let quotations = quotations(line);
    let shown = shown(line, &damaged, &quotations);
    let all = damaged
        .iter()
        .zip(&shown)
        .all(|(damaged, shown)| !damaged || *shown);
    if all {
        let mut places = line.iter().zip(damaged.iter().zip(&quotations));
        let said =
            places.any(|(c, (damaged, around))| c.is_alphabetic() && !damaged && around.is_none());
        return (!said).then_some(repaired);
    }
    // Marks of ASCII pass through damage, others are damaged too: those tell nothing where more is damaged
    // than they enclose.
    let tells = |at: usize| {
        let sound = |&from: &usize| !damaged[from] && !matches!(line[from], '"' | '\'');
        quotations[at].as_ref().is_some_and(sound)
    };
    let is_left = |span: &Span| {
        let mut places = span.damaged.clone();
        places.all(|at| !damaged[at] || shown[at] && tells(at))
    };
    Some(without(line, repaired, is_left))
}

/// For each character, whether it is damaged: letters, digits and marks of ASCII at the end of a stretch
/// pass through the damage, and may be of the sound part.
fn damaged(line: &[char], repaired: &RepairedLine) -> Vec<bool> {
    let mut damaged = vec![false; line.len()];
    for span in &repaired.spans {
        let within = |at: &usize| !line[*at].is_ascii();
        let first = span.damaged.clone().find(within);
        let last = span.damaged.clone().rfind(within);
        if let (Some(first), Some(last)) = (first, last) {
            damaged[first..=last].fill(true);
        }
    }
    damaged
}

/// For each character, whether its quotation is damaged as a whole, or nearly.
fn shown(line: &[char], damaged: &[bool], quotations: &[Option<usize>]) -> Vec<bool> {
    // Of each quotation, the letters that are damaged and those that are not; rare ones may be either.
    let common = Characters::embedded();
    let is_sound = |c: char| c.is_alphabetic() && common.is_none_or(|common| common.is_common(c));
    let mut letters: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (&c, (&damaged, quotation)) in line.iter().zip(damaged.iter().zip(quotations)) {
        if let (Some(quotation), false) = (quotation, c.is_ascii()) {
            let letters = letters.entry(*quotation).or_default();
            letters.0 += usize::from(damaged);
            letters.1 += usize::from(!damaged && is_sound(c));
        }
    }
    let is_shown = |quotation: &Option<usize>| {
        let letters = quotation.and_then(|quotation| letters.get(&quotation));
        letters.is_some_and(|&(damaged, sound)| sound * MOSTLY <= damaged)
    };
    quotations.iter().map(is_shown).collect()
}

/// What was restored in a line, some stretches put back as they stood.
fn without(line: &[char], repaired: RepairedLine, left: impl Fn(&Span) -> bool) -> RepairedLine {
    if !repaired.spans.iter().any(&left) {
        return repaired;
    }
    let restored: Vec<char> = repaired.text.chars().collect();
    let mut made = RepairedLine {
        text: String::new(),
        evidence: Vec::new(),
        spans: Vec::new(),
        ..repaired
    };
    let mut at = 0;
    for span in repaired.spans.into_iter().filter(|span| !left(span)) {
        made.text.extend(&line[at..span.damaged.start]);
        let before = span.damaged.start - at;
        made.evidence
            .resize(made.evidence.len() + before, Evidence::Clean);
        made.text.extend(&restored[span.restored.clone()]);
        at = span.damaged.end;
        let from = made.evidence.len();
        made.evidence
            .extend_from_slice(&repaired.evidence[span.restored.clone()]);
        made.spans.push(Span {
            restored: from..made.evidence.len(),
            ..span
        });
    }
    made.text.extend(&line[at..]);
    made.evidence
        .resize(made.evidence.len() + line.len() - at, Evidence::Clean);
    made.channel = made.spans.first().map(|span| span.channel);
    made
}

/// Whether no more is damaged than a word or two, in an encoding of pairs of bytes.
fn is_a_few(line: &[char], repaired: &RepairedLine) -> bool {
    let searched = |span: &Span| channel(span.channel).is_some_and(Channel::is_searched);
    let damaged = repaired
        .spans
        .iter()
        .flat_map(|span| &line[span.damaged.clone()]);
    repaired.spans.iter().all(searched) && damaged.filter(|c| !c.is_ascii()).count() < A_FEW
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

/// For each character, where the innermost quotation begins that it stands in, the values of a tag's
/// attributes (`<p title="…">`) not counted: that is how the text of a page is written.
fn quotations(line: &[char]) -> Vec<Option<usize>> {
    // The pairs of marks: a mark that is never closed (`a' = "b"`) encloses nothing and hides nothing.
    let mut pairs: Vec<(usize, usize)> = Vec::new();
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
                pairs.push((from, at));
            }
        } else if let Some(&(_, close)) = MARKS.iter().find(|(open, _)| *open == character) {
            open.push((at, close));
        }
    }
    pairs.sort_unstable();
    let mut pairs = pairs.into_iter().peekable();
    let mut around: Vec<(usize, usize)> = Vec::new();
    let quotation = |at: usize| {
        around.extend(pairs.next_if(|pair| pair.0 == at));
        let innermost = around.last().map(|pair| pair.0);
        while around.last().is_some_and(|pair| pair.1 <= at) {
            around.pop();
        }
        innermost
    };
    (0..line.len()).map(quotation).collect()
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
            let marks: String = quotations(&characters)
                .iter()
                .map(|quotation| if quotation.is_some() { '+' } else { ' ' })
                .collect();
            assert_eq!(marks.trim_end(), wanted.trim_end(), "{line}");
        }
    }
}
