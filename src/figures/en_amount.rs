//! Amounts in English: a number with its sign, its unit, and how exact it is.
//!
//! In: the tokens of a text, and where a number may begin. Out: the amount, and the token after it.

use super::en::Reader;
use super::en_number::{self, Form, Written};
use super::en_words::{self as en, Kind};
use super::links::Link;
use super::words::Measure;
use super::{Amount, Bound, Figure, Named, Number, Unit, Value, Weight};

impl Reader<'_> {
    /// A number with all that belongs to it.
    pub(super) fn amount(&self, start: usize) -> Option<(Figure, usize)> {
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
        if let Some(found) = self.one_in(start, &written) {
            return Some(found);
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
        // `a quarter of an hour`
        let is_of = self.word(end) == "of" && matches!(self.word(end + 1), "a" | "an");
        if written.form == Form::Share && measure.is_none() && is_of {
            measure = self
                .unit(end + 2)
                .filter(|(measure, _)| measure.unit.is_time());
            end = measure.as_ref().map_or(end, |(_, after)| *after);
        }
        let measure = measure
            .map(|(measure, _)| measure)
            .or(sign.map(|(measure, _)| measure));
        let is_grade = self.is_grade(&written, start, end);
        let (unit, scale) = match measure {
            Some(measure) => (measure.unit, measure.scale),
            None if is_grade || self.is_numbered(&written, start) => (Unit::Place, Number::ONE),
            None => (written.form.unit(), Number::ONE),
        };
        let stressed = ["only", "just", "exactly"].contains(&self.word_before(start));
        let weight = match self.weight(&written, &unit, value, start, end) {
            Weight::Soft if value == Number::ONE && (is_grade || stressed) => Weight::Small,
            weight => weight,
        };
        let amount = Value::Amount(Amount {
            number: value,
            multiplier: written.multiplier,
            unit,
            scale,
        });
        let (mut bound, after) = self.bound(start, end);
        let amount = self.below_zero(amount, start, after)?;
        let is_time = matches!(&amount, Value::Amount(amount) if amount.unit.is_time());
        if is_time && self.word_before(start) == "over" {
            // `over five years` is more often in the course of them.
            bound = Bound::About;
        }
        let mut figure = self.figure(amount, weight, start, after, written.end);
        figure.bound = bound;
        figure.unit.end = self.byte_end(end).max(figure.unit.start);
        let other =
            matches!(self.word(after), "other" | "others") || self.word_before(start) == "other";
        figure.named = other.then_some(Named::Besides);
        Some((figure, after))
    }

    /// `Article 8`
    fn is_numbered(&self, written: &Written, start: usize) -> bool {
        let word: Vec<(usize, char)> = self.word_before(start).char_indices().collect();
        let known = self.words.links.get(&Link::Numbered);
        let found = known.and_then(|known| known.longest(&word, 0));
        written.digits
            && written.form == Form::Plain
            && found.is_some_and(|(length, ())| length == word.len())
    }

    fn word_before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.word(before))
    }

    /// `second-class`, `grade two`, `grades two and three`
    fn is_grade(&self, written: &Written, start: usize, end: usize) -> bool {
        let small = written.value.is_below(Number::whole(11)) && !written.digits;
        match written.form {
            Form::Place => {
                let hyphen = usize::from(self.word(end) == "-");
                small && is_scale(self.word(end + hyphen))
            }
            Form::Plain => {
                let row = start.checked_sub(3).filter(|_| {
                    matches!(self.word_before(start), "and" | "or" | "to")
                        && !self.word_before(start - 1).is_empty()
                });
                let of_row = row.is_some_and(|at| is_scale(self.word(at)));
                small && (is_scale(self.word_before(start)) || of_row)
            }
            Form::Share | Form::Times => false,
        }
    }

    /// `one in five`, `1 in 20`, `nine out of ten`: a share, which the other language may say as two
    /// numbers.
    fn one_in(&self, start: usize, above: &Written) -> Option<(Figure, usize)> {
        let words = match (self.word(above.end), self.word(above.end + 1)) {
            ("in", _) => 1,
            ("out", "of") => 2,
            _ => return None,
        };
        let from = above.end + words;
        let below = match self.token(from)?.kind {
            Kind::Number => en_number::digits(self.tokens, from, false)?,
            Kind::Word => en_number::words(self.tokens, from)?,
            Kind::Sign => return None,
        };
        let counted = above.form == Form::Plain && below.form == Form::Plain;
        let is_one = above.value == Number::ONE && below.value.is_below(Number::whole(1001));
        let spelled = !above.digits && !below.digits && below.value.is_below(Number::whole(11));
        let is_share = counted && above.value.is_below(below.value) && (is_one || spelled);
        // `one in 20 years` is how often.
        let is_time = self
            .unit(below.end)
            .is_some_and(|(measure, _)| measure.unit.is_time());
        if !is_share || is_time {
            return None;
        }
        let share = Value::of(above.value.over(below.value)?, Unit::Share);
        let mut figure = self.figure(share, Weight::Small, start, below.end, below.end);
        figure.bound = self.bound(start, below.end).0;
        Some((figure, below.end))
    }

    /// A number in words, or the one that `a year and a half` has.
    fn spelled(&self, start: usize) -> Option<Written> {
        if matches!(self.word(start), "a" | "an")
            && let Some((_, end)) = self.unit(start + 1)
            && self.and_a_half(end)
        {
            return Some(Written::words(Number::ONE, start + 1));
        }
        if let Some(roman) = self.roman(start) {
            return Some(Written::words(roman, start + 1));
        }
        let written = en_number::words(self.tokens, start)?;
        // `half an hour` is half of a unit, `half a loaf` is not counted.
        let is_half = self.word(start) == "half" && written.multiplier == Number::ONE;
        (!is_half || self.unit(written.end).is_some()).then_some(written)
    }

    /// `level III`, `levels II and III`; `I` rather is a person.
    fn roman(&self, at: usize) -> Option<Number> {
        let token = self.token(at).filter(|token| token.capital)?;
        let numerals = [
            "", "", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x",
        ];
        let place = numerals
            .iter()
            .skip(2)
            .position(|numeral| *numeral == token.text)?
            + 2;
        let row = at.checked_sub(3).map_or("", |lead| self.word(lead));
        let is_scale = is_scale(self.word_before(at))
            || (matches!(self.word_before(at), "and" | "or" | "to") && is_scale(row));
        is_scale.then(|| Number::whole(i128::try_from(place).unwrap_or(0)))
    }

    fn and_a_half(&self, at: usize) -> bool {
        ["and", "a", "half"]
            .iter()
            .enumerate()
            .all(|(step, word)| self.word(at + step) == *word)
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
    pub(super) fn unit(&self, at: usize) -> Option<(Measure, usize)> {
        let token = self.token(at)?;
        let hyphen = usize::from(token.text == "-" && !token.spaced);
        let token = self.token(at + hyphen)?;
        let (length, measure) = self.words.units.longest(self.chars, token.place)?;
        let until = token.place + length;
        let end = self.until(until);
        Some((measure.clone(), end))
    }

    /// `minus 9.8 °C`, `9.8 degrees below zero`
    fn below_zero(&self, mut value: Value, start: usize, end: usize) -> Option<Value> {
        let before = |step: usize| start.checked_sub(step).and_then(|at| self.token(at));
        let is_sign = before(1).is_some_and(|sign| matches!(sign.text.as_str(), "-" | "−"))
            && before(1).is_some_and(|sign| sign.spaced);
        let said = before(1).is_some_and(|word| word.text == "minus")
            || (self.word(end) == "below" && matches!(self.word(end + 1), "zero" | "freezing"));
        if let Value::Amount(amount) = &mut value
            && (said || (is_sign && matches!(&amount.unit, Unit::Of(name) if name == "degrees")))
        {
            amount.number = amount.number.times(Number::whole(-1))?;
        }
        Some(value)
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
            Unit::Share if en_number::may_be_share(self.tokens, start) => Weight::Soft,
            Unit::Share | Unit::Point => Weight::Firm,
            _ if value == Number::ONE => Weight::Soft,
            _ if written.digits => Weight::Firm,
            // `Second, …` counts the points of a text.
            Unit::Place if size <= 3.0 && self.word(end) == "," => Weight::Soft,
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

    pub(super) fn bound(&self, start: usize, end: usize) -> (Bound, usize) {
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
                // `may not be less than` is at least, `nobody has more than` at most.
                let is_denial = |word: &str| {
                    matches!(
                        word,
                        "not" | "never" | "cannot" | "nobody" | "none" | "neither"
                    )
                };
                let negated = (1..=3).any(|step| {
                    let at = at.checked_sub(step);
                    at.is_some_and(|at| is_denial(self.word(at)))
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
}

/// What has grades: `level two`, `second-class`.
fn is_scale(word: &str) -> bool {
    let word = word
        .strip_suffix('s')
        .filter(|w| *w != "clas")
        .unwrap_or(word);
    let word = if word == "categorie" {
        "category"
    } else {
        word
    };
    ["class", "classe", "grade", "level", "tier", "category"].contains(&word)
}
