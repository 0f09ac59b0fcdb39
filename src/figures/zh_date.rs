//! Dates and times of day in Chinese.
//!
//! In: characters and a place. Out: the date that begins there, as exactly as it is said: `2016年11月3日`,
//! `16年下半年`, `11月3日`, `第一季度`, `20世纪90年代`, `今年5月`, `15:30`.

use super::words::Chars;
use super::zh_digit::{at, begins};
use super::zh_number as number;
use super::{Clock, Part, When, Year};

/// A date that begins with a number.
pub(super) fn read(text: &Chars, start: usize) -> Option<(When, usize)> {
    if !is_near(text, start, &['年', '月', '日', '世', '季']) {
        return None;
    }
    let written = number::read(text, start)?;
    let value = written.value?.to_whole()?;
    let end = written.end;
    match at(text, end)? {
        '年' => {
            let year = i32::try_from(value).ok()?;
            if at(text, end + 1) == Some('代') {
                return decade(text, start, year).map(|decade| (decade, end + 2));
            }
            let recent = (1500..2200).contains(&year);
            let is_early = (1000..1500).contains(&year) && is_point(text, start, end + 1);
            let full = written.row == Some(4) && (recent || is_early);
            let rest = after_year(text, end + 1);
            if full {
                return Some(with_year(Year::Of(year), rest, end + 1));
            }
            // 16年 may be sixteen years; 16年下半年 is a year.
            let short = written.row == Some(2) && (rest.is_some() || is_edge(at(text, end + 1)));
            let year = if year < 50 { 2000 + year } else { 1900 + year };
            short.then(|| with_year(Year::Of(year), rest, end + 1))
        }
        '世' => {
            // 20世纪80年代 is one decade.
            let years = number::read(text, end + 2).filter(|_| at(text, end + 1) == Some('纪'))?;
            let is_decade =
                (at(text, years.end), at(text, years.end + 1)) == (Some('年'), Some('代'));
            let year = i32::try_from(years.value?.to_whole()?).ok()?;
            let century = i32::try_from(value)
                .ok()
                .filter(|value| (15..=21).contains(value))?;
            let decade = Year::Decade((century - 1) * 100 + year);
            (is_decade && year < 100).then(|| (When::year(decade), years.end + 2))
        }
        '月' => month_and_day(text, start),
        // 一日三次 is no date.
        '日' if (1..=31).contains(&value)
            && !is_span(text, end + 1)
            && (written.digits || value > 1) =>
        {
            let day = u8::try_from(value).ok();
            let when = When {
                day,
                ..When::default()
            };
            Some((when, end + 1))
        }
        '季' if at(text, end + 1) == Some('度')
            && start.checked_sub(1).and_then(|before| at(text, before)) != Some('前') =>
        {
            let when = When {
                part: quarter(value),
                ..When::default()
            };
            when.part.map(|_| (when, end + 2))
        }
        _ => None,
    }
}

/// （1370年）, 于1405年: when, and not 有1400年, 1200年的历史, 1300年前.
fn is_point(text: &Chars, start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).and_then(|before| at(text, before));
    let leads = before.is_none_or(|c| "（(于在自从，。；、—–-".contains(c));
    let lasts = at(text, end).is_some_and(|c| "的历来前后间内以之多余左上".contains(c));
    leads && !lasts
}

/// Whether one of these characters follows within the length of a date's number: a quick no for all other
/// numbers.
fn is_near(text: &Chars, start: usize, marks: &[char]) -> bool {
    (start..start + 10).any(|place| at(text, place).is_some_and(|c| marks.contains(&c)))
}

/// 光绪三十四年, 公元605年: a year that is counted from the `first` of an era.
pub(super) fn of_era(text: &Chars, start: usize, first: i32) -> Option<(When, usize)> {
    let written = number::read(text, start)?;
    let number = i32::try_from(written.value?.to_whole()?).ok()?;
    let is_year = at(text, written.end) == Some('年') && (1..3000).contains(&number);
    let year = if first < 0 {
        first + 1 - number
    } else {
        first + number - 1
    };
    is_year.then(|| (When::year(Year::Of(year)), written.end + 1))
}

