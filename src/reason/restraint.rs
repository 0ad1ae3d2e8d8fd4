//! Which limits are on somebody, why they are, and whether they are in force.

use crate::directory::User;
use crate::key::{Handle, Key};
use crate::moment::Window;
use crate::policy::{Among, Limit, Subject};
use crate::reason::holding::When;
use crate::reason::relation::Relation;
use crate::snapshot::{LimitRule, Occasion, Route, Snapshot};
use crate::vocabulary::{Action, Circumstance, Place};

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
    /// The circumstances of which any lifts it.
    pub unless: Vec<Key<Circumstance>>,
    /// Those of them that were asserted.
    pub lifted_by: Vec<Key<Circumstance>>,
    /// The actions that it takes.
    pub actions: Among<Key<Action>>,
    /// Where it takes them.
    pub places: Among<Place>,
    /// What that is to the question. Nothing, where no single question is asked, as in a matrix, or where it got nowhere, as about
    /// a record that is unknown.
    pub bearing: Option<Bearing>,
}

/// What a limit is to a question, while it is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Bearing {
    /// It takes what is asked, or a prerequisite of it, there: while it is in force, the answer is a denial.
    Takes,
    /// It takes something else that the answer can rest on: the settings right that includes what is asked; the action elsewhere in
    /// the entity, where something stands for whoever has it anywhere; a right over a linked record that would open it.
    Narrows,
    /// Nothing of what it takes is in question: without it the answer is the same.
    Spares,
}

impl Bearing {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Takes => "takes",
            Self::Narrows => "narrows",
            Self::Spares => "spares",
        }
    }
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

/// All limits on a user, in the order of the policy, with what they are to the question. An administrator is not under those that
/// spare him.
pub(crate) fn restraints(
    snapshot: &Snapshot,
    user: Handle<User>,
    on: Occasion,
    bearing: impl Fn(&LimitRule) -> Option<Bearing>,
) -> Vec<Restraint> {
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
            unless: keys(rule.unless),
            lifted_by: keys(rule.unless.without(rule.unless.without(on.circumstances))),
            actions: rule.said.0.clone(),
            places: rule.said.1.clone(),
            bearing: bearing(rule),
        };
        (!restraint.ways.is_empty()).then_some(restraint)
    });
    restraints.collect()
}
