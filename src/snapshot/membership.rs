//! Who is in what: the links of a directory followed and checked.

use std::collections::VecDeque;

use crate::directory::{Directory, SocialGroup, User, UserGroup};
use crate::index::{Ix, IxVec, Names};
use crate::key::Key;
use crate::moment::Window;
use crate::policy::Rank;
use crate::snapshot::departments::{Departments, Walk};
use crate::snapshot::names::Declared;
use crate::snapshot::problem::{Findings, Noun, Part, ProblemKind};

/// The members of every department and group of a directory.
#[derive(Debug)]
pub(crate) struct Membership {
    pub(crate) users: Names<User>,
    pub(crate) user_groups: Names<UserGroup>,
    pub(crate) social_groups: Names<SocialGroup>,
    /// Sorted by user, then department: the active departments a user sits in or heads.
    pub(crate) members: Vec<(Ix<User>, Ix<Walk>)>,
    /// Sorted by user, then department.
    pub(crate) heads: Vec<(Ix<User>, Ix<Walk>)>,
    pub(crate) deputies: Vec<(Ix<User>, Ix<Walk>)>,
    group_members: IxVec<UserGroup, Vec<(Ix<User>, Window)>>,
    group_includes: IxVec<UserGroup, Vec<Ix<UserGroup>>>,
    ranks: IxVec<SocialGroup, Vec<(Ix<User>, Rank)>>,
}

impl Membership {
    pub(crate) fn compile(directory: &Directory, departments: &Departments, findings: &mut Findings) -> Self {
        let declared = |noun, list| Declared { part: Part::Directory, noun, list, key: "/key" };
        let users =
            declared(Noun::User, "/users").number(directory.users.iter().map(|user| &user.key), findings);
        findings.limit(Part::Directory, "/users", Noun::User, u32::MAX as usize - 1, users.len());
        let user_groups = declared(Noun::UserGroup, "/user_groups")
            .number(directory.user_groups.iter().map(|group| &group.key), findings);
        let social_groups = declared(Noun::SocialGroup, "/social_groups")
            .number(directory.social_groups.iter().map(|group| &group.key), findings);
        let mut membership = Self {
            users,
            user_groups,
            social_groups,
            members: Vec::new(),
            heads: Vec::new(),
            deputies: Vec::new(),
            group_members: IxVec::default(),
            group_includes: IxVec::default(),
            ranks: IxVec::default(),
        };
        membership.sit(directory, departments, findings);
        membership.head(directory, departments, findings);
        membership.join_user_groups(directory, findings);
        membership.join_social_groups(directory, findings);
        for list in [&mut membership.members, &mut membership.heads, &mut membership.deputies] {
            list.sort_unstable();
            list.dedup();
        }
        membership
    }

    fn sit(&mut self, directory: &Directory, departments: &Departments, findings: &mut Findings) {
        for (at, user) in directory.users.iter().enumerate() {
            let pointer = |to: usize| format!("/users/{at}/departments/{to}");
            report_repeats(Noun::Department, &user.departments, pointer, findings);
            for (to, key) in user.departments.iter().enumerate() {
                let found = departments.find(key);
                if found.is_none() {
                    dangling(Noun::Department, key, pointer(to), findings);
                }
                if let Some(department) = found.filter(|it| departments.is_active(*it)) {
                    self.members.push((Ix::from_count(at), department));
                }
            }
        }
    }

    fn head(&mut self, directory: &Directory, departments: &Departments, findings: &mut Findings) {
        for (at, department) in directory.departments.iter().enumerate() {
            let number = departments.find(&department.key).filter(|it| departments.is_active(*it));
            for (list, keys) in [("heads", &department.heads), ("deputies", &department.deputies)] {
                let people = self.people(keys, |to| format!("/departments/{at}/{list}/{to}"), findings);
                let Some(number) = number else { continue };
                let pairs = people.into_iter().map(|user| (user, number));
                if list == "heads" {
                    self.heads.extend(pairs.clone());
                    self.members.extend(pairs);
                } else {
                    self.deputies.extend(pairs);
                }
            }
        }
    }

