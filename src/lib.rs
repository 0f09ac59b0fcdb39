//! mingwen (明文, "clear text"): bilingual Chinese/English reports from sources that arrive broken.
//!
//! # The map
//! Two journeys, one direction, from `sources/` to `output/`:
//!
//! 1. [`import`]: a source document becomes Markdown and data. Its stages, in order: decode,
//!    [`repair`], normalise, sections, facts, write.
//! 2. A person edits `content/` and writes the translation.
//! 3. [`content`]: Markdown and data on disk become the report: pages in both languages.
//! 4. [`render`]: the report becomes HTML pages, SVG charts, sitemap.
//! 5. [`publish`]: all files are staged, then swapped into `output/` at once.
//!
//! [`check`] runs the same stages for what they have to say, and writes nothing; in
//! [`check::drift`] it compares the [`figures`] of both languages and of the data. [`cli`] holds one
//! small file for each command and is the only place that prints.
//!
//! # What always holds
//! - A stage knows nothing of the next; only the edges ([`cli`], [`publish`], the loaders) do I/O.
//! - Bad content is a [`diagnostic::Diagnostic`] and the rest goes on; a bad environment is an
//!   [`error::Error`]. Exit codes: 0 fine, 1 something wrong with the content, 2 the environment.
//! - The same inputs give the same bytes: no clock, no hash order, no network.

pub mod check;
pub mod cli;
pub mod config;
pub mod content;
pub mod dates;
pub mod diagnostic;
pub mod error;
pub mod figures;
pub mod import;
pub mod lang;
pub mod names;
pub mod publish;
pub mod render;
pub mod repair;
pub mod yaml;
