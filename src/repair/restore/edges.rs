//! Where damage begins and ends inside a line. In: a row of characters that a channel can have made, with
//! sound text beside it. Out: the part of it that is damaged, restored.
//!
//! Sound text beside damage can often be read as damaged, too (`白皮书的` as `白皮乵Ā`). What is outside a
//! stretch stays, so that stretches of any length can be compared: the one is taken that gains most. A
//! stretch is searched for each place that single characters or the stretch itself suggest, no more.
//! Promise: a stretch that no sound text stands beside is left alone.

use std::ops::Range;

use super::super::channel::Channel;
use super::super::characters::Characters;
use super::super::detect;
use super::super::model::Model;
use super::extent;
use super::{Stretch, WINDOW, stretch};

/// Sound text beside a stretch is given back character by character until so many in a row say nothing.
const PATIENCE: usize = 3;
/// Characters behind the end of damage, judged by single ones, that may be damaged, too.
const BEYOND: usize = 3;
/// What speaks for a mark in front of damage being one (in nats): few sentences are damaged from there on.
const MARK: f32 = 16.0;

/// A row of characters in a line, and what is asked of it.
pub(super) struct Edges<'a> {
    pub(super) model: &'a Model<'a>,
    pub(super) channel: &'static Channel,
    pub(super) damaged: &'a [char],
    /// What comes after, if something is known there.
    pub(super) rest: &'a [char],
    pub(super) odds: f32,
    pub(super) common: &'static Characters,
}

impl Edges<'_> {
    /// The stretch, or what is left of it without its last or first characters, where that says more.
    pub(super) fn trimmed(&self, whole: Stretch) -> Stretch {
        let (mut from, mut to) = (whole.from, whole.to);
        let after = if to < self.damaged.len() {
            &self.damaged[to..]
        } else {
            self.rest
        };
        let beside_sound = detect::letters(&self.damaged[..from]) || detect::letters(after);
        // The gain is that of the first window.
        if !beside_sound || to - from > WINDOW {
            return whole;
        }
        let mut best = whole;
        let near = self.extent(from, to);
        let ends = near.end.saturating_sub(1)..(near.end + BEYOND).min(to);
        for end in ends.filter(|&end| end > from) {
            self.put(&mut best, from, end);
        }
        if near.start > from {
            let to = best.to;
            self.put(&mut best, near.start, to);
        }
        (from, to) = (best.from, best.to);
        let row = &self.damaged[from..to];
        let last = row.iter().rev().take_while(|c| self.common.is_common(**c));
        self.climb(
            &mut best,
            (to - last.count()..to).rev().map(|to| (from, to)),
        );
        to = best.to;
        let first = row.iter().take_while(|c| self.common.is_common(**c));
        let first = (from + first.count()).min(to);
        self.climb(&mut best, (from + 1..=first).map(|from| (from, to)));
        best
    }

    /// The stretch inside a row that as a whole is none, if there is a case for one at its start; else
    /// where to look next.
    pub(super) fn inside(&self, row: Range<usize>) -> Result<Stretch, usize> {
        let (from, next) = (row.start, row.end.min(self.damaged.len()));
        let found = extent::extent(self.channel.table(), self.common, self.damaged, from, next);
        let Some(found) = found.filter(|found| found.len() >= detect::BESIDE_SOUND) else {
            return Err(row.end);
        };
        if found.start > from {
            return Err(found.start);
        }
        let ends = found.end - 1..=self.damaged.len().min(found.end + BEYOND);
        let mut tried = ends.filter_map(|to| self.stretch(from, to));
        match tried.next() {
            Some(mut best) => {
                for found in tried {
                    if self.merit(&found) > self.merit(&best) {
                        best = found;
                    }
                }
                Ok(self.trimmed(best))
            }
            None => Err(row.end.min(found.end).max(from + 1)),
        }
    }

    /// Takes parts of a stretch, one after the other, as long as they say more.
    fn climb(&self, best: &mut Stretch, parts: impl Iterator<Item = (usize, usize)>) {
        let mut tries = 0;
        for (from, to) in parts.filter(|(from, to)| from < to) {
            let cut = if to < best.to { to } else { from - 1 };
            if self.damaged[cut].is_ascii() {
                // It is the same on either side.
                continue;
            }
            tries = if self.put(best, from, to) {
                0
            } else {
                tries + 1
            };
            if tries == PATIENCE {
                break;
            }
        }
    }

    /// Puts a stretch in the place of the best, if it is better.
    fn put(&self, best: &mut Stretch, from: usize, to: usize) -> bool {
        let found = self.stretch(from, to);
        let found = found.filter(|found| self.merit(found) > self.merit(best));
        found.map(|found| *best = found).is_some()
    }

    /// The stretch between two places, if there is one.
    fn stretch(&self, from: usize, to: usize) -> Option<Stretch> {
        let (damaged, rest) = self.damaged.split_at(to);
        let found = stretch(self.model, self.channel, damaged, rest, from, self.odds);
        found.ok().filter(|found| found.to == to)
    }

    /// What a stretch gains; and it leaves nothing outside that looks damaged, or takes a mark for it.
    fn merit(&self, stretch: &Stretch) -> f32 {
        let table = self.channel.table();
        let taken = &self.damaged[stretch.from..stretch.to];
        let says = |&c: &char| extent::says(table, self.common, c).max(0.0);
        let mark = taken
            .first()
            .is_some_and(|&c| !c.is_ascii() && !detect::is_letter(c));
        stretch.gain + taken.iter().map(says).sum::<f32>() - if mark { MARK } else { 0.0 }
    }

    /// Where a stretch may begin and end, judging by single characters.
    fn extent(&self, from: usize, to: usize) -> Range<usize> {
        let table = self.channel.table();
        let found = extent::extent(table, self.common, &self.damaged[..to], from, to);
        found.unwrap_or(from..to)
    }
}
