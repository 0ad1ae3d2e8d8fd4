//! What somebody wants with a record, as it is put on a command line: an action, a new one, or a move.

use bailiwick::explain::Bound;
use bailiwick::{Access, Action, Explanation, Handle, Place, Record, Snapshot, User};
use clap::Args;

use crate::complaint::Complaint;
use crate::question::{BOUND, Question};

/// An action, a new record, or a move: one of the three at most. A command can add to them, and can ask for one.
#[derive(Args)]
#[command(next_help_heading = "Question")]
pub(crate) struct Wanted {
    #[command(flatten)]
    one: One,
    /// The pipeline of that stage [default: the record's own]
    #[arg(long, value_name = "PIPELINE", requires = "to")]
    to_pipeline: Option<String>,
}

#[derive(Args)]
#[command(next_help_heading = "Question")]
#[group(id = "wanted", multiple = false)]
struct One {
    /// The action to ask about.
    #[arg(long, value_name = "ACTION")]
    action: Option<String>,
    /// Ask whether a record may be created there; with --owner, one that is his from the start. Nobody else is bound to it yet.
    #[arg(long, conflicts_with_all = BOUND)]
    create: bool,
    /// Ask whether the record may be moved to this stage.
    #[arg(long, value_name = "STAGE")]
    to: Option<String>,
}

/// What is wanted, in a snapshot.
pub(crate) enum Wish {
    Act(Option<Handle<Action>>),
    Create(Handle<Place>),
    CreateFor(Handle<Place>, Handle<User>),
    Move(Handle<Place>),
}

impl Wanted {
    /// Whether any of them is.
    pub(crate) fn is_said(&self) -> bool {
        let One { action, create, to } = &self.one;
        action.is_some() || *create || to.is_some()
    }

    /// Looks it up. A stage that is not there is a slip of whoever typed it, and no question.
    pub(crate) fn find(&self, snapshot: &Snapshot, question: &Question) -> Result<Wish, Vec<Complaint>> {
        match (&self.one.action, &self.one.to) {
            (Some(action), _) => Ok(Wish::Act(snapshot.action(action))),
            (None, None) => {
                let place = question.place(snapshot);
                let owner = question.owner(snapshot);
                Ok(owner.map_or(Wish::Create(place), |owner| Wish::CreateFor(place, owner)))
            }
            (None, Some(stage)) => {
                let to = question.stage(snapshot, self.to_pipeline.as_deref(), stage);
                let message = || format!("the vocabulary has no stage `{stage}` there");
                to.map(Wish::Move).ok_or_else(|| vec![Complaint::whole("--to", "unknown", message())])
            }
        }
    }
}

impl Wish {
    /// Explains it; with what would allow it, if that is looked for up to a bound.
    pub(crate) fn explain(
        self,
        access: &Access<'_>,
        record: &Record<'_>,
        grants: Option<Bound<'_>>,
    ) -> Explanation {
        match (self, grants) {
            (Self::Act(action), None) => access.explain(action, record),
            (Self::Act(action), Some(bound)) => access.explain_with_grants(action, record, bound),
            (Self::Create(place), None) => access.explain_create(place),
            (Self::Create(place), Some(bound)) => access.explain_create_with_grants(place, bound),
            (Self::CreateFor(place, owner), None) => access.explain_create_for(place, owner),
            (Self::CreateFor(place, owner), Some(bound)) => {
                access.explain_create_for_with_grants(place, owner, bound)
            }
            (Self::Move(to), None) => access.explain_relocate(record, to),
            (Self::Move(to), Some(bound)) => access.explain_relocate_with_grants(record, to, bound),
        }
    }
}
