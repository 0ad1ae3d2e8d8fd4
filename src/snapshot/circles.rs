//! What a user is in, looked at from him: his groups, and not a group's members.
//!
//! Assignments are handed down once, from subjects to users, when a snapshot is compiled. The entries of objects' lists are
//! outside of any snapshot and are asked the other way round: is this viewer in that subject? So memberships are kept a
//! second time, sorted by user. Users without groups cost nothing here.
//!
//! Deliberately absent: the groups that include a group, multiplied out. They are walked when somebody asks, once for all
//! questions of an access.

use smallvec::SmallVec;

use crate::directory::{SocialGroup, User, UserGroup};
use crate::index::{Ix, IxVec};
use crate::key::Handle;
use crate::moment::{Moment, Window};
use crate::policy::{Rank, Subject, Unit};
use crate::snapshot::departments::Walk;
use crate::snapshot::membership::Membership;
use crate::snapshot::whom::{Kind, Whom};
use crate::snapshot::{Snapshot, first_change};

/// Memberships by user.
#[derive(Debug, Default)]
pub(crate) struct Circles {
    /// Sorted.
    always: Vec<(Ix<User>, Ix<UserGroup>)>,
    /// Sorted.
    dated: Vec<(Ix<User>, Ix<UserGroup>, Window)>,
    included_by: IxVec<UserGroup, Vec<Ix<UserGroup>>>,
    /// Sorted.
    ranks: Vec<(Ix<User>, Ix<SocialGroup>, Rank)>,
}

impl Circles {
    pub(crate) fn compile(membership: &Membership) -> Self {
        let mut circles = Self {
            included_by: (0..membership.user_groups.len()).map(|_| Vec::new()).collect(),
            ..Self::default()
        };
        for (group, _) in membership.user_groups.iter() {
            for (user, window) in membership.own_members(group) {
                match window.is_always() {
                    true => circles.always.push((*user, group)),
                    false => circles.dated.push((*user, group, *window)),
                }
            }
            for included in membership.included_in(group) {
                circles.included_by.get_mut(*included).into_iter().for_each(|by| by.push(group));
            }
        }
        for (group, _) in membership.social_groups.iter() {
            circles.ranks.extend(membership.ranks_in(group).map(|(user, rank)| (user, group, rank)));
        }
        circles.always.sort_unstable();
        circles.dated.sort_unstable();
        circles.ranks.sort_unstable();
        circles.always.shrink_to_fit();
        circles.dated.shrink_to_fit();
        circles.ranks.shrink_to_fit();
        circles
    }

    /// The groups that a user is in by himself at a moment.
    fn own(&self, user: Ix<User>, at: Moment) -> impl Iterator<Item = Ix<UserGroup>> {
        let always = of_user(&self.always, user, |(user, _)| *user).iter().map(|(_, group)| *group);
        let dated = of_user(&self.dated, user, |(user, _, _)| *user).iter();
        always.chain(dated.filter(move |(_, _, window)| window.contains(at)).map(|(_, group, _)| *group))
    }

    /// The groups, and all that include any of them, through any number of steps; sorted.
    fn with_including(&self, mut groups: Groups) -> Groups {
        let mut next = 0;
        while let Some(group) = groups.get(next) {
            for by in self.included_by.get(*group).into_iter().flatten() {
                if !groups.contains(by) {
                    groups.push(*by);
                }
            }
            next += 1;
        }
        groups.sort_unstable();
        groups
    }

    /// The first moment after this one at which the user is in other groups.
    fn first_change(&self, user: Ix<User>, at: Moment) -> Option<Moment> {
        let always = of_user(&self.always, user, |(user, _)| *user);
        let always = self.with_including(always.iter().map(|(_, group)| *group).collect());
        let mut held = Vec::new();
        for (_, group, window) in of_user(&self.dated, user, |(user, _, _)| *user) {
            let reached = self.with_including(Groups::from_slice(&[*group]));
            let reached = reached.into_iter().filter(|group| always.binary_search(group).is_err());
            held.extend(reached.map(|group| (group, *window)));
        }
        held.sort_unstable();
        let same = held.chunk_by(|(one, _), (other, _)| one == other);
        same.filter_map(|ways| first_change(ways.iter().map(|(_, window)| *window), at)).min()
    }
}

/// User groups, by position.
pub(crate) type Groups = SmallVec<[Ix<UserGroup>; 8]>;

/// The part of a list sorted by user that is this user's.
fn of_user<T>(sorted: &[T], user: Ix<User>, user_of: impl Fn(&T) -> Ix<User>) -> &[T] {
    let start = sorted.partition_point(|item| user_of(item) < user);
    let rest = sorted.get(start..).unwrap_or_default();
    let end = rest.partition_point(|item| user_of(item) == user);
    rest.get(..end).unwrap_or_default()
}

/// Everything that one viewer is in at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Circle<'s> {
    snapshot: &'s Snapshot,
    /// Nobody, for a visitor who has not signed in.
    user: Option<Handle<User>>,
    administrator: bool,
    departments: SmallVec<[Ix<Walk>; 4]>,
    headed: SmallVec<[Ix<Walk>; 4]>,
    deputises: &'s [(Ix<User>, Ix<Walk>)],
    groups: Groups,
    ranks: &'s [(Ix<User>, Ix<SocialGroup>, Rank)],
}

impl Snapshot {
    /// The groups that a user is in at a moment, by himself or through groups that they include; sorted. Takes time in proportion to
    /// his memberships.
    pub(crate) fn groups_of(&self, user: Handle<User>, at: Moment) -> Groups {
        let own = self.people.position(user).into_iter().flat_map(|user| self.circles.own(user, at));
        self.circles.with_including(own.collect())
    }

