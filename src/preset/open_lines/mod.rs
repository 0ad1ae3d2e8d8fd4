//! Open lines: chats with clients, who reads and joins them, and the lines that they come in by, as Bitrix24 protects them.
//!
//! Section 5 of the rights model, as data. Every constant is a key in plain English; the tables give the vendor's code.
//!
//! | entity | vendor | a record is | who is bound to it |
//! |---|---|---|---|
//! | [`LINE`] | `LINES`, `CONNECTORS` | a line | its queue ([`QUEUE`]), and who changed it last ([`LAST_CHANGED_BY`]) |
//! | [`CONVERSATION`] | `SESSION`, `HISTORY`, `JOIN`, `VOTE_HEAD` | a conversation with a client | its [`OPERATOR`], the owner |
//! | [`SETTINGS`], [`QUICK_ANSWERS`], [`SOFT_PAUSE_LIST`] | the same | an area | nobody |
//!
//! | right | vendor | levels on offer | needs |
//! |---|---|---|---|
//! | [`LINE`] [`VIEW`] | `LINES` `VIEW` | [`NONE`], [`OWN`], [`DEPARTMENT`], [`ANY`] | |
//! | [`LINE`] [`MODIFY`] | `LINES` `MODIFY` | the same | [`VIEW`] |
//! | [`LINE`] [`CONNECT`] | `CONNECTORS` `MODIFY` | the same | [`VIEW`] |
//! | [`CONVERSATION`] [`VIEW`] | `SESSION` `VIEW` | the same | |
//! | [`CONVERSATION`] [`READ`] | `HISTORY` `VIEW` | the same | |
//! | [`CONVERSATION`] [`JOIN`] | `JOIN` `PERFORM` | [`OWN`], [`DEPARTMENT`], [`ANY`] | |
//! | [`CONVERSATION`] [`RATE`] | `VOTE_HEAD` `PERFORM` | [`NONE`], [`DEPARTMENT`], [`ANY`] | [`READ`] |
//! | [`SETTINGS`], [`QUICK_ANSWERS`] [`MODIFY`], [`SOFT_PAUSE_LIST`] [`VIEW`] | the same | [`NONE`], [`ANY`] | |
//!
//! The department includes all subdepartments, as in telephony and not as in CRM. The operator of a conversation reads it whatever
//! his roles say: that is a role of its own, [`EVERYBODY`].
//!
//! A line is somebody's own if he is in its queue or was the last to change it; at [`DEPARTMENT`] it is enough that a colleague is in
//! the queue, and not that one changed it.
//!
//! **A surprise**: there is no "none" for joining and no "own" for rating. A role that sets such a level is a problem when the snapshot
//! is compiled; one that leaves joining out gives no right to join.

use crate::directory::{Department, Directory, UserGroup};
use crate::key::{Key, Name};
use crate::policy::{Assignment, Policy, Role, Subject};
use crate::preset::{Preset, crm};
use crate::vocabulary::{
    Action, Entity, Grain, Level, Offer, Party, PartyRule, PlaceName, Relations, RightRef, Vocabulary,
};

/// The lines.
pub const LINE: PlaceName = PlaceName::entity("open_line");
/// The conversations that come in by them.
pub const CONVERSATION: PlaceName = PlaceName::entity("conversation");
/// The rights of open lines.
pub const SETTINGS: PlaceName = PlaceName::entity("open_lines_settings");
/// The quick replies.
pub const QUICK_ANSWERS: PlaceName = PlaceName::entity("quick_answers");
/// The list of pauses, which the product has in a special mode only.
pub const SOFT_PAUSE_LIST: PlaceName = PlaceName::entity("soft_pause_list");

/// Seeing a line, or a conversation in the list with its figures; not what was said in it.
pub const VIEW: Name<Action> = Name::new("view");
/// Changing a line that one may view, the quick replies or the rights.
pub const MODIFY: Name<Action> = Name::new("modify");
/// Connecting channels to a line that one may view.
pub const CONNECT: Name<Action> = Name::new("connect");
/// Reading what was said.
pub const READ: Name<Action> = crm::READ;
/// Joining a conversation.
pub const JOIN: Name<Action> = Name::new("join");
/// Rating, as a supervisor, a conversation that one may read.
pub const RATE: Name<Action> = Name::new("rate");

/// Nothing.
pub const NONE: Name<Level> = crm::NONE;
/// One's own. The vendor's `A`.
pub const OWN: Name<Level> = crm::OWN;
/// One's own and those of one's departments and of all departments below. The vendor's `D`. CRM calls the same level
/// `subdepartments`, and that is its key.
pub const DEPARTMENT: Name<Level> = crm::SUBDEPARTMENTS;
/// Everything. The vendor's `X`. Its key is `all`, as in CRM.
pub const ANY: Name<Level> = crm::ALL;

