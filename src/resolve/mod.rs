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
//! 2. **What is reached** ([`reach`]). An administrator reaches everything where he is free. The entity's settings right reaches everything
//!    for the actions that it includes. Otherwise it is what is given, and for whoever is given the action anywhere in the
//!    entity, what *stands*: the relations (observing) that suffice whatever the stage says.
//!
//! 3. **Whether the record is in it** ([`decide`]): the viewer stands to it in one of the relations reached, for the action
//!    and for each of its prerequisites.
//!
//! Sections 2.4 to 2.8 and 12.3 of the rights model. The corner that surprises: under `MostSpecific` an explicit right is
//! stronger than any inherited one *of any other role*, so a role that says "none" on a stage takes that stage from
//! everybody who holds it, whatever else they hold.

pub(crate) mod acl;
mod audience;
mod bond;
mod delegate;
mod digest;
mod effect;
mod holder;
mod lets;
pub(crate) mod limit;
mod loss;
mod opening;
mod page;
mod poll;
mod record;
mod share;
mod trace;
mod until;
mod view;
mod viewer;

pub use audience::Admission;
pub use opening::Opening;
pub use record::{Participant, Record};
pub use share::{Grantee, Share};

pub(crate) use audience::{admission, belonging, could_admit_outsiders};
pub(crate) use delegate::{Surplus, surplus};
pub(crate) use effect::{Sufficing, effect, gives_nothing, is_idle};
pub(crate) use lets::{Lets, lets};
pub(crate) use loss::{Loss, is_within, losses, reaches_all};
pub(crate) use opening::{Stance, decide_opened, linked_place};
pub(crate) use page::Page;
pub(crate) use poll::Poll;
pub(crate) use record::Bearer;
pub(crate) use share::circle_of;
pub(crate) use trace::{Bypass, Trace, traced, traced_destinations, traced_new};
pub(crate) use until::{all_valid_until, valid_until};
pub(crate) use view::{
    View, decide_all_in, decide_in, decide_new_in, demands_in, destinations_in, given_new_in,
    holds_anywhere_in, others, traced_destinations_in,
};
pub(crate) use viewer::{Nobody, Viewer};

use holder::{Holder, Ordinary};
use trace::Witness;

use crate::index::Ix;
use crate::policy::Combining;
use crate::snapshot::{Actions, Asked, Column, Demand, Destinations, Said};
use crate::vocabulary::{Action, Entity, Party, Place, Relations};

/// What a viewer has of an action at a place, before anything is known of a record.
#[derive(Clone, Copy)]
struct Given {
    here: Relations,
    /// Whether it is given anywhere in the entity, at any level but none.
    somewhere: bool,
    /// What opens it whoever is given what: linked records, social groups, shares.
    opens: Relations,
}

/// What somebody has of an action at a place: what he is granted, as far as limits leave it.
#[inline(always)]
fn given<'s>(holder: impl Holder<'s>, asked: Asked<'s>, witness: &mut impl Witness) -> Given {
    let given = granted(holder, asked, witness);
    holder.limited().map_or(given, |viewer| limit::left(holder, &viewer, asked, given))
}

/// What somebody is granted, as an administrator, by the settings right or from his roles.
#[inline(always)]
fn granted<'s>(holder: impl Holder<'s>, asked: Asked<'s>, witness: &mut impl Witness) -> Given {
    if let Some(bypass) = bypass(holder, asked) {
        witness.bypasses(bypass);
        return Given { here: Relations::ALWAYS, somewhere: true, opens: Relations::empty() };
    }
    let combining = holder.snapshot().combining;
    witness.hears(holder.roles().map(|role| (role, asked.line.nearness(role))), combining);
    Given { opens: asked.rule.opens, ..combined(combining, holder.says(asked.line)) }
}

