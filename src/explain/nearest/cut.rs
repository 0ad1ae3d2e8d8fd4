//! A policy and a directory, cut down to what a question is about.
//!
//! What is left answers the question as the whole does, with every candidate change made to both. Cut away are people whom it does
//! not concern, assignments that do not hold on the occasion, roles that say nothing of what is in question, and departments and
//! groups that nothing left mentions.

use crate::change::Change;
use crate::directory::{Department, Directory, SocialGroup, User, UserGroup};
use crate::explain::nearest::matter::Matter;
use crate::key::Key;
use crate::policy::{Policy, Role, Subject, Unit};
use crate::snapshot::Snapshot;

/// What is left of a policy and a directory.
#[derive(Debug)]
pub(super) struct Cut {
    pub(super) policy: Policy,
    pub(super) directory: Directory,
}

impl Cut {
    /// Cuts down to the rights and transitions that the question depends on. Roles that the viewer holds stay without any, for one
    /// could be set.
    pub(super) fn new(matter: &Matter<'_>, policy: &Policy, directory: &Directory) -> Self {
        let mut roles = policy.roles.clone();
        for role in &mut roles {
            role.rights.retain(|right| matter.depends_on(right));
            role.transitions.retain(|transition| matter.leads_by(transition));
        }
        let held = matter.roles_in(matter.access.snapshot());
        roles.retain(|role| says_something(role) || !role.supersedes.is_empty() || held.contains(&role.key));
        let kept: Vec<Key<Role>> = roles.iter().map(|role| role.key.clone()).collect();
        roles.iter_mut().for_each(|role| role.supersedes.retain(|dropped| kept.contains(dropped)));
        Self::with_roles(roles, matter, policy, directory)
    }

    /// Cuts down to what the viewer's roles depend on, and leaves what they say.
    pub(super) fn with_all_roles(matter: &Matter<'_>, policy: &Policy, directory: &Directory) -> Self {
        Self::with_roles(policy.roles.clone(), matter, policy, directory)
    }

    fn with_roles(roles: Vec<Role>, matter: &Matter<'_>, policy: &Policy, directory: &Directory) -> Self {
        let people = concerned(matter, policy);
        let mut left = policy.clone();
        left.substitutions.retain(|it| it.substitute == matter.user && people.contains(&it.absent));
        let asserted = matter.access.circumstances();
        left.assignments.retain(|it| {
            let holds =
                it.window.contains(matter.access.at()) && it.when.iter().all(|key| asserted.contains(key));
            holds && roles.iter().any(|role| role.key == it.role) && may_concern(&it.to, &people)
        });
        left.limits.retain(|it| may_concern(&it.on, &people));
        left.roles = roles;
        let directory = Scissors { people: &people, matter, policy: &left, directory }.cut();
        Self { policy: left, directory }
    }

    /// Whether the question is allowed with these changes; not, if they cannot be made.
    pub(super) fn allows(&self, matter: &Matter<'_>, changes: &[&Change]) -> bool {
        self.changed(changes).is_some_and(|snapshot| matter.is_allowed_by(&snapshot))
    }

    /// What comes of the changes, if they can be made.
    pub(super) fn changed(&self, changes: &[&Change]) -> Option<Snapshot> {
        let (mut policy, mut directory) = (self.policy.clone(), self.directory.clone());
        changes.iter().try_for_each(|change| change.apply(&mut policy, &mut directory)).ok()?;
        Snapshot::compile(&policy, &directory).ok()
    }
}

/// Whether anything is left of what a role says.
pub(super) fn says_something(role: &Role) -> bool {
    !role.rights.is_empty() || !role.transitions.is_empty()
}

/// Whose seats and roles the question depends on: the viewer's, those of people he stands in for, and of everybody who is bound to
/// the record.
fn concerned(matter: &Matter<'_>, policy: &Policy) -> Vec<Key<User>> {
    let absent = policy.substitutions.iter().filter(|it| it.substitute == matter.user).map(|it| &it.absent);
    let mut people: Vec<_> =
        std::iter::once(&matter.user).chain(matter.bound()).chain(absent).cloned().collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// Whether a subject can have one of these people in it; not, if it is somebody else alone.
pub(super) fn may_concern(to: &Subject, people: &[Key<User>]) -> bool {
    if let Subject::User(key) | Subject::Employee(key) = to { people.contains(key) } else { true }
}

/// The department that a subject names.
pub(super) fn department(to: &Subject) -> Option<&Key<Department>> {
    if let Subject::Department(key)
    | Subject::DepartmentTree(key)
    | Subject::Heads(Unit::Of(key))
    | Subject::Deputies(Unit::Of(key))
    | Subject::Employees(Unit::Of(key)) = to
    {
        Some(key)
    } else {
        None
    }
}

/// The user group that a subject names.
pub(super) fn user_group(to: &Subject) -> Option<&Key<UserGroup>> {
    if let Subject::UserGroup(key) = to { Some(key) } else { None }
}

struct Scissors<'a> {
    people: &'a [Key<User>],
    matter: &'a Matter<'a>,
    /// What is left of it.
    policy: &'a Policy,
    directory: &'a Directory,
}

