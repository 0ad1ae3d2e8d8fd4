//! What a diff says is what the oracle finds to be different, and an empty one proves that nothing is.

use std::collections::BTreeSet;

use bailiwick::review::{About, Diff, Direction, diff, what_if};
use bailiwick::{
    Action, Assignment, Change, Decision, Department, Directory, Entity, Key, KeyRef, Limit, Moment, Place,
    Policy, Relations, Right, RightRef, Role, Snapshot, Subject, Substitution, User, Vocabulary, crm,
};
use proptest::{prop_assert, prop_assert_eq};

use crate::generate::{Dice, World};
use crate::laws::presets::in_every_world_and_preset;
use crate::laws::{actions, compile, oracle, viewers};
use crate::oracle::{On, Oracle, Thing, place_of};

fn between(before: &Snapshot, after: &Snapshot, on: On) -> Diff {
    diff(before, after, on.at, on.asserted.iter().map(KeyRef::from))
}

/// The world after a careless edit.
pub(super) fn edited(world: &World) -> World {
    let mut dice = world.recipe.dice("an edit", 0);
    let mut world = world.clone();
    for _ in 0..=dice.below(2) {
        edit(&mut dice, &mut world);
    }
    world
}

fn edit(dice: &mut Dice, world: &mut World) {
    let World { policy, directory, .. } = world;
    let user = dice.below(directory.users.len());
    let subject = Subject::User(directory.users[user].key.clone());
    match dice.below(19) {
        0 if !policy.assignments.is_empty() => {
            policy.assignments.remove(dice.below(policy.assignments.len()));
        }
        1 => policy.assignments.push(Assignment::new(&dice.pick(&policy.roles).key, subject)),
        2 => {
            let role = dice.below(policy.roles.len());
            policy.roles[role].rights.truncate(1);
        }
        3 => {
            let role = dice.below(policy.roles.len());
            policy.roles[role].transitions.clear();
        }
        4 => {
            let taken = dice.some(&policy.vocabulary.actions[..2], 2);
            policy.limits.push(Limit::new(policy.limits.len() as i64 + 1000, subject).actions(taken));
        }
        5 => directory.users[user].dismissed ^= true,
        6 => directory.users[user].departments.clear(),
        7 => edit_vocabulary(dice, &mut policy.vocabulary),
        8 | 9 if !directory.social_groups.is_empty() => edit_social_group(dice, directory),
        12 if !directory.departments.is_empty() => {
            let department = dice.below(directory.departments.len());
            directory.departments[department].parent = None;
        }
        13 if !directory.departments.is_empty() => {
            let department = dice.below(directory.departments.len());
            directory.departments[department].active = false;
        }
        14 if !directory.ticket_groups.is_empty() => {
            let group = dice.below(directory.ticket_groups.len());
            directory.ticket_groups[group].members.clear();
        }
        15 if !policy.vocabulary.parties.is_empty() => {
            let party = dice.below(policy.vocabulary.parties.len());
            policy.vocabulary.parties[party].counts_for = Relations::OBSERVED;
        }
        10 if !directory.user_groups.is_empty() => {
            let group = dice.below(directory.user_groups.len());
            directory.user_groups[group].members.clear();
        }
        11 if !directory.departments.is_empty() => {
            let department = dice.below(directory.departments.len());
            directory.departments[department].deputies.clear();
        }
        _ => directory.users[user].administrator ^= true,
    }
}

/// Something that opens a record, or something that is required, is no longer on offer.
fn edit_vocabulary(dice: &mut Dice, vocabulary: &mut Vocabulary) {
    let entity = dice.below(vocabulary.entities.len());
    for offer in &mut vocabulary.entities[entity].offers {
        match dice.below(6) {
            0 => offer.through.clear(),
            1 => offer.hosted_by = None,
            2 => offer.shareable = false,
            3 => offer.requires.clear(),
            _ => {}
        }
    }
}

fn edit_social_group(dice: &mut Dice, directory: &mut Directory) {
    let group = dice.below(directory.social_groups.len());
    let group = &mut directory.social_groups[group];
    match dice.below(5) {
        0 => group.archived ^= true,
        1 => group.visible ^= true,
        2 => group.audiences.clear(),
        3 => group.members.clear(),
        _ => group.banned.clear(),
    }
}

