//! Markdown on disk to the report: pages, languages, data.

pub mod data;
