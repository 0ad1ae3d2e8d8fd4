//! Tasks: who sees, edits and deletes which tasks, and whom he may give one to, as Bitrix24 protects them.
//!
//! Section 3 of the rights model, as data. The product knows yes and no only: a role is a set of [`Permission`]s, and
//! [`role()`] makes a role of such a set. What needs no permission, such as that the members of a task see it, is a role like
//! any other, [`EVERYBODY`], which the product's installation gives to everybody who is signed in.
//!
//! | entity | a record is | who is bound to it |
//! |---|---|---|
//! | [`TASK`], at [`OPEN`] or [`CLOSED`] | a task | [`DIRECTOR`], its owner; [`RESPONSIBLE`], [`ACCOMPLICE`], [`AUDITOR`]; [`self_assigned`] |
//! | [`ASSIGNEE`] | somebody to whom a task is to be given | [`PERSON`], and what [`GUEST`], [`MEMBER`] and [`GROUP_MATE`] say of him |
//! | [`TEMPLATE`] | a template of tasks | as a task; its director is who made it |
//! | [`ROBOTS`], [`FLOW`], [`SETTINGS`] | an area | nobody |
//!
//! | action | of | without any permission | by permission |
//! |---|---|---|---|
//! | [`READ`] | task | members; heads of members | 12, 22 |
//! | [`CREATE`] | task | everybody | |
//! | [`EDIT`] | open task | its director; his heads | 1, 13, 23 |
//! | [`EDIT`] | closed task | heads of its director | 6, 14, 24 |
//! | [`DELETE`] | task | whoever gave it to himself; heads of its director | 7, 15, 25 |
//! | [`DELEGATE`], [`ASSIGN_OTHERS`], [`EDIT_CHECKLISTS`], [`ADD_CHECKLISTS`], [`CHANGE_RESPONSIBLE`] | task | as [`EDIT`] | as [`EDIT`]; if it is open 2, 3, 4, 5, 8 |
//! | [`GIVE`] | assignee | oneself, those below, flagged persons | 10, 11, 20, 21 |
//! | [`EXPORT`], [`IMPORT`] | task | | 30, 31 |
//! | [`CREATE`], [`VIEW`] | template | | 40, 41 |
//! | [`READ`], [`EDIT`], [`DELETE`] | template | who made it | 42; 43, 44; 45, 46; 48 |
//! | [`EDIT`] | robots, settings | | 47, 99 |
//! | [`CREATE`] | flow | | 49 |
//!
//! Several roles unite. Each right is set at one grain only, tasks' editing at the two stages and all else at entities, so
//! the answers are the same under both rules of [`Combining`]; the preset says [`MostPermissive`](Combining::MostPermissive),
//! which also holds for rights that an application adds.
//!
//! **Surprises.** A department here is what one sits in, without those below, and auditors do not count for it; for heads they
//! do. Editing and deleting a task does not need reading it. A head who is a member of his department counts among those
//! below him, as everywhere in this crate: so he edits and deletes the tasks that he gave, even closed ones. Nobody but an
//! administrator holds [`Permission::ChangesRights`] by default.
//!
//! Deliberately absent: what moves a task on (starting, completing, taking up again), of which the facts say nothing; the
//! stage is what rights depend on, and [`Access::relocate`](crate::Access::relocate) asks for [`EDIT`] alone.

mod permission;
mod roles;
mod words;

pub use permission::Permission;
pub use roles::{default_assignments, everybody, role, roles};
pub use words::{PARTS, vocabulary};

use crate::directory::{Directory, User};
use crate::key::{Handle, Name};
use crate::policy::{Combining, Policy, Role};
use crate::preset::{Preset, social_groups};
use crate::resolve::Participant;
use crate::vocabulary::{Action, Flag, Party, PlaceName};

/// Tasks. A task of which neither [`OPEN`] nor [`CLOSED`] is known is edited by nobody but administrators.
pub const TASK: PlaceName = PlaceName::entity("task");
const GENERAL: PlaceName = TASK.pipeline("general");
/// Tasks that are not closed.
pub const OPEN: PlaceName = GENERAL.stage("open");
/// Tasks that are closed.
pub const CLOSED: PlaceName = GENERAL.stage("closed");
/// Persons to whom a task is to be given. Asked for each director of the task, with his access.
pub const ASSIGNEE: PlaceName = PlaceName::entity("assignee");
/// Templates of tasks.
pub const TEMPLATE: PlaceName = PlaceName::entity("template");
/// The robots of tasks.
pub const ROBOTS: PlaceName = PlaceName::entity("robots");
/// Flows of tasks.
pub const FLOW: PlaceName = PlaceName::entity("flow");
/// Workgroups, as what tasks may be made in; in the vocabulary that [`social_groups::host_tasks`] makes.
/// A record is hosted by the group that it is about.
pub const GROUP: PlaceName = PlaceName::entity("task_group");
/// The rights of tasks.
pub const SETTINGS: PlaceName = PlaceName::entity("settings");

