//! How a user comes to hold a role: the assignments, and the ways that lead from him to their subjects.
//!
//! Nothing here is asked on a check. It is kept so that an explanation, a year later, can name the assignment and the
//! membership without the policy and the directory that the snapshot was made from.

use crate::directory::{Department, SocialGroup, User, UserGroup};
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::moment::{Moment, Window};
use crate::policy::{Rank, Role, Subject, Unit};
use crate::snapshot::departments::Walk;
use crate::snapshot::terms::Terms;
use crate::snapshot::{Apart, Snapshot, Standing};

/// An assignment, numbered.
#[derive(Debug)]
pub(crate) struct Grant {
    pub(crate) role: Ix<Role>,
    pub(crate) to: Subject,
    pub(crate) terms: Terms,
    /// In what way the role is held apart from others, if it is.
    pub(crate) apart: Option<Apart>,
}

/// How a user is in the subject of an assignment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Route {
    /// He is the subject.
    Himself,
    /// He sits in the department.
    SitsIn(Key<Department>),
    /// He heads the department.
    Heads(Key<Department>),
    /// He is a deputy of the department.
    Deputy(Key<Department>),
    /// He belongs to the first department, which hangs below the second, and so on up to the subject's.
    Below(Vec<Key<Department>>),
    /// He is a member of the last group, for this long, which the one before includes, and so on up to the subject's.
    UserGroup(Vec<Key<UserGroup>>, Window),
    /// He has this rank in the social group.
    SocialGroup(Key<SocialGroup>, Rank),
    /// He is an administrator.
    Administrator,
    /// He is signed in.
    SignedIn,
    /// Everyone is in it.
    Everyone,
}

/// A user, as far as routes depend on him; nobody, for a visitor who has not signed in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Traveller {
    user: Option<Ix<User>>,
    standing: Standing,
    dismissed: bool,
}

impl Traveller {
    pub(crate) fn is_administrator(self) -> bool {
        self.standing.is_administrator()
    }
}

impl Snapshot {
    /// The user as a traveller. A dismissed one has no routes, and an unknown one those of a visitor.
    pub(crate) fn traveller(&self, user: Handle<User>) -> Traveller {
        let row = self.people.accept(user);
        Traveller {
            user: row.map(|_| Ix::new(user.position)),
            standing: row.map_or(Standing::NOWHERE, |row| row.standing()),
            dismissed: row.is_some_and(|row| row.standing().is_dismissed()),
        }
    }

    /// The ways in which the user is in the subject, whatever the moment; none, if he is not. A user can be in it in several.
    pub(crate) fn routes(&self, traveller: Traveller, to: &Subject) -> Vec<Route> {
        if traveller.dismissed {
            return Vec::new();
        }
        if let Subject::Everyone = to {
            return vec![Route::Everyone];
        }
        let Some(user) = traveller.user else { return Vec::new() };
        let member = self.people.departments(traveller.standing);
        match to {
            Subject::User(key) => self.himself(user, key),
            Subject::Employee(_) if member.is_empty() => Vec::new(),
            Subject::Employee(key) => self.himself(user, key),
            Subject::Department(key) | Subject::Employees(Unit::Of(key)) => self.membership(traveller, key),
            Subject::DepartmentTree(key) => self.below(traveller, key),
            Subject::UserGroup(key) => self.group_routes(user, key),
            Subject::SocialGroup(key, rank) => self.rank_routes(user, key, *rank),
            Subject::Heads(unit) => self.headed_routes(traveller, unit),
            Subject::Deputies(unit) => self.deputy_routes(user, unit),
            Subject::Employees(Unit::Anywhere) => {
                member.iter().flat_map(|at| self.belongs(traveller, *at)).collect()
            }
            Subject::Administrators if traveller.standing.is_administrator() => vec![Route::Administrator],
            Subject::SignedIn => vec![Route::SignedIn],
            Subject::Administrators | Subject::Everyone | Subject::Author => Vec::new(),
        }
    }

    fn himself(&self, user: Ix<User>, key: &Key<User>) -> Vec<Route> {
        let same = self.people.find(key.borrow()).is_some_and(|handle| handle.position == user.position());
        if same { vec![Route::Himself] } else { Vec::new() }
    }

