//! Nobody gives what he does not have.

use bailiwick::{Assignment, Decision, Delegation, Subject, Window};
use proptest::{prop_assert, prop_assert_eq};

use crate::generate::{World, window};
use crate::laws::{access, compile, in_every_world, oracle, views};
use crate::oracle::delegation;

/// Assignments to everybody, of every role and of one that there is not, on all kinds of terms.
fn assignments(world: &World) -> Vec<Assignment> {
    let mut dice = world.recipe.dice("given on", 0);
    let keys = world.policy.roles.iter().map(|role| role.key.clone()).chain(["no role".into()]);
    let circumstances = &world.policy.vocabulary.circumstances;
    let given = keys.map(|key| {
        let when = if dice.percent(50) { dice.some(circumstances, 2) } else { Vec::new() };
        Assignment::new(key, Subject::Everyone).during(window(&mut dice)).when(when)
    });
    given.collect()
}

#[test]
fn giving_roles_agrees_with_the_oracle() {
    in_every_world(|world, _| {
        for delegation in [Delegation::Free, Delegation::OwnRightsOnly] {
            let mut world = world.clone();
            world.policy.delegation = delegation;
            let snapshot = compile(&world);
            for (who, on) in views(&world) {
                let access = access(&snapshot, who.as_ref(), on);
                for assignment in assignments(&world) {
                    let answer = access.may_assign(&assignment);
                    let parts = (&world.policy, &world.directory);
                    let expected = delegation::may_assign(parts, who.as_ref(), on.at, &assignment);
                    let expected = expected.map_or_else(Decision::Denied, |()| Decision::Allowed);
                    prop_assert_eq!(Decision::from(&answer), expected, "{:?} {:?} {:?}", who, on, assignment);
                    let from = answer.excess().map(|excess| excess.from);
                    prop_assert!(from.is_none_or(|from| from >= on.at && assignment.window.contains(from)));
                }
            }
        }
        Ok(())
    });
}

/// Where one's own rights only may be given, whoever is given a role reaches nothing that neither he nor the giver reached
/// before: seen by what a visitor may create, where nothing is required besides.
#[test]
fn what_is_given_nobody_has_who_did_not_have_it() {
    in_every_world(|world, _| {
        let mut world = world.clone();
        world.policy.delegation = Delegation::OwnRightsOnly;
        world.policy.assignments.retain(|it| it.within.is_none() && it.audited_as.is_none());
        world.policy.substitutions.clear();
        let offers = world.policy.vocabulary.entities.iter_mut().flat_map(|entity| &mut entity.offers);
        offers.for_each(|offer| offer.requires.clear());
        let snapshot = compile(&world);
        for (who, on) in views(&world) {
            let giver = access(&snapshot, who.as_ref(), on);
            let Ok(_) = oracle(&world, who.as_ref(), on) else { continue };
            let visitor = access(&snapshot, None, on);
            for role in &world.policy.roles {
                let assignment = Assignment::new(&role.key, Subject::Everyone)
                    .during(Window::from(on.at).until(on.at))
                    .when(on.asserted.iter());
                if !giver.may_assign(&assignment).is_allowed() {
                    continue;
                }
                let mut given = world.clone();
                given.policy.assignments.push(assignment);
                let after = compile(&given);
                let receiver = access(&after, None, on);
                for place in crate::laws::places(&world.policy.vocabulary) {
                    let can = |access: &bailiwick::Access<'_>, snapshot: &bailiwick::Snapshot| {
                        access.create(crate::laws::handle(snapshot, &place)).is_allowed()
                    };
                    let before = can(&visitor, &snapshot) || can(&giver, &snapshot);
                    prop_assert!(!can(&receiver, &after) || before, "{:?} {} {}", who, role.key, place);
                }
            }
        }
        Ok(())
    });
}

/// The laws above speak of something.
#[test]
fn some_may_give_and_some_may_not() {
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for seed in 0..40 {
        let mut world = crate::generate::Recipe::largest(seed).bake();
        world.policy.delegation = Delegation::OwnRightsOnly;
        let snapshot = compile(&world);
        for (who, on) in views(&world) {
            for assignment in assignments(&world) {
                let answer = access(&snapshot, who.as_ref(), on).may_assign(&assignment);
                let kind = match answer.excess() {
                    Some(excess) if excess.from > on.at.max(assignment.window.first().unwrap_or(on.at)) => {
                        "later".to_owned()
                    }
                    Some(excess) => {
                        format!("{:?}", excess.what).split(' ').next().unwrap_or_default().to_owned()
                    }
                    None => Decision::from(&answer).to_string(),
                };
                *counts.entry(kind).or_default() += 1;
            }
        }
    }
    for kind in ["allowed", "Right", "Transition", "later", "denied: the role is unknown"] {
        assert!(counts.get(kind).is_some_and(|count| *count >= 5), "{kind}: {counts:?}");
    }
}
