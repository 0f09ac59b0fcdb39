//! The report to HTML pages, SVG charts and feeds.
//!
//! In: a [`Report`](crate::content::Report). Out: every file of the site, into a [`site::Sink`].
//! [`markdown`] turns texts to HTML, [`charts`] figures to SVG, [`theme`] lays both out through the
//! [`views`]; [`site`] goes through all pages, in parallel.

pub mod charts;
mod extras;
mod figures;
mod frame;
pub mod markdown;
pub mod page;
mod parallel;
mod search;
pub mod site;
pub mod theme;
pub mod views;

pub use site::{Outcome, Sink};
pub use theme::Theme;
