//! Amounts in Chinese that are made of two numbers or more, or of a fraction.
//!
//! In: the characters of a text, and a number that has been read. Out: 三分之一, 3/4, 百分之三十, 八折 as
//! shares, 三元五角 as one amount of money, 百座 as about a hundred; and where they end.

use super::zh::{Found, Reader};
use super::zh_digit::{at, begins, big, digit};
use super::zh_number::{self as number, Written};
use super::{Amount, Bound, Number, Unit, Value, Weight};

impl Reader<'_> {
    /// 百分之三十, 三分之一.
    pub(super) fn parts(&self, start: usize, below: &Written) -> Option<Found> {
        let at_end = |step| at(self.chars, below.end + step);
        if (at_end(0), at_end(1)) != (Some('分'), Some('之')) {
            return None;
        }
        let above = number::read(self.chars, below.end + 2)?;
        let share = above.value?.over(below.value?)?;
        Some(self.share(share, start, above.end))
    }

    /// 3/4
    pub(super) fn slash(&self, start: usize, above: &Written) -> Option<Found> {
        if at(self.chars, above.end) != Some('/') || !above.digits {
            return None;
        }
        let below = number::read(self.chars, above.end + 1).filter(|below| below.digits)?;
        let (above, divisor) = (above.value?, below.value?);
        let plain = divisor
            .to_whole()
            .is_some_and(|divisor| (2..=10).contains(&divisor) || divisor == 100);
        let share = above.over(divisor)?;
        (plain && above.is_below(divisor)).then(|| self.share(share, start, below.end))
    }

    /// 三元五角, 两分三厘: one amount of money.
    pub(super) fn coins(&self, start: usize, first: &Written) -> Option<Found> {
        let coins = [("元块", 1), ("角毛", 10), ("分", 100), ("厘", 1000)];
        let mut total = Number::ZERO;
        let (mut written, mut least, mut parts) = (Some(first.clone()), 0, 0);
        let mut end = start;
        while let Some(part) = written {
            let coin = at(self.chars, part.end);
            let coin = coins
                .iter()
                .find(|(names, size)| coin.is_some_and(|c| names.contains(c)) && *size > least);
            // 三分之一 and 五分钟 are none.
            let goes_on = matches!(at(self.chars, part.end + 1), Some('之' | '钟'));
            let Some((_, size)) = coin.filter(|_| !goes_on) else {
                break;
            };
            total = total.plus(part.value?.over(Number::whole(*size))?)?;
            (least, parts, end) = (*size, parts + 1, part.end + 1);
            written = number::read(self.chars, end);
        }
        let value = Value::of(total, Unit::Of("yuan".into()));
        (parts > 1).then(|| {
            let mut found = self.found(value, Weight::Firm, start, end, end - 1);
            found.figure.bound = self.bound_before(start);
            found
        })
    }

    /// 八折, 85折: 20 % off, 15 % off.
    pub(super) fn discount(&self, start: usize, written: &Written) -> Option<Found> {
        let end = written.end;
        let is_fold = matches!(
            at(self.chars, end + 1),
            Some('线' | '叠' | '合' | '页' | '子')
        );
        if at(self.chars, end) != Some('折') || is_fold {
            return None;
        }
        let left = match written.value {
            Some(left) => left,
            None => self.two_digits(start, end)?,
        };
        let whole = match left.to_f64() {
            size if size > 0.0 && size < 10.0 => 10,
            size if size > 10.0
                && size < 100.0
                && (written.row == Some(2) || written.value.is_none()) =>
            {
                100
            }
            _ => return None,
        };
        let whole = Number::whole(whole);
        let off = whole.plus(left.times(Number::whole(-1))?)?.over(whole)?;
        let mut found = self.share(off, start, end + 1);
        found.figure.weight = Weight::Small;
        Some(found)
    }

    /// 九五: vague by itself, exact before 折.
    fn two_digits(&self, start: usize, end: usize) -> Option<Number> {
        let digit_at = |place| at(self.chars, place).and_then(digit);
        let (tens, ones) = (digit_at(start)?, digit_at(start + 1)?);
        (end == start + 2).then(|| Number::whole(tens * 10 + ones))
    }

    /// 百分之三十 and 千分之三, whose first number is none by itself; 百座 is about a hundred.
    pub(super) fn hundred(&self, start: usize) -> Option<Found> {
        let below = match at(self.chars, start)? {
            '百' => 100,
            '千' => 1000,
            '万' => 10_000,
            '亿' => 100_000_000,
            _ => return None,
        };
        // 每千瓦
        if self.words.units.longest(self.chars, start).is_some() {
            return None;
        }
        let next = |step| at(self.chars, start + step);
        if (next(1), next(2)) == (Some('分'), Some('之')) {
            let above = number::read(self.chars, start + 3)?;
            let share = above.value?.over(Number::whole(below))?;
            return Some(self.share(share, start, above.end));
        }
        let vague = |c| matches!(c, '数' | '几' | '成' | '好');
        let before = start
            .checked_sub(1)
            .and_then(|before| at(self.chars, before));
        // 逾千亿元, 近百万人
        let times = next(1).and_then(big).filter(|times| *times > below);
        let length = 1 + usize::from(times.is_some());
        let size = Number::whole(below).times(Number::whole(times.unwrap_or(1)))?;
        let more = usize::from(matches!(next(length), Some('余' | '多')));
        let mut tail = start + length + more;
        let measure = self.vocabulary.measure(self.chars, tail);
        let unit = self.words.units.longest(self.chars, tail);
        let up = matches!(before, Some('上' | '近' | '逾' | '超' | '过')) || more > 0;
        let is_counted = measure.is_some() || unit.is_some() || up || before == Some('每');
        if !is_counted || before.is_some_and(|c| vague(c) || begins(c)) {
            return None;
        }
        let mut amount = Amount {
            number: size,
            multiplier: Number::whole(times.unwrap_or(below)),
            unit: Unit::Things,
            scale: Number::ONE,
        };
        if let Some((length, measure)) = unit {
            amount.unit = measure.unit.clone();
            amount.scale = measure.scale;
            tail += length;
        } else {
            tail += measure.unwrap_or(0);
        }
        // 百座 is a way of speaking, 千亿元 an amount.
        let measured = times.is_some() && matches!(amount.unit, Unit::Of(_));
        let weight = if measured { Weight::Firm } else { Weight::Soft };
        let unit = start + length + more;
        let mut found = self.found(Value::Amount(amount), weight, start, tail, unit);
        found.figure.bound = match self.bound_before(start) {
            _ if more > 0 => Bound::Above,
            Bound::Exact if up && before != Some('近') => Bound::Above,
            bound => bound,
        };
        Some(found)
    }

    fn share(&self, share: Number, start: usize, end: usize) -> Found {
        let mut end = end;
        let mut bound = self.bound_before(start);
        if let Some((length, after)) = self.words.bounds_after.longest(self.chars, end) {
            bound = *after;
            end += length;
        }
        let mut found = self.found(Value::of(share, Unit::Share), Weight::Firm, start, end, end);
        found.figure.bound = bound;
        found
    }
}
