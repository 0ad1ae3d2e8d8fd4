//! Assignments: a role for a subject.

use crate::key::Key;
use crate::moment::Window;
use crate::policy::{Role, Subject};

/// Gives a role to a subject, for good or for a while.
///
/// A user who gets the same role in several ways holds it once. No assignment comes before another: a personal one does not
/// outweigh a department's (section 1.6 of the rights model).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Assignment {
    /// The role.
    pub role: Key<Role>,
    /// Who gets it.
    pub to: Subject,
    /// When it holds, both ends inclusive.
    pub window: Window,
}

impl Assignment {
    /// Gives the role for good.
    pub fn new(role: impl Into<Key<Role>>, to: Subject) -> Self {
        Self { role: role.into(), to, window: Window::ALWAYS }
    }

    /// Limits it to a window.
    #[must_use]
    pub fn during(mut self, window: impl Into<Window>) -> Self {
        self.window = window.into();
        self
    }
}
