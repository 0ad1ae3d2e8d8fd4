//! The roles that the product was installed with in its first decade, 2012 to 2023.
//!
//! Its own file because it is another product as far as roles go: no rights by operation, and companies for everybody.

use crate::directory::UserGroup;
use crate::key::{Key, Name};
use crate::policy::{Assignment, Right, Role, Subject, Targets, Transition};
use crate::preset::crm::{
    ADMINISTRATOR, ALL, COMPANY, CONTACT, CREATE, DEAL, DELETE, DEPARTMENT, DEPARTMENT_HEAD, DIRECTOR,
    EXCLUSION, EXPORT, IMPORT, INVOICE, LEAD, MANAGER, OWN, QUOTE, READ, SETTINGS, UPDATE, WEB_FORM, WIDGET,
};
use crate::vocabulary::{Level, PlaceName};

/// The four classic roles: administrator, director, department head, manager.
///
/// Six operations at one level each, and any stage from any stage, as it was before there was a right to that. They say
/// nothing of the rights that came later: automation, sums, personal cards.
pub fn classic_roles() -> Vec<Role> {
    let administrator = classic(ADMINISTRATOR, ALL).set(SETTINGS, UPDATE, ALL);
    let director = classic(DIRECTOR, ALL);
    vec![administrator, director, classic(DEPARTMENT_HEAD, DEPARTMENT), classic(MANAGER, OWN)]
}

/// To whom the product gave the [`classic_roles`]: the director's to the user group "Direction", the manager's to "Marketing
/// and sales". What the application calls those groups is an argument.
pub fn classic_assignments(
    direction: impl Into<Key<UserGroup>>,
    marketing_and_sales: impl Into<Key<UserGroup>>,
) -> Vec<Assignment> {
    vec![
        Assignment::new(DIRECTOR, Subject::UserGroup(direction.into())),
        Assignment::new(MANAGER, Subject::UserGroup(marketing_and_sales.into())),
    ]
}

fn classic(key: Name<Role>, level: Name<Level>) -> Role {
    let mut role = Role::new(key);
    for of in [LEAD, DEAL, CONTACT, QUOTE, INVOICE] {
        record(&mut role, of, level);
    }
    record(&mut role, COMPANY, ALL);
    for area in [WEB_FORM, WIDGET, EXCLUSION] {
        role.rights.extend([READ, UPDATE].map(|action| Right::new(area, action, ALL)));
    }
    role.transitions.extend([LEAD, DEAL, QUOTE].map(|of| Transition::new(of, Targets::Any)));
    role
}

fn record(role: &mut Role, of: PlaceName, level: Name<Level>) {
    let operations = [READ, CREATE, UPDATE, DELETE, EXPORT, IMPORT];
    role.rights.extend(operations.map(|action| Right::new(of, action, level)));
}
