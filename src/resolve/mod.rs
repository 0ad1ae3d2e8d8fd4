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
mod record;
mod trace;
mod viewer;

pub use record::{Participant, Record};

pub(crate) use trace::{Bypass, Trace, traced, traced_destinations, traced_new};
pub(crate) use viewer::{Nobody, Viewer};

use trace::Witness;

use crate::index::Ix;
use crate::policy::Combining;
use crate::snapshot::{Actions, Column, Destinations};
use crate::vocabulary::{Action, Entity, Party, Place, Relations};

/// Something that the rights of several roles unite to.
trait Unite {
    fn unite(&mut self, other: Self);
}

impl Unite for Relations {
    fn unite(&mut self, other: Self) {
        *self |= other;
    }
}

/// Any is the greatest; lists unite.
impl Unite for Destinations {
    fn unite(&mut self, other: Self) {
        match (&mut *self, other) {
            (Self::Stages(mine), Self::Stages(others)) => {
                mine.extend(others);
                mine.sort_unstable();
                mine.dedup();
            }
            _ => *self = Self::Any,
        }
    }
}

/// The rights of several roles, combined: the one merge of the crate.
struct Combined<V> {
    combining: Combining,
    nearness: u8,
    value: V,
}

impl<V: Unite + Default> Combined<V> {
    fn new(combining: Combining) -> Self {
        Self { combining, nearness: 0, value: V::default() }
    }

    /// Adds what one more role says, said this near; nearness 0 is nothing said.
    #[inline]
    fn add(&mut self, nearness: u8, value: V) {
        let nearer = match self.combining {
            Combining::MostSpecific => nearness > self.nearness,
            Combining::MostPermissive => false,
        };
        if nearer {
            self.nearness = nearness;
            self.value = value;
        } else if self.counts(nearness) {
            self.value.unite(value);
        }
    }

    /// Whether what is said this near counts, beside what has been added.
    #[inline]
    fn counts(&self, nearness: u8) -> bool {
        match self.combining {
            Combining::MostSpecific => nearness == self.nearness,
            Combining::MostPermissive => true,
        }
    }
}

/// What the viewer's roles give of an action at a place.
#[inline]
fn given(viewer: &Viewer<'_>, place: Ix<Place>, action: Ix<Action>, witness: &mut impl Witness) -> Relations {
    let line = viewer.snapshot.line(place, action);
    let mut combined = Combined::new(viewer.snapshot.combining);
    for role in viewer.roles() {
        let (nearness, relations) = line.of(*role);
        combined.add(nearness, relations);
        witness.says(*role, nearness);
    }
    witness.counted(|nearness| combined.counts(nearness));
    combined.value
}

/// Whether any role of the viewer gives the action at any place of the entity, at any level but none, or he has it as an
/// administrator or by the settings right.
pub(crate) fn holds_anywhere(viewer: &Viewer<'_>, entity: Ix<Entity>, action: Ix<Action>) -> bool {
    let rule = viewer.snapshot.offers.rule(entity, action);
    rule.offered
        && (viewer.is_administrator()
            || givers(viewer, entity, action).next().is_some()
            || rule.by_settings && holds_settings(viewer, entity))
}

/// The viewer's roles that give the action at any place of the entity, at any level but none.
pub(crate) fn givers(
    viewer: &Viewer<'_>,
    entity: Ix<Entity>,
    action: Ix<Action>,
) -> impl Iterator<Item = Column> {
    let rights = &viewer.snapshot.roles.rights;
    viewer.roles().iter().copied().filter(move |role| rights.anywhere(entity, action, *role))
}

/// What the viewer has of an action at a place, before anything is known of a record.
#[inline]
fn held(viewer: &Viewer<'_>, place: Ix<Place>, action: Ix<Action>, witness: &mut impl Witness) -> Relations {
    if viewer.is_administrator() {
        witness.bypasses(Bypass::Administrator);
        return Relations::ALWAYS;
    }
    let entity = viewer.snapshot.places.entity(place);
    let rule = viewer.snapshot.offers.rule(entity, action);
    if rule.by_settings && holds_settings(viewer, entity) {
        witness.bypasses(Bypass::Settings);
        return Relations::ALWAYS;
    }
    given(viewer, place, action, witness)
}

/// The records at a place that the viewer reaches with an action: those to which he stands in any of these relations.
#[inline]
pub(crate) fn reach(viewer: &Viewer<'_>, place: Ix<Place>, action: Ix<Action>) -> Relations {
    reach_heard(viewer, place, action, &mut ())
}

