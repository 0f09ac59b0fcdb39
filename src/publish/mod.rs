//! Files to `output/`: staged, then swapped in whole.
