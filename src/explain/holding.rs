//! Which roles somebody has, and how he comes to them.
//!
//! Its own file because it is about people and dates and knows no question: the same for every record.

use crate::directory::User;
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::moment::{Moment, Window};
use crate::policy::{Role, Subject};
use crate::snapshot::{Apart, Route, Snapshot};

/// A role that some assignment gives to the viewer, now or at another moment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Holding {
    /// The role.
    pub role: Key<Role>,
    /// How he comes to it. Never empty.
    pub ways: Vec<Way>,
}

/// One way from a user to a role: an assignment, and how he is in its subject.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Way {
    /// The number of the assignment in the policy, from 0.
    pub assignment: usize,
    /// To whom the role is assigned.
    pub to: Subject,
    /// How he is one of those.
    pub route: Route,
    /// When both hold: the assignment and the membership.
    pub window: Window,
    /// Whether that is now.
    pub when: When,
}

/// How a window lies to a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// The moment is inside.
    Now,
    /// It begins later.
    Later,
    /// It is over.
    Over,
    /// No moment is inside: the assignment and the membership do not meet.
    Never,
}

impl Holding {
    /// Whether he holds the role at the moment that was asked about.
    pub fn is_held(&self) -> bool {
        self.ways.iter().any(|way| way.when == When::Now)
    }
}

impl When {
    fn of(window: Window, at: Moment) -> Self {
        if window.is_empty() {
            Self::Never
        } else if window.contains(at) {
            Self::Now
        } else if window.first().is_some_and(|first| at < first) {
            Self::Later
        } else {
            Self::Over
        }
    }

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Later => "later",
            Self::Over => "over",
            Self::Never => "never",
        }
    }
}

/// All holdings of a user that belong to one view, in the order of the roles: what he holds apart in this way, or apart in
/// none.
pub(super) fn holdings(
    snapshot: &Snapshot,
    user: Handle<User>,
    at: Moment,
    apart: Option<&Apart>,
) -> Vec<Holding> {
    let traveller = snapshot.traveller(user);
    let mut ways: Vec<(Ix<Role>, Way)> = Vec::new();
    let grants = snapshot.grants.iter().enumerate();
    for (assignment, grant) in grants.filter(|(_, grant)| grant.apart.as_ref() == apart) {
        for route in snapshot.routes(traveller, &grant.to) {
            let window = grant.window.intersection(route.window());
            let when = When::of(window, at);
            ways.push((grant.role, Way { assignment, to: grant.to.clone(), route, window, when }));
        }
    }
    ways.sort_by_key(|(role, _)| *role);
    let same = ways.chunk_by(|(one, _), (other, _)| one == other);
    let holdings = same.filter_map(|ways| {
        let role = snapshot.roles.names.key(ways.first()?.0)?.clone();
        Some(Holding { role, ways: ways.iter().map(|(_, way)| way.clone()).collect() })
    });
    holdings.collect()
}
