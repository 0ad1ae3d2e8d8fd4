//! Which roles somebody has, and how he comes to them.
//!
//! Its own file because it is about people and dates and knows no question: the same for every record.

use crate::directory::User;
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::moment::{Moment, Window};
use crate::policy::{Role, Subject};
use crate::snapshot::{Apart, Column, Occasion, Route, Snapshot};
use crate::vocabulary::Circumstance;

/// A role that some assignment gives to the viewer, now or at another moment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Holding {
    /// The role.
    pub role: Key<Role>,
    /// How he comes to it. Never empty.
    pub ways: Vec<Way>,
    /// The roles that he was given as well and that take the place of this one, so that he does not hold it.
    pub superseded_by: Vec<Key<Role>>,
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
    /// The circumstances that the assignment needs.
    pub circumstances: Vec<Key<Circumstance>>,
    /// Those of them that were not asserted.
    pub missing: Vec<Key<Circumstance>>,
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
    /// Whether he holds the role on the occasion that was asked about.
    pub fn is_held(&self) -> bool {
        self.is_given() && self.superseded_by.is_empty()
    }
}

impl Holding {
    /// Whether any way leads there.
    fn is_given(&self) -> bool {
        self.ways.iter().any(Way::is_open)
    }
}

impl Way {
    /// Whether it leads there now, in the circumstances that were asserted.
    pub fn is_open(&self) -> bool {
        self.when == When::Now && self.missing.is_empty()
    }
}

impl When {
    pub(super) fn of(window: Window, at: Moment) -> Self {
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
pub(crate) fn holdings(
    snapshot: &Snapshot,
    user: Handle<User>,
    on: Occasion,
    apart: Option<&Apart>,
) -> Vec<Holding> {
    let traveller = snapshot.traveller(user);
    let keys = |circumstances| snapshot.lexicon.circumstance_keys(circumstances);
    let mut ways: Vec<(Ix<Role>, Way)> = Vec::new();
    let himself = snapshot.people.position(user).zip(snapshot.people.key(user));
    let grants = snapshot.grants.of(himself).into_iter();
    for (assignment, grant) in grants.filter(|(_, grant)| grant.apart.as_ref() == apart) {
        for route in snapshot.routes(traveller, &grant.to) {
            let window = grant.terms.window.intersection(route.window());
            let way = Way {
                assignment,
                to: grant.to.clone(),
                route,
                window,
                when: When::of(window, on.at),
                circumstances: keys(grant.terms.when),
                missing: keys(grant.terms.when.without(on.circumstances)),
            };
            ways.push((grant.role, way));
        }
    }
    ways.sort_by_key(|(role, _)| *role);
    let same = ways.chunk_by(|(one, _), (other, _)| one == other);
    let holdings = same.filter_map(|ways| {
        let role = snapshot.roles.names.key(ways.first()?.0)?.clone();
        let ways = ways.iter().map(|(_, way)| way.clone()).collect();
        Some(Holding { role, ways, superseded_by: Vec::new() })
    });
    superseded(snapshot, holdings.collect())
}

/// The holdings, each with those of them that take its place.
fn superseded(snapshot: &Snapshot, mut holdings: Vec<Holding>) -> Vec<Holding> {
    let roles = &snapshot.roles;
    if roles.superseding.is_empty() {
        return holdings;
    }
    let given: Vec<Key<Role>> =
        holdings.iter().filter(|holding| holding.is_given()).map(|holding| holding.role.clone()).collect();
    for holding in holdings.iter_mut().filter(|holding| holding.is_given()) {
        let role = roles.names.find(holding.role.borrow()).into_iter();
        let by = role.flat_map(|role| roles.superseding.by(Column::of(role)));
        let by = by.filter_map(|by| roles.names.key(by.role()?)).filter(|by| given.contains(by));
        holding.superseded_by = by.cloned().collect();
    }
    holdings
}
