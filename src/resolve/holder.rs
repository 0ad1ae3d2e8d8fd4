//! Who holds roles, as far as it matters for what they give.
//!
//! Everything that `resolve` says of a viewer's rights it says of any holder. There are two: the viewer, whoever he is, and
//! the ordinary one, who is two words long and is handed on in registers. It is the same walk for both; what
//! cannot be true of an ordinary holder the compiler leaves out.

use crate::index::Ix;
use crate::resolve::viewer::Viewer;
use crate::snapshot::{Column, Line, RoleSet, Said, Snapshot};
use crate::vocabulary::Place;

/// Somebody who holds roles, on one occasion.
pub(crate) trait Holder<'s>: Copy {
    fn snapshot(self) -> &'s Snapshot;

    /// Whether he is an administrator, and free in the entity that the place is in.
    fn is_free(self, place: Ix<Place>) -> bool;

    /// The viewer, if any limit is in force for him.
    fn limited(self) -> Option<Viewer<'s>>;

    /// The roles that are held; [`Column::NONE`] may be among them.
    fn roles(self) -> impl Iterator<Item = Column>;

    /// What they say, all of them.
    #[inline]
    fn says(self, line: Line<'_>) -> Said {
        self.roles().fold(Said::default(), |said, role| said.and(line.of(role)))
    }
}

/// Somebody like most: no administrator, not limited, and with few roles.
#[derive(Clone, Copy)]
pub(super) struct Ordinary<'s> {
    snapshot: &'s Snapshot,
    roles: RoleSet,
}

impl<'s> Ordinary<'s> {
    /// Whoever is like that and holds these roles, which are few.
    pub(super) fn holding(snapshot: &'s Snapshot, roles: RoleSet) -> Self {
        Self { snapshot, roles }
    }

    /// The viewer, if he is like that.
    #[inline(always)]
    pub(super) fn of(viewer: &Viewer<'s>) -> Option<Self> {
        let ordinary = Self { snapshot: viewer.snapshot, roles: viewer.roles.set() };
        (!viewer.is_special()).then_some(ordinary)
    }
}

impl<'s> Holder<'s> for Ordinary<'s> {
    #[inline(always)]
    fn snapshot(self) -> &'s Snapshot {
        self.snapshot
    }

    #[inline(always)]
    fn is_free(self, _: Ix<Place>) -> bool {
        false
    }

    #[inline(always)]
    fn limited(self) -> Option<Viewer<'s>> {
        None
    }

    #[inline(always)]
    fn roles(self) -> impl Iterator<Item = Column> {
        self.roles.columns().into_iter()
    }

    #[inline(always)]
    fn says(self, line: Line<'_>) -> Said {
        line.of_each(self.roles.columns())
    }
}

impl<'s> Holder<'s> for Viewer<'s> {
    fn snapshot(self) -> &'s Snapshot {
        self.snapshot
    }

    fn is_free(self, place: Ix<Place>) -> bool {
        Self::is_free(&self, place)
    }

    fn limited(self) -> Option<Viewer<'s>> {
        self.is_limited().then_some(self)
    }

    fn roles(self) -> impl Iterator<Item = Column> {
        self.snapshot.people.all_of(self.roles)
    }
}
