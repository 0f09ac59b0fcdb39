//! Markdown on disk to the report: pages, languages, data.

pub mod data;
pub mod front_matter;
pub mod glossary;
pub mod load;
pub mod report;

pub use load::{Load, load};
pub use report::Report;
