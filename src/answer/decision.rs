//! Allowed, or denied and why.

use std::fmt;

use crate::resolve::acl::Judged;
use crate::resolve::{Nobody, Outcome};

/// The answer to a question: allowed, or denied with the reason. One byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub enum Decision {
    /// He may.
    Allowed,
    /// He may not.
    Denied(Denial),
}

/// Why something is denied. The codes are stable, so that an application can translate them.
///
/// In the order in which a question gets stuck. Where a viewer has several views, the denial of the one that came furthest is
/// given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Denial {
    /// The snapshot does not know the viewer.
    UnknownUser,
    /// The viewer is dismissed.
    Dismissed,
    /// The access was made in a circumstance that the vocabulary does not have. Ignoring it could lift a limit.
    UnknownCircumstance,
    /// The snapshot does not know where the record is: not even its entity.
    UnknownPlace,
    /// The vocabulary does not have the ladder of the object's list.
    UnknownLadder,
    /// The vocabulary does not have the action.
    UnknownAction,
    /// The entity or the ladder does not admit the action, or names no action for the purpose.
    NotOffered,
    /// The snapshot does not know the user whose the new record is to be.
    UnknownOwner,
    /// The ladder of the object's list refuses visitors who have not signed in.
    NotSignedIn,
    /// None of the viewer's roles gives the action here, or one says "none" explicitly, and no relation stands for him (see
    /// [`Offer::standing`](crate::Offer)).
    NothingGiven,
    /// No entry of the object's own list, or of those above it, gives the action to the viewer and is left.
    NotListed,
    /// The level given here, or the relation that stands for whoever has the action elsewhere in the entity, does not reach
    /// this record.
    OutOfReach,
    /// The rights that he has would allow it, and a limit takes it away.
    Limited,
    /// Another action that this one requires is denied with this record.
    Prerequisite,
    /// The transition right does not lead to that stage.
    NoTransition,
    /// The policy does not have the role.
    UnknownRole,
    /// The role gives what the viewer does not have himself.
    ExceedsOwnRights,
}

impl Decision {
    /// Whether he may.
    #[inline]
    #[must_use]
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Allowed)
    }

    /// Whether he may not.
    #[inline]
    #[must_use]
    pub const fn is_denied(self) -> bool {
        !self.is_allowed()
    }

    /// The better of the answers in two views: an allowed one, or the denial that came further.
    pub(crate) fn better(self, other: Self) -> Self {
        match (self, other) {
            (Self::Denied(one), Self::Denied(other)) => Self::Denied(one.max(other)),
            (Self::Allowed, _) | (_, Self::Allowed) => Self::Allowed,
        }
    }

    /// Why not, if not.
    #[must_use]
    pub const fn denial(self) -> Option<Denial> {
        match self {
            Self::Allowed => None,
            Self::Denied(denial) => Some(denial),
        }
    }
}

impl Denial {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownUser => "unknown-user",
            Self::Dismissed => "dismissed",
            Self::UnknownCircumstance => "unknown-circumstance",
            Self::UnknownPlace => "unknown-place",
            Self::UnknownLadder => "unknown-ladder",
            Self::UnknownAction => "unknown-action",
            Self::NotOffered => "not-offered",
            Self::UnknownOwner => "unknown-owner",
            Self::NotSignedIn => "not-signed-in",
            Self::NothingGiven => "nothing-given",
            Self::NotListed => "not-listed",
            Self::OutOfReach => "out-of-reach",
            Self::Limited => "limited",
            Self::Prerequisite => "prerequisite",
            Self::NoTransition => "no-transition",
            Self::UnknownRole => "unknown-role",
            Self::ExceedsOwnRights => "exceeds-own-rights",
        }
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownUser => "the user is unknown",
            Self::Dismissed => "the user is dismissed",
            Self::UnknownCircumstance => "a circumstance of the access is unknown",
            Self::UnknownPlace => "the record's entity is unknown",
            Self::UnknownLadder => "the ladder of the object's list is unknown",
            Self::UnknownAction => "the action is unknown",
            Self::NotOffered => "the entity does not admit the action",
            Self::UnknownOwner => "the owner of the new record is unknown",
            Self::NotSignedIn => "visitors who have not signed in are refused",
            Self::NothingGiven => "no role gives the action here",
            Self::NotListed => "no entry of the lists gives the action",
            Self::OutOfReach => "the level given does not reach this record",
            Self::Limited => "a limit takes it away",
            Self::Prerequisite => "an action that this one requires is denied",
            Self::NoTransition => "no transition leads to that stage",
            Self::UnknownRole => "the role is unknown",
            Self::ExceedsOwnRights => "the role gives what he does not have",
        })
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allowed => f.write_str("allowed"),
            Self::Denied(denial) => write!(f, "denied: {denial}"),
        }
    }
}

impl From<Nobody> for Denial {
    fn from(nobody: Nobody) -> Self {
        match nobody {
            Nobody::Unknown => Self::UnknownUser,
            Nobody::Dismissed => Self::Dismissed,
            Nobody::UnknownCircumstance => Self::UnknownCircumstance,
        }
    }
}

impl From<Outcome> for Decision {
    #[inline]
    fn from(outcome: Outcome) -> Self {
        Self::Denied(match outcome {
            Outcome::Allowed => return Self::Allowed,
            Outcome::NotOffered => Denial::NotOffered,
            Outcome::NothingGiven => Denial::NothingGiven,
            Outcome::OutOfReach => Denial::OutOfReach,
            Outcome::Limited => Denial::Limited,
            Outcome::Prerequisite => Denial::Prerequisite,
        })
    }
}

impl From<Judged> for Decision {
    #[inline]
    fn from(judged: Judged) -> Self {
        Self::Denied(match judged {
            Judged::Allowed => return Self::Allowed,
            Judged::NotOffered => Denial::NotOffered,
            Judged::NotSignedIn => Denial::NotSignedIn,
            Judged::NotListed => Denial::NotListed,
            Judged::Limited => Denial::Limited,
        })
    }
}
