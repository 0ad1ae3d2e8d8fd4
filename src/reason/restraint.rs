//! Which limits are on somebody, why they are, and whether they are in force.

use crate::directory::User;
use crate::key::{Handle, Key};
use crate::moment::Window;
use crate::policy::{Limit, Subject};
use crate::reason::holding::When;
use crate::reason::relation::Relation;
use crate::snapshot::{LimitRule, Occasion, Route, Snapshot};
use crate::vocabulary::Circumstance;

/// A limit on the viewer, in force or not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Restraint {
    /// The limit.
    pub limit: Key<Limit>,
    /// Whom it is on.
    pub on: Subject,
    /// How he is one of those. Never empty.
    pub ways: Vec<Caught>,
    /// The circumstances that it needs.
    pub circumstances: Vec<Key<Circumstance>>,
    /// Those of them that were not asserted.
    pub missing: Vec<Key<Circumstance>>,
    /// The circumstances that lift it and were asserted.
    pub lifted_by: Vec<Key<Circumstance>>,
}

/// One way in which a limit is on somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Caught {
    /// How he is in its subject.
    pub route: Route,
    /// When that is so: while both the limit and the membership last.
    pub window: Window,
    /// Whether that is now.
    pub when: When,
}

/// What limits take of what was granted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cut {
    /// The limits, in the order of the policy.
    pub by: Vec<Key<Limit>>,
    /// The relations that would suffice without them.
    pub granted: Vec<Relation>,
}

impl Restraint {
    /// Whether it is in force on the occasion that was asked about.
    pub fn is_in_force(&self) -> bool {
        let now = self.ways.iter().any(|way| way.when == When::Now);
        now && self.missing.is_empty() && self.lifted_by.is_empty()
    }
}

/// All limits on a user, in the order of the policy. An administrator is not under those that spare him.
pub(crate) fn restraints(snapshot: &Snapshot, user: Handle<User>, on: Occasion) -> Vec<Restraint> {
    let traveller = snapshot.traveller(user);
    let spared = |rule: &LimitRule| rule.spares_administrators && traveller.is_administrator();
    let keys = |circumstances| snapshot.lexicon.circumstance_keys(circumstances);
    let rules = snapshot.limits.rules().filter(|(_, rule)| !spared(rule));
    let restraints = rules.filter_map(|(limit, rule)| {
        let routes = snapshot.routes(traveller, &rule.on).into_iter();
        let ways = routes.map(|route| {
            let window = rule.window.intersection(route.window());
            Caught { route, window, when: When::of(window, on.at) }
        });
        let restraint = Restraint {
            limit: snapshot.limits.names.key(limit)?.clone(),
            on: rule.on.clone(),
            ways: ways.collect(),
            circumstances: keys(rule.when),
            missing: keys(rule.when.without(on.circumstances)),
            lifted_by: keys(rule.unless.without(rule.unless.without(on.circumstances))),
        };
        (!restraint.ways.is_empty()).then_some(restraint)
    });
    restraints.collect()
}
