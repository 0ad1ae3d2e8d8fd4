//! Other views than a user's own: roles that he holds apart, and the rights of people he stands in for.
//!
//! Every view is a whole viewer: who the relations are measured for, and over which roles. Views do not mix. Roles combine
//! within one view, an action's prerequisites must be met in the view that gives the action, and whatever any view
//! allows is allowed. So a view never takes anything from another, and nobody gets by two views what neither of the two
//! people behind them has.
//!
//! Apart from the rest of `resolve`, because hardly anybody has another view: a user's own takes none of these ways.

use crate::directory::User;
use crate::index::Ix;
use crate::key::Handle;
use crate::resolve::opening::{Stance, decide_opened};
use crate::resolve::record::Record;
use crate::resolve::viewer::Viewer;
use crate::resolve::{
    NewRecord, Outcome, Trace, decide, decide_all, decide_all_opened, decide_new, demands, destinations,
    holds_anywhere, traced_destinations,
};
use crate::snapshot::{Actions, Apart, Destinations, StandIn, Standing};
use crate::vocabulary::{Action, Entity, Place, Relations};

/// One way of looking at records.
#[derive(Clone, Debug)]
pub(crate) struct View<'s> {
    pub(crate) viewer: Viewer<'s>,
    /// In what way its roles are held apart, if they are.
    pub(crate) apart: Option<&'s Apart>,
    /// Whose view it is, if not one's own.
    pub(crate) stand_in: Option<&'s StandIn>,
}

impl<'s> View<'s> {
    /// A user's own view.
    pub(crate) fn own(viewer: Viewer<'s>) -> Self {
        Self { viewer, apart: None, stand_in: None }
    }

    /// The same view, as if there were no limits.
    pub(crate) fn without_limits(&self) -> Self {
        Self { viewer: self.viewer.without_limits(), ..self.clone() }
    }

    /// Whether an action at a place passes at all.
    pub(crate) fn passes(&self, place: Ix<Place>, action: Ix<Action>) -> bool {
        self.stand_in.is_none_or(|stand_in| stand_in.passes(place, action))
    }

    /// Whether moving records on from a place passes: where updating them does. Where nothing is updated, only what is not narrowed.
    pub(crate) fn passes_moves(&self, from: Ix<Place>) -> bool {
        let Some(stand_in) = self.stand_in else { return true };
        let snapshot = self.viewer.snapshot;
        match snapshot.offers.entity(snapshot.places.entity(from)).updates_by {
            Some(update) => stand_in.passes(from, update),
            None => stand_in.only.is_none(),
        }
    }

    /// The relations of which one must hold besides, if the view is confined to a department: that somebody who is bound to the
    /// record sits there or below.
    pub(crate) fn confined_to(&self) -> Option<Relations> {
        self.apart?.within().map(|_| Relations::DEPARTMENT | Relations::SUBDEPARTMENTS)
    }
}

/// The views of a user besides his own: first those that need no mark, then marked ones, then those of people he stands in
/// for. An administrator who is free everywhere needs no other.
#[cold]
#[inline(never)]
pub(crate) fn others(own: Viewer<'_>) -> Box<[View<'_>]> {
    let own = &own;
    if own.is_free_everywhere() {
        return Box::default();
    }
    let views = &own.snapshot.views;
    let user = own.snapshot.people.position(own.handle());
    let stand_ins = user.map(|user| views.stand_ins(user)).unwrap_or_default();
    let live = stand_ins.iter().filter(|stand_in| stand_in.window.contains(own.occasion().at));
    held_apart(own).chain(live.flat_map(|stand_in| of_absent(own, stand_in))).collect()
}

/// What an absent person has, himself and apart, but not what he has by standing in for a third. The circumstances are those of
/// the substitute.
fn of_absent<'s>(own: &Viewer<'s>, stand_in: &'s StandIn) -> Vec<View<'s>> {
    let Some(absent) = absent(own, stand_in) else { return Vec::new() };
    let absent = absent.stood_in_for_by(own);
    let apart = held_apart(&absent).collect::<Vec<_>>();
    let all = std::iter::once(View::own(absent)).chain(apart);
    all.map(|view| View { stand_in: Some(stand_in), ..view }).collect()
}

/// The absent person as a viewer, on the same occasion; nobody, if he is dismissed.
pub(super) fn absent<'s>(own: &Viewer<'s>, stand_in: &StandIn) -> Option<Viewer<'s>> {
    Viewer::new(own.snapshot, stand_in.absent, own.occasion()).ok()
}

/// The views of what somebody holds apart on this occasion.
fn held_apart<'s>(own: &Viewer<'s>) -> impl Iterator<Item = View<'s>> + use<'s> {
    parts(own).filter(|view| view.viewer.holds_any_role())
}

