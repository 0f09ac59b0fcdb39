//! The text of a CSV file in rows and cells.
//!
//! In: the text. Out: [`Record`]s with the places of their cells. Promise: every character of a cell
//! that is not quoting stands in it.

/// One row.
pub(super) struct Record {
    pub(super) line: usize,
    pub(super) cells: Vec<Cell>,
}

impl Record {
    /// The text of a cell that is not blank; an apostrophe that keeps a spreadsheet from reading it
    /// as a formula is not part of it.
    pub(super) fn filled(&self, column: usize) -> Option<&str> {
        let text = self.cells.get(column)?.text.trim();
        let text = match text.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            _ => text,
        };
        (!text.is_empty()).then_some(text)
    }
}

/// One cell, and where it begins.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) line: usize,
    /// In characters, from 1.
    pub(super) column: usize,
}

/// Splits the text as RFC 4180 says; blank lines are passed over.
pub(super) fn records(text: &str) -> Vec<Record> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader {
        separator: separator(text),
        line: 1,
        column: 1,
    };
    let mut records = Vec::new();
    let mut characters = text.chars().peekable();
    while characters.peek().is_some() {
        let record = reader.record(&mut characters);
        if record.cells.iter().any(|cell| !cell.text.trim().is_empty()) {
            records.push(record);
        }
    }
    records
}

/// The sign that stands most often in the first line.
fn separator(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let often = |sign: char| first.unwrap_or_default().matches(sign).count();
    let mut best = ',';
    for sign in [';', '\t'] {
        if often(sign) > often(best) {
            best = sign;
        }
    }
    best
}

struct Reader {
    separator: char,
    line: usize,
    column: usize,
}

impl Reader {
    fn record(&mut self, characters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Record {
        let mut record = Record {
            line: self.line,
            cells: vec![self.cell()],
        };
        let mut quoted = false;
        while let Some(character) = characters.next() {
            self.column += 1;
            let Some(cell) = record.cells.last_mut() else {
                break;
            };
            match character {
                '"' if quoted && characters.peek() == Some(&'"') => {
                    characters.next();
                    self.column += 1;
                    cell.text.push('"');
                }
                '"' if quoted || cell.text.trim().is_empty() => quoted = !quoted,
                '\n' => {
                    self.line += 1;
                    self.column = 1;
                    if !quoted {
                        break;
                    }
                    cell.text.push('\n');
                }
                '\r' if !quoted => {}
                sign if sign == self.separator && !quoted => {
                    let next = self.cell();
                    record.cells.push(next);
                }
                other => cell.text.push(other),
            }
        }
        record
    }

    fn cell(&self) -> Cell {
        Cell {
            text: String::new(),
            line: self.line,
            column: self.column,
        }
    }
}
