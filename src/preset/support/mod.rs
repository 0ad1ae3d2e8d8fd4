//! Temporary support access: the vendor's help desk lets its specialist in, per request and only while a switch is on.
//!
//! Section 11 of the rights model, as data. Every right is on what exists: a live grant is a marked
//! [`Assignment`] for a user who takes no seat, and one that is not live is nothing at all. So checks, filters,
//! explanations and reviews need no word of it, and with the switch off they cannot tell that there ever was one.
//!
//! | entity | a record is | its owner is | rights |
//! |---|---|---|---|
//! | [`SECURITY_SETTINGS`] | an area: the security settings, with the switch | nobody | [`READ`]; [`SWITCH`], which needs it |
//! | [`REQUEST`] | a request to the vendor's help desk | who wrote it | [`CREATE`], [`READ`]; [`CLOSE`], which needs reading |
//!
//! | role | security settings | requests | default |
//! |---|---|---|---|
//! | [`CHIEF_ADMINISTRATOR`] | reads, switches | all | administrators |
//! | [`CLIENT`] | | his own | employees |
//!
//! [`Support`] holds the switch and the [`Grant`]s. It is off until somebody switches it on, and while it is off nobody creates
//! requests. What a specialist may do is an ordinary role, which the client chooses; the preset has none for him.
//!
//! Deliberately absent: secrets. The one-time password of a request is the application's sign-in, as every other password
//! is: it makes one when the request is created, binds a session to it, and asks [`Support::entering`] whether to let him in. Mail,
//! attachments and feedback forms are the application's too.

mod grant;

pub use grant::{Entering, Grant, Support};

use crate::directory::Directory;
use crate::key::Name;
use crate::policy::{Assignment, Limit, Policy, Role, Subject, Unit};
use crate::preset::{Preset, crm};
use crate::vocabulary::{
    Action, Entity, Grain, Level, Offer, Party, PartyRule, PlaceName, Relations, Vocabulary,
};

/// The security settings, where the switch is.
pub const SECURITY_SETTINGS: PlaceName = PlaceName::entity("security_settings");
/// The requests to the vendor's help desk.
pub const REQUEST: PlaceName = PlaceName::entity("support_request");

/// Reading; opening the security settings.
pub const READ: Name<Action> = crm::READ;
/// Writing to the help desk.
pub const CREATE: Name<Action> = crm::CREATE;
/// Closing a request that one may read, and with it the access that it opened.
pub const CLOSE: Name<Action> = Name::new("close");
/// Allowing and forbidding support access in settings that one may open.
pub const SWITCH: Name<Action> = Name::new("switch_support_access");

/// Nothing.
pub const NONE: Name<Level> = crm::NONE;
/// One's own.
pub const OWN: Name<Level> = crm::OWN;
/// Everything.
pub const ALL: Name<Level> = crm::ALL;

/// Who wrote a request: its owner. The key is `responsible`, as in CRM.
pub const AUTHOR: Party = Party::OWNER;

/// Opens the security settings, flips the switch, and looks after all requests.
pub const CHIEF_ADMINISTRATOR: Name<Role> = Name::new("support_chief_administrator");
/// Writes requests, reads and closes his own.
pub const CLIENT: Name<Role> = Name::new("support_client");

/// What takes the creating of requests away while the switch is off.
pub const SWITCHED_OFF: Name<Limit> = Name::new("support_access_switched_off");

/// The preset with its two roles.
pub(super) const PRESET: Preset = Preset {
    name: "support",
    about: "temporary access for the vendor's help desk: who switches it, who asks for it",
    policy: || Policy::new(vocabulary()).roles(roles()),
    assignments: default_assignments,
    directory: Directory::new,
};

/// What support access protects.
pub fn vocabulary() -> Vocabulary {
    beside(Vocabulary::new())
}

/// A vocabulary with support access beside what it has. Actions, levels and the first party that are there already stay as they
/// are; they should mean what they mean in CRM, whose keys they are.
///
/// ```
/// use bailiwick::{Directory, Policy, Snapshot, crm, support};
///
/// let vocabulary = support::beside(crm::vocabulary());
/// let policy = Policy::new(vocabulary).roles(crm::roles()).roles(support::roles());
/// assert!(Snapshot::compile(&policy, &Directory::new()).is_ok());
/// ```
#[must_use]
pub fn beside(mut words: Vocabulary) -> Vocabulary {
    if words.parties.is_empty() {
        words =
            words.party(PartyRule::new("responsible").counts_for(Relations::OWN | Relations::BY_DEPARTMENT));
    }
    let actions = [READ, CREATE, CLOSE, SWITCH].map(Into::into);
    let new = actions.into_iter().filter(|action| !words.actions.contains(action)).collect::<Vec<_>>();
    words.actions.extend(new);
    let is_new = |level: &Level| words.levels.iter().all(|other| other.key != level.key);
    let new = levels().into_iter().filter(is_new).collect::<Vec<_>>();
    words.levels.extend(new);
    words.entities.extend(entities());
    words
}

fn levels() -> [Level; 3] {
    [
        Level::new(NONE, Relations::empty()),
        Level::new(OWN, Relations::OWN),
        Level::new(ALL, Relations::ALWAYS),
    ]
}

fn entities() -> [Entity; 2] {
    let right = |action, levels: &[Name<Level>]| {
        Offer::new(action).levels(levels.iter().copied()).finest(Grain::Entity)
    };
    let settings = Entity::new(SECURITY_SETTINGS)
        .reads_by(READ)
        .updates_by(SWITCH)
        .offer(right(READ, &[NONE, ALL]))
        .offer(right(SWITCH, &[NONE, ALL]).requires(READ));
    let request = Entity::new(REQUEST)
        .reads_by(READ)
        .creates_by(CREATE)
        .updates_by(CLOSE)
        .offer(right(CREATE, &[NONE, OWN, ALL]))
        .offer(right(READ, &[NONE, OWN, ALL]))
        .offer(right(CLOSE, &[NONE, OWN, ALL]).requires(READ));
    [settings, request]
}

/// The two roles: chief administrator and client.
pub fn roles() -> Vec<Role> {
    let requests = |role: Role, level: Name<Level>| {
        [CREATE, READ, CLOSE].into_iter().fold(role, |role, action| role.set(REQUEST, action, level))
    };
    let chief =
        Role::new(CHIEF_ADMINISTRATOR).set(SECURITY_SETTINGS, READ, ALL).set(SECURITY_SETTINGS, SWITCH, ALL);
    vec![requests(chief, ALL), requests(Role::new(CLIENT), OWN)]
}

/// To whom the [`roles`] are given: the chief administrator's to the administrators, the client's to employees. Not to everybody who
/// signs in, for that is what a specialist does as well.
pub fn default_assignments() -> Vec<Assignment> {
    vec![
        Assignment::new(CHIEF_ADMINISTRATOR, Subject::Administrators),
        Assignment::new(CLIENT, Subject::Employees(Unit::Anywhere)),
    ]
}
