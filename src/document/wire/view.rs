//! The other views of a viewer.

use serde::Serialize;

use super::movement::WireMovement;
use super::ownership::WireOwnership;
use super::reason::{WireDemand, WireHolding, WireTie};
use super::{WireKey, is_true};
use crate::directory::{Department, User};
use crate::explain::{OtherView, Perspective};
use crate::policy::AuditMark;

/// What makes a view another, in a document.
#[derive(Serialize)]
pub(in crate::document) struct WirePerspective {
    #[serde(skip_serializing_if = "Option::is_none")]
    absent: Option<WireKey<User>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<WireKey<Department>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audited_as: Option<WireKey<AuditMark>>,
}

impl From<&Perspective> for WirePerspective {
    fn from(perspective: &Perspective) -> Self {
        Self {
            absent: perspective.absent.as_ref().map(Into::into),
            reason: perspective.reason.clone(),
            within: perspective.within.as_ref().map(Into::into),
            audited_as: perspective.audited_as.as_ref().map(Into::into),
        }
    }
}

/// A view in a document.
#[derive(Serialize)]
pub(in crate::document) struct WireView {
    #[serde(flatten)]
    perspective: WirePerspective,
    allowed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    denial: Option<&'static str>,
    #[serde(skip_serializing_if = "is_true")]
    passes: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    inside: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<WireHolding>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ties: Vec<WireTie>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    demands: Vec<WireDemand>,
    #[serde(skip_serializing_if = "Option::is_none")]
    movement: Option<WireMovement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ownership: Option<WireOwnership>,
}

impl From<&OtherView> for WireView {
    fn from(view: &OtherView) -> Self {
        Self {
            perspective: (&view.perspective).into(),
            allowed: view.decision.is_allowed(),
            denial: view.decision.denial().map(|denial| denial.code()),
            passes: view.passes,
            inside: view.inside,
            roles: view.roles.iter().map(WireHolding::from).collect(),
            ties: view.ties.iter().map(WireTie::from).collect(),
            demands: view.demands.iter().map(WireDemand::from).collect(),
            movement: view.movement.as_ref().map(WireMovement::from),
            ownership: view.ownership.as_ref().map(WireOwnership::from),
        }
    }
}
