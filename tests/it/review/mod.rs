//! Reviews, held against single answers and against the oracle.

mod lint;
mod who_can;
