//! Whose a new record may become, beside whose it is to be.

use serde::Serialize;

use super::{WireKey, WireResponsible, wire_keys};
use crate::directory::{Department, User};
use crate::explain::Ownership;

#[derive(Serialize)]
pub(in crate::document) struct WireOwnership {
    owner: WireKey<User>,
    whose: WireResponsible,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    departments: Vec<WireKey<Department>>,
    holds: bool,
}

impl From<&Ownership> for WireOwnership {
    fn from(ownership: &Ownership) -> Self {
        Self {
            owner: WireKey::from(&ownership.owner),
            whose: (&ownership.whose).into(),
            departments: wire_keys(&ownership.departments),
            holds: ownership.holds,
        }
    }
}
