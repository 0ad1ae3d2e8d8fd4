//! The portal: its chain of user groups, the kinds of its users, module rights in letters, and where administrators are free, as
//! Bitrix24 has them.
//!
//! Section 9 of the rights model, as data. A record is a thing of somebody's:
//!
//! | entity | a record is | its owner is | who takes part | administrators are free |
//! |---|---|---|---|---|
//! | [`DOCUMENT`] | an internal document | its author | | always |
//! | [`SECTION`] | a section that things are added to | nobody | | always |
//! | [`CRM`], [`PORTAL`], [`SYSTEM`] | an area | nobody | | always |
//! | [`REPORT`] | somebody's tasks and working reports | that person | | always |
//! | [`FEED`] | a post | its author | to whom it is addressed | in [`ADMIN_MODE`] |
//! | [`GROUP`] | a workgroup, looked at from outside | its owner | its members | in [`ADMIN_MODE`] |
//! | [`CALENDAR`], [`DRIVE`] | somebody's calendar, somebody's disk | that person | who was let in | in [`ADMIN_MODE`] |
//! | [`CHAT`] | a private chat | who opened it | who is in it | never |
//! | [`ACCOUNT`] | a personal account in the vendor's network | that person | | never |
//!
//! Where an administrator is not free he is a user like any other ([`Freedom`](crate::Freedom)): his own calendar and the chats that
//! he is in stay his. CRM, tasks, telephony and open lines have presets of their own, and none of them asks for the mode.
//!
//! # The chain
//!
//! The default groups rise: everyone in a higher one is in all lower ones. The engine of the product knows no chain; here it is
//! said with groups that include groups ([`groups`]), and each group's role says only what its step adds.
//!
//! | group | role adds |
//! |---|---|
//! | [`EMPLOYEES`] | reading and updating documents that are [`OPEN`] |
//! | [`HR`] | adding to all sections |
//! | [`MANAGEMENT`] | reading all documents |
//! | [`MARKETING`] | working in CRM |
//! | [`PORTAL_ADMINISTRATORS`] | administering the portal |
//! | [`SYSTEM_ADMINISTRATORS`] | administering the system |
//!
//! # Kinds of users
//!
//! | kind | is | role |
//! |---|---|---|
//! | anybody who signs in, extranet included | a user | [`SIGNED_IN`]: what is his own, and what he takes part in |
//! | employee | in a department | [`EMPLOYEE`]: what is open to the company besides |
//! | head | heads a department | [`HEAD`]: the reports of everybody below him |
//! | administrator | [`User::administrator`](crate::User::administrator) | none: he is free |
//! | extranet user | in no department | none |
//!
//! Rights of modules in letters, with both of the product's ways to read them, are [`Module`]'s.

mod letters;

pub use letters::{Module, Reader};

use crate::directory::{Directory, UserGroup};
use crate::key::{Key, Name};
use crate::policy::{Assignment, Policy, Role, Subject, Unit};
use crate::preset::Preset;
use crate::vocabulary::{
    Action, Circumstance, Entity, Flag, Grain, Level, Offer, Party, PartyRule, PlaceName, Relations,
    Vocabulary,
};

/// Internal documents.
pub const DOCUMENT: PlaceName = PlaceName::entity("document");
/// The sections of the portal.
pub const SECTION: PlaceName = PlaceName::entity("section");
/// CRM as an area; its own rights are in [`crm`](crate::crm).
pub const CRM: PlaceName = PlaceName::entity("crm");
/// The settings of the portal.
pub const PORTAL: PlaceName = PlaceName::entity("portal");
/// The system that the portal runs on.
pub const SYSTEM: PlaceName = PlaceName::entity("system");
/// Tasks and working reports, person by person.
pub const REPORT: PlaceName = PlaceName::entity("report");
/// Posts of the feed.
pub const FEED: PlaceName = PlaceName::entity("feed");
/// Workgroups, looked at from outside.
pub const GROUP: PlaceName = PlaceName::entity("group");
/// Personal calendars.
pub const CALENDAR: PlaceName = PlaceName::entity("calendar");
/// Personal disks.
pub const DRIVE: PlaceName = PlaceName::entity("drive");
/// Private chats.
pub const CHAT: PlaceName = PlaceName::entity("chat");
/// Personal accounts in the vendor's network, passwords included.
pub const ACCOUNT: PlaceName = PlaceName::entity("account");

/// Reading.
pub const READ: Name<Action> = Name::new("read");
/// Changing; in a chat, writing.
pub const UPDATE: Name<Action> = Name::new("update");
/// Adding to a section.
pub const ADD: Name<Action> = Name::new("add");
/// Working in an area.
pub const WORK: Name<Action> = Name::new("work");
/// Administering.
pub const ADMINISTER: Name<Action> = Name::new("administer");

