//! The check turned round: which roles could let anybody do something, and which did.
//!
//! Deliberately absent: any answer. Whoever is found here is asked as everybody is.

use smallvec::SmallVec;

use crate::index::Ix;
use crate::resolve::holder::Ordinary;
use crate::resolve::trace::Bypass;
use crate::resolve::viewer::Viewer;
use crate::resolve::{counts_from, holds_settings, reach};
use crate::snapshot::{Asked, Column, RoleSet, Snapshot};
use crate::vocabulary::{Action, Place, Relations};

/// The roles without which nobody, who stands to a record at the place in these relations and no others, can do the action:
/// everybody who can holds one of them. Not everybody who holds one can.
pub(crate) fn roles_that_could(
    snapshot: &Snapshot,
    place: Ix<Place>,
    action: Ix<Action>,
    stands: Relations,
) -> Vec<Column> {
    let Some(asked) = snapshot.ask(place, action) else { return Vec::new() };
    let rule = snapshot.offers.entity(snapshot.places.entity(place));
    let settings = rule.settings.filter(|_| asked.rule.by_settings);
    let settings = settings.and_then(|(entity, action)| snapshot.ask(snapshot.places.whole(entity), action));
    let could = |role: &Column| {
        let said = asked.line.of(*role);
        let stand = said.given_somewhere() && asked.rule.standing.intersects(stands);
        said.all().intersects(stands)
            || stand
            || settings.is_some_and(|settings| settings.line.of(*role).given_somewhere())
    };
    snapshot.roles.names.iter().map(|(role, _)| Column::of(role)).filter(could).collect()
}

/// What lets a viewer do something that he may.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Lets {
    Bypass(Bypass),
    /// These roles count and reach the record, by these relations.
    Roles(SmallVec<[Column; 4]>, Relations),
    /// These relations suffice, because these roles give the action somewhere in the entity.
    Standing(SmallVec<[Column; 4]>, Relations),
    /// A linked record lets him.
    Linked,
    /// A social group that hosts the record lets him.
    Hosted,
    /// The record is shared with him.
    Shared,
}

/// What lets the viewer do the action, by itself and without its prerequisites, with a record at the place to which he stands
/// in these relations. He may do it.
pub(crate) fn lets(
    viewer: &Viewer<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
    stands: Relations,
) -> Option<Lets> {
    if viewer.is_free(place) {
        return Some(Lets::Bypass(Bypass::Administrator));
    }
    let snapshot = viewer.snapshot;
    let asked = snapshot.ask(place, action)?;
    if asked.rule.by_settings && holds_settings(*viewer, place) {
        return Some(Lets::Bypass(Bypass::Settings));
    }
    let line = asked.line;
    let nearest = viewer.roles().map(|role| line.nearness(role)).max().unwrap_or(0);
    let from = counts_from(snapshot.combining, nearest).max(1);
    let counting = || viewer.roles().filter(|role| line.nearness(*role) >= from);
    let meets = |role: &Column| {
        line.level(*role).map(|it| snapshot.lexicon.relations(it) & stands).unwrap_or_default()
    };
    let met = counting().fold(Relations::empty(), |met, role| met | meets(&role));
    if !met.is_empty() {
        let roles = counting().filter(|role| !meets(role).is_empty());
        return Some(Lets::Roles(each_once(roles), met));
    }
    let givers = each_once(viewer.roles().filter(|role| line.of(*role).given_somewhere()));
    let standing = asked.rule.standing & stands;
    if !standing.is_empty() && !givers.is_empty() {
        return Some(Lets::Standing(givers, standing));
    }
    let openings = [
        (Relations::LINKED, Lets::Linked),
        (Relations::HOSTED, Lets::Hosted),
        (Relations::SHARED, Lets::Shared),
    ];
    openings.into_iter().find_map(|(relation, lets)| stands.intersects(relation).then_some(lets))
}

fn each_once(roles: impl Iterator<Item = Column>) -> SmallVec<[Column; 4]> {
    let mut roles: SmallVec<[Column; 4]> = roles.collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

/// Whether somebody who is nobody in particular and like most, who holds these few roles and is not limited, may do the action with a
/// record to which he stands so: [`decide`](super::decide), with all that does not depend on him looked up beforehand.
pub(crate) fn allows_holders_of_few(
    snapshot: &Snapshot,
    place: Ix<Place>,
    action: Ix<Action>,
    stands: Relations,
) -> impl Fn(RoleSet) -> bool {
    let asked = snapshot.ask(place, action);
    let requires = asked.map(|asked| asked.rule.requires).unwrap_or_default();
    let required = requires.iter().filter_map(move |action| snapshot.ask(place, action));
    let all: SmallVec<[Asked<'_>; 4]> = asked.into_iter().chain(required).collect();
    move |roles| {
        let holder = Ordinary::holding(snapshot, roles);
        let met = |asked: &Asked<'_>| reach(holder, *asked, &mut ()).intersects(stands);
        !all.is_empty() && all.iter().all(met)
    }
}
