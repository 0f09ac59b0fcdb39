//! One language's part of a comparison.
//!
//! In: a page's blocks. Out: [`Side`]s: the figures of some blocks in order, each with what is needed to
//! judge it: its block, its sentence, whether it stands in a title, which year was last said before it.

use std::ops::Range;

use super::blocks::{Block, Kind, Text};
use crate::content::report::Page;
use crate::diagnostic::{Lines, Place};
use crate::figures::beside::{Around, Question};
use crate::figures::labels::{self, Bound, Names};
use crate::figures::{self, Figure, Value, Vocabulary, Weight, When};
use crate::lang::Lang;

/// A page that has been read.
pub struct Read<'a> {
    pub page: &'a Page,
    pub words: &'a Vocabulary,
    pub lines: Lines<'a>,
    pub text: Text,
    /// The figures of each block of each section.
    pub figures: Vec<Vec<Vec<Said>>>,
}

/// A figure where it is said.
#[derive(Debug, Clone)]
pub struct Said {
    pub figure: Figure,
    /// Whether it stands in the title of a document or work.
    pub in_title: bool,
    /// The last year said before it on the page, and the last month.
    pub last: When,
    /// Whether its month is said from now: 本月5日.
    pub is_of_month: bool,
    /// The sentence of the block it stands in.
    pub sentence: usize,
    /// Its place in the file, in bytes.
    pub byte: usize,
    /// Whether it is so much in so much time.
    pub is_rate: bool,
}

/// A block with its figures, and where it stands.
#[derive(Clone)]
pub struct Passage<'a> {
    pub block: &'a Block,
    pub said: &'a [Said],
    pub lang: Lang,
    origin: Origin<'a>,
}

#[derive(Clone)]
enum Origin<'a> {
    Page(&'a Read<'a>),
    /// Words of the data.
    Data(Place),
}

impl<'a> Passage<'a> {
    /// Words that stand on no page.
    #[must_use]
    pub fn alone(block: &'a Block, said: &'a [Said], lang: Lang, place: Place) -> Self {
        Self {
            block,
            said,
            lang,
            origin: Origin::Data(place),
        }
    }

    /// Where a figure stands.
    #[must_use]
    pub fn place(&self, said: &Said) -> Place {
        match &self.origin {
            Origin::Page(read) => {
                let (line, column) = read.place(said.byte);
                Place {
                    file: read.page.file.clone(),
                    line: Some(line),
                    column: Some(column),
                }
            }
            Origin::Data(place) => place.clone(),
        }
    }

    /// The words of a figure.
    #[must_use]
    pub fn words(&self, said: &Said) -> &'a str {
        let words = self.block.text.get(said.figure.place.clone());
        words.unwrap_or_default()
    }

    /// The words that say what a figure counts.
    #[must_use]
    pub fn unit(&self, said: &Said) -> &'a str {
        let words = self.block.text.get(said.figure.unit.clone());
        words.unwrap_or_default().trim()
    }

    /// Whether a comment says why a figure differs; every one that does is used.
    #[must_use]
    pub fn excuses(&self, said: &Said) -> bool {
        let excuses = self.block.excuses.iter();
        excuses
            .filter(|excuse| excuse.covers(&[&said.figure]))
            .count()
            > 0
    }
}

/// Some blocks of one language.
pub struct Side<'a> {
    pub read: &'a Read<'a>,
    pub blocks: Vec<&'a Block>,
    /// All their figures in order, with the number of the block.
    pub said: Vec<(usize, &'a Said)>,
}

impl<'a> Read<'a> {
    /// Reads a page's blocks and figures.
    #[must_use]
    pub fn new(page: &'a Page, text: Text, words: &'a Vocabulary) -> Self {
        let mut last = When::default();
        let figures = text
            .sections
            .iter()
            .map(|section| {
                let read = |block| said(block, page.lang, words, &mut last);
                section.blocks.iter().map(read).collect()
            })
            .collect();
        Self {
            page,
            words,
            lines: Lines::new(&page.text),
            text,
            figures,
        }
    }

