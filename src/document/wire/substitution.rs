//! Substitutions.

use serde::{Deserialize, Serialize};

use super::instant::{ends, window};
use super::{WireInstant, WireKey, WirePlace, keys, wire_keys};
use crate::directory::User;
use crate::policy::{Extent, Substitution};
use crate::vocabulary::Action;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a substitution (an object)")]
pub(super) struct WireSubstitution {
    absent: WireKey<User>,
    substitute: WireKey<User>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<WireInstant>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<WireInstant>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    only: Option<Vec<WireExtent>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an extent (an object)")]
struct WireExtent {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<WirePlace>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    actions: Option<Vec<WireKey<Action>>>,
}

impl From<WireSubstitution> for Substitution {
    fn from(wire: WireSubstitution) -> Self {
        Self {
            absent: wire.absent.0,
            substitute: wire.substitute.0,
            window: window(wire.from, wire.until),
            only: wire.only.map(|only| only.into_iter().map(Extent::from).collect()),
            reason: wire.reason,
        }
    }
}

impl From<&Substitution> for WireSubstitution {
    fn from(substitution: &Substitution) -> Self {
        let (from, until) = ends(substitution.window);
        Self {
            absent: (&substitution.absent).into(),
            substitute: (&substitution.substitute).into(),
            from,
            until,
            only: substitution.only.as_ref().map(|only| only.iter().map(WireExtent::from).collect()),
            reason: substitution.reason.clone(),
        }
    }
}

impl From<WireExtent> for Extent {
    fn from(wire: WireExtent) -> Self {
        Self { place: wire.place.map(|place| place.0), actions: wire.actions.map(keys) }
    }
}

impl From<&Extent> for WireExtent {
    fn from(extent: &Extent) -> Self {
        Self {
            place: extent.place.as_ref().map(Into::into),
            actions: extent.actions.as_ref().map(|actions| wire_keys(actions)),
        }
    }
}
