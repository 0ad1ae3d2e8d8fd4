//! What social groups that host a record say to an action that they open.

use std::fmt::{self, Formatter};

use crate::audience::{Audience, Operation};
use crate::directory::SocialGroup;
use crate::index::Ix;
use crate::key::Key;
use crate::policy::Rank;
use crate::resolve::{self, Admission, Record, View};
use crate::snapshot::Belonging;
use crate::vocabulary::{Action, Place};

/// A social group that hosts the record, and whether it lets the person as whom the view looks do the operation that opens the action.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hosting {
    /// The group.
    pub group: Key<SocialGroup>,
    /// The operation.
    pub operation: Key<Operation>,
    /// Who may do it in this group; nobody, if its feature is switched off.
    pub audience: Option<Audience>,
    /// His rank in the group, if he is a member.
    pub rank: Option<Rank>,
    /// What it comes to.
    pub admission: Admission,
}

/// What the groups that host a record say to an action at a place, in one view.
pub(super) fn hostings(
    view: &View<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
    record: &Record<'_>,
) -> Vec<Hosting> {
    let snapshot = view.viewer.snapshot;
    let Some(operation) = snapshot.offers.hosted_by(snapshot.places.entity(place), action) else {
        return Vec::new();
    };
    let groups = record.hosts().filter_map(|group| snapshot.membership.social_groups.accept(group));
    let hosting = |group| {
        let host = snapshot.hosts.host(group)?;
        let rank = match resolve::belonging(&view.viewer, host) {
            Belonging::Member(rank) => Some(rank),
            Belonging::Banned | Belonging::Outside => None,
        };
        Some(Hosting {
            group: snapshot.membership.social_groups.key(group)?.clone(),
            operation: snapshot.lexicon.operations.key(operation)?.clone(),
            audience: host.audience(operation),
            rank,
            admission: resolve::admission(&view.viewer, group, operation),
        })
    };
    groups.filter_map(hosting).collect()
}

impl fmt::Display for Hosting {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "    hosted by {}: {}", self.group, self.operation)?;
        if let Some(audience) = self.audience {
            write!(f, " is for {}", audience.code())?;
        }
        let rank = match self.rank {
            Some(Rank::Owner) => ", he is its owner",
            Some(Rank::Moderator) => ", he is a moderator",
            Some(Rank::Member) => ", he is a member",
            None => "",
        };
        writeln!(f, "{rank}: {}", self.admission.code())
    }
}
