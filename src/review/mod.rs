//! Reviews: what somebody may do in all, and what of it an edit would change.
//!
//! Deliberately absent: any rule. Everything here is heard from `resolve`, and told in the words of `reason`.

pub mod matrix;
