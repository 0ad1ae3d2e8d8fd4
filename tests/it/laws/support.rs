//! Support access: without a live grant there is nothing of it, and all that a live one adds is marked.

use bailiwick::support::{Grant, Support};
use bailiwick::{Key, User};
use proptest::{prop_assert, prop_assert_eq};

use crate::generate::World;
use crate::laws::{access, actions, bind, compile, in_every_world, views};

/// A grant for every role of the world, every other one by a second request.
fn support(world: &World) -> Support {
    let grants = world.policy.roles.iter().enumerate();
    grants.fold(Support::new().switched_on(), |support, (at, role)| {
        support.grant(Grant::new(format!("request {}", at % 2), "specialist", role.key.clone()))
    })
}

fn applied(world: &World, support: &Support) -> World {
    let mut world = world.clone();
    support.apply(&mut world.policy, &mut world.directory);
    world
}

#[test]
fn without_a_live_grant_everything_is_as_if_there_were_none() {
    in_every_world(|world, _| {
        let mut off = support(world);
        off.switched_on = false;
        let mut closed = support(world);
        closed.close("request 0");
        closed.close("request 1");
        for dead in [off, closed] {
            let without = applied(world, &dead);
            prop_assert_eq!(&without.policy, &world.policy);
            prop_assert_eq!(&without.directory, &world.directory);
        }
        Ok(())
    });
}

#[test]
fn grants_change_nothing_for_others_and_no_count_of_seats() {
    in_every_world(|world, before| {
        let granted = applied(world, &support(world));
        prop_assert_eq!(granted.directory.seats(), world.directory.seats());
        let after = compile(&granted);
        let records = bind(before, &world.things).into_iter().zip(bind(&after, &world.things));
        for (then, now) in records {
            for (who, on) in views(world) {
                let old = access(before, who.as_ref(), on);
                let new = access(&after, who.as_ref(), on);
                for action in actions(&world.policy) {
                    let was = old.check(before.action(&action), &then.record());
                    let is = new.check(after.action(&action), &now.record());
                    prop_assert_eq!(was, is, "{:?} {:?}", who, action);
                }
            }
        }
        Ok(())
    });
}

/// Also what he has as somebody who signs in: without a grant he would not be here.
#[test]
fn all_that_a_specialist_may_do_is_marked_with_his_open_request() {
    in_every_world(|world, _| {
        let who: Key<User> = "specialist".into();
        let mut support = support(world);
        support.close("request 1");
        let granted = applied(world, &support);
        let mut without = granted.clone();
        without.policy = world.policy.clone();
        let (before, after) = (compile(&without), compile(&granted));
        let records = bind(&before, &world.things).into_iter().zip(bind(&after, &world.things));
        for (then, now) in records {
            for on in world.occasions() {
                let (old, new) = (access(&before, Some(&who), on), access(&after, Some(&who), on));
                for action in actions(&world.policy) {
                    let had = old.check(before.action(&action), &then.record()).is_allowed();
                    let has = new.check(after.action(&action), &now.record()).is_allowed();
                    prop_assert!(has || !had, "a grant takes nothing: {:?}", action);
                    let audit = new.audit(after.action(&action), &now.record());
                    let mark = audit.and_then(|audit| audit.mark).map(ToString::to_string);
                    if has && mark.as_deref() != Some("request 0") {
                        let theirs = world.policy.assignments.iter().filter_map(|it| it.audited_as.as_ref());
                        let theirs = theirs.map(ToString::to_string).collect::<Vec<_>>();
                        prop_assert!(had && mark.is_some_and(|it| theirs.contains(&it)), "{:?}", action);
                    }
                }
            }
        }
        Ok(())
    });
}
