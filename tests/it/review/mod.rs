//! Reviews, held against single answers and against the oracle.

mod who_can;
