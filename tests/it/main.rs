//! All integration tests, in one binary: every further one would link the crate again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails panics"
)]

mod api;
mod corners;
mod generate;
mod laws;
mod oracle;
mod problems;
mod totality;
