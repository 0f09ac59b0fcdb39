//! Figures in English text.
//!
//! In: a text. Out: its figures in order. Promise: one pass over its tokens; names with digits
//! (`5G`, `Web3`, `ISO 3166-2`) are none.

use super::en_number::{self, Form, Written};
use super::en_words::{self as en, Kind, Token, tokens};
use super::when::numeric_date;
use super::words::{Measure, Phrase, Vocabulary, Words};
use super::{
    Amount, Bound, Figure, Named, Number, Unit, Value, Weight, When, Year, en_date, en_name,
};
use crate::lang::Lang;

/// Every figure of the text.
pub(super) fn read(text: &str, words: &Vocabulary) -> Vec<Figure> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let tokens = tokens(text);
    let mut reader = Reader {
        chars: &chars,
        tokens: &tokens,
        length: text.len(),
        words: words.of(Lang::En),
        found: Vec::new(),
    };
    let mut at = 0;
    while at < tokens.len() {
        at = reader.next(at).max(at + 1);
    }
    reader.found
}

struct Reader<'a> {
    chars: &'a [(usize, char)],
    tokens: &'a [Token],
    length: usize,
    words: &'a Words,
    found: Vec<Figure>,
}

impl Reader<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The first token that begins at this character or after it.
    fn until(&self, place: usize) -> usize {
        self.tokens.partition_point(|token| token.place < place)
    }

    fn word(&self, at: usize) -> &str {
        self.token(at).map_or("", |token| token.text.as_str())
    }

    /// Reads what begins here; says where to go on.
    fn next(&mut self, at: usize) -> usize {
        if let Some((when, place)) = self
            .token(at)
            .and_then(|t| numeric_date(self.chars, t.place))
        {
            let end = self.until(place);
            self.found
                .push(self.figure(Value::Date(when), Weight::Firm, at, end, end));
            return end;
        }
        if let Some(end) = en_name::skip(self.tokens, at, self.chars, self.words) {
            return end;
        }
        let figure = self
            .date(at)
            .or_else(|| self.amount(at))
            .or_else(|| self.multiple(at));
        if let Some((end, phrase)) = self.phrase(at)
            && figure.as_ref().is_none_or(|(_, after)| *after <= end)
        {
            self.add_phrase(phrase, at, end);
            return end;
        }
        match figure {
            Some((figure, end)) => {
                self.found.push(figure);
                end
            }
            None => at + 1,
        }
    }

    fn phrase(&self, at: usize) -> Option<(usize, Phrase)> {
        let token = self.token(at)?;
        let (length, phrase) = self.words.phrases.longest(self.chars, token.place)?;
        let until = token.place + length;
        let end = self.until(until);
        Some((end, *phrase))
    }

    fn add_phrase(&mut self, phrase: Phrase, at: usize, end: usize) {
        let (value, unit) = match phrase {
            Phrase::Nothing => return,
            Phrase::Place(value) => (value, Unit::Place),
            Phrase::Times(value) => (value, Unit::Times),
            Phrase::Number(value) => (value, Unit::Things),
            Phrase::Share(value) => (value, Unit::Share),
            Phrase::Day(month, day) => {
                let when = When {
                    month: Some(month),
                    day: Some(day),
                    ..When::default()
                };
                let figure = self.figure(Value::Date(when), Weight::Soft, at, end, end);
                self.found.push(figure);
                return;
            }
        };
        let figure = self.figure(plain(value, unit), Weight::Soft, at, end, end);
        self.found.push(figure);
    }

    fn date(&self, at: usize) -> Option<(Figure, usize)> {
        if let Some((minutes, end)) = en_date::clock(self.tokens, at) {
            return Some((
                self.figure(Value::Time(minutes), Weight::Firm, at, end, end),
                end,
            ));
        }
        let (when, end) = en_date::read(self.tokens, at)?;
        let relative = matches!(when.year, Some(Year::FromNow(_))) && when.is_year();
        // `May I`, `March on`: a month's name alone at a sentence's start may be a verb.
        let may_be_verb =
            when == (When {
                month: when.month,
                ..When::default()
            }) && matches!(self.word(at), "may" | "march")
                && at
                    .checked_sub(1)
                    .is_none_or(|before| self.word(before) == ".");
        let weight = if relative || may_be_verb {
            Weight::Soft
        } else {
            Weight::Firm
        };
        Some((self.figure(Value::Date(when), weight, at, end, end), end))
    }

    /// A number with all that belongs to it.
    fn amount(&self, start: usize) -> Option<(Figure, usize)> {
        let sign = self.sign(start);
        let from = sign.as_ref().map_or(start, |(_, end)| *end);
        let written = match self.token(from)?.kind {
            Kind::Number => en_number::digits(self.tokens, from, sign.is_some())?,
            Kind::Word => self.spelled(from)?,
            Kind::Sign => return None,
        };
        if sign.is_some() && !written.digits {
            return None;
        }
        let mut end = written.end;
        let mut value = written.value;
        let mut measure = self.unit(end);
        if let Some((found, after)) = &measure {
            // A second is a unit of time only after other numbers than an ordinal.
            let is_place = (written.form == Form::Place) && matches!(found.unit, Unit::Of(_));
            if is_place {
                measure = None;
            } else {
                end = *after;
            }
        }
        if self.and_a_half(end) {
            value = value.plus(Number::fraction(1, 2)?)?;
            end += 3;
            if measure.is_none() {
                let times = en::multiplier(self.word(end));
                if let Some(times) = times {
                    value = value.times(times)?;
                    end += 1;
                }
                measure = self.unit(end);
                end = measure.as_ref().map_or(end, |(_, after)| *after);
            }
        }
        let measure = measure
            .map(|(measure, _)| measure)
            .or(sign.map(|(measure, _)| measure));
        let (unit, scale) = match measure {
            Some(measure) => (measure.unit, measure.scale),
            None => (written.form.unit(), Number::ONE),
        };
        let weight = self.weight(&written, &unit, value, start, end);
        let amount = Value::Amount(Amount {
            number: value,
            multiplier: written.multiplier,
            unit,
            scale,
        });
        let (mut bound, after) = self.bound(start, end);
        let is_time = matches!(&amount, Value::Amount(amount) if amount.unit.is_time());
        if is_time
            && start
                .checked_sub(1)
                .is_some_and(|before| self.word(before) == "over")
        {
            // `over five years` is more often in the course of them.
            bound = Bound::About;
        }
        let mut figure = self.figure(amount, weight, start, after, written.end);
        figure.bound = bound;
        figure.unit.end = self.byte_end(end).max(figure.unit.start);
        let other = matches!(self.word(after), "other" | "others");
        figure.named = other.then_some(Named::Besides);
        Some((figure, after))
    }

    /// A number in words, or the one that `a year and a half` has.
    fn spelled(&self, start: usize) -> Option<Written> {
        if matches!(self.word(start), "a" | "an")
            && let Some((_, end)) = self.unit(start + 1)
            && self.and_a_half(end)
        {
            return Some(Written::words(Number::ONE, start + 1));
        }
        let written = en_number::words(self.tokens, start)?;
        // `half an hour` is half of a unit, `half a loaf` is not counted.
        let is_half = self.word(start) == "half" && written.multiplier == Number::ONE;
        (!is_half || self.unit(written.end).is_some()).then_some(written)
    }

    fn and_a_half(&self, at: usize) -> bool {
        ["and", "a", "half"]
            .iter()
            .enumerate()
            .all(|(step, word)| self.word(at + step) == *word)
    }

    /// `doubled`, `threefold`, `10-fold`, `both`, `a couple of`.
    fn multiple(&self, at: usize) -> Option<(Figure, usize)> {
        let word = self.word(at);
        if let Some(times) = en::multiple(word) {
            let weight = if word == "double" {
                Weight::Soft
            } else {
                Weight::Small
            };
            let unit = if word.ends_with("fold") {
                Unit::Times
            } else {
                Unit::Became
            };
            return Some((
                self.figure(plain(times, unit), weight, at, at + 1, at + 1),
                at + 1,
            ));
        }
        let (value, unit, scale) = match word {
            "both" | "couple" | "pair" | "twin" | "twins" => {
                (Number::whole(2), Unit::Things, Number::ONE)
            }
            "trio" => (Number::whole(3), Unit::Things, Number::ONE),
            "decade" => (Number::ONE, Unit::Of("month".into()), Number::whole(120)),
            "century" => (Number::ONE, Unit::Of("month".into()), Number::whole(1200)),
            "fortnight" => (Number::ONE, Unit::Of("day".into()), Number::whole(14)),
            "half" | "halve" | "halved" | "halves" | "halving" => {
                (Number::fraction(1, 2)?, Unit::Share, Number::ONE)
            }
            _ => return None,
        };
        let value = Value::Amount(Amount {
            number: value,
            multiplier: Number::ONE,
            unit,
            scale,
        });
        Some((self.figure(value, Weight::Soft, at, at + 1, at + 1), at + 1))
    }

    /// A unit that stands before the number: $, RMB.
    fn sign(&self, at: usize) -> Option<(Measure, usize)> {
        let token = self.token(at)?;
        let (length, measure) = self.words.signs.longest(self.chars, token.place)?;
        let until = token.place + length;
        let end = self.until(until);
        (self.token(end)?.kind == Kind::Number).then(|| (measure.clone(), end))
    }

    /// The unit after a number, and the token after it.
    fn unit(&self, at: usize) -> Option<(Measure, usize)> {
        let token = self.token(at)?;
        let hyphen = usize::from(token.text == "-" && !token.spaced);
        let token = self.token(at + hyphen)?;
        let (length, measure) = self.words.units.longest(self.chars, token.place)?;
        let until = token.place + length;
        let end = self.until(until);
        Some((measure.clone(), end))
    }

    fn weight(
        &self,
        written: &Written,
        unit: &Unit,
        value: Number,
        start: usize,
        end: usize,
    ) -> Weight {
        let size = value.to_f64();
        // `a thousand` is often not counted.
        let is_round = matches!(self.word(start), "a" | "an")
            && (written.multiplier == value || value == Number::whole(12));
        if self.is_marker(start, end) || is_round {
            return Weight::Soft;
        }
        match unit {
            Unit::Share if (written.form == Form::Share) && size > 0.49 && size < 0.51 => {
                Weight::Soft
            }
            Unit::Share | Unit::Point => Weight::Firm,
            _ if value == Number::ONE => Weight::Soft,
            _ if written.digits => Weight::Firm,
            Unit::Place if size <= 3.0 => Weight::Soft,
            Unit::Of(_) => Weight::Firm,
            Unit::Things if value == Number::whole(100) => Weight::Soft,
            _ if size <= 10.0 => Weight::Small,
            _ => Weight::Firm,
        }
    }

    /// `(1)` and `[12]` that count points or notes.
    fn is_marker(&self, start: usize, end: usize) -> bool {
        let before = |step: usize| start.checked_sub(step).map_or("", |at| self.word(at));
        match (before(1), self.word(end)) {
            ("[", "]") => true,
            ("(", ")") => start
                .checked_sub(2)
                .and_then(|at| self.token(at))
                .is_none_or(|token| {
                    token.kind == Kind::Sign
                        && !matches!(token.text.as_str(), "”" | "’" | "\"" | ")" | "%")
                }),
            _ => false,
        }
    }

    fn bound(&self, start: usize, end: usize) -> (Bound, usize) {
        let place = |at: usize| self.token(at).map_or(self.chars.len(), |token| token.place);
        let before = place(start);
        let space = before
            .checked_sub(1)
            .filter(|at| self.chars.get(*at).is_some_and(|(_, c)| c.is_whitespace()));
        let mut bound = self
            .words
            .bounds_before
            .longest_before(self.chars, space.unwrap_or(before))
            .filter(|(length, _)| {
                // `over` must not be the end of `moreover`.
                let first = space.unwrap_or(before).checked_sub(length + 1);
                first.is_none_or(|at| self.chars.get(at).is_none_or(|(_, c)| !c.is_alphanumeric()))
            })
            .map_or(Bound::Exact, |(length, bound)| {
                let first = space.unwrap_or(before).saturating_sub(length);
                let at = self.tokens.partition_point(|token| token.place < first);
                // `may not be less than` is at least.
                let negated = (1..=3).any(|step| {
                    at.checked_sub(step)
                        .is_some_and(|at| matches!(self.word(at), "not" | "never" | "cannot"))
                });
                if negated { bound.opposite() } else { *bound }
            });
        let mut after = end;
        if let Some(token) = self.token(end)
            && let Some((length, found)) = self.words.bounds_after.longest(self.chars, token.place)
        {
            let until = token.place + length;
            bound = *found;
            after = self.until(until);
        }
        (bound, after)
    }

    fn byte_end(&self, at: usize) -> usize {
        at.checked_sub(1)
            .and_then(|last| self.token(last))
            .map_or(self.length, |token| token.end)
    }

    fn figure(
        &self,
        value: Value,
        weight: Weight,
        start: usize,
        end: usize,
        unit: usize,
    ) -> Figure {
        let first = self.token(start).map_or(self.length, |token| token.start);
        let last = self.byte_end(end);
        let unit = self.byte_end(unit).min(last);
        Figure {
            place: first..last,
            value,
            weight,
            bound: Bound::Exact,
            unit: unit..last,
            named: None,
        }
    }
}

fn plain(number: Number, unit: Unit) -> Value {
    Value::Amount(Amount {
        number,
        multiplier: Number::ONE,
        unit,
        scale: Number::ONE,
    })
}
