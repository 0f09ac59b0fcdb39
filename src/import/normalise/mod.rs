//! Readable text to text as an editor would type it: named fixers, in a fixed order.
//!
//! In: one line, and which fixers are on. Out: the line, and how many characters each fixer
//! changed. Promise: each fixer is idempotent, all together are, and a fixer that is switched off
//! in `site.yaml` leaves no trace.

mod noise;
mod punctuation;
mod spaces;
mod width;

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::{Diagnostic, did_you_mean};

/// A named change.
#[derive(Debug, Clone, Copy)]
pub struct Fixer {
    /// What it is called in `site.yaml` and in the import record.
    pub name: &'static str,
    /// What it does, in a few words.
    pub about: &'static str,
    /// The change itself: a line to a line.
    pub fix: fn(&str) -> String,
}

/// All fixers in the order in which they run: each may rely on those before it.
pub const FIXERS: [Fixer; 4] = [
    Fixer {
        name: "noise",
        about: "takes out invisible characters, odd spaces, indentation",
        fix: noise::fix,
    },
    Fixer {
        name: "width",
        about: "full-width letters and digits to ASCII",
        fix: width::fix,
    },
    Fixer {
        name: "punctuation",
        about: "half-width , : ; ! ? ( ) beside Chinese characters to full width",
        fix: |line| in_columns(line, punctuation::fix),
    },
    Fixer {
        name: "join-spaces",
        about: "takes out stray spaces between Chinese characters",
        fix: |line| in_columns(line, spaces::fix),
    },
];

/// Columns of a table, between tabs, are texts of their own: nothing in one says what a mark or a
/// space in the next is for.
fn in_columns(line: &str, fix: fn(&str) -> String) -> String {
    let columns: Vec<String> = line.split('\t').map(fix).collect();
    columns.join("\t")
}

/// The fixers that are on.
#[derive(Debug, Clone)]
pub struct Fixers(Vec<Fixer>);

impl Default for Fixers {
    fn default() -> Self {
        Self(FIXERS.to_vec())
    }
}

impl Fixers {
    /// All fixers but those switched off, and what is wrong with the switches.
    #[must_use]
    pub fn switched(switches: &BTreeMap<String, bool>) -> (Self, Vec<Diagnostic>) {
        let on = FIXERS
            .into_iter()
            .filter(|fixer| switches.get(fixer.name) != Some(&false))
            .collect();
        let unknown = switches
            .keys()
            .filter(|name| FIXERS.iter().all(|fixer| fixer.name != **name));
        (Self(on), unknown.map(|name| unknown_fixer(name)).collect())
    }

    /// Runs them over one line.
    #[must_use]
    pub fn fix(&self, line: &str) -> Fixed {
        let mut fixed = Fixed {
            text: line.to_owned(),
            by: Vec::new(),
        };
        for fixer in &self.0 {
            let text = (fixer.fix)(&fixed.text);
            if text != fixed.text {
                fixed.by.push(fixer.name);
                fixed.text = text;
            }
        }
        fixed
    }
}

/// A line after the fixers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// The names of the fixers that changed it.
    pub by: Vec<&'static str>,
}

fn unknown_fixer(name: &str) -> Diagnostic {
    let names = || FIXERS.iter().map(|fixer| fixer.name);
    let hint = match did_you_mean(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the fixers are: {}", names().collect::<Vec<_>>().join(", ")),
    };
    Diagnostic::error(format!("unknown fixer `{name}` under `import: fixers:`"))
        .in_file(Path::new(crate::config::FILE))
        .hint(hint)
}
