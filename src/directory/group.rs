//! User groups, which may be dated and include each other, and social groups, which have ranks.

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

/// A workgroup or project: people who joined, at a rank.
///
/// A user stands in a social group at most once: listing him twice, at whatever ranks, is a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SocialGroup {
    /// Its key.
    pub key: Key<SocialGroup>,
    /// Who owns it.
    pub owner: Key<User>,
    /// Who moderates it.
    pub moderators: Vec<Key<User>>,
    /// The other members.
    pub members: Vec<Key<User>>,
    /// Who asked to join, or was asked. They hold nothing through the group.
    pub pending: Vec<Key<User>>,
    /// Who was put out. They hold nothing through the group.
    pub banned: Vec<Key<User>>,
}

impl SocialGroup {
    /// A group of its owner alone.
    pub fn new(key: impl Into<Key<SocialGroup>>, owner: impl Into<Key<User>>) -> Self {
        Self {
            key: key.into(),
            owner: owner.into(),
            moderators: Vec::new(),
            members: Vec::new(),
            pending: Vec::new(),
            banned: Vec::new(),
        }
    }

    /// Adds a moderator.
    #[must_use]
    pub fn moderator(mut self, user: impl Into<Key<User>>) -> Self {
        self.moderators.push(user.into());
        self
    }

    /// Adds a plain member.
    #[must_use]
    pub fn member(mut self, user: impl Into<Key<User>>) -> Self {
        self.members.push(user.into());
        self
    }

    /// Adds somebody whose request or invitation is not answered yet.
    #[must_use]
    pub fn pending(mut self, user: impl Into<Key<User>>) -> Self {
        self.pending.push(user.into());
        self
    }

    /// Bans somebody.
    #[must_use]
    pub fn banned(mut self, user: impl Into<Key<User>>) -> Self {
        self.banned.push(user.into());
        self
    }
}
