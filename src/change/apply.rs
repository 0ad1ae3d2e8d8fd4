//! Making a change: all of it, or none.

use crate::change::{Change, ChangeProblem};
use crate::directory::{Department, Directory, SocialGroup, User, UserGroup};
use crate::key::Key;
use crate::policy::{Assignment, Policy, Rank, Right, Role, Transition};
use crate::vocabulary::{Action, Place};

type Outcome = Result<(), ChangeProblem>;

impl Change {
    /// Makes the change. Whether what comes of it is sound, compiling says.
    ///
    /// # Errors
    ///
    /// [`ChangeProblem`], if what it changes is not there, or what it makes is there already: a change never comes to nothing
    /// in silence. Nothing was changed then.
    pub fn apply(&self, policy: &mut Policy, directory: &mut Directory) -> Result<(), ChangeProblem> {
        match self {
            Self::SetRight { role, right } => set_right(role_mut(policy, role)?, right),
            Self::ClearRight { role, place, action } => clear_right(role_mut(policy, role)?, place, action),
            Self::SetTransition { role, transition } => set_transition(role_mut(policy, role)?, transition),
            Self::ClearTransition { role, from } => clear_transition(role_mut(policy, role)?, from),
            Self::PutRole(role) => put(&mut policy.roles, role, |it| &it.key),
            Self::RemoveRole(role) => remove_role(policy, role),
            Self::Assign(it) => assign(policy, it),
            Self::Withdraw(it) => take_out(&mut policy.assignments, it, "assignment of role", &it.role),
            Self::Substitute(it) => put_in(&mut policy.substitutions, it, "substitution of", &it.absent),
            Self::EndSubstitution(it) => {
                take_out(&mut policy.substitutions, it, "substitution of", &it.absent)
            }
            Self::PutUser(user) => put(&mut directory.users, user, |it| &it.key),
            Self::PutDepartment(department) => put(&mut directory.departments, department, |it| &it.key),
            Self::PutUserGroup(group) => put(&mut directory.user_groups, group, |it| &it.key),
            Self::PutSocialGroup(group) => put(&mut directory.social_groups, group, |it| &it.key),
            Self::PutTicketGroup(group) => put(&mut directory.ticket_groups, group, |it| &it.key),
            Self::SitIn { user, department } => sit_in(directory, user, department),
            Self::Leave { user, department } => {
                let seats = &mut user_mut(directory, user)?.departments;
                take_out(seats, department, "seat in department", department)
            }
            Self::JoinUserGroup { group, membership } => {
                find(&mut directory.users, &membership.user, "user", |it| &it.key)?;
                let members = &mut user_group_mut(directory, group)?.members;
                put_in(members, membership, "member", &membership.user)
            }
            Self::LeaveUserGroup { group, membership } => {
                let members = &mut user_group_mut(directory, group)?.members;
                take_out(members, membership, "member", &membership.user)
            }
            Self::JoinSocialGroup { group, user, rank } => join_social_group(directory, group, user, *rank),
            Self::LeaveSocialGroup { group, user } => leave_social_group(directory, group, user),
            Self::SetDismissed { user, dismissed } => {
                let words = ["active user", "dismissed user"];
                switch(&mut user_mut(directory, user)?.dismissed, *dismissed, words, user)
            }
            Self::SetAdministrator { user, administrator } => {
                let words = ["ordinary user", "administrator"];
                switch(&mut user_mut(directory, user)?.administrator, *administrator, words, user)
            }
        }
    }
}

fn set_right(role: &mut Role, right: &Right) -> Outcome {
    let same = |it: &&mut Right| it.place == right.place && it.action == right.action;
    match role.rights.iter_mut().find(same) {
        Some(cell) if cell == right => Err(already("right", &format!("{} {}", right.place, right.action))),
        Some(cell) => {
            *cell = right.clone();
            Ok(())
        }
        None => {
            role.rights.push(right.clone());
            Ok(())
        }
    }
}

fn clear_right(role: &mut Role, place: &Place, action: &Key<Action>) -> Outcome {
    let before = role.rights.len();
    role.rights.retain(|it| it.place != *place || it.action != *action);
    if role.rights.len() < before { Ok(()) } else { Err(unknown("right", &format!("{place} {action}"))) }
}

fn set_transition(role: &mut Role, transition: &Transition) -> Outcome {
    match role.transitions.iter_mut().find(|it| it.from == transition.from) {
        Some(cell) if cell == transition => Err(already("transition from", &transition.from)),
        Some(cell) => {
            *cell = transition.clone();
            Ok(())
        }
        None => {
            role.transitions.push(transition.clone());
            Ok(())
        }
    }
}

fn clear_transition(role: &mut Role, from: &Place) -> Outcome {
    let before = role.transitions.len();
    role.transitions.retain(|it| it.from != *from);
    if role.transitions.len() < before { Ok(()) } else { Err(unknown("transition from", from)) }
}

fn remove_role(policy: &mut Policy, key: &Key<Role>) -> Outcome {
    role_mut(policy, key)?;
    policy.roles.retain(|role| role.key != *key);
    policy.assignments.retain(|assignment| assignment.role != *key);
    policy.roles.iter_mut().for_each(|role| role.supersedes.retain(|dropped| dropped != key));
    Ok(())
}

