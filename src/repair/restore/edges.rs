//! Where damage begins and ends inside a line. In: a stretch that was restored, as far as the channel
//! can have made the text. Out: the same, or what is left of it without the sound characters at its
//! edges.
//!
//! Sound text beside damage can often be read as damaged, too (`白皮书的` as `白皮乵Ā`). Gains of stretches
//! can be compared whatever their length, as what is outside of them stays. Promise: a stretch that
//! no sound text stands beside is left alone.

use super::super::channel::{Channel, Written};
use super::super::characters::Characters;
use super::super::classes;
use super::super::detect;
use super::super::model::Model;
use super::{Stretch, WINDOW, stretch};

/// Sound text beside a stretch is given back character by character until so many in a row say nothing.
const PATIENCE: usize = 3;
/// Chinese characters of sound text cost less than this (in nats), all but one in a hundred.
const COMMON: f32 = 10.6;
/// What speaks for a mark in front of damage being one (in nats): few sentences are damaged from there on.
const MARK: f32 = 16.0;

/// The stretch, or what is left of it without its last or first characters, where that says more: sound
/// text beside it may be read as damaged, too (`白皮书的` as `白皮乵Ā`).
pub(super) fn trimmed(
    model: &Model,
    channel: &'static Channel,
    damaged: &[char],
    rest: &[char],
    whole: Stretch,
    odds: f32,
) -> Stretch {
    let (from, to) = (whole.from, whole.to);
    let after = if to < damaged.len() {
        &damaged[to..]
    } else {
        rest
    };
    let beside_sound = detect::letters(&damaged[..from]) || detect::letters(after);
    // The gain is that of the first window.
    if channel.written != Written::Utf8 || !beside_sound || to - from > WINDOW {
        return whole;
    }
    let common = Characters::embedded();
    let sound = |c: &&char| match **c {
        c if classes::is_han(c) => common.is_some_and(|common| common.cost(c) < COMMON),
        c => !c.is_ascii(),
    };
    let last = damaged[from..to].iter().rev().take_while(sound).count();
    let first = damaged[from..to].iter().take_while(sound).count();
    let mut best = whole;
    let mut better = |from: usize, to: usize, bonus: f32| {
        let found = stretch(model, channel, &damaged[..to], &damaged[to..], from, odds);
        let found = found
            .ok()
            .filter(|found| found.to == to && found.gain + bonus > best.gain);
        found.map(|found| best = found).is_some()
    };
    let (mut end, mut tries) = (to, 0);
    for to in (to - last..to).rev().filter(|&to| to > from) {
        tries = if better(from, to, 0.0) { 0 } else { tries + 1 };
        if tries == 0 {
            end = to;
        } else if tries == PATIENCE {
            break;
        }
    }
    tries = 0;
    for from in (from..end).skip(1).take(first) {
        let is_mark = !detect::is_letter(damaged[from - 1]);
        let bonus = if is_mark { MARK } else { 0.0 };
        tries = if better(from, end, bonus) {
            0
        } else {
            tries + 1
        };
        if tries == PATIENCE {
            break;
        }
    }
    best
}
