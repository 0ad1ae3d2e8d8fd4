//! The permissions of the product, by number, and the rights that each comes to.

use crate::key::Name;
use crate::preset::tasks::words::PARTS;
use crate::preset::tasks::{
    ADD_CHECKLISTS, ASSIGN_OTHERS, ASSIGNEE, CHANGE_RESPONSIBLE, CLOSED, CREATE, DELEGATE, DELETE, DIRECTOR,
    EDIT, EDIT_CHECKLISTS, EXPORT, FLOW, GIVE, IMPORT, OPEN, READ, RESPONSIBLE, ROBOTS, SETTINGS, TASK,
    TEMPLATE, VIEW,
};
use crate::vocabulary::{Action, PlaceName, Relations};

/// A yes or no of the product's screen of rights, with the number that the product stores.
///
/// ```
/// use bailiwick::tasks::Permission;
///
/// assert_eq!(Permission::SeesDepartment.id(), 12);
/// assert_eq!(Permission::from_id(12), Some(Permission::SeesDepartment));
/// assert_eq!(Permission::from_id(9), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Permission {
    /// Who is responsible may edit the task while it is open.
    ResponsibleEdits = 1,
    /// Who is responsible may delegate an open task.
    ResponsibleDelegates = 2,
    /// Who is responsible may assign others to an open task.
    ResponsibleAssignsOthers = 3,
    /// Who is responsible may edit the checklists of an open task.
    ResponsibleEditsChecklists = 4,
    /// Who is responsible may add checklists to an open task.
    ResponsibleAddsChecklists = 5,
    /// The director may edit a closed task.
    DirectorEditsClosed = 6,
    /// The director may delete the task.
    DirectorDeletes = 7,
    /// Who is responsible for an open task may make somebody else responsible.
    ResponsibleChangesResponsible = 8,
    /// May give tasks to whoever shares a department with him.
    GivesToDepartment = 10,
    /// May give tasks to the heads of his departments.
    GivesToOwnHead = 11,
    /// Sees all tasks of his departments.
    SeesDepartment = 12,
    /// Edits them while they are open.
    EditsDepartment = 13,
    /// Edits them once they are closed.
    EditsClosedOfDepartment = 14,
    /// Deletes them.
    DeletesOfDepartment = 15,
    /// May give tasks to the heads of other departments.
    GivesToOtherHeads = 20,
    /// May give tasks to everybody else in other departments.
    GivesToOthers = 21,
    /// Sees all tasks that are in none of his departments.
    SeesOthers = 22,
    /// Edits them while they are open.
    EditsOthers = 23,
    /// Edits them once they are closed.
    EditsClosedOfOthers = 24,
    /// Deletes them.
    DeletesOfOthers = 25,
    /// May export the tasks that he sees.
    Exports = 30,
    /// May import tasks.
    Imports = 31,
    /// May make templates.
    CreatesTemplates = 40,
    /// May open the templates. Of those he sees the ones that he made, and what 42, 43 and 44 add.
    ViewsTemplates = 41,
    /// Sees, edits and removes every template.
    FullTemplates = 42,
    /// Sees the templates of his departments.
    SeesDepartmentTemplates = 43,
    /// Sees the templates that are in none of his departments.
    SeesOtherTemplates = 44,
    /// Edits the templates of his departments that he sees.
    EditsDepartmentTemplates = 45,
    /// Edits the templates that are in none of his departments and that he sees.
    EditsOtherTemplates = 46,
    /// Edits robots.
    EditsRobots = 47,
    /// Removes the templates that he may edit.
    RemovesTemplates = 48,
    /// Makes flows.
    CreatesFlows = 49,
    /// Changes these rights.
    ChangesRights = 99,
}

/// A right that a permission comes to: the action, at the place, with what is reached.
pub(super) type Grant = (PlaceName, Name<Action>, Relations);

const DEPARTMENT: Relations = Relations::DEPARTMENT;
const ELSEWHERE: Relations = Relations::ELSEWHERE;
const ALL: Relations = Relations::ALWAYS;

