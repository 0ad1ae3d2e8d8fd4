//! What changes speak of: a cell of a role, a seat, somebody's time in a group.

use serde::{Deserialize, Serialize};

use crate::change::Change;
use crate::directory::{Department, Membership, SocialGroup, TicketGroup, TicketMember, User, UserGroup};
use crate::document::wire::instant::{ends, window};
use crate::document::wire::policy::WireTargets;
use crate::document::wire::subject::WireRank;
use crate::document::wire::{WireInstant, WireKey, WirePlace, is_false};
use crate::key::Key;
use crate::policy::{Rank, Right, Role, Transition};
use crate::vocabulary::{Action, Level, Place};

/// A cell of a role, and what it says.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a right of a role (an object)")]
pub(in crate::document) struct WireCell {
    pub(super) role: WireKey<Role>,
    place: WirePlace,
    action: WireKey<Action>,
    level: WireKey<Level>,
}

/// A cell of a role.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a cell of a role (an object)")]
pub(in crate::document) struct WireCellAt {
    pub(super) role: WireKey<Role>,
    pub(super) place: WirePlace,
    pub(super) action: WireKey<Action>,
}

/// Where a role lets records go from a place.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a transition of a role (an object)")]
pub(in crate::document) struct WireMoves {
    pub(super) role: WireKey<Role>,
    from: WirePlace,
    to: WireTargets,
}

/// A place from which a role says where records may go.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a place of a role (an object with a `role` and a place `from`)")]
pub(in crate::document) struct WireMovesFrom {
    pub(super) role: WireKey<Role>,
    pub(super) from: WirePlace,
}

/// A seat in a department.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a seat (an object with a `user` and a `department`)")]
pub(in crate::document) struct WireSeat {
    pub(super) user: WireKey<User>,
    pub(super) department: WireKey<Department>,
}

/// One user's time in a user group.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a membership (an object with a `group` and a `user`)")]
pub(in crate::document) struct WireStay {
    pub(super) group: WireKey<UserGroup>,
    user: WireKey<User>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<WireInstant>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<WireInstant>,
}

/// A member of a social group, and his rank.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a member (an object with a `group`, a `user` and a `rank`)")]
pub(in crate::document) struct WireRanked {
    pub(super) group: WireKey<SocialGroup>,
    pub(super) user: WireKey<User>,
    pub(super) rank: WireRank,
}

/// Somebody in a group.
#[derive(Serialize, Deserialize)]
#[serde(bound = "", deny_unknown_fields, expecting = "a member (an object with a `group` and a `user`)")]
pub(in crate::document) struct WireMember<G> {
    pub(super) group: WireKey<G>,
    pub(super) user: WireKey<User>,
}

/// A member of a ticket group, and his flags.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a member (an object with a `group` and a `user`)")]
pub(in crate::document) struct WireFlagged {
    pub(super) group: WireKey<TicketGroup>,
    user: WireKey<User>,
    #[serde(default, skip_serializing_if = "is_false")]
    sees: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    told_of_new: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    told_of_changes: bool,
}

/// A role, and another key for it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a renaming (an object with a `role` and a key `to`)")]
pub(in crate::document) struct WireRenaming {
    pub(super) role: WireKey<Role>,
    pub(super) to: WireKey<Role>,
}

/// Whether a user is dismissed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with a `user`, and whether he is `dismissed`")]
pub(in crate::document) struct WireDismissed {
    pub(super) user: WireKey<User>,
    pub(super) dismissed: bool,
}

/// Whether a user is an administrator.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with a `user`, and whether he is an `administrator`")]
pub(in crate::document) struct WireAdministrator {
    pub(super) user: WireKey<User>,
    pub(super) administrator: bool,
}

impl WireCell {
    pub(super) fn new(role: &Key<Role>, right: &Right) -> Self {
        let Right { place, action, level } = right;
        Self { role: role.into(), place: place.into(), action: action.into(), level: level.into() }
    }
}

impl From<WireCell> for Change {
    fn from(wire: WireCell) -> Self {
        let right = Right { place: wire.place.0, action: wire.action.0, level: wire.level.0 };
        Self::SetRight { role: wire.role.0, right }
    }
}

impl WireCellAt {
    pub(super) fn new(role: &Key<Role>, place: &Place, action: &Key<Action>) -> Self {
        Self { role: role.into(), place: place.into(), action: action.into() }
    }
}

impl WireMoves {
    pub(super) fn new(role: &Key<Role>, transition: &Transition) -> Self {
        Self { role: role.into(), from: (&transition.from).into(), to: (&transition.to).into() }
    }
}

impl From<WireMoves> for Change {
    fn from(wire: WireMoves) -> Self {
        let transition = Transition { from: wire.from.0, to: wire.to.into() };
        Self::SetTransition { role: wire.role.0, transition }
    }
}

impl WireMovesFrom {
    pub(super) fn new(role: &Key<Role>, from: &Place) -> Self {
        Self { role: role.into(), from: from.into() }
    }
}

impl WireSeat {
    pub(super) fn new(user: &Key<User>, department: &Key<Department>) -> Self {
        Self { user: user.into(), department: department.into() }
    }
}

impl WireStay {
    pub(super) fn new(group: &Key<UserGroup>, membership: &Membership) -> Self {
        let (from, until) = ends(membership.window);
        Self { group: group.into(), user: (&membership.user).into(), from, until }
    }

    pub(super) fn into_parts(self) -> (Key<UserGroup>, Membership) {
        (self.group.0, Membership { user: self.user.0, window: window(self.from, self.until) })
    }
}

impl WireRanked {
    pub(super) fn new(group: &Key<SocialGroup>, user: &Key<User>, rank: Rank) -> Self {
        Self { group: group.into(), user: user.into(), rank: rank.into() }
    }
}

impl<G> WireMember<G> {
    pub(super) fn new(group: &Key<G>, user: &Key<User>) -> Self {
        Self { group: group.into(), user: user.into() }
    }
}

impl WireFlagged {
    pub(super) fn new(group: &Key<TicketGroup>, member: &TicketMember) -> Self {
        let TicketMember { user, sees, told_of_new, told_of_changes } = member;
        let (sees, told_of_new, told_of_changes) = (*sees, *told_of_new, *told_of_changes);
        Self { group: group.into(), user: user.into(), sees, told_of_new, told_of_changes }
    }
}

impl From<WireFlagged> for Change {
    fn from(wire: WireFlagged) -> Self {
        let WireFlagged { group, user, sees, told_of_new, told_of_changes } = wire;
        let member = TicketMember { user: user.0, sees, told_of_new, told_of_changes };
        Self::JoinTicketGroup { group: group.0, member }
    }
}

impl WireRenaming {
    pub(super) fn new(role: &Key<Role>, to: &Key<Role>) -> Self {
        Self { role: role.into(), to: to.into() }
    }
}

impl WireDismissed {
    pub(super) fn new(user: &Key<User>, dismissed: bool) -> Self {
        Self { user: user.into(), dismissed }
    }
}

impl WireAdministrator {
    pub(super) fn new(user: &Key<User>, administrator: bool) -> Self {
        Self { user: user.into(), administrator }
    }
}
