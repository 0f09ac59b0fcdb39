//! The report to HTML pages, SVG charts and feeds.

pub mod markdown;
pub mod views;
