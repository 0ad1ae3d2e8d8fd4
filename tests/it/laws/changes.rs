//! Changes lead from every policy and directory to every other, and no removal leaves anything that speaks of what is gone.

use bailiwick::{Change, Directory, Policy, Snapshot, Vocabulary};
use proptest::{prop_assert, prop_assert_eq};

use super::in_every_world;
use crate::generate::Recipe;

type World = (Policy, Directory);

/// Changes that make the one into the other, in this order. Order of lists apart, it is a diff of documents; whoever gives a
/// policy or a directory a new part, and no change for it, fails here.
pub(crate) fn way((policy, directory): &World, (new_policy, new_directory): &World) -> Vec<Change> {
    let mut way = Vec::new();
    if policy.combining != new_policy.combining {
        way.push(Change::SetCombining(new_policy.combining));
    }
    if policy.delegation != new_policy.delegation {
        way.push(Change::SetDelegation(new_policy.delegation));
    }
    let (old, new) = (directory, new_directory);
    way.extend(missing(&new.departments, &old.departments).map(Change::PutDepartment));
    way.extend(missing(&new.users, &old.users).map(Change::PutUser));
    way.extend(missing(&new.user_groups, &old.user_groups).map(Change::PutUserGroup));
    way.extend(missing(&new.social_groups, &old.social_groups).map(Change::PutSocialGroup));
    way.extend(missing(&new.ticket_groups, &old.ticket_groups).map(Change::PutTicketGroup));
    let (old, new) = (policy, new_policy);
    way.extend(missing(&new.roles, &old.roles).map(Change::PutRole));
    way.extend(lacking(&old.assignments, &new.assignments).map(Change::Withdraw));
    way.extend(missing(&new.assignments, &old.assignments).map(Change::Assign));
    way.extend(lacking(&old.substitutions, &new.substitutions).map(Change::EndSubstitution));
    way.extend(missing(&new.substitutions, &old.substitutions).map(Change::Substitute));
    way.extend(missing(&new.limits, &old.limits).map(Change::PutLimit));
    let gone = old.limits.iter().filter(|it| new.limits.iter().all(|other| other.key != it.key));
    way.extend(gone.map(|it| Change::RemoveLimit(it.key.clone())));
    let gone = old.roles.iter().filter(|it| new.roles.iter().all(|other| other.key != it.key));
    way.extend(gone.map(|it| Change::RemoveRole(it.key.clone())));
    way.extend(removals(directory, new_directory));
    way
}

/// What is to go goes empty: nothing below it, nothing included.
fn removals(old: &Directory, new: &Directory) -> Vec<Change> {
    let mut way = Vec::new();
    for it in old.social_groups.iter().filter(|it| new.social_groups.iter().all(|o| o.key != it.key)) {
        way.push(Change::RemoveSocialGroup(it.key.clone()));
    }
    for it in old.ticket_groups.iter().filter(|it| new.ticket_groups.iter().all(|o| o.key != it.key)) {
        way.push(Change::RemoveTicketGroup(it.key.clone()));
    }
    for it in old.users.iter().filter(|it| new.users.iter().all(|other| other.key != it.key)) {
        way.push(Change::RemoveUser(it.key.clone()));
    }
    let gone = || old.departments.iter().filter(|it| new.departments.iter().all(|o| o.key != it.key));
    for it in gone().filter(|it| it.parent.is_some()) {
        let mut alone = it.clone();
        alone.parent = None;
        way.push(Change::PutDepartment(alone));
    }
    way.extend(gone().map(|it| Change::RemoveDepartment(it.key.clone())));
    let gone = || old.user_groups.iter().filter(|it| new.user_groups.iter().all(|o| o.key != it.key));
    for it in gone().filter(|it| !it.includes.is_empty()) {
        let mut alone = it.clone();
        alone.includes.clear();
        way.push(Change::PutUserGroup(alone));
    }
    way.extend(gone().map(|it| Change::RemoveUserGroup(it.key.clone())));
    way
}

