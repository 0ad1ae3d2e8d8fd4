//! What substitutions of one person pass together.
//!
//! An action that opens through a right over linked records, and a move to another pipeline, need two rights in one view; but rights are
//! compared one at a time. Where each comes by a substitution of its own the two do not meet, and where both come by one they do.

use std::collections::{BTreeMap, BTreeSet};

use crate::directory::User;
use crate::key::Key;
use crate::resolve::{self, View, Viewer};
use crate::review::diff::ground::{Ground, differing};
use crate::review::diff::openings::Side;
use crate::snapshot::{Snapshot, StandIn};
use crate::vocabulary::{Action, Place};

/// The actions at places that pass by one substitution.
type Passed = BTreeSet<(Place, Key<Action>)>;

/// Of the people whom users stand in for, by users: what passes by each substitution, if by none all that passes by the others.
type Apart = BTreeMap<Key<User>, BTreeMap<Key<User>, BTreeSet<Passed>>>;

pub(super) fn compare(before: &Side<'_>, after: &Side<'_>) -> Vec<Ground> {
    differing(apart(before), apart(after)).map(Ground::Substitutions).collect()
}

fn apart(side: &Side<'_>) -> Apart {
    let of = |(user, views): (Key<User>, Vec<View<'_>>)| {
        let mut absent = BTreeMap::<Key<User>, Vec<&StandIn>>::new();
        for stand_in in views.iter().filter_map(|view| view.stand_in) {
            let key = side.snapshot.user_key(stand_in.absent)?;
            absent.entry(key.clone()).or_default().push(stand_in);
        }
        let several = absent.into_iter().filter_map(|(key, all)| Some((key, farthest(side.snapshot, &all)?)));
        let several: BTreeMap<_, _> = several.collect();
        (!several.is_empty()).then_some((user, several))
    };
    others(side).filter_map(of).collect()
}

/// Whoever has views besides his own, with these.
fn others<'s>(side: &Side<'s>) -> impl Iterator<Item = (Key<User>, Vec<View<'s>>)> {
    let (snapshot, on) = (side.snapshot, side.on);
    snapshot.users().filter_map(move |user| {
        let viewer = Viewer::new(snapshot, user, on).ok().filter(Viewer::has_views)?;
        Some((snapshot.user_key(user)?.clone(), resolve::others(viewer).into_vec()))
    })
}

/// What passes by each of them, without what passes by another as well; nothing, if all of it passes by one.
fn farthest(snapshot: &Snapshot, all: &[&StandIn]) -> Option<BTreeSet<Passed>> {
    if all.iter().any(|it| it.only.is_none()) {
        return None;
    }
    let passed: BTreeSet<Passed> = all.iter().map(|it| passed(snapshot, it)).collect();
    let is_within = |one: &Passed| passed.iter().any(|other| one != other && one.is_subset(other));
    let farthest: BTreeSet<Passed> = passed.iter().filter(|one| !is_within(one)).cloned().collect();
    (farthest.len() > 1).then_some(farthest)
}

fn passed(snapshot: &Snapshot, stand_in: &StandIn) -> Passed {
    let at = |place| snapshot.ask_all(place).map(move |(action, _)| (place, action));
    let all = snapshot.places.positions().flat_map(at);
    let passed = all.filter(|(place, action)| stand_in.passes(*place, *action));
    let key = |(place, action)| {
        Some((snapshot.places.path(place)?.clone(), snapshot.lexicon.actions.key(action)?.clone()))
    };
    passed.filter_map(key).collect()
}