/// Why somebody needs no right of his roles, if he needs none.
#[inline(always)]
fn bypass<'s>(holder: impl Holder<'s>, asked: Asked<'s>) -> Option<Bypass> {
    if holder.is_free(asked.place) {
        Some(Bypass::Administrator)
    } else if asked.rule.by_settings && holds_settings(holder, asked.place) {
        Some(Bypass::Settings)
    } else {
        None
    }
}

/// How near a right must be said to count, when the nearest of all roles is said this near: the rule by which several roles
/// combine. What counts unites.
fn counts_from(combining: Combining, nearest: u8) -> u8 {
    match combining {
        Combining::MostSpecific => nearest,
        Combining::MostPermissive => 1,
    }
}

/// What roles that say this give together, by [`counts_from`].
///
/// Nothing is asked of what each role says: which of them speaks nearest is a guess that fails every other time.
#[inline]
fn combined(combining: Combining, said: Said) -> Given {
    let here = match combining {
        Combining::MostSpecific => said.nearest(),
        Combining::MostPermissive => said.all(),
    };
    Given { here, somewhere: said.given_somewhere(), opens: Relations::empty() }
}

/// The records at a place that somebody reaches with an action: those to which he stands in any of these relations.
#[inline(always)]
fn reach<'s>(holder: impl Holder<'s>, asked: Asked<'s>, witness: &mut impl Witness) -> Relations {
    let given = given(holder, asked, witness);
    witness.gives(given.here);
    let standing = when(given.somewhere, asked.rule.standing);
    if !given.here.contains(standing) {
        witness.stands(standing);
    }
    given.here | standing | given.opens
}

/// What the viewer is given of an action at a place, without what stands for him whatever the place says.
pub(crate) fn given_here(viewer: &Viewer<'_>, place: Ix<Place>, action: Ix<Action>) -> Relations {
    viewer.snapshot.ask(place, action).map(|asked| given(*viewer, asked, &mut ()).here).unwrap_or_default()
}

/// Whether the same records are reached by both, as far as relations are independent of each other.
pub(crate) fn reach_alike(one: Relations, other: Relations) -> bool {
    one == other || (one & other).contains(Relations::ALWAYS)
}

/// Whether somebody has the action at any place of the entity, at any level but none.
pub(crate) fn holds_anywhere<'s>(holder: impl Holder<'s>, entity: Ix<Entity>, action: Ix<Action>) -> bool {
    let place = holder.snapshot().places.whole(entity);
    holder.snapshot().ask(place, action).is_some_and(|asked| {
        let somewhere = granted(holder, asked, &mut ()).somewhere;
        somewhere && holder.limited().is_none_or(|viewer| limit::is_left_somewhere(holder, &viewer, asked))
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

/// Whether somebody holds the settings right of the entity that the place is in. It is not itself included in one, which
/// ends the question.
#[inline(never)]
pub(crate) fn holds_settings<'s>(holder: impl Holder<'s>, place: Ix<Place>) -> bool {
    let snapshot = holder.snapshot();
    let settings = snapshot.offers.entity(snapshot.places.entity(place)).settings;
    settings.is_some_and(|(entity, action)| holds_anywhere(holder, entity, action))
}

/// What the action demands of a record at the place: that the viewer stands to it in one of these relations, and in one of
/// those, for the action and for each of its prerequisites.
pub(crate) fn demands(
    viewer: &Viewer<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
) -> impl Iterator<Item = Relations> {
    demanded(viewer, place, action).map(move |asked| reach(*viewer, asked, &mut ()))
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
    let Some(holder) = Ordinary::of(viewer) else { return decide_otherwise(*viewer, place, action, stands) };
    match viewer.snapshot.digest.demand(viewer.position(), place, action) {
        Some(demand) => judge_by(demand, stands),
        None => decide_for(holder, place, action, stands),
    }
}

#[inline(never)]
fn decide_otherwise(viewer: Viewer<'_>, place: Ix<Place>, action: Ix<Action>, stands: Relations) -> Outcome {
    if viewer.is_limited() {
        limit::decide_within_limits(&viewer, place, action, |_| stands)
    } else {
        decide_for(viewer, place, action, stands)
    }
}

/// Not inlined, so that what is inlined where a question is asked stays short, and this keeps to the registers.
#[inline(never)]
fn decide_for<'s>(
    holder: impl Holder<'s>,
    place: Ix<Place>,
    action: Ix<Action>,
    stands: Relations,
) -> Outcome {
    let Some(asked) = holder.snapshot().ask(place, action) else { return Outcome::NotOffered };
    if asked.rule.by_settings | !asked.rule.requires.is_empty() {
        return decide_at_length(holder, place, action, stands);
    }
    let reached = reach(holder, asked, &mut ());
    judge(reached, reached, true, stands)
}

/// Apart, because most actions have no prerequisites and are not included in a settings right.
#[inline(never)]
fn decide_at_length<'s>(
    holder: impl Holder<'s>,
    place: Ix<Place>,
    action: Ix<Action>,
    stands: Relations,
) -> Outcome {
    let Some(asked) = holder.snapshot().ask(place, action) else { return Outcome::NotOffered };
    let met = meets(holder, place, asked.rule.requires, |_| stands);
    let reached = reach(holder, asked, &mut ());
    judge(reached, reached, met, stands)
}

