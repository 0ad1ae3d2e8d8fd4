//! What things are called, and in which order they are declared, makes no difference; handles mean keys, everywhere.

use bailiwick::{Action, Denial, Handle, Key, KeyRef, Name, Place, PlaceName, Record};
use proptest::{prop_assert, prop_assert_eq};

use crate::generate::{Naming, Recipe, World};
use crate::laws::questions::{Answer, answers, questions};
use crate::laws::{Bound, access, actions, bind, compile, handle, in_every_world, places, views};

/// The same world, declared in another order: all but parties and flags, which are known by their number.
pub(crate) fn shuffled(world: &World) -> World {
    let mut dice = world.recipe.dice("shuffle", 0);
    let mut world = world.clone();
    let directory = &mut world.directory;
    dice.shuffle(&mut directory.departments);
    dice.shuffle(&mut directory.users);
    dice.shuffle(&mut directory.user_groups);
    dice.shuffle(&mut directory.social_groups);
    for department in &mut directory.departments {
        dice.shuffle(&mut department.heads);
        dice.shuffle(&mut department.deputies);
    }
    directory.users.iter_mut().for_each(|user| dice.shuffle(&mut user.departments));
    for group in &mut directory.user_groups {
        dice.shuffle(&mut group.members);
        dice.shuffle(&mut group.includes);
    }
    for group in &mut directory.social_groups {
        let lists = [&mut group.moderators, &mut group.members, &mut group.pending, &mut group.banned];
        lists.into_iter().for_each(|list| dice.shuffle(list));
    }
    let vocabulary = &mut world.policy.vocabulary;
    dice.shuffle(&mut vocabulary.levels);
    dice.shuffle(&mut vocabulary.circumstances);
    dice.shuffle(&mut vocabulary.actions);
    dice.shuffle(&mut vocabulary.entities);
    for entity in &mut vocabulary.entities {
        dice.shuffle(&mut entity.offers);
        dice.shuffle(&mut entity.pipelines);
        entity.pipelines.iter_mut().for_each(|pipeline| dice.shuffle(&mut pipeline.stages));
        for offer in &mut entity.offers {
            dice.shuffle(&mut offer.levels);
            dice.shuffle(&mut offer.requires);
        }
    }
    dice.shuffle(&mut world.policy.roles);
    dice.shuffle(&mut world.policy.assignments);
    dice.shuffle(&mut world.policy.limits);
    for role in &mut world.policy.roles {
        dice.shuffle(&mut role.rights);
        dice.shuffle(&mut role.transitions);
    }
    world.things.iter_mut().for_each(|thing| dice.shuffle(&mut thing.others));
    world
}

#[test]
fn the_order_of_declaration_is_irrelevant() {
    in_every_world(|world, snapshot| {
        let questions = questions(world);
        let other = shuffled(world);
        let expected = answers(world, snapshot, &questions);
        for ((question, expected), answer) in
            questions.iter().zip(expected).zip(answers(&other, &compile(&other), &questions))
        {
            prop_assert_eq!(answer, expected, "{:?}", question);
        }
        Ok(())
    });
}

#[test]
fn what_things_are_called_is_irrelevant() {
    in_every_world(|world, snapshot| {
        let expected = answers(world, snapshot, &questions(world));
        for naming in Naming::ALL {
            let renamed = Recipe { naming, ..world.recipe }.bake();
            let questions = questions(&renamed);
            let answers = answers(&renamed, &compile(&renamed), &questions);
            prop_assert_eq!(answers.len(), expected.len());
            for ((question, expected), answer) in questions.iter().zip(&expected).zip(&answers) {
                // Of several views that allow, the first by its key decides whose a new record becomes.
                if !(turns_on_keys(answer) && turns_on_keys(expected)) {
                    prop_assert_eq!(answer, expected, "{:?} under {:?}", question, naming);
                }
            }
        }
        Ok(())
    });
}

fn turns_on_keys(answer: &Answer) -> bool {
    use bailiwick::{Creation, Responsible};
    matches!(answer, Answer::Creation(Creation::Allowed(Responsible::Within(_) | Responsible::Absent(_))))
}

/// Under integers and under their texts a world is the same value, and asking with either finds the same.
#[test]
fn an_integer_and_its_text_are_one_key() {
    in_every_world(|world, _| {
        let [integers, decimals] =
            [Naming::Integers, Naming::Decimals].map(|naming| Recipe { naming, ..world.recipe }.bake());
        prop_assert_eq!(&integers.directory, &decimals.directory);
        prop_assert_eq!(&integers.policy, &decimals.policy);
        let snapshot = compile(&integers);
        for (number, user) in snapshot.users().enumerate() {
            let key = &integers.directory.users[number].key;
            let text = key.to_string();
            let found = [
                snapshot.user(key.as_number()),
                snapshot.user(text.as_str()),
                snapshot.user(&text),
                snapshot.user(key),
                snapshot.user(Some(KeyRef::from(key))),
            ];
            prop_assert_eq!(found, [Some(user); 5], "{}", text);
            prop_assert_eq!(snapshot.user_key(user), Some(key));
            for other in [format!("0{text}"), format!("+{text}"), format!(" {text}"), format!("{text}.0")] {
                prop_assert_eq!(snapshot.user(&other), None, "{}", other);
            }
        }
        prop_assert_eq!(snapshot.user(None::<i64>), None);
        Ok(())
    });
}

