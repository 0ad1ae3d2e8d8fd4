//! Roles: what needs no permission, and sets of permissions.

use crate::key::{Key, Name};
use crate::policy::{Assignment, Role, Subject, Unit};
use crate::preset::tasks::permission::Grant;
use crate::preset::tasks::words::{
    ALL, CLOSE, DIRECTED, DIRECTED_BELOW, INVOLVED, MADE, PARTS, SELF_ASSIGNED_OR_BELOW, reaching,
};
use crate::preset::tasks::{
    ASSIGNEE, CLOSED, CREATE, DELETE, EDIT, EMPLOYEE, EVERYBODY, FULL_ACCESS, GIVE, OPEN, Permission, READ,
    SUPERVISOR, TASK, TEMPLATE,
};
use crate::vocabulary::Place;

/// The permissions of each role, by number, in the order of the table of section 3.
const TABLE: [(Name<Role>, &[u8]); 3] = [
    (
        FULL_ACCESS,
        &[
            1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 20, 21, 22, 23, 24, 25, 30, 31, 40, 41, 42, 43,
            44, 45, 46, 47, 48, 49,
        ],
    ),
    (SUPERVISOR, &[2, 5, 6, 7, 10, 11, 12, 20, 21, 30, 31, 40, 41, 47, 49]),
    (EMPLOYEE, &[2, 5, 6, 7, 10, 11, 20, 21, 30, 31, 40, 41, 47, 49]),
];

/// The three default roles: full access, supervisor, employee; and before them what needs no permission.
pub fn roles() -> Vec<Role> {
    let of = |ids: &[u8]| ids.iter().copied().filter_map(Permission::from_id).collect::<Vec<_>>();
    let defaults = TABLE.into_iter().map(|(key, ids)| role(key, of(ids)));
    [everybody()].into_iter().chain(defaults).collect()
}

/// The role with these permissions and no others.
///
/// ```
/// use bailiwick::tasks::{self, Permission};
///
/// let planner = tasks::role("planner", [Permission::SeesDepartment, Permission::SeesOthers]);
/// assert_eq!(planner.rights.len(), 1, "both are about seeing tasks, and together they reach all");
/// ```
pub fn role(key: impl Into<Key<Role>>, permissions: impl IntoIterator<Item = Permission>) -> Role {
    let mut cells: Vec<Grant> = Vec::new();
    for (place, action, reached) in permissions.into_iter().flat_map(Permission::grants) {
        let same = |cell: &&mut Grant| {
            Key::from(cell.1) == Key::from(action) && Place::from(cell.0) == Place::from(place)
        };
        match cells.iter_mut().find(same) {
            Some((_, _, all)) => *all |= reached,
            None => cells.push((place, action, reached)),
        }
    }
    let said = cells.into_iter().filter_map(|(place, action, all)| Some((place, action, reaching(all)?)));
    said.fold(Role::new(key), |role, (place, action, level)| role.set(place, action, level))
}

/// What needs no permission: members see their tasks and heads those of the people below them, directors edit what is open, and
/// so on, as the table of the [module](crate::tasks) says. Without it, being the director of a task means nothing.
pub fn everybody() -> Role {
    let role = Role::new(EVERYBODY)
        .set(TASK, READ, INVOLVED.0)
        .set(TASK, CREATE, ALL.0)
        .set(TASK, DELETE, SELF_ASSIGNED_OR_BELOW.0)
        .set(ASSIGNEE, GIVE, CLOSE.0)
        .set(TEMPLATE, READ, MADE.0)
        .set(TEMPLATE, EDIT, MADE.0)
        .set(TEMPLATE, DELETE, MADE.0);
    [EDIT]
        .into_iter()
        .chain(PARTS)
        .fold(role, |role, action| role.set(OPEN, action, DIRECTED.0).set(CLOSED, action, DIRECTED_BELOW.0))
}

/// To whom the product gives the [`roles`] when it is installed: supervisor to the heads, employee to the employees, and full
/// access to nobody. What needs no permission goes to everybody who is signed in, extranet users included.
pub fn default_assignments() -> Vec<Assignment> {
    vec![
        Assignment::new(EVERYBODY, Subject::SignedIn),
        Assignment::new(SUPERVISOR, Subject::Heads(Unit::Anywhere)),
        Assignment::new(EMPLOYEE, Subject::Employees(Unit::Anywhere)),
    ]
}
