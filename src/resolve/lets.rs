//! What lets somebody do something.
//!
//! Deliberately absent: whether he may. This is asked of whoever may.

use smallvec::SmallVec;

use crate::index::Ix;
use crate::resolve::trace::Bypass;
use crate::resolve::viewer::Viewer;
use crate::resolve::{counts_from, holds_settings};
use crate::snapshot::Column;
use crate::vocabulary::{Action, Place, Relations};

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
