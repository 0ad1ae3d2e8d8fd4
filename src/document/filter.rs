//! Filters as JSON, for a log, a cache or a service that runs them elsewhere.
//!
//! Printed and never read: a filter is an answer, and its department numbers belong to the snapshot that gave it. It begins
//! as documents do, with a format and a version.

use serde::Serialize;

use super::answer::{Answer, print_answer};
use super::wire::{WireInstant, WireKey, WireSubject, wire_keys};
use crate::directory::{Department, SocialGroup, User, UserGroup};
use crate::filter::{AnyOf, Clause, Condition, DepartmentSpan, Filter, Keeps, Keys, Seating, Within};
use crate::vocabulary::{Action, Entity, Flag, Party, Pipeline, Stage};

#[derive(Serialize)]
struct WireFilter {
    keeps: WireKeeps,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<WireInstant>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum WireKeeps {
    Nothing,
    Everything,
    AnyOf(Vec<WireClause>),
}

#[derive(Serialize)]
struct WireClause {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    within: Vec<WireWithin>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    all: Vec<Vec<WireCondition>>,
}

#[derive(Serialize)]
struct WireWithin {
    pipelines: WireKeys<Pipeline>,
    stages: WireKeys<Stage>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case", bound = "")]
enum WireKeys<T> {
    Any,
    In(Vec<WireKey<T>>),
    NotIn(Vec<WireKey<T>>),
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum WireCondition {
    Flag(WireKey<Flag>),
    PartyIs {
        party: WireKey<Party>,
        user: WireKey<User>,
    },
    PartyAmong {
        party: WireKey<Party>,
        users: Vec<WireKey<User>>,
    },
    PartyIn {
        party: WireKey<Party>,
        departments: Vec<WireSpan>,
    },
    PartySeated {
        party: WireKey<Party>,
        seating: WireSeating,
        departments: Vec<WireSpan>,
    },
    PartyGroup {
        party: WireKey<Party>,
        groups: Vec<WireKey<UserGroup>>,
    },
    PartyDepartment {
        party: WireKey<Party>,
        departments: Vec<WireSpan>,
    },
    Elsewhere {
        parties: Vec<WireKey<Party>>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        department_parties: Vec<WireKey<Party>>,
        departments: Vec<WireSpan>,
    },
    Linked {
        entity: WireKey<Entity>,
        keeps: WireKeeps,
    },
    HostedBy(Vec<WireKey<SocialGroup>>),
    Shared {
        action: WireKey<Action>,
        with: Vec<WireSubject>,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum WireSeating {
    OwnHead,
    Peer,
    OtherHead,
    OtherEmployee,
}

#[derive(Serialize)]
struct WireSpan {
    root: WireKey<Department>,
    with_subdepartments: bool,
    first: u32,
    last: u32,
}

impl Filter {
    /// Prints the filter as JSON, always in the same way. A column that may hold `any` or `not_in` may also hold nothing.
    ///
    /// ```
    /// # use bailiwick::{crm, Assignment, Directory, Moment, Policy, Snapshot, Subject, User};
    /// # let policy = Policy::new(crm::vocabulary()).roles(crm::roles());
    /// # let policy = policy.assign(Assignment::new(crm::MANAGER, Subject::SignedIn));
    /// # let snapshot = Snapshot::compile(&policy, &Directory::new().with(User::new(17)))?;
    /// let access = snapshot.access(snapshot.user(17), Moment::from_unix_seconds(0));
    /// let json = access.filter(crm::UPDATE, crm::DEAL).to_json();
    /// assert!(json.contains(r#"{"party_is": {"party": "responsible", "user": 17}}"#));
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn to_json(&self) -> String {
        print_answer(self)
    }
}

impl Answer for Filter {
    const FORMAT: &'static str = "bailiwick/filter";

    fn body(&self) -> impl Serialize {
        WireFilter { keeps: self.keeps().into(), valid_until: self.valid_until().map(WireInstant) }
    }
}

impl From<&Keeps> for WireKeeps {
    fn from(keeps: &Keeps) -> Self {
        match keeps {
            Keeps::Nothing => Self::Nothing,
            Keeps::Everything => Self::Everything,
            Keeps::AnyOf(clauses) => Self::AnyOf(clauses.iter().map(WireClause::from).collect()),
        }
    }
}

impl From<&Clause> for WireClause {
    fn from(clause: &Clause) -> Self {
        let any = |any: &AnyOf| any.iter().map(WireCondition::from).collect();
        Self {
            within: clause.within.iter().map(WireWithin::from).collect(),
            all: clause.all.iter().map(any).collect(),
        }
    }
}

impl From<&Within> for WireWithin {
    fn from(within: &Within) -> Self {
        Self { pipelines: (&within.pipelines).into(), stages: (&within.stages).into() }
    }
}

impl<T> From<&Keys<T>> for WireKeys<T> {
    fn from(keys: &Keys<T>) -> Self {
        match keys {
            Keys::Any => Self::Any,
            Keys::In(keys) => Self::In(wire_keys(keys)),
            Keys::NotIn(keys) => Self::NotIn(wire_keys(keys)),
        }
    }
}

impl From<&Condition> for WireCondition {
    fn from(condition: &Condition) -> Self {
        let spans = |spans: &[DepartmentSpan]| spans.iter().map(WireSpan::from).collect();
        match condition {
            Condition::Flag(flag) => Self::Flag(flag.into()),
            Condition::PartyIs(party, user) => Self::PartyIs { party: party.into(), user: user.into() },
            Condition::PartyAmong(party, users) => {
                Self::PartyAmong { party: party.into(), users: wire_keys(users) }
            }
            Condition::PartyIn(party, of) => Self::PartyIn { party: party.into(), departments: spans(of) },
            Condition::PartySeated(party, seating, of) => {
                let (party, seating) = (party.into(), (*seating).into());
                Self::PartySeated { party, seating, departments: spans(of) }
            }
            Condition::PartyGroup(party, groups) => {
                Self::PartyGroup { party: party.into(), groups: wire_keys(groups) }
            }
            Condition::PartyDepartment(party, of) => {
                Self::PartyDepartment { party: party.into(), departments: spans(of) }
            }
            Condition::Elsewhere { users, departments, spans: of } => Self::Elsewhere {
                parties: wire_keys(users),
                department_parties: wire_keys(departments),
                departments: spans(of),
            },
            Condition::HostedBy(groups) => Self::HostedBy(wire_keys(groups)),
            Condition::Linked(entity, keeps) => Self::Linked { entity: entity.into(), keeps: keeps.into() },
            Condition::Shared(action, with) => {
                Self::Shared { action: action.into(), with: with.iter().map(WireSubject::from).collect() }
            }
        }
    }
}

impl From<Seating> for WireSeating {
    fn from(seating: Seating) -> Self {
        match seating {
            Seating::OwnHead => Self::OwnHead,
            Seating::Peer => Self::Peer,
            Seating::OtherHead => Self::OtherHead,
            Seating::OtherEmployee => Self::OtherEmployee,
        }
    }
}

impl From<&DepartmentSpan> for WireSpan {
    fn from(span: &DepartmentSpan) -> Self {
        Self {
            root: (&span.root).into(),
            with_subdepartments: span.with_subdepartments,
            first: span.first,
            last: span.last,
        }
    }
}
