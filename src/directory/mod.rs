//! Who: departments, users, user groups, social groups and ticket groups, as the application's administrators keep them.
//!
//! A [`Directory`] is a plain value. Nothing here is checked or computed; links are keys, in any order, and a directory
//! may be wrong. Compiling a snapshot finds everything that is.
//!
//! Deliberately absent: what anybody may do. This floor does not know the word.

mod department;
mod group;
mod principal;
mod social;
mod ticket_group;
mod user;

pub use department::Department;
pub use group::{Membership, UserGroup};
pub use principal::Principal;
pub use social::{OwnAudience, SocialGroup};
pub use ticket_group::{TicketGroup, TicketGroupKind, TicketMember};
pub use user::User;

/// An organisation: everybody, and what they belong to.
///
/// ```
/// use bailiwick::{Department, Directory, User, UserGroup};
///
/// let directory = Directory::new()
///     .with(Department::new("company"))
///     .with(Department::new("sales").below("company").head("anna"))
///     .with(User::new("anna"))
///     .with(User::new("boris").sits_in("sales"))
///     .with(UserGroup::new("management").member("anna"));
/// assert_eq!(directory.users.len(), 2);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Directory {
    /// The departments, in any order; several may have no parent.
    pub departments: Vec<Department>,
    /// Everybody, the dismissed included: their records are still theirs.
    pub users: Vec<User>,
    /// The user groups.
    pub user_groups: Vec<UserGroup>,
    /// The social groups: workgroups and projects.
    pub social_groups: Vec<SocialGroup>,
    /// The ticket groups of the help desk.
    pub ticket_groups: Vec<TicketGroup>,
}

impl Directory {
    /// An organisation of nobody.
    pub fn new() -> Self {
        Self::default()
    }

    /// The directory with one more department, user or group.
    #[must_use]
    pub fn with(mut self, entry: impl Into<Entry>) -> Self {
        self.add(entry);
        self
    }

    /// How many users count where users are paid for: those who are not dismissed and not [`User::not_a_seat`]. Takes time in
    /// proportion to the users.
    ///
    /// ```
    /// use bailiwick::{Directory, User};
    ///
    /// let directory = Directory::new()
    ///     .with(User::new("anna"))
    ///     .with(User::new("boris").dismissed())
    ///     .with(User::new("specialist").not_a_seat());
    /// assert_eq!(directory.seats(), 1);
    /// ```
    pub fn seats(&self) -> usize {
        self.users.iter().filter(|user| user.seat && !user.dismissed).count()
    }

    /// Adds a department, user or group.
    pub fn add(&mut self, entry: impl Into<Entry>) {
        match entry.into() {
            Entry::Department(department) => self.departments.push(department),
            Entry::User(user) => self.users.push(user),
            Entry::UserGroup(group) => self.user_groups.push(group),
            Entry::SocialGroup(group) => self.social_groups.push(group),
            Entry::TicketGroup(group) => self.ticket_groups.push(group),
        }
    }
}

/// One entry of a directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A department.
    Department(Department),
    /// A user.
    User(User),
    /// A user group.
    UserGroup(UserGroup),
    /// A social group.
    SocialGroup(SocialGroup),
    /// A ticket group.
    TicketGroup(TicketGroup),
}

impl From<Department> for Entry {
    fn from(department: Department) -> Self {
        Self::Department(department)
    }
}

impl From<User> for Entry {
    fn from(user: User) -> Self {
        Self::User(user)
    }
}

impl From<UserGroup> for Entry {
    fn from(group: UserGroup) -> Self {
        Self::UserGroup(group)
    }
}

impl From<SocialGroup> for Entry {
    fn from(group: SocialGroup) -> Self {
        Self::SocialGroup(group)
    }
}

impl From<TicketGroup> for Entry {
    fn from(group: TicketGroup) -> Self {
        Self::TicketGroup(group)
    }
}
