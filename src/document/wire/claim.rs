//! What suffices for a demand.

use serde::Serialize;

use super::WireKey;
use super::vocabulary::WireRightRef;
use crate::audience::Operation;
use crate::reason::Claim;
use crate::vocabulary::Action;

/// A relation, or what opens a record, by its code.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::document) enum WireClaim {
    Linked(Vec<WireRightRef>),
    Hosted(WireKey<Operation>),
    Shared(WireKey<Action>),
    #[serde(untagged)]
    Relation(String),
}

pub(in crate::document) fn claims(claims: &[Claim]) -> Vec<WireClaim> {
    claims.iter().map(WireClaim::from).collect()
}

impl From<&Claim> for WireClaim {
    fn from(claim: &Claim) -> Self {
        match claim {
            Claim::Relation(relation) => Self::Relation(relation.to_string()),
            Claim::Linked(rights) => Self::Linked(rights.iter().map(WireRightRef::from).collect()),
            Claim::Hosted(operation) => Self::Hosted(operation.into()),
            Claim::Shared(action) => Self::Shared(action.into()),
        }
    }
}
