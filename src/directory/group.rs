//! User groups, which may be dated and include each other.

use crate::directory::User;
use crate::key::Key;
use crate::moment::Window;

/// A list of users kept for handing out rights ("Management", "Night shift").
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserGroup {
    /// Its key.
    pub key: Key<UserGroup>,
    /// Its own members.
    pub members: Vec<Membership>,
    /// Groups whose members are members of this one too, through any number of steps. Groups that include each other in
    /// a circle all have the same members.
    pub includes: Vec<Key<UserGroup>>,
    /// Switched off, a group has no members, and passes none on.
    pub active: bool,
}

/// One user's time in a user group.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Membership {
    /// The member.
    pub user: Key<User>,
    /// When. A user who comes and goes has several memberships.
    pub window: Window,
}

impl Membership {
    /// The membership of this user in this window.
    pub fn new(user: impl Into<Key<User>>, window: impl Into<Window>) -> Self {
        Self { user: user.into(), window: window.into() }
    }
}

impl UserGroup {
    /// An active group of nobody.
    pub fn new(key: impl Into<Key<UserGroup>>) -> Self {
        Self { key: key.into(), members: Vec::new(), includes: Vec::new(), active: true }
    }

    /// Adds a member for good.
    #[must_use]
    pub fn member(self, user: impl Into<Key<User>>) -> Self {
        self.member_during(user, Window::ALWAYS)
    }

    /// Adds a member for a while, both ends inclusive.
    #[must_use]
    pub fn member_during(mut self, user: impl Into<Key<User>>, window: impl Into<Window>) -> Self {
        self.members.push(Membership::new(user, window));
        self
    }

    /// Makes the members of another group members of this one.
    #[must_use]
    pub fn including(mut self, group: impl Into<Key<UserGroup>>) -> Self {
        self.includes.push(group.into());
        self
    }

    /// Switches the group off.
    #[must_use]
    pub fn switched_off(mut self) -> Self {
        self.active = false;
        self
    }
}
