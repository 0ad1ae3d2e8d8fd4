//! Until when answers hold.
//!
//! Everything that an answer rests on stands still in a snapshot but for two things: which roles are held, and which limits
//! are in force. So the answers of an
//! access can change only when the set of the roles that count for its viewer does, or that of the limits on him. That is exact
//! for the sets, and not for what they come to: a role that ends ends a validity even if another gives the same rights.

use crate::moment::Moment;
use crate::resolve::viewer::{Nobody, Viewer};
use crate::snapshot::{Circumstances, LimitRule, Occasion, OnTerms, Snapshot, first_change};

/// The first moment after the viewer's at which he holds other roles or is limited otherwise. No role counts for an
/// administrator.
pub(crate) fn valid_until(viewer: &Viewer<'_>) -> Option<Moment> {
    let Occasion { at, circumstances } = viewer.occasion();
    let roles = first_change_of_roles(viewer.roles_on_terms(), at, circumstances);
    let limits = first_change_of_limits(viewer, at, |rule| rule.holds_in(circumstances));
    roles.into_iter().chain(limits).min()
}

/// The same for everybody, in whatever circumstances.
///
/// A role that begins or ceases to be held in some circumstances does so already in those that its assignment needs and no
/// others, so no other sets have to be tried. A limit is in force in those that it needs, whatever lifts it.
pub(crate) fn all_valid_until(snapshot: &Snapshot, at: Moment) -> Option<Moment> {
    let on = Occasion { at, circumstances: Circumstances::default() };
    let users = snapshot.users().map(|user| Viewer::new(snapshot, user, on));
    let everybody = users.chain([Ok::<_, Nobody>(Viewer::anonymous(snapshot, on))]).flatten();
    let changes = everybody.flat_map(|viewer| {
        let roles = viewer.roles_on_terms();
        let roles = roles.iter().filter_map(move |role| first_change_of_roles(roles, at, role.terms.when));
        roles.chain(first_change_of_limits(&viewer, at, |_| true))
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

fn first_change_of_limits(
    viewer: &Viewer<'_>,
    at: Moment,
    counts: impl Fn(&LimitRule) -> bool,
) -> Option<Moment> {
    let same = viewer.all_limits().chunk_by(|one, other| one.limit == other.limit);
    let counting = same.filter(|ways| {
        let rule = ways.first().and_then(|limited| viewer.snapshot.limits.rule(limited.limit));
        rule.is_some_and(&counts)
    });
    counting.filter_map(|ways| first_change(ways.iter().map(|limited| limited.window), at)).min()
}
