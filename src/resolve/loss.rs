//! What somebody loses by holding other roles, everything else about him the same.
//!
//! Reach is compared, and not only what roles give: what stands for whoever holds an action somewhere, what a settings right includes
//! and what an action requires can make up for what roles do not give, or go with it. What limits take is taken on both sides.

use smallvec::SmallVec;

use crate::index::Ix;
use crate::resolve::holder::Holder;
use crate::resolve::view::View;
use crate::resolve::viewer::Viewer;
use crate::resolve::{NewRecord, demanded, destinations_heard, given, holds_anywhere, judge_new, reach};
use crate::snapshot::{Column, Destinations, Snapshot};
use crate::vocabulary::{Action, Entity, Place, Relations};

/// Something that is not possible any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loss {
    /// The action with some record at the place, or creating a record there.
    Right { place: Ix<Place>, action: Ix<Action> },
    /// Moving a record, that can be updated.
    Move { from: Ix<Place>, to: Ix<Place> },
    /// Entering the entity, by the action.
    Entry { entity: Ix<Entity>, action: Ix<Action> },
}

/// A viewer, with these roles instead of his own.
#[derive(Clone, Copy)]
struct Holding<'v, 's> {
    viewer: &'v Viewer<'s>,
    roles: &'v [Column],
}

impl<'s> Holder<'s> for Holding<'_, 's> {
    fn snapshot(self) -> &'s Snapshot {
        self.viewer.snapshot
    }

    fn is_free(self, place: Ix<Place>) -> bool {
        self.viewer.is_free(place)
    }

    fn limited(self) -> Option<Viewer<'s>> {
        self.viewer.is_limited().then_some(*self.viewer)
    }

    fn roles(self) -> impl Iterator<Item = Column> {
        self.roles.iter().copied()
    }
}

/// What the view loses when its viewer holds the second roles instead of the first: places first, in their order, then entries.
///
/// Takes time in proportion to places times actions, and to moves.
pub(crate) fn losses<'a>(view: &'a View<'_>, [had, has]: [&'a [Column]; 2]) -> impl Iterator<Item = Loss> {
    let [had, has] = [had, has].map(|roles| Holding { viewer: &view.viewer, roles });
    let snapshot = view.viewer.snapshot;
    let rights = move |place| {
        let actions = snapshot.ask_all(place).map(|(action, _)| action);
        let lost = actions.filter(move |action| {
            loses_reach(view, [had, has], place, *action) || loses_creating(view, [had, has], place, *action)
        });
        lost.map(move |action| Loss::Right { place, action })
    };
    let places = snapshot.places.positions();
    let here = places.flat_map(move |place| rights(place).chain(lost_moves(view, [had, has], place)));
    here.chain(lost_entries([had, has]))
}

/// What the action demands in the view of somebody with other roles.
fn demands(
    view: &View<'_>,
    holder: Holding<'_, '_>,
    place: Ix<Place>,
    action: Ix<Action>,
) -> SmallVec<[Relations; 8]> {
    let demanded = demanded(&view.viewer, place, action);
    demanded.map(|asked| reach(holder, asked, &mut ())).chain(view.confined_to()).collect()
}

fn loses_reach(view: &View<'_>, sides: [Holding<'_, '_>; 2], place: Ix<Place>, action: Ix<Action>) -> bool {
    let [had, has] = sides.map(|holder| demands(view, holder, place, action));
    !has.iter().all(|demand| follows(*demand, &had))
}

/// A record is in the viewer's department or else elsewhere; otherwise relations are independent of each other.
const HALVES: [[Relations; 2]; 2] =
    [[Relations::DEPARTMENT, Relations::ELSEWHERE], [Relations::ELSEWHERE, Relations::DEPARTMENT]];

/// Whether every record that meets all of these demands meets the one.
fn follows(demand: Relations, from: &[Relations]) -> bool {
    let met = |[half, other]: [Relations; 2]| {
        demand.intersects(Relations::ALWAYS | half) || from.iter().any(|it| (demand | other).contains(*it))
    };
    HALVES.into_iter().all(met)
}

/// Whether every record stands in one of these relations: in "always", or because it is of the department or else elsewhere.
pub(crate) fn reaches_all(relations: Relations) -> bool {
    follows(relations, &[])
}

/// Whether every record that stands in one of these relations stands in one of the others.
pub(crate) fn is_within(one: Relations, other: Relations) -> bool {
    follows(other, &[one])
}

/// Whether no record meets all of these demands.
fn are_never_met(demands: &[Relations]) -> bool {
    follows(Relations::empty(), demands)
}

fn loses_creating(
    view: &View<'_>,
    sides: [Holding<'_, '_>; 2],
    place: Ix<Place>,
    action: Ix<Action>,
) -> bool {
    let snapshot = view.viewer.snapshot;
    if snapshot.offers.entity(snapshot.places.entity(place)).creates_by != Some(action) {
        return false;
    }
    let outside = view.confined_to().is_some() && !view.contains(view.viewer.handle());
    let width = |holder: Holding<'_, '_>| {
        let given = demanded(&view.viewer, place, action).map(|asked| given(holder, asked, &mut ()).here);
        match judge_new(Relations::empty(), given) {
            NewRecord::Anybodys => 2,
            NewRecord::OwnOnly if !outside => 1,
            NewRecord::OwnOnly
            | NewRecord::NothingGiven
            | NewRecord::Limited
            | NewRecord::Prerequisite
            | NewRecord::OutOfReach => 0,
        }
    };
    let [had, has] = sides.map(width);
    has < had
}

fn lost_moves<'a>(
    view: &'a View<'_>,
    [had, has]: [Holding<'a, '_>; 2],
    from: Ix<Place>,
) -> impl Iterator<Item = Loss> {
    let places = &view.viewer.snapshot.places;
    let updates = view.viewer.snapshot.offers.entity(places.entity(from)).updates_by;
    let can = updates.filter(|update| !are_never_met(&demands(view, had, from, *update)));
    let pipeline = can.and_then(|_| places.pipeline(from));
    let [led, leads] = [had, has].map(|holder| pipeline.map(|_| destinations_heard(holder, from, &mut ())));
    let stages = pipeline.into_iter().flat_map(|pipeline| places.stages_of(pipeline));
    let is_in = |side: &Option<Destinations>, to| side.as_ref().is_some_and(|it| it.contains(to));
    let lost = stages.filter(move |to| *to != from && is_in(&led, *to) && !is_in(&leads, *to));
    lost.map(move |to| Loss::Move { from, to })
}

fn lost_entries([had, has]: [Holding<'_, '_>; 2]) -> impl Iterator<Item = Loss> {
    let doors = had.viewer.snapshot.offers.entities();
    let doors = doors.filter_map(|(entity, rule)| Some((entity, rule.reads_by?)));
    let lost = doors.filter(move |(entity, action)| {
        holds_anywhere(had, *entity, *action) && !holds_anywhere(has, *entity, *action)
    });
    lost.map(|(entity, action)| Loss::Entry { entity, action })
}