/// Seeing a task or a template.
pub const READ: Name<Action> = Name::new("read");
/// Making a task, a template or a flow.
pub const CREATE: Name<Action> = Name::new("create");
/// Changing a task, a template, robots or rights. A task need not be seen for it; a template must.
pub const EDIT: Name<Action> = Name::new("edit");
/// Deleting a task or a template. A task need not be seen for it; of a template one must be allowed to edit it.
pub const DELETE: Name<Action> = Name::new("delete");
/// Passing a task on, for whoever is responsible for it.
pub const DELEGATE: Name<Action> = Name::new("delegate");
/// Adding accomplices and auditors.
pub const ASSIGN_OTHERS: Name<Action> = Name::new("assign_others");
/// Changing checklists.
pub const EDIT_CHECKLISTS: Name<Action> = Name::new("edit_checklists");
/// Adding checklists.
pub const ADD_CHECKLISTS: Name<Action> = Name::new("add_checklists");
/// Making somebody else responsible.
pub const CHANGE_RESPONSIBLE: Name<Action> = Name::new("change_responsible");
/// Giving somebody a task.
pub const GIVE: Name<Action> = Name::new("give");
/// Exporting tasks that one may read.
pub const EXPORT: Name<Action> = Name::new("export");
/// Importing tasks.
pub const IMPORT: Name<Action> = Name::new("import");
/// Opening the templates at all. Seeing one of them needs it.
pub const VIEW: Name<Action> = Name::new("view");

/// Who gave a task, or made a template: the owner.
pub const DIRECTOR: Party = Party::OWNER;
/// Who is responsible for a task.
pub const RESPONSIBLE: Party = Party::nth(1);
/// Who helps with it.
pub const ACCOMPLICE: Party = Party::nth(2);
/// Who watches it.
pub const AUDITOR: Party = Party::nth(3);
/// Who gave a task to himself; see [`self_assigned`].
pub const SELF_ASSIGNED: Party = Party::nth(4);
/// Who is to be given a task.
pub const PERSON: Party = Party::nth(5);

/// The person is an e-mail guest: everybody may give him a task.
pub const GUEST: Flag = Flag::nth(0);
/// The person is a member of the task already.
pub const MEMBER: Flag = Flag::nth(1);
/// The person is in the workgroup of the task or, if he is an extranet user, in any workgroup with its director.
pub const GROUP_MATE: Flag = Flag::nth(2);

/// What needs no permission. The product does not show it among its roles.
pub const EVERYBODY: Name<Role> = Name::new("everybody");
/// Every permission but changing rights.
pub const FULL_ACCESS: Name<Role> = Name::new("full_access");
/// As [`EMPLOYEE`], and sees all tasks of his department.
pub const SUPERVISOR: Name<Role> = Name::new("supervisor");
/// Gives tasks to everybody, and sees those that he is a member of.
pub const EMPLOYEE: Name<Role> = Name::new("employee");

/// The preset with the three default roles, and with what needs no permission.
pub(super) const PRESET: Preset = Preset {
    name: "tasks",
    about: "tasks, templates and whom tasks are given to, with their three default roles",
    policy: || Policy::new(vocabulary()).combining(Combining::MostPermissive).roles(roles()),
    assignments: default_assignments,
    directory: Directory::new,
};

/// The same, with tasks that social groups host.
pub(super) const IN_GROUPS: Preset = Preset {
    name: "tasks-in-groups",
    about: "tasks with workgroups, whose rights to see, edit and delete the group's tasks add to the others",
    policy: || Policy::new(social_groups::host_tasks()).combining(Combining::MostPermissive).roles(roles()),
    assignments: default_assignments,
    directory: Directory::new,
};

/// That one person is both director and responsible, as the record of a task needs to say it: he may delete the task whatever
/// he is permitted. If they are two, this is nobody.
///
/// ```
/// use bailiwick::{Directory, Record, Snapshot, User, preset, tasks};
///
/// let policy = preset::by_name("tasks").unwrap_or_default();
/// let snapshot = Snapshot::compile(&policy, &Directory::new().with(User::new(42)))?;
/// let (director, responsible) = (snapshot.user(42), snapshot.user(42)); // two columns of the row
/// let members = [tasks::RESPONSIBLE.is(responsible), tasks::self_assigned(director, responsible)];
/// let task = Record::at(tasks::OPEN).owner(director).participants(&members);
/// # let _ = task;
/// # Ok::<(), bailiwick::Problems>(())
/// ```
pub fn self_assigned(director: impl Into<Handle<User>>, responsible: impl Into<Handle<User>>) -> Participant {
    let (director, responsible) = (director.into(), responsible.into());
    SELF_ASSIGNED.is((director == responsible).then_some(director))
}
