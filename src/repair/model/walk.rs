//! Walks through the map of words, letter by letter. In: a place in the map, and letters. Out: the
//! places after them, with what a word costs that ends there.
//!
//! A letter is the code of a character's simplified form; the map has two bytes for it. Promise:
//! nothing is looked at twice that a walk says, and the first letter of a word is one look-up.

use std::sync::{Arc, OnceLock};

use fst::Streamer;
use fst::raw::{CompiledAddr, Fst, Node, Output};

use super::super::characters::{CHARACTER_STEPS, HAN};
use super::super::traditional::simplified;
use super::{Model, WORD_STEPS};

/// A place in the map of words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Walk {
    node: CompiledAddr,
    output: Output,
    /// Cost of the word that ends here, if one does.
    pub(crate) word: Option<f32>,
    /// Whether longer words go on from here.
    pub(crate) goes_on: bool,
}

/// The places after each first letter, from [`FIRST`] on, once they have been asked for.
pub(super) type Firsts = Arc<OnceLock<Vec<Option<Walk>>>>;

const FIRST: u16 = 0x3400;
const LAST: u16 = 0x9fff;

/// Stands for all characters beyond the basic plane: no word has them.
const BEYOND: u16 = 0xffff;

/// The letter of a character.
pub(crate) fn letter(character: char) -> u16 {
    u16::try_from(u32::from(simplified(character))).unwrap_or(BEYOND)
}

/// Nodes with so many times fewer ways on than there are letters to try are asked for their ways.
const FEWER: usize = 4;

impl Model<'_> {
    /// The root of the map of words.
    pub(crate) fn root(&self) -> Walk {
        let root = self.words.root();
        walk(&root, Output::zero())
    }

    /// One character further into the map of words.
    pub(crate) fn step(&self, walk: Walk, character: char) -> Option<Walk> {
        self.letter(walk, letter(character))
    }

    /// One letter further into the map of words.
    pub(crate) fn letter(&self, walk: Walk, letter: u16) -> Option<Walk> {
        let [high, low] = letter.to_be_bytes();
        let (node, output) = follow(&self.words, walk.node, walk.output, high)?;
        let (node, output) = follow(&self.words, node, output, low)?;
        Some(self::walk(&self.words.node(node), output))
    }

    /// The place after the first letter of a word.
    pub(crate) fn first(&self, letter: u16) -> Option<Walk> {
        if !(FIRST..=LAST).contains(&letter) {
            return self.letter(self.root(), letter);
        }
        let firsts = self.firsts.get_or_init(|| self.all_firsts());
        firsts.get(usize::from(letter - FIRST)).copied().flatten()
    }

    fn all_firsts(&self) -> Vec<Option<Walk>> {
        let mut firsts = vec![None; usize::from(LAST - FIRST) + 1];
        let root = self.words.root();
        for high in root.transitions() {
            let node = self.words.node(high.addr);
            for low in node.transitions() {
                let letter = u16::from_be_bytes([high.inp, low.inp]);
                let place = letter.checked_sub(FIRST).map(usize::from);
                if let Some(place) = place.and_then(|place| firsts.get_mut(place)) {
                    let output = high.out.cat(low.out);
                    *place = Some(walk(&self.words.node(low.addr), output));
                }
            }
        }
        firsts
    }

    /// What each character from U+4E00 to U+9FFF costs among all characters of words, in eighths of a
    /// nat: `assets/characters.bin`. Both forms of a character count as the simplified one.
    #[must_use]
    pub fn character_costs(&self) -> Vec<u8> {
        let mut often = vec![0.0_f32; 0x1_0000];
        let mut words = self.words.stream();
        while let Some((key, output)) = words.next() {
            #[allow(clippy::cast_precision_loss)]
            let cost = output.value() as f32 / WORD_STEPS;
            for letter in key.chunks_exact(2) {
                often[usize::from(u16::from_be_bytes([letter[0], letter[1]]))] += (-cost).exp();
            }
        }
        let all: f32 = often.iter().sum();
        let steps = |character: char| {
            let cost = -(often[usize::from(letter(character))] / all).ln();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let steps = (cost * CHARACTER_STEPS).clamp(0.0, 255.0) as u8;
            steps
        };
        HAN.map(steps).collect()
    }

    /// Which of these items, in the order of their letters, some word goes on with, and where that
    /// leads: `found` gets them.
    pub(crate) fn children<T: Copy>(
        &self,
        walk: Walk,
        items: &[T],
        letter: impl Fn(&T) -> u16 + Copy,
        found: &mut impl FnMut(T, Walk),
    ) {
        let node = self.words.node(walk.node);
        let high = |item: &T| letter(item) >> 8;
        let mut second = |high: u8, items: &[T]| {
            if let Some((node, output)) = follow_from(&node, walk.output, high) {
                self.last_byte(node, output, items, letter, found);
            }
        };
        if node.len() * FEWER < items.len() {
            for way in node.transitions() {
                let way = u16::from(way.inp);
                let from = items.partition_point(|item| high(item) < way);
                let to = from + items[from..].partition_point(|item| high(item) == way);
                if from < to {
                    second(way.to_le_bytes()[0], &items[from..to]);
                }
            }
        } else {
            for group in items.chunk_by(|a, b| high(a) == high(b)) {
                if let Some(first) = group.first() {
                    second(letter(first).to_be_bytes()[0], group);
                }
            }
        }
    }

    fn last_byte<T: Copy>(
        &self,
        node: CompiledAddr,
        output: Output,
        items: &[T],
        letter: impl Fn(&T) -> u16,
        found: &mut impl FnMut(T, Walk),
    ) {
        let node = self.words.node(node);
        let low = |item: &T| letter(item) & 0xff;
        if node.len() * FEWER < items.len() {
            for way in node.transitions() {
                let from = items.partition_point(|item| low(item) < u16::from(way.inp));
                let same = items[from..].iter();
                for item in same.take_while(|item| low(item) == u16::from(way.inp)) {
                    let place = self.words.node(way.addr);
                    found(*item, self::walk(&place, output.cat(way.out)));
                }
            }
        } else {
            for group in items.chunk_by(|a, b| low(a) == low(b)) {
                let byte = group.first().map(|first| letter(first).to_be_bytes()[1]);
                let Some((next, output)) = byte.and_then(|byte| follow_from(&node, output, byte))
                else {
                    continue;
                };
                let place = self::walk(&self.words.node(next), output);
                for item in group {
                    found(*item, place);
                }
            }
        }
    }
}

fn walk(node: &Node, output: Output) -> Walk {
    let word = node.is_final().then(|| {
        let value = output.cat(node.final_output()).value();
        #[allow(clippy::cast_precision_loss)]
        let value = value as f32;
        value / WORD_STEPS
    });
    Walk {
        node: node.addr(),
        output,
        word,
        goes_on: !node.is_empty(),
    }
}

fn follow(
    words: &Fst<&[u8]>,
    node: CompiledAddr,
    output: Output,
    byte: u8,
) -> Option<(CompiledAddr, Output)> {
    follow_from(&words.node(node), output, byte)
}

fn follow_from(node: &Node, output: Output, byte: u8) -> Option<(CompiledAddr, Output)> {
    let way = node.transition(node.find_input(byte)?);
    Some((way.addr, output.cat(way.out)))
}