    fn join_user_groups(&mut self, directory: &Directory, findings: &mut Findings) {
        for (at, group) in directory.user_groups.iter().enumerate() {
            let mut members = Vec::new();
            for (to, membership) in group.members.iter().enumerate() {
                let pointer = format!("/user_groups/{at}/members/{to}");
                if membership.window.is_empty() {
                    findings.add(Part::Directory, pointer.as_str(), ProblemKind::WindowEmpty);
                }
                match self.users.find(membership.user.borrow()) {
                    Some(user) => members.push((user, membership.window)),
                    None => dangling(Noun::User, &membership.user, format!("{pointer}/user"), findings),
                }
            }
            report_repeated_memberships(at, group, findings);
            let includes = self.included(at, group, findings);
            self.group_members.push(if group.active { members } else { Vec::new() });
            self.group_includes.push(if group.active { includes } else { Vec::new() });
        }
    }

    fn included(&self, at: usize, group: &UserGroup, findings: &mut Findings) -> Vec<Ix<UserGroup>> {
        let pointer = |to: usize| format!("/user_groups/{at}/includes/{to}");
        report_repeats(Noun::UserGroup, &group.includes, pointer, findings);
        let mut includes = Vec::new();
        for (to, key) in group.includes.iter().enumerate() {
            match self.user_groups.find(key.borrow()) {
                Some(group) => includes.push(group),
                None => dangling(Noun::UserGroup, key, pointer(to), findings),
            }
        }
        includes
    }

    fn join_social_groups(&mut self, directory: &Directory, findings: &mut Findings) {
        for (at, group) in directory.social_groups.iter().enumerate() {
            let lists = [
                ("owner", std::slice::from_ref(&group.owner), Some(Rank::Owner)),
                ("moderators", group.moderators.as_slice(), Some(Rank::Moderator)),
                ("members", group.members.as_slice(), Some(Rank::Member)),
                ("pending", group.pending.as_slice(), None),
                ("banned", group.banned.as_slice(), None),
            ];
            let mut ranks = Vec::new();
            let mut listed: Vec<(&Key<User>, String)> = Vec::new();
            for (name, keys, rank) in lists {
                let pointer = |to: usize| match name {
                    "owner" => format!("/social_groups/{at}/owner"),
                    _ => format!("/social_groups/{at}/{name}/{to}"),
                };
                listed.extend(keys.iter().enumerate().map(|(to, key)| (key, pointer(to))));
                for (to, key) in keys.iter().enumerate() {
                    match self.users.find(key.borrow()) {
                        Some(user) => ranks.extend(rank.map(|rank| (user, rank))),
                        None => dangling(Noun::User, key, pointer(to), findings),
                    }
                }
            }
            report_pointed_repeats(Noun::User, listed, findings);
            self.ranks.push(ranks);
        }
    }

    fn people(
        &self,
        keys: &[Key<User>],
        pointer: impl Fn(usize) -> String + Copy,
        findings: &mut Findings,
    ) -> Vec<Ix<User>> {
        report_repeats(Noun::User, keys, pointer, findings);
        let mut people = Vec::new();
        for (to, key) in keys.iter().enumerate() {
            match self.users.find(key.borrow()) {
                Some(user) => people.push(user),
                None => dangling(Noun::User, key, pointer(to), findings),
            }
        }
        people
    }

    /// The members of a user group, its own and those of all groups that it includes. Circles are walked once.
    pub(crate) fn of_user_group(&self, group: Ix<UserGroup>) -> Vec<(Ix<User>, Window)> {
        let mut seen: IxVec<UserGroup, bool> = (0..self.user_groups.len()).map(|_| false).collect();
        let mut open = vec![group];
        let mut members = Vec::new();
        while let Some(group) = open.pop() {
            let Some(unseen) = seen.get_mut(group).filter(|seen| !**seen) else { continue };
            *unseen = true;
            members.extend(self.group_members.get(group).into_iter().flatten());
            open.extend(self.group_includes.get(group).into_iter().flatten());
        }
        members
    }

