//! Reviews, held against single answers and against the oracle.

mod classes;
mod diff;
mod ground;
mod lint;
mod lint_corners;
mod lint_time;
mod lints;
mod opened;
mod passing;
mod reduces;
mod repeated;
mod what_if;
mod who_can;
