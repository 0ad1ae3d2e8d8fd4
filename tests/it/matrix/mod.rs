//! The matrix of everything that somebody may do.

mod eyes;
mod golden;
mod hostile;
pub(crate) mod laws;
