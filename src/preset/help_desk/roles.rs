//! What the roles of the help desk give, and who has them.

use super::{
    ADMINISTRATOR, ALL, ANSWER, CLIENT, CLIENT_GROUP, CLIENTS, COLLEAGUES, CONFIGURE, CREATE, DELETE, DEMO,
    DICTIONARY, JOIN, OWN, RATE, READ, READ_HIDDEN, RESPONSIBLE, RESPONSIBLE_FOR, STAFF, STAFF_GROUP,
    STAND_IN, TICKET, WORK,
};
use crate::key::Name;
use crate::policy::{Assignment, Role, Subject};
use crate::vocabulary::{Action, Level, PlaceName};

/// What a role says.
type Right = (PlaceName, Name<Action>, Name<Level>);

/// A role, what it says, and the roles whose place it takes.
type Given = (Name<Role>, &'static [Right], &'static [Name<Role>]);

const ROLES: [Given; 6] = [
    (
        CLIENT,
        &[
            (TICKET, READ, CLIENTS),
            (TICKET, CREATE, ALL),
            (TICKET, ANSWER, OWN),
            (TICKET, RATE, OWN),
            (CLIENT_GROUP, JOIN, ALL),
        ],
        &[],
    ),
    (STAND_IN, &[(TICKET, ANSWER, CLIENTS), (TICKET, RATE, CLIENTS)], &[]),
    (
        STAFF,
        &[
            (TICKET, READ, COLLEAGUES),
            (TICKET, CREATE, ALL),
            (TICKET, ANSWER, COLLEAGUES),
            (TICKET, WORK, COLLEAGUES),
            (TICKET, READ_HIDDEN, COLLEAGUES),
            (STAFF_GROUP, JOIN, ALL),
        ],
        &[CLIENT, STAND_IN],
    ),
    (DEMO, &[(TICKET, READ, ALL)], &[STAND_IN]),
    (
        ADMINISTRATOR,
        &[
            (TICKET, READ, ALL),
            (TICKET, CREATE, ALL),
            (TICKET, ANSWER, ALL),
            (TICKET, RATE, ALL),
            (TICKET, WORK, ALL),
            (TICKET, READ_HIDDEN, ALL),
            (TICKET, DELETE, ALL),
            (DICTIONARY, CONFIGURE, ALL),
            (STAFF_GROUP, JOIN, ALL),
        ],
        &[CLIENT, STAND_IN],
    ),
    (
        RESPONSIBLE,
        &[
            (TICKET, READ, RESPONSIBLE_FOR),
            (TICKET, ANSWER, RESPONSIBLE_FOR),
            (TICKET, WORK, RESPONSIBLE_FOR),
            (TICKET, READ_HIDDEN, RESPONSIBLE_FOR),
        ],
        &[],
    ),
];

/// The roles: client, stand-in, staff, demo, administrator, responsible.
pub fn roles() -> Vec<Role> {
    let role = |(key, rights, drops): Given| {
        let role = drops.iter().fold(Role::new(key), |role, dropped| role.supersedes(*dropped));
        rights.iter().fold(role, |role, (of, action, level)| role.set(*of, *action, *level))
    };
    ROLES.into_iter().map(role).collect()
}

/// Gives the vendor's role `R` to a subject: [`CLIENT`] and [`STAND_IN`].
pub fn client(to: &Subject) -> [Assignment; 2] {
    [CLIENT, STAND_IN].map(|role| Assignment::new(role, to.clone()))
}

/// To whom the product gives the [`roles`] when it is installed: the administrator's to the administrators. Being responsible for a
/// ticket gives what it gives to every signed-in user.
pub fn default_assignments() -> Vec<Assignment> {
    vec![
        Assignment::new(ADMINISTRATOR, Subject::Administrators),
        Assignment::new(RESPONSIBLE, Subject::SignedIn),
    ]
}