#[test]
fn between_equals_there_is_nothing() {
    in_every_world_and_preset(|world, snapshot| {
        let mut other = world.clone();
        let mut dice = world.recipe.dice("renamed", 0);
        let new = |key: &Key<Role>| Key::<Role>::new(&format!("renamed {key}"));
        for role in &mut other.policy.roles {
            role.key = new(&role.key);
            role.supersedes.iter_mut().for_each(|key| *key = new(key));
        }
        other.policy.assignments.iter_mut().for_each(|it| it.role = new(&it.role));
        dice.shuffle(&mut other.policy.vocabulary.entities);
        dice.shuffle(&mut other.policy.vocabulary.actions);
        dice.shuffle(&mut other.policy.vocabulary.levels);
        dice.shuffle(&mut other.policy.vocabulary.features);
        dice.shuffle(&mut other.policy.roles);
        dice.shuffle(&mut other.policy.assignments);
        dice.shuffle(&mut other.directory.departments);
        dice.shuffle(&mut other.directory.users);
        for on in world.occasions() {
            let found = between(snapshot, &compile(&other), on);
            prop_assert!(found.is_empty(), "{}", found);
        }
        Ok(())
    });
}

/// What answers differently is in the diff, for the one who asks; or the ground is not the same.
#[test]
fn nothing_differs_that_a_diff_does_not_say() {
    in_every_world_and_preset(|world, snapshot| {
        let other = edited(world);
        let after = compile(&other);
        for on in world.occasions() {
            let found = between(snapshot, &after, on);
            if !found.ground.is_empty() {
                continue;
            }
            for who in viewers(world) {
                let (one, two) = (oracle(world, who.as_ref(), on), oracle(&other, who.as_ref(), on));
                let said = said(&found, who.as_ref());
                for thing in &world.things {
                    let Some(entity) = entity(world, &thing.entity) else { continue };
                    let place = place_of(entity, thing);
                    for action in actions(&world.policy) {
                        let may = |oracle: &Result<Oracle<'_>, _>| {
                            oracle.as_ref().is_ok_and(|it| it.check(&action, thing) == Decision::Allowed)
                        };
                        let about = About::Doing(place.clone(), action.clone());
                        let differs = may(&one) != may(&two);
                        let linked = [world, &other].iter().any(|it| opens_by_any(it, &action, thing, &said));
                        prop_assert!(
                            !differs || linked || said.contains(&about),
                            "{:?} {:?} {:?}\n{}",
                            who,
                            about,
                            thing,
                            found
                        );
                    }
                    let (one, two) = (entered(&one, &thing.entity), entered(&two, &thing.entity));
                    let about = About::Entering(Place::entity(&thing.entity));
                    prop_assert_eq!(one != two, said.contains(&about), "{:?} {:?}\n{}", who, about, found);
                }
            }
        }
        Ok(())
    });
}

/// Whether any of these rights opens an action, or what it requires, with the thing through its links.
fn opens_by_any(world: &World, action: &Key<Action>, thing: &Thing, rights: &BTreeSet<About>) -> bool {
    let Some(entity) = entity(world, &thing.entity) else { return false };
    let Some(offer) = entity.offers.iter().find(|offer| offer.action == *action) else { return false };
    let links = |right: &RightRef| {
        let linked = thing.links.iter().filter(|it| it.entity == right.entity);
        let at = linked.filter_map(|it| Some(place_of(self::entity(world, &it.entity)?, it)));
        at.map(|at| About::Doing(at, right.action.clone())).any(|about| rights.contains(&about))
    };
    offer.through.iter().any(links)
        || offer.requires.iter().any(|required| opens_by_any(world, required, thing, rights))
}

fn entered(oracle: &Result<Oracle<'_>, bailiwick::Denial>, entity: &Key<Entity>) -> bool {
    oracle.as_ref().is_ok_and(|it| it.enters(entity) == Decision::Allowed)
}

fn said(diff: &Diff, who: Option<&Key<User>>) -> BTreeSet<About> {
    let groups = diff.groups.iter().filter(|group| match who {
        Some(user) => group.users.contains(user),
        None => group.visitors,
    });
    groups.flat_map(|group| &group.differences).map(|it| it.about.clone()).collect()
}

fn entity<'w>(world: &'w World, key: &Key<Entity>) -> Option<&'w Entity> {
    world.policy.vocabulary.entities.iter().find(|entity| entity.key == *key)
}

/// By whose eyes and from where, and what is asked of records, of all views that reach any: what two ask alike, once.
fn reaches(
    oracle: &Result<Oracle<'_>, bailiwick::Denial>,
    world: &World,
    (place, action): (&Place, &Key<Action>),
    is_looked_for: bool,
) -> BTreeSet<String> {
    let Some(entity) = entity(world, place.entity_key()) else { return BTreeSet::new() };
    let Some(offer) = entity.offers.iter().find(|offer| offer.action == *action) else {
        return BTreeSet::new();
    };
    let views = oracle.as_ref().map(|it| it.views()).unwrap_or_default();
    let everything =
        views.first().and_then(|own| own.effect(entity, offer, place)).is_some_and(|it| it.is_empty());
    let counting = if everything && !is_looked_for { &views[..1] } else { views };
    let told = counting.iter().filter(|view| !view.is_idle()).filter_map(|view| {
        let asked = view.effect(entity, offer, place)?;
        Some(format!("{:?} {:?} {:?} {asked:?}", view.absent(), view.mark(), view.within()))
    });
    told.collect()
}