/// Whether all these actions would be allowed alone. Every one is looked at: which is the first that would not is a guess
/// that fails often.
#[inline]
fn meets<'s>(
    holder: impl Holder<'s>,
    place: Ix<Place>,
    mut actions: Actions,
    stands: impl Fn(Ix<Action>) -> Relations,
) -> bool {
    let mut all = true;
    while let Some(action) = actions.take_first() {
        let asked = holder.snapshot().ask(place, action);
        all &= asked.is_some_and(|asked| reach(holder, asked, &mut ()).intersects(stands(action)));
    }
    all
}

/// How an action comes out of which this is granted and this is reached within limits, if all of its prerequisites are met or
/// not, and the viewer stands so to the record. Looked up, not branched to: nobody can guess it.
#[inline(always)]
fn judge(granted: Relations, reached: Relations, met: bool, stands: Relations) -> Outcome {
    const OUTCOMES: [Outcome; 16] = {
        use Outcome::{Allowed, Limited, NothingGiven, OutOfReach, Prerequisite};
        let [near, none, cut] = [OutOfReach, NothingGiven, Limited];
        let (unmet, met) = (Prerequisite, Allowed);
        [near, none, cut, cut, unmet, unmet, unmet, unmet, near, none, cut, cut, met, met, met, met]
    };
    let bit = |is: bool, at: u32| usize::from(is) << at;
    let index = bit(granted.is_empty(), 0)
        | bit(granted.intersects(stands), 1)
        | bit(reached.intersects(stands), 2)
        | bit(met, 3);
    OUTCOMES.get(index).copied().unwrap_or(Outcome::NothingGiven)
}

/// How an action comes out that demands this of a record to which the viewer stands so.
#[inline(always)]
fn judge_by(demand: Demand, stands: Relations) -> Outcome {
    judge(demand.own, demand.own, demand.required.intersects(stands), stands)
}

/// Whether it comes out as allowed.
#[inline(always)]
fn is_met(demand: Demand, stands: Relations) -> bool {
    demand.own.intersects(stands) & demand.required.intersects(stands)
}

/// All actions that are allowed with a record at the place, to which the viewer stands in these relations.
#[inline(always)]
pub(crate) fn decide_all(viewer: &Viewer<'_>, place: Ix<Place>, stands: Relations) -> Actions {
    let Some(holder) = Ordinary::of(viewer) else { return decide_all_otherwise(*viewer, place, stands) };
    let digested = viewer.snapshot.digest.at(viewer.position(), place);
    let allowed = digested.and_then(|digested| {
        digested.fold(Actions::default(), |allowed, action, demand| {
            allowed.union(Actions::of_if(action, is_met(demand, stands)))
        })
    });
    allowed.unwrap_or_else(|| decide_all_for(holder, place, |_| stands))
}

