//! Who can, as JSON. Printed and never read: it is an answer.

use serde::Serialize;

use super::layout;
use super::wire::{WireKey, wire_keys};
use crate::directory::{Department, User};
use crate::policy::{AuditMark, Role};
use crate::review::{By, Group, WhoCan};

#[derive(Serialize)]
struct WireWhoCan {
    format: &'static str,
    version: u64,
    count: usize,
    groups: Vec<WireGroup>,
}

#[derive(Serialize)]
struct WireGroup {
    code: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<WireKey<Role>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relations: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<WireKey<Department>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audited_as: Option<WireKey<AuditMark>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    absent: Option<WireKey<User>>,
    users: Vec<WireKey<User>>,
}

impl WireGroup {
    fn new(who: &WhoCan<'_>, group: &Group) -> Self {
        let users = who.keys_of(group).map(WireKey::from).collect();
        let bare = Self {
            code: group.by().code(),
            roles: Vec::new(),
            relations: Vec::new(),
            within: None,
            audited_as: None,
            absent: None,
            users,
        };
        match group.by() {
            By::Administrator | By::Settings | By::Linked | By::Hosted | By::Shared => bare,
            By::Roles { roles, relations } | By::Standing { roles, relations } => Self {
                roles: wire_keys(roles),
                relations: relations.iter().map(ToString::to_string).collect(),
                ..bare
            },
            By::OtherView { within, audited_as, absent } => Self {
                within: within.as_ref().map(Into::into),
                audited_as: audited_as.as_ref().map(Into::into),
                absent: absent.as_ref().map(Into::into),
                ..bare
            },
        }
    }
}

impl WhoCan<'_> {
    /// Prints the answer as JSON, always in the same way: how many may, and by what.
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
        let wire = WireWhoCan {
            format: "bailiwick/who-can",
            version: 1,
            count: self.len(),
            groups: self.groups().iter().map(|group| WireGroup::new(self, group)).collect(),
        };
        layout::lay_out(&serde_json::to_string(&wire).unwrap_or_default())
    }
}
