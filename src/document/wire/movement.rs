//! What a move needs.

use serde::Serialize;

use super::reason::{WireDemand, WireVoice};
use crate::explain::Movement;

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
    demands: Vec<WireDemand>,
}

impl From<&Movement> for WireMovement {
    fn from(movement: &Movement) -> Self {
        let bare =
            Self { code: movement.code(), basis: None, voices: Vec::new(), leads: None, demands: Vec::new() };
        match movement {
            Movement::Stays | Movement::Nowhere => bare,
            Movement::Transition { basis, leads } => Self {
                basis: Some(basis.code()),
                voices: basis.voices().iter().map(WireVoice::from).collect(),
                leads: Some(*leads),
                ..bare
            },
            Movement::ToPipeline { demands } => {
                Self { demands: demands.iter().map(WireDemand::from).collect(), ..bare }
            }
        }
    }
}
