//! Events in words.

use crate::lang::Lang;
use crate::render::charts::view::{EventsView, Moment};

/// How many, the first and the last, the busiest year.
pub(super) fn parts(events: &EventsView) -> Vec<String> {
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
    let mut parts = vec![moment.when.text.clone()];
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
