//! What social groups that host a record say, in an explanation.

use serde::Serialize;

use super::WireKey;
use super::feature::WireAudience;
use super::subject::WireRank;
use crate::audience::Operation;
use crate::directory::SocialGroup;
use crate::explain::Hosting;

#[derive(Serialize)]
pub(super) struct WireHosting {
    group: WireKey<SocialGroup>,
    operation: WireKey<Operation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audience: Option<WireAudience>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<WireRank>,
    admission: &'static str,
}

impl From<&Hosting> for WireHosting {
    fn from(hosting: &Hosting) -> Self {
        Self {
            group: (&hosting.group).into(),
            operation: (&hosting.operation).into(),
            audience: hosting.audience.map(WireAudience::from),
            rank: hosting.rank.map(WireRank::from),
            admission: hosting.admission.code(),
        }
    }
}
