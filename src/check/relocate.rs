//! Moving a record to another stage.

use crate::access::Access;
use crate::check::{Creation, Decision, Denial};
use crate::index::Ix;
use crate::key::Handle;
use crate::resolve::{self, Record, Viewer};
use crate::snapshot::{Destinations, Places};
use crate::vocabulary::Place;

impl Access<'_> {
    /// Whether the viewer may move the record to that stage.
    ///
    /// Needs the right to update the record as it is, and a transition from its stage to that one (section 2.7 of the rights
    /// model). Where no role says anything of transitions there is no move, unless the entity moves freely. The update
    /// right at the target is not asked.
    ///
    /// Into another pipeline no transition leads; there the viewer must be allowed to create at the target. Staying on the
    /// same stage is no move and needs the update right alone.
    pub fn relocate(&self, record: &Record<'_>, to: impl Into<Handle<Place>>) -> Decision {
        let Some(to) = self.snapshot().places.accept(to.into()) else {
            return Decision::Denied(self.viewer().err().map_or(Denial::UnknownPlace, Denial::from));
        };
        match self.updating(record) {
            Ok((viewer, from)) => self.moves(viewer, from, &resolve::destinations(viewer, from), to),
            Err(denial) => Decision::Denied(denial),
        }
    }

    /// Every stage of the entity that [`Access::relocate`] allows, in the order of the vocabulary; the record's own stage
    /// among them.
    pub fn reachable_stages(&self, record: &Record<'_>) -> Vec<Handle<Place>> {
        let Ok((viewer, from)) = self.updating(record) else { return Vec::new() };
        let destinations = resolve::destinations(viewer, from);
        let places = &self.snapshot().places;
        let stages = places.stages(from);
        let reachable = stages.filter(|to| self.moves(viewer, from, &destinations, *to).is_allowed());
        reachable.map(|stage| places.handle(stage)).collect()
    }

    /// The viewer and the record's place, if he may update it.
    fn updating(&self, record: &Record<'_>) -> Result<(&Viewer<'_>, Ix<Place>), Denial> {
        let (viewer, place, action) = self.bound(record.place, |rule| rule.updates_by)?;
        let update = Decision::from(resolve::decide(viewer, place, action, viewer.stands_to(record)));
        update.denial().map_or(Ok((viewer, place)), Err)
    }

    fn moves(&self, viewer: &Viewer<'_>, from: Ix<Place>, leads: &Destinations, to: Ix<Place>) -> Decision {
        match Leap::of(&self.snapshot().places, from, to) {
            Leap::Nowhere => Decision::Denied(Denial::NoTransition),
            Leap::ToPipeline => self.creates_at(viewer, to),
            Leap::Stays => Decision::Allowed,
            Leap::Within if leads.contains(to) => Decision::Allowed,
            Leap::Within if resolve::leads_without_limits(viewer, from, to) => {
                Decision::Denied(Denial::Limited)
            }
            Leap::Within => Decision::Denied(Denial::NoTransition),
        }
    }

    fn creates_at(&self, viewer: &Viewer<'_>, to: Ix<Place>) -> Decision {
        let rule = self.snapshot().offers.entity(self.snapshot().places.entity(to));
        match rule.creates_by {
            Some(action) => Creation::from(resolve::decide_new(viewer, to, action)).into(),
            None => Decision::Denied(Denial::NotOffered),
        }
    }
}

/// What a move is, whoever makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leap {
    /// From a stage to the same.
    Stays,
    /// To another stage of the same pipeline.
    Within,
    /// To a stage of another pipeline.
    ToPipeline,
    /// To what is no stage of the record's entity.
    Nowhere,
}

impl Leap {
    pub(crate) fn of(places: &Places, from: Ix<Place>, to: Ix<Place>) -> Self {
        if places.entity(from) != places.entity(to) || !places.is_stage(to) {
            Self::Nowhere
        } else if places.pipeline(from) != places.pipeline(to) {
            Self::ToPipeline
        } else if from == to {
            Self::Stays
        } else {
            Self::Within
        }
    }
}
