//! A page as blocks of plain text, each character with its place in the file.
//!
//! In: a page. Out: [`Text`]: sections of [`Block`]s (headings, paragraphs, items, cells), the comments
//! that excuse figures, the charts. Promise: code, addresses and markup are not in the text; one pass.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::content::report::Page;
use crate::render::charts::{self, Spec};
use crate::render::markdown::{cjk, mark, parse};
use crate::yaml::Origin;

use super::excuse::{self, Excuse};

/// A page's text.
#[derive(Debug, Default)]
pub struct Text {
    /// From heading to heading; the first holds what stands before any, and the page's head.
    pub sections: Vec<Section>,
    /// The charts that are placed in the text.
    pub charts: Vec<Spec>,
    /// The tables of the text.
    pub tables: Vec<TableCells>,
}

/// A table: the rows, the head first, of cells; each cell by its section and its block there.
#[derive(Debug, Default)]
pub struct TableCells {
    /// The rows.
    pub rows: Vec<Vec<(usize, usize)>>,
}

/// A heading and what follows it.
#[derive(Debug, Default)]
pub struct Section {
    /// The heading's level; 1 for what stands before the first.
    pub level: u8,
    /// What it holds, the heading first.
    pub blocks: Vec<Block>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The title or the description in the front matter.
    Head,
    /// A heading in the text.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// A footnote.
    Note,
    /// What a chart says of itself: title, note, period, source.
    Chart,
}

/// A run of text that is read as one.
#[derive(Debug)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// What a reader reads.
    pub text: String,
    /// Where pieces of it stand: byte in `text`, byte in the file.
    pieces: Vec<(usize, usize)>,
    /// Emphasised words, as titles are in English.
    pub emphasis: Vec<Range<usize>>,
    /// The comments in it and right before it.
    pub excuses: Vec<Excuse>,
}

impl Block {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            text: String::new(),
            pieces: Vec::new(),
            emphasis: Vec::new(),
            excuses: Vec::new(),
        }
    }

    /// Words that stand on no page.
    #[must_use]
    pub fn of(kind: Kind, text: &str) -> Self {
        let mut block = Self::new(kind);
        block.push(text, 0);
        block
    }

    /// The byte in the file of a byte of the text.
    #[must_use]
    pub fn byte(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|(start, _)| *start <= at);
        piece
            .checked_sub(1)
            .and_then(|piece| self.pieces.get(piece))
            .or(self.pieces.first())
            .map_or(0, |(start, file)| file + at.saturating_sub(*start))
    }

    fn push(&mut self, text: &str, file: usize) {
        self.pieces.push((self.text.len(), file));
        self.text.push_str(text);
    }

    fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Cuts a page into blocks.
#[must_use]
pub fn read(page: &Page) -> Text {
    let marked = mark(page.body());
    let parsed = parse(&marked);
    let mut reader = Reader {
        page,
        text: Text::default(),
        block: None,
        emphasis: None,
        html: None,
        chart: None,
        in_code: false,
        waiting: Vec::new(),
    };
    reader.text.sections.push(Section {
        level: 1,
        blocks: head(page),
    });
    for (event, byte) in &parsed.events {
        reader.event(event, page.body_start + byte);
    }
    reader.close();
    reader.leave_excuses();
    reader.text
}

/// Title and description, where the front matter says them in so many words.
fn head(page: &Page) -> Vec<Block> {
    let front = page.text.get(..page.body_start).unwrap_or_default();
    let values = [
        Some(page.meta.title.as_str()),
        page.meta.description.as_deref(),
    ];
    let keys = ["title:", "description:"];
    let block = |(value, key): (Option<&str>, &str)| {
        let after = front.find(key).unwrap_or(0);
        let value = value?;
        let at = front
            .get(after..)?
            .find(value)
            .map_or(after, |at| after + at);
        let mut block = Block::new(Kind::Head);
        block.push(value, at);
        Some(block)
    };
    values.into_iter().zip(keys).filter_map(block).collect()
}

