//! What a right means. The only place that says so.
//!
//! Every answer of the crate is made of three steps, and all of them are here:
//!
//! 1. **What is given** ([`given`]). Each role the viewer holds says of an action at a place what its nearest explicit
//!    right there says: the stage's, else the pipeline's, else the entity's, else nothing. How several roles combine is
//!    the policy's choice ([`Combining`]):
//!
//!    | rule | of the roles' rights, those count | and they |
//!    |---|---|---|
//!    | `MostSpecific` | that are nearest to the record among all roles | unite |
//!    | `MostPermissive` | all | unite |
//!
//! 2. **What is reached** ([`reach`]). An administrator reaches everything. The entity's settings right reaches everything
//!    for the actions that it includes. Otherwise it is what is given, and for whoever is given the action anywhere in the
//!    entity, what *stands*: the relations (observing) that suffice whatever the stage says.
//!
//! 3. **Whether the record is in it** ([`decide`]): the viewer stands to it in one of the relations reached, for the action
//!    and for each of its prerequisites.
//!
//! Sections 2.4 to 2.8 and 12.3 of the rights model. The corner that surprises: under `MostSpecific` an explicit right is
//! stronger than any inherited one *of any other role*, so a role that says "none" on a stage takes that stage from
//! everybody who holds it, whatever else they hold.

mod record;
mod viewer;

pub use record::{Participant, Record};

pub(crate) use viewer::{Nobody, Viewer};

use crate::index::Ix;
use crate::policy::Combining;
use crate::snapshot::{Actions, Asked, Column, Destinations, Line, Said};
use crate::vocabulary::{Action, Entity, Party, Place, Relations};

/// What a viewer has of an action at a place, before anything is known of a record.
#[derive(Clone, Copy)]
struct Given {
    here: Relations,
    /// Whether it is given anywhere in the entity, at any level but none.
    somewhere: bool,
}

/// What the viewer has of an action at a place, as an administrator, by the settings right or from his roles.
#[inline(always)]
fn given(viewer: &Viewer<'_>, asked: Asked<'_>) -> Given {
    if viewer.is_administrator() || asked.rule.by_settings && holds_settings(viewer, asked.place) {
        return Given { here: Relations::ALWAYS, somewhere: true };
    }
    if viewer.roles.are_all_first() {
        combined(viewer, viewer.roles.first.into_iter(), asked.line)
    } else {
        given_by_many(viewer, asked.line)
    }
}

/// Apart, because most users hold four roles at most.
#[inline(never)]
fn given_by_many(viewer: &Viewer<'_>, line: Line<'_>) -> Given {
    combined(viewer, viewer.roles(), line)
}

/// What these roles give together: the one merge of the crate.
///
/// Nothing is asked of what each role says: which of them speaks nearest is a guess that fails every other time.
#[inline]
fn combined(viewer: &Viewer<'_>, roles: impl Iterator<Item = Column>, line: Line<'_>) -> Given {
    let said = roles.fold(Said::default(), |said, role| said.and(line.of(role)));
    let here = match viewer.snapshot.combining {
        Combining::MostSpecific => said.nearest(),
        Combining::MostPermissive => said.all(),
    };
    Given { here, somewhere: said.given_somewhere() }
}

/// The records at a place that the viewer reaches with an action: those to which he stands in any of these relations.
#[inline(always)]
fn reach(viewer: &Viewer<'_>, asked: Asked<'_>) -> Relations {
    let given = given(viewer, asked);
    given.here | when(given.somewhere, asked.rule.standing)
}

/// Whether the viewer has the action at any place of the entity, at any level but none.
pub(crate) fn holds_anywhere(viewer: &Viewer<'_>, entity: Ix<Entity>, action: Ix<Action>) -> bool {
    let place = viewer.snapshot.places.whole(entity);
    viewer.snapshot.ask(place, action).is_some_and(|asked| given(viewer, asked).somewhere)
}

/// Whether the viewer holds the settings right of the entity that the place is in. It is not itself included in one, which
/// ends the question.
#[inline(never)]
fn holds_settings(viewer: &Viewer<'_>, place: Ix<Place>) -> bool {
    let settings = viewer.snapshot.offers.entity(viewer.snapshot.places.entity(place)).settings;
    settings.is_some_and(|(entity, action)| holds_anywhere(viewer, entity, action))
}

/// What the action demands of a record at the place: that the viewer stands to it in one of these relations, and in one of
/// those, for the action and for each of its prerequisites.
pub(crate) fn demands(
    viewer: &Viewer<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
) -> impl Iterator<Item = Relations> {
    let asked = viewer.snapshot.ask(place, action).into_iter();
    asked.flat_map(move |asked| {
        std::iter::once(asked).chain(required(viewer, asked)).map(move |asked| reach(viewer, asked))
    })
}

/// The prerequisites of an action, at the same place.
#[inline]
fn required<'s>(viewer: &Viewer<'s>, asked: Asked<'s>) -> impl Iterator<Item = Asked<'s>> {
    let snapshot = viewer.snapshot;
    asked.rule.requires.iter().filter_map(move |action| snapshot.ask(asked.place, action))
}

