//! Explanations: that they cannot differ from the answers, that every reason in them is so, and how they read.

mod golden;
mod laws;
mod nearest;

pub(crate) use laws::bits;