fn assign(policy: &mut Policy, assignment: &Assignment) -> Outcome {
    role_mut(policy, &assignment.role)?;
    put_in(&mut policy.assignments, assignment, "assignment of role", &assignment.role)
}

fn sit_in(directory: &mut Directory, user: &Key<User>, department: &Key<Department>) -> Outcome {
    find(&mut directory.departments, department, "department", |it| &it.key)?;
    put_in(&mut user_mut(directory, user)?.departments, department, "seat in department", department)
}

fn join_social_group(
    directory: &mut Directory,
    group: &Key<SocialGroup>,
    user: &Key<User>,
    rank: Rank,
) -> Outcome {
    user_mut(directory, user)?;
    let group = find(&mut directory.social_groups, group, "social group", |it| &it.key)?;
    if group.owner == *user {
        let owner = || ChangeProblem::OwnerStays { user: user.to_string(), group: group.key.to_string() };
        return Err(if rank == Rank::Owner { already("owner", user) } else { owner() });
    }
    let there = match rank {
        Rank::Owner => false,
        Rank::Moderator => group.moderators.contains(user),
        Rank::Member => group.members.contains(user),
    };
    if there {
        return Err(already("member", user));
    }
    put_out(group, user);
    match rank {
        Rank::Owner => group.owner = user.clone(),
        Rank::Moderator => group.moderators.push(user.clone()),
        Rank::Member => group.members.push(user.clone()),
    }
    Ok(())
}

fn leave_social_group(directory: &mut Directory, group: &Key<SocialGroup>, user: &Key<User>) -> Outcome {
    let group = find(&mut directory.social_groups, group, "social group", |it| &it.key)?;
    if group.owner == *user {
        return Err(ChangeProblem::OwnerStays { user: user.to_string(), group: group.key.to_string() });
    }
    if put_out(group, user) { Ok(()) } else { Err(unknown("member", user)) }
}

/// Takes a user off every list of a social group; whether he was on any.
fn put_out(group: &mut SocialGroup, user: &Key<User>) -> bool {
    let lists = [&mut group.moderators, &mut group.members, &mut group.pending, &mut group.banned];
    let mut was = false;
    for list in lists {
        was |= list.contains(user);
        list.retain(|it| it != user);
    }
    was
}

fn switch(is: &mut bool, to: bool, words: [&'static str; 2], user: &Key<User>) -> Outcome {
    let [off, on] = words;
    if *is == to {
        return Err(already(if to { on } else { off }, user));
    }
    *is = to;
    Ok(())
}

fn role_mut<'p>(policy: &'p mut Policy, key: &Key<Role>) -> Result<&'p mut Role, ChangeProblem> {
    find(&mut policy.roles, key, "role", |it| &it.key)
}

fn user_mut<'d>(directory: &'d mut Directory, key: &Key<User>) -> Result<&'d mut User, ChangeProblem> {
    find(&mut directory.users, key, "user", |it| &it.key)
}

fn user_group_mut<'d>(
    directory: &'d mut Directory,
    key: &Key<UserGroup>,
) -> Result<&'d mut UserGroup, ChangeProblem> {
    find(&mut directory.user_groups, key, "user group", |it| &it.key)
}

fn find<'l, T>(
    list: &'l mut [T],
    key: &Key<T>,
    what: &'static str,
    key_of: impl Fn(&T) -> &Key<T>,
) -> Result<&'l mut T, ChangeProblem> {
    list.iter_mut().find(|it| key_of(it) == key).ok_or_else(|| unknown(what, key))
}

/// Adds, or replaces what has the same key; an equal one is there already.
fn put<T: Clone + PartialEq>(list: &mut Vec<T>, entry: &T, key_of: impl Fn(&T) -> &Key<T>) -> Outcome {
    match list.iter_mut().find(|it| key_of(it) == key_of(entry)) {
        Some(there) if there == entry => Err(already("entry", key_of(entry))),
        Some(there) => {
            *there = entry.clone();
            Ok(())
        }
        None => {
            list.push(entry.clone());
            Ok(())
        }
    }
}

fn put_in<T: Clone + PartialEq, K>(list: &mut Vec<T>, item: &T, what: &'static str, key: &Key<K>) -> Outcome {
    if list.contains(item) {
        return Err(already(what, key));
    }
    list.push(item.clone());
    Ok(())
}

fn take_out<T: PartialEq, K>(list: &mut Vec<T>, item: &T, what: &'static str, key: &Key<K>) -> Outcome {
    let at = list.iter().position(|it| it == item).ok_or_else(|| unknown(what, key))?;
    list.remove(at);
    Ok(())
}

fn unknown(what: &'static str, key: &impl ToString) -> ChangeProblem {
    ChangeProblem::Unknown { what, key: key.to_string() }
}

fn already(what: &'static str, key: &impl ToString) -> ChangeProblem {
    ChangeProblem::AlreadyThere { what, key: key.to_string() }
}
