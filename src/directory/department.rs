//! Departments: trees of any depth.

use crate::directory::User;
use crate::key::Key;

/// A department, and where it hangs.
///
/// Its *members* are the users who sit in it and its heads, who belong to what they head even when they sit elsewhere
/// (section 1.3.3 of the rights model). Deputies do not become members by being deputies.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Department {
    /// Its key.
    pub key: Key<Department>,
    /// The department right above; none for a root.
    pub parent: Option<Key<Department>>,
    /// Who heads it.
    pub heads: Vec<Key<User>>,
    /// Who stands in for a head.
    pub deputies: Vec<Key<User>>,
    /// Switched off, a department has no members, and neither has anything below it.
    pub active: bool,
}

impl Department {
    /// An active root department that nobody heads.
    pub fn new(key: impl Into<Key<Department>>) -> Self {
        Self { key: key.into(), parent: None, heads: Vec::new(), deputies: Vec::new(), active: true }
    }

    /// Hangs it below another department.
    #[must_use]
    pub fn below(mut self, parent: impl Into<Key<Department>>) -> Self {
        self.parent = Some(parent.into());
        self
    }

    /// Adds a head.
    #[must_use]
    pub fn head(mut self, user: impl Into<Key<User>>) -> Self {
        self.heads.push(user.into());
        self
    }

    /// Adds a deputy.
    #[must_use]
    pub fn deputy(mut self, user: impl Into<Key<User>>) -> Self {
        self.deputies.push(user.into());
        self
    }

    /// Switches it off, with everything below.
    #[must_use]
    pub fn switched_off(mut self) -> Self {
        self.active = false;
        self
    }
}
