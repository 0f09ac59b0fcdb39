//! Lines to a document: its title, and pages that are trees of headings, points and paragraphs.
//!
//! In: the lines of a source after the fixers. Out: a [`Document`]. Promise: every line that is not
//! left out stands in it exactly once, in the order of the source; nothing here knows a particular
//! document.

mod classify;
pub mod marker;
mod tree;

use std::ops::RangeInclusive;

pub use marker::{Marker, Style};

use crate::figures::Vocabulary;
use crate::import::regions::Region;

/// A line to be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLine {
    /// Its number in the source, from 1.
    pub number: usize,
    /// Its text; empty for an empty line.
    pub text: String,
}

/// A source as a tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The title line.
    pub title: Option<TextLine>,
    /// The pages in order.
    pub pages: Vec<Page>,
    /// Numbers of the empty lines.
    pub empty: Vec<usize>,
}

/// What becomes one Markdown file.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The heading it begins with; `None` for what comes before the first heading, and for a source
    /// without sections.
    pub heading: Option<Heading>,
    /// First and last line.
    pub lines: RangeInclusive<usize>,
    /// What stands on it.
    pub nodes: Vec<Node>,
}

/// A heading line.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// Its line.
    pub line: usize,
    /// Its numbering.
    pub marker: Option<Marker>,
    /// The words after the numbering.
    pub text: String,
    /// The region that it is about: the one that it begins with, if it names no other.
    pub region: Option<&'static Region>,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A heading with what stands under it.
    Section(Heading, Vec<Node>),
    /// A numbered point: one line, numbering and text.
    Point {
        /// Its line.
        line: usize,
        /// Its numbering.
        marker: Marker,
        /// The text after it.
        text: String,
    },
    /// An item with a bullet.
    Bullet {
        /// Its line.
        line: usize,
        /// The text after the bullet.
        text: String,
    },
    /// A paragraph of one line.
    Paragraph {
        /// Its line.
        line: usize,
        /// Its text.
        text: String,
    },
}

/// Splits a source; the vocabulary knows the lines that only say where it comes from.
#[must_use]
pub fn split(lines: &[TextLine], words: &Vocabulary) -> Document {
    let empty = lines
        .iter()
        .filter(|line| line.text.trim().is_empty())
        .map(|line| line.number)
        .collect();
    let kinds = classify::classify(lines, words);
    tree::build(kinds, empty)
}