#[inline]
fn reach_heard(
    viewer: &Viewer<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
    witness: &mut impl Witness,
) -> Relations {
    let entity = viewer.snapshot.places.entity(place);
    let rule = viewer.snapshot.offers.rule(entity, action);
    let mut reach = held(viewer, place, action, witness);
    if !rule.standing.is_empty() && !reach.contains(rule.standing) && holds_anywhere(viewer, entity, action) {
        witness.stands(rule.standing);
        reach |= rule.standing;
    }
    reach
}

/// Whether the viewer holds the settings right of the entity. It is not itself included in one, which ends the question.
pub(crate) fn holds_settings(viewer: &Viewer<'_>, entity: Ix<Entity>) -> bool {
    let settings = viewer.snapshot.offers.entity(entity).settings;
    settings.is_some_and(|(entity, action)| holds_anywhere(viewer, entity, action))
}

/// What the action demands of a record at the place: that the viewer stands to it in one of these relations, and in one of
/// those, for the action and for each of its prerequisites.
#[inline]
pub(crate) fn demands(
    viewer: &Viewer<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
) -> impl Iterator<Item = Relations> {
    demanded(viewer, place, action).map(move |action| reach(viewer, place, action))
}

/// The action and each of its prerequisites.
#[inline]
fn demanded(viewer: &Viewer<'_>, place: Ix<Place>, action: Ix<Action>) -> impl Iterator<Item = Ix<Action>> {
    let requires = viewer.snapshot.offers.rule(viewer.snapshot.places.entity(place), action).requires;
    std::iter::once(action).chain(requires.iter())
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
#[inline]
pub(crate) fn decide(
    viewer: &Viewer<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
    stands: Relations,
) -> Outcome {
    if !is_offered(viewer, place, action) {
        return Outcome::NotOffered;
    }
    judge(demands(viewer, place, action), stands)
}

/// Whether the entity of the place admits the action.
#[inline]
fn is_offered(viewer: &Viewer<'_>, place: Ix<Place>, action: Ix<Action>) -> bool {
    viewer.snapshot.offers.rule(viewer.snapshot.places.entity(place), action).offered
}

/// Whether who stands in these relations meets what is demanded, the action's own demand first.
#[inline]
fn judge(mut demands: impl Iterator<Item = Relations>, stands: Relations) -> Outcome {
    let reached = demands.next().unwrap_or_default();
    if !reached.intersects(stands) {
        return if reached.is_empty() { Outcome::NothingGiven } else { Outcome::OutOfReach };
    }
    if demands.all(|demand| demand.intersects(stands)) { Outcome::Allowed } else { Outcome::Prerequisite }
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
        if reach(viewer, place, action).intersects(stands) {
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
    judge_new(demanded(viewer, place, action).map(|action| held(viewer, place, action, &mut ())))
}

/// Whether what is held of the action, and of each of its prerequisites, lets a record be created.
fn judge_new(mut held: impl Iterator<Item = Relations>) -> NewRecord {
    let held_here = held.next().unwrap_or_default();
    let own = Relations::OWN | Party::OWNER.relation();
    if held_here.is_empty() {
        NewRecord::NothingGiven
    } else if held.any(|required| required.is_empty()) {
        NewRecord::Prerequisite
    } else if own.contains(held_here) {
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
    if let Some(bypass) = moves_without_transition(viewer, snapshot.places.entity(from)) {
        witness.bypasses(bypass);
        return Destinations::Any;
    }
    let mut combined = Combined::<Destinations>::new(snapshot.combining);
    for column in viewer.roles() {
        let said = |place| {
            let to = snapshot.roles.transitions.get(place, column.role()?)?;
            Some((snapshot.places.nearness(place), to))
        };
        let (nearness, to) = snapshot.places.upward(from).find_map(said).unzip();
        combined.add(nearness.unwrap_or(0), to.cloned().unwrap_or_default());
        witness.says(*column, nearness.unwrap_or(0));
    }
    witness.counted(|nearness| combined.counts(nearness));
    combined.value
}

/// What takes the place of a transition, if anything does.
fn moves_without_transition(viewer: &Viewer<'_>, entity: Ix<Entity>) -> Option<Bypass> {
    if viewer.is_administrator() {
        Some(Bypass::Administrator)
    } else if viewer.snapshot.offers.entity(entity).moves_freely {
        Some(Bypass::MovesFreely)
    } else {
        holds_settings(viewer, entity).then_some(Bypass::Settings)
    }
}