impl Permission {
    /// Every permission, by number.
    pub const ALL: [Self; 33] = [
        Self::ResponsibleEdits,
        Self::ResponsibleDelegates,
        Self::ResponsibleAssignsOthers,
        Self::ResponsibleEditsChecklists,
        Self::ResponsibleAddsChecklists,
        Self::DirectorEditsClosed,
        Self::DirectorDeletes,
        Self::ResponsibleChangesResponsible,
        Self::GivesToDepartment,
        Self::GivesToOwnHead,
        Self::SeesDepartment,
        Self::EditsDepartment,
        Self::EditsClosedOfDepartment,
        Self::DeletesOfDepartment,
        Self::GivesToOtherHeads,
        Self::GivesToOthers,
        Self::SeesOthers,
        Self::EditsOthers,
        Self::EditsClosedOfOthers,
        Self::DeletesOfOthers,
        Self::Exports,
        Self::Imports,
        Self::CreatesTemplates,
        Self::ViewsTemplates,
        Self::FullTemplates,
        Self::SeesDepartmentTemplates,
        Self::SeesOtherTemplates,
        Self::EditsDepartmentTemplates,
        Self::EditsOtherTemplates,
        Self::EditsRobots,
        Self::RemovesTemplates,
        Self::CreatesFlows,
        Self::ChangesRights,
    ];

    /// The number that the product stores.
    pub const fn id(self) -> u8 {
        self as u8
    }

    /// The permission with this number.
    pub fn from_id(id: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.id() == id)
    }

    /// The rights that the permission comes to.
    pub(super) fn grants(self) -> Vec<Grant> {
        let responsible = RESPONSIBLE.relation();
        match self {
            Self::ResponsibleEdits => editing(OPEN, responsible),
            Self::ResponsibleDelegates => vec![(OPEN, DELEGATE, responsible)],
            Self::ResponsibleAssignsOthers => vec![(OPEN, ASSIGN_OTHERS, responsible)],
            Self::ResponsibleEditsChecklists => vec![(OPEN, EDIT_CHECKLISTS, responsible)],
            Self::ResponsibleAddsChecklists => vec![(OPEN, ADD_CHECKLISTS, responsible)],
            Self::ResponsibleChangesResponsible => vec![(OPEN, CHANGE_RESPONSIBLE, responsible)],
            Self::DirectorEditsClosed => editing(CLOSED, DIRECTOR.relation()),
            Self::DirectorDeletes => vec![(TASK, DELETE, DIRECTOR.relation())],
            Self::SeesDepartment => vec![(TASK, READ, DEPARTMENT)],
            Self::EditsDepartment => editing(OPEN, DEPARTMENT),
            Self::EditsClosedOfDepartment => editing(CLOSED, DEPARTMENT),
            Self::DeletesOfDepartment => vec![(TASK, DELETE, DEPARTMENT)],
            Self::SeesOthers => vec![(TASK, READ, ELSEWHERE)],
            Self::EditsOthers => editing(OPEN, ELSEWHERE),
            Self::EditsClosedOfOthers => editing(CLOSED, ELSEWHERE),
            Self::DeletesOfOthers => vec![(TASK, DELETE, ELSEWHERE)],
            Self::GivesToDepartment => vec![(ASSIGNEE, GIVE, Relations::PEERS)],
            Self::GivesToOwnHead => vec![(ASSIGNEE, GIVE, Relations::OWN_HEADS)],
            Self::GivesToOtherHeads => vec![(ASSIGNEE, GIVE, Relations::OTHER_HEADS)],
            Self::GivesToOthers => vec![(ASSIGNEE, GIVE, Relations::OTHER_EMPLOYEES)],
            Self::Exports => vec![(TASK, EXPORT, ALL)],
            Self::Imports => vec![(TASK, IMPORT, ALL)],
            Self::CreatesTemplates => vec![(TEMPLATE, CREATE, ALL)],
            Self::ViewsTemplates => vec![(TEMPLATE, VIEW, ALL)],
            Self::FullTemplates => [VIEW, READ, EDIT, DELETE].map(|action| (TEMPLATE, action, ALL)).into(),
            Self::SeesDepartmentTemplates => vec![(TEMPLATE, READ, DEPARTMENT)],
            Self::SeesOtherTemplates => vec![(TEMPLATE, READ, ELSEWHERE)],
            Self::EditsDepartmentTemplates => vec![(TEMPLATE, EDIT, DEPARTMENT)],
            Self::EditsOtherTemplates => vec![(TEMPLATE, EDIT, ELSEWHERE)],
            Self::RemovesTemplates => vec![(TEMPLATE, DELETE, ALL)],
            Self::EditsRobots => vec![(ROBOTS, EDIT, ALL)],
            Self::CreatesFlows => vec![(FLOW, CREATE, ALL)],
            Self::ChangesRights => vec![(SETTINGS, EDIT, ALL)],
        }
    }
}

/// Editing and all that is a part of it.
fn editing(stage: PlaceName, reached: Relations) -> Vec<Grant> {
    [EDIT].into_iter().chain(PARTS).map(|action| (stage, action, reached)).collect()
}
