//! What linked records say, in an explanation.

use serde::Serialize;

use super::reason::{WireDemand, WireTie};
use super::{WireKey, WirePlace, is_true, wire_keys};
use crate::explain::Link;
use crate::vocabulary::{Action, Flag};

#[derive(Serialize)]
pub(super) struct WireLink {
    action: WireKey<Action>,
    place: WirePlace,
    allowed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    denial: Option<&'static str>,
    #[serde(skip_serializing_if = "is_true")]
    passes: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    inside: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ties: Vec<WireTie>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flags: Vec<WireKey<Flag>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    demands: Vec<WireDemand>,
}

impl From<&Link> for WireLink {
    fn from(link: &Link) -> Self {
        Self {
            action: (&link.action).into(),
            place: (&link.place).into(),
            allowed: link.decision.is_allowed(),
            denial: link.decision.denial().map(|denial| denial.code()),
            passes: link.passes,
            inside: link.inside,
            ties: link.ties.iter().map(WireTie::from).collect(),
            flags: wire_keys(&link.flags),
            demands: link.demands.iter().map(WireDemand::from).collect(),
        }
    }
}
