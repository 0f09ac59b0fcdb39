//! What a stretch may have been. In: damaged characters and a channel. Out: the texts that the channel
//! could have made them of, as a lattice, and the model that weighs these.
//!
//! Promise: what is left out is what the model holds for rare, and of a lattice that is not narrowed
//! nothing.

use super::super::channel::{Channel, Written};
use super::super::characters::Characters;
use super::super::classes;
use super::super::lattice::Lattice;
use super::super::leaning;
use super::super::model::Model;
use super::super::table::{Silent, Table};

/// So many traditional characters are as good as a script.
const SEEN: usize = 3;

/// The model for a line of which some characters are proven. What was written in Big5 is in traditional
/// characters, as sure as if a few had been seen.
pub(in super::super) fn informed<'a>(
    model: &Model<'a>,
    channel: &Channel,
    proven: impl Iterator<Item = char>,
) -> Model<'a> {
    let traditional = if channel.written == Written::Big5 {
        SEEN
    } else {
        0
    };
    model.knowing(proven.chain(std::iter::repeat_n('國', traditional)))
}

/// The likely ones of the preimages of a window under a channel.
pub(in super::super) fn lattice(
    model: &Model,
    channel: &'static Channel,
    window: &[char],
    pending: u8,
    ends: bool,
) -> Lattice {
    let mut lattice = preimages(model, channel, window, pending, ends);
    if channel.written == Written::Big5 {
        lattice.narrow(&informed(model, channel, std::iter::empty()));
    } else {
        lattice.narrow(model);
    }
    lattice
}

/// The preimages of a window under a channel.
pub(in super::super) fn preimages(
    model: &Model,
    channel: &'static Channel,
    window: &[char],
    pending: u8,
    ends: bool,
) -> Lattice {
    let table = channel.table();
    if let Some(written) = channel.pairs() {
        Lattice::of_pairs(written, table, window, pending, ends)
    } else {
        let (silent, characters) = (silent(model, table), Characters::embedded());
        Lattice::new(table, silent, window, pending, ends, characters)
    }
}

/// The most frequent of the characters that leave nothing under a channel.
fn silent(model: &Model, table: &'static Table) -> &'static Silent {
    if !table.loses_characters() {
        return Silent::none();
    }
    table.silent(|character| match Characters::embedded() {
        Some(characters) if classes::is_han(character) => Some(characters.cost(character)),
        _ => Some(leaning::alone(model, character)),
    })
}
