//! Moving a record to another stage.

use crate::access::Access;
use crate::check::create::created;
use crate::check::{Decision, Denial};
use crate::index::Ix;
use crate::key::Handle;
use crate::resolve::{self, Record, View};
use crate::snapshot::{Destinations, Places};
use crate::vocabulary::{Action, Place};

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
        match self.bound(record.place, |rule| rule.updates_by) {
            Ok((_, from, update)) => {
                let moves = self.views().map(|view| moves(&view, from, update, record, to));
                moves.reduce(Decision::better).unwrap_or(Decision::Denied(Denial::NothingGiven))
            }
            Err(denial) => Decision::Denied(denial),
        }
    }

    /// Every stage of the entity that [`Access::relocate`] allows, in the order of the vocabulary; the record's own stage
    /// among them.
    pub fn reachable_stages(&self, record: &Record<'_>) -> Vec<Handle<Place>> {
        let Ok((_, from, update)) = self.bound(record.place, |rule| rule.updates_by) else {
            return Vec::new();
        };
        let updating = self.views().filter(|view| updates(view, from, update, record).is_allowed());
        let ways: Vec<_> = updating.map(|view| (resolve::destinations(&view.viewer, from), view)).collect();
        let places = &self.snapshot().places;
        let leads =
            |to: &Ix<Place>| ways.iter().any(|(leads, view)| leap(view, from, leads, *to).is_allowed());
        places.stages(from).filter(leads).map(|stage| places.handle(stage)).collect()
    }
}

/// Whether a view lets the record be moved to the place.
pub(crate) fn moves(
    view: &View<'_>,
    from: Ix<Place>,
    update: Ix<Action>,
    record: &Record<'_>,
    to: Ix<Place>,
) -> Decision {
    match updates(view, from, update, record) {
        Decision::Allowed => leap(view, from, &resolve::destinations(&view.viewer, from), to),
        denied => denied,
    }
}

fn updates(view: &View<'_>, from: Ix<Place>, update: Ix<Action>, record: &Record<'_>) -> Decision {
    resolve::decide_in(view, from, update, record).into()
}

fn leap(view: &View<'_>, from: Ix<Place>, leads: &Destinations, to: Ix<Place>) -> Decision {
    match Leap::of(&view.viewer.snapshot.places, from, to) {
        Leap::Nowhere => Decision::Denied(Denial::NoTransition),
        Leap::ToPipeline => creates_at(view, to),
        Leap::Stays => Decision::Allowed,
        Leap::Within if leads.contains(to) => Decision::Allowed,
        Leap::Within if resolve::leads_without_limits(&view.viewer, from, to) => {
            Decision::Denied(Denial::Limited)
        }
        Leap::Within => Decision::Denied(Denial::NoTransition),
    }
}

fn creates_at(view: &View<'_>, to: Ix<Place>) -> Decision {
    let snapshot = view.viewer.snapshot;
    match snapshot.offers.entity(snapshot.places.entity(to)).creates_by {
        Some(action) => created(view, to, action).into(),
        None => Decision::Denied(Denial::NotOffered),
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
