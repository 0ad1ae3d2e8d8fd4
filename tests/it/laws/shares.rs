//! Sharing a record only adds, to those it is shared with and to nobody else.

use bailiwick::{Action, Key, Subject};
use proptest::{prop_assert, prop_assert_eq};

use crate::generate::World;
use crate::laws::questions::{answers, questions};
use crate::laws::roles::is_no_less;
use crate::laws::{actions, compile, in_every_world, oracle};

/// The world with every record shared like this besides.
fn shared(world: &World, with: &Subject, actions: &[Key<Action>]) -> World {
    let mut world = world.clone();
    world.things.iter_mut().for_each(|thing| thing.shares.push((with.clone(), actions.to_vec())));
    world
}

fn subject(world: &World) -> Subject {
    crate::generate::subject(&mut world.recipe.dice("shared with", 0), &world.directory)
}

#[test]
fn one_more_share_never_allows_less() {
    in_every_world(|world, snapshot| {
        let questions = questions(world);
        let more = shared(world, &subject(world), &world.policy.vocabulary.actions);
        let before = answers(world, snapshot, &questions);
        for ((question, before), after) in
            questions.iter().zip(before).zip(answers(&more, snapshot, &questions))
        {
            prop_assert!(is_no_less(&before, &after), "{:?}: {:?}, then {:?}", question, before, after);
        }
        Ok(())
    });
}

/// Whoever is not in the subject, and stands in for nobody who is, is answered as before.
#[test]
fn a_share_is_of_no_use_to_anybody_else() {
    in_every_world(|world, snapshot| {
        let with = subject(world);
        let more = shared(world, &with, &world.policy.vocabulary.actions);
        let questions = questions(world);
        let before = answers(world, snapshot, &questions);
        for ((question, before), after) in
            questions.iter().zip(before).zip(answers(&more, snapshot, &questions))
        {
            let oracle = oracle(world, question.who.as_ref(), question.on);
            let among = oracle.is_ok_and(|it| it.views().iter().any(|view| view.is_among(&with)));
            prop_assert!(among || before == after, "{:?}: {:?}, then {:?}", question, before, after);
        }
        Ok(())
    });
}

/// What is not shareable, and who is not known, opens nothing.
#[test]
fn shares_that_mean_nothing_change_nothing() {
    in_every_world(|world, snapshot| {
        let questions = questions(world);
        let before = answers(world, snapshot, &questions);
        let all = actions(&world.policy);
        let nobodys =
            [Subject::User(Key::new("nobody")), Subject::UserGroup(Key::new("none")), Subject::Author];
        for with in nobodys {
            let more = shared(world, &with, &all);
            prop_assert_eq!(&answers(&more, snapshot, &questions), &before, "{:?}", with);
        }
        prop_assert_eq!(
            &answers(&shared(world, &Subject::Everyone, &[Key::new("no action")]), snapshot, &questions),
            &before
        );
        let mut closed = world.clone();
        let offers = closed.policy.vocabulary.entities.iter_mut().flat_map(|entity| &mut entity.offers);
        offers.for_each(|offer| offer.shareable = false);
        let closed_snapshot = compile(&closed);
        let unshared = closed.clone().without_shares();
        prop_assert_eq!(
            answers(&closed, &closed_snapshot, &questions),
            answers(&unshared, &closed_snapshot, &questions)
        );
        Ok(())
    });
}

/// A share is allowed for what it is for and no more: shared for one action with everybody, that one is open to whoever is not
/// limited, as far as what it requires is.
#[test]
fn what_is_shared_with_everyone_is_open_to_everyone() {
    let mut opened = 0;
    for seed in 0..40 {
        let world = crate::generate::Recipe::largest(seed).bake();
        let snapshot = compile(&world);
        let more = shared(&world, &Subject::Everyone, &world.policy.vocabulary.actions);
        let questions = questions(&world);
        let before = answers(&world, &snapshot, &questions);
        for (before, after) in before.iter().zip(answers(&more, &snapshot, &questions)) {
            opened += usize::from(!before.is_allowed() && after.is_allowed());
        }
    }
    assert!(opened > 1_000, "{opened}");
}