/// Who talks to the client: the owner of a conversation. Its key is `responsible`, as in CRM.
pub const OPERATOR: Party = Party::OWNER;
/// Who is in the queue of a line. The party before it is CRM's observer, so that both vocabularies can be one.
pub const QUEUE: Party = Party::nth(2);
/// Who changed a line last.
pub const LAST_CHANGED_BY: Party = Party::nth(3);

/// What needs no right: the operator reads his conversations. The product does not show it among its roles.
pub const EVERYBODY: Name<Role> = Name::new("open_lines_everybody");
/// Everything.
pub const ADMINISTRATOR: Name<Role> = Name::new("open_lines_administrator");
/// Everything but the rights.
pub const DIRECTOR: Name<Role> = Name::new("open_lines_director");
/// Sees all lines, and his own conversations.
pub const MANAGER: Name<Role> = Name::new("open_lines_manager");

/// Open lines and CRM in one, with the roles of both.
pub(super) const BESIDE_CRM: Preset = Preset {
    name: "crm-open-lines",
    about: "CRM and open lines in one: who reads a deal reads and joins the conversation about it",
    policy: || Policy::new(beside(crm::vocabulary())).roles(crm::roles()).roles(roles()),
    assignments: || [crm::default_assignments(), default_assignments("company", "direction")].concat(),
    directory: Directory::new,
};

/// The preset with the three default roles.
pub(super) const PRESET: Preset = Preset {
    name: "open-lines",
    about: "lines and conversations with clients, with their three default roles",
    policy: || Policy::new(vocabulary()).roles(roles()),
    assignments: || default_assignments("company", "direction"),
    directory: Directory::new,
};

const LADDER: [Name<Level>; 4] = [NONE, OWN, DEPARTMENT, ANY];
const WITHOUT_NONE: [Name<Level>; 3] = [OWN, DEPARTMENT, ANY];
const WITHOUT_OWN: [Name<Level>; 3] = [NONE, DEPARTMENT, ANY];
const NO_OR_YES: [Name<Level>; 2] = [NONE, ANY];

/// What one role says of one action: a level, or nothing.
type Cell = Option<Name<Level>>;

const X: Cell = Some(ANY);
const A: Cell = Some(OWN);
const __: Cell = None;

const COLUMNS: [Name<Role>; 3] = [ADMINISTRATOR, DIRECTOR, MANAGER];

/// The table of section 5.
const TABLE: [(PlaceName, Name<Action>, [Cell; 3]); 10] = [
    (LINE, VIEW, [X, X, X]),
    (LINE, MODIFY, [X, X, __]),
    (LINE, CONNECT, [X, X, __]),
    (CONVERSATION, VIEW, [X, X, A]),
    (CONVERSATION, READ, [X, X, A]),
    (CONVERSATION, JOIN, [X, X, A]),
    (CONVERSATION, RATE, [X, X, __]),
    (SETTINGS, MODIFY, [X, __, __]),
    (QUICK_ANSWERS, MODIFY, [X, X, __]),
    (SOFT_PAUSE_LIST, VIEW, [X, X, __]),
];

/// What open lines protect.
pub fn vocabulary() -> Vocabulary {
    let words = Vocabulary::new()
        .party(PartyRule::new("responsible").counts_for(Relations::OWN | Relations::BY_DEPARTMENT))
        .party(PartyRule::new("observer").counts_for(Relations::OBSERVED))
        .party(PartyRule::new("queue").counts_for(Relations::OWN | Relations::BY_DEPARTMENT))
        .party(PartyRule::new("last_changed_by").counts_for(Relations::OWN))
        .actions([VIEW, MODIFY, CONNECT, READ, JOIN, RATE]);
    let words = levels().into_iter().fold(words, Vocabulary::level);
    entities().into_iter().fold(words, Vocabulary::entity)
}

/// The records of CRM that a conversation can be bound to.
const BOUND: [PlaceName; 4] = [crm::LEAD, crm::DEAL, crm::CONTACT, crm::COMPANY];

