//! Who asked.

use crate::access::Access;
use crate::directory::User;
use crate::key::Key;
use crate::resolve::Nobody;

/// Who asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// This user.
    User(Key<User>),
    /// This user, who is dismissed.
    Dismissed(Key<User>),
    /// A visitor who has not signed in.
    Visitor,
    /// A user that the snapshot does not know.
    Unknown,
}

impl Who {
    /// Whose access it is.
    pub(crate) fn asks(access: &Access<'_>) -> Self {
        match (access.viewer(), access.snapshot().user_key(access.user()).cloned()) {
            (Ok(_) | Err(Nobody::UnknownCircumstance), Some(key)) => Self::User(key),
            (Ok(_) | Err(Nobody::UnknownCircumstance), None) => Self::Visitor,
            (Err(Nobody::Dismissed), Some(key)) => Self::Dismissed(key),
            (Err(Nobody::Dismissed | Nobody::Unknown), _) => Self::Unknown,
        }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Dismissed(_) => "dismissed",
            Self::Visitor => "visitor",
            Self::Unknown => "unknown",
        }
    }
}
