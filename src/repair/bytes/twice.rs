//! UTF-8 read byte by byte twice over, some bytes dropped each time. In: a line. Out: the part of it
//! that is not ASCII, restored through both.
//!
//! One level is undone letter by letter, which leaves what the first reading left; that is restored
//! as text damaged once is. Promise: what the channel does not give back stays.

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

/// The line from the first to the last character that is no ASCII, as damaged twice over.
pub(super) fn over(
    model: &Model,
    line: &[char],
    once: &'static Channel,
    twice: &'static Channel,
) -> Option<Stretch> {
    let from = line.iter().position(|c| !c.is_ascii())?;
    let to = line.iter().rposition(|c| !c.is_ascii())? + 1;
    if detect::quoted(&line[..from], &line[to..]) {
        return None;
    }
    let inner = level(once.table(), &line[from..to])?;
    let left = may_be_chinese(&inner);
    if points(&sequences(&inner)) < ENOUGH && !left {
        return None;
    }
    let whole = inner;
    let han = |sequence: &Sequence| classes::is_han(sequence.character);
    let chinese = left || sequences(&whole).iter().any(han);
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
        evidence.extend(inner.evidence);
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

/// One level undone: what is left are characters that the channel makes.
fn level(table: &Table, line: &[char]) -> Option<Vec<char>> {
    let mut inner = Vec::new();
    let mut at = 0;
    while at < line.len() {
        if line[at].is_ascii() {
            inner.push(line[at]);
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
        // Ð and Ñ begin Cyrillic letters, Î and Ï Greek ones, Ã French and German ones. Without
        // control characters all of them look alike.
        let greek = line.windows(2).any(|two| two == ['Ã', 'Ž']);
        let wanted = match (table.single(0x80), greek) {
            (None, _) => ['Ã', 'Ð', 'Ï'],
            (_, true) => ['Ï', 'Ð', 'Ã'],
            (_, false) => ['Ð', 'Ã', 'Ï'],
        };
        let first = wanted.into_iter().find(|c| candidates.contains(c));
        inner.push(first.or(candidates.first().copied())?);
    }
    Some(inner)
}