/// The items of one list that are not in another, as often as they stand in it.
fn lacking<T: Clone + PartialEq>(from: &[T], list: &[T]) -> impl Iterator<Item = T> {
    from.iter().filter(|item| !list.contains(item)).cloned()
}

/// The items of one list that are not in another, each once.
fn missing<T: Clone + PartialEq>(from: &[T], list: &[T]) -> impl Iterator<Item = T> {
    let mut found: Vec<T> = Vec::new();
    lacking(from, list).for_each(|item| {
        if !found.contains(&item) {
            found.push(item);
        }
    });
    found.into_iter()
}

/// The same without the vocabulary, with every list sorted and nothing in it twice: whole values, so that no part can be forgotten.
fn canonical((policy, directory): &World) -> World {
    fn sort<T: std::fmt::Debug + PartialEq>(list: &mut Vec<T>) {
        list.sort_by_cached_key(|item| format!("{item:?}"));
        list.dedup();
    }
    let (mut policy, mut directory) = (policy.clone(), directory.clone());
    policy.vocabulary = Vocabulary::new();
    sort(&mut policy.roles);
    sort(&mut policy.assignments);
    sort(&mut policy.substitutions);
    sort(&mut policy.limits);
    sort(&mut directory.departments);
    sort(&mut directory.users);
    sort(&mut directory.user_groups);
    sort(&mut directory.social_groups);
    sort(&mut directory.ticket_groups);
    (policy, directory)
}

#[test]
fn changes_lead_from_everywhere_to_everywhere() {
    in_every_world(|world, _| {
        let mut there = (world.policy.clone(), world.directory.clone());
        let other = Recipe { seed: world.recipe.seed.wrapping_add(1), ..world.recipe }.bake();
        let goal = (other.policy, other.directory);
        for change in way(&there, &goal) {
            let made = change.apply(&mut there.0, &mut there.1);
            prop_assert!(made.is_ok(), "{}: {:?}", change, made);
        }
        prop_assert_eq!(canonical(&there), canonical(&goal));
        prop_assert_eq!(way(&there, &goal), []);
        Ok(())
    });
}

/// Everything that could be removed from a directory.
fn all_removals(directory: &Directory) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    all.extend(directory.users.iter().map(|it| Change::RemoveUser(it.key.clone())));
    all.extend(directory.departments.iter().map(|it| Change::RemoveDepartment(it.key.clone())));
    all.extend(directory.user_groups.iter().map(|it| Change::RemoveUserGroup(it.key.clone())));
    all.extend(directory.social_groups.iter().map(|it| Change::RemoveSocialGroup(it.key.clone())));
    all.extend(directory.ticket_groups.iter().map(|it| Change::RemoveTicketGroup(it.key.clone())));
    all
}

#[test]
fn what_is_removed_is_named_nowhere() {
    in_every_world(|world, _| {
        for change in all_removals(&world.directory) {
            let (mut policy, mut directory) = (world.policy.clone(), world.directory.clone());
            match change.apply(&mut policy, &mut directory) {
                Ok(()) => {
                    let compiled = Snapshot::compile(&policy, &directory).map(drop);
                    prop_assert!(compiled.is_ok(), "{}: {:?}", change, compiled);
                    prop_assert_eq!(&policy.limits, &world.policy.limits);
                }
                Err(problem) => {
                    prop_assert!(["change-needed", "change-owner-stays"].contains(&problem.code()));
                    prop_assert_eq!((&policy, &directory), (&world.policy, &world.directory));
                }
            }
        }
        for role in &world.policy.roles {
            let (mut policy, mut directory) = (world.policy.clone(), world.directory.clone());
            prop_assert!(Change::RemoveRole(role.key.clone()).apply(&mut policy, &mut directory).is_ok());
            let compiled = Snapshot::compile(&policy, &directory).map(drop);
            prop_assert!(compiled.is_ok(), "{}: {:?}", role.key, compiled);
        }
        Ok(())
    });
}
