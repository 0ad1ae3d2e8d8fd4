//! Limits: the layer that only narrows.
//!
//! It comes after everything that gives. Where a limit in force takes an action at a place, nothing of the action is reached
//! there: not by a role, not by the settings right, not by an administrator, not by what stands. An action that is taken at
//! some places of an entity is held somewhere in it only if some role gives it at a place that is left, for entering and for
//! what stands elsewhere. A settings right that is taken everywhere includes nothing any more.
//!
//! Apart from the rest of `resolve`, because few users are limited: all others pay one look, that there is nothing.

use crate::index::Ix;
use crate::policy::Limit;
use crate::resolve::holder::Holder;
use crate::resolve::{Given, Outcome, Viewer, granted, judge, meets, reach};
use crate::snapshot::{Actions, Asked, Column, LimitRule};
use crate::vocabulary::{Action, Entity, Place, Relations};

/// What is left of what is given to the holder, within the viewer's limits.
#[inline(never)]
pub(super) fn left<'s>(
    holder: impl Holder<'s>,
    viewer: &Viewer<'s>,
    asked: Asked<'s>,
    given: Given,
) -> Given {
    if is_taken(viewer, asked.place, asked.action) {
        return Given { here: Relations::empty(), somewhere: false, opens: Relations::empty() };
    }
    let somewhere = !given.here.is_empty() || given.somewhere && is_left_somewhere(holder, viewer, asked);
    Given { somewhere, ..given }
}

/// Whether the action, which is given somewhere in the entity, is given at any place where it is not taken.
pub(super) fn is_left_somewhere<'s>(holder: impl Holder<'s>, viewer: &Viewer<'s>, asked: Asked<'s>) -> bool {
    let places = &viewer.snapshot.places;
    let whole = places.whole(places.entity(asked.place));
    let mut left = places.of_entity(whole).filter(|place| !is_taken(viewer, *place, asked.action));
    left.any(|place| {
        viewer.snapshot.ask(place, asked.action).is_some_and(|asked| is_given_alone(holder, asked))
    })
}

/// Whether anything gives the action here, if it is looked at alone.
fn is_given_alone<'s>(holder: impl Holder<'s>, asked: Asked<'s>) -> bool {
    let gives = |role: Column| !asked.line.of(role).all().is_empty();
    !granted(holder, asked, &mut ()).here.is_empty() || holder.roles().any(gives)
}

/// [`decide`](super::decide) for a viewer who is limited: a reason for every denial that is the limits' doing, and otherwise
/// the one that there would be without them.
#[inline(never)]
pub(super) fn decide_within_limits(
    viewer: &Viewer<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
    stands: impl Fn(Ix<Action>) -> Relations,
) -> Outcome {
    let Some(asked) = viewer.snapshot.ask(place, action) else { return Outcome::NotOffered };
    let granted = reach(viewer.without_limits(), asked, &mut ());
    let met = meets(*viewer, place, asked.rule.requires, &stands);
    judge(granted, reach(*viewer, asked, &mut ()), met, stands(action))
}

/// The limits in force to which it is due that less of the action is left here than was granted: those that take it here, or
/// else those that take it, or the settings right that includes it, elsewhere.
pub(super) fn behind(viewer: &Viewer<'_>, asked: Asked<'_>) -> Vec<Ix<Limit>> {
    let places = &viewer.snapshot.places;
    let here = taking(viewer, |rule| rule.covers(places, asked.place, asked.action));
    if !here.is_empty() {
        return here;
    }
    let entity = places.entity(asked.place);
    let mut limits = taking_anywhere(viewer, entity, asked.action);
    if asked.rule.by_settings {
        limits.extend(behind_settings(viewer, entity));
    }
    limits.sort_unstable();
    limits.dedup();
    limits
}

/// The limits in force that take the settings right of an entity anywhere.
pub(super) fn behind_settings(viewer: &Viewer<'_>, entity: Ix<Entity>) -> Vec<Ix<Limit>> {
    let settings = viewer.snapshot.offers.entity(entity).settings;
    settings.map(|(entity, action)| taking_anywhere(viewer, entity, action)).unwrap_or_default()
}

fn taking_anywhere(viewer: &Viewer<'_>, entity: Ix<Entity>, action: Ix<Action>) -> Vec<Ix<Limit>> {
    let places = &viewer.snapshot.places;
    taking(viewer, |rule| {
        places.of_entity(places.whole(entity)).any(|place| rule.covers(places, place, action))
    })
}

/// What limits in force take from objects with lists of their own. Such an object is at no place, so a limit that names the
/// places where it takes leaves it alone, and one that takes everywhere, or everywhere but somewhere, does not.
pub(super) fn taken_from_lists(viewer: &Viewer<'_>) -> Actions {
    let taken = in_force(viewer).map(|(_, rule)| rule.taken_nowhere_in_particular());
    taken.fold(Actions::default(), Actions::union)
}

/// The limits in force that take the action from objects with lists of their own.
pub(crate) fn taking_from_lists(viewer: &Viewer<'_>, action: Ix<Action>) -> Vec<Ix<Limit>> {
    taking(viewer, |rule| rule.taken_nowhere_in_particular().contains(action))
}

fn is_taken(viewer: &Viewer<'_>, place: Ix<Place>, action: Ix<Action>) -> bool {
    in_force(viewer).any(|(_, rule)| rule.covers(&viewer.snapshot.places, place, action))
}

fn taking(viewer: &Viewer<'_>, takes: impl Fn(&LimitRule) -> bool) -> Vec<Ix<Limit>> {
    let mut limits: Vec<_> =
        in_force(viewer).filter(|(_, rule)| takes(rule)).map(|(limit, _)| limit).collect();
    limits.sort_unstable();
    limits.dedup();
    limits
}

/// All limits that are in force.
pub(crate) fn all_in_force(viewer: &Viewer<'_>) -> Vec<Ix<Limit>> {
    taking(viewer, |_| true)
}

fn in_force<'s>(viewer: &Viewer<'s>) -> impl Iterator<Item = (Ix<Limit>, &'s LimitRule)> {
    let (limits, on) = (&viewer.snapshot.limits, viewer.occasion());
    viewer.limited().filter_map(move |limited| Some((limited.limit, limits.in_force(limited, on)?)))
}
