//! The import stage: cases as data for each step, whole imports in a folder, and what always holds.

mod cases;
mod journeys;
mod properties;
mod stages;
