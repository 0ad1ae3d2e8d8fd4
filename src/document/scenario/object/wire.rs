//! The shape of objects in a scenario's document.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{Item, ItemPlace};
use crate::directory::User;
use crate::document::flaw::{Flaw, each};
use crate::document::problem::DocumentProblemKind;
use crate::document::wire::WireKey;
use crate::document::wire::acl::{WireAclEntry, acl, wire_acl};
use crate::key::Key;
use crate::vocabulary::Ladder;

/// An object in a document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with a list of its own (an object)")]
pub(in crate::document::scenario) struct WireItem {
    key: WireKey<Item>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ladder: Option<WireKey<Ladder>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    inside: Option<WireKey<Item>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<WireKey<User>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    acl: Vec<WireAclEntry>,
}

/// The objects, each in one that stands before it and none of them twice.
pub(in crate::document::scenario) fn items(wire: Vec<WireItem>) -> Result<Vec<Item>, Flaw> {
    let items = each("objects", wire, WireItem::into_domain)?;
    let mut before: HashSet<&Key<Item>> = HashSet::new();
    for (at, item) in items.iter().enumerate() {
        if let ItemPlace::Inside(above) = &item.place
            && !before.contains(above)
        {
            let kind = DocumentProblemKind::Undeclared { noun: "object", key: above.to_string() };
            return Err(Flaw::new(format!("/objects/{at}/inside"), kind));
        }
        if !before.insert(&item.key) {
            let kind = DocumentProblemKind::Repeated { word: item.key.to_string() };
            return Err(Flaw::new(format!("/objects/{at}/key"), kind));
        }
    }
    Ok(items)
}

impl WireItem {
    fn into_domain(self) -> Result<Item, Flaw> {
        let invalid = |pointer: &str, message: &str| {
            Flaw::new(pointer, DocumentProblemKind::InvalidValue { message: message.to_owned() })
        };
        let place = match (self.ladder, self.inside) {
            (Some(ladder), None) => ItemPlace::Root(ladder.0),
            (None, Some(above)) => ItemPlace::Inside(above.0),
            (Some(_), Some(_)) => {
                return Err(invalid(
                    "/ladder",
                    "an object has a ladder or lies inside another one, not both",
                ));
            }
            (None, None) => {
                return Err(invalid("", "an object needs a `ladder`, or something to lie `inside`"));
            }
        };
        let author = self.author.map(|author| author.0);
        Ok(Item { key: self.key.0, place, author, acl: acl(self.acl) })
    }
}

impl From<&Item> for WireItem {
    fn from(item: &Item) -> Self {
        let (ladder, inside) = match &item.place {
            ItemPlace::Root(ladder) => (Some(ladder.into()), None),
            ItemPlace::Inside(above) => (None, Some(above.into())),
        };
        Self {
            key: (&item.key).into(),
            ladder,
            inside,
            author: item.author.as_ref().map(WireKey::from),
            acl: wire_acl(&item.acl),
        }
    }
}
