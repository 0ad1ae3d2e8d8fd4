//! The shape of a scenario's document.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::object::{Item, ObjectAsk, WireItem, items};
use super::{Ask, Asker, Expectation, Question, Recorded, Row, Scenario, Sharing, Speaks};
use crate::check::Denial;
use crate::directory::{Department, Principal, SocialGroup, User, UserGroup};
use crate::document::flaw::{Flaw, each};
use crate::document::problem::DocumentProblemKind;
use crate::document::wire::directory::WireDirectory;
use crate::document::wire::policy::{WireAssignment, WirePolicy};
use crate::document::wire::share::WireSharing;
use crate::document::wire::vocabulary::WireVocabulary;
use crate::document::wire::{WireInstant, WireKey, WirePlace, WireResponsible, keys, places};
use crate::key::Key;
use crate::policy::AuditMark;
use crate::vocabulary::{Action, Circumstance, Entity, Flag, Party, Rung, Vocabulary};

/// A scenario in a document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a scenario (an object)")]
pub(super) struct WireScenario {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) about: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) preset: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) vocabulary: Option<WireVocabulary>,
    pub(super) directory: WireDirectory,
    pub(super) policy: WirePolicy,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) records: Vec<WireRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) objects: Vec<WireItem>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) questions: Vec<WireQuestion>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a record (an object)")]
pub(super) struct WireRow {
    pub(super) key: WireKey<Row>,
    pub(super) place: WirePlace,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) owner: Option<WireKey<User>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) participants: Vec<WireParticipant>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) flags: Vec<WireKey<Flag>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) links: Vec<WireKey<Row>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) hosts: Vec<WireKey<SocialGroup>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) shares: Vec<WireSharing>,
}

#[derive(Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a participant (an object with a `party` and a `user`, `user_group` or `department`)"
)]
pub(super) struct WireParticipant {
    pub(super) party: WireKey<Party>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) user: Option<WireKey<User>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) user_group: Option<WireKey<UserGroup>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) department: Option<WireKey<Department>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a question (an object)")]
pub(super) struct WireQuestion {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) about: Option<String>,
    pub(super) who: WireAsker,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<WireInstant>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) circumstances: Vec<WireKey<Circumstance>>,
    pub(super) ask: WireAsk,
    pub(super) expect: WireExpectation,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "who asks ({\"user\": key} or \"anonymous\")")]
pub(super) enum WireAsker {
    User(WireKey<User>),
    Anonymous,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[serde(expecting = "what is asked (such as {\"check\": {\"action\": key, \"record\": key}})")]
pub(super) enum WireAsk {
    Check { action: WireKey<Action>, record: WireKey<Row> },
    Actions { record: WireKey<Row> },
    Create { place: WirePlace },
    CreateFor { place: WirePlace, owner: WireKey<User> },
    Audit { action: WireKey<Action>, record: WireKey<Row> },
    Relocate { record: WireKey<Row>, to: WirePlace },
    ReachableStages { record: WireKey<Row> },
    MayReassign { record: WireKey<Row> },
    Enters { entity: WireKey<Entity> },
    EntersApplication,
    List { action: WireKey<Action>, entity: WireKey<Entity> },
    CheckObject { action: WireKey<Action>, object: WireKey<Item> },
    ObjectActions { object: WireKey<Item> },
    ListObjects { action: WireKey<Action>, inside: WireKey<Item> },
    MoveObject { object: WireKey<Item>, into: WireKey<Item> },
    ShareObject { object: WireKey<Item>, rung: WireKey<Rung> },
    MayAssign(WireAssignment),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[serde(expecting = "an expected answer (such as \"allowed\" or {\"denied\": \"out-of-reach\"})")]
pub(super) enum WireExpectation {
    Allowed,
    /// As it is read: with a reason or without.
    #[serde(skip_serializing)]
    Denied(Option<WireDenial>),
    /// As it is printed without a reason.
    #[serde(rename = "denied", skip_deserializing)]
    DeniedAnyhow,
    /// As it is printed with a reason.
    #[serde(rename = "denied", skip_deserializing)]
    DeniedBecause(WireDenial),
    CreatesFor(WireResponsible),
    Recorded(WireRecorded),
    Unrecorded,
    Actions(Vec<WireKey<Action>>),
    Stages(Vec<WirePlace>),
    Records(Vec<WireKey<Row>>),
    Objects(Vec<WireKey<Item>>),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "what is recorded (an object with `absent` or `mark`)")]
pub(super) struct WireRecorded {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) absent: Option<WireKey<User>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) mark: Option<WireKey<AuditMark>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", expecting = "the code of a denial")]
pub(super) enum WireDenial {
    UnknownUser,
    Dismissed,
    UnknownCircumstance,
    UnknownPlace,
    UnknownLadder,
    UnknownAction,
    NotOffered,
    UnknownOwner,
    NotSignedIn,
    NothingGiven,
    NotListed,
    OutOfReach,
    Limited,
    Prerequisite,
    NoTransition,
    UnknownRole,
    ExceedsOwnRights,
}

