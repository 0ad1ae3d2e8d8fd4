//! Creating and moving, explained: the two questions that are not about a record as it is.

use crate::access::Access;
use crate::check::{Creation, Decision, Denial, Leap, created, moves};
use crate::explain::bearing::Rests;
use crate::explain::demand::Demand;
use crate::explain::view::Told;
use crate::explain::{Explanation, Question};
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::policy::Limit;
use crate::reason::{Basis, Teller};
use crate::resolve::{self, Record, View, Viewer};
use crate::vocabulary::{Action, Place};

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
        match self.bound(place, |rule| rule.creates_by) {
            Ok((_, place, action)) => {
                explanation.limits = self.restraints(Some(&Rests::create(self.snapshot(), place, action)));
                let views = self.views();
                explanation.tell(self.snapshot(), views, |view| self.told_of_new(view, place, action));
                if let Creation::Allowed(responsible) = self.creation(place, action) {
                    explanation.responsible = Some(responsible);
                }
            }
            Err(denial) => explanation.decision = Decision::Denied(denial),
        }
        explanation
    }

    /// What one view says of creating.
    pub(super) fn told_of_new(&self, view: &View<'_>, place: Ix<Place>, action: Ix<Action>) -> Told {
        let teller = Teller { snapshot: self.snapshot(), viewer: &view.viewer, place };
        let decision = Decision::from(created(view, place, action));
        Told {
            roles: self.holdings(view),
            ties: Vec::new(),
            demands: teller.demands_of_new(&resolve::traced_new(&view.viewer, place, action)),
            movement: None,
            ownership: None,
            passes: view.passes(place, action),
            inside: view.confined_to().map(|_| decision != Decision::Denied(Denial::OutOfReach)),
            decision,
        }
    }

    /// Why the viewer may move the record to that stage, or why not: [`Access::relocate`] with all its reasons.
    pub fn explain_relocate(&self, record: &Record<'_>, to: impl Into<Handle<Place>>) -> Explanation {
        let (snapshot, to) = (self.snapshot(), to.into());
        let place = |place: Handle<Place>| snapshot.place_of(place).cloned();
        let mut explanation =
            self.unexplained(Question::Relocate { from: place(record.place), to: place(to) });
        if let Ok((viewer, from, action)) = self.bound(record.place, |rule| rule.updates_by) {
            explanation.flags = Teller { snapshot, viewer, place: from }.flags(record);
            let known = snapshot.places.accept(to);
            let rests = Rests::check(viewer, from, action, record);
            explanation.limits = self.restraints(Some(&rests.and_move(from, known)));
            explanation
                .tell(snapshot, self.views(), |view| self.told_of_move(view, from, action, record, known));
        }
        explanation.decision = self.relocate(record, to);
        explanation
    }
}

impl Access<'_> {
    /// What one view says of a move; nothing is said of a target that is unknown.
    fn told_of_move(
        &self,
        view: &View<'_>,
        from: Ix<Place>,
        update: Ix<Action>,
        record: &Record<'_>,
        to: Option<Ix<Place>>,
    ) -> Told {
        let told = self.told(view, from, update, record);
        let Some(to) = to else { return told };
        let decision = moves(view, from, update, record, to);
        Told { movement: Some(movement(&view.viewer, from, to)), decision, ..told }
    }
}

fn movement(viewer: &Viewer<'_>, from: Ix<Place>, to: Ix<Place>) -> Movement {
    let snapshot = viewer.snapshot;
    match Leap::of(&snapshot.places, from, to) {
        Leap::Stays => Movement::Stays,
        Leap::Nowhere => Movement::Nowhere,
        Leap::Within => {
            let (leads, trace) = resolve::traced_destinations(viewer, from);
            let teller = Teller { snapshot, viewer, place: from };
            Movement::Transition {
                basis: teller.basis_of_moves(&trace),
                limits: teller.limits(&trace.limits),
                leads: leads.contains(to),
            }
        }
        Leap::ToPipeline => {
            let action = snapshot.offers.entity(snapshot.places.entity(to)).creates_by;
            let traces = action.map(|action| resolve::traced_new(viewer, to, action)).unwrap_or_default();
            Movement::ToPipeline { demands: Teller { snapshot, viewer, place: to }.demands_of_new(&traces) }
        }
    }
}
