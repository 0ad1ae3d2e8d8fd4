//! Where administrators are free.

use serde::{Deserialize, Serialize};

use super::WireKey;
use crate::vocabulary::{Circumstance, Freedom};

/// A freedom in a document.
#[derive(Default, Serialize, Deserialize)]
#[serde(
    rename_all = "snake_case",
    expecting = "a freedom (\"always\", \"never\" or {\"when\": \"admin_mode\"})"
)]
pub(super) enum WireFreedom {
    #[default]
    Always,
    When(WireKey<Circumstance>),
    Never,
}

impl WireFreedom {
    pub(super) fn is_always(&self) -> bool {
        matches!(self, Self::Always)
    }
}

impl From<WireFreedom> for Freedom {
    fn from(wire: WireFreedom) -> Self {
        match wire {
            WireFreedom::Always => Self::Always,
            WireFreedom::When(circumstance) => Self::When(circumstance.0),
            WireFreedom::Never => Self::Never,
        }
    }
}

impl From<&Freedom> for WireFreedom {
    fn from(freedom: &Freedom) -> Self {
        match freedom {
            Freedom::Always => Self::Always,
            Freedom::When(circumstance) => Self::When(circumstance.into()),
            Freedom::Never => Self::Never,
        }
    }
}
