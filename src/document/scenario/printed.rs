//! From a scenario to the shape of its document.

use super::object::{ObjectAsk, WireItem};
use super::wire::{
    WireAsk, WireAsker, WireDenial, WireExpectation, WireParticipant, WireQuestion, WireRecorded, WireRow,
    WireScenario,
};
use super::{Ask, Asker, Expectation, Question, Recorded, Row, Scenario, Speaks};
use crate::check::Denial;
use crate::document::wire::share::WireSharing;
use crate::document::wire::{WireInstant, WireKey, wire_keys, wire_places};

impl Expectation {
    /// The expectation as it stands in a scenario's document, such as `{"denied":"out-of-reach"}`.
    pub fn to_json(&self) -> String {
        serde_json::to_string(&WireExpectation::from(self)).unwrap_or_default()
    }
}

impl From<&Scenario> for WireScenario {
    fn from(scenario: &Scenario) -> Self {
        let (preset, vocabulary) = match &scenario.speaks {
            Speaks::Preset(name) => (Some(name.clone()), None),
            Speaks::Own(vocabulary) => (None, Some(vocabulary.into())),
        };
        Self {
            about: scenario.about.clone(),
            preset,
            vocabulary,
            directory: (&scenario.directory).into(),
            policy: (&scenario.policy).into(),
            records: scenario.rows.iter().map(WireRow::from).collect(),
            objects: scenario.items.iter().map(WireItem::from).collect(),
            questions: scenario.questions.iter().map(WireQuestion::from).collect(),
        }
    }
}

impl From<&Row> for WireRow {
    fn from(row: &Row) -> Self {
        let participants = row.participants.iter();
        Self {
            key: (&row.key).into(),
            place: (&row.place).into(),
            owner: row.owner.as_ref().map(WireKey::from),
            participants: participants.map(|(party, who)| WireParticipant::new(party, who)).collect(),
            flags: wire_keys(&row.flags),
            links: wire_keys(&row.links),
            hosts: wire_keys(&row.hosts),
            shares: row.shares.iter().map(WireSharing::from).collect(),
        }
    }
}

impl From<&Question> for WireQuestion {
    fn from(question: &Question) -> Self {
        Self {
            about: question.about.clone(),
            who: match &question.who {
                Asker::User(key) => WireAsker::User(key.into()),
                Asker::Anonymous => WireAsker::Anonymous,
            },
            at: (question.at != Question::DEFAULT_MOMENT).then_some(WireInstant(question.at)),
            circumstances: wire_keys(&question.circumstances),
            ask: (&question.ask).into(),
            expect: (&question.expect).into(),
        }
    }
}

impl From<&Ask> for WireAsk {
    fn from(ask: &Ask) -> Self {
        match ask {
            Ask::Check { action, record } => Self::Check { action: action.into(), record: record.into() },
            Ask::Actions { record } => Self::Actions { record: record.into() },
            Ask::Create { place } => Self::Create { place: place.into() },
            Ask::CreateFor { place, owner } => Self::CreateFor { place: place.into(), owner: owner.into() },
            Ask::Audit { action, record } => Self::Audit { action: action.into(), record: record.into() },
            Ask::Relocate { record, to } => Self::Relocate { record: record.into(), to: to.into() },
            Ask::ReachableStages { record } => Self::ReachableStages { record: record.into() },
            Ask::MayReassign { record } => Self::MayReassign { record: record.into() },
            Ask::Enters { entity } => Self::Enters { entity: entity.into() },
            Ask::EntersApplication => Self::EntersApplication,
            Ask::MayAssign(assignment) => Self::MayAssign(assignment.into()),
            Ask::List { action, entity } => Self::List { action: action.into(), entity: entity.into() },
            Ask::Object(ask) => ask.into(),
        }
    }
}

impl From<&ObjectAsk> for WireAsk {
    fn from(ask: &ObjectAsk) -> Self {
        match ask {
            ObjectAsk::Check { action, object } => {
                Self::CheckObject { action: action.into(), object: object.into() }
            }
            ObjectAsk::Actions { object } => Self::ObjectActions { object: object.into() },
            ObjectAsk::List { action, inside } => {
                Self::ListObjects { action: action.into(), inside: inside.into() }
            }
            ObjectAsk::Move { object, into } => Self::MoveObject { object: object.into(), into: into.into() },
            ObjectAsk::Share { object, rung } => {
                Self::ShareObject { object: object.into(), rung: rung.into() }
            }
        }
    }
}

impl From<&Expectation> for WireExpectation {
    fn from(expect: &Expectation) -> Self {
        match expect {
            Expectation::Allowed => Self::Allowed,
            Expectation::Denied(None) => Self::DeniedAnyhow,
            Expectation::Denied(Some(denial)) => Self::DeniedBecause((*denial).into()),
            Expectation::CreatesFor(whom) => Self::CreatesFor(whom.into()),
            Expectation::Recorded(Recorded { absent, mark }) => Self::Recorded(WireRecorded {
                absent: absent.as_ref().map(WireKey::from),
                mark: mark.as_ref().map(WireKey::from),
            }),
            Expectation::Unrecorded => Self::Unrecorded,
            Expectation::Actions(actions) => Self::Actions(wire_keys(actions)),
            Expectation::Stages(stages) => Self::Stages(wire_places(stages)),
            Expectation::Records(records) => Self::Records(wire_keys(records)),
            Expectation::Objects(objects) => Self::Objects(wire_keys(objects)),
        }
    }
}

impl From<Denial> for WireDenial {
    fn from(denial: Denial) -> Self {
        match denial {
            Denial::UnknownUser => Self::UnknownUser,
            Denial::Dismissed => Self::Dismissed,
            Denial::UnknownCircumstance => Self::UnknownCircumstance,
            Denial::UnknownPlace => Self::UnknownPlace,
            Denial::UnknownLadder => Self::UnknownLadder,
            Denial::UnknownAction => Self::UnknownAction,
            Denial::NotOffered => Self::NotOffered,
            Denial::UnknownOwner => Self::UnknownOwner,
            Denial::NotSignedIn => Self::NotSignedIn,
            Denial::NothingGiven => Self::NothingGiven,
            Denial::NotListed => Self::NotListed,
            Denial::OutOfReach => Self::OutOfReach,
            Denial::Limited => Self::Limited,
            Denial::Prerequisite => Self::Prerequisite,
            Denial::NoTransition => Self::NoTransition,
            Denial::UnknownRole => Self::UnknownRole,
            Denial::ExceedsOwnRights => Self::ExceedsOwnRights,
        }
    }
}
