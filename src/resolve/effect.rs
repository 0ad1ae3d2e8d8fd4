//! What a right comes to, in a form in which rights can be compared: in one snapshot, and by name between two.
//!
//! A link, a host or a share lets somebody do one action and not another. So what opens an action is told here by what decides it: the
//! rights over the linked record, the operation of the group, the action that the record is shared for. Two actions that open by
//! the same are open together.

use crate::audience::Operation;
use crate::index::Ix;
use crate::resolve::view::View;
use crate::resolve::viewer::Viewer;
use crate::resolve::{demands_in, destinations_by_roles, holds_anywhere};
use crate::snapshot::{Destinations, RightOver};
use crate::vocabulary::{Action, Place, Relations};

/// Of what a record must meet any part.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Sufficing {
    /// How the viewer stands to it, apart from what opens it.
    pub(crate) relations: Relations,
    /// The rights of which he has one with a record that it is linked to; sorted. None, if no link opens it.
    pub(crate) linked: Vec<RightOver>,
    /// The operation that a group which hosts it lets him do.
    pub(crate) hosted: Option<Ix<Operation>>,
    /// The action that it is shared with him for.
    pub(crate) shared: Option<Ix<Action>>,
}

/// What an action demands of a record at the place, its prerequisites and what the view is confined to included: part by part, in the
/// shortest form. No part: every record meets it; an empty part: none does.
///
/// Two of them ask the same of every record when they are equal, as far as relations are independent of each other.
pub(crate) fn effect(view: &View<'_>, place: Ix<Place>, action: Ix<Action>) -> Vec<Sufficing> {
    let requires = view.viewer.snapshot.ask(place, action).map(|asked| asked.rule.requires);
    let named = std::iter::once(action).chain(requires.unwrap_or_default().iter());
    // What the view is confined to is demanded last, for no action.
    let named = named.map(Some).chain([None]);
    let demands = named.zip(demands_in(view, place, action));
    let demands = demands.filter(|(_, demand)| !demand.contains(Relations::ALWAYS));
    let all: Vec<Sufficing> =
        demands.map(|(action, demand)| Sufficing::of(view, place, action, demand)).collect();
    let follows = |one: &Sufficing| all.iter().any(|other| other != one && other.implies(one));
    let mut shortest: Vec<Sufficing> = all.iter().filter(|one| !follows(one)).cloned().collect();
    shortest.sort_unstable();
    shortest.dedup();
    shortest
}

/// Whether the roles of a viewer give him no action and no move anywhere.
pub(crate) fn gives_nothing(viewer: &Viewer<'_>) -> bool {
    let snapshot = viewer.snapshot;
    let mut offered = snapshot.offers.entities().flat_map(|(entity, _)| {
        snapshot.ask_all(snapshot.places.whole(entity)).map(move |(action, _)| (entity, action))
    });
    let leads = |place| destinations_by_roles(viewer, place) != Destinations::default();
    !offered.any(|(entity, action)| holds_anywhere(*viewer, entity, action))
        && !snapshot.places.positions().any(leads)
}

/// Whether a view lets nobody do what he may not do without it: that of roles held apart which give nothing. What hosts open is open in
/// the view of his own, or of the person whom he stands in for; and links open nothing to whoever has no right over what is linked.
pub(crate) fn is_idle(view: &View<'_>) -> bool {
    view.apart.is_some() && gives_nothing(&view.viewer)
}

impl Sufficing {
    /// What suffices where this is demanded for an action, or for none.
    pub(crate) fn of(
        view: &View<'_>,
        place: Ix<Place>,
        action: Option<Ix<Action>>,
        demand: Relations,
    ) -> Self {
        let snapshot = view.viewer.snapshot;
        let entity = snapshot.places.entity(place);
        let opened = |by: Relations| action.filter(|_| demand.contains(by));
        let linked = opened(Relations::LINKED).map(|action| snapshot.offers.through(entity, action));
        let mut linked = linked.unwrap_or_default().to_vec();
        linked.sort_unstable();
        linked.dedup();
        Self {
            relations: demand - Relations::OPENINGS,
            linked,
            hosted: opened(Relations::HOSTED).and_then(|action| snapshot.offers.hosted_by(entity, action)),
            // Shares count for persons, and not for roles that are held apart.
            shared: opened(Relations::SHARED).filter(|_| view.apart.is_none()),
        }
    }

    /// Whether every record that meets this meets the other.
    pub(crate) fn implies(&self, other: &Self) -> bool {
        let everything = other.relations.contains(Relations::ALWAYS);
        let wider = other.relations.contains(self.relations)
            && self.linked.iter().all(|right| other.linked.contains(right))
            && (self.hosted.is_none() || self.hosted == other.hosted)
            && (self.shared.is_none() || self.shared == other.shared);
        everything || wider
    }
}
