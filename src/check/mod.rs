//! Everything that can be wrong with a report, as diagnostics, without building it.
