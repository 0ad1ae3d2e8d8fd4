//! All integration tests, in one binary: every further one would link the crate again.

mod api;
