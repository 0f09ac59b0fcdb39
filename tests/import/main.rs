//! The import stage: cases as data for each step, whole imports in a folder, and what always holds.

#![allow(
    clippy::unwrap_used,
    reason = "a test may stop at what it did not expect"
)]

mod cases;
mod corrections;
mod journeys;
mod properties;
mod same_names;
mod stages;
