//! Entering: is there anything behind the door?

use crate::access::Access;
use crate::check::{Decision, Denial};
use crate::index::Ix;
use crate::key::Handle;
use crate::resolve::{self, View, Viewer};
use crate::snapshot::EntityRule;
use crate::vocabulary::{Entity, Place};

impl Access<'_> {
    /// Whether the entity is shown to the viewer at all: whether any of his roles gives reading at any place in it, at any
    /// level but none, or the settings right includes it. Creating alone does not open it (section 2.9 of the rights model).
    pub fn enters(&self, entity: impl Into<Handle<Place>>) -> Decision {
        match self.viewer_at(entity.into()) {
            Ok((viewer, place)) => {
                let entity = self.snapshot().places.entity(place);
                self.reads_anywhere(viewer, entity, self.snapshot().offers.entity(entity))
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
            match self.reads_anywhere(viewer, entity, *rule) {
                Decision::Allowed => return Decision::Allowed,
                Decision::Denied(Denial::Limited) => denial = Denial::Limited,
                Decision::Denied(_) => {}
            }
        }
        Decision::Denied(denial)
    }

    fn reads_anywhere(&self, viewer: &Viewer<'_>, entity: Ix<Entity>, rule: EntityRule) -> Decision {
        let Some(action) = rule.reads_by else { return Decision::Denied(Denial::NotOffered) };
        let mut others = self.others().iter();
        let reads = resolve::holds_anywhere(*viewer, entity, action)
            || others.any(|view| resolve::holds_anywhere_in(view, entity, action));
        let granted = |view: View<'_>| {
            view.viewer.is_limited() && resolve::holds_anywhere_in(&view.without_limits(), entity, action)
        };
        if reads {
            Decision::Allowed
        } else if self.views().any(granted) {
            Decision::Denied(Denial::Limited)
        } else {
            Decision::Denied(Denial::NothingGiven)
        }
    }
}
