//! Markdown on disk to the report: pages, languages, data.

pub mod csv;
pub mod data;
pub mod file_text;
mod files;
pub mod front_matter;
pub mod glossary;
pub mod load;
pub mod picture;
mod read;
pub mod report;
mod svg;
pub mod table;

pub use load::{Load, load};
pub use report::Report;