    /// The blocks of a section, or one of them.
    #[must_use]
    pub fn side(&'a self, section: usize, block: Option<usize>) -> Side<'a> {
        let mut side = Side {
            read: self,
            blocks: Vec::new(),
            said: Vec::new(),
        };
        side.add(section, block);
        side
    }

    /// The whole page.
    #[must_use]
    pub fn whole(&'a self) -> Side<'a> {
        let mut side = Side {
            read: self,
            blocks: Vec::new(),
            said: Vec::new(),
        };
        for section in 0..self.text.sections.len() {
            side.add(section, None);
        }
        side
    }

    /// Every block with its figures.
    pub fn passages(&'a self) -> impl Iterator<Item = Passage<'a>> {
        let sections = self.text.sections.iter().enumerate();
        let places = sections
            .flat_map(|(number, section)| (0..section.blocks.len()).map(move |at| (number, at)));
        places.filter_map(|place| self.passage(place))
    }

    /// A block of a section, by their numbers.
    #[must_use]
    pub fn passage(&'a self, (section, block): (usize, usize)) -> Option<Passage<'a>> {
        Some(Passage {
            block: self.text.sections.get(section)?.blocks.get(block)?,
            said: self.figures.get(section)?.get(block)?,
            lang: self.page.lang,
            origin: Origin::Page(self),
        })
    }

    /// Line and column of a byte of the file.
    #[must_use]
    pub fn place(&self, byte: usize) -> (usize, usize) {
        self.lines.line_column(byte)
    }
}

impl Side<'_> {
    fn add(&mut self, section: usize, block: Option<usize>) {
        let (Some(blocks), Some(figures)) = (
            self.read.text.sections.get(section),
            self.read.figures.get(section),
        ) else {
            return;
        };
        for (number, (found, said)) in blocks.blocks.iter().zip(figures).enumerate() {
            if block.is_none_or(|only| only == number) {
                let at = self.blocks.len();
                self.blocks.push(found);
                self.said.extend(said.iter().map(|said| (at, said)));
            }
        }
    }

    /// Where the first block begins, in bytes of the file.
    #[must_use]
    pub fn start(&self) -> usize {
        self.blocks
            .first()
            .map_or(self.read.page.body_start, |block| block.byte(0))
    }
}

/// What says the month of a day from where the text stands.
const MONTHS_FROM_NOW: [&str; 8] = [
    "本月", "当月", "同月", "该月", "次月", "上月", "下月", "每月",
];

/// The figures of a block.
pub fn said(block: &Block, lang: Lang, words: &Vocabulary, last: &mut When) -> Vec<Said> {
    let titles = titles(block, lang);
    let mut ends = sentence_ends(&block.text, lang).into_iter().peekable();
    let mut sentence = 0;
    let skip = numbering(&block.text, lang);
    let mut said = Vec::new();
    for mut figure in figures::read(&block.text, lang, words) {
        while ends.next_if(|end| *end <= figure.place.start).is_some() {
            sentence += 1;
        }
        let in_title = titles
            .iter()
            .any(|title| title.contains(&figure.place.start));
        let is_number_of_heading = figure.place.start < skip;
        if in_title || is_number_of_heading {
            figure.weight = Weight::Soft;
        }
        let text_before = block.text.get(..figure.place.start).unwrap_or_default();
        let before = *last;
        if let Value::Date(when) = &figure.value
            && !in_title
        {
            last.year = when.year.or(last.year);
            last.month = when.month.or(last.month);
        }
        said.push(Said {
            in_title,
            last: before,
            is_of_month: MONTHS_FROM_NOW
                .iter()
                .any(|month| text_before.ends_with(month)),
            sentence,
            byte: block.byte(figure.place.start),
            figure,
            is_rate: false,
        });
    }
    mark_rates(block, lang, words, &mut said);
    said
}

fn mark_rates(block: &Block, lang: Lang, words: &Vocabulary, said: &mut [Said]) {
    let places: Vec<Range<usize>> = said.iter().map(|said| said.figure.place.clone()).collect();
    for (at, said) in said.iter_mut().enumerate() {
        if !matches!(said.figure.value, Value::Amount(_)) {
            continue;
        }
        let place = |at: Option<usize>| at.and_then(|at| places.get(at));
        let start = place(at.checked_sub(1)).map_or(0, |place| place.end);
        let end = place(at.checked_add(1)).map_or(block.text.len(), |place| place.start);
        let figure = said.figure.place.clone();
        let around = Around {
            text: &block.text,
            lang,
            reach: start.min(figure.start)..end.max(figure.end),
            figure,
        };
        let rate = words.beside(Question::Rate, &around);
        said.is_rate = rate.is_some_and(|rate| rate.name != "year");
    }
}

/// Binds the figures of a block to names, but for those in titles.
#[must_use]
pub fn bind(block: &Block, lang: Lang, said: &[Said], names: &Names) -> Vec<Bound> {
    let free = said.iter().enumerate().filter(|(_, said)| !said.in_title);
    let (numbers, figures): (Vec<usize>, Vec<&Figure>) =
        free.map(|(number, said)| (number, &said.figure)).unzip();
    let bounds = labels::bind(&block.text, lang, &figures, names);
    let placed = bounds.into_iter().filter_map(|bound| {
        let figure = *numbers.get(bound.figure)?;
        Some(Bound { figure, ..bound })
    });
    placed.collect()
}

/// What stands in 《》, or in English in emphasis or quotation marks: several words.
fn titles(block: &Block, lang: Lang) -> Vec<Range<usize>> {
    let text = block.text.as_str();
    match lang {
        Lang::Zh => between(text, '《', '》'),
        Lang::En => {
            let mut titles = block.emphasis.clone();
            titles.extend(between(text, '“', '”'));
            titles.extend(between(text, '‘', '’'));
            titles.retain(|title| {
                let words = text.get(title.clone()).unwrap_or_default();
                words.split_whitespace().count() > 2
                    && words.starts_with(|c: char| !c.is_lowercase())
            });
            titles
        }
    }
}

fn between(text: &str, open: char, close: char) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        if c == open && start.is_none() {
            start = Some(at);
        } else if c == close
            && let Some(start) = start.take()
        {
            found.push(start..at);
        }
    }
    found
}

/// Where sentences end, in bytes.
pub fn sentence_ends(text: &str, lang: Lang) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let is_end = match lang {
            Lang::Zh => matches!(c, '。' | '！' | '？' | '；' | '\n'),
            Lang::En => {
                let next = characters.peek().map(|(_, c)| *c);
                c == '\n'
                    || matches!(c, '.' | '!' | '?' | ';') && next.is_none_or(char::is_whitespace)
            }
        };
        if is_end {
            ends.push(at + c.len_utf8());
        }
    }
    ends
}

