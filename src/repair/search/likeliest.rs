//! The text whose characters are the most probable. In: a lattice, how probable each character is at each
//! place, and the cheapest path. Out: the path that explains most of the damaged text as it probably was.
//!
//! The cheapest path is the one text that is likeliest as a whole. But where several readings share a
//! character, that character may be likelier than the one in it, and it is characters that a reader counts
//! (decoding by posteriors, for the greatest expected accuracy). Promise: the path is one of the lattice;
//! where nothing is gained, it is the cheapest.

use super::super::lattice::{Arc, Lattice};
use super::super::table::NONE;
use super::Entry;

/// A character of another path must be more probable by this.
const BETTER: f64 = 1e-3;
/// A character that leaves nothing behind the end is taken for there if it is more probable than this.
const BEYOND: f64 = 0.5;

/// Characters, each with the place where it starts.
pub(super) type Path = Vec<(char, usize)>;

/// A node that paths lead to: the byte that waits there, how much the best of them explains, and how that
/// one came: the place before, the node there, and the character.
struct Node {
    pending: u8,
    explained: f64,
    from: Option<(usize, usize, char)>,
}

/// Turns the cheapest path into the likeliest. Of `words`, each a number of characters before it and the
/// state there, those stay that begin where the new path comes by.
pub(super) fn turn(
    lattice: &Lattice,
    candidates: &[Vec<(char, f64)>],
    path: &mut Path,
    words: &mut Vec<(usize, Entry)>,
) {
    let pending = words.first().map_or(NONE, |word| word.1.pending);
    let nodes = explored(lattice, candidates, path, pending);
    let Some((new, pendings)) = best(lattice, &nodes) else {
        return;
    };
    words.retain_mut(|(before, entry)| {
        let place = path.get(*before).map(|one| one.1);
        let at = place.and_then(|place| new.binary_search_by_key(&place, |one| one.1).ok());
        let at = at.filter(|at| pendings.get(*at) == Some(&entry.pending));
        *before = at.unwrap_or(0);
        at.is_some()
    });
    *path = new;
}

/// The nodes of each place that characters of some probability lead to.
fn explored(
    lattice: &Lattice,
    candidates: &[Vec<(char, f64)>],
    path: &Path,
    pending: u8,
) -> Vec<Vec<Node>> {
    let mut nodes: Vec<Vec<Node>> = Vec::new();
    nodes.resize_with(lattice.reach() + 1, Vec::new);
    nodes[0].push(Node {
        pending,
        explained: 0.0,
        from: None,
    });
    let mut cheapest = path.iter().peekable();
    for (place, here) in candidates.iter().enumerate().take(lattice.reach()) {
        let cheapest = cheapest.next_if(|one| one.1 == place).map(|one| one.0);
        for at in 0..nodes[place].len() {
            let node = &nodes[place][at];
            let (pending, before) = (node.pending, node.explained);
            for &Arc {
                character,
                to,
                pending,
                ..
            } in lattice.arcs(place, pending)
            {
                let Some(&(_, probability)) = here.iter().find(|one| one.0 == character) else {
                    continue;
                };
                let known = if cheapest == Some(character) {
                    BETTER
                } else {
                    0.0
                };
                #[allow(clippy::cast_precision_loss)]
                let length = (to - place) as f64;
                let explained = before + (probability + known) * length;
                let from = Some((place, at, character));
                match nodes[to].iter_mut().find(|node| node.pending == pending) {
                    Some(node) if node.explained >= explained => {}
                    Some(node) => (node.explained, node.from) = (explained, from),
                    None => nodes[to].push(Node {
                        pending,
                        explained,
                        from,
                    }),
                }
            }
        }
    }
    nodes
}

/// The path that explains most, and the byte that waits before each of its characters.
fn best(lattice: &Lattice, nodes: &[Vec<Node>]) -> Option<(Path, Vec<u8>)> {
    let ends = lattice.end()..=lattice.reach();
    let ends = ends.flat_map(|place| (0..nodes[place].len()).map(move |at| (place, at)));
    let worth = |&(place, at): &(usize, usize)| {
        #[allow(clippy::cast_precision_loss)]
        let beyond = (place - lattice.end()) as f64;
        nodes[place][at].explained - BEYOND * beyond
    };
    let (mut place, mut at) = ends.max_by(|a, b| worth(a).total_cmp(&worth(b)))?;
    let (mut path, mut pendings) = (Vec::new(), Vec::new());
    while let Some((from, node, character)) = nodes[place][at].from {
        path.push((character, from));
        (place, at) = (from, node);
        pendings.push(nodes[place][at].pending);
    }
    path.reverse();
    pendings.reverse();
    Some((path, pendings))
}
