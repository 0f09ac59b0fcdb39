//! Figures in Chinese text.
//!
//! In: a text. Out: its figures in order. Promise: one pass; where a phrase of the vocabulary and a
//! number begin together, the longer one counts; `2025 年 3 月 18 日` is what it is without spaces.

use super::when::numeric_date;
use super::words::{Chars, Phrase, Vocabulary, Words};
use super::zh_digit::{at, begins, digit, is_multiplier};
use super::zh_number as number;
use super::{Figure, Number, Unit, Value, Weight, When};
use super::{zh_date, zh_name};
use crate::lang::{Lang, is_han};

/// Every figure of the text.
pub(super) fn read(text: &str, words: &Vocabulary) -> Vec<Figure> {
    let chars = without_spaces(text);
    let mut reader = Reader {
        chars: &chars,
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

/// What dates, ordinals, telephone numbers and numbers of one multiplier begin with.
const OTHERS: &str = "今本去上下前明第初半百千万亿+周星礼";

/// The characters without a space between a digit and a Chinese character that is no digit itself: many
/// set one there, and it means nothing.
fn without_spaces(text: &str) -> Vec<(usize, char)> {
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}');
    let is_word = |c: char| is_han(c) && digit(c).is_none() && !is_multiplier(c);
    let mut chars: Vec<(usize, char)> = Vec::with_capacity(text.len() / 3);
    let mut all = text.char_indices().peekable();
    while let Some((at, c)) = all.next() {
        let before = chars.last().map(|(_, c)| *c);
        let after = all.peek().map(|(_, c)| *c);
        let stands_between = matches!((before, after), (Some(a), Some(b))
            if (a.is_ascii_digit() && is_word(b)) || (is_word(a) && b.is_ascii_digit()));
        if !(is_space(c) && stands_between) {
            chars.push((at, c));
        }
    }
    chars
}

pub(super) struct Reader<'a> {
    pub(super) chars: &'a Chars,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) words: &'a Words,
    found: Vec<Figure>,
}

/// A figure and where it ends, in characters.
pub(super) struct Found {
    pub(super) figure: Figure,
    pub(super) end: usize,
}

