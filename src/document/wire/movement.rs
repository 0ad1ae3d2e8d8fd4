//! What a move needs.

use serde::Serialize;

use super::reason::{WireDemand, WireVoice};
use super::{WireKey, wire_keys};
use crate::explain::Movement;
use crate::policy::Limit;

/// A movement in a document.
#[derive(Serialize)]
pub(in crate::document) struct WireMovement {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    voices: Vec<WireVoice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    leads: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    limits: Vec<WireKey<Limit>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    demands: Vec<WireDemand>,
}

impl From<&Movement> for WireMovement {
    fn from(movement: &Movement) -> Self {
        let bare = Self {
            code: movement.code(),
            basis: None,
            voices: Vec::new(),
            leads: None,
            limits: Vec::new(),
            demands: Vec::new(),
        };
        match movement {
            Movement::Stays | Movement::Nowhere => bare,
            Movement::Transition { basis, limits, leads } => Self {
                basis: Some(basis.code()),
                voices: basis.voices().iter().map(WireVoice::from).collect(),
                leads: Some(*leads),
                limits: wire_keys(limits),
                ..bare
            },
            Movement::ToPipeline { demands } => {
                Self { demands: demands.iter().map(WireDemand::from).collect(), ..bare }
            }
        }
    }
}
