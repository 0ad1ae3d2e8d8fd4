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

mod bond;
mod limit;
mod record;
mod trace;
mod until;
mod view;
mod viewer;
mod who;

pub use record::{Participant, Record};

pub(crate) use trace::{Bypass, Trace, traced, traced_destinations, traced_new};
pub(crate) use until::{all_valid_until, valid_until};
pub(crate) use view::{View, decide_all_in, decide_in, decide_new_in, demands_in, holds_anywhere_in, others};
pub(crate) use viewer::{Nobody, Viewer};
pub(crate) use who::{Lets, lets, roles_that_could};

use trace::Witness;

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

/// What the viewer has of an action at a place: what he is granted, as far as limits leave it.
#[inline(always)]
fn given(viewer: &Viewer<'_>, asked: Asked<'_>, witness: &mut impl Witness) -> Given {
    let given = granted(viewer, asked, witness);
    if viewer.is_limited() { limit::left(viewer, asked, given) } else { given }
}

/// What the viewer is granted, as an administrator, by the settings right or from his roles.
#[inline(always)]
fn granted(viewer: &Viewer<'_>, asked: Asked<'_>, witness: &mut impl Witness) -> Given {
    if viewer.is_administrator() {
        witness.bypasses(Bypass::Administrator);
        return Given { here: Relations::ALWAYS, somewhere: true };
    }
    if asked.rule.by_settings && holds_settings(viewer, asked.place) {
        witness.bypasses(Bypass::Settings);
        return Given { here: Relations::ALWAYS, somewhere: true };
    }
    witness.hears(viewer.roles().map(|role| (role, asked.line.nearness(role))), viewer.snapshot.combining);
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

/// How near a right must be said to count, when the nearest of all roles is said this near: the rule by which several roles
/// combine. What counts unites.
fn counts_from(combining: Combining, nearest: u8) -> u8 {
    match combining {
        Combining::MostSpecific => nearest,
        Combining::MostPermissive => 1,
    }
}

/// What these roles give together, by [`counts_from`].
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
fn reach(viewer: &Viewer<'_>, asked: Asked<'_>, witness: &mut impl Witness) -> Relations {
    let given = given(viewer, asked, witness);
    let standing = when(given.somewhere, asked.rule.standing);
    if !given.here.contains(standing) {
        witness.stands(standing);
    }
    given.here | standing
}

/// Whether the viewer has the action at any place of the entity, at any level but none.
pub(crate) fn holds_anywhere(viewer: &Viewer<'_>, entity: Ix<Entity>, action: Ix<Action>) -> bool {
    let place = viewer.snapshot.places.whole(entity);
    viewer.snapshot.ask(place, action).is_some_and(|asked| {
        let somewhere = granted(viewer, asked, &mut ()).somewhere;
        somewhere && (!viewer.is_limited() || limit::is_left_somewhere(viewer, asked))
    })
}

/// The viewer's roles that give the action at any place of the entity, at any level but none.
pub(crate) fn givers(
    viewer: &Viewer<'_>,
    entity: Ix<Entity>,
    action: Ix<Action>,
) -> impl Iterator<Item = Column> {
    let place = viewer.snapshot.places.whole(entity);
    let asked = viewer.snapshot.ask(place, action).into_iter();
    asked.flat_map(|asked| {
        viewer.roles().filter(move |role| *role != Column::NONE && asked.line.of(*role).given_somewhere())
    })
}

/// Whether the viewer holds the settings right of the entity that the place is in. It is not itself included in one, which
/// ends the question.
#[inline(never)]
pub(crate) fn holds_settings(viewer: &Viewer<'_>, place: Ix<Place>) -> bool {
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
    demanded(viewer, place, action).map(move |asked| reach(viewer, asked, &mut ()))
}

/// The action and each of its prerequisites, at the place; nothing, if the entity does not admit the action.
fn demanded<'s>(
    viewer: &Viewer<'s>,
    place: Ix<Place>,
    action: Ix<Action>,
) -> impl Iterator<Item = Asked<'s>> {
    let asked = viewer.snapshot.ask(place, action).into_iter();
    asked.flat_map(move |asked| std::iter::once(asked).chain(required(viewer, asked)))
}

/// The prerequisites of an action, at the same place.
#[inline]
fn required<'s>(viewer: &Viewer<'s>, asked: Asked<'s>) -> impl Iterator<Item = Asked<'s>> + use<'s> {
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
    /// It would be allowed without limits.
    Limited,
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
    if viewer.is_limited() {
        return limit::decide_within_limits(viewer, asked, stands);
    }
    let reached = reach(viewer, asked, &mut ());
    let alone = judge_alone(reached, reached, stands);
    if asked.rule.requires.is_empty() {
        alone
    } else {
        with_requirements(viewer, place, action, stands, alone)
    }
}

/// How the action comes out by itself, if this is granted, this is reached within limits, and the viewer stands so to the record.
#[inline]
fn judge_alone(granted: Relations, reached: Relations, stands: Relations) -> Outcome {
    if reached.intersects(stands) {
        Outcome::Allowed
    } else if granted.intersects(stands) {
        Outcome::Limited
    } else if granted.is_empty() {
        Outcome::NothingGiven
    } else {
        Outcome::OutOfReach
    }
}

