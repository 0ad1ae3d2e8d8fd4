//! What lets somebody do something, with names.

use std::fmt;

use crate::key::Key;
use crate::policy::Role;
use crate::reason::{Listed, Perspective, Relation, named};
use crate::resolve::{Bypass, Lets};
use crate::snapshot::{Column, Snapshot};

/// What lets users do something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum By {
    /// They are administrators.
    Administrator,
    /// They hold the settings right, which includes it.
    Settings,
    /// These roles count, and reach the record by these relations.
    Roles {
        /// The roles.
        roles: Vec<Key<Role>>,
        /// The relations that hold.
        relations: Vec<Relation>,
    },
    /// These relations suffice, because these roles give the action somewhere in the entity.
    Standing {
        /// The roles.
        roles: Vec<Key<Role>>,
        /// The relations that hold.
        relations: Vec<Relation>,
    },
    /// They may do with a linked record what opens it.
    Linked,
    /// They are in the audience of a social group that hosts the record.
    Hosted,
    /// The record is shared with them.
    Shared,
    /// Another view than their own allows it: the first that does.
    OtherView {
        /// What makes it another. Why somebody stands in is left out: it lets nobody do anything.
        perspective: Perspective,
        /// What lets whoever has that view. Where they stand in for somebody, it is what lets the absent person.
        lets: Box<Self>,
    },
}

impl By {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Settings => "settings",
            Self::Roles { .. } => "roles",
            Self::Standing { .. } => "standing",
            Self::Linked => "linked",
            Self::Hosted => "hosted",
            Self::Shared => "shared",
            Self::OtherView { .. } => "other-view",
        }
    }

    /// What was found, with names.
    pub(super) fn of(snapshot: &Snapshot, found: Found) -> Self {
        let keys = |roles: &[Column]| -> Vec<Key<Role>> {
            let roles = roles.iter().filter_map(|role| snapshot.roles.names.key(role.role()?));
            roles.cloned().collect()
        };
        let by = match found.lets {
            Lets::Bypass(Bypass::Settings) => Self::Settings,
            Lets::Bypass(Bypass::Administrator | Bypass::MovesFreely) => Self::Administrator,
            Lets::Linked => Self::Linked,
            Lets::Hosted => Self::Hosted,
            Lets::Shared => Self::Shared,
            Lets::Roles(roles, met) => Self::Roles { roles: keys(&roles), relations: named(snapshot, met) },
            Lets::Standing(roles, met) => {
                Self::Standing { roles: keys(&roles), relations: named(snapshot, met) }
            }
        };
        match found.other {
            Some(perspective) => Self::OtherView { perspective, lets: Box::new(by) },
            None => by,
        }
    }
}

/// What lets somebody, and in which view, if not his own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Found {
    pub(super) lets: Lets,
    pub(super) other: Option<Perspective>,
}

impl From<Lets> for Found {
    fn from(lets: Lets) -> Self {
        Self { lets, other: None }
    }
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Administrator => f.write_str("as administrators"),
            Self::Settings => f.write_str("by the settings right"),
            Self::Linked => f.write_str("through a linked record"),
            Self::Hosted => f.write_str("through a social group that hosts the record"),
            Self::Shared => f.write_str("because the record is shared with them"),
            Self::Roles { roles, relations } => {
                write!(f, "by role {}: {}", Listed(roles, "and"), Listed(relations, "and"))
            }
            Self::Standing { roles, relations } => {
                let relations = Listed(relations, "and");
                write!(f, "by {relations}, because role {} gives it somewhere", Listed(roles, "and"))
            }
            Self::OtherView { perspective, lets } => {
                // What is told of people as "them" is told of one absent person here.
                match (&perspective.absent, &**lets) {
                    (Some(_), Self::Administrator) => write!(f, "{perspective}, who is an administrator"),
                    (Some(absent), Self::Shared) => {
                        write!(f, "{perspective}, because the record is shared with {absent}")
                    }
                    (_, lets) => write!(f, "{perspective}, {lets}"),
                }
            }
        }
    }
}
