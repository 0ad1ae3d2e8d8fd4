//! Why: an answer as a tree of typed reasons.
//!
//! An [`Explanation`] is data. [`Display`](std::fmt::Display) is one rendering of it, for a terminal; its JSON is another.
//! Every kind of reason has a stable `code`, so that an application can say the same in another language.
//!
//! The answer in it is computed by the walk that a check takes: `resolve` lets a witness listen, and there is no second
//! walk that could differ. What this module adds is names: which role, through which assignment, at which place.
//!
//! Deliberately absent: any rule. What counts and what is silenced is heard from `resolve`.

mod demand;
mod movement;
mod teller;
mod text;
mod tie;

pub use crate::reason::{
    Basis, Caught, Cell, Cut, Effect, Holding, Relation, Restraint, Said, SettingsRight, Spoken, Standing,
    Voice, Way, When, Who,
};
pub use demand::Demand;
pub use movement::Movement;
pub use tie::{SharedDepartment, Tie};

use crate::access::Access;
use crate::check::{Decision, Responsible};
use crate::key::{Handle, Key};
use crate::moment::Moment;
use crate::reason::{self, Teller};
use crate::resolve::{self, Record, Viewer};
use crate::vocabulary::{Action, Circumstance, Flag, Place};

/// Why an answer is what it is.
///
/// ```
/// use bailiwick::{crm, Assignment, Directory, Moment, Policy, Record, Snapshot, Subject, User};
///
/// let directory = Directory::new().with(User::new("anna")).with(User::new("boris"));
/// let policy = Policy::new(crm::vocabulary())
///     .roles(crm::roles())
///     .assign(Assignment::new(crm::MANAGER, Subject::SignedIn));
/// let snapshot = Snapshot::compile(&policy, &directory)?;
///
/// let access = snapshot.access(snapshot.user("anna"), Moment::from_unix_seconds(1_790_000_000));
/// let deal = Record::at(crm::DEAL).owner(snapshot.user("boris"));
/// let explanation = access.explain(crm::READ, &deal);
/// assert_eq!(explanation.decision, access.check(crm::READ, &deal));
/// assert_eq!(explanation.to_string(), "\
/// may anna read at deal, at 2026-09-21T14:13:20Z?
///   role manager, held
///     assignment 0 to every signed-in user: is signed in
///   record
///     responsible boris: no relation
///   read
///     manager: \"own\" set at deal, explicit; counts
///     observed and flag:always_readable suffice here, because the action is held in the entity
///     looked for: own, observed or flag:always_readable
///     not met
///   denied: the level given does not reach this record
/// ");
/// # Ok::<(), bailiwick::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// Who asked.
    pub who: Who,
    /// When.
    pub at: Moment,
    /// In which circumstances, in the order of the vocabulary.
    pub circumstances: Vec<Key<Circumstance>>,
    /// What was asked.
    pub question: Question,
    /// The answer.
    pub decision: Decision,
    /// When it could become another one, if that can be foreseen; see [`Access::valid_until`].
    pub valid_until: Option<Moment>,
    /// Whose a new record becomes, if creating was asked about and is allowed.
    pub responsible: Option<Responsible>,
    /// Every role that some assignment gives him, now or at another moment, in the order of the policy.
    pub roles: Vec<Holding>,
    /// Every limit on him, in force or not, in the order of the policy.
    pub limits: Vec<Restraint>,
    /// How he stands to everybody who is bound to the record.
    pub ties: Vec<Tie>,
    /// What the record is flagged as.
    pub flags: Vec<Key<Flag>>,
    /// What is demanded: for the action first, then for each of its prerequisites. Empty if the question did not get so far.
    pub demands: Vec<Demand>,
    /// What else a move needs, if moving was asked about.
    pub movement: Option<Movement>,
}

/// What was asked. What the snapshot does not know has no key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Question {
    /// Whether he may do this with a record at this place.
    Check {
        /// What he wants to do.
        action: Option<Key<Action>>,
        /// Where the record is.
        place: Option<Place>,
    },
    /// Whether he may create a record at this place.
    Create {
        /// Where.
        place: Option<Place>,
    },
    /// Whether he may move a record.
    Relocate {
        /// Where the record is.
        from: Option<Place>,
        /// To which stage.
        to: Option<Place>,
    },
}

impl Access<'_> {
    /// Why the viewer may do this with the record, or why not: [`Access::check`] with all its reasons.
    ///
    /// Takes time in proportion to the assignments of the policy, for it says through which of them every role came.
    pub fn explain(&self, action: impl Into<Handle<Action>>, record: &Record<'_>) -> Explanation {
        let action = action.into();
        let snapshot = self.snapshot();
        let question = Question::Check {
            action: snapshot.lexicon.action(action).and_then(|it| snapshot.lexicon.actions.key(it)).cloned(),
            place: snapshot.place_of(record.place).cloned(),
        };
        let mut explanation = self.unexplained(question);
        match self.question(record.place, action) {
            Ok((viewer, place, action)) => {
                let teller = Teller { snapshot, viewer, place };
                let stands = viewer.stands_to(record);
                let (outcome, traces) = resolve::traced(viewer, place, action, stands);
                explanation.decision = outcome.into();
                explanation.demands = teller.demands(&traces, stands);
                teller.record(&mut explanation, record);
            }
            Err(denial) => explanation.decision = Decision::Denied(denial),
        }
        explanation
    }

    /// Who asks and what he holds; the rest is still to be found out.
    fn unexplained(&self, question: Question) -> Explanation {
        let holdings = |_: &Viewer<'_>| reason::holdings(self.snapshot(), self.user(), self.occasion());
        let limits = |_: &Viewer<'_>| reason::restraints(self.snapshot(), self.user(), self.occasion());
        Explanation {
            who: Who::asks(self),
            at: self.at(),
            circumstances: self.circumstances(),
            question,
            decision: Decision::Allowed,
            valid_until: self.valid_until(),
            responsible: None,
            roles: self.viewer().map(holdings).unwrap_or_default(),
            limits: self.viewer().map(limits).unwrap_or_default(),
            ties: Vec::new(),
            flags: Vec::new(),
            demands: Vec::new(),
            movement: None,
        }
    }
}

impl Question {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Check { .. } => "check",
            Self::Create { .. } => "create",
            Self::Relocate { .. } => "relocate",
        }
    }
}
