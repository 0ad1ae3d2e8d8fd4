//! Objects with lists of their own: what a scenario says of them and asks about them.

mod run;
mod wire;

pub(super) use run::Objects;
pub(super) use wire::{WireItem, items};

use std::fmt;

use super::Asker;
use crate::directory::User;
use crate::key::Key;
use crate::policy::Acl;
use crate::vocabulary::{Action, Ladder, Rung};

/// An object that a scenario asks about: a folder, a file, an element of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Item {
    /// Its key, by which questions name it.
    pub key: Key<Item>,
    /// Where it lies.
    pub place: ItemPlace,
    /// Who made it.
    pub author: Option<Key<User>>,
    /// Its own list.
    pub acl: Acl,
}

/// Where an object lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemPlace {
    /// It is a root, and the lists from it down are of this ladder.
    Root(Key<Ladder>),
    /// In this object, which the scenario declares before it.
    Inside(Key<Item>),
}

/// What is asked about an object.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ObjectAsk {
    /// May he do this with it?
    Check {
        /// The action.
        action: Key<Action>,
        /// The object.
        object: Key<Item>,
    },
    /// What may he do with it?
    Actions {
        /// The object.
        object: Key<Item>,
    },
    /// With which of the objects that lie right in it may he do this?
    List {
        /// The action.
        action: Key<Action>,
        /// In which object.
        inside: Key<Item>,
    },
    /// May he move it?
    Move {
        /// The object.
        object: Key<Item>,
        /// Into which object.
        into: Key<Item>,
    },
    /// May he hand out an entry for it?
    Share {
        /// The object.
        object: Key<Item>,
        /// At which rung.
        rung: Key<Rung>,
    },
}

impl ObjectAsk {
    /// The objects that it names, each with the name of its member in a document.
    pub(super) fn objects(&self) -> Vec<(&'static str, &Key<Item>)> {
        match self {
            Self::Check { object, .. } | Self::Actions { object } | Self::Share { object, .. } => {
                vec![("object", object)]
            }
            Self::List { inside, .. } => vec![("inside", inside)],
            Self::Move { object, into } => vec![("object", object), ("into", into)],
        }
    }

    /// The question in plain words.
    pub(super) fn told(&self, who: &Asker, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Check { action, object } => write!(f, "may {who} `{action}` object `{object}`?"),
            Self::Actions { object } => write!(f, "what may {who} do with object `{object}`?"),
            Self::List { action, inside } => {
                write!(f, "which objects in `{inside}` may {who} `{action}`?")
            }
            Self::Move { object, into } => write!(f, "may {who} move object `{object}` into `{into}`?"),
            Self::Share { object, rung } => write!(f, "may {who} share object `{object}` at `{rung}`?"),
        }
    }
}