/// The circumstance that an administrator has switched his admin mode on.
pub const ADMIN_MODE: Name<Circumstance> = Name::new("admin_mode");

/// Nothing.
pub const NONE: Name<Level> = Name::new("none");
/// One's own.
pub const OWN: Name<Level> = Name::new("own");
/// One's own, and what one takes part in.
pub const INVOLVED: Name<Level> = Name::new("involved");
/// That, and what is open to the company.
pub const COMPANY: Name<Level> = Name::new("company");
/// What is open to the company.
pub const COMMON: Name<Level> = Name::new("common");
/// One's own and that of everybody below oneself.
pub const SUBORDINATES: Name<Level> = Name::new("subordinates");
/// Everything.
pub const ALL: Name<Level> = Name::new("all");

/// Whose it is.
pub const OWNER: Party = Party::OWNER;
/// Who takes part: to whom a post is addressed, who is in a group or chat.
pub const PARTICIPANT: Party = Party::nth(1);
/// Open to everybody in the company.
pub const OPEN: Flag = Flag::nth(0);

/// The lowest group of the chain: everybody who works here.
pub const EMPLOYEES: Name<UserGroup> = Name::new("employees");
/// The personnel department.
pub const HR: Name<UserGroup> = Name::new("hr");
/// The leaders of the company.
pub const MANAGEMENT: Name<UserGroup> = Name::new("management");
/// Who works in CRM.
pub const MARKETING: Name<UserGroup> = Name::new("marketing");
/// Administrators of the portal: everything before, and some of its administration. Being in this group makes nobody an
/// administrator in the sense of [`Subject::Administrators`].
pub const PORTAL_ADMINISTRATORS: Name<UserGroup> = Name::new("portal_administrators");
/// The highest group. Mark its members as administrators in the directory: the product's group 1 is that mark.
pub const SYSTEM_ADMINISTRATORS: Name<UserGroup> = Name::new("system_administrators");

/// The groups of the chain, the lowest first. Each has a role of the same key.
pub const CHAIN: [Name<UserGroup>; 6] =
    [EMPLOYEES, HR, MANAGEMENT, MARKETING, PORTAL_ADMINISTRATORS, SYSTEM_ADMINISTRATORS];

/// What everybody has who signs in.
pub const SIGNED_IN: Name<Role> = Name::new("signed_in");
/// What an employee has besides.
pub const EMPLOYEE: Name<Role> = Name::new("employee");
/// What a head has besides.
pub const HEAD: Name<Role> = Name::new("head");

/// The preset with its groups and roles.
pub(super) const PRESET: Preset = Preset {
    name: "portal",
    about: "the chain of user groups, kinds of users, and where administrators are free",
    policy: || Policy::new(vocabulary()).roles(roles()),
    assignments: default_assignments,
    directory: || groups().into_iter().fold(Directory::new(), Directory::with),
};

/// What a role says.
type Right = (PlaceName, Name<Action>, Name<Level>);

/// What each step of the chain adds; in the order of [`CHAIN`].
const STEPS: [&[Right]; 6] = [
    &[(DOCUMENT, READ, COMMON), (DOCUMENT, UPDATE, COMMON)],
    &[(SECTION, ADD, ALL)],
    &[(DOCUMENT, READ, ALL)],
    &[(CRM, WORK, ALL)],
    &[(PORTAL, ADMINISTER, ALL)],
    &[(SYSTEM, ADMINISTER, ALL)],
];

const KINDS: [(Name<Role>, &[Right]); 3] = [
    (
        SIGNED_IN,
        &[
            (REPORT, READ, OWN),
            (FEED, READ, INVOLVED),
            (FEED, UPDATE, OWN),
            (GROUP, READ, INVOLVED),
            (GROUP, UPDATE, OWN),
            (CALENDAR, READ, INVOLVED),
            (CALENDAR, UPDATE, OWN),
            (DRIVE, READ, INVOLVED),
            (DRIVE, UPDATE, OWN),
            (CHAT, READ, INVOLVED),
            (CHAT, UPDATE, INVOLVED),
            (ACCOUNT, READ, OWN),
            (ACCOUNT, UPDATE, OWN),
        ],
    ),
    (
        EMPLOYEE,
        &[(FEED, READ, COMPANY), (GROUP, READ, COMPANY), (CALENDAR, READ, COMPANY), (DRIVE, READ, COMPANY)],
    ),
    (HEAD, &[(REPORT, READ, SUBORDINATES)]),
];