impl Scissors<'_> {
    fn cut(&self) -> Directory {
        let mut left = Directory::new();
        let nobody = self.nobody();
        let users = self.directory.users.iter().filter(|user| self.people.contains(&user.key));
        left.users = users.cloned().chain([User::new(nobody.clone()).dismissed()]).collect();
        left.departments = self.departments();
        left.user_groups = self.user_groups();
        left.social_groups = self.social_groups(&nobody);
        left.ticket_groups = self.directory.ticket_groups.clone();
        left.ticket_groups.iter_mut().for_each(|it| it.members.retain(|it| self.people.contains(&it.user)));
        left
    }

    /// The key of somebody who is not concerned, and stands for all such people where somebody must.
    fn nobody(&self) -> Key<User> {
        let free = (0_i64..).map(Key::from).find(|key| !self.people.contains(key));
        free.unwrap_or_else(|| Key::from(0))
    }

    /// Whom what is left of the policy speaks of, and with whom the record is shared.
    fn subjects(&self) -> impl Iterator<Item = &Subject> {
        let assignments = self.policy.assignments.iter().map(|it| &it.to);
        let limits = self.policy.limits.iter().map(|it| &it.on);
        assignments.chain(limits).chain(self.matter.named())
    }

    fn only(&self, keys: &[Key<User>]) -> Vec<Key<User>> {
        keys.iter().filter(|key| self.people.contains(key)).cloned().collect()
    }

    /// Those where people sit whom it concerns, those that the policy names, and everything above.
    fn departments(&self) -> Vec<Department> {
        let all = &self.directory.departments;
        let named = self.subjects().filter_map(department);
        let within = self.policy.assignments.iter().filter_map(|it| it.within.as_ref());
        let seats = self.directory.users.iter().filter(|user| self.people.contains(&user.key));
        let led = all
            .iter()
            .filter(|it| self.people.iter().any(|key| it.heads.contains(key) || it.deputies.contains(key)));
        let open =
            named.chain(within).chain(seats.flat_map(|user| &user.departments)).chain(led.map(|it| &it.key));
        let kept = closure(all, open, |it| &it.key, |it| it.parent.as_slice());
        let kept = kept.into_iter().map(|it| {
            let mut left = it.clone();
            (left.heads, left.deputies) = (self.only(&it.heads), self.only(&it.deputies));
            left
        });
        kept.collect()
    }

    /// Those that the policy names, and what they include.
    fn user_groups(&self) -> Vec<UserGroup> {
        let named = self.subjects().filter_map(user_group);
        let mut kept: Vec<UserGroup> =
            closure(&self.directory.user_groups, named, |it| &it.key, |it| &it.includes)
                .into_iter()
                .cloned()
                .collect();
        kept.iter_mut().for_each(|it| it.members.retain(|it| self.people.contains(&it.user)));
        kept
    }

    fn social_groups(&self, nobody: &Key<User>) -> Vec<SocialGroup> {
        let named = |group: &&SocialGroup| {
            let is = |to: &Subject| matches!(to, Subject::SocialGroup(key, _) if *key == group.key);
            self.matter.hosts.contains(&group.key) || self.subjects().any(is)
        };
        let kept = self.directory.social_groups.iter().filter(named).map(|group| {
            let mut left = group.clone();
            if !self.people.contains(&left.owner) {
                left.owner = nobody.clone();
            }
            for list in [&mut left.moderators, &mut left.members, &mut left.pending, &mut left.banned] {
                list.retain(|key| self.people.contains(key));
            }
            left
        });
        kept.collect()
    }
}

/// The entries with these keys, and all that they lead to, in the order of the list.
pub(super) fn closure<'d, T, K: Ord + 'd>(
    all: &'d [T],
    open: impl Iterator<Item = &'d K>,
    key: impl Fn(&T) -> &K,
    leads: impl Fn(&'d T) -> &'d [K],
) -> Vec<&'d T> {
    let by_key: std::collections::BTreeMap<&K, &'d T> = all.iter().map(|it| (key(it), it)).collect();
    let mut kept = std::collections::BTreeSet::new();
    let mut open: Vec<&K> = open.collect();
    while let Some(next) = open.pop() {
        if kept.insert(next) {
            open.extend(by_key.get(next).into_iter().flat_map(|it| leads(it)));
        }
    }
    all.iter().filter(|it| kept.contains(key(it))).collect()
}
