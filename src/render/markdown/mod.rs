//! Markdown to HTML.
//!
//! In: the body of a page. Out: HTML, the headings, and what is wrong with the text. Three steps:
//! [`cjk::mark`] makes Chinese emphasis readable to the parser, [`parse::parse`] gives events and an
//! outline (`addresses` makes links of bare addresses), [`html::render`] writes the HTML with [`links`]
//! resolved and footnotes collected. All pages are parsed before any is rendered, since a link may name
//! a heading of another page.

mod addresses;
pub mod blocks;
pub mod cjk;
mod events;
pub mod footnotes;
pub mod html;
pub mod links;
mod notes;
mod own;
pub mod parse;
mod pieces;
mod raw;
pub mod runs;
mod table;

pub use cjk::{Marked, mark};
pub use html::{Charts, Form, Rendered, Words, render};
pub use links::Links;
pub use parse::{Parsed, parse};
