//! The rule, read naively: straight over a policy and a directory, with no index and no cache, to be read beside the
//! rights model and to be slow.
//!
//! It shares nothing with the library but the plain values that people write and the answers. A record is a [`Thing`]
//! here, described by keys. Deliberately absent: handles, numbers, sets of anything, and every shortcut.

mod acl;
pub(crate) mod delegation;
mod effect;
mod hosts;
mod limits;
mod parties;
pub(crate) mod until;
mod view;
mod views;
mod who;

use bailiwick::{
    Action, Circumstance, Entity, Flag, Key, Moment, Party, Pipeline, Principal, SocialGroup, Stage, Subject,
    User,
};

pub(crate) use acl::Placed;
pub(crate) use view::{View, place_of, upward};
pub(crate) use views::{Oracle, given_to};

/// A record as a row of a database describes it. Every key may be unknown.
#[derive(Clone, Debug)]
pub(crate) struct Thing {
    pub(crate) entity: Key<Entity>,
    pub(crate) pipeline: Option<Key<Pipeline>>,
    pub(crate) stage: Option<Key<Stage>>,
    pub(crate) owner: Option<Key<User>>,
    pub(crate) others: Vec<(Party, Principal)>,
    pub(crate) flags: Vec<Flag>,
    /// What it is linked to.
    pub(crate) links: Vec<Thing>,
    pub(crate) hosts: Vec<Key<SocialGroup>>,
    /// With whom it is shared, and for what.
    pub(crate) shares: Vec<(Subject, Vec<Key<Action>>)>,
}

/// Circumstances that are asserted; for the life of the tests, so that questions are copied freely.
pub(crate) type Asserted = &'static [Key<Circumstance>];

/// When something is asked, and in which circumstances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct On {
    pub(crate) at: Moment,
    pub(crate) asserted: Asserted,
}
