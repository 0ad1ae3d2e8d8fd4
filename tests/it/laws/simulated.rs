//! Looking through somebody's eyes shows what he would be answered, and nothing that could be taken for an answer.

use proptest::prop_assert;

use crate::laws::handle;
use crate::laws::{access, actions, bind, in_every_world, places, viewers};

#[test]
fn what_is_shown_is_what_he_would_be_answered() {
    in_every_world(|world, snapshot| {
        // The same code for everybody: one occasion is enough.
        let on = world.occasions()[0];
        for who in viewers(world).into_iter().flatten() {
            let real = access(snapshot, Some(&who), on);
            let eyes = snapshot.view_as(snapshot.user(&who), on.at);
            let eyes = eyes.in_circumstances(on.asserted.iter().map(|key| snapshot.circumstance(key)));
            prop_assert!(*eyes.enters_application().shown() == real.enters_application());
            for place in places(&world.policy.vocabulary) {
                let place = handle(snapshot, &place);
                prop_assert!(*eyes.create(place).shown() == real.create(place));
                prop_assert!(*eyes.enters(place).shown() == real.enters(place));
            }
            for bound in bind(snapshot, &world.things) {
                let record = bound.record();
                prop_assert!(*eyes.actions(&record).shown() == real.actions(&record));
                prop_assert!(*eyes.reachable_stages(&record).shown() == real.reachable_stages(&record));
                for key in actions(&world.policy) {
                    let action = snapshot.action(&key);
                    prop_assert!(*eyes.check(action, &record).shown() == real.check(action, &record));
                    prop_assert!(*eyes.explain(action, &record).shown() == real.explain(action, &record));
                }
            }
            for entity in &world.policy.vocabulary.entities {
                let entity = snapshot.entity(&entity.key);
                for key in actions(&world.policy) {
                    let action = snapshot.action(&key);
                    prop_assert!(*eyes.filter(action, entity).shown() == real.filter(action, entity));
                }
            }
        }
        Ok(())
    });
}
