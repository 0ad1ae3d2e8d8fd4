//! Who is asking, and how he stands to a record.

use smallvec::SmallVec;

use crate::directory::User;
use crate::index::Ix;
use crate::key::Handle;
use crate::moment::Moment;
use crate::resolve::record::{Participant, Record};
use crate::snapshot::{Column, Snapshot, Standing, Walk};
use crate::vocabulary::Relations;

/// One user at one moment: his roles, and where he sits.
#[derive(Clone, Debug)]
pub(crate) struct Viewer<'s> {
    pub(crate) snapshot: &'s Snapshot,
    handle: Handle<User>,
    standing: Standing,
    roles: Roles<'s>,
}

/// Almost everybody's roles are read where the snapshot keeps them; only roles with dates are gathered.
#[derive(Clone, Debug)]
enum Roles<'s> {
    Kept(&'s [Column]),
    Gathered(SmallVec<[Column; 8]>),
}

/// Why there is no viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nobody {
    Unknown,
    Dismissed,
}

impl<'s> Viewer<'s> {
    #[inline]
    pub(crate) fn new(snapshot: &'s Snapshot, user: Handle<User>, at: Moment) -> Result<Self, Nobody> {
        let row = snapshot.people.accept(user).ok_or(Nobody::Unknown)?;
        let standing = row.standing();
        if standing.is_dismissed() {
            return Err(Nobody::Dismissed);
        }
        let kept = snapshot.people.roles(row.roles());
        let live = snapshot.people.live(Ix::new(user.position), standing, at);
        let roles = if standing.is_dated() { Roles::of(kept, live) } else { Roles::Kept(kept) };
        Ok(Self { snapshot, handle: user, standing, roles })
    }

    /// A visitor who has not signed in: he holds what everyone holds, and no record is his.
    pub(crate) fn anonymous(snapshot: &'s Snapshot, at: Moment) -> Self {
        let kept = snapshot.people.roles(snapshot.people.anonymous());
        let roles = Roles::of(kept, snapshot.people.anonymous_live(at));
        Self { snapshot, handle: Handle::unknown(), standing: Standing::NOWHERE, roles }
    }

    #[inline]
    pub(crate) fn is_administrator(&self) -> bool {
        self.standing.is_administrator()
    }

    pub(crate) fn handle(&self) -> Handle<User> {
        self.handle
    }

    /// The active departments that the viewer sits in or heads.
    pub(crate) fn departments(&self) -> SmallVec<[Ix<Walk>; 4]> {
        self.snapshot.people.departments(self.standing)
    }

    /// The active departments that the viewer heads.
    pub(crate) fn headed(&self) -> &[Ix<Walk>] {
        self.snapshot.people.headed(self.standing)
    }

    #[inline]
    pub(crate) fn roles(&self) -> &[Column] {
        match &self.roles {
            Roles::Kept(roles) => roles,
            Roles::Gathered(roles) => roles,
        }
    }

    /// All the relations in which the viewer stands to the record.
    #[inline]
    pub(crate) fn stands_to(&self, record: &Record<'_>) -> Relations {
        record.parties().fold(record.common(), |stands, participant| stands | self.through(participant))
    }

    /// The relations that hold through one party.
    #[inline]
    pub(super) fn through(&self, participant: Participant) -> Relations {
        let Some(row) = self.snapshot.people.accept(participant.user) else { return Relations::empty() };
        let counts_for = self.snapshot.lexicon.counts_for(participant.party);
        let himself = participant.user == self.handle;
        let personal = when(himself, Relations::BY_DEPARTMENT.complement());
        counts_for & (personal | self.by_department(row.standing()))
    }

    /// How the departments of another user lie to the viewer's.
    #[inline]
    fn by_department(&self, other: Standing) -> Relations {
        match (self.standing.only_department(), other.only_department()) {
            (Some(mine), Some(others)) => self.one_to_one(mine, others),
            _ => self.many_to_many(other),
        }
    }

    /// The ordinary case, free of branches: a user who sits nowhere has a department that begins, ends and contains nothing.
    #[inline]
    fn one_to_one(&self, mine: Ix<Walk>, others: Ix<Walk>) -> Relations {
        let shared = mine == others && !self.standing.is_nowhere();
        let below = mine < others && others.position() < self.snapshot.departments.end(mine);
        when(shared, Relations::DEPARTMENT) | when(below, Relations::SUBDEPARTMENTS)
    }

    #[cold]
    fn many_to_many(&self, other: Standing) -> Relations {
        let others = self.snapshot.people.departments(other);
        let mine = self.departments();
        let pairs = mine.iter().flat_map(|mine| others.iter().map(move |others| (*mine, *others)));
        pairs.fold(Relations::empty(), |relations, (mine, others)| relations | self.lies(mine, others))
    }

    /// How one department of another user lies to one of the viewer's.
    pub(super) fn lies(&self, mine: Ix<Walk>, others: Ix<Walk>) -> Relations {
        let inside = mine <= others && others.position() < self.snapshot.departments.end(mine);
        let same = mine == others;
        when(same, Relations::DEPARTMENT)
            | when(inside && !same, Relations::SUBDEPARTMENTS)
            | when(inside && self.headed().contains(&mine), Relations::SUBORDINATES)
    }
}

impl<'s> Roles<'s> {
    fn of(kept: &'s [Column], live: impl Iterator<Item = Column>) -> Self {
        let mut roles: SmallVec<[Column; 8]> = kept.iter().copied().chain(live).collect();
        roles.sort_unstable();
        roles.dedup();
        Self::Gathered(roles)
    }
}

/// The relation, if the condition holds; without a branch.
#[inline]
fn when(holds: bool, relation: Relations) -> Relations {
    Relations::from_bits_retain(relation.bits() * u32::from(holds))
}
