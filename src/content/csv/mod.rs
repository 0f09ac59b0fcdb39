//! CSV files to figures: what a spreadsheet saves.
//!
//! In: the bytes of such a file. Out: the same [`Data`] that YAML gives: a series or a table (numbers
//! by name), events (a column `date`), groups (a column `group`). Promise: an empty cell is a gap;
//! a cell that is not what its column holds is an error with line and column, never left out.
//!
//! The first row names the columns. The first column holds the labels; a column `en` (or `zh`) holds
//! them in that language. A name such as `2021年|2021` is Chinese and English. Comma, semicolon and tab
//! all separate; UTF-8, UTF-16 with its mark and GB18030 (what Excel writes in China) can be read.

mod records;

use std::path::Path;

use encoding_rs::{Encoding, GB18030};
use jiff::civil::Date;

use self::records::{Record, records};
use crate::content::data::{Data, Event, Events, FileText, Precision, Series, Value};
use crate::content::table::{Group, Groups, Row, Table};
use crate::diagnostic::Diagnostic;
use crate::lang::Localized;

/// The text of a CSV file, if it is in an encoding that spreadsheets write.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let (text, had_errors) = encoding.decode_without_bom_handling(rest);
        return (!had_errors).then(|| text.into_owned());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let (text, had_errors) = GB18030.decode_without_bom_handling(bytes);
    (!had_errors).then(|| text.into_owned())
}

/// What is said of a file that [`decode`] can't read.
#[must_use]
pub fn undecodable(file: &Path) -> Diagnostic {
    Diagnostic::error("the encoding of this CSV file is not known")
        .at(file, 1, Some(1))
        .hint("save it as UTF-8")
}

/// Reads the text of a CSV file. The title is not in it, the unit only in the names of its columns.
///
/// # Errors
/// One diagnostic with its place: no rows, a row of another length, a cell that is no number or date.
pub fn parse(text: &str, file: &Path) -> Result<Data, Box<Diagnostic>> {
    let records = records(text);
    let Some((head, rows)) = records.split_first().filter(|(_, rows)| !rows.is_empty()) else {
        return Err(Box::new(
            Diagnostic::error("this CSV file has no rows")
                .at(file, 1, Some(1))
                .hint("the first row names the columns; write a row for each value below it"),
        ));
    };
    if let Some(row) = rows.iter().find(|row| row.cells.len() != head.cells.len()) {
        let message = format!(
            "this row has {} cells, the first row {}",
            row.cells.len(),
            head.cells.len()
        );
        let hint = "leave a cell empty where there is no value; put a text with a comma in quotation marks";
        return Err(Box::new(
            Diagnostic::error(message)
                .at(file, row.line, Some(1))
                .hint(hint),
        ));
    }
    let sheet = Sheet {
        names: head.cells.iter().map(|cell| cell.text.trim()).collect(),
        rows,
        file,
    };
    let data = if sheet.column(&DATE).is_some() {
        sheet.events()?
    } else if sheet.column(&GROUP).is_some() {
        sheet.groups()
    } else {
        sheet.numbers()?
    };
    Ok(data.read_from(FileText::new(file, text)))
}

/// The names that columns with a meaning of their own have, in our own files too.
const DATE: [&str; 2] = ["date", "日期"];
const GROUP: [&str; 3] = ["group", "分组", "类别"];
const REGION: [&str; 2] = ["region", "地区"];
const ISSUER: [&str; 3] = ["issuer", "issued by", "发布单位"];
const EVENT: [&str; 5] = ["event", "label", "name", "内容", "名称"];
const ZH: [&str; 3] = ["zh", "中文", "chinese"];
const EN: [&str; 3] = ["en", "英文", "english"];

struct Sheet<'a> {
    names: Vec<&'a str>,
    rows: &'a [Record],
    file: &'a Path,
}

