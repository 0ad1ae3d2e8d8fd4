//! Limits only narrow, and say so.

use std::collections::BTreeSet;

use bailiwick::{Action, Combining, Denial, Explanation, Key, Limit, Snapshot, User};
use proptest::{prop_assert, prop_assert_eq, prop_assert_ne};

use crate::generate::World;
use crate::laws::questions::{Question, What, answers, questions};
use crate::laws::roles::is_no_less;
use crate::laws::{access, actions, bind, compile, in_every_world, oracle, views};
use crate::oracle::{On, View};

/// The world without some of its limits.
fn without(world: &World, taken_out: impl Fn(&Key<Limit>) -> bool) -> World {
    let mut world = world.clone();
    world.policy.limits.retain(|limit| !taken_out(&limit.key));
    world
}

#[test]
fn one_more_limit_never_allows_more() {
    in_every_world(|world, _| {
        let Some(last) = world.policy.limits.last().map(|limit| limit.key.clone()) else { return Ok(()) };
        for combining in [Combining::MostSpecific, Combining::MostPermissive] {
            let mut world = world.clone();
            world.policy.combining = combining;
            let questions = questions(&world);
            let fewer = answers(&world, &compile(&without(&world, |key| *key == last)), &questions);
            for ((question, fewer), more) in
                questions.iter().zip(fewer).zip(answers(&world, &compile(&world), &questions))
            {
                prop_assert!(is_no_less(&more, &fewer), "{:?}: {:?}, then {:?}", question, fewer, more);
            }
        }
        Ok(())
    });
}

/// Whether the question is of a move that a view comes to a limit with. Another view can come further, and lead nowhere.
fn a_view_is_limited(world: &World, Question { who, on, what }: &Question) -> bool {
    let What::Relocate(number, to) = what else { return false };
    let oracle = oracle(world, who.as_ref(), *on);
    let is_limited = |view: &View<'_>| is_by_limits(view.relocate(&world.things[*number], to).denial());
    oracle.is_ok_and(|oracle| oracle.views().iter().any(is_limited))
}

fn is_by_limits(denial: Option<Denial>) -> bool {
    [Some(Denial::Limited), Some(Denial::Prerequisite)].contains(&denial)
}

/// What limits take is denied because of them (of the record itself: a limit on a linked record leaves it out of reach), directly
/// or for want of a prerequisite; everything else that is denied is denied as if there were none, unless a prerequisite is wanting
/// anyway.
#[test]
fn what_limits_take_is_said_to_be_limited() {
    in_every_world(|world, snapshot| {
        let world = &world.clone().without_openings();
        let questions = questions(world);
        let free = answers(world, &compile(&without(world, |_| true)), &questions);
        for ((question, free), limited) in
            questions.iter().zip(free).zip(answers(world, snapshot, &questions))
        {
            let by_limits = is_by_limits(limited.denial());
            if free.is_allowed() && !limited.is_allowed() {
                let said = by_limits || a_view_is_limited(world, question);
                prop_assert!(said, "{:?}: {:?}, then {:?}", question, free, limited);
            } else if !limited.is_allowed() && !by_limits && free.denial() != Some(Denial::Prerequisite) {
                prop_assert_eq!(limited, free, "{:?}", question);
            }
        }
        Ok(())
    });
}

/// Where an explanation names limits, less is reached than without any; once the limits that are named are lifted, and those that
/// are named then, everything granted is. Where it names none, limits took nothing.
#[test]
fn the_limits_that_are_named_are_those_that_took_something() {
    in_every_world(|world, snapshot| {
        let free = compile(&without(world, |_| true));
        for (who, on) in views(world) {
            for action in actions(&world.policy) {
                for number in 0..world.things.len() {
                    let granted = explain(world, &free, (who.as_ref(), on), &action, number);
                    let mut limited = explain(world, snapshot, (who.as_ref(), on), &action, number);
                    let mut lifted = BTreeSet::new();
                    while let Some(cut) = limited.demands.first().and_then(|demand| demand.cut.clone()) {
                        prop_assert_eq!(&cut.granted, &granted.demands[0].reach, "{}", limited);
                        prop_assert_ne!(&limited.demands[0].reach, &cut.granted, "{}", limited);
                        prop_assert!(
                            !cut.by.is_empty() && cut.by.iter().all(|key| lifted.insert(key.clone()))
                        );
                        let lifted = compile(&without(world, |key| lifted.contains(key)));
                        limited = explain(world, &lifted, (who.as_ref(), on), &action, number);
                    }
                    let reach =
                        |explanation: &Explanation| explanation.demands.first().map(|it| it.reach.clone());
                    prop_assert_eq!(reach(&limited), reach(&granted), "{}", limited);
                }
            }
        }
        Ok(())
    });
}

fn explain(
    world: &World,
    snapshot: &Snapshot,
    (who, on): (Option<&Key<User>>, On),
    action: &Key<Action>,
    thing: usize,
) -> Explanation {
    let thing = bind(snapshot, &world.things[thing..=thing]).remove(0);
    access(snapshot, who, on).explain(snapshot.action(action), &thing.record())
}

#[test]
fn the_limits_in_force_are_those_that_the_rule_finds() {
    in_every_world(|world, snapshot| {
        for (who, on) in views(world) {
            let entity = snapshot.entity(&world.policy.vocabulary.entities[0].key);
            let explanation = access(snapshot, who.as_ref(), on).explain_create(entity);
            let in_force = explanation.limits.iter().filter(|limit| limit.is_in_force());
            let oracle = oracle(world, who.as_ref(), on);
            let expected: Vec<_> =
                oracle.iter().flat_map(|oracle| oracle.own().limits()).map(|limit| &limit.key).collect();
            prop_assert_eq!(in_force.map(|it| &it.limit).collect::<Vec<_>>(), expected, "{}", explanation);
            let all: BTreeSet<_> = explanation.limits.iter().map(|it| &it.limit).collect();
            prop_assert_eq!(all.len(), explanation.limits.len());
            prop_assert!(explanation.limits.iter().all(|limit| !limit.ways.is_empty()));
        }
        Ok(())
    });
}
