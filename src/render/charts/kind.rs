//! The shapes that figures can be drawn in, and the ways to lay each of them out.

use serde::Serialize;

use crate::content::data::Data;
use crate::diagnostic::{Diagnostic, did_you_mean};

/// The shapes in which figures can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Horizontal bars, one below the other.
    Bars,
    /// Vertical bars side by side: few, short names.
    Columns,
    /// Lines from left to right: values over time.
    Lines,
    /// Dots on a common scale, which need not begin at zero and may be logarithmic.
    Dots,
    /// One tile for each province-level division of China.
    Map,
    /// Dated events along a line.
    Timeline,
}

/// The order of bars and dots.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// As the data have it.
    #[default]
    Given,
    /// The largest first.
    Descending,
    /// The smallest first.
    Ascending,
}

/// How several series stand together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Several {
    /// Side by side in one chart.
    #[default]
    Together,
    /// On one bar.
    Stacked,
    /// Each in a small chart of its own.
    Panels,
}

/// What equal steps on a scale are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scale {
    /// Equal differences; small multiples share one scale, so that they can be compared.
    #[default]
    Linear,
    /// Equal factors.
    Log,
    /// Equal differences, and each small multiple has a scale of its own.
    Own,
}

/// What is wrong, and the key at which it stands.
pub(super) type Wrong = Box<(&'static str, Diagnostic)>;

/// How a shape is laid out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// The order of bars and dots.
    pub sort: Sort,
    /// How several series stand together.
    pub several: Several,
    /// The scale of the values.
    pub scale: Scale,
    /// The limits between the steps of a map.
    pub steps: Vec<f64>,
    /// A line of time for each region.
    pub by_region: bool,
}

impl Kind {
    const ALL: [Self; 6] = [
        Self::Bars,
        Self::Columns,
        Self::Lines,
        Self::Dots,
        Self::Map,
        Self::Timeline,
    ];

    /// The word in a `chart` block.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Bars => "bars",
            Self::Columns => "columns",
            Self::Lines => "lines",
            Self::Dots => "dots",
            Self::Map => "map",
            Self::Timeline => "timeline",
        }
    }

    pub(super) fn from_word(word: &str) -> Result<Self, Diagnostic> {
        one_of(word, &Self::ALL.map(|kind| (kind.word(), kind))).map_err(|hint| {
            Diagnostic::error(format!("there is no chart of kind `{word}`")).hint(hint)
        })
    }

    /// How figures are drawn when nothing is said.
    #[must_use]
    pub fn default_for(data: &Data) -> Self {
        match data {
            Data::Series(_) | Data::Table(_) => Self::Bars,
            Data::Events(_) => Self::Timeline,
            Data::Groups(_) => Self::Map,
        }
    }

    pub(super) fn fits(self, data: &Data) -> bool {
        match data {
            Data::Series(_) => self != Self::Timeline,
            Data::Table(table) => match self {
                Self::Timeline => false,
                Self::Map => table.series.len() == 1,
                _ => true,
            },
            Data::Events(_) => self == Self::Timeline,
            Data::Groups(_) => self == Self::Map,
        }
    }

    /// The kinds that can show these figures, for a hint: "`bars` or `columns`".
    pub(super) fn fitting(data: &Data) -> String {
        let fitting: Vec<Self> = Self::ALL
            .into_iter()
            .filter(|kind| kind.fits(data))
            .collect();
        Self::listed(&fitting)
    }

    fn listed(kinds: &[Self]) -> String {
        let words: Vec<String> = kinds
            .iter()
            .map(|kind| format!("`{}`", kind.word()))
            .collect();
        match words.as_slice() {
            [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
            _ => words.concat(),
        }
    }
}

impl Sort {
    pub(super) fn from_word(word: &str) -> Result<Self, Diagnostic> {
        let known = [
            ("given", Self::Given),
            ("descending", Self::Descending),
            ("ascending", Self::Ascending),
        ];
        one_of(word, &known)
            .map_err(|hint| Diagnostic::error(format!("there is no order `{word}`")).hint(hint))
    }
}

impl Layout {
    pub(super) fn scale(word: &str) -> Result<Scale, Diagnostic> {
        let known = [
            ("linear", Scale::Linear),
            ("log", Scale::Log),
            ("own", Scale::Own),
        ];
        one_of(word, &known)
            .map_err(|hint| Diagnostic::error(format!("there is no scale `{word}`")).hint(hint))
    }

    pub(super) fn by(word: &str) -> Result<bool, Diagnostic> {
        one_of(word, &[("region", true)])
            .map_err(|hint| Diagnostic::error(format!("`by: {word}` is not known")).hint(hint))
    }

    pub(super) fn is_stacked(&self) -> bool {
        self.several == Several::Stacked
    }

    pub(super) fn is_log(&self) -> bool {
        self.scale == Scale::Log
    }

    /// Whether the length of a bar means something else in each panel.
    pub(super) fn has_own_scales(&self) -> bool {
        self.scale == Scale::Own
    }

    pub(super) fn has_panels(&self) -> bool {
        self.several == Several::Panels
    }

    /// A key that is set and means nothing for the kind.
    pub(super) fn check(&self, kind: Kind) -> Result<(), Wrong> {
        use Kind::{Bars, Columns, Dots, Lines, Map, Timeline};
        let keys: [(&str, bool, &[Kind]); 6] = [
            ("sort", self.sort != Sort::Given, &[Bars, Columns, Dots]),
            ("stacked", self.is_stacked(), &[Bars, Columns]),
            ("panels", self.has_panels(), &[Bars, Columns, Lines, Dots]),
            ("scale", self.is_log(), &[Lines, Dots]),
            ("steps", !self.steps.is_empty(), &[Map]),
            ("by", self.by_region, &[Timeline]),
        ];
        for (key, is_set, kinds) in keys {
            if is_set && !kinds.contains(&kind) {
                let message = format!("`{key}:` means nothing for `kind: {}`", kind.word());
                let hint = match key {
                    "scale" => "the length of a bar is its value only on a scale from zero: use `kind: dots` or `lines`".to_owned(),
                    _ => format!("take it out, or use {}", Kind::listed(kinds)),
                };
                return Err(Box::new((key, Diagnostic::error(message).hint(hint))));
            }
        }
        if self.has_own_scales() && !self.has_panels() {
            let wrong = Diagnostic::error("`scale: own` is for small multiples")
                .hint("add `panels: true`, or take it out");
            return Err(Box::new(("scale", wrong)));
        }
        let ascends = self.steps.is_sorted_by(|a, b| a < b);
        if !ascends || self.steps.iter().any(|step| !step.is_finite()) {
            let wrong = Diagnostic::error("the steps don't go up")
                .hint("write the limits between the colours from low to high: [50, 100]");
            return Err(Box::new(("steps", wrong)));
        }
        if self.steps.len() >= MOST_STEPS {
            let wrong = Diagnostic::error(format!("a map has {MOST_STEPS} colours at most"))
                .hint(format!("write {} limits or fewer", MOST_STEPS - 1));
            return Err(Box::new(("steps", wrong)));
        }
        Ok(())
    }
}

/// More shades of one colour than these can't be told apart.
pub(super) const MOST_STEPS: usize = 5;

/// The value of a word, or a hint.
fn one_of<T: Copy>(word: &str, known: &[(&str, T)]) -> Result<T, String> {
    if let Some((_, value)) = known.iter().find(|(name, _)| *name == word) {
        return Ok(*value);
    }
    let words: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    Err(match did_you_mean(word, words.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of: {}", words.join(", ")),
    })
}
