//! Circumstances: only what is asserted holds, and what nobody has declared is refused.

use bailiwick::{Circumstance, Denial, Handle};
use proptest::{prop_assert, prop_assert_eq};

use crate::laws::{access, actions, bind, in_every_world, views};

/// Whoever asks in a circumstance that does not exist is denied everything, and told so unless he is nobody anyway.
#[test]
fn an_unknown_circumstance_is_refused() {
    in_every_world(|world, snapshot| {
        for (who, on) in views(world) {
            let known = access(snapshot, who.as_ref(), on);
            let misspelt: [Handle<Circumstance>; 2] =
                [snapshot.circumstance("none such").into(), bailiwick::Name::new("none such").into()];
            for unknown in misspelt {
                let asked = known.clone().in_circumstances([unknown]);
                let again =
                    asked.clone().in_circumstances(on.asserted.iter().map(|it| snapshot.circumstance(it)));
                prop_assert_eq!(asked.circumstances(), known.circumstances());
                for bound in bind(snapshot, &world.things) {
                    for action in actions(&world.policy) {
                        let before = known.check(snapshot.action(&action), &bound.record());
                        let nobody =
                            [Some(Denial::UnknownUser), Some(Denial::Dismissed)].contains(&before.denial());
                        let expected =
                            if nobody { before.denial() } else { Some(Denial::UnknownCircumstance) };
                        for asked in [&asked, &again] {
                            let answer = asked.check(snapshot.action(&action), &bound.record());
                            prop_assert_eq!(answer.denial(), expected, "{:?}", who);
                        }
                    }
                    prop_assert!(asked.actions(&bound.record()).is_empty());
                    prop_assert!(
                        asked.enters(snapshot.entity(&world.policy.vocabulary.entities[0].key)).is_denied()
                    );
                }
            }
        }
        Ok(())
    });
}

/// Asserted all at once, one by one or twice over: it makes no difference.
#[test]
fn circumstances_add_up() {
    in_every_world(|world, snapshot| {
        for (who, on) in views(world) {
            let at_once = access(snapshot, who.as_ref(), on);
            let bare = access(snapshot, who.as_ref(), crate::oracle::On { asserted: &[], ..on });
            let mut singly = bare;
            for key in on.asserted.iter().rev().chain(on.asserted) {
                singly = singly.in_circumstances([snapshot.circumstance(key)]);
            }
            prop_assert_eq!(singly.circumstances(), at_once.circumstances());
            for bound in bind(snapshot, &world.things) {
                prop_assert_eq!(
                    singly.actions(&bound.record()),
                    at_once.actions(&bound.record()),
                    "{:?}",
                    who
                );
            }
        }
        Ok(())
    });
}
