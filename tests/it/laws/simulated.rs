//! Looking through somebody's eyes shows what he would be answered, whatever is asked, and nothing that could be taken for an
//! answer. That no question is left out is a tidy test's to say.

use std::cell::Cell;

use bailiwick::explain::Bound;
use bailiwick::{
    Access, Action, Assignment, Handle, Key, Object, Place, Record, Simulated, Snapshot, Subject, User,
    ViewAs,
};
use proptest::prop_assert;
use proptest::test_runner::TestCaseResult;

use crate::generate::World;
use crate::generate::lists::tree;
use crate::laws::{access, actions, bind, handle, in_every_world, places, viewers};
use crate::oracle::On;

/// Somebody's real access, and what is seen of it.
struct Pair<'w, 's> {
    world: &'w World,
    snapshot: &'s Snapshot,
    real: Access<'s>,
    eyes: ViewAs<'s>,
}

impl<'w, 's> Pair<'w, 's> {
    fn new(world: &'w World, snapshot: &'s Snapshot, who: Option<&Key<User>>, on: On) -> Self {
        let eyes = match who {
            Some(who) => snapshot.view_as(snapshot.user(who), on.at),
            None => snapshot.view_as_visitor(on.at),
        };
        let eyes = eyes.in_circumstances(on.asserted.iter().map(|key| snapshot.circumstance(key)));
        Self { world, snapshot, real: access(snapshot, who, on), eyes }
    }

    fn actions(&self) -> Vec<Option<Handle<Action>>> {
        actions(&self.world.policy).iter().map(|key| self.snapshot.action(key)).collect()
    }

    fn places(&self) -> Vec<Handle<Place>> {
        places(&self.world.policy.vocabulary).iter().map(|place| handle(self.snapshot, place)).collect()
    }
}

/// Tries the law for everybody. On one occasion: the code is the same on all.
fn in_every_pair(law: impl Fn(&Pair<'_, '_>) -> TestCaseResult) {
    in_every_world(|world, snapshot| {
        let on = world.occasions()[0];
        viewers(world).iter().try_for_each(|who| law(&Pair::new(world, snapshot, who.as_ref(), on)))
    });
}

fn unmarked<T: Clone>(seen: impl IntoIterator<Item = Simulated<T>>) -> Vec<T> {
    seen.into_iter().map(|answer| answer.shown().clone()).collect()
}

#[test]
fn of_records_and_of_moving_them() {
    let moves = Cell::new((0, 0));
    in_every_pair(|Pair { world, snapshot, real, eyes }| {
        let pair = Pair { world, snapshot, real: real.clone(), eyes: eyes.clone() };
        let bound = bind(snapshot, &world.things);
        let records: Vec<Record<'_>> = bound.iter().map(|bound| bound.record()).collect();
        for action in pair.actions() {
            let seen = unmarked(eyes.check_each(action, &records));
            prop_assert!(seen == real.check_each(action, &records).collect::<Vec<_>>());
        }
        for record in &records {
            prop_assert!(*eyes.actions(record).shown() == real.actions(record));
            prop_assert!(*eyes.may_reassign(record).shown() == real.may_reassign(record));
            prop_assert!(*eyes.reachable_stages(record).shown() == real.reachable_stages(record));
            for action in pair.actions() {
                prop_assert!(*eyes.check(action, record).shown() == real.check(action, record));
                prop_assert!(*eyes.explain(action, record).shown() == real.explain(action, record));
                prop_assert!(*eyes.audit(action, record).shown() == real.audit(action, record));
            }
            for to in pair.places() {
                let expected = real.relocate(record, to);
                let (allowed, denied) = moves.get();
                moves.set(if expected.is_allowed() { (allowed + 1, denied) } else { (allowed, denied + 1) });
                prop_assert!(*eyes.relocate(record, to).shown() == expected);
                prop_assert!(*eyes.audit_relocate(record, to).shown() == real.audit_relocate(record, to));
            }
            let to = pair.places()[0];
            prop_assert!(*eyes.explain_relocate(record, to).shown() == real.explain_relocate(record, to));
        }
        Ok(())
    });
    let (allowed, denied) = moves.get();
    assert!(allowed > 100 && denied > 100, "{allowed} moves allowed, {denied} denied");
}

#[test]
fn of_places_and_of_everything() {
    in_every_pair(|Pair { world, snapshot, real, eyes }| {
        let pair = Pair { world, snapshot, real: real.clone(), eyes: eyes.clone() };
        let somebody = world.directory.users.first().map(|user| snapshot.user(&user.key));
        prop_assert!(*eyes.enters_application().shown() == real.enters_application());
        prop_assert!(*eyes.valid_until().shown() == real.valid_until());
        prop_assert!(*eyes.matrix().shown() == real.matrix());
        prop_assert!(unmarked(eyes.audits()) == real.audits().collect::<Vec<_>>());
        prop_assert!(eyes.at() == real.at() && eyes.circumstances() == real.circumstances());
        for place in pair.places() {
            let (seen, creation) = (eyes.create(place), real.create(place));
            prop_assert!(*seen.shown() == creation);
            for owner in somebody.into_iter().flatten() {
                prop_assert!(*seen.owner(eyes, owner).shown() == creation.owner(real, owner));
                prop_assert!(*eyes.create_for(place, owner).shown() == real.create_for(place, owner));
                let why = real.explain_create_for(place, owner);
                prop_assert!(*eyes.explain_create_for(place, owner).shown() == why);
                let audit = real.audit_create_for(place, owner);
                prop_assert!(*eyes.audit_create_for(place, owner).shown() == audit);
            }
            prop_assert!(*eyes.enters(place).shown() == real.enters(place));
            prop_assert!(*eyes.audit_create(place).shown() == real.audit_create(place));
            prop_assert!(*eyes.explain_create(place).shown() == real.explain_create(place));
        }
        for entity in &world.policy.vocabulary.entities {
            let entity = snapshot.entity(&entity.key);
            prop_assert!(
                *eyes.filters(pair.actions(), entity).shown() == real.filters(pair.actions(), entity)
            );
            for action in pair.actions() {
                prop_assert!(*eyes.filter(action, entity).shown() == real.filter(action, entity));
            }
        }
        for role in &world.policy.roles {
            let assignment = Assignment::new(&role.key, Subject::SignedIn);
            prop_assert!(*eyes.may_assign(&assignment).shown() == real.may_assign(&assignment));
        }
        Ok(())
    });
}

