//! Making a change: all of it, or none.

use crate::change::text::{combining, delegation};
use crate::change::{Change, ChangeProblem, people, removal, roles};
use crate::directory::Directory;
use crate::key::Key;
use crate::policy::Policy;

pub(super) type Outcome = Result<(), ChangeProblem>;

impl Change {
    /// Makes the change. Whether what comes of it is sound, compiling says.
    ///
    /// # Errors
    ///
    /// [`ChangeProblem`], if what it changes is not there, if what it makes is there already, or if what it removes is needed: a
    /// change never comes to nothing in silence. Nothing was changed then.
    pub fn apply(&self, policy: &mut Policy, directory: &mut Directory) -> Result<(), ChangeProblem> {
        match self {
            Self::SetRight { role, right } => roles::set_right(policy, role, right),
            Self::ClearRight { role, place, action } => roles::clear_right(policy, role, place, action),
            Self::SetTransition { role, transition } => roles::set_transition(policy, role, transition),
            Self::ClearTransition { role, from } => roles::clear_transition(policy, role, from),
            Self::PutRole(role) => put(&mut policy.roles, role, |it| &it.key),
            Self::RenameRole { role, to } => roles::rename(policy, role, to),
            Self::RemoveRole(role) => roles::remove(policy, role),
            Self::Assign(it) => roles::assign(policy, it),
            Self::Withdraw(it) => take_out(&mut policy.assignments, it, "assignment of role", &it.role),
            Self::Substitute(it) => put_in(&mut policy.substitutions, it, "substitution of", &it.absent),
            Self::EndSubstitution(it) => roles::end_substitution(policy, it),
            Self::PutLimit(limit) => put(&mut policy.limits, limit, |it| &it.key),
            Self::RemoveLimit(limit) => remove(&mut policy.limits, limit, "limit", |it| &it.key),
            Self::SetCombining(rule) => choose(&mut policy.combining, rule, "combining", combining(*rule)),
            Self::SetDelegation(rule) => {
                choose(&mut policy.delegation, rule, "delegation", delegation(*rule))
            }
            Self::PutUser(user) => put(&mut directory.users, user, |it| &it.key),
            Self::PutDepartment(department) => put(&mut directory.departments, department, |it| &it.key),
            Self::PutUserGroup(group) => put(&mut directory.user_groups, group, |it| &it.key),
            Self::PutSocialGroup(group) => put(&mut directory.social_groups, group, |it| &it.key),
            Self::PutTicketGroup(group) => put(&mut directory.ticket_groups, group, |it| &it.key),
            Self::RemoveUser(user) => removal::user(policy, directory, user),
            Self::RemoveDepartment(department) => removal::department(policy, directory, department),
            Self::RemoveUserGroup(group) => removal::user_group(policy, directory, group),
            Self::RemoveSocialGroup(group) => removal::social_group(policy, directory, group),
            Self::RemoveTicketGroup(group) => {
                remove(&mut directory.ticket_groups, group, "ticket group", |it| &it.key)
            }
            Self::SitIn { user, department } => people::sit_in(directory, user, department),
            Self::Leave { user, department } => people::leave(directory, user, department),
            Self::JoinUserGroup { group, membership } => people::join(directory, group, membership),
            Self::LeaveUserGroup { group, membership } => {
                people::end_membership(directory, group, membership)
            }
            Self::JoinSocialGroup { group, user, rank } => people::rank(directory, group, user, *rank),
            Self::LeaveSocialGroup { group, user } => people::leave_social_group(directory, group, user),
            Self::Ban { group, user } => people::ban(directory, group, user),
            Self::JoinTicketGroup { group, member } => people::join_ticket_group(directory, group, member),
            Self::LeaveTicketGroup { group, user } => people::leave_ticket_group(directory, group, user),
            Self::SetDismissed { user, dismissed } => people::dismiss(directory, user, *dismissed),
            Self::SetAdministrator { user, administrator } => {
                people::promote(directory, user, *administrator)
            }
        }
    }
}

pub(super) fn find<'l, T>(
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

/// Removes what has this key.
pub(super) fn remove<T>(
    list: &mut Vec<T>,
    key: &Key<T>,
    what: &'static str,
    key_of: impl Fn(&T) -> &Key<T>,
) -> Outcome {
    let before = list.len();
    list.retain(|it| key_of(it) != key);
    if list.len() < before { Ok(()) } else { Err(unknown(what, key)) }
}

pub(super) fn put_in<T: Clone + PartialEq, K>(
    list: &mut Vec<T>,
    item: &T,
    what: &'static str,
    key: &Key<K>,
) -> Outcome {
    if list.contains(item) {
        return Err(already(what, key));
    }
    list.push(item.clone());
    Ok(())
}

pub(super) fn take_out<T: PartialEq, K>(
    list: &mut Vec<T>,
    item: &T,
    what: &'static str,
    key: &Key<K>,
) -> Outcome {
    let at = list.iter().position(|it| it == item).ok_or_else(|| unknown(what, key))?;
    list.remove(at);
    Ok(())
}

fn choose<T: Copy + PartialEq>(is: &mut T, to: &T, what: &'static str, word: &str) -> Outcome {
    if is == to {
        return Err(already(what, &word));
    }
    *is = *to;
    Ok(())
}

pub(super) fn unknown(what: &'static str, key: &impl ToString) -> ChangeProblem {
    ChangeProblem::Unknown { what, key: key.to_string() }
}

pub(super) fn already(what: &'static str, key: &impl ToString) -> ChangeProblem {
    ChangeProblem::AlreadyThere { what, key: key.to_string() }
}
