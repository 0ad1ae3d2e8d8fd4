//! Assignments: a role for a subject.

use crate::key::Key;
use crate::moment::Window;
use crate::policy::{Role, Subject};
use crate::vocabulary::Circumstance;

/// Gives a role to a subject, for good or for a while, in whatever circumstances or in some.
///
/// A user who gets the same role in several ways holds it once. No assignment comes before another: a personal one does not
/// outweigh a department's (section 1.6 of the rights model).
///
/// ```
/// use bailiwick::{Assignment, Moment, Subject, Window};
///
/// let july = Window::from(Moment::from_unix_seconds(1_782_864_000)).until(Moment::from_unix_seconds(1_785_542_399));
/// let at_the_desk = Assignment::new("auditor", Subject::User("vera".into())).during(july).when(["office_network"]);
/// # let _ = at_the_desk;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Assignment {
    /// The role.
    pub role: Key<Role>,
    /// Who gets it.
    pub to: Subject,
    /// When it holds, both ends inclusive.
    pub window: Window,
    /// The circumstances that it needs, all of them. The membership of a group, which is a fact of the directory, needs none.
    pub when: Vec<Key<Circumstance>>,
}

impl Assignment {
    /// Gives the role for good.
    pub fn new(role: impl Into<Key<Role>>, to: Subject) -> Self {
        Self { role: role.into(), to, window: Window::ALWAYS, when: Vec::new() }
    }

    /// Limits it to a window.
    #[must_use]
    pub fn during(mut self, window: impl Into<Window>) -> Self {
        self.window = window.into();
        self
    }

    /// Makes it hold only in these circumstances, all of them.
    #[must_use]
    pub fn when<K: Into<Key<Circumstance>>>(mut self, circumstances: impl IntoIterator<Item = K>) -> Self {
        self.when.extend(circumstances.into_iter().map(Into::into));
        self
    }
}