impl Reader<'_> {
    /// Reads what begins here; says where to go on.
    fn next(&mut self, start: usize) -> usize {
        let Some(c) = at(self.chars, start) else {
            return start + 1;
        };
        if !self.may_begin(c) {
            return start + 1;
        }
        if let Some((when, end)) = numeric_date(self.chars, start) {
            self.found
                .push(self.date(when, Weight::Firm, start, end).figure);
            return end;
        }
        if let Some(end) = zh_name::skip(self.chars, start, self.words) {
            return end;
        }
        if let Some(end) = self.weekday(start) {
            return end;
        }
        let phrase = self.words.phrases.longest(self.chars, start);
        let phrase = phrase.map(|(length, phrase)| (start + length, *phrase));
        let number = self.number_at(start, c);
        match (phrase, number) {
            (Some((end, phrase)), number)
                if number.as_ref().is_none_or(|number| number.end <= end) =>
            {
                self.phrase(phrase, start, end)
            }
            (_, Some(Found { figure, end })) => {
                self.found.push(figure);
                end
            }
            _ => self.vague(start, c),
        }
    }

    /// 周五, but not 每周五十六小时 or 每周五次.
    fn weekday(&self, start: usize) -> Option<usize> {
        let length = match (at(self.chars, start)?, at(self.chars, start + 1)?) {
            ('周', _) => 1,
            ('星', '期') | ('礼', '拜') => 2,
            _ => return None,
        };
        let day = start + length;
        let is_day = at(self.chars, day).is_some_and(|c| "一二三四五六".contains(c));
        let next = at(self.chars, day + 1).filter(|_| is_day);
        let is_each = start
            .checked_sub(1)
            .and_then(|before| at(self.chars, before))
            == Some('每');
        let is_number = next.is_some_and(|c| {
            let unit = self.words.units.longest(self.chars, day + 1).is_some() && c != '日';
            is_multiplier(c) || c == '点' || (is_each && (unit || "次个场节课堂篇".contains(c)))
        });
        (is_day && !is_number).then_some(day + 1)
    }

    /// Whether anything that is read may begin with this character: most characters are stepped over.
    fn may_begin(&self, c: char) -> bool {
        c.is_ascii_alphanumeric()
            || begins(c)
            || OTHERS.contains(c)
            || self.words.phrases.may_begin(c)
            || self.words.signs.may_begin(c)
    }

    /// Steps over a number without an exact value: 七八个 may be seven or eight, 数十 is nothing.
    fn vague(&mut self, start: usize, c: char) -> usize {
        let begins = begins(c);
        let Some(written) = begins.then(|| number::read(self.chars, start)).flatten() else {
            return start + 1;
        };
        let digits = (start..start + 3).map(|place| at(self.chars, place).and_then(digit));
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
        if !begins(c) && !matches!(c, '百' | '千' | '万' | '亿') {
            return None;
        }
        if let Some((clock, end)) = zh_date::clock(self.chars, start) {
            return Some(self.found(Value::Time(clock), Weight::Firm, start, end, end));
        }
        if let Some((_, first)) = self.words.eras.longest_before(self.chars, start)
            && let Some((when, end)) = zh_date::of_era(self.chars, start, *first)
        {
            // Which year that is, one language may leave to the reader.
            return Some(self.date(when, Weight::Soft, start, end));
        }
        if let Some((when, end)) = zh_date::read(self.chars, start) {
            return Some(self.date(when, Weight::Firm, start, end));
        }
        self.amount(start, start, None)
    }

    pub(super) fn date(&self, when: When, weight: Weight, start: usize, end: usize) -> Found {
        self.found(Value::Date(when), weight, start, end, end)
    }

    /// 第五十一次
    fn place(&self, start: usize) -> Option<Found> {
        let written = number::read(self.chars, start + 1)?;
        let value = written.value?;
        let end = written.end;
        let measure = self.vocabulary.measure(self.chars, end).unwrap_or(0);
        // 第二，… counts the points of a text.
        let is_point = matches!(at(self.chars, end), Some('，' | ',' | '、'));
        let weight = match value.to_whole() {
            Some(1) if !written.digits => Weight::Soft,
            Some(2..=3) if !written.digits && is_point => Weight::Soft,
            Some(0..=10) if !written.digits => Weight::Small,
            _ => Weight::Firm,
        };
        let amount = Value::of(value, Unit::Place);
        Some(self.found(amount, weight, start, end + measure, end))
    }

    /// Says where the phrase ends: 一半以上.
    fn phrase(&mut self, phrase: Phrase, start: usize, end: usize) -> usize {
        let Some(value) = phrase.value(Unit::Became) else {
            return end;
        };
        let after = self.words.bounds_after.longest(self.chars, end);
        let after =
            after.filter(|_| matches!(&value, Value::Amount(amount) if amount.unit != Unit::Place));
        let end = end + after.map_or(0, |(length, _)| length);
        let weight = match phrase {
            Phrase::Number(_) | Phrase::Day(..) => Weight::Soft,
            Phrase::Place(place) if place == Number::ONE => Weight::Soft,
            _ => Weight::Firm,
        };
        let mut found = self.found(value, weight, start, end, end).figure;
        found.bound = after.map_or_else(|| self.bound_before(start), |(_, bound)| *bound);
        self.found.push(found);
        end
    }

    /// Where a character begins.
    fn byte(&self, place: usize) -> usize {
        let found = self.chars.get(place).map(|(byte, _)| *byte);
        found.unwrap_or_else(|| self.byte_end(place))
    }

    /// Where the character before a place ends.
    pub(super) fn byte_end(&self, place: usize) -> usize {
        let last = place.min(self.chars.len()).checked_sub(1);
        let last = last.and_then(|last| self.chars.get(last));
        last.map_or(0, |(byte, c)| byte + c.len_utf8())
    }

    pub(super) fn found(
        &self,
        value: Value,
        weight: Weight,
        start: usize,
        end: usize,
        unit: usize,
    ) -> Found {
        let bytes = self.byte(start)..self.byte_end(end);
        Found {
            figure: Figure {
                unit: self.byte(unit).min(bytes.end)..bytes.end,
                place: bytes,
                weight,
                ..Figure::plain(value)
            },
            end,
        }
    }
}
