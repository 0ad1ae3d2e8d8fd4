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
        let viewer = match self.viewer() {
            Ok(viewer) => viewer,
            Err(nobody) => return Decision::Denied(nobody.into()),
        };
        let doors = self.snapshot().offers.entities().filter(|(_, rule)| rule.admits_to_application);
        let mut denial = Denial::NothingGiven;
        for (entity, rule) in doors {
            match reads_anywhere(viewer, entity, *rule) {
                Decision::Allowed => return Decision::Allowed,
                Decision::Denied(Denial::Limited) => denial = Denial::Limited,
                Decision::Denied(_) => {}
            }
        }
        Decision::Denied(denial)
    }
}

fn reads_anywhere(viewer: &Viewer<'_>, entity: Ix<Entity>, rule: EntityRule) -> Decision {
    match rule.reads_by {
        None => Decision::Denied(Denial::NotOffered),
        Some(action) if resolve::holds_anywhere(viewer, entity, action) => Decision::Allowed,
        Some(action) if resolve::holds_anywhere(&viewer.without_limits(), entity, action) => {
            Decision::Denied(Denial::Limited)
        }
        Some(_) => Decision::Denied(Denial::NothingGiven),
    }
}
