//! Lines judged by the lines around them. In: the lines of a document, and what each was restored
//! to by itself. Out: the same, with lines restored that alone said too little.
//!
//! A word with one accent, or a quotation, proves nothing by itself: it may be meant as it stands.
//! Between lines that have all been read byte by byte it has been too; and what became of one line
//! alone letters that hardly anyone writes is what the others were. Promises: only a line of which
//! every letter can be explained is restored, only text that has lost nothing, and never beside a
//! line that is sound; time grows with the length of the document alone.

use super::bytes;
use super::channel::{Channel, channel};
use super::{RepairedLine, repair_line_by};

/// The lines with letters beyond ASCII before and after one that count, each way.
const NEAR: usize = 3;

/// What a line says of its neighbours.
#[derive(Clone, Copy)]
enum Kind {
    /// It was read byte by byte.
    Damaged(&'static Channel),
    /// It may have been.
    Open,
    /// It was not.
    Sound,
}

/// Restores the lines that their company speaks for.
pub(super) fn settle<L: AsRef<str>>(lines: &[L], repaired: &mut [RepairedLine]) {
    let damaged = |line: &RepairedLine| line.channel.and_then(channel).filter(|c| !c.is_searched());
    if !repaired.iter().any(|line| damaged(line).is_some()) {
        return;
    }
    let mut channels = repaired.iter().filter_map(damaged);
    let dropped = channels.any(Channel::drops_bytes);
    let kinds: Vec<(usize, Kind)> = lines
        .iter()
        .zip(&*repaired)
        .enumerate()
        .filter(|(_, (line, _))| !line.as_ref().is_ascii())
        .map(|(at, (line, repaired))| {
            let kind = match damaged(repaired) {
                Some(channel) => Kind::Damaged(channel),
                None if repaired.channel.is_none() && bytes::may_be(line.as_ref(), dropped) => {
                    Kind::Open
                }
                None => Kind::Sound,
            };
            (at, kind)
        })
        .collect();
    let before = around(kinds.iter());
    let after = around(kinds.iter().rev());
    for ((at, kind), (before, after)) in kinds.iter().zip(before.iter().zip(after.iter().rev())) {
        let near = || before.iter().chain(after).flatten();
        let count = near().count();
        let doubted = match kind {
            Kind::Damaged(_) => !bytes::is_likely(&repaired[*at]),
            Kind::Open => true,
            Kind::Sound => false,
        };
        if !doubted || count < NEAR {
            continue;
        }
        let all: Option<Vec<&'static Channel>> = near()
            .map(|kind| match kind {
                Kind::Damaged(channel) => Some(*channel),
                _ => None,
            })
            .collect();
        let line = lines[*at].as_ref();
        let found = all.into_iter().flatten().find_map(|channel| {
            let found = repair_line_by(line, channel);
            explains(line, &found).then_some(found)
        });
        if let Some(found) = found {
            repaired[*at] = found;
        }
    }
}

/// For each line the kinds of the [`NEAR`] ones before it that are not open.
fn around<'a>(kinds: impl Iterator<Item = &'a (usize, Kind)>) -> Vec<[Option<Kind>; NEAR]> {
    let mut last = [None; NEAR];
    kinds
        .map(|&(_, kind)| {
            let before = last;
            if !matches!(kind, Kind::Open) {
                last.rotate_right(1);
                last[0] = Some(kind);
            }
            before
        })
        .collect()
}

/// Whether everything in a line that is not ASCII was restored.
fn explains(line: &str, found: &RepairedLine) -> bool {
    let mut explained: Vec<bool> = line.chars().map(|c| c.is_ascii()).collect();
    for span in &found.spans {
        explained[span.damaged.clone()].fill(true);
    }
    found.is_repaired() && explained.iter().all(|&explained| explained)
}