impl Sheet<'_> {
    fn column(&self, wanted: &[&str]) -> Option<usize> {
        self.names.iter().position(|name| is_one(name, wanted))
    }

    /// The text of a column in both languages: `region`, `region.zh`, `region.en`.
    fn text(&self, row: &Record, wanted: &[&str]) -> Localized {
        let with = |code: &str| -> Option<&str> {
            let names = self.names.iter().position(|name| {
                name.rsplit_once('.')
                    .is_some_and(|(name, end)| is_one(name, wanted) && end == code)
            });
            row.filled(names?)
        };
        let plain = self.column(wanted).and_then(|column| row.filled(column));
        let zh = with("zh").or(plain);
        let en = with("en").or(plain);
        Localized {
            zh: zh.map(str::to_owned),
            en: en.map(str::to_owned),
        }
    }

    /// The label of a row of numbers: its first column, and one for the other language.
    fn label(&self, row: &Record) -> Localized {
        let first = row.filled(0).map(str::to_owned);
        let language = |names: &[&str]| {
            let column = self.column(names)?;
            row.filled(column).map(str::to_owned)
        };
        Localized {
            zh: language(&ZH).or_else(|| first.clone()),
            en: language(&EN).or(first),
        }
    }

    fn events(&self) -> Result<Data, Box<Diagnostic>> {
        let column = self.column(&DATE).unwrap_or_default();
        let mut events = Vec::with_capacity(self.rows.len());
        for row in self.rows {
            let written = row.filled(column).unwrap_or_default();
            let date: Date = written.parse().map_err(|_| {
                let message = format!("`{written}` is not a date");
                self.wrong(row, column, message)
                    .hint("write year, month and day like this: 2021-02-28")
            })?;
            events.push(Event {
                date,
                precision: Precision::default(),
                until: None,
                label: self.text(row, &EVENT),
                issuer: self.text(row, &ISSUER),
                region: self.text(row, &REGION),
                line: None,
                column: None,
                read: None,
                inferred: false,
            });
        }
        Ok(Data::Events(Events {
            events,
            ..Events::default()
        }))
    }

    fn groups(&self) -> Data {
        let column = self.column(&GROUP).unwrap_or_default();
        let mut groups: Vec<Group> = Vec::new();
        for row in self.rows {
            let label = both(row.filled(column).unwrap_or_default());
            let member = self.label(row);
            match groups.iter_mut().find(|group| group.label == label) {
                Some(group) => group.members.push(member),
                None => groups.push(Group {
                    label,
                    members: vec![member],
                    read: None,
                }),
            }
        }
        Data::Groups(Groups {
            groups,
            ..Groups::default()
        })
    }

    fn numbers(&self) -> Result<Data, Box<Diagnostic>> {
        let is_label = |at: usize, name: &str| at == 0 || is_one(name, &ZH) || is_one(name, &EN);
        let columns: Vec<usize> = (0..self.names.len())
            .filter(|&at| !is_label(at, self.names.get(at).copied().unwrap_or_default()))
            .collect();
        if columns.is_empty() {
            return Err(Box::new(
                Diagnostic::error("this CSV file has no column of numbers")
                    .at(self.file, 1, Some(1))
                    .hint(
                        "put the labels into the first column and the numbers into the next ones",
                    ),
            ));
        }
        let mut rows = Vec::with_capacity(self.rows.len());
        for row in self.rows {
            let values: Result<Vec<Option<f64>>, Box<Diagnostic>> = columns
                .iter()
                .map(|&column| self.number(row, column))
                .collect();
            rows.push(Row {
                label: self.label(row),
                values: values?,
                read: None,
            });
        }
        let names = columns
            .iter()
            .map(|&at| both(self.names.get(at).copied().unwrap_or_default()));
        let (series, unit) = without_unit(names.collect());
        let table = Table {
            unit,
            series,
            rows,
            ..Table::default()
        };
        Ok(as_series(&table).unwrap_or(Data::Table(table)))
    }

    fn number(&self, row: &Record, column: usize) -> Result<Option<f64>, Box<Diagnostic>> {
        let Some(written) = row.filled(column) else {
            return Ok(None);
        };
        let digits = ungrouped(written).replace('\u{2212}', "-");
        match digits.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(Box::new(
                self.wrong(row, column, format!("`{written}` is not a number"))
                    .hint("write digits alone; the unit goes into the chart's `unit:`, and a cell without a value stays empty"),
            )),
        }
    }

    fn wrong(&self, row: &Record, column: usize, message: String) -> Diagnostic {
        let cell = row.cells.get(column);
        let (line, at) = cell.map_or((row.line, 1), |cell| (cell.line, cell.column));
        Diagnostic::error(message).at(self.file, line, Some(at))
    }
}

