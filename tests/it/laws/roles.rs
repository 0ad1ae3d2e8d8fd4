//! How roles combine, said without the oracle: what may be added, split or doubled, and what that changes.

use bailiwick::{
    Assignment, Combining, Creation, Grain, Key, Level, Place, Relations, Responsible, Right, Role, Subject,
    User,
};
use proptest::{prop_assert, prop_assert_eq};

use crate::generate::World;
use crate::laws::questions::{Answer, Question, What, answers, questions};
use crate::laws::{compile, in_every_world};
use crate::oracle::Thing;

fn answered(world: &World, questions: &[Question]) -> Vec<Answer> {
    answers(world, &compile(world), questions)
}

/// The world in which only roles speak, and every signed-in user holds exactly these.
fn with_roles(world: &World, roles: &[&Role]) -> World {
    let mut world = world.clone();
    for offer in world.policy.vocabulary.entities.iter_mut().flat_map(|entity| &mut entity.offers) {
        offer.requires.clear();
        offer.standing = Relations::empty();
        offer.by_settings = false;
    }
    world.policy.limits.clear();
    world.policy.roles = roles.iter().copied().cloned().collect();
    world.policy.roles.iter_mut().for_each(|role| role.supersedes.clear());
    let assignments = roles.iter().map(|role| Assignment::new(&role.key, Subject::SignedIn));
    world.policy.assignments = assignments.collect();
    world
}

/// The world in which no role takes the place of another.
pub(super) fn without_superseding(world: &World) -> World {
    let mut world = world.clone();
    world.policy.roles.iter_mut().for_each(|role| role.supersedes.clear());
    world
}

/// Two levels of one action, and the finest place where that can be set.
fn two_levels(world: &World) -> Option<(Place, Right, Right)> {
    let mut dice = world.recipe.dice("two levels", 0);
    let entity = dice.pick(&world.policy.vocabulary.entities);
    let offer = dice.maybe(&entity.offers)?;
    let [first, second]: [&Key<Level>; 2] = [dice.maybe(&offer.levels)?, dice.maybe(&offer.levels)?];
    let mut place = Place::entity(&entity.key);
    if let Some(pipeline) = dice.maybe(&entity.pipelines).filter(|_| offer.finest > Grain::Entity) {
        place = place.pipeline(&pipeline.key);
        if let Some(stage) = dice.maybe(&pipeline.stages).filter(|_| offer.finest > Grain::Pipeline) {
            place = place.stage(stage);
        }
    }
    let [first, second] = [first, second].map(|level| Right::new(&place, &offer.action, level));
    Some((place, first, second))
}

/// The world's records, all at one place and without links and shares.
fn moved_to(things: &[Thing], place: &Place) -> Vec<Thing> {
    let moved = |thing: &Thing| Thing {
        entity: place.entity_key().clone(),
        pipeline: place.pipeline_key().cloned(),
        stage: place.stage_key().cloned(),
        links: Vec::new(),
        hosts: Vec::new(),
        shares: Vec::new(),
        ..thing.clone()
    };
    things.iter().map(moved).collect()
}

fn checks_of(world: &World, right: &Right) -> Vec<Question> {
    let mut questions = questions(world);
    questions.retain(|question| matches!(&question.what, What::Check(action, _) if *action == right.action));
    questions
}

fn role(key: &str, right: &Right) -> Role {
    Role::new(key).set(&right.place, &right.action, &right.level)
}

/// Two roles that speak at the same place unite, whether a record is there or inherits from there.
#[test]
fn rights_that_are_equally_near_unite() {
    in_every_world(|world, _| {
        let Some((finest, first, second)) = two_levels(world) else { return Ok(()) };
        for place in [Place::entity(finest.entity_key()), finest.clone()] {
            let [first, second] =
                [&first, &second].map(|right| Right::new(&place, &right.action, &right.level));
            let (one, other) = (role("one", &first), role("other", &second));
            let [one, other, both] = [&[&one][..], &[&other], &[&one, &other]].map(|roles| {
                let mut world = with_roles(world, roles);
                world.things = moved_to(&world.things, &finest);
                answered(&world, &checks_of(&world, &first))
            });
            for ((one, other), both) in one.iter().zip(&other).zip(&both) {
                prop_assert_eq!(both.is_allowed(), one.is_allowed() || other.is_allowed(), "at {}", place);
            }
        }
        Ok(())
    });
}