/// A world in which some of the same keys mean the same things, at the same or at other positions.
fn another(world: &World) -> World {
    let recipe = Recipe {
        departments: world.recipe.departments / 2,
        users: world.recipe.users + 2,
        entities: world.recipe.entities,
        ..world.recipe
    };
    shuffled(&recipe.bake())
}

#[test]
fn users_of_another_snapshot_are_themselves_or_unknown() {
    in_every_world(|world, here| {
        let there = compile(&another(world));
        for (who, on) in views(world) {
            let Some(key) = &who else { continue };
            let foreign = here.access(there.user(key), on.at);
            let native = here.access(here.user(key), on.at);
            for bound in bind(here, &world.things) {
                for action in actions(&world.policy) {
                    let action = Handle::from(here.action(&action));
                    let (answer, expected) =
                        (foreign.check(action, &bound.record()), native.check(action, &bound.record()));
                    let unknown = answer.denial() == Some(Denial::UnknownUser);
                    prop_assert!(
                        unknown || answer == expected,
                        "{:?}: {:?}, not {:?}",
                        key,
                        answer,
                        expected
                    );
                }
            }
        }
        Ok(())
    });
}

#[test]
fn actions_and_places_of_another_snapshot_are_themselves() {
    in_every_world(|world, here| {
        let other = another(world);
        let there = compile(&other);
        for action in actions(&other.policy) {
            let foreign = there.action(&action);
            prop_assert_eq!(foreign.is_some(), other.policy.vocabulary.actions.contains(&action));
            let here_too = here.action(&action).filter(|_| foreign.is_some());
            for (who, at) in views(world) {
                let access = access(here, who.as_ref(), at);
                for bound in bind(here, &world.things) {
                    let record = bound.record();
                    prop_assert_eq!(
                        access.check(foreign, &record),
                        access.check(here_too, &record),
                        "{:?}",
                        action
                    );
                }
            }
        }
        for place in places(&other.policy.vocabulary) {
            let foreign = handle(&there, &place);
            let known = places(&world.policy.vocabulary).contains(&place);
            prop_assert_eq!(here.place_of(foreign), Some(&place).filter(|_| known), "{}", place);
        }
        Ok(())
    });
}

/// Somebody bound to a record by the handle of another snapshot is himself or nobody, and nobody gains by it.
#[test]
fn records_bound_with_handles_of_another_snapshot_help_nobody_else() {
    in_every_world(|world, here| {
        let there = compile(&another(world));
        for (who, at) in views(world) {
            let access = access(here, who.as_ref(), at);
            for thing in &world.things {
                let mut nobodys = thing.clone();
                nobodys.owner = None;
                let native = Bound::new(here, thing);
                let ownerless = Bound::new(here, &nobodys);
                let foreign =
                    Bound { owner: there.user(thing.owner.as_ref()).into(), ..Bound::new(here, thing) };
                for action in actions(&world.policy) {
                    let action = Handle::from(here.action(&action));
                    let ask = |bound: &Bound| access.check(action, &bound.record());
                    let answer = ask(&foreign);
                    prop_assert!(
                        answer == ask(&native) || answer == ask(&ownerless),
                        "{:?} {:?}: {:?}",
                        who,
                        thing,
                        answer
                    );
                }
            }
        }
        Ok(())
    });
}

/// The constant that a program might have for a key stands for it wherever handles are asked for.
#[test]
fn constants_mean_their_keys() {
    fn constant(key: &impl ToString) -> &'static str {
        key.to_string().leak()
    }
    in_every_world(|world, snapshot| {
        let vocabulary = &world.policy.vocabulary;
        let records = places(vocabulary).into_iter().map(|place| {
            let mut name = PlaceName::entity(constant(&place.entity_key()));
            name = place.pipeline_key().map_or(name, |key| name.pipeline(constant(&key)));
            (place.stage_key().map_or(name, |key| name.stage(constant(&key))), place)
        });
        let records: Vec<(PlaceName, Place)> = records.collect();
        let names: Vec<Name<Action>> =
            vocabulary.actions.iter().map(|key| Name::new(constant(key))).collect();
        for (name, place) in &records {
            prop_assert_eq!(&Place::from(*name), place);
            prop_assert_eq!(snapshot.place_of(*name), Some(place));
        }
        for (name, key) in names.iter().zip(&vocabulary.actions) {
            prop_assert_eq!(Key::from(*name), key.clone());
            for user in &world.directory.users {
                let owner = snapshot.user(&user.key);
                let access = snapshot.access(owner, world.moments[0]);
                for (place_name, place) in &records {
                    let by_name = Record::at(*place_name).owner(owner);
                    let by_key = Record::at(handle(snapshot, place)).owner(owner);
                    let expected = access.check(snapshot.action(key), &by_key);
                    prop_assert_eq!(access.check(*name, &by_name), expected, "{:?} {}", name, place);
                    prop_assert_eq!(access.actions(&by_name).contains(*name), expected.is_allowed());
                }
            }
        }
        Ok(())
    });
}
