//! All integration tests, in one binary: every further one would link the crate again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that fails panics"
)]

mod api;
mod changes;
mod codes;
mod corners;
#[cfg(feature = "document")]
mod documents;
mod explain;
mod generate;
mod golden;
#[cfg(all(feature = "sql", feature = "document"))]
mod hosts;
mod laws;
#[cfg(feature = "sql")]
mod links;
#[cfg(feature = "sql")]
mod mapping;
mod matrix;
mod oracle;
mod presets;
mod problems;
#[cfg(feature = "cli")]
mod program;
mod review;
#[cfg(feature = "document")]
mod scenarios;
#[cfg(feature = "sql")]
mod seats;
#[cfg(feature = "sql")]
mod shares;
mod sizes;
mod tidy;
mod totality;
#[cfg(all(feature = "sql", feature = "document"))]
mod whose;
