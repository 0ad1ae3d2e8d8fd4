//! Nearest grants as JSON, by themselves: as the member `nearest` of an explanation has them. Printed and never read.

use serde::Serialize;

use super::answer::{Answer, print_answer};
use super::wire::nearest::WireNearest;
use crate::explain::NearestGrants;

impl NearestGrants {
    /// Prints the nearest grants as JSON, always in the same way. The list of changes of each is read as a
    /// [`Change`](crate::Change) document has it.
    ///
    /// ```
    /// use bailiwick::explain::Bound;
    /// use bailiwick::{Directory, Moment, Policy, Record, Role, Snapshot, User, crm};
    ///
    /// let directory = Directory::new().with(User::new("anna"));
    /// let policy = Policy::new(crm::vocabulary())
    ///     .role(Role::new("reader").set(crm::DEAL, crm::READ, crm::ALL));
    /// let snapshot = Snapshot::compile(&policy, &directory)?;
    /// let anna = snapshot.access(snapshot.user("anna"), Moment::from_unix_seconds(0));
    /// let bound = Bound::new(&policy, &directory);
    /// let json = anna.nearest_grants(crm::READ, &Record::at(crm::DEAL), bound).to_json();
    /// assert!(json.contains(r#"{"assign": {"role": "reader", "to": {"user": "anna"}}}"#));
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn to_json(&self) -> String {
        print_answer(self)
    }
}

impl Answer for NearestGrants {
    const FORMAT: &'static str = "bailiwick/nearest-grants";

    fn body(&self) -> impl Serialize {
        WireNearest::from(self)
    }
}