/// At its place and below, an explicit right is all that counts; elsewhere it says nothing. Under the permissive rule it
/// adds to the inherited one.
#[test]
fn an_explicit_right_silences_inherited_ones_of_other_roles() {
    in_every_world(|world, _| {
        let Some((place, explicit, general)) = two_levels(world) else { return Ok(()) };
        if place.grain() == Grain::Entity {
            return Ok(());
        }
        let general = Right::new(Place::entity(place.entity_key()), &general.action, &general.level);
        let (near, far) = (role("near", &explicit), role("far", &general));
        for (at, inside) in [(&place, true), (&general.place, false)] {
            let [near, far, both] = [&[&near][..], &[&far], &[&near, &far]].map(|roles| {
                let mut world = with_roles(world, roles);
                world.things = moved_to(&world.things, at);
                answered(&world, &checks_of(&world, &explicit))
            });
            for ((near, far), both) in near.iter().zip(&far).zip(&both) {
                let unites = world.policy.combining == Combining::MostPermissive;
                let expected = match (inside, unites) {
                    (true, false) => near.is_allowed(),
                    (true, true) => near.is_allowed() || far.is_allowed(),
                    (false, _) => far.is_allowed(),
                };
                prop_assert_eq!(both.is_allowed(), expected, "{} {:?} {:?}", at, explicit, general);
            }
        }
        Ok(())
    });
}

pub(super) fn is_no_less(before: &Answer, after: &Answer) -> bool {
    let requested = |answer: &Answer| *answer == Answer::Creation(Creation::Allowed(Responsible::Requested));
    (!before.is_allowed() || after.is_allowed()) && (!requested(before) || requested(after))
}

/// Everybody gets one more role.
fn with_one_more_role(world: &World) -> World {
    let mut dice = world.recipe.dice("one more", 0);
    let mut world = world.clone();
    let more = dice.pick(&world.policy.roles).key.clone();
    world.policy.assignments.push(Assignment::new(more, Subject::SignedIn));
    world
}

fn without_fine_rights(world: &World) -> World {
    let mut world = world.clone();
    for role in &mut world.policy.roles {
        role.rights.retain(|right| right.place.grain() == Grain::Entity);
        role.transitions.retain(|transition| transition.from.grain() == Grain::Entity);
    }
    world
}

#[test]
fn one_more_role_takes_nothing_away_unless_something_finer_is_set() {
    in_every_world(|world, _| {
        let world = &without_superseding(world);
        let mut permissive = world.clone();
        permissive.policy.combining = Combining::MostPermissive;
        let mut specific = without_fine_rights(world);
        specific.policy.combining = Combining::MostSpecific;
        for world in [permissive, specific] {
            let questions = questions(&world);
            let (before, after) =
                (answered(&world, &questions), answered(&with_one_more_role(&world), &questions));
            for ((question, before), after) in questions.iter().zip(before).zip(after) {
                prop_assert!(is_no_less(&before, &after), "{:?}: {:?}, then {:?}", question, before, after);
            }
        }
        Ok(())
    });
}

/// The other half of the law above, and of the mission's rule.
#[test]
fn one_more_role_does_take_away_where_something_finer_is_set() {
    let taken = (0..40).map(|seed| crate::generate::Recipe::largest(seed).bake()).filter(|world| {
        let questions = questions(world);
        let (before, after) = (answered(world, &questions), answered(&with_one_more_role(world), &questions));
        !before.into_iter().zip(after).all(|(before, after)| is_no_less(&before, &after))
    });
    assert_eq!(taken.take(3).count(), 3);
}

#[test]
fn what_the_specific_rule_allows_the_permissive_rule_allows() {
    in_every_world(|world, _| {
        let questions = questions(world);
        let [specific, permissive] = [Combining::MostSpecific, Combining::MostPermissive].map(|combining| {
            let mut world = world.clone();
            world.policy.combining = combining;
            answered(&world, &questions)
        });
        for ((question, specific), permissive) in questions.iter().zip(specific).zip(permissive) {
            prop_assert!(
                is_no_less(&specific, &permissive),
                "{:?}: {:?}, {:?}",
                question,
                specific,
                permissive
            );
        }
        Ok(())
    });
}

