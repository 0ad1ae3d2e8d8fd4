//! Social groups: workgroups and projects, their features, and what a group hosts, as Bitrix24 has them.
//!
//! Section 8 of the rights model, as data.
//!
//! | entity | a record is | administrators are free |
//! |---|---|---|
//! | [`GROUP`] | a group itself, made by [`Facts`] | in [`ADMIN_MODE`] |
//! | [`FEATURE`] | a group as what its features let people do: an action for each operation | by feature, in [`ADMIN_MODE`] |
//! | [`TASK`], [`FILE`], [`EVENT`] | something of a person's that a group may host | always |
//!
//! # The group itself
//!
//! | action | who |
//! |---|---|
//! | [`VIEW`] | members; employees, if the group is visible; extranet users, if it is visible and extranet |
//! | [`JOIN`], [`REQUEST`] | who finds it so: at once if it is open, by request if not; not if it is archived. Whether somebody is in it already [`joining`] tells |
//! | [`INVITE`], [`MESSAGE`] | the audience of [`GROUP_INVITE`], [`GROUP_MESSAGE`] |
//! | [`ACCEPT`] | who may invite, the owner, the moderators |
//! | [`MODIFY`], [`DELETE`] | the owner |
//! | [`MODERATE`] | the owner, the moderators |
//! | [`CREATE`] | whoever has the role [`CREATOR`], which nobody is given; give it to employees, for guests create no groups |
//!
//! # Features
//!
//! [`features`] has the table of defaults. Operations for viewing offer a group every audience, others all but
//! [`Audience::Everyone`](crate::Audience::Everyone): visitors change nothing.
//!
//! # What a group hosts
//!
//! A record with [`Opening::Hosted`](crate::Opening::Hosted) is opened to the group's audiences: a task to whoever sees, edits or
//! deletes the group's tasks. [`host`] does the same to any vocabulary, and [`host_tasks`] to that of [`tasks`].
//!
//! Deliberately absent: scrum masters, and the option of working with archived groups. Projects are groups with dates, which decide
//! nothing.

mod features;
mod joining;

pub use features::{GROUP_INVITE, GROUP_MESSAGE, features};
pub use joining::{Facts, Joining, joining};

use crate::audience::Operation;
use crate::directory::Directory;
use crate::key::{Key, Name};
use crate::policy::{Assignment, Policy, Role, Subject, Unit};
use crate::preset::Preset;
use crate::preset::tasks;
use crate::vocabulary::{
    Action, Circumstance, Entity, Flag, Level, Offer, Party, PartyRule, Pipeline, PlaceName, Relations,
    Vocabulary,
};

/// Groups themselves.
pub const GROUP: PlaceName = PlaceName::entity("social_group");
/// What the features of groups let people do; a record is hosted by the group that it is about.
pub const FEATURE: PlaceName = PlaceName::entity("group_feature");
/// Tasks that a group may host.
pub const TASK: PlaceName = PlaceName::entity("task");
/// Files that a group may host.
pub const FILE: PlaceName = PlaceName::entity("file");
/// Events that may be in a group's calendar.
pub const EVENT: PlaceName = PlaceName::entity("event");

/// The stage of groups that outsiders join at once.
pub const OPEN: PlaceName = GROUP.pipeline("groups").stage("open");
/// The stage of groups that outsiders join by request.
pub const BY_REQUEST: PlaceName = GROUP.pipeline("groups").stage("by_request");
/// The stage of archived groups.
pub const ARCHIVED: PlaceName = GROUP.pipeline("groups").stage("archived");

/// Finding a group, and seeing its page.
pub const VIEW: Name<Action> = Name::new("view");
/// Joining at once.
pub const JOIN: Name<Action> = Name::new("join");
/// Asking to join.
pub const REQUEST: Name<Action> = Name::new("request");
/// Inviting somebody.
pub const INVITE: Name<Action> = Name::new("invite");
/// Writing to the whole group.
pub const MESSAGE: Name<Action> = Name::new("message");
/// Accepting requests.
pub const ACCEPT: Name<Action> = Name::new("accept");
/// Changing the group, its owner included.
pub const MODIFY: Name<Action> = Name::new("modify");
/// Deleting it.
pub const DELETE: Name<Action> = Name::new("delete");
/// Moderating it.
pub const MODERATE: Name<Action> = Name::new("moderate");
/// Creating a group.
pub const CREATE: Name<Action> = Name::new("create");
/// Reading what a group hosts.
pub const READ: Name<Action> = Name::new("read");
/// Changing what a group hosts.
pub const UPDATE: Name<Action> = Name::new("update");

/// The circumstance that an administrator has switched his admin mode on; that of [`portal`](crate::portal).
pub const ADMIN_MODE: Name<Circumstance> = Name::new("admin_mode");

