//! Reviews, held against single answers and against the oracle.

mod diff;
mod lint;
mod who_can;