#[inline(never)]
fn decide_all_otherwise(viewer: Viewer<'_>, place: Ix<Place>, stands: Relations) -> Actions {
    decide_all_for(viewer, place, |_| stands)
}

#[inline(never)]
fn decide_all_for<'s>(
    holder: impl Holder<'s>,
    place: Ix<Place>,
    stands: impl Fn(Ix<Action>) -> Relations,
) -> Actions {
    let mut reached = Actions::default();
    for (action, asked) in holder.snapshot().ask_all(place) {
        let met = reach(holder, asked, &mut ()).intersects(stands(action));
        reached = reached.union(Actions::of_if(action, met));
    }
    let entity = holder.snapshot().places.entity(place);
    let mut allowed = reached;
    for action in holder.snapshot().offers.requiring(entity).iter() {
        let requires = holder.snapshot().offers.rule(entity, action).requires;
        allowed = allowed.without(Actions::of_if(action, !reached.contains_all(requires)));
    }
    allowed
}

/// [`decide_all`] for a record to which something is bound.
#[cold]
#[inline(never)]
fn decide_all_opened(viewer: &Viewer<'_>, place: Ix<Place>, stance: Stance) -> Actions {
    decide_all_for(*viewer, place, |action| stance.to(action))
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
        asked.map(|asked| given(viewer.without_limits(), asked, &mut ()).here).unwrap_or_default()
    } else {
        Relations::empty()
    };
    judge_new(granted, demanded(viewer, place, action).map(|asked| given(*viewer, asked, &mut ()).here))
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
    destinations_heard(*viewer, from, &mut ())
}

fn destinations_heard<'s>(
    holder: impl Holder<'s>,
    from: Ix<Place>,
    witness: &mut impl Witness,
) -> Destinations {
    if let Some(bypass) = moves_without_transition(holder, from) {
        witness.bypasses(bypass);
        return Destinations::Any;
    }
    led_by_roles(holder, from, witness)
}

/// Where the viewer's roles lead from a place, whatever takes the place of a transition.
pub(crate) fn destinations_by_roles(viewer: &Viewer<'_>, from: Ix<Place>) -> Destinations {
    led_by_roles(*viewer, from, &mut ())
}

fn led_by_roles<'s>(holder: impl Holder<'s>, from: Ix<Place>, witness: &mut impl Witness) -> Destinations {
    let snapshot = holder.snapshot();
    let said = |role| {
        let at =
            |place| Some((snapshot.places.nearness(place), snapshot.roles.transitions.get(place, role)?));
        snapshot.places.upward(from).find_map(at)
    };
    let nearness = |role: Column| role.role().and_then(said).map_or(0, |(nearness, _)| nearness);
    witness.hears(holder.roles().map(|role| (role, nearness(role))), snapshot.combining);
    let all: Vec<_> = holder.roles().filter_map(Column::role).filter_map(said).collect();
    let nearest = all.iter().map(|(nearness, _)| *nearness).max().unwrap_or(0);
    let from = counts_from(snapshot.combining, nearest);
    let counted = all.into_iter().filter(|(nearness, _)| *nearness >= from);
    counted.fold(Destinations::default(), |united, (_, to)| unite(united, to))
}

/// What takes the place of a transition, if anything does.
fn moves_without_transition<'s>(holder: impl Holder<'s>, from: Ix<Place>) -> Option<Bypass> {
    let snapshot = holder.snapshot();
    if holder.is_free(from) {
        Some(Bypass::Administrator)
    } else if snapshot.offers.entity(snapshot.places.entity(from)).moves_freely {
        Some(Bypass::MovesFreely)
    } else {
        holds_settings(holder, from).then_some(Bypass::Settings)
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
