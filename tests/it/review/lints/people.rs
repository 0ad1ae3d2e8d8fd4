//! Who holds what.

use std::collections::BTreeSet;

use bailiwick::review::Lint;
use bailiwick::{Key, Role, Subject, User};

use crate::review::lints::{Scene, law, rows};

/// What the user holds himself, in whatever way, in each set of circumstances; nothing, if he is dismissed.
fn held<'s>(scene: &'s Scene, user: &'s User) -> Vec<BTreeSet<&'s Key<Role>>> {
    let held = scene.in_all_circumstances(user).map(|oracle| {
        let own = oracle.views().iter().filter(|view| view.absent().is_none());
        own.flat_map(|view| view.roles().to_vec()).map(|role| &role.key).collect()
    });
    held.collect()
}

#[test]
fn a_user_without_roles_holds_none_in_any_circumstances() {
    law(Lint::UserWithoutRoles, 1, |scene| {
        let users = scene.world.directory.users.iter().enumerate();
        let holds_none = |user| held(scene, user).iter().all(BTreeSet::is_empty);
        let without = users.filter(|(_, user)| !user.dismissed && !user.administrator && holds_none(user));
        rows("users", without.map(|(at, user)| (at, vec![&user.key])))
    });
}

#[test]
fn conflicting_roles_are_held_by_one_user_in_the_same_circumstances() {
    law(Lint::ConflictingRoles, 3, |scene| {
        let mut found = Vec::new();
        for (at, user) in scene.world.directory.users.iter().enumerate() {
            let held = held(scene, user);
            for (one, other) in &scene.conflicts {
                if held.iter().any(|held| held.contains(one) && held.contains(other)) {
                    found.push((at, vec![user.key.to_string(), one.to_string(), other.to_string()]));
                }
            }
        }
        rows("users", found)
    });
}

/// All assignments of it name one and the same user.
#[test]
fn a_role_for_one_user_is_given_to_him_alone() {
    law(Lint::RoleForOneUser, 2, |scene| {
        let policy = &scene.world.policy;
        let only = |role: &Role, user: &User| {
            let mut given = policy.assignments.iter().filter(|it| it.role == role.key).peekable();
            let him = [Subject::User(user.key.clone()), Subject::Employee(user.key.clone())];
            given.peek().is_some() && given.all(|it| him.contains(&it.to))
        };
        let mut found = Vec::new();
        for (at, role) in policy.roles.iter().enumerate() {
            let users = scene.world.directory.users.iter().filter(|user| only(role, user));
            found.extend(users.map(|user| (at, vec![role.key.to_string(), user.key.to_string()])));
        }
        rows("roles", found)
    });
}
