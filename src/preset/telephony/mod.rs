//! Telephony: calls, their recordings, lines and balance, as Bitrix24 protects them.
//!
//! Section 4 of the rights model, as data. Every constant is a key in plain English; the tables give the vendor's code.
//!
//! | entity | vendor | a record is | its owner is |
//! |---|---|---|---|
//! | [`CALL_DETAIL`] | `CALL_DETAIL` | a line of the call list | who made or took the call |
//! | [`CALL_RECORD`] | `CALL_RECORD` | the recording of a call | who made or took the call |
//! | [`CALL`] | `CALL` | a number to be called | nobody |
//! | [`USER`] | `USER` | somebody's telephone settings | that person |
//! | [`SETTINGS`], [`LINE`], [`BALANCE`] | `SETTINGS`, `LINE`, `BALANCE` | an area | nobody |
//!
//! | right | levels on offer |
//! |---|---|
//! | [`CALL_DETAIL`] [`VIEW`], [`CALL_RECORD`] [`LISTEN`] and [`MODIFY`], [`USER`] [`MODIFY`] | [`NONE`], [`OWN`], [`DEPARTMENT`], [`ANY`] |
//! | [`CALL`] [`PERFORM`] | [`NONE`], [`CRM_NUMBERS`], [`COLLEAGUES`], [`ANY`] |
//! | [`SETTINGS`], [`LINE`], [`BALANCE`] [`MODIFY`] | [`NONE`], [`ANY`] |
//!
//! **A surprise**: the department of telephony includes all subdepartments, and that of CRM does not.
//!
//! Rights do not depend on each other, as in the product: who may modify recordings need not be able to listen to them.
//! Viewing calls or listening to them lets a user into the application; the facts are silent on that.
//!
//! Deliberately absent: the tariff. Where it lacks rights, the product goes by its default roles, so compile those.

use crate::directory::{Department, Directory};
use crate::key::{Key, Name};
use crate::policy::{Assignment, Policy, Role, Subject};
use crate::preset::Preset;
use crate::vocabulary::{
    Action, Entity, Flag, Grain, Level, Offer, Party, PartyRule, PlaceName, Relations, Vocabulary,
};

/// The lines of the call list.
pub const CALL_DETAIL: PlaceName = PlaceName::entity("call_detail");
/// The recordings of calls.
pub const CALL_RECORD: PlaceName = PlaceName::entity("call_record");
/// Outgoing calls. A record is the number to be called, flagged as what it is.
pub const CALL: PlaceName = PlaceName::entity("call");
/// The telephone settings of users.
pub const USER: PlaceName = PlaceName::entity("user");
/// The settings of telephony, its roles included.
pub const SETTINGS: PlaceName = PlaceName::entity("settings");
/// The lines: rented and connected numbers.
pub const LINE: PlaceName = PlaceName::entity("line");
/// The balance, and paying.
pub const BALANCE: PlaceName = PlaceName::entity("balance");

/// Seeing calls in the list.
pub const VIEW: Name<Action> = Name::new("view");
/// Listening to recordings.
pub const LISTEN: Name<Action> = Name::new("listen");
/// Changing and deleting.
pub const MODIFY: Name<Action> = Name::new("modify");
/// Calling.
pub const PERFORM: Name<Action> = Name::new("perform");

/// Nothing.
pub const NONE: Name<Level> = Name::new("none");
/// One's own. The vendor's `A`.
pub const OWN: Name<Level> = Name::new("own");
/// One's own and those of one's departments and of all departments below. The vendor's `D`.
pub const DEPARTMENT: Name<Level> = Name::new("department");
/// Everything. The vendor's `X`.
pub const ANY: Name<Level> = Name::new("any");
/// Only numbers that are found in CRM. The vendor's `C`.
pub const CRM_NUMBERS: Name<Level> = Name::new("crm_numbers");
/// Numbers that are found in CRM, and colleagues' telephones. The vendor's `K`.
pub const COLLEAGUES: Name<Level> = Name::new("colleagues");

/// Whose call, recording or telephone settings it is: the owner.
pub const EMPLOYEE: Party = Party::OWNER;

/// The number is found in CRM.
pub const IN_CRM: Flag = Flag::nth(0);
/// The number is a colleague's telephone.
pub const COLLEAGUE: Flag = Flag::nth(1);

/// Everything but changing recordings and the balance, which no default role has.
pub const ADMINISTRATOR: Name<Role> = Name::new("administrator");
/// Sees and hears all calls.
pub const DIRECTOR: Name<Role> = Name::new("director");
/// Sees and hears the calls of his department and of those below.
pub const DEPARTMENT_HEAD: Name<Role> = Name::new("department_head");
/// Sees and hears his own calls.
pub const MANAGER: Name<Role> = Name::new("manager");
/// Listens to everybody's calls to assess them, and calls nobody.
pub const VERIFIER: Name<Role> = Name::new("verifier");

