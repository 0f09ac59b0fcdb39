//! The marks that a document has. In: what a first pass made of its lines. Out: for each mark, what it
//! costs in this document beyond what it costs in general text.
//!
//! One writer opens lists with `：`, another shouts. In UTF-8 that was read in pairs as GBK, the last
//! byte of a mark before a digit, a space or the line's end survives or not by the phase of the pairs
//! alone, whatever the mark is. So the marks that are certain in such places are a fair sample of those
//! that are in doubt there, among the marks whose first two bytes are the same. The correction is that
//! of Saerens, Latinne and Decaestecker, "Adjusting the outputs of a classifier to new a priori
//! probabilities" (Neural Computation 14, 2002), taken once. Promise: a document that has shown few
//! marks changes nothing.

use std::collections::BTreeMap;

use super::classes::{self, Kind};
use super::{Channel, Evidence, RepairedLine, channel};

/// So many marks of a group must be certain.
const LEAST: f64 = 10.0;
/// How many certain marks weigh as much as what the first pass thought.
const PRIOR: f64 = 100.0;
/// What no mark falls below in the first pass: the runners-up that it names are but a few.
const RARE: f64 = 0.001;
/// The most that a mark costs or gains, in nats: a heading that comes again and again is cut the same
/// each time, and its mark is never certain.
const LIMIT: f64 = 1.0;

/// What marks cost beyond the model, in nats.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Habits {
    /// Before a digit or a space.
    inside: Vec<(char, f32)>,
    /// Where the line ends.
    ending: Vec<(char, f32)>,
}

/// Marks by the first two bytes of their UTF-8, with how often each is certain, and how often
/// thought to be there.
type Groups = BTreeMap<u32, BTreeMap<char, (f64, f64)>>;

impl Habits {
    /// What the lines of a document tell.
    pub(crate) fn of_document<'a>(lines: impl Iterator<Item = &'a RepairedLine>) -> Self {
        let (mut inside, mut ending) = (Groups::new(), Groups::new());
        for line in lines.filter(|line| is_fair(line)) {
            count(line, &mut inside, &mut ending);
        }
        Self {
            inside: costs(&inside),
            ending: costs(&ending),
        }
    }

    /// What a character costs beyond the model.
    pub(crate) fn cost(&self, character: char, ends: bool) -> f32 {
        let marks = if ends { &self.ending } else { &self.inside };
        if marks.is_empty() || classes::is_han(character) {
            return 0.0;
        }
        marks
            .iter()
            .find(|mark| mark.0 == character)
            .map_or(0.0, |mark| mark.1)
    }
}

fn costs(groups: &Groups) -> Vec<(char, f32)> {
    let costs = groups.values().flat_map(|marks| {
        let certain: f64 = marks.values().map(|mark| mark.0).sum();
        let thought: f64 = marks.values().map(|mark| mark.1).sum();
        let tells = certain >= LEAST && thought > 0.0;
        marks
            .iter()
            .filter(move |_| tells)
            .map(move |(&mark, had)| {
                let before = (had.1 / thought).max(RARE);
                let after = (had.0 + PRIOR * before) / (certain + PRIOR);
                #[allow(clippy::cast_possible_truncation)]
                let cost = (before / after).ln().clamp(-LIMIT, LIMIT) as f32;
                (mark, cost)
            })
    });
    costs.collect()
}

/// Whether what is certain in a line is a sample of what is in doubt.
fn is_fair(line: &RepairedLine) -> bool {
    line.channel
        .is_none_or(|name| channel(name).is_some_and(Channel::pairs_utf8_as_gbk))
}

fn count(line: &RepairedLine, inside: &mut Groups, ending: &mut Groups) {
    let mut places = line.places().peekable();
    while let Some((character, evidence)) = places.next() {
        let breaks_a_pair = places.peek().is_none_or(|next| next.0 < '@');
        if !breaks_a_pair || character.is_ascii() || classes::kind(character) != Kind::Mark {
            continue;
        }
        let group = group(character);
        let groups = if places.peek().is_some() {
            &mut *inside
        } else {
            &mut *ending
        };
        let marks = groups.entry(group).or_default();
        match evidence {
            Evidence::Clean | Evidence::Exact => {
                marks.entry(character).or_default().0 += 1.0;
            }
            Evidence::Inferred {
                probability,
                alternatives,
            } => {
                let candidates = std::iter::once((character, *probability));
                let candidates = candidates.chain(alternatives.iter().copied());
                for (mark, probability) in candidates.filter(|one| self::group(one.0) == group) {
                    marks.entry(mark).or_default().1 += probability;
                }
            }
            Evidence::Lost => {}
        }
    }
}

/// What the first two bytes of a mark's UTF-8 are, as a number.
fn group(mark: char) -> u32 {
    u32::from(mark) >> 6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::{damage, repair_line};

    fn habits(sound: usize, ends: &str) -> Habits {
        let channel = channel("utf8-gbk-dropped").expect("a channel");
        let damaged = damage(channel, "请大家把意见交上来！");
        let mut lines = vec![repair_line(&damaged)];
        lines.resize_with(1 + sound, || {
            RepairedLine::unchanged(&format!("意见{ends}"), None)
        });
        Habits::of_document(lines.iter())
    }

    #[test]
    fn the_marks_of_a_document_cost_less_in_it() {
        let colons = habits(200, "：");
        assert!(colons.cost('：', true) < 0.0, "{colons:?}");
        assert!(colons.cost('！', true) > 0.0, "{colons:?}");
        assert!(habits(200, "！").cost('！', true) < 0.0);
    }

    #[test]
    fn what_ends_lines_says_nothing_of_what_stands_in_them() {
        assert!(habits(200, "：").inside.is_empty());
    }

    #[test]
    fn few_marks_change_nothing() {
        assert_eq!(habits(5, "："), Habits::default());
        assert_eq!(
            habits(200, "。"),
            Habits::default(),
            "marks of another kind"
        );
    }
}
