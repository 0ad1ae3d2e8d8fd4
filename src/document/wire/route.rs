//! Routes from a user to a subject.

use serde::Serialize;

use super::subject::WireRank;
use super::{WireKey, wire_keys};
use crate::directory::{Department, SocialGroup, UserGroup};
use crate::snapshot::Route;

/// A route in a document: its code, and the keys it leads through.
#[derive(Serialize)]
pub(in crate::document) struct WireRoute {
    code: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    departments: Vec<WireKey<Department>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    user_groups: Vec<WireKey<UserGroup>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    social_group: Option<WireKey<SocialGroup>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<WireRank>,
}

impl From<&Route> for WireRoute {
    fn from(route: &Route) -> Self {
        let bare = Self {
            code: route.code(),
            departments: Vec::new(),
            user_groups: Vec::new(),
            social_group: None,
            rank: None,
        };
        match route {
            Route::Himself | Route::Administrator | Route::SignedIn | Route::Everyone => bare,
            Route::SitsIn(key) | Route::Heads(key) | Route::Deputy(key) => {
                Self { departments: vec![key.into()], ..bare }
            }
            Route::Below(way) => Self { departments: wire_keys(way), ..bare },
            Route::UserGroup(way, _) => Self { user_groups: wire_keys(way), ..bare },
            Route::SocialGroup(key, rank) => {
                Self { social_group: Some(key.into()), rank: Some((*rank).into()), ..bare }
            }
        }
    }
}
