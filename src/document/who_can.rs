//! Who can, as JSON. Printed and never read: it is an answer.

use serde::Serialize;

use super::layout;
use super::wire::view::WirePerspective;
use super::wire::{WireKey, wire_keys};
use crate::directory::User;
use crate::policy::Role;
use crate::review::{By, Group, WhoCan};

#[derive(Serialize)]
struct WireWhoCan {
    format: &'static str,
    version: u64,
    count: usize,
    groups: Vec<WireGroup>,
    /// What lets visitors; null, where they may not.
    visitors: Option<WireBy>,
}

#[derive(Serialize)]
struct WireGroup {
    #[serde(flatten)]
    by: WireBy,
    users: Vec<WireKey<User>>,
}

#[derive(Serialize)]
struct WireBy {
    code: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<WireKey<Role>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relations: Vec<String>,
    #[serde(flatten)]
    perspective: Option<WirePerspective>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lets: Option<Box<Self>>,
}

impl From<&By> for WireBy {
    fn from(by: &By) -> Self {
        let code = by.code();
        let bare = Self { code, roles: Vec::new(), relations: Vec::new(), perspective: None, lets: None };
        match by {
            By::Administrator | By::Settings | By::Linked | By::Hosted | By::Shared => bare,
            By::Roles { roles, relations } | By::Standing { roles, relations } => Self {
                roles: wire_keys(roles),
                relations: relations.iter().map(ToString::to_string).collect(),
                ..bare
            },
            By::OtherView { perspective, lets } => Self {
                perspective: Some(perspective.into()),
                lets: Some(Box::new(Self::from(&**lets))),
                ..bare
            },
        }
    }
}

impl WhoCan<'_> {
    /// Prints the answer as JSON, always in the same way: how many users may and by what, and what lets visitors; null, where
    /// they may not.
    ///
    /// ```
    /// use bailiwick::{Directory, Moment, Policy, Record, Snapshot, User, crm, review::Roster};
    ///
    /// let directory = Directory::new().with(User::new("root").administrator());
    /// let snapshot = Snapshot::compile(&Policy::new(crm::vocabulary()), &directory)?;
    /// let roster = Roster::of(&snapshot);
    /// let who = roster.who_can(crm::READ, &Record::at(crm::DEAL), Moment::from_unix_seconds(0));
    /// assert!(who.to_json().contains(r#"{"code": "administrator", "users": ["root"]}"#));
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn to_json(&self) -> String {
        let groups = self.groups();
        let group = |group: &Group| WireGroup {
            by: group.by().into(),
            users: self.keys_of(group).map(WireKey::from).collect(),
        };
        let wire = WireWhoCan {
            format: "bailiwick/who-can",
            version: 1,
            count: self.len(),
            groups: groups.iter().map(group).collect(),
            visitors: self.visitors().as_ref().map(WireBy::from),
        };
        layout::lay_out(&serde_json::to_string(&wire).unwrap_or_default())
    }
}