/// Takes long: one record and one question of each kind for one viewer of a world.
#[test]
fn of_what_would_help() {
    let helped = Cell::new(0);
    in_every_world(|world, snapshot| {
        let who = world.directory.users.last().map(|user| &user.key);
        let Pair { real, eyes, .. } = Pair::new(world, snapshot, who, world.occasions()[0]);
        let bound = Bound::new(&world.policy, &world.directory).at_most(1);
        let things = bind(snapshot, &world.things);
        let Some(record) = things.first().map(|bound| bound.record()) else { return Ok(()) };
        let (action, to) =
            (snapshot.action(&world.policy.vocabulary.actions[0]), record_target(world, snapshot));
        let nearest = real.nearest_grants(action, &record, bound);
        helped.set(helped.get() + nearest.grants.len());
        prop_assert!(*eyes.nearest_grants(action, &record, bound).shown() == nearest);
        let create = real.nearest_grants_to_create(to, bound);
        prop_assert!(*eyes.nearest_grants_to_create(to, bound).shown() == create);
        let owner = snapshot.user(&world.directory.users[0].key);
        let create = real.nearest_grants_to_create_for(to, owner, bound);
        prop_assert!(*eyes.nearest_grants_to_create_for(to, owner, bound).shown() == create);
        let why = real.explain_create_for_with_grants(to, owner, bound);
        prop_assert!(*eyes.explain_create_for_with_grants(to, owner, bound).shown() == why);
        let relocate = real.nearest_grants_to_relocate(&record, to, bound);
        prop_assert!(*eyes.nearest_grants_to_relocate(&record, to, bound).shown() == relocate);
        let why = real.explain_with_grants(action, &record, bound);
        prop_assert!(*eyes.explain_with_grants(action, &record, bound).shown() == why);
        let why = real.explain_create_with_grants(to, bound);
        prop_assert!(*eyes.explain_create_with_grants(to, bound).shown() == why);
        let why = real.explain_relocate_with_grants(&record, to, bound);
        prop_assert!(*eyes.explain_relocate_with_grants(&record, to, bound).shown() == why);
        Ok(())
    });
    assert!(helped.get() > 0, "nothing would ever have helped");
}

fn record_target(world: &World, snapshot: &Snapshot) -> Handle<Place> {
    places(&world.policy.vocabulary).last().map_or(Handle::unknown(), |place| handle(snapshot, place))
}

#[test]
fn of_objects_with_lists() {
    in_every_world(|world, _| {
        let (policy, tree) = tree(world);
        let snapshot = &Snapshot::compile(&policy, &world.directory).unwrap();
        let ladder = snapshot.ladder(&tree.ladder.key);
        for who in viewers(world) {
            let pair = Pair::new(world, snapshot, who.as_ref(), world.occasions()[0]);
            let (real, eyes) = (pair.real.acl(ladder), pair.eyes.acl(ladder));
            prop_assert!(*eyes.valid_until().shown() == real.valid_until());
            for at in 0..tree.objects.len() {
                let lists = tree.lists(at);
                let frozen: Vec<_> = lists.iter().map(|acl| snapshot.acl(ladder, acl)).collect();
                let (own, above) = frozen.split_last().unwrap();
                let author = tree.objects[at].author.as_ref().and_then(|author| snapshot.user(author));
                let object = Object::new(own).author(author);
                let there = (real.below([]), eyes.below([]));
                // Step by step, so that both ways to what lies below are taken.
                let real_here = above.iter().fold(real.below([]), |above, acl| above.below(acl));
                let here = above.iter().fold(eyes.below([]), |above, acl| above.below(acl));
                prop_assert!(*eyes.below(above).actions(&object).shown() == real_here.actions(&object));
                prop_assert!(*here.actions(&object).shown() == real_here.actions(&object));
                let moved = real_here.may_move(&object, &there.0, &object);
                prop_assert!(*here.may_move(&object, &there.1, &object).shown() == moved);
                for rung in &tree.ladder.rungs {
                    let rung = ladder.and_then(|ladder| snapshot.rung(ladder, &rung.key));
                    prop_assert!(
                        *here.may_share(&object, rung).shown() == real_here.may_share(&object, rung)
                    );
                }
                for action in pair.actions() {
                    prop_assert!(*here.check(action, &object).shown() == real_here.check(action, &object));
                    let each = real_here.check_each(action, [object]).collect::<Vec<_>>();
                    prop_assert!(unmarked(here.check_each(action, [object])) == each);
                    let why = real.explain(action, lists.clone(), author);
                    prop_assert!(*eyes.explain(action, lists.clone(), author).shown() == why);
                }
            }
        }
        Ok(())
    });
}
