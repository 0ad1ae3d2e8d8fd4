//! One action with many records: what a page of a list asks.
//!
//! What is reached depends on the place and not on the record, and the records of a page lie in few places. So a page keeps what
//! it has worked out for a place, in a few slots of its own, for as long as it lasts.
//!
//! Deliberately absent: a meaning. What is kept is what [`reach`] said, and [`judge`] decides.

use crate::index::Ix;
use crate::resolve::holder::{Holder, Ordinary};
use crate::resolve::{Outcome, Viewer, decide, judge, reach};
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
    demand: Demand,
}

#[derive(Clone, Copy, Debug)]
enum Demand {
    /// The viewer must stand to the record in one of each of these: for the action and for its prerequisite, if it has one.
    These(Relations, Relations),
    /// It takes more than that to say.
    More,
}

impl<'s> Page<'s> {
    #[inline]
    pub(crate) fn new(viewer: Viewer<'s>, action: Ix<Action>) -> Self {
        let nothing = Known { place: Ix::new(u32::MAX), demand: Demand::More };
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
            None => Demand::More,
        };
        match demand {
            Demand::These(own, required) => judge(own, own, required.intersects(stands), stands),
            Demand::More => decide(&self.viewer, place, self.action, stands),
        }
    }
}

fn demand(viewer: Viewer<'_>, place: Ix<Place>, action: Ix<Action>) -> Demand {
    match Ordinary::of(&viewer) {
        Some(holder) => demand_for(holder, place, action),
        None => demand_for(viewer, place, action),
    }
}

/// Limits and several prerequisites do not fit, and need not: they are rare. Nor does a place that does not have the action.
#[inline(never)]
fn demand_for<'s>(holder: impl Holder<'s>, place: Ix<Place>, action: Ix<Action>) -> Demand {
    let snapshot = holder.snapshot();
    let Some(asked) = snapshot.ask(place, action).filter(|_| holder.limited().is_none()) else {
        return Demand::More;
    };
    let mut requires = asked.rule.requires;
    let required = match (requires.take_first(), requires.is_empty()) {
        (None, _) => Some(Relations::all()),
        (Some(first), true) => snapshot.ask(place, first).map(|asked| reach(holder, asked, &mut ())),
        (Some(_), false) => None,
    };
    required.map_or(Demand::More, |required| Demand::These(reach(holder, asked, &mut ()), required))
}
