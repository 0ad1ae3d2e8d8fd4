//! The entries of objects' own lists.

use serde::{Deserialize, Serialize};

use super::subject::WireSubject;
use super::{WireKey, is_false};
use crate::policy::{Acl, AclEntry, Origin, Sign};
use crate::vocabulary::Rung;

/// An entry in a document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an entry of a list (an object with a `rung` and a subject `to`)")]
pub(in crate::document) struct WireAclEntry {
    rung: WireKey<Rung>,
    to: WireSubject,
    #[serde(default, skip_serializing_if = "is_false")]
    negative: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<WireKey<Origin>>,
}

impl From<WireAclEntry> for AclEntry {
    fn from(wire: WireAclEntry) -> Self {
        Self {
            subject: wire.to.into(),
            rung: wire.rung.0,
            sign: if wire.negative { Sign::Negative } else { Sign::Positive },
            origin: wire.origin.map(|key| key.0),
        }
    }
}

impl From<&AclEntry> for WireAclEntry {
    fn from(entry: &AclEntry) -> Self {
        Self {
            rung: (&entry.rung).into(),
            to: (&entry.subject).into(),
            negative: entry.sign == Sign::Negative,
            origin: entry.origin.as_ref().map(WireKey::from),
        }
    }
}

pub(in crate::document) fn acl(entries: Vec<WireAclEntry>) -> Acl {
    entries.into_iter().map(AclEntry::from).collect()
}

pub(in crate::document) fn wire_acl(acl: &Acl) -> Vec<WireAclEntry> {
    acl.entries.iter().map(WireAclEntry::from).collect()
}
