//! Why: an answer as a tree of typed reasons.
//!
//! An [`Explanation`] is data. [`Display`](std::fmt::Display) is one rendering of it, for a terminal; its JSON is another.
//! Every kind of reason has a stable `code`, so that an application can say the same in another language.
//!
//! The answer in it is computed by the walk that a check takes: `resolve` lets a witness listen, and there is no second
//! walk that could differ. What this module adds is names: which role, through which assignment, at which place.
//!
//! Deliberately absent: any rule. What counts and what is silenced is heard from `resolve`.

mod acl;
mod bearing;
mod demand;
mod hosting;
mod link;
mod movement;
mod nearest;
mod ownership;
mod share;
mod teller;
mod text;
mod tie;
mod view;

pub use crate::reason::{
    Basis, Bearing, Caught, Cell, Claim, Cut, Effect, Holding, Perspective, Relation, Restraint, Said,
    SettingsRight, Spoken, Standing, Voice, Way, When, Who,
};
pub use crate::resolve::Admission;
pub use acl::{AclEffect, AclExplanation, AclPlace, AclVoice};
pub use demand::{Demand, Elsewhere};
pub use hosting::Hosting;
pub use link::Link;
pub use movement::Movement;
pub use nearest::{Bound, NearestGrant, NearestGrants};
pub use ownership::Ownership;
pub use share::SharedWith;
pub use tie::{Seat, SharedDepartment, SharedTicketGroup, Tie};
pub use view::OtherView;

use crate::access::Access;
use crate::check::{Decision, Responsible};
use crate::directory::User;
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::moment::Moment;
use crate::reason::{self, Teller};
use crate::resolve::{self, Record, Stance, View};
use crate::vocabulary::{Action, Circumstance, Flag, Place};

use bearing::Rests;
use view::Told;

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
    /// Every role that some assignment gives him, now or at another moment, in the order of the policy. What he holds apart is
    /// among his other views.
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
    /// Whose the record may become, if creating for somebody was asked about and creating is allowed.
    pub ownership: Option<Ownership>,
    /// What his other views say, if he has any and his own denies: roles that he holds apart, and the people he stands in
    /// for.
    pub others: Vec<OtherView>,
    /// What would allow it, if that was looked for: see [`Access::explain_with_grants`]. Nothing for visitors and for whoever is unknown or
    /// dismissed, for whom no changes are tried.
    pub nearest: Option<NearestGrants>,
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
    /// Whether he may create a record at this place that is somebody's from the start.
    CreateFor {
        /// Where.
        place: Option<Place>,
        /// Whose.
        owner: Option<Key<User>>,
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
                explanation.flags = Teller { snapshot, viewer, place }.flags(record);
                explanation.limits = self.restraints(Some(&Rests::check(viewer, place, action, record)));
                explanation.tell(snapshot, self.views(), |view| self.told(view, place, action, record));
            }
            Err(denial) => explanation.decision = Decision::Denied(denial),
        }
        explanation
    }

    /// What one view says of an action with a record.
    fn told(&self, view: &View<'_>, place: Ix<Place>, action: Ix<Action>, record: &Record<'_>) -> Told {
        let viewer = &view.viewer;
        let teller = Teller { snapshot: self.snapshot(), viewer, place };
        let traces = resolve::traced(viewer, place, action);
        let stance = Stance::of(view, place, traces.iter().map(|(action, _)| *action).collect(), record);
        let mut demands = teller.demands(&traces, stance);
        for (demand, (action, _)) in demands.iter_mut().zip(&traces) {
            demand.links = self.links(view, place, *action, record);
            demand.hosts = hosting::hostings(view, place, *action, record);
            demand.shares = self.shares(view, place, *action, record);
        }
        Told {
            roles: self.holdings(view),
            ties: teller.ties(record, self.at()),
            demands,
            movement: None,
            ownership: None,
            passes: view.passes(place, action),
            inside: view.confined_to().map(|inside| stance.relations().intersects(inside)),
            decision: resolve::decide_in(view, place, action, record).into(),
        }
    }

    /// The roles that belong to a view.
    fn holdings(&self, view: &View<'_>) -> Vec<Holding> {
        reason::holdings(self.snapshot(), view.viewer.handle(), self.occasion(), view.apart)
    }

    /// The limits on the viewer, and what they are to a question that rests on this.
    fn restraints(&self, rests: Option<&Rests<'_>>) -> Vec<Restraint> {
        reason::restraints(self.snapshot(), self.user(), self.occasion(), |rule| {
            rests.map(|rests| rests.bearing(rule))
        })
    }

    /// Who asks and what he holds; the rest is still to be found out.
    fn unexplained(&self, question: Question) -> Explanation {
        let own = self.views().next();
        Explanation {
            who: Who::asks(self),
            at: self.at(),
            circumstances: self.circumstances(),
            question,
            decision: Decision::Allowed,
            valid_until: self.valid_until(),
            responsible: None,
            roles: own.map(|own| self.holdings(&own)).unwrap_or_default(),
            limits: self.viewer().map(|_| self.restraints(None)).unwrap_or_default(),
            ties: Vec::new(),
            flags: Vec::new(),
            demands: Vec::new(),
            movement: None,
            ownership: None,
            others: Vec::new(),
            nearest: None,
        }
    }
}

impl Question {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Check { .. } => "check",
            Self::Create { .. } => "create",
            Self::CreateFor { .. } => "create-for",
            Self::Relocate { .. } => "relocate",
        }
    }
}
