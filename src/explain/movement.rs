//! Creating and moving, explained: the two questions that are not about a record as it is.

use crate::access::Access;
use crate::check::{Creation, Leap};
use crate::explain::demand::Demand;
use crate::explain::{Explanation, Question};
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::policy::Limit;
use crate::reason::{Basis, Teller};
use crate::resolve::{self, Record, Viewer};
use crate::vocabulary::Place;

/// What a move needs besides the right to update the record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Movement {
    /// Nothing: the record stays where it is.
    Stays,
    /// There is no such move: the target is no stage of the record's entity.
    Nowhere,
    /// A transition from its stage.
    Transition {
        /// From where the viewer has transitions at the record's place.
        basis: Basis,
        /// The limits because of which he has fewer: they take the settings right, which includes all.
        limits: Vec<Key<Limit>>,
        /// Whether one of them leads to the target.
        leads: bool,
    },
    /// The right to create at the target, which is in another pipeline.
    ToPipeline {
        /// What creating demands there. Empty if nothing is created in the entity.
        demands: Vec<Demand>,
    },
}

impl Movement {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Stays => "stays",
            Self::Nowhere => "nowhere",
            Self::Transition { .. } => "transition",
            Self::ToPipeline { .. } => "to-pipeline",
        }
    }
}

impl Access<'_> {
    /// Why the viewer may create a record at this place, or why not: [`Access::create`] with all its reasons.
    pub fn explain_create(&self, place: impl Into<Handle<Place>>) -> Explanation {
        let place = place.into();
        let question = Question::Create { place: self.snapshot().place_of(place).cloned() };
        let mut explanation = self.unexplained(question);
        let creation = match self.bound(place, |rule| rule.creates_by) {
            Ok((viewer, place, action)) => {
                let (outcome, traces) = resolve::traced_new(viewer, place, action);
                let teller = Teller { snapshot: self.snapshot(), viewer, place };
                explanation.demands = teller.demands_of_new(&traces);
                outcome.into()
            }
            Err(denial) => Creation::Denied(denial),
        };
        explanation.decision = creation.into();
        if let Creation::Allowed(responsible) = creation {
            explanation.responsible = Some(responsible);
        }
        explanation
    }

    /// Why the viewer may move the record to that stage, or why not: [`Access::relocate`] with all its reasons.
    pub fn explain_relocate(&self, record: &Record<'_>, to: impl Into<Handle<Place>>) -> Explanation {
        let (snapshot, to) = (self.snapshot(), to.into());
        let place = |place: Handle<Place>| snapshot.place_of(place).cloned();
        let mut explanation =
            self.unexplained(Question::Relocate { from: place(record.place), to: place(to) });
        explanation.decision = self.relocate(record, to);
        if let Ok((viewer, from, action)) = self.bound(record.place, |rule| rule.updates_by) {
            let stands = viewer.stands_to(record);
            let (_, traces) = resolve::traced(viewer, from, action, stands);
            let teller = Teller { snapshot, viewer, place: from };
            teller.record(&mut explanation, record);
            explanation.demands = teller.demands(&traces, stands);
            explanation.movement = snapshot.places.accept(to).map(|to| movement(&teller, viewer, to));
        }
        explanation
    }
}

fn movement(teller: &Teller<'_, '_>, viewer: &Viewer<'_>, to: Ix<Place>) -> Movement {
    let snapshot = teller.snapshot;
    match Leap::of(&snapshot.places, teller.place, to) {
        Leap::Stays => Movement::Stays,
        Leap::Nowhere => Movement::Nowhere,
        Leap::Within => {
            let (leads, trace) = resolve::traced_destinations(viewer, teller.place);
            Movement::Transition {
                basis: teller.basis_of_moves(&trace),
                limits: teller.limits(&trace.limits),
                leads: leads.contains(to),
            }
        }
        Leap::ToPipeline => {
            let action = snapshot.offers.entity(snapshot.places.entity(to)).creates_by;
            let traces = action.map(|action| resolve::traced_new(viewer, to, action).1).unwrap_or_default();
            Movement::ToPipeline { demands: Teller { place: to, ..*teller }.demands_of_new(&traces) }
        }
    }
}
