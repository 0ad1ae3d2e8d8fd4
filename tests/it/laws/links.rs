//! What records open through records that they are linked to.

use bailiwick::{Access, Action, Key, Offer, Opening, Record};
use proptest::{prop_assert, prop_assert_eq};

use crate::explain::laws::offer;
use crate::generate::World;
use crate::laws::{access, bind, in_every_world, oracle, views};
use crate::oracle::Thing;

/// The actions that the thing's entity admits.
fn offers<'w>(world: &'w World, thing: &Thing) -> &'w [Offer] {
    let mut entities = world.policy.vocabulary.entities.iter();
    entities
        .find(|entity| entity.key == thing.entity)
        .map(|entity| entity.offers.as_slice())
        .unwrap_or_default()
}

fn allows(access: &Access<'_>, action: &Key<Action>, record: &Record<'_>) -> bool {
    access.check(access.snapshot().action(action), record).is_allowed()
}

/// Whether a record that the thing is linked to, by itself, lets the viewer do what opens the action.
fn lets(access: &Access<'_>, offer: &Offer, thing: &Thing) -> bool {
    offer.through.iter().any(|right| {
        let linked: Vec<Thing> = thing.links.iter().filter(|it| it.entity == right.entity).cloned().collect();
        let linked: Vec<Thing> =
            linked.into_iter().map(|it| Thing { links: Vec::new(), hosts: Vec::new(), ..it }).collect();
        bind(access.snapshot(), &linked).iter().any(|it| allows(access, &right.action, &it.record()))
    })
}

#[test]
fn a_link_only_adds_and_adds_what_the_linked_record_allows() {
    in_every_world(|world, snapshot| {
        let world = &world.clone().without_hosts().without_shares();
        for (who, on) in views(world) {
            let access = access(snapshot, who.as_ref(), on);
            let Ok(oracle) = oracle(world, who.as_ref(), on) else { continue };
            let plain = oracle.views().len() == 1 && world.policy.limits.is_empty();
            for (thing, bound) in world.things.iter().zip(bind(snapshot, &world.things)) {
                for offer in offers(world, thing) {
                    let with = allows(&access, &offer.action, &bound.record());
                    let without = allows(&access, &offer.action, &bound.record().openings(&[]));
                    prop_assert!(with || !without, "{:?} {:?}: {:?}", who, offer.action, thing);
                    if plain && offer.requires.is_empty() {
                        let expected = without || lets(&access, offer, thing);
                        prop_assert_eq!(with, expected, "{:?} {:?}: {:?}", who, offer.action, thing);
                    }
                }
            }
        }
        Ok(())
    });
}

/// What is more with links is there because some linked record lets the viewer do what opens the action, or one that it requires.
#[test]
fn nothing_opens_that_no_linked_record_opens() {
    fn opened(access: &Access<'_>, world: &World, of: &Offer, thing: &Thing) -> bool {
        let mut required = of.requires.iter().map(|action| offer(world, thing, action));
        lets(access, of, thing) || required.any(|of| opened(access, world, of, thing))
    }
    in_every_world(|world, snapshot| {
        let world = &world.clone().without_hosts().without_shares();
        for (who, on) in views(world) {
            let access = access(snapshot, who.as_ref(), on);
            for (thing, bound) in world.things.iter().zip(bind(snapshot, &world.things)) {
                for offer in offers(world, thing) {
                    let with = allows(&access, &offer.action, &bound.record());
                    let without = allows(&access, &offer.action, &bound.record().openings(&[]));
                    prop_assert!(
                        with == without || opened(&access, world, offer, thing),
                        "{:?} {:?}",
                        who,
                        thing
                    );
                }
            }
        }
        Ok(())
    });
}

/// A linked record is looked at alone, and each adds to the others.
#[test]
fn links_are_one_deep_and_add_up() {
    in_every_world(|world, snapshot| {
        let world = &world.clone().without_hosts().without_shares();
        for (who, on) in views(world) {
            let access = access(snapshot, who.as_ref(), on);
            for thing in &world.things {
                let alone = |it: &Thing| Thing { links: Vec::new(), hosts: Vec::new(), ..it.clone() };
                let linked: Vec<Thing> = thing.links.iter().map(alone).collect();
                let linked = bind(snapshot, &linked);
                let linked: Vec<Record<'_>> = linked.iter().map(|it| it.record()).collect();
                let openings: Vec<Opening<'_>> = linked.iter().map(Opening::Linked).collect();
                let deep = bind(snapshot, std::slice::from_ref(thing)).remove(0);
                let shallow = deep.record().openings(&openings);
                for offer in offers(world, thing) {
                    let with = allows(&access, &offer.action, &deep.record());
                    prop_assert_eq!(with, allows(&access, &offer.action, &shallow), "{:?} {:?}", who, thing);
                    let fewer = shallow.openings(openings.get(..1).unwrap_or_default());
                    prop_assert!(with || !allows(&access, &offer.action, &fewer));
                }
            }
        }
        Ok(())
    });
}
