//! Classes of equal rights as JSON. Printed and never read: it is an answer.

use serde::Serialize;

use super::layout;
use super::wire::WireKey;
use crate::directory::User;
use crate::review::Classes;

#[derive(Serialize)]
struct WireClasses {
    format: &'static str,
    version: u64,
    classes: Vec<WireClass>,
}

#[derive(Serialize)]
struct WireClass {
    fingerprint: String,
    count: usize,
    users: Vec<WireKey<User>>,
}

impl Classes<'_> {
    /// Prints the classes as JSON, always in the same way.
    ///
    /// ```
    /// use bailiwick::{Directory, Moment, Policy, Snapshot, User, crm, review::Roster};
    ///
    /// let directory = Directory::new().with(User::new("anna")).with(User::new("boris"));
    /// let snapshot = Snapshot::compile(&Policy::new(crm::vocabulary()), &directory)?;
    /// let classes = Roster::of(&snapshot).classes(Moment::from_unix_seconds(0));
    /// assert!(classes.to_json().contains(r#""count": 2, "users": ["anna", "boris"]"#));
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn to_json(&self) -> String {
        let classes = self.iter().map(|class| WireClass {
            fingerprint: class.fingerprint().to_string(),
            count: class.len(),
            users: self.keys_of(class).map(WireKey::from).collect(),
        });
        let wire = WireClasses { format: "bailiwick/classes", version: 1, classes: classes.collect() };
        layout::lay_out(&serde_json::to_string(&wire).unwrap_or_default())
    }
}
