//! In which circumstances lints look at people, and what people hold there.
//!
//! No lint knows in which circumstances the application will ask. Whoever holds a role in the office alone holds it, as far as
//! risks are concerned.

use std::collections::{BTreeMap, BTreeSet};

use crate::moment::Moment;
use crate::policy::Policy;
use crate::resolve::{self, Viewer};
use crate::review::lint::Ground;
use crate::snapshot::{Circumstances, Column, Occasion, Snapshot};
use crate::vocabulary::Freedom;

/// None first, then what one or two assignments, limits or freedoms of administrators need or are lifted by, and all of that.
///
/// Two roles are held together in some circumstances only if they are in those that their two assignments need: every other
/// circumstance can only bring roles that take their place.
pub(super) fn occasions(policy: &Policy, snapshot: &Snapshot, at: Moment) -> Vec<Occasion> {
    let known = |list: &[_]| snapshot.lexicon.known_circumstances(list);
    let mut named = BTreeSet::from([Circumstances::default()]);
    named.extend(policy.assignments.iter().map(|it| known(&it.when)));
    for limit in &policy.limits {
        named.insert(known(&limit.when));
        named.extend(limit.unless.iter().map(|it| known(std::slice::from_ref(it))));
    }
    for entity in &policy.vocabulary.entities {
        if let Freedom::When(key) = &entity.administrators {
            named.insert(known(std::slice::from_ref(key)));
        }
    }
    let pairs = named.iter().flat_map(|one| named.iter().map(|other| one.union(*other)));
    let all = named.iter().fold(Circumstances::default(), |all, it| all.union(*it));
    let sets: BTreeSet<Circumstances> = pairs.chain([all]).collect();
    sets.into_iter().map(|circumstances| Occasion { at, circumstances }).collect()
}

impl Ground<'_> {
    /// Each set of roles that somebody who is no administrator holds together in some circumstances, once, as somebody who holds
    /// it and is not limited.
    pub(super) fn sets_held(&self) -> Vec<Viewer<'_>> {
        let mut sets: BTreeMap<Vec<Column>, Viewer<'_>> = BTreeMap::new();
        for (.., viewer) in self.viewers().filter(|(_, user, _)| !user.administrator) {
            for occasion in &self.occasions {
                let viewer = viewer.on(*occasion);
                let others = resolve::others(viewer);
                let all = others.iter().map(|view| view.viewer).chain([viewer]);
                for viewer in all {
                    sets.entry(viewer.held_roles()).or_insert_with(|| viewer.without_limits());
                }
            }
        }
        sets.into_values().collect()
    }
}
