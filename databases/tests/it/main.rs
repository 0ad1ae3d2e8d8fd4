//! All tests with databases, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails panics"
)]

mod engines;
mod exhaustive;
mod links;
mod lists;
mod program;
mod worlds;
