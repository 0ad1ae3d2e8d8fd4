//! Scenarios: a small world and a table of questions with the answers that are expected.
//!
//! A scenario is how a rule is agreed on between people, and how it is held afterwards: a document that says who there is, who
//! holds what, and what must come out. The crate's own corpus is written in it, and so can be an application's.
//!
//! Deliberately absent: the presets. A scenario only names one; whoever runs it says what the name means.

mod kind;
mod object;
mod printed;
mod problem;
mod report;
mod run;
mod wire;

pub use object::{Item, ItemPlace, ObjectAsk};
pub use problem::{ScenarioProblem, ScenarioProblemKind, ScenarioProblems};
pub use report::{Answer, Outcome, Report};

use std::fmt;

use crate::check::{Denial, Responsible};
use crate::directory::{Directory, Principal, SocialGroup, User};
use crate::key::Key;
use crate::moment::Moment;
use crate::policy::{Assignment, AuditMark, Policy, Subject};
use crate::vocabulary::{Action, Circumstance, Entity, Flag, Party, Place, Vocabulary};

use super::format::{self, Format};
use super::problem::DocumentProblem;
use wire::WireScenario;

/// A small world with questions and expected answers, read from a document.
///
/// ```
/// use bailiwick::scenario::Scenario;
///
/// let scenario = Scenario::from_json(r#"{
///     "format": "bailiwick/scenario", "version": 1,
///     "vocabulary": {
///         "parties": [{"key": "author", "counts_for": ["own"]}],
///         "levels": [{"key": "own", "relations": ["own"]}],
///         "actions": ["read"],
///         "entities": [{"key": "note", "offers": [{"action": "read", "levels": ["own"]}]}]
///     },
///     "directory": {"users": [{"key": "anna"}, {"key": "boris"}]},
///     "policy": {
///         "roles": [{"key": "writer", "rights": [{"place": {"entity": "note"}, "action": "read", "level": "own"}]}],
///         "assignments": [{"role": "writer", "to": "signed_in"}]
///     },
///     "records": [{"key": "annas", "place": {"entity": "note"}, "owner": "anna"}],
///     "questions": [
///         {"who": {"user": "anna"}, "ask": {"check": {"action": "read", "record": "annas"}}, "expect": "allowed"},
///         {"who": {"user": "boris"}, "ask": {"check": {"action": "read", "record": "annas"}},
///          "expect": {"denied": "out-of-reach"}}
///     ]
/// }"#)?;
/// let no_presets = |_: &str| None;
/// assert!(scenario.run(no_presets)?.passed());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    about: Option<String>,
    speaks: Speaks,
    directory: Directory,
    policy: Policy,
    rows: Vec<Row>,
    items: Vec<Item>,
    questions: Vec<Question>,
}

/// Where the vocabulary is from; the policy holds none until the scenario runs.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Speaks {
    Preset(String),
    Own(Vocabulary),
}

/// A record that a scenario asks about, as an application would read it from a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// Its key, by which questions name it.
    pub key: Key<Row>,
    /// Where it is.
    pub place: Place,
    /// Whose it is.
    pub owner: Option<Key<User>>,
    /// Who else is bound to it.
    pub participants: Vec<(Key<Party>, Principal)>,
    /// What it is flagged as.
    pub flags: Vec<Key<Flag>>,
    /// The records of the scenario that it is linked to.
    pub links: Vec<Key<Row>>,
    /// The social groups that host it.
    pub hosts: Vec<Key<SocialGroup>>,
    /// With whom it is shared.
    pub shares: Vec<Sharing>,
}

/// With whom a record of a scenario is shared, and for what. Who is unknown is nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sharing {
    /// With whom.
    pub with: Subject,
    /// For what.
    pub actions: Vec<Key<Action>>,
}

/// A question, and the answer that is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Question {
    /// What it is about.
    pub about: Option<String>,
    /// Who is asking.
    pub who: Asker,
    /// When.
    pub at: Moment,
    /// In which circumstances. Unknown ones are asserted as they are.
    pub circumstances: Vec<Key<Circumstance>>,
    /// What is asked.
    pub ask: Ask,
    /// What must come out.
    pub expect: Expectation,
}

impl Question {
    /// The moment of a question that names none: 1970-01-01T00:00:00Z.
    pub const DEFAULT_MOMENT: Moment = Moment::from_unix_seconds(0);
}

/// Who is asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asker {
    /// A user, who need not exist.
    User(Key<User>),
    /// A visitor who has not signed in.
    Anonymous,
}

