//! Everything that can be wrong with a report, as diagnostics, without building it.
//!
//! In: a report's folder. Out: what `build` would say. Promise: the same stages run as in a build,
//! so the two can't disagree; nothing is written.

pub mod drift;

use std::path::Path;

use crate::content::load::Options;
use crate::content::{self, Load, Report};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::error::Result;
use crate::publish::Discard;
use crate::render::{self, Outcome, Sink, Theme};

/// What came of going through a report.
#[derive(Debug, Default)]
pub struct Run {
    /// All that is wrong, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Texts that were read: Markdown files in `content/`.
    pub texts: usize,
    /// Pages that were rendered of them and of the data and sources.
    pub pages: usize,
    /// Whether the site is fit to be published: what is wrong is in single pages.
    pub publishable: bool,
}

/// Loads a report and renders it into a sink, which is made when there is something to put in.
///
/// # Errors
/// What is wrong with the environment.
pub fn run<S: Sink>(
    root: &Path,
    options: &Options,
    sink: impl FnOnce() -> Result<S>,
) -> Result<(Run, Option<S>)> {
    go(root, options, Severity::Warning, sink)
}

/// Figures that drift apart keep nothing from being built, but `check` fails for them.
fn go<S: Sink>(
    root: &Path,
    options: &Options,
    drift: Severity,
    sink: impl FnOnce() -> Result<S>,
) -> Result<(Run, Option<S>)> {
    let Load {
        report,
        mut diagnostics,
    } = content::load(root, options)?;
    let config_failed = diagnostics.iter().any(is_about_config);
    let theme = match Theme::load(root, &report.config.theme) {
        Ok(theme) => theme,
        Err(wrong) => {
            diagnostics.extend(wrong);
            return Ok((
                finish(diagnostics, Outcome::default(), &report, false),
                None,
            ));
        }
    };
    let sink = sink()?;
    let outcome = render::site::render(&report, &theme, &sink)?;
    diagnostics.extend(drift::compare(&report, drift));
    // A mistake in the template of charts comes from the pages that hold one.
    let theme_failed = outcome.theme_failed || outcome.diagnostics.iter().any(is_about_theme);
    let publishable = !theme_failed && !config_failed;
    Ok((
        finish(diagnostics, outcome, &report, publishable),
        Some(sink),
    ))
}

/// Goes through a report and writes nothing.
///
/// # Errors
/// What is wrong with the environment.
pub fn check(root: &Path, options: &Options) -> Result<Run> {
    go(root, options, Severity::Error, || Ok(Discard)).map(|(run, _)| run)
}

/// A configuration that can't be read would give a site without its title and languages.
fn is_about_config(diagnostic: &Diagnostic) -> bool {
    is_error_in(diagnostic, |file| file == Path::new(crate::config::FILE))
}

fn is_about_theme(diagnostic: &Diagnostic) -> bool {
    is_error_in(diagnostic, |file| file.starts_with(render::theme::THEMES))
}

fn is_error_in(diagnostic: &Diagnostic, is_it: impl Fn(&Path) -> bool) -> bool {
    diagnostic.severity == Severity::Error
        && diagnostic
            .place
            .as_ref()
            .is_some_and(|place| is_it(&place.file))
}

fn finish(
    mut diagnostics: Vec<Diagnostic>,
    outcome: Outcome,
    report: &Report,
    publishable: bool,
) -> Run {
    diagnostics.extend(outcome.diagnostics);
    diagnostic::sort(&mut diagnostics);
    diagnostics.dedup();
    Run {
        diagnostics,
        texts: report.pages.len(),
        pages: outcome.pages,
        publishable,
    }
}
