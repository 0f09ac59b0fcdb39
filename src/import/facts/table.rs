//! Tables: lines of cells between bars or tabs, the first of which names the columns.
//!
//! In: the paragraphs of a section, one after another. Out: each column of numbers, with a label for each
//! row. Promise: linear; a row with more or fewer cells than the first ends the table.

/// The lines of a table so far.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The names of the columns.
    names: Vec<String>,
    /// The cells of each row, with its line.
    rows: Vec<(usize, Vec<Place>)>,
}

/// A cell and the column at which it begins.
#[derive(Debug, Clone)]
struct Place {
    text: String,
    column: usize,
}

/// A column of numbers.
#[derive(Debug)]
pub(super) struct Column {
    /// What its numbers are.
    pub(super) name: String,
    /// Their unit, which stands in brackets after the name.
    pub(super) unit: Option<String>,
    pub(super) cells: Vec<Cell>,
}

/// One number.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) label: String,
    pub(super) value: f64,
    pub(super) read: String,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Rows {
    /// Takes a line if it is one of the table.
    pub(super) fn take(&mut self, line: usize, text: &str) -> bool {
        let Some(cells) = cells(text) else {
            return false;
        };
        let is_rule = cells.iter().all(|cell| {
            let rule = cell.text.chars().all(|c| matches!(c, '-' | ':' | '—'));
            rule && !cell.text.is_empty()
        });
        if self.names.is_empty() {
            self.names = cells.into_iter().map(|cell| cell.text).collect();
            return !is_rule;
        }
        if cells.len() != self.names.len() {
            return false;
        }
        if !is_rule {
            self.rows.push((line, cells));
        }
        true
    }

    /// The columns that hold numbers alone; a cell without one is left out.
    pub(super) fn columns(self) -> Vec<Column> {
        let mut columns = Vec::new();
        for (index, name) in self.names.iter().enumerate().skip(1) {
            let mut cells = Vec::new();
            let mut others = 0;
            for (line, row) in &self.rows {
                let (Some(label), Some(cell)) = (row.first(), row.get(index)) else {
                    continue;
                };
                match number(&cell.text) {
                    Some(value) if !label.text.is_empty() => cells.push(Cell {
                        label: label.text.clone(),
                        value,
                        read: cell.text.clone(),
                        line: *line,
                        column: cell.column,
                    }),
                    _ => others += usize::from(!is_gap(&cell.text)),
                }
            }
            if cells.len() > 1 && others == 0 {
                let (name, unit) = named(name, &cells);
                columns.push(Column { name, unit, cells });
            }
        }
        columns
    }
}

/// The cells of a line: `| 上海 | 1,203 |`, or words between tabs.
fn cells(text: &str) -> Option<Vec<Place>> {
    let bar = ['|', '｜'];
    let bars = text.trim().starts_with(bar) && text.trim().ends_with(bar);
    let marks: &[char] = if bars { &bar } else { &['\t'] };
    let mut column = 1;
    let mut cells = Vec::new();
    for part in text.split(marks) {
        let space = part.chars().take_while(|c| c.is_whitespace()).count();
        cells.push(Place {
            text: part.trim().to_owned(),
            column: column + space,
        });
        column += part.chars().count() + 1;
    }
    if bars {
        cells.pop();
        cells.remove(0);
    }
    (cells.len() > 1).then_some(cells)
}

/// `设施数（个）` has its unit in brackets; a column of `31.2%` has it in the cells.
fn named(name: &str, cells: &[Cell]) -> (String, Option<String>) {
    if let Some(inside) = name.strip_suffix(['）', ')'])
        && let Some((name, unit)) = inside.rsplit_once(['（', '('])
        && !name.trim().is_empty()
    {
        return (name.trim().to_owned(), Some(unit.trim().to_owned()));
    }
    let percent = cells.iter().all(|cell| cell.read.ends_with(['%', '％']));
    (name.to_owned(), percent.then(|| "%".to_owned()))
}

/// `1,203`, `-4.5`, `31.2%`.
fn number(text: &str) -> Option<f64> {
    let text = text.trim_end_matches(['%', '％']).trim_end();
    let digits = text.strip_prefix(['-', '−', '+']).unwrap_or(text);
    let plain = digits
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    if !plain || !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    text.replace(',', "").replace('−', "-").parse().ok()
}

fn is_gap(text: &str) -> bool {
    text.is_empty()
        || text
            .chars()
            .all(|c| matches!(c, '-' | '—' | '–' | '/' | '…' | '－'))
        || text == "无"
}
