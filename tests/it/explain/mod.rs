//! Explanations: that they cannot differ from the answers, that every reason in them is so, and how they read.

mod golden;
pub(crate) mod laws;
mod limits;
mod nearest;
