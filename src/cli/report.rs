//! How a command speaks: results on standard output, troubles on standard error.

use std::io::Write;
use std::process::ExitCode;

use super::{Common, Format};
use crate::diagnostic::{Diagnostic, Severity, any_error};
use crate::error::Error;

/// Prints what a command has to say.
pub(super) struct Reporter {
    quiet: bool,
    format: Format,
}

impl Reporter {
    pub(super) fn new(common: &Common) -> Self {
        Self {
            quiet: common.quiet,
            format: common.format,
        }
    }

    /// A line about what was done, unless the caller wants it quiet or reads by machine.
    pub(super) fn say(&self, line: &str) {
        if !self.quiet && self.format == Format::Text {
            // Standard output may be closed: `mingwen build | head -1`.
            let _ = writeln!(std::io::stdout().lock(), "{line}");
        }
    }

    /// Where to write at length about what was done.
    pub(super) fn out(&self) -> Box<dyn Write> {
        if self.quiet || self.format == Format::Json {
            Box::new(std::io::sink())
        } else {
            Box::new(std::io::stdout())
        }
    }

    /// Prints all that is wrong; the exit code says whether any of it is an error.
    pub(super) fn finish(&self, diagnostics: &[Diagnostic]) -> ExitCode {
        let mut out = std::io::stderr().lock();
        for diagnostic in diagnostics {
            if self.quiet && diagnostic.severity == Severity::Note {
                continue;
            }
            let _ = match self.format {
                Format::Text => writeln!(out, "{diagnostic}"),
                Format::Json => writeln!(out, "{}", json(diagnostic)),
            };
        }
        self.count(diagnostics, &mut out);
        if any_error(diagnostics) {
            ExitCode::from(1)
        } else {
            ExitCode::SUCCESS
        }
    }

    fn count(&self, diagnostics: &[Diagnostic], out: &mut impl Write) {
        let of = |severity| {
            diagnostics
                .iter()
                .filter(|d| d.severity == severity)
                .count()
        };
        let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
        if self.format == Format::Text && errors + warnings > 1 {
            let of = |count: usize, word: &str| match count {
                1 => format!("1 {word}"),
                _ => format!("{count} {word}s"),
            };
            let (errors, warnings) = (of(errors, "error"), of(warnings, "warning"));
            let _ = writeln!(out, "{errors}, {warnings}");
        }
    }

    /// Prints trouble with the environment.
    pub(super) fn fail(&self, error: &Error) -> ExitCode {
        if error.is_closed_pipe() {
            return ExitCode::SUCCESS;
        }
        let diagnostic = Diagnostic::error(error.to_string()).hint(error.hint());
        let mut out = std::io::stderr().lock();
        let _ = match self.format {
            Format::Text => writeln!(out, "{diagnostic}"),
            Format::Json => writeln!(out, "{}", json(&diagnostic)),
        };
        ExitCode::from(2)
    }
}

fn json(diagnostic: &Diagnostic) -> String {
    serde_json::to_string(diagnostic).unwrap_or_default()
}
