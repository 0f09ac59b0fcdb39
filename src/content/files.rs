//! The files of a report, as bytes and as text; what can't be read is a diagnostic with its place.

use std::path::Path;

use crate::diagnostic::{Diagnostic, line_column};

/// The text of a file of the report.
pub(super) fn read_text(root: &Path, file: &Path) -> Result<String, Box<Diagnostic>> {
    utf8(file, read_bytes(root, file)?)
}

/// The bytes of a file of the report.
pub(super) fn read_bytes(root: &Path, file: &Path) -> Result<Vec<u8>, Box<Diagnostic>> {
    std::fs::read(root.join(file)).map_err(|error| {
        Box::new(
            Diagnostic::error(format!("this can't be read: {error}"))
                .in_file(file)
                .hint("mend its permissions or remove it; the rest was read"),
        )
    })
}

/// Bytes as text.
pub(super) fn utf8(file: &Path, bytes: Vec<u8>) -> Result<String, Box<Diagnostic>> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default());
        let (line, column) = line_column(&before, before.len());
        Box::new(
            Diagnostic::error("the file is not UTF-8")
                .at(file, line, Some(column))
                .hint("save it as UTF-8; for a text from elsewhere, `mingwen import` finds its encoding"),
        )
    })
}
