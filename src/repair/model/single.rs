//! Characters that are no words: marks, spaces, digits and letters, and what the model has never seen. In:
//! such a character, and the context before it. Out: its cost, and how the context moves on.
//!
//! A run of digits or of letters is one token, whatever it says: its first character costs what the
//! token does there, and the others are nearly free.

use super::super::classes::{self, EDGE, Kind, LATIN, NUMBER, Token, UNKNOWN};
use super::{Context, Model, UNSEEN};

/// Cost of one more digit or letter. They stand in the input as they are, nearly always, and so
/// weigh the same in all candidates.
const MORE: f32 = 2.3;
/// Cost of a digit's or letter's being full-width.
const WIDE: f32 = 5.0;
const SPACE: f32 = 1.0;
/// Cost of a full-width space where neither the line nor a space is before it.
const GAP: f32 = 6.0;
/// Cost of a mark's being typed in its other form, in ASCII or full-width.
const NARROW: f32 = 2.0;

/// What the model knows of a token without its context.
#[derive(Debug, Clone, Copy)]
struct Known {
    token: Token,
    alone: f32,
    extra: f32,
}

/// A run of digits, of letters or of spaces that a character may go on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Run {
    kind: Kind,
    /// Its last character is full-width.
    wide: bool,
}

impl Run {
    /// A number of its own, from 1 on.
    pub(crate) fn number(self) -> u8 {
        1 + 2 * self.kind as u8 + u8::from(self.wide)
    }
}

/// What the model knows of a single character without its context.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Single {
    kind: Kind,
    /// The run that it is part of, if it is a digit, a letter or a space.
    pub(crate) run: Option<Run>,
    narrow: Known,
    /// The mark that it stands for, if it is the ASCII form of one.
    wide: Option<Known>,
}

impl Single {
    /// Its cost without context.
    pub(crate) fn alone(&self) -> f32 {
        let cost = |known: &Known| known.alone + known.extra;
        let wide = self.wide.as_ref().map_or(f32::INFINITY, cost);
        match self.kind {
            Kind::Space => SPACE,
            _ => cost(&self.narrow).min(wide),
        }
    }
}

/// The token that a context moves on by (if it does), and whether the table may know it together with
/// the token before.
pub(crate) type Step = Option<(Token, bool)>;

impl Model<'_> {
    /// What is known of a character that is a token, or part of a class, by itself.
    pub(crate) fn single(&self, character: char) -> Single {
        let kind = classes::kind(character);
        let class = match kind {
            Kind::Digit => NUMBER,
            Kind::Letter => LATIN,
            Kind::Han | Kind::Mark | Kind::Space => classes::extend(classes::SEED, character),
        };
        let own = self.alone(class).map(|alone| (class, alone, 0.0));
        // `％` goes where `%` does.
        let narrow = classes::narrow(character).map(|form| classes::extend(classes::SEED, form));
        let as_narrow = || narrow.and_then(|token| Some((token, self.alone(token)?, NARROW)));
        let unknown = || (UNKNOWN, UNSEEN, classes::rarity(character));
        let (token, alone, rare) = own.or_else(as_narrow).unwrap_or_else(unknown);
        let extra = match class {
            NUMBER | LATIN if character.is_ascii() => MORE,
            NUMBER | LATIN => MORE + WIDE,
            _ => rare,
        };
        let known = |token, alone, extra| Known {
            token,
            alone,
            extra,
        };
        let run = Run {
            kind,
            wide: !character.is_ascii(),
        };
        Single {
            kind,
            run: matches!(kind, Kind::Digit | Kind::Letter | Kind::Space).then_some(run),
            narrow: known(token, alone, extra),
            wide: full_width(character).map(|wide| {
                let token = classes::extend(classes::SEED, wide);
                known(token, self.alone(token).unwrap_or(UNSEEN), NARROW)
            }),
        }
    }

    /// Cost of such a character, and the context after it; `inside` is the run that the character
    /// before was part of.
    pub(crate) fn mark(
        &self,
        context: &Context,
        single: &Single,
        inside: Option<Run>,
    ) -> (f32, Step) {
        if single.kind == Kind::Space {
            let goes_on = context.last == EDGE || inside.is_some_and(|run| run.kind == Kind::Space);
            let wide = single.run.is_some_and(|run| run.wide);
            return (if wide && !goes_on { GAP } else { SPACE }, None);
        }
        if let (Some(run), Some(before)) = (single.run, inside)
            && run.kind == before.kind
        {
            // Hardly anyone changes the width within a number.
            let changes = run.wide != before.wide;
            return (MORE + if changes { WIDE } else { 0.0 }, None);
        }
        let cost = |known: &Known| {
            let (cost, seen) = self.cost(context, known.token, known.alone);
            (cost + known.extra, Some((known.token, seen)))
        };
        let own = cost(&single.narrow);
        // A writer who types `,` means ，: what comes before and after is the same.
        match single.wide.as_ref().map(cost) {
            Some(wide) if wide.0 < own.0 => wide,
            _ => own,
        }
    }
}

/// The mark that Chinese text has for an ASCII one.
fn full_width(character: char) -> Option<char> {
    Some(match character {
        ',' => '，',
        '!' => '！',
        '?' => '？',
        ':' => '：',
        ';' => '；',
        '(' => '（',
        ')' => '）',
        _ => return None,
    })
}