    /// The ways from the group down to groups that have the user as a member of their own, and when he is one. Each group is
    /// entered once, by the shortest way.
    pub(crate) fn ways_into(
        &self,
        group: Ix<UserGroup>,
        user: Ix<User>,
    ) -> Vec<(Vec<Ix<UserGroup>>, Window)> {
        let mut seen = vec![group];
        let mut open = VecDeque::from([vec![group]]);
        let mut found = Vec::new();
        while let Some(way) = open.pop_front() {
            let Some(group) = way.last() else { continue };
            let members = self.group_members.get(*group).into_iter().flatten();
            found.extend(
                members.filter(|(member, _)| *member == user).map(|(_, window)| (way.clone(), *window)),
            );
            for next in self.group_includes.get(*group).into_iter().flatten() {
                if !seen.contains(next) {
                    seen.push(*next);
                    open.push_back(way.iter().copied().chain([*next]).collect());
                }
            }
        }
        found
    }

    /// The members that a user group has of its own.
    pub(crate) fn own_members(&self, group: Ix<UserGroup>) -> impl Iterator<Item = &(Ix<User>, Window)> {
        self.group_members.get(group).into_iter().flatten()
    }

    /// The groups that a user group includes, by itself.
    pub(crate) fn included_in(&self, group: Ix<UserGroup>) -> impl Iterator<Item = &Ix<UserGroup>> {
        self.group_includes.get(group).into_iter().flatten()
    }

    /// The members of a social group with their ranks.
    pub(crate) fn ranks_in(&self, group: Ix<SocialGroup>) -> impl Iterator<Item = (Ix<User>, Rank)> {
        self.ranks.get(group).into_iter().flatten().copied()
    }

    /// The rank of the user in a social group, if he is a member.
    pub(crate) fn rank(&self, group: Ix<SocialGroup>, user: Ix<User>) -> Option<Rank> {
        let ranks = self.ranks.get(group)?;
        ranks.iter().find(|(member, _)| *member == user).map(|(_, rank)| *rank)
    }

    /// The members of a social group, from the rank up.
    pub(crate) fn of_social_group(
        &self,
        group: Ix<SocialGroup>,
        at_least: Rank,
    ) -> impl Iterator<Item = Ix<User>> {
        let ranks = self.ranks.get(group).into_iter().flatten();
        ranks.filter(move |(_, rank)| *rank >= at_least).map(|(user, _)| *user)
    }
}

fn dangling<T>(noun: Noun, key: &Key<T>, pointer: String, findings: &mut Findings) {
    findings.add(Part::Directory, pointer, ProblemKind::Dangling { noun, key: key.to_string() });
}

fn report_repeats<T>(
    noun: Noun,
    keys: &[Key<T>],
    pointer: impl Fn(usize) -> String,
    findings: &mut Findings,
) {
    if keys.len() > 1 {
        report_pointed_repeats(noun, keys.iter().enumerate().map(|(at, key)| (key, pointer(at))), findings);
    }
}

/// Reports every key that stands in the list again, with its own pointer and the first one's.
pub(super) fn report_pointed_repeats<'k, T: 'k>(
    noun: Noun,
    listed: impl IntoIterator<Item = (&'k Key<T>, String)>,
    findings: &mut Findings,
) {
    let mut seen = std::collections::BTreeMap::<&Key<T>, String>::new();
    for (key, pointer) in listed {
        match seen.get(key) {
            Some(first) => {
                let kind = ProblemKind::Duplicate { noun, key: key.to_string(), first: first.clone() };
                findings.add(Part::Directory, pointer, kind);
            }
            None => {
                seen.insert(key, pointer);
            }
        }
    }
}

/// A user may come and go, but the same membership twice is a mistake.
fn report_repeated_memberships(at: usize, group: &UserGroup, findings: &mut Findings) {
    let mut seen = std::collections::BTreeMap::new();
    for (to, membership) in group.members.iter().enumerate() {
        let first = *seen.entry((&membership.user, membership.window)).or_insert(to);
        if first != to {
            let kind = ProblemKind::Duplicate {
                noun: Noun::User,
                key: membership.user.to_string(),
                first: format!("/user_groups/{at}/members/{first}"),
            };
            findings.add(Part::Directory, format!("/user_groups/{at}/members/{to}"), kind);
        }
    }
}
