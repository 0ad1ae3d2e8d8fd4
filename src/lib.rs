//! Access control that an application links and asks in process: who may do what, with which record, now.
//!
//! Bailiwick is for applications in which users sit in departments and groups, administrators edit roles on a screen, and
//! records belong to somebody and move through stages. It is pure: no I/O, no clock, no locks, no unsafe code.
//!
//! ```
//! use bailiwick::{Assignment, Directory, Moment, Policy, Record, Snapshot, Subject, User, crm};
//!
//! let directory = Directory::new().with(User::new("anna"));
//! let policy = Policy::new(crm::vocabulary())
//!     .roles(crm::roles())
//!     .assign(Assignment::new(crm::MANAGER, Subject::User("anna".into())));
//! let snapshot = Snapshot::compile(&policy, &directory)?;
//!
//! let anna = snapshot.user("anna");
//! let access = snapshot.access(anna, Moment::from_unix_seconds(1_790_000_000));
//! let deal = Record::at(crm::DEAL).owner(anna);
//! assert!(access.check(crm::UPDATE, &deal).is_allowed());
//! # Ok::<(), bailiwick::Problems>(())
//! ```
//!
//! # The values, in the order you meet them
//!
//! | | what it is |
//! |---|---|
//! | [`Directory`] | who: departments, users, user groups, social groups |
//! | [`Vocabulary`] | what there is to protect: entities, actions, stages, levels |
//! | [`Policy`] | a vocabulary, the roles that speak it, and who holds them |
//! | [`Snapshot`] | both, checked as a whole and frozen; shared between threads |
//! | [`Access`] | one viewer at one moment: the thing to ask |
//! | [`Record`] | the facts about one record, built on the spot from its row |
//! | [`Acl`], [`AclAccess`], [`Inherited`] | an object's own list, one viewer's access to such objects, what a folder passes on |
//! | [`Decision`], [`ActionSet`], [`Creation`], [`Filter`], [`Explanation`] | the answers |
//! | [`Explanation`] | why an answer is what it is |
//!
//! Start with the guide: [concepts](guide::concepts), [how roles combine](guide::combining), a [cookbook](guide::cookbook),
//! [row filters](guide::row_filters), [dates, circumstances, limits](guide::for_a_while), [why](guide::explanations), [codes](guide::codes), [reviews](guide::reviews), [documents](guide::documents). Ready-made systems are
//! [presets](preset): CRM, [tasks](guide::tasks), [telephony](guide::telephony), [open lines](guide::open_lines), [the help desk](guide::help_desk).
//! About single records: [whose they are](guide::whose_it_is), [with whom they are shared](guide::one_record).
//!
//! # What it deliberately does not do
//!
//! It signs nobody in, stores nothing, and logs nothing. It has no rule language: what a right means is fixed, documented in the
//! guide, and the same in every question. It does not know fields of records, only records.

mod audience;
mod key;
mod moment;

mod index;

mod directory;
mod vocabulary;

mod policy;

mod change;

mod snapshot;

mod resolve;

mod access;
mod answer;

mod acl;
mod check;
mod filter;

mod reason;

pub mod explain;
pub mod review;

mod view_as;

#[cfg(feature = "document")]
mod document;
pub mod guide;
pub mod preset;
#[cfg(feature = "testkit")]
pub mod testkit;

pub use access::Access;
pub use acl::{AclAccess, Inherited, Object};
pub use answer::{ActionSet, Decision, Denial};
pub use audience::{Audience, Feature, Operation};
pub use change::{Change, ChangeProblem};
pub use check::{Assigning, Audit, Creation, Exceeding, Excess, Responsible};
pub use directory::{
    Department, Directory, Entry, Membership, OwnAudience, Principal, SocialGroup, TicketGroup,
    TicketGroupKind, TicketMember, User, UserGroup,
};
#[cfg(feature = "document")]
pub use document::{
    DocumentProblem, DocumentProblemKind, Format, InstantProblem, MAX_DOCUMENT_BYTES, Position, Words,
    document_pointer, locate, locate_all, scenario,
};
pub use explain::Explanation;
#[cfg(feature = "sql")]
pub use filter::sql;
pub use filter::{
    AnyOf, Clause, Condition, DepartmentSpan, Filter, Filters, Keeps, Keys, Permitted, Seating, Within,
};
pub use key::{Handle, Key, KeyFlaw, KeyRef, MAX_KEY_BYTES, Name};
pub use moment::{Moment, Window};
pub use policy::{
    Acl, AclEntry, Among, Assignment, AuditMark, CodeProblem, Combining, Delegation, Extent, Limit, Origin,
    Policy, Rank, Right, Role, Sign, Subject, SubjectKind, Substitution, Targets, Transition, Unit,
};
pub use preset::{
    bizproc, crm, disk, help_desk, open_lines, portal, social_groups, support, tasks, telephony,
};
pub use resolve::acl::{AclProblem, AclProblemKind, Dropped, FrozenAcl, Needless};
pub use resolve::{Grantee, Opening, Participant, Record, Share};
pub use review::matrix::Matrix;
pub use snapshot::{Location, Noun, Part, Problem, ProblemKind, Problems, Route, Snapshot};
pub use view_as::{AclViewAs, InheritedViewAs, Simulated, ViewAs};
pub use vocabulary::{
    Action, Circumstance, Entity, FeatureRule, Flag, Freedom, Grain, Ladder, Level, MAX_ACTIONS,
    MAX_CIRCUMSTANCES, MAX_LEVELS, MAX_PLACES, MAX_RUNGS, Offer, OperationRule, Party, PartyRule, Pipeline,
    Place, PlaceName, Principals, Relations, RightRef, Rung, Stage, Vocabulary,
};
