//! Which of several remedies is the nearest.

use std::collections::BTreeMap;

use crate::change::Change;
use crate::directory::Directory;
use crate::explain::nearest::cut::Cut;
use crate::explain::nearest::matter::Matter;
use crate::explain::nearest::search::{Candidate, Size};
use crate::explain::nearest::{NearestGrant, NearestGrants};
use crate::key::Key;
use crate::policy::{Policy, Role};
use crate::snapshot::Snapshot;
use crate::vocabulary::Relations;

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
        let before = self.rights_of(&self.whole.policy, self.whole.changed(&[]));
        let mut ranked: Vec<_> = found
            .into_iter()
            .map(|set| {
                let roles = changed_roles(&set);
                let touched = *people.entry(roles.clone()).or_insert_with(|| self.touched(&roles));
                let besides: usize = set.iter().map(|it| self.besides(&it.change, before)).sum();
                let width: usize = set.iter().map(|it| width(it.size)).sum();
                ((set.len(), touched, besides, width), set)
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

    /// What is given besides: rights that come with roles, or the places that a right holds at.
    fn besides(&self, change: &Change, before: usize) -> usize {
        if let Change::SetRight { right, .. } = change {
            let places = &self.matter.access.snapshot().places;
            let at = places.exact(&right.place).into_iter();
            let below = |at| places.positions().filter(move |it| places.upward(*it).any(|it| it == at));
            return at.flat_map(below).count();
        }
        self.rights_of(&self.whole.policy, self.whole.changed(&[change])).saturating_sub(before)
    }

    /// How many rights the viewer's roles have.
    fn rights_of(&self, policy: &Policy, snapshot: Option<Snapshot>) -> usize {
        let held = snapshot.map(|snapshot| self.matter.roles_in(&snapshot)).unwrap_or_default();
        policy.roles.iter().filter(|role| held.contains(&role.key)).map(|role| role.rights.len()).sum()
    }
}

fn changed_roles(set: &[&Candidate]) -> Vec<Key<Role>> {
    let roles = set
        .iter()
        .filter_map(|it| if let Change::SetRight { role, .. } = &it.change { Some(role) } else { None });
    let mut roles: Vec<_> = roles.cloned().collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

/// Of two levels, the one of fewer relations is the nearer; "always" is the widest.
fn width(size: Size) -> usize {
    match size {
        Size::Level(relations) if relations.contains(Relations::ALWAYS) => Relations::all().iter().count(),
        Size::Level(relations) => relations.iter().count(),
        Size::Whole | Size::Rank(_) => 0,
    }
}
