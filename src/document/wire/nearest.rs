//! Nearest grants.

use serde::Serialize;

use super::change::WireChange;
use crate::explain::{NearestGrant, NearestGrants};

#[derive(Serialize)]
pub(in crate::document) struct WireNearest {
    at_most: usize,
    grants: Vec<WireGrant>,
}

#[derive(Serialize)]
struct WireGrant {
    changes: Vec<WireChange>,
    people: usize,
}

impl From<&NearestGrants> for WireNearest {
    fn from(nearest: &NearestGrants) -> Self {
        Self { at_most: nearest.at_most, grants: nearest.grants.iter().map(WireGrant::from).collect() }
    }
}

impl From<&NearestGrant> for WireGrant {
    fn from(grant: &NearestGrant) -> Self {
        Self { changes: grant.changes.iter().map(WireChange::from).collect(), people: grant.people }
    }
}
