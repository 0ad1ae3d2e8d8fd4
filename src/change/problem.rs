//! Why a change cannot be made.

use thiserror::Error;

/// Why a change cannot be made. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ChangeProblem {
    /// What is to be changed is not there.
    #[error("there is no {what} `{}`", key.escape_debug())]
    Unknown {
        /// What it would be.
        what: &'static str,
        /// Its key, or its words.
        key: String,
    },
    /// What is to be made is there already.
    #[error("{what} `{}` is there already", key.escape_debug())]
    AlreadyThere {
        /// What it is.
        what: &'static str,
        /// Its key, or its words.
        key: String,
    },
    /// What is to be removed is still needed. A limit on it is not removed along, for it would be lifted unsaid.
    #[error("{what} `{}` is needed by {by} `{}`, which must go first", key.escape_debug(), by_key.escape_debug())]
    Needed {
        /// What it is.
        what: &'static str,
        /// Its key.
        key: String,
        /// By what it is needed.
        by: &'static str,
        /// The key of that.
        by_key: String,
    },
    /// The owner of a social group can be replaced, and cannot leave.
    #[error("user `{}` owns social group `{}`, and somebody else must own it first", user.escape_debug(), group.escape_debug())]
    OwnerStays {
        /// The owner.
        user: String,
        /// The group.
        group: String,
    },
}

impl ChangeProblem {
    /// The stable code of this kind of problem.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "change-unknown",
            Self::AlreadyThere { .. } => "change-already-there",
            Self::Needed { .. } => "change-needed",
            Self::OwnerStays { .. } => "change-owner-stays",
        }
    }

    /// The keys concerned.
    pub fn keys(&self) -> Vec<&str> {
        match self {
            Self::Unknown { key, .. } | Self::AlreadyThere { key, .. } => vec![key],
            Self::Needed { key, by_key, .. } => vec![key, by_key],
            Self::OwnerStays { user, group } => vec![user, group],
        }
    }
}
