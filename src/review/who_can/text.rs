//! Who can, for a terminal.

use std::fmt::{self, Formatter};

use crate::review::who_can::WhoCan;

/// How many users of a group are named.
const MOST: usize = 20;

/// The number of users and whether visitors may, then group by group what lets them, and who they are; of large groups the first
/// few. Visitors come last.
impl fmt::Display for WhoCan<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (count, visitors) = (self.len(), self.visitors());
        write!(f, "{count} {}", if count == 1 { "user" } else { "users" })?;
        writeln!(f, "{}", if visitors.is_some() { ", and visitors" } else { "" })?;
        for group in &self.groups() {
            writeln!(f, "  {} {}", group.len(), group.by)?;
            self.keys_of(group).take(MOST).try_for_each(|key| writeln!(f, "    {key}"))?;
            if group.len() > MOST {
                writeln!(f, "    and {} more", group.len() - MOST)?;
            }
        }
        visitors.iter().try_for_each(|by| writeln!(f, "  visitors {by}"))
    }
}
