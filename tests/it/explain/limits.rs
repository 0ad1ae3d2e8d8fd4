//! What an explanation says of limits: what takes, takes; what spares, spares; and what would lift them, lifts them.

use std::cell::RefCell;
use std::collections::BTreeSet;

use bailiwick::explain::{Bearing, Restraint};
use bailiwick::{Creation, Explanation, Key, Limit, Snapshot, User};
use proptest::test_runner::{TestCaseError, TestCaseResult};
use proptest::{prop_assert, prop_assert_eq};

use crate::generate::{Recipe, World};
use crate::laws::presets::in_every_world_and_preset;
use crate::laws::{access, actions, bind, compile, handle, oracle, places, views};
use crate::oracle::{On, Oracle};

/// The world with only those limits that are chosen.
fn with_limits(world: &World, chosen: impl Fn(&Limit) -> bool) -> World {
    let mut world = world.clone();
    world.policy.limits.retain(chosen);
    world
}

/// Holds the bearings of the limits in force against what the oracle says with and without them.
fn check_bearings(
    explanation: &Explanation,
    is_allowed: bool,
    without: impl Fn(&Key<Limit>) -> bool,
    alone: impl Fn(&Key<Limit>) -> bool,
    seen: &RefCell<BTreeSet<(&'static str, bool)>>,
) -> TestCaseResult {
    for restraint in explanation.limits.iter().filter(|it| it.is_in_force()) {
        let Some(bearing) = restraint.bearing else {
            prop_assert!(explanation.demands.is_empty(), "{}", explanation);
            continue;
        };
        let otherwise = without(&restraint.limit);
        seen.borrow_mut().insert((bearing.code(), is_allowed != otherwise));
        match bearing {
            Bearing::Takes => {
                prop_assert!(!is_allowed, "{}", explanation);
                prop_assert!(!alone(&restraint.limit), "{} alone\n{}", restraint, explanation);
            }
            Bearing::Spares => prop_assert_eq!(is_allowed, otherwise, "{}\n{}", restraint, explanation),
            Bearing::Narrows => {}
            other => panic!("{other:?}"),
        }
    }
    Ok(())
}

/// The worlds without one limit, and with it alone.
fn variants(world: &World) -> Vec<(Key<Limit>, World, World)> {
    let limits = world.policy.limits.iter();
    let variants = limits.map(|limit| {
        let others = with_limits(world, |it| it.key != limit.key);
        (limit.key.clone(), others, with_limits(world, |it| it.key == limit.key))
    });
    variants.collect()
}

/// The same question to the oracle of each variant.
struct Asked<'w> {
    variants: Vec<(&'w Key<Limit>, Oracle<'w>, Oracle<'w>)>,
}

impl<'w> Asked<'w> {
    fn of(variants: &'w [(Key<Limit>, World, World)], who: Option<&Key<User>>, on: On) -> Option<Self> {
        let oracles = variants.iter().map(|(limit, without, alone)| {
            Some((limit, oracle(without, who, on).ok()?, oracle(alone, who, on).ok()?))
        });
        Some(Self { variants: oracles.collect::<Option<_>>()? })
    }

    fn without(&self, limit: &Key<Limit>, ask: impl Fn(&Oracle<'w>) -> bool) -> bool {
        self.variants.iter().any(|(it, without, _)| *it == limit && ask(without))
    }

    fn alone(&self, limit: &Key<Limit>, ask: impl Fn(&Oracle<'w>) -> bool) -> bool {
        self.variants.iter().any(|(it, _, alone)| *it == limit && ask(alone))
    }
}

/// Every question of the world, explained, and how to put it to an oracle.
fn for_every_question(
    world: &World,
    snapshot: &Snapshot,
    seen: &RefCell<BTreeSet<(&'static str, bool)>>,
) -> TestCaseResult {
    let variants = variants(world);
    let bound = bind(snapshot, &world.things);
    for (who, on) in views(world).filter(|_| !variants.is_empty()) {
        let Some(asked) = Asked::of(&variants, who.as_ref(), on) else { continue };
        let access = access(snapshot, who.as_ref(), on);
        let law = |explanation: &Explanation, ask: &dyn Fn(&Oracle<'_>) -> bool| {
            let is_allowed = explanation.decision.is_allowed();
            let without = |limit: &Key<Limit>| asked.without(limit, ask);
            let alone = |limit: &Key<Limit>| asked.alone(limit, ask);
            check_bearings(explanation, is_allowed, without, alone, seen)
        };
        for (thing, bound) in world.things.iter().zip(&bound) {
            for action in actions(&world.policy) {
                let explanation = access.explain(snapshot.action(&action), &bound.record());
                law(&explanation, &|it| it.check(&action, thing).is_allowed())?;
            }
            for place in places(&world.policy.vocabulary) {
                let explanation = access.explain_relocate(&bound.record(), handle(snapshot, &place));
                law(&explanation, &|it| it.relocate(thing, &place).is_allowed())?;
            }
        }
        for place in places(&world.policy.vocabulary) {
            let explanation = access.explain_create(handle(snapshot, &place));
            law(&explanation, &|it| matches!(it.create(&place), Creation::Allowed(_)))?;
        }
    }
    Ok(())
}

/// A limit that is said to take what is asked denies, and alone too; one that is said to spare it makes no difference.
#[test]
fn what_is_said_to_take_takes_and_what_is_said_to_spare_spares() {
    in_every_world_and_preset(|world, snapshot| for_every_question(world, snapshot, &RefCell::default()));
}

/// Otherwise the law above says little. In worlds that are the same in every run, for what is seen in random ones is left to chance.
#[test]
fn limits_that_take_narrow_and_spare_are_seen() {
    let seen = RefCell::new(BTreeSet::new());
    // Of the first sixty, those that show something for the first time.
    for seed in [0, 2, 4, 56] {
        let world = Recipe::largest(seed).bake();
        for_every_question(&world, &compile(&world), &seen).expect("the law");
    }
    let expected =
        [("takes", true), ("takes", false), ("narrows", true), ("narrows", false), ("spares", false)];
    let missing: Vec<_> = expected.iter().filter(|it| !seen.borrow().contains(*it)).collect();
    assert!(missing.is_empty(), "never seen: {missing:?}");
}

/// Listed are the oracle's limits in force as such; each says what the policy says; and it is lifted by what would lift it, by each
/// alone, and by nothing else. How many were lifted.
fn lifted(world: &World, snapshot: &Snapshot) -> Result<usize, TestCaseError> {
    let mut lifted = 0;
    let Some(thing) = bind(snapshot, &world.things).pop() else { return Ok(lifted) };
    let explain = |who: Option<&Key<User>>, on: On| {
        access(snapshot, who, on).explain(snapshot.action("no action"), &thing.record())
    };
    for (who, on) in views(world) {
        let Ok(oracle) = oracle(world, who.as_ref(), on) else { continue };
        let explanation = explain(who.as_ref(), on);
        let in_force: BTreeSet<_> =
            explanation.limits.iter().filter(|it| it.is_in_force()).map(|it| &it.limit).collect();
        let expected = oracle.own().limits().iter().map(|limit| &limit.key).collect();
        prop_assert_eq!(in_force, expected, "{}", explanation);
        for restraint in &explanation.limits {
            says_what_the_policy_says(world, restraint)?;
            let declared = &world.policy.vocabulary.circumstances;
            for circumstance in declared.iter().filter(|_| restraint.is_in_force()) {
                let asserted = on.asserted.iter().chain([circumstance]).cloned().collect::<Vec<_>>();
                let more = On { at: on.at, asserted: asserted.leak() };
                let then = explain(who.as_ref(), more);
                let then = then.limits.iter().find(|it| it.limit == restraint.limit).expect("still on him");
                let lifts = restraint.unless.contains(circumstance);
                prop_assert_eq!(then.is_in_force(), !lifts, "{} {}", circumstance, explanation);
                lifted += usize::from(lifts);
            }
        }
    }
    Ok(lifted)
}

#[test]
fn what_would_lift_a_limit_lifts_it_and_nothing_else_does() {
    in_every_world_and_preset(|world, snapshot| lifted(world, snapshot).map(drop));
}

#[test]
fn limits_that_are_lifted_are_seen() {
    let worlds = (0..100).map(|seed| Recipe::largest(seed).bake());
    assert!(worlds.map(|world| lifted(&world, &compile(&world)).expect("the law")).sum::<usize>() > 0);
}

fn says_what_the_policy_says(world: &World, restraint: &Restraint) -> TestCaseResult {
    let limit = world.policy.limits.iter().find(|it| it.key == restraint.limit).expect("declared");
    prop_assert_eq!((&restraint.actions, &restraint.places), (&limit.actions, &limit.places));
    let keys = |keys: &[_]| keys.iter().cloned().collect::<BTreeSet<_>>();
    prop_assert_eq!(keys(&restraint.unless), keys(&limit.unless));
    Ok(())
}