/// Nothing.
pub const NONE: Name<Level> = Name::new("none");
/// One's own.
pub const OWN: Name<Level> = Name::new("own");
/// The groups that one moderates or owns.
pub const MODERATED: Name<Level> = Name::new("moderated");
/// The groups that one is in, and those that are visible to extranet users.
pub const FOUND_OUTSIDE: Name<Level> = Name::new("found_outside");
/// The groups that one is in, and those that are visible.
pub const FOUND: Name<Level> = Name::new("found");
/// The groups that are visible to extranet users.
pub const SHOWN_OUTSIDE: Name<Level> = Name::new("shown_outside");
/// The groups that are visible.
pub const SHOWN: Name<Level> = Name::new("shown");
/// Everything.
pub const ALL: Name<Level> = Name::new("all");

/// Who owns the group, or whose the hosted record is.
pub const OWNER: Party = Party::OWNER;
/// A moderator of the group.
pub const MODERATOR: Party = Party::nth(1);
/// A plain member of the group.
pub const MEMBER: Party = Party::nth(2);
/// The group is visible.
pub const VISIBLE: Flag = Flag::nth(0);
/// The group is visible, and extranet.
pub const VISIBLE_OUTSIDE: Flag = Flag::nth(1);

/// What everybody has who signs in.
pub const SIGNED_IN: Name<Role> = Name::new("signed_in");
/// What employees have besides.
pub const EMPLOYEE: Name<Role> = Name::new("employee");
/// Creating groups.
pub const CREATOR: Name<Role> = Name::new("creator");

/// The preset.
pub(super) const PRESET: Preset = Preset {
    name: "social-groups",
    about: "workgroups: who finds and joins them, their features, and what they host",
    policy: || Policy::new(vocabulary()).roles(roles()),
    assignments: default_assignments,
    directory: Directory::new,
};

/// What groups protect.
pub fn vocabulary() -> Vocabulary {
    let mut words = Vocabulary::new()
        .party(PartyRule::new("owner").counts_for(Relations::OWN))
        .party(PartyRule::new("moderator"))
        .party(PartyRule::new("member"))
        .flag("visible")
        .flag("visible_outside")
        .circumstances([ADMIN_MODE])
        .actions([
            VIEW, JOIN, REQUEST, INVITE, MESSAGE, ACCEPT, MODIFY, DELETE, MODERATE, CREATE, READ, UPDATE,
        ]);
    words = levels().into_iter().fold(words, Vocabulary::level);
    words = features().into_iter().fold(words, Vocabulary::feature);
    let operations: Vec<Key<Operation>> =
        words.features.iter().flat_map(|feature| &feature.operations).map(|it| it.key.clone()).collect();
    words = words.actions(operations.iter().map(|operation| Key::from(operation.text().as_ref())));
    words
        .entity(group())
        .entity(feature_entity(&operations))
        .entity(hosted(TASK, ["tasks.view_all", "tasks.edit_tasks", "tasks.delete_tasks"]))
        .entity(hosted(FILE, ["files.view", "files.write", "files.write"]))
        .entity(hosted(EVENT, ["calendar.view", "calendar.write", "calendar.write"]))
}

fn levels() -> [Level; 8] {
    let moderated = Relations::OWN | MODERATOR.relation();
    let member = moderated | MEMBER.relation();
    [
        Level::new(NONE, Relations::empty()),
        Level::new(OWN, Relations::OWN),
        Level::new(MODERATED, moderated),
        Level::new(FOUND_OUTSIDE, member | VISIBLE_OUTSIDE.relation()),
        Level::new(FOUND, member | VISIBLE.relation()),
        Level::new(SHOWN_OUTSIDE, VISIBLE_OUTSIDE.relation()),
        Level::new(SHOWN, VISIBLE.relation()),
        Level::new(ALL, Relations::ALWAYS),
    ]
}

fn group() -> Entity {
    let right = |action, levels: &[Name<Level>]| Offer::new(action).levels(levels.iter().copied());
    Entity::new(GROUP)
        .frees_administrators_when(ADMIN_MODE)
        .pipeline(Pipeline::new("groups", ["open", "by_request", "archived"]))
        .reads_by(VIEW)
        .creates_by(CREATE)
        .updates_by(MODIFY)
        .moves_freely()
        .offer(right(VIEW, &[NONE, FOUND_OUTSIDE, FOUND, ALL]))
        .offer(right(JOIN, &[NONE, SHOWN_OUTSIDE, SHOWN]))
        .offer(right(REQUEST, &[NONE, SHOWN_OUTSIDE, SHOWN]))
        .offer(right(INVITE, &[NONE]).hosted_by(GROUP_INVITE))
        .offer(right(MESSAGE, &[NONE]).hosted_by(GROUP_MESSAGE))
        .offer(right(ACCEPT, &[NONE, OWN, MODERATED]).hosted_by(GROUP_INVITE))
        .offer(right(MODIFY, &[NONE, OWN, ALL]))
        .offer(right(DELETE, &[NONE, OWN, ALL]))
        .offer(right(MODERATE, &[NONE, OWN, MODERATED, ALL]))
        .offer(right(CREATE, &[NONE, ALL]))
}