/// Whether the right opens anything through linked records, which look for it view by view.
fn is_looked_for(world: &World, place: &Place, action: &Key<Action>) -> bool {
    let offers = world.policy.vocabulary.entities.iter().flat_map(|entity| &entity.offers);
    let mut rights = offers.flat_map(|offer| &offer.through);
    rights.any(|right| right.entity == *place.entity_key() && right.action == *action)
}

/// What the diff says differs, and what it does not say does not: cell by cell.
#[test]
fn a_diff_lists_the_cells_that_differ_and_no_others() {
    in_every_world_and_preset(|world, snapshot| {
        let other = edited(world);
        let after = compile(&other);
        for on in world.occasions() {
            let found = between(snapshot, &after, on);
            for who in viewers(world) {
                let (one, two) = (oracle(world, who.as_ref(), on), oracle(&other, who.as_ref(), on));
                let said = said(&found, who.as_ref());
                for place in crate::laws::places(&world.policy.vocabulary) {
                    for action in &world.policy.vocabulary.actions {
                        let whole = [world, &other].iter().any(|it| is_looked_for(it, &place, action));
                        let cell = (&place, action);
                        let (one, two) =
                            (reaches(&one, world, cell, whole), reaches(&two, &other, cell, whole));
                        let about = About::Doing(place.clone(), action.clone());
                        prop_assert_eq!(
                            one != two,
                            said.contains(&about),
                            "{:?} {:?} {:?} {:?}\n{}",
                            who,
                            about,
                            one,
                            two,
                            found
                        );
                    }
                }
            }
        }
        Ok(())
    });
}

fn company() -> (Policy, Directory) {
    let directory = Directory::new()
        .with(Department::new("sales"))
        .with(User::new("anna").sits_in("sales"))
        .with(User::new("boris").sits_in("sales"))
        .with(User::new("carl"));
    let seller =
        Role::new("seller").set(crm::DEAL, crm::READ, crm::OWN).set(crm::DEAL, crm::UPDATE, crm::DEPARTMENT);
    let policy = Policy::new(crm::vocabulary())
        .role(seller)
        .assign(Assignment::new("seller", Subject::Department("sales".into())));
    (policy, directory)
}

#[test]
fn what_if_is_the_diff_of_what_comes_of_it() {
    let (policy, directory) = company();
    let at = Moment::from_unix_seconds(0);
    let right = Right::new(crm::DEAL, crm::READ, crm::DEPARTMENT);
    let changes = [Change::SetRight { role: "seller".into(), right }];
    let found = what_if(&policy, &directory, &changes, at, []).unwrap();
    assert_eq!(
        found.to_string(),
        "the rights of 2 users change
anna, boris
  gain
    read at deal and 9 places below: own, observed or flag:always_readable, then own, department, observed or flag:always_readable
    update at deal and 9 places below: own or department, and own, observed or flag:always_readable, then own or department
"
    );
    let leave = Change::Leave { user: "anna".into(), department: "sales".into() };
    let found = what_if(&policy, &directory, &[leave], at, []).unwrap();
    assert!(found.groups[0].differences.iter().all(|it| it.direction() == Direction::Loss), "{found}");
    assert_eq!(found.ground.len(), 1, "{found}");
    let nobody = Change::SetDismissed { user: "nobody".into(), dismissed: true };
    assert!(what_if(&policy, &directory, &[nobody], at, []).is_err());
    assert_eq!(what_if(&policy, &directory, &[], at, []).unwrap().to_string(), "nothing changes\n");
}

/// Who reaches everything has nothing to gain, whoever's eyes he gets: other views are told only where the own one is not enough.
#[test]
fn less_than_everything_is_a_loss_in_whatever_views() {
    let (policy, directory) = company();
    let all = Role::new("reader").set(crm::DEAL, crm::READ, crm::ALL);
    let policy = policy
        .role(all)
        .assign(Assignment::new("reader", Subject::User("carl".into())))
        .substitute(Substitution::new("anna", "carl"));
    let read = |level| Right::new(crm::DEAL, crm::READ, level);
    let narrower = |level| Change::SetRight { role: "reader".into(), right: read(level) };
    for (level, back) in [(crm::NONE, false), (crm::OWN, false), (crm::OWN, true)] {
        let (mut policy, mut directory) = (policy.clone(), directory.clone());
        let (there, change) = if back { (level, crm::ALL) } else { (crm::ALL, level) };
        let _ = narrower(there).apply(&mut policy, &mut directory);
        let found =
            what_if(&policy, &directory, &[narrower(change)], Moment::from_unix_seconds(0), []).unwrap();
        let direction = if back { Direction::Gain } else { Direction::Loss };
        assert!(
            !found.is_empty() && found.groups[0].differences.iter().all(|it| it.direction() == direction),
            "{found}"
        );
    }
}
