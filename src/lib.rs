//! Access control that an application links and asks in process.
#![forbid(unsafe_code)]

mod index;
mod key;
mod moment;

mod directory;
mod vocabulary;

mod policy;

mod snapshot;

mod resolve;

mod check;

#[cfg(feature = "document")]
mod document;
mod preset;

pub use check::{Access, ActionSet, Creation, Decision, Denial, Responsible};
pub use directory::{Department, Directory, Entry, Membership, SocialGroup, User, UserGroup};
#[cfg(feature = "document")]
pub use document::{
    DocumentProblem, DocumentProblemKind, Format, MAX_DOCUMENT_BYTES, Position, Words, document_pointer,
    locate, locate_all, scenario,
};
pub use key::{Handle, Key, KeyFlaw, KeyRef, MAX_KEY_BYTES, Name};
pub use moment::{Moment, Window};
pub use policy::{
    Assignment, CodeProblem, Combining, Policy, Rank, Right, Role, Subject, Targets, Transition, Unit,
};
pub use preset::crm;
pub use resolve::{Participant, Record};
pub use snapshot::{Location, Noun, Part, Problem, ProblemKind, Problems, Snapshot};
pub use vocabulary::{
    Action, Entity, Flag, Grain, Level, MAX_ACTIONS, MAX_LEVELS, MAX_PLACES, Offer, Party, PartyRule,
    Pipeline, Place, PlaceName, Relations, RightRef, Stage, Vocabulary,
};
