//! Who can is the check turned round, and what is said to let them does.

use std::collections::BTreeSet;

use bailiwick::review::{By, Roster, WhoCan};
use bailiwick::{Handle, Key, Snapshot, User};
use proptest::{prop_assert, prop_assert_eq};

use crate::laws::presets::in_every_world_and_preset;
use crate::laws::{access, actions, bind, oracle};
use crate::oracle::On;

fn keys(snapshot: &Snapshot, users: impl Iterator<Item = Handle<User>>) -> Vec<Key<User>> {
    users.filter_map(|user| snapshot.user_key(user)).cloned().collect()
}

fn roster<'s>(snapshot: &'s Snapshot, on: On) -> Roster<'s> {
    Roster::of(snapshot).in_circumstances(on.asserted.iter().map(|key| snapshot.circumstance(key)))
}

#[test]
fn who_can_is_check_turned_round() {
    in_every_world_and_preset(|world, snapshot| {
        for on in world.occasions() {
            let roster = roster(snapshot, on);
            for action in actions(&world.policy) {
                for (thing, bound) in world.things.iter().zip(bind(snapshot, &world.things)) {
                    let record = bound.record();
                    let who = roster.who_can(snapshot.action(&action), &record, on.at);
                    let may = |user: &Handle<User>| {
                        let key = snapshot.user_key(*user);
                        access(snapshot, key, on).check(snapshot.action(&action), &record).is_allowed()
                    };
                    let expected = keys(snapshot, snapshot.users().filter(may));
                    prop_assert_eq!(keys(snapshot, who.users()), expected.clone(), "{} {:?}", action, thing);
                    prop_assert_eq!((who.len(), who.is_empty()), (expected.len(), expected.is_empty()));
                }
            }
        }
        Ok(())
    });
}

/// Every user is in one group, and no group is empty.
fn grouped(snapshot: &Snapshot, who: &WhoCan<'_>) -> bool {
    let mut seen = BTreeSet::new();
    who.groups().iter().all(|group| {
        let users = keys(snapshot, who.users_of(group));
        !group.is_empty() && users.len() == group.len() && users.into_iter().all(|user| seen.insert(user))
    })
}

#[test]
fn what_is_said_to_let_users_does() {
    in_every_world_and_preset(|world, snapshot| {
        for on in world.occasions() {
            let roster = roster(snapshot, on);
            for action in actions(&world.policy) {
                for (thing, bound) in world.things.iter().zip(bind(snapshot, &world.things)) {
                    let who = roster.who_can(snapshot.action(&action), &bound.record(), on.at);
                    prop_assert!(grouped(snapshot, &who), "{}", who);
                    for group in &who.groups() {
                        for user in keys(snapshot, who.users_of(group)) {
                            let oracle = oracle(world, Some(&user), on).unwrap();
                            let own = oracle.own().check(&action, thing).is_allowed();
                            let administrator =
                                world.directory.users.iter().any(|it| {
                                    it.key == user && it.administrator && oracle.own().frees(thing)
                                });
                            let held = |role: &_| oracle.own().roles().iter().any(|it| it.key == *role);
                            match group.by() {
                                By::Administrator => prop_assert!(administrator),
                                By::Settings => prop_assert!(own && !administrator),
                                By::Roles { roles, relations } | By::Standing { roles, relations } => {
                                    prop_assert!(
                                        own && !administrator && !roles.is_empty() && !relations.is_empty()
                                    );
                                    prop_assert!(roles.iter().all(held), "{}", who);
                                    let holds = |it: &_| {
                                        oracle.own().stands(crate::explain::laws::bits(world, it), thing)
                                    };
                                    prop_assert!(relations.iter().all(holds), "{}", who);
                                }
                                By::Linked => {
                                    let offer = crate::explain::laws::offer(world, thing, &action);
                                    prop_assert!(own && !administrator);
                                    prop_assert!(oracle.own().is_let_by_a_link(offer, thing), "{}", who);
                                }
                                By::Hosted => {
                                    let offer = crate::explain::laws::offer(world, thing, &action);
                                    prop_assert!(own && !administrator);
                                    prop_assert!(oracle.own().is_hosted(offer, thing), "{}", who);
                                }
                                By::Shared => {
                                    let offer = crate::explain::laws::offer(world, thing, &action);
                                    prop_assert!(own && !administrator);
                                    prop_assert!(oracle.own().is_shared_with(offer, thing), "{}", who);
                                }
                                By::OtherView { absent, .. } => {
                                    prop_assert!(!own);
                                    let view = |it: &crate::oracle::View<'_>| {
                                        it.absent() == absent.as_ref()
                                            && it.check(&action, thing).is_allowed()
                                    };
                                    prop_assert!(oracle.views().iter().skip(1).any(view), "{}", who);
                                }
                                other => panic!("{other:?}"),
                            }
                        }
                    }
                }
            }
        }
        Ok(())
    });
}
