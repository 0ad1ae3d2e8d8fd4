//! The policy, without its vocabulary.

use serde::{Deserialize, Serialize};

use super::instant::{ends, window};
use super::limit::WireLimit;
use super::subject::WireSubject;
use super::substitution::WireSubstitution;
use super::{WireInstant, WireKey, WirePlace, is_default, keys, wire_keys};
use crate::directory::Department;
use crate::policy::{
    Assignment, AuditMark, Combining, Delegation, Limit, Policy, Right, Role, Substitution, Targets,
    Transition,
};
use crate::vocabulary::{Action, Circumstance, Level, Stage, Vocabulary};

/// A policy in a document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a policy (an object)")]
pub(in crate::document) struct WirePolicy {
    #[serde(default, skip_serializing_if = "is_default")]
    combining: WireCombining,
    #[serde(default, skip_serializing_if = "is_default")]
    delegation: WireDelegation,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    roles: Vec<WireRole>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    assignments: Vec<WireAssignment>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    limits: Vec<WireLimit>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    substitutions: Vec<WireSubstitution>,
}

#[derive(Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "a combining (\"most_specific\" or \"most_permissive\")")]
pub(super) enum WireCombining {
    #[default]
    MostSpecific,
    MostPermissive,
}

#[derive(Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "a delegation (\"free\" or \"own_rights_only\")")]
pub(super) enum WireDelegation {
    #[default]
    Free,
    OwnRightsOnly,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a role (an object)")]
pub(super) struct WireRole {
    key: WireKey<Role>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rights: Vec<WireRight>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    transitions: Vec<WireTransition>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    supersedes: Vec<WireKey<Role>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a right (an object)")]
struct WireRight {
    place: WirePlace,
    action: WireKey<Action>,
    level: WireKey<Level>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a transition (an object)")]
pub(super) struct WireTransition {
    from: WirePlace,
    to: WireTargets,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "targets (\"any\" or {\"stages\": [...]})")]
pub(super) enum WireTargets {
    Any,
    Stages(Vec<WireKey<Stage>>),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an assignment (an object)")]
pub(in crate::document) struct WireAssignment {
    role: WireKey<Role>,
    to: WireSubject,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<WireInstant>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<WireInstant>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    when: Vec<WireKey<Circumstance>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    within: Option<WireKey<Department>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    audited_as: Option<WireKey<AuditMark>>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    audits_everything: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl WirePolicy {
    pub(in crate::document) fn into_domain(self, vocabulary: Vocabulary) -> Policy {
        Policy {
            vocabulary,
            combining: self.combining.into(),
            delegation: self.delegation.into(),
            roles: self.roles.into_iter().map(Role::from).collect(),
            assignments: self.assignments.into_iter().map(Assignment::from).collect(),
            limits: self.limits.into_iter().map(Limit::from).collect(),
            substitutions: self.substitutions.into_iter().map(Substitution::from).collect(),
        }
    }
}

impl From<&Policy> for WirePolicy {
    fn from(policy: &Policy) -> Self {
        Self {
            combining: policy.combining.into(),
            delegation: policy.delegation.into(),
            roles: policy.roles.iter().map(WireRole::from).collect(),
            assignments: policy.assignments.iter().map(WireAssignment::from).collect(),
            limits: policy.limits.iter().map(WireLimit::from).collect(),
            substitutions: policy.substitutions.iter().map(WireSubstitution::from).collect(),
        }
    }
}

impl From<WireCombining> for Combining {
    fn from(wire: WireCombining) -> Self {
        match wire {
            WireCombining::MostSpecific => Self::MostSpecific,
            WireCombining::MostPermissive => Self::MostPermissive,
        }
    }
}

impl From<Combining> for WireCombining {
    fn from(combining: Combining) -> Self {
        match combining {
            Combining::MostSpecific => Self::MostSpecific,
            Combining::MostPermissive => Self::MostPermissive,
        }
    }
}

impl From<WireDelegation> for Delegation {
    fn from(wire: WireDelegation) -> Self {
        match wire {
            WireDelegation::Free => Self::Free,
            WireDelegation::OwnRightsOnly => Self::OwnRightsOnly,
        }
    }
}

impl From<Delegation> for WireDelegation {
    fn from(delegation: Delegation) -> Self {
        match delegation {
            Delegation::Free => Self::Free,
            Delegation::OwnRightsOnly => Self::OwnRightsOnly,
        }
    }
}

impl From<WireRole> for Role {
    fn from(wire: WireRole) -> Self {
        Self {
            key: wire.key.0,
            rights: wire.rights.into_iter().map(Right::from).collect(),
            transitions: wire.transitions.into_iter().map(Transition::from).collect(),
            supersedes: keys(wire.supersedes),
        }
    }
}

impl From<&Role> for WireRole {
    fn from(role: &Role) -> Self {
        Self {
            key: (&role.key).into(),
            rights: role.rights.iter().map(WireRight::from).collect(),
            transitions: role.transitions.iter().map(WireTransition::from).collect(),
            supersedes: wire_keys(&role.supersedes),
        }
    }
}

impl From<WireRight> for Right {
    fn from(wire: WireRight) -> Self {
        Self { place: wire.place.0, action: wire.action.0, level: wire.level.0 }
    }
}

impl From<&Right> for WireRight {
    fn from(right: &Right) -> Self {
        Self { place: (&right.place).into(), action: (&right.action).into(), level: (&right.level).into() }
    }
}

impl From<WireTransition> for Transition {
    fn from(wire: WireTransition) -> Self {
        Self { from: wire.from.0, to: wire.to.into() }
    }
}

impl From<&Transition> for WireTransition {
    fn from(transition: &Transition) -> Self {
        Self { from: (&transition.from).into(), to: (&transition.to).into() }
    }
}

impl From<WireTargets> for Targets {
    fn from(wire: WireTargets) -> Self {
        match wire {
            WireTargets::Any => Self::Any,
            WireTargets::Stages(stages) => Self::Stages(keys(stages)),
        }
    }
}

impl From<&Targets> for WireTargets {
    fn from(targets: &Targets) -> Self {
        match targets {
            Targets::Any => Self::Any,
            Targets::Stages(stages) => Self::Stages(wire_keys(stages)),
        }
    }
}

impl From<WireAssignment> for Assignment {
    fn from(wire: WireAssignment) -> Self {
        Self {
            role: wire.role.0,
            to: wire.to.into(),
            window: window(wire.from, wire.until),
            when: keys(wire.when),
            within: wire.within.map(|key| key.0),
            audited_as: wire.audited_as.map(|key| key.0),
            audits_everything: wire.audits_everything,
            reason: wire.reason,
        }
    }
}

impl From<&Assignment> for WireAssignment {
    fn from(assignment: &Assignment) -> Self {
        let (from, until) = ends(assignment.window);
        Self {
            role: (&assignment.role).into(),
            to: (&assignment.to).into(),
            from,
            until,
            when: wire_keys(&assignment.when),
            within: assignment.within.as_ref().map(Into::into),
            audited_as: assignment.audited_as.as_ref().map(Into::into),
            audits_everything: assignment.audits_everything,
            reason: assignment.reason.clone(),
        }
    }
}