/// What is asked, each by the method of [`Access`](crate::Access) that has its name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ask {
    /// May he do this with the record?
    Check {
        /// The action.
        action: Key<Action>,
        /// The record.
        record: Key<Row>,
    },
    /// What may he do with the record?
    Actions {
        /// The record.
        record: Key<Row>,
    },
    /// May he create a record, and whose will it be?
    Create {
        /// Where.
        place: Place,
    },
    /// May he create a record that belongs to this user from the start?
    CreateFor {
        /// Where.
        place: Place,
        /// Whose it is to be.
        owner: Key<User>,
    },
    /// Under what is it to be recorded if he does this with the record?
    Audit {
        /// The action.
        action: Key<Action>,
        /// The record.
        record: Key<Row>,
    },
    /// May he move the record?
    Relocate {
        /// The record.
        record: Key<Row>,
        /// Where to.
        to: Place,
    },
    /// Where may he move the record?
    ReachableStages {
        /// The record.
        record: Key<Row>,
    },
    /// May he give the record to somebody else?
    MayReassign {
        /// The record.
        record: Key<Row>,
    },
    /// Is the entity shown to him?
    Enters {
        /// The entity.
        entity: Key<Entity>,
    },
    /// Does he get into the application?
    EntersApplication,
    /// A question about an object that has a list of its own.
    Object(ObjectAsk),
    /// May he make this assignment?
    MayAssign(Assignment),
    /// With which of the scenario's records of an entity may he do this?
    List {
        /// The action.
        action: Key<Action>,
        /// The entity.
        entity: Key<Entity>,
    },
}

/// The answer that is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expectation {
    /// He may.
    Allowed,
    /// He may not: for this reason, or for whatever reason.
    Denied(Option<Denial>),
    /// He may create, and this is who becomes the owner.
    CreatesFor(Responsible),
    /// It is to be recorded under exactly this.
    Recorded(Recorded),
    /// It need not be recorded: it is denied, or he may by rights of his own.
    Unrecorded,
    /// He may do exactly these, in any order.
    Actions(Vec<Key<Action>>),
    /// He may move the record to exactly these stages, in any order.
    Stages(Vec<Place>),
    /// Exactly these records, in any order.
    Records(Vec<Key<Row>>),
    /// Exactly these objects, in any order.
    Objects(Vec<Key<Item>>),
}

/// Under what something is to be recorded: an [`Audit`](crate::Audit) by its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Whose rights they are, if he stands in for somebody.
    pub absent: Option<Key<User>>,
    /// The mark of the assignment, if it has one.
    pub mark: Option<Key<AuditMark>>,
}

impl Scenario {
    /// Reads a scenario from its document.
    ///
    /// # Errors
    ///
    /// [`DocumentProblem`]: the first thing in the text that is not as it should be, with its place. An answer that a
    /// question can never have is one, and so is a record that is not declared.
    pub fn from_json(text: &str) -> Result<Self, DocumentProblem> {
        let wire: WireScenario = format::read(text, Format::Scenario)?;
        wire.into_domain().map_err(|flaw| flaw.in_text(text))
    }

    /// Prints the scenario as a document, always in the same way.
    pub fn to_json(&self) -> String {
        format::print(WireScenario::from(self), Format::Scenario)
    }

    /// What it is about.
    pub fn about(&self) -> Option<&str> {
        self.about.as_deref()
    }

    /// The name of the preset that it builds on, if it does not bring a vocabulary of its own.
    pub fn preset(&self) -> Option<&str> {
        match &self.speaks {
            Speaks::Preset(name) => Some(name),
            Speaks::Own(_) => None,
        }
    }

    /// Its questions.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }
}

impl fmt::Display for Asker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(key) => key.fmt(f),
            Self::Anonymous => f.write_str("an anonymous visitor"),
        }
    }
}

/// The question in plain words: "may anna `read` record `won`?".
impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let who = &self.who;
        match &self.ask {
            Ask::Check { action, record } => write!(f, "may {who} `{action}` record `{record}`?"),
            Ask::Actions { record } => write!(f, "what may {who} do with record `{record}`?"),
            Ask::Create { place } => write!(f, "may {who} create at {place}?"),
            Ask::CreateFor { place, owner } => write!(f, "may {who} create for {owner} at {place}?"),
            Ask::Audit { action, record } => {
                write!(f, "under what is it recorded if {who} does `{action}` with record `{record}`?")
            }
            Ask::Relocate { record, to } => write!(f, "may {who} move record `{record}` to {to}?"),
            Ask::ReachableStages { record } => write!(f, "where may {who} move record `{record}`?"),
            Ask::MayReassign { record } => write!(f, "may {who} reassign record `{record}`?"),
            Ask::Enters { entity } => write!(f, "may {who} enter `{entity}`?"),
            Ask::EntersApplication => write!(f, "may {who} enter the application?"),
            Ask::Object(ask) => ask.told(who, f),
            Ask::MayAssign(assignment) => write!(f, "may {who} assign role `{}`?", assignment.role),
            Ask::List { action, entity } => write!(f, "which records of `{entity}` may {who} `{action}`?"),
        }
    }
}
