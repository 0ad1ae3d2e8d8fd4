//! Creating: there is no record yet, so the level decides whose it will be.

use crate::access::Access;
use crate::check::{Decision, Denial};
use crate::directory::User;
use crate::key::Handle;
use crate::resolve::{self, NewRecord};
use crate::vocabulary::Place;

/// Whether a record may be created, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Creation {
    /// It may; this is who becomes its owner.
    Allowed(Responsible),
    /// It may not.
    Denied(Denial),
}

/// Who becomes the owner of a new record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Responsible {
    /// Its author, whoever was asked for: he may create for himself only (section 2.6 of the rights model).
    Author,
    /// Whoever was asked for, even outside the author's departments.
    Requested,
}

impl Creation {
    /// Whether it may.
    #[must_use]
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Allowed(_))
    }

    /// The owner that the new record gets, if it may be created.
    #[must_use]
    pub fn owner(self, author: Handle<User>, requested: Handle<User>) -> Option<Handle<User>> {
        match self {
            Self::Allowed(Responsible::Author) => Some(author),
            Self::Allowed(Responsible::Requested) => Some(requested),
            Self::Denied(_) => None,
        }
    }
}

impl Access<'_> {
    /// Whether the viewer may create a record at this place, and who becomes its owner.
    ///
    /// Needs the action that the vocabulary calls creating, at any level; at level "own" and nothing wider, the record
    /// becomes the author's. Prerequisites of creating, if the vocabulary has any, must be given at the place too.
    ///
    /// ```
    /// # use bailiwick::{crm, Assignment, Directory, Moment, Policy, Snapshot, Subject, User};
    /// # let directory = Directory::new().with(User::new("anna")).with(User::new("boris"));
    /// # let policy = Policy::new(crm::vocabulary()).roles(crm::roles());
    /// # let policy = policy.assign(Assignment::new(crm::MANAGER, Subject::SignedIn));
    /// # let snapshot = Snapshot::compile(&policy, &directory)?;
    /// # let (anna, boris) = (snapshot.user("anna").into(), snapshot.user("boris").into());
    /// # let access = snapshot.access(anna, Moment::from_unix_seconds(0));
    /// // A manager adds at level "own": what he adds is his, even if he asked for somebody else.
    /// let creation = access.create(crm::LEAD);
    /// assert_eq!(creation.owner(anna, boris), Some(anna));
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn create(&self, place: impl Into<Handle<Place>>) -> Creation {
        let (viewer, place, action) = match self.bound(place.into(), |rule| rule.creates_by) {
            Ok(question) => question,
            Err(denial) => return Creation::Denied(denial),
        };
        resolve::decide_new(viewer, place, action).into()
    }
}

impl From<NewRecord> for Creation {
    fn from(outcome: NewRecord) -> Self {
        match outcome {
            NewRecord::NothingGiven => Self::Denied(Denial::NothingGiven),
            NewRecord::Limited => Self::Denied(Denial::Limited),
            NewRecord::Prerequisite => Self::Denied(Denial::Prerequisite),
            NewRecord::OwnOnly => Self::Allowed(Responsible::Author),
            NewRecord::Anybodys => Self::Allowed(Responsible::Requested),
        }
    }
}

impl From<Creation> for Decision {
    fn from(creation: Creation) -> Self {
        match creation {
            Creation::Allowed(_) => Self::Allowed,
            Creation::Denied(denial) => Self::Denied(denial),
        }
    }
}
