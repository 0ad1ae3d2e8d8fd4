//! Removing what a directory holds, with what is said of it alone.
//!
//! A limit is never removed along: it would be lifted from people by an edit that does not speak of limits. What is on somebody or
//! something must be removed first, and so must whatever lies in it.

use crate::change::ChangeProblem;
use crate::change::apply::{Outcome, find, remove};
use crate::change::people::{not_the_owner, put_out, user_mut};
use crate::directory::{Department, Directory, SocialGroup, User, UserGroup};
use crate::key::Key;
use crate::policy::{Policy, Subject, Unit};

pub(super) fn user(policy: &mut Policy, directory: &mut Directory, key: &Key<User>) -> Outcome {
    user_mut(directory, key)?;
    directory.social_groups.iter().try_for_each(|group| not_the_owner(group, key))?;
    let is_him = |it: &Subject| matches!(it, Subject::User(user) | Subject::Employee(user) if user == key);
    forget(policy, "user", key, is_him)?;
    policy.substitutions.retain(|it| it.absent != *key && it.substitute != *key);
    for department in &mut directory.departments {
        department.heads.retain(|it| it != key);
        department.deputies.retain(|it| it != key);
    }
    directory.user_groups.iter_mut().for_each(|group| group.members.retain(|it| it.user != *key));
    for group in &mut directory.social_groups {
        put_out(group, key);
    }
    directory.ticket_groups.iter_mut().for_each(|group| group.members.retain(|it| it.user != *key));
    remove(&mut directory.users, key, "user", |it| &it.key)
}

pub(super) fn department(policy: &mut Policy, directory: &mut Directory, key: &Key<Department>) -> Outcome {
    find(&mut directory.departments, key, "department", |it| &it.key)?;
    if let Some(user) = directory.users.iter().find(|it| it.departments.contains(key)) {
        return Err(needed("department", key, "user", &user.key));
    }
    if let Some(below) = directory.departments.iter().find(|it| it.parent.as_ref() == Some(key)) {
        return Err(needed("department", key, "department", &below.key));
    }
    forget(policy, "department", key, |subject| department_of(subject) == Some(key))?;
    policy.assignments.retain(|it| it.within.as_ref() != Some(key));
    remove(&mut directory.departments, key, "department", |it| &it.key)
}

pub(super) fn user_group(policy: &mut Policy, directory: &mut Directory, key: &Key<UserGroup>) -> Outcome {
    find(&mut directory.user_groups, key, "user group", |it| &it.key)?;
    let mut others = directory.user_groups.iter().filter(|it| it.key != *key);
    if let Some(group) = others.find(|it| it.includes.contains(key)) {
        return Err(needed("user group", key, "user group", &group.key));
    }
    forget(policy, "user group", key, |subject| matches!(subject, Subject::UserGroup(it) if it == key))?;
    remove(&mut directory.user_groups, key, "user group", |it| &it.key)
}

pub(super) fn social_group(
    policy: &mut Policy,
    directory: &mut Directory,
    key: &Key<SocialGroup>,
) -> Outcome {
    find(&mut directory.social_groups, key, "social group", |it| &it.key)?;
    let is_it = |subject: &Subject| matches!(subject, Subject::SocialGroup(it, _) if it == key);
    forget(policy, "social group", key, is_it)?;
    remove(&mut directory.social_groups, key, "social group", |it| &it.key)
}

/// Takes back what was given to it, if no limit is on it.
fn forget<T>(
    policy: &mut Policy,
    what: &'static str,
    key: &Key<T>,
    is_it: impl Fn(&Subject) -> bool,
) -> Outcome {
    if let Some(limit) = policy.limits.iter().find(|limit| is_it(&limit.on)) {
        return Err(needed(what, key, "limit", &limit.key));
    }
    policy.assignments.retain(|it| !is_it(&it.to));
    Ok(())
}

fn department_of(subject: &Subject) -> Option<&Key<Department>> {
    match subject {
        Subject::Department(department) | Subject::DepartmentTree(department) => Some(department),
        Subject::Heads(unit) | Subject::Deputies(unit) | Subject::Employees(unit) => match unit {
            Unit::Of(department) => Some(department),
            Unit::Anywhere => None,
        },
        Subject::User(_)
        | Subject::Employee(_)
        | Subject::UserGroup(_)
        | Subject::SocialGroup(..)
        | Subject::Administrators
        | Subject::SignedIn
        | Subject::Everyone
        | Subject::Author => None,
    }
}

fn needed<T, N>(what: &'static str, key: &Key<T>, by: &'static str, by_key: &Key<N>) -> ChangeProblem {
    ChangeProblem::Needed { what, key: key.to_string(), by, by_key: by_key.to_string() }
}
