//! Which of several remedies is the nearest.

use std::collections::BTreeMap;

use crate::change::Change;
use crate::directory::Directory;
use crate::explain::nearest::cut::Cut;
use crate::explain::nearest::matter::Matter;
use crate::explain::nearest::search::{Candidate, Size};
use crate::explain::nearest::{NearestGrant, NearestGrants};
use crate::index::Ix;
use crate::key::Key;
use crate::policy::{Policy, Right, Role, Targets};
use crate::snapshot::Snapshot;
use crate::vocabulary::{Place, Relations};

/// Weighs sets of changes.
pub(super) struct Ranks<'a> {
    matter: &'a Matter<'a>,
    /// With all rights of all roles, to count what a membership brings besides.
    whole: Cut,
}

impl<'a> Ranks<'a> {
    pub(super) fn new(matter: &'a Matter<'a>, policy: &'a Policy, directory: &Directory) -> Self {
        Self { matter, whole: Cut::with_all_roles(matter, policy, directory) }
    }

    /// The sets as grants, the nearest first. What comes first among the candidates comes first among equals.
    pub(super) fn in_order(&self, mut into: NearestGrants, found: Vec<Vec<&Candidate>>) -> NearestGrants {
        let mut people = BTreeMap::new();
        let before = self.given_by(self.whole.changed(&[]));
        let mut ranked: Vec<_> = found
            .into_iter()
            .map(|set| {
                let roles = changed_roles(&set);
                let touched = *people.entry(roles.clone()).or_insert_with(|| self.touched(&roles));
                let given = set.iter().fold(Given::default(), |all, it| all.plus(self.given(it, before)));
                ((set.len(), touched, given), set)
            })
            .collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let grants = ranked.into_iter().map(|((_, people, ..), set)| NearestGrant {
            changes: set.into_iter().map(|it| it.change.clone()).collect(),
            people,
        });
        into.grants = grants.collect();
        into
    }

    /// How many users a change of these roles touches, with the viewer.
    fn touched(&self, roles: &[Key<Role>]) -> usize {
        let snapshot = self.matter.access.snapshot();
        if roles.is_empty() {
            1
        } else {
            snapshot.users().filter(|user| self.matter.holds_any(*user, roles)).count()
        }
    }

    /// What is given by a change, if this is what the viewer's roles give without it.
    fn given(&self, candidate: &Candidate, before: Given) -> Given {
        match (&candidate.change, candidate.size) {
            (Change::SetRight { right, .. }, Size::Level(level)) => {
                let opens = self.places_below(&right.place) + self.places_opened_by(right);
                Given { rights: opens, width: breadth(level) }
            }
            (Change::SetTransition { transition, .. }, _) => {
                Given { rights: self.places_below(&transition.from), width: ways(&transition.to) }
            }
            (change, _) => self.given_by(self.whole.changed(&[change])).beyond(before),
        }
    }

    /// How many places a right holds at that is set at this one.
    fn places_below(&self, place: &Place) -> usize {
        let places = &self.matter.access.snapshot().places;
        let at = places.exact(place).into_iter();
        let below = |at| places.positions().filter(move |it| places.upward(*it).any(|it| it == at));
        at.flat_map(below).count()
    }

    /// How many places lie in entities whose settings right this is: at all of them it opens what is included in it, and moves.
    fn places_opened_by(&self, right: &Right) -> usize {
        let snapshot = self.matter.access.snapshot();
        let entity = snapshot.places.exact(&right.place).map(|at| snapshot.places.entity(at));
        let settings = entity.zip(snapshot.lexicon.actions.find(right.action.borrow()));
        let opened = |at: &Ix<Place>| {
            let rule = snapshot.offers.entity(snapshot.places.entity(*at));
            settings.is_some() && rule.settings == settings
        };
        snapshot.places.positions().filter(opened).count()
    }

    /// What the viewer's roles give.
    fn given_by(&self, snapshot: Option<Snapshot>) -> Given {
        let policy = &self.whole.policy;
        let held = snapshot.map(|snapshot| self.matter.roles_in(&snapshot)).unwrap_or_default();
        let roles: Vec<&Role> = policy.roles.iter().filter(|role| held.contains(&role.key)).collect();
        let level = |right: &Right| policy.vocabulary.levels.iter().find(|level| level.key == right.level);
        let rights = roles.iter().flat_map(|role| &role.rights);
        let widths = rights.map(|right| level(right).map_or(0, |level| breadth(level.relations)));
        let transitions = roles.iter().flat_map(|role| &role.transitions);
        let widths = widths.chain(transitions.map(|transition| ways(&transition.to)));
        widths.map(|width| Given { rights: 1, width }).fold(Given::default(), Given::plus)
    }
}

/// How much is given: how many rights, or places that one holds at, and then how wide the levels are together.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Given {
    rights: usize,
    width: usize,
}

impl Given {
    fn plus(self, other: Self) -> Self {
        Self { rights: self.rights + other.rights, width: self.width + other.width }
    }

    fn beyond(self, before: Self) -> Self {
        Self {
            rights: self.rights.saturating_sub(before.rights),
            width: self.width.saturating_sub(before.width),
        }
    }
}

fn changed_roles(set: &[&Candidate]) -> Vec<Key<Role>> {
    let mut roles: Vec<_> = set.iter().filter_map(|it| changed_role(&it.change)).cloned().collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

fn changed_role(change: &Change) -> Option<&Key<Role>> {
    if let Change::SetRight { role, .. } | Change::SetTransition { role, .. } = change {
        Some(role)
    } else {
        None
    }
}

/// Of two levels, the one of fewer relations is the nearer; "always" is the widest.
fn breadth(relations: Relations) -> usize {
    if relations.contains(Relations::ALWAYS) { widest() } else { relations.iter().count() }
}

/// Of two transitions, the one to fewer stages is the nearer; "any" is the widest.
fn ways(to: &Targets) -> usize {
    if let Targets::Stages(stages) = to { stages.len().min(widest()) } else { widest() }
}

fn widest() -> usize {
    Relations::all().iter().count()
}
