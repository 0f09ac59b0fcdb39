//! UTF-8 read byte by byte twice over, some bytes dropped each time. In: a line. Out: the part of it
//! that is not ASCII, restored through both.
//!
//! One level is undone letter by letter, which leaves what the first reading left; that is restored
//! as text damaged once is. A letter that begins a character of two bytes and has lost its own second
//! byte may have been any of several: the likeliest is taken. Promise: what the channel does not give
//! back stays, and nothing that hangs on such a choice is called exact.

use super::super::Evidence;
use super::super::channel::{Channel, damage};
use super::super::classes;
use super::super::detect;
use super::super::lattice::Lattice;
use super::super::model::Model;
use super::super::restore::Stretch;
use super::super::table::{NONE, Silent, Table};
use super::dropped::{NEAR, may_be_chinese, run};
use super::sequences::{Sequence, byte, sequences};
use super::{ENOUGH, points};

/// Begins the signs that Chinese text has (`·`, `°`, `±`).
const SIGNS: char = 'Â';
/// How probable what begins with the likeliest letter is called; set by hand, as the families of
/// letters in `level` are.
const LIKELIEST: f64 = 0.97;

/// The line from the first to the last character that is no ASCII, as damaged twice over; in quotation
/// marks only if the channel is `given`.
pub(super) fn over(
    model: &Model,
    line: &[char],
    once: &'static Channel,
    twice: &'static Channel,
    given: bool,
) -> Option<Stretch> {
    let from = line.iter().position(|c| !c.is_ascii())?;
    let to = line.iter().rposition(|c| !c.is_ascii())? + 1;
    if !given && detect::quoted(&line[..from], &line[to..]) {
        return None;
    }
    let letters = level(once.table(), &line[from..to])?;
    let mut whole: Vec<char> = letters.iter().map(|letter| letter.character).collect();
    let left = may_be_chinese(&whole);
    if points(&sequences(&whole)) < ENOUGH && !left {
        return None;
    }
    let han = |sequence: &Sequence| classes::is_han(sequence.character);
    let chinese = left || sequences(&whole).iter().any(han);
    if chinese {
        for (character, letter) in whole.iter_mut().zip(&letters) {
            if letter.candidates.contains(&SIGNS) {
                *character = SIGNS;
            }
        }
    }
    let mut text = String::new();
    let mut evidence = Vec::new();
    let mut at = 0;
    while at < whole.len() {
        let length = whole[at..].iter().take_while(|c| !c.is_ascii()).count();
        if length == 0 {
            text.push(whole[at]);
            evidence.push(Evidence::Exact);
            at += 1;
            continue;
        }
        let mut before: Vec<char> = text.chars().rev().take(NEAR).collect();
        before.reverse();
        let inner = run(model, &whole, at..at + length, &before, once, chinese)?;
        text.push_str(&inner.text);
        let known = inner.text.chars().zip(inner.evidence);
        evidence.extend(owned(once, &letters[at..at + length], known));
        at += length;
    }
    let original: String = line[from..to].iter().collect();
    (damage(twice, &text) == original).then_some(Stretch {
        channel: twice.name,
        from,
        to,
        text,
        evidence,
        gain: f32::INFINITY,
    })
}

/// The evidence of a run, where what hangs on a letter that was chosen is no longer exact.
fn owned(
    once: &Channel,
    letters: &[Letter],
    known: impl Iterator<Item = (char, Evidence)>,
) -> Vec<Evidence> {
    let mut at = 0;
    let mut evidence = Vec::new();
    for (character, own) in known {
        let from = at;
        at += damage(once, &character.to_string()).chars().count();
        let second = letters.get(from + 1).and_then(|next| byte(next.character));
        let chosen = letters.get(from).filter(|first| first.candidates.len() > 1);
        evidence.push(match (own, chosen) {
            (Evidence::Exact, Some(first)) => {
                first.inferred(character, second.filter(|_| at == from + 2))
            }
            (own, _) => own,
        });
    }
    evidence
}

/// A letter that one level undone leaves, and all that it may have been.
struct Letter {
    character: char,
    candidates: Vec<char>,
}

impl Letter {
    /// What it makes with the byte after it, as chosen, and the first others that it may make.
    fn inferred(&self, chosen: char, second: Option<u8>) -> Evidence {
        let made = |first: &char| two(byte(*first)?, second?);
        let others: Vec<char> = self.candidates.iter().filter_map(made).collect();
        let others = others.into_iter().filter(|&other| other != chosen);
        let others: Vec<char> = others.take(5).collect();
        let each = |count: f64| (1.0 - LIKELIEST) / count;
        let share = u32::try_from(others.len()).map_or(0.0, |count| each(f64::from(count)));
        Evidence::Inferred {
            probability: LIKELIEST,
            alternatives: others.into_iter().map(|other| (other, share)).collect(),
        }
    }
}

/// The character of two bytes.
fn two(first: u8, second: u8) -> Option<char> {
    let bytes = [first, second];
    str::from_utf8(&bytes).ok()?.chars().next()
}

/// One level undone: what is left are characters that the channel makes.
fn level(table: &Table, line: &[char]) -> Option<Vec<Letter>> {
    let families = families(table, line);
    let mut inner = Vec::new();
    let mut at = 0;
    while at < line.len() {
        if line[at].is_ascii() {
            inner.push(Letter {
                character: line[at],
                candidates: Vec::new(),
            });
            at += 1;
            continue;
        }
        let whole = match byte(line[at])? {
            0xc2..=0xdf => 2,
            0xe2 => 3,
            _ => return None,
        };
        let length = 1 + line[at + 1..]
            .iter()
            .take(whole - 1)
            .take_while(|&&c| byte(c).is_some_and(|byte| (0x80..0xc0).contains(&byte)))
            .count();
        let sequence = &line[at..at + length];
        at += length;
        let lattice = Lattice::new(table, Silent::none(), sequence, NONE, true, None);
        let arcs = lattice.arcs(0, NONE).iter().filter(|arc| arc.to == length);
        let candidates: Vec<char> = arcs
            .map(|arc| arc.character)
            .filter(|&c| !c.is_ascii() && !table.units(c).is_empty())
            .collect();
        let first = families.into_iter().find(|c| candidates.contains(c));
        inner.push(Letter {
            character: first.or(candidates.first().copied())?,
            candidates,
        });
    }
    Some(inner)
}

/// First letters of characters of two bytes, the likeliest first: Ð and Ñ begin Cyrillic letters, Î and Ï
/// Greek ones, Ã French and German ones.
fn families(table: &Table, line: &[char]) -> [char; 3] {
    let greek = line.windows(2).any(|two| two == ['Ã', 'Ž']);
    match (table.single(0x80), greek) {
        (Some(_), true) => ['Ï', 'Ð', 'Ã'],
        (Some(_), false) => ['Ð', 'Ã', 'Ï'],
        // Without control characters all of them look alike; but Latin text is most of it ASCII.
        (None, _) => {
            let first = line.iter().filter(|&&c| c == 'Ã').count();
            let ascii = line.iter().filter(|c| c.is_ascii_alphabetic()).count();
            if first > ascii {
                ['Ð', 'Ã', 'Ï']
            } else {
                ['Ã', 'Ð', 'Ï']
            }
        }
    }
}
