//! Lints about who holds what.

use std::collections::{BTreeSet, HashMap};

use crate::directory::User;
use crate::index::Ix;
use crate::key::Key;
use crate::policy::{Role, Subject};
use crate::resolve::{self, Viewer};
use crate::review::lint::rights::at_role;
use crate::review::lint::{Finding, Ground, Lint};
use crate::snapshot::{Circumstances, Part};

impl Ground<'_> {
    /// Every active user, with his number, in no particular circumstances.
    pub(super) fn viewers(&self) -> impl Iterator<Item = (usize, &User, Viewer<'_>)> {
        let users = self.directory.users.iter().enumerate();
        users.filter_map(|(at, user)| {
            let handle = self.snapshot.people.handle(Ix::from_count(at))?;
            Some((at, user, Viewer::new(self.snapshot, handle, self.occasion()).ok()?))
        })
    }

    /// Whether a user holds nothing in any circumstances.
    fn never_holds(&self, viewer: &Viewer<'_>) -> bool {
        self.occasions.iter().all(|occasion| self.held(&viewer.on(*occasion)).is_empty())
    }

    /// The circumstances, in words, if there are any.
    fn in_words(&self, circumstances: Circumstances) -> String {
        let keys = self.snapshot.lexicon.circumstance_keys(circumstances);
        let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        if keys.is_empty() { String::new() } else { format!(", in circumstances {}", keys.join(", ")) }
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
        ground.viewers().filter(|(_, user, viewer)| !user.administrator && ground.never_holds(viewer));
    let finding = |(at, user, _): (usize, &User, Viewer<'_>)| {
        let message = format!("user `{}` holds no role", user.key);
        let keys = [user.key.to_string()];
        Finding::new(Lint::UserWithoutRoles, Part::Directory, format!("/users/{at}"), keys, message)
    };
    without.map(finding).collect()
}

pub(super) fn conflicting_roles(ground: &Ground<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, user, viewer) in ground.viewers().filter(|_| !ground.conflicts.is_empty()) {
        let occasions = ground.occasions.iter();
        let held: Vec<_> = occasions.map(|it| (it.circumstances, ground.held(&viewer.on(*it)))).collect();
        for (one, other) in ground.conflicts {
            let both = held.iter().find(|(_, held)| held.contains(one) && held.contains(other));
            let Some((circumstances, _)) = both else { continue };
            let when = ground.in_words(*circumstances);
            let message = format!("user `{}` holds both role `{one}` and role `{other}`{when}", user.key);
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
    let mut given: HashMap<&Key<Role>, BTreeSet<Option<&Key<User>>>> = HashMap::new();
    for assignment in &ground.policy.assignments {
        // As somebody and as somebody who works here is the same person.
        given.entry(&assignment.role).or_default().insert(user_of(&assignment.to));
    }
    let mut findings = Vec::new();
    for (number, role) in ground.roles() {
        let mut users = given.get(&role.key).into_iter().flatten();
        if let (Some(Some(user)), None) = (users.next(), users.next()) {
            let message = format!("role `{}` is given to user `{user}` and to nobody else", role.key);
            let keys = [role.key.to_string(), user.to_string()];
            let pointer = at_role(number);
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
    let viewers = ground.viewers().filter(|(_, user, _)| !user.administrator);
    for (occasion, (.., viewer)) in viewers.flat_map(|it| ground.occasions.iter().map(move |on| (on, it))) {
        if unread.is_empty() {
            break;
        }
        let viewer = viewer.on(*occasion);
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
