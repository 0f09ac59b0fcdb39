//! Figures in English text.
//!
//! In: a text. Out: its figures in order. Promise: one pass over its tokens; names with digits
//! (`5G`, `Web3`, `ISO 3166-2`) are none.

use super::en_words::{self as en, Token, tokens};
use super::when::numeric_date;
use super::words::{Phrase, Vocabulary, Words};
use super::{Amount, Figure, Number, Unit, Value, Weight, When, Year, en_date, en_name};
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

pub(super) struct Reader<'a> {
    pub(super) chars: &'a [(usize, char)],
    pub(super) tokens: &'a [Token],
    length: usize,
    pub(super) words: &'a Words,
    found: Vec<Figure>,
}

impl Reader<'_> {
    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The first token that begins at this character or after it.
    pub(super) fn until(&self, place: usize) -> usize {
        self.tokens.partition_point(|token| token.place < place)
    }

    pub(super) fn word(&self, at: usize) -> &str {
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
                let measured = matches!(&figure.value, Value::Amount(amount) if matches!(amount.unit, Unit::Of(_)));
                self.found.push(figure);
                // `cubic metres a second`
                let is_rate = (self.word(end), self.word(end + 1)) == ("a", "second");
                if measured && is_rate { end + 2 } else { end }
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
        let Some(value) = phrase.value(Unit::Times) else {
            return;
        };
        let weight = match phrase {
            Phrase::Place(place) if place != Number::ONE => Weight::Small,
            _ => Weight::Soft,
        };
        let figure = self.figure(value, weight, at, end, end);
        self.found.push(figure);
    }

    fn date(&self, at: usize) -> Option<(Figure, usize)> {
        if let Some((clock, end)) = en_date::clock(self.tokens, at) {
            return Some((
                self.figure(Value::Time(clock), Weight::Firm, at, end, end),
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
                self.figure(Value::of(times, unit), weight, at, at + 1, at + 1),
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
            "quarter"
                if at
                    .checked_sub(1)
                    .is_some_and(|before| self.word(before) == "a") =>
            {
                (Number::fraction(1, 4)?, Unit::Share, Number::ONE)
            }
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
        let mut figure = self.figure(value, Weight::Soft, at, at + 1, at + 1);
        if word == "half" {
            figure.bound = self.bound(at, at + 1).0;
        }
        Some((figure, at + 1))
    }

    pub(super) fn byte_end(&self, at: usize) -> usize {
        at.checked_sub(1)
            .and_then(|last| self.token(last))
            .map_or(self.length, |token| token.end)
    }

    pub(super) fn figure(
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
            weight,
            unit: unit..last,
            ..Figure::plain(value)
        }
    }
}
