//! Entering: is there anything behind the door?

use crate::access::Access;
use crate::check::{Decision, Denial};
use crate::index::Ix;
use crate::key::Handle;
use crate::resolve::{self, Viewer};
use crate::snapshot::EntityRule;
use crate::vocabulary::{Entity, Place};

impl Access<'_> {
    /// Whether the entity is shown to the viewer at all: whether any of his roles gives reading at any place in it, at any
    /// level but none, or the settings right includes it. Creating alone does not open it (section 2.9 of the rights model).
    pub fn enters(&self, entity: impl Into<Handle<Place>>) -> Decision {
        match self.viewer_at(entity.into()) {
            Ok((viewer, place)) => {
                let entity = self.snapshot().places.entity(place);
                reads_anywhere(viewer, entity, self.snapshot().offers.entity(entity))
            }
            Err(denial) => Decision::Denied(denial),
        }
    }

    /// Whether the viewer gets into the application: whether he enters any entity that admits to it.
    pub fn enters_application(&self) -> Decision {
        match self.viewer() {
            Ok(viewer) => opens_a_door(viewer),
            Err(nobody) => Decision::Denied(nobody.into()),
        }
    }
}

/// Whether the viewer enters any entity that admits to the application.
pub(crate) fn opens_a_door(viewer: &Viewer<'_>) -> Decision {
    let mut doors = viewer.snapshot.offers.entities().filter(|(_, rule)| rule.admits_to_application);
    if doors.any(|(entity, rule)| reads_anywhere(viewer, entity, *rule).is_allowed()) {
        Decision::Allowed
    } else {
        Decision::Denied(Denial::NothingGiven)
    }
}

/// Whether the viewer has what reading is anywhere in the entity.
pub(crate) fn reads_anywhere(viewer: &Viewer<'_>, entity: Ix<Entity>, rule: EntityRule) -> Decision {
    match rule.reads_by {
        None => Decision::Denied(Denial::NotOffered),
        Some(action) if resolve::holds_anywhere(viewer, entity, action) => Decision::Allowed,
        Some(_) => Decision::Denied(Denial::NothingGiven),
    }
}