/// The bytes of a number that stands before a heading or an item by hand: 一、 2.1 （三） Part 1.
fn numbering(text: &str, lang: Lang) -> usize {
    let text_start = text.trim_start();
    let lead = text.len() - text_start.len();
    let open = usize::from(text_start.starts_with(['(', '（']));
    let is_part = |c: char| {
        c.is_ascii_digit()
            || "一二三四五六七八九十百零〇".contains(c)
            || c == '.'
            || ('①'..='⑳').contains(&c)
    };
    let chars: Vec<(usize, char)> = text_start.char_indices().skip(open).take(12).collect();
    let end = chars.iter().take_while(|(_, c)| is_part(*c)).count();
    let Some((byte, mark)) = chars.get(end).copied() else {
        return 0;
    };
    let dotted = end > 0 && chars.get(end - 1).is_some_and(|(_, c)| *c == '.');
    let marked = end > 0 && (matches!(mark, '、' | '．' | ')' | '）') || (dotted && mark == ' '));
    if marked {
        return lead + byte;
    }
    let words: &[&str] = match lang {
        Lang::Zh => &["章", "节", "部分", "编", "篇"],
        Lang::En => &["Part ", "Chapter ", "Section ", "Step "],
    };
    let in_words = match lang {
        Lang::Zh => {
            text_start.starts_with('第')
                && words.iter().any(|word| {
                    let head: String = text_start.chars().skip(1).take(6).collect();
                    head.trim_start_matches(is_part).starts_with(word)
                })
        }
        Lang::En => words.iter().any(|word| text_start.starts_with(word)),
    };
    if in_words {
        lead + text_start
            .chars()
            .take(9)
            .map(char::len_utf8)
            .sum::<usize>()
    } else {
        0
    }
}

/// Whether two blocks may be translations of each other by what they are.
#[must_use]
pub fn same_kinds(a: &[Block], b: &[Block]) -> bool {
    let kinds = |blocks: &[Block]| -> Vec<Kind> { blocks.iter().map(|block| block.kind).collect() };
    kinds(a) == kinds(b)
}
