//! Classified lines to pages, and each page to a tree.
//!
//! In: lines with what they are. Out: a [`Document`]. Promise: no line is dropped, none stands twice.

use super::classify::{Classified, Kind, Rank};
use super::{Document, Heading, Node, Page, TextLine};

pub(super) fn build(lines: Vec<Classified>, empty: Vec<usize>) -> Document {
    let page_rank = page_rank(&lines);
    let mut document = Document {
        title: None,
        pages: Vec::new(),
        empty,
    };
    let mut page: Option<Growing> = None;
    for line in lines {
        match line.kind {
            Kind::Title => {
                document.title = Some(TextLine {
                    number: line.number,
                    text: line.text,
                });
            }
            Kind::Heading(rank, ..) if page_rank.is_some_and(|top| rank <= top) => {
                document.pages.extend(page.take().map(Growing::finish));
                page = Some(Growing::with_heading(heading(line)));
            }
            _ => {
                let first = document.title.as_ref().map(|title| title.number);
                let start = first.filter(|_| document.pages.is_empty());
                page.get_or_insert_with(|| Growing::from_line(start.unwrap_or(line.number)))
                    .push(line);
            }
        }
    }
    document.pages.extend(page.map(Growing::finish));
    document
}

/// The outermost numbering there is makes the pages; one `一、` alone makes none.
fn page_rank(lines: &[Classified]) -> Option<Rank> {
    let count = |wanted: Rank| {
        lines
            .iter()
            .filter(|line| matches!(line.kind, Kind::Heading(rank, ..) if rank == wanted))
            .count()
    };
    [(Rank::Circled, 1), (Rank::Chapter, 1), (Rank::Han, 2)]
        .into_iter()
        .find(|(rank, least)| count(*rank) >= *least)
        .map(|(rank, _)| rank)
}

fn heading(line: Classified) -> Heading {
    let (marker, region) = match line.kind {
        Kind::Heading(_, marker, region) => (marker, region),
        _ => (None, None),
    };
    Heading {
        line: line.number,
        marker,
        text: line.text,
        region,
    }
}

/// A page while its lines come in.
struct Growing {
    heading: Option<Heading>,
    first: usize,
    last: usize,
    nodes: Vec<Node>,
    /// The open headings from the outside in, each with what stands under it so far.
    open: Vec<(Rank, Heading, Vec<Node>)>,
}

impl Growing {
    fn from_line(first: usize) -> Self {
        Self {
            heading: None,
            first,
            last: first,
            nodes: Vec::new(),
            open: Vec::new(),
        }
    }

    fn with_heading(heading: Heading) -> Self {
        let mut page = Self::from_line(heading.line);
        page.heading = Some(heading);
        page
    }

    fn push(&mut self, line: Classified) {
        self.last = line.number;
        let number = line.number;
        match line.kind {
            Kind::Heading(rank, ..) => {
                while self.open.last().is_some_and(|(open, ..)| *open >= rank) {
                    self.close();
                }
                self.open.push((rank, heading(line), Vec::new()));
            }
            Kind::Point(marker) => self.add(Node::Point {
                line: number,
                marker,
                text: line.text,
            }),
            Kind::Bullet => self.add(Node::Bullet {
                line: number,
                text: line.text,
            }),
            Kind::Paragraph | Kind::Title => self.add(Node::Paragraph {
                line: number,
                text: line.text,
            }),
        }
    }

    fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            Some((_, _, nodes)) => nodes.push(node),
            None => self.nodes.push(node),
        }
    }

    fn close(&mut self) {
        if let Some((_, heading, nodes)) = self.open.pop() {
            self.add(Node::Section(heading, nodes));
        }
    }

    fn finish(mut self) -> Page {
        while !self.open.is_empty() {
            self.close();
        }
        Page {
            heading: self.heading,
            lines: self.first..=self.last,
            nodes: self.nodes,
        }
    }
}