/// How a question about one action and one record comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Allowed,
    /// The entity does not admit the action.
    NotOffered,
    /// No role gives the action here.
    NothingGiven,
    /// Something is given, and does not reach this record.
    OutOfReach,
    /// A prerequisite is not allowed.
    Prerequisite,
}

/// Whether the action is allowed with a record at the place, to which the viewer stands in these relations.
#[inline(always)]
pub(crate) fn decide(
    viewer: &Viewer<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
    stands: Relations,
) -> Outcome {
    let Some(asked) = viewer.snapshot.ask(place, action) else { return Outcome::NotOffered };
    let reached = reach(viewer, asked);
    let alone = if reached.intersects(stands) {
        Outcome::Allowed
    } else if reached.is_empty() {
        Outcome::NothingGiven
    } else {
        Outcome::OutOfReach
    };
    if asked.rule.requires.is_empty() { alone } else { with_requirements(viewer, place, action, stands, alone) }
}

/// Apart, because most actions have no prerequisites.
#[inline(never)]
fn with_requirements(
    viewer: &Viewer<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
    stands: Relations,
    alone: Outcome,
) -> Outcome {
    if alone != Outcome::Allowed {
        return alone;
    }
    let Some(asked) = viewer.snapshot.ask(place, action) else { return Outcome::NotOffered };
    let met = required(viewer, asked).all(|required| reach(viewer, required).intersects(stands));
    if met { Outcome::Allowed } else { Outcome::Prerequisite }
}

/// All actions that are allowed with a record at the place, to which the viewer stands in these relations.
pub(crate) fn decide_all(viewer: &Viewer<'_>, place: Ix<Place>, stands: Relations) -> Actions {
    let entity = viewer.snapshot.places.entity(place);
    let offered = viewer.snapshot.offers.entity(entity).offered;
    if viewer.is_administrator() {
        return offered;
    }
    let mut reached = Actions::default();
    for action in offered.iter() {
        let asked = viewer.snapshot.ask(place, action);
        if asked.is_some_and(|asked| reach(viewer, asked).intersects(stands)) {
            reached.insert(action);
        }
    }
    let mut allowed = Actions::default();
    for action in reached.iter() {
        let requires = viewer.snapshot.offers.rule(entity, action).requires;
        if requires.0 & !reached.0 == 0 {
            allowed.insert(action);
        }
    }
    allowed
}

/// How creating a record comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NewRecord {
    NothingGiven,
    Prerequisite,
    /// The level reaches the viewer's own records and no others: what he creates must be his.
    OwnOnly,
    Anybodys,
}

/// Whether a record may be created at the place. There is no record yet to stand in a relation to, so any level will do, what
/// stands does not count, and the level decides whose it becomes.
pub(crate) fn decide_new(viewer: &Viewer<'_>, place: Ix<Place>, action: Ix<Action>) -> NewRecord {
    let Some(asked) = viewer.snapshot.ask(place, action) else { return NewRecord::NothingGiven };
    let here = given(viewer, asked).here;
    let own = Relations::OWN | Party::OWNER.relation();
    if here.is_empty() {
        NewRecord::NothingGiven
    } else if required(viewer, asked).any(|required| given(viewer, required).here.is_empty()) {
        NewRecord::Prerequisite
    } else if own.contains(here) {
        NewRecord::OwnOnly
    } else {
        NewRecord::Anybodys
    }
}

/// Where a record may go from a place: the right of transition, without the right to update.
pub(crate) fn destinations(viewer: &Viewer<'_>, from: Ix<Place>) -> Destinations {
    let snapshot = viewer.snapshot;
    let entity = snapshot.places.entity(from);
    if viewer.is_administrator()
        || snapshot.offers.entity(entity).moves_freely
        || holds_settings(viewer, from)
    {
        return Destinations::Any;
    }
    let said = |role| {
        let at = |place| Some((snapshot.places.nearness(place), snapshot.roles.transitions.get(place, role)?));
        snapshot.places.upward(from).find_map(at)
    };
    let all: Vec<_> = viewer.roles().filter_map(Column::role).filter_map(said).collect();
    let nearest = all.iter().map(|(nearness, _)| *nearness).max().unwrap_or(0);
    let counting = match snapshot.combining {
        Combining::MostSpecific => nearest,
        Combining::MostPermissive => 0,
    };
    let counted = all.into_iter().filter(|(nearness, _)| *nearness >= counting);
    counted.fold(Destinations::default(), |united, (_, to)| unite(united, to))
}

/// Any is the greatest; lists unite.
fn unite(one: Destinations, other: &Destinations) -> Destinations {
    match (one, other) {
        (Destinations::Stages(stages), Destinations::Stages(others)) => {
            let mut all = [stages.as_slice(), others].concat();
            all.sort_unstable();
            all.dedup();
            Destinations::Stages(all)
        }
        _ => Destinations::Any,
    }
}

/// The relation, if the condition holds; without a branch.
#[inline]
fn when(holds: bool, relation: Relations) -> Relations {
    Relations::from_bits_retain(relation.bits() * u32::from(holds))
}
