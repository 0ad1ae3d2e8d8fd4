//! The roles of the present product, as the tables of section 2.10 of the rights model have them.

use crate::key::{Key, Name};
use crate::policy::{Assignment, Right, Role, Subject, Targets, Transition, Unit};
use crate::preset::crm::{
    ADMINISTRATOR, ALL, AUTOMATE, CALL_ASSESSMENT, COMPANY, CONFIGURE, CONTACT, CREATE, DEAL, DELETE,
    DEPARTMENT, DEPARTMENT_HEAD, DIRECTOR, EXCLUSION, EXPORT, FORM_ADMINISTRATOR, IMPORT, INVOICE, LEAD,
    MANAGER, NONE, OWN, PERSONALIZE, QUOTE, READ, READER, REPEAT_SALES, SALES_TARGET, SETTINGS, SHOW_SUMS,
    SMART_INVOICE, SOLUTION_LIST, SOLUTION_LIST_ADMINISTRATOR, UPDATE, WEB_FORM, WEB_FORM_SETTINGS, WIDGET,
    WIDGET_ADMINISTRATOR, WIDGET_SETTINGS, entities,
};
use crate::vocabulary::{Action, Entity, Level, Place, PlaceName};

/// What one role says of one action: a level, or nothing.
type Cell = Option<Name<Level>>;

const X: Cell = Some(ALL);
const D: Cell = Some(DEPARTMENT);
const A: Cell = Some(OWN);
const NO: Cell = Some(NONE);
/// No row: the role does not mention the action.
const __: Cell = None;

/// The columns of the tables.
const COLUMNS: [Name<Role>; 5] = [ADMINISTRATOR, DIRECTOR, DEPARTMENT_HEAD, MANAGER, READER];

/// What the roles say of records.
const RECORDS: [(Name<Action>, [Cell; 5]); 9] = [
    (READ, [X, X, D, A, A]),
    (CREATE, [X, X, D, A, __]),
    (UPDATE, [X, X, D, A, __]),
    (DELETE, [X, X, D, NO, __]),
    (EXPORT, [X, X, D, NO, __]),
    (IMPORT, [X, X, D, NO, __]),
    (AUTOMATE, [X, X, X, NO, __]),
    (SHOW_SUMS, [X, X, X, NO, __]),
    (PERSONALIZE, [X, X, X, NO, __]),
];

/// Importing, where managers may.
const IMPORT_BY_MANAGERS: [Cell; 5] = [X, X, D, A, __];

/// Whose records go from any stage to any other.
const MOVES: [bool; 5] = [true, true, true, true, false];

/// The same where managers have no transition.
const MOVES_WITHOUT_MANAGERS: [bool; 5] = [true, true, true, false, false];

/// What the roles say of the rest.
const AREAS: [(PlaceName, Name<Action>, [Cell; 5]); 9] = [
    (SETTINGS, UPDATE, [X, __, __, __, __]),
    (SALES_TARGET, READ, [X, X, D, A, __]),
    (SALES_TARGET, UPDATE, [X, X, X, __, __]),
    (EXCLUSION, READ, [X, X, X, X, __]),
    (EXCLUSION, UPDATE, [X, X, X, __, __]),
    (CALL_ASSESSMENT, READ, [X, X, X, X, __]),
    (CALL_ASSESSMENT, UPDATE, [X, X, X, X, __]),
    (REPEAT_SALES, READ, [X, X, X, X, __]),
    (REPEAT_SALES, UPDATE, [X, X, X, X, __]),
];

/// The default roles of the present product: administrator, director, department head, manager, reader.
///
/// They know every kind of record that lets a user into CRM, and not the orders of the shop; [`roles_for`] adds those.
pub fn roles() -> Vec<Role> {
    roles_for([])
}

/// The default roles, which also know these kinds of record, as the product teaches them a new smart process.
pub fn roles_for<'e>(more: impl IntoIterator<Item = &'e Entity>) -> Vec<Role> {
    let mut table = Table { roles: COLUMNS.map(Role::new) };
    let known = [LEAD, DEAL, CONTACT, COMPANY, QUOTE, INVOICE, SMART_INVOICE].map(Key::from);
    entities::all().iter().filter(|entity| known.contains(&entity.key)).for_each(|it| table.record(it));
    more.into_iter().for_each(|entity| table.record(entity));
    for (of, action, cells) in AREAS {
        table.row(&of.into(), action, cells);
    }
    table.roles.into()
}

struct Table {
    roles: [Role; 5],
}

impl Table {
    fn row(&mut self, place: &Place, action: Name<Action>, cells: [Cell; 5]) {
        for (role, cell) in self.roles.iter_mut().zip(cells) {
            role.rights.extend(cell.map(|level| Right::new(place, action, level)));
        }
    }

    /// Sets what the table says of records, as far as the entity admits it.
    fn record(&mut self, entity: &Entity) {
        let place = Place::entity(&entity.key);
        let is = |of: &[PlaceName]| of.iter().any(|name| Key::from(*name) == entity.key);
        for (action, cells) in RECORDS {
            let by_managers = action.text() == IMPORT.text() && is(&[LEAD, CONTACT, COMPANY]);
            if entity.offers.iter().any(|offer| offer.action == Key::from(action)) {
                self.row(&place, action, if by_managers { IMPORT_BY_MANAGERS } else { cells });
            }
        }
        let has_stages = entity.pipelines.iter().any(|pipeline| !pipeline.stages.is_empty());
        if has_stages && !entity.moves_freely {
            let moves = if is(&[QUOTE, SMART_INVOICE]) { MOVES_WITHOUT_MANAGERS } else { MOVES };
            for (role, moves) in self.roles.iter_mut().zip(moves) {
                role.transitions.extend(moves.then(|| Transition::new(&place, Targets::Any)));
            }
        }
    }
}

/// The administrator of forms, a role of its own in the product.
pub fn form_administrator() -> Role {
    Role::new(FORM_ADMINISTRATOR).set(WEB_FORM, READ, ALL).set(WEB_FORM, UPDATE, ALL).set(
        WEB_FORM_SETTINGS,
        UPDATE,
        ALL,
    )
}

/// The administrator of widgets, a role of its own in the product.
pub fn widget_administrator() -> Role {
    Role::new(WIDGET_ADMINISTRATOR).set(WIDGET, READ, ALL).set(WIDGET, UPDATE, ALL).set(
        WIDGET_SETTINGS,
        UPDATE,
        ALL,
    )
}

/// The administrator of the list of automated solutions, a role of its own in the product.
pub fn solution_list_administrator() -> Role {
    Role::new(SOLUTION_LIST_ADMINISTRATOR).set(SOLUTION_LIST, UPDATE, ALL).set(SOLUTION_LIST, CONFIGURE, ALL)
}

/// To whom the product gives the [`roles`] when it is installed. **A surprise**: every employee is an administrator of CRM
/// until somebody changes that. The other four roles are given to nobody.
pub fn default_assignments() -> Vec<Assignment> {
    to_all_employees(ADMINISTRATOR).into()
}

/// To whom the product gives the three special roles when it is installed: again to every employee.
pub fn special_assignments() -> Vec<Assignment> {
    [FORM_ADMINISTRATOR, WIDGET_ADMINISTRATOR, SOLUTION_LIST_ADMINISTRATOR]
        .into_iter()
        .flat_map(to_all_employees)
        .collect()
}

fn to_all_employees(role: Name<Role>) -> [Assignment; 2] {
    [Subject::Administrators, Subject::Employees(Unit::Anywhere)].map(|to| Assignment::new(role, to))
}