impl WireScenario {
    pub(super) fn into_domain(self) -> Result<Scenario, Flaw> {
        let rows: Vec<Row> = each("records", self.records, WireRow::into_domain)?;
        let items = items(self.objects)?;
        let keys = Declared { rows: row_keys(&rows)?, items: items.iter().map(|item| &item.key).collect() };
        keys.hold_links(&rows)?;
        let scenario = Scenario {
            about: self.about,
            speaks: speaks(self.preset, self.vocabulary)?,
            directory: self.directory.into(),
            policy: self.policy.into_domain(Vocabulary::new()),
            questions: each("questions", self.questions, |question| question.into_domain(&keys))?,
            rows: Vec::new(),
            items: Vec::new(),
        };
        Ok(Scenario { rows, items, ..scenario })
    }
}

fn speaks(preset: Option<String>, vocabulary: Option<WireVocabulary>) -> Result<Speaks, Flaw> {
    let invalid = |pointer: &str, message: &str| {
        Flaw::new(pointer, DocumentProblemKind::InvalidValue { message: message.to_owned() })
    };
    match (preset, vocabulary) {
        (Some(name), None) => Ok(Speaks::Preset(name)),
        (None, Some(wire)) => wire.into_domain().map(Speaks::Own).map_err(|flaw| flaw.below("/vocabulary")),
        (Some(_), Some(_)) => {
            Err(invalid("/vocabulary", "a scenario has a preset or a vocabulary, not both"))
        }
        (None, None) => Err(invalid("", "a scenario needs a `preset` or a `vocabulary`")),
    }
}

/// The keys of the records, none of them twice.
fn row_keys(rows: &[Row]) -> Result<HashSet<&Key<Row>>, Flaw> {
    let mut keys = HashSet::new();
    for (at, row) in rows.iter().enumerate() {
        if !keys.insert(&row.key) {
            let kind = DocumentProblemKind::Repeated { word: row.key.to_string() };
            return Err(Flaw::new(format!("/records/{at}/key"), kind));
        }
    }
    Ok(keys)
}

/// The records and objects that questions may name.
struct Declared<'a> {
    rows: HashSet<&'a Key<Row>>,
    items: HashSet<&'a Key<Item>>,
}

fn declared<T>(
    noun: &'static str,
    pointer: String,
    key: &Key<T>,
    keys: &HashSet<&Key<T>>,
) -> Result<(), Flaw> {
    if keys.contains(key) {
        return Ok(());
    }
    Err(Flaw::new(pointer, DocumentProblemKind::Undeclared { noun, key: key.to_string() }))
}

