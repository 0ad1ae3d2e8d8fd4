//! What limits are to a question: whether they take anything that its answer can rest on.

use crate::check::Leap;
use crate::index::Ix;
use crate::reason::Bearing;
use crate::resolve::{self, Record, View, Viewer};
use crate::snapshot::{LimitRule, Snapshot};
use crate::vocabulary::{Action, Entity, Place};

/// What an answer rests on, of what limits can take.
pub(super) struct Rests<'s> {
    snapshot: &'s Snapshot,
    /// What is needed, and where: without one of these, nothing is allowed.
    needed: Vec<(Ix<Place>, Ix<Action>)>,
    /// What can let it be allowed, anywhere in the entity.
    helpful: Vec<(Ix<Entity>, Ix<Action>)>,
}

impl<'s> Rests<'s> {
    /// For an action with a record.
    pub(super) fn check(
        viewer: &Viewer<'s>,
        place: Ix<Place>,
        action: Ix<Action>,
        record: &Record<'_>,
    ) -> Self {
        let snapshot = viewer.snapshot;
        let mut rests = Self::create(snapshot, place, action);
        let entity = snapshot.places.entity(place);
        let own = View::own(*viewer);
        for (_, action) in rests.needed.clone() {
            if !snapshot.offers.rule(entity, action).standing.is_empty() {
                rests.helpful.push((entity, action));
            }
            for right in snapshot.offers.through(entity, action) {
                let linked = record.linked().filter_map(|linked| resolve::linked_place(&own, *right, linked));
                linked.for_each(|at| rests.linked(at, right.1));
            }
        }
        rests
    }

    /// For making a record: nothing stands to it yet, and it is linked to nothing.
    pub(super) fn create(snapshot: &'s Snapshot, place: Ix<Place>, action: Ix<Action>) -> Self {
        let mut rests = Self { snapshot, needed: Vec::new(), helpful: Vec::new() };
        rests.need(place, action);
        rests
    }

    /// With what a move needs besides updating.
    pub(super) fn and_move(mut self, from: Ix<Place>, to: Option<Ix<Place>>) -> Self {
        let snapshot = self.snapshot;
        let Some(to) = to else { return self };
        match Leap::of(&snapshot.places, from, to) {
            Leap::ToPipeline => {
                let creates = snapshot.offers.entity(snapshot.places.entity(to)).creates_by;
                creates.into_iter().for_each(|action| self.need(to, action));
            }
            Leap::Within => {
                self.helpful.extend(snapshot.offers.entity(snapshot.places.entity(from)).settings)
            }
            Leap::Stays | Leap::Nowhere => {}
        }
        self
    }

    fn need(&mut self, place: Ix<Place>, action: Ix<Action>) {
        let all = self.with_required(place, action);
        self.needed.extend(all.iter().map(|action| (place, *action)));
        self.include_settings(place, &all);
    }

    /// A linked record that is let through opens the action, and is not needed.
    fn linked(&mut self, at: Ix<Place>, action: Ix<Action>) {
        let all = self.with_required(at, action);
        let entity = self.snapshot.places.entity(at);
        self.helpful.extend(all.iter().map(|action| (entity, *action)));
        self.include_settings(at, &all);
    }

    fn with_required(&self, place: Ix<Place>, action: Ix<Action>) -> Vec<Ix<Action>> {
        let requires = self.snapshot.offers.rule(self.snapshot.places.entity(place), action).requires;
        std::iter::once(action).chain(requires.iter()).collect()
    }

    fn include_settings(&mut self, place: Ix<Place>, actions: &[Ix<Action>]) {
        let (offers, entity) = (&self.snapshot.offers, self.snapshot.places.entity(place));
        if actions.iter().any(|action| offers.rule(entity, *action).by_settings) {
            self.helpful.extend(offers.entity(entity).settings);
        }
    }

    /// What a limit is to it.
    pub(super) fn bearing(&self, rule: &LimitRule) -> Bearing {
        let places = &self.snapshot.places;
        let anywhere = |entity: Ix<Entity>, action| {
            places.of_entity(places.whole(entity)).any(|place| rule.covers(places, place, action))
        };
        if self.needed.iter().any(|(place, action)| rule.covers(places, *place, *action)) {
            Bearing::Takes
        } else if self.helpful.iter().any(|(entity, action)| anywhere(*entity, *action)) {
            Bearing::Narrows
        } else {
            Bearing::Spares
        }
    }
}
