//! A chart in words, written from its data: for those who can't see it.

use super::format;
use super::phrase::Phrase;
use super::spec::Kind;
use super::view::{EventsView, Moment, SeriesView, View};
use crate::content::data::DataSource;
use crate::dates;
use crate::lang::Lang;

/// One sentence: what is drawn, how many, and what stands out.
pub(crate) fn describe(view: &View, kind: Kind) -> String {
    let (lang, parts) = match view {
        View::Series(series) => (series.lang, series_parts(series, kind)),
        View::Events(events) => (events.lang, events_parts(events)),
    };
    match lang {
        Lang::Zh => parts.join("；") + "。",
        Lang::En => parts.join("; ") + ".",
    }
}

/// `单位：项`, `Unit: policies`.
pub(crate) fn unit_line(unit: &Phrase, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("单位：{}", unit.text),
        Lang::En => format!("Unit: {}", unit.text),
    }
}

/// `来源：a.txt，第5行`, `Source: a.txt, line 5`.
pub(crate) fn source_line(source: &DataSource, lang: Lang) -> String {
    match (lang, source.line) {
        (Lang::Zh, None) => format!("来源：{}", source.file),
        (Lang::Zh, Some(line)) => format!("来源：{}，第{line}行", source.file),
        (Lang::En, None) => format!("Source: {}", source.file),
        (Lang::En, Some(line)) => format!("Source: {}, line {line}", source.file),
    }
}

fn series_parts(series: &SeriesView, kind: Kind) -> Vec<String> {
    let lang = series.lang;
    let number = series.rows.len();
    let mut parts = vec![match (lang, kind, number) {
        (Lang::Zh, Kind::Columns, _) => format!("柱形图，共{number}个数值"),
        (Lang::Zh, _, _) => format!("条形图，共{number}个数值"),
        (Lang::En, Kind::Columns, 1) => "Column chart of one value".to_owned(),
        (Lang::En, Kind::Columns, _) => format!("Column chart of {number} values"),
        (Lang::En, _, 1) => "Bar chart of one value".to_owned(),
        (Lang::En, _, _) => format!("Bar chart of {number} values"),
    }];
    if let Some(unit) = &series.unit {
        let said = unit_line(unit, lang);
        parts.push(match lang {
            Lang::Zh => said,
            Lang::En => said.replacen("Unit", "unit", 1),
        });
    }
    parts.extend(extremes(series));
    let strong: Vec<String> = series
        .rows
        .iter()
        .filter(|row| row.strong)
        .map(|row| said(series, &row.label.text, row.value))
        .collect();
    if !strong.is_empty() {
        parts.push(match lang {
            Lang::Zh => format!("突出显示：{}", strong.join("、")),
            Lang::En => format!("highlighted: {}", strong.join(" and ")),
        });
    }
    parts
}

fn extremes(series: &SeriesView) -> Vec<String> {
    let lang = series.lang;
    let values = || series.rows.iter().map(|row| row.value);
    let (least, most) = (
        values().fold(f64::INFINITY, f64::min),
        values().fold(f64::NEG_INFINITY, f64::max),
    );
    if let [row] = series.rows.as_slice() {
        return vec![said(series, &row.label.text, row.value)];
    }
    if least >= most {
        let value = number(series, most);
        return vec![match lang {
            Lang::Zh => format!("均为{value}"),
            Lang::En => format!("all of them {value}"),
        }];
    }
    let [highest, lowest] = match lang {
        Lang::Zh => ["最高：", "最低："],
        Lang::En => ["highest: ", "lowest: "],
    };
    [(highest, most), (lowest, least)]
        .into_iter()
        .map(|(word, value)| word.to_owned() + &said(series, &holders(series, value), value))
        .collect()
}

/// The names that share a value: three at most, then how many more.
fn holders(series: &SeriesView, value: f64) -> String {
    let names: Vec<&str> = series
        .rows
        .iter()
        .filter(|row| row.value.total_cmp(&value).is_eq() || (row.value == 0.0 && value == 0.0))
        .map(|row| row.label.text.as_str())
        .collect();
    let (first, more) = names.split_at(names.len().min(3));
    match (series.lang, more.len()) {
        (Lang::Zh, 0) => first.join("、"),
        (Lang::Zh, _) => format!("{}等{}个", first.join("、"), names.len()),
        (Lang::En, 0) => match first {
            [before @ .., last] if !before.is_empty() => {
                format!("{} and {last}", before.join(", "))
            }
            _ => first.concat(),
        },
        (Lang::En, more) => format!("{} and {more} more", first.join(", ")),
    }
}

fn said(series: &SeriesView, name: &str, value: f64) -> String {
    let value = number(series, value);
    match series.lang {
        Lang::Zh => format!("{name}，{value}"),
        Lang::En => format!("{name}, {value}"),
    }
}

fn number(series: &SeriesView, value: f64) -> String {
    let percent = if series.is_percent() { "%" } else { "" };
    format::exact(value, series.lang) + percent
}

fn events_parts(events: &EventsView) -> Vec<String> {
    let lang = events.lang;
    let number = events.rows.len();
    let (Some(first), Some(last)) = (events.rows.first(), events.rows.last()) else {
        return Vec::new();
    };
    if number == 1 {
        let said = event(first, lang);
        return vec![match lang {
            Lang::Zh => format!("时间轴，仅一件：{said}"),
            Lang::En => format!("Time line of one event: {said}"),
        }];
    }
    let mut parts = match lang {
        Lang::Zh => vec![
            format!("时间轴，共{number}件"),
            format!("最早：{}", event(first, lang)),
            format!("最晚：{}", event(last, lang)),
        ],
        Lang::En => vec![
            format!("Time line of {number} events"),
            format!("first: {}", event(first, lang)),
            format!("last: {}", event(last, lang)),
        ],
    };
    if let Some((year, most)) = busiest_year(events) {
        parts.push(match lang {
            Lang::Zh => format!("最多的一年：{year}年，{most}件"),
            Lang::En => format!("most in one year: {year}, {most}"),
        });
    }
    parts
}

fn event(moment: &Moment, lang: Lang) -> String {
    let mut parts = vec![dates::date(moment.date, lang)];
    parts.extend(moment.region.as_ref().map(|region| region.text.clone()));
    parts.push(moment.label.text.clone());
    parts.join(if lang == Lang::Zh { "，" } else { ", " })
}

/// The year with more events than any other, if there is one and if the events span years.
fn busiest_year(events: &EventsView) -> Option<(i16, usize)> {
    // Events are sorted, so that those of a year are neighbours.
    let years: Vec<(i16, usize)> = events
        .rows
        .chunk_by(|a, b| a.date.year() == b.date.year())
        .filter_map(|year| Some((year.first()?.date.year(), year.len())))
        .collect();
    let most = years.iter().map(|(_, number)| *number).max()?;
    let mut busiest = years.iter().filter(|(_, number)| *number == most);
    let year = *busiest.next()?;
    (years.len() > 1 && busiest.next().is_none()).then_some(year)
}
