//! The answers of one snapshot agree with each other.

use bailiwick::{Combining, Decision, Denial, Freedom, Grain, Handle, Place, Relations, Snapshot};
use proptest::test_runner::TestCaseResult;
use proptest::{prop_assert, prop_assert_eq};

use crate::generate::{Naming, Recipe, World};
use crate::laws::questions::{Answer, answers, questions};
use crate::laws::roles::without_superseding;
use crate::laws::{access, actions, bind, compile, handle, in_every_world, places, views};

#[test]
fn actions_are_those_that_check_allows() {
    in_every_world(|world, snapshot| {
        for (who, at) in views(world) {
            let access = access(snapshot, who.as_ref(), at);
            for bound in bind(snapshot, &world.things) {
                let record = bound.record();
                let all = access.actions(&record);
                let mut allowed = Vec::new();
                for key in actions(&world.policy) {
                    let checked = access.check(snapshot.action(&key), &record).is_allowed();
                    prop_assert_eq!(all.contains(snapshot.action(&key)), checked, "{:?} {:?}", who, key);
                    allowed.extend(checked.then_some(key));
                }
                prop_assert!(
                    all.keys().eq(allowed.iter()),
                    "{:?} {:?} in the order of the vocabulary",
                    who,
                    all
                );
                prop_assert_eq!((all.len(), all.is_empty()), (allowed.len(), allowed.is_empty()));
                prop_assert_eq!(all, access.actions(&record));
            }
        }
        Ok(())
    });
}

/// In memory; databases are held to the same beside their mappings.
#[test]
fn a_filter_keeps_exactly_what_check_allows() {
    in_every_world(filters_agree);
}

/// Two clauses there say the same in different words, and dropping each for the other's sake left nothing.
#[test]
fn a_filter_keeps_what_it_says_twice_in_different_words() {
    let recipe = Recipe {
        seed: 11_353_019_298_168_767_129,
        naming: Naming::Odd,
        departments: 4,
        users: 10,
        groups: 4,
        entities: 2,
        pipelines: 3,
        roles: 2,
        rights: 7,
        assignments: 3,
        limits: 3,
        things: 3,
    };
    let world = recipe.bake();
    filters_agree(&world, &compile(&world)).unwrap();
}

pub(super) fn filters_agree(world: &World, snapshot: &Snapshot) -> TestCaseResult {
    for (who, at) in views(world) {
        let access = access(snapshot, who.as_ref(), at);
        for key in actions(&world.policy) {
            let action = snapshot.action(&key);
            for (thing, bound) in world.things.iter().zip(bind(snapshot, &world.things)) {
                let filter = access.filter(action, snapshot.entity(&thing.entity));
                let kept = filter.matches(snapshot, &bound.record());
                let allowed = access.check(action, &bound.record()).is_allowed();
                prop_assert_eq!(kept, allowed, "{:?} {:?} {:?}: {}", who, key, thing, filter);
            }
        }
    }
    Ok(())
}

#[test]
fn check_each_is_check_for_each() {
    in_every_world(|world, snapshot| {
        let bound = bind(snapshot, &world.things);
        let records: Vec<_> = bound.iter().map(|bound| bound.record()).collect();
        for (who, at) in views(world) {
            let access = access(snapshot, who.as_ref(), at);
            for key in actions(&world.policy) {
                let action = Handle::from(snapshot.action(&key));
                let each: Vec<Decision> = access.check_each(action, &records).collect();
                let singly: Vec<Decision> =
                    records.iter().map(|record| access.check(action, record)).collect();
                prop_assert_eq!(each, singly, "{:?} {:?}", who, key);
            }
        }
        Ok(())
    });
}

#[test]
fn reachable_stages_are_those_that_relocate_allows() {
    in_every_world(|world, snapshot| {
        let mut stages = places(&world.policy.vocabulary);
        stages.retain(|place| place.grain() == Grain::Stage);
        for (who, at) in views(world) {
            let access = access(snapshot, who.as_ref(), at);
            for bound in bind(snapshot, &world.things) {
                let record = bound.record();
                let allowed = |to: &&Place| access.relocate(&record, handle(snapshot, to)).is_allowed();
                let expected: Vec<&Place> = stages.iter().filter(allowed).collect();
                let reachable = access.reachable_stages(&record);
                let reachable: Vec<&Place> = reachable.iter().flat_map(|it| snapshot.place_of(*it)).collect();
                prop_assert_eq!(reachable, expected, "{:?} at {:?}", who, at);
            }
        }
        Ok(())
    });
}

#[test]
fn reassigning_and_staying_are_updating() {
    in_every_world(|world, snapshot| {
        for (who, at) in views(world) {
            let access = access(snapshot, who.as_ref(), at);
            for (thing, bound) in world.things.iter().zip(bind(snapshot, &world.things)) {
                let record = bound.record();
                let entity =
                    world.policy.vocabulary.entities.iter().find(|entity| entity.key == thing.entity);
                let Some(entity) = entity else { continue };
                let reassign = access.may_reassign(&record);
                if let Some(action) = &entity.updates_by {
                    prop_assert_eq!(reassign, access.check(snapshot.action(action), &record), "{:?}", who);
                } else {
                    prop_assert!(reassign.is_denied());
                }
                let place = snapshot.place_of(bound.place).filter(|place| place.grain() == Grain::Stage);
                if place.is_some() {
                    prop_assert_eq!(access.relocate(&record, bound.place), reassign, "{:?}", who);
                }
            }
        }
        Ok(())
    });
}

