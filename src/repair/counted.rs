//! What is counted in a document must agree. In: its lines as damaged and as restored. Out: the same, with
//! numerals that nothing else tells apart (`①` and `②`, 六 and 八, all full-width digits differ in their
//! last byte alone, which is what gets lost) as the order of their list, or what they count, wants them.
//!
//! Promises: a line still gives back its input, a numeral that is certain stays, a line that a person has
//! put right teaches and is not changed, and time grows with the length of the document alone.

mod circled;
mod ordinals;
mod totals;

use std::ops::Range;

use super::numbers;
use super::{Evidence, RepairedLine};

/// What a person has made of a line, if anything.
type Say<'a> = &'a dyn Fn(usize, &RepairedLine) -> Option<RepairedLine>;

/// Settles what is counted in a document; `say` gives a line as a person has put it.
pub(super) fn settle<L: AsRef<str>>(lines: &[L], repaired: &mut [RepairedLine], say: Say) {
    circled::settle(lines, repaired, say);
    let numbered = repaired.iter().enumerate();
    let said: Vec<Option<RepairedLine>> = numbered.map(|(index, line)| say(index, line)).collect();
    let lists = ordinals::settle(lines, repaired, &said);
    totals::settle(lines, repaired, &said, &lists);
}

/// A number from 1 to 99, in one script of digits.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Number {
    /// Its characters in the line.
    places: Range<usize>,
    value: usize,
}

/// The numbers of a line, each whole; a character in doubt that may be a numeral, and is beside none, is
/// taken for one.
fn numbers_of(line: &RepairedLine, text: &[char]) -> Vec<Number> {
    let is_numeral = |at: usize| text.get(at).is_some_and(|&c| numbers::goes_on(c));
    let alone = |at: usize| !(at.saturating_sub(1)..at + 2).any(is_numeral);
    let numeral = |(at, &character): (usize, &char)| match line.evidence.get(at) {
        Some(Evidence::Inferred { alternatives, .. }) if alone(at) => {
            let other = alternatives.iter().find(|other| numbers::goes_on(other.0));
            other.map_or(character, |other| other.0)
        }
        _ => character,
    };
    let text: Vec<char> = text.iter().enumerate().map(numeral).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = text[at..].iter();
        let run = rest.take_while(|&&c| numbers::goes_on(c)).count();
        if let Some(value) = numbers::value(&text[at..at + run]) {
            let places = at..at + run;
            found.push(Number { places, value });
        }
        at += run.max(1);
    }
    found
}

/// Whether a number may be another one, as far as its bytes and its probability tell.
fn is_open(line: &RepairedLine, text: &[char], number: &Number) -> bool {
    let mut places = number.places.clone();
    places.any(|at| match line.evidence.get(at) {
        Some(Evidence::Inferred { alternatives, .. }) => {
            let other = alternatives.iter().any(|other| numbers::goes_on(other.0));
            is_doubted(line, text, at) && (other || numbers::is_open(text[at]))
        }
        _ => false,
    })
}

/// Whether a character was chosen, and may be another.
fn is_doubted(line: &RepairedLine, text: &[char], at: usize) -> bool {
    let chosen = |evidence: &Evidence| matches!(evidence, Evidence::Inferred { .. });
    let may = |evidence: &Evidence| !evidence.is_proven() || numbers::is_open(text[at]);
    let evidence = line.evidence.get(at);
    evidence.is_some_and(|evidence| chosen(evidence) && may(evidence))
}

/// A value that a number in doubt is given, and how probable that is.
struct Change {
    number: Number,
    value: usize,
    sure: f64,
}

/// Changes of one line that are tried one by one, where not all hold together.
const TRIED: usize = 20;

/// Whether the bytes of a number allow a value, as far as can be told without its line.
fn may_be(line: &RepairedLine, text: &[char], number: &Number, value: usize) -> bool {
    let places = number.places.clone();
    let Some(written) = numbers::like(&text[places.clone()], value) else {
        return false;
    };
    places.zip(written).all(|(at, to)| {
        let among = |evidence: &Evidence| match evidence {
            Evidence::Inferred { alternatives, .. } => alternatives.iter().any(|one| one.0 == to),
            _ => false,
        };
        let akin = numbers::is_open(text[at]) && numbers::is_open(to) || numbers::is_wide(to);
        text[at] == to
            || is_doubted(line, text, at) && (akin || line.evidence.get(at).is_some_and(among))
    })
}

/// Makes the changes of a line, as many as still give back what it was restored from.
fn put(damaged: &str, line: &mut RepairedLine, changes: &[Change]) {
    let together = changed(line, changes);
    if together.replays() == damaged {
        *line = together;
        return;
    }
    for change in changes.iter().take(TRIED) {
        let alone = changed(line, std::slice::from_ref(change));
        if alone.replays() == damaged {
            *line = alone;
        }
    }
}

/// The line with its numbers changed, what was thought of them before beside what they are now.
fn changed(line: &RepairedLine, changes: &[Change]) -> RepairedLine {
    let mut text: Vec<char> = line.text.chars().collect();
    let mut settled = line.clone();
    for change in changes {
        let places = change.number.places.clone();
        let written = numbers::like(&text[places.clone()], change.value);
        for (at, to) in places.zip(written.unwrap_or_default()) {
            if is_doubted(line, &text, at) {
                let before = std::mem::replace(&mut text[at], to);
                settle_place(&mut settled.evidence[at], before, to, change.sure);
            }
        }
    }
    settled.text = text.into_iter().collect();
    settled
}

fn settle_place(evidence: &mut Evidence, before: char, now: char, sure: f64) {
    let Evidence::Inferred {
        probability,
        alternatives,
    } = evidence
    else {
        return;
    };
    let same = before == now;
    let sure = if same { sure.max(*probability) } else { sure };
    let mut others = vec![(before, *probability)];
    others.append(alternatives);
    others.retain(|other| other.0 != now);
    let all: f64 = others.iter().map(|other| other.1).sum();
    for other in &mut others {
        other.1 *= (1.0 - sure) / all.max(f64::MIN_POSITIVE);
    }
    *probability = sure;
    *alternatives = others;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::{Options, channel, damage, repair_document, repair_document_knowing};

    #[test]
    fn what_a_person_says_teaches_and_stays() {
        let channel = channel("utf8-gbk-dropped").expect("a channel");
        let lines = ["六、及时总结经验。", "八、按时报送材料。"].map(|line| damage(channel, line));
        let options = Options::default();
        let alone = repair_document(&lines, &options);
        assert_eq!(alone[1].text, "六、按时报送材料。");
        let said = RepairedLine::unchanged("七、及时总结经验。", None);
        let know = |index: usize, _: &RepairedLine| (index == 0).then(|| said.clone());
        let taught = repair_document_knowing(&lines, &options, &know);
        assert_eq!(taught[1].text, "八、按时报送材料。");
        assert_eq!(taught[0].text, "六、及时总结经验。");
        assert_eq!(taught[1].replays(), lines[1]);
    }
}