impl Declared<'_> {
    /// Whether every record that another is linked to is there.
    fn hold_links(&self, rows: &[Row]) -> Result<(), Flaw> {
        for (at, row) in rows.iter().enumerate() {
            for (number, link) in row.links.iter().enumerate() {
                declared("record", format!("/records/{at}/links/{number}"), link, &self.rows)?;
            }
        }
        Ok(())
    }

    /// Whether everything that a question and its answer name is there.
    fn hold(&self, ask: &Ask, expect: &Expectation) -> Result<(), Flaw> {
        let name = ask.kind().name;
        if let Some(record) = ask.record() {
            declared("record", format!("/ask/{name}/record"), record, &self.rows)?;
        }
        if let Ask::Object(ask) = ask {
            for (member, object) in ask.objects() {
                declared("object", format!("/ask/{name}/{member}"), object, &self.items)?;
            }
        }
        if let Expectation::Records(records) = expect {
            for (at, record) in records.iter().enumerate() {
                declared("record", format!("/expect/records/{at}"), record, &self.rows)?;
            }
        }
        if let Expectation::Objects(objects) = expect {
            for (at, object) in objects.iter().enumerate() {
                declared("object", format!("/expect/objects/{at}"), object, &self.items)?;
            }
        }
        Ok(())
    }
}

impl WireRow {
    fn into_domain(self) -> Result<Row, Flaw> {
        Ok(Row {
            key: self.key.0,
            place: self.place.0,
            owner: self.owner.map(|key| key.0),
            participants: each("participants", self.participants, WireParticipant::into_domain)?,
            flags: keys(self.flags),
            links: keys(self.links),
            hosts: keys(self.hosts),
            shares: self.shares.into_iter().map(Sharing::from).collect(),
        })
    }
}

impl WireParticipant {
    fn into_domain(self) -> Result<(Key<Party>, Principal), Flaw> {
        let user = self.user.map(|key| Principal::User(key.0));
        let group = self.user_group.map(|key| Principal::UserGroup(key.0));
        let department = self.department.map(|key| Principal::Department(key.0));
        match (user, group, department) {
            (Some(who), None, None) | (None, Some(who), None) | (None, None, Some(who)) => {
                Ok((self.party.0, who))
            }
            _ => {
                let message = "a participant is one of `user`, `user_group` and `department`".to_owned();
                Err(Flaw::new("", DocumentProblemKind::InvalidValue { message }))
            }
        }
    }

    pub(super) fn new(party: &Key<Party>, who: &Principal) -> Self {
        let bare = Self { party: party.into(), user: None, user_group: None, department: None };
        match who {
            Principal::User(key) => Self { user: Some(key.into()), ..bare },
            Principal::UserGroup(key) => Self { user_group: Some(key.into()), ..bare },
            Principal::Department(key) => Self { department: Some(key.into()), ..bare },
        }
    }
}

impl WireQuestion {
    fn into_domain(self, keys_there: &Declared<'_>) -> Result<Question, Flaw> {
        let (ask, expect) = (Ask::from(self.ask), Expectation::from(self.expect));
        let kind = ask.kind();
        keys_there.hold(&ask, &expect)?;
        if !kind.can_have(&expect) {
            let wrong = DocumentProblemKind::WrongExpectation { ask: kind.name, answers: kind.answers };
            return Err(Flaw::new("/expect", wrong));
        }
        let at = self.at.map_or(Question::DEFAULT_MOMENT, |at| at.0);
        let (who, circumstances) = (self.who.into(), keys(self.circumstances));
        Ok(Question { about: self.about, who, at, circumstances, ask, expect })
    }
}

impl From<WireAsker> for Asker {
    fn from(wire: WireAsker) -> Self {
        match wire {
            WireAsker::User(key) => Self::User(key.0),
            WireAsker::Anonymous => Self::Anonymous,
        }
    }
}

