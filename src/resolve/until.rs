//! Until when answers hold.
//!
//! Everything that an answer rests on stands still in a snapshot but for three things: which roles are held, which limits are in
//! force, and who stands in for whom. So the answers of an access can change only when the set of the roles that count for its
//! viewer does, that of the limits on him, or that of the people he stands in for. That is exact for the sets, and not for what
//! they come to: a role that ends ends a validity even if another gives the same rights. Where records can be shared, the user
//! groups that he is in count as well, for a record may be shared with any of them.

use crate::moment::Moment;
use crate::resolve::share::circle_of;
use crate::resolve::view;
use crate::resolve::viewer::{Nobody, Viewer};
use crate::snapshot::{Circumstances, LimitRule, Occasion, OnTerms, Snapshot, StandIn, first_change};

/// The first moment after the viewer's at which he holds other roles, is limited otherwise, or stands in for others, or these
/// hold other roles or are limited otherwise. No role counts for an administrator who is free everywhere, and no other view.
pub(crate) fn valid_until(viewer: &Viewer<'_>) -> Option<Moment> {
    if viewer.is_free_everywhere() || !viewer.has_views() {
        return change_of_roles(viewer).into_iter().chain(change_of_circle(viewer)).min();
    }
    let user = viewer.snapshot.people.position(viewer.handle());
    let stand_ins = user.map(|user| viewer.snapshot.views.stand_ins(user)).unwrap_or_default();
    let changes = stand_ins.iter().filter_map(|stand_in| change_of_substitution(viewer, stand_in));
    changes.chain(change_of_person(viewer)).min()
}

/// When what a person has, himself and apart, changes first.
fn change_of_person(viewer: &Viewer<'_>) -> Option<Moment> {
    let apart = view::parts(viewer).filter_map(|view| change_of_roles(&view.viewer));
    apart.chain(change_of_roles(viewer)).chain(change_of_circle(viewer)).min()
}

/// When he is in other groups with which records can be shared, or that can be parties of records. Nothing is shared with an
/// administrator that he needs.
fn change_of_circle(viewer: &Viewer<'_>) -> Option<Moment> {
    let snapshot = viewer.snapshot;
    let matters = snapshot.offers.sharing() || snapshot.lexicon.has_groups_as_parties();
    let counts = matters && !viewer.is_free_everywhere();
    counts.then(|| circle_of(viewer).first_change(viewer.occasion().at)).flatten()
}

/// When a substitution begins or is over, or, while it lasts, what the absent person has changes first.
fn change_of_substitution(viewer: &Viewer<'_>, stand_in: &StandIn) -> Option<Moment> {
    let absent = view::absent(viewer, stand_in)?;
    let at = viewer.occasion().at;
    let turns = first_change(std::iter::once(stand_in.window), at);
    let meanwhile = stand_in.window.contains(at).then(|| change_of_person(&absent)).flatten();
    turns.into_iter().chain(meanwhile).min()
}

/// When the roles or the limits of one view change first.
fn change_of_roles(viewer: &Viewer<'_>) -> Option<Moment> {
    let Occasion { at, circumstances } = viewer.occasion();
    let counts = !viewer.is_free_everywhere();
    let roles = counts.then(|| first_change_of_roles(viewer, at, circumstances)).flatten();
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
        let apart = viewer.has_views().then(|| view::parts(&viewer)).into_iter().flatten();
        let (views, own) = (apart.map(|view| view.viewer).chain([viewer]), viewer);
        let held = views.filter_map(move |viewer| change_in_any_circumstances(&viewer, &own, at));
        let limits = first_change_of_limits(&viewer, at, |_| true);
        held.chain(limits).chain(turns_of_substitutions(&viewer, at)).chain(change_of_circle(&viewer))
    });
    changes.min()
}

/// In one of the views of somebody. In fewer circumstances an administrator is free in no more entities, so that what counts in any
/// counts in those that the assignment needs.
fn change_in_any_circumstances(viewer: &Viewer<'_>, own: &Viewer<'_>, at: Moment) -> Option<Moment> {
    let counting =
        viewer.roles_on_terms().iter().filter(|role| !own.would_be_free_everywhere_in(role.terms.when));
    counting.filter_map(|role| first_change_of_roles(viewer, at, role.terms.when)).min()
}

/// When any of the user's substitutions begins or is over; what absent people have is looked at as theirs.
fn turns_of_substitutions(viewer: &Viewer<'_>, at: Moment) -> Option<Moment> {
    let counts = viewer.has_views() && !viewer.is_free_everywhere();
    let user = counts.then(|| viewer.snapshot.people.position(viewer.handle())).flatten()?;
    let stand_ins = viewer.snapshot.views.stand_ins(user).iter();
    let possible = stand_ins.filter(|stand_in| view::absent(viewer, stand_in).is_some());
    possible.filter_map(|stand_in| first_change(std::iter::once(stand_in.window), at)).min()
}

/// When the viewer first holds other roles. What begins or ends does not count while another role takes its place.
fn first_change_of_roles(viewer: &Viewer<'_>, at: Moment, asserted: Circumstances) -> Option<Moment> {
    let held = |at| viewer.roles_held(at, asserted);
    let next = |at: &Moment| first_change_of_terms(viewer.roles_on_terms(), *at, asserted);
    let mut changes = std::iter::successors(next(&at), next);
    if viewer.snapshot.roles.superseding.is_empty() {
        return changes.next();
    }
    let now = held(at);
    changes.find(|then| held(*then) != now)
}

fn first_change_of_terms(roles: &[OnTerms], at: Moment, asserted: Circumstances) -> Option<Moment> {
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
