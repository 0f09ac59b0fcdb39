//! Figures in Chinese text.
//!
//! In: a text. Out: its figures in order. Promise: one pass; where a phrase of the vocabulary and a
//! number begin together, the longer one counts.

use super::when::numeric_date;
use super::words::{Chars, Measure, Phrase, Vocabulary, Words};
use super::zh_number::{self as number, Written, at};
use super::{Amount, Bound, Figure, Named, Number, Unit, Value, Weight, When, Year};
use super::{zh_date, zh_name};
use crate::lang::Lang;
use crate::lang::is_han;

/// Every figure of the text.
pub(super) fn read(text: &str, words: &Vocabulary) -> Vec<Figure> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut reader = Reader {
        chars: &chars,
        length: text.len(),
        vocabulary: words,
        words: words.of(Lang::Zh),
        found: Vec::new(),
    };
    let mut place = 0;
    while place < chars.len() {
        place = reader.next(place).max(place + 1);
    }
    reader.found
}

struct Reader<'a> {
    chars: &'a Chars,
    length: usize,
    vocabulary: &'a Vocabulary,
    words: &'a Words,
    found: Vec<Figure>,
}

/// A figure and where it ends, in characters.
struct Found {
    figure: Figure,
    end: usize,
}

impl Reader<'_> {
    /// Reads what begins here; says where to go on.
    fn next(&mut self, start: usize) -> usize {
        let Some(c) = at(self.chars, start) else {
            return start + 1;
        };
        if let Some((when, end)) = numeric_date(self.chars, start) {
            self.found
                .push(self.date(when, Weight::Firm, start, end).figure);
            return end;
        }
        if let Some(end) = zh_name::skip(self.chars, start, self.words) {
            return end;
        }
        let phrase = self.words.phrases.longest(self.chars, start);
        let phrase = phrase.map(|(length, phrase)| (start + length, *phrase));
        let number = self.number_at(start, c);
        match (phrase, number) {
            (Some((end, phrase)), number)
                if number.as_ref().is_none_or(|number| number.end <= end) =>
            {
                self.phrase(phrase, start, end);
                end
            }
            (_, Some(Found { figure, end })) => {
                self.found.push(figure);
                end
            }
            _ => self.vague(start, c),
        }
    }

    /// Steps over a number without an exact value: 七八个 may be seven or eight, 数十 is nothing.
    fn vague(&mut self, start: usize, c: char) -> usize {
        let begins = number::begins(c);
        let Some(written) = begins.then(|| number::read(self.chars, start)).flatten() else {
            return start + 1;
        };
        let digits = (start..start + 3).map(|place| at(self.chars, place).and_then(number::digit));
        let digits: Vec<i128> = digits.map_while(|digit| digit).collect();
        if let [first, second] = digits.as_slice()
            && first < second
            && let Some(found) = self.amount(start + 1, start + 1, None)
        {
            self.either(*first, *second, found.figure, start);
            return found.end;
        }
        written.end
    }

    /// 二三十人: twenty, or thirty; neither must be said in the other language.
    fn either(&mut self, first: i128, second: i128, mut figure: Figure, start: usize) {
        figure.weight = Weight::Soft;
        let mut other = figure.clone();
        if let Value::Amount(amount) = &mut other.value
            && let Some(share) = Number::fraction(first, second)
            && let Some(number) = amount.number.times(share)
        {
            amount.number = number;
            other.place = self.byte(start)..figure.place.start;
            other.unit = other.place.end..other.place.end;
            self.found.push(other);
        }
        self.found.push(figure);
    }

    fn number_at(&self, start: usize, c: char) -> Option<Found> {
        if let Some((when, end)) = zh_date::relative(self.chars, start) {
            let weight = if when.is_year() {
                Weight::Soft
            } else {
                Weight::Firm
            };
            return Some(self.date(when, weight, start, end));
        }
        if c == '第' || c == '初' {
            return self.place(start);
        }
        if let Some((length, sign)) = self.words.signs.longest(self.chars, start) {
            let from = start + length;
            let from = from + usize::from(at(self.chars, from) == Some(' '));
            if at(self.chars, from).is_some_and(|c| c.is_ascii_digit()) {
                return self.amount(start, from, Some(sign));
            }
        }
        if c == '半' {
            return self.half(start);
        }
        if !number::begins(c) && !matches!(c, '百' | '千' | '万' | '亿') {
            return None;
        }
        if let Some((minutes, end)) = zh_date::clock(self.chars, start) {
            return Some(self.found(Value::Time(minutes), Weight::Firm, start, end, end));
        }
        if let Some((when, end)) = zh_date::read(self.chars, start) {
            return Some(self.date(when, Weight::Firm, start, end));
        }
        self.amount(start, start, None)
    }

    fn date(&self, when: When, weight: Weight, start: usize, end: usize) -> Found {
        self.found(Value::Date(when), weight, start, end, end)
    }

    /// 第五十一次
    fn place(&self, start: usize) -> Option<Found> {
        let written = number::read(self.chars, start + 1)?;
        let value = written.value?;
        let end = written.end;
        let measure = self.vocabulary.measure(self.chars, end).unwrap_or(0);
        let weight = match value.to_whole() {
            Some(1..=3) if !written.digits => Weight::Soft,
            Some(0..=10) if !written.digits => Weight::Small,
            _ => Weight::Firm,
        };
        let amount = plain(value, Unit::Place);
        Some(self.found(amount, weight, start, end + measure, end))
    }

    /// 半年, 半天: half of a unit.
    fn half(&self, start: usize) -> Option<Found> {
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
    fn amount(&self, start: usize, from: usize, sign: Option<&Measure>) -> Option<Found> {
        let Some(written) = number::read(self.chars, from) else {
            return self.hundred(start);
        };
        let mut end = written.end;
        if let Some(found) = self
            .parts(start, &written)
            .or_else(|| self.slash(start, &written))
        {
            return Some(found);
        }
        if let Some(found) = self.generation(start, &written) {
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
        let unit = if measure.unit == Unit::Times && zh_name::adds(self.chars, start) {
            Unit::TimesMore
        } else {
            measure.unit
        };
        let weight = self.weight(&written, number, &unit, counted, end);
        let weight = if self.is_marker(start, end) || zh_name::is_name(self.chars, start, end) {
            Weight::Soft
        } else {
            weight
        };
        // 近三年 is the last three years more often than not quite three.
        if unit.is_time() && start.checked_sub(1).and_then(|p| at(self.chars, p)) == Some('近') {
            bound = Bound::About;
        }
        let value = Value::Amount(Amount {
            number,
            multiplier: written.multiplier,
            unit,
            scale: measure.scale,
        });
        let mut found = self.found(value, weight, start, end, unit_start);
        found.figure.bound = bound;
        found.figure.unit.end = self.byte(tail.end);
        found.figure.named = zh_name::named(self.chars, start).map(Named::Counted);
        Some(found)
    }

    /// 百分之三十, 三分之一.
    fn parts(&self, start: usize, below: &Written) -> Option<Found> {
        let at_end = |step| at(self.chars, below.end + step);
        if (at_end(0), at_end(1)) != (Some('分'), Some('之')) {
            return None;
        }
        let above = number::read(self.chars, below.end + 2)?;
        let share = above.value?.over(below.value?)?;
        Some(self.share(share, start, above.end))
    }

    /// 3/4
    fn slash(&self, start: usize, above: &Written) -> Option<Found> {
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

    /// 百分之三十 and 千分之三, whose first number is none by itself; 百座 is about a hundred.
    fn hundred(&self, start: usize) -> Option<Found> {
        let below = match at(self.chars, start)? {
            '百' => 100,
            '千' => 1000,
            '万' => 10_000,
            '亿' => 100_000_000,
            _ => return None,
        };
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
        let more = usize::from(matches!(next(1), Some('余' | '多')));
        let mut tail = start + 1 + more;
        let measure = self.vocabulary.measure(self.chars, tail);
        let unit = self.words.units.longest(self.chars, tail);
        let up = matches!(before, Some('上' | '近' | '逾' | '超' | '过')) || more > 0;
        let is_counted = measure.is_some() || unit.is_some() || up || before == Some('每');
        if !is_counted || before.is_some_and(|c| vague(c) || number::begins(c)) {
            return None;
        }
        let mut amount = Amount {
            number: Number::whole(below),
            multiplier: Number::whole(below),
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
        let mut found = self.found(Value::Amount(amount), Weight::Soft, start, tail, start + 1);
        if up && before != Some('近') {
            found.figure.bound = Bound::Above;
        }
        Some(found)
    }

    fn share(&self, share: Number, start: usize, end: usize) -> Found {
        let mut end = end;
        let mut bound = self.bound_before(start);
        if let Some((length, after)) = self.words.bounds_after.longest(self.chars, end) {
            bound = *after;
            end += length;
        }
        let mut found = self.found(plain(share, Unit::Share), Weight::Firm, start, end, end);
        found.figure.bound = bound;
        found
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
        if let Some((length, measure)) = unit
            && !zh_name::is_other_word(self.chars, from, length, number)
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
            _ if is_one => Weight::Soft,
            _ if written.digits => Weight::Firm,
            Unit::Of(_) | Unit::Times | Unit::Became | Unit::TimesMore => Weight::Firm,
            _ if counted && size > 10.0 => Weight::Firm,
            _ if counted => Weight::Small,
            _ if size > 10.0 && at(self.chars, end).is_none_or(|c| !is_han(c)) => Weight::Small,
            _ => Weight::Soft,
        }
    }

    /// `（1）` and `[12]` that count points or notes.
    fn is_marker(&self, start: usize, end: usize) -> bool {
        let before = |step: usize| {
            start
                .checked_sub(step)
                .and_then(|place| at(self.chars, place))
        };
        match (before(1), at(self.chars, end)) {
            (Some('[' | '［'), Some(']' | '］')) => true,
            (Some('(' | '（'), Some(')' | '）')) => {
                before(2).is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '》' | '”' | '）'))
            }
            _ => false,
        }
    }

    fn bound_before(&self, start: usize) -> Bound {
        let before = |place| self.words.bounds_before.longest_before(self.chars, place);
        let filler = start.checked_sub(1).filter(|place| {
            matches!(
                at(self.chars, *place),
                Some('了' | '达' | '到' | '有' | '为' | ' ')
            )
        });
        let found = before(start).map(|found| (start, found));
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

    fn phrase(&mut self, phrase: Phrase, start: usize, end: usize) {
        let (value, unit, weight) = match phrase {
            Phrase::Nothing => return,
            Phrase::Place(value) => (value, Unit::Place, Weight::Firm),
            Phrase::Times(value) => (value, Unit::Became, Weight::Firm),
            Phrase::Number(value) if value.is_below(Number::ONE) => {
                (value, Unit::Share, Weight::Soft)
            }
            Phrase::Number(value) => (value, Unit::Things, Weight::Soft),
            Phrase::Share(value) => (value, Unit::Share, Weight::Firm),
            Phrase::Day(month, day) => {
                let when = When {
                    month: Some(month),
                    day: Some(day),
                    ..When::default()
                };
                self.found
                    .push(self.date(when, Weight::Soft, start, end).figure);
                return;
            }
        };
        let mut found = self
            .found(plain(value, unit), weight, start, end, end)
            .figure;
        found.bound = self.bound_before(start);
        self.found.push(found);
    }

    fn byte(&self, place: usize) -> usize {
        self.chars.get(place).map_or(self.length, |(byte, _)| *byte)
    }

    fn found(&self, value: Value, weight: Weight, start: usize, end: usize, unit: usize) -> Found {
        let bytes = self.byte(start)..self.byte(end);
        Found {
            figure: Figure {
                unit: self.byte(unit)..bytes.end,
                place: bytes,
                value,
                weight,
                bound: Bound::Exact,
                named: None,
            },
            end,
        }
    }
}

struct Tail {
    measure: Option<Measure>,
    /// Whether a unit or a measure word follows.
    counted: bool,
    half: bool,
    end: usize,
}

fn plain(number: Number, unit: Unit) -> Value {
    Value::Amount(Amount {
        number,
        multiplier: Number::ONE,
        unit,
        scale: Number::ONE,
    })
}
