//! What came out of a scenario.

use std::fmt;

use super::{Expectation, Item, Question, Recorded, Row};
use crate::check::{Creation, Decision, Denial, Responsible};
use crate::key::Key;
use crate::vocabulary::{Action, Place};

/// The outcome of every question of a scenario, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub(super) outcomes: Vec<Outcome>,
}

/// A question, and the answer that it got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub(super) number: usize,
    pub(super) question: Question,
    pub(super) got: Answer,
}

/// An answer that a question got.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// Yes or no.
    Decision(Decision),
    /// Whether a record may be created, and for whom.
    Creation(Creation),
    /// Under what it is to be recorded, if it is.
    Recorded(Option<Recorded>),
    /// What may be done, in the order of the vocabulary.
    Actions(Vec<Key<Action>>),
    /// The stages that can be reached, in the order of the vocabulary.
    Stages(Vec<Place>),
    /// Some of the scenario's records, in its order.
    Records(Vec<Key<Row>>),
    /// Some of the scenario's objects, in its order.
    Objects(Vec<Key<Item>>),
}

impl Report {
    /// Whether every question got the answer that was expected.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.failures().next().is_none()
    }

    /// All outcomes.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// The outcomes that were not expected.
    pub fn failures(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| !outcome.passed())
    }
}

impl Outcome {
    /// The question, with the answer that was expected.
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// The JSON pointer to the question in the scenario's document, for [`locate`](crate::locate).
    pub fn pointer(&self) -> String {
        format!("/questions/{}", self.number)
    }

    /// The answer that it got.
    pub fn got(&self) -> &Answer {
        &self.got
    }

    /// Whether that is the answer that was expected.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.question.expect.is_met_by(&self.got)
    }
}

impl Expectation {
    /// Whether the answer is the expected one. An answer of another kind never is.
    #[must_use]
    pub fn is_met_by(&self, answer: &Answer) -> bool {
        match (self, answer) {
            (Self::Allowed, Answer::Decision(decision)) => decision.is_allowed(),
            (Self::Allowed, Answer::Creation(creation)) => creation.is_allowed(),
            (Self::Denied(reason), answer) => {
                answer.denial().is_some_and(|denial| reason.is_none_or(|reason| reason == denial))
            }
            (Self::CreatesFor(expected), Answer::Creation(Creation::Allowed(whom))) => expected == whom,
            (Self::Recorded(expected), Answer::Recorded(Some(got))) => expected == got,
            (Self::Unrecorded, Answer::Recorded(got)) => got.is_none(),
            (Self::Actions(expected), Answer::Actions(got)) => same(expected, got),
            (Self::Stages(expected), Answer::Stages(got)) => same(expected, got),
            (Self::Records(expected), Answer::Records(got)) => same(expected, got),
            (Self::Objects(expected), Answer::Objects(got)) => same(expected, got),
            (
                Self::Allowed
                | Self::CreatesFor(_)
                | Self::Recorded(_)
                | Self::Unrecorded
                | Self::Actions(_)
                | Self::Stages(_)
                | Self::Records(_)
                | Self::Objects(_),
                _,
            ) => false,
        }
    }
}

/// Whether both hold the same, in any order.
fn same<T: Ord>(expected: &[T], got: &[T]) -> bool {
    let sorted = |list| {
        let mut items: Vec<&T> = Vec::from_iter(list);
        items.sort();
        items
    };
    sorted(expected) == sorted(got)
}

impl Answer {
    /// The expectation that this answer meets and no other answer does: what a scenario would say to expect it.
    pub fn as_expectation(&self) -> Expectation {
        match self {
            Self::Decision(Decision::Allowed) => Expectation::Allowed,
            Self::Decision(Decision::Denied(denial)) | Self::Creation(Creation::Denied(denial)) => {
                Expectation::Denied(Some(*denial))
            }
            Self::Creation(Creation::Allowed(whom)) => Expectation::CreatesFor(whom.clone()),
            Self::Recorded(recorded) => {
                recorded.clone().map_or(Expectation::Unrecorded, Expectation::Recorded)
            }
            Self::Actions(actions) => Expectation::Actions(actions.clone()),
            Self::Stages(stages) => Expectation::Stages(stages.clone()),
            Self::Records(records) => Expectation::Records(records.clone()),
            Self::Objects(objects) => Expectation::Objects(objects.clone()),
        }
    }

    /// The reason, if the answer is no.
    pub fn denial(&self) -> Option<Denial> {
        match self {
            Self::Decision(decision) => decision.denial(),
            Self::Creation(Creation::Denied(denial)) => Some(*denial),
            Self::Creation(Creation::Allowed(_))
            | Self::Recorded(_)
            | Self::Actions(_)
            | Self::Stages(_)
            | Self::Records(_)
            | Self::Objects(_) => None,
        }
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allowed => f.write_str("allowed"),
            Self::Denied(None) => f.write_str("denied"),
            Self::Denied(Some(denial)) => write!(f, "denied ({})", denial.code()),
            Self::CreatesFor(whom) => created_for(whom, f),
            Self::Recorded(recorded) => write!(f, "recorded {recorded}"),
            Self::Unrecorded => f.write_str("not recorded"),
            Self::Actions(actions) => list("actions", actions, f),
            Self::Stages(stages) => list("stages", stages, f),
            Self::Records(records) => list("records", records, f),
            Self::Objects(objects) => list("objects", objects, f),
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decision(Decision::Allowed) => f.write_str("allowed"),
            Self::Decision(Decision::Denied(denial)) | Self::Creation(Creation::Denied(denial)) => {
                write!(f, "denied ({}): {denial}", denial.code())
            }
            Self::Creation(Creation::Allowed(whom)) => created_for(whom, f),
            Self::Recorded(Some(recorded)) => write!(f, "recorded {recorded}"),
            Self::Recorded(None) => f.write_str("not recorded"),
            Self::Actions(actions) => list("actions", actions, f),
            Self::Stages(stages) => list("stages", stages, f),
            Self::Records(records) => list("records", records, f),
            Self::Objects(objects) => list("objects", objects, f),
        }
    }
}

fn created_for(whom: &Responsible, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match whom {
        Responsible::Author => f.write_str("allowed, for its author only"),
        Responsible::Requested => f.write_str("allowed, for whoever is asked for"),
        Responsible::Within(department) => write!(f, "allowed, for whoever sits in {department} or below"),
        Responsible::Absent(absent) => write!(f, "allowed, for {absent} only, who is absent"),
    }
}

impl fmt::Display for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let absent = self.absent.as_ref().map(|absent| format!("in the place of {absent}"));
        let mark = self.mark.as_ref().map(|mark| format!("under {mark}"));
        f.write_str(&absent.into_iter().chain(mark).collect::<Vec<_>>().join(", "))
    }
}

fn list<T: fmt::Display>(noun: &str, items: &[T], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some((first, rest)) = items.split_first() else { return write!(f, "no {noun}") };
    write!(f, "{noun} {first}")?;
    rest.iter().try_for_each(|item| write!(f, ", {item}"))
}
