//! What a right asks of records, in names: of each set something must hold.

use std::collections::BTreeSet;

use bailiwick::{Entity, Offer, Place, Relations};

use super::View;

type Names = BTreeSet<String>;

impl View<'_> {
    /// The sets of what suffices, for the action, for everything that it requires and for staying inside; without those that
    /// follow from others. Nothing, if no record can meet one.
    pub(crate) fn effect(&self, entity: &Entity, offer: &Offer, place: &Place) -> Option<BTreeSet<Names>> {
        let mut all = self.sets(entity, offer, place);
        if self.is_confined() {
            all.push(names(Relations::DEPARTMENT | Relations::SUBDEPARTMENTS));
        }
        if all.iter().any(BTreeSet::is_empty) || !self.passes(&offer.action, place) {
            return None;
        }
        all.retain(|set| !set.contains(&format!("{:?}", Relations::ALWAYS)));
        let follows = |set: &Names| all.iter().any(|other| other != set && other.is_subset(set));
        Some(all.iter().filter(|set| !follows(set)).cloned().collect())
    }

    fn sets(&self, entity: &Entity, offer: &Offer, place: &Place) -> Vec<Names> {
        let required = entity.offers.iter().filter(|other| offer.requires.contains(&other.action));
        let required = required.flat_map(|required| self.sets(entity, required, place));
        std::iter::once(self.suffices(entity, offer, place)).chain(required).collect()
    }

    /// What suffices for the action alone. What opens is named by what decides it.
    pub(crate) fn suffices(&self, entity: &Entity, offer: &Offer, place: &Place) -> Names {
        let mut reached = self.reached(entity, offer, place);
        let mut all = Names::new();
        if reached.contains(Relations::LINKED) {
            all.extend(offer.through.iter().map(|right| format!("linked {right:?}")));
        }
        if reached.contains(Relations::HOSTED) {
            all.extend(offer.hosted_by.iter().map(|operation| format!("hosted {operation}")));
        }
        if reached.contains(Relations::SHARED) && self.within().is_none() && self.mark().is_none() {
            all.insert(format!("shared {}", offer.action));
        }
        reached.remove(Relations::LINKED | Relations::HOSTED | Relations::SHARED);
        all.extend(names(reached));
        all
    }
}

fn names(relations: Relations) -> Names {
    relations.iter().map(|relation| format!("{relation:?}")).collect()
}
