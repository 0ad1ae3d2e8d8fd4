//! Lints about who holds what.

use std::collections::BTreeSet;

use crate::directory::User;
use crate::index::Ix;
use crate::key::Key;
use crate::policy::{Role, Subject};
use crate::resolve::{self, Viewer};
use crate::review::lint::{Finding, Ground, Lint};
use crate::snapshot::Part;

impl Ground<'_> {
    /// Every active user, with his number.
    fn viewers(&self) -> impl Iterator<Item = (usize, &User, Viewer<'_>)> {
        let users = self.directory.users.iter().enumerate();
        users.filter_map(|(at, user)| {
            let handle = self.snapshot.people.handle(Ix::from_count(at))?;
            Some((at, user, Viewer::new(self.snapshot, handle, self.occasion()).ok()?))
        })
    }

    /// All that a user holds, himself and apart.
    fn held(&self, viewer: &Viewer<'_>) -> BTreeSet<Key<Role>> {
        let others = resolve::others(*viewer);
        let apart = others.iter().filter(|view| view.stand_in.is_none()).map(|view| &view.viewer);
        let columns = apart.chain([viewer]).flat_map(Viewer::held_roles);
        columns.filter_map(|role| self.snapshot.roles.names.key(role.role()?)).cloned().collect()
    }
}

pub(super) fn user_without_roles(ground: &Ground<'_>) -> Vec<Finding> {
    let without =
        ground.viewers().filter(|(_, user, viewer)| !user.administrator && ground.held(viewer).is_empty());
    let finding = |(at, user, _): (usize, &User, Viewer<'_>)| {
        let message = format!("user `{}` holds no role", user.key);
        let keys = [user.key.to_string()];
        Finding::new(Lint::UserWithoutRoles, Part::Directory, format!("/users/{at}"), keys, message)
    };
    without.map(finding).collect()
}

pub(super) fn conflicting_roles(ground: &Ground<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, user, viewer) in ground.viewers() {
        let held = ground.held(&viewer);
        for (one, other) in
            ground.conflicts.iter().filter(|(one, other)| held.contains(one) && held.contains(other))
        {
            let message = format!("user `{}` holds both role `{one}` and role `{other}`", user.key);
            let keys = [user.key.to_string(), one.to_string(), other.to_string()];
            let pointer = format!("/users/{at}");
            findings.push(Finding::new(Lint::ConflictingRoles, Part::Directory, pointer, keys, message));
        }
    }
    findings
}

/// The one user that the subject is, if it is one.
fn user_of(subject: &Subject) -> Option<&Key<User>> {
    if let Subject::User(user) | Subject::Employee(user) = subject { Some(user) } else { None }
}

pub(super) fn role_for_one_user(ground: &Ground<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, role) in ground.roles() {
        let given = ground.policy.assignments.iter().filter(|assignment| assignment.role == role.key);
        // As somebody and as somebody who works here is the same person.
        let users: BTreeSet<Option<&Key<User>>> = given.map(|assignment| user_of(&assignment.to)).collect();
        let mut users = users.into_iter();
        if let (Some(Some(user)), None) = (users.next(), users.next()) {
            let message = format!("role `{}` is given to user `{user}` and to nobody else", role.key);
            let keys = [role.key.to_string(), user.to_string()];
            let pointer = format!("/roles/{}", number.position());
            findings.push(Finding::new(Lint::RoleForOneUser, Part::Policy, pointer, keys, message));
        }
    }
    findings
}

/// An entity that has readers at all, and none but administrators. What opens single records lets people read without a role.
pub(super) fn entity_without_reader(ground: &Ground<'_>) -> Vec<Finding> {
    let snapshot = ground.snapshot;
    let opens = |entity, read| !snapshot.offers.rule(entity, read).opens.is_empty();
    let all = snapshot.offers.entities();
    let mut unread: Vec<_> =
        all.filter(|(entity, rule)| rule.reads_by.is_some_and(|read| !opens(*entity, read))).collect();
    for (_, user, viewer) in ground.viewers() {
        if user.administrator || unread.is_empty() {
            continue;
        }
        let others = resolve::others(viewer);
        unread.retain(|(entity, rule)| {
            let Some(read) = rule.reads_by else { return false };
            let own = resolve::holds_anywhere(viewer, *entity, read);
            !own && !others.iter().any(|view| resolve::holds_anywhere_in(view, *entity, read))
        });
    }
    let finding = |(entity, _): (Ix<_>, _)| {
        let key = snapshot.places.entity_key(entity).map(ToString::to_string).unwrap_or_default();
        let message = format!("nobody but administrators reads anything of `{key}`");
        let pointer = format!("/entities/{}", entity.position());
        Finding::new(Lint::EntityWithoutReader, Part::Vocabulary, pointer, [key], message)
    };
    unread.into_iter().map(finding).collect()
}
