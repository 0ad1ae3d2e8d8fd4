//! Handing on: whether somebody has what a role gives.
//!
//! What a role *gives* is what somebody reaches who holds it and nothing else; what somebody *has* is what he reaches by himself:
//! in his own view, within his limits. Both are sets of relations, place by place and action by action, and sets are compared,
//! whoever they are measured from: whoever has "department" may give "department", although the other sits in another one.
//! Prerequisites are compared as the actions that they are.
//!
//! So whoever holds a role under either rule may hand it on, unless another of his roles takes some of it from him. And whoever
//! is given a role by somebody who may give it reaches at most what he did before, and what the giver does in his own place:
//! under the specific rule too, where a role adds at most what it says itself.

use crate::index::Ix;
use crate::moment::Moment;
use crate::policy::Role;
use crate::resolve::{Viewer, destinations, given, reach};
use crate::snapshot::{Circumstances, Column, HeldRoles, LimitSet, Occasion, Snapshot};
use crate::vocabulary::{Action, Place, Relations};

/// Something that a role gives and that somebody does not have.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Surplus {
    Right { place: Ix<Place>, action: Ix<Action>, gives: Relations, has: Relations },
    Transition { from: Ix<Place>, to: Ix<Place> },
}

/// What the role gives first, in the order of time and of the vocabulary, that the viewer does not have, and when; from one moment
/// to another, both included, in these circumstances and no others.
pub(crate) fn surplus(
    viewer: &Viewer<'_>,
    role: Ix<Role>,
    (first, last): (Moment, Moment),
    circumstances: Circumstances,
) -> Option<(Moment, Surplus)> {
    let mut at = first;
    while at <= last {
        let on = Occasion { at, circumstances };
        let own = viewer.on(on);
        let only = HeldRoles::only(Column::of(role), on);
        let alone = Viewer::anybody(viewer.snapshot, only, LimitSet::NONE);
        if let Some(surplus) = surplus_now(viewer.snapshot, &own, &alone) {
            return Some((at, surplus));
        }
        at = super::valid_until(&own)?;
    }
    None
}

fn surplus_now(snapshot: &Snapshot, own: &Viewer<'_>, alone: &Viewer<'_>) -> Option<Surplus> {
    let mut places = snapshot.places.positions();
    places.find_map(|place| surplus_at(own, alone, place).or_else(|| surplus_from(own, alone, place)))
}

fn surplus_at(own: &Viewer<'_>, alone: &Viewer<'_>, place: Ix<Place>) -> Option<Surplus> {
    let snapshot = own.snapshot;
    let rule = snapshot.offers.entity(snapshot.places.entity(place));
    snapshot.ask_all(place).find_map(|(action, asked)| {
        let reached = [own, alone].map(|viewer| reach(*viewer, asked, &mut ()));
        // What stands for records does not count for those that are still to be created.
        let given = [own, alone].map(|viewer| given(*viewer, asked, &mut ()).here);
        let creates = rule.creates_by == Some(action);
        let mut compared = [Some(reached), creates.then_some(given)].into_iter().flatten();
        let [has, gives] = compared.find(|[has, gives]| !covers(*has, *gives))?;
        Some(Surplus::Right { place, action, gives, has })
    })
}

fn covers(has: Relations, gives: Relations) -> bool {
    has.contains(Relations::ALWAYS) || has.contains(gives)
}

fn surplus_from(own: &Viewer<'_>, alone: &Viewer<'_>, from: Ix<Place>) -> Option<Surplus> {
    let places = &own.snapshot.places;
    let pipeline = places.pipeline(from)?;
    let [has, gives] = [own, alone].map(|viewer| destinations(viewer, from));
    let mut others = places.stages_of(pipeline).filter(|to| *to != from);
    others.find(|to| gives.contains(*to) && !has.contains(*to)).map(|to| Surplus::Transition { from, to })
}
