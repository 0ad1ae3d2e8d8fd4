//! The kinds of question, with the answers that each can have.

use super::{Ask, Expectation, ObjectAsk, Row};
use crate::key::Key;

/// A kind of question.
pub(super) struct Kind {
    /// Its name in a document.
    pub(super) name: &'static str,
    /// The answers that it can have, for messages.
    pub(super) answers: &'static str,
    can_have: fn(&Expectation) -> bool,
}

const fn decision(name: &'static str) -> Kind {
    let can_have = |expect: &_| matches!(expect, Expectation::Allowed | Expectation::Denied(_));
    Kind { name, answers: "`allowed` and `denied`", can_have }
}

impl Kind {
    pub(super) fn can_have(&self, expect: &Expectation) -> bool {
        (self.can_have)(expect)
    }
}

impl Ask {
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Check { .. } => decision("check"),
            Self::Relocate { .. } => decision("relocate"),
            Self::MayReassign { .. } => decision("may_reassign"),
            Self::CreateFor { .. } => decision("create_for"),
            Self::Audit { .. } => Kind {
                name: "audit",
                answers: "`recorded` and `unrecorded`",
                can_have: |expect| matches!(expect, Expectation::Recorded(_) | Expectation::Unrecorded),
            },
            Self::Enters { .. } => decision("enters"),
            Self::EntersApplication => decision("enters_application"),
            Self::MayAssign(_) => decision("may_assign"),
            Self::Create { .. } => Kind {
                name: "create",
                answers: "`allowed`, `denied` and `creates_for`",
                can_have: |expect| {
                    matches!(
                        expect,
                        Expectation::Allowed | Expectation::Denied(_) | Expectation::CreatesFor(_)
                    )
                },
            },
            Self::Actions { .. } => Kind {
                name: "actions",
                answers: "`actions`",
                can_have: |expect| matches!(expect, Expectation::Actions(_)),
            },
            Self::ReachableStages { .. } => Kind {
                name: "reachable_stages",
                answers: "`stages`",
                can_have: |expect| matches!(expect, Expectation::Stages(_)),
            },
            Self::Object(ask) => ask.kind(),
            Self::List { .. } => Kind {
                name: "list",
                answers: "`records`",
                can_have: |expect| matches!(expect, Expectation::Records(_)),
            },
        }
    }

    /// The record that it is about, if it is about one.
    pub(super) fn record(&self) -> Option<&Key<Row>> {
        match self {
            Self::Check { record, .. }
            | Self::Audit { record, .. }
            | Self::Actions { record }
            | Self::Relocate { record, .. }
            | Self::ReachableStages { record }
            | Self::MayReassign { record } => Some(record),
            Self::Create { .. }
            | Self::CreateFor { .. }
            | Self::Enters { .. }
            | Self::EntersApplication
            | Self::Object(_)
            | Self::MayAssign(_)
            | Self::List { .. } => None,
        }
    }
}

impl ObjectAsk {
    fn kind(&self) -> Kind {
        match self {
            Self::Check { .. } => decision("check_object"),
            Self::Move { .. } => decision("move_object"),
            Self::Share { .. } => decision("share_object"),
            Self::Actions { .. } => Kind {
                name: "object_actions",
                answers: "`actions`",
                can_have: |expect| matches!(expect, Expectation::Actions(_)),
            },
            Self::List { .. } => Kind {
                name: "list_objects",
                answers: "`objects`",
                can_have: |expect| matches!(expect, Expectation::Objects(_)),
            },
        }
    }
}
