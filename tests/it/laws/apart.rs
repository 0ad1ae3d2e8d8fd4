//! Views besides one's own: confined and marked roles, and people somebody stands in for.

use bailiwick::{Access, Handle, Key, Record, Snapshot, User, Window};
use proptest::{prop_assert, prop_assert_eq};

use crate::generate::World;
use crate::laws::{access, actions, bind, compile, handle, in_every_world, oracle, places, views};
use crate::oracle::On;

#[test]
fn creating_for_somebody_agrees_with_the_oracle() {
    in_every_world(|world, snapshot| {
        for (who, at) in views(world) {
            let access = access(snapshot, who.as_ref(), at);
            let Ok(oracle) = oracle(world, who.as_ref(), at) else { continue };
            for place in places(&world.policy.vocabulary) {
                for owner in &world.directory.users {
                    let answer = access.create_for(handle(snapshot, &place), snapshot.user(&owner.key));
                    let expected = oracle.create_for(&place, owner);
                    prop_assert_eq!(answer, expected, "{:?} at {:?}: {} for {}", who, at, place, owner.key);
                }
                let at = handle(snapshot, &place);
                for stranger in [snapshot.user("nobody").into(), Handle::unknown()] {
                    let (answer, expected) =
                        (access.create_for(at, stranger), oracle.create_for_a_stranger(&place));
                    prop_assert_eq!(answer, expected, "{:?}: {} for nobody", who, place);
                    prop_assert!(access.audit_create_for(at, stranger).is_none(), "{:?}: {}", who, place);
                }
            }
        }
        Ok(())
    });
}

/// What is recorded, and under what, is what the first view says that allows it, or else what marks everything.
#[test]
fn what_needs_a_record_is_allowed_by_no_view_that_needs_none() {
    in_every_world(|world, snapshot| {
        let records = bind(snapshot, &world.things);
        for (who, at) in views(world) {
            let access = access(snapshot, who.as_ref(), at);
            let Ok(oracle) = oracle(world, who.as_ref(), at) else { continue };
            let own = oracle.views().iter().filter(|view| view.absent().is_none());
            let everything = own.filter(|view| view.marks_everything()).find_map(|view| view.mark());
            for action in actions(&world.policy) {
                for (thing, record) in world.things.iter().zip(&records) {
                    let audit = access.audit(snapshot.action(&action), &record.record());
                    let mut allowing =
                        oracle.views().iter().filter(|view| view.check(&action, thing).is_allowed());
                    let expected = allowing.next().map(|view| (view.absent(), view.mark().or(everything)));
                    let expected = expected.filter(|(absent, mark)| absent.is_some() || mark.is_some());
                    prop_assert_eq!(audit.map(|audit| (audit.absent, audit.mark)), expected, "{:?}", thing);
                }
            }
        }
        Ok(())
    });
}

/// The world in which nobody stands in for anybody.
fn without_substitutions(world: &World) -> World {
    let mut world = world.clone();
    world.policy.substitutions.clear();
    world
}

fn permitted(access: &Access<'_>, record: &Record<'_>) -> Vec<String> {
    access.actions(record).keys().map(ToString::to_string).collect()
}

/// Substitutes of somebody and the people they stand in for at a moment.
fn absent(world: &World, who: &Key<User>, at: On) -> Vec<Key<User>> {
    let live =
        world.policy.substitutions.iter().filter(|it| it.substitute == *who && it.window.contains(at.at));
    live.map(|it| it.absent.clone()).collect()
}

#[test]
fn a_substitute_has_what_he_has_and_at_most_what_the_absent_have() {
    in_every_world(|world, snapshot| {
        let before = compile(&without_substitutions(world));
        let records = |snapshot: &Snapshot| bind(snapshot, &world.things);
        for (who, at) in views(world) {
            let Some(who) = who else { continue };
            for (now, then) in records(snapshot).iter().zip(records(&before)) {
                let own = permitted(&access(&before, Some(&who), at), &then.record());
                let theirs = absent(world, &who, at)
                    .into_iter()
                    .map(|absent| permitted(&access(&before, Some(&absent), at), &then.record()));
                let most: Vec<String> = theirs.chain([own.clone()]).flatten().collect();
                let has = permitted(&access(snapshot, Some(&who), at), &now.record());
                prop_assert!(own.iter().all(|action| has.contains(action)), "{:?} {:?}", own, has);
                let dismissed = own.is_empty() && has.is_empty();
                prop_assert!(
                    dismissed || has.iter().all(|action| most.contains(action)),
                    "{:?} {:?}",
                    has,
                    most
                );
            }
        }
        Ok(())
    });
}

/// Where nobody is limited: whoever stands in for somebody stays under the limits on himself.
#[test]
fn a_substitution_that_is_not_narrowed_passes_everything_on() {
    in_every_world(|world, _| {
        let mut world = world.clone();
        world.policy.limits.clear();
        let (world, snapshot) = (&world, &compile(&world));
        let before = compile(&without_substitutions(world));
        for substitution in world.policy.substitutions.iter().filter(|it| it.only.is_none()) {
            let live = world.occasions().into_iter().filter(|on| substitution.window.contains(on.at));
            let active =
                |user: &Key<User>| world.directory.users.iter().any(|it| it.key == *user && !it.dismissed);
            for at in live.filter(|_| active(&substitution.substitute)) {
                for (now, then) in bind(snapshot, &world.things).iter().zip(bind(&before, &world.things)) {
                    let theirs = permitted(&access(&before, Some(&substitution.absent), at), &then.record());
                    let has = permitted(&access(snapshot, Some(&substitution.substitute), at), &now.record());
                    prop_assert!(theirs.iter().all(|it| has.contains(it)), "{:?} {:?}", theirs, has);
                }
            }
        }
        Ok(())
    });
}

/// A role that is confined reaches at most what it would reach unconfined with every level opened to all, and only records of
/// people in the department.
#[test]
fn a_confined_role_reaches_nobody_outside_of_its_department() {
    in_every_world(|world, _| {
        let Some(department) = world.directory.departments.first() else { return Ok(()) };
        // A group that hosts a record, and a share, let people in without any role.
        let mut confined = without_substitutions(world).without_hosts().without_shares();
        for assignment in &mut confined.policy.assignments {
            assignment.within = Some(department.key.clone());
            assignment.window = Window::ALWAYS;
        }
        let snapshot = compile(&confined);
        for (who, at) in views(&confined) {
            let Ok(oracle) = oracle(&confined, who.as_ref(), at) else { continue };
            let administrator =
                confined.directory.users.iter().any(|it| Some(&it.key) == who.as_ref() && it.administrator);
            let access = access(&snapshot, who.as_ref(), at);
            for (thing, bound) in confined.things.iter().zip(bind(&snapshot, &confined.things)) {
                let within = oracle.views().iter().any(|view| view.is_confined() && view.is_inside(thing));
                let allowed = !access.actions(&bound.record()).is_empty();
                prop_assert!(administrator || within || !allowed, "{:?} {:?}", who, thing);
            }
        }
        Ok(())
    });
}
