//! Until when answers hold: never too long, and not shorter than they must.

use bailiwick::{Key, Moment, User};
use proptest::prop_assert_eq;

use crate::generate::World;
use crate::laws::questions::{answers, questions};
use crate::laws::{access, in_every_world, viewers, views};
use crate::oracle::{Asserted, On, until};

#[test]
fn an_access_is_valid_until_something_changes_for_its_viewer() {
    in_every_world(|world, snapshot| {
        for (who, on) in views(world) {
            let access = access(snapshot, who.as_ref(), on);
            let expected = until::valid_until(&world.policy, &world.directory, who.as_ref(), on);
            prop_assert_eq!(access.valid_until(), expected, "{:?} {:?}", who, on);
            let entity = snapshot.entity(&world.policy.vocabulary.entities[0].key);
            let action = snapshot.action(&world.policy.vocabulary.actions[0]);
            prop_assert_eq!(access.filter(action, entity).valid_until(), expected);
            prop_assert_eq!(access.explain_create(entity).valid_until, expected);
        }
        Ok(())
    });
}

/// Every answer at every boundary before that moment is the one that there was at first.
#[test]
fn nothing_changes_while_an_access_is_valid() {
    in_every_world(|world, snapshot| {
        let boundaries = until::boundaries(&world.policy, &world.directory);
        let mut asked = questions(world);
        asked.retain(|question| question.on == world.occasions()[0]);
        for who in viewers(world) {
            let on = world.occasions()[0];
            let mut now = asked.clone();
            now.retain(|question| question.who == who);
            let valid_until = access(snapshot, who.as_ref(), on).valid_until().unwrap_or(Moment::MAX);
            let before = answers(world, snapshot, &now);
            for at in boundaries.iter().filter(|at| (on.at..valid_until).contains(at)) {
                let mut then = now.clone();
                then.iter_mut().for_each(|question| question.on.at = *at);
                prop_assert_eq!(&answers(world, snapshot, &then), &before, "{:?} {:?} {:?}", who, on, at);
            }
        }
        Ok(())
    });
}

/// Every set of circumstances.
fn all_sets(world: &World) -> Vec<Asserted> {
    let keys = &world.policy.vocabulary.circumstances;
    let sets = (0..1_usize << keys.len()).map(|set| {
        let chosen = keys.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
        &*chosen.map(|(_, key)| key.clone()).collect::<Vec<_>>().leak()
    });
    sets.collect()
}

#[test]
fn a_snapshot_is_valid_until_any_access_is_not() {
    in_every_world(|world, snapshot| {
        let sets = all_sets(world);
        for at in world.moments {
            let each = |who: &Option<Key<User>>| {
                let accesses =
                    sets.iter().map(|asserted| access(snapshot, who.as_ref(), On { at, asserted }));
                accesses.filter_map(|access| access.valid_until()).min()
            };
            let first = viewers(world).iter().filter_map(each).min();
            prop_assert_eq!(snapshot.valid_until(at), first, "{:?}", at);
        }
        Ok(())
    });
}

/// The laws above speak of something.
#[test]
fn validity_ends_often_enough_and_windows_often_do_not_end_it() {
    let (mut ends, mut idle, mut administrators) = (0, 0, 0);
    for seed in 0..60 {
        let world = crate::generate::Recipe::largest(seed).bake();
        let snapshot = crate::laws::compile(&world);
        let boundaries = until::boundaries(&world.policy, &world.directory);
        for (who, on) in views(&world) {
            let valid_until = access(&snapshot, who.as_ref(), on).valid_until();
            ends += usize::from(valid_until.is_some());
            let next = boundaries.iter().find(|at| **at > on.at);
            idle += usize::from(next.is_some() && next != valid_until.as_ref());
            let user = world.directory.users.iter().find(|user| Some(&user.key) == who.as_ref());
            administrators += usize::from(user.is_some_and(|user| user.administrator) && next.is_some());
        }
    }
    assert!(ends > 100 && idle > 100 && administrators > 10, "{ends} {idle} {administrators}");
}
