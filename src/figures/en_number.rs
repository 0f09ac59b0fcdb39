//! English numbers in digits and in words.
//!
//! In: tokens and a place. Out: the number that begins there: `1.011 billion`, `51st`, `3/4`,
//! `two hundred and five`, `one-third`, `half a million`, `twenty-first`, `a dozen`.

use super::en_words::{self as en, Kind, Token};
use super::{Number, Unit};

/// A number as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub value: Number,
    /// What it is multiplied by at its end: million.
    pub multiplier: Number,
    /// The token after it.
    pub end: usize,
    /// Whether it is written in digits.
    pub digits: bool,
    /// What the words make of it.
    pub form: Form,
}

/// What a number is by its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A number.
    Plain,
    /// `51st`, `fifth`.
    Place,
    /// `one-third`, `3/4`.
    Share,
    /// `10-fold`, `3x`.
    Times,
}

impl Form {
    /// What a number of this form measures, if nothing else is said.
    pub(super) fn unit(self) -> Unit {
        match self {
            Self::Plain => Unit::Things,
            Self::Place => Unit::Place,
            Self::Share => Unit::Share,
            Self::Times => Unit::Times,
        }
    }
}

impl Written {
    /// A number in words.
    pub(super) fn words(value: Number, end: usize) -> Self {
        Self {
            value,
            multiplier: Number::ONE,
            end,
            digits: false,
            form: Form::Plain,
        }
    }
}

/// A number that begins with digits. After the sign of a currency, `m` is a million.
pub(super) fn digits(tokens: &[Token], at: usize, is_money: bool) -> Option<Written> {
    let token = tokens.get(at)?;
    let text = token.text.as_str();
    let leading = text.len() > 1 && text.starts_with('0') && !text.starts_with("0.");
    let mut written = Written {
        digits: true,
        ..Written::words(Number::parse(text).filter(|_| !leading)?, at + 1)
    };
    let Some(next) = tokens.get(at + 1) else {
        return Some(written);
    };
    let attached = !next.spaced;
    let hyphen = usize::from(attached && next.text == "-");
    let word = tokens
        .get(at + 1 + hyphen)
        .map_or("", |token| token.text.as_str());
    let times = match word {
        "m" if is_money => Some(Number::whole(1_000_000)),
        "b" if is_money => Some(Number::whole(1_000_000_000)),
        "k" if !attached => None,
        _ => en::multiplier(word),
    };
    if let Some(times) = times {
        written.end += 1 + hyphen;
        multiply(&mut written, times)?;
        // 2 hundred million
        while let Some(more) = tokens
            .get(written.end)
            .and_then(|token| en::multiplier(&token.text))
        {
            multiply(&mut written, more)?;
            written.end += 1;
        }
    } else if attached && matches!(word, "st" | "nd" | "rd" | "th") {
        written.form = Form::Place;
        written.end += 1;
    } else if attached && matches!(word, "fold" | "x" | "×") {
        written.form = Form::Times;
        written.end += 1 + hyphen;
    } else if attached && word == "/" {
        over(&mut written, tokens.get(at + 2));
    }
    Some(written)
}

fn multiply(written: &mut Written, times: Number) -> Option<()> {
    written.value = written.value.times(times)?;
    written.multiplier = written.multiplier.times(times)?;
    Some(())
}

/// `3/4`
fn over(written: &mut Written, below: Option<&Token>) {
    let below = below
        .filter(|token| token.kind == Kind::Number && !token.spaced)
        .and_then(|token| Number::parse(&token.text));
    if let Some(below) = below
        && written.value.is_below(below)
        && let Some(share) = written.value.over(below)
    {
        written.value = share;
        written.form = Form::Share;
        written.end += 2;
    }
}

/// A number in words.
pub(super) fn words(tokens: &[Token], start: usize) -> Option<Written> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    if word(start) == "half" && matches!(word(start + 1), "a" | "an") {
        return half(word(start + 2), start);
    }
    let mut spelled = Spelled::default();
    let mut at = start;
    if matches!(word(start), "a" | "an") {
        let next = word(start + 1);
        let is_part = next != "half"
            && en::part(next).is_some()
            && (is_share(tokens, start) || may_be_share(tokens, start));
        if en::multiplier(next).is_none() && next != "dozen" && !is_part {
            return None;
        }
        spelled.section = Some(Number::ONE);
        at += 1;
    } else if word(start) == "hundred" {
        spelled.section = Some(Number::whole(100));
        at += 1;
    }
    let mut end = at;
    loop {
        let joined = tokens.get(at).is_some_and(|token| !token.spaced);
        let hyphen = usize::from(spelled.began() && joined && word(at) == "-");
        let is_and = spelled.began()
            && word(at) == "and"
            && spelled.multiplier != Number::ONE
            && en::cardinal(word(at + 1)).is_some();
        let next = at + usize::from(is_and) + hyphen;
        match spelled.take(word(next), hyphen == 1) {
            Step::More => {
                at = next + 1;
                end = at;
            }
            Step::Last(form) => {
                let mut written = spelled.written(next + 1)?;
                written.form = form;
                return Some(written);
            }
            Step::No => break,
        }
    }
    (spelled.began() && end > start)
        .then(|| spelled.written(end))
        .flatten()
}

/// What a share does.
const VERBS: [&str; 17] = [
    "will", "would", "are", "is", "was", "were", "have", "has", "had", "came", "come", "went",
    "live", "lived", "can", "could", "may",
];