/// How the action comes out with its prerequisites, of which these are reached.
#[inline]
fn judge(alone: Outcome, mut required: impl Iterator<Item = Relations>, stands: Relations) -> Outcome {
    if alone != Outcome::Allowed || required.all(|reached| reached.intersects(stands)) {
        alone
    } else {
        Outcome::Prerequisite
    }
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
    let asked = viewer.snapshot.ask(place, action).into_iter();
    let required = asked.flat_map(|asked| required(viewer, asked)).map(|asked| reach(viewer, asked, &mut ()));
    judge(alone, required, stands)
}

/// All actions that are allowed with a record at the place, to which the viewer stands in these relations.
pub(crate) fn decide_all(viewer: &Viewer<'_>, place: Ix<Place>, stands: Relations) -> Actions {
    let entity = viewer.snapshot.places.entity(place);
    let offered = viewer.snapshot.offers.entity(entity).offered;
    if viewer.is_administrator() && !viewer.is_limited() {
        return offered;
    }
    let mut reached = Actions::default();
    for action in offered.iter() {
        let asked = viewer.snapshot.ask(place, action);
        if asked.is_some_and(|asked| reach(viewer, asked, &mut ()).intersects(stands)) {
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
    /// It might be created without limits.
    Limited,
    Prerequisite,
    /// Something is given, and whoever would have to own the record is outside of what it is confined to.
    OutOfReach,
    /// The level reaches the viewer's own records and no others: what he creates must be his.
    OwnOnly,
    Anybodys,
}

/// Whether a record may be created at the place. There is no record yet to stand in a relation to, so any level will do, what
/// stands does not count, and the level decides whose it becomes.
pub(crate) fn decide_new(viewer: &Viewer<'_>, place: Ix<Place>, action: Ix<Action>) -> NewRecord {
    let granted = if viewer.is_limited() {
        let asked = viewer.snapshot.ask(place, action);
        asked.map(|asked| given(&viewer.without_limits(), asked, &mut ()).here).unwrap_or_default()
    } else {
        Relations::empty()
    };
    judge_new(granted, demanded(viewer, place, action).map(|asked| given(viewer, asked, &mut ()).here))
}

/// Whether what is given of the action within limits, and of each of its prerequisites, lets a record be created, if this is granted
/// of the action without limits.
fn judge_new(granted: Relations, mut given: impl Iterator<Item = Relations>) -> NewRecord {
    let here = given.next().unwrap_or_default();
    let own = Relations::OWN | Party::OWNER.relation();
    if here.is_empty() && !granted.is_empty() {
        NewRecord::Limited
    } else if here.is_empty() {
        NewRecord::NothingGiven
    } else if given.any(|required| required.is_empty()) {
        NewRecord::Prerequisite
    } else if own.contains(here) {
        NewRecord::OwnOnly
    } else {
        NewRecord::Anybodys
    }
}

/// Where a record may go from a place: the right of transition, without the right to update.
pub(crate) fn destinations(viewer: &Viewer<'_>, from: Ix<Place>) -> Destinations {
    destinations_heard(viewer, from, &mut ())
}

fn destinations_heard(viewer: &Viewer<'_>, from: Ix<Place>, witness: &mut impl Witness) -> Destinations {
    let snapshot = viewer.snapshot;
    if let Some(bypass) = moves_without_transition(viewer, from) {
        witness.bypasses(bypass);
        return Destinations::Any;
    }
    let said = |role| {
        let at =
            |place| Some((snapshot.places.nearness(place), snapshot.roles.transitions.get(place, role)?));
        snapshot.places.upward(from).find_map(at)
    };
    let nearness = |role: Column| role.role().and_then(said).map_or(0, |(nearness, _)| nearness);
    witness.hears(viewer.roles().map(|role| (role, nearness(role))), snapshot.combining);
    let all: Vec<_> = viewer.roles().filter_map(Column::role).filter_map(said).collect();
    let nearest = all.iter().map(|(nearness, _)| *nearness).max().unwrap_or(0);
    let from = counts_from(snapshot.combining, nearest);
    let counted = all.into_iter().filter(|(nearness, _)| *nearness >= from);
    counted.fold(Destinations::default(), |united, (_, to)| unite(united, to))
}

/// What takes the place of a transition, if anything does.
fn moves_without_transition(viewer: &Viewer<'_>, from: Ix<Place>) -> Option<Bypass> {
    if viewer.is_administrator() {
        Some(Bypass::Administrator)
    } else if viewer.snapshot.offers.entity(viewer.snapshot.places.entity(from)).moves_freely {
        Some(Bypass::MovesFreely)
    } else {
        holds_settings(viewer, from).then_some(Bypass::Settings)
    }
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

/// Whether a record may go from a stage to another of the same pipeline, if limits did not take the settings right.
pub(crate) fn leads_without_limits(viewer: &Viewer<'_>, from: Ix<Place>, to: Ix<Place>) -> bool {
    viewer.is_limited() && destinations(&viewer.without_limits(), from).contains(to)
}

/// The relation, if the condition holds; without a branch.
#[inline]
fn when(holds: bool, relation: Relations) -> Relations {
    Relations::from_bits_retain(relation.bits() * u64::from(holds))
}
