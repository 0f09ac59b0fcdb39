//! Amounts in Chinese: a number with its unit or measure word, and how exact it is.
//!
//! In: the characters of a text, and where a number may begin. Out: the amount, and where it ends.

use super::links::Link;
use super::words::Measure;
use super::zh::{Found, Reader};
use super::zh_digit::{at, digit, is_multiplier};
use super::zh_name;
use super::zh_number::{self as number, Written};
use super::{Amount, Bound, Named, Number, Unit, Value, Weight, When, Year};
use crate::lang::is_han;

impl Reader<'_> {
    /// 半年, 半天: half of a unit.
    pub(super) fn half(&self, start: usize) -> Option<Found> {
        let (length, measure) = self.words.units.longest(self.chars, start + 1)?;
        let is_time = matches!(&measure.unit, Unit::Of(of) if of == "month" || of == "day");
        let value = Value::Amount(Amount {
            number: Number::fraction(1, 2)?,
            multiplier: Number::ONE,
            unit: measure.unit.clone(),
            scale: measure.scale,
        });
        let end = start + 1 + length;
        is_time.then(|| self.found(value, Weight::Soft, start, end, start + 1))
    }

    /// A number with all that belongs to it. `sign` is a unit that stood before it.
    pub(super) fn amount(
        &self,
        start: usize,
        from: usize,
        sign: Option<&Measure>,
    ) -> Option<Found> {
        let Some(written) = number::read(self.chars, from) else {
            return self.hundred(start);
        };
        let mut end = written.end;
        if let Some(found) = self
            .parts(start, &written)
            .or_else(|| self.slash(start, &written))
            .or_else(|| self.coins(start, &written))
        {
            return Some(found);
        }
        if let Some(found) = self
            .generation(start, &written)
            .or_else(|| self.discount(start, &written))
        {
            return Some(found);
        }
        let mut number = written.value?;
        let mut bound = self.bound_before(start);
        let more = matches!(at(self.chars, end), Some('余' | '多' | '来'))
            && at(self.chars, end + 1).is_some_and(|c| is_han(c) || c == '%');
        if more || written.more {
            bound = Bound::Above;
            end += usize::from(more);
        }
        let unit_start = end;
        let mut tail = self.tail(end, &written, number);
        end = tail.end;
        if tail.half {
            number = number.plus(Number::fraction(1, 2)?)?;
        }
        if let Some((decimals, length)) = self.decimals(&tail, written.digits) {
            number = number.plus(decimals)?;
            end += length;
        }
        if let Some((length, after)) = self.words.bounds_after.longest(self.chars, end) {
            bound = *after;
            end += length;
        }
        if let (None, Some(sign)) = (&tail.measure, sign) {
            tail.measure = Some(sign.clone());
        }
        let counted = tail.counted;
        let measure = tail.measure.unwrap_or(Measure {
            unit: Unit::Things,
            scale: Number::ONE,
        });
        // 一级, 二期
        let is_grade =
            counted && !written.digits && matches!(at(self.chars, unit_start), Some('级' | '期'));
        let unit = match measure.unit {
            Unit::Times if zh_name::adds(self.chars, start) => Unit::TimesMore,
            Unit::Things if is_grade => Unit::Place,
            unit => unit,
        };
        let is_stressed = number == Number::ONE && zh_name::is_only(self.chars, start);
        let weight = match self.weight(&written, number, &unit, counted, end) {
            _ if self.is_marker(start, end) || zh_name::is_name(self.chars, start, end) => {
                Weight::Soft
            }
            Weight::Soft if is_stressed || is_grade => Weight::Small,
            weight => weight,
        };
        // 近三年 is the last three years more often than not quite three.
        if unit.is_time() && start.checked_sub(1).and_then(|p| at(self.chars, p)) == Some('近') {
            bound = Bound::About;
        }
        if zh_name::is_below_zero(self.chars, start, &unit) {
            number = number.times(Number::whole(-1))?;
        }
        let value = Value::Amount(Amount {
            number,
            multiplier: written.multiplier,
            unit,
            scale: measure.scale,
        });
        let mut found = self.found(value, weight, start, end, unit_start);
        found.figure.bound = bound;
        found.figure.unit.end = self.byte_end(tail.end).max(found.figure.unit.start);
        found.figure.named = zh_name::named(self.chars, start).map(Named::Counted);
        Some(found)
    }

    /// 四成五, 一米五, 两块三, 5秒34: after 成 or 秒, or after a measure that a numeral counts, digits are decimals.
    fn decimals(&self, tail: &Tail, digits: bool) -> Option<(Number, usize)> {
        let tenth = Number::fraction(1, 10)?;
        let measure = tail.measure.as_ref()?;
        let is_second = measure.scale == Number::fraction(1, 86_400)?;
        let measured = matches!(measure.unit, Unit::Of(_)) && !measure.unit.is_time();
        let of_tenths = measure.unit == Unit::Share && measure.scale == tenth;
        let takes = of_tenths || is_second || (measured && !digits);
        let most = match is_second {
            _ if !takes => return None,
            true => 3,
            false => 1,
        };
        let decimal =
            |c: char| digit(c).or_else(|| c.to_digit(10).filter(|_| is_second).map(i128::from));
        let decimals =
            (0..most).map_while(|place| at(self.chars, tail.end + place).and_then(decimal));
        let (size, below, length) = decimals.fold((0, 1, 0), |(size, below, length), digit| {
            (size * 10 + digit, below * 10, length + 1)
        });
        let end = tail.end + length;
        let is_counted = self.vocabulary.measure(self.chars, end).is_some();
        let ends = match at(self.chars, end) {
            Some(c) if c.is_ascii_digit() => false,
            Some(c) if is_second => !is_han(c) || !is_counted,
            // 四成二由, but not 八成二手房
            Some(c) if of_tenths => {
                let is_word = self.words.phrases.longest(self.chars, tail.end).is_some();
                !is_counted && !is_word && !is_multiplier(c)
            }
            Some(c) => !is_han(c) || "的左以高宽长深厚".contains(c),
            None => true,
        };
        let decimals = Number::fraction(size, below).filter(|_| ends && size > 0);
        decimals.map(|decimals| (decimals, length))
    }

    /// 90后: those born in the nineties.
    fn generation(&self, start: usize, written: &Written) -> Option<Found> {
        let years = written.value?.to_whole()?;
        let is_one =
            written.row == Some(2) && years % 10 == 0 && at(self.chars, written.end) == Some('后');
        let century = if years >= 30 { 1900 } else { 2000 };
        let decade = i32::try_from(century + years).ok().filter(|_| is_one)?;
        let end = written.end + 1;
        Some(self.date(When::year(Year::Decade(decade)), Weight::Soft, start, end))
    }

    /// What follows the number: its unit or measure word, and a half more.
    fn tail(&self, end: usize, written: &Written, number: Number) -> Tail {
        let none = |end| Tail {
            measure: None,
            counted: false,
            half: false,
            end,
        };
        let spaced = written.digits && at(self.chars, end) == Some(' ');
        let mut from = end + usize::from(spaced);
        // 一个半小时
        let half_first =
            (at(self.chars, from), at(self.chars, from + 1)) == (Some('个'), Some('半'));
        if half_first {
            from += 2;
        }
        let unit = self.words.units.longest(self.chars, from);
        // 四个半月: the unit is 个月.
        let months = (half_first && at(self.chars, from) == Some('月')).then(|| {
            let whole = self.words.units.longest(&[(0, '个'), (0, '月')], 0);
            whole.map(|(_, measure)| (1, measure))
        });
        let unit = unit.or(months.flatten());
        if let Some((length, measure)) = unit
            && !zh_name::is_other_word(self.chars, from, length, number, self.words)
        {
            let end = from + length;
            let half_after = !half_first && at(self.chars, end) == Some('半');
            return Tail {
                measure: Some(measure.clone()),
                counted: true,
                half: half_first || half_after,
                end: end + usize::from(half_after),
            };
        }
        if half_first {
            return none(end);
        }
        match self.vocabulary.measure(self.chars, from) {
            Some(length) => Tail {
                counted: true,
                ..none(from + length)
            },
            None => none(end),
        }
    }

    fn weight(
        &self,
        written: &Written,
        number: Number,
        unit: &Unit,
        counted: bool,
        end: usize,
    ) -> Weight {
        let size = number.to_f64();
        let is_one = number == Number::ONE;
        match unit {
            Unit::Share | Unit::Point => Weight::Firm,
            Unit::Times | Unit::Became | Unit::TimesMore if is_one => Weight::Small,
            _ if is_one => Weight::Soft,
            // 0比2落后: `two goals down`.
            _ if number == Number::ZERO && at(self.chars, end) == Some('比') => Weight::Small,
            _ if written.digits => Weight::Firm,
            Unit::Of(_) | Unit::Times | Unit::Became | Unit::TimesMore => Weight::Firm,
            _ if counted && size > 10.0 => Weight::Firm,
            _ if counted => Weight::Small,
            _ if size > 10.0 && at(self.chars, end).is_none_or(|c| !is_han(c)) => Weight::Small,
            _ => Weight::Soft,
        }
    }

    /// `（1）` and `[12]` that count points or notes, and the year in the number of a document.
    fn is_marker(&self, start: usize, end: usize) -> bool {
        let before = |step: usize| {
            start
                .checked_sub(step)
                .and_then(|place| at(self.chars, place))
        };
        match (before(1), at(self.chars, end)) {
            // 浙政办发〔2021〕33号
            (Some('[' | '［' | '〔'), Some(']' | '］' | '〕')) => true,
            (Some('(' | '（'), Some(')' | '）')) => {
                before(2).is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '》' | '”' | '）'))
            }
            _ => false,
        }
    }

    pub(super) fn bound_before(&self, start: usize) -> Bound {
        let before = |place| self.words.bounds_before.longest_before(self.chars, place);
        let filler = start.checked_sub(1).filter(|place| {
            matches!(
                at(self.chars, *place),
                Some('了' | '达' | '到' | '有' | '为' | ' ')
            )
        });
        // 不得低于每秒180立方米
        let each = (2..=5)
            .filter_map(|length| start.checked_sub(length))
            .find(|place| at(self.chars, *place) == Some('每'));
        let found = before(start).map(|found| (start, found));
        let found = found.or_else(|| each.and_then(|place| Some((place, before(place)?))));
        // 不到总数的四成
        let near = self.chars.get(start.saturating_sub(6)..start);
        let whole = self.words.links.get(&Link::Whole);
        let whole = whole
            .zip(near)
            .and_then(|(known, near)| known.longest_at_end(near));
        let whole = whole.map(|(length, ())| start - length);
        let found = found.or_else(|| whole.and_then(|place| Some((place, before(place)?))));
        let found = found.or_else(|| filler.and_then(|place| Some((place, before(place)?))));
        found.map_or(Bound::Exact, |(place, (length, bound))| {
            let head = |step: usize| {
                place
                    .checked_sub(length + step)
                    .and_then(|place| at(self.chars, place))
            };
            // 不得少于 is at least; 没有超过 is at most.
            let negated = matches!(
                (head(2), head(1)),
                (Some('不'), Some('得' | '能' | '应' | '可' | '会' | '许'))
                    | (Some('没'), Some('有'))
            ) || matches!(head(1), Some('未' | '没'));
            if negated { bound.opposite() } else { *bound }
        })
    }
}

struct Tail {
    measure: Option<Measure>,
    /// Whether a unit or a measure word follows.
    counted: bool,
    half: bool,
    end: usize,
}
