//! What the other data of a page say: the same label may stand in two of them, and 省法院 of one inside
//! the 全省法院 of another.
//!
//! In: all data that a page shows. Out: for a label and a figure, whether they are another's. Promise: each
//! label is gathered once; a text is searched once for all of them, and only the data with a label in it
//! are compared with it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::shown::Grid;
use super::side::Passage;
use crate::figures::Figure;
use crate::figures::labels::{self, Bound, Names};

/// The labels of all data of a page with what is said of them.
#[derive(Default)]
pub struct Rivals<'a> {
    names: Names,
    /// For each name the data that have it.
    holders: Vec<Vec<usize>>,
    /// For each label the unit and the value in each of the data.
    values: BTreeMap<&'a str, Vec<(&'a str, &'a Figure)>>,
}

impl<'a> Rivals<'a> {
    /// Gathers the labels.
    pub fn new(grids: &'a [Grid<'_>]) -> Self {
        let mut rivals = Self::default();
        for (number, grid) in grids.iter().enumerate() {
            for (name, _) in grid.names.iter() {
                rivals.hold(&name, number);
            }
            for (row, label) in grid.rows.iter().enumerate() {
                let unit = grid.units.get(row).copied().unwrap_or_default();
                let cells = grid.cells.get(row).into_iter().flatten();
                let own = rivals.values.entry(label).or_default();
                own.extend(cells.flatten().map(|figure| (unit, figure)));
            }
        }
        rivals
    }

    fn hold(&mut self, name: &str, grid: usize) {
        let id = self.names.get(name).unwrap_or(self.holders.len());
        if id == self.holders.len() {
            self.names.add(name, id);
            self.holders.push(Vec::new());
        }
        if let Some(holders) = self.holders.get_mut(id) {
            holders.push(grid);
        }
    }

    /// Where names stand in a passage, the longest of those that begin at one place; and the data that
    /// have any of them.
    pub fn places(&self, passage: &Passage<'_>) -> (Vec<Range<usize>>, BTreeSet<usize>) {
        let places = labels::places(&passage.block.text, passage.lang, &self.names);
        let holders = places.iter().filter_map(|(id, _)| self.holders.get(*id));
        let holders = holders.flatten().copied().collect();
        (
            places.into_iter().map(|(_, place)| place).collect(),
            holders,
        )
    }

    /// Whether data with the same unit say this figure of the same label.
    pub fn say(&self, label: &str, unit: &str, figure: &Figure) -> bool {
        let values = self.values.get(label).into_iter().flatten();
        let mut alike = values.filter(|(other, _)| *other == unit);
        alike.any(|(_, expected)| super::data::says(expected, figure))
    }
}

/// Whether a name is part of a longer label, which the figure is said of. `places` rise.
pub fn is_within(bound: &Bound, places: &[Range<usize>]) -> bool {
    let before = places.partition_point(|place| place.start <= bound.start);
    let longest = before.checked_sub(1).and_then(|at| places.get(at));
    longest.is_some_and(|place| {
        place.start <= bound.start
            && bound.end <= place.end
            && place.len() > bound.end - bound.start
    })
}
