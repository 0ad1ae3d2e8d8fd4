//! Shares of single records, in scenarios and explanations.

use serde::{Deserialize, Serialize};

use super::route::WireRoute;
use super::subject::WireSubject;
use super::{WireKey, keys, wire_keys};
use crate::document::scenario::Sharing;
use crate::explain::SharedWith;
use crate::policy::Subject;
use crate::vocabulary::Action;

#[derive(Serialize)]
pub(super) struct WireSharedWith {
    #[serde(skip_serializing_if = "Option::is_none")]
    with: Option<WireSubject>,
    holds: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    routes: Vec<WireRoute>,
}

impl From<&SharedWith> for WireSharedWith {
    fn from(share: &SharedWith) -> Self {
        Self {
            with: share.with.as_ref().map(WireSubject::from),
            holds: share.holds,
            routes: share.routes.iter().map(WireRoute::from).collect(),
        }
    }
}

/// With whom a record of a scenario is shared.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a share (an object)")]
pub(in crate::document) struct WireSharing {
    with: WireSubject,
    actions: Vec<WireKey<Action>>,
}

impl From<WireSharing> for Sharing {
    fn from(wire: WireSharing) -> Self {
        Self { with: Subject::from(wire.with), actions: keys(wire.actions) }
    }
}

impl From<&Sharing> for WireSharing {
    fn from(share: &Sharing) -> Self {
        Self { with: WireSubject::from(&share.with), actions: wire_keys(&share.actions) }
    }
}
