//! Until when answers hold.
//!
//! Everything that an answer rests on stands still in a snapshot but for one thing: which roles are held. So the answers of an
//! access can change only when the set of the roles that count for its viewer does. That is exact for the set, and not for
//! what the roles come to: a role that ends ends a validity even if another gives the same rights.

use crate::moment::Moment;
use crate::resolve::viewer::{Nobody, Viewer};
use crate::snapshot::{Circumstances, Occasion, OnTerms, Snapshot, first_change};

/// The first moment after the viewer's at which he holds other roles. No role counts for an administrator.
pub(crate) fn valid_until(viewer: &Viewer<'_>) -> Option<Moment> {
    let Occasion { at, circumstances } = viewer.occasion();
    first_change_of_roles(viewer.roles_on_terms(), at, circumstances)
}

/// The same for everybody, in whatever circumstances.
///
/// A role that begins or ceases to be held in some circumstances does so already in those that its assignment needs and no
/// others, so no other sets have to be tried.
pub(crate) fn all_valid_until(snapshot: &Snapshot, at: Moment) -> Option<Moment> {
    let on = Occasion { at, circumstances: Circumstances::default() };
    let users = snapshot.users().map(|user| Viewer::new(snapshot, user, on));
    let everybody = users.chain([Ok::<_, Nobody>(Viewer::anonymous(snapshot, on))]).flatten();
    let changes = everybody.flat_map(|viewer| {
        let roles = viewer.roles_on_terms();
        roles.iter().filter_map(move |role| first_change_of_roles(roles, at, role.terms.when))
    });
    changes.min()
}

fn first_change_of_roles(roles: &[OnTerms], at: Moment, asserted: Circumstances) -> Option<Moment> {
    let same = roles.chunk_by(|one, other| one.role == other.role);
    let changes = same.filter_map(|ways| {
        let possible = ways.iter().filter(|way| way.terms.when.without(asserted).is_empty());
        first_change(possible.map(|way| way.terms.window), at)
    });
    changes.min()
}