/// A date that is said from where the text stands: 今年5月, 去年.
pub(super) fn relative(text: &Chars, start: usize) -> Option<(When, usize)> {
    if at(text, start + 1) != Some('年') {
        // 上半年, 第一季度
        let (when, end) = part(text, start)?;
        return Some((when, end));
    }
    let years = match at(text, start)? {
        '今' | '本' => 0,
        '去' => -1,
        // 比上年, but not 以上年份.
        '上' if start.checked_sub(1).and_then(|before| at(text, before)) != Some('以') => -1,
        '前' => -2,
        '明' => 1,
        _ => return None,
    };
    let rest = after_year(text, start + 2);
    Some(with_year(Year::FromNow(years), rest, start + 2))
}

/// `15:30`, 下午3点, 10时30分.
pub(super) fn clock(text: &Chars, start: usize) -> Option<(Clock, usize)> {
    if !is_near(text, start, &[':', '：', '时', '点']) {
        return None;
    }
    let hours = number::read(text, start)?;
    let end = hours.end;
    let two_digits = |from: usize| {
        let pair: String = (from..from + 2)
            .filter_map(|place| at(text, place))
            .collect();
        pair.parse::<u32>().ok().filter(|_| pair.len() == 2)
    };
    let hour = match hours.value {
        Some(hours) => u32::try_from(hours.to_whole()?).ok()?,
        // 08:30: a row of digits with a zero in front is no number.
        None => two_digits(start).filter(|_| end == start + 2)?,
    };
    match at(text, end)? {
        ':' | '：' => {
            let minutes = two_digits(end + 1)?;
            let is_more = at(text, end + 3).is_some_and(|c| c.is_ascii_digit());
            let clock = Clock {
                minutes: hour * 60 + minutes,
                is_sure: hour > 12,
            };
            (hour < 100 && minutes < 60 && !is_more).then_some((clock, end + 3))
        }
        mark @ ('时' | '点') => {
            let before: String = (start.saturating_sub(2)..start)
                .filter_map(|place| at(text, place))
                .collect();
            let named = [
                "上午", "下午", "凌晨", "晚上", "早上", "中午", "清晨", "傍晚",
            ];
            let said = named.contains(&before.as_str());
            let minutes =
                number::read(text, end + 1).filter(|minutes| at(text, minutes.end) == Some('分'));
            let half = at(text, end + 1) == Some('半');
            let full = matches!(at(text, end + 1), Some('钟' | '整'));
            // 至22时, 22时闭馆; 22时代 is none.
            let alone = mark == '时'
                && at(text, end + 1).is_none_or(|c| {
                    matches!(
                        c,
                        '，' | '。' | '、' | '；' | '）' | '至' | '起' | '前' | '后' | '到'
                    )
                });
            // 8时至20时有人值守
            let ends = mark == '时'
                && start.checked_sub(2).is_some_and(|hour| {
                    at(text, hour) == Some('时') && matches!(at(text, hour + 1), Some('至' | '到'))
                });
            let is_clock = said
                || ends
                || full
                || alone
                || (mark == '点' && half)
                || (minutes.is_some() && mark == '时');
            if !is_clock || hour > 24 {
                return None;
            }
            let late = before == "下午" || before == "晚上" || before == "傍晚";
            // 晚上12点 is not noon.
            let is_sure = hour > 12 || (said && hour != 12);
            let hour = if late && hour < 12 { hour + 12 } else { hour };
            let (more, end) = match minutes {
                Some(minutes) => (
                    u32::try_from(minutes.value?.to_whole()?).ok()?,
                    minutes.end + 1,
                ),
                None => (30 * u32::from(half), end + 1 + usize::from(half || full)),
            };
            let minutes = hour * 60 + more;
            Some((Clock { minutes, is_sure }, end))
        }
        _ => None,
    }
}

type Rest = Option<(When, usize)>;

