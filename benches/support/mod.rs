//! What the benchmarks ask about, and how they take the time.

pub(crate) mod baseline;
pub(crate) mod company;
pub(crate) mod measure;
pub(crate) mod memory;
pub(crate) mod organisation;
pub(crate) mod questions;
pub(crate) mod random;
