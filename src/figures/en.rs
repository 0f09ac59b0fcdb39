//! Figures in English text.
//!
//! In: a text. Out: its figures in order. Promise: one pass over its tokens; names with digits
//! (`5G`, `Web3`, `ISO 3166-2`) are none.

use super::en_words::{self as en, Kind, Token, tokens};
use super::words::{Measure, Phrase, Vocabulary, Words};
use super::{Amount, Bound, Figure, Named, Number, Unit, Value, Weight, When, Year, en_date};
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

/// A number as it is written, in tokens.
struct Written {
    value: Number,
    multiplier: Number,
    end: usize,
    digits: bool,
    place: bool,
    share: bool,
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
        if let Some(end) = self.name(at) {
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

    /// Addresses and names with digits.
    fn name(&self, at: usize) -> Option<usize> {
        let token = self.token(at)?;
        let joined = |at: usize| self.token(at).is_some_and(|token| !token.spaced);
        let end_of_word = || {
            (at + 1..self.tokens.len())
                .find(|next| !joined(*next))
                .unwrap_or(self.tokens.len())
        };
        let is_address = token.text == "www"
            || (self.word(at + 1) == ":" && self.word(at + 2) == "/" && self.word(at + 3) == "/")
            || (joined(at + 1) && self.word(at + 1) == "@");
        if is_address {
            return Some(end_of_word());
        }
        let next = self.token(at + 1).filter(|next| !next.spaced)?;
        match (token.kind, next.kind) {
            (Kind::Word, Kind::Number) if !self.is_sign(at) => Some(self.name_end(at + 1)),
            (Kind::Word, Kind::Sign) if matches!(next.text.as_str(), "-" | "." | "/") => {
                let number = self.token(at + 2)?;
                let prefix = [
                    "mid", "pre", "post", "early", "late", "sub", "under", "over", "top", "non",
                    "age", "aged",
                ];
                let is_name = number.kind == Kind::Number
                    && !number.spaced
                    && !prefix.contains(&token.text.as_str())
                    && en::month(&token.text).is_none();
                is_name.then(|| self.name_end(at + 2))
            }
            (Kind::Number, Kind::Word) => self.name_from_digit(at, next),
            (Kind::Number, Kind::Sign) => self.code(at, next),
            _ => None,
        }
    }

    /// `5G`, but not `5km`, `51st`, `1990s`, `5bn`.
    fn name_from_digit(&self, at: usize, next: &Token) -> Option<usize> {
        let known = matches!(
            next.text.as_str(),
            "st" | "nd" | "rd" | "th" | "s" | "x" | "m"
        ) || en::multiplier(&next.text).is_some()
            || matches!(next.text.as_str(), "am" | "pm")
            || self.words.units.longest(self.chars, next.place).is_some();
        // A capital letter is no unit: 5G, 3D, 4K.
        let is_letter = next.capital && next.end - next.start == 1;
        (!known || is_letter).then(|| self.name_end(at))
    }

    /// `3166-2`, `1.2.3`, `9/11`: a number, a sign and a smaller number are a code.
    fn code(&self, at: usize, next: &Token) -> Option<usize> {
        let (first, second) = (self.token(at)?, self.token(at + 2)?);
        if second.kind != Kind::Number || second.spaced {
            return None;
        }
        if next.text == "." {
            return Some(self.name_end(at));
        }
        let is_year = first.text.len() == 4 && second.text.len() == 2;
        let value = |token: &Token| Number::parse(&token.text);
        let falls = value(second)?.is_below(value(first)?);
        let more = self.word(at + 3) == "-" && self.token(at + 4)?.kind == Kind::Number;
        (next.text == "-" && ((falls && !is_year) || more)).then(|| self.name_end(at))
    }

    fn name_end(&self, from: usize) -> usize {
        (from + 1..self.tokens.len())
            .find(|at| {
                self.token(*at).is_none_or(|token| {
                    token.spaced
                        || (token.kind == Kind::Sign
                            && !matches!(token.text.as_str(), "-" | "." | "/" | "_" | "+"))
                        || (token.kind == Kind::Sign
                            && self
                                .token(at + 1)
                                .is_none_or(|next| next.spaced || next.kind == Kind::Sign))
                })
            })
            .unwrap_or(self.tokens.len())
    }

    fn is_sign(&self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|token| self.words.signs.longest(self.chars, token.place).is_some())
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
        let written = self.number(from, sign.is_some())?;
        if sign.is_some() && !written.digits {
            return None;
        }
        let mut end = written.end;
        let mut value = written.value;
        let mut measure = self.unit(end);
        if let Some((found, after)) = &measure {
            // A second is a unit of time only after other numbers than an ordinal.
            let is_place = written.place && matches!(found.unit, Unit::Of(_));
            if is_place {
                measure = None;
            } else {
                end = *after;
            }
        }
        if self.word(end) == "and" && self.word(end + 1) == "a" && self.word(end + 2) == "half" {
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
        let (unit, scale) = counted(&written, measure);
        let weight = self.weight(&written, &unit, value, start, end);
        let amount = Value::Amount(Amount {
            number: value,
            multiplier: written.multiplier,
            unit,
            scale,
        });
        let (bound, after) = self.bound(start, end);
        let mut figure = self.figure(amount, weight, start, after, written.end);
        figure.bound = bound;
        figure.unit.end = self.byte_end(end).max(figure.unit.start);
        let other = matches!(self.word(after), "other" | "others");
        figure.named = other.then_some(Named::Besides);
        Some((figure, after))
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
            "half" => (Number::fraction(1, 2)?, Unit::Share, Number::ONE),
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
        let is_round = matches!(self.word(start), "a" | "an") && written.multiplier == value;
        if self.is_marker(start, end) || is_round {
            return Weight::Soft;
        }
        match unit {
            Unit::Share if written.share && size > 0.49 && size < 0.51 => Weight::Soft,
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

    /// A number in digits or words.
    fn number(&self, at: usize, is_money: bool) -> Option<Written> {
        let token = self.token(at)?;
        match token.kind {
            Kind::Number => self.digits(at, is_money),
            Kind::Word => self.spelled(at),
            Kind::Sign => None,
        }
    }

    fn digits(&self, at: usize, is_money: bool) -> Option<Written> {
        let token = self.token(at)?;
        let leading =
            token.text.len() > 1 && token.text.starts_with('0') && !token.text.starts_with("0.");
        let mut value = Number::parse(&token.text).filter(|_| !leading)?;
        let mut end = at + 1;
        let mut multiplier = Number::ONE;
        let mut place = false;
        if let Some(next) = self.token(end) {
            let attached = !next.spaced;
            let hyphen = usize::from(attached && next.text == "-");
            let word = self.word(end + hyphen);
            let times = match word {
                "m" if is_money => Some(Number::whole(1_000_000)),
                "b" if is_money => Some(Number::whole(1_000_000_000)),
                "k" if !attached => None,
                _ => en::multiplier(word),
            };
            if let Some(times) = times {
                value = value.times(times)?;
                multiplier = times;
                end += 1 + hyphen;
                // 2 hundred million
                while let Some(more) = en::multiplier(self.word(end)) {
                    value = value.times(more)?;
                    multiplier = multiplier.times(more)?;
                    end += 1;
                }
            } else if attached && matches!(word, "st" | "nd" | "rd" | "th") {
                place = true;
                end += 1;
            } else if attached && hyphen == 1 && word == "fold"
                || attached && matches!(word, "x" | "×")
            {
                return Some(Written {
                    value,
                    multiplier,
                    end: end + hyphen,
                    digits: true,
                    place,
                    share: false,
                });
            } else if self.word(end) == "/" && attached {
                // 3/4
                if let Some(below) = self
                    .token(end + 1)
                    .filter(|t| t.kind == Kind::Number && !t.spaced)
                    && let Some(below) = Number::parse(&below.text)
                    && value.is_below(below)
                {
                    let value = value.over(below)?;
                    return Some(Written {
                        value,
                        multiplier,
                        end: end + 2,
                        digits: true,
                        place,
                        share: true,
                    });
                }
            }
        }
        Some(Written {
            value,
            multiplier,
            end,
            digits: true,
            place,
            share: false,
        })
    }

    /// `two hundred and five`, `one-third`, `half a million`, `twenty-first`, `a dozen`.
    fn spelled(&self, start: usize) -> Option<Written> {
        let mut written = Written {
            value: Number::ZERO,
            multiplier: Number::ONE,
            end: start,
            digits: false,
            place: false,
            share: false,
        };
        let mut section = Number::ZERO;
        let mut at = start;
        let mut had_number = false;
        match self.word(start) {
            "a" | "an" => {
                let next = self.word(start + 1);
                let begins = en::multiplier(next).is_some()
                    || next == "dozen"
                    || en::part(next).is_some()
                        && next != "half"
                        && en::ordinal(next).is_none_or(|_| self.word(start + 2) == "of");
                if !begins {
                    return self.unit_and_a_half(start);
                }
                section = Number::ONE;
                had_number = true;
                at += 1;
            }
            "half" if matches!(self.word(start + 1), "a" | "an") => {
                let next = self.word(start + 2);
                let times = en::multiplier(next).or((next == "dozen").then(|| Number::whole(12)));
                let half = Number::fraction(1, 2)?;
                written.value = times.map_or(Some(half), |times| half.times(times))?;
                written.multiplier = times.unwrap_or(Number::ONE);
                written.end = start + 2 + usize::from(times.is_some());
                let is_unit = times.is_some() || self.unit(start + 2).is_some();
                return is_unit.then_some(written);
            }
            _ => {}
        }
        loop {
            let hyphen = usize::from(
                had_number && self.word(at) == "-" && self.token(at).is_some_and(|t| !t.spaced),
            );
            let word = self.word(at + hyphen);
            if let Some(value) =
                en::cardinal(word).filter(|_| fits(section, value_of(word), had_number))
            {
                section = section.plus(Number::whole(value))?;
                had_number = true;
            } else if let Some(value) = en::ordinal(word).filter(|value| {
                !had_number
                    || (hyphen == 1
                        && section.to_whole().is_some_and(|s| s >= 20 && s % 10 == 0)
                        && *value < 10)
                    || section.to_whole().is_some_and(|s| s >= 100 && s % 100 == 0)
            }) && !is_fraction_word(start, at, hyphen, section, word)
            {
                written.value = written.value.plus(section)?.plus(Number::whole(value))?;
                written.place = true;
                written.end = at + hyphen + 1;
                return Some(written);
            } else if let (Some(below), true) = (en::part(word), had_number) {
                if section == Number::ZERO {
                    return None;
                }
                written.value = section.over(Number::whole(below))?;
                written.share = true;
                written.end = at + hyphen + 1;
                return Some(written);
            } else if let (Some(times), true) = (en::multiplier(word), had_number) {
                if times == Number::whole(100) {
                    section = section.times(times)?;
                } else {
                    written.value = written.value.plus(section.times(times)?)?;
                    section = Number::ZERO;
                }
                written.multiplier = times;
            } else if word == "dozen" && had_number {
                section = section.times(Number::whole(12))?;
            } else if word == "and"
                && had_number
                && written.multiplier != Number::ONE
                && en::cardinal(self.word(at + 1)).is_some()
            {
                at += 1;
                continue;
            } else if word == "hundred" && !had_number && at == start {
                section = Number::whole(100);
                had_number = true;
            } else {
                break;
            }
            at += hyphen + 1;
            written.end = at;
        }
        written.value = written.value.plus(section)?;
        had_number.then_some(written)
    }

    /// `a year and a half`
    fn unit_and_a_half(&self, start: usize) -> Option<Written> {
        let (_, end) = self.unit(start + 1)?;
        let is_half = ["and", "a", "half"]
            .iter()
            .enumerate()
            .all(|(step, word)| self.word(end + step) == *word);
        is_half.then_some(Written {
            value: Number::ONE,
            multiplier: Number::ONE,
            end: start + 1,
            digits: false,
            place: false,
            share: false,
        })
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

fn counted(written: &Written, measure: Option<Measure>) -> (Unit, Number) {
    match measure {
        Some(measure) => (measure.unit, measure.scale),
        None if written.place => (Unit::Place, Number::ONE),
        None if written.share => (Unit::Share, Number::ONE),
        None => (Unit::Things, Number::ONE),
    }
}

/// `two-thirds` and `one fifth` are fractions; `twenty-first` is not.
fn is_fraction_word(start: usize, at: usize, hyphen: usize, section: Number, word: &str) -> bool {
    let plural = word.ends_with('s');
    let small = section.to_whole().is_some_and(|s| (1..20).contains(&s));
    at > start
        && small
        && (plural || hyphen == 1 || section == Number::ONE)
        && en::part(word).is_some()
}

fn value_of(word: &str) -> i128 {
    en::cardinal(word).unwrap_or(0)
}

/// Whether another number word may follow: `twenty one`, `hundred five`, but not `two three`.
fn fits(section: Number, value: i128, had_number: bool) -> bool {
    if !had_number {
        return true;
    }
    let Some(section) = section.to_whole() else {
        return false;
    };
    section == 0
        || (section % 100 == 0 && value < 100)
        || (section % 10 == 0 && section % 100 >= 20 && value < 10)
}

fn plain(number: Number, unit: Unit) -> Value {
    Value::Amount(Amount {
        number,
        multiplier: Number::ONE,
        unit,
        scale: Number::ONE,
    })
}
