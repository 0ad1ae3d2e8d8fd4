//! One action with many records: what a page of a list asks.
//!
//! What is reached depends on the place and not on the record, and the records of a page lie in few places. So a page keeps what
//! it has worked out for a place, in a few slots of its own, for as long as it lasts.
//!
//! Deliberately absent: a meaning. What is kept is what [`reach`] said, and [`judge_by`] decides.

use crate::index::Ix;
use crate::resolve::holder::{Holder, Ordinary};
use crate::resolve::{Outcome, Viewer, decide, judge_by, reach};
use crate::snapshot::{Demand, Foreseen};
use crate::vocabulary::{Action, Place, Relations};

/// How many places are kept. More would cost a short page more than they save.
const SLOTS: usize = 16;

/// One viewer and one action, and what is known of places so far.
#[derive(Debug)]
pub(crate) struct Page<'s> {
    viewer: Viewer<'s>,
    action: Ix<Action>,
    /// By the last bits of the place.
    known: [Known; SLOTS],
}

/// What a place demands.
#[derive(Clone, Copy, Debug)]
struct Known {
    place: Ix<Place>,
    demand: Foreseen,
}

impl<'s> Page<'s> {
    #[inline]
    pub(crate) fn new(viewer: Viewer<'s>, action: Ix<Action>) -> Self {
        let nothing = Known { place: Ix::new(u32::MAX), demand: Foreseen::More };
        Self { viewer, action, known: [nothing; SLOTS] }
    }

    pub(crate) fn action(&self) -> Ix<Action> {
        self.action
    }

    /// The same as [`decide`] with this viewer and action.
    #[inline]
    pub(crate) fn decide(&mut self, place: Ix<Place>, stands: Relations) -> Outcome {
        let demand = match self.known.get_mut(place.as_usize() % SLOTS) {
            Some(known) if known.place == place => known.demand,
            Some(known) => {
                *known = Known { place, demand: demand(self.viewer, place, self.action) };
                known.demand
            }
            None => Foreseen::More,
        };
        match demand {
            Foreseen::These(demand) => judge_by(demand, stands),
            Foreseen::NotOffered | Foreseen::More => decide(&self.viewer, place, self.action, stands),
        }
    }
}

fn demand(viewer: Viewer<'_>, place: Ix<Place>, action: Ix<Action>) -> Foreseen {
    let Some(holder) = Ordinary::of(&viewer) else { return demand_for(viewer, place, action) };
    let digested = viewer.snapshot.digest.demand(viewer.position(), place, action);
    digested.map_or_else(|| demand_for(holder, place, action), Foreseen::These)
}

/// What the action demands at the place, as far as it can be said beforehand. Limits and several prerequisites do not fit, and
/// need not: they are rare.
#[inline(never)]
pub(super) fn demand_for<'s>(holder: impl Holder<'s>, place: Ix<Place>, action: Ix<Action>) -> Foreseen {
    let snapshot = holder.snapshot();
    let Some(asked) = snapshot.ask(place, action) else { return Foreseen::NotOffered };
    let mut requires = asked.rule.requires;
    let required = match (requires.take_first(), requires.is_empty()) {
        (None, _) => Some(Relations::all()),
        (Some(first), true) => snapshot.ask(place, first).map(|asked| reach(holder, asked, &mut ())),
        (Some(_), false) => None,
    };
    match required.filter(|_| holder.limited().is_none()) {
        Some(required) => Foreseen::These(Demand { own: reach(holder, asked, &mut ()), required }),
        None => Foreseen::More,
    }
}
