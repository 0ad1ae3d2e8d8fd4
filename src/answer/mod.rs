//! The words of an answer: allowed, denied and why, a set of actions.
//!
//! Below the questions, because they are peers that do not know each other and all of them answer in these words.

mod action_set;
mod decision;

pub use action_set::ActionSet;
pub use decision::{Decision, Denial};