#[test]
fn who_may_read_a_record_by_itself_enters_its_entity() {
    in_every_world(|world, snapshot| {
        for (who, at) in views(world) {
            let access = access(snapshot, who.as_ref(), at);
            for (thing, bound) in world.things.iter().zip(bind(snapshot, &world.things)) {
                let entity =
                    world.policy.vocabulary.entities.iter().find(|entity| entity.key == thing.entity);
                let reads = entity.and_then(|entity| entity.reads_by.as_ref());
                if access
                    .check(
                        Handle::from(reads.and_then(|key| snapshot.action(key))),
                        &bound.record().openings(&[]),
                    )
                    .is_allowed()
                {
                    prop_assert!(access.enters(bound.place).is_allowed(), "{:?} {:?}", who, thing);
                    let admits = entity.is_some_and(|entity| entity.admits_to_application);
                    prop_assert!(
                        !admits || access.enters_application().is_allowed(),
                        "{:?} {:?}",
                        who,
                        thing
                    );
                }
            }
        }
        Ok(())
    });
}

#[test]
fn the_dismissed_and_the_unknown_are_denied_everything() {
    in_every_world(|world, snapshot| {
        let questions = questions(world);
        for (question, answer) in questions.iter().zip(answers(world, snapshot, &questions)) {
            let Some(key) = &question.who else { continue };
            let user = world.directory.users.iter().find(|user| user.key == *key);
            let denial = match user {
                None => Denial::UnknownUser,
                Some(user) if user.dismissed => Denial::Dismissed,
                Some(_) => continue,
            };
            prop_assert_eq!(answer.denial(), Some(denial), "{:?}", question);
        }
        Ok(())
    });
}

#[test]
fn an_administrator_may_do_everything_that_is_offered() {
    in_every_world(|world, _| {
        let mut unlimited = world.clone();
        unlimited.policy.limits.clear();
        let entities = &mut unlimited.policy.vocabulary.entities;
        entities.iter_mut().for_each(|entity| entity.administrators = Freedom::Always);
        let snapshot = &compile(&unlimited);
        let administrators =
            world.directory.users.iter().filter(|user| user.administrator && !user.dismissed);
        for user in administrators {
            let access = snapshot.access(snapshot.user(&user.key), world.moments[0]);
            for (thing, bound) in world.things.iter().zip(bind(snapshot, &world.things)) {
                let entity =
                    world.policy.vocabulary.entities.iter().find(|entity| entity.key == thing.entity);
                let Some(entity) = entity else { continue };
                let offered = entity.offers.iter().map(|offer| &offer.action);
                for action in offered.clone() {
                    prop_assert!(
                        access.check(snapshot.action(action), &bound.record()).is_allowed(),
                        "{:?}",
                        action
                    );
                }
                prop_assert_eq!(access.actions(&bound.record()).len(), offered.count());
                prop_assert_eq!(access.enters(bound.place).is_allowed(), entity.reads_by.is_some());
                prop_assert_eq!(access.create(bound.place).is_allowed(), entity.creates_by.is_some());
            }
        }
        Ok(())
    });
}

/// Where explicit rights silence nothing, whoever signs in may do all that a visitor may. But for what is not in one's own
/// departments: a visitor has none, and all of it is his.
#[test]
fn a_visitor_may_do_nothing_that_a_user_may_not() {
    in_every_world(|world, _| {
        // A group can let in everyone and ban somebody.
        let mut world = without_superseding(world).without_hosts();
        world.policy.combining = Combining::MostPermissive;
        world.policy.limits.clear();
        let others = Relations::ELSEWHERE | Relations::OTHER_HEADS | Relations::OTHER_EMPLOYEES;
        let vocabulary = &mut world.policy.vocabulary;
        vocabulary.levels.iter_mut().for_each(|level| level.relations -= others);
        let offers = vocabulary.entities.iter_mut().flat_map(|entity| &mut entity.offers);
        offers.for_each(|offer| offer.standing -= others);
        let snapshot = compile(&world);
        let questions = questions(&world);
        let visitors =
            questions.iter().filter(|question| question.who.is_none()).cloned().collect::<Vec<_>>();
        let allowed: Vec<Answer> = answers(&world, &snapshot, &visitors);
        for user in world.directory.users.iter().filter(|user| !user.dismissed) {
            let mut asked = visitors.clone();
            asked.iter_mut().for_each(|question| question.who = Some(user.key.clone()));
            for ((question, visitor), answer) in
                asked.iter().zip(&allowed).zip(answers(&world, &snapshot, &asked))
            {
                prop_assert!(!visitor.is_allowed() || answer.is_allowed(), "{:?} {:?}", question, answer);
            }
        }
        Ok(())
    });
}