struct Reader<'a> {
    page: &'a Page,
    text: Text,
    block: Option<Block>,
    /// Where the emphasis that is open began.
    emphasis: Option<usize>,
    /// HTML as it comes, line by line, and where it began.
    html: Option<(String, usize)>,
    /// The inside of a chart block, and where it begins.
    chart: Option<(String, usize)>,
    in_code: bool,
    /// Comments on lines of their own, for the block that follows.
    waiting: Vec<Excuse>,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, byte: usize) {
        match event {
            Event::Start(tag) => self.start(tag, byte),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) if self.in_code => {
                if let Some((chart, begin)) = &mut self.chart {
                    if chart.is_empty() {
                        *begin = byte;
                    }
                    chart.push_str(text);
                }
            }
            Event::Text(text) if self.is_label(text, byte) => self.push("\u{fffc}", byte),
            Event::Text(text) => self.push(text, byte),
            // Not part of any number, and not nothing.
            Event::Code(_) | Event::FootnoteReference(_) => self.push("\u{fffc}", byte),
            Event::SoftBreak | Event::HardBreak => self.line_end(byte),
            Event::Html(html) | Event::InlineHtml(html) => self.html(html, byte),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, byte: usize) {
        match tag {
            Tag::Heading { level, .. } => {
                self.close();
                self.leave_excuses();
                self.text.sections.push(Section {
                    level: *level as u8,
                    blocks: Vec::new(),
                });
                self.open(Kind::Heading);
            }
            Tag::Paragraph => {
                // The first paragraph of an item is the item.
                let fresh = self.block.as_ref().is_some_and(|block| {
                    block.is_empty() && matches!(block.kind, Kind::Item | Kind::Note)
                });
                if !fresh {
                    self.open(Kind::Paragraph);
                }
            }
            Tag::Item => self.open(Kind::Item),
            Tag::Table(_) => self.text.tables.push(TableCells::default()),
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = self.text.tables.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            Tag::TableCell => self.open(Kind::Cell),
            Tag::FootnoteDefinition(_) => self.open(Kind::Note),
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                let is_chart = matches!(kind, CodeBlockKind::Fenced(info) if info.split([' ', ',']).next() == Some("chart"));
                self.chart = is_chart.then(|| (String::new(), byte));
            }
            Tag::HtmlBlock => self.html = Some((String::new(), byte)),
            Tag::Emphasis => self.emphasis = self.block.as_ref().map(|block| block.text.len()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item => self.close(),
            TagEnd::TableCell => {
                self.close();
                self.cell();
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                if let Some((chart, byte)) = self.chart.take() {
                    self.chart(&chart, byte);
                }
            }
            TagEnd::HtmlBlock => {
                if let Some((html, byte)) = self.html.take() {
                    self.comments(&html, byte);
                }
            }
            TagEnd::Emphasis => {
                if let (Some(start), Some(block)) = (self.emphasis.take(), &mut self.block) {
                    block.emphasis.push(start..block.text.len());
                }
            }
            _ => {}
        }
    }

    /// Notes where the cell that was just closed stands.
    fn cell(&mut self) {
        let sections = &self.text.sections;
        let place = sections.len().checked_sub(1).and_then(|section| {
            let blocks = &sections.get(section)?.blocks;
            Some((section, blocks.len().checked_sub(1)?))
        });
        let row = self
            .text
            .tables
            .last_mut()
            .and_then(|table| table.rows.last_mut());
        if let (Some(place), Some(row)) = (place, row) {
            row.push(place);
        }
    }

    /// A chart block, and what it says as a block of the text; a wrong one is said where it is drawn.
    fn chart(&mut self, inside: &str, byte: usize) {
        let before = self.page.text.get(..byte).unwrap_or_default();
        let origin = Origin {
            file: &self.page.file,
            first_line: before.matches('\n').count() + 1,
        };
        let Ok(spec) = charts::parse_spec(inside, origin) else {
            return;
        };
        self.open(Kind::Chart);
        let lang = self.page.lang;
        for words in [&spec.title, &spec.note, &spec.period, &spec.source] {
            let words = words.get(lang);
            let at = inside.find(words).map_or(byte, |at| byte + at);
            if !words.is_empty() {
                self.push(words, at);
                self.push("\n", at + words.len());
            }
        }
        self.close();
        self.text.charts.push(spec);
    }

    fn open(&mut self, kind: Kind) {
        self.close();
        let mut block = Block::new(kind);
        block.excuses.append(&mut self.waiting);
        self.block = Some(block);
    }

    fn close(&mut self) {
        let Some(block) = self.block.take() else {
            return;
        };
        if block.is_empty() && block.kind != Kind::Cell {
            self.waiting.extend(block.excuses);
        } else if let Some(section) = self.text.sections.last_mut() {
            section.blocks.push(block);
        }
    }

    /// Comments after the last block of a section are about that block.
    fn leave_excuses(&mut self) {
        let last = self
            .text
            .sections
            .last_mut()
            .and_then(|section| section.blocks.last_mut());
        if let Some(last) = last {
            last.excuses.append(&mut self.waiting);
        }
    }

    fn push(&mut self, text: &str, byte: usize) {
        if self.block.is_none() {
            self.open(Kind::Paragraph);
        }
        if let Some(block) = &mut self.block {
            block.push(text, byte);
        }
    }

    /// The label of a footnote that is not defined: it is left as text, but says no figure.
    fn is_label(&self, text: &str, byte: usize) -> bool {
        let opened = self
            .block
            .as_ref()
            .is_some_and(|block| block.text.ends_with('['));
        let after = self.page.text.get(byte + text.len()..);
        opened && text.starts_with('^') && after.is_some_and(|rest| rest.starts_with(']'))
    }

    /// Between two Chinese characters a line break is nothing.
    fn line_end(&mut self, byte: usize) {
        let before = self
            .block
            .as_ref()
            .and_then(|block| block.text.chars().next_back());
        let rest = self.page.text.get(byte..).unwrap_or_default();
        let after = rest.trim_start().chars().next();
        if !cjk::joins_without_space(before, after, self.page.lang) {
            self.push(" ", byte);
        }
    }

    fn html(&mut self, html: &str, byte: usize) {
        match &mut self.html {
            Some((block, _)) => block.push_str(html),
            None => self.comments(html, byte),
        }
    }

    fn comments(&mut self, html: &str, byte: usize) {
        let excuses = excuse::find(html, byte, self.page.lang);
        match &mut self.block {
            Some(block) => block.excuses.extend(excuses),
            None => self.waiting.extend(excuses),
        }
    }
}
