//! Who is in the subjects of assignments: every subject is looked at once, from the side of its members.
//!
//! A large organisation has an assignment for nearly every user, so that no lint may go through the users for each of them.

use std::collections::HashMap;

use crate::directory::{Department, User};
use crate::index::{Ix, IxVec};
use crate::key::Key;
use crate::moment::{Moment, Window};
use crate::policy::{Policy, Subject, Unit};
use crate::snapshot::{Snapshot, Walk};

/// The crowds of all subjects that assignments name.
pub(super) struct Crowds<'a> {
    of: HashMap<&'a Subject, Crowd>,
    active: usize,
}

/// The active users who are in a subject, as far as lints ask.
struct Crowd {
    /// When anybody is in it, each window once; only "always", if anybody always is.
    windows: Vec<Window>,
    /// How many are in it at the moment.
    now: usize,
}

impl<'a> Crowds<'a> {
    /// Takes time in proportion to the users, and to the members of the subjects that are named.
    pub(super) fn of(policy: &'a Policy, snapshot: &Snapshot, at: Moment) -> Self {
        let seats = Seats::of(snapshot);
        let mut of = HashMap::new();
        for assignment in &policy.assignments {
            let subject = &assignment.to;
            of.entry(subject).or_insert_with(|| Crowd::new(subject, seats.members(subject), at));
        }
        Self { of, active: seats.active().count() }
    }

    /// Whether anybody is in the subject at any moment of the window; visitors are in "everyone".
    pub(super) fn is_anybody_in(&self, subject: &Subject, window: Window) -> bool {
        let crowd = self.of.get(subject);
        crowd.is_some_and(|crowd| crowd.windows.iter().any(|it| !it.intersection(window).is_empty()))
    }

    /// Whether all of several active users are in the subject at the moment.
    pub(super) fn are_all_in(&self, subject: &Subject) -> bool {
        self.active > 1 && self.of.get(subject).is_some_and(|crowd| crowd.now == self.active)
    }
}

impl Crowd {
    fn new(subject: &Subject, members: Vec<(Ix<User>, Window)>, at: Moment) -> Self {
        let mut windows: Vec<Window> = members.iter().map(|(_, window)| *window).collect();
        windows.sort_unstable();
        windows.dedup();
        if *subject == Subject::Everyone || windows.iter().any(|window| window.is_always()) {
            windows = vec![Window::ALWAYS];
        }
        let here = members.into_iter().filter(|(_, window)| window.contains(at));
        let mut here: Vec<Ix<User>> = here.map(|(user, _)| user).collect();
        here.sort_unstable();
        here.dedup();
        Self { windows, now: here.len() }
    }
}

/// The active users, by where they sit and what they head.
struct Seats<'s> {
    snapshot: &'s Snapshot,
    active: IxVec<User, bool>,
    administrators: Vec<Ix<User>>,
    members: IxVec<Walk, Vec<Ix<User>>>,
    heads: IxVec<Walk, Vec<Ix<User>>>,
    deputies: IxVec<Walk, Vec<Ix<User>>>,
}

impl<'s> Seats<'s> {
    fn of(snapshot: &'s Snapshot) -> Self {
        let none = || (0..snapshot.departments.len()).map(|_| Vec::new()).collect();
        let (active, administrators) = (IxVec::default(), Vec::new());
        let mut seats =
            Self { snapshot, active, administrators, members: none(), heads: none(), deputies: none() };
        for (user, row) in snapshot.people.rows() {
            let standing = row.standing();
            seats.active.push(!standing.is_dismissed());
            if standing.is_dismissed() {
                continue;
            }
            seats.administrators.extend(standing.is_administrator().then_some(user));
            let seat =
                |seats: &mut IxVec<_, Vec<_>>, at| seats.get_mut(at).into_iter().for_each(|it| it.push(user));
            snapshot.people.departments(standing).into_iter().for_each(|at| seat(&mut seats.members, at));
            snapshot.people.headed(standing).into_iter().for_each(|at| seat(&mut seats.heads, at));
        }
        for (user, at) in &snapshot.membership.deputies {
            if seats.is_active(*user) {
                seats.deputies.get_mut(*at).into_iter().for_each(|it| it.push(*user));
            }
        }
        seats
    }

    fn is_active(&self, user: Ix<User>) -> bool {
        self.active.get(user).is_some_and(|active| *active)
    }

    fn active(&self) -> impl Iterator<Item = Ix<User>> {
        self.active.iter().filter(|(_, active)| **active).map(|(user, _)| user)
    }

    /// The active users who are in the subject, and when; one may be there several times.
    fn members(&self, subject: &Subject) -> Vec<(Ix<User>, Window)> {
        let membership = &self.snapshot.membership;
        let always = |users: Vec<Ix<User>>| users.into_iter().map(|user| (user, Window::ALWAYS)).collect();
        match subject {
            Subject::User(key) => always(self.user(key).collect()),
            Subject::Employee(key) => always(self.user(key).filter(|user| self.is_employee(*user)).collect()),
            Subject::Department(key) | Subject::Employees(Unit::Of(key)) => {
                always(self.department(&self.members, key))
            }
            Subject::DepartmentTree(key) => always(self.tree(key)),
            Subject::UserGroup(key) => {
                let group = membership.user_groups.find(key.borrow());
                let members = group.map(|group| membership.of_user_group(group)).unwrap_or_default();
                members.into_iter().filter(|(user, _)| self.is_active(*user)).collect()
            }
            Subject::SocialGroup(key, rank) => {
                let group = membership.social_groups.find(key.borrow()).into_iter();
                let members = group.flat_map(|group| membership.of_social_group(group, *rank));
                always(members.filter(|user| self.is_active(*user)).collect())
            }
            Subject::Heads(unit) => always(self.unit(&self.heads, unit)),
            Subject::Deputies(unit) => always(self.unit(&self.deputies, unit)),
            Subject::Employees(Unit::Anywhere) => always(self.unit(&self.members, &Unit::Anywhere)),
            Subject::Administrators => always(self.administrators.clone()),
            Subject::SignedIn | Subject::Everyone => always(self.active().collect()),
            Subject::Author => Vec::new(),
        }
    }

    fn user(&self, key: &Key<User>) -> impl Iterator<Item = Ix<User>> {
        self.snapshot.people.position_of(key).into_iter().filter(|user| self.is_active(*user))
    }

    fn is_employee(&self, user: Ix<User>) -> bool {
        let handle = self.snapshot.people.handle(user);
        handle.is_some_and(|handle| !self.snapshot.people.departments_of(handle).is_empty())
    }

    fn unit(&self, people: &IxVec<Walk, Vec<Ix<User>>>, unit: &Unit) -> Vec<Ix<User>> {
        match unit {
            Unit::Anywhere => people.values().concat(),
            Unit::Of(key) => self.department(people, key),
        }
    }

    fn department(&self, people: &IxVec<Walk, Vec<Ix<User>>>, key: &Key<Department>) -> Vec<Ix<User>> {
        let at = self.snapshot.departments.find(key);
        at.and_then(|at| people.get(at)).cloned().unwrap_or_default()
    }

    fn tree(&self, key: &Key<Department>) -> Vec<Ix<User>> {
        let departments = &self.snapshot.departments;
        let all = departments.find(key).into_iter().flat_map(|root| departments.tree(root));
        all.filter_map(|at| self.members.get(at)).flatten().copied().collect()
    }
}