    fn membership(&self, traveller: Traveller, key: &Key<Department>) -> Vec<Route> {
        let department = self.departments.find(key);
        let member = self.people.departments(traveller.standing);
        let here = department.filter(|department| member.contains(department));
        here.map(|at| self.belongs(traveller, at)).unwrap_or_default()
    }

    /// How he belongs to a department that he is a member of.
    fn belongs(&self, traveller: Traveller, at: Ix<Walk>) -> Vec<Route> {
        let Some(key) = self.departments.key(at) else { return Vec::new() };
        if self.people.headed(traveller.standing).contains(&at) {
            vec![Route::Heads(key.clone())]
        } else {
            vec![Route::SitsIn(key.clone())]
        }
    }

    fn below(&self, traveller: Traveller, key: &Key<Department>) -> Vec<Route> {
        let Some(root) = self.departments.find(key) else { return Vec::new() };
        let inside = |at: &Ix<Walk>| (root.position()..self.departments.end(root)).contains(&at.position());
        let member = self.people.departments(traveller.standing);
        let ways = member.into_iter().filter(inside).flat_map(|at| {
            if at == root {
                return self.belongs(traveller, at);
            }
            let way = self.departments.upward(at).take_while(|above| *above != root).chain([root]);
            vec![Route::Below(way.filter_map(|at| self.departments.key(at)).cloned().collect())]
        });
        ways.collect()
    }

    fn group_routes(&self, user: Ix<User>, key: &Key<UserGroup>) -> Vec<Route> {
        let Some(group) = self.membership.user_groups.find(key.borrow()) else { return Vec::new() };
        let key_of = |group: &Ix<UserGroup>| self.membership.user_groups.key(*group).cloned();
        let routes = self
            .membership
            .ways_into(group, user)
            .into_iter()
            .map(|(way, window)| Route::UserGroup(way.iter().filter_map(key_of).collect(), window));
        routes.collect()
    }

    fn rank_routes(&self, user: Ix<User>, key: &Key<SocialGroup>, at_least: Rank) -> Vec<Route> {
        let Some(group) = self.membership.social_groups.find(key.borrow()) else { return Vec::new() };
        let rank = self.membership.rank(group, user).filter(|rank| *rank >= at_least);
        rank.map(|rank| Route::SocialGroup(key.clone(), rank)).into_iter().collect()
    }

    fn headed_routes(&self, traveller: Traveller, unit: &Unit) -> Vec<Route> {
        let headed = self.people.headed(traveller.standing).into_iter();
        headed
            .filter(|at| self.in_unit(*at, unit))
            .filter_map(|at| self.departments.key(at))
            .cloned()
            .map(Route::Heads)
            .collect()
    }

    fn deputy_routes(&self, user: Ix<User>, unit: &Unit) -> Vec<Route> {
        let of =
            self.membership.deputies.iter().filter(|(deputy, at)| *deputy == user && self.in_unit(*at, unit));
        of.filter_map(|(_, at)| self.departments.key(*at)).cloned().map(Route::Deputy).collect()
    }

    fn in_unit(&self, at: Ix<Walk>, unit: &Unit) -> bool {
        match unit {
            Unit::Anywhere => true,
            Unit::Of(key) => self.departments.find(key) == Some(at),
        }
    }
}

impl Route {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Himself => "himself",
            Self::SitsIn(_) => "sits-in",
            Self::Heads(_) => "heads",
            Self::Deputy(_) => "deputy",
            Self::Below(_) => "below",
            Self::UserGroup(..) => "user-group",
            Self::SocialGroup(..) => "social-group",
            Self::Administrator => "administrator",
            Self::SignedIn => "signed-in",
            Self::Everyone => "everyone",
        }
    }

    /// When the route is open.
    pub fn window(&self) -> Window {
        match self {
            Self::UserGroup(_, window) => *window,
            Self::Himself
            | Self::SitsIn(_)
            | Self::Heads(_)
            | Self::Deputy(_)
            | Self::Below(_)
            | Self::SocialGroup(..)
            | Self::Administrator
            | Self::SignedIn
            | Self::Everyone => Window::ALWAYS,
        }
    }

    /// Whether the route is open at this moment.
    pub fn is_open(&self, at: Moment) -> bool {
        self.window().contains(at)
    }
}
