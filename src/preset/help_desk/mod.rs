//! The help desk: tickets that clients write and staff answers, as the support module of Bitrix24 protects them.
//!
//! Section 10 of the rights model, as data. Every constant is a key in plain English; the table gives the vendor's letter.
//!
//! | role | vendor | sees | may |
//! |---|---|---|---|
//! | [`CLIENT`] | `R` | his own tickets, and those of clients in whose groups he sees | write tickets, answer, close and reopen his own, rate them |
//! | [`STAND_IN`] | `R` | | the same with the tickets of those other clients |
//! | [`STAFF`] | `T` | tickets that he, or somebody in whose groups he sees, is responsible for | work on what he sees |
//! | [`DEMO`] | `V` | all tickets | change nothing |
//! | [`ADMINISTRATOR`] | `W` | all tickets | everything, deleting and dictionaries included |
//! | [`RESPONSIBLE`] | | tickets that he is responsible for | work on them as staff does, whatever else he is |
//!
//! Nobody changes a ticket that he does not see. Staff and administrators are no clients: their roles supersede those of clients, so
//! somebody who is both sees no tickets of his own writing. Demo supersedes the stand-in.
//!
//! Ticket groups ([`TicketGroup`](crate::TicketGroup)) are no user groups. Who may be put into which is asked as any other right,
//! [`JOIN`] at [`CLIENT_GROUP`] or [`STAFF_GROUP`]; [`misplaced`] finds the members who should not be there. [`told`] says who is to be
//! told of a ticket.
//!
//! Deliberately absent: dictionaries, service levels and who becomes responsible when nobody is named, which are the application's.

mod joining;
mod roles;
mod telling;
mod words;

pub use joining::{Misplaced, misplaced};
pub use roles::{client, default_assignments, roles};
pub use telling::{News, Told, told};
pub use words::vocabulary;

use crate::directory::Directory;
use crate::key::Name;
use crate::policy::{Policy, Role};
use crate::preset::Preset;
use crate::vocabulary::{Action, Level, Party, PlaceName};

/// Tickets. The owner is the client whose ticket it is.
pub const TICKET: PlaceName = PlaceName::entity("ticket");
/// The dictionaries of the help desk: categories, statuses, and who answers for them.
pub const DICTIONARY: PlaceName = PlaceName::entity("dictionary");
/// Being a member of a ticket group of clients.
pub const CLIENT_GROUP: PlaceName = PlaceName::entity("client_group");
/// Being a member of a ticket group of staff.
pub const STAFF_GROUP: PlaceName = PlaceName::entity("staff_group");

/// Seeing a ticket.
pub const READ: Name<Action> = Name::new("read");
/// Writing a new one.
pub const CREATE: Name<Action> = Name::new("create");
/// Answering, closing and reopening, and saying how urgent it is.
pub const ANSWER: Name<Action> = Name::new("answer");
/// Rating the answers.
pub const RATE: Name<Action> = Name::new("rate");
/// Working on it: category, status, difficulty, who is responsible, comments, spam.
pub const WORK: Name<Action> = Name::new("work");
/// Seeing hidden messages and the log.
pub const READ_HIDDEN: Name<Action> = Name::new("read_hidden");
/// Deleting it, or a message of it.
pub const DELETE: Name<Action> = Name::new("delete");
/// Changing a dictionary.
pub const CONFIGURE: Name<Action> = Name::new("configure");
/// Being put into a ticket group.
pub const JOIN: Name<Action> = Name::new("join");

/// Nothing.
pub const NONE: Name<Level> = Name::new("none");
/// One's own: those that one is the client of.
pub const OWN: Name<Level> = Name::new("own");
/// One's own, and those of clients in whose ticket groups one sees.
pub const CLIENTS: Name<Level> = Name::new("clients");
/// Those that one is responsible for.
pub const RESPONSIBLE_FOR: Name<Level> = Name::new("responsible_for");
/// That, and those for which somebody is responsible in whose ticket groups one sees.
pub const COLLEAGUES: Name<Level> = Name::new("colleagues");
/// Every ticket.
pub const ALL: Name<Level> = Name::new("all");

/// Whose ticket it is: the owner.
pub const CLIENT_OF: Party = Party::OWNER;
/// Who is responsible for it.
pub const RESPONSIBLE_IS: Party = Party::nth(1);
/// Who wrote it, perhaps for somebody else. That counts for nothing.
pub const CREATOR: Party = Party::nth(2);

/// Writes tickets and follows them. The vendor's `R`, with [`STAND_IN`].
pub const CLIENT: Name<Role> = Name::new("client");
/// Answers for the clients whose tickets he sees: for a colleague on holiday. Part of the vendor's `R`.
pub const STAND_IN: Name<Role> = Name::new("stand_in");
/// Answers tickets. The vendor's `T`.
pub const STAFF: Name<Role> = Name::new("staff");
/// Sees everything and changes nothing. The vendor's `V`.
pub const DEMO: Name<Role> = Name::new("demo");
/// May everything. The vendor's `W`.
pub const ADMINISTRATOR: Name<Role> = Name::new("administrator");
/// What being responsible for a ticket gives to anybody.
pub const RESPONSIBLE: Name<Role> = Name::new("responsible");

/// The preset with its roles.
pub(super) const PRESET: Preset = Preset {
    name: "help-desk",
    about: "tickets of clients, answered by staff in ticket groups",
    policy: || Policy::new(vocabulary()).roles(roles()),
    assignments: default_assignments,
    directory: Directory::new,
};
