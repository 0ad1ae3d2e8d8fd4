//! What a snapshot works out beforehand changes no answer.

use bailiwick::{Decision, Handle};
use proptest::prop_assert_eq;

use crate::laws::questions::{answers, questions};
use crate::laws::{access, actions, bind, digested, in_every_world, views};

#[test]
fn what_is_worked_out_beforehand_changes_no_answer() {
    in_every_world(|world, _| {
        let (digested, walked) = (digested(world), digested(world).undigested());
        let questions = questions(world);
        let answered = [&digested, &walked].map(|snapshot| answers(world, snapshot, &questions));
        for (question, (one, other)) in questions.iter().zip(answered[0].iter().zip(&answered[1])) {
            prop_assert_eq!(one, other, "{:?}", question);
        }
        Ok(())
    });
}

#[test]
fn what_is_worked_out_beforehand_changes_no_set_of_actions_and_no_page() {
    in_every_world(|world, _| {
        let (digested, walked) = (digested(world), digested(world).undigested());
        let bound = bind(&digested, &world.things);
        let records: Vec<_> = bound.iter().map(|bound| bound.record()).collect();
        for (who, at) in views(world) {
            let [one, other] = [&digested, &walked].map(|snapshot| access(snapshot, who.as_ref(), at));
            for record in &records {
                let sets = [one.actions(record), other.actions(record)]
                    .map(|set| set.keys().map(ToString::to_string).collect::<Vec<_>>());
                prop_assert_eq!(&sets[0], &sets[1], "{:?} at {:?}: {:?}", who, at, record);
            }
            for key in actions(&world.policy) {
                let action = Handle::from(digested.action(&key));
                let pages = [&one, &other]
                    .map(|access| access.check_each(action, &records).collect::<Vec<Decision>>());
                prop_assert_eq!(&pages[0], &pages[1], "{:?} at {:?}: {:?}", who, at, key);
            }
        }
        Ok(())
    });
}