/// The views of what somebody holds apart on any occasion. An administrator who is free everywhere needs none.
pub(super) fn parts<'s>(own: &Viewer<'s>) -> impl Iterator<Item = View<'s>> + use<'s> {
    let (own, snapshot) = (*own, own.snapshot);
    let user = snapshot.people.position(own.handle());
    let parts = match user {
        _ if own.is_free_everywhere() => &[],
        Some(user) => snapshot.views.parts(user),
        None => snapshot.views.anonymous_parts(),
    };
    parts.iter().filter_map(move |part| {
        let apart = snapshot.views.way(part.apart)?;
        let standing = standing(&own, apart)?;
        let viewer = own.apart(standing, snapshot.people.roles_apart(part.roles, own.occasion()));
        Some(View { viewer, apart: Some(apart), stand_in: None })
    })
}

/// As whom the relations are measured: confined to a department, as somebody who sits there alone. Nothing, where nobody
/// can sit.
fn standing(own: &Viewer<'_>, apart: &Apart) -> Option<Standing> {
    match apart.within() {
        None => Some(own.standing().without_freedom()),
        Some(within) => {
            let active = own.snapshot.departments.is_active(within);
            active.then(|| Standing::seated(within, own.headed().contains(&within)))
        }
    }
}

/// [`decide`] in another view.
pub(crate) fn decide_in(
    view: &View<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
    record: &Record<'_>,
) -> Outcome {
    let stands = view.viewer.stands_to(record);
    let outcome = if record.openings.is_empty() {
        decide(&view.viewer, place, action, stands)
    } else {
        decide_opened(view, place, action, record)
    };
    let inside = || view.confined_to().is_none_or(|inside| stands.intersects(inside));
    match outcome {
        Outcome::NotOffered => outcome,
        _ if !view.passes(place, action) => Outcome::NothingGiven,
        Outcome::Allowed | Outcome::Limited if !inside() => Outcome::OutOfReach,
        Outcome::Allowed
        | Outcome::Limited
        | Outcome::NothingGiven
        | Outcome::OutOfReach
        | Outcome::Prerequisite => outcome,
    }
}

/// [`decide_all`] in another view.
pub(crate) fn decide_all_in(view: &View<'_>, place: Ix<Place>, record: &Record<'_>) -> Actions {
    let stands = view.viewer.stands_to(record);
    if view.confined_to().is_some_and(|inside| !stands.intersects(inside)) {
        return Actions::default();
    }
    let all = if record.openings.is_empty() {
        decide_all(&view.viewer, place, stands)
    } else {
        decide_all_opened(&view.viewer, place, Stance::of(view, place, Actions::ALL, record))
    };
    all.iter().filter(|action| view.passes(place, *action)).collect()
}

/// [`decide_new`] in another view. Confined to a department, what would have to be one's own can be created only by somebody
/// who sits there.
pub(crate) fn decide_new_in(view: &View<'_>, place: Ix<Place>, action: Ix<Action>) -> NewRecord {
    let outcome = given_new_in(view, place, action);
    let outside = view.confined_to().is_some() && !view.contains(view.viewer.handle());
    if outcome == NewRecord::OwnOnly && outside { NewRecord::OutOfReach } else { outcome }
}

/// The same, wherever the author sits.
pub(crate) fn given_new_in(view: &View<'_>, place: Ix<Place>, action: Ix<Action>) -> NewRecord {
    if !view.passes(place, action) {
        return NewRecord::NothingGiven;
    }
    decide_new(&view.viewer, place, action)
}

/// [`demands`] in another view.
pub(crate) fn demands_in(
    view: &View<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
) -> impl Iterator<Item = Relations> {
    let passes = view.passes(place, action);
    let demands = demands(&view.viewer, place, action);
    let demands = demands.map(move |demand| if passes { demand } else { Relations::empty() });
    demands.chain(view.confined_to())
}

/// [`destinations`] in another view.
pub(crate) fn destinations_in(view: &View<'_>, from: Ix<Place>) -> Destinations {
    if view.passes_moves(from) { destinations(&view.viewer, from) } else { Destinations::default() }
}

/// [`destinations_in`], and how the viewer's roles came to what they are without a substitution.
pub(crate) fn traced_destinations_in(view: &View<'_>, from: Ix<Place>) -> (Destinations, Trace) {
    let (to, trace) = traced_destinations(&view.viewer, from);
    (if view.passes_moves(from) { to } else { Destinations::default() }, trace)
}

/// [`holds_anywhere`] in another view: and the action passes anywhere in the entity.
pub(crate) fn holds_anywhere_in(view: &View<'_>, entity: Ix<Entity>, action: Ix<Action>) -> bool {
    let places = &view.viewer.snapshot.places;
    let mut everywhere = places.of_entity(places.whole(entity));
    everywhere.any(|place| view.passes(place, action)) && holds_anywhere(view.viewer, entity, action)
}

impl View<'_> {
    /// Whether the user sits in the department that the view is confined to, or below; anybody does, if it is not.
    pub(crate) fn contains(&self, user: Handle<User>) -> bool {
        let snapshot = self.viewer.snapshot;
        let within = self.apart.and_then(Apart::within);
        within
            .is_none_or(|within| snapshot.departments.contain(within, &snapshot.people.departments_of(user)))
    }
}
