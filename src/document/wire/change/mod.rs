//! Changes of policies and directories.

mod shapes;

use serde::{Deserialize, Serialize};

use super::WireKey;
use super::directory::{WireDepartment, WireSocialGroup, WireUser, WireUserGroup};
use super::limit::WireLimit;
use super::policy::{WireAssignment, WireCombining, WireDelegation, WireRole};
use super::substitution::WireSubstitution;
use super::ticket_group::WireTicketGroup;
use crate::change::Change;
use crate::directory::{Department, SocialGroup, TicketGroup, User, UserGroup};
use crate::policy::{Limit, Role};
use shapes::{
    WireAdministrator, WireCell, WireCellAt, WireDismissed, WireFlagged, WireMember, WireMoves,
    WireMovesFrom, WireRanked, WireRenaming, WireSeat, WireStay,
};

/// Changes in a document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "changes (an object)")]
pub(in crate::document) struct WireChanges {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    changes: Vec<WireChange>,
}

/// A change in a document: an object with one member, which says what is done.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[serde(expecting = "a change (an object with one member, such as {\"remove_role\": \"seller\"})")]
pub(super) enum WireChange {
    SetRight(WireCell),
    ClearRight(WireCellAt),
    SetTransition(WireMoves),
    ClearTransition(WireMovesFrom),
    PutRole(WireRole),
    RenameRole(WireRenaming),
    RemoveRole(WireKey<Role>),
    Assign(WireAssignment),
    Withdraw(WireAssignment),
    Substitute(WireSubstitution),
    EndSubstitution(WireSubstitution),
    PutLimit(WireLimit),
    RemoveLimit(WireKey<Limit>),
    SetCombining(WireCombining),
    SetDelegation(WireDelegation),
    PutUser(WireUser),
    PutDepartment(WireDepartment),
    PutUserGroup(WireUserGroup),
    PutSocialGroup(WireSocialGroup),
    PutTicketGroup(WireTicketGroup),
    RemoveUser(WireKey<User>),
    RemoveDepartment(WireKey<Department>),
    RemoveUserGroup(WireKey<UserGroup>),
    RemoveSocialGroup(WireKey<SocialGroup>),
    RemoveTicketGroup(WireKey<TicketGroup>),
    SitIn(WireSeat),
    Leave(WireSeat),
    JoinUserGroup(WireStay),
    LeaveUserGroup(WireStay),
    JoinSocialGroup(WireRanked),
    LeaveSocialGroup(WireMember<SocialGroup>),
    Ban(WireMember<SocialGroup>),
    JoinTicketGroup(WireFlagged),
    LeaveTicketGroup(WireMember<TicketGroup>),
    SetDismissed(WireDismissed),
    SetAdministrator(WireAdministrator),
}

impl WireChanges {
    pub(in crate::document) fn into_domain(self) -> Vec<Change> {
        self.changes.into_iter().map(Change::from).collect()
    }
}

impl From<&[Change]> for WireChanges {
    fn from(changes: &[Change]) -> Self {
        Self { changes: changes.iter().map(WireChange::from).collect() }
    }
}

impl From<WireChange> for Change {
    fn from(wire: WireChange) -> Self {
        match wire {
            WireChange::SetRight(it) => it.into(),
            WireChange::ClearRight(it) => {
                Self::ClearRight { role: it.role.0, place: it.place.0, action: it.action.0 }
            }
            WireChange::SetTransition(it) => it.into(),
            WireChange::ClearTransition(it) => Self::ClearTransition { role: it.role.0, from: it.from.0 },
            WireChange::PutRole(it) => Self::PutRole(it.into()),
            WireChange::RenameRole(it) => Self::RenameRole { role: it.role.0, to: it.to.0 },
            WireChange::RemoveRole(key) => Self::RemoveRole(key.0),
            WireChange::Assign(it) => Self::Assign(it.into()),
            WireChange::Withdraw(it) => Self::Withdraw(it.into()),
            WireChange::Substitute(it) => Self::Substitute(it.into()),
            WireChange::EndSubstitution(it) => Self::EndSubstitution(it.into()),
            WireChange::PutLimit(it) => Self::PutLimit(it.into()),
            WireChange::RemoveLimit(key) => Self::RemoveLimit(key.0),
            WireChange::SetCombining(rule) => Self::SetCombining(rule.into()),
            WireChange::SetDelegation(rule) => Self::SetDelegation(rule.into()),
            WireChange::PutUser(it) => Self::PutUser(it.into()),
            WireChange::PutDepartment(it) => Self::PutDepartment(it.into()),
            WireChange::PutUserGroup(it) => Self::PutUserGroup(it.into()),
            WireChange::PutSocialGroup(it) => Self::PutSocialGroup(it.into()),
            WireChange::PutTicketGroup(it) => Self::PutTicketGroup(it.into()),
            WireChange::RemoveUser(key) => Self::RemoveUser(key.0),
            WireChange::RemoveDepartment(key) => Self::RemoveDepartment(key.0),
            WireChange::RemoveUserGroup(key) => Self::RemoveUserGroup(key.0),
            WireChange::RemoveSocialGroup(key) => Self::RemoveSocialGroup(key.0),
            WireChange::RemoveTicketGroup(key) => Self::RemoveTicketGroup(key.0),
            WireChange::SitIn(it) => Self::SitIn { user: it.user.0, department: it.department.0 },
            WireChange::Leave(it) => Self::Leave { user: it.user.0, department: it.department.0 },
            WireChange::JoinUserGroup(it) => {
                let (group, membership) = it.into_parts();
                Self::JoinUserGroup { group, membership }
            }
            WireChange::LeaveUserGroup(it) => {
                let (group, membership) = it.into_parts();
                Self::LeaveUserGroup { group, membership }
            }
            WireChange::JoinSocialGroup(it) => {
                Self::JoinSocialGroup { group: it.group.0, user: it.user.0, rank: it.rank.into() }
            }
            WireChange::LeaveSocialGroup(it) => Self::LeaveSocialGroup { group: it.group.0, user: it.user.0 },
            WireChange::Ban(it) => Self::Ban { group: it.group.0, user: it.user.0 },
            WireChange::JoinTicketGroup(it) => it.into(),
            WireChange::LeaveTicketGroup(it) => Self::LeaveTicketGroup { group: it.group.0, user: it.user.0 },
            WireChange::SetDismissed(it) => Self::SetDismissed { user: it.user.0, dismissed: it.dismissed },
            WireChange::SetAdministrator(it) => {
                Self::SetAdministrator { user: it.user.0, administrator: it.administrator }
            }
        }
    }
}