/// A vocabulary of CRM with open lines beside it, in which conversations are linked to CRM: whoever may read a lead, deal, contact or
/// company may read and join the conversations that are bound to it. It only adds. A conversation that nothing is bound to is as it
/// is in open lines alone.
///
/// The two share the first parties and the levels, and no other key.
///
/// ```
/// use bailiwick::{Directory, Policy, Snapshot, crm, open_lines};
///
/// let vocabulary = open_lines::beside(crm::vocabulary());
/// let policy = Policy::new(vocabulary).roles(crm::roles()).roles(open_lines::roles());
/// assert!(Snapshot::compile(&policy, &Directory::new()).is_ok());
/// ```
#[must_use]
pub fn beside(mut crm: Vocabulary) -> Vocabulary {
    let own = vocabulary();
    let there = crm.parties.len();
    crm.parties.extend(own.parties.into_iter().skip(there));
    let new = own.actions.into_iter().filter(|action| !crm.actions.contains(action)).collect::<Vec<_>>();
    crm.actions.extend(new);
    let is_new = |level: &Level| crm.levels.iter().all(|other| other.key != level.key);
    let new = own.levels.into_iter().filter(is_new).collect::<Vec<_>>();
    crm.levels.extend(new);
    let bound: Vec<PlaceName> = BOUND
        .into_iter()
        .filter(|of| crm.entities.iter().any(|entity| entity.key == Key::from(*of)))
        .collect();
    let [line, mut conversation, settings, quick_answers, pauses] = entities();
    let opened = [READ, JOIN].map(Key::from);
    for offer in conversation.offers.iter_mut().filter(|offer| opened.contains(&offer.action)) {
        offer.through =
            bound.iter().map(|of| RightRef { entity: (*of).into(), action: crm::READ.into() }).collect();
    }
    crm.entities.extend([line, conversation, settings, quick_answers, pauses]);
    crm
}

fn levels() -> [Level; 4] {
    [
        Level::new(NONE, Relations::empty()),
        Level::new(OWN, Relations::OWN),
        Level::new(DEPARTMENT, Relations::OWN | Relations::DEPARTMENT | Relations::SUBDEPARTMENTS),
        Level::new(ANY, Relations::ALWAYS),
    ]
}

fn entities() -> [Entity; 5] {
    let line = Entity::new(LINE)
        .reads_by(VIEW)
        .updates_by(MODIFY)
        .admits_to_application()
        .offer(right(VIEW, &LADDER))
        .offer(right(MODIFY, &LADDER).requires(VIEW))
        .offer(right(CONNECT, &LADDER).requires(VIEW));
    let conversation = Entity::new(CONVERSATION)
        .reads_by(VIEW)
        .admits_to_application()
        .offer(right(VIEW, &LADDER))
        .offer(right(READ, &LADDER))
        .offer(right(JOIN, &WITHOUT_NONE))
        .offer(right(RATE, &WITHOUT_OWN).requires(READ));
    let area = |of, action| Entity::new(of).offer(right(action, &NO_OR_YES));
    [
        line,
        conversation,
        area(SETTINGS, MODIFY).updates_by(MODIFY),
        area(QUICK_ANSWERS, MODIFY).updates_by(MODIFY),
        area(SOFT_PAUSE_LIST, VIEW).reads_by(VIEW),
    ]
}

fn right(action: Name<Action>, levels: &[Name<Level>]) -> Offer {
    Offer::new(action).levels(levels.iter().copied()).finest(Grain::Entity)
}

/// The three default roles: administrator, director, manager; and before them what needs no right.
pub fn roles() -> Vec<Role> {
    let column = |(number, key): (usize, &Name<Role>)| {
        let said = TABLE.iter().filter_map(|(of, action, cells)| {
            let level = cells.get(number).copied().flatten()?;
            Some((*of, *action, level))
        });
        said.fold(Role::new(*key), |role, (of, action, level)| role.set(of, action, level))
    };
    let columns = COLUMNS.iter().enumerate().map(column);
    [everybody()].into_iter().chain(columns).collect()
}

/// What needs no right: the operator reads his conversations.
pub fn everybody() -> Role {
    Role::new(EVERYBODY).set(CONVERSATION, READ, OWN)
}

/// To whom the product gives the [`roles`] when it is installed: the administrator's to the administrators, the director's to
/// a user group, the manager's to everybody below the root department. What needs no right goes to everybody who is signed in.
pub fn default_assignments(
    root: impl Into<Key<Department>>,
    direction: impl Into<Key<UserGroup>>,
) -> Vec<Assignment> {
    vec![
        Assignment::new(EVERYBODY, Subject::SignedIn),
        Assignment::new(ADMINISTRATOR, Subject::Administrators),
        Assignment::new(DIRECTOR, Subject::UserGroup(direction.into())),
        Assignment::new(MANAGER, Subject::DepartmentTree(root.into())),
    ]
}
