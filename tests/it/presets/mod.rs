//! The presets against the tables of the rights model, cell by cell.
//!
//! The tables stand here a second time, in the vendor's codes and as the facts print them, so that a slip in a preset's own
//! tables cannot agree with itself.

mod crm;
mod help_desk;
mod lists;
mod open_lines;
mod portal;
#[cfg(feature = "cli")]
mod printed;
mod registry;
mod social_groups;
mod support;
mod tasks;
mod telephony;

use bailiwick::{Access, Action, Key, Level, Moment, Name, Place, PlaceName, Role, Snapshot};

fn find<T: Copy>(table: &[(&str, T)], code: &str) -> T {
    table.iter().find(|(known, _)| *known == code).unwrap_or_else(|| panic!("no code {code}")).1
}

/// The rows of a table, one for each entity and operation: their codes, and the other columns.
fn rows(table: &str) -> Vec<(&str, &str, Vec<&str>)> {
    let mut rows = Vec::new();
    for line in table.lines().filter(|line| !line.trim().is_empty()) {
        let columns: Vec<&str> = line.split_whitespace().collect();
        for entity in columns[0].split(',') {
            for operation in columns[1].split(',') {
                rows.push((entity, operation, columns[2..].to_vec()));
            }
        }
    }
    rows
}

fn level_of(role: &Role, entity: PlaceName, action: Name<Action>) -> Option<Key<Level>> {
    let mut set = role
        .rights
        .iter()
        .filter(|right| right.place == Place::from(entity) && right.action == Key::from(action));
    let level = set.next().map(|right| right.level.clone());
    assert!(set.next().is_none(), "{:?} sets {entity:?} {action:?} twice", role.key);
    level
}

fn access<'s>(snapshot: &'s Snapshot, user: &str) -> Access<'s> {
    assert!(snapshot.user(user).is_some(), "no user {user}");
    snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0))
}