/// What the portal protects.
pub fn vocabulary() -> Vocabulary {
    let words = Vocabulary::new()
        .party(PartyRule::new("owner").counts_for(Relations::OWN | Relations::SUBORDINATES))
        .party(PartyRule::new("participant"))
        .flag("open")
        .circumstances([ADMIN_MODE])
        .actions([READ, UPDATE, ADD, WORK, ADMINISTER]);
    let words = levels().into_iter().fold(words, Vocabulary::level);
    let area = |key, action| Entity::new(key).offer(right(action, &[NONE, ALL]));
    let social = |key| personal(key).frees_administrators_when(ADMIN_MODE);
    let documents = [NONE, OWN, COMMON, ALL];
    words
        .entity(
            Entity::new(DOCUMENT)
                .reads_by(READ)
                .updates_by(UPDATE)
                .offer(right(READ, &documents))
                .offer(right(UPDATE, &documents).requires(READ)),
        )
        .entity(area(SECTION, ADD))
        .entity(area(CRM, WORK))
        .entity(area(PORTAL, ADMINISTER))
        .entity(area(SYSTEM, ADMINISTER))
        .entity(Entity::new(REPORT).reads_by(READ).offer(right(READ, &[NONE, OWN, SUBORDINATES, ALL])))
        .entity(social(FEED))
        .entity(social(GROUP))
        .entity(social(CALENDAR))
        .entity(social(DRIVE))
        .entity(personal(CHAT).binds_administrators())
        .entity(personal(ACCOUNT).binds_administrators())
}

fn levels() -> [Level; 7] {
    let involved = Relations::OWN | PARTICIPANT.relation();
    [
        Level::new(NONE, Relations::empty()),
        Level::new(OWN, Relations::OWN),
        Level::new(INVOLVED, involved),
        Level::new(COMPANY, involved | OPEN.relation()),
        Level::new(COMMON, OPEN.relation()),
        Level::new(SUBORDINATES, Relations::OWN | Relations::SUBORDINATES),
        Level::new(ALL, Relations::ALWAYS),
    ]
}

/// What belongs to somebody and others may take part in.
fn personal(key: PlaceName) -> Entity {
    let levels = [NONE, OWN, INVOLVED, COMPANY, ALL];
    Entity::new(key)
        .reads_by(READ)
        .updates_by(UPDATE)
        .offer(right(READ, &levels))
        .offer(right(UPDATE, &levels).requires(READ))
}

fn right(action: Name<Action>, levels: &[Name<Level>]) -> Offer {
    Offer::new(action).levels(levels.iter().copied()).finest(Grain::Entity)
}

/// The roles: one for each group of the [`CHAIN`], then those of the kinds of users.
pub fn roles() -> Vec<Role> {
    let role = |key: Key<Role>, rights: &[Right]| {
        rights.iter().fold(Role::new(key), |role, (of, action, level)| role.set(*of, *action, *level))
    };
    let steps = CHAIN.iter().zip(STEPS).map(|(group, rights)| role(group.text().into(), rights));
    steps.chain(KINDS.iter().map(|(key, rights)| role((*key).into(), rights))).collect()
}

/// The groups of the chain, each including the next higher one. They have no members of their own yet.
///
/// ```
/// use bailiwick::{Assignment, Directory, Moment, Policy, Record, Snapshot, Subject, User, portal};
///
/// let mut directory = portal::groups().into_iter().fold(Directory::new(), Directory::with).with(User::new("olga"));
/// directory.user_groups[2] = directory.user_groups[2].clone().member("olga"); // management
/// let mut policy = Policy::new(portal::vocabulary()).roles(portal::roles());
/// policy.assignments = portal::default_assignments();
/// let snapshot = Snapshot::compile(&policy, &directory)?;
/// let olga = snapshot.access(snapshot.user("olga"), Moment::from_unix_seconds(0));
/// assert!(olga.check(portal::ADD, &Record::at(portal::SECTION)).is_allowed()); // what the personnel department may
/// assert!(olga.check(portal::WORK, &Record::at(portal::CRM)).is_denied()); // what marketing may
/// # Ok::<(), bailiwick::Problems>(())
/// ```
pub fn groups() -> Vec<UserGroup> {
    let above = CHAIN.iter().skip(1).map(Some).chain([None]);
    let group = |(key, above): (&Name<UserGroup>, Option<&Name<UserGroup>>)| {
        let group = UserGroup::new(*key);
        above.map_or(group.clone(), |above| group.including(*above))
    };
    CHAIN.iter().zip(above).map(group).collect()
}

/// To whom the product gives the [`roles`]: those of the chain to its groups, the others to the kinds of users.
pub fn default_assignments() -> Vec<Assignment> {
    let steps = CHAIN.map(|group| Assignment::new(group.text(), Subject::UserGroup(group.into())));
    let kinds = [
        (SIGNED_IN, Subject::SignedIn),
        (EMPLOYEE, Subject::Employees(Unit::Anywhere)),
        (HEAD, Subject::Heads(Unit::Anywhere)),
    ];
    steps.into_iter().chain(kinds.map(|(role, to)| Assignment::new(role, to))).collect()
}
