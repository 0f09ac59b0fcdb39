//! What is wrong with the environment: a path that can't be read or written, a wrong argument.
//!
//! Any of these ends the command with exit code 2. What is wrong with a person's *content* is a
//! [`Diagnostic`](crate::diagnostic::Diagnostic) instead, and lets the rest go on.

use std::io;
use std::path::{Path, PathBuf};

/// The result of whatever touches the environment.
pub type Result<T> = std::result::Result<T, Error>;

/// Trouble that no edit of the content can mend.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read.
    #[error("can't read {}: {source}", path.display())]
    Read {
        /// What was to be read.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file or folder could not be written.
    #[error("can't write {}: {source}", path.display())]
    Write {
        /// What was to be written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A wrong argument, or a folder that is not what the command needs.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        hint: String,
    },
}

impl Error {
    /// Wraps what the system said about reading `path`.
    pub fn read(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Read {
            path: path.as_ref().to_owned(),
            source,
        }
    }

    /// Wraps what the system said about writing `path`.
    pub fn write(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Write {
            path: path.as_ref().to_owned(),
            source,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &str {
        match self {
            Self::Usage { hint, .. } => hint,
            Self::Read { source, .. } | Self::Write { source, .. } => remedy(source.kind()),
        }
    }

    /// Whether the reader of our output has gone, as in `mingwen repair FILE | head -1`.
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Write { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
    }

    /// A wrong argument or folder, and what to do.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage {
            message: message.into(),
            hint: hint.into(),
        }
    }
}

fn remedy(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::NotFound => {
            "check the spelling; a relative path starts where mingwen is run"
        }
        io::ErrorKind::PermissionDenied => {
            "change its permissions, or those of the folder that it is in"
        }
        io::ErrorKind::IsADirectory => "a file is needed here, and this is a folder",
        io::ErrorKind::NotADirectory => {
            "a file stands where a folder is needed: move it away, or name another path"
        }
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::StorageFull => {
            "free space, or work on a disk that can be written"
        }
        io::ErrorKind::InvalidData => "save it as UTF-8",
        _ => "mend what the system says, or choose another path",
    }
}
