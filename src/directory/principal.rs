//! Whom a record can be bound to.

use std::fmt;

use crate::directory::{Department, User, UserGroup};
use crate::key::Key;

/// Somebody who can be a party of a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Principal {
    /// A user.
    User(Key<User>),
    /// A user group, and so everybody who is in it.
    UserGroup(Key<UserGroup>),
    /// A department.
    Department(Key<Department>),
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(key) => write!(f, "{key}"),
            Self::UserGroup(key) => write!(f, "user group {key}"),
            Self::Department(key) => write!(f, "department {key}"),
        }
    }
}
