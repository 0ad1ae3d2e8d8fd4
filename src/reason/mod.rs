//! The words that answers for people share: who, which role through which assignment, what it says and where, and which
//! relations that reaches.
//!
//! A floor of its own below the answers, because they are peers and all of them say why. [`Teller`] turns what `resolve` was
//! heard to do into these words.
//!
//! Deliberately absent: any question, and any rule.

mod basis;
mod claim;
mod holding;
mod perspective;
mod relation;
mod restraint;
mod teller;
mod text;
mod who;

pub use basis::{Basis, Cell, Effect, Said, SettingsRight, Spoken, Standing, Voice};
pub use claim::Claim;
pub use holding::{Holding, Way, When};
pub use perspective::Perspective;
pub use relation::Relation;
pub use restraint::{Bearing, Caught, Cut, Restraint};
pub use who::Who;

pub(crate) use claim::{all_claims, claims};
pub(crate) use holding::holdings;
pub(crate) use restraint::restraints;
pub(crate) use teller::{Teller, named};
pub(crate) use text::Listed;
