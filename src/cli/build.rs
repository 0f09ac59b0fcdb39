//! `mingwen build`: the report to a site.

use std::path::Path;

use super::report::Reporter;
use crate::check;
use crate::content::load::Options;
use crate::diagnostic::{Diagnostic, slashed};
use crate::error::Result;
use crate::publish::Stage;

/// Builds the report in `root` into `output`; the old site stays if the new one is not fit to be
/// published.
pub(super) fn run(
    root: &Path,
    output: &Path,
    options: &Options,
    reporter: &Reporter,
) -> Result<Vec<Diagnostic>> {
    let (run, stage) = check::run(root, options, || Stage::new(root, output))?;
    match stage.filter(|_| run.publishable) {
        Some(stage) => {
            stage.publish()?;
            let index = output.join("index.html");
            reporter.say(&format!(
                "built {} pages: open {}",
                run.pages,
                slashed(&index)
            ));
        }
        None => reporter.say("nothing was built; what was there before is unchanged"),
    }
    Ok(run.diagnostics)
}
