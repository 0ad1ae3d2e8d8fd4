//! The types that have the shape of the documents, each convertible to and from the value that it stands for.
//!
//! Types of their own, so that the values of the lower floors know nothing of JSON, and so that a change of theirs does not
//! silently change a document that somebody keeps.
//!
//! Deliberately absent, because `serde` reads them less strictly: maps, untagged enums, flattened members.

pub(super) mod acl;
pub(super) mod change;
pub(super) mod claim;
pub(super) mod directory;
mod feature;
mod freedom;
mod hosting;
mod instant;
mod key;
mod ladder;
mod limit;
mod link;
pub(super) mod matrix;
pub(super) mod movement;
pub(super) mod nearest;
pub(super) mod ownership;
mod place;
pub(super) mod policy;
pub(super) mod reason;
mod relation;
mod responsible;
pub(super) mod restraint;
pub(super) mod route;
pub(super) mod share;
mod subject;
mod substitution;
mod ticket_group;
pub(super) mod view;
pub(super) mod vocabulary;

pub use instant::InstantProblem;

pub(super) use instant::WireInstant;
pub(super) use key::{WireKey, keys, wire_keys};
pub(super) use place::{WirePlace, places, wire_places};
pub(super) use responsible::WireResponsible;
pub(super) use subject::WireSubject;

/// For `skip_serializing_if`, which hands a reference.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is asked for by serde")]
pub(super) fn is_false(value: &bool) -> bool {
    !*value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is asked for by serde")]
pub(super) fn is_true(value: &bool) -> bool {
    *value
}

pub(super) fn default_true() -> bool {
    true
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
