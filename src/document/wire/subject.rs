//! Subjects.

use serde::{Deserialize, Serialize};

use super::WireKey;
use crate::directory::{Department, SocialGroup, User, UserGroup};
use crate::document::problem::Quoted;
use crate::policy::{Rank, Subject, Unit};

/// A subject in a document.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[serde(expecting = "a subject (such as \"everyone\" or {\"department\": \"sales\"})")]
pub(in crate::document) enum WireSubject {
    User(WireKey<User>),
    Employee(WireKey<User>),
    Department(WireKey<Department>),
    DepartmentTree(WireKey<Department>),
    UserGroup(WireKey<UserGroup>),
    SocialGroup {
        key: WireKey<SocialGroup>,
        rank: WireRank,
    },
    Heads(WireUnit),
    Deputies(WireUnit),
    Employees(WireUnit),
    Administrators,
    SignedIn,
    Everyone,
    Author,
    /// An access code: another spelling of one of the others. It is read and never printed.
    #[serde(skip_serializing)]
    Code(Code),
}

/// A subject that was written as an access code.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(in crate::document) struct Code(Subject);

impl TryFrom<String> for Code {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        Subject::from_code(&code).map(Self).map_err(|problem| Quoted(&problem.to_string()).to_string())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "a rank (\"owner\", \"moderator\" or \"member\")")]
pub(in crate::document) enum WireRank {
    Owner,
    Moderator,
    Member,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "a unit (\"anywhere\" or {\"of\": \"sales\"})")]
pub(in crate::document) enum WireUnit {
    Anywhere,
    Of(WireKey<Department>),
}

impl From<WireSubject> for Subject {
    fn from(wire: WireSubject) -> Self {
        match wire {
            WireSubject::User(key) => Self::User(key.0),
            WireSubject::Employee(key) => Self::Employee(key.0),
            WireSubject::Department(key) => Self::Department(key.0),
            WireSubject::DepartmentTree(key) => Self::DepartmentTree(key.0),
            WireSubject::UserGroup(key) => Self::UserGroup(key.0),
            WireSubject::SocialGroup { key, rank } => Self::SocialGroup(key.0, rank.into()),
            WireSubject::Heads(unit) => Self::Heads(unit.into()),
            WireSubject::Deputies(unit) => Self::Deputies(unit.into()),
            WireSubject::Employees(unit) => Self::Employees(unit.into()),
            WireSubject::Administrators => Self::Administrators,
            WireSubject::SignedIn => Self::SignedIn,
            WireSubject::Everyone => Self::Everyone,
            WireSubject::Author => Self::Author,
            WireSubject::Code(Code(subject)) => subject,
        }
    }
}

impl From<&Subject> for WireSubject {
    fn from(subject: &Subject) -> Self {
        match subject {
            Subject::User(key) => Self::User(key.into()),
            Subject::Employee(key) => Self::Employee(key.into()),
            Subject::Department(key) => Self::Department(key.into()),
            Subject::DepartmentTree(key) => Self::DepartmentTree(key.into()),
            Subject::UserGroup(key) => Self::UserGroup(key.into()),
            Subject::SocialGroup(key, rank) => Self::SocialGroup { key: key.into(), rank: (*rank).into() },
            Subject::Heads(unit) => Self::Heads(unit.into()),
            Subject::Deputies(unit) => Self::Deputies(unit.into()),
            Subject::Employees(unit) => Self::Employees(unit.into()),
            Subject::Administrators => Self::Administrators,
            Subject::SignedIn => Self::SignedIn,
            Subject::Everyone => Self::Everyone,
            Subject::Author => Self::Author,
        }
    }
}

impl From<WireRank> for Rank {
    fn from(wire: WireRank) -> Self {
        match wire {
            WireRank::Owner => Self::Owner,
            WireRank::Moderator => Self::Moderator,
            WireRank::Member => Self::Member,
        }
    }
}

impl From<Rank> for WireRank {
    fn from(rank: Rank) -> Self {
        match rank {
            Rank::Owner => Self::Owner,
            Rank::Moderator => Self::Moderator,
            Rank::Member => Self::Member,
        }
    }
}

impl From<WireUnit> for Unit {
    fn from(wire: WireUnit) -> Self {
        match wire {
            WireUnit::Anywhere => Self::Anywhere,
            WireUnit::Of(key) => Self::Of(key.0),
        }
    }
}

impl From<&Unit> for WireUnit {
    fn from(unit: &Unit) -> Self {
        match unit {
            Unit::Anywhere => Self::Anywhere,
            Unit::Of(key) => Self::Of(key.into()),
        }
    }
}
