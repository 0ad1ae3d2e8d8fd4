//! The changes that are tried.
//!
//! [`Access::nearest_grants`](crate::Access::nearest_grants) lists them for its caller.

use crate::change::Change;
use crate::directory::{Department, Membership, SocialGroup, User, UserGroup};
use crate::explain::nearest::cut::{Cut, closure, department, may_concern, says_something, user_group};
use crate::explain::nearest::grounds::Concern;
use crate::explain::nearest::matter::Matter;
use crate::explain::nearest::search::{Candidate, Size, covers};
use crate::key::Key;
use crate::moment::Window;
use crate::policy::{Assignment, Policy, Rank, Right, Role, Subject};
use crate::vocabulary::{Action, Level, Offer, Place, Relations, Vocabulary};

/// All candidates, in a stable order.
pub(super) fn candidates(matter: &Matter<'_>, cut: &Cut, policy: &Policy) -> Vec<Candidate> {
    let mut list = List { matter, cut, all: Vec::new(), slots: 0 };
    list.roles();
    list.departments();
    list.user_groups();
    list.social_groups();
    let held = matter.roles_in(matter.access.snapshot());
    for role in policy.roles.iter().filter(|role| held.contains(&role.key)) {
        list.levels(role, &policy.vocabulary);
        list.exits(role);
    }
    list.all
}

struct List<'a> {
    matter: &'a Matter<'a>,
    cut: &'a Cut,
    all: Vec<Candidate>,
    slots: usize,
}

impl List<'_> {
    /// Adds changes of one thing, of which each excludes the others.
    fn add(&mut self, changes: impl IntoIterator<Item = (Size, Change)>) {
        let slot = self.slots;
        self.slots += 1;
        self.all.extend(changes.into_iter().map(|(size, change)| Candidate { change, slot, size }));
    }

    fn user(&self) -> Key<User> {
        self.matter.user.clone()
    }

    /// The roles that he could be given and does not hold for good already. One that he holds confined or marked can be given as well.
    fn roles(&mut self) {
        let plain = self.matter.plain_roles();
        for role in speaking(self.cut).filter(|role| !plain.contains(&role.key)) {
            let assignment = Assignment::new(role.key.clone(), Subject::User(self.user()));
            self.add([(Size::Whole, Change::Assign(assignment))]);
        }
    }

    /// The assignments of roles that say something here.
    fn assignments(&self) -> impl Iterator<Item = &Assignment> {
        let speaks = |it: &&Assignment| speaking(self.cut).any(|role| role.key == it.role);
        self.cut.policy.assignments.iter().filter(speaks)
    }

    /// Whom they are to, with whom the record is shared, and whose it is.
    fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.assignments().map(|it| &it.to).chain(self.matter.named())
    }

    fn departments(&mut self) {
        let all = &self.cut.directory.departments;
        let bound: Vec<&Key<User>> = self.matter.bound().collect();
        let users = self.cut.directory.users.iter();
        let sits = users.clone().filter(|user| bound.contains(&&user.key)).flat_map(|user| &user.departments);
        let heads = all.iter().filter(|it| bound.iter().any(|key| it.heads.contains(key))).map(|it| &it.key);
        let near = sits.chain(heads).chain(self.matter.departments());
        let near = closure(all, near, |it| &it.key, |it| it.parent.as_slice());
        let viewer = std::slice::from_ref(&self.matter.user);
        let his = self.assignments().filter(|it| may_concern(&it.to, viewer));
        let within = his.filter_map(|it| it.within.as_ref());
        let named = self.subjects().filter_map(department).chain(within);
        let named: Vec<&Key<Department>> = named.chain(near.iter().map(|it| &it.key)).collect();
        let seats =
            users.clone().filter(|user| user.key == self.matter.user).flat_map(|user| &user.departments);
        let seats: Vec<&Key<Department>> = seats.collect();
        let open = all.iter().map(|it| &it.key).filter(|key| named.contains(key) && !seats.contains(key));
        for department in open.cloned().collect::<Vec<_>>() {
            self.add([(Size::Whole, Change::SitIn { user: self.user(), department })]);
        }
    }

    fn user_groups(&mut self) {
        let named: Vec<&Key<UserGroup>> = self.subjects().filter_map(user_group).collect();
        let membership = Membership::new(self.user(), Window::ALWAYS);
        let groups = self.cut.directory.user_groups.iter();
        let open = groups.filter(|it| named.contains(&&it.key) && !it.members.contains(&membership));
        for group in open.map(|it| it.key.clone()).collect::<Vec<_>>() {
            self.add([(Size::Whole, Change::JoinUserGroup { group, membership: membership.clone() })]);
        }
    }

    fn social_groups(&mut self) {
        for group in &self.cut.directory.social_groups {
            let present = rank_in(group, &self.matter.user);
            let open = [Rank::Member, Rank::Moderator].into_iter().filter(|rank| {
                let named = Subject::SocialGroup(group.key.clone(), *rank);
                let opens = self.matter.hosts.contains(&group.key);
                present < Some(*rank) && (opens || self.subjects().any(|it| *it == named))
            });
            let join = |rank| Change::JoinSocialGroup { group: group.key.clone(), user: self.user(), rank };
            let joins: Vec<_> = open.map(|rank| (Size::Rank(rank), join(rank))).collect();
            self.add(joins);
        }
    }

    /// The levels to which a role could be raised: where the record is and above, and that of the settings right; and the same of
    /// records that it is linked to.
    fn levels(&mut self, role: &Role, vocabulary: &Vocabulary) {
        let mut cells: Vec<(&Place, &Key<Action>)> = Vec::new();
        for cell in self.matter.concerns.iter().flat_map(Concern::cells) {
            if !cells.contains(&cell) {
                cells.push(cell);
            }
        }
        for (place, action) in cells {
            let raises: Vec<_> = raises(role, place, action, vocabulary).collect();
            self.add(raises);
        }
    }

    /// Where a role could lead from the record's place and from what it lies in: to the target too.
    fn exits(&mut self, role: &Role) {
        let Some(exit) = &self.matter.exit else { return };
        for from in &exit.from {
            let set = |transition| Change::SetTransition { role: role.key.clone(), transition };
            self.add(exit.opened(role, from).map(|transition| (Size::Whole, set(transition))));
        }
    }
}

