//! The report to HTML pages, SVG charts and feeds.
//!
//! In: a [`Report`](crate::content::Report). Out: every file of the site, into a [`site::Sink`].
//! [`markdown`] turns texts to HTML, [`charts`] figures to SVG, [`theme`] lays both out through the
//! [`views`]; [`spots`] are the places where its pages stand; [`site`] goes through them all, in parallel.
//!
//! The editions of a text are [`page`] (one language), `parallel` (both, side by side), `print` (all
//! in one) and `restoration` (the sources as they were repaired). [`lists`] holds the pages that gather from others: [`glossary`], [`tags`] and
//! `timeline`. `search` writes the index, [`cite`] says how a page is cited, `appearance` what the
//! configuration changes of a theme, `embedded` which themes are in the program, `titles` where the lines
//! of a heading may break.

mod appearance;
mod authors;
pub mod charts;
pub mod cite;
mod embedded;
mod extras;
mod figure_links;
mod figures;
mod frame;
pub mod glossary;
pub mod lists;
pub mod markdown;
mod numbered;
pub mod page;
mod parallel;
mod print;
mod restoration;
mod search;
pub mod site;
pub mod spots;
pub mod tags;
pub mod theme;
mod timeline;
mod titles;
pub mod views;

pub use site::{Outcome, Sink};
pub use theme::Theme;