impl From<WireAsk> for Ask {
    fn from(wire: WireAsk) -> Self {
        match wire {
            WireAsk::Check { action, record } => Self::Check { action: action.0, record: record.0 },
            WireAsk::Actions { record } => Self::Actions { record: record.0 },
            WireAsk::Create { place } => Self::Create { place: place.0 },
            WireAsk::CreateFor { place, owner } => Self::CreateFor { place: place.0, owner: owner.0 },
            WireAsk::Audit { action, record } => Self::Audit { action: action.0, record: record.0 },
            WireAsk::Relocate { record, to } => Self::Relocate { record: record.0, to: to.0 },
            WireAsk::ReachableStages { record } => Self::ReachableStages { record: record.0 },
            WireAsk::MayReassign { record } => Self::MayReassign { record: record.0 },
            WireAsk::Enters { entity } => Self::Enters { entity: entity.0 },
            WireAsk::EntersApplication => Self::EntersApplication,
            WireAsk::MayAssign(assignment) => Self::MayAssign(assignment.into()),
            WireAsk::List { action, entity } => Self::List { action: action.0, entity: entity.0 },
            WireAsk::CheckObject { action, object } => {
                Self::Object(ObjectAsk::Check { action: action.0, object: object.0 })
            }
            WireAsk::ObjectActions { object } => Self::Object(ObjectAsk::Actions { object: object.0 }),
            WireAsk::ListObjects { action, inside } => {
                Self::Object(ObjectAsk::List { action: action.0, inside: inside.0 })
            }
            WireAsk::MoveObject { object, into } => {
                Self::Object(ObjectAsk::Move { object: object.0, into: into.0 })
            }
            WireAsk::ShareObject { object, rung } => {
                Self::Object(ObjectAsk::Share { object: object.0, rung: rung.0 })
            }
        }
    }
}

impl From<WireExpectation> for Expectation {
    fn from(wire: WireExpectation) -> Self {
        match wire {
            WireExpectation::Allowed => Self::Allowed,
            WireExpectation::Denied(reason) => Self::Denied(reason.map(Denial::from)),
            WireExpectation::DeniedAnyhow => Self::Denied(None),
            WireExpectation::DeniedBecause(reason) => Self::Denied(Some(reason.into())),
            WireExpectation::CreatesFor(whom) => Self::CreatesFor(whom.into()),
            WireExpectation::Recorded(WireRecorded { absent, mark }) => {
                Self::Recorded(Recorded { absent: absent.map(|key| key.0), mark: mark.map(|key| key.0) })
            }
            WireExpectation::Unrecorded => Self::Unrecorded,
            WireExpectation::Actions(actions) => Self::Actions(keys(actions)),
            WireExpectation::Stages(stages) => Self::Stages(places(stages)),
            WireExpectation::Records(records) => Self::Records(keys(records)),
            WireExpectation::Objects(objects) => Self::Objects(keys(objects)),
        }
    }
}

impl From<WireDenial> for Denial {
    fn from(wire: WireDenial) -> Self {
        match wire {
            WireDenial::UnknownUser => Self::UnknownUser,
            WireDenial::Dismissed => Self::Dismissed,
            WireDenial::UnknownCircumstance => Self::UnknownCircumstance,
            WireDenial::UnknownPlace => Self::UnknownPlace,
            WireDenial::UnknownLadder => Self::UnknownLadder,
            WireDenial::UnknownAction => Self::UnknownAction,
            WireDenial::NotOffered => Self::NotOffered,
            WireDenial::UnknownOwner => Self::UnknownOwner,
            WireDenial::NotSignedIn => Self::NotSignedIn,
            WireDenial::NothingGiven => Self::NothingGiven,
            WireDenial::NotListed => Self::NotListed,
            WireDenial::OutOfReach => Self::OutOfReach,
            WireDenial::Limited => Self::Limited,
            WireDenial::Prerequisite => Self::Prerequisite,
            WireDenial::NoTransition => Self::NoTransition,
            WireDenial::UnknownRole => Self::UnknownRole,
            WireDenial::ExceedsOwnRights => Self::ExceedsOwnRights,
        }
    }
}
