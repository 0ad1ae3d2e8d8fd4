//! Moving a record to another stage.

use crate::access::Access;
use crate::check::{Decision, Denial};
use crate::index::Ix;
use crate::key::Handle;
use crate::resolve::{self, NewRecord, Record, Viewer};
use crate::snapshot::Destinations;
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
        let places = &self.snapshot().places;
        if places.entity(from) != places.entity(to) || !places.is_stage(to) {
            return Decision::Denied(Denial::NoTransition);
        }
        if places.pipeline(from) != places.pipeline(to) {
            return self.creates_at(viewer, to);
        }
        if from == to || leads.contains(to) {
            Decision::Allowed
        } else {
            Decision::Denied(Denial::NoTransition)
        }
    }

    fn creates_at(&self, viewer: &Viewer<'_>, to: Ix<Place>) -> Decision {
        let rule = self.snapshot().offers.entity(self.snapshot().places.entity(to));
        match rule.creates_by.map(|action| resolve::decide_new(viewer, to, action)) {
            Some(NewRecord::OwnOnly | NewRecord::Anybodys) => Decision::Allowed,
            Some(NewRecord::NothingGiven) => Decision::Denied(Denial::NothingGiven),
            Some(NewRecord::Prerequisite) => Decision::Denied(Denial::Prerequisite),
            None => Decision::Denied(Denial::NotOffered),
        }
    }
}