/// Whether `a third` begins a clause before a verb: a share, or one thing more.
pub(super) fn may_be_share(tokens: &[Token], start: usize) -> bool {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let before = start.checked_sub(1).and_then(|before| tokens.get(before));
    text(start) == "a"
        && before.is_none_or(|before| before.kind == Kind::Sign)
        && en::part(text(start + 1)).is_some()
        && VERBS.contains(&text(start + 2))
}

/// Whether `a third` is a share and not one thing more: `a third of`, `a third more`, `by a third.`
fn is_share(tokens: &[Token], start: usize) -> bool {
    let leads = [
        "by", "of", "about", "nearly", "almost", "roughly", "around", "than", "over", "only",
    ];
    let goes_on = [
        "of", "more", "less", "fewer", "higher", "lower", "larger", "smaller", "longer", "shorter",
        "above", "below",
    ];
    let before = start.checked_sub(1).and_then(|before| tokens.get(before));
    let after = tokens.get(start + 2);
    let is_led = before.is_some_and(|before| leads.contains(&before.text.as_str()));
    let ends = after.is_none_or(|after| {
        after.opens
            || after.kind == Kind::Sign && after.text != "-"
            || ["in", "from", "to", "on", "and", "since", "over"].contains(&after.text.as_str())
            || VERBS.contains(&after.text.as_str())
    });
    after.is_some_and(|after| goes_on.contains(&after.text.as_str())) || (is_led && ends)
}

/// `half a million`, `half an hour`
fn half(next: &str, start: usize) -> Option<Written> {
    let dozen = (next == "dozen").then(|| Number::whole(12));
    let times = en::multiplier(next).or(dozen);
    let half = Number::fraction(1, 2)?;
    let value = times.map_or(Some(half), |times| half.times(times))?;
    let end = start + 2 + usize::from(times.is_some());
    Some(Written {
        multiplier: times.unwrap_or(Number::ONE),
        ..Written::words(value, end)
    })
}

/// A number in words, as far as it has been read.
struct Spelled {
    /// What stands before the last `thousand` or `million`, multiplied.
    total: Number,
    /// What has been added up since.
    section: Option<Number>,
    multiplier: Number,
}

impl Default for Spelled {
    fn default() -> Self {
        Self {
            total: Number::ZERO,
            section: None,
            multiplier: Number::ONE,
        }
    }
}

enum Step {
    /// The word belongs to the number.
    More,
    /// It is the last of the number: an ordinal, or the lower part of a fraction.
    Last(Form),
    /// It belongs to something else.
    No,
}

impl Spelled {
    fn began(&self) -> bool {
        self.section.is_some() || self.total != Number::ZERO
    }

    /// Takes one more word.
    fn take(&mut self, word: &str, hyphen: bool) -> Step {
        let section = self.section.and_then(Number::to_whole);
        if let Some(value) = en::cardinal(word) {
            let fits = section.is_none_or(|section| {
                (section % 100 == 0 && value < 100 && section > 0)
                    || (section % 10 == 0 && section % 100 >= 20 && (1..10).contains(&value))
            });
            return self.add(value, fits);
        }
        if let (Some(value), false) = (en::ordinal(word), self.is_fraction(word, hyphen)) {
            let fits = match section {
                None => true,
                Some(section) if section >= 100 && section % 100 == 0 => true,
                Some(section) => hyphen && section >= 20 && section % 10 == 0 && value < 10,
            };
            return match self.add(value, fits) {
                Step::More => Step::Last(Form::Place),
                _ => Step::No,
            };
        }
        if let (Some(below), Some(above)) = (en::part(word), self.section) {
            self.section = above.over(Number::whole(below));
            return Step::Last(Form::Share);
        }
        if word == "dozen" && self.section.is_some() {
            return self.multiply(Number::whole(12), false);
        }
        match en::multiplier(word) {
            Some(times) if self.section.is_some() => self.multiply(times, word != "hundred"),
            _ => Step::No,
        }
    }

    fn add(&mut self, value: i128, fits: bool) -> Step {
        let sum = self
            .section
            .unwrap_or(Number::ZERO)
            .plus(Number::whole(value));
        if !fits || sum.is_none() {
            return Step::No;
        }
        self.section = sum;
        Step::More
    }

    fn multiply(&mut self, times: Number, closes: bool) -> Step {
        let Some(product) = self.section.and_then(|section| section.times(times)) else {
            return Step::No;
        };
        self.multiplier = times;
        if closes {
            let Some(total) = self.total.plus(product) else {
                return Step::No;
            };
            self.total = total;
            self.section = None;
        } else {
            self.section = Some(product);
        }
        Step::More
    }

    /// `two-thirds` and `one fifth` are fractions; `twenty-first` is not.
    fn is_fraction(&self, word: &str, hyphen: bool) -> bool {
        let small = self.section.and_then(Number::to_whole);
        let small = small.is_some_and(|section| (1..20).contains(&section));
        let said = word.ends_with('s') || hyphen || self.section == Some(Number::ONE);
        small && said && en::part(word).is_some()
    }

    fn written(&self, end: usize) -> Option<Written> {
        let value = self.total.plus(self.section.unwrap_or(Number::ZERO))?;
        Some(Written {
            multiplier: self.multiplier,
            ..Written::words(value, end)
        })
    }
}