fn with_year(year: Year, rest: Rest, end: usize) -> (When, usize) {
    match rest {
        Some((when, end)) => (
            When {
                year: Some(year),
                ..when
            },
            end,
        ),
        None => (When::year(year), end),
    }
}

/// What may follow a year: 度, a part of it, a month with or without its day.
fn after_year(text: &Chars, start: usize) -> Rest {
    let spaces = usize::from(at(text, start) == Some(' '));
    let of = usize::from(at(text, start) == Some('的'));
    let start = start + spaces + of;
    part(text, start).or_else(|| month_and_day(text, start))
}

/// 上半年, 第一季度, 一季度
fn part(text: &Chars, start: usize) -> Rest {
    let three = (at(text, start)?, at(text, start + 1), at(text, start + 2));
    let half = match three {
        ('上', Some('半'), Some('年')) => Some(Part::Half(1)),
        ('下', Some('半'), Some('年')) => Some(Part::Half(2)),
        _ => None,
    };
    if half.is_some() {
        return Some((
            When {
                part: half,
                ..When::default()
            },
            start + 3,
        ));
    }
    let from = start + usize::from(three.0 == '第');
    // 前三季度 are three of them.
    if start.checked_sub(1).and_then(|before| at(text, before)) == Some('前') {
        return None;
    }
    if !at(text, from).is_some_and(begins) || !is_near(text, from, &['季']) {
        return None;
    }
    let written = number::read(text, from)?;
    let is_quarter = (at(text, written.end), at(text, written.end + 1)) == (Some('季'), Some('度'));
    let part = quarter(written.value?.to_whole()?).filter(|_| is_quarter)?;
    Some((
        When {
            part: Some(part),
            ..When::default()
        },
        written.end + 2,
    ))
}

fn month_and_day(text: &Chars, start: usize) -> Rest {
    let month = small(text, start, 12)?;
    if at(text, month.1)? != '月' {
        return None;
    }
    let mut when = When {
        month: Some(month.0),
        ..When::default()
    };
    let end = month.1 + 1;
    let day = small(text, end, 31).filter(|day| matches!(at(text, day.1), Some('日' | '号')));
    match day {
        Some((day, end)) => {
            when.day = Some(day);
            Some((when, end + 1))
        }
        None => Some((when, end)),
    }
}

fn small(text: &Chars, start: usize, most: i128) -> Option<(u8, usize)> {
    if !at(text, start).is_some_and(|c| begins(c) || c == '0') {
        return None;
    }
    // `08月` has a zero that a number would not have.
    let zero = usize::from(at(text, start) == Some('0'));
    let written = number::read(text, start + zero)?;
    let value = written.value?.to_whole()?;
    let value = (1..=most).contains(&value).then_some(value)?;
    Some((u8::try_from(value).ok()?, written.end))
}

fn quarter(number: i128) -> Option<Part> {
    let number = u8::try_from(number).ok()?;
    (1..=4).contains(&number).then_some(Part::Quarter(number))
}

/// 20世纪90年代, 上世纪80年代, 1990年代
fn decade(text: &Chars, start: usize, number: i32) -> Option<When> {
    if number % 10 != 0 {
        return None;
    }
    if (1500..2200).contains(&number) {
        return Some(When::year(Year::Decade(number)));
    }
    let before: String = (start.saturating_sub(5)..start)
        .filter_map(|place| at(text, place))
        .collect();
    let century = if before.ends_with("21世纪") || before.ends_with("本世纪") {
        2000
    } else if before.ends_with("19世纪") {
        1800
    } else {
        1900
    };
    (number < 100).then(|| When::year(Year::Decade(century + number)))
}

/// 16年底, 98年初
fn is_edge(c: Option<char>) -> bool {
    matches!(c, Some('底' | '初' | '末' | '春' | '夏' | '秋' | '冬'))
}

/// 7日内 is seven days.
fn is_span(text: &Chars, from: usize) -> bool {
    matches!(at(text, from), Some('内' | '后' | '游'))
        || (at(text, from), at(text, from + 1)) == (Some('以'), Some('内'))
        || (at(text, from), at(text, from + 1)) == (Some('之'), Some('内'))
}