/// `渔获量（吨）|Catch (tonnes)`: the names of the columns, and the unit that all of them have in brackets.
fn without_unit(names: Vec<Localized>) -> (Vec<Localized>, Localized) {
    let cut = |text: &Option<String>| {
        let (name, unit) = text.as_deref()?.split_once(['（', '('])?;
        let unit = unit.strip_suffix(['）', ')'])?.trim();
        // `产量（2021年）` says when.
        let is_unit = !unit.starts_with(|c: char| c.is_ascii_digit());
        (is_unit && !name.trim().is_empty()).then(|| (name.trim().to_owned(), unit.to_owned()))
    };
    let cut_both = |name: &Localized| {
        let ((zh, zh_unit), (en, en_unit)) = (cut(&name.zh)?, cut(&name.en)?);
        let unit = Localized::both(&zh_unit, &en_unit);
        Some((Localized::both(&zh, &en), unit))
    };
    let all: Option<Vec<(Localized, Localized)>> = names.iter().map(cut_both).collect();
    let Some((_, unit)) = all.as_ref().and_then(|all| all.first()).cloned() else {
        return (names, Localized::default());
    };
    let (cut, units): (Vec<_>, Vec<_>) = all.unwrap_or_default().into_iter().unzip();
    if units.iter().all(|other| *other == unit) {
        (cut, unit)
    } else {
        (names, Localized::default())
    }
}

/// One column without gaps is a series.
fn as_series(table: &Table) -> Option<Data> {
    let values: Option<Vec<Value>> = table
        .rows
        .iter()
        .map(|row| match row.values.as_slice() {
            [Some(value)] => Some(Value {
                label: row.label.clone(),
                value: *value,
                ..Value::default()
            }),
            _ => None,
        })
        .collect();
    Some(Data::Series(Series {
        unit: table.unit.clone(),
        values: values?,
        ..Series::default()
    }))
}

fn is_one(name: &str, wanted: &[&str]) -> bool {
    let name = name.to_lowercase();
    wanted.contains(&name.as_str())
}

/// `2021年|2021` is Chinese and English.
fn both(text: &str) -> Localized {
    match text.split_once('|') {
        Some((zh, en)) => Localized::both(zh.trim(), en.trim()),
        None => Localized::both(text, text),
    }
}

/// `1,234,567` without its commas, if they stand where commas stand.
fn ungrouped(number: &str) -> String {
    let whole = number.split('.').next().unwrap_or_default();
    let mut groups = whole.trim_start_matches(['-', '+', '\u{2212}']).split(',');
    let first = groups.next().unwrap_or_default();
    let is_grouped = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    if is_grouped {
        number.replace(',', "")
    } else {
        number.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Data, String> {
        parse(text, Path::new("a.csv")).map_err(|diagnostic| diagnostic.to_string())
    }

    #[test]
    fn columns_of_numbers_are_a_table_with_gaps() {
        let Ok(Data::Table(table)) =
            read("省份,en,2020年|2020,2021\n\"广东\",Guangdong,\"1,098\",111\n山东,Shandong,,74\n")
        else {
            panic!("not a table");
        };
        assert_eq!(table.series[0], Localized::both("2020年", "2020"));
        assert_eq!(table.rows[0].label, Localized::both("广东", "Guangdong"));
        assert_eq!(table.rows[0].values, [Some(1098.0), Some(111.0)]);
        assert_eq!(table.rows[1].values, [None, Some(74.0)]);
    }

    #[test]
    fn semicolons_tabs_and_other_encodings_are_read() {
        for text in ["a;b\nx;1\n", "a\tb\r\nx\t1\r\n", "a,b\n\nx,1"] {
            assert!(matches!(read(text), Ok(Data::Series(_))), "{text}");
        }
        assert_eq!(decode(b"\xff\xfea\0,\0").as_deref(), Some("a,"));
        assert_eq!(decode(b"\xb9\xe3\xb6\xab,1").as_deref(), Some("广东,1"));
    }

    #[test]
    fn what_is_no_number_has_its_place() {
        let said = read("省份,数\n广东,111\n山东,74项\n").unwrap_err();
        assert!(
            said.contains("`74项` is not a number\n  --> a.csv:3:4"),
            "{said}"
        );
        assert!(read("省份,数\n广东\n").unwrap_err().contains("a.csv:2:1"));
        assert!(read("省份,数\n").unwrap_err().contains("no rows"));
    }

    #[test]
    fn events_and_groups_are_known_by_their_columns() {
        let events = read("date,region,event,event.en\n2017-03-07,苏州,意见,Opinions\n").unwrap();
        let Data::Events(events) = events else {
            panic!("not events")
        };
        assert_eq!(events.events[0].label, Localized::both("意见", "Opinions"));
        let Ok(Data::Groups(groups)) = read("省份,group\n江苏,甲|A\n浙江,甲|A\n") else {
            panic!("not groups");
        };
        assert_eq!(groups.groups[0].members.len(), 2);
    }
}