/// The roles that say something of what is in question.
fn speaking(cut: &Cut) -> impl Iterator<Item = &Role> {
    cut.policy.roles.iter().filter(|role| says_something(role))
}

/// The settings of one cell of a role that contain what it says there, explicitly or by inheritance.
fn raises<'a>(
    role: &'a Role,
    place: &'a Place,
    action: &'a Key<Action>,
    vocabulary: &'a Vocabulary,
) -> impl Iterator<Item = (Size, Change)> + 'a {
    let said = |at: &Place| role.rights.iter().find(|it| it.place == *at && it.action == *action);
    let explicit = said(place);
    let inherited = place.upward().find_map(|at| said(&at));
    let present = inherited.map(|right| relations(vocabulary, &right.level)).unwrap_or_default();
    let offers =
        vocabulary.entities.iter().filter(|it| it.key == *place.entity_key()).flat_map(|it| &it.offers);
    let offer = offers.into_iter().find(|it| it.action == *action && place.grain() <= it.finest);
    let levels = offer.map(|offer: &Offer| offer.levels.as_slice()).unwrap_or_default();
    levels.iter().filter_map(move |level| {
        let reaches = relations(vocabulary, level);
        let same = explicit.is_some_and(|right| right.level == *level);
        let right = Right::new(place.clone(), action.clone(), level.clone());
        let raise = !same && !reaches.is_empty() && covers(reaches, present);
        raise.then(|| (Size::Level(reaches), Change::SetRight { role: role.key.clone(), right }))
    })
}

fn relations(vocabulary: &Vocabulary, level: &Key<Level>) -> Relations {
    vocabulary.levels.iter().find(|it| it.key == *level).map(|it| it.relations).unwrap_or_default()
}

fn rank_in(group: &SocialGroup, user: &Key<User>) -> Option<Rank> {
    if group.owner == *user {
        Some(Rank::Owner)
    } else if group.moderators.contains(user) {
        Some(Rank::Moderator)
    } else {
        group.members.contains(user).then_some(Rank::Member)
    }
}
