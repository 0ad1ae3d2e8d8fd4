//! Users.

use crate::directory::Department;
use crate::key::Key;

/// A person, or an account that acts as one.
///
/// A user without any department is *extranet*: no role that a department gives reaches him (section 1.3.9 of the
/// rights model). There is no separate flag for it, so the two cannot disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct User {
    /// The user's key.
    pub key: Key<User>,
    /// The departments the user sits in. Departments that he heads need not be repeated.
    pub departments: Vec<Key<Department>>,
    /// A dismissed user holds no right whatever; what he is responsible for stays his, and his departments'.
    pub dismissed: bool,
    /// An administrator is allowed everything that the vocabulary knows, with every record.
    pub administrator: bool,
    /// Whether he counts as a user of the application where those are paid for; see [`Directory::seats`]. It says
    /// nothing of what he may do.
    ///
    /// [`Directory::seats`]: crate::Directory::seats
    pub seat: bool,
}

impl User {
    /// An active user without departments.
    pub fn new(key: impl Into<Key<User>>) -> Self {
        Self { key: key.into(), departments: Vec::new(), dismissed: false, administrator: false, seat: true }
    }

    /// Makes the user sit in one more department.
    #[must_use]
    pub fn sits_in(mut self, department: impl Into<Key<Department>>) -> Self {
        self.departments.push(department.into());
        self
    }

    /// Dismisses the user.
    #[must_use]
    pub fn dismissed(mut self) -> Self {
        self.dismissed = true;
        self
    }

    /// Makes the user an administrator.
    #[must_use]
    pub fn administrator(mut self) -> Self {
        self.administrator = true;
        self
    }

    /// Does not count the user: the vendor's specialist, who is here on request (section 11 of the rights model).
    #[must_use]
    pub fn not_a_seat(mut self) -> Self {
        self.seat = false;
        self
    }
}