impl From<&Change> for WireChange {
    fn from(change: &Change) -> Self {
        match change {
            Change::SetRight { role, right } => Self::SetRight(WireCell::new(role, right)),
            Change::ClearRight { role, place, action } => {
                Self::ClearRight(WireCellAt::new(role, place, action))
            }
            Change::SetTransition { role, transition } => {
                Self::SetTransition(WireMoves::new(role, transition))
            }
            Change::ClearTransition { role, from } => Self::ClearTransition(WireMovesFrom::new(role, from)),
            Change::PutRole(it) => Self::PutRole(it.into()),
            Change::RenameRole { role, to } => Self::RenameRole(WireRenaming::new(role, to)),
            Change::RemoveRole(key) => Self::RemoveRole(key.into()),
            Change::Assign(it) => Self::Assign(it.into()),
            Change::Withdraw(it) => Self::Withdraw(it.into()),
            Change::Substitute(it) => Self::Substitute(it.into()),
            Change::EndSubstitution(it) => Self::EndSubstitution(it.into()),
            Change::PutLimit(it) => Self::PutLimit(it.into()),
            Change::RemoveLimit(key) => Self::RemoveLimit(key.into()),
            Change::SetCombining(rule) => Self::SetCombining((*rule).into()),
            Change::SetDelegation(rule) => Self::SetDelegation((*rule).into()),
            Change::PutUser(it) => Self::PutUser(it.into()),
            Change::PutDepartment(it) => Self::PutDepartment(it.into()),
            Change::PutUserGroup(it) => Self::PutUserGroup(it.into()),
            Change::PutSocialGroup(it) => Self::PutSocialGroup(it.into()),
            Change::PutTicketGroup(it) => Self::PutTicketGroup(it.into()),
            Change::RemoveUser(key) => Self::RemoveUser(key.into()),
            Change::RemoveDepartment(key) => Self::RemoveDepartment(key.into()),
            Change::RemoveUserGroup(key) => Self::RemoveUserGroup(key.into()),
            Change::RemoveSocialGroup(key) => Self::RemoveSocialGroup(key.into()),
            Change::RemoveTicketGroup(key) => Self::RemoveTicketGroup(key.into()),
            Change::SitIn { user, department } => Self::SitIn(WireSeat::new(user, department)),
            Change::Leave { user, department } => Self::Leave(WireSeat::new(user, department)),
            Change::JoinUserGroup { group, membership } => {
                Self::JoinUserGroup(WireStay::new(group, membership))
            }
            Change::LeaveUserGroup { group, membership } => {
                Self::LeaveUserGroup(WireStay::new(group, membership))
            }
            Change::JoinSocialGroup { group, user, rank } => {
                Self::JoinSocialGroup(WireRanked::new(group, user, *rank))
            }
            Change::LeaveSocialGroup { group, user } => Self::LeaveSocialGroup(WireMember::new(group, user)),
            Change::Ban { group, user } => Self::Ban(WireMember::new(group, user)),
            Change::JoinTicketGroup { group, member } => {
                Self::JoinTicketGroup(WireFlagged::new(group, member))
            }
            Change::LeaveTicketGroup { group, user } => Self::LeaveTicketGroup(WireMember::new(group, user)),
            Change::SetDismissed { user, dismissed } => {
                Self::SetDismissed(WireDismissed::new(user, *dismissed))
            }
            Change::SetAdministrator { user, administrator } => {
                Self::SetAdministrator(WireAdministrator::new(user, *administrator))
            }
        }
    }
}
