//! A stretch as it stands against what was found for it. In: both, and the sound text around. Out: by how
//! much the found one is more probable, and what a character of it costs.

use super::super::channel::{Channel, Written};
use super::super::classes::Open;
use super::super::lattice::Lattice;
use super::super::model::{Context, Model};
use super::super::search::{self, Best, Ends, Entry};
use super::super::table::NONE;

/// A stretch as it stands.
pub(super) struct Standing<'a> {
    /// What knows nothing of the result.
    pub(super) model: &'a Model<'a>,
    pub(super) damaged: &'a [char],
    /// The sound text after it that the search saw too.
    pub(super) sound: &'a [char],
    /// What the model remembers of the text before it.
    pub(super) context: Context,
    /// Whether the text ends here.
    pub(super) ends: bool,
}

impl Standing<'_> {
    /// By how many nats what was found is more probable, and what a character of it costs.
    pub(super) fn against(&self, channel: &Channel, informed: &Model, best: &Best) -> (f32, f32) {
        // Text in Big5 is in traditional characters, whatever they cost elsewhere.
        let forms = |model: &Model, text: &mut dyn Iterator<Item = char>| match channel.written {
            Written::Big5 => text.map(|c| model.form(c)).sum(),
            _ => 0.0,
        };
        let whole: Vec<char> = [self.damaged, self.sound].concat();
        let as_it_is = clean_cost(self.model, &whole, self.context, self.ends)
            - forms(self.model, &mut self.damaged.iter().copied());
        let found = &mut best.found.iter().map(|found| found.character);
        let cost = best.cost - forms(informed, found);
        let own = cost - clean_cost(self.model, self.sound, self.model.start(), false);
        (as_it_is - cost, own / best.found.len().max(1) as f32)
    }
}

/// Cost of a text of which nothing is in doubt.
pub(super) fn clean_cost(model: &Model, text: &[char], context: Context, ends: bool) -> f32 {
    let entry = Entry {
        pending: NONE,
        context,
        inside: None,
        open: Open::default(),
    };
    let ends = Ends::of(ends, false);
    search::cost(model, &Lattice::clean(text), entry, ends).unwrap_or(f32::INFINITY)
}
