//! What records open through social groups that host them.

use bailiwick::{Action, ActionSet, Key, Subject};
use proptest::{prop_assert, prop_assert_eq};

use crate::explain::laws::offer;
use crate::generate::World;
use crate::laws::{Bound, access, actions, bind, compile, in_every_world, oracle, views};
use crate::oracle::Thing;

fn without_hosts(things: &[Thing]) -> Vec<Thing> {
    things.iter().map(|thing| Thing { hosts: Vec::new(), ..thing.clone() }).collect()
}

/// It only adds; and what is more is there because a group lets the viewer do what opens the action, or one that it requires.
#[test]
fn a_host_only_adds_and_adds_what_the_audience_allows() {
    in_every_world(|world, snapshot| {
        for (who, on) in views(world) {
            let access = access(snapshot, who.as_ref(), on);
            let Ok(oracle) = oracle(world, who.as_ref(), on) else { continue };
            let hosted = bind(snapshot, &world.things);
            let alone = without_hosts(&world.things);
            for ((thing, with), without) in world.things.iter().zip(&hosted).zip(&bind(snapshot, &alone)) {
                for action in actions(&world.policy) {
                    let ask = |it: &Bound| access.check(snapshot.action(&action), &it.record()).is_allowed();
                    let (with, without) = (ask(with), ask(without));
                    prop_assert!(with || !without, "{:?} {:?}: {:?}", who, action, thing);
                    if with && !without {
                        let admits = |action: &Key<_>| {
                            let of = offer(world, thing, action);
                            oracle.views().iter().any(|view| view.is_hosted(of, thing))
                        };
                        let requires = closed(world, thing, &action);
                        prop_assert!(requires.iter().any(admits), "{:?} {:?}: {:?}", who, action, thing);
                    }
                }
            }
        }
        Ok(())
    });
}

/// An action and all that it requires.
fn closed(world: &World, thing: &Thing, action: &Key<Action>) -> Vec<Key<Action>> {
    let mut all = vec![action.clone()];
    let mut at = 0;
    while let Some(next) = all.get(at).cloned() {
        all.extend(offer(world, thing, &next).requires.clone());
        at += 1;
    }
    all
}

/// Whoever is banned from every group gets nothing by any; and so does whoever asked to join, but for what outsiders get.
#[test]
fn a_banned_user_gets_nothing_by_the_group() {
    in_every_world(|world, _| {
        let mut banned = world.clone();
        let users: Vec<_> = banned.directory.users.iter().skip(1).map(|user| user.key.clone()).collect();
        for group in &mut banned.directory.social_groups {
            group.owner = banned.directory.users[0].key.clone();
            for list in [&mut group.moderators, &mut group.members, &mut group.pending] {
                list.clear();
            }
            group.banned = users.clone();
        }
        banned.policy.substitutions.clear();
        let snapshot = compile(&banned);
        for (who, on) in views(&banned).filter(|(who, _)| who.as_ref().is_some_and(|who| users.contains(who)))
        {
            let access = access(&snapshot, who.as_ref(), on);
            let alone = without_hosts(&banned.things);
            for (with, without) in bind(&snapshot, &banned.things).iter().zip(&bind(&snapshot, &alone)) {
                let (with, without) = (access.actions(&with.record()), access.actions(&without.record()));
                prop_assert_eq!(
                    with.keys().cloned().collect::<Vec<_>>(),
                    without.keys().cloned().collect::<Vec<_>>(),
                    "{:?}",
                    who
                );
            }
        }
        Ok(())
    });
}

/// Archiving every group takes what is not for viewing, and no more.
#[test]
fn archived_groups_leave_what_is_for_viewing() {
    in_every_world(|world, _| {
        let (mut open, mut archived) = (world.clone(), world.clone());
        open.directory.social_groups.iter_mut().for_each(|group| group.archived = false);
        archived.directory.social_groups.iter_mut().for_each(|group| group.archived = true);
        let mut viewing = open.clone();
        let operations = viewing.policy.vocabulary.features.iter().flat_map(|it| &it.operations);
        let left: Vec<_> = operations.filter(|it| it.for_viewing).map(|it| it.key.clone()).collect();
        let offers = viewing.policy.vocabulary.entities.iter_mut().flat_map(|it| &mut it.offers);
        for offer in offers {
            offer.hosted_by = offer.hosted_by.take().filter(|operation| left.contains(operation));
        }
        let (archived_snapshot, viewing_snapshot) = (compile(&archived), compile(&viewing));
        for (who, on) in views(world) {
            let (one, other) =
                (access(&archived_snapshot, who.as_ref(), on), access(&viewing_snapshot, who.as_ref(), on));
            let things = bind(&archived_snapshot, &world.things);
            for (now, then) in things.iter().zip(&bind(&viewing_snapshot, &world.things)) {
                let keys = |it: ActionSet<'_>| it.keys().cloned().collect::<Vec<_>>();
                let (now, then) = (one.actions(&now.record()), other.actions(&then.record()));
                prop_assert_eq!(keys(now), keys(then), "{:?}", who);
            }
        }
        Ok(())
    });
}

/// A rank more never takes anything away.
#[test]
fn a_rank_more_takes_nothing_away() {
    in_every_world(|world, _| {
        let Some(user) = world.directory.users.first().map(|user| user.key.clone()) else { return Ok(()) };
        let mut raised = world.clone();
        for group in &mut raised.directory.social_groups {
            for list in [&mut group.members, &mut group.pending, &mut group.banned] {
                list.retain(|key| *key != user);
            }
            if group.owner != user && !group.moderators.contains(&user) {
                group.moderators.push(user.clone());
            }
        }
        raised.policy.limits.clear();
        let mut before = world.clone();
        before.policy.limits.clear();
        // Groups are subjects as well, and another role can silence one that is held.
        let group = |to: &Subject| matches!(to, Subject::SocialGroup(_, _));
        for world in [&mut raised, &mut before] {
            world.policy.assignments.retain(|assignment| !group(&assignment.to));
        }
        let (now, then) = (compile(&raised), compile(&before));
        for on in world.occasions() {
            let (one, other) = (access(&now, Some(&user), on), access(&then, Some(&user), on));
            for (now, then) in bind(&now, &world.things).iter().zip(&bind(&then, &world.things)) {
                let keys = |it: ActionSet<'_>| it.keys().cloned().collect::<Vec<_>>();
                let (more, less) = (keys(one.actions(&now.record())), keys(other.actions(&then.record())));
                prop_assert!(less.iter().all(|key| more.contains(key)), "{:?} {:?} {:?}", user, less, more);
            }
        }
        Ok(())
    });
}
