//! Limits: which are in force, and what they take.

use bailiwick::{Action, Among, Entity, Key, Limit, Place};

use super::view::View;
use super::{On, upward};

impl<'a> View<'a> {
    /// The limits on the viewer that are in force.
    pub(super) fn limits_in_force(&self, on: On) -> Vec<&'a Limit> {
        let in_force = |limit: &&'a Limit| {
            limit.window.contains(on.at)
                && limit.when.iter().all(|it| on.asserted.contains(it))
                && !limit.unless.iter().any(|it| on.asserted.contains(it))
                && !(limit.spares_administrators && self.viewer.is_some_and(|it| it.administrator))
                && self.is_in(&limit.on, on.at)
        };
        self.policy.limits.iter().filter(in_force).collect()
    }

    pub(crate) fn limits(&self) -> &[&'a Limit] {
        &self.limits
    }

    pub(crate) fn without_limits(&self) -> Self {
        Self { limits: Vec::new(), roles: self.roles.clone(), ..*self }
    }

    /// Whether a limit takes the action at the place.
    pub(super) fn is_taken(&self, action: &Key<Action>, place: &Place) -> bool {
        self.limits.iter().any(|limit| {
            let action = match &limit.actions {
                Among::All => true,
                Among::These(these) => these.contains(action),
                Among::AllBut(these) => !these.contains(action),
            };
            let below = |these: &[Place]| upward(place).iter().any(|place| these.contains(place));
            let place = match &limit.places {
                Among::All => true,
                Among::These(these) => below(these),
                Among::AllBut(these) => !below(these),
            };
            action && place
        })
    }
}

/// Everywhere that a record of the entity can be.
pub(super) fn places_of(entity: &Entity) -> Vec<Place> {
    let mut places = vec![Place::entity(&entity.key)];
    for pipeline in &entity.pipelines {
        let above = Place::entity(&entity.key).pipeline(&pipeline.key);
        places.extend(pipeline.stages.iter().map(|stage| above.clone().stage(stage)));
        places.push(above);
    }
    places
}