    /// What a user is in; an unknown one is a visitor. Takes time in proportion to the user's memberships.
    pub(crate) fn circle(&self, user: Handle<User>, at: Moment) -> Circle<'_> {
        let position = self.people.position(user);
        let standing = self.people.accept(user).map(|row| row.standing());
        let deputies = &self.membership.deputies;
        let of = |user| of_user(deputies, user, |(user, _)| *user);
        let ranks = |user| of_user(&self.circles.ranks, user, |(user, _, _)| *user);
        Circle {
            snapshot: self,
            user: position.map(|_| user),
            administrator: standing.is_some_and(|standing| standing.is_administrator()),
            departments: standing.map(|standing| self.people.departments(standing)).unwrap_or_default(),
            headed: standing.map(|standing| self.people.headed(standing)).unwrap_or_default(),
            deputises: position.map(of).unwrap_or_default(),
            groups: self.groups_of(user, at),
            ranks: position.map(ranks).unwrap_or_default(),
        }
    }
}

impl Circle<'_> {
    /// Whether he has signed in.
    pub(crate) fn is_signed_in(&self) -> bool {
        self.user.is_some()
    }

    /// Whether he is this user.
    #[inline]
    pub(crate) fn is(&self, user: Handle<User>) -> bool {
        self.user == Some(user)
    }

    /// Whether he is in the subject. Nobody is the author, for that depends on the object.
    pub(crate) fn contains(&self, whom: Whom) -> bool {
        let snapshot = self.snapshot;
        let department = || snapshot.departments.accept(whom.handle());
        let heads = |at| self.headed.contains(&at);
        match whom.kind {
            Kind::User => self.is(whom.handle()),
            Kind::Employee => self.is(whom.handle()) && !self.departments.is_empty(),
            Kind::Department | Kind::EmployeesOf => {
                department().is_some_and(|at| self.departments.contains(&at))
            }
            Kind::DepartmentTree => {
                department().is_some_and(|root| snapshot.departments.contain(root, &self.departments))
            }
            Kind::UserGroup => {
                let group = snapshot.membership.user_groups.accept(whom.handle());
                group.is_some_and(|group| self.groups.binary_search(&group).is_ok())
            }
            Kind::Members => self.ranks_from(whom, Rank::Member),
            Kind::Moderators => self.ranks_from(whom, Rank::Moderator),
            Kind::Owner => self.ranks_from(whom, Rank::Owner),
            Kind::Heads => !self.headed.is_empty(),
            Kind::HeadsOf => department().is_some_and(heads),
            Kind::Deputies => !self.deputises.is_empty(),
            Kind::DeputiesOf => department().is_some_and(|at| self.deputises.iter().any(|(_, of)| *of == at)),
            Kind::Employees => !self.departments.is_empty(),
            Kind::Administrators => self.administrator,
            Kind::SignedIn => self.is_signed_in(),
            Kind::Everyone => true,
            Kind::Author => false,
        }
    }

    /// Every subject that he is in, sorted.
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        let mut all = vec![Subject::Everyone];
        if let Some(key) = self.user.and_then(|user| self.snapshot.user_key(user)) {
            all.extend([Subject::User(key.clone()), Subject::SignedIn]);
            all.extend((!self.departments.is_empty()).then(|| Subject::Employee(key.clone())));
        }
        all.extend(self.administrator.then_some(Subject::Administrators));
        self.list_departments(&mut all);
        let (user_groups, social_groups) =
            (&self.snapshot.membership.user_groups, &self.snapshot.membership.social_groups);
        all.extend(self.groups.iter().filter_map(|it| user_groups.key(*it)).cloned().map(Subject::UserGroup));
        for (_, group, rank) in self.ranks {
            let ranks = [Rank::Member, Rank::Moderator, Rank::Owner];
            let key = social_groups.key(*group);
            let reached = ranks.into_iter().filter(|it| it <= rank);
            all.extend(reached.filter_map(|it| Some(Subject::SocialGroup(key?.clone(), it))));
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    fn list_departments(&self, all: &mut Vec<Subject>) {
        let departments = &self.snapshot.departments;
        let key = |at: Ix<Walk>| departments.key(at).cloned();
        for at in &self.departments {
            let own = key(*at);
            all.extend(own.clone().map(Subject::Department));
            all.extend(own.map(|key| Subject::Employees(Unit::Of(key))));
            all.extend(departments.upward(*at).filter_map(key).map(Subject::DepartmentTree));
        }
        all.extend(self.headed.iter().filter_map(|at| Some(Subject::Heads(Unit::Of(key(*at)?)))));
        all.extend(self.deputises.iter().filter_map(|(_, at)| Some(Subject::Deputies(Unit::Of(key(*at)?)))));
        let any = |any: bool, all: fn(Unit) -> Subject| any.then(|| all(Unit::Anywhere));
        all.extend(any(!self.departments.is_empty(), Subject::Employees));
        all.extend(any(!self.headed.is_empty(), Subject::Heads));
        all.extend(any(!self.deputises.is_empty(), Subject::Deputies));
    }

    fn ranks_from(&self, whom: Whom, at_least: Rank) -> bool {
        let group = self.snapshot.membership.social_groups.accept(whom.handle());
        let found = group.and_then(|group| {
            let at = self.ranks.binary_search_by_key(&group, |(_, group, _)| *group).ok()?;
            self.ranks.get(at)
        });
        found.is_some_and(|(_, _, rank)| *rank >= at_least)
    }

    /// The first moment after this one at which he is in other groups, if nothing is changed in the meantime.
    pub(crate) fn first_change(&self, at: Moment) -> Option<Moment> {
        let user = self.snapshot.people.position(self.user?)?;
        self.snapshot.circles.first_change(user, at)
    }
}
