//! The report to HTML pages, SVG charts and feeds.

pub mod charts;
