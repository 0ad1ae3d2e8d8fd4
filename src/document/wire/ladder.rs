//! Ladders.

use serde::{Deserialize, Serialize};

use super::{WireKey, is_false, keys, wire_keys};
use crate::vocabulary::{Action, Ladder, Rung};

/// A ladder in a document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a ladder (an object)")]
pub(super) struct WireLadder {
    key: WireKey<Ladder>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rungs: Vec<WireRung>,
    #[serde(default, skip_serializing_if = "is_false")]
    signed_in_only: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    moved_by: Vec<WireKey<Action>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    received_by: Vec<WireKey<Action>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shared_by: Option<WireKey<Action>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a rung (an object)")]
struct WireRung {
    key: WireKey<Rung>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    gives: Vec<WireKey<Action>>,
}

impl From<WireLadder> for Ladder {
    fn from(wire: WireLadder) -> Self {
        Self {
            key: wire.key.0,
            rungs: wire
                .rungs
                .into_iter()
                .map(|rung| Rung { key: rung.key.0, gives: keys(rung.gives) })
                .collect(),
            signed_in_only: wire.signed_in_only,
            moved_by: keys(wire.moved_by),
            received_by: keys(wire.received_by),
            shared_by: wire.shared_by.map(|key| key.0),
        }
    }
}

impl From<&Ladder> for WireLadder {
    fn from(ladder: &Ladder) -> Self {
        let rung = |rung: &Rung| WireRung { key: (&rung.key).into(), gives: wire_keys(&rung.gives) };
        Self {
            key: (&ladder.key).into(),
            rungs: ladder.rungs.iter().map(rung).collect(),
            signed_in_only: ladder.signed_in_only,
            moved_by: wire_keys(&ladder.moved_by),
            received_by: wire_keys(&ladder.received_by),
            shared_by: ladder.shared_by.as_ref().map(WireKey::from),
        }
    }
}
