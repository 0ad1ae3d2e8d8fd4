//! Features of social groups, and audiences.

use serde::{Deserialize, Serialize};

use super::freedom::WireFreedom;
use super::{WireKey, is_false};
use crate::audience::{Audience, Feature, Operation};
use crate::vocabulary::{FeatureRule, OperationRule};

/// A feature in a document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a feature (an object)")]
pub(super) struct WireFeature {
    key: WireKey<Feature>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    operations: Vec<WireOperation>,
    #[serde(default, skip_serializing_if = "WireFreedom::is_always")]
    administrators: WireFreedom,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an operation (an object)")]
struct WireOperation {
    key: WireKey<Operation>,
    default: WireAudience,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    default_in_open: Option<WireAudience>,
    #[serde(default, skip_serializing_if = "is_false")]
    for_viewing: bool,
    #[serde(default = "every", skip_serializing_if = "is_every")]
    audiences: Vec<WireAudience>,
}

/// An audience in a document.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(
    rename_all = "snake_case",
    expecting = "an audience (\"owner\", \"moderators\", \"members\", \"employees\", \"signed_in\" or \"everyone\")"
)]
pub(super) enum WireAudience {
    Owner,
    Moderators,
    Members,
    Employees,
    SignedIn,
    Everyone,
}

fn every() -> Vec<WireAudience> {
    Audience::ALL.map(WireAudience::from).to_vec()
}

fn is_every(audiences: &[WireAudience]) -> bool {
    *audiences == every()
}

impl From<WireFeature> for FeatureRule {
    fn from(wire: WireFeature) -> Self {
        Self {
            key: wire.key.0,
            operations: wire.operations.into_iter().map(OperationRule::from).collect(),
            administrators: wire.administrators.into(),
        }
    }
}

impl From<&FeatureRule> for WireFeature {
    fn from(feature: &FeatureRule) -> Self {
        Self {
            key: (&feature.key).into(),
            operations: feature.operations.iter().map(WireOperation::from).collect(),
            administrators: (&feature.administrators).into(),
        }
    }
}

impl From<WireOperation> for OperationRule {
    fn from(wire: WireOperation) -> Self {
        Self {
            key: wire.key.0,
            default: wire.default.into(),
            default_in_open: wire.default_in_open.map(Audience::from),
            for_viewing: wire.for_viewing,
            audiences: wire.audiences.into_iter().map(Audience::from).collect(),
        }
    }
}

impl From<&OperationRule> for WireOperation {
    fn from(operation: &OperationRule) -> Self {
        Self {
            key: (&operation.key).into(),
            default: operation.default.into(),
            default_in_open: operation.default_in_open.map(WireAudience::from),
            for_viewing: operation.for_viewing,
            audiences: operation.audiences.iter().copied().map(WireAudience::from).collect(),
        }
    }
}

impl From<WireAudience> for Audience {
    fn from(wire: WireAudience) -> Self {
        match wire {
            WireAudience::Owner => Self::Owner,
            WireAudience::Moderators => Self::Moderators,
            WireAudience::Members => Self::Members,
            WireAudience::Employees => Self::Employees,
            WireAudience::SignedIn => Self::SignedIn,
            WireAudience::Everyone => Self::Everyone,
        }
    }
}

impl From<Audience> for WireAudience {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Owner => Self::Owner,
            Audience::Moderators => Self::Moderators,
            Audience::Members => Self::Members,
            Audience::Employees => Self::Employees,
            Audience::SignedIn => Self::SignedIn,
            Audience::Everyone => Self::Everyone,
        }
    }
}
