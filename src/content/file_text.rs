//! The text that data were read from, so that what is said about them later has its line.
//!
//! In: a file's text, or the part of a page that holds data. Out: the [`Place`] of a value, of some words.
//! Promise: two data with the same figures are equal, however they were written.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Place, line_column};

/// Where data stand.
#[derive(Debug, Clone, Default)]
pub struct FileText {
    file: PathBuf,
    /// The line of the file on which the text begins, from 1.
    first_line: usize,
    text: String,
}

impl PartialEq for FileText {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl FileText {
    /// A whole file.
    #[must_use]
    pub fn new(file: &Path, text: &str) -> Self {
        Self::within(file, 1, text)
    }

    /// A part of a file.
    #[must_use]
    pub fn within(file: &Path, first_line: usize, text: &str) -> Self {
        Self {
            file: file.to_owned(),
            first_line,
            text: text.to_owned(),
        }
    }

    /// A place in the file, from line and column of the text.
    #[must_use]
    pub fn place(&self, place: Option<(usize, usize)>) -> Place {
        Place {
            file: self.file.clone(),
            line: place.map(|(line, _)| line + self.first_line.max(1) - 1),
            column: place.map(|(_, column)| column),
        }
    }

    /// Where some words stand first.
    #[must_use]
    pub fn words_place(&self, words: &str) -> Place {
        self.place(self.words(words))
    }

    /// Where the value of a row stands, in a column of it; both from 0.
    #[must_use]
    pub fn value_place(&self, row: usize, column: usize, label: &str) -> Place {
        let place = match self.nth("value", row) {
            Some(place) => Some(place),
            None => match self.nth("values", row) {
                Some((line, begin)) => Some(self.in_list(line, begin, column)),
                // A sheet has no keys.
                None => self.words(label),
            },
        };
        self.place(place)
    }

    /// The place of the nth item of a list that begins here, if it stands on one line.
    fn in_list(&self, line: usize, begin: usize, number: usize) -> (usize, usize) {
        let text = self.text.lines().nth(line - 1).unwrap_or_default();
        let list: Vec<char> = text.chars().skip(begin - 1).collect();
        if list.first() != Some(&'[') {
            return (line, begin);
        }
        let mut commas = 0;
        for (at, c) in list.iter().enumerate().skip(1) {
            match c {
                ',' => commas += 1,
                ']' => break,
                ' ' => {}
                _ if commas == number => return (line, begin + at),
                _ => {}
            }
        }
        (line, begin)
    }

    /// Line and column of the nth value of a key (from 0), for a key that every entry has once.
    #[must_use]
    pub fn nth(&self, key: &str, number: usize) -> Option<(usize, usize)> {
        self.each(key).nth(number)
    }

    /// Line and column of every value of a key.
    pub fn each(&self, key: &str) -> impl Iterator<Item = (usize, usize)> {
        let lines = self.text.lines().enumerate();
        let code = lines.filter(|(_, text)| !text.trim_start().starts_with('#'));
        code.flat_map(move |(line, text)| {
            let columns = text.match_indices(key);
            columns.filter_map(move |(at, key)| Some((line + 1, value_column(text, at, key)?)))
        })
    }

    /// Line and column of the first place of some words, as they are.
    #[must_use]
    pub fn words(&self, words: &str) -> Option<(usize, usize)> {
        self.text.find(words).map(|at| line_column(&self.text, at))
    }
}

/// The column of the value of a key, if what stands here is a key.
fn value_column(text: &str, at: usize, key: &str) -> Option<usize> {
    let before = text.get(..at)?;
    let is_key = before
        .chars()
        .next_back()
        .is_none_or(|c| matches!(c, ' ' | '{' | ',' | '-'));
    let after = text.get(at + key.len()..)?;
    let value = after.strip_prefix(':').filter(|_| is_key)?;
    // `values:` of the file, whose list begins on the next line.
    if value.trim().is_empty() && !text.starts_with([' ', '-']) {
        return None;
    }
    let spaces = value.chars().take_while(|c| *c == ' ').count();
    Some(before.chars().count() + key.chars().count() + spaces + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> FileText {
        FileText::new(Path::new("d.yaml"), text)
    }

    #[test]
    fn a_value_has_its_place() {
        let text =
            text("# value: 1\nvalues:\n- { label: 甲, value: 1 }\n- label: 乙\n  value: 2\n");
        assert_eq!(text.nth("value", 0), Some((3, 22)));
        assert_eq!(text.nth("value", 1), Some((5, 10)));
        assert_eq!(text.nth("value", 2), None);
        assert_eq!(text.words("乙"), Some((4, 10)));
    }

    #[test]
    fn so_has_a_cell() {
        let text =
            text("rows:\n- { label: 甲, values: [1, 2] }\n- label: 乙\n  values: [3, ~, 5]\n");
        let place = |row, column| {
            let place = text.value_place(row, column, "");
            (place.line, place.column)
        };
        assert_eq!(place(0, 1), (Some(2), Some(27)));
        assert_eq!(place(1, 0), (Some(4), Some(12)));
        assert_eq!(place(1, 2), (Some(4), Some(18)));
        let sheet = FileText::new(Path::new("d.csv"), "名,数\n甲,1\n");
        assert_eq!(sheet.value_place(0, 0, "甲").line, Some(2));
    }
}
