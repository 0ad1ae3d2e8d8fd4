//! Creating: there is no record yet, so the level decides whose it will be.

use std::fmt;

use crate::access::Access;
use crate::check::{Decision, Denial};
use crate::directory::{Department, User};
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::resolve::{self, NewRecord, View};
use crate::vocabulary::{Action, Place};

/// Whether a record may be created, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Creation {
    /// It may; this is who becomes its owner.
    Allowed(Responsible),
    /// It may not.
    Denied(Denial),
}

/// Who becomes the owner of a new record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Responsible {
    /// Its author, whoever was asked for: he may create for himself only (section 2.6 of the rights model).
    Author,
    /// Whoever was asked for, even outside the author's departments.
    Requested,
    /// Whoever was asked for, as long as he sits in this department or below: the author creates by a role that is confined to
    /// it.
    Within(Key<Department>),
    /// The absent person that the author stands in for.
    Absent(Key<User>),
}

/// What becomes of the record: the end of a sentence such as "allowed, and the record becomes his own".
impl fmt::Display for Responsible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Author => f.write_str("the record becomes his own"),
            Self::Requested => f.write_str("the record may become anybody's"),
            Self::Within(department) => {
                write!(f, "the record may become anybody's in {department} or below")
            }
            Self::Absent(absent) => write!(f, "the record becomes {absent}'s"),
        }
    }
}

impl Creation {
    /// Whether it may.
    #[must_use]
    pub const fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed(_))
    }

    /// The wider one, the first of two that are equally wide, or the denial that came further.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Denied(one), Self::Denied(other)) => Self::Denied(one.max(other)),
            (one, other) if other.width() > one.width() => other,
            (one, _) => one,
        }
    }

    fn width(&self) -> u8 {
        match self {
            Self::Denied(_) => 0,
            Self::Allowed(Responsible::Absent(_)) => 1,
            Self::Allowed(Responsible::Author) => 2,
            Self::Allowed(Responsible::Within(_)) => 3,
            Self::Allowed(Responsible::Requested) => 4,
        }
    }

    /// The owner that the new record gets, if it may be created. `access` is the one that was asked. Nobody, where the
    /// requested person sits outside of what the author's role is confined to.
    #[must_use]
    pub fn owner(&self, access: &Access<'_>, requested: Handle<User>) -> Option<Handle<User>> {
        let snapshot = access.snapshot();
        match self {
            Self::Allowed(Responsible::Author) => Some(access.user()),
            Self::Allowed(Responsible::Requested) => Some(requested),
            Self::Allowed(Responsible::Absent(absent)) => snapshot.user(absent),
            Self::Allowed(Responsible::Within(department)) => {
                let root = snapshot.departments.find(department)?;
                let sits = snapshot.departments.contain(root, &snapshot.people.departments_of(requested));
                sits.then_some(requested)
            }
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
    /// assert_eq!(creation.owner(&access, boris), Some(anna));
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    ///
    /// Where the viewer has several views, the widest answer counts: anybody's, anybody's in a department, his own, an absent
    /// person's. [`Access::create_for`] asks whether a record of one certain person may be created.
    pub fn create(&self, place: impl Into<Handle<Place>>) -> Creation {
        match self.creating(place.into()) {
            Ok((place, action)) => self.creation(place, action),
            Err(denial) => Creation::Denied(denial),
        }
    }

    /// Whether the viewer may create a record at this place that belongs to this user from the start.
    ///
    /// Unlike with [`Access::create`], level "own" does not make the record the author's: it is denied for anybody else. An owner
    /// whom the snapshot does not know is denied at every level ([`Denial::UnknownOwner`]): a record that is to be nobody's is asked
    /// about with [`Access::create`]. A dismissed user is known, and records can be his.
    pub fn create_for(&self, place: impl Into<Handle<Place>>, owner: impl Into<Handle<User>>) -> Decision {
        let owner = owner.into();
        match self.creating_for(place.into(), owner) {
            Ok((place, action)) => {
                let decisions = self.views().map(|view| created_for(&view, place, action, owner));
                decisions.reduce(Decision::better).unwrap_or(Decision::Denied(Denial::NothingGiven))
            }
            Err(denial) => Decision::Denied(denial),
        }
    }

    fn creating(&self, place: Handle<Place>) -> Result<(Ix<Place>, Ix<Action>), Denial> {
        self.bound(place, |rule| rule.creates_by).map(|(_, place, action)| (place, action))
    }

    /// As far as it can be asked without any right: an owner who is unknown is so whatever the viewer holds.
    pub(crate) fn creating_for(
        &self,
        place: Handle<Place>,
        owner: Handle<User>,
    ) -> Result<(Ix<Place>, Ix<Action>), Denial> {
        let asked = self.creating(place)?;
        self.snapshot().user_key(owner).map(|_| asked).ok_or(Denial::UnknownOwner)
    }

    pub(crate) fn creation(&self, place: Ix<Place>, action: Ix<Action>) -> Creation {
        let creations = self.views().map(|view| created(&view, place, action));
        creations.reduce(Creation::or).unwrap_or(Creation::Denied(Denial::NothingGiven))
    }
}

/// What creating comes to in one view.
pub(crate) fn created(view: &View<'_>, place: Ix<Place>, action: Ix<Action>) -> Creation {
    match resolve::decide_new_in(view, place, action) {
        NewRecord::NothingGiven => Creation::Denied(Denial::NothingGiven),
        NewRecord::Limited => Creation::Denied(Denial::Limited),
        NewRecord::Prerequisite => Creation::Denied(Denial::Prerequisite),
        NewRecord::OutOfReach => Creation::Denied(Denial::OutOfReach),
        NewRecord::OwnOnly => Creation::Allowed(himself(view)),
        NewRecord::Anybodys => Creation::Allowed(anybody(view)),
    }
}

/// Whom the author of a record is in this view.
fn himself(view: &View<'_>) -> Responsible {
    let absent = view.stand_in.and_then(|stand_in| view.viewer.snapshot.user_key(stand_in.absent));
    absent.cloned().map_or(Responsible::Author, Responsible::Absent)
}

/// Whose a record may become in this view.
fn anybody(view: &View<'_>) -> Responsible {
    let within = view.apart.and_then(|apart| apart.within.as_ref());
    within.map_or(Responsible::Requested, |(department, _)| Responsible::Within(department.clone()))
}

/// Whether this user may be the owner of what is created in this view.
pub(crate) fn created_for(
    view: &View<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
    owner: Handle<User>,
) -> Decision {
    let his = match created(view, place, action) {
        Creation::Denied(denial) => return Decision::Denied(denial),
        Creation::Allowed(Responsible::Author | Responsible::Absent(_)) => owner == view.viewer.handle(),
        Creation::Allowed(Responsible::Requested) => true,
        Creation::Allowed(Responsible::Within(_)) => view.contains(owner),
    };
    if his { Decision::Allowed } else { Decision::Denied(Denial::OutOfReach) }
}

impl From<Creation> for Decision {
    fn from(creation: Creation) -> Self {
        match creation {
            Creation::Allowed(_) => Self::Allowed,
            Creation::Denied(denial) => Self::Denied(denial),
        }
    }
}