/// The assignment, of another role.
fn of_role(role: &Key<Role>, assignment: &Assignment) -> Assignment {
    let mut assignment = assignment.clone();
    assignment.role = role.clone();
    assignment
}

/// A second route to a role, and a second role like it, make no difference.
#[test]
fn holding_the_same_twice_is_holding_it_once() {
    in_every_world(|world, _| {
        let world = &without_superseding(world);
        let questions = questions(world);
        let mut doubled = world.clone();
        for role in &world.policy.roles {
            let copy = Key::<Role>::new(&format!("copy of {}", role.key));
            let mut twin = role.clone();
            twin.key = copy.clone();
            doubled.policy.roles.push(twin);
            let held = world.policy.assignments.iter().filter(|assignment| assignment.role == role.key);
            for assignment in held {
                doubled.policy.assignments.extend([assignment.clone(), of_role(&copy, assignment)]);
            }
        }
        prop_assert_eq!(answered(&doubled, &questions), answered(world, &questions));
        Ok(())
    });
}

/// Under the specific rule it does not matter which of a user's roles a right stands in.
#[test]
fn a_role_may_be_split_in_two() {
    in_every_world(|world, _| {
        let mut whole = without_superseding(world);
        whole.policy.combining = Combining::MostSpecific;
        let questions = questions(&whole);
        let mut split = whole.clone();
        let mut rests = Vec::new();
        for role in &mut split.policy.roles {
            let key = Key::<Role>::new(&format!("rest of {}", role.key));
            let rights = role.rights.split_off(role.rights.len() / 2);
            let transitions = role.transitions.split_off(role.transitions.len() / 2);
            let held = whole.policy.assignments.iter().filter(|assignment| assignment.role == role.key);
            let rest = held.map(|assignment| of_role(&key, assignment));
            split.policy.assignments.extend(rest);
            let mut rest = Role::new(&key);
            (rest.rights, rest.transitions) = (rights, transitions);
            rests.push(rest);
        }
        split.policy.roles.extend(rests);
        prop_assert_eq!(answered(&split, &questions), answered(&whole, &questions));
        Ok(())
    });
}

#[test]
fn what_one_user_is_given_changes_nothing_for_others() {
    in_every_world(|world, snapshot| {
        let mut dice = world.recipe.dice("a gift", 0);
        let user = dice.pick(&world.directory.users).key.clone();
        let role = dice.pick(&world.policy.roles).key.clone();
        let mut given = world.clone();
        given.policy.assignments.push(Assignment::new(role, Subject::User(user.clone())));
        let mut questions = questions(world);
        let stands_in = |who: &Key<User>| {
            world.policy.substitutions.iter().any(|it| it.absent == user && it.substitute == *who)
        };
        let concerns = |who: &Key<User>| *who == user || stands_in(who);
        questions.retain(|question| !question.who.as_ref().is_some_and(concerns));
        prop_assert_eq!(answered(&given, &questions), answers(world, snapshot, &questions));
        Ok(())
    });
}

/// On an occasion, what is live might as well have no terms, and the rest might as well not be there.
#[test]
fn only_what_is_live_counts() {
    in_every_world(|world, snapshot| {
        for on in world.occasions() {
            let at = on.at;
            let mut frozen = world.clone();
            let is_live = |it: &Assignment| it.when.iter().all(|needed| on.asserted.contains(needed));
            frozen.policy.assignments.retain(|it| it.window.contains(at) && is_live(it));
            for assignment in &mut frozen.policy.assignments {
                (assignment.window, assignment.when) = (bailiwick::Window::ALWAYS, Vec::new());
            }
            frozen.policy.substitutions.retain(|it| it.window.contains(at));
            frozen.policy.substitutions.iter_mut().for_each(|it| it.window = bailiwick::Window::ALWAYS);
            for group in &mut frozen.directory.user_groups {
                group.members.retain(|member| member.window.contains(at));
                group.members.iter_mut().for_each(|it| it.window = bailiwick::Window::ALWAYS);
                group.members.dedup();
            }
            let mut questions = questions(world);
            questions.retain(|question| question.on == on);
            let frozen = answered(&frozen, &questions);
            for ((question, frozen), live) in
                questions.iter().zip(frozen).zip(answers(world, snapshot, &questions))
            {
                prop_assert_eq!(frozen, live, "{:?} at {:?}", question, at);
            }
        }
        Ok(())
    });
}