/// Only the audiences decide, and where administrators are free each feature says: after bans and archives, as the facts have it.
fn feature_entity(operations: &[Key<Operation>]) -> Entity {
    let offer = |operation: &Key<Operation>| {
        Offer::new(operation.text().as_ref()).levels([NONE]).hosted_by(operation)
    };
    operations.iter().map(offer).fold(Entity::new(FEATURE).binds_administrators(), Entity::offer)
}

fn hosted(key: PlaceName, [read, update, delete]: [&str; 3]) -> Entity {
    let right = |action, operation| Offer::new(action).levels([NONE, OWN, ALL]).hosted_by(operation);
    Entity::new(key)
        .reads_by(READ)
        .updates_by(UPDATE)
        .offer(right(READ, read))
        .offer(right(UPDATE, update))
        .offer(right(DELETE, delete))
}

/// Opens actions of an entity with records that a group hosts, in any vocabulary: each to the audience of an operation. Join
/// [`features`] to the vocabulary as well. An entity or action that is not there is left alone.
#[must_use]
pub fn host(
    mut vocabulary: Vocabulary,
    entity: impl Into<Key<Entity>>,
    opens: &[(Name<Action>, &str)],
) -> Vocabulary {
    let entity = entity.into();
    let of = vocabulary.entities.iter_mut().filter(|it| it.key == entity);
    for offer in of.flat_map(|it| &mut it.offers) {
        let opened = opens.iter().find(|(action, _)| offer.action == (*action).into());
        if let Some((_, operation)) = opened {
            offer.hosted_by = Some((*operation).into());
        }
    }
    vocabulary
}

/// The vocabulary of [`tasks`] with tasks that groups host: read by whoever sees all of the group's, edited and deleted by
/// whoever may edit and delete them, with all that is a part of editing. [`tasks::GROUP`] is what to ask about before a task is made in
/// a group: there whoever may make the group's tasks may [`CREATE`](tasks::CREATE), and nobody else, administrators included where the
/// feature does not free them.
pub fn host_tasks() -> Vocabulary {
    let words = features().into_iter().fold(tasks::vocabulary(), Vocabulary::feature);
    let words = words.circumstances([ADMIN_MODE]);
    let mut opens = vec![
        (tasks::READ, "tasks.view_all"),
        (tasks::EDIT, "tasks.edit_tasks"),
        (tasks::DELETE, "tasks.delete_tasks"),
    ];
    opens.extend(tasks::PARTS.map(|part| (part, "tasks.edit_tasks")));
    let create = Offer::new(tasks::CREATE).hosted_by("tasks.create_tasks");
    let group = Entity::new(tasks::GROUP).binds_administrators().offer(create);
    host(words, tasks::TASK, &opens).entity(group)
}

/// The roles: what everybody has who signs in, what employees have besides, and creating groups.
pub fn roles() -> Vec<Role> {
    let own = |role: Role, of: PlaceName| {
        [READ, UPDATE, DELETE].iter().fold(role, |role, it| role.set(of, *it, OWN))
    };
    let signed_in = Role::new(SIGNED_IN)
        .set(GROUP, VIEW, FOUND_OUTSIDE)
        .set(OPEN, JOIN, SHOWN_OUTSIDE)
        .set(BY_REQUEST, REQUEST, SHOWN_OUTSIDE)
        .set(GROUP, ACCEPT, MODERATED)
        .set(GROUP, MODIFY, OWN)
        .set(GROUP, DELETE, OWN)
        .set(GROUP, MODERATE, MODERATED);
    let signed_in = [TASK, FILE, EVENT].into_iter().fold(signed_in, own);
    let employee =
        Role::new(EMPLOYEE).set(GROUP, VIEW, FOUND).set(OPEN, JOIN, SHOWN).set(BY_REQUEST, REQUEST, SHOWN);
    vec![signed_in, employee, Role::new(CREATOR).set(GROUP, CREATE, ALL)]
}

/// To whom the product gives the [`roles`]. Who creates groups is the module's setting, so nobody is given [`CREATOR`].
pub fn default_assignments() -> Vec<Assignment> {
    vec![
        Assignment::new(SIGNED_IN, Subject::SignedIn),
        Assignment::new(EMPLOYEE, Subject::Employees(Unit::Anywhere)),
    ]
}
