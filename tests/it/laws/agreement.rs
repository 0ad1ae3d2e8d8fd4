//! Every question has the answer that the rule, read naively, gives; the reason of a denial included.

use bailiwick::{Creation, Decision, Denial, Key, Place, Snapshot};
use proptest::prop_assert_eq;
use proptest::test_runner::TestCaseResult;

use crate::generate::World;
use crate::laws::{access, actions, bind, handle, in_every_world, oracle, places, views};
use crate::oracle::Oracle;

fn decision<'w>(oracle: &Result<Oracle<'w>, Denial>, ask: impl Fn(&Oracle<'w>) -> Decision) -> Decision {
    oracle.as_ref().map_or_else(|denial| Decision::Denied(*denial), ask)
}

#[test]
fn check_agrees_with_the_oracle() {
    in_every_world(checks_agree);
}

pub(super) fn checks_agree(world: &World, snapshot: &Snapshot) -> TestCaseResult {
    let records = bind(snapshot, &world.things);
    for (who, at) in views(world) {
        let access = access(snapshot, who.as_ref(), at);
        let oracle = oracle(world, who.as_ref(), at);
        for action in actions(&world.policy) {
            for (thing, record) in world.things.iter().zip(&records) {
                let answer = access.check(snapshot.action(&action), &record.record());
                let expected = decision(&oracle, |oracle| oracle.check(&action, thing));
                prop_assert_eq!(answer, expected, "{:?} at {:?}: {:?} {:?}", who, at, action, thing);
            }
        }
    }
    Ok(())
}

#[test]
fn create_agrees_with_the_oracle() {
    in_every_world(creations_agree);
}

pub(super) fn creations_agree(world: &World, snapshot: &Snapshot) -> TestCaseResult {
    let everywhere = places(&world.policy.vocabulary);
    for (who, at) in views(world) {
        let access = access(snapshot, who.as_ref(), at);
        let oracle = oracle(world, who.as_ref(), at);
        for place in everywhere.iter().chain([&Place::entity("nowhere")]) {
            let answer = access.create(handle(snapshot, place));
            let expected = match &oracle {
                Ok(oracle) => oracle.create(place),
                Err(denial) => Creation::Denied(*denial),
            };
            prop_assert_eq!(answer, expected, "{:?} at {:?}: {}", who, at, place);
        }
    }
    Ok(())
}

#[test]
fn relocate_agrees_with_the_oracle() {
    in_every_world(moves_agree);
}

pub(super) fn moves_agree(world: &World, snapshot: &Snapshot) -> TestCaseResult {
    let records = bind(snapshot, &world.things);
    let everywhere = places(&world.policy.vocabulary);
    for (who, at) in views(world) {
        let access = access(snapshot, who.as_ref(), at);
        let oracle = oracle(world, who.as_ref(), at);
        for (thing, record) in world.things.iter().zip(&records) {
            for to in everywhere.iter().chain([&Place::entity("nowhere")]) {
                let answer = access.relocate(&record.record(), handle(snapshot, to));
                let expected = decision(&oracle, |oracle| oracle.relocate(thing, to));
                prop_assert_eq!(answer, expected, "{:?} at {:?}: {:?} to {}", who, at, thing, to);
            }
        }
    }
    Ok(())
}

#[test]
fn may_reassign_agrees_with_the_oracle() {
    in_every_world(|world, snapshot| {
        let records = bind(snapshot, &world.things);
        for (who, at) in views(world) {
            let access = access(snapshot, who.as_ref(), at);
            let oracle = oracle(world, who.as_ref(), at);
            for (thing, record) in world.things.iter().zip(&records) {
                let answer = access.may_reassign(&record.record());
                prop_assert_eq!(
                    answer,
                    decision(&oracle, |oracle| oracle.update(thing)),
                    "{:?} {:?}",
                    who,
                    thing
                );
            }
        }
        Ok(())
    });
}

#[test]
fn entering_agrees_with_the_oracle() {
    in_every_world(entering_agrees);
}

pub(super) fn entering_agrees(world: &World, snapshot: &Snapshot) -> TestCaseResult {
    let nowhere = Key::new("nowhere");
    for (who, at) in views(world) {
        let access = access(snapshot, who.as_ref(), at);
        let oracle = oracle(world, who.as_ref(), at);
        for key in world.policy.vocabulary.entities.iter().map(|entity| &entity.key).chain([&nowhere]) {
            let answer = access.enters(snapshot.entity(key));
            prop_assert_eq!(answer, decision(&oracle, |oracle| oracle.enters(key)), "{:?} {:?}", who, key);
        }
        let answer = access.enters_application();
        prop_assert_eq!(answer, decision(&oracle, Oracle::enters_application), "{:?} at {:?}", who, at);
    }
    Ok(())
}