/// The preset with the four default roles.
pub(super) const PRESET: Preset = Preset {
    name: "telephony",
    about: "calls, recordings, lines and balance, with their four default roles",
    policy: || Policy::new(vocabulary()).roles(roles()),
    assignments: || default_assignments("company"),
    directory: Directory::new,
};

/// The ladder of what belongs to people.
const LADDER: [Name<Level>; 4] = [NONE, OWN, DEPARTMENT, ANY];
/// The ladder of numbers to call.
const NUMBERS: [Name<Level>; 4] = [NONE, CRM_NUMBERS, COLLEAGUES, ANY];
const NO_OR_YES: [Name<Level>; 2] = [NONE, ANY];

/// What one role says of one action: a level, or nothing.
type Cell = Option<Name<Level>>;

const X: Cell = Some(ANY);
const D: Cell = Some(DEPARTMENT);
const A: Cell = Some(OWN);
const __: Cell = None;

const COLUMNS: [Name<Role>; 4] = [ADMINISTRATOR, DIRECTOR, DEPARTMENT_HEAD, MANAGER];

/// The table of section 4.
const TABLE: [(PlaceName, Name<Action>, [Cell; 4]); 6] = [
    (CALL_DETAIL, VIEW, [X, X, D, A]),
    (CALL_RECORD, LISTEN, [X, X, D, A]),
    (CALL, PERFORM, [X, X, X, X]),
    (USER, MODIFY, [X, __, __, __]),
    (SETTINGS, MODIFY, [X, __, __, __]),
    (LINE, MODIFY, [X, __, __, __]),
];

/// What telephony protects.
pub fn vocabulary() -> Vocabulary {
    let words = Vocabulary::new()
        .party(PartyRule::new("employee").counts_for(Relations::OWN | Relations::BY_DEPARTMENT))
        .flag("in_crm")
        .flag("colleague")
        .actions([VIEW, LISTEN, MODIFY, PERFORM]);
    let words = levels().into_iter().fold(words, Vocabulary::level);
    words
        .entity(Entity::new(CALL_DETAIL).reads_by(VIEW).admits_to_application().offer(right(VIEW, &LADDER)))
        .entity(
            Entity::new(CALL_RECORD)
                .reads_by(LISTEN)
                .updates_by(MODIFY)
                .admits_to_application()
                .offer(right(LISTEN, &LADDER))
                .offer(right(MODIFY, &LADDER)),
        )
        .entity(Entity::new(CALL).offer(right(PERFORM, &NUMBERS)))
        .entity(area(USER, &LADDER))
        .entity(area(SETTINGS, &NO_OR_YES))
        .entity(area(LINE, &NO_OR_YES))
        .entity(area(BALANCE, &NO_OR_YES))
}

fn levels() -> [Level; 6] {
    [
        Level::new(NONE, Relations::empty()),
        Level::new(OWN, Relations::OWN),
        Level::new(DEPARTMENT, Relations::OWN | Relations::DEPARTMENT | Relations::SUBDEPARTMENTS),
        Level::new(ANY, Relations::ALWAYS),
        Level::new(CRM_NUMBERS, IN_CRM.relation()),
        Level::new(COLLEAGUES, IN_CRM.relation() | COLLEAGUE.relation()),
    ]
}

fn area(key: PlaceName, levels: &[Name<Level>]) -> Entity {
    Entity::new(key).updates_by(MODIFY).offer(right(MODIFY, levels))
}

fn right(action: Name<Action>, levels: &[Name<Level>]) -> Offer {
    Offer::new(action).levels(levels.iter().copied()).finest(Grain::Entity)
}

/// The four default roles: administrator, director, department head, manager.
pub fn roles() -> Vec<Role> {
    let column = |(number, key): (usize, &Name<Role>)| {
        let said = TABLE.iter().filter_map(|(of, action, cells)| {
            let level = cells.get(number).copied().flatten()?;
            Some((*of, *action, level))
        });
        said.fold(Role::new(*key), |role, (of, action, level)| role.set(of, action, level))
    };
    COLUMNS.iter().enumerate().map(column).collect()
}

/// The verifier: a role that companies add, for people who assess how others talk to clients. He hears every recording and
/// sees every call, and may not call himself.
pub fn verifier() -> Role {
    Role::new(VERIFIER).set(CALL_DETAIL, VIEW, ANY).set(CALL_RECORD, LISTEN, ANY)
}

/// To whom the product gives the [`roles`] when it is installed: the administrator's to the administrators, the manager's to
/// everybody below the root department, whose key is the argument. The other two are given to nobody.
pub fn default_assignments(root: impl Into<Key<Department>>) -> Vec<Assignment> {
    vec![
        Assignment::new(ADMINISTRATOR, Subject::Administrators),
        Assignment::new(MANAGER, Subject::DepartmentTree(root.into())),
    ]
}
