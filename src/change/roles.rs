//! Changes of roles, and of who holds them.

use crate::change::ChangeProblem;
use crate::change::apply::{Outcome, already, find, put_in, take_out, unknown};
use crate::key::Key;
use crate::policy::{Assignment, Policy, Right, Role, Substitution, Transition};
use crate::vocabulary::{Action, Place};

pub(super) fn set_right(policy: &mut Policy, role: &Key<Role>, right: &Right) -> Outcome {
    let role = role_mut(policy, role)?;
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

pub(super) fn clear_right(
    policy: &mut Policy,
    role: &Key<Role>,
    place: &Place,
    action: &Key<Action>,
) -> Outcome {
    let role = role_mut(policy, role)?;
    let before = role.rights.len();
    role.rights.retain(|it| it.place != *place || it.action != *action);
    if role.rights.len() < before { Ok(()) } else { Err(unknown("right", &format!("{place} {action}"))) }
}

pub(super) fn set_transition(policy: &mut Policy, role: &Key<Role>, transition: &Transition) -> Outcome {
    let role = role_mut(policy, role)?;
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

pub(super) fn clear_transition(policy: &mut Policy, role: &Key<Role>, from: &Place) -> Outcome {
    let role = role_mut(policy, role)?;
    let before = role.transitions.len();
    role.transitions.retain(|it| it.from != *from);
    if role.transitions.len() < before { Ok(()) } else { Err(unknown("transition from", from)) }
}

pub(super) fn rename(policy: &mut Policy, role: &Key<Role>, to: &Key<Role>) -> Outcome {
    if policy.roles.iter().any(|it| it.key == *to) {
        return Err(already("role", to));
    }
    role_mut(policy, role)?;
    let roles = policy.roles.iter_mut().flat_map(|it| it.supersedes.iter_mut().chain([&mut it.key]));
    let named = roles.chain(policy.assignments.iter_mut().map(|it| &mut it.role));
    named.filter(|key| *key == role).for_each(|key| *key = to.clone());
    Ok(())
}

pub(super) fn remove(policy: &mut Policy, key: &Key<Role>) -> Outcome {
    role_mut(policy, key)?;
    policy.roles.retain(|role| role.key != *key);
    policy.assignments.retain(|assignment| assignment.role != *key);
    policy.roles.iter_mut().for_each(|role| role.supersedes.retain(|dropped| dropped != key));
    Ok(())
}

pub(super) fn assign(policy: &mut Policy, assignment: &Assignment) -> Outcome {
    role_mut(policy, &assignment.role)?;
    put_in(&mut policy.assignments, assignment, "assignment of role", &assignment.role)
}

pub(super) fn end_substitution(policy: &mut Policy, substitution: &Substitution) -> Outcome {
    take_out(&mut policy.substitutions, substitution, "substitution of", &substitution.absent)
}

fn role_mut<'p>(policy: &'p mut Policy, key: &Key<Role>) -> Result<&'p mut Role, ChangeProblem> {
    find(&mut policy.roles, key, "role", |it| &it.key)
}
