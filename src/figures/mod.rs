//! The figures in a text: how many, when, which.
//!
//! In: a text in Chinese or English. Out: its [`Figure`]s in order: amounts with their unit, dates,
//! times of day, each with its place. Promise: exact values, linear in the text; what is not surely a
//! figure (`一起`, `5G`, `第三方`) is none. Both [`check`](crate::check), which compares the languages, and
//! [`import`](crate::import), which reads facts, know numbers from here alone.

pub mod agree;
pub mod beside;
mod en;
mod en_amount;
mod en_date;
mod en_name;
mod en_number;
mod en_words;
mod firsts;
pub mod labels;
mod lexicon;
pub mod links;
pub mod number;
mod range;
mod rows;
mod sums;
mod things;
mod when;
mod words;
mod zh;
mod zh_amount;
mod zh_date;
mod zh_digit;
mod zh_name;
mod zh_number;
mod zh_share;

use std::ops::Range;

pub use number::Number;
pub use range::{Joint, joined, joint};
pub use when::{Clock, Part, When, Year};
pub use words::{Vocabulary, vocabulary};

use crate::lang::Lang;

/// The file of a report's own words around numbers, beside `site.yaml`.
pub const FILE: &str = "figures.yaml";

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Its bytes in the text, with its unit.
    pub place: Range<usize>,
    /// What it says.
    pub value: Value,
    /// Whether its absence from the other language means anything.
    pub weight: Weight,
    /// On which side of the number the truth lies.
    pub bound: Bound,
    /// The words after a number that say what is counted: 亿元, 条, `million yuan`.
    pub unit: Range<usize>,
    /// For `A, B and seven other departments` and `甲、乙等八部门`: how many are named, so that eight
    /// and seven agree where one of them is named.
    pub named: Option<Named>,
}

impl Figure {
    /// A figure that stands in no text.
    #[must_use]
    pub fn plain(value: Value) -> Self {
        Self {
            place: 0..0,
            value,
            weight: Weight::Firm,
            bound: Bound::Exact,
            unit: 0..0,
            named: None,
        }
    }
}

/// The others of an enumeration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// `甲等八部门`: the number counts these named ones too.
    Counted(usize),
    /// `A and seven other departments`: it does not.
    Besides,
}

/// What a figure says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// So many, of something or of nothing known.
    Amount(Amount),
    /// A day, a month, a year, or a part of one.
    Date(When),
    /// A time of day; or a ratio, written the same way.
    Time(Clock),
}

impl Value {
    /// A number of something, in the unit in which it is compared.
    #[must_use]
    pub fn of(number: Number, unit: Unit) -> Self {
        Self::Amount(Amount {
            number,
            multiplier: Number::ONE,
            unit,
            scale: Number::ONE,
        })
    }
}

/// A number with its unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount {
    /// The number with its multiplier (million, 亿), in the unit in which it is written.
    pub number: Number,
    /// The multiplier alone.
    pub multiplier: Number,
    /// What is measured.
    pub unit: Unit,
    /// How many of the unit of comparison one of the written unit is: 1/100 for %.
    pub scale: Number,
}

impl Amount {
    /// The number in the unit in which it is compared.
    #[must_use]
    pub fn compared(&self) -> Option<Number> {
        self.number.times(self.scale)
    }
}

/// What an amount measures.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Things, or nothing said.
    Things,
    /// A place in an order: 第八条, 51st.
    Place,
    /// A part of a whole: 30%, 三成, one-third.
    Share,
    /// Percentage points.
    Point,
    /// How many times as much.
    Times,
    /// What something became: doubled, 翻一番.
    Became,
    /// How many times as much was added: 增长两倍.
    TimesMore,
    /// Something else, by its name in the vocabulary: yuan, metre, month.
    Of(String),
}

impl Unit {
    /// Whether it is a span of time.
    pub(crate) fn is_time(&self) -> bool {
        matches!(self, Self::Of(name) if name == "month" || name == "day")
    }
}

/// How much the absence of a figure from the other language means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Nothing: `一`, `the first`, a year in a title. It may still be the counterpart of a firm one.
    Soft,
    /// A spelled-out small number, often said otherwise: 两个, `both`.
    Small,
    /// It must have a counterpart.
    Firm,
}

/// On which side of the number the truth lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// The number itself.
    Exact,
    /// That or more: 超过, 余, at least.
    Above,
    /// That or less: 不超过, 近, up to.
    Below,
    /// Near it: 约, about.
    About,
}

impl Bound {
    /// What it becomes by a negation: not more than is at most.
    #[must_use]
    pub(crate) fn opposite(self) -> Self {
        match self {
            Self::Above => Self::Below,
            Self::Below => Self::Above,
            other => other,
        }
    }
}

/// Every figure of a text, in order.
#[must_use]
pub fn read(text: &str, lang: Lang, words: &Vocabulary) -> Vec<Figure> {
    let mut figures = match lang {
        Lang::Zh => zh::read(text, words),
        Lang::En => en::read(text, words),
    };
    range::complete(text, lang, words, &mut figures);
    figures
}

/// A value of the data as a text would write it: with the unit, and never a year. 88 of `ten thousand
/// jobs` are 880,000.
#[must_use]
pub fn written(value: f64, unit: &str, lang: Lang, words: &Vocabulary) -> Option<Figure> {
    let text = match lang {
        Lang::Zh => format!("{value}{unit}"),
        Lang::En => format!("{value} {unit}"),
    };
    let amount = |figure: &Figure| matches!(figure.value, Value::Amount(_));
    let of_many = || many(value, read(unit, lang, words).into_iter().next()?);
    let found = of_many().or_else(|| read(&text, lang, words).into_iter().next());
    found.filter(amount).or_else(|| {
        let value = Value::of(Number::of(value)?, Unit::Things);
        Some(Figure::plain(value))
    })
}

/// So many of a unit that begins with a number itself: a thousand, or ten, a hundred, … times that.
/// Any other number in a unit names it (`20-foot containers`).
fn many(value: f64, unit: Figure) -> Option<Figure> {
    let Value::Amount(amount) = unit.value else {
        return None;
    };
    let mut power = 1_000;
    let size = amount.number.to_whole().filter(|_| unit.place.start == 0)?;
    while power < size {
        power *= 10;
    }
    let number = Number::of(value)?.times(amount.number)?;
    (power == size).then(|| {
        Figure::plain(Value::Amount(Amount {
            number,
            multiplier: amount.number,
            ..amount
        }))
    })
}
