//! What is bound to a record besides people, and opens actions with it.
//!
//! An opening only adds. It holds for single actions, by what the vocabulary says of them, and so it is not among the relations
//! that a viewer stands in to a record at large: a record to which something is bound takes a way of its own through
//! `resolve`, on which every action has the relations that hold for it.
//!
//! A linked record is asked about alone, without what is linked to it in turn: so there is no circle, a question costs what
//! its own links cost, and a filter stays one sub-select deep.

use crate::directory::SocialGroup;
use crate::index::Ix;
use crate::key::Handle;
use crate::resolve::audience::admission;
use crate::resolve::record::Record;
use crate::resolve::share::{Share, shared};
use crate::resolve::view::{View, decide_in};
use crate::resolve::{Outcome, limit, when};
use crate::snapshot::{Actions, RightOver};
use crate::vocabulary::{Action, Place, Relations};

/// Something that is bound to a record and opens actions with it; given to [`Record::openings`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Opening<'a> {
    /// The record is linked to this one: a conversation to the deal it is about.
    ///
    /// Whoever may do with this one what [`Offer::through`](crate::Offer::through) names may do that with the record. Where the
    /// offer does not name its entity it opens nothing. What is linked to this one in turn is not looked at.
    Linked(&'a Record<'a>),
    /// A social group hosts the record: a task, a file or an event is the group's.
    ///
    /// Whoever is in the group's audience for the operation that [`Offer::hosted_by`](crate::Offer::hosted_by) names may do the
    /// action with the record. An unknown group opens nothing.
    Hosted(Handle<SocialGroup>),
    /// The record is shared with somebody, for some actions.
    ///
    /// It opens those of them that are [`shareable`](crate::Offer::shareable). No role is needed; limits take it away like anything
    /// else. It counts in the view of whoever it is shared with, for himself and for whoever stands in for him, and not in those of
    /// roles that are confined to a department or marked for the audit, for it is none of their rights.
    Shared(Share<'a>),
}

/// How somebody stands to a record, action by action.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stance {
    relations: Relations,
    /// The actions for which a linked record lets him.
    linked: Actions,
    /// The actions for which a social group does that hosts the record.
    hosted: Actions,
    /// The actions for which the record is shared with him.
    shared: Actions,
}

impl Stance {
    /// How a view stands to a record at the place, as far as these actions ask.
    pub(crate) fn of(view: &View<'_>, place: Ix<Place>, actions: Actions, record: &Record<'_>) -> Self {
        let linked = actions.iter().filter(|action| is_opened(view, place, *action, record)).collect();
        let hosted = actions.iter().filter(|action| is_hosted(view, place, *action, record)).collect();
        Self { relations: view.viewer.stands_to(record), linked, hosted, shared: shared(view, place, record) }
    }

    /// The relations that hold whatever is asked.
    pub(crate) fn relations(self) -> Relations {
        self.relations
    }

    /// The relations that hold for an action.
    #[inline(always)]
    pub(crate) fn to(self, action: Ix<Action>) -> Relations {
        self.relations
            | when(self.linked.contains(action), Relations::LINKED)
            | when(self.hosted.contains(action), Relations::HOSTED)
            | when(self.shared.contains(action), Relations::SHARED)
    }
}

/// [`decide`](super::decide) for a record to which something is bound.
#[cold]
#[inline(never)]
pub(crate) fn decide_opened(
    view: &View<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
    record: &Record<'_>,
) -> Outcome {
    let Some(asked) = view.viewer.snapshot.ask(place, action) else { return Outcome::NotOffered };
    let actions = asked.rule.requires.union(Actions::of_if(action, true));
    let stance = Stance::of(view, place, actions, record);
    limit::decide_within_limits(&view.viewer, place, action, |action| stance.to(action))
}

fn is_opened(view: &View<'_>, place: Ix<Place>, action: Ix<Action>, record: &Record<'_>) -> bool {
    let snapshot = view.viewer.snapshot;
    let rights = snapshot.offers.through(snapshot.places.entity(place), action);
    rights.iter().any(|right| record.linked().any(|linked| lets(view, *right, linked)))
}

fn is_hosted(view: &View<'_>, place: Ix<Place>, action: Ix<Action>, record: &Record<'_>) -> bool {
    let snapshot = view.viewer.snapshot;
    let operation = snapshot.offers.hosted_by(snapshot.places.entity(place), action);
    let groups = || record.hosts().filter_map(|group| snapshot.membership.social_groups.accept(group));
    operation.is_some_and(|operation| {
        groups().any(|group| admission(&view.viewer, group, operation).is_admitted())
    })
}

fn lets(view: &View<'_>, right: RightOver, linked: &Record<'_>) -> bool {
    let at = linked_place(view, right, linked);
    at.is_some_and(|at| decide_in(view, at, right.1, &linked.alone()) == Outcome::Allowed)
}

/// Where a linked record is, if the right is one over records of its entity.
pub(crate) fn linked_place(
    view: &View<'_>,
    (entity, _): RightOver,
    linked: &Record<'_>,
) -> Option<Ix<Place>> {
    let places = &view.viewer.snapshot.places;
    places.accept(linked.place).filter(|place| places.entity(*place) == entity)
}
